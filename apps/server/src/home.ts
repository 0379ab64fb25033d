// Where a person's data is kept: one folder, found the way the platform expects it, readable by that person alone.

import { randomUUID } from "node:crypto";
import { mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { StoreFailure } from "./failure.ts";

/** The data folder: ATTUNE_HOME, else the platform's usual place. It need not be there yet. */
export function dataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  user: string = homedir(),
): string {
  const named = env["ATTUNE_HOME"];
  if (named) return resolve(named);
  if (platform === "darwin") return join(user, "Library", "Application Support", "Attune");
  if (platform === "win32") return join(env["APPDATA"] || join(user, "AppData", "Roaming"), "Attune");
  return join(env["XDG_DATA_HOME"] || join(user, ".local", "share"), "attune");
}

/**
 * Makes the folder where it is missing.
 *
 * @returns its real path, the same by whichever name it was reached
 * @throws StoreFailure "unusable" where nothing can be written in it
 */
export async function prepareFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const real = await realpath(folder);
    const probe = join(real, `.probe-${randomUUID()}`);
    await writeFile(probe, "", { mode: 0o600 });
    await rm(probe);
    return real;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StoreFailure(
      "unusable",
      `the data folder "${folder}" cannot be written (${code ?? String(error)}); make it writable, or name another with ATTUNE_HOME`,
    );
  }
}
