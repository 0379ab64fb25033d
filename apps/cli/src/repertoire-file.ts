// The repertoire as a file: read whole, checked, and replaced whole, so that what was learned before survives whatever
// goes wrong now.

import { loadRepertoire, saveRepertoire, type Repertoire } from "@attune/core";
import { readFile, realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import { about, UserError } from "./fail.ts";
import { headOf, openSource, writeWhole } from "./files.ts";
import { didYouMean } from "./nearest.ts";

/** Where acts are kept unless --repertoire says otherwise. */
export const DEFAULT_REPERTOIRE = "attune-repertoire.json";

/**
 * @param path what --repertoire named, if it was given
 * @param need whether a repertoire must be there; the default one "may be missing", one that was named may not
 *   unless it "may be new"
 */
export async function readRepertoire(
  path: string | undefined,
  need: "must be there" | "may be missing" | "may be new",
): Promise<Repertoire | undefined> {
  const file = path ?? DEFAULT_REPERTOIRE;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw new UserError(`--repertoire "${file}" is a folder, a repertoire file was wanted`);
    if (code !== "ENOENT") throw error;
    if (need === "may be new" || (need === "may be missing" && path === undefined)) return undefined;
    if (path === undefined)
      throw new UserError(
        `there is no ${DEFAULT_REPERTOIRE} here; learn an act first (attune learn NAME FILE) or name one with --repertoire`,
      );
    // Says which file is near.
    await openSource(file);
    throw error;
  }
  try {
    return loadRepertoire(text);
  } catch (error) {
    throw about(basename(file), error);
  }
}

export async function writeRepertoire(path: string | undefined, repertoire: Repertoire): Promise<void> {
  await writeWhole(path ?? DEFAULT_REPERTOIRE, saveRepertoire(repertoire));
}

/**
 * Looks before a file is replaced: what somebody learned is not written over with something else, nor a file with what is
 * being made of it.
 *
 * @param path about to be written
 * @param kind of what will be in it
 * @param from files it is made of
 * @throws UserError where something would be lost
 */
export async function checkReplaces(
  path: string,
  kind: "recording" | "acts",
  from: readonly string[] = [],
): Promise<void> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isFile()) return;
  for (const source of from)
    if ((await realpath(source).catch(() => undefined)) === real)
      throw new UserError(`"${path}" came as the new file, but it is what is read; name another file`);
  const holdsActs = (await headOf(real, 64)).includes('"attune-repertoire"');
  if (kind === "recording" && holdsActs)
    throw new UserError(`"${path}" holds learned acts, which a recording would replace; name another file`);
  if (kind === "acts" && !holdsActs)
    throw new UserError(`"${path}" is there and holds no acts: exporting would replace it; name another file`);
}

/** @throws UserError naming the nearest act, or all of them */
export function checkKnown(repertoire: Repertoire, name: string): void {
  const names = repertoire.acts.map((act) => act.name);
  if (names.includes(name)) return;
  const known =
    names.length === 0
      ? "nothing is known yet"
      : `known: ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", ..." : ""}`;
  throw new UserError(`no act "${name}" is known${didYouMean(name, names) || `; ${known}`}`);
}
