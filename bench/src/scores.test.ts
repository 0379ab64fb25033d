import { createRng } from "@attune/core";
import { expect, test } from "vitest";
import { areaUnderRoc, brier, calibrationError, hitRateAt, reliability } from "./scores.ts";

test("the area under the ROC is the share of pairs in the right order, ties half", () => {
  expect(areaUnderRoc([3, 4], [1, 2])).toBe(1);
  expect(areaUnderRoc([1, 2], [3, 4])).toBe(0);
  expect(areaUnderRoc([1, 1], [1, 1])).toBe(0.5);
  const rng = createRng(1, "scores"),
    a = Array.from({ length: 23 }, () => Math.floor(8 * rng())),
    b = Array.from({ length: 31 }, () => Math.floor(6 * rng()));
  let pairs = 0;
  for (const x of a) for (const y of b) pairs += x > y ? 1 : x === y ? 0.5 : 0;
  expect(areaUnderRoc(a, b)).toBeCloseTo(pairs / (23 * 31), 12);
});

test("hits are counted above what one in twenty of the others exceeds", () => {
  const negative = Array.from({ length: 100 }, (_, i) => i);
  expect(hitRateAt([94, 95, 200], negative, 0.05)).toBeCloseTo(2 / 3, 12);
  expect(hitRateAt([-1], negative, 0.05)).toBe(0);
});

test("reliability counts every answer once, in its tenth", () => {
  const answer = (p: number, right: boolean) => ({ truth: right ? 0 : 1, guess: 0, shares: [p, 1 - p] });
  const bins = reliability([answer(0.91, true), answer(0.99, false), answer(1, true), answer(0.55, true)]);
  expect(bins.map(([, , n]) => n)).toEqual([1, 3]);
  expect(bins[0]).toEqual([0.55, 1, 1]);
  expect(bins[1][0]).toBeCloseTo((0.91 + 0.99 + 1) / 3, 12);
  expect(bins[1][1]).toBeCloseTo(2 / 3, 12);
});

test("a forecaster who is right as often as he says has no error above sampling, a boaster has", () => {
  const rng = createRng(2, "scores");
  const forecasts = Array.from({ length: 2000 }, () => {
    const p = 0.5 + 0.5 * rng();
    return { truth: rng() < p ? 0 : 1, guess: 0, shares: [p, 1 - p] };
  });
  expect(calibrationError(forecasts).corrected).toBeLessThan(0.02);
  const boast = forecasts.map((f) => ({ ...f, shares: [0.99, 0.01] }));
  expect(calibrationError(boast).corrected).toBeGreaterThan(0.15);
  expect(brier(boast)).toBeGreaterThan(brier(forecasts));
});
