// The Studio's side of the heart: it wakes when somebody wants to see it, is tuned by the knobs, and reads a person's face only
// where they said yes. What begins in the heart begins in the body here.

import { MOTOR, PRESETS, UTTERANCES, VISAGE, presetNamed, type PresetName } from "@attune/core";
import { feelNow, forgetLooks, perform, performFace } from "./live.ts";
import type { Dial, FeelingNow, HappeningName, Knobs } from "./mind/feeling-protocol.ts";
import type { Mode } from "./state.ts";
import { S } from "./strings.ts";
import type { Studio } from "./studio.ts";

export interface FeelingSide {
  /** Wakes the heart, once. */
  wake(): Promise<void>;
  /** Opens or folds the part of the page that shows it. */
  open(open: boolean): void;
  turn(knobs: Partial<Knobs>): void;
  /** One gain of the temperament. */
  dial(name: Dial, value: number): void;
  /** A temperament with a name. */
  choose(name: PresetName): void;
  /**
   * The person's answer to whether their face may be read.
   *
   * @param words what they were shown
   */
  allow(yes: boolean, words: string): void;
  happen(what: HappeningName): void;
  /** Does an expression. */
  perform(name: string): Promise<void>;
  /** A frame of feeling came: it is shown as far as it may be, and what begins in it is done where the body answers. */
  felt(feeling: FeelingNow, mode: Mode): void;
  /** What somebody else kept of expressions, instead of what is known here. */
  takeTheirs(): Promise<void>;
}

const now = (): number => performance.now() / 1000;

export function createFeelingSide(studio: Studio): FeelingSide {
  const { store, mind, live } = studio;
  let waking: Promise<void> | undefined,
    turns = 0;

  async function wake(): Promise<void> {
    store.set({ heart: { kind: "waking" } });
    try {
      const faces = await studio.keepingFaces.wake();
      const { knobs, reading } = store.get();
      const known = await mind.ask("feel", { faces, knobs, reads: reading === "on" });
      store.set({ heart: { kind: "awake" }, faces: known.faces });
      // A knob turned meanwhile.
      if (store.get().knobs !== knobs) await mind.ask("tune", { knobs: store.get().knobs });
      if (store.get().reading !== reading) await mind.ask("read", { reads: store.get().reading === "on" });
    } catch (error) {
      waking = undefined;
      store.set({ heart: { kind: "broken", reason: error instanceof Error ? error.message : String(error) } });
    }
  }

  const side: FeelingSide = {
    wake: () => (waking ??= wake()),
    open(open) {
      if (store.get().feelingOpen !== open) store.set({ feelingOpen: open });
      if (open) void side.wake();
    },
    turn(part) {
      const knobs = { ...store.get().knobs, ...part };
      store.set({ knobs });
      // Where reading is prohibited it ends, and is asked for anew.
      if (part.setting !== undefined && part.setting !== "private" && store.get().reading === "on") {
        side.allow(false, S.feeling.consent.law[part.setting]);
        store.set({ reading: "unasked" });
      }
      if (store.get().heart.kind === "awake") studio.told(mind.ask("tune", { knobs }));
    },
    dial(name, value) {
      const { knobs } = store.get();
      store.set({ preset: undefined });
      side.turn({ temperament: { ...knobs.temperament, [name]: value } });
    },
    choose(name) {
      if (!Object.hasOwn(PRESETS, name)) return;
      store.set({ preset: name });
      side.turn({ temperament: presetNamed(name) });
    },
    allow(yes, words) {
      studio.keeping.agree("read faces", yes, words);
      store.set({ reading: yes ? "on" : "off" });
      if (!yes) forgetLooks(live);
      if (store.get().heart.kind === "awake") studio.told(mind.ask("read", { reads: yes }));
    },
    happen(what) {
      studio.told(mind.ask("happen", { what }));
    },
    async perform(name) {
      const show = await mind.ask("performFace", { name });
      performFace(live, show, now());
      sayDoing(name, show.visage.length / VISAGE / show.rate);
    },
    felt(feeling, mode) {
      feelNow(live, mayRead() ? feeling : unread(feeling), now());
      const { begun } = feeling;
      if (!begun || mode !== "answer") return;
      const { act, nod, utterance, strength } = begun;
      if (act) {
        perform(
          live,
          act,
          store.get().known.findIndex(({ name }) => name === act.name),
          now(),
        );
        sayDoing(act.name, act.own.length / MOTOR / act.rate);
      }
      if (nod) live.nod = { what: nod, from: now(), strength };
      if (utterance) {
        const ways = UTTERANCES[utterance];
        live.said = { kind: utterance, words: ways[turns++ % ways.length], at: now() };
      }
    },
    async takeTheirs() {
      const { faces } = await mind.ask("restoreFaces", { repertoire: await studio.keepingFaces.yield() });
      store.set({ faces });
    },
  };

  /** Nobody is behind a generated face. */
  function mayRead(): boolean {
    const { eyes, reading } = store.get();
    return reading === "on" || ("source" in eyes && eyes.source === "generated");
  }

  function sayDoing(name: string, seconds: number): void {
    store.set({ doing: name });
    setTimeout(
      () => {
        if (store.get().doing === name && !live.show && !live.faceShow) store.set({ doing: undefined });
      },
      1000 * seconds + 100,
    );
  }
  return side;
}

/** What was under way when the yes was taken back is not shown any more. */
function unread({ other: _other, told, ...rest }: FeelingNow): FeelingNow {
  if (!told) return rest;
  const { looks: _looks, ...words } = told;
  return { ...rest, told: words };
}
