// BVH (Biovision hierarchy): a skeleton with rest offsets, then one line of channel values a frame.
// Units are the file's own, unknown unless the caller says so (header.units "other"); y is up by
// convention, which the caller can override; angles in the file are degrees. Frames come out as joint
// positions in the file's coordinates, by forward kinematics. Written after the description by
// J. Thingvold and M. Meredith (Biovision); where exporters disagree, the choices are noted below.

import type { Frame, RecordingHeader } from "@attune/core";
import { createHierarchyReader, skeletonOf, type BvhJoint } from "./bvh-hierarchy.ts";
import type { Chunks } from "./bytes.ts";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import type { HeaderHints } from "./header.ts";
import { lines, type Line } from "./lines.ts";
import { emptyFile, nextLine, reading, type Recording } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";
import { identity, multiply, rotate, turn } from "./rotation.ts";

export interface BvhOptions extends HeaderHints {
  /**
   * Whether position channels replace a joint's OFFSET or are added to it. Most capture systems write
   * the whole position ("replace", the default); the difference shows only where OFFSET is not 0.
   */
  readonly positions?: "replace" | "add";
}

/**
 * Reads a BVH file, gzipped or not. End Sites become joints named `<parent>_end`; those of no length,
 * which only mark a leaf, are left out. A `rate` in the options overrides the file's Frame Time.
 *
 * @throws FormatError when the hierarchy or the head of the motion cannot be read
 */
export async function readBvh(chunks: Chunks, options: BvhOptions = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const joints = await hierarchy(source, reporter);
    const { count, frameTime } = await motionHead(source, options.rate, reporter);
    const { positions = "replace", rate = 1 / frameTime, ...hints } = options;
    const header: RecordingHeader = {
      format: "attune-recording",
      version: 1,
      skeleton: skeletonOf(joints),
      units: "other",
      up: "y",
      ...hints,
      rate,
    };
    const motion: Motion = { joints, count, rate, add: positions === "add", who: hints.who };
    return { header, frames: framesOf(source, motion, reporter), report: reporter.report };
  });
}

interface Motion {
  readonly joints: readonly BvhJoint[];
  /** Frames the file says it has. */
  readonly count: number;
  readonly rate: number;
  readonly add: boolean;
  readonly who: string | undefined;
}

async function hierarchy(source: AsyncGenerator<Line, void, undefined>, reporter: Reporter): Promise<BvhJoint[]> {
  const reader = createHierarchyReader();
  let last = 0;
  for (;;) {
    const line = await nextLine(source);
    if (line === undefined) break;
    last = line.number;
    if (reader.line(line.text, line.number)) return reader.joints;
  }
  if (last === 0) throw emptyFile("a BVH file", reporter);
  throw new FormatError("the file stops inside of HIERARCHY, MOTION was wanted", { line: last });
}

async function motionHead(
  source: AsyncGenerator<Line, void, undefined>,
  rate: number | undefined,
  reporter: Reporter,
): Promise<{ count: number; frameTime: number }> {
  const value = async (what: RegExp, name: string): Promise<{ value: number; line: number }> => {
    const line = await nextLine(source);
    if (line === undefined) throw emptyFile(`"${name}" after MOTION`, reporter);
    const found = what.exec(line.text)?.[1];
    if (found === undefined)
      throw new FormatError(`${quote(line.text)} came, "${name}" was wanted after MOTION`, { line: line.number });
    return { value: Number(found), line: line.number };
  };
  const count = await value(/^\s*frames\s*:\s*(\d+)\s*$/i, "Frames:");
  const time = await value(/^\s*frame\s*time\s*:\s*(\S+)\s*$/i, "Frame Time:");
  if (rate === undefined && !(time.value > 0 && Number.isFinite(1 / time.value) && Number.isFinite(time.value)))
    throw new FormatError(
      `Frame Time ${time.value} came, seconds above 0 were wanted: give the rate as an option`,
      time,
    );
  return { count: count.value, frameTime: time.value };
}

async function* framesOf(
  source: AsyncGenerator<Line, void, undefined>,
  motion: Motion,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const { joints, count, rate, who } = motion;
  const width = joints.reduce((sum, joint) => sum + joint.channels.length, 0);
  const gate = createGate(reporter, rate);
  const place = createKinematics(motion);
  let row = 0;
  for await (const line of source) {
    const text = line.text.trim();
    if (text === "") continue;
    // A damaged row keeps its slot in time.
    const time = row++ / rate;
    const values = text.split(/\s+/).map((cell) => textToNumber(cell));
    const bad = values.findIndex((v) => v === undefined);
    if (!line.ended && (values.length < width || row < count)) {
      // Its last number may be half a number, too.
      reporter.drop("half lines", `the last line (${line.number}) is cut short and left out`);
    } else if (values.length !== width || bad >= 0) {
      const came = bad >= 0 ? quote(text.split(/\s+/)[bad]) : `${values.length} numbers`;
      const message = `line ${line.number} and others like it are left out: ${came} came, ${width} numbers were wanted`;
      reporter.drop("bad rows", message);
    } else {
      const frame: Frame = who === undefined ? { time } : { time, who };
      frame.body = place(values as number[]);
      if (gate.pass(frame)) yield frame;
    }
  }
  if (row !== count && !reporter.cut)
    reporter.warn("count", `the file says ${count} frames, ${row} came: is it whole?`);
  gate.end();
}

/** (channel values of one frame) => joint positions [joints, 3]. Position = parent + parent's rotation · offset. */
function createKinematics({ joints, add }: Motion): (values: readonly number[]) => Float32Array {
  const n = joints.length;
  const local = new Float64Array(9);
  const global = new Float64Array(9 * n);
  const positions = new Float64Array(3 * n);
  return (values) => {
    const body = new Float32Array(3 * n);
    let k = 0;
    for (let j = 0; j < n; j++) {
      const { parent, offset, channels } = joints[j];
      const shift: [number, number, number] = [...offset];
      identity(local, 0);
      for (const channel of channels) {
        const value = values[k++];
        if (channel <= 2) shift[channel as 0 | 1 | 2] = value + (add ? offset[channel as 0 | 1 | 2] : 0);
        else turn(local, 0, channel - 3, (value * Math.PI) / 180);
      }
      const place = parent < 0 ? shift : rotate(global, 9 * parent, shift);
      for (let d = 0; d < 3; d++) positions[3 * j + d] = place[d] + (parent < 0 ? 0 : positions[3 * parent + d]);
      if (parent < 0) global.set(local, 9 * j);
      else multiply(global, 9 * parent, local, 0, global, 9 * j);
    }
    for (let i = 0; i < body.length; i++) body[i] = Number.isFinite(Math.fround(positions[i])) ? positions[i] : NaN;
    return body;
  };
}
