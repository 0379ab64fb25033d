// Sets of recorded movement as one JSON header and one file of float32 (little-endian, row-major
// [rows][dims], items one after another): the layout of the public recognition sets we measure with.
// Random access instead of streaming: `openSet` checks the header, `itemFrames` turns one item's floats
// into frames. Units and the upward axis are the header's (`units`, `skeleton.up`); time is the item's
// own `t_ms` where it has one, else rows at `fpsHz`, which counts as 30 where unknown.

import type { RecordingHeader, Skeleton, UpAxis } from "@attune/core";
import { FormatError, quote } from "./errors.ts";
import { isRecord, MAX_NAMES, UP_AXES } from "./header.ts";

export interface SetItem {
  readonly index: number;
  /** Of its first value, in floats. */
  readonly offset: number;
  /** Rows. */
  readonly frames: number;
  /** 0-based class; absent in sets labelled by rows only. */
  readonly y?: number;
  readonly subj?: string | number;
  readonly rep?: number;
  readonly split?: string;
  readonly id?: string;
  /** [first row, last row, label, ...] */
  readonly segments?: readonly (readonly number[])[];
  /** A label for each row. */
  readonly phase?: readonly number[];
  /** First row of the reach, row of the grasp. */
  readonly reach?: readonly [number, number];
  /** Seconds of each row, where they were recorded. */
  readonly times?: readonly number[];
  /** What is handled, as the set names it. */
  readonly object?: string;
}

export interface RecordingSet {
  readonly name: string;
  readonly task: "acts" | "streams" | "chains" | "phases";
  /** Whether the task is the header's; false where `acts` stands in. */
  readonly taskKnown: boolean;
  readonly rate: number;
  /** Whether the rate is the header's; false where 30 stands in for an unknown one. */
  readonly rateKnown: boolean;
  /** Of one person. */
  readonly skeleton?: Skeleton;
  readonly persons: number;
  /** Whether each joint carries a confidence after its coordinates. */
  readonly confidence: boolean;
  /** Whether a joint at 0, 0 was not found, as the header's `units` say. */
  readonly zeroIsMissing: boolean;
  /** Values a row. */
  readonly dims: number;
  readonly dimsNames: readonly string[];
  readonly classes: readonly string[];
  /** Of chains: what the third and fourth number of a segment stand for. */
  readonly subActivities?: readonly string[];
  readonly affordances?: readonly string[];
  readonly items: readonly SetItem[];
  readonly units: NonNullable<RecordingHeader["units"]>;
  readonly up?: UpAxis;
  readonly source?: string;
}

const TASKS = ["acts", "streams", "chains", "phases"] as const;
const UNKNOWN_RATE = 30;
const CONFIDENCE = ["confidence", "conf", "prob", "p", "c", "score", "visibility"];

/**
 * Checks a set's header.
 *
 * @param json the parsed JSON file
 * @throws FormatError naming what is missing or does not fit
 */
export function openSet(json: unknown): RecordingSet {
  if (!isRecord(json)) throw new FormatError(`${quote(json)} came, the header of a set (an object) was wanted`);
  const needed = ["name", "dims", "classes", "items"].filter((field) => json[field] === undefined);
  if (needed.length > 0) {
    const came = `a header with ${Object.keys(json).slice(0, 12).join(", ")} came`;
    throw new FormatError(`${came}, a set needs ${needed.join(", ")} as well: is this another layout?`);
  }
  const { name, dims } = json;
  if (typeof name !== "string") throw new FormatError(`"name" ${quote(name)} came, text was wanted`);
  if (!isCount(dims) || dims < 1 || dims > MAX_NAMES) throw wrong(name, "dims", dims, "values a row, at least 1");
  const task = json["task"] ?? "acts";
  if (!TASKS.includes(task as RecordingSet["task"])) throw wrong(name, "task", task, `one of ${TASKS.join(", ")}`);
  const classes = texts(name, "classes", json["classes"]);
  const rate = json["fpsHz"] ?? UNKNOWN_RATE;
  if (typeof rate !== "number" || !(rate > 0) || !Number.isFinite(rate))
    throw wrong(name, "fpsHz", rate, "frames a second above 0, or null where unknown");
  const units = typeof json["units"] === "string" ? json["units"] : "";
  const source = typeof json["source"] === "string" ? { source: json["source"] } : {};
  const dimsNames = json["dims_names"] === undefined ? undefined : texts(name, "dims_names", json["dims_names"]);
  if (dimsNames && dimsNames.length !== dims) throw wrong(name, "dims_names", dimsNames, `${dims} names`);
  const body = bodyOf(name, json["skeleton"], dims);
  const chains = {
    ...(json["sub_activities"] === undefined
      ? {}
      : { subActivities: texts(name, "sub_activities", json["sub_activities"]) }),
    ...(json["affordances"] === undefined ? {} : { affordances: texts(name, "affordances", json["affordances"]) }),
  };
  const { items } = json;
  if (!Array.isArray(items)) throw wrong(name, "items", items, "a list");
  return {
    name,
    task: task as RecordingSet["task"],
    taskKnown: json["task"] !== undefined,
    rate,
    rateKnown: json["fpsHz"] !== undefined && json["fpsHz"] !== null,
    ...body,
    zeroIsMissing: body.skeleton !== undefined && /0\s*,\s*0\b.*not found/.test(units),
    dims,
    dimsNames: dimsNames ?? body.names ?? Array.from({ length: dims }, (_, i) => `c${i}`),
    classes,
    ...chains,
    items: items.map((item: unknown, index) => itemOf(item, index, { name, classes: classes.length, task })),
    units: unitsOf(units),
    ...source,
  };
}

/** Bytes the set's binary file must have. */
export function setByteLength({ items, dims }: RecordingSet): number {
  return items.reduce((end, item) => Math.max(end, item.offset + item.frames * dims), 0) * 4;
}

interface Body {
  persons: number;
  confidence: boolean;
  skeleton?: Skeleton;
  up?: UpAxis;
  names?: string[];
}

function bodyOf(set: string, value: unknown, dims: number): Body {
  if (value === undefined || value === null) return { persons: 1, confidence: false };
  if (!isRecord(value)) throw wrong(set, "skeleton", value, "an object with persons, joints and coords");
  const { persons = 1 } = value;
  if (!isCount(persons) || persons < 1) throw wrong(set, "skeleton.persons", persons, "a count from 1");
  const joints = texts(set, "skeleton.joints", value["joints"]);
  if (new Set(joints).size !== joints.length) throw wrong(set, "skeleton.joints", joints, "each joint once");
  const coords = texts(set, "skeleton.coords", value["coords"]);
  const confidence = CONFIDENCE.includes(coords.at(-1) ?? "");
  const axes = confidence ? coords.slice(0, -1) : coords;
  if (axes.join() !== "x,y" && axes.join() !== "x,y,z")
    throw wrong(set, "skeleton.coords", coords, "x, y or x, y, z, then perhaps a confidence");
  if (persons * joints.length * coords.length !== dims) {
    const product = `${persons} persons x ${joints.length} joints x ${coords.length} coordinates`;
    throw new FormatError(
      `set "${set}": dims ${dims} came, ${product} = ${persons * joints.length * coords.length} was wanted`,
    );
  }
  const skeleton: Skeleton = { name: set, joints, dims: axes.length === 2 ? 2 : 3 };
  const names = Array.from({ length: persons }, (_, p) =>
    joints.flatMap((joint) => coords.map((coord) => `${persons > 1 ? `p${p + 1}.` : ""}${joint}.${coord}`)),
  ).flat();
  const { up } = value;
  if (up === undefined || up === null) return { persons, confidence, skeleton, names };
  const axis = typeof up === "string" ? up.replace(/^\+/, "") : up;
  if (!UP_AXES.includes(axis as UpAxis)) throw wrong(set, "skeleton.up", up, `one of ${UP_AXES.join(", ")} or null`);
  return { persons, confidence, skeleton, names, up: axis as UpAxis };
}

function itemOf(value: unknown, index: number, set: { name: string; classes: number; task: unknown }): SetItem {
  const fail = (field: string, came: unknown, wanted: string): never => {
    throw wrong(set.name, `items[${index}].${field}`, came, wanted);
  };
  if (!isRecord(value)) throw wrong(set.name, `items[${index}]`, value, "an object");
  const { o, T, y, subj, rep, split, id, segments, phase, reach, t_ms, object } = value;
  if (!isCount(o)) return fail("o", o, "an offset in floats from 0");
  if (!isCount(T) || T < 1) return fail("T", T, "a number of rows from 1");
  const item: { -readonly [K in keyof SetItem]: SetItem[K] } = { index, offset: o, frames: T };
  if (y !== undefined) {
    if (!isCount(y) || y >= set.classes) return fail("y", y, `a class from 0 to ${set.classes - 1}`);
    item.y = y;
  } else if (set.task === "acts" || set.task === "chains") return fail("y", y, `the class, since task is ${set.task}`);
  if (subj !== undefined) {
    if (typeof subj !== "string" && typeof subj !== "number") return fail("subj", subj, "text or a number");
    item.subj = subj;
  }
  if (typeof rep === "number") item.rep = rep;
  if (typeof split === "string") item.split = split;
  if (typeof id === "string" || typeof id === "number") item.id = String(id);
  if (typeof object === "string" && object !== "") item.object = object;
  const rows = (at: unknown): boolean => isCount(at) && at < T;
  if (segments !== undefined) {
    const good = (s: unknown) =>
      Array.isArray(s) && s.length >= 3 && s.every(Number.isInteger) && rows(s[0]) && rows(s[1]);
    if (!Array.isArray(segments) || !segments.every(good))
      return fail("segments", segments, "[first row, last row, label]");
    item.segments = segments;
  }
  if (phase !== undefined) {
    // One digit a row, or a list.
    const labels = typeof phase === "string" ? Array.from(phase, Number) : phase;
    if (!Array.isArray(labels) || labels.length !== T || !labels.every((k) => isCount(k) && k < set.classes))
      return fail("phase", phase, `${T} labels below ${set.classes}`);
    item.phase = labels;
  } else if (set.task === "phases") return fail("phase", phase, "labels, since task is phases");
  if (reach !== undefined) {
    if (!Array.isArray(reach) || reach.length !== 2 || !reach.every(rows)) return fail("reach", reach, "two rows");
    item.reach = [reach[0], reach[1]];
  }
  if (t_ms !== undefined) {
    const rising = (t: unknown, i: number) =>
      Number.isFinite(t) && (i === 0 || (t as number) > (t_ms as number[])[i - 1]);
    if (!Array.isArray(t_ms) || t_ms.length !== T || !t_ms.every(rising))
      return fail("t_ms", t_ms, `${T} rising times`);
    item.times = t_ms.map((t: number) => t / 1000);
  }
  return item;
}

/** Header texts are free prose: "m (camera frame)", "image pixels (OpenPose 2D); ...". */
function unitsOf(text: string): RecordingSet["units"] {
  if (/^m\b(?!m|-)/.test(text)) return "m";
  if (/^cm\b(?!-)/.test(text)) return "cm";
  if (/^mm\b(?!-)/.test(text)) return "mm";
  if (/\b(px|pixels?)\b/.test(text)) return "px";
  return /^fraction\b/.test(text) ? "fraction" : "other";
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function texts(set: string, field: string, value: unknown): string[] {
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_NAMES &&
    value.every((v) => typeof v === "string")
  )
    return value;
  throw wrong(set, field, value, "a list of texts");
}

function wrong(set: string, field: string, came: unknown, wanted: string): FormatError {
  return new FormatError(`set "${set}": ${field} ${quote(came)} came, ${wanted} was wanted`);
}
