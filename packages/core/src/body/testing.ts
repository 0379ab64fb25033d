// For the tests of this room: postures that wander smoothly within the joint limits, and frames that show them.

import type { Frame } from "../frame.ts";
import { MOTOR_AXES } from "./layout.ts";
import type { Show } from "./show.ts";
import { pose } from "./show.ts";

/**
 * A smooth walk through joint space: two slow sines an axis (below 0.4 Hz) about the middle between rest and the
 * centre of its range.
 *
 * @param reach share of the half range used, 0..1
 */
export function wander(seed: number, time: number, reach: number, q: Float64Array): void {
  for (let k = 0; k < q.length; k++) {
    const { min, max, rest } = MOTOR_AXES[k];
    const middle = ((min + max) / 2 + rest) / 2;
    const half = Math.min(max - middle, middle - min) * reach;
    const a = unrest(seed, 4 * k);
    const b = unrest(seed, 4 * k + 1);
    const phase = 2 * Math.PI * unrest(seed, 4 * k + 2);
    q[k] =
      middle +
      half *
        (0.6 * Math.sin(2 * Math.PI * (0.1 + 0.15 * a) * time + phase) +
          0.4 * Math.sin(2 * Math.PI * (0.15 + 0.2 * b) * time + 2 * phase));
  }
}

/** A frame that shows `seen` on a body, turned and moved as given, at a time in s. */
export function frameOf(show: Show, seen: Float64Array, time: number): Frame {
  const body = new Float32Array(show.skeleton.joints.length * show.skeleton.dims);
  pose(show, seen, body);
  return { time, body };
}

/** A number in [0, 1) that depends on seed and index alone (a hash, not a generator). */
export function unrest(seed: number, index: number): number {
  const x = Math.sin(seed * 127.1 + index * 311.7 + 0.5) * 43758.5453;
  return x - Math.floor(x);
}
