// What another seems to feel, from looks that are noisy, come late or stay away. The other's feeling is expected to move as the
// own does, about a middle it returns to; a Kalman filter on that expectation weighs each look by its precision. Unseen, the
// estimate fades towards nothing known, and the confidence with it.

import type { Affect } from "./types.ts";

/** Variance of what people feel before anything is seen of it, and s their feeling takes to change. [D] */
export const PRIOR_VARIANCE = 0.25;
export const TAU_OTHER = 8;
/** s over which looks are one and the same look: a faster camera does not see more. [D] */
export const LOOK = 0.25;

/** Plain data: an estimate with its variance, the same for both axes. */
export interface Estimate extends Affect {
  variance: number;
}

export function createEstimate(): Estimate {
  return { valence: 0, arousal: 0, variance: PRIOR_VARIANCE };
}

/** 0 nothing is known .. 1 no doubt. */
export function confidenceOf({ variance }: Estimate): number {
  return Math.max(0, 1 - variance / PRIOR_VARIANCE);
}

/**
 * One step of the filter, with or without a look.
 *
 * @param look what the other looks like, -1..1 each; undefined, or with a number that is none: not seen
 * @param precision of the look, 1/variance; 0 is not seen
 */
export function stepEstimate(
  estimate: Estimate,
  look: Readonly<Affect> | undefined,
  precision: number,
  dt: number,
): void {
  const keep = Math.exp(-dt / TAU_OTHER);
  estimate.valence *= keep;
  estimate.arousal *= keep;
  estimate.variance = PRIOR_VARIANCE + (estimate.variance - PRIOR_VARIANCE) * keep * keep;
  if (!look || !(precision > 0) || !(Math.abs(look.valence) <= 1) || !(Math.abs(look.arousal) <= 1)) return;
  // Looks that follow closely are one look: what is told goes by time and not by frames.
  const told = (precision * dt) / LOOK;
  const gain = (estimate.variance * told) / (1 + estimate.variance * told);
  if (!(gain >= 0)) return;
  estimate.valence += gain * (look.valence - estimate.valence);
  estimate.arousal += gain * (look.arousal - estimate.arousal);
  estimate.variance *= 1 - gain;
}
