// Any recording by one call: the format is told from the first bytes, and from the name where they
// leave it open. Gzip is recognised by its magic bytes on any of them.

import { strFromU8 } from "fflate";
import { isEaf } from "./annotations.ts";
import { readBvh, type BvhOptions } from "./bvh-read.ts";
import { peek, type Chunks } from "./bytes.ts";
import type { CsvMap } from "./csv-columns.ts";
import { readCsv } from "./csv-read.ts";
import { FormatError, quote } from "./errors.ts";
import { maybeGunzip } from "./gzip.ts";
import { isLiveLinkHead, readLiveLink } from "./livelink.ts";
import { readMediaPipe } from "./mediapipe.ts";
import { isMotionEnergyHead, readMotionEnergy } from "./motion-energy.ts";
import { readNative } from "./native.ts";
import { isNtuHead, readNtu } from "./ntu.ts";
import { isOpenFaceHead, readOpenFace } from "./openface-read.ts";
import { readOpenPose } from "./openpose.ts";
import type { Recording } from "./recording.ts";
import { createReporter } from "./report.ts";

export type Format =
  | "native"
  | "bvh"
  | "csv"
  | "openface"
  | "openpose"
  | "mediapipe"
  | "ntu"
  | "livelink"
  | "motion-energy";

const WRITTEN = ["native", "bvh", "csv", "openface", "glb"] as const;

/** Formats that are written; GLB is not read. */
export type WriteFormat = (typeof WRITTEN)[number];

export interface OpenOptions extends BvhOptions {
  /** The file's name; only its ending matters. */
  readonly name?: string;
  /** The format, where the caller knows better than the bytes. */
  readonly format?: Format;
  /** Columns of a CSV file. */
  readonly map?: CsvMap;
}

const ENDINGS: Readonly<Record<string, Format | WriteFormat>> = {
  ndjson: "native",
  jsonl: "native",
  json: "native",
  bvh: "bvh",
  csv: "csv",
  tsv: "csv",
  txt: "csv",
  "openface.csv": "openface",
  skeleton: "ntu",
  glb: "glb",
};

// The first line of a recording with a large skeleton of its own fits.
const SNIFF_BYTES = 65_536;

/**
 * Reads a recording of any format. Options say what a BVH or CSV file cannot say about itself; a native
 * recording says everything and ignores them.
 *
 * @throws FormatError when the format cannot be told, or as the reader of the format does
 */
export async function openRecording(chunks: Chunks, options: OpenOptions = {}): Promise<Recording> {
  const { name, format, map, ...rest } = options;
  const start = await peek(chunks, SNIFF_BYTES);
  let found: Format;
  try {
    found = format ?? (await sniff(start.head, name));
  } catch (error) {
    await start.chunks.return();
    throw error;
  }
  const { positions: _, ...hints } = rest;
  switch (found) {
    case "native":
      return readNative(start.chunks);
    case "bvh":
      return readBvh(start.chunks, rest);
    case "csv":
      return readCsv(start.chunks, map, hints);
    default:
      return READERS[found](start.chunks, hints);
  }
}

const READERS = {
  openface: readOpenFace,
  openpose: readOpenPose,
  mediapipe: readMediaPipe,
  ntu: readNtu,
  livelink: readLiveLink,
  "motion-energy": readMotionEnergy,
} as const;

/** The format and packing a file name stands for: "walk.bvh.gz" => bvh, gzipped; "a.openface.csv" => openface. */
export function formatOfName(name: string): { format: Format | WriteFormat | undefined; gzip: boolean } {
  const [, stem = "", packed] = /^(.*?)(\.gz)?$/is.exec(name) ?? [];
  const parts = stem.toLowerCase().split(".");
  const ending = (count: number) => (parts.length > count ? ENDINGS[parts.slice(-count).join(".")] : undefined);
  return { format: ending(2) ?? ending(1), gzip: packed !== undefined };
}

/** As `formatOfName`, for a file to be written; undefined for formats that are only read. */
export function writeFormatOfName(name: string): { format: WriteFormat | undefined; gzip: boolean } {
  const { format, gzip } = formatOfName(name);
  return { format: WRITTEN.find((written) => written === format), gzip };
}

/** @param head the file's first bytes, as they are on disk */
async function sniff(head: Uint8Array, name: string | undefined): Promise<Format> {
  const text = await firstText(head);
  const named = name === undefined ? undefined : formatOfName(name).format;
  if (/^\s*HIERARCHY\b/i.test(text)) return "bvh";
  if (/^\s*[{[]/.test(text)) return jsonFormat(text);
  if (isEaf(text))
    throw new FormatError(
      "ELAN's annotations came, a recording was wanted: they are converted, or read with openAnnotations",
    );
  if (text.startsWith("glTF") || named === "glb")
    throw new FormatError("GLB came, a recording was wanted: GLB is written, not read");
  const [first = ""] = text.trimStart().split("\n", 1);
  if (isOpenFaceHead(first)) return "openface";
  if (isLiveLinkHead(first)) return "livelink";
  if (isNtuHead(text)) return "ntu";
  if (isMotionEnergyHead(text)) return "motion-energy";
  if (named) return named;
  if (text === "") throw new FormatError("an empty file came, a recording was wanted");
  // NUL and the replacement character stand for bytes that are no text.
  const binary = text.slice(0, 4096).match(/[\0\uFFFD]/g)?.length ?? 0;
  if (binary === 0 && /^[^\n]*[,;\t|]/.test(text)) return "csv";
  const came = `a file starting with ${quote(text.slice(0, 40))} came`;
  throw new FormatError(`${came}, a native recording, BVH or CSV was wanted: say which it is (format)`);
}

function jsonFormat(text: string): Format {
  if (/"attune-recording"/.test(text)) return "native";
  if (/"people"\s*:|"pose_keypoints_2d"/.test(text)) return "openpose";
  if (/landmarks"\s*:/i.test(text)) return "mediapipe";
  if (/"(items|dims)"\s*:/.test(text))
    throw new FormatError("the header of a set came, a recording was wanted: its frames are read with openSet");
  return "native";
}

async function firstText(head: Uint8Array): Promise<string> {
  // The reader proper will report what is wrong with the packing.
  for await (const bytes of await maybeGunzip([head], createReporter())) return strFromU8(bytes).replace(/^\uFEFF/, "");
  return "";
}
