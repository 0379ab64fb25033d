// One Gaussian update for everything that becomes known about a performance: a start, a goal, a via-point, a
// velocity, or a frame that is seen. All facts are taken in together,
//   mu* = mu + Sigma H' (H Sigma H' + Q)^-1 (y - H mu),   Sigma* = Sigma - Sigma H' (...)^-1 H Sigma,
// on the full Sigma, so that what is asked for is met and the rest of the movement follows as it did in the
// demonstrations (Paraschos et al. 2013).

import { cholesky, choleskySolve, forwardSolve } from "../linalg.ts";
import { type Variant, covarianceTimesRow } from "./act.ts";
import { BASIS } from "./basis.ts";

/** A linear fact about weights w: sum_i b[i] w[at + i] = target, give or take `noise` (variance). */
export interface Row {
  at: number;
  b: Float64Array;
  target: number;
  noise: number;
}

/** Writes Sigma b, b placed at index `at` of the weights, into `out` [size]. */
export type CovarianceTimesRow = (row: Pick<Row, "at" | "b">, out: Float64Array) => void;

/** A Gaussian over weights after m facts. Plain data. */
export interface Conditioned {
  /** [size] */
  mu: Float64Array;
  rows: readonly Row[];
  /** Sigma H', one row a fact, [m, size]. */
  columns: Float64Array;
  /** Lower Cholesky factor of H Sigma H' + Q, [m, m]. */
  factor: Float64Array;
  /** Squared Mahalanobis distance of the facts from what was expected: chi-square with m degrees if the model is right. */
  distance2: number;
  /** Log density of the facts before they were taken in. */
  logEvidence: number;
}

/** Least noise of a fact, as a share of its own prior variance: small enough to hold, large enough to factor. */
const EXACT = 1e-9;

/**
 * Conditions any Gaussian over weights on linear facts.
 *
 * @param mu [size], not changed
 */
export function conditionOn(mu: Float64Array, covariance: CovarianceTimesRow, rows: readonly Row[]): Conditioned {
  const size = mu.length,
    m = rows.length;
  const columns = new Float64Array(m * size),
    factor = new Float64Array(m * m),
    surprise = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const column = columns.subarray(i * size, (i + 1) * size);
    covariance(rows[i], column);
    for (let j = 0; j <= i; j++) factor[i * m + j] = factor[j * m + i] = dot(rows[j], column, 0);
    factor[i * m + i] = noisy(factor[i * m + i], rows[i]);
    surprise[i] = rows[i].target - dot(rows[i], mu, 0);
  }
  const logdet = cholesky(factor, m);
  const next = mu.slice();
  const gain = surprise.slice();
  choleskySolve(factor, m, gain);
  addColumns(columns, gain, next);
  forwardSolve(factor, m, surprise);
  const distance2 = surprise.reduce((s, x) => s + x * x, 0);
  const logEvidence = -0.5 * (distance2 + logdet + m * Math.log(2 * Math.PI));
  return { mu: next, rows, columns, factor, distance2, logEvidence };
}

/** Conditions one way of doing an act on facts about its weights, [D, P]. */
export function condition(variant: Variant, rows: readonly Row[]): Conditioned {
  return conditionOn(variant.mu, covarianceOf(variant), rows);
}

/** A variant's covariance, for rows that touch one dimension each. */
export function covarianceOf(variant: Variant): CovarianceTimesRow {
  return ({ at, b }, out) => covarianceTimesRow(variant, at / BASIS, b, out);
}

/** The covariance left after conditioning, so that more can be conditioned on top. */
export function covarianceAfter(given: Conditioned, prior: CovarianceTimesRow): CovarianceTimesRow {
  const m = given.rows.length,
    size = given.mu.length,
    gain = new Float64Array(m);
  return (row, out) => {
    prior(row, out);
    for (let i = 0; i < m; i++) gain[i] = -dot(row, given.columns, i * size);
    choleskySolve(given.factor, m, gain);
    addColumns(given.columns, gain, out);
  };
}

/**
 * Variance of b'w after conditioning.
 *
 * @param prior its variance before
 */
export function varianceAfter(given: Conditioned, row: Pick<Row, "at" | "b">, prior: number): number {
  const m = given.rows.length,
    size = given.mu.length;
  if (m === 0) return prior;
  const x = new Float64Array(m);
  for (let i = 0; i < m; i++) x[i] = dot(row, given.columns, i * size);
  forwardSolve(given.factor, m, x);
  let s = prior;
  for (let i = 0; i < m; i++) s -= x[i] * x[i];
  return Math.max(0, s);
}

/**
 * Squared Mahalanobis distance of the facts `from` .. `to` alone, as if the others had not been asked.
 *
 * @param mu weights before conditioning, [size]
 */
export function distanceAlone(given: Conditioned, mu: Float64Array, from: number, to: number): number {
  const m = to - from,
    size = mu.length;
  const factor = new Float64Array(m * m),
    surprise = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const row = given.rows[from + i];
    for (let j = 0; j <= i; j++) factor[i * m + j] = dot(row, given.columns, (from + j) * size);
    factor[i * m + i] = noisy(factor[i * m + i], row);
    surprise[i] = row.target - dot(row, mu, 0);
  }
  cholesky(factor, m);
  forwardSolve(factor, m, surprise);
  return surprise.reduce((s, x) => s + x * x, 0);
}

/**
 * Turns a draw from the Gaussian before conditioning into a draw from the one after (Matheron's rule).
 *
 * @param weights [size], changed in place
 * @param normal one draw from N(0, 1) a call
 */
export function conditionSample(given: Conditioned, weights: Float64Array, normal: () => number): void {
  const m = given.rows.length;
  const gain = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const row = given.rows[i];
    gain[i] = row.target - dot(row, weights, 0) - Math.sqrt(row.noise) * normal();
  }
  choleskySolve(given.factor, m, gain);
  addColumns(given.columns, gain, weights);
}

/** The 99 % quantile of chi-square with m degrees of freedom (Wilson & Hilferty 1931, within 1 %). */
export function chiSquare99(m: number): number {
  const v = 2 / (9 * m);
  return m * (1 - v + 2.326348 * Math.sqrt(v)) ** 3;
}

function noisy(variance: number, row: Row): number {
  return variance * (1 + EXACT) + row.noise;
}

function dot(row: Pick<Row, "at" | "b">, x: Float64Array, from: number): number {
  const { b } = row,
    at = from + row.at;
  let s = 0;
  for (let i = 0; i < b.length; i++) s += b[i] * x[at + i];
  return s;
}

function addColumns(columns: Float64Array, gain: Float64Array, out: Float64Array): void {
  const size = out.length;
  for (let i = 0; i < gain.length; i++) {
    const g = gain[i],
      at = i * size;
    for (let k = 0; k < size; k++) out[k] += g * columns[at + k];
  }
}
