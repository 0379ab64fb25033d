// What comparisons need to know of an act's table besides its rows: norms and inner products of the rows, over all that
// the act knows (tabulated) or over the coordinates seen (taken anew when some are missing).

import { GRID } from "./spec.ts";

/** What comparisons need to know of a table besides its rows, over some of its coordinates. */
export interface Gauge {
  /** m_g'm_g and m_g'm_{g+1}, [GRID]. */
  postureNorm: Float64Array;
  postureCross: Float64Array;
  headingNorm: Float64Array;
  headingCross: Float64Array;
  smoothNorm: Float64Array;
  /** A_g'A_g, [GRID, r, r]. */
  gram: Float64Array;
  /** A_g'm of the grid point before, at and after g, [GRID, r, 3]. */
  lean: Float64Array;
}

export function createGauge(rank: number): Gauge {
  return {
    postureNorm: new Float64Array(GRID),
    postureCross: new Float64Array(GRID),
    headingNorm: new Float64Array(GRID),
    headingCross: new Float64Array(GRID),
    smoothNorm: new Float64Array(GRID),
    gram: new Float64Array(GRID * rank * rank),
    lean: new Float64Array(GRID * rank * 3),
  };
}

/** Norms (and products with the next row) of a grid point over the coordinates with weight 1. */
export function gaugeRows(
  rows: Float32Array,
  g: number,
  weights: Float64Array,
  norm: Float64Array,
  cross: Float64Array | undefined,
): void {
  const S = weights.length,
    at = g * S,
    after = g < GRID - 1 && cross ? at + S : at;
  let n = 0,
    c = 0;
  for (let d = 0; d < S; d++) {
    const v = weights[d] * rows[at + d];
    n += v * v;
    c += v * rows[after + d];
  }
  norm[g] = n;
  if (cross) cross[g] = c;
}

/** gram and lean of a grid point over the coordinates with weight 1. */
export function gaugeLatent(
  latent: Float32Array,
  posture: Float32Array,
  g: number,
  weights: Float64Array,
  out: Gauge,
): void {
  const S = weights.length,
    r = latent.length / (GRID * S);
  for (let a = 0; a < r; a++) {
    const row = (g * r + a) * S;
    for (let b = 0; b <= a; b++) {
      const other = (g * r + b) * S;
      let s = 0;
      for (let d = 0; d < S; d++) s += weights[d] * latent[row + d] * latent[other + d];
      out.gram[(g * r + a) * r + b] = out.gram[(g * r + b) * r + a] = s;
    }
    for (let step = -1; step <= 1; step++) {
      const mean = (g + step) * S;
      let s = 0;
      if (mean >= 0 && mean < GRID * S)
        for (let d = 0; d < S; d++) s += weights[d] * latent[row + d] * posture[mean + d];
      out.lean[(g * r + a) * 3 + step + 1] = s;
    }
  }
}
