// What outlives the page: the repertoire with its history, settings, consents. The server keeps it, on this machine; while it
// does not answer, everything goes on and is kept when it does. What somebody else kept meanwhile is not written over
// unasked, and nothing is kept before what was kept could be read.

import type { Demo, Frame } from "@attune/core";
import { Refused, server } from "./server.ts";
import type { StudioState } from "./state.ts";
import type { Store } from "./store.ts";
import { S } from "./strings.ts";

export interface Keeping {
  /** What was learned before, or the starter repertoire. */
  wake(): Promise<string>;
  /** Keeps what is known now. @returns whether it is durable */
  keep(repertoire: string, note: string, examples?: readonly { act: string; demo: Demo }[]): Promise<boolean>;
  /** Tries again to keep what could not be kept. */
  again(): Promise<boolean>;
  /** Keeps what is known here although somebody else kept something meanwhile, which stays in the history. */
  insist(): Promise<boolean>;
  /** Gives up what is known here for what somebody else kept. @returns it */
  yield(): Promise<string>;
  agreed(what: Agreeable): boolean;
  agree(what: Agreeable, given: boolean, words: string): void;
  /** Whether the tour was seen. */
  toured(): boolean;
  setToured(): void;
}

export type Agreeable = "camera" | "microphone" | "read faces";

/** What is kept: under which name, where the page says that it is not, and what there is before anything was kept. */
export interface Kept {
  readonly name: string;
  readonly slot: "keeping" | "keepingFaces";
  readonly starter: string;
}

interface Wish {
  readonly repertoire: string;
  readonly note: string;
  readonly examples: readonly { act: string; demo: Demo }[];
}

/** s until it is tried again by itself. */
const AGAIN = 10;

export function createKeeping({ name, slot, starter }: Kept, store: Store<StudioState>): Keeping {
  // undefined until it is known what is kept.
  let base: number | null | undefined,
    settings: Record<string, unknown> = {},
    waiting: Wish | undefined,
    saving: Promise<boolean> = Promise.resolve(true),
    retry = 0;
  // Consent is for this visit: the next one asks again.
  const agreed = new Set<string>();

  async function save({ repertoire, note, examples }: Wish): Promise<void> {
    if (base === undefined) throw new Conflict(S.unread);
    if (examples.length > 0) await server.consent("keep examples", true, S.teach.keepExample);
    try {
      const kept = await server.keep(name, {
        repertoire,
        note,
        base,
        ...(examples.length > 0
          ? {
              examples: examples.map(({ act, demo }) => ({ act, header: demo.header, frames: demo.frames.map(plain) })),
            }
          : {}),
      });
      base = kept.version;
    } catch (error) {
      if (error instanceof Refused && error.status === 409) throw new Conflict(S.elsewhere);
      throw error;
    }
  }

  async function attempt(): Promise<boolean> {
    const wish = waiting;
    clearTimeout(retry);
    if (!wish) {
      store.set({ [slot]: undefined });
      return true;
    }
    try {
      await save(wish);
      // What came while it was being written has its own turn, without what is written now.
      if (waiting === wish) waiting = undefined;
      else if (waiting)
        waiting = { ...waiting, examples: waiting.examples.filter((each) => !wish.examples.includes(each)) };
      if (!waiting) store.set({ [slot]: undefined });
      return true;
    } catch (error) {
      const conflict = error instanceof Conflict;
      store.set({
        [slot]: {
          text: conflict ? error.message : S.keepingFailed(error instanceof Error ? error.message : String(error)),
          conflict,
        },
      });
      if (!conflict) retry = window.setTimeout(() => void again(), 1000 * AGAIN);
      return false;
    }
  }

  function again(): Promise<boolean> {
    saving = saving.then(attempt);
    return saving;
  }

  const newest = async (): Promise<number | null> => (await server.repertoire(name))?.version ?? null;

  globalThis.addEventListener?.("online", () => void again());
  globalThis.addEventListener?.("beforeunload", (event) => {
    // Leaving now would lose what was learned.
    if (waiting) event.preventDefault();
  });

  return {
    async wake() {
      try {
        settings = await server.settings();
        const kept = await server.repertoire(name);
        base = kept?.version ?? null;
        if (kept) return kept.repertoire;
      } catch (error) {
        store.set({
          [slot]: { text: S.keepingFailed(error instanceof Error ? error.message : String(error)), conflict: false },
        });
      }
      const first = await fetch(starter);
      if (!first.ok) throw new Error(`${starter} did not come (${first.status})`);
      return first.text();
    },
    keep(repertoire, note, examples = []) {
      waiting = { repertoire, note, examples: [...(waiting?.examples ?? []), ...examples] };
      return again();
    },
    again,
    async insist() {
      base = await newest();
      return again();
    },
    async yield() {
      const kept = await server.repertoire(name);
      if (!kept) throw new Error(S.nothingKept);
      base = kept.version;
      waiting = undefined;
      store.set({ [slot]: undefined });
      return kept.repertoire;
    },
    agreed: (what) => agreed.has(what),
    agree(what, given, words) {
      if (given) agreed.add(what);
      else agreed.delete(what);
      server
        .consent(what, given, words)
        .catch((error: Error) => store.set({ note: { text: S.consentUnkept(error.message) } }));
    },
    toured: () => settings["toured"] === true,
    setToured() {
      settings = { ...settings, toured: true };
      // Not worth a word: the tour comes once more.
      server.setting("toured", true).catch(() => undefined);
    },
  };
}

/** Somebody else kept something, or what is kept could not be read: the person says what to do. */
class Conflict extends Error {}

/** A frame as JSON: arrays for typed arrays, null for what was not seen. */
export function plain(frame: Frame): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(frame as unknown as Record<string, unknown>).map(([key, value]) => [
      key,
      value instanceof Float32Array ? Array.from(value, (v) => (Number.isFinite(v) ? v : null)) : value,
    ]),
  );
}
