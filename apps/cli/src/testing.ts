// For the tests of this application: recordings of a generated person, and commands run inside the test's own process.

import { createPerson, playScript } from "@attune/actor";
import { writeNative } from "@attune/io";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeChunks } from "./files.ts";
import { main } from "./main.ts";

/** A folder that is gone after the test. */
export async function temporary(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "attune-test-"));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Writes a person who does one thing after another, or stands for some seconds, as a native recording. */
export async function record(
  path: string,
  parts: readonly (string | number)[],
  options: { seed?: number; skeleton?: string; yaw?: number; tempo?: number } = {},
): Promise<void> {
  const person = createPerson({ seed: 1, amplitude: 1, tempo: 1, hand: "right", ...options });
  const script = parts.map((part) => (typeof part === "number" ? { pause: part } : { act: part, pause: 0 }));
  const take = playScript(person, script);
  await writeChunks(path, writeNative(take.header, take.frames()));
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
