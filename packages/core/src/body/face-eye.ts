// Seeing a face: what a tracker gives, as the own action units, with the turn of head and eyes from where this person
// usually holds them.

import type { Frame, RecordingHeader } from "../frame.ts";
import { FACE } from "./face.ts";
import { type FaceSet, faceSetNamed } from "./face-sets.ts";
import { turnsOf } from "./turns.ts";
import { HEAD_AT, TURNS, VISAGE } from "./visage.ts";

/** A way of seeing one face and what it has got used to; plain data. */
export interface FaceSight {
  readonly set: FaceSet;
  /** Where head and eyes are usually turned, [TURNS], rad; NaN before anything was seen. */
  rest: Float64Array;
  time: number;
  readonly turns: Float64Array;
}

/** Numbers trusted less say nothing. */
const TRUSTED = 0.2;
/** Head and eyes turned like this for so long, s, are where the person holds them: the camera stands aside. */
const USUAL = 30;

/** @throws RangeError if the header names no face set, or one that is not known */
export function createFaceSight({ faceSet }: RecordingHeader): FaceSight {
  if (faceSet === undefined)
    throw new RangeError(
      `createEye: the header names no face set, so there is no face to see; wanted "faceSet" (facs-${FACE}, arkit-52 or facs-17) and "face" in the frames`,
    );
  return {
    set: faceSetNamed(faceSet),
    rest: new Float64Array(TURNS.length).fill(NaN),
    time: NaN,
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
  const { set, turns, rest } = sight;
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
      let sum = 0,
        trust = 0;
      for (let i = 0; i < from.length; i++) {
        sum += face[from[i]];
        trust += faceConfidence === undefined ? 1 : faceConfidence[from[i]];
      }
      if (from.length === 0 || !(trust / from.length >= TRUSTED) || !Number.isFinite(sum)) continue;
      out[u] = Math.min(1, Math.max(0, sum / from.length));
      quality[u] = trust / from.length;
      any = true;
    }
  }
  if (!turnsOf(frame, set.yUp, turns)) return any;
  const dt = sight.time === sight.time ? Math.max(0, frame.time - sight.time) : 0;
  sight.time = frame.time;
  const share = 1 - Math.exp(-dt / USUAL);
  for (let i = 0; i < turns.length; i++) {
    if (!Number.isFinite(turns[i])) continue;
    if (!(rest[i] === rest[i])) rest[i] = turns[i];
    else rest[i] += share * (turns[i] - rest[i]);
    out[HEAD_AT + i] = turns[i] - rest[i];
    quality[HEAD_AT + i] = 1;
    any = true;
  }
  return any;
}
