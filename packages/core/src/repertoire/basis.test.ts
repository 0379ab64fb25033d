import fc from "fast-check";
import { expect, test } from "vitest";
import { eigenSymmetric } from "../linalg.ts";
import { BASIS, FIT_SAMPLES, basisAt, basisSlopeAt, fitSpline, smoothness, splineAt, splineSlopeAt } from "./basis.ts";

const PHASE = fc.double({ min: 0, max: 1, noNaN: true });

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i] * b[i];
  return s;
}

test("the basis is a partition of unity with four terms, none negative; its slopes sum to zero", () => {
  const b = new Float64Array(BASIS),
    slope = new Float64Array(BASIS);
  fc.assert(
    fc.property(PHASE, (phase) => {
      basisAt(phase, b);
      basisSlopeAt(phase, slope);
      expect(b.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 12);
      expect(slope.reduce((s, v) => s + v, 0)).toBeCloseTo(0, 10);
      expect(b.every((v) => v >= 0)).toBe(true);
      expect(b.filter((v) => v > 0).length).toBeLessThanOrEqual(4);
    }),
    { seed: 1 },
  );
});

test("the slope is the derivative, and splines are what the basis says", () => {
  const b = new Float64Array(BASIS),
    slope = new Float64Array(BASIS);
  const w = Float64Array.from({ length: BASIS + 3 }, (_, i) => Math.sin(i * i));
  const h = 1e-6;
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (phase) => {
      basisAt(phase, b);
      basisSlopeAt(phase, slope);
      expect(splineAt(w, 3, phase)).toBeCloseTo(dot(b, w.subarray(3)), 12);
      expect(splineSlopeAt(w, 3, phase)).toBeCloseTo(dot(slope, w.subarray(3)), 10);
      const numeric = (splineAt(w, 3, phase + h) - splineAt(w, 3, phase - h)) / (2 * h);
      expect(splineSlopeAt(w, 3, phase)).toBeCloseTo(numeric, 3);
    }),
    { seed: 1 },
  );
});

test("a phase before the start or after the end counts as the end", () => {
  const w = Float64Array.from({ length: BASIS }, (_, i) => i * i);
  expect(splineAt(w, 0, -3)).toBe(splineAt(w, 0, 0));
  expect(splineAt(w, 0, 5)).toBe(splineAt(w, 0, 1));
});

test("fitting reproduces every cubic: cubic splines contain them", () => {
  const y = new Float64Array(FIT_SAMPLES),
    w = new Float64Array(BASIS);
  fc.assert(
    fc.property(fc.tuple(...Array.from({ length: 4 }, () => fc.double({ min: -2, max: 2, noNaN: true }))), (c) => {
      const cubic = (z: number): number => c[0] + z * (c[1] + z * (c[2] + z * c[3]));
      for (let k = 0; k < FIT_SAMPLES; k++) y[k] = cubic(k / (FIT_SAMPLES - 1));
      fitSpline(y, w, 0);
      // The ridge of 1e-6 leaves a trace, most at the ends where a basis function is hardly seen.
      for (let k = 0; k <= 50; k++) expect(Math.abs(splineAt(w, 0, k / 50) - cubic(k / 50))).toBeLessThan(1e-4);
    }),
    { seed: 1, numRuns: 30 },
  );
});

test("the smoothness prior lets a movement lie elsewhere or drift evenly, and hardly wiggle", () => {
  const { values, vectors } = eigenSymmetric(smoothness(), BASIS);
  // Second differences of straight lines are zero, so only the ridge holds the first two directions.
  expect(values[1] / values[0]).toBeCloseTo(1, 6);
  expect(values[1] / values[BASIS - 1]).toBeGreaterThan(1000);
  for (const k of [0, 1])
    for (let i = 1; i < BASIS - 1; i++) {
      const at = k * BASIS + i;
      expect(vectors[at - 1] - 2 * vectors[at] + vectors[at + 1]).toBeCloseTo(0, 5);
    }
});
