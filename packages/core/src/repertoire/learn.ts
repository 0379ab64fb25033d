// Learning an act from demonstrations of any number and length. One is enough; each further one
// refines mean, spread and duration, or, when it lies too far from every way known so far, founds a
// new variant. Nothing else in the repertoire is touched.

import { type Act, type Space, type Variant, MAX_DEVIATIONS } from "./act.ts";
import { BASIS, FIT_SAMPLES, fitSpline } from "./basis.ts";
import { type Demonstration, type Resampled, resample, retime } from "./demonstration.ts";
import { type Curve, type Distance, type Group, curveOf, groupDemonstrations, sharedMetric } from "./grouping.ts";
import { compressRows } from "./scatter.ts";

export interface LearnOptions {
  /** Weight of each dimension in distances, [D]; default equal weights. */
  metric?: ArrayLike<number>;
  /** A demonstration farther than this from every variant (root mean square, as a share of the act's extent) founds a new one. */
  variantDistance?: number;
  maxVariants?: number;
  /** Values of the dimensions no demonstration shows, [D]; default 0. */
  rest?: ArrayLike<number>;
}

/** Default distance beyond which a demonstration is another way of doing the act. */
export const VARIANT_DISTANCE = 0.12;

/** Share of a movement's extent that one performance's slow drift is expected to have (primitives: 0.005). */
const PRIOR_EXTENT = 0.005;

/** A new act without any demonstration. */
export function createAct(name: string, id: number, space: Space, dims: readonly string[]): Act {
  if (name.trim() === "") throw new RangeError("learn: an act needs a name, got an empty one");
  return { name, id, space, dims: [...dims], variants: [] };
}

/**
 * Takes demonstrations into an act, in place.
 *
 * @throws RangeError when a demonstration has the wrong shape, goes back in time or shows nothing; the act is then unchanged
 */
export function learnInto(act: Act, demos: readonly Demonstration[], options: LearnOptions = {}): void {
  const D = act.dims.length;
  learnResampled(
    act,
    demos.map((demo) => resample(demo, D)),
    options,
  );
}

/**
 * `learnInto` for demonstrations resampled already, which are not changed.
 *
 * @param distance how far a demonstration is from a variant; a caller that learns from the same ones again and again
 *   hands in one that remembers
 */
export function learnResampled(
  act: Act,
  shown: readonly Resampled[],
  options: LearnOptions = {},
  distance?: Distance,
): void {
  const D = act.dims.length;
  const metric = options.metric ?? new Float64Array(D).fill(1);
  if (metric.length !== D)
    throw new RangeError(`learn: a metric of ${metric.length} weights, the act has ${D} dimensions`);
  if (options.rest && options.rest.length !== D)
    throw new RangeError(`learn: ${options.rest.length} rest values, the act has ${D} dimensions`);
  const threshold = options.variantDistance ?? VARIANT_DISTANCE,
    most = options.maxVariants ?? 12;
  // Groups first, then each takes its members in one batch, so that they are re-timed to their common mean and
  // not to whichever came first.
  for (const group of groupDemonstrations(shown, act.variants, metric, threshold, most, distance)) {
    const fresh = group.variant === undefined;
    const variant = absorb(group, metric, options.rest);
    if (fresh) act.variants.push(variant);
  }
}

function absorb(group: Group, metric: ArrayLike<number>, rest: ArrayLike<number> | undefined): Variant {
  const { members } = group;
  const size = metric.length * BASIS;
  const alone = !group.variant && members.length === 1;
  const reference = group.variant ? curveOf(group.variant) : meanOf(members);
  let variant = group.variant;
  const rows: Float64Array[] = [];
  for (const member of members) {
    const curve = alone
      ? member.values
      : retime(member.values, reference.values, sharedMetric(member, reference, metric));
    const w = new Float64Array(size);
    for (let d = 0; d < metric.length; d++) {
      if (member.known[d]) fitSpline(curve.subarray(d * FIT_SAMPLES, (d + 1) * FIT_SAMPLES), w, d * BASIS);
      // B-splines sum to one, so equal weights stay at a value.
      else w.fill(rest ? rest[d] : 0, d * BASIS, (d + 1) * BASIS);
    }
    if (variant) rows.push(refine(variant, w, member));
    else variant = found(w, member);
  }
  if (!variant) throw new RangeError("learn: a group of demonstrations without members");
  const all = new Float64Array(variant.deviations.length + rows.length * size);
  all.set(variant.deviations);
  rows.forEach((row, r) => all.set(row, variant.deviations.length + r * size));
  variant.deviations = compressRows(all, size, MAX_DEVIATIONS);
  setPrior(variant, metric);
  return variant;
}

function found(w: Float64Array, member: Resampled): Variant {
  return {
    n: 1,
    mu: w,
    deviations: new Float64Array(0),
    prior: new Float64Array(member.known.length),
    known: member.known.slice(),
    logDuration: Math.log(member.duration),
    logDurationM2: 0,
  };
}

/**
 * Welford's update of mean and duration.
 *
 * @returns the row to add to the scatter, [D * BASIS]
 */
function refine(variant: Variant, w: Float64Array, member: Resampled): Float64Array {
  const n = ++variant.n;
  const row = new Float64Array(w.length);
  const scale = Math.sqrt((n - 1) / n);
  for (let d = 0; d < member.known.length; d++) {
    // What this performance does not show says nothing; what is shown for the first time replaces the rest posture.
    if (!member.known[d]) continue;
    for (let i = d * BASIS; i < (d + 1) * BASIS; i++) {
      const delta = w[i] - variant.mu[i];
      if (!variant.known[d]) variant.mu[i] = w[i];
      else {
        row[i] = scale * delta;
        variant.mu[i] += delta / n;
      }
    }
    variant.known[d] = 1;
  }
  const step = Math.log(member.duration) - variant.logDuration;
  variant.logDuration += step / n;
  variant.logDurationM2 += step * (Math.log(member.duration) - variant.logDuration);
  return row;
}

function setPrior(variant: Variant, metric: ArrayLike<number>): void {
  const D = metric.length;
  const { values } = curveOf(variant);
  let largest = 0;
  const extent = new Float64Array(D);
  for (let d = 0; d < D; d++) {
    let lo = Infinity,
      hi = -Infinity;
    for (let k = 0; k < FIT_SAMPLES; k++) {
      const v = values[d * FIT_SAMPLES + k];
      lo = Math.min(lo, v);
      hi = Math.max(hi, v);
    }
    extent[d] = hi - lo;
    largest = Math.max(largest, extent[d] * Math.sqrt(metric[d]));
  }
  // Dimensions in like units share the extent of the whole movement: a hand that moves sideways can also be
  // a little higher, even if the example did not show it.
  for (let d = 0; d < D; d++) {
    const common = metric[d] > 0 ? largest / Math.sqrt(metric[d]) : extent[d];
    variant.prior[d] = Math.max(1e-12, (PRIOR_EXTENT * common) ** 2);
  }
}

/** Equal-time mean of the demonstrations, each dimension over those that show it. */
function meanOf(members: readonly Resampled[]): Curve {
  const D = members[0].known.length;
  const values = new Float64Array(D * FIT_SAMPLES),
    known = new Uint8Array(D);
  for (let d = 0; d < D; d++) {
    const showing = members.filter((m) => m.known[d]);
    if (showing.length === 0) continue;
    known[d] = 1;
    for (const m of showing)
      for (let i = d * FIT_SAMPLES; i < (d + 1) * FIT_SAMPLES; i++) values[i] += m.values[i] / showing.length;
  }
  return { values, known };
}
