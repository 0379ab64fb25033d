// One frame of a native recording <-> one line of JSON. Missing numbers are null in JSON and NaN in
// memory; numbers are float32 except time, voice and object positions.

import type { Frame, RecordingHeader } from "@attune/core";
import { float32ToJson } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { isRecord } from "./header.ts";
import type { Reporter } from "./report.ts";

type ArrayField = "body" | "bodyConfidence" | "face" | "faceConfidence" | "gaze" | "head" | "channels";

const ARRAYS: readonly ArrayField[] = ["body", "bodyConfidence", "face", "faceConfidence", "gaze", "head", "channels"];
const FIELDS = new Set<string>(["time", "who", ...ARRAYS, "voice", "sounds", "words", "objects"]);

/**
 * A parser of frame lines that remembers how long each array is: from the header where that says so,
 * else from the first frame.
 *
 * @returns (text) => Frame; throws FormatError saying what is wrong with the line
 */
export function createFrameParser(header: RecordingHeader, reporter: Reporter): (text: string) => Frame {
  const lengths = new Map<ArrayField, number>([
    ["gaze", 3],
    ["head", 7],
  ]);
  if (typeof header.skeleton === "object") {
    lengths.set("body", header.skeleton.joints.length * header.skeleton.dims);
    lengths.set("bodyConfidence", header.skeleton.joints.length);
  }
  if (header.channels) lengths.set("channels", header.channels.length);

  return (text) => {
    const value = parseJson(text);
    if (!isRecord(value)) throw new FormatError("a frame is a JSON object");
    const { time, who } = value;
    if (typeof time !== "number" || !Number.isFinite(time))
      throw new FormatError(`"time" ${quote(time)} came, seconds were wanted`);
    if (who !== undefined && typeof who !== "string")
      throw new FormatError(`"who" ${quote(who)} came, text was wanted`);
    const frame: Frame = who === undefined ? { time } : { time, who };
    // Lengths seen first in this line count only once the whole line has proved good.
    const found: [ArrayField, number][] = [];
    for (const field of ARRAYS) {
      if (value[field] === undefined) continue;
      const values = floats(field, value[field], lengths.get(field));
      found.push([field, values.length]);
      frame[field] = values;
    }
    if (value["voice"] !== undefined) frame.voice = voice(value["voice"]);
    if (value["sounds"] !== undefined) frame.sounds = texts("sounds", value["sounds"]);
    if (value["words"] !== undefined) frame.words = texts("words", value["words"]);
    if (value["objects"] !== undefined) frame.objects = objects(value["objects"]);
    for (const [field, length] of found) lengths.set(field, length);
    for (const key of Object.keys(value))
      if (!FIELDS.has(key))
        reporter.drop("unknown fields", `the field ${quote(key)} of frames is unknown and left out`);
    return frame;
  };
}

/** One line of JSON, without the line end. Fields keep the order of the Frame type. */
export function frameToJson(frame: Frame): string {
  let text = `{"time":${frame.time}`;
  if (frame.who !== undefined) text += `,"who":${JSON.stringify(frame.who)}`;
  for (const field of ARRAYS) {
    const values = frame[field];
    if (values !== undefined) text += `,"${field}":${float32ToJson(values)}`;
  }
  // JSON.stringify writes non-finite numbers as null.
  for (const field of ["voice", "sounds", "words", "objects"] as const)
    if (frame[field] !== undefined) text += `,"${field}":${JSON.stringify(frame[field])}`;
  return `${text}}`;
}

/** JSON.parse that also takes the bare NaN and Infinity some programs write. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Strings are matched first, an unclosed one to its end, so that the words in them are left alone.
    const strict = /NaN|Infinity/.test(text)
      ? text.replace(/"(?:[^"\\]+|\\.)*(?:"|\\?$)|-?\b(?:NaN|Infinity)\b/g, (m) => (m.startsWith('"') ? m : "null"))
      : text;
    if (strict === text) throw new FormatError(`not JSON: ${(error as Error).message}`);
    try {
      return JSON.parse(strict);
    } catch {
      throw new FormatError(`not JSON: ${(error as Error).message}`);
    }
  }
}

function number(field: string, value: unknown): number {
  if (value === null) return NaN;
  if (typeof value !== "number") throw new FormatError(`"${field}" holds ${quote(value)}, numbers or null were wanted`);
  return Number.isFinite(value) ? value : NaN;
}

function floats(field: string, value: unknown, length: number | undefined): Float32Array {
  if (!Array.isArray(value)) throw new FormatError(`"${field}" ${quote(value)} came, a list of numbers was wanted`);
  if (length !== undefined && value.length !== length)
    throw new FormatError(`"${field}" has ${value.length} numbers, ${length} were wanted`);
  const out = new Float32Array(value.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = number(field, value[i]);
    // Beyond the range of float32.
    if (!Number.isFinite(out[i])) out[i] = NaN;
  }
  return out;
}

function voice(value: unknown): NonNullable<Frame["voice"]> {
  if (!isRecord(value) || typeof value["speaking"] !== "boolean")
    throw new FormatError(`"voice" ${quote(value)} came, pitchHz, loudness and speaking were wanted`);
  const pitchHz = number("voice.pitchHz", value["pitchHz"]);
  return { pitchHz, loudness: number("voice.loudness", value["loudness"]), speaking: value["speaking"] };
}

function texts(field: string, value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === "string"))
    throw new FormatError(`"${field}" ${quote(value)} came, a list of texts was wanted`);
  return value;
}

function objects(value: unknown): NonNullable<Frame["objects"]> {
  if (!Array.isArray(value)) throw new FormatError(`"objects" ${quote(value)} came, a list was wanted`);
  return value.map((item: unknown) => {
    if (!isRecord(item) || typeof item["kind"] !== "string" || !Array.isArray(item["position"]))
      throw new FormatError(`object ${quote(item)} came, a kind and a position were wanted`);
    const { kind, role } = item;
    if (role !== undefined && typeof role !== "string")
      throw new FormatError(`object role ${quote(role)} came, text was wanted`);
    const position = item["position"].map((v: unknown) => number("objects.position", v));
    return role === undefined ? { kind, position } : { kind, position, role };
  });
}
