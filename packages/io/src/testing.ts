// Helpers of this package's tests.

import type { Frame, RecordingHeader } from "@attune/core";
import { strFromU8, strToU8 } from "fflate";
import { concat, type Chunks } from "./bytes.ts";
import type { Recording } from "./recording.ts";
import type { ReadReport } from "./report.ts";

/** Text as chunks of `size` bytes, so that lines and characters are cut anywhere. */
export function chunked(data: string | Uint8Array, size = Infinity): Uint8Array[] {
  const bytes = typeof data === "string" ? strToU8(data) : data;
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) out.push(bytes.subarray(at, at + size));
  return out;
}

export async function bytesOf(chunks: Chunks): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return concat(
    parts,
    parts.reduce((sum, part) => sum + part.length, 0),
  ).slice();
}

export async function textOf(chunks: Chunks): Promise<string> {
  return strFromU8(await bytesOf(chunks));
}

export async function all(
  recording: Recording | Promise<Recording>,
): Promise<{ header: RecordingHeader; frames: Frame[]; report: ReadReport }> {
  const { header, frames, report } = await recording;
  const out: Frame[] = [];
  for await (const frame of frames) out.push(frame);
  return { header, frames: out, report };
}

/** Bytes overwritten, taken out, repeated, and the end cut off. */
export function damage(
  bytes: Uint8Array,
  edits: readonly (readonly [number, number, number])[],
  keep: number,
): Uint8Array {
  const out = [...bytes];
  for (const [kind, where, value] of edits) {
    const at = Math.floor(where * out.length);
    if (kind === 0) out[at] = value;
    else if (kind === 1) out.splice(at, value);
    else if (kind === 2) out.splice(at, 0, ...out.slice(at, at + value));
    else out.splice(at, 1, ...[44, 10, 13, 34, 45, 57, 59, 123, 125].slice(value % 9, (value % 9) + 1));
  }
  return Uint8Array.from(out.slice(0, Math.ceil(keep * out.length)));
}
