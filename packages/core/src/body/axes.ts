// Recordings disagree about which axis points up. Everything in the body room is said in one
// right-handed set of axes: x = left, y = up, z = forward, so that left x up = forward.

import type { UpAxis } from "../frame.ts";

export const UP_AXES: readonly UpAxis[] = ["x", "y", "z", "-x", "-y", "-z"];

/** The unit vector an up axis names, written into `out[at..at+3)`. */
export function upVector(up: UpAxis, out: Float64Array, at = 0): void {
  const k = "xyz".indexOf(up.charAt(up.length - 1));
  if (k < 0 || !UP_AXES.includes(up))
    throw new RangeError(`upVector: up is "${String(up)}", expected one of ${UP_AXES.join(", ")}`);
  out[at] = out[at + 1] = out[at + 2] = 0;
  out[at + k] = up.length > 1 ? -1 : 1;
}

/**
 * Rows left, up, forward of the body axes as a person has them who faces the usual way in a recording
 * with this up axis: left is +x (+y where x is up), so "y" gives forward +z and "-y", the camera's
 * convention, gives forward -z, towards the camera. A proper rotation always.
 *
 * @param out shape [3, 3] row-major
 */
export function restAxes(up: UpAxis, out: Float64Array): void {
  upVector(up, out, 3);
  const leftIsY = up === "x" || up === "-x";
  out[0] = leftIsY ? 0 : 1;
  out[1] = leftIsY ? 1 : 0;
  out[2] = 0;
  crossInto(out, 0, 3, 6);
}

/** `v[o..] = v[a..] x v[b..]`; `o` must not overlap `a` or `b`. */
export function crossInto(v: Float64Array, a: number, b: number, o: number): void {
  v[o] = v[a + 1] * v[b + 2] - v[a + 2] * v[b + 1];
  v[o + 1] = v[a + 2] * v[b] - v[a] * v[b + 2];
  v[o + 2] = v[a] * v[b + 1] - v[a + 1] * v[b];
}
