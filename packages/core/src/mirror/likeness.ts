// One frame against every phase of one act. All hypotheses of an act (rates, onsets, cells of the grid) compare the frame
// with the same postures, so the dot products behind the comparisons are taken once, when first asked for:
//   |y - m|^2 = y'y - 2 y'm + m'm,   A'(y - m) = A'y - A'm
// What does not depend on the frame is tabulated for all rows the act knows, and taken anew over the rows seen
// when some are missing.

import { type Gauge, createGauge, gaugeLatent, gaugeRows } from "./gauge.ts";
import type { Motion } from "./motion.ts";
import { GRID } from "./spec.ts";
import type { Table } from "./tables.ts";

/** A frame and its comparisons with one table; scratch, plain data. */
export interface Likeness {
  /** All that the act knows is seen. */
  complete: boolean;
  /** 1 for coordinates both seen and known, else 0, [S]; the frame below is 0 where it is. */
  weights: Float64Array;
  raw: Float64Array;
  posture: Float64Array;
  heading: Float64Array;
  rawSquare: number;
  headingSquare: number;
  /** Which of the following hold for this frame, by grid point. */
  have: Uint8Array;
  rawDot: Float64Array;
  headingDot: Float64Array;
  /** A_g'y, [GRID, rank]. */
  across: Float64Array;
  /** Taken over the rows seen; the table's own serves complete frames. */
  partial: Gauge;
}

const POSTURE = 1,
  HEADING = 2,
  SMOOTH = 4,
  LATENT = 8;

export function createLikeness(S: number, rank: number): Likeness {
  return {
    complete: false,
    weights: new Float64Array(S),
    raw: new Float64Array(S),
    posture: new Float64Array(S),
    heading: new Float64Array(S),
    rawSquare: 0,
    headingSquare: 0,
    have: new Uint8Array(GRID),
    rawDot: new Float64Array(GRID),
    headingDot: new Float64Array(GRID),
    across: new Float64Array(GRID * rank),
    partial: createGauge(rank),
  };
}

/** Turns to another frame or act. */
export function face(likeness: Likeness, motion: Motion, table: Table): void {
  const { weights, raw, posture, heading } = likeness;
  let count = 0,
    rawSquare = 0,
    headingSquare = 0;
  for (let d = 0; d < weights.length; d++) {
    const w = motion.seen[d] & table.known[d],
      y = w * motion.raw[d],
      h = w * motion.heading[d];
    count += w;
    weights[d] = w;
    raw[d] = y;
    posture[d] = w * motion.posture[d];
    heading[d] = h;
    rawSquare += y * y;
    headingSquare += h * h;
  }
  likeness.complete = count === table.knownCount;
  likeness.rawSquare = rawSquare;
  likeness.headingSquare = headingSquare;
  likeness.have.fill(0);
}

/** |y - m|^2 at a fractional grid position. */
export function postureCost(likeness: Likeness, table: Table, grid: number): number {
  const g = Math.min(GRID - 2, Math.floor(grid)),
    f = grid - g;
  needPosture(likeness, table, g);
  needPosture(likeness, table, g + 1);
  const { postureNorm, postureCross } = gaugeOf(likeness, table);
  return between(likeness.rawSquare, likeness.rawDot, postureNorm, postureCross, g, f);
}

/** |h - h_m|^2 at a fractional grid position. */
export function headingCost(likeness: Likeness, table: Table, grid: number): number {
  const g = Math.min(GRID - 2, Math.floor(grid)),
    f = grid - g;
  needHeading(likeness, table, g);
  needHeading(likeness, table, g + 1);
  const { headingNorm, headingCross } = gaugeOf(likeness, table);
  return between(likeness.headingSquare, likeness.headingDot, headingNorm, headingCross, g, f);
}

/** |h - h_g|^2 at a grid point. */
export function headingCostAt(likeness: Likeness, table: Table, g: number): number {
  needHeading(likeness, table, g);
  return Math.max(0, likeness.headingSquare - 2 * likeness.headingDot[g] + gaugeOf(likeness, table).headingNorm[g]);
}

/** |s_g|^2 of the smoothed posture at a grid point. */
export function smoothNormAt(likeness: Likeness, table: Table, g: number): number {
  if (!likeness.complete && (likeness.have[g] & SMOOTH) === 0) {
    likeness.have[g] |= SMOOTH;
    gaugeRows(table.smooth, g, likeness.weights, likeness.partial.smoothNorm, undefined);
  }
  return gaugeOf(likeness, table).smoothNorm[g];
}

/** A'A at the nearest grid point is found in this gauge, at `nearest * r * r`. */
export function latentGauge(likeness: Likeness, table: Table, nearest: number): Gauge {
  needLatent(likeness, table, nearest);
  return gaugeOf(likeness, table);
}

/** u = A'(y - m), A at the nearest grid point, m between grid points. */
export function acrossMean(likeness: Likeness, table: Table, grid: number, u: Float64Array): void {
  const g = Math.min(GRID - 2, Math.floor(grid)),
    f = grid - g,
    nearest = Math.round(grid),
    r = table.rank;
  needLatent(likeness, table, nearest);
  const { lean } = gaugeOf(likeness, table),
    { across } = likeness;
  for (let k = 0, p = nearest * r, q = p * 3 + g - nearest + 1; k < r; k++, p++, q += 3)
    u[k] = across[p] - (1 - f) * lean[q] - f * lean[q + 1];
}

/** u = A'e at a grid point, two rows at a time: sums that wait for one another are what costs. */
export function project(table: Table, g: number, e: Float64Array, u: Float64Array, at: number): void {
  const S = e.length,
    r = table.rank,
    { latent } = table;
  let from = g * r * S,
    k = 0;
  for (; k + 1 < r; k += 2, from += 2 * S) {
    let s = 0,
      t = 0;
    for (let d = 0, p = from, q = from + S; d < S; d++, p++, q++) {
      const v = e[d];
      s += latent[p] * v;
      t += latent[q] * v;
    }
    u[at + k] = s;
    u[at + k + 1] = t;
  }
  if (k === r) return;
  let s = 0;
  for (let d = 0; d < S; d++) s += latent[from + d] * e[d];
  u[at + k] = s;
}

/** Dot product of a frame with row `g` of a table. */
export function dotRow(y: Float64Array, rows: Float32Array, g: number): number {
  const S = y.length,
    even = S & ~1;
  let p = g * S,
    s = 0,
    t = 0;
  for (let d = 0; d < even; d += 2, p += 2) {
    s += y[d] * rows[p];
    t += y[d + 1] * rows[p + 1];
  }
  return even === S ? s + t : s + t + y[even] * rows[p];
}

function gaugeOf(likeness: Likeness, table: Table): Gauge {
  return likeness.complete ? table.gauge : likeness.partial;
}

/** Never below zero: the terms of a close match nearly cancel. */
function between(
  square: number,
  dot: Float64Array,
  norm: Float64Array,
  cross: Float64Array,
  g: number,
  f: number,
): number {
  const c = 1 - f;
  return Math.max(
    0,
    square - 2 * (c * dot[g] + f * dot[g + 1]) + c * c * norm[g] + 2 * c * f * cross[g] + f * f * norm[g + 1],
  );
}

function needPosture(likeness: Likeness, table: Table, g: number): void {
  if (likeness.have[g] & POSTURE) return;
  likeness.have[g] |= POSTURE;
  likeness.rawDot[g] = dotRow(likeness.raw, table.posture, g);
  if (likeness.complete) return;
  const { postureNorm, postureCross } = likeness.partial;
  gaugeRows(table.posture, g, likeness.weights, postureNorm, postureCross);
}

function needHeading(likeness: Likeness, table: Table, g: number): void {
  if (likeness.have[g] & HEADING) return;
  likeness.have[g] |= HEADING;
  likeness.headingDot[g] = dotRow(likeness.heading, table.heading, g);
  if (likeness.complete) return;
  const { headingNorm, headingCross } = likeness.partial;
  gaugeRows(table.heading, g, likeness.weights, headingNorm, headingCross);
}

function needLatent(likeness: Likeness, table: Table, g: number): void {
  if (likeness.have[g] & LATENT) return;
  likeness.have[g] |= LATENT;
  project(table, g, likeness.raw, likeness.across, g * table.rank);
  if (!likeness.complete) gaugeLatent(table.latent, table.posture, g, likeness.weights, likeness.partial);
}
