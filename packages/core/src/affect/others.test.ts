import { expect, test } from "vitest";
import { createNoise, nextGaussian } from "./noise.ts";
import { PRIOR_VARIANCE, TAU_OTHER, confidenceOf, createEstimate, stepEstimate } from "./others.ts";

const HAPPY = { valence: 0.6, arousal: 0.2 };

test("what is looked at long is known, what is not fades with the time feelings take to change", () => {
  const estimate = createEstimate();
  expect(confidenceOf(estimate)).toBe(0);
  for (let t = 0; t < 90; t++) stepEstimate(estimate, HAPPY, 12, 1 / 30);
  expect(estimate.valence).toBeGreaterThan(0.5);
  expect(estimate.valence).toBeLessThan(0.6);
  expect(confidenceOf(estimate)).toBeGreaterThan(0.75);
  const { valence } = estimate;
  stepEstimate(estimate, undefined, 0, TAU_OTHER);
  expect(estimate.valence).toBeCloseTo(valence / Math.E, 10);
  stepEstimate(estimate, undefined, 0, 100);
  expect(estimate.variance).toBeCloseTo(PRIOR_VARIANCE, 6);
});

test("a faster camera does not see more: a second of looks tells the same at 10, 30 and 60 frames a second", () => {
  const [slow, usual, fast] = [10, 30, 60].map((rate) => {
    const estimate = createEstimate();
    for (let i = 0; i < rate; i++) stepEstimate(estimate, HAPPY, 8, 1 / rate);
    return estimate;
  });
  for (const other of [slow, fast]) {
    expect(other.valence).toBeCloseTo(usual.valence, 1);
    expect(other.variance).toBeCloseTo(usual.variance, 2);
  }
});

test("looks that are no looks leave the estimate to fade, and only that", () => {
  const looks = [
    [{ valence: NaN, arousal: 0 }, 12],
    [{ valence: 0.5, arousal: Infinity }, 12],
    [{ valence: 3, arousal: 0 }, 12],
    [HAPPY, NaN],
    [HAPPY, 0],
    [HAPPY, -1],
    [HAPPY, Infinity],
  ] as const;
  for (const [look, precision] of looks) {
    const blind = createEstimate(),
      fed = createEstimate();
    for (const each of [blind, fed]) for (let t = 0; t < 30; t++) stepEstimate(each, HAPPY, 12, 0.1);
    stepEstimate(blind, undefined, 0, 0.1);
    stepEstimate(fed, look, precision, 0.1);
    expect(fed).toEqual(blind);
  }
});

test("the variance is honest: the squared error over many people is what it says", () => {
  const noise = createNoise(1, "people");
  let error = 0,
    said = 0;
  const people = 3000,
    dt = 0.25;
  for (let i = 0; i < people; i++) {
    const estimate = createEstimate();
    let truth = 0.5 * nextGaussian(noise);
    for (let t = 0; t < 20; t++) {
      const keep = Math.exp(-dt / TAU_OTHER);
      truth = truth * keep + 0.5 * Math.sqrt(1 - keep * keep) * nextGaussian(noise);
      const valence = truth + nextGaussian(noise) / Math.sqrt(8);
      // Looks beyond the scale, few, are no looks.
      stepEstimate(estimate, { valence, arousal: 0 }, 8, dt);
    }
    if (Math.abs(truth) > 0.7) continue;
    error += (estimate.valence - truth) ** 2;
    said += estimate.variance;
  }
  expect(error / said).toBeGreaterThan(0.85);
  expect(error / said).toBeLessThan(1.15);
});
