import { expect, test } from "vitest";
import { bestThreshold, decide, harmonic } from "./early.ts";

/** Wrong until `turn`, right after; surer and surer. */
const trace = (rows: number, turn: number, top = 1) => ({
  truth: 1,
  guesses: Int32Array.from({ length: rows }, (_, t) => Number(t >= turn)),
  stated: Float64Array.from({ length: rows }, (_, t) => (top * (t + 1)) / rows),
});

test("the first row that is sure enough decides, never the very first, and the last where none is", () => {
  expect(decide(trace(10, 4), 0.55)).toEqual({ right: true, share: 0.6 });
  expect(decide(trace(10, 8), 0.55)).toEqual({ right: false, share: 0.6 });
  expect(decide(trace(10, 0), 0.05)).toEqual({ right: true, share: 0.2 });
  expect(decide(trace(10, 9, 0.5), 0.9)).toEqual({ right: true, share: 1 });
});

test("the threshold waits as long as being right is worth, and no longer", () => {
  const traces = [trace(100, 59), trace(100, 59), trace(100, 55)];
  // Right from .60 on; to answer later only costs.
  expect(bestThreshold(traces)).toBeCloseTo(0.6, 9);
});

test("the harmonic mean of nothing is nothing", () => {
  expect(harmonic(0, 0)).toBe(0);
  expect(harmonic(0.5, 1)).toBeCloseTo(2 / 3, 12);
});
