// For the tests of this application: recordings of the scene's person, and commands run inside the test's own process.

import { createShow } from "@attune/core";
import { writeNative } from "@attune/io";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeChunks } from "./files.ts";
import { main } from "./main.ts";
import { move, shownOn, type Part, type Performer } from "./scene/person.ts";

/** A folder that is gone after the test. */
export async function temporary(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "attune-test-"));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Writes the person doing something as a native recording on a named skeleton. */
export async function record(
  path: string,
  parts: readonly Part[],
  { skeleton = "attune-20", yaw = 0, ...rest }: Partial<Performer> & { skeleton?: string; yaw?: number } = {},
): Promise<void> {
  const performer = { seed: 1, tempo: 1, amplitude: 1, noise: 0.01, ...rest };
  const header = { format: "attune-recording", version: 1, skeleton, units: "m", up: "y", rate: 30 } as const;
  await writeChunks(path, writeNative(header, shownOn(createShow(skeleton, { yaw }), move(parts, performer, path))));
}

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs one command line in this process, catching what it writes. */
export async function run(...args: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const { stdout, stderr } = process;
  const written = [stdout.write, stderr.write] as const;
  const into = (list: string[]) =>
    ((text: string | Uint8Array): boolean => {
      list.push(typeof text === "string" ? text : Buffer.from(text).toString());
      return true;
    }) as typeof stdout.write;
  stdout.write = into(out);
  stderr.write = into(err);
  process.exitCode = 0;
  try {
    await main(args);
    return { out: out.join(""), err: err.join(""), code: Number(process.exitCode ?? 0) };
  } finally {
    [stdout.write, stderr.write] = written;
    process.exitCode = 0;
  }
}
