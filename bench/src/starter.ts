// The starter repertoire against real people: a mind that has only practised the starter acts watches recorded people
// do things whose label names one of them, and says which of all its acts it was. Nobody in the set teaches it anything.

import { STARTER_NAMES, teachStarter } from "@attune/actor";
import { type Mind, attend, bodyOf, createMind, step } from "@attune/core";
import { round } from "./watching.ts";
import { type Labelled, type LoadedSet, labelled } from "./sets.ts";

/** The word in a label that says which act it is. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(wave|waving)\b/i, "wave"],
  [/\b(clap|clapping)\b/i, "clap"],
  [/\b(throw|throwing)\b/i, "throw"],
];
const EXAMPLES = 2;

export interface Scores {
  n: number;
  /** Share of items whose act, of all starter acts, was believed most while the item went on. */
  top1: number;
  /** The same, believed most at the last frame. */
  atEnd: number;
}

export interface Starter {
  /** How many acts there are to choose from. */
  acts: number;
  all: Scores;
  /** People with an even number, and with an odd one: the acts were written with the odd ones in view. */
  even: Scores;
  odd: Scores;
  classes: Record<string, { act: string; all: Scores; even: Scores; odd: Scores; answers: Record<string, number> }>;
}

/** The starter act a label names; none where it names two things at once. */
export function actMeant(label: string): string | undefined {
  if (/\band\b/i.test(label)) return undefined;
  return WORDS.find(([word]) => word.test(label))?.[1];
}

/** undefined where no label of the set names a starter act. */
export function measureStarter(
  loaded: LoadedSet,
  options: { log: (line: string) => void; short?: boolean; seed?: number },
): Starter | undefined {
  const { classes, rate, name } = loaded.set;
  const meant = classes.map(actMeant);
  const items = labelled(loaded).filter((item) => meant[item.y] !== undefined);
  if (items.length === 0) return undefined;
  if (bodyOf(items[0].header).kind !== "person") {
    options.log(`${name}: skipped, it shows no whole body`);
    return undefined;
  }
  options.log(`${name}: practising ${STARTER_NAMES.length} starter acts`);
  const mind = createMind({ rate });
  teachStarter(mind, { examples: EXAMPLES, seed: options.seed ?? 1 });
  const answers: Answer[] = [];
  const taken = options.short ? items.filter((_, i) => i % 8 === 0) : items;
  options.log(`${name}: watching ${taken.length} items`);
  for (const item of taken) answers.push(answer(mind, item, meant[item.y]));
  const out: Starter = { acts: STARTER_NAMES.length, ...split(answers), classes: {} };
  classes.forEach((label, y) => {
    const own = answers.filter((a) => a.item.y === y);
    if (own.length === 0) return;
    const said: Record<string, number> = {};
    for (const { longest } of own) said[longest] = (said[longest] ?? 0) + 1;
    out.classes[label] = { act: own[0].truth, ...split(own), answers: said };
  });
  return out;
}

interface Answer {
  item: Labelled;
  truth: string;
  longest: string;
  last: string;
}

function answer(mind: Mind, item: Labelled, truth = ""): Answer {
  attend(mind, item.header);
  const sum = new Float64Array(mind.report.length);
  for (const frame of item.frames) {
    step(mind, frame);
    for (let k = 0; k < sum.length; k++) sum[k] += mind.report[k];
  }
  return { item, truth, longest: most(mind, sum), last: most(mind, mind.report) };
}

function most(mind: Mind, shares: Float64Array): string {
  let best = 0;
  for (let k = 1; k < shares.length; k++) if (shares[k] > shares[best]) best = k;
  return mind.repertoire.acts[best].name;
}

function split(answers: readonly Answer[]): { all: Scores; even: Scores; odd: Scores } {
  const of = (parity: number): Answer[] => answers.filter(({ item }) => Number(item.who) % 2 === parity);
  return { all: scored(answers), even: scored(of(0)), odd: scored(of(1)) };
}

function scored(answers: readonly Answer[]): Scores {
  const share = (right: (a: Answer) => boolean): number =>
    answers.length === 0 ? NaN : round(answers.filter(right).length / answers.length, 4);
  return {
    n: answers.length,
    top1: share(({ longest, truth }) => longest === truth),
    atEnd: share(({ last, truth }) => last === truth),
  };
}
