// An act: one probabilistic movement primitive that both moves the own body and explains what is seen
// (Paraschos et al. 2013, Probabilistic movement primitives). A performance is
//   x_d(z) = b(z)' w_d,   w ~ N(mu, Sigma),   z in [0, 1]
// with Sigma = ((n-1) S + nu Sigma0) / (n-1+nu): the scatter S of what was shown, shrunk to a prior of
// smooth deviations Sigma0, which is what makes one example enough. An act done in clearly different
// ways keeps each way as a variant under the same name.

import { BASIS, smoothness } from "./basis.ts";

/** Strength of the smoothness prior, in demonstrations (Normal-Inverse-Wishart). */
export const PRIOR_STRENGTH = 2;

/** Most deviation directions a variant keeps. */
export const MAX_DEVIATIONS = 16;

/** One way of doing an act. Arrays are row-major; D = act.dims.length, P = BASIS. */
export interface Variant {
  /** Demonstrations behind it. */
  n: number;
  /** Mean weights, [D, P]. */
  mu: Float64Array;
  /** Scatter of the demonstrations as rows v_j with sum_j v_j v_j' = sum (w-mu)(w-mu)', [rows, D * P]. */
  deviations: Float64Array;
  /** Prior scale of each dimension's deviation, s_d, squared units, [D]. */
  prior: Float64Array;
  /** 1 where a dimension was ever shown, [D]; the others stay at rest and are no evidence. */
  known: Uint8Array;
  /** Mean of the log duration (log s) and its sum of squared deviations. */
  logDuration: number;
  logDurationM2: number;
}

/** In which coordinates an act lives: own motor coordinates, or only as it looks. */
export type Space = "motor" | "seen";

export interface Act {
  name: string;
  /** Stable: survives renaming, and units stay bound to it. */
  id: number;
  space: Space;
  /** Names of the dimensions. */
  dims: readonly string[];
  variants: Variant[];
  /** How far its performances strayed from it when they were replayed; absent where none was. */
  straying?: Straying;
}

/** Median cost of a frame of a performance (metric units squared), of `n` replays. */
export interface Straying {
  readonly cost: number;
  readonly n: number;
}

/** What is known of two acts that are one. */
export function mergedStraying(a: Straying | undefined, b: Straying | undefined): Straying | undefined {
  if (!a || !b) return a ?? b;
  const n = a.n + b.n;
  return { cost: (a.n * a.cost + b.n * b.cost) / n, n };
}

/** Most probable duration of a variant, s. */
export function durationOf(variant: Variant): number {
  return Math.exp(variant.logDuration);
}

/** Standard deviation of the log duration, never below 0.2: people vary that much from day to day. */
export function durationSpread(variant: Variant): number {
  const n = variant.n;
  const prior = 0.2 * 0.2;
  return Math.sqrt(Math.max(prior, (variant.logDurationM2 + PRIOR_STRENGTH * prior) / (n - 1 + PRIOR_STRENGTH)));
}

/** Number of deviation rows a variant carries. */
export function deviationRows(variant: Variant): number {
  return variant.deviations.length / variant.mu.length;
}

/** Weight of the prior and of the deviation rows in Sigma. */
export function shrinkage(variant: Variant): { prior: number; scatter: number } {
  const total = variant.n - 1 + PRIOR_STRENGTH;
  return { prior: PRIOR_STRENGTH / total, scatter: 1 / total };
}

/**
 * Sigma h, where h is a row vector over weights that touches dimension `d` only: `b` holds its P coefficients.
 *
 * @param out [D * P], overwritten
 */
export function covarianceTimesRow(variant: Variant, d: number, b: Float64Array, out: Float64Array): void {
  const k0 = smoothness();
  const { prior, scatter } = shrinkage(variant);
  const size = variant.mu.length,
    rows = deviationRows(variant);
  out.fill(0);
  const s = prior * variant.prior[d];
  for (let i = 0; i < BASIS; i++) {
    let sum = 0;
    for (let j = 0; j < BASIS; j++) sum += k0[i * BASIS + j] * b[j];
    out[d * BASIS + i] = s * sum;
  }
  for (let r = 0; r < rows; r++) {
    let dot = 0;
    const at = r * size;
    for (let j = 0; j < BASIS; j++) dot += variant.deviations[at + d * BASIS + j] * b[j];
    dot *= scatter;
    if (dot !== 0) for (let i = 0; i < size; i++) out[i] += dot * variant.deviations[at + i];
  }
}

/** A copy that shares nothing with the act. */
export function copyAct(act: Act): Act {
  return {
    ...act,
    dims: [...act.dims],
    variants: act.variants.map((v) => ({
      ...v,
      mu: v.mu.slice(),
      deviations: v.deviations.slice(),
      prior: v.prior.slice(),
      known: v.known.slice(),
    })),
  };
}
