// The mirror: every act of the repertoire, run forward in the mind, competes to explain the stream.
//
// A hypothesis (slot) is one variant of one act with one onset. Inside it two clocks are averaged: a bank of
// steady rates in time, and a grid over phase and rate that advances with distance travelled and so follows any
// change of tempo. Slots exchange probability with "none of these" as a hidden semi-Markov model does: an onset
// takes mass from none, an ended act gives it back. So the stream needs no cutting.

import { cholesky, choleskySolve } from "../linalg.ts";
import { type GainTable, addGram, addGramSeen, bankGrid, bankOver, frameVariance, project, residual } from "./bank.ts";
import { type Motion, advance, createMotion, resetMotion } from "./motion.ts";
import { BANK_RATES, GRID_RATES, GRID_RATE_CHANGE, GRID_RATE_SPREAD, type MirrorSpec } from "./spec.ts";
import { type Table, GRID, timePhaseAt } from "./tables.ts";

const R = BANK_RATES.length,
  Q = GRID_RATES.length,
  CELLS = Q * GRID;

/** Everything the mirror knows and believes: plain data, survives structuredClone. */
export interface Mirror {
  spec: MirrorSpec;
  metric: Float64Array;
  tables: Table[];
  /** [tables][BANK_RATES]. */
  gains: GainTable[][];
  motion: Motion;
  /** Log mass of "no known act now". */
  none: number;
  /** Per slot, [tables * slots]. */
  on: Uint8Array;
  onset: Float64Array;
  frames: Int32Array;
  /** Log mass of the slot: bank and grid averaged. */
  mass: Float64Array;
  /** Log prior the slot began with, relative to none. */
  logPrior: Float64Array;
  /** Clock units seen since onset. */
  travelled: Float64Array;
  bankMass: Float64Array;
  bankZ: Float64Array;
  /** 0 while the tabulated gains hold, 1 once precisions are carried explicitly. */
  exact: Uint8Array;
  bankLambda: Float64Array;
  gridMass: Float64Array;
  /** [slots, Q, GRID], sums to 1. */
  cells: Float64Array;
  gridZ: Float64Array;
  gridLambda: Float64Array;
  /** Mean grid position of each slot, and its smoothed speed relative to the act as learned. */
  gridMean: Float64Array;
  tempo: Float64Array;
  phase: Float64Array;
  /** Cost and weight of the frames since onset, for novelty. */
  costSum: Float64Array;
  weightSum: Float64Array;
  /** Log prior of each table: acts share evenly, and an act's variants share what it has. */
  prior: Float64Array;
  /** s since onsets were last considered. */
  sinceOnset: number;
  rank: number;
  scratch: Scratch;
}

interface Scratch {
  e: Float64Array;
  b: Float64Array;
  x: Float64Array;
  factor: Float64Array;
  next: Float64Array;
  cost: Float64Array;
  shifted: Float64Array;
  weights: Float64Array;
}

/** Frame intervals this close to the nominal one use the tabulated gains. */
const STEADY = 0.02;
/** Mass of a phase too small to be worth comparing with what is seen. */
const LIGHT = 1e-4;
/** Log odds against none at which even the best hypothesis is given up. */
const FORLORN = 60;
/** Smoothing of tempo, s. */
const TEMPO_TAU = 0.4;

/** A mirror over tables that exist already: acts can be added without computing the others again. */
export function assemble(spec: MirrorSpec, metric: Float64Array, tables: Table[], gains: GainTable[][]): Mirror {
  const S = metric.length,
    N = tables.length * spec.slots;
  const rank = Math.max(1, ...tables.map((t) => t.rank));
  return {
    spec,
    metric,
    tables,
    gains,
    motion: createMotion(S),
    none: 0,
    on: new Uint8Array(N),
    onset: new Float64Array(N),
    frames: new Int32Array(N),
    mass: new Float64Array(N),
    logPrior: new Float64Array(N),
    travelled: new Float64Array(N),
    bankMass: new Float64Array(N * R),
    bankZ: new Float64Array(N * R * rank),
    exact: new Uint8Array(N),
    bankLambda: new Float64Array(N * R * rank * rank),
    gridMass: new Float64Array(N),
    cells: new Float64Array(N * CELLS),
    gridZ: new Float64Array(N * rank),
    gridLambda: new Float64Array(N * rank * rank),
    gridMean: new Float64Array(N),
    tempo: new Float64Array(N),
    phase: new Float64Array(N),
    costSum: new Float64Array(N),
    weightSum: new Float64Array(N),
    prior: tablePriors(tables),
    sinceOnset: Infinity,
    rank,
    scratch: {
      e: new Float64Array(S),
      b: new Float64Array(rank),
      x: new Float64Array(rank),
      factor: new Float64Array(rank * rank),
      next: new Float64Array(CELLS),
      cost: new Float64Array(GRID),
      shifted: new Float64Array(S),
      weights: new Float64Array(S),
    },
  };
}

function tablePriors(tables: readonly Table[]): Float64Array {
  const count = new Map<number, number>();
  for (const { act } of tables) count.set(act, (count.get(act) ?? 0) + 1);
  return Float64Array.from(tables, ({ act }) => -Math.log(count.size * (count.get(act) ?? 1)));
}

/** Forgets the stream, keeps the acts. */
export function resetMirror(mirror: Mirror): void {
  resetMotion(mirror.motion);
  mirror.on.fill(0);
  mirror.none = 0;
  mirror.sinceOnset = Infinity;
}

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
  for (let slot = 0; slot < on.length; slot++)
    if (on[slot]) explain(mirror, slot, tables[(slot / spec.slots) | 0], time, Math.min(weight, 7.5));
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
  const onset = first ? spec.onset : spec.onset * 0.1;
  const given = mirror.none + Math.log(onset);
  if (tables.length > 0) mirror.none += Math.log(1 - onset);
  let top = mirror.none;
  for (let s = 0; s < on.length; s++) if (on[s]) top = Math.max(top, mass[s]);
  for (let k = 0; k < tables.length; k++) {
    const share = given + mirror.prior[k];
    if (share < top - spec.prune) continue;
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
    // A running hypothesis that is worth more than a new start is not given up for one.
    if (on[slot] && worst > share - spec.giveUp) continue;
    begin(mirror, slot, tables[k], time, share);
    mirror.logPrior[slot] = share - mirror.none;
  }
}

function begin(mirror: Mirror, slot: number, table: Table, time: number, logMass: number): void {
  const { rank } = mirror;
  mirror.on[slot] = 1;
  mirror.onset[slot] = time;
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
  let sum = 0;
  for (let q = 0; q < Q; q++) sum += Math.exp(-0.5 * (Math.log(GRID_RATES[q]) / GRID_RATE_SPREAD) ** 2);
  for (let q = 0; q < Q; q++)
    mirror.cells[cells + q * GRID] = Math.exp(-0.5 * (Math.log(GRID_RATES[q]) / GRID_RATE_SPREAD) ** 2) / sum;
}

function explain(mirror: Mirror, slot: number, table: Table, time: number, weight: number): void {
  const fresh = mirror.frames[slot] === 0;
  mirror.travelled[slot] += fresh ? 0 : mirror.motion.step;
  explainSteady(mirror, slot, table, time, weight);
  explainGrid(mirror, slot, table, weight, fresh);
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
}

function explainSteady(mirror: Mirror, slot: number, table: Table, time: number, weight: number): void {
  const { spec, motion, rank, scratch } = mirror;
  const { e, b, x, factor } = scratch;
  const r = table.rank,
    elapsed = time - mirror.onset[slot],
    n = mirror.frames[slot];
  const dt = n === 0 ? 1 / spec.rate : motion.dt;
  const complete =
    motion.seenCount === motion.seen.length ||
    (motion.seenCount >= table.knownCount && coversKnown(motion.seen, table.known));
  const steady = complete && Math.abs(elapsed - n / spec.rate) < STEADY / spec.rate;
  if (!steady && !mirror.exact[slot]) unroll(mirror, slot, table);
  const precision = 1 / frameVariance(spec.bankVariance, steady ? 1 / spec.rate : dt);
  const hopeless = mirror.mass[slot] - spec.prune;
  for (let k = 0; k < R; k++) {
    const at = slot * R + k;
    if (mirror.bankMass[at] < hopeless) {
      mirror.bankMass[at] = -Infinity;
      continue;
    }
    const grid = bankGrid(table, k, elapsed);
    const over = bankOver(table, k, elapsed);
    const zAt = at * rank;
    const ee = residual(table, table.posture, grid, motion.raw, motion.seen, mirror.bankZ, zAt, e);
    let cost = 0.5 * precision * ee;
    if (r > 0 && !over) {
      project(table, grid, precision, e, b);
      let gain = 0,
        half: number;
      if (!mirror.exact[slot]) {
        const { gains, frames } = mirror.gains[slotTable(mirror, slot)][k];
        const from = Math.min(n, frames - 1) * (r * r + 1);
        for (let i = 0; i < r; i++) {
          let s = 0;
          for (let j = 0; j < r; j++) s += gains[from + i * r + j] * b[j];
          x[i] = s;
        }
        half = gains[from + r * r];
      } else {
        const lambdaAt = at * rank * rank;
        for (let i = 0; i < r * r; i++) factor[i] = mirror.bankLambda[lambdaAt + i];
        const before = cholesky(factor, r);
        if (complete) addGram(table, grid, precision, mirror.bankLambda, lambdaAt);
        else addGramSeen(table, grid, precision, motion.seen, mirror.bankLambda, lambdaAt);
        for (let i = 0; i < r * r; i++) factor[i] = mirror.bankLambda[lambdaAt + i];
        half = 0.5 * (cholesky(factor, r) - before);
        for (let i = 0; i < r; i++) x[i] = b[i];
        choleskySolve(factor, r, x);
      }
      for (let i = 0; i < r; i++) {
        gain += b[i] * x[i];
        mirror.bankZ[zAt + i] += x[i];
      }
      cost += half - 0.5 * gain;
    }
    const h = headingCost(mirror, table, grid);
    cost += spec.posturePrecision * weight * (spec.headingWeight * h + unknownCost(mirror, table));
    mirror.bankMass[at] -= spec.evidence * cost;
    if (over) mirror.bankMass[at] -= motion.dt / spec.linger;
  }
}

/** From tabulated to explicit precisions: the path so far is run again, without data. */
function unroll(mirror: Mirror, slot: number, table: Table): void {
  const { spec, rank } = mirror;
  mirror.exact[slot] = 1;
  const precision = 1 / frameVariance(spec.bankVariance, 1 / spec.rate);
  for (let k = 0; k < R; k++) {
    const at = (slot * R + k) * rank * rank;
    for (let i = 0; i < table.rank * table.rank; i++) mirror.bankLambda[at + i] = 0;
    for (let i = 0; i < table.rank; i++) mirror.bankLambda[at + i * table.rank + i] = 1;
    for (let n = 0; n < mirror.frames[slot]; n++)
      if (!bankOver(table, k, n / spec.rate))
        addGram(table, bankGrid(table, k, n / spec.rate), precision, mirror.bankLambda, at);
  }
}

function explainGrid(mirror: Mirror, slot: number, table: Table, weight: number, fresh: boolean): void {
  const { spec, motion, scratch, cells, rank } = mirror;
  const { next, cost, shifted, weights, e } = scratch;
  const at = slot * CELLS,
    S = motion.posture.length;
  if (fresh) for (let i = 0; i < CELLS; i++) next[i] = cells[at + i];
  else transport(cells, at, next, (motion.step / table.length) * (GRID - 1), weight);
  // The latent weights shift every posture alike over the few phases that carry mass, so the shift is taken at
  // the mean phase once (assumed-density filter: one Gaussian a slot).
  let meanGrid = 0,
    lo = GRID,
    hi = -1;
  for (let g = 0; g < GRID; g++) {
    let m = 0;
    for (let q = 0; q < Q; q++) m += next[q * GRID + g];
    cost[g] = m > LIGHT ? 0 : -1;
    if (m > LIGHT) {
      lo = Math.min(lo, g);
      hi = g;
    }
    meanGrid += g * m;
  }
  const from = Math.round(meanGrid) * table.rank * S;
  for (let d = 0; d < S; d++) shifted[d] = motion.posture[d];
  for (let k = 0; k < table.rank; k++) {
    const z = mirror.gridZ[slot * rank + k];
    if (z === 0) continue;
    for (let d = 0; d < S; d++) shifted[d] -= table.latent[from + k * S + d] * z;
  }
  const { smooth, heading: headings } = table,
    heading = motion.heading;
  for (let d = 0; d < S; d++) weights[d] = motion.seen[d] & table.known[d];
  let least = Infinity;
  for (let g = lo; g <= hi; g++) {
    if (cost[g] < 0) continue;
    let s = 0,
      h = 0;
    const row = g * S;
    for (let d = 0; d < S; d++) {
      const a = shifted[d] - smooth[row + d],
        c = heading[d] - headings[row + d];
      s += a * a * weights[d];
      h += c * c * weights[d];
    }
    cost[g] = s + spec.headingWeight * h;
    least = Math.min(least, cost[g]);
  }
  let sum = 0;
  const lambda = spec.posturePrecision * weight;
  for (let g = lo; g <= hi; g++) {
    if (cost[g] < 0) {
      for (let q = 0; q < Q; q++) next[q * GRID + g] = 0;
      continue;
    }
    const l = Math.exp(-lambda * (cost[g] - least));
    for (let q = 0; q < Q; q++) sum += next[q * GRID + g] *= l;
  }
  for (let g = 0; g < lo; g++) for (let q = 0; q < Q; q++) next[q * GRID + g] = 0;
  for (let g = hi + 1; g < GRID; g++) for (let q = 0; q < Q; q++) next[q * GRID + g] = 0;
  const scale = 1 / sum;
  meanGrid = 0;
  for (let q = 0; q < Q; q++)
    for (let g = 0; g < GRID; g++) {
      const v = next[q * GRID + g] * scale;
      cells[at + q * GRID + g] = v;
      meanGrid += g * v;
    }
  mirror.gridMean[slot] = Math.min(GRID - 1, meanGrid);
  mirror.gridMass[slot] += spec.evidence * (Math.log(sum) - lambda * (least + unknownCost(mirror, table)));
  if (table.rank > 0) {
    const precision = 1 / frameVariance(spec.bankVariance, weight / 15);
    residual(
      table,
      table.smooth,
      Math.min(GRID - 1, meanGrid),
      motion.posture,
      motion.seen,
      mirror.gridZ,
      slot * rank,
      e,
    );
    updateLatent(mirror, slot, table, Math.min(GRID - 1, meanGrid), precision);
  }
}

function updateLatent(mirror: Mirror, slot: number, table: Table, grid: number, precision: number): void {
  const { scratch, rank } = mirror;
  const { e, b, factor } = scratch;
  const r = table.rank,
    at = slot * rank * rank;
  project(table, grid, precision, e, b);
  addGram(table, grid, precision, mirror.gridLambda, at);
  for (let i = 0; i < r * r; i++) factor[i] = mirror.gridLambda[at + i];
  cholesky(factor, r);
  choleskySolve(factor, r, b);
  for (let i = 0; i < r; i++) mirror.gridZ[slot * rank + i] += b[i];
}

/** Moves mass on: each rate by its own share of the distance, a fraction of a bin split linearly; rates leak to neighbours. */
function transport(cells: Float64Array, at: number, next: Float64Array, bins: number, weight: number): void {
  next.fill(0);
  for (let q = 0; q < Q; q++) {
    const shift = Math.min(GRID, bins / GRID_RATES[q]),
      whole = Math.floor(shift),
      f = shift - whole;
    const row = at + q * GRID,
      out = q * GRID;
    for (let g = 0; g < GRID; g++) {
      const v = cells[row + g];
      if (v < 1e-12) continue;
      next[out + Math.min(GRID - 1, g + whole)] += v * (1 - f);
      next[out + Math.min(GRID - 1, g + whole + 1)] += v * f;
    }
  }
  const leak = 0.5 * GRID_RATE_CHANGE * Math.min(2, weight);
  for (let g = 0; g < GRID; g++) {
    let before = next[g];
    for (let q = 0; q < Q; q++) {
      const here = next[q * GRID + g];
      const after = q + 1 < Q ? next[(q + 1) * GRID + g] : here;
      next[q * GRID + g] = here * (1 - 2 * leak) + leak * ((q > 0 ? before : here) + after);
      before = here;
    }
  }
}

function headingCost(mirror: Mirror, table: Table, grid: number): number {
  const { heading, seen } = mirror.motion;
  const S = heading.length;
  const g = Math.min(GRID - 2, Math.floor(grid)),
    f = grid - g;
  const a = g * S,
    b = a + S;
  let s = 0;
  for (let d = 0; d < S; d++) {
    if ((seen[d] & table.known[d]) === 0) continue;
    const c = heading[d] - table.heading[a + d] * (1 - f) - table.heading[b + d] * f;
    s += c * c;
  }
  return s;
}

/** Rows an act says nothing about cost it what they cost the background. */
function unknownCost(mirror: Mirror, table: Table): number {
  const S = mirror.metric.length;
  return table.knownCount === S ? 0 : mirror.spec.background.posture * (1 - table.knownCount / S);
}

/** Ended acts give their mass back to none; hopeless hypotheses go; masses are rebased so that nothing drifts away. */
function settle(mirror: Mirror, dt: number): void {
  const { spec, on, mass, cells, gridMass, bankMass } = mirror;
  const leave = dt > 0 ? 1 - Math.exp(-dt / spec.linger) : 0;
  let top = mirror.none,
    best = -Infinity;
  for (let s = 0; s < on.length; s++) if (on[s]) best = Math.max(best, mass[s]);
  top = Math.max(top, best);
  let back = Math.exp(mirror.none - top);
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    if (!(mass[s] >= best - spec.prune && mass[s] > top - FORLORN)) {
      on[s] = 0;
      continue;
    }
    if (leave > 0) {
      let ended = 0;
      for (let q = 0; q < Q; q++) ended += cells[s * CELLS + q * GRID + GRID - 1];
      const out = leave * ended;
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
  const { spec, motion, on, cells, tables, scratch } = mirror;
  const weight = motion.dt * 15;
  for (let s = 0; s < on.length; s++) {
    if (!on[s]) continue;
    const table = tables[(s / spec.slots) | 0];
    if (!mirror.exact[s]) unroll(mirror, s, table);
    transport(cells, s * CELLS, scratch.next, (motion.dt / table.duration) * (GRID - 1), weight);
    for (let i = 0; i < CELLS; i++) cells[s * CELLS + i] = scratch.next[i];
    mirror.frames[s]++;
  }
  mirror.sinceOnset += motion.dt;
}

function coversKnown(seen: Uint8Array, known: Uint8Array): boolean {
  for (let d = 0; d < seen.length; d++) if (known[d] & (1 - seen[d])) return false;
  return true;
}

function slotTable(mirror: Mirror, slot: number): number {
  return (slot / mirror.spec.slots) | 0;
}
