// Reading expressions: the written rule on codes by people, whole, partly hidden and noisy; readings learned from a tracker's
// channels across collections of faces; and face and voice together against what viewers voted.

import { basename, resolve } from "node:path";
import {
  BASIC,
  FACE_PARTS,
  FEATURES,
  LOPSIDED,
  type LabelledFace,
  READ,
  TRACKER_TRUST,
  affdexUnit,
  createReading,
  createRng,
  featureOfUnit,
  featuresOfRow,
  gaussian,
  learnReading,
  openLearned,
  readFeatures,
  readLearned,
  toldByTable,
} from "@attune/core";
import { type Face, type FacsTable, type TrackerTable, faceTable, faceTables } from "./face-tables.ts";
import { type Fusion, measureFusion } from "./fusion.ts";
import { type Forecast, calibrationError } from "./scores.ts";

/** How well faces were read. */
export interface FacesRead {
  readonly acc: number;
  /** Fear and surprise taken for one. */
  readonly accMerged: number;
  readonly ece: number;
  readonly confidence: number;
  readonly n: number;
}

/** A file of faces. */
export interface FileRead extends FacesRead {
  /** What read it. */
  readonly by: string;
  /** With the units of one part of the face hidden. */
  readonly hidden: Readonly<Record<"brow" | "eye" | "mouth", FacesRead>>;
  /** With noise of half a grade, sd .1 of 0..1, on every unit. */
  readonly noisy: FacesRead;
  /** By the written rule among all that can be read, not only those that are labelled: what `attune read FILE` says. */
  readonly amongAll: FacesRead;
}

/** By file; `crossDatabase` by "LEARNED FROM->READ", and `fusion` where there are votes. */
export type ExpressionResult = Record<string, FileRead | Record<string, FacesRead> | Fusion>;

export interface ExpressionOptions {
  /** A tracker's table to learn from; then files of trackers are read by that. */
  readonly train?: string | undefined;
  /** File names; default all. */
  readonly only?: readonly string[] | undefined;
  readonly log: (line: string) => void;
}

const SEVEN = [...BASIC, "neutral"];
const PARTS = ["brow", "eye", "mouth"] as const;
const NOISE = 0.1;
const FOLDS = 10;
/** So many people are enough to learn from some and test on others. */
const ENOUGH = 10;

/** @throws RangeError if the folder holds no table of faces or votes, or `train` is none of a tracker */
export function measureExpression(dir: string, { train, only, log }: ExpressionOptions): ExpressionResult {
  const found = faceTables(dir),
    tables = found.filter(({ name }) => only === undefined || only.includes(basename(name)));
  if (found.length === 0)
    throw new RangeError(
      `bench: no tables of faces in ${dir}; wanted .csv with action units (AU01, AU1) or afx_ columns and "emotion" or "display", or votes (A D F H N S)`,
    );
  if (tables.length === 0)
    throw new RangeError(`bench: no such table; there are ${found.map(({ name }) => basename(name)).join(", ")}`);
  const teacher = train === undefined ? undefined : faceTable(train, basename(train));
  if (train !== undefined && teacher?.kind !== "tracker")
    throw new RangeError(`bench: --train ${train} is no table of a tracker's channels (afx_*) with labels`);
  const result: ExpressionResult = {},
    crossDatabase: Record<string, FacesRead> = {};
  let fusion: Fusion | undefined;
  // A file goes by its name alone where that is enough.
  const short = tables.map(({ name }) => basename(name));
  for (const table of tables) {
    const key = short.filter((name) => name === basename(table.name)).length > 1 ? table.name : basename(table.name);
    log(`expression: ${table.name}`);
    if (table.kind === "facs") result[key] = readByRule(table);
    else if (table.kind === "votes") {
      if (fusion) log(`${table.name}: left out, votes were read from another file already`);
      else fusion = measureFusion(table.clips);
    } else {
      const own = train !== undefined && resolve(train) === resolve(dir, table.name);
      result[key] = readTracker(table, teacher?.kind === "tracker" && !own ? teacher : undefined);
      Object.assign(crossDatabase, acrossDatasets(table));
      if (teacher?.kind === "tracker" && !own)
        for (const dataset of datasetsOf(table.faces)) {
          const faces = table.faces.filter((face) => face.dataset === dataset);
          crossDatabase[`${teacher.name}->${dataset}`] = scored(byLearned(teacher, teacher.faces, table, faces));
        }
    }
  }
  return { ...result, crossDatabase, ...(fusion ? { fusion } : {}) };
}

/** Six expressions from codes by people: nothing is learned. */
function readByRule(table: FacsTable): FileRead {
  const faces = table.faces.filter(({ label }) => label !== undefined && label !== "neutral");
  const read = (change?: (face: Face) => Face) => scored(byRule(table, change ? faces.map(change) : faces));
  const rng = createRng(1, "bench/expression/noise");
  return {
    ...read(),
    by: "the written rule",
    hidden: eachPart((part) => read((face) => withValues(face, (x, u) => (partOf(table.units[u]) === part ? NaN : x)))),
    noisy: read((face) => withValues(face, (x) => Math.min(1, Math.max(0, x + NOISE * gaussian(rng))))),
    amongAll: scored(withRule(table.units, toldByTable(table.units), faces, READ)),
  };
}

/** Six and neutral from a tracker's channels: by what another file taught, else by what other people in it teach. */
function readTracker(table: TrackerTable, teacher: TrackerTable | undefined): FileRead {
  const faces = table.faces.filter(({ label }) => label !== undefined),
    people = new Set(faces.map(({ person }) => person));
  let by: string;
  let read: (change?: (face: Face) => Face) => Answer[];
  if (teacher) {
    by = `learned from ${teacher.name}`;
    const reader = readerFrom(teacher, teacher.faces);
    read = (change) => answersOf(reader, teacher, table, change ? faces.map(change) : faces);
  } else if (people.size >= ENOUGH && !people.has(undefined)) {
    by = `learned from the other people, ${FOLDS} folds`;
    const order = [...people],
      folds = Array.from({ length: FOLDS }, (_, k) => {
        const held = (face: Face) => order.indexOf(face.person) % FOLDS === k;
        const test = faces.filter(held);
        return {
          test,
          reader: readerFrom(
            table,
            faces.filter((face) => !held(face)),
          ),
        };
      });
    read = (change) =>
      folds.flatMap(({ test, reader }) => answersOf(reader, table, table, change ? test.map(change) : test));
  } else {
    by = "the written rule";
    read = (change) => byRuleOnTracker(table, change ? faces.map(change) : faces, SEVEN);
  }
  const rng = createRng(1, "bench/expression/noise");
  return {
    ...scored(read()),
    by,
    hidden: eachPart((part) =>
      scored(read((face) => withValues(face, (x, d) => (partOf(unitNumber(table.channels[d])) === part ? NaN : x)))),
    ),
    noisy: scored(read((face) => withValues(face, (x) => Math.min(1, Math.max(0, x + NOISE * gaussian(rng)))))),
    amongAll: scored(byRuleOnTracker(table, faces, READ)),
  };
}

/** Each collection of faces in a file read by what the others teach. */
function acrossDatasets(table: TrackerTable): Record<string, FacesRead> {
  const datasets = datasetsOf(table.faces);
  if (datasets.length < 2) return {};
  return Object.fromEntries(
    datasets.map((dataset) => {
      const others = datasets.filter((other) => other !== dataset).join("+");
      const test = table.faces.filter((face) => face.dataset === dataset),
        train = table.faces.filter((face) => face.dataset !== dataset);
      return [`${others}->${dataset}`, scored(byLearned(table, train, table, test))];
    }),
  );
}

interface Answer {
  readonly label: string;
  readonly names: readonly string[];
  readonly shares: readonly number[];
}

function byRule({ units }: FacsTable, faces: readonly Face[]): Answer[] {
  return withRule(units, toldByTable(units), faces, BASIC);
}

function withRule(
  units: readonly number[],
  told: Float64Array,
  faces: readonly Face[],
  among: readonly string[],
  adjust?: (face: Face, value: Float64Array, weight: Float64Array) => void,
): Answer[] {
  const reading = createReading(among),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES);
  return faces.map((face) => {
    featuresOfRow(told, units, face.values, value, weight);
    adjust?.(face, value, weight);
    readFeatures(value, weight, reading);
    return {
      label: face.label ?? "",
      names: among,
      shares: among.map((name) => reading.probability[READ.indexOf(name)]),
    };
  });
}

/** A tracker does not look for what it has no channel of, and sees some of the others badly. */
function byRuleOnTracker({ channels }: TrackerTable, faces: readonly Face[], among: readonly string[]): Answer[] {
  const units = channels.map(unitNumber),
    smirk = channels.findIndex((channel) => affdexUnit(channel) === "lopsided");
  return withRule(units, new Float64Array(FEATURES), faces, among, ({ values }, value, weight) => {
    for (const unit of new Set(units)) {
      const f = featureOfUnit(unit);
      if (f >= 0) weight[f] *= TRACKER_TRUST[unit] ?? 1;
    }
    if (smirk < 0 || !Number.isFinite(values[smirk])) return;
    value[LOPSIDED] = Math.min(1, Math.max(0, values[smirk]));
    weight[LOPSIDED] = 1;
  });
}

function byLearned(from: TrackerTable, train: readonly Face[], table: TrackerTable, test: readonly Face[]): Answer[] {
  const counted = test.filter(({ label }) => label !== undefined);
  return answersOf(readerFrom(from, train), from, table, counted);
}

function readerFrom({ channels }: TrackerTable, faces: readonly Face[]) {
  const labelled = faces.flatMap(({ label, values, person, dataset }): LabelledFace[] =>
    label === undefined ? [] : [{ label, values, source: dataset, ...(person === undefined ? {} : { person }) }],
  );
  const model = learnReading(labelled, channels, { unitOf: affdexUnit });
  return { reader: openLearned(model), classes: model.classes };
}

/** `from` names the channels the reader knows; the table may have others, or in another order. */
function answersOf(
  { reader, classes }: ReturnType<typeof readerFrom>,
  from: TrackerTable,
  table: TrackerTable,
  faces: readonly Face[],
): Answer[] {
  const at = from.channels.map((channel) => table.channels.indexOf(channel)),
    out = new Float64Array(classes.length);
  return faces.map(({ label, values }) => {
    readLearned(
      reader,
      at.map((d) => (d < 0 ? NaN : values[d])),
      out,
    );
    return { label: label ?? "", names: classes, shares: [...out] };
  });
}

function scored(answers: readonly Answer[]): FacesRead {
  const startle = (name: string) => (name === "fear" || name === "surprise" ? "startle" : name);
  const forecasts: Forecast[] = [];
  let right = 0,
    merged = 0,
    confidence = 0;
  for (const { label, names, shares } of answers) {
    const guess = shares.indexOf(Math.max(...shares));
    forecasts.push({ truth: names.indexOf(label), guess, shares });
    if (names[guess] === label) right++;
    if (startle(names[guess]) === startle(label)) merged++;
    confidence += shares[guess];
  }
  const n = answers.length;
  if (n === 0) return { acc: NaN, accMerged: NaN, ece: NaN, confidence: NaN, n };
  return {
    acc: right / n,
    accMerged: merged / n,
    ece: calibrationError(forecasts).raw,
    confidence: confidence / n,
    n,
  };
}

function eachPart(read: (part: (typeof PARTS)[number]) => FacesRead): FileRead["hidden"] {
  return { brow: read("brow"), eye: read("eye"), mouth: read("mouth") };
}

function withValues(face: Face, change: (x: number, at: number) => number): Face {
  return { ...face, values: face.values.map((x, at) => change(x, at)) };
}

function partOf(unit: number): string {
  return PARTS.find((part) => FACE_PARTS[part].includes(unit)) ?? "mouth";
}

function unitNumber(channel: string): number {
  const unit = affdexUnit(channel);
  return typeof unit === "number" ? unit : 0;
}

function datasetsOf(faces: readonly Face[]): string[] {
  return [...new Set(faces.map(({ dataset }) => dataset))].sort();
}
