// Hypotheses of where in the act the other is, at any tempo: cells over rate and phase. The clock is distance travelled,
// not time, so that it follows hesitation and hurry; each rate is a distance per distance expected. One Gaussian over
// the latent weights serves all cells of a slot (assumed-density filter).

import { cholesky, choleskySolve } from "../linalg.ts";
import { addGram, frameVariance, innovate } from "./bank.ts";
import { dotRow, headingCostAt, latentGauge, project, smoothNormAt } from "./likeness.ts";
import { GRID_RATES, GRID_RATE_CHANGE, GRID } from "./spec.ts";
import { type Mirror, CELLS, unknownCost } from "./state.ts";
import type { Table } from "./tables.ts";

const Q = GRID_RATES.length;

/** Mass of a phase too small to be worth comparing with what is seen. */
const LIGHT = 1e-4;

/** One frame of a slot's grid: moved on, weighed by what is seen, its latent weights updated. */
export function explainGrid(mirror: Mirror, slot: number, table: Table, weight: number): void {
  const { spec, motion, scratch, cells, low, high } = mirror;
  const { next, cost, likeness } = scratch;
  const at = slot * CELLS,
    from = low[slot];
  if (mirror.frames[slot] === 0) {
    next.fill(0);
    for (let q = 0; q < Q; q++) next[q * GRID] = cells[at + q * GRID];
  } else transport(mirror, slot, (motion.step / table.length) * (GRID - 1), weight);
  const to = high[slot];
  let mean = 0;
  for (let g = from; g <= to; g++) {
    let m = 0;
    for (let q = 0; q < Q; q++) m += next[q * GRID + g];
    cost[g] = m;
    mean += g * m;
  }
  const square = expectOffset(mirror, slot, table, Math.round(mean));
  let least = Infinity,
    lo = GRID,
    hi = -1;
  for (let g = from; g <= to; g++) {
    if (cost[g] <= LIGHT) {
      cost[g] = Infinity;
      continue;
    }
    if (lo > g) lo = g;
    hi = g;
    const posture = square - 2 * dotRow(scratch.e, table.smooth, g) + smoothNormAt(likeness, table, g);
    cost[g] = Math.max(0, posture) + spec.headingWeight * headingCostAt(likeness, table, g);
    if (cost[g] < least) least = cost[g];
  }
  const lambda = (spec.posturePrecision * weight) / table.loose;
  let sum = 0;
  for (let g = from; g <= to; g++) {
    const l = cost[g] === Infinity ? 0 : Math.exp(-lambda * (cost[g] - least));
    for (let q = 0; q < Q; q++) sum += next[q * GRID + g] *= l;
  }
  const scale = 1 / sum;
  mean = 0;
  for (let q = 0; q < Q; q++)
    for (let g = from; g <= to; g++) {
      const v = next[q * GRID + g] * scale;
      cells[at + q * GRID + g] = v;
      mean += g * v;
    }
  low[slot] = lo;
  high[slot] = hi;
  mirror.gridMean[slot] = Math.min(GRID - 1, mean);
  mirror.gridMass[slot] +=
    spec.evidence *
    (Math.log(sum) -
      lambda * least -
      spec.posturePrecision * weight * (spec.typical * Math.log(table.loose) + unknownCost(mirror, table)));
  if (table.rank > 0)
    updateLatent(mirror, slot, table, 1 / (table.loose * frameVariance(spec.bankVariance, weight / 15)));
}

/**
 * e = y - A z in the scratch, A at one grid point: the latent weights shift every posture alike over the few phases
 * that carry mass, so the shift is taken once.
 *
 * @returns e'e
 */
function expectOffset(mirror: Mirror, slot: number, table: Table, g: number): number {
  const { e, likeness } = mirror.scratch,
    { posture, weights } = likeness,
    { latent, rank: r } = table;
  const S = e.length,
    zAt = slot * mirror.rank;
  for (let d = 0; d < S; d++) e[d] = posture[d];
  for (let k = 0; k < r; k++) {
    const z = mirror.gridZ[zAt + k];
    if (z !== 0) for (let d = 0, p = (g * r + k) * S; d < S; d++, p++) e[d] -= latent[p] * z;
  }
  let square = 0;
  for (let d = 0; d < S; d++) {
    e[d] *= weights[d];
    square += e[d] * e[d];
  }
  return square;
}

/** The grid's Gaussian, moved by what its mean phase is off. */
function updateLatent(mirror: Mirror, slot: number, table: Table, precision: number): void {
  const { scratch, rank, gridZ, gridLambda } = mirror;
  const { e, u, b, factor, likeness } = scratch;
  const r = table.rank,
    at = slot * rank * rank,
    grid = mirror.gridMean[slot],
    nearest = Math.round(grid);
  const g = Math.min(GRID - 2, Math.floor(grid)),
    f = grid - g,
    S = e.length,
    { posture, weights } = likeness,
    { smooth } = table;
  for (let d = 0, p = g * S, q = p + S; d < S; d++, p++, q++)
    e[d] = posture[d] - weights[d] * (smooth[p] * (1 - f) + smooth[q] * f);
  project(table, nearest, e, u, 0);
  innovate(r, u, latentGauge(likeness, table, nearest).gram, nearest * r * r, gridZ, slot * rank, precision, b);
  // The precision counts every known row, seen or not: the postures compared with are remembered ones.
  addGram(table, grid, precision, gridLambda, at);
  for (let i = 0; i < r * r; i++) factor[i] = gridLambda[at + i];
  cholesky(factor, r);
  choleskySolve(factor, r, b);
  for (let i = 0; i < r; i++) gridZ[slot * rank + i] += b[i];
}

/**
 * Moves a slot's mass on, into the scratch: each rate by its own share of the distance, a fraction of a bin split
 * linearly; rates leak to their neighbours.
 */
export function transport(mirror: Mirror, slot: number, bins: number, weight: number): void {
  const { cells, low, high } = mirror,
    { next } = mirror.scratch;
  const at = slot * CELLS,
    from = low[slot],
    last = high[slot];
  next.fill(0);
  for (let q = 0; q < Q; q++) {
    const shift = Math.min(GRID, bins / GRID_RATES[q]),
      whole = Math.floor(shift),
      f = shift - whole;
    const row = at + q * GRID,
      out = q * GRID;
    for (let g = from; g <= last; g++) {
      const v = cells[row + g];
      if (v < 1e-12) continue;
      next[out + Math.min(GRID - 1, g + whole)] += v * (1 - f);
      next[out + Math.min(GRID - 1, g + whole + 1)] += v * f;
    }
  }
  const to = Math.min(GRID - 1, last + Math.floor(Math.min(GRID, bins / GRID_RATES[0])) + 1);
  high[slot] = to;
  const leak = 0.5 * GRID_RATE_CHANGE * Math.min(2, weight);
  for (let g = from; g <= to; g++) {
    let before = next[g];
    for (let q = 0; q < Q; q++) {
      const here = next[q * GRID + g];
      const after = q + 1 < Q ? next[(q + 1) * GRID + g] : here;
      next[q * GRID + g] = here * (1 - 2 * leak) + leak * ((q > 0 ? before : here) + after);
      before = here;
    }
  }
}
