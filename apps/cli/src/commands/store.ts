// attune store: what the Studio keeps in the data folder, listed, taken out and put in. It is the same whether the
// server runs or not.

import { dataFolder, openStore, StoreFailure, type Store } from "@attune/server";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { print, table } from "../console.ts";
import { harmless, UserError } from "../fail.ts";
import { headOf, openSource, writeChunks, writeWhole } from "../files.ts";
import { checkReplaces } from "../repertoire-file.ts";

export interface StoreOptions {
  readonly json: boolean;
}

export async function listCommand({ json }: StoreOptions): Promise<void> {
  const kept = await withStore((store) => store.listRepertoires());
  if (json) return print(JSON.stringify(kept));
  if (kept.length === 0) return print("nothing is kept yet; the Studio keeps what it is taught (attune serve)");
  const rows = kept.map(({ name, version, savedAt, acts }) => [
    harmless(name),
    `${version}`,
    `${acts.length}`,
    at(savedAt),
  ]);
  for (const line of table([["repertoire", "version", "acts", "saved"], ...rows], [1, 2])) await print(line);
}

export async function historyCommand(name: string, { json }: StoreOptions): Promise<void> {
  const versions = await withStore((store) => store.history(name));
  if (json) return print(JSON.stringify(versions));
  const rows = versions.map(({ version, acts, savedAt, note }) => [
    `${version}`,
    `${acts.length}`,
    at(savedAt),
    harmless(note),
  ]);
  for (const line of table([["version", "acts", "saved", "note"], ...rows], [0, 1])) await print(line);
}

export async function exportCommand(
  name: string,
  out: string,
  { version, json }: StoreOptions & { readonly version: number | undefined },
): Promise<void> {
  await checkReplaces(out, "acts");
  const kept = await withStore((store) => store.readRepertoire(name, version));
  await writeWhole(out, kept.repertoire);
  await done(json, { exported: name, version: kept.version, out }, `version ${kept.version} of "${name}" is in ${out}`);
}

export async function importCommand(
  name: string,
  file: string,
  { note, json }: StoreOptions & { readonly note: string | undefined },
): Promise<void> {
  await openSource(file);
  const repertoire = await readFile(file, "utf8");
  const { version } = await withStore(async (store) => {
    const newest = (await store.listRepertoires()).find((each) => each.name === name);
    return store.saveRepertoire(name, {
      repertoire,
      base: newest?.version ?? null,
      note: note ?? `imported from ${harmless(basename(file))}`,
    });
  }, file);
  await done(json, { imported: name, version }, `${file} is version ${version} of "${name}" now`);
}

export async function restoreCommand(name: string, version: number, { json }: StoreOptions): Promise<void> {
  const saved = await withStore((store) => store.restore(name, version));
  await done(
    json,
    { restored: name, from: version, version: saved.version },
    `version ${version} of "${name}" is back, as version ${saved.version}`,
  );
}

export async function deleteCommand(name: string, { json }: StoreOptions): Promise<void> {
  await withStore((store) => store.removeRepertoire(name));
  await done(json, { deleted: name }, `"${name}" is deleted, with its history and its examples`);
}

export async function everythingCommand(out: string, { json }: StoreOptions): Promise<void> {
  await checkHoldsExport(out);
  await withStore((store) => writeChunks(out, bytes(store.exportAll())));
  await done(json, { exported: "everything", out }, `everything that is kept is in ${out}`);
}

async function withStore<T>(ask: (store: Store) => Promise<T>, file?: string): Promise<T> {
  try {
    const store = await openStore(dataFolder());
    try {
      return await ask(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    throw new UserError(file !== undefined && error.kind === "invalid" ? `${file}: ${error.message}` : error.message);
  }
}

async function checkHoldsExport(out: string): Promise<void> {
  const head = await headOf(out, 64).catch(() => undefined);
  if (head !== undefined && !head.includes('"attune-export"'))
    throw new UserError(`"${out}" is there and no export of everything, which would replace it; name another file`);
}

async function* bytes(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) yield Buffer.from(piece);
}

async function done(json: boolean, facts: object, sentence: string): Promise<void> {
  await print(json ? JSON.stringify(facts) : sentence);
}

/** Local time, to the minute. */
function at(iso: string): string {
  const time = new Date(iso);
  const two = (n: number): string => `${n}`.padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
