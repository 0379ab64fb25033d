// Live Link Face CSV: Timecode, BlendshapeCount, the 52 blend shapes of ARKit (0..1) under Apple's names
// with a capital, and nine angles of head and eyes. The shapes become `face` in the face set "arkit-52". The
// angles become channels as they are: programs that write this table disagree whether they are radians or
// degrees. Timecodes (hh:mm:ss:ff.fff, ff in frames) become seconds from the first row.

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

const SHAPES = FACE_SETS["arkit-52"];
const ANGLES = ["Head", "LeftEye", "RightEye"].flatMap((part) => ["Yaw", "Pitch", "Roll"].map((turn) => part + turn));
const TIMECODE = /^\s*(\d{1,2}):(\d{2}):(\d{2})[:;](\d{1,3}(?:\.\d+)?)\s*$/;
const RATES = [24, 25, 30, 50, 60, 120];
// Five seconds at 60: frame numbers have then run through their whole second, whatever the rate.
const SAMPLE_ROWS = 300;
const DAY = 86_400;

/** Whether a first line is that of Live Link Face. */
export function isLiveLinkHead(line: string): boolean {
  return /^\s*timecode\s*,\s*blendshapecount\s*,/i.test(line);
}

/**
 * Reads Live Link Face's CSV, gzipped or not. Frames a second are the caller's `rate`, else the least usual
 * rate above all frame numbers in the first rows, with a warning where these do not fill a second.
 *
 * @throws FormatError when Timecode or all blend shapes are missing, or the first timecode is none
 */
export async function readLiveLink(chunks: Chunks, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("a row of Live Link Face's column names", reporter);
    const parser = dsvFormat(",");
    const split = (text: string) => parser.parseRows(text)[0] ?? [];
    const names = split(first.text).map((cell) => cell.trim());
    const plain = names.map((name) => name.toLowerCase());
    const find = (name: string) => plain.indexOf(name.toLowerCase());
    const columns = { time: find("timecode"), count: find("blendshapecount"), shapes: SHAPES.map(find) };
    if (columns.time < 0 || columns.shapes.every((i) => i < 0)) {
      const came = `columns ${quote(names.slice(0, 4).join(", "))} came`;
      const place = { line: first.number };
      throw new FormatError(`${came}, Timecode and ARKit's blend shapes (EyeBlinkLeft, ...) were wanted`, place);
    }
    const channels = ANGLES.filter((name) => find(name) >= 0);
    const used = new Set([columns.time, columns.count, ...columns.shapes, ...channels.map(find)]);
    const left = names.filter((_, i) => !used.has(i));
    if (left.length > 0) reporter.warn("columns", `columns that are no blend shapes are left out: ${left.join(", ")}`);

    const { rows } = tableOf(source, split, { names, again: [] }, reporter);
    const sample: Row[] = [];
    while (sample.length < SAMPLE_ROWS) {
      const next = await rows.next();
      if (next.done) break;
      sample.push(next.value);
    }
    const rate = hints.rate ?? usualRate(sample, columns.time, reporter);
    const header: RecordingHeader = {
      format: "attune-recording",
      version: 1,
      faceSet: "arkit-52",
      ...(channels.length > 0 && { channels }),
      ...hints,
      rate,
    };
    async function* all() {
      yield* sample.splice(0);
      yield* rows;
    }
    const places = { ...columns, angles: channels.map(find) };
    return { header, frames: framesOf(all(), places, header, reporter), report: reporter.report };
  });
}

function usualRate(sample: readonly Row[], column: number, reporter: Reporter): number {
  const frames = sample.map(({ cells }) => Number(TIMECODE.exec(cells[column])?.[4] ?? NaN)).filter(Number.isFinite);
  if (sample.length > 0 && frames.length === 0) {
    const { cells, line } = sample[0];
    throw new FormatError(`${quote(cells[column])} came, a timecode hh:mm:ss:ff.fff was wanted`, { line: line.number });
  }
  const most = Math.max(0, ...frames);
  const rate = RATES.find((usual) => usual > most) ?? Math.ceil(most + 1);
  const wraps = frames.some((frame, i) => i > 0 && frame < frames[i - 1]);
  if (wraps) return rate;
  const assumed = Math.max(60, rate);
  reporter.warn("assumed rate", `timecodes are taken to count ${assumed} frames a second, for want of a rate`);
  return assumed;
}

async function* framesOf(
  rows: AsyncIterable<Row>,
  columns: { time: number; count: number; shapes: readonly number[]; angles: readonly number[] },
  { rate = 60, who }: RecordingHeader,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, rate);
  let zero: number | undefined;
  for await (const { cells, line } of rows) {
    const [, h, m, s, f] = TIMECODE.exec(cells[columns.time]) ?? [];
    // At 29.97 a second the last frame number is 29, too: one above the rate is still a frame of its second.
    if (h === undefined || Number(f) >= Math.ceil(rate)) {
      const came = `timecode ${quote(cells[columns.time])} came, hh:mm:ss:ff.fff with ff below ${rate} was wanted`;
      reporter.drop("bad rows", `line ${line.number} and others like it are left out: ${came}`);
      continue;
    }
    const clock = Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(f) / rate;
    zero ??= clock;
    // Past midnight.
    const time = clock - zero < -DAY / 2 ? clock - zero + DAY : clock - zero;
    const number = (index: number) => (index < 0 ? NaN : numberIn(cells[index], line, reporter));
    // Rows without a face say that they have 0 shapes.
    const found = columns.count < 0 || textToNumber(cells[columns.count]) !== 0;
    const read = (places: readonly number[]) => Float32Array.from(places, (i) => (found ? number(i) : NaN));
    const frame: Frame = { time, ...(who !== undefined && { who }), face: read(columns.shapes) };
    if (columns.angles.length > 0) frame.channels = read(columns.angles);
    if (gate.pass(frame)) yield frame;
  }
  gate.end();
}
