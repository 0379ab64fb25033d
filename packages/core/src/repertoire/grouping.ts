// Which way of doing an act a demonstration belongs to: the nearest one after re-timing, or, when all are
// too far, a new one.

import type { Variant } from "./act.ts";
import { BASIS, FIT_SAMPLES, splineAt } from "./basis.ts";
import { type Resampled, retime } from "./demonstration.ts";

/** A movement on FIT_SAMPLES equal steps of phase: values [D, FIT_SAMPLES], and which dimensions were shown, [D]. */
export type Curve = Pick<Resampled, "values" | "known">;

/** Demonstrations that go together, around the variant or the first demonstration that leads them. */
export interface Group {
  variant: Variant | undefined;
  leader: Curve;
  members: Resampled[];
}

/** How far one movement is from another, as a share of the other's extent. */
export type Distance = (curve: Curve, leader: Curve, metric: ArrayLike<number>) => number;

/**
 * Leader clustering in the order shown; the variants an act has already are the first leaders.
 *
 * @param threshold distance beyond which a demonstration leads a new group
 * @param most groups in all, those of `variants` included
 */
export function groupDemonstrations(
  shown: readonly Resampled[],
  variants: readonly Variant[],
  metric: ArrayLike<number>,
  threshold: number,
  most: number,
  distance: Distance = relativeDistance,
): Group[] {
  const groups: Group[] = variants.map((variant) => ({ variant, leader: curveOf(variant), members: [] }));
  for (const demo of shown) {
    let best = Infinity;
    let nearest: Group | undefined;
    if (groups.length === 1 && most === 1) nearest = groups[0];
    else
      for (const group of groups) {
        const d = distance(demo, group.leader, metric);
        if (d < best) [best, nearest] = [d, group];
      }
    if (!nearest || (best > threshold && groups.length < most))
      groups.push({ variant: undefined, leader: demo, members: [demo] });
    else nearest.members.push(demo);
  }
  return groups.filter((group) => group.members.length > 0);
}

/** Mean curve of a variant. */
export function curveOf(variant: Variant): Curve {
  const D = variant.known.length;
  const values = new Float64Array(D * FIT_SAMPLES);
  for (let d = 0; d < D; d++)
    for (let k = 0; k < FIT_SAMPLES; k++)
      values[d * FIT_SAMPLES + k] = splineAt(variant.mu, d * BASIS, k / (FIT_SAMPLES - 1));
  return { values, known: variant.known };
}

/** A metric that looks only at the dimensions both movements show. */
export function sharedMetric(a: Curve, b: Curve, metric: ArrayLike<number>): Float64Array {
  return Float64Array.from(a.known, (known, d) => (known && b.known[d] ? metric[d] : 0));
}

/**
 * Root mean square difference after re-timing, as a share of the leader's extent (four standard deviations of its
 * movement about its mean posture), over the dimensions both show; Infinity when they share none.
 */
export function relativeDistance(curve: Curve, leader: Curve, metric: ArrayLike<number>): number {
  const weight = sharedMetric(curve, leader, metric);
  if (weight.every((m) => m === 0)) return Infinity;
  const a = retime(curve.values, leader.values, weight),
    b = leader.values;
  let error = 0,
    spread = 0;
  for (let d = 0; d < weight.length; d++) {
    if (weight[d] === 0) continue;
    let mean = 0;
    for (let k = 0; k < FIT_SAMPLES; k++) mean += b[d * FIT_SAMPLES + k] / FIT_SAMPLES;
    for (let k = 0; k < FIT_SAMPLES; k += 4) {
      const at = d * FIT_SAMPLES + k;
      error += weight[d] * (a[at] - b[at]) ** 2;
      spread += weight[d] * (b[at] - mean) ** 2;
    }
  }
  return Math.sqrt(error) / (4 * Math.sqrt(spread) + 1e-12);
}
