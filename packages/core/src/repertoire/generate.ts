// Acting: one way of doing the act is chosen, conditioned on what is asked (start, goal, via-points, velocities),
// and played forward, as the mean or as a draw.

import { cholesky } from "../linalg.ts";
import { type Rng, gaussian } from "../rng.ts";
import { type Act, type Variant, deviationRows, durationOf, durationSpread, shrinkage } from "./act.ts";
import { BASIS, basisAt, smoothness, splineAt, splineSlopeAt } from "./basis.ts";
import { type Conditioned, condition, conditionSample, varianceAfter } from "./condition.ts";
import { type Condition, chooseVariant, marginalVariance, rowsOf, warningsFor } from "./conditions.ts";

export interface PlanOptions {
  /** s; default the variant's most probable, or a draw from its log-normal with `sample`. */
  duration?: number;
  /** Which way of doing the act; default the one with the highest probability of the conditions x demonstrations. */
  variant?: number;
  /** Draws a performance instead of taking the mean. */
  sample?: Rng;
  conditions?: readonly Condition[];
  /** Posture at phase 0, [D]; NaN where free. */
  start?: ArrayLike<number>;
  /** Posture at phase 1, [D]; NaN where free. */
  goal?: ArrayLike<number>;
  /** Velocity at phase 0, [D] per s; NaN where free. */
  startVelocity?: ArrayLike<number>;
}

export interface GenerateOptions extends PlanOptions {
  /** Samples a second, Hz; default 30. The act's duration is kept, so the step is the nearest that divides it. */
  rate?: number;
  /** Also compute the variance of every value. */
  variance?: boolean;
}

/** A movement in an act's coordinates. */
export interface Motion {
  /** s from 0, [T]. */
  times: Float64Array;
  /** [T, D] row-major. */
  values: Float64Array;
  /** What the act leaves open, squared units, [T, D]. */
  variance?: Float64Array;
  /** Index of the way of doing the act; -1 where more than one act is mixed. */
  variant: number;
  warnings: string[];
}

/** One performance decided on, to be rolled out at once or read frame by frame with `poseAt`. */
export interface Plan {
  variant: number;
  /** s */
  duration: number;
  /** [D, P] */
  weights: Float64Array;
  given: Conditioned;
  warnings: string[];
}

/**
 * Decides how an act will be performed.
 *
 * @throws RangeError if the act has not been learned, or for an impossible variant, duration or condition
 */
export function plan(act: Act, options: PlanOptions = {}): Plan {
  const { sample } = options;
  const conditions = conditionsOf(options);
  if (options.duration !== undefined && !(options.duration > 0 && options.duration < Infinity))
    throw new RangeError(`act "${act.name}": a duration of ${options.duration} s, expected more than 0`);
  const index = options.variant ?? chooseVariant(act, conditions, options.duration);
  const variant = act.variants[index];
  if (!variant)
    throw new RangeError(`act "${act.name}" has ${act.variants.length} variant(s), there is no variant ${index}`);
  let duration = options.duration ?? durationOf(variant);
  if (sample && options.duration === undefined) duration *= Math.exp(durationSpread(variant) * gaussian(sample));
  const given = condition(variant, rowsOf(conditions, act.dims.length, duration));
  let weights = given.mu;
  if (sample) {
    const normal = (): number => gaussian(sample);
    weights = sampleWeights(variant, normal);
    conditionSample(given, weights, normal);
  }
  return { variant: index, duration, weights, given, warnings: warningsFor(variant, conditions, given, duration) };
}

/**
 * Plays an act.
 *
 * @throws RangeError as `plan`, or for a rate that is not positive
 */
export function generate(act: Act, options: GenerateOptions = {}): Motion {
  const rate = checkRate(options.rate);
  const planned = plan(act, options);
  const D = act.dims.length;
  const times = timesOf(planned.duration, rate);
  const values = new Float64Array(times.length * D);
  for (let t = 0; t < times.length; t++) poseAt(planned, times[t], values.subarray(t * D, (t + 1) * D));
  const motion: Motion = { times, values, variant: planned.variant, warnings: planned.warnings };
  if (options.variance) motion.variance = varianceOf(act.variants[planned.variant], planned, times);
  return motion;
}

/** Posture of a plan at a time, s (held before its start and after its end), [D] into `out`. */
export function poseAt(plan: Plan, time: number, out: Float64Array): void {
  const phase = time / plan.duration;
  for (let d = 0; d < out.length; d++) out[d] = splineAt(plan.weights, d * BASIS, phase);
}

/** Velocity of a plan at a time, units per s, [D] into `out`; 0 before its start and after its end. */
export function velocityAt(plan: Plan, time: number, out: Float64Array): void {
  const phase = time / plan.duration;
  if (phase < 0 || phase > 1) out.fill(0);
  else for (let d = 0; d < out.length; d++) out[d] = splineSlopeAt(plan.weights, d * BASIS, phase) / plan.duration;
}

/** Variance of a plan's values at one phase, [D] into `out`. */
export function varianceAt(variant: Variant, plan: Plan, phase: number, out: Float64Array): void {
  const b = new Float64Array(BASIS);
  basisAt(phase, b);
  const smooth = quadratic(smoothness(), b),
    shrink = shrinkage(variant);
  for (let d = 0; d < out.length; d++)
    out[d] = varianceAfter(plan.given, { at: d * BASIS, b }, marginalVariance(variant, d, b, smooth, shrink));
}

/** Equal steps over a duration, both ends included, as near to `rate` as divides it. */
export function timesOf(duration: number, rate: number): Float64Array {
  const steps = Math.max(1, Math.round(duration * rate));
  return Float64Array.from({ length: steps + 1 }, (_, t) => (t * duration) / steps);
}

export function checkRate(rate = 30): number {
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`a rate of ${rate} Hz, expected more than 0`);
  return rate;
}

function conditionsOf(options: PlanOptions): Condition[] {
  const out: Condition[] = [...(options.conditions ?? [])];
  if (options.start) out.push({ phase: 0, values: options.start, label: "the start" });
  if (options.goal) out.push({ phase: 1, values: options.goal, label: "the goal" });
  if (options.startVelocity)
    out.push({ phase: 0, values: options.startVelocity, velocity: true, label: "the starting velocity" });
  return out;
}

/** A draw from N(mu, Sigma), before any condition. */
function sampleWeights(variant: Variant, normal: () => number): Float64Array {
  const { prior, scatter } = shrinkage(variant);
  const w = variant.mu.slice(),
    size = w.length;
  const rows = deviationRows(variant);
  for (let r = 0; r < rows; r++) {
    const g = Math.sqrt(scatter) * normal();
    for (let i = 0; i < size; i++) w[i] += g * variant.deviations[r * size + i];
  }
  const factor = smoothness().slice();
  cholesky(factor, BASIS);
  const g = new Float64Array(BASIS);
  for (let d = 0; d < variant.known.length; d++) {
    // What was never shown stays at rest.
    const sd = variant.known[d] ? Math.sqrt(prior * variant.prior[d]) : 0;
    for (let i = 0; i < BASIS; i++) g[i] = sd * normal();
    for (let i = 0; i < BASIS; i++) for (let j = 0; j <= i; j++) w[d * BASIS + i] += factor[i * BASIS + j] * g[j];
  }
  return w;
}

function varianceOf(variant: Variant, planned: Plan, times: Float64Array): Float64Array {
  const D = variant.known.length;
  const out = new Float64Array(times.length * D);
  for (let t = 0; t < times.length; t++)
    varianceAt(variant, planned, times[t] / planned.duration, out.subarray(t * D, (t + 1) * D));
  return out;
}

function quadratic(k: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < BASIS; i++) if (b[i] !== 0) for (let j = 0; j < BASIS; j++) s += b[i] * k[i * BASIS + j] * b[j];
  return s;
}
