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

/** One way in which a set shows a unit: the places of the numbers that do, taken together. */
export interface Shown {
  readonly of: readonly number[];
  /** As much as the mean of them, or as the least: what only goes together. */
  readonly by: "mean" | "least";
  /** The place of what takes away from it, -1 for nothing. */
  readonly less: number;
  readonly gain: number;
}

/** The same by names; # stands for the side. */
type Named = Omit<Shown, "of" | "less"> & { readonly of: readonly string[]; readonly less?: string };

/** Of several ways the strongest counts. Units without an entry cannot be seen. */
const FROM_ARKIT: Readonly<Record<string, readonly Named[]>> = {
  AU01: [mean("browInnerUp")],
  AU02: [mean("browOuterUp#")],
  AU04: [mean("browDown#")],
  AU05: [mean("eyeWide#")],
  // MediaPipe scores the cheek as 0 whatever it does; eyes that narrow while smiling are pushed up by it.
  AU06: [mean("cheekSquint#"), { of: ["eyeSquint#", "mouthSmile#"], by: "least", gain: 1 }],
  AU07: [mean("eyeSquint#")],
  AU09: [mean("noseSneerLeft", "noseSneerRight")],
  AU10: [mean("mouthUpperUp#")],
  AU12: [mean("mouthSmile#")],
  AU14: [mean("mouthDimple#")],
  AU15: [mean("mouthFrown#")],
  AU16: [mean("mouthLowerDownLeft", "mouthLowerDownRight")],
  AU17: [mean("mouthShrugLower")],
  AU18: [mean("mouthPucker")],
  AU20: [mean("mouthStretch#")],
  AU22: [mean("mouthFunnel")],
  AU23: [mean("mouthPressLeft", "mouthPressRight", "mouthRollLower")],
  AU24: [mean("mouthPressLeft", "mouthPressRight")],
  // Lips are apart long before the jaw is all down, unless they are kept closed over it; or with the teeth together.
  AU25: [
    { of: ["jawOpen"], less: "mouthClose", by: "mean", gain: 2 },
    mean("mouthLowerDownLeft", "mouthLowerDownRight"),
  ],
  AU26: [mean("jawOpen")],
  AU34: [mean("cheekPuff")],
  AU43: [mean("eyeBlink#")],
};

/** A known face set: the names of its numbers, and the ways in which they show each own unit, [FACE]. */
export interface FaceSet {
  readonly names: readonly string[];
  readonly from: readonly (readonly Shown[])[];
  /** Whether y points up and z towards the camera in its head and gaze; else y points down and z away. */
  readonly yUp: boolean;
}

const SETS: Readonly<Record<string, FaceSet>> = {
  [`facs-${FACE}`]: { names: FACE_UNITS, from: FACE_UNITS.map((_, u) => [shownBy(u)]), yUp: true },
  "facs-17": {
    names: OPENFACE,
    // 45 is a blink, 43 the eye closed: the same movement.
    from: FACE_UNITS.map((unit) =>
      OPENFACE.flatMap((name, i) =>
        name === (unit.startsWith("AU43") ? "AU45" : unit.slice(0, 4)) ? [shownBy(i)] : [],
      ),
    ),
    yUp: false,
  },
  "arkit-52": {
    names: ARKIT,
    from: FACE_UNITS.map((unit) =>
      (FROM_ARKIT[unit.slice(0, 4)] ?? []).map(({ of, less, ...way }) => {
        const at = (name: string) => ARKIT.indexOf(name.replace("#", unit.endsWith("R") ? "Right" : "Left"));
        return { ...way, of: of.map(at), less: less === undefined ? -1 : at(less) };
      }),
    ),
    yUp: true,
  },
};

export const FACE_SET_NAMES: readonly string[] = Object.keys(SETS);

/**
 * @throws RangeError that lists the known sets
 */
export function faceSetNamed(name: string): FaceSet {
  if (Object.hasOwn(SETS, name)) return SETS[name];
  throw new RangeError(`no face set "${name}" is known; known: ${FACE_SET_NAMES.join(", ")}`);
}

function mean(...of: readonly string[]): Named {
  return { of, by: "mean", gain: 1 };
}

function shownBy(place: number): Shown {
  return { of: [place], by: "mean", less: -1, gain: 1 };
}
