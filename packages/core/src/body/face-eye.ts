// Seeing a face: what a tracker gives, as the own action units, without blinks, and with the turn of head and eyes from where
// this person usually holds them.

import type { Frame, RecordingHeader } from "../frame.ts";
import { FACE, FACE_UNITS } from "./face.ts";
import { type FaceSet, type Shown, faceSetNamed } from "./face-sets.ts";
import { turnsOf } from "./turns.ts";
import { HEAD_AT, TURNS, VISAGE } from "./visage.ts";

/** A way of seeing one face and what it has got used to; plain data. */
export interface FaceSight {
  readonly set: FaceSet;
  /** Where head and eyes are usually turned, [TURNS], rad, and s they were seen; straight ahead before that. */
  readonly rest: Float64Array;
  readonly seen: Float64Array;
  /** s, NaN before the first frame. */
  time: number;
  /** How far both eyes were closed at the least, in this span and in the last, and when this one began, s. */
  closed: number;
  closedBefore: number;
  span: number;
  readonly turns: Float64Array;
}

/** Numbers trusted less say nothing. */
const TRUSTED = 0.2;
/** Head and eyes turned like this for so long, s, are where the person holds them: the camera stands aside. [D] */
const USUAL = 30;
/** s of a face that looks straight ahead which are as good as seen before the first frame: a picture has no other. [D] */
const AHEAD = 4;
/** Eyes closed for less than this, s, have blinked: blinks last .1 to .4 s and say nothing. */
const BLINK = 0.4;
/** s after which what was seen before says nothing of a blink. */
const GAP = 1;
const LEFT_EYE = FACE_UNITS.indexOf("AU43L"),
  RIGHT_EYE = FACE_UNITS.indexOf("AU43R");

/** @throws RangeError if the header names no face set, or one that is not known */
export function createFaceSight({ faceSet }: RecordingHeader): FaceSight {
  if (faceSet === undefined)
    throw new RangeError(
      `createEye: the header names no face set, so there is no face to see; wanted "faceSet" (facs-${FACE}, arkit-52 or facs-17) and "face" in the frames`,
    );
  return {
    set: faceSetNamed(faceSet),
    rest: new Float64Array(TURNS.length),
    seen: new Float64Array(TURNS.length),
    time: NaN,
    closed: 1,
    closedBefore: 1,
    span: NaN,
    turns: new Float64Array(TURNS.length),
  };
}

/**
 * @param out [VISAGE]; NaN where nothing is seen
 * @param quality [VISAGE], 0..1
 * @returns whether anything was seen
 * @throws RangeError where the frame has another number of units than its set
 */
export function seeFace(sight: FaceSight, frame: Frame, out: Float64Array, quality: Float64Array): boolean {
  const { set, turns, rest, seen } = sight;
  if (out.length !== VISAGE || quality.length !== VISAGE)
    throw new RangeError(`look: out has ${out.length} and quality ${quality.length} entries, expected ${VISAGE} each`);
  out.fill(NaN);
  quality.fill(0);
  const { face, faceConfidence } = frame;
  let any = false;
  if (face !== undefined) {
    if (face.length !== set.names.length)
      throw new RangeError(
        `look: ${face.length} numbers of a face came, expected ${set.names.length} (${set.names.slice(0, 3).join(", ")}, ...)`,
      );
    for (let u = 0; u < FACE; u++) {
      const from = set.from[u];
      for (let i = 0; i < from.length; i++) {
        const way = from[i],
          trust = trustIn(way, faceConfidence);
        if (!(trust >= TRUSTED)) continue;
        const x = Math.min(1, Math.max(0, shown(way, face)));
        if (!Number.isFinite(x) || x <= out[u]) continue;
        out[u] = x;
        quality[u] = trust;
        any = true;
      }
    }
    withoutBlinks(sight, frame.time, out);
  }
  const dt = sight.time === sight.time ? Math.max(0, frame.time - sight.time) : 0;
  sight.time = frame.time;
  if (!turnsOf(frame, set.yUp, turns)) return any;
  for (let i = 0; i < turns.length; i++) {
    if (!Number.isFinite(turns[i])) continue;
    // The mean of what was seen, of which the oldest is forgotten: in one step or in many the same.
    const before = AHEAD + seen[i];
    rest[i] += (before < USUAL ? dt / (before + dt) : 1 - Math.exp(-dt / USUAL)) * (turns[i] - rest[i]);
    seen[i] += dt;
    out[HEAD_AT + i] = turns[i] - rest[i];
    quality[HEAD_AT + i] = 1;
    any = true;
  }
  return any;
}

function trustIn({ of }: Shown, confidence: ArrayLike<number> | undefined): number {
  if (confidence === undefined) return 1;
  let sum = 0;
  for (let i = 0; i < of.length; i++) sum += confidence[of[i]];
  return sum / of.length;
}

function shown({ of, by, less, gain }: Shown, face: ArrayLike<number>): number {
  let sum = 0,
    least = Infinity;
  for (let i = 0; i < of.length; i++) {
    sum += face[of[i]];
    least = Math.min(least, face[of[i]]);
  }
  const whole = by === "mean" ? sum / of.length : least;
  // Where what takes away is not measured, nothing is known to.
  return gain * (less >= 0 && Number.isFinite(face[less]) ? whole - Math.max(0, face[less]) : whole);
}

/** Takes off what both eyes have not been closed for long enough; one eye alone winks. */
function withoutBlinks(sight: FaceSight, time: number, out: Float64Array): void {
  const both = Math.min(out[LEFT_EYE], out[RIGHT_EYE]);
  if (!Number.isFinite(both)) return;
  if (!(Math.abs(time - sight.time) < GAP)) {
    sight.span = time;
    sight.closed = sight.closedBefore = 1;
  } else if (time - sight.span >= BLINK) {
    sight.closedBefore = time - sight.span < 2 * BLINK ? sight.closed : 1;
    sight.span = time;
    sight.closed = 1;
  }
  sight.closed = Math.min(sight.closed, both);
  const blink = both - Math.min(sight.closed, sight.closedBefore);
  out[LEFT_EYE] -= blink;
  out[RIGHT_EYE] -= blink;
}
