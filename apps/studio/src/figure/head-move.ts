// The head as it is now: action units move its points, the head's turn carries them, the view puts them on the canvas.

import { FACE } from "@attune/core";
import { HAIR } from "./hair.ts";
import { EYE, HINGE, NORMALS, POINTS, REST, WITH_JAW, chain, point } from "./head-shape.ts";
import { FACE_SHIFTS, UNIT } from "./head-units.ts";

/** Where a head's points are; plain data, made once. */
export interface Head {
  /** Units as drawn: 0 where none was given, [FACE]. */
  readonly units: Float64Array;
  /** Head axes, [POINTS, 3]. */
  readonly moved: Float64Array;
  /** Canvas x and y, and depth towards the viewer in canvas units, [POINTS, 3]. */
  readonly at: Float64Array;
  /** The same of the hair. */
  readonly hair: Float64Array;
  /** The skull's normals on the canvas (x right, y down, z towards the viewer). */
  readonly normals: Float64Array;
  /** From head axes to canvas units, row-major; the last row is depth. */
  readonly turn: Float64Array;
  /** Origin on the canvas and depth. */
  readonly origin: Float64Array;
  /** Canvas units of one head unit. */
  size: number;
  /** rad, relative to the head: to the person's left, up. */
  yaw: number;
  pitch: number;
  /** Centre and normal of each iris on the canvas, [left, right][6]. */
  readonly irises: Float64Array;
  /** How open each eye is, 1 at rest. */
  readonly open: Float64Array;
}

export function createHead(): Head {
  return {
    units: new Float64Array(FACE),
    moved: Float64Array.from(REST),
    at: new Float64Array(3 * POINTS),
    hair: new Float64Array(HAIR.length),
    normals: new Float64Array(NORMALS.length),
    turn: new Float64Array(9),
    origin: new Float64Array(3),
    size: 1,
    yaw: 0,
    pitch: 0,
    irises: new Float64Array(12),
    open: new Float64Array(2),
  };
}

/** rad at AU26, and at AU27 on top of it or alone. */
const DROP = 0.2,
  STRETCH = 0.32;
const SIDES = ["L", "R"] as const;
const UPPER = SIDES.map((side) => chain(side, "upperLid1", "upperLid2", "upperLid3"));
const LOWER = SIDES.map((side) => chain(side, "lowerLid1", "lowerLid2", "lowerLid3"));
const INNER = SIDES.map((side) => point(`eyeInner${side}`));
const OUTER = SIDES.map((side) => point(`eyeOuter${side}`));
const LASH = SIDES.map((side) => point(`lash${side}`));
const LIPS = [
  [point("upperInner0"), point("lowerInner0")],
  ...SIDES.map((side) => [point(`upperInner1${side}`), point(`lowerInner1${side}`)]),
];

/** How far the jaw is open, rad. */
export function jawOf(units: Float64Array): number {
  const drop = units[UNIT.jawDrop],
    stretch = units[UNIT.jawStretch];
  return DROP * Math.max(drop, stretch) + (STRETCH - DROP) * stretch;
}

/** Moves the points by `head.units` and the gaze. */
export function moveFace(head: Head): void {
  const { moved, units } = head;
  moved.set(REST);
  const { unit, point, by } = FACE_SHIFTS;
  for (let k = 0; k < unit.length; k++) {
    const much = units[unit[k]];
    if (much === 0) continue;
    const p = 3 * point[k];
    moved[p] += much * by[3 * k];
    moved[p + 1] += much * by[3 * k + 1];
    moved[p + 2] += much * by[3 * k + 2];
  }
  dropJaw(moved, jawOf(units));
  meetLips(moved);
  for (let side = 0; side < 2; side++) closeEye(head, side);
}

function dropJaw(moved: Float64Array, angle: number): void {
  if (angle === 0) return;
  for (let p = 0; p < POINTS; p++) {
    const share = WITH_JAW[p];
    if (share === 0) continue;
    const c = Math.cos(share * angle),
      s = Math.sin(share * angle);
    const y = moved[3 * p + 1] - HINGE.y,
      z = moved[3 * p + 2] - HINGE.z;
    moved[3 * p + 1] = HINGE.y + c * y - s * z;
    moved[3 * p + 2] = HINGE.z + s * y + c * z;
  }
}

/** Lips that would pass through each other meet in the middle. */
function meetLips(moved: Float64Array): void {
  for (let k = 0; k < LIPS.length; k++) {
    const upper = 3 * LIPS[k][0] + 1,
      lower = 3 * LIPS[k][1] + 1;
    if (moved[lower] <= moved[upper]) continue;
    const middle = (moved[lower] + moved[upper]) / 2;
    moved[lower] = middle;
    moved[upper] = middle;
  }
}

/** Lids follow the gaze a little, and the upper one comes down on the lower; a lid can do no more than that. */
function closeEye(head: Head, side: number): void {
  const { moved, units, pitch } = head;
  const closed = Math.min(1, Math.max(0, units[UNIT.closed[side]]));
  const sign = side === 0 ? 1 : -1;
  const follow = 0.11 * Math.sin(pitch);
  let gap = 0,
    rest = 0;
  for (let k = 0; k < 3; k++) {
    const up = 3 * UPPER[side][k],
      low = 3 * LOWER[side][k];
    let top = moved[up + 1] + follow,
      bottom = moved[low + 1] + 0.5 * follow;
    // Tight lids still leave a slit; closing alone closes.
    const tightest = bottom + 0.035;
    if (top < tightest) top = tightest;
    const shut = bottom + 0.012;
    bottom += closed * 0.012;
    top += closed * (shut - top);
    moved[up + 1] = top;
    moved[low + 1] = bottom;
    gap += top - bottom;
    rest += REST[up + 1] - REST[low + 1];
    onEye(moved, up, sign);
    onEye(moved, low, sign);
  }
  moved[3 * LASH[side] + 1] -= 0.1 * closed;
  moved[3 * OUTER[side] + 1] -= 0.03 * closed;
  moved[3 * INNER[side] + 1] -= 0.01 * closed;
  head.open[side] = gap / rest;
}

function onEye(moved: Float64Array, p: number, sign: number): void {
  const square = EYE.radius ** 2 - (sign * moved[p] - EYE.x) ** 2 - (moved[p + 1] - EYE.y) ** 2;
  moved[p + 2] = EYE.z + Math.sqrt(Math.max(0.02, square));
}

/**
 * Puts the moved points on the canvas.
 *
 * @param axes the head's left, up and forward in body axes, one after the other, [9]
 */
export function placeHead(head: Head, axes: Float64Array, x: number, y: number, depth: number): void {
  const { turn, origin, size, at, moved, hair, normals, irises, yaw, pitch } = head;
  for (let c = 0; c < 3; c++) {
    turn[c] = size * axes[3 * c];
    turn[3 + c] = -size * axes[3 * c + 1];
    turn[6 + c] = size * axes[3 * c + 2];
  }
  origin[0] = x;
  origin[1] = y;
  origin[2] = depth;
  carry(turn, origin, moved, at, 1);
  carry(turn, origin, HAIR, hair, 1);
  carry(turn, undefined, NORMALS, normals, 1 / size);
  for (let side = 0; side < 2; side++) {
    const nx = Math.sin(yaw) * Math.cos(pitch),
      ny = Math.sin(pitch),
      nz = Math.cos(yaw) * Math.cos(pitch);
    const reach = 0.97 * EYE.radius;
    const px = (side === 0 ? EYE.x : -EYE.x) + reach * nx,
      py = EYE.y + reach * ny,
      pz = EYE.z + reach * nz;
    for (let c = 0; c < 3; c++) {
      irises[6 * side + c] = origin[c] + turn[3 * c] * px + turn[3 * c + 1] * py + turn[3 * c + 2] * pz;
      irises[6 * side + 3 + c] = (turn[3 * c] * nx + turn[3 * c + 1] * ny + turn[3 * c + 2] * nz) / size;
    }
  }
}

function carry(
  turn: Float64Array,
  origin: Float64Array | undefined,
  from: Readonly<Float64Array>,
  to: Float64Array,
  scale: number,
): void {
  for (let p = 0; p < from.length; p += 3)
    for (let c = 0; c < 3; c++)
      to[p + c] =
        (origin === undefined ? 0 : origin[c]) +
        scale * (turn[3 * c] * from[p] + turn[3 * c + 1] * from[p + 1] + turn[3 * c + 2] * from[p + 2]);
}
