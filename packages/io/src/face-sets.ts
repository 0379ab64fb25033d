// Names of what the numbers in `face` say, by face set. Data only.

import { FACE, FACE_UNITS } from "@attune/core";

/** The 17 action units whose intensity OpenFace 2 estimates, as it names them. */
const FACS_17 = "AU01 AU02 AU04 AU05 AU06 AU07 AU09 AU10 AU12 AU14 AU15 AU17 AU20 AU23 AU25 AU26 AU45".split(" ");

/** Apple's blend shapes in the order of Live Link Face. */
const ARKIT_52 = `eyeBlinkLeft eyeLookDownLeft eyeLookInLeft eyeLookOutLeft eyeLookUpLeft eyeSquintLeft eyeWideLeft
  eyeBlinkRight eyeLookDownRight eyeLookInRight eyeLookOutRight eyeLookUpRight eyeSquintRight eyeWideRight
  jawForward jawRight jawLeft jawOpen mouthClose mouthFunnel mouthPucker mouthRight mouthLeft
  mouthSmileLeft mouthSmileRight mouthFrownLeft mouthFrownRight mouthDimpleLeft mouthDimpleRight
  mouthStretchLeft mouthStretchRight mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper
  mouthPressLeft mouthPressRight mouthLowerDownLeft mouthLowerDownRight mouthUpperUpLeft mouthUpperUpRight
  browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight
  cheekPuff cheekSquintLeft cheekSquintRight noseSneerLeft noseSneerRight tongueOut`.split(/\s+/);

/** Units of the face sets that `faceSet` in a header may name. */
export const FACE_SETS = {
  "facs-17": FACS_17,
  [`facs-${FACE}`]: FACE_UNITS,
  "arkit-52": ARKIT_52,
} as const satisfies Readonly<Record<string, readonly string[]>>;
