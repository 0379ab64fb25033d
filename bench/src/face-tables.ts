// Tables of labelled faces and votes, told by their columns: FACS codes by people (AU01, AU1 or au_1), channels of a tracker
// (afx_*), or how many people voted for what. Everything else in a folder is somebody else's.

import { type Dirent, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import {
  AFFDEX_FULL,
  BASIC,
  COLLECTION_COLUMNS,
  LABEL_COLUMNS,
  PERSON_COLUMNS,
  affdexUnit,
  createUnitRange,
  expressionOfLabel,
  fullScale,
  meetUnit,
  unitColumns,
  unitOfCell,
} from "@attune/core";

export interface Face {
  /** As READ has it; undefined where the label is of no expression that is counted. */
  readonly label: string | undefined;
  readonly person: string | undefined;
  readonly dataset: string;
  /** 0..1, NaN where missing. */
  readonly values: Float64Array;
}

export interface FacsTable {
  readonly kind: "facs";
  readonly name: string;
  /** Action unit of each column. */
  readonly units: readonly number[];
  readonly faces: readonly Face[];
}

export interface TrackerTable {
  readonly kind: "tracker";
  readonly name: string;
  /** Of movement, lower case: what is called a score of an emotion or of attention is not among them. */
  readonly channels: readonly string[];
  readonly faces: readonly Face[];
}

export interface VotesTable {
  readonly kind: "votes";
  readonly name: string;
  /** Clips that were heard, seen, and both. */
  readonly clips: readonly Clip[];
}

export interface Clip {
  readonly actor: string;
  /** Votes, in the order of VOTED. */
  readonly voice: Float64Array;
  readonly face: Float64Array;
  readonly both: Float64Array;
}

export type FaceTable = FacsTable | TrackerTable | VotesTable;

/** What the columns A D F H N S count. */
export const VOTED = ["anger", "disgust", "fear", "joy", "neutral", "sadness"] as const;
const VOTES = ["A", "D", "F", "H", "N", "S"];

/** Fewer units than this is no table of faces. */
const FEWEST = 5;

/** Tables of faces and votes in a folder and the folders in it, by path. */
export function faceTables(dir: string): FaceTable[] {
  return csvFiles(dir).flatMap((path) => {
    const table = faceTable(path, relative(dir, path));
    return table === undefined ? [] : [table];
  });
}

/** One file; undefined if it is no table of faces or votes. */
export function faceTable(path: string, name: string): FaceTable | undefined {
  const text = readFileSync(path, "utf8");
  const head = cellsOf(text.slice(0, Math.max(0, text.search(/\r?\n/))).replace(/^\uFEFF/, ""));
  // Most files are not of this kind: their rows are not looked at.
  if (!(unitColumns(head).length >= FEWEST || head.some((c) => /^afx_/i.test(c)) || isVotes(head))) return undefined;
  const rows = text
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map(cellsOf)
    .filter((cells) => cells.length >= head.length - 1);
  return trackerTable(name, head, rows) ?? facsTable(name, head, rows) ?? votesTable(name, head, rows);
}

function facsTable(name: string, head: readonly string[], rows: readonly string[][]): FacsTable | undefined {
  const columns = unitColumns(head),
    label = labelColumn(head, rows);
  if (columns.length < FEWEST || label < 0) return undefined;
  const cells = rows.map((row) => columns.map(({ at }) => numberOf(row[at])));
  const range = createUnitRange();
  for (const row of cells) for (const x of row) meetUnit(range, x);
  const full = fullScale(range);
  return {
    kind: "facs",
    name,
    units: columns.map(({ unit }) => unit),
    faces: rows.map((row, i) =>
      faceOf(
        head,
        row,
        label,
        name,
        cells[i].map((x) => unitOfCell(x, full)),
      ),
    ),
  };
}

function trackerTable(name: string, head: readonly string[], rows: readonly string[][]): TrackerTable | undefined {
  const columns = head.flatMap((column, at) => (affdexUnit(column) === undefined ? [] : [{ column, at }])),
    label = labelColumn(head, rows);
  if (columns.length < FEWEST || label < 0) return undefined;
  return {
    kind: "tracker",
    name,
    channels: columns.map(({ column }) => column.trim().toLowerCase()),
    faces: rows.map((row) =>
      faceOf(
        head,
        row,
        label,
        name,
        columns.map(({ at }) => numberOf(row[at]) / AFFDEX_FULL),
      ),
    ),
  };
}

function faceOf(head: readonly string[], row: readonly string[], label: number, name: string, values: number[]): Face {
  const person = firstOf(head, PERSON_COLUMNS),
    dataset = firstOf(head, COLLECTION_COLUMNS),
    set = dataset < 0 ? name : (row[dataset] ?? "").trim() || name;
  const who = person < 0 ? undefined : (row[person] ?? "").trim() || undefined;
  return {
    label: labelOf(row[label]),
    dataset: set,
    person: who === undefined ? undefined : `${set}/${who}`,
    values: Float64Array.from(values),
  };
}

/** First digit of a row's number: 1 heard, 2 seen, 3 both; the others say which clip. */
function votesTable(name: string, head: readonly string[], rows: readonly string[][]): VotesTable | undefined {
  if (!isVotes(head)) return undefined;
  const columns = VOTES.map((vote) => head.findIndex((column) => column.trim() === vote)),
    file = firstOf(head, ["filename", "file", "clip"]);
  const id = head.findIndex(
    (_, c) => rows.length > 0 && rows.every((row) => /^[123]\d{2,}$/.test(row[c]?.trim() ?? "")),
  );
  if (id < 0) return undefined;
  const heard = new Map<string, { voice?: Float64Array; face?: Float64Array; both?: Float64Array; actor: string }>();
  for (const row of rows) {
    const key = row[id].trim(),
      clip = key.slice(1),
      votes = Float64Array.from(columns, (at) => numberOf(row[at]) || 0);
    const known = heard.get(clip) ?? { actor: file < 0 ? clip : (row[file] ?? "").split("_")[0] };
    known[(["voice", "face", "both"] as const)[Number(key[0]) - 1]] = votes;
    heard.set(clip, known);
  }
  const clips = [...heard.values()].flatMap(({ voice, face, both, actor }) =>
    voice && face && both && both.some((n) => n > 0) ? [{ voice, face, both, actor }] : [],
  );
  return clips.length === 0 ? undefined : { kind: "votes", name, clips };
}

function isVotes(head: readonly string[]): boolean {
  return VOTES.every((vote) => head.some((column) => column.trim() === vote));
}

/** The column of labels with the most that are known. */
function labelColumn(head: readonly string[], rows: readonly string[][]): number {
  let best = -1,
    most = 0;
  for (const name of LABEL_COLUMNS) {
    const at = firstOf(head, [name]);
    if (at < 0) continue;
    const known = rows.reduce((n, row) => n + (labelOf(row[at]) === undefined ? 0 : 1), 0);
    if (known > most) [best, most] = [at, known];
  }
  return best;
}

function labelOf(cell: string | undefined): string | undefined {
  const name = expressionOfLabel(cell);
  return name === "neutral" || (BASIC as readonly string[]).includes(name ?? "") ? name : undefined;
}

function firstOf(head: readonly string[], names: readonly string[]): number {
  for (const name of names) {
    const at = head.findIndex((column) => column.trim().toLowerCase() === name);
    if (at >= 0) return at;
  }
  return -1;
}

function numberOf(cell: string | undefined): number {
  const text = (cell ?? "").trim();
  return text === "" ? NaN : Number(text);
}

/** Cells of a line of CSV (comma, semicolon or tab), quotes taken off. */
function cellsOf(line: string): string[] {
  const mark = [",", ";", "\t"].find((each) => line.includes(each)) ?? ",";
  if (!line.includes('"')) return line.split(mark);
  const cells: string[] = [];
  let cell = "",
    quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (line[i + 1] === '"') {
        cell += c;
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === mark) {
      cells.push(cell);
      cell = "";
    } else cell += c;
  }
  cells.push(cell);
  return cells;
}

function csvFiles(dir: string): string[] {
  const entries: Dirent[] = readdirSync(dir, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : csvFiles(path);
      return /\.(csv|tsv)$/i.test(entry.name) ? [path] : [];
    })
    .sort();
}
