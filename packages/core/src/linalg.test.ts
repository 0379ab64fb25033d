import { expect, test } from "vitest";
import { backSolve, cholesky, choleskySolve, eigenSymmetric, forwardSolve, inverse } from "./linalg.ts";
import { createRng, gaussian } from "./rng.ts";

/** A random symmetric positive definite matrix, [n, n], of a given scale. */
function positive(n: number, seed: number, scale = 1): Float64Array {
  const rng = createRng(seed, "matrix");
  const x = Float64Array.from({ length: n * n }, () => gaussian(rng));
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) a[i * n + j] += scale * x[i * n + k] * x[j * n + k];
      if (i === j) a[i * n + j] += 0.1 * scale;
    }
  return a;
}

test.each([1, 2, 7, 20])(
  "cholesky: L L' is the matrix, and the log determinant is the product of eigenvalues (n = %i)",
  (n) => {
    const a = positive(n, n),
      l = a.slice();
    const logdet = cholesky(l, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        let s = 0;
        for (let k = 0; k <= j; k++) s += l[i * n + k] * l[j * n + k];
        expect(s).toBeCloseTo(a[i * n + j], 9);
      }
    const { values } = eigenSymmetric(a, n);
    expect(logdet).toBeCloseTo(
      values.reduce((s, v) => s + Math.log(v), 0),
      8,
    );
  },
);

test("the solvers undo the product, at an offset too", () => {
  const n = 6,
    a = positive(n, 3),
    l = a.slice(),
    x = Float64Array.from({ length: n }, (_, i) => i - 2.5);
  cholesky(l, n);
  const b = new Float64Array(n + 2).fill(7);
  for (let i = 0; i < n; i++) {
    b[i + 2] = 0;
    for (let j = 0; j < n; j++) b[i + 2] += a[i * n + j] * x[j];
  }
  const halves = b.slice();
  choleskySolve(l, n, b, 2);
  forwardSolve(l, n, halves, 2);
  backSolve(l, n, halves, 2);
  expect([...b.subarray(0, 2)]).toEqual([7, 7]);
  for (let i = 0; i < n; i++) {
    expect(b[i + 2]).toBeCloseTo(x[i], 9);
    expect(halves[i + 2]).toBe(b[i + 2]);
  }
});

test("the inverse times the matrix is the identity", () => {
  const n = 8,
    a = positive(n, 5),
    b = inverse(a, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j];
      expect(s).toBeCloseTo(i === j ? 1 : 0, 8);
    }
});

test("a matrix that is not positive definite is refused", () => {
  expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/pivot 1 of 2.*not positive definite/);
});

// The scale must not matter: a fixed stopping threshold would leave small matrices as they are.
test.each([1, 1e-14, 1e14])("eigenvectors diagonalise the matrix, largest first, at scale %f", (scale) => {
  const n = 12,
    a = positive(n, 11, scale);
  const { values, vectors } = eigenSymmetric(a, n);
  for (let k = 0; k < n; k++) {
    if (k > 0) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
    for (let i = 0; i < n; i++) {
      let av = 0,
        along = 0;
      for (let j = 0; j < n; j++) {
        av += a[i * n + j] * vectors[k * n + j];
        along += vectors[k * n + j] * vectors[i * n + j];
      }
      expect(Math.abs(av - values[k] * vectors[k * n + i]) / values[0]).toBeLessThan(1e-12);
      expect(along).toBeCloseTo(i === k ? 1 : 0, 11);
    }
  }
});
