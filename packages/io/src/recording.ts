// What every reader returns and every writer takes, and the small machinery they share.

import type { Frame, RecordingHeader } from "@attune/core";
import { strToU8 } from "fflate";
import { FormatError } from "./errors.ts";
import type { Line } from "./lines.ts";
import type { ReadReport, Reporter } from "./report.ts";

/** A recording being read. `frames` can be walked once; `report` grows while it is. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly frames: AsyncIterable<Frame>;
  readonly report: ReadReport;
}

export type Frames = AsyncIterable<Frame> | Iterable<Frame>;

/** Bytes being written; `report` says, once they are out, what the format had no place for. */
export interface Written extends AsyncIterable<Uint8Array> {
  readonly report: ReadReport;
}

export function written(chunks: AsyncIterable<Uint8Array>, report: ReadReport): Written {
  return { [Symbol.asyncIterator]: () => chunks[Symbol.asyncIterator](), report };
}

/** Reads a header with `parse`, closing the source if that fails. */
export async function reading<T>(
  source: AsyncGenerator<unknown, void, undefined>,
  parse: () => Promise<T>,
): Promise<T> {
  try {
    return await parse();
  } catch (error) {
    await source.return();
    throw error;
  }
}

/** The next line that is not blank. */
export async function nextLine(source: AsyncGenerator<Line, void, undefined>): Promise<Line | undefined> {
  for (;;) {
    const next = await source.next();
    if (next.done) return undefined;
    if (next.value.text.trim() !== "") return next.value;
  }
}

export function emptyFile(wanted: string, reporter: Reporter): FormatError {
  const why = reporter.report.warnings.length > 0 ? ` (${reporter.report.warnings.join("; ")})` : "";
  return new FormatError(`an empty file came${why}, ${wanted} was wanted`);
}

/** UTF-8 chunks of about 64 kB from pieces of text. */
export async function* encode(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  let buffer: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    buffer.push(piece);
    length += piece.length;
    if (length < 65_536) continue;
    yield strToU8(buffer.join(""));
    buffer = [];
    length = 0;
  }
  if (length > 0) yield strToU8(buffer.join(""));
}

/** @throws FormatError when a frame's time is not a number: no format can hold it */
export function checkTime(frame: Frame): void {
  if (!Number.isFinite(frame.time))
    throw new FormatError(`a frame with time ${frame.time} came, seconds were wanted: give every frame a time`);
}
