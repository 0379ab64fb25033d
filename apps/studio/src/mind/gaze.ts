// Where a person's eyes are turned in their head, from gaze and head of a frame.

import type { Frame } from "@attune/core";

/** Yaw (to the own left) and pitch of the eyes relative to the head, rad; undefined where either is not seen. */
export function gazeOf({ gaze, head }: Frame, specular: boolean): [number, number] | undefined {
  if (!gaze || !head || !Number.isFinite(gaze[0]) || !Number.isFinite(head[0])) return undefined;
  // The inverse of a unit quaternion turns the gaze back into the head's own axes.
  const [w, x, y, z] = [head[0], -head[1], -head[2], -head[3]];
  const [gx, gy, gz] = gaze;
  const tx = 2 * (y * gz - z * gy),
    ty = 2 * (z * gx - x * gz),
    tz = 2 * (x * gy - y * gx);
  const ex = gx + w * tx + y * tz - z * ty,
    ey = gy + w * ty + z * tx - x * tz,
    ez = gz + w * tz + x * ty - y * tx;
  const yaw = Math.atan2(ex, ez);
  return [specular ? -yaw : yaw, Math.asin(Math.max(-1, Math.min(1, ey)))];
}
