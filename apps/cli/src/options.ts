// What people type after an option -> exact values, or one line saying what was wanted.

import type { ActOptions } from "@attune/core";
import type { CsvMap } from "@attune/io";
import { UserError } from "./fail.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @param wanted said when something else came, e.g. "seconds above 0" */
export function positive(option: string, text: string, wanted: string, most = Number.MAX_VALUE): number {
  const value = NUMBER.test(text.trim()) ? Number(text) : NaN;
  if (!(value > 0 && value <= most)) throw new UserError(`${option} ${quoted(text)} came, ${wanted} were wanted`);
  return value;
}

export function count(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text.trim()))
    throw new UserError(`${option} ${quoted(text)} came, a whole number from 0 was wanted`);
  return Number(text);
}

/** A part of a recording, s; an open end is infinite. */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

/** "1.2:2.9", "1.2:" or ":2.9". */
export function segment(text: string): Segment {
  const parts = text.split(":").map((part) => part.trim());
  const good =
    parts.length === 2 && parts.some((part) => part !== "") && parts.every((p) => p === "" || NUMBER.test(p));
  if (!good) throw new UserError(`--segment ${quoted(text)} came, FROM:TO in seconds was wanted, such as 1.2:2.9`);
  const from = parts[0] === "" ? -Infinity : Number(parts[0]);
  const to = parts[1] === "" ? Infinity : Number(parts[1]);
  if (!(from < to))
    throw new UserError(`--segment ${quoted(text)} ends before it begins; FROM:TO with FROM before TO was wanted`);
  return { from, to };
}

export type Speed = number | "max";

export function speed(text: string): Speed {
  if (text === "max") return "max";
  if (NUMBER.test(text.trim()) && Number(text) > 0) return Number(text);
  throw new UserError(`--speed ${quoted(text)} came, 1 (real time), another factor above 0, or max was wanted`);
}

/** "0.2,0.1,0.9" */
export function coordinates(option: string, text: string): number[] {
  const parts = text.split(",");
  if (!parts.every((part) => NUMBER.test(part.trim())))
    throw new UserError(`${option} ${quoted(text)} came, numbers with commas between were wanted, such as 0.2,0.1,0.9`);
  return parts.map(Number);
}

export type Hand = "left" | "right";

export function hand(option: string, text: string): Hand {
  if (text === "left" || text === "right") return text;
  throw new UserError(`${option} ${quoted(text)} came, left or right was wanted`);
}

/** "0.5:0.2,0.1,0.9" or "0.5:0.2,0.1,0.9@left": where a hand should be at a phase of the act. */
export function via(text: string): NonNullable<ActOptions["via"]>[number] {
  const [, phase, place, side] = /^([^:@]+):([^@]+)(?:@(.*))?$/.exec(text.trim()) ?? [];
  const at = NUMBER.test(phase ?? "") ? Number(phase) : NaN;
  if (!(at >= 0 && at <= 1) || place === undefined)
    throw new UserError(
      `--via ${quoted(text)} came, PHASE:x,y,z or PHASE:x,y,z@left was wanted with PHASE from 0 to 1, such as 0.5:0.2,0.1,0.9`,
    );
  return { phase: at, at: coordinates("--via", place), ...(side === undefined ? {} : { hand: hand("--via", side) }) };
}

/**
 * "time=t,wrist=wx/wy/wz,pressure": a joint is its two or three columns (a fourth is its confidence), a channel is
 * the bare name of its column; `time`, `time_ms`, `frame` and `who` are what they say.
 */
export function columns(text: string): CsvMap {
  const map: { -readonly [K in keyof CsvMap]: CsvMap[K] } = {};
  const joints: Record<string, readonly [string, string] | readonly [string, string, string]> = {};
  const confidence: Record<string, string> = {};
  const channels: string[] = [];
  for (const item of text.split(",")) {
    const [name, ...rest] = item.split("=").map((part) => part.trim());
    const list = rest.join("=").split("/");
    if (name === "" || list.some((column) => rest.length > 0 && column === ""))
      throw new UserError(`--columns ${quoted(item)} came, NAME=x/y/z, time=COLUMN or a channel's column was wanted`);
    if (rest.length === 0) channels.push(name);
    else if (name === "time" || name === "time_ms" || name === "frame") {
      map.time = list.join("/");
      if (name !== "time") map.timeUnit = name === "frame" ? "frame" : "ms";
    } else if (name === "who") map.who = list.join("/");
    else if (list.length === 2) joints[name] = [list[0], list[1]];
    else if (list.length === 3 || list.length === 4) {
      joints[name] = [list[0], list[1], list[2]];
      if (list.length === 4) confidence[name] = list[3];
    } else
      throw new UserError(
        `--columns ${quoted(item)} came: a joint has 2 or 3 columns (x/y/z); a channel is the bare name of its column, "${list[0]}"`,
      );
  }
  if (Object.keys(joints).length > 0) map.joints = joints;
  if (Object.keys(confidence).length > 0) map.confidence = confidence;
  if (channels.length > 0) map.channels = channels;
  return map;
}

export function oneOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined)
    throw new UserError(`${option} ${quoted(text)} came, one of ${choices.join(", ")} was wanted`);
  return found;
}

function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
}
