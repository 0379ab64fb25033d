// The drawn person: Attune's body in the Studio. Moved by the engine's motor coordinates and action units, and by nothing else.

import {
  FACE,
  FACE_UNITS,
  LIMBS,
  MOTOR,
  MOTOR_AXES,
  MOTOR_NAMES,
  SEEN,
  type Show,
  createShow,
  forward,
  forwardLimb,
  mirrorMotor,
  pose,
  seenAt,
} from "@attune/core";
import {
  type Body,
  JOINT,
  createBody,
  drawArm,
  drawLeg,
  drawNeck,
  drawSeat,
  drawTrunk,
  shapeTrunk,
} from "./body-draw.ts";
import type { Context } from "./curves.ts";
import { drawHead } from "./head-draw.ts";
import { type Outline, createOutline, drawHairBehind, outlineInto } from "./head-outline.ts";
import { type Head, createHead, moveFace, placeHead } from "./head-move.ts";
import { DEFAULT_LOOK, type Look, type View, frameInto } from "./look.ts";

/** Made once, drawn from often; plain data. */
export interface Figure {
  readonly look: Look;
  readonly show: Show;
  readonly head: Head;
  readonly body: Body;
  readonly own: Float64Array;
  readonly seen: Float64Array;
  readonly joints: Float64Array;
  readonly axes: Float64Array;
  readonly frame: Float64Array;
  /** Outlines of the head's skin and of its hair on the canvas. */
  readonly outline: Outline;
  readonly hairline: Outline;
}

/** Where the eyes look relative to the head, rad: yaw to the person's left, pitch up. */
export interface Gaze {
  readonly yaw: number;
  readonly pitch: number;
}

export interface FigureState {
  /** Motor coordinates, [MOTOR]; what is NaN is drawn at rest. */
  readonly own: Float64Array;
  /** Action units 0..1, [FACE]; what is NaN is drawn at rest. */
  readonly face: ArrayLike<number>;
  readonly gaze?: Gaze | undefined;
}

/** @throws RangeError if a length of the look is not positive */
export function createFigure(look: Look = DEFAULT_LOOK): Figure {
  return {
    look,
    show: createShow("attune-20", { trunk: 1, lengths: look.lengths }),
    head: createHead(),
    body: createBody(),
    own: new Float64Array(MOTOR),
    seen: new Float64Array(SEEN),
    joints: new Float64Array(60),
    axes: new Float64Array(9),
    frame: new Float64Array(3),
    outline: createOutline(),
    hairline: createOutline(),
  };
}

/**
 * Draws the person as `state` has them.
 *
 * @throws RangeError if `own` or `face` has the wrong length, or the view names no framing
 */
export function drawFigure(ctx: Context, figure: Figure, state: FigureState, view: View): void {
  place(figure, state, view);
  const { head, body, outline, hairline, look, frame } = figure;
  const { palette } = look;
  const line = Math.max(0.5, look.lineWidth * frame[0]);
  ctx.save();
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  const first = nearerArm(body) === 0 ? 1 : 0;
  const { trunk, head: before } = LAYERS;
  drawArmsAt(ctx, figure, first, trunk, line);
  if (view.scale !== "head and shoulders") drawLegs(ctx, figure, line);
  drawHairBehind(ctx, hairline, palette, line);
  drawNeck(ctx, body, head, palette, line);
  drawTrunk(ctx, body, palette, line);
  drawArmsAt(ctx, figure, first, before, line);
  drawHead(ctx, head, outline, hairline, palette, line);
  drawArmsAt(ctx, figure, first, LAYERS.front, line);
  ctx.restore();
}

const LAYERS = { trunk: 0, head: 1, front: 2 } as const;
const HEAD_UP = seenAt("head");
const HEAD_FORWARD = seenAt("face");
const TRUNK_UP = seenAt("trunk");
const CLAVICLES = [seenAt("lClavicle"), seenAt("rClavicle")] as const;
const ARMS = [JOINT.left, JOINT.right] as const;
const LIMB_ARMS = [LIMBS[3], LIMBS[4]] as const;
const ELBOWS = [MOTOR_NAMES.indexOf("lElbow"), MOTOR_NAMES.indexOf("rElbow")] as const;
const FOREARMS = [seenAt("lForearm"), seenAt("rForearm")] as const;
const HANDS = [seenAt("lHand"), seenAt("rHand")] as const;
const UNIT_TWIN = FACE_UNITS.map((name) => {
  const side = name.slice(4);
  return side === "" ? FACE_UNITS.indexOf(name) : FACE_UNITS.indexOf(name.slice(0, 4) + (side === "L" ? "R" : "L"));
});
/** Works out where everything is on the canvas. */
export function place(figure: Figure, { own, face, gaze }: FigureState, view: View): void {
  if (own.length !== MOTOR)
    throw new RangeError(`drawFigure: own has ${own.length} entries, expected ${MOTOR} motor coordinates`);
  if (face.length !== FACE) throw new RangeError(`drawFigure: face has ${face.length} units, expected ${FACE}`);
  const { head, seen, look, frame, axes } = figure;
  const mine = figure.own;
  for (let m = 0; m < MOTOR; m++) mine[m] = Number.isFinite(own[m]) ? own[m] : MOTOR_AXES[m].rest;
  if (view.mirror) mirrorMotor(mine, mine);
  forward(mine, seen);
  placeJoints(figure, view);
  placeThumbs(figure);
  placeTrunk(figure);
  for (let u = 0; u < FACE; u++) {
    const much = face[view.mirror ? UNIT_TWIN[u] : u];
    head.units[u] = Number.isFinite(much) ? much : 0;
  }
  const yaw = gaze?.yaw ?? 0;
  head.yaw = Number.isFinite(yaw) ? (view.mirror ? -yaw : yaw) : 0;
  head.pitch = Number.isFinite(gaze?.pitch ?? 0) ? (gaze?.pitch ?? 0) : 0;
  head.size = look.head * frame[0];
  moveFace(head);
  cross(seen, HEAD_UP, HEAD_FORWARD, axes);
  for (let c = 0; c < 3; c++) {
    axes[3 + c] = seen[HEAD_UP + c];
    axes[6 + c] = seen[HEAD_FORWARD + c];
  }
  const { at } = figure.body;
  const h = 3 * JOINT.head;
  placeHead(head, axes, at[h], at[h + 1], at[h + 2]);
  outlineInto(head, figure.outline, "skin");
  outlineInto(head, figure.hairline, "hair");
}

/** Joints from `figure.seen` onto the canvas. */
export function placeJoints(figure: Figure, view: View): void {
  const { show, seen, joints, frame, body } = figure;
  frameInto(view, frame);
  pose(show, seen, joints);
  body.size = frame[0];
  for (let j = 0; j < joints.length; j += 3) {
    body.at[j] = frame[1] + frame[0] * joints[j];
    body.at[j + 1] = frame[2] - frame[0] * joints[j + 1];
    body.at[j + 2] = frame[0] * joints[j + 2];
  }
}

/** A thumb lies where the elbow would bend its forearm to, square to the hand. */
function placeThumbs({ own, seen, body, axes }: Figure): void {
  for (let side = 0; side < 2; side++) {
    const elbow = ELBOWS[side],
      f = FOREARMS[side],
      h = HANDS[side];
    const hx = seen[h],
      hy = seen[h + 1],
      hz = seen[h + 2];
    const bent = own[elbow];
    own[elbow] = bent + Math.PI / 2;
    forwardLimb(LIMB_ARMS[side], own, seen);
    for (let c = 0; c < 3; c++) axes[c] = seen[f + c];
    own[elbow] = bent;
    forwardLimb(LIMB_ARMS[side], own, seen);
    const along = axes[0] * hx + axes[1] * hy + axes[2] * hz;
    body.thumbs[3 * side] = body.size * (axes[0] - along * hx);
    body.thumbs[3 * side + 1] = -body.size * (axes[1] - along * hy);
    body.thumbs[3 * side + 2] = body.size * (axes[2] - along * hz);
  }
}

function placeTrunk({ seen, body }: Figure): void {
  const { trunkAxes } = body;
  // Left along the shoulders, up along the trunk.
  let length = 0;
  for (let c = 0; c < 3; c++) {
    trunkAxes[3 * c] = seen[CLAVICLES[0] + c] - seen[CLAVICLES[1] + c];
    length += trunkAxes[3 * c] ** 2;
    trunkAxes[3 * c + 1] = seen[TRUNK_UP + c];
  }
  length = Math.sqrt(length) || 1;
  for (let c = 0; c < 3; c++) trunkAxes[3 * c] /= length;
  trunkAxes[2] = trunkAxes[3] * trunkAxes[7] - trunkAxes[6] * trunkAxes[4];
  trunkAxes[5] = trunkAxes[6] * trunkAxes[1] - trunkAxes[0] * trunkAxes[7];
  trunkAxes[8] = trunkAxes[0] * trunkAxes[4] - trunkAxes[3] * trunkAxes[1];
  for (let c = 0; c < 3; c++) trunkAxes[3 + c] = -trunkAxes[3 + c];
  shapeTrunk(body);
}

function cross(v: Float64Array, a: number, b: number, out: Float64Array): void {
  out[0] = v[a + 1] * v[b + 2] - v[a + 2] * v[b + 1];
  out[1] = v[a + 2] * v[b] - v[a] * v[b + 2];
  out[2] = v[a] * v[b + 1] - v[a + 1] * v[b];
}

function nearerArm({ at }: Body): number {
  return at[3 * JOINT.left.wrist + 2] >= at[3 * JOINT.right.wrist + 2] ? 0 : 1;
}

/** Behind the trunk, between it and the head, or in front of all. */
function layerOf({ body, head }: Figure, side: number): number {
  const { at, size } = body;
  const { shoulder, elbow, wrist } = ARMS[side];
  const back = Math.min(at[3 * shoulder + 2], at[3 * JOINT.neck + 2]) - 0.12 * size;
  if (at[3 * elbow + 2] < back && at[3 * wrist + 2] < back + 0.06 * size) return LAYERS.trunk;
  return at[3 * wrist + 2] < head.origin[2] && at[3 * wrist + 1] < at[3 * JOINT.neck + 1] ? LAYERS.head : LAYERS.front;
}

function drawArmsAt(ctx: Context, figure: Figure, first: number, layer: number, line: number): void {
  for (let k = 0; k < 2; k++) {
    const side = k === 0 ? first : 1 - first;
    if (layerOf(figure, side) === layer)
      drawArm(ctx, figure.body, side, figure.look.palette, line, layer !== LAYERS.trunk);
  }
}

function drawLegs(ctx: Context, { body, look }: Figure, line: number): void {
  const first = body.at[3 * JOINT.left.knee + 2] > body.at[3 * JOINT.right.knee + 2] ? 1 : 0;
  drawLeg(ctx, body, first, look.palette, line);
  drawLeg(ctx, body, 1 - first, look.palette, line);
  drawSeat(ctx, body, look.palette);
}
