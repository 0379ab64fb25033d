import { createRng } from "@attune/core";
import { expect, test } from "vitest";
import { type Found, buildStreams, match, overlap } from "./streams.ts";
import type { Labelled } from "./sets.ts";

const found = (label: string, start: number, end: number): Found => ({ label, start, end, time: end });

test("overlap is intersection over union", () => {
  const a = found("a", 0, 2);
  expect(overlap(a, a)).toBe(1);
  expect(overlap(a, found("a", 1, 3))).toBeCloseTo(1 / 3, 12);
  expect(overlap(a, found("a", 2, 3))).toBe(0);
});

test("each true stretch is found once, by the one that overlaps it best, and only under its own name", () => {
  const truth = [
    { label: "a", start: 0, end: 2 },
    { label: "b", start: 3, end: 5 },
  ];
  const said = [found("a", 0, 1.2), found("a", 0, 1.9), found("a", 3, 5), found("b", 3.9, 5)];
  const pairs = match(said, truth);
  expect(pairs.map((p) => [p.found, p.truth])).toEqual([
    [said[1], truth[0]],
    [said[3], truth[1]],
  ]);
});

const header = { format: "attune-recording", version: 1, channels: ["x"], rate: 10 } as const;
const item = (y: number, from: number, to: number): Labelled => ({
  index: y,
  y,
  split: undefined,
  header,
  frames: Array.from({ length: 11 }, (_, t) => ({
    time: t / 10,
    channels: Float32Array.of(from + ((to - from) * t) / 10),
  })),
});

test("a built stream holds every item unchanged, in steady time, with rest that joins them without a leap", () => {
  const items = [item(0, 0, 5), item(1, -3, 1), item(2, 7, 7)];
  const [stream, ...others] = buildStreams(items, 10, createRng(1, "streams"), (y) => ({
    label: `${y}`,
    unknown: y === 1,
  }));
  expect(others).toEqual([]);
  expect(stream.truth.map((s) => s.label).sort()).toEqual(["0", "2"]);
  expect(stream.unknown.map((s) => s.label)).toEqual(["1"]);
  stream.frames.forEach((f, n) => expect(f.time).toBeCloseTo(n / 10, 9));
  for (const { label, start, end } of [...stream.truth, ...stream.unknown]) {
    const shown = stream.frames.filter((f) => f.time >= start - 1e-9 && f.time <= end + 1e-9);
    expect(shown.map((f) => f.channels)).toEqual(items[Number(label)].frames.map((f) => f.channels));
  }
  // Rest of at least a second before, between and after; a minimum-jerk move is never faster than 1.875 times its mean.
  const edges = [...stream.truth, ...stream.unknown].sort((a, b) => a.start - b.start);
  expect(edges[0].start).toBeGreaterThanOrEqual(1);
  edges.slice(1).forEach((s, i) => expect(s.start - edges[i].end).toBeGreaterThanOrEqual(1));
  const steps = stream.frames.slice(1).map((f, i) => Math.abs(f.channels![0] - stream.frames[i].channels![0]));
  expect(Math.max(...steps)).toBeLessThan((1.875 * 10) / (0.5 * 10));
});
