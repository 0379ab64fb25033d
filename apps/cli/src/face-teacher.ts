// What reads trackers' faces better than the written rule: a reading learned from a table of labelled faces, made here or
// kept in a file.

import {
  AFFDEX_FULL,
  COLLECTION_COLUMNS,
  LABEL_COLUMNS,
  PERSON_COLUMNS,
  READ,
  affdexUnit,
  createUnitRange,
  expressionOfLabel,
  fullScale,
  learnReading,
  meetUnit,
  openLearned,
  unitColumns,
  unitOfCell,
  type LabelledFace,
  type Learned,
  type LearnedReading,
} from "@attune/core";
import { readTable, type Table } from "@attune/io";
import { extname } from "node:path";
import { UserError, about } from "./fail.ts";
import { openSource } from "./files.ts";
import { labelOf } from "./recordings.ts";

/** A reading and the channels it reads, in lower case. */
export interface Teacher {
  readonly model: LearnedReading;
  readonly reader: Learned;
}

/** Fewer channels or labels than this teach nothing. */
const FEWEST = 3;

/** @throws UserError when the file is neither a reading that was kept nor a table of labelled faces */
export async function openTeacher(path: string): Promise<Teacher> {
  const label = labelOf(path);
  try {
    const model =
      extname(path).toLowerCase() === ".json"
        ? await keptReading(path)
        : await taughtBy(await readTable((await openSource(path)).chunks));
    const reader = openLearned(model);
    const strange = model.classes.filter((_, c) => reader.places[c] < 0);
    if (strange.length > 0)
      throw new UserError(`it reads ${strange.join(", ")}, which is not among ${READ.join(", ")}; learn it again`);
    return { model, reader };
  } catch (error) {
    throw about(`--train ${label}`, error);
  }
}

async function keptReading(path: string): Promise<LearnedReading> {
  const { text } = await import("node:stream/consumers");
  const written = await text((await openSource(path)).chunks);
  try {
    return JSON.parse(written) as LearnedReading;
  } catch (error) {
    throw new UserError(`it is no whole JSON (${(error as Error).message}); a reading kept with --save was wanted`);
  }
}

async function taughtBy({ names, rows, number }: Table): Promise<LearnedReading> {
  const tracked = names.flatMap((name, at) => (affdexUnit(name) === undefined ? [] : [{ name, at }])),
    coded = unitColumns(names).map(({ at }) => ({ name: names[at], at }));
  const columns = tracked.length >= FEWEST ? tracked : coded;
  if (columns.length < FEWEST)
    throw new UserError(
      "it holds no channels to learn from: columns of a tracker (afx_Smile, ...) or of action units (AU01, ...) were wanted",
    );
  const table: (readonly string[])[] = [];
  for await (const row of rows) table.push(row);
  const label = labelColumn(names, table);
  const person = placeOf(names, PERSON_COLUMNS),
    collection = placeOf(names, COLLECTION_COLUMNS);
  const range = createUnitRange(),
    cells = table.map((row) => columns.map(({ at }) => number(row[at])));
  for (const row of cells) for (const x of row) meetUnit(range, x);
  const full = fullScale(range);
  const faces = table.flatMap((row, i): LabelledFace[] => {
    const name = expressionOfLabel(row[label]);
    if (name === undefined) return [];
    return [
      {
        label: name,
        values: cells[i].map((x) => (columns === tracked ? x / AFFDEX_FULL : unitOfCell(x, full))),
        ...(person >= 0 && row[person] !== "" ? { person: `${row[collection] ?? ""}/${row[person]}` } : {}),
        ...(collection >= 0 && row[collection] !== "" ? { source: row[collection] } : {}),
      },
    ];
  });
  const channels = columns.map(({ name }) => name.trim().toLowerCase());
  const unitOf = (channel: string) => affdexUnit(channel) ?? unitColumns([channel])[0]?.unit;
  return learnReading(faces, channels, { unitOf });
}

/** The column with the most labels that are known. */
function labelColumn(names: readonly string[], table: readonly (readonly string[])[]): number {
  let best = -1,
    most = 0;
  for (const name of LABEL_COLUMNS) {
    const at = placeOf(names, [name]),
      known = at < 0 ? 0 : table.filter((row) => expressionOfLabel(row[at]) !== undefined).length;
    if (known > most) [best, most] = [at, known];
  }
  if (best >= 0) return best;
  throw new UserError(
    `it names no expressions: a column ${LABEL_COLUMNS.join(", ")} with ${READ.slice(0, 4).join(", ")}, ... was wanted`,
  );
}

function placeOf(names: readonly string[], wanted: readonly string[]): number {
  for (const name of wanted) {
    const at = names.findIndex((column) => column.trim().toLowerCase() === name);
    if (at >= 0) return at;
  }
  return -1;
}
