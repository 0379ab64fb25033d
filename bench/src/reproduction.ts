// How well an act learned from others' demonstrations reproduces one it never saw, given only that one's first
// posture, last posture and duration; against the trivial answer, the mean demonstration shifted linearly to both
// ends. A method that does not beat that has learned nothing.

import {
  type Act,
  type Curve,
  type Demonstration,
  type Distance,
  type LearnOptions,
  type Resampled,
  FIT_SAMPLES,
  createAct,
  learnResampled,
  plan,
  poseAt,
  relativeDistance,
  resample,
} from "@attune/core";
import { atMost } from "./sets.ts";
import { correctEnds, dtwDistance, rmse, sweptArea } from "./curves.ts";
import { type Remainder, remainderErrors } from "./remainder.ts";

/** One labelled performance: times [T] s, values [T, D] with NaN where missing, class y. */
export interface LabelledDemonstration extends Demonstration {
  y: number;
}

/** Mean errors, in the set's units (sea: units squared). */
export interface CurveErrors {
  dtw: number;
  sea: number;
  rmse: number;
}

export interface ReproductionErrors extends CurveErrors {
  /** Number of tests behind the means. */
  tests: number;
  trivial: CurveErrors;
}

export interface Reproduction {
  loo: ReproductionErrors;
  oneShot: ReproductionErrors;
  /** RMSE of what is left of a movement after a share of it, the duration not given. */
  remainder: Remainder;
  /** The same when the last posture is held. */
  hold: Remainder;
}

/** Demonstrations of a class that are left out in turn, evenly spread; what is learned from are all the others. */
const LEFT_OUT = 100;
/** Of these, how many in all are continued from a part of them, evenly spread: each takes seconds. */
const CONTINUED = 100;
/** How many demonstrations after the one learned from are reproduced. */
const ONE_SHOT_TESTS = 6;

/**
 * Leave-one-out and one-shot reproduction, and the prediction of the rest of a movement, class by class.
 *
 * @param dims values a sample
 * @throws RangeError if no class has two demonstrations, or one of them cannot be learned from
 */
export function measureReproduction(
  demos: readonly LabelledDemonstration[],
  dims: number,
  options: LearnOptions = {},
): Reproduction {
  const classes = new Map<number, Resampled[]>();
  for (const demo of demos) {
    const members = classes.get(demo.y) ?? [];
    members.push(resample(demo, dims));
    classes.set(demo.y, members);
  }
  const loo = tally(),
    oneShot = tally();
  const folds: { act: Act; test: Resampled }[] = [];
  for (const members of classes.values()) {
    if (members.length < 2) continue;
    const distance = remembering();
    for (const test of atMost(members, LEFT_OUT)) {
      const others = members.filter((other) => other !== test);
      const act = learned(others, dims, options, distance);
      folds.push({ act, test });
      judge(loo, act, others, test, dims);
    }
    atMost(members, LEFT_OUT).forEach((shown) => {
      const i = members.indexOf(shown);
      const act = learned([shown], dims, options, distance);
      for (let k = 1; k <= Math.min(ONE_SHOT_TESTS, members.length - 1); k++)
        judge(oneShot, act, [shown], members[(i + k) % members.length], dims);
    });
  }
  if (folds.length === 0) throw new RangeError("reproduction: no class has two demonstrations");
  return { loo: means(loo), oneShot: means(oneShot), ...remainderErrors(atMost(folds, CONTINUED)) };
}

function learned(shown: readonly Resampled[], dims: number, options: LearnOptions, distance: Distance): Act {
  const names = Array.from({ length: dims }, (_, d) => String(d));
  const act = createAct("test", 0, "motor", names);
  learnResampled(act, shown, options, distance);
  return act;
}

/** Distances between two demonstrations are the same in every fold. */
function remembering(): Distance {
  const known = new Map<Curve, Map<Curve, number>>();
  return (curve, leader, metric) => {
    const row = known.get(curve) ?? new Map<Curve, number>();
    known.set(curve, row);
    const found = row.get(leader);
    if (found !== undefined) return found;
    const d = relativeDistance(curve, leader, metric);
    row.set(leader, d);
    return d;
  };
}

type Tally = { tests: number; own: CurveErrors; trivial: CurveErrors };

function tally(): Tally {
  return { tests: 0, own: { dtw: 0, sea: 0, rmse: 0 }, trivial: { dtw: 0, sea: 0, rmse: 0 } };
}

function means({ tests, own, trivial }: Tally): ReproductionErrors {
  const share = (e: CurveErrors): CurveErrors => ({ dtw: e.dtw / tests, sea: e.sea / tests, rmse: e.rmse / tests });
  return { tests, ...share(own), trivial: share(trivial) };
}

function judge(sum: Tally, act: Act, shown: readonly Resampled[], test: Resampled, dims: number): void {
  // Judged on the dimensions that the test shows and that were shown.
  const judged: number[] = [];
  for (let d = 0; d < dims; d++) if (test.known[d] && shown.some((s) => s.known[d])) judged.push(d);
  if (judged.length === 0) return;
  const truth = curve(test.values, judged);
  const start = new Float64Array(dims).fill(NaN),
    goal = start.slice();
  for (const d of judged) {
    start[d] = test.values[d * FIT_SAMPLES];
    goal[d] = test.values[(d + 1) * FIT_SAMPLES - 1];
  }
  const planned = plan(act, { start, goal, duration: test.duration });
  const pose = new Float64Array(dims),
    own = new Float64Array(truth.length);
  for (let k = 0; k < FIT_SAMPLES; k++) {
    poseAt(planned, (test.duration * k) / (FIT_SAMPLES - 1), pose);
    judged.forEach((d, i) => (own[k * judged.length + i] = pose[d]));
  }
  const mean = new Float64Array(truth.length);
  for (const s of shown) {
    const c = curve(s.values, judged);
    for (let i = 0; i < mean.length; i++) mean[i] += c[i] / shown.length;
  }
  const ends = (from: Float64Array): number[] => judged.map((d) => from[d]);
  add(sum.own, own, truth, judged.length);
  add(sum.trivial, correctEnds(mean, ends(start), ends(goal)), truth, judged.length);
  sum.tests++;
}

function add(sum: CurveErrors, own: Float64Array, truth: Float64Array, D: number): void {
  sum.dtw += dtwDistance(own, truth, D);
  sum.sea += sweptArea(own, truth, D);
  sum.rmse += rmse(own, truth, D);
}

/** The chosen dimensions of [D, FIT_SAMPLES] as a curve [FIT_SAMPLES, chosen]. */
function curve(values: Float64Array, chosen: readonly number[]): Float64Array {
  const out = new Float64Array(FIT_SAMPLES * chosen.length);
  for (let k = 0; k < FIT_SAMPLES; k++)
    chosen.forEach((d, i) => (out[k * chosen.length + i] = values[d * FIT_SAMPLES + k]));
  return out;
}
