import { createRng } from "@attune/core";
import { expect, test } from "vitest";
import { along, minimumJerk, passage } from "./index.ts";

const h = 1e-3;
const slope = (f: (t: number) => number, t: number): number => (f(t + h) - f(t - h)) / (2 * h);
const bend = (f: (t: number) => number, t: number): number => (f(t + h) - 2 * f(t) + f(t - h)) / (h * h);

test("minimum jerk stands still at both ends, without acceleration, and peaks at 15/8 of the mean speed half-way", () => {
  expect([0, 0.5, 1].map(minimumJerk)).toEqual([0, 0.5, 1]);
  for (const end of [0, 1]) {
    expect(slope(minimumJerk, end)).toBeCloseTo(0, 4);
    expect(bend(minimumJerk, end)).toBeCloseTo(0, 1);
  }
  expect(slope(minimumJerk, 0.5)).toBeCloseTo(15 / 8, 4);
  const speeds = Array.from({ length: 99 }, (_, k) => slope(minimumJerk, (k + 1) / 100));
  for (let k = 1; k < 99; k++) expect(Math.sign(speeds[k] - speeds[k - 1])).toBe(k < 50 ? 1 : -1);
  for (let k = 0; k < 99; k++) expect(speeds[k]).toBeCloseTo(speeds[98 - k], 6);
});

test("a passage between two stops is the minimum-jerk movement in every coordinate", () => {
  const way = passage(
    [1, 3],
    [
      [0, 5],
      [2, 1],
    ],
  );
  const at = [0, 0];
  for (let t = 1; t <= 3; t += 0.1) {
    along(way, t, at);
    expect(at[0]).toBeCloseTo(2 * minimumJerk((t - 1) / 2), 10);
    expect(at[1]).toBeCloseTo(5 - 4 * minimumJerk((t - 1) / 2), 10);
  }
  along(way, 0, at);
  expect(at).toEqual([0, 5]);
  along(way, 9, at);
  expect(at).toEqual([2, 1]);
});

test("past a point half-way and half-time it is the polynomial of Flash and Hogan's appendix", () => {
  // One quintic and (t - t1)^5 at the via-point; by symmetry, from 0 through 1 back to 0, x is even about the middle.
  const way = passage([0, 1, 2], [[0], [1], [0]]);
  const at = [0],
    f = (t: number): number => (along(way, t, at), at[0]);
  expect(f(1)).toBeCloseTo(1, 12);
  expect(slope(f, 1)).toBeCloseTo(0, 6);
  for (const t of [0.2, 0.5, 0.9]) expect(f(t)).toBeCloseTo(f(2 - t), 10);
  // With v1 = 0 the fourth derivative is continuous of itself and the third must vanish: 60 + 9 a1 = 0.
  expect(way.pushes[1][0]).toBeCloseTo(-60 / 9, 10);
});

test("no other way past the same points at the same times jerks less", () => {
  const rng = createRng(1, "jerk");
  const times = [0, 0.7, 1.2, 2];
  const way = passage(times, [[0], [0.4], [-0.3], [1]]);
  const steps = 4000,
    dt = 2 / steps,
    at = [0];
  const f = (t: number): number => (along(way, t, at), at[0]);
  const jerk = (g: (t: number) => number): number => {
    let sum = 0;
    for (let k = 2; k < steps - 1; k++) {
      const t = k * dt;
      sum += ((g(t + 2 * dt) - 3 * g(t + dt) + 3 * g(t) - g(t - dt)) / dt ** 3) ** 2 * dt;
    }
    return sum;
  };
  const least = jerk(f);
  for (let trial = 0; trial < 5; trial++) {
    const [a, b] = [rng() - 0.5, rng() - 0.5];
    // Nothing at the points, and no speed or acceleration at the ends.
    const other = (t: number): number => f(t) + 0.5 * (t * (2 - t)) ** 3 * (t - 0.7) * (t - 1.2) * (a + b * t);
    expect(jerk(other)).toBeGreaterThan(least);
  }
});
