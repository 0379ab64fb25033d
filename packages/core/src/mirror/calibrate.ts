// How sure is sure? The mirror's evidence is replayed on performances it did not learn from, and two things are fitted:
// the scale that makes its probabilities come true, and the cost above which "none of these" should win. How far
// performances of each act stray from it is fitted before: standing strays little, running much, and a mirror that
// expects as much of both takes every running for a bad standing.

import { type Calibration, scaleOf } from "./belief.ts";
import type { Straying } from "../repertoire/act.ts";
import type { Mirror } from "./mirror.ts";
import { tableOf } from "./state.ts";

/** What one replay showed at one mark. */
export interface Reading {
  /** Index of the act that was really going on. */
  truth: number;
  /** Share of the performance seen so far. */
  seen: number;
  /** Hypotheses alive: act, log prior and log evidence of each, [n, 3]. */
  hypotheses: Float64Array;
  /** Share of the leading act's length travelled. */
  share: number;
  /** Mean cost of the best explanation by the true act. */
  own: number;
  /** Mean squared heading since the start: what the background pays for moving. */
  moving: number;
}

/** Reads a mirror during a replay. */
export function read(mirror: Mirror, truth: number, moving: number, seen: number): Reading {
  const { on, mass, tables, travelled, costSum, weightSum, logPrior, none } = mirror;
  const hypotheses: number[] = [];
  let lead = -1,
    own = Infinity;
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    const act = tables[tableOf(mirror, s)].act;
    hypotheses.push(act, logPrior[s], mass[s] - none - logPrior[s]);
    if (lead < 0 || mass[s] > mass[lead]) lead = s;
    if (act === truth && weightSum[s] >= 2) own = Math.min(own, costSum[s] / weightSum[s]);
  }
  const share = lead < 0 ? 0 : travelled[lead] / tables[tableOf(mirror, lead)].length;
  return { truth, seen, hypotheses: Float64Array.from(hypotheses), share, own, moving };
}

/** The calibration with least log loss over the readings (closed set); needs at least 20 readings, else undefined. */
export function fitCalibration(readings: readonly Reading[]): Calibration | undefined {
  const usable = readings.filter((r) => r.hypotheses.length > 0);
  if (usable.length < 20) return undefined;
  let best: Calibration = { start: 0, growth: 0 },
    least = Infinity;
  // Two parameters, a smooth loss: coarse grid, then finer grids around the best.
  let width = 3,
    growthWidth = 1.2;
  let centre = best;
  for (let round = 0; round < 4; round++) {
    for (let i = -6; i <= 6; i++)
      for (let j = -6; j <= 6; j++) {
        const c = { start: centre.start + (width * i) / 6, growth: centre.growth + (growthWidth * j) / 6 };
        const loss = logLoss(usable, c);
        if (loss < least) {
          least = loss;
          best = c;
        }
      }
    centre = best;
    width /= 4;
    growthWidth /= 4;
  }
  return best;
}

/** Mean negative log probability of the truth among the acts, with a hundredth of doubt for what was pruned away. */
function logLoss(readings: readonly Reading[], calibration: Calibration): number {
  let loss = 0;
  for (const { hypotheses: h, truth, share } of readings) {
    const scale = scaleOf(calibration, share);
    let top = -Infinity;
    for (let i = 0; i < h.length; i += 3) top = Math.max(top, h[i + 1] + scale * h[i + 2]);
    let sum = 0,
      right = 0;
    for (let i = 0; i < h.length; i += 3) {
      const p = Math.exp(h[i + 1] + scale * h[i + 2] - top);
      sum += p;
      if (h[i] === truth) right += p;
    }
    loss -= Math.log(0.99 * (right / sum) + 0.001);
  }
  // A weak pull towards an even scale keeps small repertoires from claiming certainty.
  return loss / readings.length + 0.002 * (calibration.start ** 2 + calibration.growth ** 2);
}

/** Share of true performances the background must not win over. */
const KEPT = 0.98;
const LEAST_BACKGROUND = 0.1;

/**
 * Posture cost a frame of unexplained movement is charged: so much that KEPT of the true acts explain their own performances
 * better than "none" does.
 */
export function fitBackground(readings: readonly Reading[], headingCharge: number): number | undefined {
  const costs = readings.filter((r) => r.own < Infinity).map((r) => r.own - headingCharge * r.moving);
  if (costs.length < 20) return undefined;
  costs.sort((a, b) => a - b);
  return Math.max(LEAST_BACKGROUND, costs[Math.floor(KEPT * costs.length)]);
}

/** Median cost of a frame of whole performances of one act; the median, since a performance gone wrong is no measure. */
export function fitStraying(readings: readonly Reading[]): Straying | undefined {
  const costs = readings
    .filter((r) => r.seen === 1 && r.own < Infinity)
    .map((r) => Math.max(0, r.own))
    .sort((a, b) => a - b);
  const n = costs.length;
  return n > 0 ? { cost: (costs[(n - 1) >> 1] + costs[n >> 1]) / 2, n } : undefined;
}

/** Performances' worth of doubt that an act strays differently from others. */
const DOUBT = 3;
/** Log ratio below which acts are taken to stray alike: few replays cannot tell more, and at the start of acts it misleads. */
const ALIKE = 0.3;

/**
 * How far each act lets its performances stray: its cost over the typical one, drawn towards 1.
 *
 * @returns the mean cost over all replays, 0 where there is none, and the ratio of each act
 */
export function looseness(acts: readonly (Straying | undefined)[]): { typical: number; ratios: number[] } {
  let replays = 0,
    total = 0;
  for (const act of acts)
    if (act) {
      replays += act.n;
      total += act.n * act.cost;
    }
  const typical = replays > 0 ? total / replays : 0;
  return {
    typical,
    ratios: acts.map((act) => {
      if (!act || !(typical > 0)) return 1;
      const log = Math.log(((act.n * act.cost) / typical + DOUBT) / (act.n + DOUBT));
      return Math.exp(Math.sign(log) * Math.max(0, Math.abs(log) - ALIKE));
    }),
  };
}
