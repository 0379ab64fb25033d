// Motion energy as programs for video write it (MEA, read by rMEA): a row a frame, a column a region of the
// image, blanks or tabs between, perhaps a first row of quoted names. A number says how many pixels changed.
// There are no times: the rate is the video's, and only the caller knows it.

import type { Frame, RecordingHeader } from "@attune/core";
import type { Chunks } from "./bytes.ts";
import { numberIn } from "./cells.ts";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import { MAX_NAMES, type HeaderHints } from "./header.ts";
import { lines, type Line } from "./lines.ts";
import { emptyFile, nextLine, reading, type Recording } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?`;
const ROW = new RegExp(String.raw`^\s*${NUMBER}(?: +${NUMBER})+\s*$`, "i");

/** Whether lines are numbers with blanks between, behind a row of names or not. With tabs it is as well a CSV file. */
export function isMotionEnergyHead(text: string): boolean {
  const [first = "", second = ""] = text
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return ROW.test(first) || (/^\s*"[^"]*"(\s+"[^"]*")*\s*$/.test(first) && ROW.test(second));
}

/**
 * Reads motion energy, gzipped or not, as channels: "roi1", "roi2", ... where the file has no names.
 *
 * @throws FormatError without a rate, or when the first row holds no numbers
 */
export async function readMotionEnergy(chunks: Chunks, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("rows of motion energy", reporter);
    const cells = cellsOf(first.text);
    if (cells.length > MAX_NAMES)
      throw new FormatError(`${cells.length} columns came, the limit is ${MAX_NAMES}`, { line: first.number });
    const named = cells.some((cell) => textToNumber(cell) === undefined);
    const start = named ? await nextLine(source) : first;
    const row = cellsOf(start?.text ?? "");
    if (start === undefined || row.length !== cells.length || row.some((cell) => textToNumber(cell) === undefined)) {
      const came = start === undefined ? "names without numbers" : quote(start.text.slice(0, 40));
      const place = { line: start?.number ?? first.number };
      throw new FormatError(`${came} came, ${cells.length} numbers with blanks between were wanted`, place);
    }
    const { rate } = hints;
    if (rate === undefined)
      throw new FormatError(
        "motion energy without a rate came, the frames a second of the video were wanted: give the rate",
      );
    const channels = named ? unique(cells) : cells.map((_, i) => `roi${i + 1}`);
    const header: RecordingHeader = { format: "attune-recording", version: 1, channels, ...hints };
    return { header, frames: framesOf(start, source, header, reporter), report: reporter.report };
  });
}

async function* framesOf(
  first: Line,
  rest: AsyncGenerator<Line, void, undefined>,
  { channels = [], rate = 1, who }: RecordingHeader,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, rate);
  let index = 0;
  async function* all() {
    yield first;
    yield* rest;
  }
  for await (const line of all()) {
    if (line.text.trim() === "") continue;
    const cells = cellsOf(line.text);
    // A damaged row keeps its slot in time.
    const time = index++ / rate;
    if (cells.length !== channels.length) {
      const came = `${cells.length} numbers came, ${channels.length} were wanted`;
      if (line.ended) reporter.drop("bad rows", `line ${line.number} and others like it are left out: ${came}`);
      else reporter.drop("half lines", `the last line (${line.number}) is cut short and left out`);
      continue;
    }
    const values = Float32Array.from(cells, (cell) => numberIn(cell, line, reporter));
    const frame: Frame = { time, ...(who !== undefined && { who }), channels: values };
    if (gate.pass(frame)) yield frame;
  }
  gate.end();
}

/** Cells between blanks, quotes taken off; `""` is an empty one. */
function cellsOf(text: string): string[] {
  return (text.match(/"[^"]*"?|[^\s"]+/g) ?? []).map((cell) => cell.replaceAll('"', "").trim());
}

function unique(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((cell, i) => {
    const name = cell || `roi${i + 1}`;
    let free = name;
    for (let k = 2; taken.has(free); k++) free = `${name} (${k})`;
    taken.add(free);
    return free;
  });
}
