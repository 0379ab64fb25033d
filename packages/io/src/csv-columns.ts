// Which column of a CSV file means what: told by a map, or recognised by name. Joints are columns that
// share a name and end in x, y, z ("head_x", "head.y", "Head Z").

import type { Skeleton } from "@attune/core";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { nearestName } from "./nearest.ts";
import type { Reporter } from "./report.ts";

/** What to read from where; columns by name. With neither joints nor channels both are recognised. */
export interface CsvMap {
  /** A column, or a rate for files without times. */
  readonly time?: string | { readonly rate: number };
  /** Of the time column; by default as its name says ("time_ms", "frame"), else seconds. */
  readonly timeUnit?: "s" | "ms" | "frame";
  /** Column of the person's name. */
  readonly who?: string;
  readonly joints?: Readonly<Record<string, readonly [string, string] | readonly [string, string, string]>>;
  /** Column by joint. */
  readonly confidence?: Readonly<Record<string, string>>;
  readonly channels?: readonly string[];
  readonly delimiter?: string;
}

export interface CsvColumns {
  /** Index of the time column, -1 where rows are counted. */
  readonly time: number;
  /** Seconds for one unit of the time column, or for one row. */
  readonly scale: number;
  readonly rate: number | undefined;
  /** -1 where there is none. */
  readonly who: number;
  readonly skeleton: Skeleton | undefined;
  /** [joints × dims] */
  readonly body: readonly number[];
  /** [joints], -1 for a joint without; empty where there are none at all. */
  readonly confidence: readonly number[];
  readonly channels: readonly { readonly name: string; readonly index: number }[];
}

const TIME = /^(time|timestamp|t|frame)(?:[\s_.]*[([]?(s|secs?|seconds?|ms|msecs?|milliseconds?)[)\]]?)?$/i;
const TIME_RANK = ["time", "timestamp", "t", "frame"];
const AXIS = /^(.*?)[_.\s]+([xyz])$/i;
const CONFIDENCE = /^(.*?)[_.\s]+(?:confidence|conf|c|score|likelihood|visibility|prob|p)$/i;
const ASSUMED_RATE = 30;

/**
 * @param names columns in order, unique
 * @param sample first rows of the file, to tell numbers from text
 * @param rate frames a second where the caller knows it
 * @throws FormatError for a column that is not there, listing those that are
 */
export function chooseColumns(
  names: readonly string[],
  sample: readonly (readonly string[])[],
  map: CsvMap,
  { rate, reporter }: { rate: number | undefined; reporter: Reporter },
): CsvColumns {
  const places = new Map(names.map((name, index) => [name, index]));
  const find = (name: string): number => {
    const index = places.get(name);
    if (index === undefined) throw missing(name, names);
    return index;
  };
  const clock = chooseTime(names, map, rate, reporter);
  if (
    clock.time >= 0 &&
    sample.length > 0 &&
    !sample.some((row) => Number.isFinite(textToNumber(row[clock.time], true)))
  ) {
    const came = `the time column ${quote(names[clock.time])} holds ${quote(sample[0][clock.time])}`;
    throw new FormatError(`${came}, numbers were wanted: choose another column, or count rows with time: { rate }`);
  }
  const whoName = map.who ?? names.find((name) => /^who$/i.test(name.trim()));
  const who = whoName === undefined ? -1 : find(whoName);

  if (map.joints || map.channels || map.confidence) {
    const joints = Object.entries(map.joints ?? {}).map(([name, columns]) => ({ name, body: columns.map(find) }));
    const stray = Object.keys(map.confidence ?? {}).find((name) => !joints.some((joint) => joint.name === name));
    if (stray !== undefined)
      throw new FormatError(`confidence for ${quote(stray)} came, but "joints" has no joint of that name`);
    const confidence = joints.map(({ name }) => {
      const column = map.confidence?.[name];
      return column === undefined ? -1 : find(column);
    });
    const channels = (map.channels ?? []).map((name) => ({ name, index: find(name) }));
    return { ...clock, who, ...bodyOf(joints), confidence: map.confidence ? confidence : [], channels };
  }
  const used = new Set([clock.time, who]);
  const joints = recogniseJoints(names, used);
  for (const joint of joints) for (const index of joint.body) used.add(index);
  const trust = new Map(names.flatMap((column, i) => (used.has(i) ? [] : [[CONFIDENCE.exec(column)?.[1], i]])));
  const confidence = joints.map(({ name }) => trust.get(name) ?? -1);
  for (const index of confidence) used.add(index);
  const channels = names.flatMap((name, index) =>
    !used.has(index) && isNumeric(sample, index) ? [{ name, index }] : [],
  );
  for (const { index } of channels) used.add(index);
  const left = names.filter((_, i) => !used.has(i));
  if (left.length > 0)
    reporter.warn("text columns", `columns without numbers are left out: ${left.slice(0, 20).join(", ")}`);
  if (joints.length === 0 && channels.length === 0)
    throw new FormatError(`columns ${list(names)} came, joints (NAME_x, NAME_y, NAME_z) or numbers were wanted`);
  return { ...clock, who, ...bodyOf(joints), confidence: confidence.some((i) => i >= 0) ? confidence : [], channels };
}

function chooseTime(
  names: readonly string[],
  { time, timeUnit }: CsvMap,
  rate: number | undefined,
  reporter: Reporter,
): Pick<CsvColumns, "time" | "scale" | "rate"> {
  if (typeof time === "object") {
    if (!(time.rate > 0 && Number.isFinite(time.rate)))
      throw new FormatError(`rate ${time.rate} came for the time, frames a second above 0 were wanted`);
    return { time: -1, scale: 1 / time.rate, rate: time.rate };
  }
  const ranked = names
    .map((name, index) => ({ index, rank: TIME_RANK.indexOf(TIME.exec(name.trim())?.[1].toLowerCase() ?? "") }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank);
  const index = time === undefined ? (ranked[0]?.index ?? -1) : names.indexOf(time);
  if (time !== undefined && index < 0) throw missing(time, names);
  const [, base, suffix] = TIME.exec(names[index]?.trim() ?? "") ?? [];
  const named = suffix ? (/^m/i.test(suffix) ? "ms" : "s") : base?.toLowerCase() === "frame" ? "frame" : "s";
  const unit = index < 0 ? "frame" : (timeUnit ?? named);
  if (unit !== "frame") return { time: index, scale: unit === "ms" ? 0.001 : 1, rate };
  if (rate === undefined) {
    const what = index < 0 ? "no time column was found: rows" : "frames";
    reporter.warn("assumed rate", `${what} are counted at ${ASSUMED_RATE} a second, for want of a rate`);
  }
  return { time: index, scale: 1 / (rate ?? ASSUMED_RATE), rate: rate ?? ASSUMED_RATE };
}

/** Joints by name; pairs of x and y count only where no column says z. */
function recogniseJoints(
  names: readonly string[],
  used: ReadonlySet<number>,
): { name: string; body: readonly number[] }[] {
  const found = new Map<string, number[]>();
  for (const [index, column] of names.entries()) {
    const [, name, axis] = AXIS.exec(column.trim()) ?? [];
    if (!name || used.has(index)) continue;
    const axes = found.get(name) ?? [-1, -1, -1];
    axes["xyz".indexOf(axis.toLowerCase())] = index;
    found.set(name, axes);
  }
  const all = [...found].map(([name, body]) => ({ name, body }));
  const solid = all.filter(({ body }) => body.every((i) => i >= 0));
  if (solid.length > 0) return solid;
  const flat = all.filter(({ body }) => body[0] >= 0 && body[1] >= 0);
  return flat.map(({ name, body }) => ({ name, body: body.slice(0, 2) }));
}

function bodyOf(joints: readonly { name: string; body: readonly number[] }[]): Pick<CsvColumns, "skeleton" | "body"> {
  if (joints.length === 0) return { skeleton: undefined, body: [] };
  const dims = joints[0].body.length;
  const odd = joints.find(({ body }) => body.length !== dims || (dims !== 2 && dims !== 3));
  if (odd) {
    const came = `${quote(odd.name)} has ${odd.body.length} columns, ${quote(joints[0].name)} has ${dims}`;
    throw new FormatError(`${came}: 2 for every joint or 3 for every joint were wanted`);
  }
  const skeleton: Skeleton = { name: "csv", joints: joints.map(({ name }) => name), dims: dims === 2 ? 2 : 3 };
  return { skeleton, body: joints.flatMap(({ body }) => body) };
}

/** More numbers than text in the sample; a column of blanks may fill up later. */
function isNumeric(sample: readonly (readonly string[])[], index: number): boolean {
  const values = sample.map((row) => textToNumber(row[index], true));
  const texts = values.filter((v) => v === undefined).length;
  return texts === 0 || values.filter(Number.isFinite).length > texts;
}

function missing(name: string, names: readonly string[]): FormatError {
  const near = nearestName(name, names);
  const hint = near === undefined ? "" : `, did you mean ${quote(near)}?`;
  return new FormatError(`the file has no column ${quote(name)}${hint} Its columns: ${list(names)}`);
}

function list(names: readonly string[]): string {
  return names.length <= 60 ? names.join(", ") : `${names.slice(0, 60).join(", ")} and ${names.length - 60} more`;
}
