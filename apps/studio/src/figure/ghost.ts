// Other bodies beside the person: where they will be, as an outline, and any watched posture, as lines.

import { SEEN, mirrorSeen, seenAt } from "@attune/core";
import { JOINT, neckPath, partPath, PARTS, trunkPath } from "./body-draw.ts";
import { type Context, through } from "./curves.ts";
import { type Figure, type FigureState, place, placeJoints } from "./figure.ts";
import { outlineInto, outlinePath } from "./head-outline.ts";
import { chain } from "./head-shape.ts";
import type { View } from "./look.ts";

export interface LineStyle {
  readonly colour: string;
  /** 0..1 */
  readonly alpha: number;
  /** Canvas units; default the figure's own line. */
  readonly width?: number | undefined;
}

/**
 * The person as `state` has them, as an outline over what is there.
 *
 * @throws RangeError as `drawFigure` does
 */
export function drawGhost(ctx: Context, figure: Figure, state: FigureState, view: View, style: LineStyle): void {
  place(figure, state, view);
  outlineInto(figure.head, figure.outline, "both");
  const width = style.width ?? Math.max(0.75, figure.look.lineWidth * figure.frame[0]);
  begin(ctx, style);
  ctx.lineWidth = 0.7 * width;
  ctx.beginPath();
  for (let k = 0; k < FACE_LINES.length; k++) through(ctx, figure.head.at, FACE_LINES[k], true);
  ctx.stroke();
  // Nothing may be drawn within any part: each part's own line is then the outline of all of them.
  const parts = FIRST_LIMB + (view.scale === "head and shoulders" ? PARTS.arms : PARTS.all);
  for (let k = 0; k < parts; k++) {
    ctx.beginPath();
    ctx.rect(view.x - view.width, view.y - view.height, 3 * view.width, 3 * view.height);
    ghostPath(ctx, figure, k);
    ctx.clip("evenodd");
  }
  ctx.lineWidth = 2 * width;
  ctx.beginPath();
  for (let k = 0; k < parts; k++) ghostPath(ctx, figure, k);
  ctx.stroke();
  ctx.restore();
}

/**
 * Any posture as lines from joint to joint: a watched person's, or one that is expected.
 *
 * @param seen [SEEN]; bones that are NaN are left out, a NaN root is the origin
 * @throws RangeError if `seen` has the wrong length, or the view names no framing
 */
export function drawLines(ctx: Context, figure: Figure, seen: Float64Array, view: View, style: LineStyle): void {
  if (seen.length !== SEEN) throw new RangeError(`drawLines: seen has ${seen.length} entries, expected ${SEEN}`);
  const mine = figure.seen;
  mine.set(seen);
  if (view.mirror) mirrorSeen(mine, mine);
  placeJoints(figure, view);
  const { at } = figure.body;
  const size = figure.frame[0];
  begin(ctx, style);
  ctx.lineWidth = style.width ?? Math.max(0.75, 1.6 * figure.look.lineWidth * size);
  ctx.beginPath();
  for (let b = 0; b < LINES.length; b++) {
    const { seen: s, from, to } = LINES[b];
    if (!known(mine, s)) continue;
    ctx.moveTo(at[3 * from], at[3 * from + 1]);
    ctx.lineTo(at[3 * to], at[3 * to + 1]);
  }
  ctx.stroke();
  if (known(mine, HEAD)) drawLineHead(ctx, figure, mine, size);
  ctx.restore();
}

/** An oval, and where it looks to. */
function drawLineHead(ctx: Context, { body, look }: Figure, seen: Float64Array, size: number): void {
  const h = 3 * JOINT.head;
  const r = 1.08 * look.head * size;
  const upX = seen[HEAD],
    upY = -seen[HEAD + 1];
  const x = body.at[h] + 0.25 * r * upX,
    y = body.at[h + 1] + 0.25 * r * upY;
  ctx.beginPath();
  ctx.ellipse(x, y, r, 1.32 * r, Math.atan2(upX, -upY), 0, 2 * Math.PI);
  ctx.stroke();
  if (!known(seen, FACE)) return;
  ctx.beginPath();
  ctx.moveTo(x + 0.75 * r * seen[FACE], y - 0.75 * r * seen[FACE + 1]);
  ctx.lineTo(x + 1.15 * r * seen[FACE], y - 1.15 * r * seen[FACE + 1]);
  ctx.stroke();
}

const HEAD = seenAt("head");
const FACE = seenAt("face");
/** Head, trunk and neck come before the limbs. */
const FIRST_LIMB = 3;
const FACE_LINES = (["L", "R"] as const)
  .flatMap((s) => [
    chain(s, "brow0Top", "brow1Top", "brow2Top", "brow3Top", "brow4"),
    chain(s, "eyeInner", "upperLid1", "upperLid2", "upperLid3", "eyeOuter"),
    chain(s, "eyeInner", "lowerLid1", "lowerLid2", "lowerLid3", "eyeOuter"),
  ])
  .concat([
    chain("L", "cornerR", "upperInner1R", "upperInner0", "upperInner1L", "cornerL"),
    chain("L", "cornerR", "lowerInner1R", "lowerInner0", "lowerInner1L", "cornerL"),
    chain("L", "wingL", "wingLowL", "septum", "wingLowR", "wingR"),
  ]);
const { left, right } = JOINT;
const LINES = (
  [
    ["trunk", JOINT.pelvis, JOINT.neck],
    ["lClavicle", JOINT.neck, left.shoulder],
    ["rClavicle", JOINT.neck, right.shoulder],
    ["head", JOINT.neck, JOINT.head],
    ["lUpperArm", left.shoulder, left.elbow],
    ["lForearm", left.elbow, left.wrist],
    ["lHand", left.wrist, left.hand],
    ["rUpperArm", right.shoulder, right.elbow],
    ["rForearm", right.elbow, right.wrist],
    ["rHand", right.wrist, right.hand],
    ["lThigh", left.hip, left.knee],
    ["lShank", left.knee, left.ankle],
    ["lFoot", left.ankle, left.foot],
    ["rThigh", right.hip, right.knee],
    ["rShank", right.knee, right.ankle],
    ["rFoot", right.ankle, right.foot],
  ] as const
).map(([bone, from, to]) => ({ seen: seenAt(bone), from, to }));

function begin(ctx: Context, { alpha, colour }: LineStyle): void {
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = colour;
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
}

function known(seen: Float64Array, s: number): boolean {
  return Math.abs(seen[s]) + Math.abs(seen[s + 1]) + Math.abs(seen[s + 2]) < Infinity;
}

function ghostPath(ctx: Context, { outline, body, head }: Figure, part: number): void {
  if (part === 0) outlinePath(ctx, outline);
  else if (part === 1) trunkPath(ctx, body);
  else if (part === 2) neckPath(ctx, body, head);
  else partPath(ctx, body, part - FIRST_LIMB);
}
