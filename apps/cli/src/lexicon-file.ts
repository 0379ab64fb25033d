// What words were learned, as a file: read whole, checked, and replaced whole.

import { loadLexicon, saveLexicon, type Lexicon } from "@attune/core";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { about, UserError } from "./fail.ts";
import { openSource, writeWhole } from "./files.ts";

/** Where words are kept unless --words says otherwise. */
export const DEFAULT_WORDS = "attune-words.json";

/**
 * @param path what --words named, if it was given
 * @param need whether a lexicon must be there; the default one "may be missing", one that was named may not unless it
 *   "may be new"
 */
export async function readLexicon(
  path: string | undefined,
  need: "must be there" | "may be missing" | "may be new",
): Promise<Lexicon | undefined> {
  const file = path ?? DEFAULT_WORDS;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw new UserError(`--words "${file}" is a folder, a file of words was wanted`);
    if (code !== "ENOENT") throw error;
    if (need === "may be new" || (need === "may be missing" && path === undefined)) return undefined;
    if (path === undefined)
      throw new UserError(
        `there is no ${DEFAULT_WORDS} here; teach a word first (attune words teach ACT "what it is called") or name one with --words`,
      );
    // Says which file is near.
    await openSource(file);
    throw error;
  }
  try {
    return loadLexicon(text);
  } catch (error) {
    throw about(basename(file), error);
  }
}

export async function writeLexicon(path: string | undefined, lexicon: Lexicon): Promise<void> {
  await writeWhole(path ?? DEFAULT_WORDS, saveLexicon(lexicon));
}
