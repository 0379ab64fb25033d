// The header of a recording, checked once here so that nothing behind it has to: what comes out of
// `parseHeader` is a RecordingHeader with every field of the right type and the skeleton consistent.

import type { RecordingHeader, Skeleton, UpAxis } from "@attune/core";
import { FormatError, quote, type Place } from "./errors.ts";

/** What a file cannot say about itself and the caller may know. */
export interface HeaderHints {
  readonly who?: string;
  readonly units?: NonNullable<RecordingHeader["units"]>;
  readonly up?: UpAxis;
  /** Frames a second. */
  readonly rate?: number;
  readonly source?: string;
  readonly consent?: string;
}

export const UNITS = ["m", "cm", "mm", "px", "fraction", "other"] as const;
export const UP_AXES = ["x", "y", "z", "-x", "-y", "-z"] as const;

/** Joints or channels; bounds the work on damaged or hostile files. */
export const MAX_NAMES = 10_000;

const TEXT_FIELDS = ["who", "faceSet", "source", "consent"] as const;
const FIELDS = new Set(["format", "version", "skeleton", "units", "up", "channels", "rate", ...TEXT_FIELDS]);

/**
 * @param value parsed JSON
 * @returns the header, and the names of fields this version does not know
 * @throws FormatError naming the first field that is wrong
 */
export function parseHeader(value: unknown, place: Place = {}): { header: RecordingHeader; unknown: string[] } {
  const fail = (message: string): never => {
    throw new FormatError(message, place);
  };
  if (!isRecord(value)) return fail(`header ${quote(value)} came, an object with "format" was wanted`);
  if (value["format"] !== "attune-recording") {
    const wanted = `the header of a recording ("format": "attune-recording") was wanted`;
    return fail(`an object with "format" ${quote(value["format"])} came, ${wanted}: is this a recording?`);
  }
  const version = value["version"];
  if (typeof version === "number" && version > 1)
    return fail(`version ${version} came, this program reads version 1: update it, or export the file as version 1`);
  if (version !== 1) return fail(`version ${quote(version)} came, 1 was wanted`);

  for (const field of TEXT_FIELDS)
    if (value[field] !== undefined && typeof value[field] !== "string")
      fail(`"${field}" ${quote(value[field])} came, text was wanted`);
  oneOf("units", value["units"], UNITS, place);
  oneOf("up", value["up"], UP_AXES, place);
  const rate = value["rate"];
  if (rate !== undefined && !(typeof rate === "number" && Number.isFinite(rate) && rate > 0))
    fail(`"rate" ${quote(rate)} came, frames a second above 0 were wanted; leave it out where unknown`);
  if (value["channels"] !== undefined) names("channels", value["channels"], place);
  const skeleton = value["skeleton"];
  if (skeleton !== undefined && typeof skeleton !== "string") checkSkeleton(skeleton, place);

  const unknown = Object.keys(value).filter((key) => !FIELDS.has(key));
  const header = Object.fromEntries(Object.entries(value).filter(([key, v]) => FIELDS.has(key) && v !== undefined));
  return { header: header as unknown as RecordingHeader, unknown };
}

/** @throws FormatError unless `value` is a whole, consistent skeleton */
export function checkSkeleton(value: unknown, place: Place = {}): asserts value is Skeleton {
  const fail = (message: string): never => {
    throw new FormatError(`skeleton: ${message}`, place);
  };
  if (!isRecord(value)) return fail(`${quote(value)} came, a name or an object with "joints" was wanted`);
  if (typeof value["name"] !== "string") fail(`"name" ${quote(value["name"])} came, text was wanted`);
  const joints = names("joints", value["joints"], place);
  if (joints.length === 0) fail("no joints came, at least one was wanted");
  if (value["dims"] !== 2 && value["dims"] !== 3) fail(`"dims" ${quote(value["dims"])} came, 2 or 3 was wanted`);
  const { parents, offsets } = value;
  if (parents !== undefined) {
    if (!Array.isArray(parents) || parents.length !== joints.length)
      return fail(`"parents" must hold one index for each of ${joints.length} joints`);
    for (const [j, parent] of parents.entries())
      if (!Number.isInteger(parent) || parent < -1 || parent >= joints.length)
        fail(`parent ${quote(parent)} of "${joints[j]}" came, a joint's index or -1 was wanted`);
    const loop = joints.find((_, j) => depth(parents, j) > joints.length);
    if (loop !== undefined) fail(`the parents of "${loop}" run in a circle, a tree was wanted`);
  }
  if (offsets === undefined) return;
  if (!Array.isArray(offsets) || offsets.length !== 3 * joints.length || !offsets.every(Number.isFinite))
    fail(`"offsets" must hold 3 numbers for each of ${joints.length} joints`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function depth(parents: readonly number[], joint: number): number {
  let steps = 0;
  for (let j = joint; j >= 0 && steps <= parents.length; j = parents[j]) steps++;
  return steps;
}

function names(field: string, value: unknown, place: Place): string[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === "string"))
    throw new FormatError(`"${field}" ${quote(value)} came, a list of names was wanted`, place);
  if (value.length > MAX_NAMES)
    throw new FormatError(`"${field}" has ${value.length} names, the limit is ${MAX_NAMES}`, place);
  const seen = new Set<string>();
  for (const name of value) {
    if (seen.has(name)) throw new FormatError(`"${field}" names ${quote(name)} twice, each once was wanted`, place);
    seen.add(name);
  }
  return value;
}

function oneOf(field: string, value: unknown, allowed: readonly string[], place: Place): void {
  if (value !== undefined && !allowed.includes(value as string))
    throw new FormatError(`"${field}" ${quote(value)} came, one of ${allowed.join(", ")} was wanted`, place);
}
