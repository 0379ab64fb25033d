// Acts in an uncut stream: found, named and bounded, with rest and unknown acts between them. Streams are those of sets
// whose task is `streams`, else built from acts: one person's items in random order, one class in five never taught,
// with a second or two of rest between.

import {
  type Frame,
  type Mind,
  type RecordingHeader,
  type Rng,
  attend,
  bodyOf,
  createMind,
  createRng,
  learnSet,
  step,
} from "@attune/core";
import { itemFrames, setHeader } from "@attune/io";
import { type Labelled, type LoadedSet, atMost, foldsOf, labelled } from "./sets.ts";
import { actName, round } from "./watching.ts";

/** A stretch of one act, s. */
export interface Segment {
  label: string;
  start: number;
  end: number;
}

/** An act the mind said it recognised. */
export interface Found extends Segment {
  /** When it said so. */
  time: number;
}

export interface Stream {
  header: RecordingHeader;
  frames: Frame[];
  truth: Segment[];
  /** Stretches of acts that were not taught. */
  unknown: Segment[];
}

export interface Streams {
  /** Of segments found, matched one to one with true ones of the same act that they overlap by half (intersection over union). */
  f1: number;
  precision: number;
  recall: number;
  /** Recognitions told while nobody did anything, of no act that was done (`matched`), a minute of that. */
  falsePerMinute: number;
  /** From a true start to its recognition, mean of the matched ones, s. */
  delay: number;
  streams: number;
  minutes: number;
}

/** Overlap that counts as found. */
const OVERLAP = 0.5;
/** Every fifth class, from the fourth, is never taught where streams are built. */
const UNKNOWN = 5;
/** Items a built stream holds at most, and s of rest between them. */
const ITEMS = 30;
const REST: readonly [number, number] = [1, 2];

/** People (or folds) whose streams are watched at most, evenly spread. */
const MOST_PARTS = 10;

/** @returns undefined where the set has nothing to build streams from */
export function measureStreams(loaded: LoadedSet, log: (line: string) => void): Streams | undefined {
  const parts = atMost(loaded.set.task === "streams" ? recordedParts(loaded) : builtParts(loaded), MOST_PARTS);
  if (parts.length === 0) return undefined;
  const total = { matched: 0, found: 0, truth: 0, false: 0, rest: 0, delay: 0, streams: 0, seconds: 0 };
  for (const { name, lessons, streams } of parts) {
    log(`${loaded.set.name}: ${name}, ${streams.length} stream(s)`);
    const mind = createMind({ body: bodyOf(streams[0].header), rate: loaded.set.rate });
    learnSet(mind, lessons);
    for (const stream of streams) {
      const found = watchStream(mind, stream);
      const matched = match(found, stream.truth);
      total.streams++;
      total.matched += matched.length;
      total.found += found.length;
      total.truth += stream.truth.length;
      for (const { found: f, truth } of matched) total.delay += f.time - truth.start;
      const acts = [...stream.truth, ...stream.unknown];
      const span = stream.frames[stream.frames.length - 1].time - stream.frames[0].time;
      total.seconds += span;
      total.rest += span - acts.reduce((s, a) => s + a.end - a.start, 0);
      const real = new Set(matched.map((m) => m.found));
      total.false += found.filter(
        (f) => !real.has(f) && !acts.some((a) => f.time >= a.start && f.time <= a.end),
      ).length;
    }
  }
  const precision = total.matched / Math.max(1, total.found),
    recall = total.matched / Math.max(1, total.truth);
  return {
    f1: round((2 * precision * recall) / Math.max(1e-9, precision + recall), 4),
    precision: round(precision, 4),
    recall: round(recall, 4),
    falsePerMinute: round((60 * total.false) / Math.max(1, total.rest), 3),
    delay: round(total.delay / Math.max(1, total.matched), 3),
    streams: total.streams,
    minutes: round(total.seconds / 60, 1),
  };
}

/** What the mind recognises in a stream. */
export function watchStream(mind: Mind, { header, frames }: Stream): Found[] {
  attend(mind, header);
  const open = new Map<string, Found>(),
    out: Found[] = [];
  for (const frame of frames) {
    step(mind, frame);
    for (const { kind, act, time, since, until } of mind.events.last) {
      if (act === undefined) continue;
      if (kind === "recognised") open.set(act, { label: act, start: since, end: time, time });
      const found = open.get(act);
      if (kind !== "end" || !found) continue;
      // Dated afterwards: when it began is known better at its end than when it was recognised.
      out.push({ ...found, start: since, end: until ?? time });
      open.delete(act);
    }
  }
  for (const found of open.values()) out.push({ ...found, end: mind.time });
  return out;
}

/** One to one, best overlaps first. */
export function match(found: readonly Found[], truth: readonly Segment[]): { found: Found; truth: Segment }[] {
  const pairs = found
    .flatMap((f) => truth.map((t) => ({ found: f, truth: t, overlap: f.label === t.label ? overlap(f, t) : 0 })))
    .filter((p) => p.overlap >= OVERLAP)
    .sort((a, b) => b.overlap - a.overlap);
  const taken = new Set<Segment>();
  return pairs.filter((p) => {
    if (taken.has(p.found) || taken.has(p.truth)) return false;
    taken.add(p.found).add(p.truth);
    return true;
  });
}

/** Intersection over union of two stretches of time. */
export function overlap(a: Segment, b: Segment): number {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return both > 0 ? both / (Math.max(a.end, b.end) - Math.min(a.start, b.start)) : 0;
}

interface Part {
  name: string;
  lessons: { name: string; demos: { header: RecordingHeader; frames: readonly Frame[]; who?: string }[] }[];
  streams: Stream[];
}

/** Uncut recordings: acts learned from the segments of other people's, or of other recordings where nobody is named. */
function recordedParts({ set, floats }: LoadedSet): Part[] {
  const header = setHeader(set);
  const recordings = set.items.map((item) => ({
    who: item.subj === undefined ? `recording ${item.index}` : String(item.subj),
    segments: item.segments ?? [],
    frames: itemFrames(set, floats.slice(item.offset, item.offset + item.frames * set.dims), item),
  }));
  const labelOf = (y: number): string => actName(set.classes[y], y);
  return [...new Set(recordings.map((r) => r.who))].flatMap((who) => {
    const lessons = set.classes
      .map((_, y) => ({
        name: labelOf(y),
        demos: recordings
          .filter((r) => r.who !== who)
          .flatMap((r) =>
            r.segments
              .filter(([from, to, label]) => label === y && to > from)
              .map(([from, to]) => ({ header, frames: r.frames.slice(from, to + 1), who: r.who })),
          ),
      }))
      .filter(({ demos }) => demos.length > 0);
    if (lessons.length === 0) return [];
    const streams = recordings
      .filter((r) => r.who === who)
      .map(({ frames, segments }) => ({
        header,
        frames,
        truth: segments.map(([from, to, y]) => ({
          label: labelOf(y),
          start: frames[from].time,
          end: frames[Math.min(to, frames.length - 1)].time,
        })),
        unknown: [],
      }));
    return [{ name: `person ${who}`, lessons, streams }];
  });
}

/** Streams of one person's (or fold's) items, acts learned from the others'. */
function builtParts(loaded: LoadedSet): Part[] {
  const { set } = loaded;
  const items = labelled(loaded);
  if (set.classes.length < 2) return [];
  const people = [...new Set(items.map((i) => i.who))];
  const folds =
    people.length >= 2 && !people.includes(undefined)
      ? people.map((who) => ({
          name: `person ${who}`,
          train: items.filter((i) => i.who !== who),
          test: items.filter((i) => i.who === who),
        }))
      : foldsOf(items).folds;
  const isUnknown = (y: number): boolean => set.classes.length >= UNKNOWN && y % UNKNOWN === UNKNOWN - 1;
  return folds.map((fold) => ({
    name: fold.name,
    lessons: set.classes
      .map((name, y) => ({ name: actName(name, y), demos: isUnknown(y) ? [] : fold.train.filter((i) => i.y === y) }))
      .filter(({ demos }) => demos.length > 0),
    streams: buildStreams(fold.test, set.rate, createRng(1, `bench/streams/${set.name}/${fold.name}`), (y) => ({
      label: actName(set.classes[y], y),
      unknown: isUnknown(y),
    })),
  }));
}

/** Items in random order, ITEMS a stream, with rest before, between and after. */
export function buildStreams(
  items: readonly Labelled[],
  rate: number,
  rng: Rng,
  classOf: (y: number) => { label: string; unknown: boolean },
): Stream[] {
  const order = items.map((item) => ({ item, key: rng() })).sort((a, b) => a.key - b.key);
  const out: Stream[] = [];
  for (let at = 0; at < order.length; at += ITEMS) {
    const chosen = order.slice(at, at + ITEMS).map(({ item }) => item);
    const stream: Stream = { header: chosen[0].header, frames: [], truth: [], unknown: [] };
    let time = 0;
    chosen.forEach((item, i) => {
      time = rest(stream.frames, stream.frames.at(-1), item.frames[0], time, rng, rate);
      const { label, unknown } = classOf(item.y);
      const start = time,
        zero = item.frames[0].time;
      for (const frame of item.frames) stream.frames.push({ ...frame, time: start + frame.time - zero });
      const end = stream.frames[stream.frames.length - 1].time;
      (unknown ? stream.unknown : stream.truth).push({ label, start, end });
      time = end + 1 / rate;
      if (i === chosen.length - 1) rest(stream.frames, stream.frames.at(-1), undefined, time, rng, rate);
    });
    out.push(stream);
  }
  return out;
}

/**
 * Standing still between two postures: the first is held, the way to the second goes along a minimum-jerk blend in the middle.
 *
 * @returns the time of the frame after it
 */
function rest(
  frames: Frame[],
  before: Frame | undefined,
  after: Frame | undefined,
  time: number,
  rng: Rng,
  rate: number,
): number {
  const n = Math.round(rate * (REST[0] + (REST[1] - REST[0]) * rng()));
  const from = before ?? after,
    to = after ?? before;
  if (!from || !to) return time;
  for (let k = 0; k < n; k++) {
    const u = Math.min(1, Math.max(0, (k / n - 0.25) / 0.5)),
      s = u * u * u * (10 - 15 * u + 6 * u * u);
    frames.push({ ...between(from, to, s), time: time + k / rate });
  }
  return time + n / rate;
}

function between(a: Frame, b: Frame, s: number): Omit<Frame, "time"> {
  const mix = (x: Float32Array | undefined, y: Float32Array | undefined): Float32Array | undefined =>
    x && y ? x.map((v, i) => v + s * (y[i] - v)) : undefined;
  const body = mix(a.body, b.body),
    channels = mix(a.channels, b.channels);
  return { ...(body ? { body } : {}), ...(channels ? { channels } : {}) };
}
