// What MediaPipe's face landmarker gives: 52 blendshape scores and 478 landmarks, and which of them are where.

/** Blendshapes in the model's order; `_neutral` comes first and says nothing. */
export const BLENDSHAPES: readonly string[] =
  `_neutral browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight cheekPuff cheekSquintLeft cheekSquintRight
  eyeBlinkLeft eyeBlinkRight eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight
  eyeLookUpLeft eyeLookUpRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight jawForward jawLeft jawOpen jawRight
  mouthClose mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight mouthFunnel mouthLeft mouthLowerDownLeft
  mouthLowerDownRight mouthPressLeft mouthPressRight mouthPucker mouthRight mouthRollLower mouthRollUpper mouthShrugLower
  mouthShrugUpper mouthSmileLeft mouthSmileRight mouthStretchLeft mouthStretchRight mouthUpperUpLeft mouthUpperUpRight
  noseSneerLeft noseSneerRight`.split(/\s+/);

export const LANDMARKS = 478;

/** Landmarks by place; left and right are the person's own. */
export const POINT = {
  forehead: 10,
  chin: 152,
  noseTip: 1,
  left: {
    eyeInner: 362,
    eyeOuter: 263,
    lidUpper: 386,
    lidLower: 374,
    browInner: 336,
    brow: 334,
    nostril: 327,
    mouth: 291,
    cheek: 425,
    side: 454,
    iris: 473,
  },
  right: {
    eyeInner: 133,
    eyeOuter: 33,
    lidUpper: 159,
    lidLower: 145,
    browInner: 107,
    brow: 105,
    nostril: 98,
    mouth: 61,
    cheek: 205,
    side: 234,
    iris: 468,
  },
  lipUpperInner: 13,
  lipLowerInner: 14,
  lipUpper: 0,
  lipLower: 17,
} as const;

/** Distance of two landmarks, [478, 3]; x, y and z in like units. */
export function span(points: ArrayLike<number>, a: number, b: number): number {
  return Math.hypot(
    points[3 * a] - points[3 * b],
    points[3 * a + 1] - points[3 * b + 1],
    points[3 * a + 2] - points[3 * b + 2],
  );
}
