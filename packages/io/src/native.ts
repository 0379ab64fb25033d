// The native recording: NDJSON. The first line is the header, then one line a frame, so that a file can
// be written while it happens, read while it grows, cut anywhere, and looked at with a pager.
// Units and axes are what the header says (`units`, `up`); time is in seconds. Several people share a
// file by frames that carry `who`. JSON Schema: docs/schema/recording.schema.json.

import type { Frame, RecordingHeader } from "@attune/core";
import type { Chunks } from "./bytes.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import { parseHeader } from "./header.ts";
import { lines, type Line } from "./lines.ts";
import { createFrameParser, frameToJson } from "./native-frame.ts";
import { checkTime, emptyFile, encode, nextLine, reading, written } from "./recording.ts";
import type { Frames, Recording, Written } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";

/**
 * Reads a native recording, gzipped or not.
 *
 * @throws FormatError when the header cannot be read, or while frames are walked if none of them can
 */
export async function readNative(chunks: Chunks): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  const header = await reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("a header line", reporter);
    return headerOf(first, reporter);
  });
  return { header, frames: framesOf(source, header, reporter), report: reporter.report };
}

/**
 * Writes a native recording, header first. For a .gz file wrap it: `gzip(writeNative(...))`.
 *
 * @throws FormatError if the header would not be readable, or a frame has no time
 */
export function writeNative(header: RecordingHeader, frames: Frames): Written {
  const { report } = createReporter();
  // Through JSON, as the reader will see it.
  const line = JSON.stringify(header);
  parseHeader(JSON.parse(line));
  async function* text(): AsyncGenerator<string, void, undefined> {
    yield `${line}\n`;
    for await (const frame of frames) {
      checkTime(frame);
      report.frames++;
      yield `${frameToJson(frame)}\n`;
    }
  }
  return written(encode(text()), report);
}

function headerOf(line: Line, reporter: Reporter): RecordingHeader {
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    const came = `${quote(line.text.slice(0, 60))} came, a header in one line of JSON was wanted`;
    throw new FormatError(`${came}: is this a native recording?`, { line: line.number });
  }
  const { header, unknown } = parseHeader(value, { line: line.number });
  for (const field of unknown)
    reporter.drop("unknown fields", `the field ${quote(field)} of the header is unknown and left out`);
  return header;
}

async function* framesOf(
  source: AsyncGenerator<Line, void, undefined>,
  header: RecordingHeader,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, header.rate);
  const parse = createFrameParser(header, reporter);
  for await (const line of source) {
    if (line.text.trim() === "") continue;
    let frame: Frame;
    try {
      frame = parse(line.text);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      if (line.ended)
        reporter.drop("bad rows", `line ${line.number} and others like it are left out: ${error.message}`);
      else reporter.drop("half lines", `the last line (${line.number}) is cut short and left out`);
      continue;
    }
    if (gate.pass(frame)) yield frame;
  }
  gate.end();
}
