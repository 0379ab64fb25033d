// The last check every frame passes, whatever format it came from: time runs forward, the rate holds,
// and there is something to see. Works per person, since two people share the same instants.

import type { Frame } from "@attune/core";
import { FormatError } from "./errors.ts";
import type { Reporter } from "./report.ts";

export interface Gate {
  /** True when the frame is to be delivered; it is then counted. */
  pass(frame: Frame): boolean;
  /** @throws FormatError when nothing could be read, or nothing but missing values */
  end(): void;
}

// A change of rate must hold for most of this many intervals: single lost frames are not a new rate.
const WINDOW = 15;
// Cameras wander by some per cent; 25 and 30 frames a second must count as different.
const TOLERANCE = 0.15;
// A tracker that numbers everybody anew stays far below; damaged data must not fill the memory.
const MAX_PERSONS = 100_000;

interface Track {
  last: number;
  /** Times of the last WINDOW + 1 frames, in a ring. */
  times: Float64Array;
  count: number;
  /** Usual seconds between frames; NaN until known. */
  gap: number;
}

/** @param rate nominal frames a second, from the header */
export function createGate(reporter: Reporter, rate?: number): Gate {
  const { report } = reporter;
  const tracks = new Map<string | undefined, Track>();
  let seen = false;
  let rateChanged = false;

  const pass = (frame: Frame): boolean => {
    let track = tracks.get(frame.who);
    if (track === undefined) {
      if (tracks.size >= MAX_PERSONS)
        throw new FormatError(`more than ${MAX_PERSONS} different "who" came: is the column or field a person's name?`);
      track = { last: -Infinity, times: new Float64Array(WINDOW + 1), count: 0, gap: rate ? 1 / rate : NaN };
      tracks.set(frame.who, track);
    }
    if (!(frame.time > track.last)) {
      const message = `time goes from ${track.last} s to ${frame.time} s: frames not later than the one before are left out`;
      reporter.drop("times not increasing", message);
      return false;
    }
    track.last = frame.time;
    track.times[track.count++ % (WINDOW + 1)] = frame.time;
    if (!rateChanged && track.count > WINDOW) rateChanged = checkRate(track, reporter);
    seen ||= !isMissing(frame);
    report.frames++;
    return true;
  };

  const end = () => {
    if (report.frames === 0) {
      const bad = (report.dropped["bad rows"] ?? 0) + (report.dropped["times not increasing"] ?? 0);
      if (bad > 0) throw new FormatError(`no frame could be read: ${bad} rows came, ${report.warnings.join("; ")}`);
      reporter.warn("no frames", "the file has no frames");
    } else if (!seen) {
      const came = `nothing but missing values came in ${report.frames} frames`;
      throw new FormatError(`${came}: at least one number was wanted; check the columns or the tracker`);
    }
  };
  return { pass, end };
}

/** Whether every number of the frame is NaN and nothing else is told. */
export function isMissing(frame: Frame): boolean {
  if (frame.voice || frame.sounds?.length || frame.words?.length || frame.objects?.length) return false;
  const { body, face, gaze, head, channels } = frame;
  return ![body, face, gaze, head, channels].some((values) => values?.some((v) => !Number.isNaN(v)));
}

/** Warns when the median interval of the window has left the usual one; true once it has. */
function checkRate(track: Track, reporter: Reporter): boolean {
  const n = WINDOW + 1;
  const newest = track.times[(track.count - 1) % n];
  const newestGap = newest - track.times[(track.count - 2) % n];
  if (Math.abs(newestGap - track.gap) <= TOLERANCE * track.gap) return false;
  const gaps: number[] = [];
  for (let k = 1; k < n; k++) gaps.push(track.times[(track.count - k) % n] - track.times[(track.count - k - 1) % n]);
  const median = gaps.toSorted((a, b) => a - b)[WINDOW >> 1];
  if (Number.isNaN(track.gap)) {
    track.gap = median;
    if (median > 5) {
      const message = `frames come ${median} s apart: if these are milliseconds or frame numbers, say so (time unit)`;
      reporter.warn("slow", message);
    }
    return false;
  }
  if (Math.abs(median - track.gap) <= TOLERANCE * track.gap) return false;
  // The change lies where the unbroken run of new intervals, counted from the newest, begins.
  let run = 0;
  while (run < WINDOW && Math.abs(gaps[run] - median) < Math.abs(gaps[run] - track.gap)) run++;
  const at = track.times[(track.count - 1 - run) % n];
  const from = `${round(1 / track.gap)} to ${round(1 / median)} frames a second`;
  reporter.warn("rate", `the rate changes from ${from} at ${round(at)} s: frames keep their own times`);
  return true;
}

function round(x: number): number {
  return Number(x.toPrecision(4));
}
