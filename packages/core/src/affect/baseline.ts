// A person's own rest, learned as they go by: some smile at rest, some frown, and none of that is an expression. It begins
// at a still face: who smiles at first sight smiles, until they have smiled for long. How head and eyes are held is the eye's
// to learn (face-eye.ts). Plain data.

import { HEAD_AT, VISAGE } from "../body/visage.ts";

export interface RestingFace {
  /** [VISAGE]; 0 for turns. */
  readonly rest: Float64Array;
  /** s each unit was seen so far, [VISAGE]. */
  readonly seen: Float64Array;
}

/** Rest is where a unit is no more than for this share of the time: faces move up from rest and come back. [D] */
const SHARE = 0.3;
/** s after which rest hardly moves, and how fast it moves at first, a unit of intensity a second. [D] */
const SETTLED = 60;
const PACE = 0.5;

export function createRestingFace(): RestingFace {
  return { rest: new Float64Array(VISAGE), seen: new Float64Array(VISAGE) };
}

/**
 * Watches `dt` seconds of a face: a running quantile of each unit.
 *
 * @param visage [VISAGE]; NaN what was not seen, of which nothing is learned
 */
export function watchRest({ rest, seen }: RestingFace, visage: ArrayLike<number>, dt: number): void {
  if (!(dt > 0)) return;
  for (let d = 0; d < HEAD_AT; d++) {
    if (!Number.isFinite(visage[d])) continue;
    const x = Math.min(1, Math.max(0, visage[d]));
    seen[d] += dt;
    const pace = PACE * Math.min(dt, 1) * Math.max(1 / SETTLED, 1 / (1 + seen[d]));
    const step = x > rest[d] ? SHARE * pace : -(1 - SHARE) * pace;
    rest[d] += Math.abs(x - rest[d]) < Math.abs(step) ? x - rest[d] : step;
  }
}

/** A face relative to rest: units 0..1 of the way that is left, turns as they came. @param out [VISAGE], may be `visage` */
export function lessRest({ rest }: RestingFace, visage: ArrayLike<number>, out: Float64Array): void {
  for (let d = 0; d < VISAGE; d++)
    out[d] = d < HEAD_AT ? Math.max(0, visage[d] - rest[d]) / Math.max(0.2, 1 - rest[d]) : visage[d];
}
