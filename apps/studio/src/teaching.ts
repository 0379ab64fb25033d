// Teaching: a countdown, one movement watched from stillness to stillness, a look at it, a name, and it is known and done back.

import type { Demo } from "@attune/core";
import type { Cut, Judgement, Questions, Recording } from "./mind/protocol.ts";
import { performFace } from "./live.ts";
import type { Studio } from "./studio.ts";

export interface Teacher {
  /** Counts down, then watches for one movement; examples shown before are kept. */
  show(): Promise<void>;
  /** The movement is over, says the person. */
  stop(): Promise<void>;
  /** Learns the examples under a name, keeps them, and does the act back. */
  learn(name: string, bothHands?: boolean, keepExamples?: boolean): Promise<void>;
  /** Looks at what is known of an act. */
  portrait(name: string): Promise<void>;
  cancel(): void;
  /** Nobody is watched any more: a recording is given up, what was shown before is kept. */
  interrupt(): void;
  /** What the mind says of the recording, frame by frame. */
  noticed(recording: Recording): void;
}

/** s */
const COUNTDOWN = 3;
/** Longest recording, s. */
const LONGEST = 25;

export function createTeacher(studio: Studio): Teacher {
  const { store, mind } = studio;
  // A countdown or an answer of a lesson that was given up changes nothing.
  let lesson = 0,
    ending = false;

  const examplesNow = (): readonly Cut[] => {
    const { teaching } = store.get();
    return "examples" in teaching && typeof teaching.examples !== "number" ? teaching.examples : [];
  };

  async function end(): Promise<void> {
    const mine = lesson;
    if (ending) return;
    ending = true;
    try {
      const before = examplesNow();
      const cut = await mind.ask("cut", null);
      if (mine !== lesson) return;
      if (!cut) {
        store.set({ teaching: { step: "review", examples: before, nothing: true } });
        return;
      }
      const { like } = await mind.ask("judge", { demo: cut.demo }).catch((): Judgement => ({}));
      if (mine !== lesson) return;
      store.set({
        teaching: {
          step: "review",
          examples: [...before, cut],
          nothing: false,
          ...(like ? { like: like.name } : {}),
        },
      });
    } finally {
      ending = false;
    }
  }

  async function learnFace(name: string, keepExamples: boolean): Promise<void> {
    const mine = ++lesson,
      examples = examplesNow();
    store.set({ teaching: { step: "learning", name } });
    let learned: Questions["learnFace"]["answer"];
    try {
      learned = await mind.ask("learnFace", { name, demos: examples.map(({ demo }) => demo) });
    } catch (error) {
      if (mine === lesson) store.set({ teaching: { step: "review", examples, nothing: false } });
      throw error;
    }
    const { faces, show, repertoire, warnings } = learned;
    store.set({ faces });
    const keeping = studio.keepingFaces.keep(
      repertoire,
      `learned ${show.name}`,
      keepExamples ? examples.map(({ demo }) => ({ act: show.name, demo: agreedTo(demo) })) : [],
    );
    if (mine === lesson) {
      store.set({ teaching: { step: "learned a face", show, examples: examples.length } });
      if (warnings.length > 0) studio.note({ text: warnings.join("; ") });
      performFace(studio.live, show, performance.now() / 1000);
    }
    await keeping;
  }

  return {
    async show() {
      const mine = ++lesson,
        examples = examplesNow();
      if (store.get().taught === "face") {
        await studio.feeling.wake();
        if (mine !== lesson) return;
      }
      for (let left = COUNTDOWN; left > 0; left--) {
        store.set({ teaching: { step: "countdown", left, examples } });
        await new Promise((resolve) => setTimeout(resolve, 1000));
        if (mine !== lesson) return;
      }
      await mind.ask("record", { what: store.get().taught });
      if (mine !== lesson) return;
      store.set({ teaching: { step: "watching", moving: false, examples } });
      setTimeout(() => {
        if (mine === lesson && store.get().teaching.step === "watching") studio.told(end());
      }, 1000 * LONGEST);
    },
    stop: end,
    async learn(name, bothHands = false, keepExamples = false) {
      if (store.get().taught === "face") {
        await learnFace(name, keepExamples);
        return;
      }
      const mine = ++lesson,
        examples = examplesNow();
      store.set({ teaching: { step: "learning", name } });
      let learned: Questions["learn"]["answer"];
      try {
        learned = await mind.ask("learn", { name, demos: examples.map(({ demo }) => demo), bothHands });
      } catch (error) {
        if (mine === lesson) store.set({ teaching: { step: "review", examples, nothing: false } });
        throw error;
      }
      const { known, portrait, repertoire, warnings } = learned;
      store.set({ known });
      // It is known already; writing it down may take longer than showing it.
      const keeping = studio.keeping.keep(
        repertoire,
        `learned ${portrait.name}`,
        keepExamples ? examples.map(({ demo }) => ({ act: portrait.name, demo: agreedTo(demo) })) : [],
      );
      if (mine === lesson) {
        store.set({ teaching: { step: "learned", portrait, examples: examples.length } });
        if (warnings.length > 0) studio.note({ text: warnings.join("; ") });
        await studio.perform(portrait.name);
      }
      await keeping;
    },
    async portrait(name) {
      const mine = ++lesson;
      const portrait = await mind.ask("portrait", { name });
      if (mine !== lesson) return;
      const examples = store.get().known.find((known) => known.name === name)?.examples ?? 0;
      store.set({ teaching: { step: "learned", portrait, examples } });
    },
    cancel() {
      lesson++;
      if (store.get().teaching.step !== "idle") store.set({ teaching: { step: "idle" } });
    },
    interrupt() {
      const { step } = store.get().teaching;
      if (step !== "countdown" && step !== "watching") return;
      const examples = examplesNow();
      lesson++;
      store.set({ teaching: examples.length > 0 ? { step: "review", examples, nothing: false } : { step: "idle" } });
    },
    noticed(recording) {
      const { teaching } = store.get();
      if (teaching.step !== "watching") return;
      if (recording === "moving" && !teaching.moving) store.set({ teaching: { ...teaching, moving: true } });
      if (recording === "done") studio.told(end());
    },
  };
}

/** The example with the person's word on it. */
function agreedTo(demo: Demo): Demo {
  return { ...demo, header: { ...demo.header, consent: `kept for learning, agreed ${new Date().toISOString()}` } };
}
