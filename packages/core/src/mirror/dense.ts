// Gaussians over latent weights with dense matrices, for the reference mirror (`slow.ts`) and the tests: nothing clever.

/** Inverse and log-determinant by Gauss-Jordan elimination with pivoting. */
export function denseInverse(a: readonly (readonly number[])[]): { inverse: number[][]; logdet: number } {
  const n = a.length;
  const m = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let logdet = 0;
  for (let c = 0; c < n; c++) {
    let p = c;
    for (let i = c; i < n; i++) if (Math.abs(m[i][c]) > Math.abs(m[p][c])) p = i;
    [m[c], m[p]] = [m[p], m[c]];
    const pivot = m[c][c];
    logdet += Math.log(Math.abs(pivot));
    m[c] = m[c].map((v) => v / pivot);
    for (let i = 0; i < n; i++) {
      if (i === c) continue;
      const f = m[i][c];
      if (f !== 0) m[i] = m[i].map((v, j) => v - f * m[c][j]);
    }
  }
  return { inverse: m.map((row) => row.slice(n)), logdet };
}

export const times = (a: readonly (readonly number[])[], x: readonly number[]): number[] => a.map((row) => dot(row, x));
export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((s, v, i) => s + v * b[i], 0);

/** A Gaussian over latent weights: mean and precision. */
export interface Latent {
  z: number[];
  precision: number[][];
}

/** Conditions a Gaussian on e = A z + noise; returns log N(e; A z, R I + A P A') + n/2 log(2 pi R). */
export function conditioned(latent: Latent, A: number[][], e: number[], variance: number): number {
  const n = e.length;
  if (n === 0 || latent.z.length === 0) return (-0.5 * dot(e, e)) / variance;
  const P = denseInverse(latent.precision).inverse;
  const AP = A.map((row) => times(P, row));
  const C = A.map((a, i) => A.map((_, j) => dot(AP[j], a) + (i === j ? variance : 0)));
  const { inverse, logdet } = denseInverse(C);
  const r = e.map((v, i) => v - dot(A[i], latent.z));
  const Cr = times(inverse, r);
  latent.z = latent.z.map((v, k) => v + Cr.reduce((s, c, i) => s + AP[i][k] * c, 0));
  addOuter(latent.precision, A, variance);
  return -0.5 * dot(r, Cr) - 0.5 * (logdet - n * Math.log(variance));
}

export function addOuter(precision: number[][], A: number[][], variance: number): void {
  for (const row of A) row.forEach((a, i) => row.forEach((b, j) => (precision[i][j] += (a * b) / variance)));
}
