// What is no person: points leave the trace of their last second, with the expected way on in dots; other channels are
// lines over the last seconds.

import type { Expectation } from "@attune/core";
import { canvasLines, createCanvas, dot, line, type Canvas } from "./canvas.ts";
import type { Coordinates, FigureSize } from "./figure.ts";
import { fit } from "./text.ts";

export interface Past {
  readonly time: number;
  readonly seen: Coordinates;
}

/** s of the past a trace shows, and s a sparkline does. */
const TRACE = 1;
export const SPARK = 4;

/** Pairs of coordinates that are a place: [index of x, index of y]. Empty where the names tell of none. */
export function planes(names: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [i, name] of names.entries()) {
    const match = /^(.*?)(x)$/i.exec(name);
    if (!match) continue;
    const y = names.indexOf(match[1] + (match[2] === "x" ? "y" : "Y"));
    if (y >= 0) found.push([i, y]);
  }
  return found;
}

/** Places over the last second, and where they are expected to go. Drawn to the extent of the whole past given. */
export function trace(
  names: readonly string[],
  past: readonly Past[],
  next: Expectation | undefined,
  { columns, rows }: FigureSize,
): string[] {
  const canvas = createCanvas(columns, rows);
  const pairs = planes(names);
  const now = past.at(-1);
  if (now === undefined) return canvasLines(canvas);
  const place = framing(pairs, past, canvas);
  for (const [i, j] of pairs) {
    let before: [number, number] | undefined;
    for (const { time, seen } of past) {
      if (time < now.time - TRACE) continue;
      const here = place(seen[i], seen[j]);
      if (here && before) line(canvas, ...before, ...here);
      else if (here) dot(canvas, ...here);
      before = here;
    }
    if (!before) continue;
    for (const [dx, dy] of [
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
    ] as const)
      dot(canvas, before[0] + dx, before[1] + dy);
    for (const mean of next?.mean ?? []) {
      const there = place(mean[i], mean[j]);
      if (there) line(canvas, ...before, ...there, 0.4);
      before = there ?? before;
    }
  }
  return canvasLines(canvas);
}

type Place = (x: number | null | undefined, y: number | null | undefined) => [number, number] | undefined;

function framing(pairs: readonly [number, number][], past: readonly Past[], canvas: Canvas): Place {
  let left = Infinity,
    right = -Infinity,
    low = Infinity,
    high = -Infinity;
  for (const { seen } of past)
    for (const [i, j] of pairs) {
      const x = seen[i];
      const y = seen[j];
      if (x == null || y == null) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  const width = 2 * canvas.columns - 1;
  const height = 4 * canvas.rows - 1;
  // Room for what is expected beyond what was; one scale for both axes, so that circles stay circles.
  const scale = 0.8 * Math.min(width / Math.max(right - left, 1e-9), height / Math.max(high - low, 1e-9));
  return (x, y) =>
    x == null || y == null
      ? undefined
      : [width / 2 + scale * (x - (left + right) / 2), height / 2 - scale * (y - (low + high) / 2)];
}

/** One line a channel: its name, its course over the last seconds, and (after the bar) where it is expected to go. */
export function sparklines(
  names: readonly string[],
  past: readonly Past[],
  next: Expectation | undefined,
  { columns, rows }: FigureSize,
): string[] {
  const label = Math.min(14, Math.max(4, ...names.slice(0, rows).map((name) => name.length)));
  const ahead = next?.ahead.length ?? 0;
  const room = Math.max(4, columns - label - 1 - (ahead > 0 ? ahead + 1 : 0));
  const end = past.at(-1)?.time ?? 0;
  return names.slice(0, rows).map((name, s) => {
    const values = past.map(({ seen }) => seen[s]).filter((v): v is number => v !== null);
    const low = Math.min(...values);
    const high = Math.max(...values);
    // A channel that stays put is a line in the middle.
    const cell = (v: number | null | undefined): string =>
      v == null
        ? " "
        : "▁▂▃▄▅▆▇█"[Math.min(7, Math.max(0, high > low ? Math.floor(((v - low) / (high - low)) * 8) : 3))];
    let course = "";
    for (let c = 0; c < room; c++) {
      const time = end - SPARK * (1 - (c + 1) / room);
      const here = past.findLast((p) => p.time <= time + 1e-9);
      course += here === undefined || here.time < time - 0.5 ? " " : cell(here.seen[s]);
    }
    const on = next === undefined ? "" : `│${next.mean.map((mean) => cell(mean[s])).join("")}`;
    return fit(`${fit(name, label)} ${course}${on}`, columns);
  });
}
