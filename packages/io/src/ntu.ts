// NTU RGB+D .skeleton text: the number of frames; for each frame the number of bodies; for each body a line
// of ten numbers that begins with its id, the number of joints (25), and a line of twelve numbers for each
// joint: x y z (metres, Kinect v2: y up, z away from the sensor), depth x y, colour x y, rotation w x y z,
// state. It tells no time; the sets were taken at 30 frames a second.

import type { Frame, RecordingHeader } from "@attune/core";
import type { Chunks } from "./bytes.ts";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import type { HeaderHints } from "./header.ts";
import { lines, type Line } from "./lines.ts";
import { emptyFile, nextLine, reading, type Recording } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";

const JOINTS = 25;
const RATE = 30;
/** Kinect sees six; more is a sign of having lost count. */
const MAX_BODIES = 20;
/** By state: not tracked, inferred, tracked. */
const CONFIDENCE = [0, 0.5, 1];

/** Whether a file begins like one: the frames, empty ones perhaps, then a body's ten numbers, then 25. */
export function isNtuHead(text: string): boolean {
  const rows = text.split("\n").filter((line) => line.trim() !== "");
  const body = rows.findIndex((row) => !/^\s*\d{1,9}\s*$/.test(row));
  return body >= 2 && rows[body].trim().split(/\s+/).length === 10 && rows[body + 1]?.trim() === String(JOINTS);
}

/**
 * Reads a .skeleton file, gzipped or not. `who` is the body's id; joints that were not tracked are missing,
 * inferred ones have confidence 0.5. The places in the images, rotations and hands are left out.
 *
 * @throws FormatError when the first frame cannot be read
 */
export async function readNtu(chunks: Chunks, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("an NTU .skeleton file", reporter);
    const count = counted(first, "the number of frames", Infinity);
    const { rate = RATE } = hints;
    const header: RecordingHeader = {
      format: "attune-recording",
      version: 1,
      skeleton: "ntu-25",
      units: "m",
      up: "y",
      ...hints,
      rate,
    };
    const start = await bodiesOf(source, reporter);
    return { header, frames: framesOf(source, start, { count, rate }, reporter), report: reporter.report };
  });
}

async function* framesOf(
  source: AsyncGenerator<Line, void, undefined>,
  first: readonly Omit<Frame, "time">[] | undefined,
  { count, rate }: { count: number; rate: number },
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, rate);
  let bodies = first;
  let index = 0;
  while (bodies !== undefined) {
    for (const body of bodies) {
      const frame: Frame = { time: index / rate, ...body };
      if (gate.pass(frame)) yield frame;
    }
    index++;
    try {
      bodies = await bodiesOf(source, reporter);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      // The file is a sequence of counts: once one of them is wrong, nothing behind it has a meaning.
      reporter.drop("bad rows", `${error.message}: this and what follows is left out`);
      break;
    }
  }
  if (index < count && !reporter.cut)
    reporter.warn("count", `the file says ${count} frames, ${index} came: is it whole?`);
  gate.end();
}

/** The bodies of the next frame, undefined at the end. @throws FormatError where the counts do not add up */
async function bodiesOf(
  source: AsyncGenerator<Line, void, undefined>,
  reporter: Reporter,
): Promise<Omit<Frame, "time">[] | undefined> {
  const head = await nextLine(source);
  if (head === undefined) return undefined;
  let last = head.number;
  const need = async (what: string): Promise<Line> => {
    const line = await nextLine(source);
    if (line === undefined) throw new FormatError(`the file stops, ${what} was wanted`, { line: last });
    last = line.number;
    return line;
  };
  const bodies: Omit<Frame, "time">[] = [];
  for (let left = counted(head, "the number of bodies", MAX_BODIES); left > 0; left--) {
    const about = await need("a body's line");
    const cells = about.text.trim().split(/\s+/);
    if (cells.length !== 10)
      throw new FormatError(`${cells.length} numbers came, a body's line has 10`, { line: about.number });
    const joints = await need("the number of joints");
    if (counted(joints, "the number of joints", JOINTS) !== JOINTS)
      throw new FormatError(`${joints.text.trim()} joints came, ${JOINTS} were wanted`, { line: joints.number });
    const body = new Float32Array(3 * JOINTS).fill(NaN);
    const bodyConfidence = new Float32Array(JOINTS).fill(NaN);
    for (let j = 0; j < JOINTS; j++) {
      const line = await need("a joint's line");
      const values = line.text
        .trim()
        .split(/\s+/)
        .map((cell) => textToNumber(cell));
      if (values.length !== 12)
        throw new FormatError(`${values.length} numbers came, a joint's line has 12`, { line: line.number });
      const [x = NaN, y = NaN, z = NaN] = values;
      const state = values[11] ?? NaN;
      bodyConfidence[j] = CONFIDENCE[state] ?? NaN;
      const good = [x, y, z].every((v) => Number.isFinite(Math.fround(v))) && CONFIDENCE[state] !== undefined;
      if (!good)
        reporter.drop(
          "bad values",
          `${quote(line.text.trim())} in line ${line.number} are no place and state: such cells are read as missing`,
        );
      else if (state !== 0) body.set([x, y, z], 3 * j);
    }
    bodies.push({ who: cells[0], body, bodyConfidence });
  }
  return bodies;
}

function counted({ text, number }: Line, what: string, most: number): number {
  const value = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : NaN;
  if (value <= most) return value;
  const limit = most < Infinity ? `, ${most} at most,` : "";
  throw new FormatError(`${quote(text.trim())} came, ${what}${limit} was wanted`, { line: number });
}
