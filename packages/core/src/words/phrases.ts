// Phrases of a few words in whatever order a language has: which kinds of things come before which is counted from
// utterances whose words are known, helps to read the next one, and gives the order of what is said oneself. Words that
// mean nothing are passed over.

import { KINDS, type Lexicon, type Referent, type ReferentKind, type Seen, hearWords } from "./associate.ts";
import { type Meanings, meaningOf, meaningsOf, namesOf } from "./meanings.ts";

/** Above this a word counts as known. */
export const KNOWN = 0.5;
/** Above this a name is used. */
const NAMED = 0.3;
/** Readings of an utterance kept at a time. */
const BEAM = 64;

/** What one word may mean. */
export type WordReading = Referent & { probability: number };

/** Of each kind what the utterance may speak of, most probable first; kinds it does not speak of are missing. */
export type PhraseParse = Partial<Record<ReferentKind, { name: string; probability: number }[]>>;

/**
 * Hears an utterance in a situation, learns from it what words mean and, where enough of them are known, in which order
 * they come.
 *
 * @param words as `wordsIn` gives them, in their order
 * @param time s
 * @returns what is known now
 */
export function listen(lexicon: Lexicon, words: readonly string[], situation: readonly Seen[], time: number): Meanings {
  hearWords(lexicon, words, situation, time);
  const meanings = meaningsOf(lexicon);
  noteOrder(lexicon, meanings, words);
  return { ...meanings, order: lexicon.order.map((row) => [...row]) };
}

/** Counts the order of the known words of an utterance, the first of each kind. */
export function noteOrder(lexicon: Lexicon, meanings: Meanings, words: readonly string[]): void {
  const known: { kind: number; probability: number }[] = [];
  for (const word of words) {
    const [best] = meaningOf(meanings, word);
    if (best === undefined || best.probability < KNOWN) continue;
    const kind = KINDS.indexOf(best.kind);
    if (known.every((k) => k.kind !== kind)) known.push({ kind, probability: best.probability });
  }
  known.forEach((first, i) => {
    for (const second of known.slice(i + 1))
      lexicon.order[first.kind][second.kind] += first.probability * second.probability;
  });
}

/** How surely a word for the first kind comes before one for the second, 0..1; half where it was never heard. */
export function comesBefore({ order }: Pick<Meanings, "order">, first: ReferentKind, second: ReferentKind): number {
  const a = KINDS.indexOf(first),
    b = KINDS.indexOf(second);
  return (order[a][b] + 1) / (order[a][b] + order[b][a] + 2);
}

/** What an utterance speaks of, by the words as they were learned. */
export function parsePhrase(meanings: Meanings, words: readonly string[]): PhraseParse {
  return readPhrase(
    meanings,
    words.map((word) => meaningOf(meanings, word)),
  );
}

interface State {
  taken: Referent[];
  probability: number;
}

/**
 * The same from what each word may mean: at most one referent of a kind, readings in the learned order the more
 * probable.
 *
 * @param readings [words], probabilities of each word summing to at most 1; the rest is that it means nothing
 */
export function readPhrase(
  meanings: Pick<Meanings, "order">,
  readings: readonly (readonly WordReading[])[],
): PhraseParse {
  let states: State[] = [{ taken: [], probability: 1 }];
  for (const word of readings) {
    const nothing = Math.max(1e-3, 1 - word.reduce((sum, r) => sum + r.probability, 0));
    const next: State[] = [];
    for (const state of states) {
      next.push({ taken: state.taken, probability: state.probability * nothing });
      for (const { probability, kind, name } of word) {
        const rival = state.taken.find((r) => r.kind === kind);
        if (rival !== undefined && rival.name !== name) continue;
        const order = rival
          ? 1
          : state.taken.reduce((fit, before) => fit * 2 * comesBefore(meanings, before.kind, kind), 1);
        next.push({
          taken: rival ? state.taken : [...state.taken, { kind, name }],
          probability: state.probability * probability * order,
        });
      }
    }
    states = next.sort((a, b) => b.probability - a.probability).slice(0, BEAM);
  }
  const total = states.reduce((sum, { probability }) => sum + probability, 0);
  const out: PhraseParse = {};
  for (const { taken, probability } of states)
    for (const { kind, name } of taken) {
      const names = (out[kind] ??= []);
      const found = names.find((n) => n.name === name);
      if (found === undefined) names.push({ name, probability: probability / total });
      else found.probability += probability / total;
    }
  for (const kind of KINDS) out[kind]?.sort((a, b) => b.probability - a.probability);
  return out;
}

/** A phrase made of referents. */
export interface Phrase {
  words: string[];
  /** That it says so: the product of its words' probabilities. */
  probability: number;
  /** Those there is no word for yet. */
  missing: Referent[];
}

/** Words for some referents, at most one of a kind, in the order the language was heard to have. */
export function makePhrase(meanings: Meanings, referents: readonly Referent[]): Phrase {
  const missing: Referent[] = [];
  const named: { kind: ReferentKind; word: string; probability: number }[] = [];
  for (const referent of referents) {
    const [best] = namesOf(meanings, referent);
    if (best === undefined || best.probability < NAMED) missing.push({ kind: referent.kind, name: referent.name });
    else named.push({ kind: referent.kind, ...best });
  }
  named.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  let best = named,
    most = -Infinity;
  for (const order of permutations(named)) {
    let fit = 0;
    order.forEach((first, i) => {
      for (const second of order.slice(i + 1)) fit += Math.log(comesBefore(meanings, first.kind, second.kind));
    });
    if (fit > most + 1e-12) [best, most] = [order, fit];
  }
  return {
    words: best.map(({ word }) => word),
    probability: named.reduce((p, { probability }) => p * probability, 1),
    missing,
  };
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [first, ...rest]),
  );
}
