// Frames -> CSV: time in seconds, then who (where frames name a person), NAME_x, NAME_y, NAME_z for each
// joint, NAME_confidence, and the channels under their own names. Missing values are blank cells. Units
// and axes are those of the recording; CSV has no place to say which.

import type { Frame, RecordingHeader, Skeleton } from "@attune/core";
import { csvFormatRow } from "d3-dsv";
import type { CsvMap } from "./csv-columns.ts";
import { float32ToText } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { checkSkeleton } from "./header.ts";
import { checkTime, encode, written, type Frames, type Written } from "./recording.ts";
import { createReporter, reportLost, type Reporter } from "./report.ts";

export interface WriteCsvOptions {
  /** The skeleton that the header names but does not bring. */
  readonly skeleton?: Skeleton;
}

/**
 * Writes CSV. Which of the optional columns there are is decided by the first frame; what later frames
 * carry beyond them is counted in the report as left out.
 *
 * @throws FormatError when a body comes but the joints' names are not known, or numbers do not fit them
 */
export function writeCsv(header: RecordingHeader, frames: Frames, options: WriteCsvOptions = {}): Written {
  const reporter = createReporter();
  async function* text(): AsyncGenerator<string, void, undefined> {
    let table: Table | undefined;
    for await (const frame of frames) {
      checkTime(frame);
      if (!table) {
        table = tableOf(header, frame, options);
        yield headRow(table);
      }
      reporter.report.frames++;
      yield rowOf(frame, table, reporter);
    }
    if (!table) yield headRow(tableOf(header, { time: 0 }, options));
  }
  return written(encode(text()), reporter.report);
}

/**
 * The map that reads a file of `writeCsv` back as it was, also where channels have names like a joint's.
 *
 * @param first the recording's first frame
 */
export function csvMap(header: RecordingHeader, first: Frame, options: WriteCsvOptions = {}): CsvMap {
  const { who, joints, confidence, channels } = tableOf(header, first, options);
  return {
    time: "time",
    timeUnit: "s",
    delimiter: ",",
    ...(who && { who: "who" }),
    ...(joints.length > 0 && { joints: Object.fromEntries(joints.map(({ name, columns }) => [name, columns])) }),
    ...(confidence.length > 0 && {
      confidence: Object.fromEntries(joints.map(({ name }, j) => [name, confidence[j]])),
    }),
    ...(channels.length > 0 && { channels }),
  };
}

interface Table {
  readonly who: boolean;
  readonly joints: readonly { name: string; columns: [string, string] | [string, string, string] }[];
  readonly coordinates: number;
  /** A column for each joint, or none. */
  readonly confidence: readonly string[];
  readonly channels: readonly string[];
  /** Fields of a frame that have a column. */
  readonly kept: ReadonlySet<string>;
}

function tableOf(header: RecordingHeader, first: Frame, options: WriteCsvOptions): Table {
  const { joints: names, dims } = first.body ? skeletonOf(header, options) : { joints: [], dims: 3 };
  const joints = names.map((name): Table["joints"][number] => ({
    name,
    columns: dims === 3 ? [`${name}_x`, `${name}_y`, `${name}_z`] : [`${name}_x`, `${name}_y`],
  }));
  const confidence = first.bodyConfidence ? names.map((name) => `${name}_confidence`) : [];
  const channels = header.channels ?? Array.from(first.channels ?? [], (_, i) => `c${i}`);
  const who = first.who !== undefined;
  const kept = new Set(["time"]);
  if (who) kept.add("who");
  if (joints.length > 0) kept.add("body");
  if (confidence.length > 0) kept.add("bodyConfidence");
  if (channels.length > 0) kept.add("channels");
  return { who, joints, coordinates: joints.length * dims, confidence, channels, kept };
}

function skeletonOf(header: RecordingHeader, options: WriteCsvOptions): Skeleton {
  const skeleton = options.skeleton ?? header.skeleton;
  if (typeof skeleton !== "object") {
    const came = skeleton === undefined ? "no skeleton" : `the skeleton's name "${skeleton}"`;
    throw new FormatError(`${came} came, names of joints were wanted: give a skeleton in the options`);
  }
  checkSkeleton(skeleton);
  return skeleton;
}

function headRow({ who, joints, confidence, channels }: Table): string {
  const names = ["time", ...(who ? ["who"] : []), ...joints.flatMap(({ columns }) => columns)];
  names.push(...confidence, ...channels);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new FormatError(`two columns ${quote(name)} came, each name once was wanted: rename one`);
    seen.add(name);
  }
  return `${csvFormatRow(names)}\n`;
}

function rowOf(frame: Frame, { who, coordinates, confidence, channels, kept }: Table, reporter: Reporter): string {
  reportLost(frame, kept, "this CSV file", reporter);
  let text = `${frame.time}`;
  if (who) text += `,${csvFormatRow([frame.who ?? ""])}`;
  text += cells("body", frame.body, coordinates);
  text += cells("bodyConfidence", frame.bodyConfidence, confidence.length);
  return `${text}${cells("channels", frame.channels, channels.length)}\n`;
}

function cells(field: string, values: Float32Array | undefined, length: number): string {
  if (length === 0) return "";
  if (!values) return ",".repeat(length);
  if (values.length !== length)
    throw new FormatError(`${values.length} numbers came in "${field}", ${length} were wanted by the columns`);
  let text = "";
  for (const value of values) text += Number.isFinite(value) ? `,${float32ToText(value)}` : ",";
  return text;
}
