// Annotations as a table, a row each. Columns are told by their names (tier, start, end or duration, label,
// and what ELAN, BORIS and others call them); a table without names is read as ELAN exports it, the tier
// first, then times, the label last. Times are seconds, or what a column's name says, or hh:mm:ss.

import { dsvFormat } from "d3-dsv";
import type { Annotation, Annotations } from "./annotations.ts";
import type { Chunks } from "./bytes.ts";
import { guessDelimiter, tableOf, type Row } from "./csv-read.ts";
import { textToNumber } from "./decimal.ts";
import { FormatError, quote } from "./errors.ts";
import { maybeGunzip } from "./gzip.ts";
import { lines, type Line } from "./lines.ts";
import { emptyFile, encode, nextLine, reading, written, type Written } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";

const TIER = /^(tier|actor|subject|participant|track|row|channel)([ _]?(name|id))?$/i;
const LABEL = /^(label|annotation|value|text|code|behaviou?r|event)s?$/i;
const START = /^(start|begin|onset|from)/i;
const END = /^(end|stop|offset|to)(?![a-z])/i;
const LENGTH = /^(dur|length)/i;
const MILLISECONDS = /(^|[^a-z.])(ms|msecs?|milliseconds?)[)\]]?$/i;

/** Where a table has what; -1 for what it has not. */
interface Columns {
  readonly tier: number;
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly label: number;
  /** Units a second, by column. */
  readonly scales: readonly number[];
}

/** Whether a first line is one of annotations: all names of columns, or a tier, then blanks and times, then a label. */
export function isAnnotationHead(line: string): boolean {
  const delimiter = guessDelimiter(line);
  const cells = cellsOf(line, delimiter);
  const columns = namedColumns(cells);
  if (columns) return columns.tier >= 0;
  const [tier = "", ...rest] = cells;
  const label = rest.pop() ?? "";
  const times = rest.filter((cell) => cell.trim() !== "").map((cell) => secondsOf(cell, delimiter !== ","));
  const [start = NaN, end = NaN] = times;
  const named = [tier, label].every((cell) => cell.trim() !== "" && textToNumber(cell) === undefined);
  return named && start <= end && times.every(Number.isFinite);
}

/**
 * Reads a table, gzipped or not. Rows without times are left out and counted.
 *
 * @throws FormatError when its columns cannot be told, or no row has times
 */
export async function readAnnotationTable(chunks: Chunks): Promise<Annotations> {
  const reporter = createReporter();
  const source = lines(await maybeGunzip(chunks, reporter), reporter);
  return reading(source, async () => {
    const first = await nextLine(source);
    if (first === undefined) throw emptyFile("a table of annotations", reporter);
    const delimiter = guessDelimiter(first.text);
    const cells = cellsOf(first.text, delimiter);
    const named = namedColumns(cells);
    const columns = named ?? unnamedColumns(cells, delimiter, first);
    const table = { names: cells, again: named ? [] : [first] };
    const { rows } = tableOf(source, (text) => cellsOf(text, delimiter), table, reporter);
    const annotations: Annotation[] = [];
    for await (const row of rows) {
      const annotation = annotationOf(row, columns, delimiter !== ",", reporter);
      if (annotation) annotations.push(annotation);
    }
    const { report } = reporter;
    report.frames = annotations.length;
    if (annotations.length === 0 && report.dropped["bad rows"] !== undefined)
      throw new FormatError(`no annotation could be read: ${report.warnings.join("; ")}`);
    if (annotations.length === 0) reporter.warn("none", "the file has no annotations");
    return { annotations, report };
  });
}

/** Writes a table with the columns tier, start, end and label; times are seconds. */
export function writeAnnotationTable(annotations: readonly Annotation[], delimiter: "," | "\t"): Written {
  const reporter = createReporter();
  const { formatRow } = dsvFormat(delimiter);
  const oneLine = (text: string) => {
    const plain = text.replace(/[\r\n]+/g, " ");
    if (plain !== text) reporter.warn("line ends", "line ends inside of labels become blanks: a row is a line");
    return plain;
  };
  async function* text(): AsyncGenerator<string, void, undefined> {
    yield `${formatRow(["tier", "start", "end", "label"])}\n`;
    for (const { tier, start, end, label } of annotations) {
      reporter.report.frames++;
      yield `${formatRow([oneLine(tier), String(start), String(end), oneLine(label)])}\n`;
    }
  }
  return written(encode(text()), reporter.report);
}

function cellsOf(text: string, delimiter: string): string[] {
  return dsvFormat(delimiter).parseRows(text)[0] ?? [];
}

/** Columns by name; undefined where start, end or length, and label are not all there. */
function namedColumns(cells: readonly string[]): Columns | undefined {
  const names = cells.map((cell) => cell.trim());
  const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const columns = { tier: find(TIER), start: find(START), end: find(END), length: find(LENGTH), label: find(LABEL) };
  if (columns.start < 0 || columns.label < 0 || (columns.end < 0 && columns.length < 0)) return undefined;
  return { ...columns, scales: names.map((name) => (MILLISECONDS.test(name) ? 1000 : 1)) };
}

function unnamedColumns(cells: readonly string[], delimiter: string, { number }: Line): Columns {
  const times = cells.flatMap((cell, i) => (Number.isFinite(secondsOf(cell, delimiter !== ",")) ? [i] : []));
  const [start = -1, end = -1] = times.filter((i) => i > 0 && i < cells.length - 1);
  if (end < 0) {
    const came = `${quote(cells.join(delimiter))} came`;
    const wanted = "names of columns (tier, start, end, label) or a tier, its times and a label were wanted";
    throw new FormatError(`${came}, ${wanted}`, { line: number });
  }
  return { tier: 0, start, end, length: -1, label: cells.length - 1, scales: cells.map(() => 1) };
}

function annotationOf(
  { cells, line }: Row,
  { tier, start, end, length, label, scales }: Columns,
  decimalComma: boolean,
  reporter: Reporter,
): Annotation | undefined {
  const time = (column: number) => secondsOf(cells[column] ?? "", decimalComma) / scales[column];
  const from = time(start);
  const to = end >= 0 ? time(end) : from + time(length);
  if (Number.isFinite(from) && Number.isFinite(to) && from <= to)
    return { tier: tier < 0 ? "" : cells[tier].trim(), start: from, end: to, label: cells[label].trim() };
  const came = `from ${quote(cells[start])} to ${quote(cells[end >= 0 ? end : length])} came, times that rise were wanted`;
  reporter.drop("bad rows", `line ${line.number} and others like it are left out: ${came}`);
  return undefined;
}

/** Seconds of "12.5", "1:02.5" or "00:01:02.500"; NaN for anything else. */
function secondsOf(cell: string, decimalComma: boolean): number {
  const text = decimalComma ? cell.trim().replace(",", ".") : cell.trim();
  const [, h = "0", m = "0", s] = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d*)?)$/.exec(text) ?? [];
  if (s !== undefined) return Number(h) * 3600 + Number(m) * 60 + Number(s);
  return textToNumber(text) ?? NaN;
}
