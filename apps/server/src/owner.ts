// One process owns the store: two engines on one folder lose data. Node has no file locks that end with the process, so
// ownership is a chain of claims on disk. `owner.json` names the last settled owner; `claim.ID`, made by link(2) and so
// by one process only, names the one who followed owner ID. The owner is the end of the chain, and may be followed once
// it has ended. Nothing that could be alive is ever deleted, so takers cannot trip over each other, whenever they die.

import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isErrno, StoreFailure } from "./failure.ts";
import { isAlive, markOf, type ProcessMark } from "./process-mark.ts";

interface Claim extends ProcessMark {
  readonly id: string;
  readonly host: string;
  /** Where it listens, once it does. */
  readonly url?: string;
  /** It has given the store back. */
  readonly released?: boolean;
}

export interface Ownership {
  /** Tells others where this process listens. */
  publish(url: string): Promise<void>;
  /** The store must be closed before. */
  release(): Promise<void>;
}

/** Either the store is this process's, or another has it, perhaps listening at `url`. */
export type Taken = { readonly own: Ownership } | { readonly pid: number; readonly url: string | undefined };

/**
 * Takes the data folder for this process unless a living process has it. Does not wait.
 *
 * @param home the folder's real path
 * @throws StoreFailure "unusable" where a process of another computer has it, or the claims cannot be read
 */
export async function takeOwnership(home: string): Promise<Taken> {
  const folder = join(home, "owner");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const mine: Claim = { id: randomUUID(), ...markOf(process.pid), host: hostname() };
  for (;;) {
    const last = await endOfChain(folder);
    if (last !== undefined && holds(last, folder)) return { pid: last.pid, url: last.url };
    if (!(await follow(folder, last, mine))) continue;
    // A claim can follow somebody whose chain was settled meanwhile; then it hangs in the air and counts for nothing.
    if ((await endOfChain(folder))?.id !== mine.id) {
      await rm(claimAfter(folder, last), { force: true });
      continue;
    }
    await settle(folder, mine);
    return { own: ownership(folder, mine) };
  }
}

function ownership(folder: string, mine: Claim): Ownership {
  return {
    publish: (url) => replace(join(folder, "owner.json"), { ...mine, url }),
    release: () => replace(join(folder, "owner.json"), { ...mine, released: true }),
  };
}

function holds(claim: Claim, folder: string): boolean {
  if (claim.released) return false;
  if (claim.host !== hostname())
    throw new StoreFailure(
      "unusable",
      `a process of the computer "${claim.host}" has this data folder, and from here nobody can tell whether it still runs; close it there, or if it does not run any more delete "${folder}"`,
    );
  return isAlive(claim);
}

async function endOfChain(folder: string): Promise<Claim | undefined> {
  let last = await readClaim(join(folder, "owner.json"));
  for (;;) {
    const next = await readClaim(claimAfter(folder, last));
    if (next === undefined) return last;
    last = next;
  }
}

/** @returns whether this claim is the one that follows `last` */
async function follow(folder: string, last: Claim | undefined, mine: Claim): Promise<boolean> {
  const draft = await write(folder, mine);
  try {
    await link(draft, claimAfter(folder, last));
    return true;
  } catch (error) {
    // EEXIST: somebody was faster. ENOENT: a new owner has tidied the draft away.
    if (isErrno(error, "EEXIST", "ENOENT")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The end of the chain becomes its beginning: first the root, and only then what led here is deleted. */
async function settle(folder: string, mine: Claim): Promise<void> {
  await replace(join(folder, "owner.json"), mine);
  for (const name of await readdir(folder))
    if (name !== "owner.json" && name !== `claim.${mine.id}`) await rm(join(folder, name), { force: true });
}

async function replace(path: string, claim: Claim): Promise<void> {
  await rename(await write(join(path, ".."), claim), path);
}

async function write(folder: string, claim: Claim): Promise<string> {
  const draft = join(folder, `draft.${randomUUID()}`);
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(JSON.stringify(claim));
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

function claimAfter(folder: string, last: Claim | undefined): string {
  return join(folder, `claim.${last?.id ?? "none"}`);
}

async function readClaim(path: string): Promise<Claim | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isErrno(error, "ENOENT")) return undefined;
    throw error;
  }
  try {
    const claim = JSON.parse(text) as Claim;
    if (typeof claim.id === "string" && Number.isSafeInteger(claim.pid) && typeof claim.started === "string")
      return claim;
  } catch {
    // Said below.
  }
  throw new StoreFailure(
    "unusable",
    `"${path}" does not say who owns the store; if no attune runs, delete the folder "${join(path, "..")}"`,
  );
}
