// The mirror's constants, in one place: what it assumes about people, and how much it trusts its eyes. All in
// metric units (for a person: trunk lengths, weighted by bone) and seconds. None depends on a data set.

import type { MotionSpec } from "./motion.ts";

export interface MirrorSpec {
  readonly motion: MotionSpec;
  /** Expected frames a second; steady streams near it use the tabulated gains. */
  readonly rate: number;
  /** Evidence per unit of squared posture difference, per 1/15 s. */
  readonly posturePrecision: number;
  /** Weight of heading against posture (squared heading difference, 0..4). */
  readonly headingWeight: number;
  /** Share of the evidence that counts between acts: frames are not independent given the act (likelihood tempering). */
  readonly evidence: number;
  /** Cost of a frame of an act that is going on, typically. */
  readonly typical: number;
  /** Noise variance of the steady-rate bank, per coordinate, per 1/15 s of evidence. */
  readonly bankVariance: number;
  /** Most directions of variation an act keeps. */
  readonly maxRank: number;
  /** Onset hypotheses an act's variant can hold at once. */
  readonly slots: number;
  /** Prior probability that some act begins at a moment when one may begin. */
  readonly onset: number;
  /** Seconds between such moments while the stream goes on. */
  readonly onsetEvery: number;
  /** Mean time an act's last posture is held before the act counts as over, s. */
  readonly linger: number;
  /** Log evidence below the best at which a hypothesis is dropped. */
  readonly prune: number;
  /** A running hypothesis is given up for a new start only if it is this much less probable, log. */
  readonly giveUp: number;
  /** Cost of a frame to the background model: posture part and heading part. */
  readonly background: { readonly posture: number; readonly heading: number };
}

/** Phase grid points of an act. */
export const GRID = 32;
/** Steady rates of the bank, as log duration ratio. */
export const BANK_RATES: readonly number[] = [-0.4, -0.2, 0, 0.2, 0.4];
/** Rates of the grid: distance travelled per distance expected. */
export const GRID_RATES: readonly number[] = [0.5, 0.63, 0.8, 1, 1.26, 1.6, 2];
/** Spread of log distance travelled between people and days. */
export const GRID_RATE_SPREAD = 0.35;
/** Chance, per 1/15 s, that the rate moves to a neighbouring one. */
export const GRID_RATE_CHANGE = 0.1;

export function mirrorSpec(rate = 30, changes: Partial<MirrorSpec> = {}): MirrorSpec {
  return {
    motion: { tauPosture: 0.073, tauVelocity: 0.096, floor: 0.75, idle: 0.3 },
    rate,
    posturePrecision: 2,
    headingWeight: 4,
    evidence: 0.15,
    typical: 1,
    bankVariance: 0.25,
    maxRank: 6,
    slots: 2,
    onset: 0.5,
    onsetEvery: 0.3,
    linger: 2,
    prune: 8,
    giveUp: 2,
    background: { posture: 2.5, heading: 0.5 },
    ...changes,
  };
}

/** Cost of a frame of an act, going on, that the precision above suits; how far a repertoire may lie from it. */
const USUAL = 1.5;
const BLUNTEST = 0.5,
  SHARPEST = 10;

/**
 * The spec for acts whose performances typically cost `typical` a frame: eyes as sharp as they are alike. Evidence counts
 * less as it gets sharper (square root), since what is left of it is less independent from frame to frame.
 */
export function sharpened(spec: MirrorSpec, typical: number): MirrorSpec {
  if (!(typical > 0)) return spec;
  const sharp = Math.min(SHARPEST, Math.max(BLUNTEST, USUAL / typical));
  return {
    ...spec,
    typical,
    posturePrecision: spec.posturePrecision * sharp,
    bankVariance: spec.bankVariance / sharp,
    evidence: spec.evidence / Math.sqrt(sharp),
  };
}
