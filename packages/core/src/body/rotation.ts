// Rotation vectors (axis times angle, rad) and what they do. The exponential map is smooth everywhere and
// never degenerate below a full turn, so an iterative solver can walk through it without caring.

/**
 * The vector (x, y, z) turned by the rotation vector `w[at..at+3)`, written into `out[o..o+3)` (Rodrigues).
 * `out` may not overlap `w`.
 */
export function rotateInto(
  w: Float64Array,
  at: number,
  x: number,
  y: number,
  z: number,
  out: Float64Array,
  o: number,
): void {
  const wx = w[at];
  const wy = w[at + 1];
  const wz = w[at + 2];
  const angle2 = wx * wx + wy * wy + wz * wz;
  const s = sinc(angle2);
  const c = versinc(angle2);
  const cosine = 1 - c * angle2;
  const along = c * (wx * x + wy * y + wz * z);
  out[o] = cosine * x + s * (wy * z - wz * y) + along * wx;
  out[o + 1] = cosine * y + s * (wz * x - wx * z) + along * wy;
  out[o + 2] = cosine * z + s * (wx * y - wy * x) + along * wz;
}

/** The rotation matrix of `w[at..at+3)`, row-major, into `out[0..9)`. */
export function rotationInto(w: Float64Array, at: number, out: Float64Array): void {
  const x = w[at];
  const y = w[at + 1];
  const z = w[at + 2];
  const angle2 = x * x + y * y + z * z;
  const s = sinc(angle2);
  const c = versinc(angle2);
  const cosine = 1 - c * angle2;
  out[0] = cosine + c * x * x;
  out[1] = c * x * y - s * z;
  out[2] = c * x * z + s * y;
  out[3] = c * x * y + s * z;
  out[4] = cosine + c * y * y;
  out[5] = c * y * z - s * x;
  out[6] = c * x * z - s * y;
  out[7] = c * y * z + s * x;
  out[8] = cosine + c * z * z;
}

/** sin(a) / a of a squared angle. */
function sinc(angle2: number): number {
  if (angle2 < 1e-8) return 1 - angle2 / 6;
  const angle = Math.sqrt(angle2);
  return Math.sin(angle) / angle;
}

/** (1 - cos(a)) / a^2 of a squared angle. */
function versinc(angle2: number): number {
  return angle2 < 1e-8 ? 0.5 - angle2 / 24 : (1 - Math.cos(Math.sqrt(angle2))) / angle2;
}
