// What Attune's body looks like: its own drawn figure, or an avatar that the person brought. Knows nothing of how one is drawn.

import type { Note, StudioState } from "../state.ts";
import type { Store } from "../store.ts";
import { S } from "../strings.ts";
import type { Avatar } from "./avatar.ts";

export interface Wardrobe {
  /** The avatar that is worn; undefined while Attune is its own figure. */
  worn(): Avatar | undefined;
  /** Reads a file in this page and wears it; what is wrong with it is said, and the figure stays as it was. */
  put(file: File): Promise<void>;
  /** Back to the drawn figure; lets go of all the avatar held. */
  remove(): void;
}

/** Largest file that is taken, bytes. */
const MOST = 300e6;

export function createWardrobe(store: Store<StudioState>, note: (note: Note) => void): Wardrobe {
  let worn: Avatar | undefined,
    // Whichever file is asked for last is worn.
    turn = 0;
  const undress = (problem?: string): void => {
    const before = worn;
    turn++;
    worn = undefined;
    store.set({ avatar: problem === undefined ? { kind: "none" } : { kind: "none", problem } });
    before?.dispose();
    if (problem !== undefined) note({ text: problem });
  };
  return {
    worn: () => worn,
    async put(file) {
      const mine = ++turn;
      const before = store.get().avatar;
      store.set({ avatar: { kind: "opening", name: file.name } });
      try {
        if (file.size > MOST) throw new Error(S.avatar.wrong.large(file.name, file.size, MOST));
        const [{ openAvatar }, bytes] = await Promise.all([import("./avatar.ts"), file.arrayBuffer()]);
        const opened = await openAvatar(file.name, bytes, () => {
          if (worn === opened) undress(S.avatar.wrong.lost);
        });
        if (mine !== turn) {
          opened.dispose();
          return;
        }
        const old = worn;
        worn = opened;
        const { facts, face, software } = opened;
        store.set({ avatar: { kind: "on", name: file.name, facts, face, slow: software !== undefined } });
        old?.dispose();
        if (software !== undefined) note({ text: S.avatar.slow });
      } catch (error) {
        if (mine !== turn) return;
        const problem = error instanceof Error ? error.message : String(error);
        store.set({ avatar: before.kind === "on" ? { ...before, problem } : { kind: "none", problem } });
        note({ text: problem });
      }
    },
    remove: () => undress(),
  };
}
