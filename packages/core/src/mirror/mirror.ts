// The mirror: every act of the repertoire, run forward in the mind, competes to explain the stream.
//
// A hypothesis (slot) is one variant of one act with one onset. Inside it two clocks are averaged: a bank of
// steady rates in time, and a grid over phase and rate that advances with distance travelled and so follows any
// change of tempo. Slots exchange probability with "none of these" as a hidden semi-Markov model does: an onset
// takes mass from none, an ended act gives it back. So the stream needs no cutting.

import { explainSteady, unroll } from "./bank.ts";
import { explainGrid, transport } from "./grid.ts";
import { face } from "./likeness.ts";
import { advance, resetMotion } from "./motion.ts";
import { BANK_RATES, GRID_RATES, GRID_RATE_SPREAD, GRID } from "./spec.ts";
import { type Mirror, CELLS, tableOf } from "./state.ts";
import { type Table, timePhaseAt } from "./tables.ts";

export { type Mirror, assemble, resetMirror } from "./state.ts";

const R = BANK_RATES.length,
  Q = GRID_RATES.length;

/** Log odds against none at which even the best hypothesis is given up. */
const FORLORN = 60;
/** An act lasting this many times its duration is given up, within about LEAVE s. */
const OVERDUE = 2.5;
const LEAVE = 0.25;
/** Share of `onset` for starts in the stream, where most moments are not one. */
const LATER = 0.1;
/** Share at the last phase from which an act is as good as over. */
const GONE = 0.9;
/** Smoothing of tempo, s. */
const TEMPO_TAU = 0.4;

/**
 * One frame.
 *
 * @param y seen coordinates, [S], NaN where missing
 * @param time s, later than the frame before
 */
export function observe(mirror: Mirror, y: ArrayLike<number>, time: number): void {
  const { spec, motion, on, tables } = mirror;
  const first = !(motion.time === motion.time);
  advance(motion, spec.motion, y, mirror.metric, time);
  if (motion.seenCount === 0) {
    if (first) resetMotion(motion);
    else drift(mirror);
    return;
  }
  mirror.sinceOnset += motion.dt;
  if (first || mirror.sinceOnset >= spec.onsetEvery) spawn(mirror, time, first);
  const weight = Math.max(motion.dt, first ? 1 / spec.rate : 0) * 15;
  for (let slot = 0, faced = -1; slot < on.length; slot++) {
    if (!on[slot]) continue;
    const k = tableOf(mirror, slot);
    if (k !== faced) face(mirror.scratch.likeness, motion, tables[k]);
    faced = k;
    explain(mirror, slot, tables[k], time, Math.min(weight, 7.5));
  }
  mirror.none -= spec.evidence * spec.posturePrecision * Math.min(weight, 7.5) * backgroundCost(mirror);
  settle(mirror, motion.dt);
}

/** What a frame costs "none of these": a movement like any other, in no particular direction. */
function backgroundCost(mirror: Mirror): number {
  const { background, headingWeight } = mirror.spec;
  const h = mirror.motion.heading;
  let s = 0;
  for (let d = 0; d < h.length; d++) s += h[d] * h[d];
  return background.posture + background.heading * headingWeight * s;
}

/** Puts a fresh hypothesis into every variant: the stream may be at the start of any act. */
function spawn(mirror: Mirror, time: number, first: boolean): void {
  const { spec, tables, on, mass } = mirror;
  mirror.sinceOnset = 0;
  if (tables.length === 0 || mirror.none < bestWorth(mirror) - spec.prune) return;
  const onset = first ? spec.onset : spec.onset * LATER;
  const given = mirror.none + Math.log(onset);
  mirror.none += Math.log(1 - onset);
  for (let k = 0; k < tables.length; k++) {
    const share = given + mirror.prior[k];
    let slot = -1,
      worst = Infinity;
    for (let h = 0; h < spec.slots; h++) {
      const s = k * spec.slots + h;
      if (!on[s]) {
        slot = s;
        worst = -Infinity;
        break;
      }
      if (mass[s] < worst) {
        worst = mass[s];
        slot = s;
      }
    }
    // A running hypothesis that is worth more than a new start is not given up for one; one that is over is, or an act
    // could not be done twice in a row. The better of two that are over stays.
    if (on[slot] && worst > share - spec.giveUp && mirror.ended[slot] < GONE) continue;
    begin(mirror, slot, tables[k], time, share);
    mirror.logPrior[slot] = share - mirror.none;
  }
}

/**
 * What the best hypothesis has to say for itself, its prior aside: against that others are dropped. Where many acts are
 * known the prior of each start is small, and must not be what it is dropped for. An act that is over has said what it
 * had to say, and only its mass stands against what may begin.
 */
function bestWorth({ on, mass, logPrior, ended }: Mirror): number {
  let best = -Infinity;
  for (let s = 0; s < on.length; s++) if (on[s]) best = Math.max(best, mass[s] - (1 - ended[s]) * logPrior[s]);
  return best;
}

function begin(mirror: Mirror, slot: number, table: Table, time: number, logMass: number): void {
  const { rank } = mirror;
  mirror.on[slot] = 1;
  mirror.onset[slot] = time;
  mirror.still[slot] = time;
  mirror.ended[slot] = 0;
  mirror.frames[slot] = 0;
  mirror.travelled[slot] = 0;
  mirror.exact[slot] = 0;
  mirror.mass[slot] = logMass;
  mirror.gridMass[slot] = logMass;
  mirror.gridMean[slot] = 0;
  mirror.tempo[slot] = 1;
  mirror.phase[slot] = 0;
  mirror.costSum[slot] = 0;
  mirror.weightSum[slot] = 0;
  let total = 0;
  for (let r = 0; r < R; r++) total += Math.exp(-0.5 * (BANK_RATES[r] / table.spread) ** 2);
  for (let r = 0; r < R; r++)
    mirror.bankMass[slot * R + r] = logMass - 0.5 * (BANK_RATES[r] / table.spread) ** 2 - Math.log(total);
  mirror.bankZ.fill(0, slot * R * rank, (slot + 1) * R * rank);
  mirror.gridZ.fill(0, slot * rank, (slot + 1) * rank);
  const at = slot * rank * rank;
  mirror.gridLambda.fill(0, at, at + rank * rank);
  for (let i = 0; i < table.rank; i++) mirror.gridLambda[at + i * table.rank + i] = 1;
  const cells = slot * CELLS;
  mirror.cells.fill(0, cells, cells + CELLS);
  mirror.low[slot] = mirror.high[slot] = 0;
  let sum = 0;
  for (let q = 0; q < Q; q++) sum += Math.exp(-0.5 * (Math.log(GRID_RATES[q]) / GRID_RATE_SPREAD) ** 2);
  for (let q = 0; q < Q; q++)
    mirror.cells[cells + q * GRID] = Math.exp(-0.5 * (Math.log(GRID_RATES[q]) / GRID_RATE_SPREAD) ** 2) / sum;
}

function explain(mirror: Mirror, slot: number, table: Table, time: number, weight: number): void {
  if (mirror.frames[slot] > 0) mirror.travelled[slot] += mirror.motion.step;
  explainSteady(mirror, slot, table, weight);
  explainGrid(mirror, slot, table, weight);
  mirror.frames[slot]++;
  let best = mirror.gridMass[slot];
  for (let r = 0; r < R; r++) best = Math.max(best, mirror.bankMass[slot * R + r]);
  let sum = 0.5 * Math.exp(mirror.gridMass[slot] - best);
  for (let r = 0; r < R; r++) sum += 0.5 * Math.exp(mirror.bankMass[slot * R + r] - best);
  const mass = best + Math.log(sum);
  mirror.costSum[slot] += (mirror.mass[slot] - mass) / (mirror.spec.evidence * mirror.spec.posturePrecision);
  mirror.weightSum[slot] += weight;
  mirror.mass[slot] = mass;
  followPhase(mirror, slot, table, time, best, sum);
}

/** Phase of a slot, both clocks averaged by what they explain, and its speed against the act as learned. */
function followPhase(mirror: Mirror, slot: number, table: Table, time: number, best: number, sum: number): void {
  let phase = 0.5 * Math.exp(mirror.gridMass[slot] - best) * timePhaseAt(table, mirror.gridMean[slot]);
  for (let r = 0; r < R; r++) {
    const bank = Math.min(1, (time - mirror.onset[slot]) / (table.duration * Math.exp(BANK_RATES[r])));
    phase += 0.5 * Math.exp(mirror.bankMass[slot * R + r] - best) * bank;
  }
  phase /= sum;
  const { dt } = mirror.motion;
  if (mirror.frames[slot] > 1 && dt > 0 && phase < 0.98) {
    const pace = Math.min(4, Math.max(0, ((phase - mirror.phase[slot]) * table.duration) / dt));
    mirror.tempo[slot] += (1 - Math.exp(-dt / TEMPO_TAU)) * (pace - mirror.tempo[slot]);
  }
  mirror.phase[slot] = phase;
  if (mirror.gridMean[slot] < 1) mirror.still[slot] = time;
}

/** Ended acts give their mass back to none; hopeless hypotheses go; masses are rebased so that nothing drifts away. */
function settle(mirror: Mirror, dt: number): void {
  const { spec, on, onset, motion, tables, mass, logPrior, ended, gridMass, bankMass } = mirror;
  const leave = dt > 0 ? 1 - Math.exp(-dt / spec.linger) : 0;
  const worth = bestWorth(mirror);
  let top = mirror.none;
  for (let s = 0; s < on.length; s++) if (on[s]) top = Math.max(top, mass[s]);
  let back = Math.exp(mirror.none - top);
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    if (!(mass[s] - logPrior[s] >= worth - spec.prune && mass[s] > top - FORLORN)) {
      on[s] = 0;
      continue;
    }
    if (leave > 0) {
      ended[s] = shareOver(mirror, s);
      // What is said to last on and on is something else.
      const overdue = motion.time - onset[s] > OVERDUE * tables[tableOf(mirror, s)].duration;
      const out = overdue ? 1 - Math.exp(-dt / LEAVE) : leave * ended[s];
      if (out > 1e-12) {
        back += out * Math.exp(mass[s] - top);
        // After a long gap all of it may have left: hardly anything, but not nothing, stays.
        const kept = Math.log(Math.max(1e-12, 1 - out));
        mass[s] += kept;
        gridMass[s] += kept;
        for (let r = 0; r < R; r++) bankMass[s * R + r] += kept;
      }
    }
    mass[s] -= top;
    gridMass[s] -= top;
    for (let r = 0; r < R; r++) bankMass[s * R + r] -= top;
  }
  // None can always come back: what a long act has explained well does not make it impossible.
  mirror.none = Math.max(Math.log(back), -FORLORN);
}

/** Nothing seen: acts go on in the mind by time alone, no evidence. */
function drift(mirror: Mirror): void {
  const { motion, on, cells, tables, scratch } = mirror;
  const weight = motion.dt * 15;
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    const table = tables[tableOf(mirror, s)];
    if (!mirror.exact[s]) unroll(mirror, s, table);
    transport(mirror, s, (motion.dt / table.duration) * (GRID - 1), weight);
    for (let i = 0; i < CELLS; i++) cells[s * CELLS + i] = scratch.next[i];
    mirror.ended[s] = shareOver(mirror, s);
    mirror.frames[s]++;
  }
  mirror.sinceOnset += motion.dt;
}

/** Share of a slot's grid at the last phase. */
function shareOver({ cells }: Mirror, slot: number): number {
  let share = 0;
  for (let q = 0; q < Q; q++) share += cells[slot * CELLS + q * GRID + GRID - 1];
  return share;
}
