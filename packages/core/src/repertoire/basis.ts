// The temporal basis every act is written in: P uniform cubic B-splines over phase 0..1, four of them
// non-zero at a time. One projector, computed once a process size, fits any demonstration.

import { cholesky, choleskySolve, inverse } from "../linalg.ts";

/** Basis functions a dimension. Beyond 15-20 nothing changes once the covariance is regularised. */
export const BASIS = 20;

/** Equal phase steps a demonstration is resampled to before fitting. */
export const FIT_SAMPLES = 200;

/** Values of the basis at a phase, [BASIS] into `out` (clamped to 0..1). */
export function basisAt(phase: number, out: Float64Array): void {
  out.fill(0);
  const { span, u } = locate(phase);
  const v = 1 - u;
  out[span] = (v * v * v) / 6;
  out[span + 1] = (3 * u * u * u - 6 * u * u + 4) / 6;
  out[span + 2] = (-3 * u * u * u + 3 * u * u + 3 * u + 1) / 6;
  out[span + 3] = (u * u * u) / 6;
}

/** Derivative of the basis with respect to phase, [BASIS] into `out`. */
export function basisSlopeAt(phase: number, out: Float64Array): void {
  out.fill(0);
  const { span, u } = locate(phase);
  const k = BASIS - 3,
    v = 1 - u;
  out[span] = (-k * v * v) / 2;
  out[span + 1] = (k * (3 * u * u - 4 * u)) / 2;
  out[span + 2] = (k * (-3 * u * u + 2 * u + 1)) / 2;
  out[span + 3] = (k * u * u) / 2;
}

/** Value of one dimension's spline, weights w[at .. at + BASIS), at a phase. */
export function splineAt(w: ArrayLike<number>, at: number, phase: number): number {
  const { span, u } = locate(phase);
  const v = 1 - u,
    i = at + span;
  return (
    (w[i] * v * v * v +
      w[i + 1] * (3 * u * u * u - 6 * u * u + 4) +
      w[i + 2] * (-3 * u * u * u + 3 * u * u + 3 * u + 1) +
      w[i + 3] * u * u * u) /
    6
  );
}

/** Derivative of one dimension's spline with respect to phase. */
export function splineSlopeAt(w: ArrayLike<number>, at: number, phase: number): number {
  const { span, u } = locate(phase);
  const v = 1 - u,
    i = at + span;
  return (
    ((BASIS - 3) / 2) *
    (-w[i] * v * v + w[i + 1] * (3 * u * u - 4 * u) + w[i + 2] * (-3 * u * u + 2 * u + 1) + w[i + 3] * u * u)
  );
}

/**
 * Weights that fit one series of FIT_SAMPLES equal phase steps in the least-squares sense (ridge 1e-6).
 *
 * @param y [FIT_SAMPLES]
 * @param out weights go to out[at .. at + BASIS)
 */
export function fitSpline(y: Float64Array, out: Float64Array, at: number): void {
  const p = projector();
  for (let i = 0; i < BASIS; i++) {
    let s = 0;
    for (let n = 0; n < FIT_SAMPLES; n++) s += p[i * FIT_SAMPLES + n] * y[n];
    out[at + i] = s;
  }
}

/**
 * The smoothness prior's covariance for unit scale, (D2' D2 + eps I)^-1 with D2 the second difference: a performance may
 * lie elsewhere or drift evenly, but does not wiggle. [BASIS, BASIS].
 */
export function smoothness(): Float64Array {
  smoothnessCache ??= inverse(penalty(), BASIS);
  return smoothnessCache;
}

// Constants of the basis, filled on first use; nothing is ever written to them after that.
let projectorCache: Float64Array | undefined;
let smoothnessCache: Float64Array | undefined;

function locate(phase: number): { span: number; u: number } {
  const x = Math.min(1, Math.max(0, phase)) * (BASIS - 3);
  const span = Math.min(BASIS - 4, Math.floor(x));
  return { span, u: x - span };
}

function projector(): Float64Array {
  if (projectorCache) return projectorCache;
  const b = new Float64Array(FIT_SAMPLES * BASIS),
    row = new Float64Array(BASIS),
    gram = new Float64Array(BASIS * BASIS);
  for (let n = 0; n < FIT_SAMPLES; n++) {
    basisAt(n / (FIT_SAMPLES - 1), row);
    b.set(row, n * BASIS);
    for (let i = 0; i < BASIS; i++) for (let j = 0; j < BASIS; j++) gram[i * BASIS + j] += row[i] * row[j];
  }
  for (let i = 0; i < BASIS; i++) gram[i * BASIS + i] += 1e-6;
  cholesky(gram, BASIS);
  const out = new Float64Array(BASIS * FIT_SAMPLES),
    column = new Float64Array(BASIS);
  for (let n = 0; n < FIT_SAMPLES; n++) {
    column.set(b.subarray(n * BASIS, (n + 1) * BASIS));
    choleskySolve(gram, BASIS, column);
    for (let i = 0; i < BASIS; i++) out[i * FIT_SAMPLES + n] = column[i];
  }
  projectorCache = out;
  return out;
}

function penalty(): Float64Array {
  const q = new Float64Array(BASIS * BASIS);
  for (let k = 1; k < BASIS - 1; k++)
    for (const [i, a] of [
      [k - 1, 1],
      [k, -2],
      [k + 1, 1],
    ] as const)
      for (const [j, b] of [
        [k - 1, 1],
        [k, -2],
        [k + 1, 1],
      ] as const)
        q[i * BASIS + j] += a * b;
  for (let i = 0; i < BASIS; i++) q[i * BASIS + i] += 1e-3;
  return q;
}
