// From where a hand is to the joint angles that put it there: the two-bone triangle of the own arm, its elbow turned
// about the line from shoulder to hand, then the own body's inverse.

import { LIMBS, SEEN, seenAt } from "./layout.ts";
import { forwardLimb } from "./own.ts";
import { PROPORTIONS } from "./show.ts";

const UPPER = PROPORTIONS.rUpperArm,
  FORE = PROPORTIONS.rForearm,
  CLAVICLE = PROPORTIONS.rClavicle;
/** Nothing is nearer to the shoulder or further from it, trunk lengths: the elbow bends so far and never locks. */
const NEAREST = 0.2,
  FURTHEST = 0.999 * (UPPER + FORE);
/** Where a distance begins to be held back. */
const SOFT = 0.03;

const TRUNK = LIMBS.find(({ name }) => name === "trunk")!;

/** Shoulders in a posture, from the neck: left then right, [2, 3], trunk lengths. */
export function shouldersOf(q: Float64Array, look: Float64Array, out: Float64Array): void {
  forwardLimb(TRUNK, q, look);
  for (let c = 0; c < 3; c++) {
    out[c] = CLAVICLE * look[seenAt("lClavicle") + c];
    out[3 + c] = CLAVICLE * look[seenAt("rClavicle") + c];
  }
}

/**
 * Directions of one arm's bones that bring the wrist to a place, or as near as the arm is long.
 *
 * @param side 0 left, 1 right
 * @param hand body axes from the neck, trunk lengths
 * @param elbow where the elbow points off the line, body axes
 * @param out seen coordinates, [SEEN]
 */
export function bendArm(
  side: 0 | 1,
  shoulders: Float64Array,
  hand: readonly number[],
  elbow: readonly number[],
  out: Float64Array,
): void {
  if (out.length !== SEEN) throw new RangeError(`bendArm: out has ${out.length} entries, expected ${SEEN}`);
  const x = hand[0] - shoulders[3 * side],
    y = hand[1] - shoulders[3 * side + 1],
    z = hand[2] - shoulders[3 * side + 2];
  const far = Math.hypot(x, y, z) || 1e-6;
  const nx = x / far,
    ny = y / far,
    nz = z / far;
  const r = within(far);
  const along = (UPPER * UPPER - FORE * FORE + r * r) / (2 * r),
    off = Math.sqrt(Math.max(0, UPPER * UPPER - along * along));
  const dot = elbow[0] * nx + elbow[1] * ny + elbow[2] * nz;
  const ex = elbow[0] - dot * nx,
    ey = elbow[1] - dot * ny,
    ez = elbow[2] - dot * nz;
  const size = off / (Math.hypot(ex, ey, ez) || 1);
  const upper = seenAt(side === 0 ? "lUpperArm" : "rUpperArm"),
    fore = seenAt(side === 0 ? "lForearm" : "rForearm");
  const ax = along * nx + size * ex,
    ay = along * ny + size * ey,
    az = along * nz + size * ez;
  out[upper] = ax / UPPER;
  out[upper + 1] = ay / UPPER;
  out[upper + 2] = az / UPPER;
  out[fore] = (r * nx - ax) / FORE;
  out[fore + 1] = (r * ny - ay) / FORE;
  out[fore + 2] = (r * nz - az) / FORE;
}

/** Where the wrist is, from the neck, in a posture that looks like `seen`, trunk lengths. */
export function wristAt(side: 0 | 1, seen: Float64Array, out: Float64Array | number[]): void {
  const p = side === 0 ? "l" : "r";
  for (let c = 0; c < 3; c++)
    out[c] =
      CLAVICLE * seen[seenAt(`${p}Clavicle`) + c] +
      UPPER * seen[seenAt(`${p}UpperArm`) + c] +
      FORE * seen[seenAt(`${p}Forearm`) + c];
}

/** A distance the arm can have, without a kink where it ends. */
function within(far: number): number {
  const room = FURTHEST - far;
  if (room < SOFT) return FURTHEST - SOFT * Math.exp(room / SOFT - 1);
  const near = far - NEAREST;
  return near < SOFT ? NEAREST + SOFT * Math.exp(near / SOFT - 1) : far;
}

/** How far to send a hand that is to end up this far from the shoulder: the inverse where the arm is nearly straight. */
export function askFor(distance: number): number {
  const short = FURTHEST - distance;
  return short < SOFT ? FURTHEST - SOFT * (1 + Math.log(short / SOFT)) : distance;
}
