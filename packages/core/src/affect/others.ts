// What another seems to feel, from looks that are noisy, come late or stay away. The other's feeling is expected to move as the
// own does, about a middle it returns to; a Kalman filter on that expectation weighs each look by its precision. Unseen, the
// estimate fades towards nothing known, and the confidence with it.

import type { Affect } from "./types.ts";

/** Variance of what people feel before anything is seen of it, and s their feeling takes to change. [D] */
export const PRIOR_VARIANCE = 0.25;
export const TAU_OTHER = 8;
/** s over which looks are one and the same look: a faster camera does not see more. [D] */
export const LOOK = 0.25;

/** Plain data. */
export interface Estimate extends Affect {
  /** Of the valence, and of the arousal, which a voice tells alone. */
  variance: number;
  arousalVariance: number;
}

export function createEstimate(): Estimate {
  return { valence: 0, arousal: 0, variance: PRIOR_VARIANCE, arousalVariance: PRIOR_VARIANCE };
}

/** Of the valence: 0 nothing is known .. 1 no doubt. */
export function confidenceOf({ variance }: Pick<Estimate, "variance">): number {
  return Math.max(0, 1 - variance / PRIOR_VARIANCE);
}

/** Of the arousal. */
export function stirConfidenceOf({ arousalVariance }: Pick<Estimate, "arousalVariance">): number {
  return Math.max(0, 1 - arousalVariance / PRIOR_VARIANCE);
}

/**
 * One step of the filter, with or without a look.
 *
 * @param look what the other looks like, -1..1 each; undefined, or with a number that is none: not seen
 * @param precision of the look's valence, 1/variance; 0 is not seen
 * @param arousalPrecision of its arousal, where that is another
 */
export function stepEstimate(
  estimate: Estimate,
  look: Readonly<Affect> | undefined,
  precision: number,
  dt: number,
  arousalPrecision: number = precision,
): void {
  const keep = Math.exp(-dt / TAU_OTHER);
  estimate.valence *= keep;
  estimate.arousal *= keep;
  estimate.variance = PRIOR_VARIANCE + (estimate.variance - PRIOR_VARIANCE) * keep * keep;
  estimate.arousalVariance = PRIOR_VARIANCE + (estimate.arousalVariance - PRIOR_VARIANCE) * keep * keep;
  if (!look || !(Math.abs(look.valence) <= 1) || !(Math.abs(look.arousal) <= 1)) return;
  const gain = gainOf(estimate.variance, precision, dt),
    stir = gainOf(estimate.arousalVariance, arousalPrecision, dt);
  estimate.valence += gain * (look.valence - estimate.valence);
  estimate.arousal += stir * (look.arousal - estimate.arousal);
  estimate.variance *= 1 - gain;
  estimate.arousalVariance *= 1 - stir;
}

/** Looks that follow closely are one look: what is told goes by time and not by frames. */
function gainOf(variance: number, precision: number, dt: number): number {
  if (!(precision > 0)) return 0;
  const told = (precision * dt) / LOOK;
  const gain = (variance * told) / (1 + variance * told);
  return gain >= 0 ? gain : 0;
}
