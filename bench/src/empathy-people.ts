// People for the laboratory of feeling: hearts that differ as people do, what they say they feel, what a coder sees them show
// and what a sensor on them reads. Experiments on them are in empathy.ts.

import {
  EXPRESSION_NAMES,
  type Happening,
  type Heart,
  type HeartOptions,
  type Percept,
  type Reading,
  amountOf,
  createHeart,
  createNoise,
  createPercept,
  feel,
  nextGaussian,
} from "@attune/core";

/** Standing deviation of what people write down of their feeling, of a coder's ratings, and of a sensor. [D] */
const REPORT = 0.15,
  CODER = 0.1,
  SENSOR = 0.25;
/** s a step; the process is exact at any. */
const STEP = 1;

/** A film or a meeting lasts this long. */
export const SECONDS = 60;

/** What a film is to who sees it: something done to them, about as strong as anything is. */
export const PROVOCATION: Happening = { kind: "fortune", whose: "self", outcome: -0.45, by: "somebody" };
export const GIFT: Happening = { kind: "fortune", whose: "self", outcome: 0.5 };

/** A group's measures, person by person. */
export interface Group {
  experience: number[];
  behaviour: number[];
  physiology: number[];
}

/** Person number i, the same in every group. */
export function person(i: number, options: Omit<HeartOptions, "temperament" | "seed"> = {}): Heart {
  const draw = createNoise(i, "person");
  const some = (mean: number, sd: number, least: number, most: number): number =>
    Math.max(least, Math.min(most, mean + sd * nextGaussian(draw)));
  return createHeart({
    ...options,
    seed: i,
    temperament: {
      home: { valence: some(0.08, 0.1, -0.8, 0.8), arousal: 0 },
      reactivity: some(1, 0.35, 0, 3),
      susceptibility: some(1, 0.4, 0, 3),
      expressiveness: Math.exp(some(0, 0.6, -2, 2)),
    },
  });
}

export interface GroupOptions {
  readonly people: number;
  readonly seconds: number;
  /** The expression the coder rates. */
  readonly expression: string;
  /** Makes the percept of the group; called once a person. */
  readonly percept: (percept: Percept, heart: Heart) => void;
  /** Called every second, before it. */
  readonly each?: (percept: Percept, heart: Heart, second: number) => void;
}

/** Measures at the end; what shows is rated over the last third. */
export function runGroup({ people, seconds, expression, percept: prepare, each }: GroupOptions): Group {
  const out: Group = { experience: [], behaviour: [], physiology: [] };
  const rated = EXPRESSION_NAMES.indexOf(expression);
  for (let i = 0; i < people; i++) {
    const heart = person(i),
      percept = createPercept(),
      error = createNoise(i, "measure");
    percept.regulate = "none";
    prepare(percept, heart);
    let shown = 0,
      ratings = 0;
    for (let s = 0; s < seconds; s += STEP) {
      each?.(percept, heart, s);
      feel(heart, percept, STEP);
      if (s < (seconds * 2) / 3) continue;
      shown += amountOf(rated, heart.display.x);
      ratings++;
    }
    out.experience.push(heart.core.valence + REPORT * nextGaussian(error));
    out.behaviour.push(shown / ratings + CODER * nextGaussian(error));
    out.physiology.push(heart.autonomic + SENSOR * nextGaussian(error));
  }
  return out;
}

/** A reading that is as sure as a clear face is. */
export function lookOf(valence: number, arousal: number): Reading {
  const probability = new Float64Array(EXPRESSION_NAMES.length + 1);
  probability[EXPRESSION_NAMES.length] = 1;
  return { probability, valence, arousal, precision: 12, seen: 1, cannotSee: false, startled: false };
}

/** Cohen's d: by how many pooled standard deviations `a` is above `b`. */
export function cohenD(a: readonly number[], b: readonly number[]): number {
  return (mean(a) - mean(b)) / Math.sqrt((variance(a) + variance(b)) / 2);
}

/** Pearson's r. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const ma = mean(a),
    mb = mean(b);
  const joint = a.reduce((s, v, i) => s + (v - ma) * (b[i] - mb), 0) / (a.length - 1);
  return joint / Math.sqrt(variance(a) * variance(b));
}

/** Spearman's rank correlation; no ties. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (x: readonly number[]): number[] => x.map((v) => x.filter((w) => w < v).length);
  return correlation(ranks(a), ranks(b));
}

export function mean(x: readonly number[]): number {
  return x.reduce((s, v) => s + v, 0) / x.length;
}

function variance(x: readonly number[]): number {
  const m = mean(x);
  return x.reduce((s, v) => s + (v - m) ** 2, 0) / (x.length - 1);
}
