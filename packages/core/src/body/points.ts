// Seeing what is not a whole person in 3-D: a 2-D track, a pair of hands, one arm. The joints themselves are the
// coordinates, counted from a causal anchor in units of a causal length; facing stays as it is.

import type { Frame, Skeleton } from "../frame.ts";
import { restAxes } from "./axes.ts";
import { readJointName } from "./guess.ts";
import { rolesOf } from "./roles.ts";
import { skeletonNamed, type RoleName, type Roles } from "./skeletons.ts";
import type { SightOptions } from "./sight.ts";

/** The points being followed; plain data. */
export interface Points {
  readonly skeleton: Skeleton;
  /** "l-wrist.x", ...: one for each seen coordinate. */
  readonly names: readonly string[];
  readonly mirror: boolean;
  readonly rate: number;
  readonly minConfidence: number;
  readonly notes: string[];
  /** Rows left, up, forward in recording coordinates; for 2-D, x and up with signs. */
  readonly axes: Float64Array;
  /** Where joint j's own mirror image is found; j itself unless mirrored. */
  readonly twin: Int32Array;
  /** Joints whose mean may be the anchor, best choice first; the last, empty, means all visible ones, held fast. */
  readonly anchors: readonly Int32Array[];
  /** Joints whose distances may be the unit, four a distance (between two means); the last, empty, means the extent. */
  readonly spans: readonly Int32Array[];
  /** The choices made when first seen. */
  anchorChoice: number;
  spanChoice: number;
  /** This frame's joints in own axes and recording units, [joints, dims], and their confidences. */
  readonly at: Float64Array;
  readonly trust: Float64Array;
  readonly anchor: Float64Array;
  logSpan: number;
  begun: boolean;
  /** How long it has waited for the best anchor and unit to come into view, s. */
  waited: number;
  time: number;
}

const ANCHOR_TAU = 3;
const SPAN_TAU = 10;
const SPAN_REACH = 0.2;
const LONGEST_STEP = 1;
/** How long to hold out for the best anchor and unit before a lesser one will do, s. */
const PATIENCE = 0.5;

/** @throws RangeError if the skeleton is unknown, or up is along x or z in a 2-D one */
export function createPoints(skeleton: Skeleton | string, options: SightOptions = {}): Points {
  const followed = typeof skeleton === "string" ? skeletonNamed(skeleton) : skeleton;
  const { dims, joints } = followed;
  const axes = new Float64Array(9);
  const notes: string[] = [];
  // Without a known up, coordinates stay as they come; in images it is nearly always -y, so that is worth saying.
  if (options.up === undefined) notes.push("up was not given; took y");
  const up = options.up ?? "y";
  if (dims === 3) restAxes(up, axes);
  else if (up === "y" || up === "-y") axes.set([1, 0, 0, 0, up === "y" ? 1 : -1, 0]);
  else throw new RangeError(`createPoints: up is "${up}" in the 2-D skeleton "${followed.name}", expected "y" or "-y"`);
  const roles = rolesOf(followed);
  return {
    skeleton: followed,
    names: joints.flatMap((joint) => ["x", "y", "z"].slice(0, dims).map((c) => `${joint}.${c}`)),
    mirror: options.mirror ?? false,
    rate: options.rate ?? 30,
    minConfidence: options.minConfidence ?? 0,
    notes,
    axes,
    twin: Int32Array.from(joints, (joint, j) => (options.mirror === true ? twinOf(joints, joint, j) : j)),
    anchors: [roles.pelvis, roles.neck, roles.rShoulder, roles.lShoulder, []].filter(given).map(indices),
    spans: spansOf(roles).map(indices),
    anchorChoice: 0,
    spanChoice: 0,
    at: new Float64Array(dims * joints.length),
    trust: new Float64Array(joints.length),
    anchor: new Float64Array(3),
    logSpan: 0,
    begun: false,
    waited: 0,
    time: NaN,
  };
}

/**
 * Looks at one frame.
 *
 * @param out joint coordinates in units of the span, counted from the anchor, y up; shape [joints, dims], NaN where not seen
 * @param quality confidence of each coordinate, 0..1, same shape
 * @returns whether anything was seen; false, with everything NaN, until anchor and span have been seen once
 * @throws RangeError if the frame's body does not fit the skeleton or an output has the wrong length
 */
export function seePoints(points: Points, frame: Frame, out: Float64Array, quality: Float64Array): boolean {
  const { at, trust, anchor, twin, mirror } = points;
  const { dims } = points.skeleton;
  if (out.length !== at.length || quality.length !== at.length)
    throw new RangeError(
      `seePoints: out has ${out.length} and quality ${quality.length} entries, expected ${at.length} each`,
    );
  out.fill(NaN);
  quality.fill(0);
  const elapsed = frame.time - points.time;
  if (Number.isFinite(frame.time)) points.time = frame.time;
  if (frame.body === undefined) return false;
  gather(points, frame.body, frame.bodyConfidence);
  const dt = elapsed > 0 ? Math.min(elapsed, LONGEST_STEP) : 1 / points.rate;
  if (points.begun) adapt(points, dt);
  else begin(points, dt);
  if (!points.begun) return false;
  const scale = Math.exp(-points.logSpan);
  let any = false;
  for (let j = 0; j < trust.length; j++) {
    const from = twin[j];
    for (let c = 0; c < dims; c++) {
      const value = scale * (at[dims * from + c] - anchor[c]);
      if (Number.isNaN(value)) continue;
      out[dims * j + c] = mirror && c === 0 ? -value : value;
      quality[dims * j + c] = trust[from];
      any = true;
    }
  }
  return any;
}

function gather(points: Points, body: Float32Array, confidence: Float32Array | undefined): void {
  const { at, trust, axes, minConfidence } = points;
  const { dims, name } = points.skeleton;
  if (body.length !== at.length)
    throw new RangeError(
      `seePoints: a body of ${body.length} numbers came, expected ${trust.length} joints x ${dims} = ${at.length} of "${name}"; ` +
        `does the recording's header name its own skeleton?`,
    );
  if (confidence !== undefined && confidence.length !== trust.length)
    throw new RangeError(
      `seePoints: ${confidence.length} confidences came, expected one for each of the ${trust.length} joints of "${name}"`,
    );
  for (let j = 0; j < trust.length; j++) {
    const x = body[dims * j];
    const y = body[dims * j + 1];
    const z = dims === 3 ? body[dims * j + 2] : 0;
    const sure = confidence === undefined ? 1 : confidence[j];
    const there = Number.isFinite(x + y + z) && sure >= minConfidence;
    trust[j] = there ? Math.min(1, Math.max(0, sure)) : 0;
    for (let c = 0; c < dims; c++)
      at[dims * j + c] = there ? axes[3 * c] * x + axes[3 * c + 1] * y + axes[3 * c + 2] * z : NaN;
  }
}

/** Takes anchor and unit from the first frame that shows the best of both, or after a while any of them. */
function begin(points: Points, dt: number): void {
  const anchorChoice = points.anchors.findIndex((joints) => countSeen(points, joints) > 0);
  const spanChoice = points.spans.findIndex((joints) => spanNow(points, joints) > 0);
  if (anchorChoice < 0 || spanChoice < 0) return;
  points.waited += dt;
  if ((anchorChoice > 0 || spanChoice > 0) && points.waited < PATIENCE) return;
  points.anchorChoice = anchorChoice;
  points.spanChoice = spanChoice;
  points.logSpan = Math.log(spanNow(points, points.spans[spanChoice]));
  moveAnchor(points, points.anchors[anchorChoice], 1, Infinity);
  points.begun = true;
}

function adapt(points: Points, dt: number): void {
  const span = spanNow(points, points.spans[points.spanChoice]);
  if (span > 0) {
    const off = Math.max(-SPAN_REACH, Math.min(SPAN_REACH, Math.log(span) - points.logSpan));
    points.logSpan += (1 - Math.exp(-dt / SPAN_TAU)) * off;
  }
  // A mean of whatever is visible would move with what is hidden, and with the act itself, so it is not followed.
  const joints = points.anchors[points.anchorChoice];
  if (joints.length > 0 && countSeen(points, joints) > 0)
    moveAnchor(points, joints, 1 - Math.exp(-dt / ANCHOR_TAU), Math.exp(points.logSpan));
}

/** Brings the anchor a share of the way to where its joints are, taken to be no further off than `reach`. */
function moveAnchor(points: Points, joints: Int32Array, share: number, reach: number): void {
  const { at, anchor, trust } = points;
  const { dims } = points.skeleton;
  const count = joints.length > 0 ? joints.length : trust.length;
  const seen = countSeen(points, joints);
  for (let c = 0; c < dims; c++) {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const value = at[dims * (joints.length > 0 ? joints[k] : k) + c];
      if (!Number.isNaN(value)) sum += value;
    }
    anchor[c] += share * Math.max(-reach, Math.min(reach, sum / seen - anchor[c]));
  }
}

/** How many of these joints are seen, 0 unless all are; for no joints in particular, how many of any. */
function countSeen({ at, trust, skeleton: { dims } }: Points, joints: Int32Array): number {
  let count = 0;
  if (joints.length === 0) for (let j = 0; j < trust.length; j++) count += Number.isNaN(at[dims * j]) ? 0 : 1;
  else for (let k = 0; k < joints.length; k++) count += Number.isNaN(at[dims * joints[k]]) ? 0 : 1;
  return joints.length === 0 || count === joints.length ? count : 0;
}

/** The unit length in this frame; NaN or 0 if it cannot be told. */
function spanNow({ at, trust, skeleton: { dims } }: Points, joints: Int32Array): number {
  let sum = 0;
  for (let k = 0; k < joints.length; k += 4) {
    let square = 0;
    for (let c = 0; c < dims; c++) {
      const a = at[dims * joints[k] + c] + at[dims * joints[k + 1] + c];
      const b = at[dims * joints[k + 2] + c] + at[dims * joints[k + 3] + c];
      square += ((a - b) / 2) ** 2;
    }
    sum += Math.sqrt(square);
  }
  if (joints.length > 0) return sum;
  for (let c = 0; c < dims; c++) {
    let least = Infinity;
    let most = -Infinity;
    for (let j = 0; j < trust.length; j++) {
      const value = at[dims * j + c];
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most > least) sum += (most - least) ** 2;
  }
  return Math.sqrt(sum);
}

/** The trunk; else a whole arm, shoulder to elbow to wrist, or half of one; else the extent. */
function spansOf(roles: Roles): number[][] {
  const between = (from: RoleName, to: RoleName): number[] => {
    const a = roles[from];
    const b = roles[to];
    return a === undefined || b === undefined ? [] : [a[0], a[a.length - 1], b[0], b[b.length - 1]];
  };
  const arm = (side: "l" | "r"): number[] => [
    ...between(`${side}Shoulder`, `${side}Elbow`),
    ...between(`${side}Elbow`, `${side}Wrist`),
  ];
  return [...[between("pelvis", "neck"), arm("r"), arm("l")].filter((joints) => joints.length > 0), []];
}

const given = <T>(value: T | undefined): value is T => value !== undefined;
const indices = (joints: readonly number[]): Int32Array => Int32Array.from(joints);

function twinOf(joints: readonly string[], joint: string, own: number): number {
  const { side, part } = readJointName(joint);
  if (side === "") return own;
  const twin = joints.findIndex((other) => {
    const name = readJointName(other);
    return name.part === part && name.side !== side && name.side !== "";
  });
  return twin < 0 ? own : twin;
}
