// From hypotheses to what is believed: one calibrated probability an act, its phase, tempo and onset.

import { BANK_RATES, GRID } from "./spec.ts";
import type { Mirror } from "./mirror.ts";
import { tableOf } from "./state.ts";

/**
 * How much the evidence is worth: an act's odds against none are prior * exp(scale * evidence), with
 * log scale = start + growth * log(share of the act's length travelled). Fitted by `calibrate`.
 */
export interface Calibration {
  readonly start: number;
  readonly growth: number;
}

/** Of one example an act: measured on generated performers; a repertoire with more fits its own. */
export const UNFITTED: Calibration = { start: -0.2, growth: 0 };

/** Plain data, [acts] each; recomputed every frame without allocation. */
export interface Belief {
  /** Share of each act, and of none; together one. */
  probability: Float64Array;
  none: number;
  /** Slot that speaks for each act, -1 where there is none. */
  slot: Int32Array;
  /** Log mass relative to none. */
  evidence: Float64Array;
  /** Mean cost of the best explanation minus what the background allows; above 0 nothing known explains the movement. */
  surprise: number;
}

export function createBelief(acts: number): Belief {
  return {
    probability: new Float64Array(acts),
    none: 1,
    slot: new Int32Array(acts).fill(-1),
    evidence: new Float64Array(acts).fill(-Infinity),
    surprise: 0,
  };
}

/** Reads the mirror into `belief`. */
export function believe(mirror: Mirror, calibration: Calibration, belief: Belief): void {
  const { on, mass, tables, travelled } = mirror;
  const { probability, slot, evidence } = belief;
  probability.fill(0);
  slot.fill(-1);
  evidence.fill(-Infinity);
  let lead = -1;
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    const act = tables[tableOf(mirror, s)].act;
    const relative = mass[s] - mirror.none;
    if (slot[act] < 0 || relative > evidence[act]) {
      slot[act] = s;
      evidence[act] = relative;
    }
    if (lead < 0 || mass[s] > mass[lead]) lead = s;
  }
  const scale = lead < 0 ? 1 : scaleOf(calibration, travelled[lead] / tables[tableOf(mirror, lead)].length);
  let top = 0;
  for (let s = 0; s < on.length; s++) if (on[s]) top = Math.max(top, logOdds(mirror, s, scale));
  let none = Math.exp(-top),
    sum = none;
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    const p = Math.exp(logOdds(mirror, s, scale) - top);
    probability[tables[tableOf(mirror, s)].act] += p;
    sum += p;
  }
  for (let k = 0; k < probability.length; k++) probability[k] /= sum;
  none /= sum;
  belief.none = none;
  belief.surprise = surpriseOf(mirror);
}

/** Log odds of a slot against none, the evidence scaled and the prior not. */
function logOdds({ mass, none, logPrior }: Mirror, slot: number, scale: number): number {
  return logPrior[slot] + scale * (mass[slot] - none - logPrior[slot]);
}

export function scaleOf(calibration: Calibration, share: number): number {
  const x = Math.log(Math.min(1.5, Math.max(0.05, share)));
  return Math.min(20, Math.exp(calibration.start + calibration.growth * x));
}

/** Squared heading of a body on the move, on average: what the background is charged for it. */
const MOVING = 0.5;

/**
 * Mean cost of the best explanation, minus the background's allowance. Only hypotheses that have watched as long as the
 * leading one are asked: one that began a moment ago explains that moment, whatever it is.
 */
function surpriseOf({ on, mass, onset, costSum, weightSum, spec }: Mirror): number {
  let lead = -1;
  for (let s = 0; s < on.length; s++) if (on[s] && (lead < 0 || mass[s] > mass[lead])) lead = s;
  if (lead < 0) return 0;
  let least = Infinity;
  for (let s = 0; s < on.length; s++)
    if (on[s] && onset[s] <= onset[lead] && weightSum[s] >= 2) least = Math.min(least, costSum[s] / weightSum[s]);
  const { posture, heading } = spec.background;
  return least === Infinity ? 0 : least - (posture + heading * spec.headingWeight * MOVING);
}

/** Standard deviation of a slot's phase, over both clocks, in grid steps as a share of the act. */
export function phaseSpread(mirror: Mirror, slot: number): number {
  const { cells, tables } = mirror;
  const table = tables[tableOf(mirror, slot)];
  const at = slot * (cells.length / mirror.on.length),
    size = cells.length / mirror.on.length;
  let mean = 0,
    square = 0;
  for (let i = 0; i < size; i++) {
    const z = table.timePhase[i % GRID];
    mean += cells[at + i] * z;
    square += cells[at + i] * z * z;
  }
  const grid = Math.max(0, square - mean * mean);
  let bankMean = 0,
    bankSquare = 0,
    total = 0;
  const R = BANK_RATES.length,
    elapsed = mirror.motion.time - mirror.onset[slot];
  for (let r = 0; r < R; r++) {
    const w = Math.exp(mirror.bankMass[slot * R + r] - mirror.mass[slot]);
    const z = Math.min(1, elapsed / (table.duration * Math.exp(BANK_RATES[r])));
    total += w;
    bankMean += w * z;
    bankSquare += w * z * z;
  }
  const g = Math.exp(mirror.gridMass[slot] - mirror.mass[slot]),
    all = g + total;
  const mu = (g * mean + bankMean) / all;
  return Math.sqrt(Math.max(1e-6, (g * (grid + mean * mean) + bankSquare) / all - mu * mu));
}
