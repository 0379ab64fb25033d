// Conditioning on many frames at once, as when an act is watched half-way: the same update as `condition`, with the
// structure of Sigma used. With B the basis at the phases seen, A_d = p s_d B K0 B' + R per dimension, and the
// scatter rows U as few shared coefficients z on top (Woodbury's identity),
//   z = (I + sum U_d' A_d^-1 U_d)^-1 sum U_d' A_d^-1 e_d,   w_d = mu_d + V_d z + p s_d K0 B' A_d^-1 (e_d - U_d z),
// which costs frames^3 + frames^2 rows a dimension instead of (frames x dimensions)^3.

import { backSolve, cholesky, choleskySolve, forwardSolve } from "../linalg.ts";
import { type Variant, deviationRows, shrinkage } from "./act.ts";
import { BASIS, basisAt, smoothness } from "./basis.ts";

/** Weights expected after the frames, [D, P], and the log density of the frames before. */
export interface Explained {
  mu: Float64Array;
  logEvidence: number;
}

/** What one dimension says: its frames, the whitened residual e [F] and scatter rows U [rows, F]. */
interface Part {
  d: number;
  frames: readonly number[];
  factor: Float64Array;
  e: Float64Array;
  U: Float64Array;
}

/**
 * Conditions a way of doing an act on postures.
 *
 * @param phases of the frames, [F]
 * @param values [F, D] row-major; NaN where not seen
 * @param noise standard deviation of a value, more than 0
 */
export function conditionOnFrames(
  variant: Variant,
  phases: ArrayLike<number>,
  values: ArrayLike<number>,
  noise: number,
): Explained {
  const D = variant.known.length,
    r = deviationRows(variant),
    size = variant.mu.length;
  if (values.length !== phases.length * D)
    throw new RangeError(
      `frames: ${values.length} values for ${phases.length} frames, expected ${phases.length} x ${D}`,
    );
  if (!(noise > 0)) throw new RangeError(`frames: noise is ${noise}, expected a standard deviation above 0`);
  const { prior, scatter } = shrinkage(variant);
  const { B, KB } = basisOf(phases);
  const left = new Float64Array(r * r),
    right = new Float64Array(r);
  for (let i = 0; i < r; i++) left[i * r + i] = 1;
  let logEvidence = 0;
  const parts: Part[] = [];
  for (let d = 0; d < D; d++) {
    const part = whiten(variant, d, B, KB, values, noise * noise);
    const F = part.frames.length;
    if (F === 0) continue;
    for (let i = 0; i < F; i++) logEvidence -= Math.log(part.factor[i * F + i]);
    logEvidence -= 0.5 * (dot(part.e, 0, part.e, 0, F) + F * Math.log(2 * Math.PI));
    for (let i = 0; i < r; i++) {
      right[i] += dot(part.U, i * F, part.e, 0, F);
      for (let j = 0; j <= i; j++) left[i * r + j] += dot(part.U, i * F, part.U, j * F, F);
    }
    parts.push(part);
  }
  const z = right.slice();
  if (r > 0) {
    logEvidence -= 0.5 * cholesky(left, r);
    choleskySolve(left, r, z);
    logEvidence += 0.5 * dot(right, 0, z, 0, r);
  }
  const mu = variant.mu.slice(),
    share = Math.sqrt(scatter);
  for (let i = 0; i < r; i++) for (let k = 0; k < size; k++) mu[k] += share * z[i] * variant.deviations[i * size + k];
  for (const { d, frames, factor, e, U } of parts) {
    const F = frames.length;
    for (let i = 0; i < r; i++) for (let j = 0; j < F; j++) e[j] -= z[i] * U[i * F + j];
    backSolve(factor, F, e);
    for (let j = 0; j < F; j++)
      for (let i = 0; i < BASIS; i++) mu[d * BASIS + i] += prior * variant.prior[d] * KB[frames[j] * BASIS + i] * e[j];
  }
  return { mu, logEvidence };
}

/** B [F, P] and B K0 [F, P]. */
function basisOf(phases: ArrayLike<number>): { B: Float64Array; KB: Float64Array } {
  const F = phases.length,
    k0 = smoothness();
  const B = new Float64Array(F * BASIS),
    KB = new Float64Array(F * BASIS);
  for (let f = 0; f < F; f++) {
    const b = B.subarray(f * BASIS, (f + 1) * BASIS);
    basisAt(phases[f], b);
    for (let i = 0; i < BASIS; i++) KB[f * BASIS + i] = dot(k0, i * BASIS, b, 0, BASIS);
  }
  return { B, KB };
}

function whiten(
  variant: Variant,
  d: number,
  B: Float64Array,
  KB: Float64Array,
  values: ArrayLike<number>,
  R: number,
): Part {
  const D = variant.known.length,
    r = deviationRows(variant),
    size = variant.mu.length;
  const { prior, scatter } = shrinkage(variant),
    scale = prior * variant.prior[d],
    share = Math.sqrt(scatter);
  const frames: number[] = [];
  for (let f = 0; f < B.length / BASIS; f++) if (!Number.isNaN(values[f * D + d])) frames.push(f);
  const F = frames.length;
  const factor = new Float64Array(F * F),
    e = new Float64Array(F),
    U = new Float64Array(r * F);
  frames.forEach((f, i) => {
    for (let j = 0; j <= i; j++) factor[i * F + j] = scale * dot(B, f * BASIS, KB, frames[j] * BASIS, BASIS);
    factor[i * F + i] += R;
    e[i] = values[f * D + d] - dot(B, f * BASIS, variant.mu, d * BASIS, BASIS);
    for (let k = 0; k < r; k++)
      U[k * F + i] = share * dot(B, f * BASIS, variant.deviations, k * size + d * BASIS, BASIS);
  });
  cholesky(factor, F);
  forwardSolve(factor, F, e);
  for (let k = 0; k < r; k++) forwardSolve(factor, F, U, k * F);
  return { d, frames, factor, e, U };
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let s = 0;
  for (let k = 0; k < n; k++) s += a[i + k] * b[j + k];
  return s;
}
