// OpenPose, BODY_25: one JSON object a frame, `{ people: [{ pose_keypoints_2d: [x, y, c, ...] }] }`, as the
// single files it writes, joined, one a line, or in an array. Coordinates are pixels, x to the right, y
// down, hence up is "-y". A key point at 0, 0 with confidence 0 was not found. It tells no time: frames are
// counted.

import type { Frame, RecordingHeader } from "@attune/core";
import type { Chunks } from "./bytes.ts";
import { rateOr } from "./clock.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import { isRecord, type HeaderHints } from "./header.ts";
import { jsonValues, type JsonValue } from "./json-values.ts";
import { emptyFile, reading, type Recording } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";
import { createTracker } from "./tracker.ts";

const JOINTS = 25;
const WANTED = "an OpenPose frame with people";

interface Body {
  readonly body: Float32Array;
  readonly bodyConfidence: Float32Array;
}

/**
 * Reads OpenPose's JSON, gzipped or not. OpenPose lists people in any order; `who` ("0", "1", ...) follows
 * each from frame to frame by where they were. Frames that show nobody are not delivered, but take their
 * time.
 *
 * @throws FormatError when the first object is no frame of OpenPose, or its people have other key points
 */
export async function readOpenPose(chunks: Chunks, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = jsonValues(await maybeGunzip(chunks, reporter), WANTED, reporter);
  return reading(source, async () => {
    const first = await source.next();
    if (first.done) throw emptyFile(WANTED, reporter);
    // Understood before anything is promised.
    peopleOf(first.value, createReporter());
    const rate = rateOr(hints.rate, 30, reporter);
    const header: RecordingHeader = {
      format: "attune-recording",
      version: 1,
      skeleton: "body-25",
      units: "px",
      up: "-y",
      ...hints,
      rate,
    };
    return { header, frames: framesOf(first.value, source, rate, reporter), report: reporter.report };
  });
}

async function* framesOf(
  first: JsonValue,
  rest: AsyncGenerator<JsonValue, void, undefined>,
  rate: number,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, rate);
  const follow = createTracker();
  let index = 0;
  async function* values() {
    yield first;
    yield* rest;
  }
  for await (const value of values()) {
    // A damaged frame keeps its slot in time.
    const time = index++ / rate;
    let people: Body[];
    try {
      people = peopleOf(value, reporter);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      reporter.drop("bad rows", `line ${value.line} and others like it are left out: ${error.message}`);
      continue;
    }
    const names = follow(people.map(({ body }) => body));
    for (const [k, person] of people.entries()) {
      const frame: Frame = { time, who: names[k], ...person };
      if (gate.pass(frame)) yield frame;
    }
  }
  gate.end();
}

function peopleOf({ value, line }: JsonValue, reporter: Reporter): Body[] {
  if (!isRecord(value) || !Array.isArray(value["people"]))
    throw new FormatError(`${quote(value)} came, ${WANTED} was wanted`, { line });
  return value["people"].flatMap((person: unknown) => {
    const points = isRecord(person) ? person["pose_keypoints_2d"] : undefined;
    if (!Array.isArray(points)) throw new FormatError(`a person without "pose_keypoints_2d" came`, { line });
    if (points.length === 0) return [];
    if (points.length !== 3 * JOINTS) {
      const came = `${points.length} numbers in "pose_keypoints_2d" came, 3 for each of ${JOINTS} joints were wanted`;
      throw new FormatError(`${came}: run OpenPose with --model_pose BODY_25`, { line });
    }
    for (const [part, list] of Object.entries(person as object))
      if (part !== "pose_keypoints_2d" && part !== "person_id" && Array.isArray(list) && list.length > 0)
        reporter.drop("unknown fields", `the field ${quote(part)} of people is unknown and left out`);
    return [bodyOf(points, line, reporter)];
  });
}

function bodyOf(points: readonly unknown[], line: number, reporter: Reporter): Body {
  const body = new Float32Array(2 * JOINTS).fill(NaN);
  const bodyConfidence = new Float32Array(JOINTS).fill(NaN);
  for (let j = 0; j < JOINTS; j++) {
    const [x, y, c] = [points[3 * j], points[3 * j + 1], points[3 * j + 2]];
    if (!isPlace(x) || !isPlace(y) || !isPlace(c) || c < 0 || c > 1.5) {
      const what = `${quote([x, y, c])} in line ${line}`;
      reporter.drop("bad values", `${what} is no x, y and confidence: such cells are read as missing`);
      continue;
    }
    // Scores of heat maps overshoot 1 a little.
    bodyConfidence[j] = Math.min(1, c);
    if (x !== 0 || y !== 0 || c !== 0) body.set([x, y], 2 * j);
  }
  return { body, bodyConfidence };
}

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(Math.fround(value));
}
