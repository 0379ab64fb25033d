// Doing what one is told: a text becomes an act with what it is to be done with and where, or a question back.

import { type Referent, type ReferentKind } from "./associate.ts";
import { type Meanings, meaningOf } from "./meanings.ts";
import { type PhraseParse, type WordReading, readPhrase } from "./phrases.ts";
import { normalWord, slipsAllowed, slipsBetween, wordsIn } from "./text.ts";

/** What one can do and reach; names of acts and things are understood as they are, without having been heard. */
export interface CanDo {
  acts: readonly string[];
  objects?: readonly string[];
  places?: readonly string[];
  goals?: readonly string[];
  expressions?: readonly string[];
}

/** What is to be done. */
export interface Order {
  kind: "do";
  act: string;
  object?: string;
  place?: string;
  goal?: string;
  expression?: string;
  /** That this is what was meant, 0..1: of the act, and of the others where they are named. */
  probability: number;
  /** Words that were never heard and are no names. */
  unknown: string[];
}

/** Something to ask back. */
export interface Question {
  kind: "ask";
  question: string;
  /** Acts it may have meant, most probable first. */
  candidates: string[];
  unknown: string[];
}

/** From this probability on an act is done without asking. */
const SURE = 0.6;
/** What else of an order is taken along. */
const LIKELY = 0.5;
/** How much a slip of the finger takes off a reading. */
const SLIP = 0.8;
/** How sure a name is when it is said whole, and when a word of it is. */
const WHOLE = 0.95;
const PART = 0.9;

const SLOTS = [
  ["act", "acts"],
  ["object", "objects"],
  ["place", "places"],
  ["goal", "goals"],
  ["expression", "expressions"],
] as const;

/**
 * What a text asks for.
 *
 * @param meanings what words mean; undefined before any was learned, when only names are understood
 * @param text as typed or recognised, in any language whose words were learned
 */
export function understand(meanings: Meanings | undefined, text: string, canDo: CanDo): Order | Question {
  const words = wordsIn(text);
  const ask = (question: string, candidates: string[] = []): Question => ({
    kind: "ask",
    question,
    candidates,
    unknown,
  });
  const { readings, unknown } = readingsOf(meanings, words, canDo);
  if (words.length === 0) return ask("I heard no word; tell me what to do");
  const parsed = readPhrase(meanings ?? { order: EVEN }, readings);
  const acts = parsed.act ?? [];
  const best = acts[0];
  const able = acts.filter(({ name }) => canDo.acts.includes(name));
  if (best === undefined || best.probability < 0.1) return ask(puzzled(parsed, words, unknown));
  if (able.length === 0 || (able[0] !== best && best.probability >= SURE))
    return ask(`I know what ${best.name} is, but I cannot do it; show me`, [best.name]);
  const [first] = able;
  if (first.probability < SURE) {
    const near = able.filter(({ probability }) => probability >= 0.25 * first.probability).slice(0, 4);
    const names = near.map(({ name }) => name);
    return ask(`do you mean ${either(names)}?`, names);
  }
  const order: Order = { kind: "do", act: first.name, probability: first.probability, unknown };
  for (const kind of ["object", "place", "goal", "expression"] as const) {
    const [what, other] = parsed[kind] ?? [];
    if (what === undefined || what.probability < LIKELY) {
      if (what !== undefined && other !== undefined && what.probability + other.probability >= LIKELY)
        return ask(`${first.name}, but do you mean ${either([what.name, other.name])}?`, [first.name]);
      continue;
    }
    order[kind] = what.name;
    order.probability *= what.probability;
  }
  return order;
}

const EVEN = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);

function puzzled(parsed: PhraseParse, words: readonly string[], unknown: readonly string[]): string {
  const thing = parsed.object?.[0];
  if (thing !== undefined && thing.probability >= LIKELY) return `what shall I do with the ${thing.name}?`;
  const strange = unknown.length > 0 ? unknown : words;
  const listed = strange.map((word) => `'${word}'`);
  if (unknown.length > 0)
    return `I do not know the word${listed.length > 1 ? "s" : ""} ${listed.slice(0, 3).join(", ")} yet; show me`;
  return `I have heard ${listed.slice(0, 3).join(", ")}, but not what it asks for; show me`;
}

/** What each word may mean: as learned, else as a name or a part of one, else as either with a slip of the finger. */
function readingsOf(
  meanings: Meanings | undefined,
  words: readonly string[],
  canDo: CanDo,
): { readings: WordReading[][]; unknown: string[] } {
  const names = namesIn(canDo);
  const heard = new Set(meanings?.words ?? []);
  const learned = (word: string): WordReading[] => (meanings === undefined ? [] : meaningOf(meanings, word));
  const readings: WordReading[][] = words.map(() => []);
  const told = wholeNames(names, words, readings);
  const parts = new Map<string, Referent[]>();
  for (const { referent, tokens } of names)
    for (const token of new Set(tokens)) parts.set(token, [...(parts.get(token) ?? []), referent]);
  const unknown: string[] = [];
  const inside = (token: string): WordReading[] => {
    const those = parts.get(token) ?? [];
    return those.map((referent) => ({ ...referent, probability: PART / those.length }));
  };
  words.forEach((word, i) => {
    const own = learned(word);
    if (told.has(i)) {
      // A word learned to mean something else keeps its meaning beside the name.
      if (own.length > 0 && own[0].probability > 0.5) readings[i] = own;
      return;
    }
    const direct = own.length > 0 && own[0].probability >= 0.2 ? own : inside(word);
    if (direct.length > 0 || heard.has(word)) {
      readings[i] = direct;
      return;
    }
    const { near, slips } = nearWords(word, [...heard, ...parts.keys()]);
    readings[i] = near.flatMap((other) =>
      (heard.has(other) && learned(other).length > 0 ? learned(other) : inside(other)).map((reading) => ({
        ...reading,
        probability: (reading.probability * SLIP ** slips) / near.length,
      })),
    );
    if (readings[i].length === 0 && !unknown.includes(word)) unknown.push(word);
  });
  return { readings, unknown };
}

interface Name {
  referent: Referent;
  tokens: string[];
}

function namesIn(canDo: CanDo): Name[] {
  return SLOTS.flatMap(([kind, slot]) =>
    (canDo[slot] ?? []).map((name) => ({ referent: { kind: kind as ReferentKind, name }, tokens: wordsIn(name) })),
  ).filter(({ tokens }) => tokens.length > 0);
}

/** Names said whole, the longest first; each puts its reading on its first word and takes the others out. */
function wholeNames(names: readonly Name[], words: readonly string[], readings: WordReading[][]): Set<number> {
  const told = new Set<number>();
  for (const { referent, tokens } of [...names].sort((a, b) => b.tokens.length - a.tokens.length))
    for (let i = 0; i + tokens.length <= words.length; i++) {
      const places = tokens.map((_, k) => i + k);
      if (!tokens.every((token, k) => normalWord(token) === words[i + k]) || places.some((at) => told.has(at)))
        continue;
      for (const at of places) told.add(at);
      readings[i] = [{ ...referent, probability: WHOLE }];
    }
  return told;
}

function nearWords(word: string, known: readonly string[]): { near: string[]; slips: number } {
  let least = slipsAllowed(word),
    near: string[] = [];
  if (least === 0) return { near, slips: 0 };
  for (const other of new Set(known)) {
    const slips = slipsBetween(word, other, Math.min(least, slipsAllowed(other)));
    if (slips < least) [near, least] = [[], slips];
    if (slips === least) near.push(other);
  }
  return { near, slips: least };
}

/** "wave", "wave or beckon", "wave, beckon or bow". */
function either(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
}
