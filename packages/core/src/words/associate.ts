// What goes with what: which words were heard while which acts, objects, goals, expressions and places were there, seen,
// done or expected. Only counts are kept, so the order of hearing does not matter but for forgetting; what a word means
// is read off them in meanings.ts, where words and referents compete.

import { nextUniform, createNoise } from "../affect/noise.ts";

export const KINDS = ["act", "object", "goal", "expression", "place"] as const;
export type ReferentKind = (typeof KINDS)[number];

/** Something a word can stand for. */
export interface Referent {
  kind: ReferentKind;
  name: string;
}

/** A referent in a situation, with the probability that it is there. */
export interface Seen extends Referent {
  probability: number;
}

/** How a learner attends and remembers. */
export interface Learner {
  /** s after which half of what was heard is forgotten; 0: nothing ever is. */
  halfLife: number;
  /** Pairs of a word and a referent noticed at once, on average; 0: all. */
  capacity: number;
  /** Share of the questions it answers with a guess (`choose`), 0..1. */
  lapse: number;
  /** Which draws it notices and guesses by; matters only where it does not notice all or guesses. */
  seed: number;
}

/** Everything is noticed, and forgotten over half a year. Attune's own way. */
export const ATTENTIVE: Learner = { halfLife: 183 * 86_400, capacity: 0, lapse: 0, seed: 1 };

/**
 * Overlooks and guesses so much that its mean scores in the scheme of Yu & Smith 2007 (doi:10.1111/j.1467-9280.2007.01915.x)
 * are their students': capacity and lapse were chosen for that, so the sizes are fitted and only their order is not.
 */
export const PERSON_LIKE: Learner = { halfLife: 600, capacity: 2.5, lapse: 0.14, seed: 1 };

/** A word and how often it was heard, alone and with each referent. */
export interface WordCounts {
  word: string;
  /** Hearings, forgotten ones less. */
  heard: number;
  /** Sum of the words in those utterances. */
  company: number;
  /** By place in `referents`: hearings with that referent there, by its probability. */
  together: Map<number, number>;
}

export interface ReferentCounts extends Referent {
  /** Hearings during which it was there, by its probability. */
  there: number;
}

/** All that was learned of words. Plain data: survives structuredClone; as JSON through `saveLexicon`. */
export interface Lexicon {
  learner: Learner;
  /** s of the last hearing; undefined before the first. */
  time: number | undefined;
  /** Utterances heard, forgotten ones less. */
  hearings: number;
  words: WordCounts[];
  referents: ReferentCounts[];
  /** [kind][kind]: how often a word for the first came before a word for the second. */
  order: number[][];
  /** State of the draws by which a learner with a capacity notices. */
  noise: Uint32Array;
}

/** Counts below this are forgotten for good. */
const GONE = 0.02;
/** And those of a pair below this. */
const FAINT = 0.001;

export function createLexicon(learner: Partial<Learner> = {}): Lexicon {
  const whole = { ...ATTENTIVE, ...learner };
  for (const key of ["halfLife", "capacity"] as const)
    if (!(whole[key] >= 0 && Number.isFinite(whole[key])))
      throw new RangeError(`createLexicon: ${key} is ${whole[key]}, a number of at least 0 was wanted (0: no limit)`);
  if (!(whole.lapse >= 0 && whole.lapse <= 1))
    throw new RangeError(`createLexicon: lapse is ${whole.lapse}, 0 to 1 was wanted`);
  return {
    learner: whole,
    time: undefined,
    hearings: 0,
    words: [],
    referents: [],
    order: KINDS.map(() => KINDS.map(() => 0)),
    noise: createNoise(whole.seed, "words/attention"),
  };
}

/**
 * One utterance heard in a situation.
 *
 * @param words normalised (`wordsIn`); a word said twice counts once
 * @param situation what is there; what is not listed is not. A referent listed twice counts by the larger probability
 * @param time s on any clock; going back begins a new session, in which nothing is forgotten for it
 * @throws RangeError for a probability outside 0..1, a kind that is none, or a time that is no number
 */
export function hearWords(lexicon: Lexicon, words: readonly string[], situation: readonly Seen[], time: number): void {
  const there = situationOf(situation);
  forget(lexicon, time);
  const said = [...new Set(words)].filter((word) => word !== "");
  if (said.length === 0) return;
  const places = [...there.values()].map((seen) => [referentPlace(lexicon, seen), seen.probability] as const);
  const { capacity } = lexicon.learner;
  const share = capacity > 0 ? capacity / (said.length * Math.max(1, places.length)) : 1;
  lexicon.hearings++;
  for (const [place, probability] of places) lexicon.referents[place].there += probability;
  for (const word of said) {
    const counts = wordCounts(lexicon, word);
    counts.heard++;
    counts.company += said.length;
    for (const [place, probability] of places)
      if (share >= 1 || nextUniform(lexicon.noise) < share)
        counts.together.set(place, (counts.together.get(place) ?? 0) + probability);
  }
}

/**
 * Lets time go by: all counts fade alike, so that what is not heard again grows uncertain.
 *
 * @throws RangeError for a time that is no number
 */
export function forget(lexicon: Lexicon, time: number): void {
  if (!Number.isFinite(time)) throw new RangeError(`hearWords: time is ${time}, seconds were wanted`);
  const passed = lexicon.time === undefined ? 0 : time - lexicon.time;
  lexicon.time = time;
  const { halfLife } = lexicon.learner;
  if (passed <= 0 || halfLife === 0) return;
  const left = 2 ** (-passed / halfLife);
  lexicon.hearings *= left;
  for (const referent of lexicon.referents) referent.there *= left;
  for (const row of lexicon.order) for (let k = 0; k < row.length; k++) row[k] *= left;
  for (const word of lexicon.words) {
    word.heard *= left;
    word.company *= left;
    for (const [place, n] of word.together)
      if (n * left >= FAINT) word.together.set(place, n * left);
      else word.together.delete(place);
  }
  drop(lexicon);
}

/** One name for a referent, as a key. */
export function referentKey({ kind, name }: Referent): string {
  return `${kind}:${name}`;
}

/** The referent goes by another name from now on, as an act may. @throws RangeError where that name is another's */
export function renameReferent(lexicon: Lexicon, { kind, name }: Referent, to: string): void {
  const found = lexicon.referents.find((r) => r.kind === kind && r.name === name);
  if (found === undefined || to === name) return;
  if (lexicon.referents.some((r) => r.kind === kind && r.name === to))
    throw new RangeError(`renameReferent: there is a word's ${kind} "${to}" already; choose another name`);
  found.name = to;
}

function situationOf(situation: readonly Seen[]): Map<string, Seen> {
  const there = new Map<string, Seen>();
  for (const seen of situation) {
    if (!(KINDS as readonly string[]).includes(seen.kind))
      throw new RangeError(`hearWords: "${seen.kind}" is no kind of referent; there are ${KINDS.join(", ")}`);
    if (!(seen.probability >= 0 && seen.probability <= 1))
      throw new RangeError(
        `hearWords: ${seen.kind} "${seen.name}" has probability ${seen.probability}, 0 to 1 was wanted`,
      );
    const key = referentKey(seen);
    if (seen.probability > (there.get(key)?.probability ?? 0)) there.set(key, seen);
  }
  return there;
}

function referentPlace({ referents }: Lexicon, { kind, name }: Referent): number {
  const at = referents.findIndex((r) => r.name === name && r.kind === kind);
  return at >= 0 ? at : referents.push({ kind, name, there: 0 }) - 1;
}

function wordCounts(lexicon: Lexicon, word: string): WordCounts {
  let counts = lexicon.words.find((w) => w.word === word);
  if (counts === undefined) lexicon.words.push((counts = { word, heard: 0, company: 0, together: new Map() }));
  return counts;
}

function drop(lexicon: Lexicon): void {
  lexicon.words = lexicon.words.filter(({ heard }) => heard >= GONE);
  const place = new Map<number, number>();
  lexicon.referents.forEach(({ there }, r) => {
    if (there >= GONE) place.set(r, place.size);
  });
  if (place.size === lexicon.referents.length) return;
  lexicon.referents = lexicon.referents.filter((_, r) => place.has(r));
  for (const counts of lexicon.words)
    counts.together = new Map(
      [...counts.together].flatMap(([r, n]): [number, number][] => (place.has(r) ? [[place.get(r)!, n]] : [])),
    );
}
