// Rotations of joints and heads: 3x3 matrices, row-major in Float64Array(9) slots, and the two fits that
// turn bone directions back into rotations. Angles are radians. Products are written into `out`, which may
// not be one of the factors.

export type Vec = readonly [number, number, number];

/** out[o..] = a[i..] · b[j..] */
export function multiply(a: Float64Array, i: number, b: Float64Array, j: number, out: Float64Array, o: number): void {
  for (let r = 0; r < 3; r++)
    for (let c = 0; c < 3; c++)
      out[o + 3 * r + c] = a[i + 3 * r] * b[j + c] + a[i + 3 * r + 1] * b[j + 3 + c] + a[i + 3 * r + 2] * b[j + 6 + c];
}

/** out[o..] = a[i..]ᵀ · b[j..] */
export function transposeMultiply(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  out: Float64Array,
  o: number,
): void {
  for (let r = 0; r < 3; r++)
    for (let c = 0; c < 3; c++)
      out[o + 3 * r + c] = a[i + r] * b[j + c] + a[i + 3 + r] * b[j + 3 + c] + a[i + 6 + r] * b[j + 6 + c];
}

export function rotate(m: Float64Array, at: number, [x, y, z]: Vec): Vec {
  return [
    m[at] * x + m[at + 1] * y + m[at + 2] * z,
    m[at + 3] * x + m[at + 4] * y + m[at + 5] * z,
    m[at + 6] * x + m[at + 7] * y + m[at + 8] * z,
  ];
}

export function identity(out: Float64Array, at: number): void {
  out.fill(0, at, at + 9);
  out[at] = out[at + 4] = out[at + 8] = 1;
}

/** m[at..] = m[at..] · (rotation by `angle` about axis 0, 1 or 2) */
export function turn(m: Float64Array, at: number, axis: number, angle: number): void {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const u = (axis + 1) % 3;
  const v = (axis + 2) % 3;
  for (let r = at; r < at + 9; r += 3) {
    const mu = m[r + u];
    const mv = m[r + v];
    m[r + u] = mu * c + mv * s;
    m[r + v] = mv * c - mu * s;
  }
}

/**
 * Angles (z, x, y) with Rz · Rx · Ry = m. Of the two solutions, and of full turns, the one nearest to
 * `near`, so that curves over time have no jumps.
 */
export function eulerZxy(m: Float64Array, at: number, near: Vec): Vec {
  const sin = Math.min(1, Math.max(-1, m[at + 7]));
  // At the pole z and y turn about the same axis: y stays where it was, z takes the rest.
  if (Math.abs(sin) > 1 - 1e-12) {
    const y = near[2];
    const sum = Math.atan2(m[at + 3], m[at]);
    return unwrap([sum - Math.sign(sin) * y, Math.asin(sin), y], near);
  }
  const z = Math.atan2(-m[at + 1], m[at + 4]);
  const x = Math.asin(sin);
  const y = Math.atan2(-m[at + 6], m[at + 8]);
  const one = unwrap([z, x, y], near);
  const other = unwrap([z + Math.PI, Math.PI - x, y + Math.PI], near);
  return distance(one, near) <= distance(other, near) ? one : other;
}

function unwrap(angles: Vec, near: Vec): Vec {
  const full = 2 * Math.PI;
  const wrap = (a: number, n: number) => a - full * Math.round((a - n) / full);
  return [wrap(angles[0], near[0]), wrap(angles[1], near[1]), wrap(angles[2], near[2])];
}

function distance(a: Vec, b: Vec): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);
}

/** A pair of the same bone: at rest and as seen. Neither may have length 0. */
export interface BonePair {
  readonly rest: Vec;
  readonly seen: Vec;
}

/**
 * The rotation that brings the rest bones nearest to the seen ones (least squares, weighted by length),
 * and of equally good ones that nearest to `ref`: with one bone, or several in a line, the twist about
 * it is then that of `ref`. Written into out[at..].
 *
 * @see Davenport's q-method: Horn 1987, J. Opt. Soc. Am. A 4:629, doi:10.1364/JOSAA.4.000629
 */
export function fitRotation(pairs: readonly BonePair[], ref: Float64Array, out: Float64Array, at: number): void {
  const b = new Float64Array(9);
  let weight = 0;
  for (const { rest, seen } of pairs) {
    weight += Math.hypot(...rest) * Math.hypot(...seen);
    for (let r = 0; r < 3; r++) for (let c = 0; c < 3; c++) b[3 * r + c] += seen[r] * rest[c];
  }
  // The pull of `ref` decides only what the bones leave open; its bias is about 1e-7 rad.
  for (let k = 0; k < 9; k++) b[k] = b[k] / weight + 1e-7 * ref[k];
  const [w, x, y, z] = largestEigenvector([
    [b[0] + b[4] + b[8], b[7] - b[5], b[2] - b[6], b[3] - b[1]],
    [b[7] - b[5], b[0] - b[4] - b[8], b[1] + b[3], b[6] + b[2]],
    [b[2] - b[6], b[1] + b[3], b[4] - b[0] - b[8], b[5] + b[7]],
    [b[3] - b[1], b[6] + b[2], b[5] + b[7], b[8] - b[0] - b[4]],
  ]);
  matrixOf([w, x, y, z], out, at);
}

/** Unit eigenvector of the largest eigenvalue of a symmetric 4x4 matrix, by Jacobi rotations; `a` is used up. */
function largestEigenvector(a: number[][]): readonly number[] {
  const v: number[][] = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < 3; p++) for (let q = p + 1; q < 4; q++) off += Math.abs(a[p][q]);
    if (off < 1e-30) break;
    for (let p = 0; p < 3; p++)
      for (let q = p + 1; q < 4; q++) {
        if (a[p][q] === 0) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < 4; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < 4; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
        for (let k = 0; k < 4; k++) [v[k][p], v[k][q]] = [c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]];
      }
  }
  let best = 0;
  for (let k = 1; k < 4; k++) if (a[k][k] > a[best][best]) best = k;
  const vector = v.map((row) => row[best]);
  const norm = Math.hypot(...vector);
  return vector.map((x) => x / norm);
}

/** The quaternion (w, x, y, z) of m, w at least 0. NaN where m is. */
export function quaternionOf(m: Float64Array, at: number): [number, number, number, number] {
  const [a, b, c, d, e, f, g, h, i] = m.subarray(at, at + 9);
  // The largest of the four is computed first: dividing by it loses nothing.
  const squares = [1 + a + e + i, 1 + a - e - i, 1 - a + e - i, 1 - a - e + i];
  const k = squares.indexOf(Math.max(...squares));
  if (k < 0) return [NaN, NaN, NaN, NaN];
  const rows = [
    [squares[0], h - f, c - g, d - b],
    [h - f, squares[1], b + d, c + g],
    [c - g, b + d, squares[2], f + h],
    [d - b, c + g, f + h, squares[3]],
  ];
  const size = (rows[k][0] < 0 ? -2 : 2) * Math.sqrt(squares[k]);
  return [rows[k][0] / size, rows[k][1] / size, rows[k][2] / size, rows[k][3] / size];
}

/** out[at..] = the rotation of a unit quaternion. */
export function matrixOf([w, x, y, z]: readonly number[], out: Float64Array, at: number): void {
  out.set([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)], at);
  out.set([2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)], at + 3);
  out.set([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)], at + 6);
}
