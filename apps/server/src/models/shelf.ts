// The models of perception on this machine: found in the person's own folder, or fetched from their official address
// once somebody asked, checked against what they must be, and kept.

import type { ModelFacts } from "@attune/perception";
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { StoreFailure } from "../failure.ts";

export interface ModelState extends ModelFacts {
  readonly state: "ready" | "absent" | "fetching" | "failed";
  /** Ready: from the folder ATTUNE_MODELS, or from the data folder. */
  readonly from?: "folder" | "cache";
  /** Fetching: bytes so far. */
  readonly received?: number;
  /** Failed: what happened, in one sentence. */
  readonly problem?: string;
}

export interface Shelf {
  list(): ModelState[];
  /** Starts fetching, unless that model is ready or on its way. @throws StoreFailure "not found" */
  fetch(name: string): ModelState;
  /** Takes a file the person has. @throws StoreFailure "not found", or "invalid" naming the hash that came */
  accept(name: string, bytes: Uint8Array): Promise<ModelState>;
  /** Where a ready model is. */
  pathOf(file: string): string | undefined;
  /** Resolves when nothing is being fetched. */
  settled(): Promise<void>;
  /** Stops fetching. */
  close(): Promise<void>;
}

export interface ShelfOptions {
  readonly models: readonly ModelFacts[];
  /** Where fetched files are kept; made when the first one comes. */
  readonly cache: string;
  /** The person's own folder, whose files are trusted as they are. */
  readonly folder?: string | undefined;
  readonly fetch: typeof fetch;
  /** Longest silence of the other side, ms. */
  readonly patienceMs?: number;
}

type Found = Omit<ModelState, keyof ModelFacts>;

/** Looks at what is there, hashing files that were fetched before. */
export async function openShelf(options: ShelfOptions): Promise<Shelf> {
  const { models, cache, folder, patienceMs = 30_000 } = options;
  const states = new Map<string, Found>();
  const running = new Map<string, Promise<void>>();
  const stop = new AbortController();
  await clearDrafts(cache);
  for (const model of models) states.set(model.name, await look(model, cache, folder));

  const stateOf = (model: ModelFacts): ModelState => ({ ...model, ...(states.get(model.name) ?? { state: "absent" }) });
  const known = (name: string): ModelFacts => {
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined)
      throw new StoreFailure(
        "not found",
        `there is no model "${name}"; there are ${models.map((each) => each.name).join(", ")}`,
      );
    return model;
  };

  async function run(model: ModelFacts): Promise<void> {
    try {
      await download(model, {
        cache,
        fetch: options.fetch,
        patienceMs,
        stop: stop.signal,
        progress: (received) => states.set(model.name, { state: "fetching", received }),
      });
      states.set(model.name, { state: "ready", from: "cache" });
    } catch (error) {
      // A file the person dropped meanwhile is as good.
      if (states.get(model.name)?.state === "ready") return;
      const problem = error instanceof Error ? error.message : String(error);
      states.set(model.name, { state: "failed", problem });
    } finally {
      running.delete(model.name);
    }
  }

  return {
    list: () => models.map(stateOf),
    fetch(name) {
      const model = known(name);
      if (states.get(name)?.state !== "ready" && !running.has(name)) {
        states.set(name, { state: "fetching", received: 0 });
        running.set(name, run(model));
      }
      return stateOf(model);
    },
    async accept(name, bytes) {
      const model = known(name);
      check(model, bytes.length, createHash("sha256").update(bytes).digest("hex"), "the file that came");
      await keep(model, cache, (write) => write(bytes));
      states.set(name, { state: "ready", from: "cache" });
      return stateOf(model);
    },
    pathOf(file) {
      const model = models.find((candidate) => candidate.file === file);
      const from = model && states.get(model.name)?.from;
      if (from === undefined) return undefined;
      return join(from === "folder" ? (folder as string) : cache, file);
    },
    settled: async () => void (await Promise.all(running.values())),
    async close() {
      stop.abort();
      await Promise.all(running.values());
    },
  };
}

async function look(model: ModelFacts, cache: string, folder: string | undefined): Promise<Found> {
  if (folder !== undefined && (await isFile(join(folder, model.file)))) return { state: "ready", from: "folder" };
  const path = join(cache, model.file);
  if (!(await isFile(path))) return { state: "absent" };
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  if (hash.digest("hex") === model.sha256) return { state: "ready", from: "cache" };
  return { state: "failed", problem: `the kept file of ${model.name} has changed on disk; fetch it again` };
}

interface Download {
  readonly cache: string;
  readonly fetch: typeof fetch;
  readonly patienceMs: number;
  readonly stop: AbortSignal;
  readonly progress: (received: number) => void;
}

async function download(model: ModelFacts, { cache, fetch, patienceMs, stop, progress }: Download): Promise<void> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), patienceMs);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silent.abort(), patienceMs);
  };
  const signal = AbortSignal.any([stop, silent.signal]);
  try {
    // The official address answers itself; a redirect would lead elsewhere.
    const response = await fetch(model.url, { signal, redirect: "error" });
    if (!response.ok || response.body === null)
      throw new Refusal(`${model.url} answered ${response.status}, the model was wanted; try again later`);
    const { body } = response;
    await keep(model, cache, async (write) => {
      const hash = createHash("sha256");
      let received = 0;
      for await (const chunk of body) {
        heard();
        received += chunk.length;
        if (received > model.bytes) break;
        hash.update(chunk);
        await write(chunk);
        progress(received);
      }
      check(model, received, hash.digest("hex"), `what ${model.url} sent`);
    });
  } catch (error) {
    if (error instanceof Refusal || error instanceof StoreFailure) throw error;
    if (stop.aborted) throw new Error(`fetching ${model.name} was stopped`, { cause: error });
    if (silent.signal.aborted)
      throw new Error(`${model.url} was silent for ${patienceMs / 1000} s; try again later`, { cause: error });
    const { cause } = error as { cause?: unknown };
    const why = cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error);
    throw new Error(`${model.name} could not be fetched (${why}); try again, or drop the file here`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

class Refusal extends Error {}

/** @throws StoreFailure "invalid" unless size and hash are the model's */
function check(model: ModelFacts, bytes: number, sha256: string, who: string): void {
  if (bytes > model.bytes)
    throw new StoreFailure("invalid", `${who} is longer than ${model.name}, which has ${model.bytes} bytes`);
  if (bytes < model.bytes)
    throw new StoreFailure("invalid", `${who} has ${bytes} bytes, ${model.name} has ${model.bytes}: it is cut short`);
  if (sha256 !== model.sha256)
    throw new StoreFailure("invalid", `${who} has the sha256 ${sha256}, ${model.name} has ${model.sha256}`);
}

/** Writes beside and renames: readers see a whole file or none. */
async function keep(
  { file }: ModelFacts,
  cache: string,
  fill: (write: (bytes: Uint8Array) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const draft = join(cache, `.draft-${randomUUID()}`);
  const handle = await open(draft, "wx", 0o600);
  try {
    try {
      await fill((bytes) => handle.writeFile(bytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, join(cache, file));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function clearDrafts(cache: string): Promise<void> {
  for (const name of await readdir(cache).catch(() => []))
    if (name.startsWith(".draft-")) await rm(join(cache, name), { force: true });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
