// Learning what acts are called from hearing alone. A mind that knows the acts of a set by number, from the people of its
// training half, watches clips of the others; after each clip it hears four words. In half the hearings of an act (of an
// odd number half of it, rounded up or down by a coin) its name is one of them, and all other words are names of other
// acts, drawn at random without repetition. Clips are drawn with replacement among the act's own. All hearings come in
// random order and go with a fading trace of what the mirror believed; nobody tells it which act it was. At the end it
// says what each act is called. Mean and standard deviation over seeds.

import { type Rng, actsLately, createLexicon, createRng, hearWords, meaningsOf, namesOf, remember } from "@attune/core";
import { type LoadedSet, atMost, foldsOf, labelled } from "./sets.ts";
import { placesOf, round, taught, watchItem } from "./watching.ts";

const HEARINGS = [5, 10, 20] as const;
const SAID = 4;
const SEEDS = 40;
/** With fewer acts, names of others are heard with one about as often as its own, and nothing can be learned. */
const LEAST_ACTS = 12;
/** Words besides the names, where talk is of other things too. */
const OTHERS = 200;
/** Clips of an act, at most, in a smoke run. */
const FEW = 3;

type ByHearings = Record<`${(typeof HEARINGS)[number]}`, number>;

export interface Words extends ByHearings {
  names: number;
  clips: number;
  seeds: number;
  /** Share of clips whose act the trace believes in most. */
  recognised: number;
  /** Standard deviation over seeds. */
  sd: ByHearings;
  /** The same for a mind that is told which act each clip is: what the words alone allow. */
  told: ByHearings;
  /** The same where all words but the name are drawn from others that name no act. */
  talk: ByHearings;
}

/** What the mirror believes after one clip, and whose clip it is. */
export interface Clip {
  y: number;
  /** [acts] */
  believed: Float64Array;
}

/** undefined where a set has too few acts for the scheme to tell anything. */
export function measureWords(
  loaded: LoadedSet,
  { log, short = false }: { log: (line: string) => void; short?: boolean },
): Words | undefined {
  const items = labelled(loaded);
  const { classes, rate, name } = loaded.set;
  const [fold] = foldsOf(items).folds;
  if (fold === undefined || new Set(fold.test.map((i) => i.y)).size < LEAST_ACTS) return undefined;
  log(`${name}: ${fold.name}, learning ${fold.train.length} demonstrations`);
  const mind = taught(fold.train, classes, rate),
    place = placesOf(mind, classes);
  const test = short
    ? classes.flatMap((_, y) =>
        atMost(
          fold.test.filter((i) => i.y === y),
          FEW,
        ),
      )
    : fold.test;
  log(`${name}: watching ${test.length} clips`);
  const now = new Float64Array(classes.length);
  const clips = test.map((item): Clip => {
    const believed = new Float64Array(classes.length);
    watchItem(mind, item, () => {
      for (let y = 0; y < now.length; y++) now[y] = place[y] < 0 ? 0 : mind.report[place[y]];
      remember(believed, now, 1 / rate);
    });
    return { y: item.y, believed };
  });
  return learnNames(clips, classes.length, short ? 5 : SEEDS);
}

export function learnNames(clips: readonly Clip[], acts: number, seeds: number): Words {
  const byAct = Array.from({ length: acts }, (_, y) => clips.filter((c) => c.y === y)).filter((c) => c.length > 0);
  const told = byAct.map((own) =>
    own.map(({ y }) => ({ y, believed: Float64Array.from({ length: acts }, (_, k) => (k === y ? 1 : 0)) })),
  );
  const names = byAct.map(([{ y }]) => y);
  const out = { sd: {}, told: {}, talk: {} } as Words;
  for (const hearings of HEARINGS) {
    const key = `${hearings}` as const;
    const scores = (of: readonly (readonly Clip[])[], others: readonly string[]): number[] =>
      Array.from({ length: seeds }, (_, seed) =>
        oneRun(of, acts, hearings, others, createRng(seed + 1, `words/${hearings}`)),
      );
    const heard = scores(byAct, names.map(nameOf));
    out[key] = round(mean(heard), 4);
    out.sd[key] = round(Math.sqrt(mean(heard.map((v) => (v - mean(heard)) ** 2))), 4);
    out.told[key] = round(mean(scores(told, names.map(nameOf))), 4);
    out.talk[key] = round(
      mean(
        scores(
          byAct,
          Array.from({ length: OTHERS }, (_, k) => `talk${k}`),
        ),
      ),
      4,
    );
  }
  const right = clips.filter(({ y, believed }) => believed.indexOf(Math.max(...believed)) === y).length;
  return { ...out, names: names.length, clips: clips.length, seeds, recognised: round(right / clips.length, 4) };
}

/** Share of the acts that end up with their own name. */
function oneRun(
  byAct: readonly (readonly Clip[])[],
  acts: number,
  hearings: number,
  others: readonly string[],
  rng: Rng,
): number {
  const lexicon = createLexicon();
  const known = Array.from({ length: acts }, (_, y) => actOf(y));
  const all: { words: string[]; clip: Clip }[] = [];
  for (const own of byAct) {
    const name = nameOf(own[0].y);
    const named = Math.floor(hearings / 2 + (hearings % 2 === 1 && rng() < 0.5 ? 0.5 : 0));
    for (let h = 0; h < hearings; h++) {
      const rest = shuffled(
        others.filter((word) => word !== name),
        rng,
      );
      const words = h < named ? [name, ...rest.slice(0, SAID - 1)] : rest.slice(0, SAID);
      all.push({ words, clip: own[Math.floor(rng() * own.length)] });
    }
  }
  shuffled(all, rng).forEach(({ words, clip }, t) =>
    hearWords(lexicon, words, actsLately(known, clip.believed), t * 5),
  );
  const meanings = meaningsOf(lexicon);
  const right = byAct.filter(
    ([{ y }]) => namesOf(meanings, { kind: "act", name: actOf(y) })[0]?.word === nameOf(y),
  ).length;
  return right / byAct.length;
}

function actOf(y: number): string {
  return `act ${y}`;
}

function nameOf(y: number): string {
  return `name${y}`;
}

function shuffled<T>(list: readonly T[], rng: Rng): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

function mean(values: readonly number[]): number {
  return values.reduce((s, v) => s + v, 0) / values.length;
}
