// For the tests of this application: data folders, repertoires, and processes that can be killed.

import { addAct, createRepertoire, learnInto, saveRepertoire } from "@attune/core";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openStore } from "./store/open.ts";
import type { NewExample } from "./store/store.ts";

export interface Folder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function temporary(): Promise<Folder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "attune-server-test-")));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

let made: Promise<Folder> | undefined;

/** A data folder with an empty store in it: copied, because making one takes seconds. */
export async function homeWithStore(): Promise<Folder> {
  made ??= makeTemplate();
  const template = await made;
  const folder = await temporary();
  await cp(template.path, folder.path, { recursive: true });
  return folder;
}

/** For afterAll of test files that used `homeWithStore`. */
export async function removeTemplate(): Promise<void> {
  await (await made)?.remove();
}

async function makeTemplate(): Promise<Folder> {
  const folder = await temporary();
  await (await openStore(folder.path)).close();
  return folder;
}

/** The text of a repertoire that knows these acts, of a body with two channels. The same acts give the same text. */
export function repertoireOf(...names: readonly string[]): string {
  const repertoire = createRepertoire("channels", ["x", "y"], ["x", "y"]);
  for (const name of names) {
    const times = Float64Array.from({ length: 20 }, (_, t) => t / 10);
    const values = Float64Array.from({ length: 40 }, (_, i) => Math.sin((i * (name.length + 1)) / 17));
    learnInto(addAct(repertoire, name), [{ times, values }]);
  }
  return saveRepertoire(repertoire);
}

/** Two seconds of somebody showing an act, as the Studio would send it. */
export function exampleOf(act: string): NewExample {
  return {
    act,
    header: { format: "attune-recording", version: 1, channels: ["x", "y"], rate: 10, consent: "keep examples" },
    frames: Array.from({ length: 21 }, (_, t) => ({ time: t / 10, channels: [t / 8, null] })),
  };
}

export interface Child {
  readonly process: ChildProcess;
  /** The next line it prints; undefined once it has ended. */
  readonly line: () => Promise<string | undefined>;
  /** Waits until it has ended by itself. */
  readonly exit: () => Promise<number | null>;
  /** Sends the signal and waits until it is gone. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts a module of this folder as a process of its own. */
export function start(module: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", path, ...args], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: { ...process.env, ATTUNE_MODELS: "", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    line: async () => (await lines.next()).value as string | undefined,
    exit: async () => {
      await gone;
      return child.exitCode;
    },
    end: async (signal = "SIGKILL") => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}
