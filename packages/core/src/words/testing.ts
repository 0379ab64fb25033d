// For the tests of words: toy languages, and the scheme of Yu & Smith (2007).

import { type Learner, type Lexicon, type Referent, type Seen, createLexicon, hearWords } from "./associate.ts";
import { choose, meaningsOf } from "./meanings.ts";
import { type Rng, createRng } from "../rng.ts";

export const ACTS = ["wave", "bow", "give", "drink"];
export const OBJECTS = ["cup", "ball", "book"];

export function act(name: string, probability = 1): Seen {
  return { kind: "act", name, probability };
}

export function object(name: string, probability = 1): Seen {
  return { kind: "object", name, probability };
}

export function place(name: string, probability = 1): Seen {
  return { kind: "place", name, probability };
}

/** How a language says an act with an object: words in order. */
export type Grammar = (act: string, object: string) => string[];

export const VERB_FIRST: Grammar = (verb, noun) => [`v-${verb}`, "the", `n-${noun}`, "please"];
export const VERB_LAST: Grammar = (verb, noun) => [`n-${noun}`, "o", `v-${verb}`, "te"];

/** Every act with every object, said so many times, in an order that the seed shuffles. */
export function toyTalk(grammar: Grammar, times: number, seed = 1): { words: string[]; situation: Seen[] }[] {
  const all = Array.from({ length: times }, () =>
    ACTS.flatMap((a) => OBJECTS.map((o) => ({ words: grammar(a, o), situation: [act(a), object(o)] }))),
  ).flat();
  return shuffled(all, createRng(seed, "words/toy"));
}

const WORDS = 18;
const TIMES = 6;
/** s of a scene for each of its words, as theirs lasted. */
const SECONDS_A_WORD = 3;

/** Scenes of `size` words and as many things: each of 18 words in six of them, in none of them twice. */
export function scenesOf(size: number, rng: Rng): number[][] {
  for (;;) {
    const left = Array.from({ length: WORDS }, () => TIMES);
    const scenes: number[][] = [];
    while (scenes.length < (WORDS * TIMES) / size) {
      // Those with most left to do first, drawn by lot among equals, so that no scene lacks different words at the end.
      const order = shuffled([...left.keys()], rng).sort((a, b) => left[b] - left[a]);
      const scene = order.slice(0, size);
      if (scene.some((w) => left[w] === 0)) break;
      for (const w of scene) left[w]--;
      scenes.push(scene);
    }
    if (scenes.length === (WORDS * TIMES) / size) return shuffled(scenes, rng);
  }
}

/** One learner's share of right answers among four things each, [18 questions]. */
export function yuSmith(size: number, learner: Partial<Learner>, seed: number): number {
  const rng = createRng(seed, `words/yu-smith/${size}`);
  const lexicon: Lexicon = createLexicon({ ...learner, seed });
  const thing = (k: number): Referent => ({ kind: "object", name: `thing ${k}` });
  scenesOf(size, rng).forEach((scene, t) =>
    hearWords(
      lexicon,
      scene.map((k) => `word${k}`),
      scene.map((k) => ({ ...thing(k), probability: 1 })),
      t * size * SECONDS_A_WORD,
    ),
  );
  const meanings = meaningsOf(lexicon);
  const right = Array.from({ length: WORDS }, (_, w) => {
    const others = shuffled(
      Array.from({ length: WORDS }, (__, k) => k).filter((k) => k !== w),
      rng,
    ).slice(0, 3);
    const options = shuffled([w, ...others], rng).map(thing);
    return Number(choose(lexicon, meanings, `word${w}`, options).name === thing(w).name);
  });
  return right.reduce((a, b) => a + b, 0) / WORDS;
}

export function shuffled<T>(list: readonly T[], rng: Rng): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
