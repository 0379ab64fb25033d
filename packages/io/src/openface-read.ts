// OpenFace 2 CSV: one row a face and frame. Action unit intensities 0..5 become 0..1 in the face set
// "facs-17", their presence (AUxx_c, 0 or 1) becomes channels. Coordinates are those of the camera: x to the
// right of the image, y down, z away from the camera, millimetres; hence up is "-y". Time is seconds.

import type { Frame, RecordingHeader } from "@attune/core";
import { dsvFormat } from "d3-dsv";
import type { Chunks } from "./bytes.ts";
import { tableOf, type Row } from "./csv-read.ts";
import { numberIn } from "./cells.ts";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { FACE_SETS } from "./face-sets.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import type { HeaderHints } from "./header.ts";
import { lines } from "./lines.ts";
import { emptyFile, nextLine, reading, type Recording } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";
import { identity, quaternionOf, turn } from "./rotation.ts";

const UNITS = FACE_SETS["facs-17"];
/** OpenFace's scale of intensity ends here (FACS level E). */
export const FULL_INTENSITY = 5;

interface Columns {
  readonly time: number;
  readonly who: number;
  readonly confidence: number;
  readonly success: number;
  /** [17], -1 for a unit the file leaves out. */
  readonly units: readonly number[];
  /** Two eyes, x y z each; empty where absent, as are the next two. */
  readonly gaze: readonly number[];
  readonly place: readonly number[];
  readonly turns: readonly number[];
  readonly presence: readonly { readonly name: string; readonly index: number }[];
}

/** Whether a first line is OpenFace's: what no other table has together. */
export function isOpenFaceHead(line: string): boolean {
  return /(^|,)\s*confidence\s*,\s*success\s*(,|$)/.test(line) && /\b(AU\d\d_[rc]|gaze_0_x|pose_Tx)\b/.test(line);
}

/**
 * Reads OpenFace's CSV, gzipped or not. A face that was not found (success 0) is missing; `faceConfidence`
 * is the tracker's confidence for every unit; `gaze` the mean of both eyes; `who` the face_id. Landmarks and
 * shape parameters are left out, with a warning.
 *
 * @throws FormatError when the columns of OpenFace are not there
 */
export async function readOpenFace(chunks: Chunks, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("a row of OpenFace's column names", reporter);
    const parser = dsvFormat(",");
    const split = (text: string) => parser.parseRows(text)[0] ?? [];
    // Versions before 2.1 put a blank before each name.
    const names = split(first.text).map((cell) => cell.trim());
    const columns = chooseColumns(names, first.number, reporter);
    const channels = columns.presence.map(({ name }) => name);
    const header: RecordingHeader = {
      format: "attune-recording",
      version: 1,
      units: "mm",
      up: "-y",
      ...(columns.units.length > 0 && { faceSet: "facs-17" }),
      ...(channels.length > 0 && { channels }),
      ...hints,
    };
    const { rows } = tableOf(source, split, { names, again: [] }, reporter);
    return { header, frames: framesOf(rows, columns, header, reporter), report: reporter.report };
  });
}

function chooseColumns(names: readonly string[], line: number, reporter: Reporter): Columns {
  const at = (name: string) => names.indexOf(name);
  const whole = (list: readonly string[]) => (list.every((name) => at(name) >= 0) ? list.map(at) : []);
  const axes = (start: string) => ["x", "y", "z"].map((axis) => `${start}${axis}`);
  const units = UNITS.map((unit) => at(`${unit}_r`));
  const presence = names.flatMap((name, index) => (/^AU\d\d_c$/.test(name) ? [{ name, index }] : []));
  const columns: Columns = {
    time: at("timestamp"),
    who: at("face_id"),
    confidence: at("confidence"),
    success: at("success"),
    units: units.some((i) => i >= 0) ? units : [],
    gaze: whole([...axes("gaze_0_"), ...axes("gaze_1_")]),
    place: whole(axes("pose_T")),
    turns: whole(axes("pose_R")),
    presence: presence.filter(({ name }, i) => presence.findIndex((other) => other.name === name) === i),
  };
  for (const name of ["timestamp", "confidence", "success"])
    if (at(name) < 0) {
      const way =
        name === "timestamp" ? "single images have none, use FeatureExtraction on a video" : "is this OpenFace?";
      throw new FormatError(`no column "${name}" came, an OpenFace 2 table was wanted: ${way}`, { line });
    }
  if (columns.units.length + columns.gaze.length + columns.place.length + presence.length === 0)
    throw new FormatError(`no action units, gaze or pose came, some of OpenFace's columns were wanted`, { line });
  const { time, who, confidence, success, gaze, place, turns } = columns;
  const used = new Set([time, who, confidence, success, ...units, ...gaze, ...place, ...turns]);
  for (const { index } of presence) used.add(index);
  // The frame number and gaze_angle follow from the rest.
  const left = names.filter((name, i) => !used.has(i) && name !== "" && !/^(frame|gaze_angle_[xy])$/.test(name));
  if (left.length > 0)
    reporter.warn("columns", `${left.length} columns are left out (landmarks and the like): ${left[0]}, ...`);
  return columns;
}

async function* framesOf(
  rows: AsyncGenerator<Row, void, undefined>,
  columns: Columns,
  { who: hinted, rate }: RecordingHeader,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, rate);
  const matrix = new Float64Array(9);
  const { units, gaze, place, turns, presence } = columns;
  for await (const { cells, line } of rows) {
    const number = (index: number) => (index < 0 ? NaN : numberIn(cells[index], line, reporter));
    const time = textToNumber(cells[columns.time]) ?? NaN;
    if (!Number.isFinite(time)) {
      const came = `timestamp ${quote(cells[columns.time])} is no number`;
      reporter.drop("bad rows", `line ${line.number} and others like it are left out: ${came}`);
      continue;
    }
    const who = (columns.who < 0 ? "" : cells[columns.who].trim()) || hinted;
    const frame: Frame = who === undefined ? { time } : { time, who };
    const found = number(columns.success) === 1;
    const seen = (index: number) => (found ? number(index) : NaN);
    const within = (value: number, least: number, most: number, what: string): number => {
      if (!(value < least || value > most)) return value;
      const message = `${what} ${value} in line ${line.number} is beyond ${least} to ${most}: such cells are read as missing`;
      reporter.drop("bad values", message);
      return NaN;
    };
    if (units.length > 0) {
      const confidence = within(number(columns.confidence), 0, 1, "confidence");
      frame.face = Float32Array.from(units, (i) => within(seen(i), 0, FULL_INTENSITY, "intensity") / FULL_INTENSITY);
      frame.faceConfidence = new Float32Array(units.length).fill(confidence);
    }
    if (gaze.length > 0) frame.gaze = direction(gaze.map(seen));
    if (place.length + turns.length > 0) {
      identity(matrix, 0);
      for (const [axis, i] of turns.entries()) turn(matrix, 0, axis, seen(i));
      const turned = turns.length > 0 ? quaternionOf(matrix, 0) : [NaN, NaN, NaN, NaN];
      frame.head = Float32Array.from([...turned, ...(place.length > 0 ? place.map(seen) : [NaN, NaN, NaN])]);
    }
    if (presence.length > 0) frame.channels = Float32Array.from(presence, ({ index }) => seen(index));
    if (gate.pass(frame)) yield frame;
  }
  gate.end();
}

/** Unit mean of two directions. */
function direction([ax, ay, az, bx, by, bz]: readonly number[]): Float32Array {
  const mean = [ax + bx, ay + by, az + bz];
  const length = Math.hypot(...mean);
  return Float32Array.from(mean, (v) => (length > 0 ? v / length : NaN));
}
