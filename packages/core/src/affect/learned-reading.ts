// A reading learned from labelled faces over whatever channels a tracker has. Multinomial logistic regression on the
// channels' powers, tempered with the written rule: log p = (1 - share) learned + share rule. The rule is what is known
// before any face was shown, and keeps a reading learned from one collection from falling apart on the next.
//
// The bound of the Hessian that makes each step sure to gain is Böhning's (1992, doi:10.1007/BF00048682).

import { createRng } from "../rng.ts";
import { cholesky, choleskySolve } from "../linalg.ts";
import { LOPSIDED, FEATURES, featureOfUnit } from "./features.ts";
import { type LinearScores, createMarginal, type MarginalScratch, marginalSoftmax, softmax } from "./marginal.ts";
import { type FaceReading, estimate, ruleScores, startledBy } from "./reading.ts";
import { READ } from "./weights.ts";

/** One labelled face. */
export interface LabelledFace {
  /** [channels], 0..1; NaN where missing. */
  readonly values: ArrayLike<number>;
  readonly label: string;
  /** Whose face; absent where unknown. */
  readonly person?: string;
  /** Which collection it comes from: another camera, other light. */
  readonly source?: string;
}

/** Plain JSON. */
export interface LearnedReading {
  readonly format: "attune-learned-reading";
  readonly version: 1;
  readonly channels: readonly string[];
  readonly classes: readonly string[];
  /** Channels are raised to this before the learned weights, which opens up their low end. */
  readonly power: number;
  readonly sharpness: number;
  /** How many faces taught it. */
  readonly faces: number;
  /** [C][2 x channels] of the powers, then of the channels themselves (the rule's part), the shares within. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly number[];
  /** Mean of the same, [C][2 x channels], and of the powers their common spread, [channels]. */
  readonly usual: readonly (readonly number[])[];
  readonly spread: readonly number[];
}

export interface LearnReadingOptions {
  /** The unit a channel measures, or "lopsided"; undefined for one the rule says nothing of. */
  readonly unitOf: (channel: string) => number | "lopsided" | undefined;
  /** What can be read; default the labels that come, in order of READ. */
  readonly classes?: readonly string[];
  /** Part of the rule in the whole, 0..1. [M] by robustness against trackers that scale differently */
  readonly share?: number;
  /** Strength of the pull of the learned weights to 0 (a Gaussian prior's precision). */
  readonly shrinkage?: number;
  readonly power?: number;
}

const SHARE = 0.3;
const SHRINKAGE = 0.6;
const POWER = 0.4;
/** What the written scores count beside the learned ones, both before sharpening. [D] */
const RULE_SCALE = 1.5;
const FOLDS = 5;
const ROUNDS = 1500;

/**
 * Learns a reading. The same faces in the same order give the same reading.
 *
 * @throws RangeError when there are fewer than two classes, or a class without a face of which anything was seen
 */
export function learnReading(
  faces: readonly LabelledFace[],
  channels: readonly string[],
  { unitOf, classes, share = SHARE, shrinkage = SHRINKAGE, power = POWER }: LearnReadingOptions,
): LearnedReading {
  const named = new Set(faces.map(({ label }) => label)),
    list = classes ?? READ.filter((name) => named.has(name));
  const C = list.length,
    N = channels.length;
  if (C < 2 || N === 0)
    throw new RangeError(`learnReading: ${C} classes and ${N} channels came, two and one at least were wanted`);
  const used = faces.filter(({ label, values }) => list.includes(label) && anySeen(values, N)),
    shown = new Set(used.map(({ label }) => label));
  const empty = list.find((name) => !shown.has(name));
  if (empty !== undefined)
    throw new RangeError(
      `learnReading: no face shows "${empty}"${named.has(empty) ? " of which anything was seen" : ""}; leave it out of the classes`,
    );
  const design = designOf(used, list, N, power);
  const rule = ruleOver(list, channels, unitOf);
  // Held-out scores, by collection or else by people: how sharp a reading may be is what those it has not met say.
  const fold = foldsOf(used),
    held = new Float64Array(used.length * C).fill(NaN);
  for (let k = 0; k < FOLDS; k++) {
    const test = used.flatMap((_, i) => (fold[i] === k ? [i] : [])),
      train = used.flatMap((_, i) => (fold[i] === k ? [] : [i]));
    if (test.length === 0 || new Set(train.map((i) => design.y[i])).size < C) continue;
    const fitted = regress(design, train, C, shrinkage);
    for (const i of test) mixScores(design, i, fitted, rule, share, held.subarray(i * C, (i + 1) * C));
  }
  const all = regress(
    design,
    used.map((_, i) => i),
    C,
    shrinkage,
  );
  const { usual, spread } = statistics(design, C);
  return {
    format: "attune-learned-reading",
    version: 1,
    channels: [...channels],
    classes: [...list],
    power,
    sharpness: fitSharpness(held, design.y, C),
    faces: used.length,
    weights: list.map((_, c) => [
      ...Array.from({ length: N }, (_v, d) => (1 - share) * all[c * (N + 1) + d]),
      ...Array.from({ length: N }, (_v, d) => share * rule.weights[c * N + d]),
    ]),
    bias: list.map((_, c) => (1 - share) * all[c * (N + 1) + N] + share * rule.bias[c]),
    usual,
    spread,
  };
}

/** A learned reading ready to read, with its scratch. Plain data. */
export interface Learned {
  readonly scores: LinearScores;
  readonly scratch: MarginalScratch;
  readonly power: number;
  readonly sharpness: number;
  readonly spread: Float64Array;
  /** Place in READ of each class, -1 for one that is not there. */
  readonly places: readonly number[];
  readonly value: Float64Array;
  readonly weight: Float64Array;
  readonly guess: Float64Array;
  readonly shares: Float64Array;
}

/**
 * @param model as learnReading gives it, or as JSON of a file
 * @throws RangeError when it is no such reading, saying what is wrong with it
 */
export function openLearned(model: LearnedReading): Learned {
  checkLearned(model);
  const { channels, classes, weights, usual, bias, spread, power, sharpness } = model;
  const C = classes.length,
    F = 2 * channels.length;
  const scores: LinearScores = {
    classes: C,
    features: F,
    weights: Float64Array.from(weights.flat()),
    bias: Float64Array.from(bias),
    usual: Float64Array.from(usual.flat()),
  };
  return {
    scores,
    scratch: createMarginal(scores),
    power,
    sharpness,
    spread: Float64Array.from(spread),
    places: classes.map((name) => READ.indexOf(name)),
    value: new Float64Array(F),
    weight: new Float64Array(F),
    guess: new Float64Array(C),
    shares: new Float64Array(C),
  };
}

/**
 * Reads one face.
 *
 * @param values [channels], 0..1 as those it learned from; NaN where missing
 * @param out [classes], sums to 1
 * @returns share of the channels that were seen
 */
export function readLearned(reader: Learned, values: ArrayLike<number>, out: Float64Array): number {
  const { scores, spread, value, weight, guess, power } = reader;
  const { classes: C, features: F, usual } = scores,
    N = F / 2;
  let seen = 0;
  for (let d = 0; d < N; d++) {
    const x = values[d],
      there = Number.isFinite(x) ? 1 : 0;
    seen += there;
    weight[d] = weight[N + d] = there;
    value[N + d] = there ? Math.min(1, Math.max(0, x)) : 0;
    value[d] = value[N + d] ** power;
  }
  for (let c = 0; c < C; c++) {
    let cost = 0;
    for (let d = 0; d < N; d++) if (weight[d] > 0) cost += ((value[d] - usual[c * F + d]) / spread[d]) ** 2;
    // Channels say much the same: half the evidence of as many that do not.
    guess[c] = -cost / 4;
  }
  softmax(guess);
  marginalSoftmax(scores, reader.scratch, value, weight, guess, 1, reader.sharpness, out);
  return seen / N;
}

function checkLearned(model: unknown): asserts model is LearnedReading {
  const wrong = (came: string) => new RangeError(`openLearned: no learned reading came: ${came}; learn it again`);
  if (typeof model !== "object" || model === null) throw wrong(`${String(model)} is no object`);
  const { format, version, channels, classes, weights, usual, bias, spread, power, sharpness } = model as Record<
    keyof LearnedReading,
    unknown
  >;
  if (format !== "attune-learned-reading" || version !== 1)
    throw wrong(
      `format ${JSON.stringify(format)} version ${JSON.stringify(version)}, "attune-learned-reading" 1 wanted`,
    );
  const names = (list: unknown, least: number): list is string[] =>
    Array.isArray(list) &&
    list.length >= least &&
    list.every((name) => typeof name === "string") &&
    new Set(list).size === list.length;
  if (!names(channels, 1) || !names(classes, 2)) throw wrong("channels and classes must be lists of different names");
  const C = classes.length,
    N = channels.length;
  const numbers = (list: unknown, length: number, above = -Infinity) =>
    Array.isArray(list) && list.length === length && list.every((x) => Number.isFinite(x) && x > above);
  const rows = (list: unknown) => Array.isArray(list) && list.length === C && list.every((row) => numbers(row, 2 * N));
  if (!rows(weights) || !rows(usual)) throw wrong(`weights and usual must be ${C} rows of ${2 * N} numbers`);
  if (!numbers(bias, C) || !numbers(spread, N, 0)) throw wrong(`bias must be ${C} numbers, spread ${N} above 0`);
  if (!numbers([power, sharpness], 2, 0))
    throw wrong(`power ${JSON.stringify(power)} and sharpness ${JSON.stringify(sharpness)} must be numbers above 0`);
}

/**
 * The same as a whole reading: of what it has no class for it says 0.
 *
 * @param value, weight [FEATURES] of the same face, for what its units alone say of valence
 */
export function readLearnedFace(
  reader: Learned,
  values: ArrayLike<number>,
  value: ArrayLike<number>,
  weight: ArrayLike<number>,
  out: FaceReading,
): void {
  const { places, shares } = reader;
  out.seen = readLearned(reader, values, shares);
  out.probability.fill(0);
  for (let c = 0; c < places.length; c++) if (places[c] >= 0) out.probability[places[c]] += shares[c];
  estimate(value, weight, out);
  // It has learned how to tell fear from surprise without the lips.
  out.startled = !out.cannotSee && startledBy(out.probability);
}

interface Design {
  /** [n, N] powers and raw; gaps filled with the mean. */
  readonly powers: Float64Array;
  readonly raw: Float64Array;
  readonly y: Int32Array;
  readonly N: number;
}

function anySeen(values: ArrayLike<number>, N: number): boolean {
  for (let d = 0; d < N; d++) if (Number.isFinite(values[d])) return true;
  return false;
}

function designOf(faces: readonly LabelledFace[], classes: readonly string[], N: number, power: number): Design {
  const n = faces.length,
    raw = new Float64Array(n * N);
  for (let d = 0; d < N; d++) {
    let sum = 0,
      count = 0;
    for (const { values } of faces)
      if (Number.isFinite(values[d])) {
        sum += Math.min(1, Math.max(0, values[d]));
        count++;
      }
    const mean = count > 0 ? sum / count : 0;
    faces.forEach(({ values }, i) => {
      raw[i * N + d] = Number.isFinite(values[d]) ? Math.min(1, Math.max(0, values[d])) : mean;
    });
  }
  const y = Int32Array.from(faces, ({ label }) => classes.indexOf(label));
  return { raw, powers: raw.map((x) => x ** power), y, N };
}

/** The written rule over channels, weights [C, N]. */
function ruleOver(
  classes: readonly string[],
  channels: readonly string[],
  unitOf: LearnReadingOptions["unitOf"],
): { weights: Float64Array; bias: Float64Array } {
  const known = classes.filter((name) => READ.includes(name)),
    scores = ruleScores(known);
  const weights = new Float64Array(classes.length * channels.length),
    bias = new Float64Array(classes.length);
  classes.forEach((name, c) => {
    const k = known.indexOf(name);
    if (k < 0) return;
    bias[c] = RULE_SCALE * scores.bias[k];
    channels.forEach((channel, d) => {
      const unit = unitOf(channel),
        f = unit === "lopsided" ? LOPSIDED : unit === undefined ? -1 : featureOfUnit(unit);
      if (f >= 0) weights[c * channels.length + d] = RULE_SCALE * scores.weights[k * FEATURES + f];
    });
  });
  return { weights, bias };
}

/** Weights and bias of the most probable regression, [C, N + 1]. */
function regress({ powers, y, N }: Design, rows: readonly number[], C: number, shrinkage: number): Float64Array {
  const D = N + 1,
    bound = new Float64Array(D * D),
    x = new Float64Array(rows.length * D);
  rows.forEach((i, r) => {
    for (let d = 0; d < N; d++) x[r * D + d] = powers[i * N + d];
    x[r * D + N] = 1;
  });
  for (let r = 0; r < rows.length; r++)
    for (let a = 0; a < D; a++) for (let b = 0; b <= a; b++) bound[a * D + b] += 0.5 * x[r * D + a] * x[r * D + b];
  for (let a = 0; a < D; a++) {
    for (let b = 0; b < a; b++) bound[b * D + a] = bound[a * D + b];
    bound[a * D + a] += a < N ? shrinkage : 0.01;
  }
  cholesky(bound, D);
  const theta = new Float64Array(C * D),
    gradient = new Float64Array(C * D),
    p = new Float64Array(C);
  for (let round = 0; round < ROUNDS; round++) {
    for (let c = 0; c < C; c++)
      for (let d = 0; d < D; d++) gradient[c * D + d] = -(d < N ? shrinkage : 0.01) * theta[c * D + d];
    for (let r = 0; r < rows.length; r++) {
      for (let c = 0; c < C; c++) {
        let sum = 0;
        for (let d = 0; d < D; d++) sum += theta[c * D + d] * x[r * D + d];
        p[c] = sum;
      }
      softmax(p);
      for (let c = 0; c < C; c++) {
        const miss = (c === y[rows[r]] ? 1 : 0) - p[c];
        for (let d = 0; d < D; d++) gradient[c * D + d] += miss * x[r * D + d];
      }
    }
    let most = 0;
    for (let c = 0; c < C; c++) choleskySolve(bound, D, gradient, c * D);
    for (let k = 0; k < theta.length; k++) {
      theta[k] += gradient[k];
      most = Math.max(most, Math.abs(gradient[k]));
    }
    if (most < 2e-3) break;
  }
  return theta;
}

function mixScores(
  { powers, raw, N }: Design,
  row: number,
  theta: Float64Array,
  rule: { weights: Float64Array; bias: Float64Array },
  share: number,
  out: Float64Array,
): void {
  for (let c = 0; c < out.length; c++) {
    let learned = theta[c * (N + 1) + N],
      written = rule.bias[c];
    for (let d = 0; d < N; d++) {
      learned += theta[c * (N + 1) + d] * powers[row * N + d];
      written += rule.weights[c * N + d] * raw[row * N + d];
    }
    out[c] = (1 - share) * learned + share * written;
  }
}

/** Collections, where there are several; else people spread evenly over folds; where nobody is named, faces. */
function foldsOf(faces: readonly LabelledFace[]): Int32Array {
  const named = (of: (face: LabelledFace) => string | undefined, least: number): string[] | undefined => {
    const list = [...new Set(faces.map(of))].filter((name) => name !== undefined);
    return list.length >= least && faces.every((face) => of(face) !== undefined) ? list : undefined;
  };
  const source = ({ source: name }: LabelledFace) => name,
    person = ({ person: name }: LabelledFace) => name;
  const sources = named(source, 2),
    people = named(person, FOLDS);
  const keyOf = (face: LabelledFace, i: number) => (sources ? source(face) : people ? person(face) : String(i)) ?? "";
  const keys = sources ?? people ?? faces.map((_, i) => String(i)),
    order = keys.map((_, i) => i),
    rng = createRng(1, "learned reading/folds");
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const foldOf = new Map(order.map((k, at) => [keys[k], at % FOLDS]));
  return Int32Array.from(faces, (face, i) => foldOf.get(keyOf(face, i)) ?? 0);
}

/** The factor of held-out scores that makes their likelihood largest, by golden section on its log. */
function fitSharpness(scores: Float64Array, y: Int32Array, C: number): number {
  // With nobody to hold out there is no saying.
  if (!scores.some(Number.isFinite)) return 1;
  const row = new Float64Array(C);
  const cost = (log: number): number => {
    let sum = 0;
    for (let i = 0; i < y.length; i++) {
      // A fold whose rest lacks a class was not read.
      if (!Number.isFinite(scores[i * C])) continue;
      for (let c = 0; c < C; c++) row[c] = Math.exp(log) * scores[i * C + c];
      softmax(row);
      sum -= Math.log(row[y[i]] + 1e-12);
    }
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.2),
    high = Math.log(8);
  for (let k = 0; k < 40; k++) {
    const a = high - golden * (high - low),
      b = low + golden * (high - low);
    if (cost(a) < cost(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/** Means by class, and the spread within classes of the powers. */
function statistics({ powers, raw, y, N }: Design, C: number): { usual: number[][]; spread: number[] } {
  const count = new Float64Array(C),
    usual = Array.from({ length: C }, () => Array.from({ length: 2 * N }, () => 0));
  y.forEach((c, i) => {
    count[c]++;
    for (let d = 0; d < N; d++) {
      usual[c][d] += powers[i * N + d];
      usual[c][N + d] += raw[i * N + d];
    }
  });
  usual.forEach((row, c) => row.forEach((sum, d) => (row[d] = sum / count[c])));
  const square = Array.from({ length: N }, () => 0);
  y.forEach((c, i) => {
    for (let d = 0; d < N; d++) square[d] += (powers[i * N + d] - usual[c][d]) ** 2;
  });
  return { usual, spread: square.map((sum) => Math.sqrt(sum / Math.max(1, y.length - C) + 0.01)) };
}
