// Drawing the head: hair behind, ears, skin with the shade its turn gives it, eyes, nose, mouth, brows, hair in front.

import { type Context, around, through, fillOutlined } from "./curves.ts";
import { AZIMUTHS, EYE, RING_COUNT, SKULL, chain, earRing, point } from "./head-shape.ts";
import type { Head } from "./head-move.ts";
import { type Outline, drawHairInFront, outlinePath } from "./head-outline.ts";
import { UNIT } from "./head-units.ts";
import type { Palette } from "./look.ts";
import { drawMouth } from "./mouth-draw.ts";

/** Light from above, left of the viewer; on the canvas, y down. */
const LIGHT = [-0.42, -0.5, 0.76] as const;

const SIDES = ["L", "R"] as const;
const EARS = SIDES.map(earRing);
const LID_UPPER = SIDES.map((s) => chain(s, "eyeInner", "upperLid1", "upperLid2", "upperLid3", "eyeOuter"));
const LID_LASH = SIDES.map((s) => chain(s, "eyeInner", "upperLid1", "upperLid2", "upperLid3", "eyeOuter", "lash"));
const LID_LOWER = SIDES.map((s) => chain(s, "eyeOuter", "lowerLid3", "lowerLid2", "lowerLid1", "eyeInner"));
const CREASE = SIDES.map((s) => chain(s, "crease0", "crease1", "crease2", "crease3", "crease4"));
const SOCKET = SIDES.map((s) =>
  chain(s, "noseSide", "brow0Low", "brow1Low", "brow2Low", "brow3Low", "foot1", "bag3", "bag2", "bag1"),
);
const BAG = SIDES.map((s) => chain(s, "bag1", "bag2", "bag3"));
const BROW_TOP = SIDES.map((s) => chain(s, "brow0Low", "brow0Top", "brow1Top", "brow2Top", "brow3Top", "brow4"));
const BROW_LOW = SIDES.map((s) => chain(s, "brow4", "brow3Low", "brow2Low", "brow1Low", "brow0Low"));
const FEET = SIDES.map((s) => [chain(s, "foot1", "foot2"), chain(s, "foot3", "foot4"), chain(s, "foot5", "foot6")]);
const WRINKLES = SIDES.map((s) => [chain(s, "wrinkle1", "wrinkle2"), chain(s, "wrinkle3", "wrinkle4")]);
const GLABELLA = SIDES.map((s) => chain(s, "glabella1", "glabella2"));
const FOREHEAD = [1, 2].map((k) => [point(`forehead${k}SideR`), point(`forehead${k}`), point(`forehead${k}SideL`)]);
const NOSE_SIDE = SIDES.map((s) => chain(s, "bridge", "ridge", "overTip", "tip", "wingTop", "noseFlank", "noseSide"));
const NOSE_UNDER = chain("L", "wingL", "wingLowL", "septum", "wingLowR", "wingR", "tip");
const WING = SIDES.map((s) => chain(s, "wingTop", "wing", "wingLow"));
const NOSTRIL = SIDES.map((s) => point(`nostril${s}`));
const CHEEK = SIDES.map((s) => point(`cheek${s}`));
const FOLD = SIDES.map((s) => chain(s, "fold0", "fold1", "fold2", "fold3"));
const PUFF = SIDES.map((s) => chain(s, "puff0", "puff1", "puff2"));

/** The head from the neck forward. */
export function drawHead(
  ctx: Context,
  head: Head,
  outline: Outline,
  hairline: Outline,
  palette: Palette,
  line: number,
): void {
  const { turn, size } = head;
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  for (let side = 0; side < 2; side++) if (!earInFront(turn, size, side)) drawEar(ctx, head, side, palette, line);
  ctx.beginPath();
  outlinePath(ctx, outline);
  fillOutlined(ctx, palette.skin, palette, line);
  // All of the face stays within the head.
  ctx.save();
  ctx.clip();
  drawShade(ctx, head, palette);
  const facing = turn[8] / size;
  if (facing > -0.2) {
    for (let side = 0; side < 2; side++) drawCheek(ctx, head, side, palette);
    for (let side = 0; side < 2; side++) drawEye(ctx, head, side, palette, line);
    drawFolds(ctx, head, palette);
    drawMouth(ctx, head, palette, line);
    for (let side = 0; side < 2; side++) drawBrow(ctx, head, side, palette);
  }
  ctx.restore();
  for (let side = 0; side < 2; side++) if (earInFront(turn, size, side)) drawEar(ctx, head, side, palette, line);
  if (facing > -0.2) drawNose(ctx, head, palette, line);
  drawHairInFront(ctx, head, hairline, palette, line);
}

/** Whether an ear's outside is turned to the viewer. */
function earInFront(turn: Float64Array, size: number, side: number): boolean {
  return ((side === 0 ? turn[6] : -turn[6]) - 0.1 * turn[8]) / size > -0.02;
}

function drawEar(ctx: Context, { at }: Head, side: number, palette: Palette, line: number): void {
  const ring = EARS[side];
  ctx.beginPath();
  around(ctx, at, ring);
  fillOutlined(ctx, palette.skin, palette, line);
  // The hollow: the same ring drawn in towards its middle.
  let x = 0,
    y = 0;
  for (let k = 0; k < ring.length; k++) {
    x += at[3 * ring[k]] / ring.length;
    y += at[3 * ring[k] + 1] / ring.length;
  }
  ctx.beginPath();
  for (let k = 0; k < ring.length; k++) {
    const px = x + 0.55 * (at[3 * ring[k]] - x),
      py = y + 0.55 * (at[3 * ring[k] + 1] - y);
    if (k === 0) ctx.moveTo(px, py);
    else ctx.lineTo(px, py);
  }
  ctx.closePath();
  ctx.fillStyle = palette.skinShade;
  ctx.fill();
}

/** Skin turned away from the light, in two tones. */
function drawShade(ctx: Context, head: Head, palette: Palette): void {
  ctx.fillStyle = palette.skinShade;
  ctx.globalAlpha = 0.45;
  ctx.beginPath();
  shadedPath(ctx, head, 0.36);
  ctx.fill();
  ctx.globalAlpha = 0.8;
  ctx.beginPath();
  shadedPath(ctx, head, 0.12);
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** Adds the part of the skull's front that gets less light than `least`, its edge interpolated within each quad. */
function shadedPath(ctx: Context, { at, normals }: Head, least: number): void {
  for (let r = 2; r + 1 < RING_COUNT; r++)
    for (let a = 0; a < AZIMUTHS; a++) {
      const n = (a + 1) % AZIMUTHS;
      const p = r * AZIMUTHS + a,
        q = r * AZIMUTHS + n;
      if (normals[3 * p + 2] + normals[3 * (q + AZIMUTHS) + 2] < -0.3) continue;
      let started = false;
      let from = p;
      for (let k = 0; k < 4; k++) {
        const to = k === 0 ? q : k === 1 ? q + AZIMUTHS : k === 2 ? p + AZIMUTHS : p;
        const d0 = lightOn(normals, from) - least,
          d1 = lightOn(normals, to) - least;
        const f = 3 * (SKULL + from),
          g = 3 * (SKULL + to);
        if (d0 < 0) {
          vertex(ctx, at[f], at[f + 1], started);
          started = true;
        }
        if (d0 < 0 !== d1 < 0) {
          const t = d0 / (d0 - d1);
          vertex(ctx, at[f] + t * (at[g] - at[f]), at[f + 1] + t * (at[g + 1] - at[f + 1]), started);
          started = true;
        }
        from = to;
      }
      if (started) ctx.closePath();
    }
}

function vertex(ctx: Context, x: number, y: number, started: boolean): void {
  if (started) ctx.lineTo(x, y);
  else ctx.moveTo(x, y);
}

function lightOn(normals: Float64Array, p: number): number {
  return LIGHT[0] * normals[3 * p] + LIGHT[1] * normals[3 * p + 1] + LIGHT[2] * normals[3 * p + 2];
}

function drawCheek(ctx: Context, { at, units, size, turn }: Head, side: number, palette: Palette): void {
  const p = 3 * CHEEK[side];
  const warm =
    0.09 + 0.13 * Math.min(1, 0.6 * units[UNIT.smile[side]] + 0.6 * units[UNIT.cheek[side]] + units[UNIT.puff]);
  const wide = Math.max(0.1, (turn[8] + (side === 0 ? 0.5 : -0.5) * turn[6]) / size);
  ctx.globalAlpha = warm;
  ctx.fillStyle = palette.blush;
  ctx.beginPath();
  ctx.ellipse(at[p], at[p + 1], 0.27 * size * Math.min(1, wide), 0.19 * size, 0, 0, 2 * Math.PI);
  ctx.fill();
  ctx.globalAlpha = 1;
}

function drawEye(ctx: Context, head: Head, side: number, palette: Palette, line: number): void {
  const { at, irises, size, open, units } = head;
  ctx.fillStyle = palette.skinDeep;
  ctx.globalAlpha = 0.2;
  ctx.beginPath();
  around(ctx, at, SOCKET[side]);
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.save();
  ctx.beginPath();
  through(ctx, at, LID_UPPER[side], true);
  through(ctx, at, LID_LOWER[side], false);
  ctx.closePath();
  ctx.fillStyle = palette.eye;
  ctx.fill();
  ctx.clip();
  const i = 6 * side;
  const flat = Math.max(0.05, Math.min(1, irises[i + 5]));
  const angle = Math.atan2(irises[i + 4], irises[i + 3]);
  disc(ctx, irises[i], irises[i + 1], EYE.iris * size, flat, angle, palette.pupil);
  disc(ctx, irises[i], irises[i + 1], 0.86 * EYE.iris * size, flat, angle, palette.iris);
  disc(ctx, irises[i], irises[i + 1], EYE.pupil * size, flat, angle, palette.pupil);
  const glint = 0.036 * size;
  disc(ctx, irises[i] - 0.055 * size, irises[i + 1] - 0.06 * size, glint, 1, 0, palette.eye);
  // The upper lid's shadow on the ball.
  ctx.beginPath();
  through(ctx, at, LID_UPPER[side], true);
  ctx.lineWidth = 0.09 * size;
  ctx.strokeStyle = palette.skinDeep;
  ctx.globalAlpha = 0.4;
  ctx.stroke();
  ctx.restore();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.skinDeep;
  ctx.lineWidth = Math.max(0.5, 0.022 * size);
  ctx.beginPath();
  through(ctx, at, LID_LOWER[side], true);
  ctx.stroke();
  // A lowered brow hides the crease.
  ctx.globalAlpha =
    0.75 * Math.min(1, Math.max(0, open[side])) * (1 - Math.min(1, Math.max(0, units[UNIT.frown[side]])));
  ctx.beginPath();
  through(ctx, at, CREASE[side], true);
  ctx.stroke();
  ctx.globalAlpha = Math.min(0.6, 0.16 + 0.35 * units[UNIT.cheek[side]] + 0.2 * units[UNIT.tight[side]]);
  ctx.beginPath();
  through(ctx, at, BAG[side], true);
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = Math.max(0.9 * line, 0.046 * size);
  ctx.lineCap = "butt";
  ctx.beginPath();
  through(ctx, at, LID_LASH[side], true);
  ctx.stroke();
  ctx.lineCap = "round";
}

function disc(ctx: Context, x: number, y: number, radius: number, flat: number, angle: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.ellipse(x, y, radius * flat, radius, angle, 0, 2 * Math.PI);
  ctx.fill();
}

function drawBrow(ctx: Context, { at }: Head, side: number, palette: Palette): void {
  ctx.fillStyle = palette.ink;
  ctx.beginPath();
  through(ctx, at, BROW_TOP[side], true);
  through(ctx, at, BROW_LOW[side], false);
  ctx.closePath();
  ctx.fill();
}

/** A line that is as clear as `much`. */
function fold(ctx: Context, at: Float64Array, points: readonly number[], much: number): void {
  if (!(much > 0.02)) return;
  ctx.globalAlpha = Math.min(1, much);
  ctx.beginPath();
  through(ctx, at, points, true);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function drawFolds(ctx: Context, { at, units, size }: Head, palette: Palette): void {
  ctx.strokeStyle = palette.skinDeep;
  ctx.lineWidth = Math.max(0.5, 0.026 * size);
  const raised = 0.6 * units[UNIT.innerBrow];
  for (let k = 0; k < 2; k++)
    fold(ctx, at, FOREHEAD[k], 0.7 * (raised + 0.2 * (units[UNIT.outerBrow[0]] + units[UNIT.outerBrow[1]])) - 0.12);
  for (let side = 0; side < 2; side++) {
    fold(ctx, at, GLABELLA[side], 0.9 * units[UNIT.frown[side]]);
    for (let k = 0; k < 3; k++) fold(ctx, at, FEET[side][k], 0.75 * units[UNIT.cheek[side]]);
    for (let k = 0; k < 2; k++) fold(ctx, at, WRINKLES[side][k], 0.9 * units[UNIT.wrinkle]);
    const lifted = 0.12 + 0.6 * units[UNIT.smile[side]] + 0.5 * units[UNIT.upperLip[side]] + 0.4 * units[UNIT.wrinkle];
    fold(ctx, at, FOLD[side], Math.min(0.85, lifted) * (1 - 0.9 * Math.min(1, units[UNIT.puff])));
    fold(ctx, at, PUFF[side], 0.75 * units[UNIT.puff]);
  }
}

/** Each flank in the shade that its turn gives it, then what lies below the tip. */
function drawNose(ctx: Context, head: Head, palette: Palette, line: number): void {
  const { at, turn, size } = head;
  for (let side = 0; side < 2; side++) {
    const out = side === 0 ? 1 : -1;
    // The flank's normal is to its side, forward and a little up.
    const light =
      (LIGHT[0] * (0.72 * out * turn[0] + 0.69 * turn[2]) +
        LIGHT[1] * (0.72 * out * turn[3] + 0.69 * turn[5]) +
        LIGHT[2] * (0.72 * out * turn[6] + 0.69 * turn[8])) /
      size;
    ctx.globalAlpha = Math.max(0, Math.min(0.75, 1.0 * (0.72 - light)));
    ctx.fillStyle = palette.skinShade;
    ctx.beginPath();
    around(ctx, at, NOSE_SIDE[side]);
    ctx.fill();
  }
  ctx.globalAlpha = 0.55;
  ctx.fillStyle = palette.skinDeep;
  ctx.beginPath();
  around(ctx, at, NOSE_UNDER);
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.ink;
  for (let side = 0; side < 2; side++) {
    const p = 3 * NOSTRIL[side];
    ctx.beginPath();
    ctx.ellipse(at[p], at[p + 1], 0.058 * size, 0.03 * size, side === 0 ? 0.25 : -0.25, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.strokeStyle = palette.skinDeep;
  ctx.lineWidth = Math.max(0.6, 0.03 * size, 0.6 * line);
  for (let side = 0; side < 2; side++) {
    ctx.beginPath();
    through(ctx, at, WING[side], true);
    ctx.stroke();
  }
}
