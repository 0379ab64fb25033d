// Everything that is kept as one JSON text, in pieces, so that years of it need no more memory than one version.

import { StoreFailure } from "../failure.ts";
import type { Database } from "./database.ts";
import { names, readVersion, type VersionRow } from "./versions.ts";

/** What changes while the pieces are taken may be in or not; each version and example is whole. */
export async function* exportPieces(database: Database, at: Date): AsyncGenerator<string, void, undefined> {
  const settings = await database.query<{ key: string; value: string }>("select key, value from setting order by key");
  const consent = await database.query("select what, given, at, words from consent order by id");
  yield `{"format":"attune-export","version":1,"exportedAt":${JSON.stringify(at)}`;
  // Values are JSON as they are kept.
  yield `,"settings":{${settings.map(({ key, value }) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
  yield `,"consent":${JSON.stringify(consent)},"repertoires":[`;
  const found = await database.query<{ id: number; name: string }>("select id, name from repertoire order by name");
  for (const [k, { id, name }] of found.entries()) {
    yield `${k > 0 ? "," : ""}\n{"name":${JSON.stringify(name)},"versions":[`;
    yield* separated(versions(database, id, name));
    yield `],"examples":[`;
    yield* separated(examples(database, id));
    yield "]}";
  }
  yield "]}\n";
}

async function* versions(database: Database, id: number, name: string): AsyncGenerator<string, void, undefined> {
  const rows = await database.query<VersionRow>(
    "select version, saved_at, note, acts from version where repertoire = $1 order by version",
    [id],
  );
  for (const { version, saved_at, note, acts } of rows) {
    const stored = await database
      .transaction((sql) => readVersion(sql, name, version))
      .catch((error: unknown) => {
        if (error instanceof StoreFailure && error.kind === "not found") return undefined;
        throw error;
      });
    if (stored === undefined) return;
    const facts = JSON.stringify({ version, savedAt: saved_at, note, acts: names(acts) });
    yield `${facts.slice(0, -1)},"repertoire":${stored.repertoire}}`;
  }
}

async function* examples(database: Database, id: number): AsyncGenerator<string, void, undefined> {
  const rows = await database.query<{ id: number; act: string; taught_at: Date }>(
    "select id, act, taught_at from example where repertoire = $1 order by id",
    [id],
  );
  for (const { id: example, act, taught_at } of rows) {
    const [row] = await database.query<{ recording: string }>("select recording from example where id = $1", [example]);
    if (row === undefined) continue;
    const facts = JSON.stringify({ id: example, act, taughtAt: taught_at });
    yield `${facts.slice(0, -1)},"recording":[${row.recording.trimEnd().split("\n").join(",")}]}`;
  }
}

async function* separated(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let first = true;
  for await (const piece of pieces) {
    yield first ? `\n${piece}` : `,\n${piece}`;
    first = false;
  }
}
