// A person's own rest: what each signal measures while the face does nothing. Taken from the first second and a half that
// a face is seen (or when asked to), as the median, and then followed slowly while the face is at rest: light and distance
// change, faces do not.

import { FACE } from "@attune/core";
import { SIGNALS } from "./units.ts";

/** Plain data. */
export interface Neutral {
  /** [SIGNALS] */
  rest: Float64Array;
  /** Whether `rest` is the person's own; before that it is what faces commonly measure. */
  settled: boolean;
  /** What was seen since asked, at most KEPT frames of [SIGNALS]. */
  kept: number[][];
  /** When the first of them was, s. */
  since: number;
}

/** s of face that are enough, and frames kept at most. */
const ENOUGH = 1.5;
const KEPT = 90;
const FEWEST = 10;
/** s in which rest follows a face that does nothing, and the strongest unit such a face may show. */
const FOLLOW = 30;
const NOTHING = 0.15;
/** Signals that are not near 0 in faces at rest. */
const COMMON: Readonly<Record<string, number>> = {
  eyeSquintLeft: 0.3,
  eyeSquintRight: 0.3,
  eyeBlinkLeft: 0.1,
  eyeBlinkRight: 0.1,
  cheekGapL: 0.55,
  cheekGapR: 0.55,
  noseGap: 0.55,
  eyeGapL: 0.12,
  eyeGapR: 0.12,
};

export function createNeutral(): Neutral {
  return { rest: Float64Array.from(SIGNALS, (name) => COMMON[name] ?? 0), settled: false, kept: [], since: NaN };
}

/** Takes the rest anew from what comes next: the person is asked to do nothing with their face. */
export function retake(neutral: Neutral): void {
  neutral.settled = false;
  neutral.kept = [];
  neutral.since = NaN;
}

/**
 * @param signals [SIGNALS]
 * @param units as read with the rest so far, [FACE]
 * @param dt s since the frame before
 */
export function followRest(
  neutral: Neutral,
  signals: ArrayLike<number>,
  units: ArrayLike<number>,
  time: number,
  dt: number,
): void {
  if (!neutral.settled) {
    gather(neutral, signals, time);
    return;
  }
  for (let u = 0; u < FACE; u++) if (units[u] > NOTHING) return;
  const share = 1 - Math.exp(-Math.min(1, dt) / FOLLOW);
  for (let i = 0; i < SIGNALS.length; i++)
    if (Number.isFinite(signals[i])) neutral.rest[i] += share * (signals[i] - neutral.rest[i]);
}

function gather(neutral: Neutral, signals: ArrayLike<number>, time: number): void {
  if (!Number.isFinite(neutral.since)) neutral.since = time;
  if (neutral.kept.length < KEPT) neutral.kept.push(Array.from(signals));
  if (time - neutral.since < ENOUGH || neutral.kept.length < FEWEST) return;
  for (let i = 0; i < SIGNALS.length; i++) {
    const values = neutral.kept.map((row) => row[i]).filter(Number.isFinite);
    if (values.length > 0) neutral.rest[i] = median(values);
  }
  neutral.settled = true;
  neutral.kept = [];
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const n = values.length;
  return (values[(n - 1) >> 1] + values[n >> 1]) / 2;
}
