// attune learn: one recording is enough for an act, and a whole set teaches all its classes at once. The repertoire is
// only replaced when everything went well.

import { bodyOf, createMind, learnSet, type Demo, type Frame, type Lesson, type RecordingHeader } from "@attune/core";
import type { RecordingSet } from "@attune/io";
import { basename } from "node:path";
import { print, progress, warn } from "../console.ts";
import { about, UserError } from "../fail.ts";
import { didYouMean } from "../nearest.ts";
import type { Segment } from "../options.ts";
import { completed, openInput, openSetFile, readItem, troubles, type InputOptions } from "../recordings.ts";
import { DEFAULT_REPERTOIRE, readRepertoire, writeRepertoire } from "../repertoire-file.ts";

export interface LearnOptions extends InputOptions {
  readonly repertoire: string | undefined;
  readonly json: boolean;
  readonly mirror: boolean;
  readonly segment: Segment | undefined;
}

export interface LearnSetOptions extends Pick<InputOptions, "rate" | "up"> {
  readonly repertoire: string | undefined;
  readonly json: boolean;
  readonly mirror: boolean;
  readonly person: number | undefined;
  readonly exceptSubj: string | undefined;
  readonly onlySplit: string | undefined;
}

interface Taught {
  readonly name: string;
  readonly demos: Demo[];
}

/** No act takes longer, s: more is a recording that wants cutting. */
const LONGEST_ACT = 120;

export async function learnFiles(name: string, files: readonly string[], options: LearnOptions): Promise<void> {
  if (name.trim() === "") throw new UserError("an empty name came, a name for the act was wanted");
  const demos: Demo[] = [];
  const warnings: string[] = [];
  for (const file of files) {
    const input = await openInput(file, options);
    checkPoints(input.label, input.header);
    const frames: Frame[] = [];
    let first = NaN;
    let last = NaN;
    for await (const frame of input.frames) {
      if (Number.isNaN(first)) first = frame.time;
      last = frame.time;
      if (options.segment && frame.time < options.segment.from) continue;
      if (options.segment && frame.time > options.segment.to) break;
      frames.push(frame);
      if (frame.time - frames[0].time > LONGEST_ACT)
        throw new UserError(
          `${input.label} goes on for more than ${LONGEST_ACT} s, one performance of an act was wanted; cut it with --segment FROM:TO`,
        );
    }
    if (frames.length < 2) throw new UserError(tooFew(input.label, frames.length, { first, last }, options.segment));
    warnings.push(...troubles(input.report));
    demos.push({ header: input.header, frames, ...(frames[0].who === undefined ? {} : { who: frames[0].who }) });
  }
  await teach(
    [{ name: name.trim(), demos }],
    warnings,
    files.length === 1 ? basename(files[0]) : `the ${files.length} files`,
    options,
  );
}

export async function learnWholeSet(path: string, options: LearnSetOptions): Promise<void> {
  const { set: told, dataPath } = await openSetFile(path);
  const label = basename(path);
  const set = completed(told, label, options);
  const chosen = choose(set, label, options);
  const lessons = new Map<string, Demo[]>();
  const bar = progress(`reading ${label}`, "recordings");
  for (const [n, index] of chosen.entries()) {
    const { header, frames } = await readItem(set, dataPath, index, options.person);
    for (const { name, from, to } of performances(set, index)) {
      const part = frames.slice(from, to + 1);
      if (part.length < 2) continue;
      const { subj } = set.items[index];
      const demos = lessons.get(name) ?? [];
      demos.push({ header, frames: part, ...(subj === undefined ? {} : { who: String(subj) }) });
      lessons.set(name, demos);
    }
    bar.update(n + 1, (n + 1) / chosen.length);
  }
  bar.end();
  if (lessons.size === 0) throw new UserError(`${label} holds no performance of at least two frames`);
  const warnings = set.rateKnown ? [] : [`${label} names no rate: frames are counted at ${set.rate} a second`];
  await teach(
    [...lessons].map(([name, demos]) => ({ name, demos })),
    warnings,
    label,
    options,
  );
}

/** Items that are wanted. @throws UserError when nobody is called so, or nothing is left */
function choose(set: RecordingSet, label: string, { exceptSubj, onlySplit }: LearnSetOptions): number[] {
  const { items } = set;
  const subjects = [...new Set(items.flatMap(({ subj }) => (subj === undefined ? [] : [String(subj)])))];
  const splits = [...new Set(items.flatMap(({ split }) => (split === undefined ? [] : [split])))];
  if (exceptSubj !== undefined && !subjects.includes(exceptSubj))
    throw new UserError(
      subjects.length === 0
        ? `--except-subj ${exceptSubj} came, but ${label} does not say who performs`
        : `--except-subj ${exceptSubj} came, ${label} has ${subjects.slice(0, 30).join(", ")}${didYouMean(exceptSubj, subjects)}`,
    );
  if (onlySplit !== undefined && !splits.includes(onlySplit))
    throw new UserError(
      splits.length === 0
        ? `--only-split ${onlySplit} came, but ${label} has no splits; leave it out`
        : `--only-split ${onlySplit} came, ${label} has ${splits.join(", ")}`,
    );
  const chosen = items
    .filter(
      ({ subj, split }) =>
        (exceptSubj === undefined || String(subj) !== exceptSubj) && (onlySplit === undefined || split === onlySplit),
    )
    .map(({ index }) => index);
  if (chosen.length === 0) throw new UserError(`nothing of ${label} is left to learn from; leave fewer out`);
  return chosen;
}

/** The performances in an item: the whole of it, its labelled segments, or its runs of equal labels. Rows, ends included. */
function performances(set: RecordingSet, index: number): { name: string; from: number; to: number }[] {
  const { y, segments, phase, frames } = set.items[index];
  const nameOf = (label: number): string => set.classes[label] ?? `class ${label}`;
  if (set.task === "streams" && segments !== undefined)
    return segments.map(([from, to, label]) => ({ name: nameOf(label), from, to }));
  if (set.task === "phases" && phase !== undefined) {
    const starts = [...phase.keys()].filter((t) => t === 0 || phase[t] !== phase[t - 1]);
    return starts.map((from, k) => ({ name: nameOf(phase[from]), from, to: (starts[k + 1] ?? frames) - 1 }));
  }
  return y === undefined ? [] : [{ name: nameOf(y), from: 0, to: frames - 1 }];
}

async function teach(
  lessons: readonly Taught[],
  warnings: string[],
  label: string,
  options: Pick<LearnOptions, "repertoire" | "json" | "mirror">,
): Promise<void> {
  const known = await readRepertoire(options.repertoire, "may be new");
  const header: RecordingHeader = lessons[0].demos[0].header;
  const bar = progress("learning", "performances");
  let learned: Lesson[];
  let mind;
  try {
    mind = createMind({
      ...(header.rate !== undefined && header.rate <= 1000 ? { rate: header.rate } : {}),
      ...(known === undefined ? { body: bodyOf(header, { mirror: options.mirror }) } : { repertoire: known }),
    });
    learned = learnSet(
      mind,
      lessons,
      (done, total) => {
        bar.update(done, done / total);
        if (done === total && total > 1) bar.note(`practising what ${total} performances showed ...`);
      },
      { mirror: options.mirror },
    );
  } catch (error) {
    throw about(label, error);
  } finally {
    bar.end();
  }
  await writeRepertoire(options.repertoire, mind.repertoire);
  const file = options.repertoire ?? DEFAULT_REPERTOIRE;
  if (options.json) await print(JSON.stringify({ repertoire: file, learned }));
  else for (const lesson of learned) await print(sentence(lesson, file));
  warn([...warnings, ...learned.flatMap((lesson) => lesson.warnings)]);
}

function sentence({ name, demonstrations, variants }: Lesson, file: string): string {
  const seen = demonstrations === 1 ? "one example" : `${demonstrations} examples`;
  const ways = variants > 1 ? `, done in ${variants} ways` : "";
  return `I know "${name}" now, from ${seen}${ways}; kept in ${file}`;
}

/** One point alone has no length to measure it by; its coordinates as channels keep their own units. */
function checkPoints(label: string, { skeleton }: RecordingHeader): void {
  if (typeof skeleton !== "object" || skeleton.joints.length > 1) return;
  throw new UserError(
    `${label} follows only one point, "${skeleton.joints[0]}", two at least were wanted; read its columns as channels instead, such as --columns time=t,x,y`,
  );
}

function tooFew(
  label: string,
  frames: number,
  { first, last }: { first: number; last: number },
  segment: Segment | undefined,
): string {
  if (segment === undefined || Number.isNaN(first))
    return `${label} has ${frames} frame${frames === 1 ? "" : "s"}, an act needs at least 2`;
  const span = `${first.toFixed(2)} to ${last.toFixed(2)} s`;
  return `--segment ${segment.from}:${segment.to} holds ${frames} of the frames of ${label}, at least 2 were wanted; it runs from ${span}`;
}
