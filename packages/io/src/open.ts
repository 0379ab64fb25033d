// Any recording by one call: the format is told from the first bytes, and from the name where they
// leave it open. Gzip is recognised by its magic bytes on any of them.

import { strFromU8 } from "fflate";
import { readBvh, type BvhOptions } from "./bvh-read.ts";
import { peek, type Chunks } from "./bytes.ts";
import type { CsvMap } from "./csv-columns.ts";
import { readCsv } from "./csv-read.ts";
import { FormatError, quote } from "./errors.ts";
import { maybeGunzip } from "./gzip.ts";
import { readNative } from "./native.ts";
import type { Recording } from "./recording.ts";
import { createReporter } from "./report.ts";

export type Format = "native" | "bvh" | "csv";

export interface OpenOptions extends BvhOptions {
  /** The file's name; only its ending matters. */
  readonly name?: string;
  /** The format, where the caller knows better than the bytes. */
  readonly format?: Format;
  /** Columns of a CSV file. */
  readonly map?: CsvMap;
}

const ENDINGS: Readonly<Record<string, Format>> = {
  ndjson: "native",
  jsonl: "native",
  json: "native",
  bvh: "bvh",
  csv: "csv",
  tsv: "csv",
  txt: "csv",
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
  if (found === "native") return readNative(start.chunks);
  if (found === "bvh") return readBvh(start.chunks, rest);
  const { positions: _, ...hints } = rest;
  return readCsv(start.chunks, map, hints);
}

/** The format and packing a file name stands for: "walk.bvh.gz" => bvh, gzipped. */
export function formatOfName(name: string): { format: Format | undefined; gzip: boolean } {
  const [, ending, packed] = /\.([^.]*?)(\.gz)?$/i.exec(name) ?? [];
  return { format: ENDINGS[ending?.toLowerCase() ?? ""], gzip: packed !== undefined };
}

/** @param head the file's first bytes, as they are on disk */
async function sniff(head: Uint8Array, name: string | undefined): Promise<Format> {
  const text = await firstText(head);
  const named = name === undefined ? undefined : formatOfName(name).format;
  if (/^\s*HIERARCHY\b/i.test(text)) return "bvh";
  if (/^\s*\{/.test(text)) {
    if (!/"attune-recording"/.test(text) && /"(items|dims)"\s*:/.test(text))
      throw new FormatError("the header of a set came, a recording was wanted: its frames are read with openSet");
    return "native";
  }
  if (named) return named;
  if (text === "") throw new FormatError("an empty file came, a recording was wanted");
  // NUL and the replacement character stand for bytes that are no text.
  const binary = text.slice(0, 4096).match(/[\0\uFFFD]/g)?.length ?? 0;
  if (binary === 0 && /^[^\n]*[,;\t|]/.test(text)) return "csv";
  const came = `a file starting with ${quote(text.slice(0, 40))} came`;
  throw new FormatError(`${came}, a native recording, BVH or CSV was wanted: say which it is (format)`);
}

async function firstText(head: Uint8Array): Promise<string> {
  // The reader proper will report what is wrong with the packing.
  for await (const bytes of await maybeGunzip([head], createReporter())) return strFromU8(bytes).replace(/^\uFEFF/, "");
  return "";
}
