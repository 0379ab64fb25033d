// Where a head is and where its eyes look, in the camera's frame: x to the image's right (the person's left), y up, z towards
// the camera. Angles in rad: yaw to the person's left, pitch up, roll towards the person's right shoulder.

/** Quaternion w, x, y, z, then position in m, [7]. */
export const HEAD = 7;
/** rad an eye turns when its blendshape is 1. */
const FURTHEST = 0.6;

/**
 * @param matrix facial transformation, 4 x 4 column-major, cm; its scale is taken out
 * @param out [HEAD]
 * @returns false (and NaN) where the matrix is no rotation
 */
export function headOf(matrix: ArrayLike<number>, out: Float32Array): boolean {
  const scale = [0, 4, 8].map((c) => Math.hypot(matrix[c], matrix[c + 1], matrix[c + 2]));
  if (!scale.every((s) => s > 1e-9 && Number.isFinite(s))) {
    out.fill(NaN);
    return false;
  }
  const m = (row: number, column: number): number => matrix[4 * column + row] / scale[column];
  // Shepperd's method: the largest of the four is divided by.
  const trace = m(0, 0) + m(1, 1) + m(2, 2);
  const squares = [trace, m(0, 0), m(1, 1), m(2, 2)];
  const largest = squares.indexOf(Math.max(...squares));
  const q =
    largest === 0
      ? [1 + trace, m(2, 1) - m(1, 2), m(0, 2) - m(2, 0), m(1, 0) - m(0, 1)]
      : largest === 1
        ? [m(2, 1) - m(1, 2), 1 + m(0, 0) - m(1, 1) - m(2, 2), m(0, 1) + m(1, 0), m(0, 2) + m(2, 0)]
        : largest === 2
          ? [m(0, 2) - m(2, 0), m(0, 1) + m(1, 0), 1 - m(0, 0) + m(1, 1) - m(2, 2), m(1, 2) + m(2, 1)]
          : [m(1, 0) - m(0, 1), m(0, 2) + m(2, 0), m(1, 2) + m(2, 1), 1 - m(0, 0) - m(1, 1) + m(2, 2)];
  const sign = q[0] < 0 ? -1 : 1,
    length = Math.hypot(...q);
  for (let i = 0; i < 4; i++) out[i] = (sign * q[i]) / length;
  for (let i = 0; i < 3; i++) out[4 + i] = matrix[12 + i] / 100;
  return out.every(Number.isFinite);
}

/** Yaw, pitch and roll of a head, rad. */
export function anglesOf(head: ArrayLike<number>): { yaw: number; pitch: number; roll: number } {
  const [fx, fy, fz] = turned(head, 0, 0, 1);
  const [, ry] = turned(head, 1, 0, 0);
  return {
    yaw: Math.atan2(fx, fz),
    pitch: Math.asin(Math.min(1, Math.max(-1, fy))),
    roll: Math.asin(Math.min(1, Math.max(-1, ry))),
  };
}

/** Where each eye is turned, shares of FURTHEST, as the blendshapes have it. */
export interface Look {
  readonly inLeft: number;
  readonly outLeft: number;
  readonly upLeft: number;
  readonly downLeft: number;
  readonly inRight: number;
  readonly outRight: number;
  readonly upRight: number;
  readonly downRight: number;
}

/** Direction of gaze in the camera's frame, both eyes together; unit length, [3]. */
export function gazeOf(look: Look, head: ArrayLike<number>, out: Float32Array): void {
  const yaw = (FURTHEST * (look.outLeft - look.inLeft + look.inRight - look.outRight)) / 2,
    pitch = (FURTHEST * (look.upLeft - look.downLeft + look.upRight - look.downRight)) / 2;
  out.set(turned(head, Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)));
}

/** A vector turned by the head's quaternion. */
function turned(q: ArrayLike<number>, x: number, y: number, z: number): [number, number, number] {
  const [w, a, b, c] = [q[0], q[1], q[2], q[3]];
  const tx = 2 * (b * z - c * y),
    ty = 2 * (c * x - a * z),
    tz = 2 * (a * y - b * x);
  return [x + w * tx + b * tz - c * ty, y + w * ty + c * tx - a * tz, z + w * tz + a * ty - b * tx];
}
