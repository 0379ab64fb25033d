// The outlines of head and hair, whichever way they are turned, and the hair within its own.

import { type Context, around, fillOutlined } from "./curves.ts";
import { HAIR_AZIMUTHS, HAIR_ROWS } from "./hair.ts";
import type { Head } from "./head-move.ts";
import { SKULL } from "./head-shape.ts";
import type { Palette } from "./look.ts";

/** An outline on the canvas: `count` corners of `at` [OUTLINE, 3], clockwise. */
export interface Outline {
  readonly at: Float64Array;
  count: number;
}

export const createOutline = (): Outline => ({ at: new Float64Array(3 * OUTLINE), count: 0 });

/** Looks for the outline of skin, hair or both in each direction. */
export function outlineInto({ at, hair, size }: Head, outline: Outline, of: "skin" | "hair" | "both"): void {
  const apart = 0.12 * size;
  let n = 0;
  for (let k = 0; k < OUTLINE; k++) {
    const skin = of === "hair" ? 0 : furthest(at, 3 * SKULL, k);
    const hairy = of === "skin" ? 0 : furthest(hair, 0, k);
    const inHair = of === "hair" || (of === "both" && reach(hair, hairy, k) > reach(at, skin, k));
    const x = inHair ? hair[hairy] : at[skin],
      y = inHair ? hair[hairy + 1] : at[skin + 1];
    // One corner is the furthest in several directions, and close ones would make the curve wavy.
    if (n > 0 && near(outline.at, n - 1, x, y, apart)) continue;
    outline.at[3 * n] = x;
    outline.at[3 * n + 1] = y;
    n++;
  }
  if (n > 1 && near(outline.at, n - 1, outline.at[0], outline.at[1], apart)) n--;
  outline.count = n;
}

function near(at: Float64Array, k: number, x: number, y: number, apart: number): boolean {
  return Math.abs(at[3 * k] - x) + Math.abs(at[3 * k + 1] - y) < apart;
}

function reach(at: Float64Array, p: number, direction: number): number {
  return COSINES[direction] * at[p] + SINES[direction] * at[p + 1];
}

function furthest(at: Float64Array, from: number, direction: number): number {
  let best = -Infinity,
    found = from;
  for (let p = from; p < at.length; p += 3) {
    const far = COSINES[direction] * at[p] + SINES[direction] * at[p + 1];
    if (far > best) {
      best = far;
      found = p;
    }
  }
  return found;
}

/** Adds an outline to the path, round at its corners. */
export function outlinePath(ctx: Context, { at, count }: Outline): void {
  around(ctx, at, CORNERS[count]);
}

/** Adds the hair that is turned to the viewer. */
function hairPath(ctx: Context, { hair }: Head): void {
  for (let a = 0; a < HAIR_AZIMUTHS; a++) {
    const next = (a + 1) % HAIR_AZIMUTHS;
    for (let r = 0; r + 1 < HAIR_ROWS; r++) {
      const p = 3 * (a * HAIR_ROWS + r),
        q = 3 * (next * HAIR_ROWS + r);
      // Twice the area as the canvas sees it; the crown's quads are triangles.
      const area =
        (hair[q + 3] - hair[p]) * (hair[p + 4] - hair[q + 1]) - (hair[q + 4] - hair[p + 1]) * (hair[p + 3] - hair[q]);
      if (area <= 0) continue;
      ctx.moveTo(hair[p], hair[p + 1]);
      ctx.lineTo(hair[q], hair[q + 1]);
      ctx.lineTo(hair[q + 3], hair[q + 4]);
      ctx.lineTo(hair[p + 3], hair[p + 4]);
      ctx.closePath();
    }
  }
}

/** What lies behind the neck: the hair's outline, given from `outlineInto`. */
export function drawHairBehind(ctx: Context, outline: Outline, palette: Palette, line: number): void {
  ctx.beginPath();
  outlinePath(ctx, outline);
  fillOutlined(ctx, palette.hairShade, palette, line);
}

/** What lies before the face, on top and at the sides. */
export function drawHairInFront(ctx: Context, head: Head, hairline: Outline, palette: Palette, line: number): void {
  const { hair } = head;
  ctx.save();
  ctx.beginPath();
  outlinePath(ctx, hairline);
  ctx.clip();
  ctx.fillStyle = palette.hair;
  ctx.beginPath();
  hairPath(ctx, head);
  ctx.fill();
  ctx.lineWidth = Math.max(0.5, 0.6 * line);
  for (let s = 0; s < STRANDS.length; s++) {
    ctx.strokeStyle = s % 2 === 0 ? palette.hairShade : palette.hairLight;
    ctx.beginPath();
    const first = 3 * (STRANDS[s] * HAIR_ROWS + 2);
    // Only what is well in front of the ears is seen whole.
    if (hair[first + 3 * (HAIR_ROWS - 5) + 2] < head.origin[2] + 0.3 * head.size) continue;
    ctx.moveTo(hair[first], hair[first + 1]);
    for (let p = first + 3; p < first + 3 * (HAIR_ROWS - 4); p += 3)
      ctx.quadraticCurveTo(hair[p], hair[p + 1], (hair[p] + hair[p + 3]) / 2, (hair[p + 1] + hair[p + 4]) / 2);
    ctx.stroke();
  }
  ctx.restore();
}

/** Directions in which the outline is looked for. */
export const OUTLINE = 72;
const COSINES = Float64Array.from({ length: OUTLINE }, (_, k) => Math.cos((2 * Math.PI * k) / OUTLINE));
const SINES = Float64Array.from({ length: OUTLINE }, (_, k) => Math.sin((2 * Math.PI * k) / OUTLINE));
/** The first so many corners, for every number of them. */
const CORNERS = Array.from({ length: OUTLINE + 1 }, (_, n) => Array.from({ length: n }, (_, k) => k));
/** Azimuths at which a strand is drawn. */
const STRANDS = [8, 17, 25, 30, 34, 38, 42, 47, 55, 63];
