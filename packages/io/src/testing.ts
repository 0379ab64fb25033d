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
