// Frames -> a CSV table with the columns of OpenFace 2: frame, face_id, timestamp, confidence, success,
// gaze, head pose, action units. Intensities are 0..5, positions mm, angles rad, in the camera's axes (x
// right, y down, z away). What the frames do not have gets no column.

import type { Frame, RecordingHeader } from "@attune/core";
import { float32ToText } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { FACE_SETS } from "./face-sets.ts";
import { FULL_INTENSITY } from "./openface-read.ts";
import { checkTime, encode, written, type Frames, type Written } from "./recording.ts";
import { createReporter, reportLost, type Reporter } from "./report.ts";
import { matrixOf } from "./rotation.ts";

const UNITS = FACE_SETS["facs-17"];
const MILLIMETRES: Readonly<Record<string, number>> = { m: 1000, cm: 10, mm: 1 };
const AXES = ["x", "y", "z"];

interface Layout {
  readonly names: readonly string[];
  readonly face: boolean;
  readonly gaze: boolean;
  readonly head: boolean;
  /** AUxx_c and where it stands among the channels. */
  readonly presence: readonly { readonly name: string; readonly index: number }[];
  readonly kept: ReadonlySet<string>;
  /** Of positions, to mm. */
  readonly scale: number;
  /** -1 where y is up in the recording: a half turn about x. */
  readonly sign: 1 | -1;
}

/**
 * Writes OpenFace's table. `success` is 1 where anything of the face was seen, `confidence` the mean of
 * `faceConfidence`. The first frame decides which columns there are; what has no place is counted.
 *
 * @throws FormatError when there is nothing of a face, or its face set, units or axes are not OpenFace's
 */
export function writeOpenFace(header: RecordingHeader, frames: Frames): Written {
  const reporter = createReporter();
  async function* text(): AsyncGenerator<string, void, undefined> {
    let layout: Layout | undefined;
    const faces = new Map<string | undefined, { id: string; frame: number }>();
    for await (const frame of frames) {
      checkTime(frame);
      if (!layout) {
        layout = layoutOf(header, frame);
        yield `${layout.names.join(",")}\n`;
      }
      let face = faces.get(frame.who);
      if (face === undefined) faces.set(frame.who, (face = { id: faceId(frame.who, faces.size), frame: 0 }));
      face.frame++;
      reporter.report.frames++;
      yield `${face.frame},${face.id},${rowOf(frame, layout, reporter)}\n`;
    }
    if (!layout)
      throw new FormatError("no frames came, at least one was wanted: its fields say which columns there are");
  }
  return written(encode(text()), reporter.report);
}

/** A name that is a number already is OpenFace's own; others are counted. */
function faceId(who: string | undefined, count: number): string {
  return who !== undefined && /^\d{1,6}$/.test(who) ? who : String(count);
}

function layoutOf(header: RecordingHeader, first: Frame): Layout {
  const face = first.face !== undefined;
  if (face && header.faceSet !== "facs-17") {
    const came = `the face set ${quote(header.faceSet ?? "without a name")} came`;
    throw new FormatError(`${came}, OpenFace holds "facs-17": write CSV or a native recording`);
  }
  const gaze = first.gaze !== undefined;
  const head = first.head !== undefined;
  if (!face && !gaze && !head)
    throw new FormatError("frames without face, gaze or head came, OpenFace holds nothing else: write another format");
  const { up = "-y", units } = header;
  if ((gaze || head) && up !== "y" && up !== "-y")
    throw new FormatError(`up ${quote(up)} came, y or -y was wanted for OpenFace: turn the recording first`);
  const scale = MILLIMETRES[units ?? ""];
  if (head && scale === undefined)
    throw new FormatError(`head positions in ${quote(units ?? "unknown units")} came, m, cm or mm were wanted`);
  const presence = (header.channels ?? []).flatMap((name, index) => (/^AU\d\d_c$/.test(name) ? [{ name, index }] : []));
  const names = ["frame", "face_id", "timestamp", "confidence", "success"];
  if (gaze) names.push(...["gaze_0_", "gaze_1_"].flatMap((eye) => AXES.map((axis) => eye + axis)));
  if (gaze) names.push("gaze_angle_x", "gaze_angle_y");
  if (head) names.push(...["pose_T", "pose_R"].flatMap((part) => AXES.map((axis) => part + axis)));
  if (face) names.push(...UNITS.map((unit) => `${unit}_r`));
  names.push(...presence.map(({ name }) => name));
  const kept = new Set(["time", "who", "faceConfidence"]);
  if (face) kept.add("face");
  if (gaze) kept.add("gaze");
  if (head) kept.add("head");
  if (presence.length > 0 && presence.length === header.channels?.length) kept.add("channels");
  return { names, face, gaze, head, presence, kept, scale: scale ?? 1, sign: up === "y" ? -1 : 1 };
}

function rowOf(frame: Frame, layout: Layout, reporter: Reporter): string {
  reportLost(frame, layout.kept, "OpenFace", reporter);
  const { face, gaze, head } = frame;
  checkLength("face", face, UNITS.length);
  checkLength("gaze", gaze, 3);
  checkLength("head", head, 7);
  const seen = [face, gaze, head].some((values) => values?.some(Number.isFinite));
  const trust = [...(frame.faceConfidence ?? [])].filter(Number.isFinite);
  const confidence = trust.length > 0 ? trust.reduce((sum, c) => sum + c, 0) / trust.length : Number(seen);
  const cells: number[] = [];
  // OpenFace has no blank cells: what was not seen is 0, in a row whose success is 0.
  const put = (...values: readonly number[]) => cells.push(...values.map((v) => (Number.isFinite(v) || seen ? v : 0)));
  if (layout.gaze) {
    const [x, y, z] = [gaze?.[0] ?? NaN, layout.sign * (gaze?.[1] ?? NaN), layout.sign * (gaze?.[2] ?? NaN)];
    put(x, y, z, x, y, z, Math.atan2(x, -z), Math.atan2(y, -z));
  }
  if (layout.head) put(...poseOf(head, layout));
  if (layout.face) put(...UNITS.map((_, i) => FULL_INTENSITY * (face?.[i] ?? NaN)));
  put(...layout.presence.map(({ index }) => frame.channels?.[index] ?? NaN));
  const numbers = cells.map((v) => (Number.isFinite(v) ? float32ToText(Math.fround(v)) : ""));
  return [frame.time, float32ToText(Math.fround(confidence)), seen ? 1 : 0, ...numbers].join(",");
}

/** Position in mm and the angles of R = Rx · Ry · Rz. */
function poseOf(head: Float32Array | undefined, { scale, sign }: Layout): number[] {
  if (!head) return [NaN, NaN, NaN, NaN, NaN, NaN];
  const norm = Math.hypot(...head.subarray(0, 4));
  const [w, x, y, z] = head.subarray(0, 4).map((v) => v / norm);
  const [px, py, pz] = head.subarray(4);
  const m = new Float64Array(9);
  // A half turn of the axes about x turns y and z of the rotation's axis, too.
  matrixOf([w, x, sign * y, sign * z], m, 0);
  const sin = Math.min(1, Math.max(-1, m[2]));
  // Turned by a right angle about y, x and z turn about the same axis: x takes it all.
  const pole = Math.abs(sin) > 1 - 1e-7;
  const about = pole ? [Math.atan2(m[7], m[4]), 0] : [Math.atan2(-m[5], m[8]), Math.atan2(-m[1], m[0])];
  const angles = [about[0], Math.asin(sin), about[1]];
  return [px * scale, py * scale * sign, pz * scale * sign, ...angles];
}

function checkLength(field: string, values: Float32Array | undefined, wanted: number): void {
  if (values && values.length !== wanted)
    throw new FormatError(`"${field}" has ${values.length} numbers, ${wanted} were wanted`);
}
