// Hypotheses of an act done at a steady rate. Each carries a Gaussian over the latent weights of this
// performance, so that an offset seen once is expected to stay (primitives 4.2a). Information form:
//   Lambda' = Lambda + A'A / R,   z' = z + Lambda'^-1 A'e / R,   e = y - m - A z
//   log p += -1/2 (e'e / R - (A'e/R)' Lambda'^-1 (A'e/R) + log|Lambda'| - log|Lambda|)
// Lambda depends on the path of phases, not on the data: for complete frames at the nominal rate its inverse
// and determinant are tabulated.

import { cholesky, choleskySolve } from "../linalg.ts";
import { acrossMean, headingCost, latentGauge, postureCost } from "./likeness.ts";
import { BANK_RATES } from "./spec.ts";
import { type Mirror, tableOf, unknownCost } from "./state.ts";
import { type Table, gridOf } from "./tables.ts";

const R = BANK_RATES.length;

/** Frame intervals this close to the nominal one use the tabulated gains. */
const STEADY = 0.02;

/** Inverse precisions along a steady path: frame n holds r*r numbers of Lambda_n^-1 and half the log-determinant's step. */
export interface GainTable {
  frames: number;
  gains: Float64Array;
}

/** Noise variance of one coordinate at a given frame interval, so that evidence grows with time and not with frames. */
export function frameVariance(bankVariance: number, dt: number): number {
  return bankVariance / Math.max(1e-3, Math.min(0.5, dt) * 15);
}

/** Grid index a steady hypothesis is at, `elapsed` seconds after its onset. */
export function bankGrid(table: Table, rate: number, elapsed: number): number {
  return gridOf(table, Math.min(1, elapsed / (table.duration * Math.exp(BANK_RATES[rate]))));
}

/** True once a steady hypothesis has come to the act's end. */
export function bankOver(table: Table, rate: number, elapsed: number): boolean {
  return elapsed > table.duration * Math.exp(BANK_RATES[rate]);
}

/** Tabulates the gains of one variant at one rate for complete frames every 1/rate s. */
export function tabulateGains(table: Table, rateIndex: number, frameRate: number, bankVariance: number): GainTable {
  const r = table.rank,
    dt = 1 / frameRate;
  const frames = Math.floor(table.duration * Math.exp(BANK_RATES[rateIndex]) * frameRate * (1 + 1e-9)) + 1;
  const width = r * r + 1;
  const gains = new Float64Array(frames * width);
  const lambda = identity(r),
    factor = new Float64Array(r * r),
    column = new Float64Array(r);
  let logdet = 0;
  for (let n = 0; n < frames; n++) {
    addGram(table, bankGrid(table, rateIndex, n * dt), 1 / (table.loose * frameVariance(bankVariance, dt)), lambda, 0);
    factor.set(lambda);
    const next = cholesky(factor, r);
    for (let j = 0; j < r; j++) {
      column.fill(0);
      column[j] = 1;
      choleskySolve(factor, r, column);
      for (let i = 0; i < r; i++) gains[n * width + i * r + j] = column[i];
    }
    gains[n * width + r * r] = 0.5 * (next - logdet);
    logdet = next;
  }
  return { frames, gains };
}

/** lambda += A'A / R at the nearest grid point, over all that the act knows. */
export function addGram(table: Table, grid: number, precision: number, lambda: Float64Array, at: number): void {
  const r = table.rank,
    from = Math.round(grid) * r * r,
    { gram } = table.gauge;
  for (let i = 0; i < r * r; i++) lambda[at + i] += precision * gram[from + i];
}

/**
 * A frame against what the latent weights expect, from u = A'e and G = A'A: b = A'(e - A z) / R.
 *
 * @param gram [r, r] from `gramAt` on
 * @param b [r], overwritten
 * @returns |e - A z|^2 - e'e
 */
export function innovate(
  r: number,
  u: Float64Array,
  gram: Float64Array,
  gramAt: number,
  z: Float64Array,
  zAt: number,
  precision: number,
  b: Float64Array,
): number {
  let change = 0;
  for (let i = 0; i < r; i++) {
    let s = 0;
    for (let j = 0; j < r; j++) s += gram[gramAt + i * r + j] * z[zAt + j];
    change += z[zAt + i] * (s - 2 * u[i]);
    b[i] = precision * (u[i] - s);
  }
  return change;
}

export function identity(r: number): Float64Array {
  const out = new Float64Array(r * r);
  for (let i = 0; i < r; i++) out[i * r + i] = 1;
  return out;
}

/** One frame of a slot's bank: mass, latent weights and precision of each rate. */
export function explainSteady(mirror: Mirror, slot: number, table: Table, weight: number): void {
  const { spec, motion, rank, scratch, exact, bankMass, bankZ, bankLambda } = mirror;
  const { u, b, x, factor, likeness } = scratch;
  const r = table.rank,
    elapsed = motion.time - mirror.onset[slot],
    n = mirror.frames[slot];
  const steady = likeness.complete && Math.abs(elapsed - n / spec.rate) < STEADY / spec.rate;
  if (!steady && !exact[slot]) unroll(mirror, slot, table);
  const precision = 1 / (table.loose * frameVariance(spec.bankVariance, steady || n === 0 ? 1 / spec.rate : motion.dt));
  const hopeless = mirror.mass[slot] - spec.prune;
  const unknown = unknownCost(mirror, table);
  for (let k = 0; k < R; k++) {
    const at = slot * R + k;
    if (bankMass[at] < hopeless) {
      bankMass[at] = -Infinity;
      continue;
    }
    const grid = bankGrid(table, k, elapsed);
    const over = bankOver(table, k, elapsed);
    const zAt = at * rank;
    let square = postureCost(likeness, table, grid),
      explained = 0;
    if (r > 0) {
      acrossMean(likeness, table, grid, u);
      const nearest = Math.round(grid),
        { gram } = latentGauge(likeness, table, nearest);
      square = Math.max(0, square + innovate(r, u, gram, nearest * r * r, bankZ, zAt, precision, b));
      if (!over) {
        if (exact[slot]) {
          const lambdaAt = at * rank * rank;
          for (let i = 0; i < r * r; i++) factor[i] = bankLambda[lambdaAt + i];
          const before = cholesky(factor, r);
          for (let i = 0; i < r * r; i++) factor[i] = bankLambda[lambdaAt + i] += precision * gram[nearest * r * r + i];
          explained = -0.5 * (cholesky(factor, r) - before);
          for (let i = 0; i < r; i++) x[i] = b[i];
          choleskySolve(factor, r, x);
        } else explained = -tabulatedGain(mirror.gains[tableOf(mirror, slot)][k], n, r, b, x);
        for (let i = 0; i < r; i++) {
          explained += 0.5 * b[i] * x[i];
          bankZ[zAt + i] += x[i];
        }
      }
    }
    const cost =
      0.5 * precision * square -
      explained +
      spec.posturePrecision *
        weight *
        ((spec.headingWeight * headingCost(likeness, table, grid)) / table.loose +
          spec.typical * Math.log(table.loose) +
          unknown);
    bankMass[at] -= spec.evidence * cost;
    if (over) bankMass[at] -= motion.dt / spec.linger;
  }
}

/** x = Lambda^-1 b after n frames; returns half the log-determinant's step. */
function tabulatedGain({ gains, frames }: GainTable, n: number, r: number, b: Float64Array, x: Float64Array): number {
  const from = Math.min(n, frames - 1) * (r * r + 1);
  for (let i = 0; i < r; i++) {
    let s = 0;
    for (let j = 0; j < r; j++) s += gains[from + i * r + j] * b[j];
    x[i] = s;
  }
  return gains[from + r * r];
}

/** From tabulated to explicit precisions: the path so far is run again, without data. */
export function unroll(mirror: Mirror, slot: number, table: Table): void {
  const { spec, rank } = mirror;
  mirror.exact[slot] = 1;
  const precision = 1 / (table.loose * frameVariance(spec.bankVariance, 1 / spec.rate));
  for (let k = 0; k < R; k++) {
    const at = (slot * R + k) * rank * rank;
    for (let i = 0; i < table.rank * table.rank; i++) mirror.bankLambda[at + i] = 0;
    for (let i = 0; i < table.rank; i++) mirror.bankLambda[at + i * table.rank + i] = 1;
    for (let n = 0; n < mirror.frames[slot]; n++)
      if (!bankOver(table, k, n / spec.rate))
        addGram(table, bankGrid(table, k, n / spec.rate), precision, mirror.bankLambda, at);
  }
}
