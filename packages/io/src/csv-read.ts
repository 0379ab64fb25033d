// CSV tables of movement, one row a frame. Units and axes are not in the file: header.units and
// header.up are what the caller says, else absent. Time becomes seconds. A row is a line: quoted cells
// may hold delimiters and quotes, not line ends, so that one stray quote cannot swallow a file.

import type { Frame, RecordingHeader } from "@attune/core";
import { dsvFormat } from "d3-dsv";
import type { Chunks } from "./bytes.ts";
import { numberIn } from "./cells.ts";
import { chooseColumns, type CsvColumns, type CsvMap } from "./csv-columns.ts";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import { MAX_NAMES, type HeaderHints } from "./header.ts";
import { lines, type Line } from "./lines.ts";
import { emptyFile, nextLine, reading, type Recording } from "./recording.ts";
import { createReporter, type ReadReport, type Reporter } from "./report.ts";

const DELIMITERS = [";", "\t", ",", "|"];
// Rows looked at to tell columns of numbers from columns of text.
const SAMPLE_ROWS = 20;
const MAX_NAME_LENGTH = 200;

export interface Row {
  readonly cells: readonly string[];
  readonly line: Line;
  /** 0-based among all rows, those left out included: without a time column it is the time. */
  readonly index: number;
}

/**
 * Reads CSV, gzipped or not. With another delimiter than the comma, "1,5" is one and a half. Rows with
 * too few or too many cells, or without a time, are left out and counted.
 *
 * @throws FormatError when columns are missing or cannot be recognised
 */
export async function readCsv(chunks: Chunks, map: CsvMap = {}, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("a row of column names", reporter);
    const delimiter = map.delimiter ?? guessDelimiter(first.text);
    if (delimiter.length !== 1 || /["\r\n]/.test(delimiter))
      throw new FormatError(`delimiter ${quote(delimiter)} came, one character was wanted`);
    const parser = dsvFormat(delimiter);
    const split = (text: string) => parser.parseRows(text)[0] ?? [];

    const table = tableOf(source, split, await columnNames(first, split, reporter), reporter);
    const sample: Row[] = [];
    while (sample.length < SAMPLE_ROWS) {
      const next = await table.rows.next();
      if (next.done) break;
      sample.push(next.value);
    }
    const cells = sample.map((row) => row.cells);
    const columns = chooseColumns(table.names, cells, map, { rate: hints.rate, reporter });
    const header = headerOf(columns, hints);
    const format = { columns, decimalComma: delimiter !== ",", who: hints.who };
    return { header, frames: framesOf(sample, table.rows, format, reporter), report: reporter.report };
  });
}

/** A table as it is written, of which nothing is told. */
export interface Table {
  readonly names: readonly string[];
  /** Rows of other widths are left out and counted in `report`. */
  readonly rows: AsyncGenerator<readonly string[], void, undefined>;
  /** A cell as a number, NaN for a blank or a word; with another delimiter than the comma, "1,5" is one and a half. */
  number(cell: string): number;
  readonly report: ReadReport;
}

/** Reads a table with its words, gzipped or not. @throws FormatError for an empty file */
export async function readTable(chunks: Chunks): Promise<Table> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("a row of column names", reporter);
    const delimiter = guessDelimiter(first.text),
      parser = dsvFormat(delimiter);
    const split = (text: string) => parser.parseRows(text)[0] ?? [];
    const { names, rows } = tableOf(source, split, await columnNames(first, split, reporter), reporter);
    async function* cells(): AsyncGenerator<readonly string[], void, undefined> {
      for await (const row of rows) yield row.cells;
    }
    const number = (cell: string) => textToNumber(cell, delimiter !== ",") ?? NaN;
    return { names, rows: cells(), number, report: reporter.report };
  });
}

function headerOf({ skeleton, channels, rate }: CsvColumns, hints: HeaderHints): RecordingHeader {
  return {
    format: "attune-recording",
    version: 1,
    ...(skeleton && { skeleton }),
    ...(channels.length > 0 && { channels: channels.map(({ name }) => name) }),
    ...hints,
    ...(rate !== undefined && { rate }),
  };
}

/** The delimiter that occurs most often outside of quotes; a comma where none does. */
export function guessDelimiter(line: string): string {
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? "," : DELIMITERS[counts.indexOf(most)];
}

export interface Names {
  readonly names: readonly string[];
  /** The first line again, where it held numbers already. */
  readonly again: readonly Line[];
}

/** Unique column names from the first line; c0, c1, ... where that is a row of numbers. */
async function columnNames(first: Line, split: (text: string) => string[], reporter: Reporter): Promise<Names> {
  const cells = split(first.text);
  if (cells.length > MAX_NAMES)
    throw new FormatError(`${cells.length} columns came, the limit is ${MAX_NAMES}`, { line: first.number });
  const long = cells.find((cell) => cell.length > MAX_NAME_LENGTH);
  if (long !== undefined) {
    const came = `a column name of ${long.length} characters came`;
    throw new FormatError(`${came}, ${MAX_NAME_LENGTH} at most were wanted: is this CSV?`, { line: first.number });
  }
  if (cells.every((cell) => textToNumber(cell, true) !== undefined)) {
    reporter.warn("no names", "the first row holds numbers, not column names: columns are called c0, c1, ...");
    return { names: cells.map((_, i) => `c${i}`), again: [first] };
  }
  const taken = new Map<string, number>();
  const names = cells.map((cell, i) => {
    const name = cell.trim() || `column ${i + 1}`;
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    if (times === 1) return name;
    reporter.warn(
      "same names",
      `several columns are called ${quote(name)}: the later ones are read as "${name} (2)", ...`,
    );
    return `${name} (${times})`;
  });
  return { names, again: [] };
}

/** Rows of the width of `names`; others are left out and counted. */
export function tableOf(
  source: AsyncGenerator<Line, void, undefined>,
  split: (text: string) => string[],
  { names, again }: Names,
  reporter: Reporter,
): { names: readonly string[]; rows: AsyncGenerator<Row, void, undefined> } {
  const width = names.length;
  let index = -1;
  const rowOf = (line: Line): Row | undefined => {
    index++;
    const cells = split(line.text);
    // Many programs end every row with a delimiter.
    while (cells.length > width && cells.at(-1) === "") cells.pop();
    if (cells.length === width) return { cells, line, index };
    if (line.ended) {
      const came = `${cells.length} cells came, ${width} were wanted`;
      reporter.drop("bad rows", `line ${line.number} and others like it are left out: ${came}`);
    } else reporter.drop("half lines", `the last line (${line.number}) is cut short and left out`);
    return undefined;
  };
  async function* rows(): AsyncGenerator<Row, void, undefined> {
    for (const line of again) {
      const row = rowOf(line);
      if (row) yield row;
    }
    for await (const line of source) {
      if (line.text.trim() === "") continue;
      const row = rowOf(line);
      if (row) yield row;
    }
  }
  return { names, rows: rows() };
}

interface Format {
  readonly columns: CsvColumns;
  readonly decimalComma: boolean;
  readonly who: string | undefined;
}

async function* framesOf(
  sample: Row[],
  rows: AsyncGenerator<Row, void, undefined>,
  format: Format,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const { columns } = format;
  const gate = createGate(reporter, columns.rate);
  const channels = columns.channels.map(({ index }) => index);

  const frameOf = ({ cells, line, index }: Row): Frame | undefined => {
    const number = (column: number) =>
      column < 0 ? NaN : numberIn(cells[column], line, reporter, format.decimalComma);
    const read = (places: readonly number[]): Float32Array => Float32Array.from(places, number);
    const cell = columns.time < 0 ? index : textToNumber(cells[columns.time], format.decimalComma);
    const time = cell === undefined ? NaN : cell * columns.scale;
    if (!Number.isFinite(time)) {
      const message = `line ${line.number} and others like it are left out: time ${quote(cells[columns.time])} is no number`;
      reporter.drop("bad rows", message);
      return undefined;
    }
    const frame: Frame = { time };
    const who = columns.who < 0 ? format.who : cells[columns.who].trim() || format.who;
    if (who !== undefined) frame.who = who;
    if (columns.body.length > 0) frame.body = read(columns.body);
    if (columns.confidence.length > 0) frame.bodyConfidence = read(columns.confidence);
    if (channels.length > 0) frame.channels = read(channels);
    return frame;
  };

  for (const row of sample.splice(0)) {
    const frame = frameOf(row);
    if (frame && gate.pass(frame)) yield frame;
  }
  for await (const row of rows) {
    const frame = frameOf(row);
    if (frame && gate.pass(frame)) yield frame;
  }
  gate.end();
}
