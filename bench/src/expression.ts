// Reading expressions: the written rule on codes by people, whole, partly hidden and noisy; readings learned from a tracker's
// channels across collections of faces; and face and voice together against what viewers voted.

import { basename, resolve } from "node:path";
import {
  BASIC,
  FACE_PARTS,
  FEATURES,
  type LabelledFace,
  READ,
  affdexUnit,
  createReading,
  createRng,
  featuresOfRow,
  fitExponents,
  gaussian,
  learnReading,
  openLearned,
  readFeatures,
  readLearned,
  tempered,
  toldByTable,
} from "@attune/core";
import { type Clip, type Face, type FacsTable, type TrackerTable, faceTable, faceTables } from "./face-tables.ts";
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

/** Cross-entropy of the votes of those who heard and saw, nats a vote, on actors the exponents were not fitted on. */
export interface Fusion {
  readonly face: number;
  readonly voice: number;
  readonly both: number;
  /** For comparison: no forecast can be better than the votes' own shares, nor need it be worse than these. */
  readonly floor: number;
  readonly product: number;
  readonly written: number;
  /** The same with half a vote more for everything in what is to be foretold. */
  readonly halfVote: { readonly face: number; readonly both: number; readonly floor: number };
  readonly exponents: readonly { readonly face: number; readonly voice: number }[];
  readonly clips: number;
  readonly actors: number;
}

const SEVEN = [...BASIC, "neutral"];
const PARTS = ["brow", "eye", "mouth"] as const;
const NOISE = 0.1;
const FOLDS = 10;
/** So many people are enough to learn from some and test on others. */
const ENOUGH = 10;
/** Votes added to each possible answer before it is a distribution, tried on the training actors. */
const ADDED = [0.1, 0.2, 0.3, 0.5, 0.8];

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
    read = (change) => byRuleOnTracker(table, change ? faces.map(change) : faces);
  }
  const rng = createRng(1, "bench/expression/noise");
  return {
    ...scored(read()),
    by,
    hidden: eachPart((part) =>
      scored(read((face) => withValues(face, (x, d) => (partOf(unitNumber(table.channels[d])) === part ? NaN : x)))),
    ),
    noisy: scored(read((face) => withValues(face, (x) => Math.min(1, Math.max(0, x + NOISE * gaussian(rng)))))),
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
): Answer[] {
  const reading = createReading(among),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES);
  return faces.map((face) => {
    featuresOfRow(told, units, face.values, value, weight);
    readFeatures(value, weight, reading);
    return {
      label: face.label ?? "",
      names: among,
      shares: among.map((name) => reading.probability[READ.indexOf(name)]),
    };
  });
}

/** A tracker does not look for what it has no channel of. */
function byRuleOnTracker({ channels }: TrackerTable, faces: readonly Face[]): Answer[] {
  return withRule(channels.map(unitNumber), new Float64Array(FEATURES), faces, SEVEN);
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

/** Exponents and added votes are fitted on half of the actors and tested on the other half, and the other way round. */
function measureFusion(clips: readonly Clip[]): Fusion {
  const actors = [...new Set(clips.map(({ actor }) => actor))].sort();
  const exponents: { face: number; voice: number }[] = [];
  const sums = { face: 0, voice: 0, both: 0, floor: 0, product: 0, written: 0, halfFace: 0, halfBoth: 0, halfFloor: 0 };
  for (const half of [0, 1]) {
    const inHalf = ({ actor }: Clip) => actors.indexOf(actor) % 2 === half;
    const test = clips.filter(inHalf),
      train = clips.filter((clip) => !inHalf(clip));
    const fitted = fitHalf(train, 0),
      half5 = fitHalf(train, 0.5);
    exponents.push({ face: fitted.exponents[0], voice: fitted.exponents[1] });
    const share = test.length / clips.length;
    const add = (key: keyof typeof sums, nats: number) => (sums[key] += share * nats);
    add("face", nats(test, fitted.face, fitted.face, [1, 0], 0));
    add("voice", nats(test, fitted.voice, fitted.voice, [0, 1], 0));
    add("both", nats(test, fitted.added[0], fitted.added[1], fitted.exponents, 0));
    add("product", nats(test, fitted.face, fitted.voice, [1, 1], 0));
    add("written", nats(test, 0.3, 0.3, [0.7, 0.3], 0));
    add("floor", floor(test, 0));
    add("halfFace", nats(test, half5.face, half5.face, [1, 0], 0.5));
    add("halfBoth", nats(test, half5.added[0], half5.added[1], half5.exponents, 0.5));
    add("halfFloor", floor(test, 0.5));
  }
  const { halfFace, halfBoth, halfFloor, ...plain } = sums;
  return {
    ...plain,
    halfVote: { face: halfFace, both: halfBoth, floor: halfFloor },
    exponents,
    clips: clips.length,
    actors: actors.length,
  };
}

/** The best votes to add for each sense alone, and for both with their exponents. */
function fitHalf(clips: readonly Clip[], half: number) {
  const best = (cost: (added: number) => number): number => {
    const costs = ADDED.map(cost);
    return ADDED[costs.indexOf(Math.min(...costs))];
  };
  const face = best((added) => nats(clips, added, added, [1, 0], half)),
    voice = best((added) => nats(clips, added, added, [0, 1], half));
  // One after the other: what suits the face hardly depends on what suits the voice.
  const fit = (f: number, v: number) =>
    fitExponents(
      clips.map((clip) => shares(clip.face, f)),
      clips.map((clip) => shares(clip.voice, v)),
      clips.map((clip) => clip.both.map((n) => n + half)),
    );
  const together = (f: number, v: number) => nats(clips, f, v, fit(f, v), half);
  const added: [number, number] = [face, voice];
  added[1] = best((v) => together(added[0], v));
  added[0] = best((f) => together(f, added[1]));
  const exponents = fit(...added);
  return { face, voice, added, exponents };
}

/** Mean over votes of -log of what face and voice foretold. */
function nats(
  clips: readonly Clip[],
  addedFace: number,
  addedVoice: number,
  exponents: readonly [number, number],
  half: number,
): number {
  const p = new Float64Array(6);
  let sum = 0,
    votes = 0;
  for (const { face, voice, both } of clips) {
    tempered(shares(face, addedFace), shares(voice, addedVoice), exponents, p);
    for (let k = 0; k < p.length; k++) {
      sum -= (both[k] + half) * Math.log(p[k]);
      votes += both[k] + half;
    }
  }
  return sum / votes;
}

function floor(clips: readonly Clip[], half: number): number {
  let sum = 0,
    votes = 0;
  for (const { both } of clips) {
    const n = both.reduce((a, b) => a + b + half, 0);
    for (const count of both) if (count + half > 0) sum -= (count + half) * Math.log((count + half) / n);
    votes += n;
  }
  return sum / votes;
}

function shares(votes: Float64Array, added: number): Float64Array {
  const n = votes.reduce((a, b) => a + b + added, 0);
  return votes.map((v) => (v + added) / n);
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
