// Small dense linear algebra on flat row-major arrays. Sizes here are the rank of an act or the
// number of constraints, so plain loops are the fast way.

/**
 * Cholesky factor of a symmetric positive definite matrix, in place: the lower triangle of `a` becomes L with
 * a = L L'; the upper triangle is left as it was.
 *
 * @param a shape [n, n]
 * @returns log determinant of the matrix
 * @throws RangeError if the matrix is not positive definite
 */
export function cholesky(a: Float64Array, n: number): number {
  let logdet = 0;
  for (let j = 0; j < n; j++) {
    let s = a[j * n + j];
    for (let k = 0; k < j; k++) s -= a[j * n + k] * a[j * n + k];
    if (!(s > 0)) throw new RangeError(`cholesky: pivot ${j} of ${n} is ${s}, the matrix is not positive definite`);
    const p = Math.sqrt(s);
    a[j * n + j] = p;
    logdet += 2 * Math.log(p);
    for (let i = j + 1; i < n; i++) {
      let t = a[i * n + j];
      for (let k = 0; k < j; k++) t -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = t / p;
    }
  }
  return logdet;
}

/** Solves L L' x = b in place of `x` (which holds b), L as `cholesky` leaves it. */
export function choleskySolve(l: Float64Array, n: number, x: Float64Array, at = 0): void {
  forwardSolve(l, n, x, at);
  backSolve(l, n, x, at);
}

/** Solves L x = b in place of `x` (which holds b): the squared length of x is b' (L L')^-1 b. */
export function forwardSolve(l: Float64Array, n: number, x: Float64Array, at = 0): void {
  for (let i = 0; i < n; i++) {
    let s = x[at + i];
    for (let k = 0; k < i; k++) s -= l[i * n + k] * x[at + k];
    x[at + i] = s / l[i * n + i];
  }
}

/** Solves L' x = b in place of `x` (which holds b). */
export function backSolve(l: Float64Array, n: number, x: Float64Array, at = 0): void {
  for (let i = n - 1; i >= 0; i--) {
    let s = x[at + i];
    for (let k = i + 1; k < n; k++) s -= l[k * n + i] * x[at + k];
    x[at + i] = s / l[i * n + i];
  }
}

/** Inverse of a symmetric positive definite matrix, [n, n]. */
export function inverse(a: Float64Array, n: number): Float64Array {
  const l = a.slice(),
    out = new Float64Array(n * n);
  cholesky(l, n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(l, n, column);
    for (let i = 0; i < n; i++) out[i * n + j] = column[i];
  }
  return out;
}

/**
 * Eigenvectors of a symmetric matrix by Jacobi rotations, largest eigenvalue first.
 *
 * @param a shape [n, n], not changed
 * @returns values [n] and vectors [n, n], vector k in row k
 */
export function eigenSymmetric(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const m = a.slice(),
    v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  // Done when what is left off the diagonal is rounding, whatever the scale of the matrix.
  let total = 0;
  for (let i = 0; i < n * n; i++) total += m[i] * m[i];
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) off += m[i * n + j] ** 2;
    if (off <= 1e-30 * total) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = m[p * n + q];
        if (Math.abs(apq) <= 1e-18 * Math.sqrt(Math.abs(m[p * n + p] * m[q * n + q]))) continue;
        const theta = (m[q * n + q] - m[p * n + p]) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1),
          s = t * c;
        for (let k = 0; k < n; k++) {
          const kp = m[k * n + p],
            kq = m[k * n + q];
          m[k * n + p] = c * kp - s * kq;
          m[k * n + q] = s * kp + c * kq;
        }
        for (let k = 0; k < n; k++) {
          const pk = m[p * n + k],
            qk = m[q * n + k];
          m[p * n + k] = c * pk - s * qk;
          m[q * n + k] = s * pk + c * qk;
          const vp = v[p * n + k],
            vq = v[q * n + k];
          v[p * n + k] = c * vp - s * vq;
          v[q * n + k] = s * vp + c * vq;
        }
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => m[j * n + j] - m[i * n + i]);
  const values = new Float64Array(n),
    vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    values[to] = m[from * n + from];
    vectors.set(v.subarray(from * n, from * n + n), to * n);
  });
  return { values, vectors };
}
