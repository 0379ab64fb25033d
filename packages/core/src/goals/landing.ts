// Where and when the hand lands. Reaches are near minimum-jerk movements (Flash & Hogan 1985, doi:10.1523/JNEUROSCI.05-07-01688.1985),
// so that how much of the way is done tells how much of the time is.

import type { Chains } from "./chains.ts";
import { apart } from "./context.ts";
import { type Onset, type OnsetScratch, createOnsetScratch, remainingOf } from "./dwell.ts";
import { type GoalWatch, pauseLeft } from "./belief.ts";

/** Share of the way done after a share of the time. */
export function minimumJerk(tau: number): number {
  return tau * tau * tau * (10 + tau * (6 * tau - 15));
}

/** Share of the time after which a share of the way is done: its inverse. */
export function minimumJerkPhase(way: number): number {
  if (!(way > 0)) return 0;
  if (way >= 1) return 1;
  let low = 0,
    high = 1;
  for (let k = 0; k < 30; k++) {
    const middle = 0.5 * (low + high);
    if (minimumJerk(middle) < way) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/**
 * Share of the time of a movement whose end is not known, from what was travelled in how long and how fast it is now: on a
 * minimum-jerk path travelled / (speed * elapsed) rises from 1/3 without bounds.
 */
export function phaseFromPace(travelled: number, speed: number, elapsed: number): number {
  const ratio = travelled / (speed * elapsed);
  if (!(ratio > 1 / 3)) return 0;
  let low = 0,
    high = 1;
  for (let k = 0; k < 30; k++) {
    const t = 0.5 * (low + high);
    const at = minimumJerk(t) / (30 * t * t * t * (1 - t) * (1 - t));
    if (at < ratio) low = t;
    else high = t;
  }
  return 0.5 * (low + high);
}

/** How the act going on looks: how far along, by the mirror or by the hand. */
export interface Progress {
  /** 0..1, NaN where nothing is known. */
  phase: number;
  phaseSd: number;
}

/** What is expected, made anew in place; plain data. */
export interface Expected extends Onset {
  /** Of the next act's beginning within `WITHIN` s. */
  probability: number;
  /** Where the hand lands: index into the memory's objects, -1 where nothing is expected; how sure; when, s from now. */
  object: number;
  sure: number;
  in: number;
  inSd: number;
  scratch: OnsetScratch;
}

/** s ahead within which a beginning counts as foreseen. */
export const WITHIN = 0.5;

export function createExpected(): Expected {
  return {
    mean: NaN,
    sd: NaN,
    soonest: NaN,
    latest: NaN,
    probability: 0,
    object: -1,
    sure: 0,
    in: NaN,
    inSd: NaN,
    scratch: createOnsetScratch(),
  };
}

/**
 * When the next act begins and where the hand lands, as of a time.
 *
 * While an act goes on it ends when its length, as learned in the goals in play, and its progress say; then comes the usual
 * pause. The hand lands at the object of the act going on when that ends, between acts at that of the next one.
 */
export function expectNext(chains: Chains, watch: GoalWatch, time: number, progress: Progress, out: Expected): void {
  const doing = watch.since === watch.since;
  const seen = doing && watch.hidden !== watch.hidden;
  if (doing) {
    const { phase, phaseSd } = progress;
    remainingOf(watch.dwell, time - watch.since, seen ? phase : NaN, Math.max(0.03, phaseSd), out.scratch, out, WITHIN);
    out.in = out.mean;
    out.inSd = out.sd;
    const [n, sum] = chains.gap;
    const pause = n > 0 ? sum / n : 0;
    if (pause > 0) {
      out.mean += pause;
      out.soonest += pause;
      out.latest += pause;
      if (pause > WITHIN) out.probability = 0;
    }
  } else if (watch.over === watch.over) {
    const { mean, sd } = pauseLeft(chains, watch, time);
    out.mean = mean;
    out.sd = sd;
    out.soonest = Math.max(0, mean - 1.28 * sd);
    out.latest = mean + 1.28 * sd;
    out.probability = mean <= WITHIN ? 1 - watch.ends : 0;
    out.in = NaN;
    out.inSd = NaN;
  } else {
    out.mean = out.sd = out.soonest = out.latest = out.in = out.inSd = NaN;
    out.probability = 0;
  }
  out.object = watch.target;
  out.sure = watch.targetProbability;
}

/**
 * Progress of a hand towards a place: how much of the way from where it set out is done.
 *
 * @param start where it was when the act began
 */
export function progressTo(
  place: readonly number[],
  start: readonly number[],
  hand: readonly number[],
  out: Progress,
): void {
  const whole = apart(start, place);
  out.phase = whole > 0 ? minimumJerkPhase(1 - apart(hand, place) / whole) : NaN;
  // At the ends of the movement a small error of place is a large one of time.
  out.phaseSd = 0.06 + 0.1 * (1 - 4 * out.phase * (1 - out.phase));
}
