// One expression in a stretch of watching: from the face at rest and back to it. Held still at its height it is not over, so it
// is told by how far the face is from rest, where a movement of the body is told by its speed.

import { FACE_UNITS, VISAGE, VISAGE_NAMES } from "@attune/core";
import type { Recording } from "./protocol.ts";

/** A face at an instant, [VISAGE]. */
export interface FaceLook {
  readonly time: number;
  readonly visage: Float64Array;
}

export interface FaceBout {
  readonly state: Recording;
  /** s; NaN while nothing has begun. */
  readonly from: number;
  readonly to: number;
}

/** s before a recording in which the face is taken to be at rest. */
const STILL = 1.5;
/** How far from rest a face is that does something, and how far it still is when that is over, of the way there. */
const ON = 0.3,
  OVER = 0.35;
/** A tracker that jitters takes the face from rest: it does something when it is so many times as far. */
const ABOVE_REST = 4;
/** s for which it is back before it is over, and for which a face may be held at most. */
const BACK = 0.4,
  LONGEST = 8;
/** Share of the height at which it begins and ends, and s kept before and after. */
const EDGE = 0.12,
  MARGIN = 0.08;
/** Blinks are no part of an expression, and eyes wander. */
const COUNTS = VISAGE_NAMES.map((name) => !name.startsWith("AU43") && !name.startsWith("gaze"));

/** Remembers a face for `memory` seconds. */
export function followFace(looks: FaceLook[], time: number, visage: ArrayLike<number>, memory: number): void {
  looks.push({ time, visage: Float64Array.from(visage) });
  while (looks.length > 0 && time - looks[0].time > memory) looks.shift();
}

/** Where the expression stands that began after `since`, s. */
export function faceBout(looks: readonly FaceLook[], since: number): FaceBout {
  const before = looks.filter(({ time }) => time <= since && time > since - STILL),
    after = looks.filter(({ time }) => time > since);
  const rest = medianOf(before.length > 0 ? before : after.slice(0, 1));
  const far = after.map(({ visage }) => distance(visage, rest));
  const jitter = before.map(({ visage }) => distance(visage, rest)).sort((a, b) => a - b);
  const on = Math.max(ON, ABOVE_REST * (jitter[Math.floor(jitter.length / 2)] ?? 0));
  const begun = far.findIndex((each, n) => each > on && (far[n + 1] ?? 0) > on && (far[n + 2] ?? 0) > on);
  if (begun < 0) return { state: "waiting", from: NaN, to: NaN };
  let height = 0,
    end = begun;
  for (let n = begun; n < far.length; n++) {
    height = Math.max(height, far[n]);
    if (far[n] > Math.max(OVER * on, EDGE * height)) end = n;
    if (after[n].time - after[end].time > BACK) break;
  }
  let first = begun;
  while (first > 0 && far[first - 1] > EDGE * height) first--;
  const [last] = after.slice(-1);
  const over = last.time - after[end].time > BACK || last.time - after[begun].time > LONGEST;
  return { state: over ? "done" : "moving", from: after[first].time - MARGIN, to: after[end].time + MARGIN };
}

function distance(visage: ArrayLike<number>, rest: ArrayLike<number>): number {
  let sum = 0;
  for (let d = 0; d < VISAGE; d++) {
    if (!COUNTS[d]) continue;
    const off = visage[d] - rest[d];
    // What is not seen says nothing; of two sides each counts half.
    if (Number.isFinite(off)) sum += (SIDED[d] ? 0.5 : 1) * off * off;
  }
  return Math.sqrt(sum);
}

const SIDED = VISAGE_NAMES.map((name) => FACE_UNITS.includes(name) && name.length > 4);

function medianOf(looks: readonly FaceLook[]): Float64Array {
  return Float64Array.from({ length: VISAGE }, (_, d) => {
    const seen = looks
      .map(({ visage }) => visage[d])
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    return seen[Math.floor(seen.length / 2)] ?? NaN;
  });
}
