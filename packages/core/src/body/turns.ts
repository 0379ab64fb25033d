// Which way a head is turned, and the eyes in it. Axes: x to the person's left, y up, z the way a face looks at a camera.

import type { Frame } from "../frame.ts";

/**
 * Head pitch (up), yaw (to the person's left), roll (towards their right shoulder), then pitch and yaw of the eyes in the
 * head, rad.
 *
 * @param yUp false where y points down and z away from the camera in the frame's head and gaze (OpenFace)
 * @param out [5]; NaN where not seen
 * @returns whether the head was seen
 */
export function turnsOf({ head, gaze }: Frame, yUp: boolean, out: Float64Array | Float32Array): boolean {
  out.fill(NaN);
  if (head === undefined || !Number.isFinite(head[0])) return false;
  // Half a turn about x takes one convention to the other.
  const flip = yUp ? 1 : -1;
  const w = head[0],
    x = head[1],
    y = flip * head[2],
    z = flip * head[3];
  const forwardX = 2 * (x * z + w * y),
    forwardY = 2 * (y * z - w * x),
    forwardZ = 1 - 2 * (x * x + y * y),
    leftY = 2 * (x * y + w * z);
  out[0] = arcsine(forwardY);
  out[1] = Math.atan2(forwardX, forwardZ);
  out[2] = arcsine(leftY);
  if (gaze === undefined || !Number.isFinite(gaze[0])) return true;
  const gx = gaze[0],
    gy = flip * gaze[1],
    gz = flip * gaze[2];
  // The inverse of a unit quaternion turns the gaze back into the head's own axes.
  const tx = 2 * (z * gy - y * gz),
    ty = 2 * (x * gz - z * gx),
    tz = 2 * (y * gx - x * gy);
  const ex = gx + w * tx - y * tz + z * ty,
    ey = gy + w * ty - z * tx + x * tz,
    ez = gz + w * tz - x * ty + y * tx;
  out[3] = arcsine(ey);
  out[4] = Math.atan2(ex, ez);
  return true;
}

/**
 * The other way round: head and gaze of a frame, y up, for a visage's turns.
 *
 * @param turns [5] as `turnsOf` gives them
 * @param head [7]: quaternion; the position is left alone
 * @param gaze [3], unit length
 */
export function showTurns(turns: ArrayLike<number>, head: Float32Array, gaze: Float32Array): void {
  const [p, y, r] = [-turns[0] / 2, turns[1] / 2, turns[2] / 2];
  const [sp, sy, sr, cp, cy, cr] = [p, y, r].map(Math.sin).concat([p, y, r].map(Math.cos));
  // Yaw, then pitch in the turned head, then roll.
  const w = cy * cp * cr + sy * sp * sr,
    a = cy * sp * cr + sy * cp * sr,
    b = sy * cp * cr - cy * sp * sr,
    c = cy * cp * sr - sy * sp * cr;
  head.set([w, a, b, c]);
  const gx = Math.sin(turns[4]) * Math.cos(turns[3]),
    gy = Math.sin(turns[3]),
    gz = Math.cos(turns[4]) * Math.cos(turns[3]);
  const tx = 2 * (b * gz - c * gy),
    ty = 2 * (c * gx - a * gz),
    tz = 2 * (a * gy - b * gx);
  gaze.set([gx + w * tx + b * tz - c * ty, gy + w * ty + c * tx - a * tz, gz + w * tz + a * ty - b * tx]);
}

function arcsine(sine: number): number {
  return Math.asin(Math.min(1, Math.max(-1, sine)));
}
