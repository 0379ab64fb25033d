import { expect, test } from "vitest";
import { FIT_SAMPLES } from "./basis.ts";
import { resample, retime } from "./demonstration.ts";

const N = FIT_SAMPLES;

test("resampling is linear interpolation in time, whatever the sampling", () => {
  const times = [1, 1.1, 1.7, 2.4, 3];
  const line = (t: number): number => 4 - 2 * t;
  const { values, known, duration } = resample({ times, values: times.flatMap((t) => [line(t), t]) }, 2);
  expect(duration).toBeCloseTo(2, 12);
  expect([...known]).toEqual([1, 1]);
  for (let k = 0; k < N; k++) {
    const t = 1 + (2 * k) / (N - 1);
    expect(values[k]).toBeCloseTo(line(t), 10);
    expect(values[N + k]).toBeCloseTo(t, 10);
  }
});

test("gaps are bridged by lines, ends hold what was seen nearest, unseen dimensions are not known", () => {
  const nan = NaN;
  const values = [nan, nan, 2, nan, nan, nan, 6, nan, nan, nan];
  const out = resample({ times: [0, 1, 2, 3, 4], values }, 2);
  expect([...out.known]).toEqual([1, 0]);
  // Dimension 0 was seen at 1 s (2) and 3 s (6).
  const at = (t: number): number => out.values[Math.round((t / 4) * (N - 1))];
  expect(at(0)).toBe(2);
  expect(at(0.9)).toBe(2);
  expect(Math.abs(at(2) - 4)).toBeLessThan(0.03);
  expect(at(4)).toBe(6);
  expect([...out.values.subarray(N)].every((v) => v === 0)).toBe(true);
});

test("what cannot be a demonstration is refused with what came", () => {
  expect(() => resample({ times: [0], values: [1] }, 1)).toThrow(/1 sample.*at least 2/);
  expect(() => resample({ times: [0, 1], values: [1, 2, 3] }, 2)).toThrow(/3 values for 2 samples, expected 2 x 2/);
  expect(() => resample({ times: [0, 1, 1], values: [1, 2, 3] }, 1)).toThrow(/time does not increase at sample 2/);
  expect(() => resample({ times: [0, 1], values: [NaN, NaN] }, 1)).toThrow(/nothing but missing/);
});

test("re-timing undoes a known smooth change of tempo", () => {
  const curve = (z: number): number[] => [Math.sin(3 * z) + z, Math.cos(4 * z)];
  const warp = (u: number): number => u + 0.35 * (Math.sin(2 * Math.PI * u) / (2 * Math.PI));
  const reference = new Float64Array(2 * N),
    warped = new Float64Array(2 * N);
  for (let k = 0; k < N; k++)
    for (let d = 0; d < 2; d++) {
      reference[d * N + k] = curve(k / (N - 1))[d];
      warped[d * N + k] = curve(warp(k / (N - 1)))[d];
    }
  const out = retime(warped, reference, [1, 1]);
  const error = (x: Float64Array): number => Math.max(...x.map((v, i) => Math.abs(v - reference[i])));
  // Nine straight pieces cannot follow the warp entirely: that is their purpose, they do not follow noise either.
  expect(error(warped)).toBeGreaterThan(0.15);
  expect(error(out)).toBeLessThan(0.25 * error(warped));
  // Both ends are pinned.
  for (const k of [0, N - 1, N, 2 * N - 1]) expect(out[k]).toBe(warped[k]);
});

test("re-timing to itself changes next to nothing", () => {
  const y = Float64Array.from({ length: N }, (_, k) => Math.sin((5 * k) / N));
  retime(y, y, [1]).forEach((v, k) => expect(v).toBeCloseTo(y[k], 9));
});

test("a dimension of no weight does not steer the re-timing", () => {
  const y = Float64Array.from({ length: 2 * N }, (_, i) => (i < N ? Math.sin((5 * i) / N) : i % 7));
  const reference = y.slice();
  reference.fill(0, N);
  retime(y, reference, [1, 0]).forEach((v, i) => i < N && expect(v).toBeCloseTo(y[i], 9));
});
