// attune read: what each face of a table or a recording looks like, a row of probabilities for each row read. Rows are
// never collected, so a long file needs no more memory than a short one.

import {
  AFFDEX_FULL,
  READ,
  createReading,
  createUnitRange,
  likeliest,
  readingWords,
  type FaceReading,
  type Frame,
} from "@attune/core";
import { paintFor, print, progress, sixDigits, warn } from "../console.ts";
import {
  learnedReader,
  meetRow,
  recordingReader,
  scaleOf,
  unitReader,
  unitsOf,
  type FaceReader,
  type Units,
} from "../face-rows.ts";
import { openTeacher, type Teacher } from "../face-teacher.ts";
import { UserError, about } from "../fail.ts";
import { writeWhole } from "../files.ts";
import { openInput, troubles, type Input, type InputOptions } from "../recordings.ts";

export interface ReadOptions extends InputOptions {
  readonly json: boolean;
  /** Every probability, not only those that count. */
  readonly all: boolean;
  /** Take off the person's own rest, learned as the recording goes. */
  readonly rest: boolean;
  /** Full scale of the units' columns; undefined where the file is to tell. */
  readonly scale: number | undefined;
  /** A table of labelled faces, or a reading learned from one, to read by; undefined for the written rule. */
  readonly train: string | undefined;
  /** Where to keep what `train` taught. */
  readonly save: string | undefined;
}

/** Rows of standard input that are looked at to tell 0/1 from grades. */
const FIRST_ROWS = 50;
/** Less is left out of a line, unless all are asked for. */
const COUNTS = 0.01;

export async function read(path: string, options: ReadOptions): Promise<void> {
  const { train, save } = options;
  if (save !== undefined && train === undefined)
    throw new UserError("--save came, but nothing is learned without --train FILE");
  const teacher = train === undefined ? undefined : await openTeacher(train);
  if (teacher && save !== undefined) await writeWhole(save, `${JSON.stringify(teacher.model)}\n`);
  const input = await openInput(path, { ...options, rows: true });
  const notes: string[] = [];
  let opened: Opened;
  try {
    opened = await openReader(path, options, input, teacher, notes);
  } catch (error) {
    throw about(input.label, error);
  }
  await tell(input, opened, options);
  warn([...troubles(input.report).filter((line) => !NO_NUMBERS.test(line)), ...notes]);
}

interface Opened {
  readonly reader: FaceReader;
  readonly frames: AsyncIterable<Frame>;
}

async function openReader(
  path: string,
  options: ReadOptions,
  input: Input,
  teacher: Teacher | undefined,
  notes: string[],
): Promise<Opened> {
  const { header } = input,
    units = unitsOf(header);
  if (units === undefined) {
    if (options.scale !== undefined)
      throw new UserError("--scale came, but a recording of a face says itself how far its units go; leave it out");
    const reader = recordingReader(header, options.rest);
    if (teacher)
      throw new UserError("--train came, but a recording of a face is read by its action units; it is for tables");
    return { reader, frames: timed(input, options) };
  }
  if (options.rest)
    throw new UserError("--rest came, but rows of a table of units may be anybody's; it is for recordings of a face");
  let full = options.scale,
    { frames } = input;
  if (full === undefined) [full, frames] = await fullScale(path, options, input, units, notes);
  if (!units.coded && !teacher) notes.push(BY_RULE);
  const reader = teacher ? learnedReader(teacher, units, header, full, notes) : unitReader(units, full, notes);
  return { reader, frames };
}

const BY_RULE =
  "a tracker's channels are read by a rule for faces coded by people, about two of three rightly; labelled faces teach better: --train FILE";
const NO_NUMBERS = /^columns without numbers are left out/;
const CLOCK = /^(?:time|timestamp|t)(?:[\s_.]*[([]?(s|secs?|seconds?|ms|msecs?|milliseconds?)[)\]]?)?$/i;

/** When a row was, s; undefined where the file does not say. Times of a table are one of its channels. */
function clockOf({ header }: Input, { rate, columns }: ReadOptions): (frame: Frame) => number | undefined {
  const { channels = [], faceSet, skeleton } = header,
    at = channels.findIndex((name) => CLOCK.test(name.trim()));
  if (faceSet !== undefined || skeleton !== undefined || columns?.time !== undefined) return ({ time }) => time;
  if (at < 0) return ({ time }) => (rate === undefined ? undefined : time);
  const scale = /^m/i.test(CLOCK.exec(channels[at].trim())?.[1] ?? "") ? 1e-3 : 1;
  return ({ channels: values }) => {
    const time = scale * (values?.[at] ?? NaN);
    return Number.isFinite(time) ? time : undefined;
  };
}

/** Frames at their own times, where they have any. */
async function* timed(input: Input, options: ReadOptions): AsyncGenerator<Frame, void, undefined> {
  const clock = clockOf(input, options);
  for await (const frame of input.frames) yield { ...frame, time: clock(frame) ?? frame.time };
}

async function tell(input: Input, { reader, frames }: Opened, options: ReadOptions): Promise<void> {
  const reading = createReading(),
    bar = progress(`reading ${input.label}`, "rows");
  const clock = clockOf(input, options);
  const { strong, quiet } = paintFor(process.stdout);
  let row = 0;
  try {
    for await (const frame of frames) {
      reader(frame, reading);
      const time = clock(frame);
      if (options.json) await print(JSON.stringify(asJson(reading, row, time, frame.who), sixDigits));
      else {
        const at = time === undefined ? "" : `${time.toFixed(2)} s`;
        const name = reading.cannotSee ? "cannot see" : reading.startled ? "startled" : READ[likeliest(reading)];
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

/** How far the columns go: 1, 5 or 100. A file is read through once for it; of standard input the first rows tell. */
async function fullScale(
  path: string,
  options: ReadOptions,
  input: Input,
  units: Units,
  notes: string[],
): Promise<[full: number, frames: AsyncIterable<Frame>]> {
  if (!units.coded) return [AFFDEX_FULL, input.frames];
  const range = createUnitRange();
  if (path !== "-") {
    const first = await openInput(path, { ...options, rows: true });
    for await (const frame of first.frames) meetRow(range, units, frame);
    return [scaleOf(range, notes), input.frames];
  }
  const walk = input.frames[Symbol.asyncIterator](),
    held: Frame[] = [];
  while (held.length < FIRST_ROWS) {
    const next = await walk.next();
    if (next.done) break;
    held.push(next.value);
    meetRow(range, units, next.value);
  }
  async function* again(): AsyncGenerator<Frame, void, undefined> {
    yield* held.splice(0);
    for (let next = await walk.next(); !next.done; next = await walk.next()) yield next.value;
  }
  return [scaleOf(range, notes), again()];
}
