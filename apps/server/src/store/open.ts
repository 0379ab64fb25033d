// The store of a data folder, whoever owns it: opened here under the lock, or asked of the server that has it.

import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StoreFailure } from "../failure.ts";
import { prepareFolder } from "../home.ts";
import { takeOwnership, type Ownership } from "../owner.ts";
import { migrate } from "./migrations.ts";
import { openPglite } from "./pglite.ts";
import { remoteStore } from "./remote.ts";
import { createStore } from "./sql-store.ts";
import type { Store } from "./store.ts";

/** How long another command may keep the store, or a server take to start, s. */
const PATIENCE = 120;
const POLL_MS = 40;
const ANSWER_MS = 5000;

export interface OpenedStore extends Store {
  /** Where the server that owns the store listens; undefined while this process owns it. */
  readonly server: () => string | undefined;
}

export interface OwnedStore {
  readonly store: Store;
  readonly ownership: Ownership;
}

/**
 * Opens the store for a short while. Close it: others wait for it.
 *
 * @param folder the data folder, made where it is missing
 * @throws StoreFailure "unusable"
 */
export async function openStore(folder: string, now: () => Date = () => new Date()): Promise<OpenedStore> {
  const home = await prepareFolder(folder);
  let reaching = reach(home, now);
  let reached = await reaching;
  /** A server that has ended since is not there to be asked: then the store is opened anew, perhaps here. */
  const ask = async <T>(what: (store: Store) => Promise<T>): Promise<T> => {
    for (;;) {
      const asked = reaching;
      try {
        return await what((await asked).store);
      } catch (error) {
        if (!(error instanceof StoreFailure && error.kind === "gone")) throw error;
        // Of several questions that found nobody, one opens the store.
        if (reaching === asked) reaching = reach(home, now);
        reached = await reaching;
      }
    }
  };
  return {
    server: () => reached.url,
    listRepertoires: () => ask((store) => store.listRepertoires()),
    readRepertoire: (name, version) => ask((store) => store.readRepertoire(name, version)),
    saveRepertoire: (name, save) => ask((store) => store.saveRepertoire(name, save)),
    history: (name) => ask((store) => store.history(name)),
    restore: (name, version) => ask((store) => store.restore(name, version)),
    removeRepertoire: (name) => ask((store) => store.removeRepertoire(name)),
    listExamples: (name) => ask((store) => store.listExamples(name)),
    readExample: (id) => ask((store) => store.readExample(id)),
    readSettings: () => ask((store) => store.readSettings()),
    writeSetting: (key, value) => ask((store) => store.writeSetting(key, value)),
    listConsent: () => ask((store) => store.listConsent()),
    addConsent: (consent) => ask((store) => store.addConsent(consent)),
    exportAll: () => reached.store.exportAll(),
    removeEverything: () => ask((store) => store.removeEverything()),
    close: async () => {
      await reached.store.close();
      await reached.ownership?.release();
    },
  };
}

interface Reached {
  readonly store: Store;
  readonly url?: string;
  readonly ownership?: Ownership;
}

async function reach(home: string, now: () => Date): Promise<Reached> {
  const taken = await owned(home, now);
  return "store" in taken ? taken : { store: remoteStore(taken.url), url: taken.url };
}

/**
 * The store for this process alone, or where the server listens that has it. Waits for commands that have it and for a
 * server that is starting.
 *
 * @param home the data folder's real path
 * @throws StoreFailure "unusable", also when a process keeps the store for too long
 */
export async function owned(home: string, now: () => Date): Promise<OwnedStore | { readonly url: string }> {
  const deadline = performance.now() + PATIENCE * 1000;
  for (;;) {
    const taken = await takeOwnership(home);
    if ("own" in taken) return openOwned(home, taken.own, now);
    if (taken.url !== undefined && (await answers(taken.url))) return { url: taken.url };
    if (performance.now() > deadline)
      throw new StoreFailure(
        "unusable",
        `process ${taken.pid} has kept the store in "${home}" for ${PATIENCE} s; wait for it to end, or end it`,
      );
    await wait(POLL_MS);
  }
}

/** A server that is closing is still the owner for a moment, and listens no more. */
async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL("/api/health", url), { signal: AbortSignal.timeout(ANSWER_MS) })).ok;
  } catch {
    return false;
  }
}

async function openOwned(home: string, ownership: Ownership, now: () => Date): Promise<OwnedStore> {
  try {
    const database = await openPglite(join(home, "store"));
    try {
      await migrate(database, now);
    } catch (error) {
      await database.close();
      throw error;
    }
    return { store: createStore(database, now), ownership };
  } catch (error) {
    await ownership.release();
    throw error;
  }
}
