import { expect, test } from "vitest";
import { correctEnds, dtwDistance, rmse, sweptArea } from "./curves.ts";

const N = 101;
const curve = (f: (u: number) => number[]): Float64Array =>
  Float64Array.from(Array.from({ length: N }, (_, k) => f(k / (N - 1))).flat());
const line = curve((u) => [u, 0]);

test("a curve is at no distance from itself", () => {
  for (const measure of [dtwDistance, sweptArea, rmse]) expect(measure(line, line, 2)).toBe(0);
});

test("parallel lines: the distance between them, and the area of the rectangle, in any dimension", () => {
  for (const [a, b] of [
    [line, curve((u) => [u, 0.3])],
    [curve((u) => [u, 0, 0]), curve((u) => [u, 0.18, 0.24])],
  ]) {
    const D = a.length / N;
    expect(dtwDistance(a, b, D)).toBeCloseTo(0.3, 9);
    expect(rmse(a, b, D)).toBeCloseTo(0.3, 9);
    expect(sweptArea(a, b, D)).toBeCloseTo(0.3, 9);
  }
});

test("the same path at another tempo: far at equal time, near after alignment, no area", () => {
  const slow = curve((u) => [u * u, 0]);
  expect(rmse(line, slow, 2)).toBeGreaterThan(0.15);
  expect(dtwDistance(line, slow, 2)).toBeLessThan(0.006);
  expect(sweptArea(line, slow, 2)).toBeCloseTo(0, 9);
});

test("dynamic time warping finds the best of all alignments", () => {
  const a = Float64Array.of(0, 2, 1, 3),
    b = Float64Array.of(0, 1, 3, 3);
  const least = (i: number, j: number): number => {
    const d = Math.abs(a[i] - b[j]);
    if (i === 0 && j === 0) return d;
    return (
      d +
      Math.min(
        ...[
          [i - 1, j],
          [i, j - 1],
          [i - 1, j - 1],
        ].map(([p, q]) => (p < 0 || q < 0 ? Infinity : least(p, q))),
      )
    );
  };
  expect(dtwDistance(a, b, 1)).toBeCloseTo(least(3, 3) / 4, 12);
});

test("correcting the ends meets them and shifts linearly between", () => {
  const out = correctEnds(line, [1, 1], [1, -1]);
  for (let k = 0; k < N; k++) {
    const u = k / (N - 1);
    expect(out[2 * k]).toBeCloseTo(u + (1 - u), 12);
    expect(out[2 * k + 1]).toBeCloseTo(1 - 2 * u, 12);
  }
});
