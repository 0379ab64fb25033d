// What was shown to teach an act, checked and written by the one who knows recordings: @attune/io. A field that is not
// part of a native recording (a picture, say) is refused, not dropped.

import { FormatError, readNative, writeNative } from "@attune/io";
import type { Frame } from "@attune/core";
import { StoreFailure } from "../failure.ts";
import type { NewExample } from "./store.ts";

export interface ExampleRecording {
  readonly act: string;
  readonly frames: number;
  readonly seconds: number;
  /** NDJSON: a header line, then a line a frame. */
  readonly recording: string;
}

/** @throws StoreFailure "invalid" unless every frame and field of it can be kept */
export async function recordingOf({ act, header, frames }: NewExample): Promise<ExampleRecording> {
  try {
    const lines = [header, ...frames].map((line) => `${JSON.stringify(line)}\n`).join("");
    const recording = await readNative([Buffer.from(lines)]);
    const kept: Frame[] = [];
    for await (const frame of recording.frames) kept.push(frame);
    const { dropped, warnings } = recording.report;
    if (Object.keys(dropped).length > 0) throw new FormatError(warnings.join("; "));
    const out: Uint8Array[] = [];
    for await (const chunk of writeNative(recording.header, kept)) out.push(chunk);
    return {
      act,
      frames: kept.length,
      seconds: kept.length === 0 ? 0 : Number((kept[kept.length - 1].time - kept[0].time).toFixed(3)),
      recording: Buffer.concat(out).toString("utf8"),
    };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new StoreFailure("invalid", `an example of "${act}" cannot be kept: ${error.message}`);
  }
}
