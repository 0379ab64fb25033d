// attune read: what each face of a table or a recording looks like, a row of probabilities for each row read. Rows are
// never collected, so a long file needs no more memory than a short one.

import {
  AFFDEX_FULL,
  FEATURES,
  LOPSIDED,
  READ,
  TRACKER_TRUST,
  VISAGE,
  affdexUnit,
  createEye,
  createReading,
  createRestingFace,
  faceSetNamed,
  featureOfUnit,
  featuresOfRow,
  lessRest,
  likeliest,
  look,
  readFeatures,
  readVisage,
  readingWords,
  toldByTable,
  watchRest,
  type FaceReading,
  type Frame,
  type RecordingHeader,
} from "@attune/core";
import { paintFor, print, progress, warn } from "../console.ts";
import { UserError, about } from "../fail.ts";
import { openInput, troubles, type Input, type InputOptions } from "../recordings.ts";

export interface ReadOptions extends InputOptions {
  readonly json: boolean;
  /** Every probability, not only those that count. */
  readonly all: boolean;
  /** Take off the person's own rest, learned as the recording goes. */
  readonly rest: boolean;
  /** Full scale of the units' columns; undefined where the file is to tell. */
  readonly scale: number | undefined;
}

/** Writes one frame's reading into `out`. */
type FaceReader = (frame: Frame, out: FaceReading) => void;

/** Rows of standard input that are looked at to tell 0/1 from grades. */
const FIRST_ROWS = 50;
/** 0/1 with some noise is still 0/1. */
const ABOVE_ONE = 1.5;
/** Fewer units than this is no face. */
const FEWEST = 3;
/** Less is left out of a line, unless all are asked for. */
const COUNTS = 0.01;

export async function read(path: string, options: ReadOptions): Promise<void> {
  const input = await openInput(path, options);
  const { header } = input;
  const units = unitsOf(header);
  let reader: FaceReader;
  let frames = input.frames;
  const notes: string[] = [];
  try {
    if (units !== undefined) {
      if (options.rest)
        throw new UserError(
          "--rest came, but rows of a table of units may be anybody's; it is for recordings of a face",
        );
      let full = options.scale;
      if (full === undefined) [full, frames] = await fullScale(path, options, input, units);
      reader = unitReader(units, full, notes);
    } else {
      if (options.scale !== undefined)
        throw new UserError("--scale came, but a recording of a face says itself how far its units go; leave it out");
      reader = recordingReader(header, options.rest);
    }
  } catch (error) {
    throw about(input.label, error);
  }
  await tell(input, frames, reader, options);
  const untimed = input.report.warnings.some((warning) => UNTIMED.test(warning));
  warn([
    ...troubles(input.report).filter((line) => !(untimed && UNTIMED.test(line)) && !NO_NUMBERS.test(line)),
    ...notes,
  ]);
}

const UNTIMED = /^no time column was found/;
const NO_NUMBERS = /^columns without numbers are left out/;

async function tell(
  input: Input,
  frames: AsyncIterable<Frame>,
  reader: FaceReader,
  options: ReadOptions,
): Promise<void> {
  const reading = createReading(),
    bar = progress(`reading ${input.label}`, "rows");
  const timed = () => !input.report.warnings.some((warning) => UNTIMED.test(warning));
  const { strong, quiet } = paintFor(process.stdout);
  let row = 0;
  try {
    for await (const frame of frames) {
      reader(frame, reading);
      const time = timed() ? frame.time : undefined;
      if (options.json) await print(JSON.stringify(asJson(reading, row, time, frame.who), sixDigits));
      else {
        const at = time === undefined ? "" : `${time.toFixed(2)} s`;
        const name = reading.cannotSee ? "cannot see" : READ[likeliest(reading)];
        await print(
          `${quiet(`${row}`.padStart(6))} ${quiet(at.padStart(9))}  ${strong(name.padEnd(13))}  ${shares(reading, options.all)}`.trimEnd(),
        );
      }
      row++;
      if (!process.stdout.isTTY) bar.update(row, input.progress());
    }
  } finally {
    bar.end();
  }
  if (row === 0) throw new UserError(`${input.label}: it holds no row; a table or a recording with rows was wanted`);
}

function asJson(reading: FaceReading, row: number, time: number | undefined, who: string | undefined) {
  const { probability, valence, arousal, precision, seen, cannotSee, startled } = reading;
  return {
    row,
    ...(time === undefined ? {} : { time }),
    ...(who === undefined ? {} : { who }),
    probabilities: Object.fromEntries(READ.map((name, r) => [name, probability[r]])),
    expression: cannotSee ? null : READ[likeliest(reading)],
    words: readingWords(reading, who === undefined ? "the" : `${who}'s`),
    valence,
    arousal,
    precision,
    seen,
    cannotSee,
    startled,
  };
}

/** Likeliest first; all of them in the order of READ. */
function shares({ probability }: FaceReading, all: boolean): string {
  if (all) return READ.map((name, r) => `${name} ${probability[r].toFixed(2)}`).join("  ");
  return READ.map((name, r) => ({ name, p: probability[r] }))
    .filter(({ p }) => p >= COUNTS)
    .sort((a, b) => b.p - a.p)
    .map(({ name, p }) => `${name} ${p.toFixed(2)}`)
    .join("  ");
}

/** For JSON.stringify: numbers to six digits. */
function sixDigits(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

interface Units {
  /** Places among the channels, and the unit of each; "lopsided" is a smirk. */
  readonly at: readonly number[];
  readonly unit: readonly (number | "lopsided")[];
  /** Whether people coded them (AU columns), rather than a tracker measured them (afx_ columns). */
  readonly coded: boolean;
}

/** The units among a table's columns; undefined where there are too few, or the recording has a face of its own. */
function unitsOf({ channels = [], faceSet }: RecordingHeader): Units | undefined {
  if (faceSet !== undefined) return undefined;
  for (const [coded, unitOf] of [
    [true, unitOfColumn],
    [false, affdexUnit],
  ] as const) {
    const found = channels.flatMap((name, at) => {
      const unit = unitOf(name);
      return unit === undefined ? [] : [{ at, unit }];
    });
    if (found.length >= FEWEST) return { at: found.map(({ at }) => at), unit: found.map(({ unit }) => unit), coded };
  }
  return undefined;
}

/** "AU01", "AU1", "au_1"; 45 is a blink, 43 the eye closed: the same movement. */
function unitOfColumn(name: string): number | undefined {
  const number = Number(/^au[ _.]?0*(\d{1,2})(?:_r)?$/i.exec(name.trim())?.[1] ?? NaN);
  return Number.isNaN(number) ? undefined : number === 45 ? 43 : number;
}

/** How far the columns go: 1, 5 or 100. A file is read through once for it; of standard input the first rows tell. */
async function fullScale(
  path: string,
  options: ReadOptions,
  input: Input,
  { at, coded }: Units,
): Promise<[full: number, frames: AsyncIterable<Frame>]> {
  if (!coded) return [AFFDEX_FULL, input.frames];
  const most = (frame: Frame): number => {
    let m = 0;
    for (const c of at) if ((frame.channels?.[c] ?? 0) > m) m = frame.channels?.[c] ?? 0;
    return m;
  };
  const scaleOf = (top: number) => (top > ABOVE_ONE ? 5 : 1);
  let top = 0;
  if (path !== "-") {
    const first = await openInput(path, options);
    for await (const frame of first.frames) top = Math.max(top, most(frame));
    return [scaleOf(top), input.frames];
  }
  const walk = input.frames[Symbol.asyncIterator](),
    held: Frame[] = [];
  while (held.length < FIRST_ROWS && top <= ABOVE_ONE) {
    const next = await walk.next();
    if (next.done) break;
    held.push(next.value);
    top = Math.max(top, most(next.value));
  }
  async function* again(): AsyncGenerator<Frame, void, undefined> {
    yield* held.splice(0);
    for (let next = await walk.next(); !next.done; next = await walk.next()) yield next.value;
  }
  return [scaleOf(top), again()];
}

function unitReader({ at, unit, coded }: Units, full: number, notes: string[]): FaceReader {
  const numbers = unit.map((each) => (each === "lopsided" ? 0 : each)),
    smirk = unit.indexOf("lopsided");
  const told = coded ? toldByTable(numbers) : new Float64Array(FEATURES),
    row = new Float64Array(at.length),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES);
  const unread = coded ? numbers.filter((number) => featureOfUnit(number) < 0) : [];
  if (unread.length > 0)
    notes.push(`units that say nothing here are left out: ${unread.map((n) => `AU${n}`).join(", ")}`);
  return ({ channels = new Float32Array(0) }, out) => {
    for (let c = 0; c < at.length; c++) {
      row[c] = channels[at[c]] / full;
      if (row[c] > ABOVE_ONE && notes.every((note) => !note.startsWith("values")))
        notes.push(`values above ${full} came and count as ${full}; say how far the units go with --scale 1, 5 or 100`);
    }
    featuresOfRow(told, numbers, row, value, weight);
    if (!coded)
      for (const number of numbers) {
        const f = featureOfUnit(number);
        if (f >= 0) weight[f] *= TRACKER_TRUST[number] ?? 1;
      }
    if (smirk >= 0 && Number.isFinite(row[smirk])) {
      value[LOPSIDED] = Math.min(1, Math.max(0, row[smirk]));
      weight[LOPSIDED] = 1;
    }
    readFeatures(value, weight, out);
  };
}

/** A recording whose header names a face set, or whose columns are a set's own names. */
function recordingReader(header: RecordingHeader, rest: boolean): FaceReader {
  const { channels = [], faceSet } = header;
  const columns = faceSet === undefined ? blendShapes(channels) : undefined;
  if (faceSet === undefined && columns === undefined)
    throw new UserError(
      "it shows no face: columns of action units (AU01 or AU1), of a tracker (afx_Smile, ...), blend shapes (mouthSmileLeft, ...) or a recording with a face set were wanted",
    );
  const eye = createEye(columns === undefined ? header : { ...header, faceSet: "arkit-52" }, { kind: "face" }),
    seen = new Float64Array(VISAGE),
    quality = new Float64Array(VISAGE),
    resting = createRestingFace();
  let last = NaN;
  return (frame, out) => {
    const shown =
      columns === undefined
        ? frame
        : { ...frame, face: Float32Array.from(columns, (c) => (c < 0 ? NaN : (frame.channels?.[c] ?? NaN))) };
    look(eye, shown, seen, quality);
    if (rest) {
      watchRest(resting, seen, Number.isFinite(last) ? frame.time - last : 1e-3);
      last = frame.time;
      lessRest(resting, seen, seen);
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
