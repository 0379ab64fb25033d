// What the landmarks show and the blendshapes do not: cheeks raised, nose wrinkled, lip corners drawn down. Distances are
// shares of the width between the outer corners of the eyes, taken in depth too, so that turning the head changes them little.

import { POINT, span } from "./mesh.ts";

export const MEASURES = [
  /** Lower lid to cheek, per side: gets short as the cheek rises. */
  "cheekGapL",
  "cheekGapR",
  /** Nose wing to inner corner of the eye, both sides: gets short as the nose wrinkles. */
  "noseGap",
  /** Between the lids, per side. */
  "eyeGapL",
  "eyeGapR",
  /** Between the lips, inside. */
  "lipGap",
  /** Corner of the mouth below the middle of the lips, per side, along the face: grows as it is drawn down. */
  "cornerDropL",
  "cornerDropR",
  /** Inner brow to inner corner of the eye, both sides. */
  "browGap",
] as const;

/**
 * @param points landmarks [478, 3], x and y in units of one length (pixels, or fractions times width and height), z likewise
 * @param out [MEASURES]
 * @returns false where the face is too small or flat to measure; `out` is then NaN
 */
export function measure(points: ArrayLike<number>, out: Float64Array): boolean {
  const width = span(points, POINT.left.eyeOuter, POINT.right.eyeOuter);
  if (!(width > 1e-6) || !Number.isFinite(width)) {
    out.fill(NaN);
    return false;
  }
  const { left, right } = POINT;
  const share = (a: number, b: number): number => span(points, a, b) / width;
  out[0] = share(left.lidLower, left.cheek);
  out[1] = share(right.lidLower, right.cheek);
  out[2] = (share(left.nostril, left.eyeInner) + share(right.nostril, right.eyeInner)) / 2;
  out[3] = share(left.lidUpper, left.lidLower);
  out[4] = share(right.lidUpper, right.lidLower);
  out[5] = share(POINT.lipUpperInner, POINT.lipLowerInner);
  out[6] = drop(points, left.mouth) / width;
  out[7] = drop(points, right.mouth) / width;
  out[8] = (share(left.browInner, left.eyeInner) + share(right.browInner, right.eyeInner)) / 2;
  return out.every(Number.isFinite);
}

/** How far down the face a corner of the mouth lies below the middle of the lips. */
function drop(points: ArrayLike<number>, corner: number): number {
  const length = span(points, POINT.chin, POINT.forehead) || 1;
  let along = 0;
  for (let c = 0; c < 3; c++) {
    const down = (points[3 * POINT.chin + c] - points[3 * POINT.forehead + c]) / length;
    const middle = (points[3 * POINT.lipUpperInner + c] + points[3 * POINT.lipLowerInner + c]) / 2;
    along += down * (points[3 * corner + c] - middle);
  }
  return along;
}
