// A stick figure of what is seen or expected: the posture shown on the own body, from the front and a little from the
// side, so that a hand that comes forward is seen to. What is uncertain is drawn in dots.

import { SEEN, createShow, pose, seenAt, type BoneName, type Show } from "@attune/core";
import { canvasLines, circle, createCanvas, line, type Canvas } from "./canvas.ts";

export interface FigureSize {
  readonly columns: number;
  readonly rows: number;
}

export type Coordinates = readonly (number | null)[];

// Drawn strokes: from joint to joint, and the bone whose certainty they have.
const STROKES: readonly (readonly [from: string, to: string, bone: BoneName])[] = [
  ["pelvis", "neck", "trunk"],
  ["neck", "l-shoulder", "lClavicle"],
  ["neck", "r-shoulder", "rClavicle"],
  ["l-shoulder", "l-elbow", "lUpperArm"],
  ["l-elbow", "l-wrist", "lForearm"],
  ["l-wrist", "l-hand", "lHand"],
  ["r-shoulder", "r-elbow", "rUpperArm"],
  ["r-elbow", "r-wrist", "rForearm"],
  ["r-wrist", "r-hand", "rHand"],
  ["pelvis", "l-hip", "trunk"],
  ["pelvis", "r-hip", "trunk"],
  ["l-hip", "l-knee", "lThigh"],
  ["l-knee", "l-ankle", "lShank"],
  ["l-ankle", "l-foot", "lFoot"],
  ["r-hip", "r-knee", "rThigh"],
  ["r-knee", "r-ankle", "rShank"],
  ["r-ankle", "r-foot", "rFoot"],
];
/** The person is looked at from this far to the side, rad. */
const SIDE_VIEW = 0.35;
const HEAD_RADIUS = 0.17;
// What has to fit on the canvas, in trunk lengths about the pelvis: a stretched arm to each side, hands above the head.
const REACH = { side: 1.5, up: 2.15, down: 1.85 };
/** A direction this uncertain (sd) is drawn with half its dots. */
const HALF_SURE = 0.35;

let shared: Show | undefined;

/** @param seen a person's seen coordinates, shape [SEEN]; null where not seen @param sd their uncertainty, likewise */
export function figure(seen: Coordinates, { columns, rows }: FigureSize, sd?: Coordinates): string[] {
  const canvas = createCanvas(columns, rows);
  if (seen.length === SEEN && seen.slice(3).some((v) => v !== null)) draw(canvas, seen, sd);
  return canvasLines(canvas);
}

/** What is expected, filled with what is seen where nothing in particular is. */
export function expectedOr(seen: Coordinates, mean: Coordinates | undefined): Coordinates {
  return mean === undefined ? seen : seen.map((v, s) => mean[s] ?? v);
}

function draw(canvas: Canvas, seen: Coordinates, sd: Coordinates | undefined): void {
  shared ??= createShow("attune-20", { trunk: 1, yaw: SIDE_VIEW });
  const { joints } = shared.skeleton;
  const at = new Float64Array(3 * joints.length);
  pose(
    shared,
    Float64Array.from(seen, (v) => v ?? NaN),
    at,
  );
  const width = 2 * canvas.columns;
  const height = 4 * canvas.rows;
  const scale = Math.min(width / (2 * REACH.side), height / (REACH.up + REACH.down));
  const middle = (height - scale * (REACH.up + REACH.down)) / 2 + scale * REACH.up;
  const x = (joint: string): number => width / 2 + scale * at[3 * joints.indexOf(joint)];
  const y = (joint: string): number => middle - scale * at[3 * joints.indexOf(joint) + 1];
  for (const [from, to, bone] of STROKES) line(canvas, x(from), y(from), x(to), y(to), sureness(sd, seenAt(bone)));
  const sure = sureness(sd, seenAt("head"));
  const radius = HEAD_RADIUS * scale;
  // The head's centre is the end of its bone; the neck is what is left between.
  const gap = Math.hypot(x("head") - x("neck"), y("head") - y("neck"));
  const share = gap > radius ? (gap - radius) / gap : 0;
  line(
    canvas,
    x("neck"),
    y("neck"),
    x("neck") + share * (x("head") - x("neck")),
    y("neck") + share * (y("head") - y("neck")),
    sure,
  );
  circle(canvas, x("head"), y("head"), radius, sure);
}

/** Share of dots to draw for a bone whose direction has these standard deviations. */
function sureness(sd: Coordinates | undefined, at: number): number {
  if (sd === undefined) return 1;
  const mean = ((sd[at] ?? 0) + (sd[at + 1] ?? 0) + (sd[at + 2] ?? 0)) / 3;
  return Math.max(0.25, 1 / (1 + mean / HALF_SURE));
}
