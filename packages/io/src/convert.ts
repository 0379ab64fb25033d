// From one format to another, frame by frame: what the command line's conversions are made of.

import type { RecordingHeader, Skeleton } from "@attune/core";
import { writeBvh } from "./bvh-write.ts";
import type { Chunks } from "./bytes.ts";
import { writeCsv } from "./csv-write.ts";
import { writeGlb } from "./glb-write.ts";
import { gzip } from "./gzip.ts";
import { writeNative } from "./native.ts";
import { openRecording, type OpenOptions, type WriteFormat } from "./open.ts";
import { writeOpenFace } from "./openface-write.ts";
import { written, type Frames, type Written } from "./recording.ts";
import type { ReadReport } from "./report.ts";

export interface WriteOptions {
  /** The skeleton that the header names but does not bring; all but native and OpenFace need its joints. */
  readonly skeleton?: Skeleton;
  /** Whose frames to write, for BVH and GLB. */
  readonly who?: string;
  readonly gzip?: boolean;
}

/** Writes frames in any format. @throws FormatError as the writer of the format does */
export function writeRecording(
  format: WriteFormat,
  header: RecordingHeader,
  frames: Frames,
  options: WriteOptions = {},
): Written {
  const { gzip: packed = false, who, skeleton } = options;
  const known = skeleton === undefined ? {} : { skeleton };
  const person = who === undefined ? known : { ...known, who };
  const writers = {
    native: () => writeNative(header, frames),
    csv: () => writeCsv(header, frames, known),
    bvh: () => writeBvh(header, frames, person),
    openface: () => writeOpenFace(header, frames),
    glb: () => writeGlb(header, frames, person),
  };
  const plain = writers[format]();
  return packed ? written(gzip(plain), plain.report) : plain;
}

export interface ConvertOptions {
  readonly from?: OpenOptions;
  readonly to: WriteOptions & { readonly format: WriteFormat };
  /** Looks up a skeleton that a header only names. */
  readonly skeletonNamed?: (name: string) => Skeleton | undefined;
}

export interface Converted {
  readonly header: RecordingHeader;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What reading left out; complete when the chunks are out. */
  readonly read: ReadReport;
  /** What the new format had no place for. */
  readonly written: ReadReport;
}

/** Reads one format and writes another, pulling frames only as chunks are asked for (BVH and GLB collect them). */
export async function convert(chunks: Chunks, { from, to, skeletonNamed }: ConvertOptions): Promise<Converted> {
  const { header, frames, report } = await openRecording(chunks, from);
  const named = typeof header.skeleton === "string" ? skeletonNamed?.(header.skeleton) : undefined;
  const skeleton = to.skeleton ?? named;
  const { format, ...options } = to;
  const out = writeRecording(format, header, frames, skeleton === undefined ? options : { ...options, skeleton });
  return { header, chunks: out, read: report, written: out.report };
}
