// What words mean and what things are called, read off the counts of a lexicon. Each word that goes with a referent more
// than it goes without it has evidence for naming it; then words compete for referents and referents for words, so that a
// new word goes to what has no name yet, and a word that goes with everything means nothing.
//
// The evidence is a Bayes factor from Beta counts. The competition is a doubly normalised (Sinkhorn) matrix, as mutual
// exclusivity comes out of competing along both ways in Fazly, Alishahi & Stevenson 2010
// (doi:10.1111/j.1551-6709.2010.01104.x) and Kachergis, Yu & Shiffrin 2012 (doi:10.3758/s13423-011-0194-6), but on all
// that was heard at once rather than hearing by hearing, which makes it independent of their order.

import { nextUniform } from "../affect/noise.ts";
import { type Lexicon, type Referent, referentKey } from "./associate.ts";

/** Beta prior of how often a name is said while its referent is there. */
const NAMED = { yes: 1, no: 1 };
/** And of how often a word is said otherwise: most words are rare. */
const SAID = { yes: 0.2, no: 2 };
/** How much of its price a side pays: 1 would forbid two words for a thing, 0 would not mind them. */
const EXCLUSIVE = 0.9;
/** Weight of familiarity: of how much of a word's company a referent was, against the one that was most of it. */
const FAMILIAR = 1;
/** Sharpness of the bidding, 1/nat. */
const SHARP = 3;
/** Log weight, in the bidding, of a word being no name and of a referent having none. */
const IDLE = -2;
const ROUNDS = 60;
/** Bids that move less end it, nats. */
const SETTLED = 1e-6;
/** Sharpness of choosing a name. Evidence is weak where what is seen is uncertain, more than the choice is. */
const CALL = 2;

/** What a lexicon comes to at one moment. Plain data. */
export interface Meanings {
  words: string[];
  referents: Referent[];
  /** [words]: referents by their place, and the probability that the word means it, most probable first. */
  means: { referent: number; probability: number }[][];
  /** [referents]: words by their place, and the probability that one says it so, most probable first. */
  called: { word: number; probability: number }[][];
  /** [kind][kind]: how often a word for the first came before one for the second. */
  order: number[][];
}

/** Below this a meaning is not listed. */
const LEAST = 0.005;

/** All meanings at once; costs a pass over all pairs of a word and a referent that came together. */
export function meaningsOf(lexicon: Lexicon): Meanings {
  const { words, referents } = lexicon;
  const pairs = pairsOf(lexicon);
  const { w, r, evidence } = pairs;
  const prices = bid(pairs, words.length, referents.length);
  const means: Meanings["means"] = words.map(() => []),
    called: Meanings["called"] = referents.map(() => []);
  const bids = new Float64Array(evidence.length),
    calls = new Float64Array(evidence.length);
  for (let p = 0; p < evidence.length; p++) {
    bids[p] = evidence[p] + prices.referent[r[p]];
    calls[p] = CALL * (evidence[p] + prices.word[w[p]]);
  }
  // A word is one of its utterance's words: that any of them named the thing is what one has to beat.
  const wordSum = Float64Array.from(words, ({ heard, company }) => Math.log(company / heard)),
    referentSum = new Float64Array(referents.length);
  addExps(wordSum, w, bids);
  addExps(referentSum, r, calls);
  for (let p = 0; p < evidence.length; p++) {
    const mean = Math.exp(bids[p] - wordSum[w[p]]),
      call = Math.exp(calls[p] - referentSum[r[p]]);
    if (mean >= LEAST) means[w[p]].push({ referent: r[p], probability: mean });
    if (call >= LEAST) called[r[p]].push({ word: w[p], probability: call });
  }
  for (const list of [...means, ...called]) list.sort((a, b) => b.probability - a.probability);
  return {
    words: words.map(({ word }) => word),
    referents: referents.map(({ kind, name }) => ({ kind, name })),
    means,
    called,
    order: lexicon.order.map((row) => [...row]),
  };
}

/** What a word may mean, most probable first; what is missing to 1 is that it means nothing known. Empty if never heard. */
export function meaningOf(meanings: Meanings, word: string): (Referent & { probability: number })[] {
  const w = meanings.words.indexOf(word);
  if (w < 0) return [];
  return meanings.means[w].map(({ referent, probability }) => ({ ...meanings.referents[referent], probability }));
}

/**
 * Which of some referents a word means; a guess where it says nothing of them, or the learner lapses.
 *
 * @param options at least one
 */
export function choose(lexicon: Lexicon, meanings: Meanings, word: string, options: readonly Referent[]): Referent {
  const known = new Map(meaningOf(meanings, word).map((r) => [referentKey(r), r.probability]));
  const worth = options.map((option) => known.get(referentKey(option)) ?? 0);
  const best = worth.reduce((a, b) => Math.max(a, b), 0);
  const lapsed = lexicon.learner.lapse > 0 && nextUniform(lexicon.noise) < lexicon.learner.lapse;
  const equal = lapsed ? options : options.filter((_, k) => worth[k] === best);
  return equal[equal.length > 1 ? Math.floor(nextUniform(lexicon.noise) * equal.length) : 0];
}

/** What something is called, most probable first; empty where no word was heard with it. */
export function namesOf(meanings: Meanings, referent: Referent): { word: string; probability: number }[] {
  const key = referentKey(referent);
  const r = meanings.referents.findIndex((known) => referentKey(known) === key);
  if (r < 0) return [];
  return meanings.called[r].map(({ word, probability }) => ({ word: meanings.words[word], probability }));
}

/**
 * Hearing primes: what was said makes these referents more probable than they were.
 *
 * @param words those just heard
 * @param kind which referents are wanted
 * @returns for each the probability that one of the words meant it, most probable first
 */
export function primedBy(
  meanings: Meanings,
  words: readonly string[],
  kind?: Referent["kind"],
): (Referent & { probability: number })[] {
  const not = new Map<string, Referent & { probability: number }>();
  for (const word of new Set(words))
    for (const { probability, ...referent } of meaningOf(meanings, word)) {
      if (kind !== undefined && referent.kind !== kind) continue;
      const key = referentKey(referent);
      const before = not.get(key)?.probability ?? 1;
      not.set(key, { ...referent, probability: before * (1 - probability) });
    }
  return [...not.values()]
    .map((r) => ({ ...r, probability: 1 - r.probability }))
    .sort((a, b) => b.probability - a.probability);
}

/**
 * The same as a prior over named acts for the mirror to multiply its own with: 1 each where nothing was said of any.
 *
 * @param names the acts, in the mirror's order
 * @param trust how often one does, or means, what one says, 0..1
 * @returns factors with mean 1, [names]
 */
export function primeActs(
  meanings: Meanings,
  words: readonly string[],
  names: readonly string[],
  trust = 0.8,
): Float64Array {
  const out = new Float64Array(names.length);
  const primed = new Map(primedBy(meanings, words, "act").map(({ name, probability }) => [name, probability]));
  const sum = names.reduce((total, name) => total + (primed.get(name) ?? 0), 0);
  // Nothing said, nothing primed; several said, they share.
  const told = trust * Math.min(1, sum);
  names.forEach((name, k) => {
    out[k] = 1 - told + (sum > 0 ? (told * names.length * (primed.get(name) ?? 0)) / sum : 0);
  });
  return out;
}

/** Words and referents that came together, [P] each. */
interface Pairs {
  w: Int32Array;
  r: Int32Array;
  /** Log Bayes factor: that the word names the referent, against that it is said all the same; and familiarity. */
  evidence: Float64Array;
}

function pairsOf({ words, referents, hearings }: Lexicon): Pairs {
  const P = words.reduce((sum, { together }) => sum + together.size, 0);
  const out: Pairs = { w: new Int32Array(P), r: new Int32Array(P), evidence: new Float64Array(P) };
  let p = 0;
  words.forEach(({ heard, together }, w) => {
    let most = 0;
    for (const both of together.values()) most = Math.max(most, both);
    for (const [r, both] of together) {
      const { there } = referents[r];
      const alone = Math.max(0, heard - both),
        without = Math.max(0, there - both),
        neither = Math.max(0, hearings - there - alone);
      const factor =
        logBeta(NAMED.yes + both, NAMED.no + without) -
        logBeta(NAMED.yes, NAMED.no) +
        logBeta(SAID.yes + alone, SAID.no + neither) -
        logBeta(SAID.yes + heard, SAID.no + Math.max(0, hearings - heard));
      // Said less often when it is there: whatever that speaks for, it is not its name.
      const drawn = (both + 0.5) * (alone + neither + 1) > (alone + 0.5) * (both + without + 1);
      out.w[p] = w;
      out.r[p] = r;
      out.evidence[p++] = FAMILIAR * Math.log(both / most) + (drawn ? factor : -Math.abs(factor));
    }
  });
  return out;
}

/** Log prices of words and referents: what each is worth to those that want it, shared between the two sides. */
function bid({ w, r, evidence }: Pairs, W: number, R: number): { word: Float64Array; referent: Float64Array } {
  const word = new Float64Array(W),
    referent = new Float64Array(R);
  const worth = new Float64Array(evidence.length);
  const sums = { word: new Float64Array(W), referent: new Float64Array(R) };
  const settle = (prices: Float64Array, sum: Float64Array, side: Int32Array): number => {
    sum.fill(SHARP * IDLE);
    addExps(sum, side, worth);
    let moved = 0;
    for (let i = 0; i < prices.length; i++) {
      const next = (-EXCLUSIVE * sum[i]) / SHARP;
      moved = Math.max(moved, Math.abs(next - prices[i]));
      prices[i] = next;
    }
    return moved;
  };
  for (let round = 0, moved = Infinity; round < ROUNDS && moved > SETTLED; round++) {
    for (let p = 0; p < worth.length; p++) worth[p] = SHARP * (evidence[p] + referent[r[p]]);
    moved = settle(word, sums.word, w);
    for (let p = 0; p < worth.length; p++) worth[p] = SHARP * (evidence[p] + word[w[p]]);
    settle(referent, sums.referent, r);
  }
  return { word, referent };
}

/** log(exp(sum) + the exps of a side's values), into `sum`. */
function addExps(sum: Float64Array, side: Int32Array, values: Float64Array): void {
  const most = sum.slice();
  for (let p = 0; p < values.length; p++) if (values[p] > most[side[p]]) most[side[p]] = values[p];
  for (let i = 0; i < sum.length; i++) sum[i] = Math.exp(sum[i] - most[i]);
  for (let p = 0; p < values.length; p++) sum[side[p]] += Math.exp(values[p] - most[side[p]]);
  for (let i = 0; i < sum.length; i++) sum[i] = most[i] + Math.log(sum[i]);
}

/** log B(a, b). */
function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series after shifting to x >= 7; absolute error below 1e-9. */
function logGamma(x: number): number {
  let shift = 0;
  while (x < 7) shift -= Math.log(x++);
  const z = 1 / (x * x);
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - z * (1 / 360 - z / 1260)) / x;
}
