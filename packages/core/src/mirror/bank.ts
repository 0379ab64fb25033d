// Hypotheses of an act done at a steady rate. Each carries a Gaussian over the latent weights of this
// performance, so that an offset seen once is expected to stay (primitives 4.2a). Information form:
//   Lambda' = Lambda + A'A / R,   z' = z + Lambda'^-1 A'e / R,   e = y - m - A z
//   log p += -1/2 (e'e / R - (A'e/R)' Lambda'^-1 (A'e/R) + log|Lambda'| - log|Lambda|)
// Lambda depends on the path of phases, not on the data: for complete frames at the nominal rate its inverse
// and determinant are tabulated.

import { cholesky, choleskySolve } from "../linalg.ts";
import { BANK_RATES } from "./spec.ts";
import { type Table, GRID, gridOf } from "./tables.ts";

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
    addGram(table, bankGrid(table, rateIndex, n * dt), 1 / frameVariance(bankVariance, dt), lambda, 0);
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

/** lambda += A'A / R at the nearest grid point, for complete frames. */
export function addGram(table: Table, grid: number, precision: number, lambda: Float64Array, at: number): void {
  const r = table.rank,
    from = Math.round(grid) * r * r;
  for (let i = 0; i < r * r; i++) lambda[at + i] += precision * table.gram[from + i];
}

/** lambda += A'A / R over the rows seen. */
export function addGramSeen(
  table: Table,
  grid: number,
  precision: number,
  seen: Uint8Array,
  lambda: Float64Array,
  at: number,
): void {
  const r = table.rank,
    S = seen.length,
    from = Math.round(grid) * r * S;
  for (let a = 0; a < r; a++)
    for (let b = 0; b <= a; b++) {
      let s = 0;
      for (let d = 0; d < S; d++)
        if (seen[d] & table.known[d]) s += table.latent[from + a * S + d] * table.latent[from + b * S + d];
      lambda[at + a * r + b] += precision * s;
      if (a !== b) lambda[at + b * r + a] += precision * s;
    }
}

/**
 * Residual of a frame against an act at a grid position, given the latent weights: e = y - m - A z over the rows both
 * seen and known, with A at the nearest grid point and m interpolated.
 *
 * @param mean [GRID, S], which mean posture: as it is, or as perception smooths it
 * @returns e'e
 */
export function residual(
  table: Table,
  mean: Float64Array,
  grid: number,
  y: Float64Array,
  seen: Uint8Array,
  z: Float64Array,
  zAt: number,
  e: Float64Array,
): number {
  const S = y.length,
    r = table.rank;
  const g = Math.min(GRID - 2, Math.floor(grid)),
    f = grid - g;
  const a = g * S,
    b = a + S,
    from = Math.round(grid) * r * S;
  const known = table.known;
  for (let d = 0; d < S; d++) e[d] = y[d] - mean[a + d] * (1 - f) - mean[b + d] * f;
  for (let k = 0; k < r; k++) {
    const zk = z[zAt + k];
    if (zk === 0) continue;
    const row = from + k * S;
    for (let d = 0; d < S; d++) e[d] -= table.latent[row + d] * zk;
  }
  let sum = 0;
  for (let d = 0; d < S; d++) {
    if ((seen[d] & known[d]) === 0) e[d] = 0;
    sum += e[d] * e[d];
  }
  return sum;
}

/** b = A'e / R at the nearest grid point. */
export function project(table: Table, grid: number, precision: number, e: Float64Array, b: Float64Array): void {
  const S = e.length,
    r = table.rank,
    from = Math.round(grid) * r * S;
  for (let k = 0; k < r; k++) {
    const row = from + k * S;
    let s = 0;
    for (let d = 0; d < S; d++) s += table.latent[row + d] * e[d];
    b[k] = precision * s;
  }
}

export function identity(r: number): Float64Array {
  const out = new Float64Array(r * r);
  for (let i = 0; i < r; i++) out[i * r + i] = 1;
  return out;
}
