import { createRng, MOTOR, SEEN, forward, wristAt } from "@attune/core";
import { expect, test } from "vitest";
import { performStarter, swingAt } from "./index.ts";

/** Slope of log angular speed on log curvature along a path, by least squares. */
function powerLaw(path: readonly (readonly number[])[], dt: number): { slope: number; n: number } {
  const points: [number, number][] = [];
  for (let k = 1; k < path.length - 1; k++) {
    const v = [0, 1, 2].map((c) => (path[k + 1][c] - path[k - 1][c]) / (2 * dt)),
      a = [0, 1, 2].map((c) => (path[k + 1][c] - 2 * path[k][c] + path[k - 1][c]) / (dt * dt));
    const speed = Math.hypot(...v);
    const cross = Math.hypot(v[1] * a[2] - v[2] * a[1], v[2] * a[0] - v[0] * a[2], v[0] * a[1] - v[1] * a[0]);
    const curvature = cross / speed ** 3;
    points.push([Math.log(curvature), Math.log(speed * curvature)]);
  }
  const mean = (i: 0 | 1): number => points.reduce((s, p) => s + p[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return {
    slope: points.reduce((s, p) => s + (p[0] - x) * (p[1] - y), 0) / points.reduce((s, p) => s + (p[0] - x) ** 2, 0),
    n: points.length,
  };
}

test("between its ramps a swing keeps the two-thirds power law exactly, and it leaves no trace outside", () => {
  const rounds = { from: 1, to: 5, rounds: 4, ramp: 0.4 };
  const out: [number, number] = [0, 0];
  const path = Array.from({ length: 3000 }, (_, k) => {
    swingAt(rounds, 1.5 + k / 1000, out);
    return [0.3 * out[0], 0.08 * out[1], 0];
  });
  expect(powerLaw(path, 1e-3).slope).toBeCloseTo(2 / 3, 3);
  for (const time of [0, 1, 5, 6]) {
    swingAt(rounds, time, out);
    expect(out).toEqual([0, 0]);
  }
});

test("the hand of the whole body keeps it too while it waves, within 0.05 of two thirds", () => {
  const rate = 200;
  const { values, times } = performStarter("wave", createRng(1, "law"), {
    way: "wide",
    variation: 0,
    side: "right",
    share: 1,
    rate,
  });
  const seen = new Float64Array(SEEN),
    at = new Float64Array(3);
  const path = Array.from(times, (_, t) => {
    forward(Float64Array.from(values).subarray(t * MOTOR, (t + 1) * MOTOR), seen);
    wristAt(1, seen, at);
    return [...at];
  });
  // After the ramp of 0.35 s that begins shortly before the hand has arrived at 0.75 s, and before it dies away.
  const law = powerLaw(path.slice(1.15 * rate, 2.2 * rate), 1 / rate);
  expect(law.slope).toBeGreaterThan(2 / 3 - 0.05);
  expect(law.slope).toBeLessThan(2 / 3 + 0.05);
});
