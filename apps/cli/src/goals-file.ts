// What goals were learned, as a file: read whole, checked, and replaced whole.

import { loadChains, saveChains, type Chains } from "@attune/core";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { about, UserError } from "./fail.ts";
import { openSource, writeWhole } from "./files.ts";

/** Where goals are kept unless --goals says otherwise. */
export const DEFAULT_GOALS = "attune-goals.json";

/**
 * @param path what --goals named, if it was given
 * @param need whether goals must be there
 * @returns undefined where there are none and none need be there
 */
export async function readGoals(
  path: string | undefined,
  need: "must be there" | "may be new",
): Promise<Chains | undefined> {
  const file = path ?? DEFAULT_GOALS;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw new UserError(`--goals "${file}" is a folder, a file of goals was wanted`);
    if (code !== "ENOENT") throw error;
    if (need === "may be new") return undefined;
    if (path === undefined)
      throw new UserError(
        `there is no ${DEFAULT_GOALS} here; learn goals first (attune goals learn FILE) or name a file of them with --goals`,
      );
    // Says which file is near.
    await openSource(file);
    throw error;
  }
  try {
    return loadChains(text);
  } catch (error) {
    throw about(basename(file), error);
  }
}

export async function writeGoals(path: string | undefined, chains: Chains): Promise<void> {
  await writeWhole(path ?? DEFAULT_GOALS, saveChains(chains));
}
