// Annotations: who-did-what-when labels that people or programs give to a recording. A file of them is a
// list, small enough to hold; reading gives it whole.

import { strFromU8 } from "fflate";
import { isAnnotationHead, readAnnotationTable, writeAnnotationTable } from "./annotation-table.ts";
import { peek, type Chunks } from "./bytes.ts";
import { readEaf } from "./eaf-read.ts";
import { writeEaf } from "./eaf-write.ts";
import { FormatError } from "./errors.ts";
import { gzip, maybeGunzip } from "./gzip.ts";
import { written, type Written } from "./recording.ts";
import { createReporter, type ReadReport } from "./report.ts";

/** One label. Times are seconds on the recording's clock; `end` is at least `start`. */
export interface Annotation {
  /** The row it stands in: a person, a kind of behaviour. */
  readonly tier: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface Annotations {
  readonly annotations: readonly Annotation[];
  /** `frames` counts annotations. */
  readonly report: ReadReport;
}

export type AnnotationFormat = "eaf" | "csv" | "tsv";

const SNIFF_BYTES = 65_536;

/**
 * Reads annotations of any format, gzipped or not, told from the first bytes.
 *
 * @throws FormatError as the reader of the format does
 */
export async function openAnnotations(chunks: Chunks): Promise<Annotations> {
  const start = await peek(chunks, SNIFF_BYTES);
  const text = await firstText(start.head);
  return /^\s*</.test(text) ? readEaf(start.chunks) : readAnnotationTable(start.chunks);
}

/** Whether a file's beginning is one of annotations: ELAN's XML, or a table's first row. */
export async function areAnnotations(head: Uint8Array): Promise<boolean> {
  const text = await firstText(head);
  return isEaf(text) || isAnnotationHead(text.trimStart().split("\n", 1)[0] ?? "");
}

export function isEaf(text: string): boolean {
  return /^\s*</.test(text) && text.includes("<ANNOTATION_DOCUMENT");
}

/** The format and packing that a file's name stands for. */
export function annotationFormatOfName(name: string): { format: AnnotationFormat | undefined; gzip: boolean } {
  const [, ending, packed] = /\.(eaf|csv|tsv|txt)(\.gz)?$/i.exec(name) ?? [];
  const plain = ending?.toLowerCase();
  const format = plain === "txt" ? "tsv" : (plain as AnnotationFormat | undefined);
  return { format, gzip: packed !== undefined };
}

/** Writes annotations in any format. @throws FormatError as the writer of the format does */
export function writeAnnotations(
  format: AnnotationFormat,
  annotations: readonly Annotation[],
  options: { readonly gzip?: boolean } = {},
): Written {
  for (const { start, end, tier } of annotations)
    if (!(Number.isFinite(start) && Number.isFinite(end) && start <= end))
      throw new FormatError(
        `an annotation of "${tier}" from ${start} s to ${end} s came, seconds that rise were wanted`,
      );
  const plain =
    format === "eaf" ? writeEaf(annotations) : writeAnnotationTable(annotations, format === "csv" ? "," : "\t");
  return options.gzip ? written(gzip(plain), plain.report) : plain;
}

async function firstText(head: Uint8Array): Promise<string> {
  for await (const bytes of await maybeGunzip([head], createReporter())) return strFromU8(bytes).replace(/^\uFEFF/, "");
  return "";
}
