// What is seen, in one sentence: in Attune's own words, as far as it has learned some, and in plain English for the
// interface.

import type { Moment } from "../moment.ts";
import type { Referent } from "./associate.ts";
import type { Meanings } from "./meanings.ts";
import { makePhrase } from "./phrases.ts";

/** Above this something counts as seen. */
const SURE = 0.5;
/** And above this a rival is worth naming. */
const THINKABLE = 0.2;

type Belief = { name: string; probability: number };

/** What there is to say; each list most probable first. Plain data. */
export interface Sayable {
  acts: readonly Belief[];
  novel?: boolean;
  objects?: readonly Belief[];
  places?: readonly Belief[];
  goals?: readonly Belief[];
  expressions?: readonly Belief[];
  /** Act expected next, and in how many seconds. */
  next?: Belief & { in?: number };
  /** Whom it speaks of; default "someone". */
  who?: string;
}

/** A moment as something to speak of; objects, places and goals come from the goal layer where there is one. */
export function sayableOf(moment: Moment, more: Partial<Sayable> = {}): Sayable {
  const { acts, novelty, feeling } = moment;
  return {
    acts: acts.map(({ name, probability }) => ({ name, probability })),
    novel: novelty.novel,
    ...(feeling?.looks && !feeling.looks.cannotSee ? { expressions: feeling.looks.expressions } : {}),
    ...more,
  };
}

/** Something said in own words. */
export interface OwnWords {
  /** In the order of the language, or English where there is no word to say. */
  sentence: string;
  /** Empty where nothing could be said. */
  words: string[];
  probability: number;
  /** What was seen and has no name yet. */
  missing: Referent[];
}

export const NO_WORD = "I have no word for that yet.";

/** The sight in words learned by hearing; what has no name is left out, and said to be missing where it is the act. */
export function speakOwn(meanings: Meanings, sight: Sayable): OwnWords {
  const seen: Referent[] = [];
  for (const [kind, list] of [
    ["act", sight.acts],
    ["object", sight.objects],
    ["goal", sight.goals],
    ["expression", sight.expressions],
    ["place", sight.places],
  ] as const) {
    const best = list?.[0];
    if (best !== undefined && best.probability >= SURE) seen.push({ kind, name: best.name });
  }
  if (seen.length === 0)
    return { sentence: sight.novel ? NO_WORD : "I see nothing I could name.", words: [], probability: 0, missing: [] };
  const { words, probability, missing } = makePhrase(meanings, seen);
  if (words.length === 0 || missing.some(({ kind }) => kind === "act"))
    return { sentence: NO_WORD, words: [], probability: 0, missing };
  return { sentence: joined(words), words, probability, missing };
}

/** The sight in one plain English sentence. */
export function speakEnglish(sight: Sayable): string {
  const { acts, novel, who = "someone" } = sight;
  const [first, second] = acts;
  const feeling = sight.expressions?.[0];
  const face =
    feeling !== undefined && feeling.probability >= SURE && feeling.name !== "neutral"
      ? `; the face looks like ${feeling.name}`
      : "";
  if (novel) return `I see ${who} do something that is new to me${face}.`;
  if (first === undefined || first.probability < THINKABLE) return `I see ${who} do nothing that I know${face}.`;
  if (first.probability < SURE) {
    const rival = second !== undefined && second.probability >= THINKABLE ? `${second.name}` : undefined;
    return rival === undefined
      ? `It could be ${first.name}, I am not sure${face}.`
      : `It is ${first.name} or ${rival}, I am not sure which${face}.`;
  }
  const object = certain(sight.objects),
    place = certain(sight.places);
  const what = `I see ${who} do this: ${first.name}${object === undefined ? "" : `, with the ${object}`}${place === undefined ? "" : `, at the ${place}`}`;
  return `${what}${why(sight.goals)}${then(sight.next)}${face}.`;
}

function certain(list: readonly Belief[] | undefined): string | undefined {
  const best = list?.[0];
  return best !== undefined && best.probability >= SURE ? best.name : undefined;
}

function why(goals: readonly Belief[] = []): string {
  const [first, second] = goals;
  if (first === undefined || first.probability < THINKABLE) return "";
  const most = `most likely for this: ${first.name} (${first.probability.toFixed(1)})`;
  const rival =
    second !== undefined && second.probability >= THINKABLE
      ? `, else ${second.name} (${second.probability.toFixed(1)})`
      : "";
  return `, ${most}${rival}`;
}

function then(next: Sayable["next"]): string {
  if (next === undefined || next.probability < SURE) return "";
  const when = next.in === undefined ? "" : next.in < 0.75 ? " at once" : ` in about ${Math.round(next.in)}\u00a0s`;
  return `; next comes ${next.name}${when}`;
}

/** With spaces between words, but for scripts that have none. */
function joined(words: readonly string[]): string {
  return words.reduce((text, word) => {
    if (text === "") return word;
    return text + (UNSPACED_END.test(text) && UNSPACED_START.test(word) ? "" : " ") + word;
  }, "");
}

const UNSPACED_END =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]$/u;
const UNSPACED_START =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
