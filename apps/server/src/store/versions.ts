// The rows of repertoires and their versions: found, read whole, moved on.

import { StoreFailure } from "../failure.ts";
import type { Sql } from "./database.ts";
import { type ActName, type Part, putTogether } from "./repertoire-parts.ts";
import type { Saved, StoredRepertoire } from "./store.ts";

export interface VersionRow {
  readonly version: number;
  readonly saved_at: Date;
  readonly note: string;
  readonly acts: string;
}

export async function readVersion(sql: Sql, name: string, version?: number): Promise<StoredRepertoire> {
  const { id, newest } = await find(sql, name);
  const [row] = await sql.query<VersionRow & { frame: string; parts: string }>(
    "select version, saved_at, note, acts, frame, parts from version where repertoire = $1 and version = $2",
    [id, version ?? newest],
  );
  if (row === undefined) throw noVersion(name, version ?? newest, newest);
  const bodies = await readParts(sql, id, JSON.parse(row.parts) as string[]);
  return { name, ...saved(row), note: row.note, repertoire: putTogether(row.frame, bodies) };
}

export function saved({ version, saved_at }: Pick<VersionRow, "version" | "saved_at">): Saved {
  return { version, savedAt: saved_at.toISOString() };
}

export function names(acts: string): string[] {
  return (JSON.parse(acts) as ActName[]).map(({ name }) => name);
}

/** Moves the repertoire on by a version, or makes it; nobody else can until the transaction ends. */
export async function nextVersion(
  sql: Sql,
  name: string,
  base: number | null,
): Promise<{ id: number; version: number }> {
  if (base === null) {
    const [made] = await sql.query<{ id: number }>(
      "insert into repertoire (name, newest) values ($1, 1) on conflict (name) do nothing returning id",
      [name],
    );
    if (made) return { id: made.id, version: 1 };
  } else {
    const [moved] = await sql.query<{ id: number }>(
      "update repertoire set newest = newest + 1 where name = $1 and newest = $2 returning id",
      [name, base],
    );
    if (moved) return { id: moved.id, version: base + 1 };
  }
  const [there] = await sql.query<{ newest: number }>("select newest from repertoire where name = $1", [name]);
  const came = base === null ? `a new repertoire "${name}" came` : `changes to version ${base} of "${name}" came`;
  throw there === undefined
    ? new StoreFailure("conflict", `${came}, but there is none by that name; save it as a new one`)
    : new StoreFailure(
        "conflict",
        `${came}, but version ${there.newest} has been saved; read that one and make the changes there`,
        there.newest,
      );
}

export async function find(sql: Sql, name: string): Promise<{ id: number; newest: number; acts: string }> {
  const [row] = await sql.query<{ id: number; newest: number; acts: string }>(
    `select r.id, r.newest, v.acts from repertoire r
     join version v on v.repertoire = r.id and v.version = r.newest where r.name = $1`,
    [name],
  );
  if (row === undefined) throw unknown(name);
  return row;
}

export async function writeParts(sql: Sql, id: number, parts: readonly Part[]): Promise<void> {
  for (const { hash, body } of parts)
    await sql.query("insert into part (repertoire, hash, body) values ($1, $2, $3) on conflict do nothing", [
      id,
      hash,
      body,
    ]);
}

async function readParts(sql: Sql, id: number, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const places = hashes.map((_, k) => `$${k + 2}`).join(", ");
  const rows = await sql.query<Part>(`select hash, body from part where repertoire = $1 and hash in (${places})`, [
    id,
    ...hashes,
  ]);
  const bodies = new Map(rows.map(({ hash, body }) => [hash, body]));
  return hashes.map((hash) => {
    const body = bodies.get(hash);
    if (body === undefined) throw new Error(`the store has lost part ${hash}`);
    return body;
  });
}

export function unknown(name: string): StoreFailure {
  return new StoreFailure("not found", `there is no repertoire "${name}"`);
}

export function noVersion(name: string, version: number, newest: number): StoreFailure {
  return new StoreFailure("not found", `"${name}" has no version ${version}; its newest is ${newest}`);
}
