// Frames at their own times -> a steady rate, for formats that store no times.

import type { Frame } from "@attune/core";
import { FormatError } from "./errors.ts";
import type { Reporter } from "./report.ts";

// Times a little off the grid (rounded to milliseconds) are taken as on it.
const SLACK = 0.25;

/**
 * Bodies at a steady rate, the first at the first frame's time. Times that are even already give the
 * bodies as they are; others are interpolated linearly between neighbours, with one warning.
 *
 * @param frames at least one, times increasing
 * @param rate frames a second; default: one over the median interval
 */
export function resampleBodies(
  frames: readonly Frame[],
  rate: number | undefined,
  reporter: Reporter,
): { bodies: (Float32Array | undefined)[]; rate: number } {
  const start = frames[0].time;
  const steady = rate ?? usualRate(frames);
  if (frames.every((frame, i) => Math.abs((frame.time - start) * steady - i) <= SLACK))
    return { bodies: frames.map((frame) => frame.body), rate: steady };

  const count = Math.floor((frames[frames.length - 1].time - start) * steady + SLACK) + 1;
  if (count > 10 * frames.length + 1000) {
    const came = `${frames.length} frames over ${frames[frames.length - 1].time - start} s came`;
    throw new FormatError(
      `${came}, too few for ${steady} a second: cut the recording at its gaps or give its true rate`,
    );
  }
  reporter.warn(
    "resampled",
    `times are not even: positions are interpolated to ${Number(steady.toPrecision(6))} a second`,
  );
  const bodies: (Float32Array | undefined)[] = [];
  for (let i = 0, next = 0; i < count; i++) {
    const time = start + i / steady;
    while (next < frames.length - 1 && frames[next].time < time) next++;
    const after = frames[next];
    const before = frames[Math.max(0, next - 1)];
    const span = after.time - before.time;
    const share = span > 0 ? Math.min(1, Math.max(0, (time - before.time) / span)) : 1;
    bodies.push(between(before.body, after.body, share));
  }
  return { bodies, rate: steady };
}

function usualRate(frames: readonly Frame[]): number {
  const gaps = frames.slice(1).map((frame, i) => frame.time - frames[i].time);
  // One frame has no interval; any rate shows it.
  return gaps.length === 0 ? 30 : 1 / gaps.toSorted((a, b) => a - b)[gaps.length >> 1];
}

function between(a: Float32Array | undefined, b: Float32Array | undefined, share: number): Float32Array | undefined {
  if (share === 0) return a;
  if (share === 1) return b;
  // A joint missing on either side stays missing.
  return a && b ? a.map((v, k) => v + share * (b[k] - v)) : undefined;
}
