// Tables of faces, in the words of whoever made them: which columns are action units, how far they go, what label a row has
// and whose face it is. One place for it, so that what is measured on a table is what is read from it.

import { READ } from "./weights.ts";

/** A column of action units. */
export interface UnitColumn {
  readonly at: number;
  readonly unit: number;
  /** Of one side only; the person's own. */
  readonly side?: "L" | "R";
}

/** Columns that may hold labels, the likeliest first, and those that may say whose face it is. */
export const LABEL_COLUMNS: readonly string[] = ["emotion", "display", "label", "expression"];
export const PERSON_COLUMNS: readonly string[] = ["model", "subject", "person", "participant", "actor", "who", "id"];
export const COLLECTION_COLUMNS: readonly string[] = ["dataset", "database"];

const SYNONYMS: Readonly<Record<string, string>> = {
  happy: "joy",
  happiness: "joy",
  sad: "sadness",
  angry: "anger",
  disgusted: "disgust",
  fearful: "fear",
  afraid: "fear",
  surprised: "surprise",
};

const UNIT = /^au[ _.]?0*(\d{1,2})(?:([_. ]?)([lr]))?$/i;

/**
 * "AU01", "AU1", "au_1"; "AU12L", "AU12_L" of one side; "AU12_r" alone is OpenFace's strength of a unit. 45 is a blink, 43 the
 * eye closed: the same movement.
 */
export function unitColumns(head: readonly string[]): UnitColumn[] {
  const found = head.flatMap((name, at) => {
    const [, number, mark = "", side = ""] = UNIT.exec(name.trim()) ?? [];
    if (number === undefined) return [];
    return [{ at, unit: Number(number) === 45 ? 43 : Number(number), apart: mark !== "", side: side.toUpperCase() }];
  });
  const left = new Set(found.filter(({ side }) => side === "L").map(({ unit }) => unit));
  return found.map(({ at, unit, apart, side }): UnitColumn => {
    if (side === "" || (side === "R" && apart && !left.has(unit))) return { at, unit };
    return { at, unit, side: side === "L" ? "L" : "R" };
  });
}

/** What is known of how far a table's units go, as its cells are met. Plain data. */
export interface UnitRange {
  /** The largest that could be a unit's. */
  top: number;
  whole: boolean;
  /** How many are above what 0/1 and what grades to 5 can be. */
  aboveOne: number;
  aboveFive: number;
}

/** FACS' own code for what could not be seen, and other tables' for what is missing. */
const NOT_SEEN = 9,
  MISSING = -1;
/** 0/1 with some noise is still 0/1, grades with some still go to 5. */
const ABOVE_ONE = 1.5,
  ABOVE_FIVE = 5.5,
  HUNDRED = 100;
/** Fewer than this among those above 1 are slips of whoever wrote them. [D] */
const SHARE = 0.2;

export function createUnitRange(): UnitRange {
  return { top: 0, whole: true, aboveOne: 0, aboveFive: 0 };
}

/** Looks at a cell, NaN where there is none. */
export function meetUnit(range: UnitRange, x: number): void {
  if (!Number.isFinite(x)) return;
  if (!Number.isInteger(x)) range.whole = false;
  if (x === NOT_SEEN || x > HUNDRED) return;
  if (x > range.top) range.top = x;
  if (x > ABOVE_ONE) range.aboveOne++;
  if (x > ABOVE_FIVE) range.aboveFive++;
}

/** 1, 5 or 100. */
export function fullScale({ aboveOne, aboveFive }: UnitRange): number {
  return aboveFive > 0 && aboveFive >= SHARE * aboveOne ? HUNDRED : aboveOne > 0 ? 5 : 1;
}

/** A cell as 0..1 of its full scale; NaN for codes of what was not seen: -1, and 9 where units go to 5 or 1. */
export function unitOfCell(x: number, full: number): number {
  return x === MISSING || (x === NOT_SEEN && full < NOT_SEEN) ? NaN : x / full;
}

/** The name in READ that a label means; undefined for any other word. */
export function expressionOfLabel(cell: string | undefined): string | undefined {
  const word = (cell ?? "").trim().toLowerCase(),
    name = Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : word;
  return READ.includes(name) ? name : undefined;
}
