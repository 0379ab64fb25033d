// Drawing the body below the head: trunk in its shirt, neck, arms as tapered limbs with mitts, legs.

import { type Context, around, capsule, through, fillOutlined } from "./curves.ts";
import type { Head } from "./head-move.ts";
import type { Palette } from "./look.ts";

/** Joints in the order of the skeleton that the figure is placed by (attune-20). */
export const JOINT = {
  pelvis: 0,
  neck: 1,
  head: 2,
  nose: 3,
  left: { shoulder: 4, elbow: 5, wrist: 6, hand: 7, hip: 12, knee: 13, ankle: 14, foot: 15 },
  right: { shoulder: 8, elbow: 9, wrist: 10, hand: 11, hip: 16, knee: 17, ankle: 18, foot: 19 },
} as const;
const SIDES = [JOINT.left, JOINT.right] as const;

/** Half widths, trunk lengths. */
const R = {
  neck: 0.112,
  shoulder: 0.104,
  arm: 0.086,
  elbow: 0.066,
  cuff: 0.099,
  wrist: 0.05,
  palm: 0.07,
  fingers: 0.052,
  thumb: 0.029,
  hip: 0.143,
  knee: 0.098,
  ankle: 0.062,
  shoe: 0.07,
};
/** A hand's edge: share of the way to its tip, half width. */
const MITT: readonly (readonly [along: number, out: number])[] = [
  [-0.25, 0.036],
  [0.08, 0.053],
  [0.42, 0.07],
  [0.8, 0.064],
  [1.03, 0.03],
];
const MITT_RING = Array.from({ length: 2 * MITT.length }, (_, k) => k);
/** Where the sleeve ends on the upper arm, share of it. */
const SLEEVE = 0.64;
/** How much nearer things are bigger, for each trunk length. */
const NEARER = 0.13;

/** The body on the canvas; plain data. */
export interface Body {
  /** Canvas x and y, and depth towards the viewer in canvas units, [20, 3]. */
  readonly at: Float64Array;
  /** Where each thumb points, canvas units of one trunk length, [2, 3]. */
  readonly thumbs: Float64Array;
  /** Points of the hand that is being drawn, [MITT twice, 3]. */
  readonly mitts: Float64Array;
  /** Points of the trunk's outline, [TRUNK, 3]. */
  readonly trunk: Float64Array;
  /** Trunk's left, up, forward on the canvas (unit, y down), [9]. */
  readonly trunkAxes: Float64Array;
  /** Canvas units of one trunk length. */
  size: number;
}

/** Outline of the trunk from the left side of the neck round to the right one: share of the way up, out, from the middle. */
const OUTLINE: readonly (readonly [up: number, out: number, fromShoulder: boolean])[] = [
  [1.115, 0.118, false],
  [1.095, 0.2, false],
  [0.103, -0.015, true],
  [0.0, 0.1, true],
  [-0.16, 0.035, true],
  [0.62, 0.315, false],
  [0.33, 0.29, false],
  [0.08, 0.336, false],
  [-0.1, 0.342, false],
  [-0.17, 0.338, false],
  [-0.185, 0.2, false],
];
/** Twice that, and the pit of the throat. */
const TRUNK = 2 * OUTLINE.length + 1;
const PIT = 3 * (TRUNK - 1);
const ALL = Array.from({ length: TRUNK }, (_, k) => k);
const COLLAR = [TRUNK - 2, TRUNK - 1, 0];

export function createBody(): Body {
  return {
    at: new Float64Array(60),
    thumbs: new Float64Array(6),
    mitts: new Float64Array(3 * MITT_RING.length),
    trunk: new Float64Array(3 * TRUNK),
    trunkAxes: new Float64Array(9),
    size: 1,
  };
}

/** Places the trunk's outline from the joints. */
export function shapeTrunk({ at, trunk, trunkAxes, size }: Body): void {
  const pelvis = 3 * JOINT.pelvis,
    neck = 3 * JOINT.neck;
  const upX = at[neck] - at[pelvis],
    upY = at[neck + 1] - at[pelvis + 1];
  const length = Math.hypot(upX, upY);
  // Bent towards the viewer the trunk gets short but stays as wide.
  const ux = length > 1e-6 ? upX / length : 0,
    uy = length > 1e-6 ? upY / length : -1;
  for (let k = 0; k < OUTLINE.length; k++) {
    const [up, out, fromShoulder] = OUTLINE[k];
    for (let side = 0; side < 2; side++) {
      const shoulder = 3 * SIDES[side].shoulder;
      const sign = side === 0 ? 1 : -1;
      const i = 3 * (side === 0 ? k : TRUNK - 2 - k);
      if (fromShoulder) {
        trunk[i] = at[shoulder] + size * (sign * out * trunkAxes[0] + up * ux);
        trunk[i + 1] = at[shoulder + 1] + size * (sign * out * trunkAxes[3] + up * uy);
      } else {
        // Hips turn less than shoulders; a trunk has depth, so it never gets thin.
        const turned = up > 0.5 ? trunkAxes[0] : 0.5 + 0.5 * trunkAxes[0];
        const wide = Math.sign(turned || 1) * Math.max(0.72, Math.abs(turned));
        trunk[i] = at[pelvis] + up * upX + size * sign * out * wide * -uy;
        trunk[i + 1] = at[pelvis + 1] + up * upY + size * sign * out * wide * ux;
      }
    }
  }
  trunk[PIT] = at[neck] + size * (0.06 * trunkAxes[2] - 0.005 * trunkAxes[1]);
  trunk[PIT + 1] = at[neck + 1] + size * (0.06 * trunkAxes[5] - 0.005 * trunkAxes[4]);
}

function nearer(body: Body, joint: number): number {
  return body.size * (1 + (NEARER * body.at[3 * joint + 2]) / body.size);
}

/** Adds a limb's stretch to the path. */
function limb(ctx: Context, body: Body, a: number, ra: number, b: number, rb: number): void {
  const { at } = body;
  capsule(ctx, at[3 * a], at[3 * a + 1], ra * nearer(body, a), at[3 * b], at[3 * b + 1], rb * nearer(body, b));
}

/** A mitt: narrow at the wrist, widest at the knuckles, round at the end, and its thumb. */
export function handPath(ctx: Context, body: Body, side: number): void {
  const { at, mitts } = body;
  const { wrist, hand } = SIDES[side];
  const w = 3 * wrist,
    h = 3 * hand;
  const s = nearer(body, hand);
  const dx = at[h] - at[w],
    dy = at[h + 1] - at[w + 1];
  const length = Math.hypot(dx, dy);
  // A hand that points at the viewer is as wide, and at least as long as it is thick.
  const ux = length > 1e-6 ? dx / length : 0,
    uy = length > 1e-6 ? dy / length : -1;
  const long = Math.max(length, 0.06 * s);
  for (let k = 0; k < MITT.length; k++) {
    const [along, out] = MITT[k];
    for (let edge = 0; edge < 2; edge++) {
      const i = 3 * (edge === 0 ? k : 2 * MITT.length - 1 - k);
      const far = along * long + (along > 0.9 ? 0.022 * s : 0);
      const wide = (edge === 0 ? -out : out) * s;
      mitts[i] = at[w] + far * ux - wide * uy;
      mitts[i + 1] = at[w + 1] + far * uy + wide * ux;
    }
  }
  around(ctx, mitts, MITT_RING);
  thumbPath(ctx, body, side);
}

function thumbPath(ctx: Context, body: Body, side: number): void {
  const { at, thumbs } = body;
  const { wrist, hand } = SIDES[side];
  const w = 3 * wrist,
    h = 3 * hand;
  const s = nearer(body, hand);
  const dx = at[h] - at[w],
    dy = at[h + 1] - at[w + 1];
  const tx = thumbs[3 * side],
    ty = thumbs[3 * side + 1];
  const bx = at[w] + 0.22 * dx + 0.03 * tx,
    by = at[w + 1] + 0.22 * dy + 0.03 * ty;
  capsule(ctx, bx, by, 1.15 * R.thumb * s, bx + 0.4 * dx + 0.082 * tx, by + 0.4 * dy + 0.082 * ty, R.thumb * s);
}

/** Adds the short sleeve, round over the shoulder, with a hem. */
function sleevePath(ctx: Context, body: Body, side: number): void {
  const { at, size } = body;
  const { shoulder, elbow } = SIDES[side];
  const s = 3 * shoulder,
    e = 3 * elbow;
  const dx = at[e] - at[s],
    dy = at[e + 1] - at[s + 1],
    length = Math.hypot(dx, dy);
  const x = at[s] + SLEEVE * dx,
    y = at[s + 1] + SLEEVE * dy;
  const top = R.shoulder * nearer(body, shoulder),
    hem = R.cuff * nearer(body, elbow);
  // An arm that points at the viewer shows its sleeve as a round.
  if (length < 0.25 * size) {
    capsule(ctx, at[s], at[s + 1], top, x, y, hem);
    return;
  }
  const ux = dx / length,
    uy = dy / length;
  const along = Math.atan2(dy, dx);
  ctx.moveTo(at[s] - top * uy, at[s + 1] + top * ux);
  ctx.arc(at[s], at[s + 1], top, along + Math.PI / 2, along + 1.5 * Math.PI);
  ctx.lineTo(x + hem * uy, y - hem * ux);
  ctx.quadraticCurveTo(x + 0.05 * size * ux, y + 0.05 * size * uy, x - hem * uy, y + hem * ux);
  ctx.closePath();
}

function upperArmPath(ctx: Context, body: Body, side: number): void {
  const { shoulder, elbow } = SIDES[side];
  limb(ctx, body, shoulder, R.arm, elbow, R.elbow);
}

function forearmPath(ctx: Context, body: Body, side: number): void {
  const { elbow, wrist } = SIDES[side];
  limb(ctx, body, elbow, R.elbow, wrist, R.wrist);
  handPath(ctx, body, side);
}

/** @param over whether the arm lies over the trunk: its shoulder is then one piece with the shirt */
export function drawArm(ctx: Context, body: Body, side: number, palette: Palette, line: number, over: boolean): void {
  const { at } = body;
  const { shoulder, elbow, wrist } = SIDES[side];
  const s = 3 * shoulder,
    e = 3 * elbow,
    w = 3 * wrist;
  const towards = at[w + 2] > at[e + 2];
  const folded = (at[w] - at[e]) * (at[s] - at[e]) + (at[w + 1] - at[e + 1]) * (at[s + 1] - at[e + 1]) > 0;
  ctx.beginPath();
  upperArmPath(ctx, body, side);
  forearmPath(ctx, body, side);
  fillOutlined(ctx, palette.skin, palette, line);
  ctx.beginPath();
  sleevePath(ctx, body, side);
  fillOutlined(ctx, palette.cloth, palette, line);
  if (over) joinShoulder(ctx, body, side, palette);
  if (towards && folded) {
    // The forearm lies over the upper arm; at the elbow they are one piece.
    ctx.beginPath();
    forearmPath(ctx, body, side);
    fillOutlined(ctx, palette.skin, palette, line);
    ctx.beginPath();
    elbowPath(ctx, body, side);
    ctx.fill();
  }
  thumbLine(ctx, body, side, palette, line);
}

/** The bare end of the upper arm. */
function elbowPath(ctx: Context, body: Body, side: number): void {
  const { at } = body;
  const { shoulder, elbow } = SIDES[side];
  const s = 3 * shoulder,
    e = 3 * elbow;
  const x = at[e] + 0.1 * (at[s] - at[e]),
    y = at[e + 1] + 0.1 * (at[s + 1] - at[e + 1]);
  const r = R.elbow * nearer(body, elbow);
  capsule(ctx, at[e], at[e + 1], 0.97 * r, x, y, 0.97 * r);
}

function joinShoulder(ctx: Context, body: Body, side: number, palette: Palette): void {
  const { at, size, trunkAxes } = body;
  const s = 3 * SIDES[side].shoulder;
  const inward = (side === 0 ? -0.105 : 0.105) * size;
  ctx.beginPath();
  capsule(
    ctx,
    at[s],
    at[s + 1],
    0.93 * R.shoulder * size,
    at[s] + inward * trunkAxes[0] - 0.03 * size * trunkAxes[1],
    at[s + 1] + inward * trunkAxes[3] - 0.03 * size * trunkAxes[4],
    0.088 * size,
  );
  ctx.fillStyle = palette.cloth;
  ctx.fill();
}

/** Where the thumb leaves the palm. */
function thumbLine(ctx: Context, body: Body, side: number, palette: Palette, line: number): void {
  const { at, thumbs } = body;
  const { wrist, hand } = SIDES[side];
  const w = 3 * wrist,
    h = 3 * hand;
  const dx = at[h] - at[w],
    dy = at[h + 1] - at[w + 1];
  const tx = thumbs[3 * side],
    ty = thumbs[3 * side + 1];
  ctx.strokeStyle = palette.skinDeep;
  ctx.lineCap = "round";
  ctx.lineWidth = Math.max(0.5, 0.7 * line);
  ctx.beginPath();
  ctx.moveTo(at[w] + 0.34 * dx + 0.052 * tx, at[w + 1] + 0.34 * dy + 0.052 * ty);
  ctx.lineTo(at[w] + 0.62 * dx + 0.066 * tx, at[w + 1] + 0.62 * dy + 0.066 * ty);
  ctx.stroke();
}

export function trunkPath(ctx: Context, body: Body): void {
  around(ctx, body.trunk, ALL);
}

/** The shirt, its collar along the pit of the throat. */
export function drawTrunk(ctx: Context, body: Body, palette: Palette, line: number): void {
  const { trunk, size } = body;
  ctx.beginPath();
  trunkPath(ctx, body);
  fillOutlined(ctx, palette.cloth, palette, line);
  ctx.save();
  ctx.clip();
  ctx.beginPath();
  through(ctx, trunk, COLLAR, true);
  ctx.lineWidth = 0.085 * size;
  ctx.strokeStyle = palette.clothShade;
  ctx.stroke();
  ctx.restore();
}

/** Limbs as single shapes, for outlines: how many there are of the arms, and of all. */
export const PARTS = { arms: 8, all: 14 } as const;

export function partPath(ctx: Context, body: Body, part: number): void {
  const arms = part < PARTS.arms;
  const k = arms ? part >> 1 : (part - PARTS.arms) >> 1;
  const { shoulder, elbow, wrist, hand, hip, knee, ankle, foot } = SIDES[part & 1];
  if (!arms) {
    if (k === 0) limb(ctx, body, hip, R.hip, knee, R.knee);
    else if (k === 1) limb(ctx, body, knee, R.knee, ankle, R.ankle);
    else limb(ctx, body, ankle, R.shoe, foot, R.shoe);
  } else if (k === 0) limb(ctx, body, shoulder, R.shoulder, elbow, R.elbow);
  else if (k === 1) limb(ctx, body, elbow, R.elbow, wrist, R.wrist);
  else if (k === 2) limb(ctx, body, wrist, R.palm, hand, R.fingers);
  else thumbPath(ctx, body, part & 1);
}

/** From within the shirt up into the head, behind the chin. */
export function neckPath(ctx: Context, { at, size }: Body, head: Head): void {
  const n = 3 * JOINT.neck;
  const x = head.origin[0] + 0.2 * head.turn[2] - 0.3 * head.turn[1],
    y = head.origin[1] + 0.2 * head.turn[5] - 0.3 * head.turn[4];
  capsule(ctx, at[n], at[n + 1] - 0.02 * size, 1.12 * R.neck * size, x, y, R.neck * size);
}

/** The neck, in the shade of the chin. */
export function drawNeck(ctx: Context, body: Body, head: Head, palette: Palette, line: number): void {
  const { size } = body;
  ctx.beginPath();
  neckPath(ctx, body, head);
  fillOutlined(ctx, palette.skin, palette, line);
  ctx.save();
  ctx.clip();
  ctx.fillStyle = palette.skinDeep;
  ctx.globalAlpha = 0.6;
  ctx.beginPath();
  // The jaw's shadow falls straight down.
  const x = head.origin[0] + 0.5 * head.turn[2] - 0.5 * head.turn[1],
    y = head.origin[1] + 0.5 * head.turn[5] - 0.5 * head.turn[4];
  ctx.ellipse(x, y + 0.045 * size, 0.165 * size, 0.165 * size, 0, 0, 2 * Math.PI);
  ctx.fill();
  ctx.restore();
  ctx.globalAlpha = 1;
}

export function legsPath(ctx: Context, body: Body, side: number): void {
  const { hip, knee, ankle } = SIDES[side];
  limb(ctx, body, hip, R.hip, knee, R.knee);
  limb(ctx, body, knee, R.knee, ankle, R.ankle);
}

export function drawLeg(ctx: Context, body: Body, side: number, palette: Palette, line: number): void {
  const { at, size } = body;
  const { ankle, foot } = SIDES[side];
  const a = 3 * ankle,
    f = 3 * foot;
  ctx.beginPath();
  // A foot that points at the viewer still has its height.
  capsule(ctx, at[a], at[a + 1] + 0.03 * size, R.shoe * size, at[f], at[f + 1], R.shoe * nearer(body, foot));
  fillOutlined(ctx, palette.shoes, palette, line);
  ctx.beginPath();
  legsPath(ctx, body, side);
  fillOutlined(ctx, palette.trousers, palette, line);
}

/** Hips and thighs belong together: the seat over both. */
export function drawSeat(ctx: Context, body: Body, palette: Palette): void {
  const { at, size } = body;
  const l = 3 * JOINT.left.hip,
    r = 3 * JOINT.right.hip;
  ctx.beginPath();
  capsule(ctx, at[l], at[l + 1], 0.95 * R.hip * size, at[r], at[r + 1], 0.95 * R.hip * size);
  ctx.fillStyle = palette.trousers;
  ctx.fill();
}
