// How far one curve is from another. Curves are sampled at equal steps, [N, D] row-major.

/** Mean over the reference's samples of the distance along the best alignment (dynamic time warping, no window). */
export function dtwDistance(a: Float64Array, b: Float64Array, D: number): number {
  const n = a.length / D,
    m = b.length / D;
  let row = new Float64Array(m + 1).fill(Infinity),
    next = new Float64Array(m + 1);
  row[0] = 0;
  for (let i = 0; i < n; i++) {
    next[0] = Infinity;
    for (let j = 0; j < m; j++) next[j + 1] = distance(a, i * D, b, j * D, D) + Math.min(row[j], row[j + 1], next[j]);
    [row, next] = [next, row];
  }
  return row[m] / n;
}

/**
 * Swept error area: the area between two curves, each at points equally far apart along it, by two triangles a step.
 * Defined in any dimension.
 */
export function sweptArea(a: Float64Array, b: Float64Array, D: number): number {
  const n = a.length / D;
  const p = equidistant(a, D),
    q = equidistant(b, D);
  let s = 0;
  for (let i = 0; i < n - 1; i++) {
    const at = i * D,
      next = at + D;
    s += triangle(p, at, p, next, q, at, D) + triangle(p, next, q, at, q, next, D);
  }
  return s;
}

/** Root mean square distance at equal time. */
export function rmse(a: Float64Array, b: Float64Array, D: number): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += (a[i] - b[i]) ** 2;
  return Math.sqrt((s * D) / a.length);
}

/** Shifts a curve so that it starts and ends where asked: the shift changes linearly over time. */
export function correctEnds(curve: Float64Array, start: ArrayLike<number>, goal: ArrayLike<number>): Float64Array {
  const D = start.length,
    n = curve.length / D,
    last = (n - 1) * D;
  const out = curve.slice();
  for (let k = 0; k < n; k++) {
    const u = k / (n - 1);
    for (let d = 0; d < D; d++) out[k * D + d] += (1 - u) * (start[d] - curve[d]) + u * (goal[d] - curve[last + d]);
  }
  return out;
}

function distance(a: Float64Array, i: number, b: Float64Array, j: number, D: number): number {
  let s = 0;
  for (let d = 0; d < D; d++) s += (a[i + d] - b[j + d]) * (a[i + d] - b[j + d]);
  return Math.sqrt(s);
}

/** As many points as before, equally far apart along the curve. A curve that stands still stays one point. */
function equidistant(a: Float64Array, D: number): Float64Array {
  const n = a.length / D;
  const along = new Float64Array(n);
  for (let i = 1; i < n; i++) along[i] = along[i - 1] + distance(a, i * D, a, (i - 1) * D, D);
  const out = new Float64Array(a.length);
  let i = 0;
  for (let k = 0; k < n; k++) {
    const s = (along[n - 1] * k) / (n - 1);
    while (i < n - 2 && along[i + 1] < s) i++;
    const step = along[i + 1] - along[i];
    const f = step > 0 ? Math.min(1, (s - along[i]) / step) : 0;
    for (let d = 0; d < D; d++) out[k * D + d] = a[i * D + d] * (1 - f) + a[(i + 1) * D + d] * f;
  }
  return out;
}

/** Half the square root of Gram's determinant of two edges. */
function triangle(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  c: Float64Array,
  k: number,
  D: number,
): number {
  let uu = 0,
    vv = 0,
    uv = 0;
  for (let d = 0; d < D; d++) {
    const u = b[j + d] - a[i + d],
      v = c[k + d] - a[i + d];
    uu += u * u;
    vv += v * v;
    uv += u * v;
  }
  return 0.5 * Math.sqrt(Math.max(0, uu * vv - uv * uv));
}
