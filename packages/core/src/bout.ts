// One movement in a stretch of watching: from stillness to stillness. Whoever teaches an act stands before and after it, and
// that standing is no part of it.

import { BONES } from "./body/layout.ts";
import { PROPORTIONS } from "./body/show.ts";

/** How much the body moved in a frame, and when. */
export interface Stir {
  /** s */
  readonly time: number;
  /** As `stir` has it, 1/s. */
  readonly speed: number;
}

/** Above this a body moves, seen without noise; quiet standing sways below it. */
export const MOVING = 0.8;
/** A tracker that jitters makes a still body stir: it moves when it stirs so many times as much. */
const ABOVE_REST = 2.5;
/** Stillness this long comes before a movement, s. */
const PAUSE = 0.2;
/** Holding a posture in the middle of an act is short; the rest after it is long, s. */
export const LONGEST_HOLD = 1.1;
/** Kept before and after, s. */
const MARGIN = 0.05;

/** The speed above which a body moves that stirs like this while it is still, 1/s. */
export function movingAbove(still: readonly Stir[]): number {
  const speeds = still.map(({ speed }) => speed).sort((a, b) => a - b);
  return Math.max(MOVING, ABOVE_REST * (speeds[Math.floor(speeds.length / 2)] ?? 0));
}

/**
 * The movement that was going on at a time, s; without one the liveliest.
 *
 * @param track in the order of time, at least one entry
 * @param moving speed above which the body moves, 1/s
 */
export function bout(
  track: readonly Stir[],
  at: number | undefined,
  moving: number = MOVING,
): { from: number; to: number } {
  if (track.length === 0) throw new RangeError("bout: an empty track came, at least one frame was wanted");
  const liveliest = track.reduce((best, stir) => (stir.speed > best.speed ? stir : best), track[0]);
  let middle = track.findIndex(({ time }) => time >= (at ?? liveliest.time));
  if (middle < 0) middle = track.length - 1;
  // Unless it was noticed while it went on, what counts as one movement may hold a posture before its liveliest part too.
  const pause = at === undefined ? LONGEST_HOLD : PAUSE;
  let first = middle;
  for (let k = middle; k >= 0 && track[first].time - track[k].time < pause; k--) if (track[k].speed > moving) first = k;
  let last = middle;
  for (let k = middle; k < track.length && track[k].time - track[last].time < LONGEST_HOLD; k++)
    if (track[k].speed > moving) last = k;
  return { from: track[first].time - MARGIN, to: track[last].time + MARGIN };
}

/**
 * How fast what is seen changes between two frames `dt` s apart: joints' speeds, about, 1/s. Short bones count less, as
 * the same jitter of a joint turns them further; the root's place and missing entries are left out.
 */
export function stir(before: ArrayLike<number | null>, now: ArrayLike<number | null>, dt: number): number {
  let sum = 0;
  for (let s = 3; s < now.length; s++) {
    const a = before[s] ?? NaN,
      b = now[s] ?? NaN;
    if (Number.isFinite(a) && Number.isFinite(b)) sum += (WEIGHT[Math.floor(s / 3) - 1] * (b - a)) ** 2;
  }
  return dt > 0 ? Math.sqrt(sum) / dt : 0;
}

const WEIGHT = BONES.map((bone) => Math.min(1, PROPORTIONS[bone] / PROPORTIONS.rForearm));
