// Whatever a person names on the command line, as one recording: a file of any format, standard input, a folder of
// OpenPose's files, or one item of a set (of which only that item's bytes are read).

import type { Frame, RecordingHeader, UpAxis } from "@attune/core";
import {
  areAnnotations,
  itemFrames,
  openRecording,
  openSet,
  setByteLength,
  setHeader,
  setItem,
  type CsvMap,
  type ReadReport,
  type RecordingSet,
} from "@attune/io";
import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { about, UserError } from "./fail.ts";
import { bytesAt, headOf, openSource } from "./files.ts";

export interface InputOptions {
  /** Which recording of a set, from 0. */
  readonly item?: number | undefined;
  /** Whose body in a set of several people, from 1. */
  readonly person?: number | undefined;
  readonly columns?: CsvMap | undefined;
  /** Hz, where the file does not say. */
  readonly rate?: number | undefined;
  readonly up?: UpAxis | undefined;
  /** Whose frames, where a file holds several people; default the first one met. */
  readonly who?: string | undefined;
  /** Of a table every row, whoever it is of and whatever time it has: rows are counted, times are a channel. */
  readonly rows?: boolean;
}

export interface Input {
  /** What to call it, short. */
  readonly label: string;
  readonly header: RecordingHeader;
  readonly frames: AsyncIterable<Frame>;
  /** Complete once the frames have been walked. */
  readonly report: ReadReport;
  /** Share of it read, 0..1; undefined where its length is unknown. */
  progress(): number | undefined;
  /** The class a set gives the item. */
  readonly truth?: string;
}

/** Rows a second of a table without a rate. */
const ROWS = 30;

export async function openInput(path: string, options: InputOptions = {}): Promise<Input> {
  if (path !== "-" && (await isSet(path))) return openItem(path, options);
  for (const option of ["item", "person"] as const)
    if (options[option] !== undefined)
      throw new UserError(`--${option} came, but ${path} is one recording, not a set; leave it out`);
  const { rate, up, rows = false } = options;
  // A map of the columns is for tables; other recordings ignore it.
  const columns =
    rows && options.columns?.time === undefined
      ? { ...options.columns, time: { rate: rate ?? ROWS } }
      : options.columns;
  const source = await openSource(path);
  const label = labelOf(path);
  try {
    const recording = await openRecording(source.chunks, {
      name: path,
      ...(columns === undefined ? {} : { map: columns }),
      ...(rate === undefined ? {} : { rate }),
      ...(up === undefined ? {} : { up }),
    });
    const frames = named(recording.frames, label),
      { skeleton, faceSet } = recording.header;
    const everybody = rows && options.who === undefined && skeleton === undefined && faceSet === undefined;
    return {
      label,
      header: recording.header,
      frames: everybody ? frames : oneWho(frames, options.who, recording.report, label),
      report: recording.report,
      progress: () => (source.size ? Math.min(1, source.read() / source.size) : undefined),
    };
  } catch (error) {
    throw about(label, error);
  }
}

export function labelOf(path: string): string {
  return path === "-" ? "standard input" : basename(path);
}

/** Whether a file begins as annotations do; standard input is never asked. */
export async function holdsAnnotations(path: string): Promise<boolean> {
  if (path === "-" || !(await stat(path).catch(() => undefined))?.isFile()) return false;
  return areAnnotations(await bytesAt(path, 0, 65_536));
}

/** A set by its header file, checked against the length of the data beside it. */
export async function openSetFile(path: string): Promise<{ set: RecordingSet; dataPath: string }> {
  const label = basename(path);
  if (!(await isSet(path)))
    throw new UserError(`${label} is no set: the JSON header of a set (with "dims", "classes", "items") was wanted`);
  const dataPath = path.slice(0, -extname(path).length) + ".bin";
  const { text } = await import("node:stream/consumers");
  let json: unknown;
  try {
    json = JSON.parse(await text((await openSource(path)).chunks));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UserError(`${label} is no whole JSON (${error.message}); copy it again`);
    throw error;
  }
  try {
    const set = openSet(json);
    const found = await stat(dataPath).catch(() => undefined);
    if (found === undefined)
      throw new UserError(`its data file "${basename(dataPath)}" is missing; put it beside the .json`);
    if (found.size !== setByteLength(set))
      throw new UserError(
        `"${basename(dataPath)}" has ${found.size} bytes, ${setByteLength(set)} were wanted by the items; copy it again`,
      );
    return { set, dataPath };
  } catch (error) {
    throw about(label, error);
  }
}

/** Frames of one item, reading only its own bytes. */
export async function readItem(
  set: RecordingSet,
  dataPath: string,
  index: number,
  person?: number,
): Promise<{ header: RecordingHeader; frames: Frame[] }> {
  const item = setItem(set, index);
  const options = person === undefined ? {} : { person };
  const bytes = await bytesAt(dataPath, 4 * item.offset, 4 * item.frames * set.dims);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const floats = Float32Array.from({ length: bytes.byteLength >> 2 }, (_, i) => view.getFloat32(4 * i, true));
  return { header: setHeader(set, options), frames: itemFrames(set, floats, item, options) };
}

/** One sentence for each kind of trouble, with how often it happened. */
export function troubles({ warnings, dropped }: ReadReport): string[] {
  const left = new Map(Object.entries(dropped));
  const lines = warnings.map((warning) => {
    const reason = [...left.keys()].find((key) => SAID_AS[key]?.test(warning));
    if (reason === undefined) return warning;
    const times = left.get(reason) ?? 0;
    left.delete(reason);
    return `${warning} (${times} in all)`;
  });
  for (const [reason, times] of left) lines.push(`left out: ${times} ${reason}`);
  return lines;
}

/** How a reader's sentence about each kind of loss is told from the others. */
const SAID_AS: Readonly<Record<string, RegExp>> = {
  "times not increasing": /^time goes from/,
  "bad rows": /and others like it are left out/,
  "half lines": /is cut short and left out/,
  "bad values": /: such cells/,
  "unknown fields": /is unknown and left out/,
  "fields the format cannot hold": /has no place for it/,
  "held rotations": /it keeps its last/,
  "annotations without a time": /has no time and is left out/,
};

async function isSet(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() !== ".json") return false;
  const head = await headOf(path, 65_536);
  return /^\s*\{/.test(head) && /"(dims|items)"\s*:/.test(head) && !/"attune-/.test(head);
}

async function openItem(path: string, options: InputOptions): Promise<Input> {
  const { set: told, dataPath } = await openSetFile(path);
  const { item: index, person } = options;
  if (options.columns !== undefined)
    throw new UserError(`--columns came, but ${basename(path)} is a set and names its columns; leave it out`);
  if (options.who !== undefined)
    throw new UserError(`--who ${options.who} came, but ${basename(path)} is a set; choose with --item and --person`);
  const set = completed(told, basename(path), options);
  const last = set.items.length - 1;
  if (index === undefined)
    throw new UserError(
      `${basename(path)} is a set of ${set.items.length} recordings; choose one with --item 0 to ${last}`,
    );
  if (index > last) throw new UserError(`--item ${index} came, ${basename(path)} has items 0 to ${last}`);
  const { header, frames } = await readItem(set, dataPath, index, person);
  const report: ReadReport = { frames: 0, dropped: {}, warnings: [] };
  if (!set.rateKnown) report.warnings.push(`the set names no rate: frames are counted at ${set.rate} a second`);
  async function* walk(): AsyncGenerator<Frame, void, undefined> {
    for (const frame of frames) {
      report.frames++;
      yield frame;
    }
  }
  const { y } = set.items[index];
  return {
    label: `${basename(path)} item ${index}`,
    header,
    frames: walk(),
    report,
    progress: () => report.frames / frames.length,
    ...(y === undefined ? {} : { truth: set.classes[y] }),
  };
}

/** A set with what the command line says of it; @throws UserError where the set says that itself. */
export function completed(
  set: RecordingSet,
  label: string,
  { rate, up }: Pick<InputOptions, "rate" | "up">,
): RecordingSet {
  if (rate !== undefined && set.rateKnown)
    throw new UserError(`--rate ${rate} came, but ${label} says ${set.rate} frames a second itself; leave it out`);
  if (up !== undefined && set.up !== undefined)
    throw new UserError(`--up ${up} came, but ${label} says that ${set.up} is up; leave it out`);
  return { ...set, ...(rate === undefined ? {} : { rate, rateKnown: true }), ...(up === undefined ? {} : { up }) };
}

async function* named(frames: AsyncIterable<Frame>, label: string): AsyncGenerator<Frame, void, undefined> {
  try {
    yield* frames;
  } catch (error) {
    throw about(label, error);
  }
}

/** The frames of one person; how many of others were passed over is one warning. */
async function* oneWho(
  frames: AsyncIterable<Frame>,
  wanted: string | undefined,
  report: ReadReport,
  label: string,
): AsyncGenerator<Frame, void, undefined> {
  let who = wanted;
  let any = false;
  const others = new Map<string, number>();
  for await (const frame of frames) {
    if (!any && wanted === undefined) who = frame.who;
    if (frame.who !== who) {
      const name = frame.who ?? "nobody named";
      if (others.size < 100 || others.has(name)) others.set(name, (others.get(name) ?? 0) + 1);
      continue;
    }
    any = true;
    yield frame;
  }
  if (wanted !== undefined && !any) {
    const there = [...others.keys()].slice(0, 10).join(", ");
    throw new UserError(`${label} shows nobody called "${wanted}"; it shows ${there || "nobody by name"}`);
  }
  const passed = [...others.values()].reduce((sum, n) => sum + n, 0);
  if (passed > 0)
    report.warnings.push(
      `I watch one person (${who ?? "the unnamed one"}): ${passed} frames of ${[...others.keys()].slice(0, 5).join(", ")} are passed over; choose with --who`,
    );
}
