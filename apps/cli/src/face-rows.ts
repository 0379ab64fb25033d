// From a row of a table, or a frame of a recording, to a reading of the face in it: action units coded by people, a tracker's
// channels by the written rule or by a reading learned from labelled faces, blend shapes, or a face of a recording's own.

import {
  FEATURES,
  LOPSIDED,
  TRACKER_TRUST,
  VISAGE,
  affdexUnit,
  createEye,
  createRestingFace,
  faceSetNamed,
  featureOfUnit,
  featuresOfRow,
  fullScale,
  lessRest,
  look,
  meetUnit,
  readFeatures,
  readLearnedFace,
  readVisage,
  toldByTable,
  unitColumns,
  unitOfCell,
  watchRest,
  type Eye,
  type FaceReading,
  type Frame,
  type RecordingHeader,
  type RestingFace,
  type UnitColumn,
  type UnitRange,
} from "@attune/core";
import type { Teacher } from "./face-teacher.ts";
import { UserError } from "./fail.ts";

/** Writes one frame's reading into `out`. */
export type FaceReader = (frame: Frame, out: FaceReading) => void;

/** Columns of units among a table's channels; "lopsided" is a smirk. */
export interface Units {
  readonly columns: readonly (UnitColumn | { readonly at: number; readonly unit: "lopsided" })[];
  /** Whether people coded them (AU columns), rather than a tracker measured them (afx_ columns). */
  readonly coded: boolean;
}

/** Fewer units than this is no face. */
const FEWEST = 3;
/** Farther above full scale or below 0 than this is no noise. */
const BEYOND = { 1: 1.5, 5: 1.1, 100: 1.1 };
const BELOW = -0.3;

/** The units among a table's columns; undefined where there are too few, or the recording has a face of its own. */
export function unitsOf({ channels = [], faceSet }: RecordingHeader): Units | undefined {
  if (faceSet !== undefined) return undefined;
  const coded = unitColumns(channels);
  if (coded.length >= FEWEST) return { columns: coded, coded: true };
  const columns = channels.flatMap((name, at) => {
    const unit = affdexUnit(name);
    return unit === undefined ? [] : [{ at, unit }];
  });
  return columns.length >= FEWEST ? { columns, coded: false } : undefined;
}

/** Looks at a row for how far the columns go. */
export function meetRow(range: UnitRange, { columns }: Units, { channels }: Frame): void {
  for (const { at } of columns) meetUnit(range, channels?.[at] ?? NaN);
}

/** How far the columns go, with what was assumed for it. */
export function scaleOf(range: UnitRange, notes: string[]): number {
  const full = fullScale(range);
  if (full === 1 && range.whole && range.top > 0)
    notes.push("no unit goes above 1, so they are read as 0 and 1; if they are grades to 5, say so with --scale 5");
  if (full === 100)
    notes.push(`units go to ${range.top}, so they are read as 0 to 100; if that is wrong, say so with --scale 1 or 5`);
  return full;
}

/** A table's row as features: units of several columns, or of two sides, are one. */
function featuresReader(
  { columns, coded }: Units,
  full: number,
  notes: string[],
): (frame: Frame, value: Float64Array, weight: Float64Array) => void {
  const units = columns.flatMap(({ at, unit, ...rest }) =>
    unit === "lopsided" ? [] : [{ at, unit, side: "side" in rest ? rest.side : undefined }],
  );
  const numbers = [...new Set(units.map(({ unit }) => unit))],
    row = new Float64Array(numbers.length),
    told = coded ? toldByTable(numbers) : new Float64Array(FEATURES);
  const smirk = columns.find(({ unit }) => unit === "lopsided")?.at ?? -1;
  const unread = coded ? numbers.filter((number) => featureOfUnit(number) < 0) : [];
  if (unread.length > 0)
    notes.push(`units that say nothing here are left out: ${unread.map((n) => `AU${n}`).join(", ")}`);
  const once = (about: string, note: string) => {
    if (notes.every((known) => !known.startsWith(about))) notes.push(`${about} ${note}`);
  };
  const cellOf = (x: number): number => {
    const share = coded ? unitOfCell(x, full) : x / full;
    if (Number.isFinite(x) && Number.isNaN(share)) once("-1 and 9", "came: codes for what was not seen, read as that");
    else if (share > BEYOND[full as 1 | 5 | 100])
      once("values above", `${full} came and count as ${full}; say how far the units go with --scale 1, 5 or 100`);
    else if (share < BELOW) once("values below", "0 came and count as 0: no unit is weaker than at rest");
    return share;
  };
  const sides = numbers.map((number) => ({
    number,
    whole: units.filter(({ unit, side }) => unit === number && side === undefined).map(({ at }) => at),
    left: units.find(({ unit, side }) => unit === number && side === "L")?.at ?? -1,
    right: units.find(({ unit, side }) => unit === number && side === "R")?.at ?? -1,
  }));
  return ({ channels = new Float32Array(0) }, value, weight) => {
    let unequal = NaN;
    sides.forEach(({ number, whole, left, right }, u) => {
      const l = left < 0 ? NaN : cellOf(channels[left]),
        r = right < 0 ? NaN : cellOf(channels[right]);
      row[u] = Number.isNaN(l) ? r : Number.isNaN(r) ? l : (l + r) / 2;
      for (const at of whole) {
        const x = cellOf(channels[at]);
        if (!(row[u] >= x) && !Number.isNaN(x)) row[u] = x;
      }
      // A mouth that is lopsided is so in one of these.
      if ((number === 12 || number === 14) && !Number.isNaN(l - r) && !(unequal >= Math.abs(l - r)))
        unequal = Math.abs(l - r);
    });
    featuresOfRow(told, numbers, row, value, weight);
    if (!coded)
      for (const number of numbers) {
        const f = featureOfUnit(number);
        if (f >= 0) weight[f] *= TRACKER_TRUST[number] ?? 1;
      }
    const lopsided = smirk >= 0 ? channels[smirk] / full : unequal;
    if (!Number.isFinite(lopsided)) return;
    value[LOPSIDED] = Math.min(1, Math.max(0, lopsided));
    weight[LOPSIDED] = 1;
  };
}

/** Units by the written rule. @param full how far the columns go: 1, 5 or 100 */
export function unitReader(units: Units, full: number, notes: string[]): FaceReader {
  const features = featuresReader(units, full, notes),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES);
  return (frame, out) => {
    features(frame, value, weight);
    readFeatures(value, weight, out);
  };
}

/**
 * Channels by what labelled faces taught.
 *
 * @throws UserError where the table has hardly any of the channels that were learned
 */
export function learnedReader(
  { model, reader }: Teacher,
  units: Units,
  { channels: names = [] }: RecordingHeader,
  full: number,
  notes: string[],
): FaceReader {
  const lower = names.map((name) => name.trim().toLowerCase()),
    at = model.channels.map((channel) => lower.indexOf(channel));
  const missing = model.channels.filter((_, d) => at[d] < 0);
  if (model.channels.length - missing.length < FEWEST)
    throw new UserError(
      `it has none of the channels that --train teaches (${model.channels.slice(0, 4).join(", ")}, ...)`,
    );
  if (missing.length > 0) notes.push(`channels that --train teaches and that are not here: ${missing.join(", ")}`);
  const features = featuresReader(units, full, notes),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES),
    values = new Float64Array(at.length);
  return (frame, out) => {
    const { channels = new Float32Array(0) } = frame;
    at.forEach((c, d) => {
      const x = c < 0 ? NaN : channels[c];
      values[d] = units.coded ? unitOfCell(x, full) : x / full;
    });
    features(frame, value, weight);
    readLearnedFace(reader, values, value, weight, out);
  };
}

/** A recording whose header names a face set, or whose columns are a set's own names. @param rest take off their own rest */
export function recordingReader(header: RecordingHeader, rest: boolean): FaceReader {
  const { channels = [], faceSet } = header;
  const columns = faceSet === undefined ? blendShapes(channels) : undefined;
  if (faceSet === undefined && columns === undefined)
    throw new UserError(
      "it shows no face: columns of action units (AU01 or AU1), of a tracker (afx_Smile, ...), blend shapes (mouthSmileLeft, ...) or a recording with a face set were wanted",
    );
  const open = () => createEye(columns === undefined ? header : { ...header, faceSet: "arkit-52" }, { kind: "face" });
  // Each person has ways of their own to hold the head and the face.
  const people = new Map<string, { eye: Eye; resting: RestingFace; last: number }>(),
    seen = new Float64Array(VISAGE),
    quality = new Float64Array(VISAGE);
  people.set("", { eye: open(), resting: createRestingFace(), last: NaN });
  return (frame, out) => {
    const who = frame.who ?? "";
    let person = people.get(who);
    if (person === undefined) people.set(who, (person = { eye: open(), resting: createRestingFace(), last: NaN }));
    const shown =
      columns === undefined
        ? frame
        : { ...frame, face: Float32Array.from(columns, (c) => (c < 0 ? NaN : (frame.channels?.[c] ?? NaN))) };
    look(person.eye, shown, seen, quality);
    if (rest) {
      watchRest(person.resting, seen, frame.time - person.last);
      person.last = frame.time;
      lessRest(person.resting, seen, seen);
    }
    readVisage(seen, quality, out);
  };
}

/** Where each blend shape is among the columns, -1 where not; undefined where hardly any is there. */
function blendShapes(channels: readonly string[]): number[] | undefined {
  const lower = channels.map((name) => name.trim().toLowerCase()),
    at = faceSetNamed("arkit-52").names.map((name) => lower.indexOf(name.toLowerCase()));
  return at.filter((c) => c >= 0).length < 10 ? undefined : at;
}
