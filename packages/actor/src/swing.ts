// Strokes that come back: waving, clapping, knocking. People slow down where a path bends, with the two-thirds power law
// (Lacquaniti, Terzuolo & Viviani 1983, doi:10.1016/0001-6918(83)90027-6): angular speed = K curvature^(2/3). An
// ellipse run through harmonically keeps it exactly, K = (a b)^(1/3) times the turning rate; a straight stroke is
// its limit.

import { minimumJerk } from "./minimum-jerk.ts";

/** When a swing goes on and how fast it turns. */
export interface Rounds {
  /** s */
  readonly from: number;
  readonly to: number;
  /** How often it comes back to where it began. */
  readonly rounds: number;
  /** s it takes to grow to full size and to die away, inside from..to. */
  readonly ramp: number;
}

/**
 * How far a swing is out at a time: along its long axis and across it, in half-lengths. The first stroke begins at the
 * middle, in the direction of `along`; it is nothing before and after.
 *
 * @param out [along, across]
 */
export function swingAt({ from, to, rounds, ramp }: Rounds, time: number, out: [number, number]): void {
  const share = (time - from) / (to - from);
  if (share <= 0 || share >= 1) {
    out[0] = out[1] = 0;
    return;
  }
  const size = Math.min(minimumJerk((time - from) / ramp), minimumJerk((to - time) / ramp));
  const turn = 2 * Math.PI * rounds * share;
  out[0] = size * Math.sin(turn);
  out[1] = size * Math.cos(turn);
}
