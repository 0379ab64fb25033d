// The hair at rest, in head axes: short, parted on the person's left, free of the brows.

import { TOP, skullAt } from "./head-shape.ts";

/** Hair: rows from the crown to the hairline at each azimuth, on the skull and somewhat off it. */
export const HAIR_ROWS = 9;
export const HAIR_AZIMUTHS = 72;
/** Azimuth in degrees (positive to the person's left) and height of the hairline. */
const HAIRLINE: readonly (readonly [azimuth: number, y: number])[] = [
  [-180, -0.62],
  [-135, -0.58],
  [-112, -0.2],
  [-100, 0.26],
  [-90, 0.2],
  [-82, 0.02],
  [-76, 0.08],
  [-70, 0.5],
  [-58, 0.84],
  [-40, 0.96],
  [-18, 1.06],
  [5, 1.2],
  [22, 1.27],
  [36, 1.16],
  [56, 0.9],
  [70, 0.5],
  [76, 0.08],
  [82, 0.02],
  [90, 0.2],
  [100, 0.26],
  [112, -0.2],
  [135, -0.58],
  [180, -0.62],
];

/** [HAIR_AZIMUTHS, HAIR_ROWS, 3]; row 0 is the crown. */
export const HAIR: Readonly<Float64Array> = growHair();

function growHair(): Float64Array {
  const hair = new Float64Array(3 * HAIR_AZIMUTHS * HAIR_ROWS);
  for (let a = 0; a < HAIR_AZIMUTHS; a++) {
    const degrees = (360 * a) / HAIR_AZIMUTHS - 180;
    const line = hairlineAt(degrees);
    for (let r = 0; r < HAIR_ROWS; r++) {
      const down = r / (HAIR_ROWS - 1);
      const y = line + (TOP - line) * Math.sqrt(1 - down * down);
      const p = skullAt((Math.PI * degrees) / 180, y);
      const off = 1.035 + 0.1 * Math.sqrt(1 - down * down) + 0.025 * Math.max(0, -Math.cos((Math.PI * degrees) / 180));
      const k = 3 * (a * HAIR_ROWS + r);
      hair[k] = p[0] * off;
      hair[k + 1] = 0.3 + (p[1] - 0.3) * (1 + (off - 1) * 1.1);
      hair[k + 2] = p[2] * off;
    }
  }
  return hair;
}

function hairlineAt(degrees: number): number {
  let k = 0;
  while (k + 2 < HAIRLINE.length && HAIRLINE[k + 1][0] <= degrees) k++;
  const [a, b] = [HAIRLINE[k], HAIRLINE[k + 1]];
  const wide = b[0] - a[0];
  const t = (degrees - a[0]) / wide;
  // A cubic through the points that keeps its slope from one stretch to the next.
  const u = t * t * (3 - 2 * t);
  return a[1] + (b[1] - a[1]) * u + wide * t * (1 - t) * ((1 - t) * slopeAt(k) - t * slopeAt(k + 1));
}

function slopeAt(k: number): number {
  const [a, b] = [HAIRLINE[Math.max(0, k - 1)], HAIRLINE[Math.min(HAIRLINE.length - 1, k + 1)]];
  return (b[1] - a[1]) / (b[0] - a[0]);
}
