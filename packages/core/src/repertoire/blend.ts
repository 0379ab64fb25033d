// Mixing acts. A blend performs several at once, each trusted where its own variance is small:
//   Sigma_b^-1 = sum_i a_i(phase) Sigma_i^-1,   mu_b = Sigma_b sum_i a_i Sigma_i^-1 mu_i
// per phase and dimension in output space (Paraschos et al. 2013).

import { type Act, durationOf } from "./act.ts";
import { type Motion, type Plan, type PlanOptions, checkRate, plan, poseAt, timesOf, varianceAt } from "./generate.ts";

export interface BlendPart {
  act: Act;
  /** Share of this act at a phase, 0 or more; smooth, if the motion is to be. */
  weight: (phase: number) => number;
  variant?: number;
}

export interface BlendOptions extends Omit<PlanOptions, "variant" | "sample"> {
  /** Hz; default 30. */
  rate?: number;
}

/** Variance added to every act's, as a share of its largest: where two acts are both certain they share by weight. */
const FLOOR = 1e-6;

/**
 * Performs several acts at once. Every act is conditioned on all that is asked; without a duration, it is the geometric
 * mean of theirs, by mean weight. `variance` is always there.
 *
 * @throws RangeError if the acts have other dimensions than the first, or a weight is negative or all are 0 at a phase
 */
export function blend(parts: readonly BlendPart[], options: BlendOptions = {}): Motion {
  const { rate, ...asked } = options;
  const dims = sharedDims(parts.map((p) => p.act));
  const D = dims.length;
  const duration = options.duration ?? blendedDuration(parts, asked);
  const plans = parts.map(({ act, variant }) =>
    plan(act, { ...asked, duration, ...(variant === undefined ? {} : { variant }) }),
  );
  const times = timesOf(duration, checkRate(rate));
  const floors = plans.map((p, i) => floorOf(parts[i].act, p, D));
  const values = new Float64Array(times.length * D),
    variance = new Float64Array(times.length * D);
  const pose = new Float64Array(D),
    spread = new Float64Array(D);
  for (let t = 0; t < times.length; t++) {
    const phase = times[t] / duration,
      at = t * D;
    checkWeights(parts, phase);
    for (let i = 0; i < parts.length; i++) {
      const a = parts[i].weight(phase);
      if (a === 0) continue;
      poseAt(plans[i], times[t], pose);
      varianceAt(parts[i].act.variants[plans[i].variant], plans[i], phase, spread);
      const known = parts[i].act.variants[plans[i].variant].known;
      for (let d = 0; d < D; d++) {
        // An act that never showed a dimension leaves it to the others.
        const share = known[d] ? a : a * FLOOR;
        const precision = share / (spread[d] + floors[i][d]);
        values[at + d] += precision * pose[d];
        variance[at + d] += precision;
      }
    }
    for (let d = 0; d < D; d++) {
      values[at + d] /= variance[at + d];
      variance[at + d] = 1 / variance[at + d];
    }
  }
  return { times, values, variance, variant: -1, warnings: plans.flatMap((p, i) => named(parts[i].act, p.warnings)) };
}

/**
 * The dimensions acts have in common.
 *
 * @throws RangeError if there is no act, or one has other dimensions than the first
 */
export function sharedDims(acts: readonly Act[]): readonly string[] {
  if (acts.length === 0) throw new RangeError("no act to perform: give at least one");
  const [first] = acts;
  for (const act of acts)
    if (act.dims.length !== first.dims.length || act.dims.some((name, d) => name !== first.dims[d]))
      throw new RangeError(
        `acts "${first.name}" and "${act.name}" do not move the same dimensions, they cannot be joined`,
      );
  return first.dims;
}

/** Warnings with the act they are about. */
export function named(act: Act, warnings: readonly string[]): string[] {
  return warnings.map((warning) => `${act.name}: ${warning}`);
}

function blendedDuration(parts: readonly BlendPart[], asked: Omit<PlanOptions, "variant">): number {
  let sum = 0,
    total = 0;
  for (const { act, weight, variant } of parts) {
    let share = 0;
    for (let k = 0; k <= 100; k++) share += weight(k / 100);
    const index = variant ?? plan(act, asked).variant;
    if (!act.variants[index]) plan(act, { variant: index });
    sum += share * Math.log(durationOf(act.variants[index]));
    total += share;
  }
  return Math.exp(sum / total);
}

function floorOf(act: Act, planned: Plan, D: number): Float64Array {
  const largest = new Float64Array(D),
    spread = new Float64Array(D);
  for (let k = 0; k <= 20; k++) {
    varianceAt(act.variants[planned.variant], planned, k / 20, spread);
    for (let d = 0; d < D; d++) largest[d] = Math.max(largest[d], spread[d]);
  }
  return largest.map((v) => FLOOR * v + Number.EPSILON ** 2);
}

function checkWeights(parts: readonly BlendPart[], phase: number): void {
  let total = 0;
  for (const { act, weight } of parts) {
    const a = weight(phase);
    if (!(a >= 0 && a < Infinity))
      throw new RangeError(`blend: the weight of "${act.name}" at phase ${phase} is ${a}, expected 0 or more`);
    total += a;
  }
  if (total === 0) throw new RangeError(`blend: all weights are 0 at phase ${phase}, there is nothing to perform`);
}
