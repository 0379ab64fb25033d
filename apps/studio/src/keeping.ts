// What outlives the page: the repertoire with its history, settings, consents. The server keeps it, on this machine; while it
// does not answer, everything goes on and is kept when it does.

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
  agreed(what: "camera" | "microphone"): boolean;
  agree(what: "camera" | "microphone" | "keep examples", given: boolean, words: string): void;
  /** Whether the tour was seen. */
  toured(): boolean;
  setToured(): void;
}

interface Wish {
  readonly repertoire: string;
  readonly note: string;
  readonly examples: readonly { act: string; demo: Demo }[];
}

export function createKeeping(name: string, store: Store<StudioState>): Keeping {
  let base: number | null = null,
    settings: Record<string, unknown> = {},
    waiting: Wish | undefined,
    saving: Promise<boolean> = Promise.resolve(true);
  // Consent is for this visit: the next one asks again.
  const agreed = new Set<string>();

  /** Like `server.keep`, once more on top of what another page kept meanwhile: the newest stays, both are in the history. */
  async function save({ repertoire, note, examples }: Wish): Promise<void> {
    const what = {
      repertoire,
      note,
      ...(store.get().keepExamples && examples.length > 0
        ? { examples: examples.map(({ act, demo }) => ({ act, header: demo.header, frames: demo.frames.map(plain) })) }
        : {}),
    };
    try {
      base = (await server.keep(name, { ...what, base })).version;
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409) throw error;
      base = (await server.repertoire(name))?.version ?? null;
      base = (await server.keep(name, { ...what, base })).version;
    }
  }

  async function attempt(): Promise<boolean> {
    const wish = waiting;
    if (!wish) return true;
    try {
      await save(wish);
      if (waiting === wish) waiting = undefined;
      store.set({ keeping: undefined });
      return true;
    } catch (error) {
      store.set({ keeping: S.keepingFailed(error instanceof Error ? error.message : String(error)) });
      return false;
    }
  }

  return {
    async wake() {
      try {
        settings = await server.settings();
        store.set({ keepExamples: settings["keepExamples"] !== false });
        const kept = await server.repertoire(name);
        if (kept) {
          base = kept.version;
          return kept.repertoire;
        }
      } catch (error) {
        store.set({ keeping: S.keepingFailed(error instanceof Error ? error.message : String(error)) });
      }
      const starter = await fetch("/starter.json");
      if (!starter.ok) throw new Error(`the starter repertoire did not come (${starter.status})`);
      return starter.text();
    },
    keep(repertoire, note, examples = []) {
      waiting = { repertoire, note, examples: [...(waiting?.examples ?? []), ...examples] };
      saving = saving.then(attempt);
      return saving;
    },
    again() {
      saving = saving.then(attempt);
      return saving;
    },
    agreed: (what) => agreed.has(what),
    agree(what, given, words) {
      if (given) agreed.add(what);
      else agreed.delete(what);
      server.consent(what, given, words).catch(() => undefined);
    },
    toured: () => settings["toured"] === true,
    setToured() {
      settings = { ...settings, toured: true };
      server.setting("toured", true).catch(() => undefined);
    },
  };
}

/** A frame as JSON: arrays for typed arrays, null for what was not seen. */
export function plain(frame: Frame): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(frame as unknown as Record<string, unknown>).map(([key, value]) => [
      key,
      value instanceof Float32Array ? Array.from(value, (v) => (Number.isFinite(v) ? v : null)) : value,
    ]),
  );
}
