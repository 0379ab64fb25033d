// Faces as trackers name them, read as the own action units: which of their numbers show which unit. Data.
//
// ARKit blend shapes (as MediaPipe names them too) to units: the map most trackers use. Cheek and nose are weak in both.

import { FACE, FACE_UNITS } from "./face.ts";

/** Apple's blend shapes in the order of Live Link Face; # stands for Left and Right. */
const ARKIT: readonly string[] =
  `eyeBlinkLeft eyeLookDownLeft eyeLookInLeft eyeLookOutLeft eyeLookUpLeft eyeSquintLeft eyeWideLeft
  eyeBlinkRight eyeLookDownRight eyeLookInRight eyeLookOutRight eyeLookUpRight eyeSquintRight eyeWideRight
  jawForward jawRight jawLeft jawOpen mouthClose mouthFunnel mouthPucker mouthRight mouthLeft
  mouthSmileLeft mouthSmileRight mouthFrownLeft mouthFrownRight mouthDimpleLeft mouthDimpleRight
  mouthStretchLeft mouthStretchRight mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper
  mouthPressLeft mouthPressRight mouthLowerDownLeft mouthLowerDownRight mouthUpperUpLeft mouthUpperUpRight
  browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight
  cheekPuff cheekSquintLeft cheekSquintRight noseSneerLeft noseSneerRight tongueOut`.split(/\s+/);

/** The 17 units OpenFace 2 estimates. */
const OPENFACE: readonly string[] =
  "AU01 AU02 AU04 AU05 AU06 AU07 AU09 AU10 AU12 AU14 AU15 AU17 AU20 AU23 AU25 AU26 AU45".split(" ");

/** A unit is as strong as the mean of these; # stands for the side. Units without an entry cannot be seen. */
const FROM_ARKIT: Readonly<Record<string, readonly string[]>> = {
  AU01: ["browInnerUp"],
  AU02: ["browOuterUp#"],
  AU04: ["browDown#"],
  AU05: ["eyeWide#"],
  AU06: ["cheekSquint#"],
  AU07: ["eyeSquint#"],
  AU09: ["noseSneerLeft", "noseSneerRight"],
  AU10: ["mouthUpperUp#"],
  AU12: ["mouthSmile#"],
  AU14: ["mouthDimple#"],
  AU15: ["mouthFrown#"],
  AU16: ["mouthLowerDownLeft", "mouthLowerDownRight"],
  AU17: ["mouthShrugLower"],
  AU18: ["mouthPucker"],
  AU20: ["mouthStretch#"],
  AU22: ["mouthFunnel"],
  AU24: ["mouthPressLeft", "mouthPressRight"],
  AU26: ["jawOpen"],
  AU34: ["cheekPuff"],
  AU43: ["eyeBlink#"],
};

/** A known face set: the names of its numbers, and which of them are averaged to each own unit, [FACE]. */
export interface FaceSet {
  readonly names: readonly string[];
  readonly from: readonly (readonly number[])[];
  /** Whether y points up and z towards the camera in its head and gaze; else y points down and z away. */
  readonly yUp: boolean;
}

const SETS: Readonly<Record<string, FaceSet>> = {
  [`facs-${FACE}`]: { names: FACE_UNITS, from: FACE_UNITS.map((_, u) => [u]), yUp: true },
  "facs-17": {
    names: OPENFACE,
    // 45 is a blink, 43 the eye closed: the same movement.
    from: FACE_UNITS.map((unit) =>
      OPENFACE.flatMap((name, i) => (name === (unit.startsWith("AU43") ? "AU45" : unit.slice(0, 4)) ? [i] : [])),
    ),
    yUp: false,
  },
  "arkit-52": {
    names: ARKIT,
    from: FACE_UNITS.map((unit) =>
      (FROM_ARKIT[unit.slice(0, 4)] ?? []).map((name) =>
        ARKIT.indexOf(name.replace("#", unit.endsWith("R") ? "Right" : "Left")),
      ),
    ),
    yUp: true,
  },
};

export const FACE_SET_NAMES: readonly string[] = Object.keys(SETS);

/**
 * @throws RangeError that lists the known sets
 */
export function faceSetNamed(name: string): FaceSet {
  const set = SETS[name];
  if (set) return set;
  throw new RangeError(`no face set "${name}" is known; known: ${FACE_SET_NAMES.join(", ")}`);
}
