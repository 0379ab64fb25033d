import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "../rng.ts";
import { BASIS, basisAt, splineAt } from "./basis.ts";
import { condition, covarianceAfter, covarianceOf } from "./condition.ts";
import { type Condition, rowsOf } from "./conditions.ts";
import { generate, plan, poseAt, varianceAt, velocityAt } from "./generate.ts";
import { createAct, learnInto } from "./learn.ts";
import { gesture, learnedGesture } from "./testing.ts";

const act = learnedGesture(3, 2, 6);
const [variant] = act.variants;

/** Pose of an act's mean at a phase. */
function meanAt(phase: number): number[] {
  return [0, 1].map((d) => splineAt(variant.mu, d * BASIS, phase));
}

test("unasked, an act is its mean at its own duration", () => {
  const motion = generate(act, { rate: 50 });
  const T = motion.times.length,
    duration = Math.exp(variant.logDuration);
  expect(motion.times[0]).toBe(0);
  expect(motion.times[T - 1]).toBeCloseTo(duration, 12);
  expect(T).toBe(Math.round(50 * duration) + 1);
  expect(motion.warnings).toEqual([]);
  for (let t = 0; t < T; t++)
    meanAt(motion.times[t] / duration).forEach((v, d) => expect(motion.values[2 * t + d]).toBeCloseTo(v, 12));
});

test("start, goal and via-points are passed through exactly, wherever they are", () => {
  const offset = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(offset, offset, offset), fc.integer({ min: 20, max: 80 }), ([a, b, c], percent) => {
      const [m0, m1, mv] = [meanAt(0), meanAt(1), meanAt(percent / 100)];
      const start = [m0[0] + a, m0[1] - a],
        goal = [m1[0], m1[1] + b],
        via = [mv[0] + c, NaN];
      const planned = plan(act, { start, goal, conditions: [{ phase: percent / 100, values: via }] });
      const pose = new Float64Array(2);
      poseAt(planned, 0, pose);
      expect(Math.abs(pose[0] - start[0]) + Math.abs(pose[1] - start[1])).toBeLessThan(1e-6);
      poseAt(planned, planned.duration, pose);
      expect(Math.abs(pose[0] - goal[0]) + Math.abs(pose[1] - goal[1])).toBeLessThan(1e-6);
      poseAt(planned, (planned.duration * percent) / 100, pose);
      expect(Math.abs(pose[0] - via[0])).toBeLessThan(1e-6);
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("a velocity is met in units per second, at any duration", () => {
  for (const duration of [0.7, 2, 5]) {
    const planned = plan(act, { duration, start: meanAt(0), startVelocity: [0.5, NaN] });
    const v = new Float64Array(2),
      a = new Float64Array(2),
      b = new Float64Array(2),
      h = 1e-6;
    velocityAt(planned, 0, v);
    expect(v[0]).toBeCloseTo(0.5, 6);
    poseAt(planned, 0, a);
    poseAt(planned, h, b);
    expect((b[0] - a[0]) / h).toBeCloseTo(0.5, 4);
    // Velocity is the derivative of the pose all along.
    velocityAt(planned, duration / 3, v);
    poseAt(planned, duration / 3 - h, a);
    poseAt(planned, duration / 3 + h, b);
    expect((b[1] - a[1]) / (2 * h)).toBeCloseTo(v[1], 5);
  }
});

test("what is soft is met less the softer it is", () => {
  const target = meanAt(0.5).map((v) => v + 1);
  const off = [0, 0.1, 1, 10].map((noise) => {
    const planned = plan(act, { conditions: [{ phase: 0.5, values: target, noise }] });
    const pose = new Float64Array(2);
    poseAt(planned, planned.duration / 2, pose);
    return Math.abs(pose[0] - target[0]);
  });
  expect(off[0]).toBeLessThan(1e-6);
  for (let i = 1; i < off.length; i++) expect(off[i]).toBeGreaterThan(off[i - 1]);
  expect(off[3]).toBeCloseTo(1, 1);
});

// What makes one example enough: with nothing but the smoothness prior, ends are met by a slow drift.
test("an act shown once and sent elsewhere keeps its shape: the correction is a slow drift, not far from a line", () => {
  const once = createAct("once", 1, "motor", ["x", "y"]);
  learnInto(once, [gesture(5, 2)]);
  const free = generate(once, { rate: 40 }),
    T = free.times.length;
  const start = [free.values[0] + 0.2, free.values[1]],
    goal = [free.values[2 * T - 2] + 0.2, free.values[2 * T - 1] - 0.2];
  const sent = generate(once, { rate: 40, start, goal });
  const x: number[] = [],
    y: number[] = [];
  for (let t = 0; t < T; t++) {
    x.push(sent.values[2 * t] - free.values[2 * t]);
    y.push(sent.values[2 * t + 1] - free.values[2 * t + 1]);
    // The prior's ridge lets the middle come back towards the demonstration, by no more than about half.
    expect(Math.abs(x[t] - 0.2)).toBeLessThan(0.12);
    expect(Math.abs(y[t] + (0.2 * t) / (T - 1))).toBeLessThan(0.12);
  }
  // No wiggle: one bend each at most, where the demonstration itself has several.
  for (const c of [x, y]) {
    const turns = c.filter((v, t) => t > 1 && (v - c[t - 1]) * (c[t - 1] - c[t - 2]) < -1e-12).length;
    expect(turns).toBeLessThanOrEqual(1);
  }
});

test("draws have the conditioned mean and covariance", () => {
  const conditions: Condition[] = [
    { phase: 0.3, values: [meanAt(0.3)[0] + 0.1, NaN] },
    { phase: 1, values: [NaN, meanAt(1)[1] - 0.05], noise: 0.02 },
  ];
  const N = 4000,
    rng = createRng(2, "draws");
  const points = [
    [0, 0.1],
    [1, 0.3],
    [0, 0.6],
    [1, 1],
  ] as const;
  const sum = new Float64Array(4),
    square = new Float64Array(16);
  const rows = points.map(([d, phase]) => {
    const b = new Float64Array(BASIS);
    basisAt(phase, b);
    return { at: d * BASIS, b };
  });
  for (let n = 0; n < N; n++) {
    const { weights } = plan(act, { conditions, sample: rng, duration: 2 });
    const x = rows.map(({ at, b }) => b.reduce((s, v, i) => s + v * weights[at + i], 0));
    for (let i = 0; i < 4; i++) {
      sum[i] += x[i] / N;
      for (let j = 0; j < 4; j++) square[4 * i + j] += (x[i] * x[j]) / N;
    }
  }
  const given = condition(variant, rowsOf(conditions, 2, 2)),
    after = covarianceAfter(given, covarianceOf(variant));
  const column = new Float64Array(given.mu.length);
  const sigma = rows.map((row) => {
    after(row, column);
    return rows.map(({ at, b }) => b.reduce((s, v, i) => s + v * column[at + i], 0));
  });
  for (let i = 0; i < 4; i++) {
    const mean = rows[i].b.reduce((s, v, k) => s + v * given.mu[rows[i].at + k], 0);
    // Four and a half standard errors of mean and covariance.
    expect(Math.abs(sum[i] - mean)).toBeLessThan(4.5 * Math.sqrt(sigma[i][i] / N) + 1e-9);
    for (let j = 0; j < 4; j++) {
      const error = Math.sqrt((sigma[i][i] * sigma[j][j] + sigma[i][j] ** 2) / N);
      expect(Math.abs(square[4 * i + j] - sum[i] * sum[j] - sigma[i][j])).toBeLessThan(4.5 * error + 1e-9);
    }
  }
});

test("draws meet what is exact, differ, and come again with the same seed", () => {
  const asked = { start: [0.1, 0.2], conditions: [{ phase: 0.5, values: [0.3, NaN] }] };
  const draw = (seed: number) => generate(act, { ...asked, sample: createRng(seed, "draw") });
  const a = draw(1),
    b = draw(1),
    c = draw(2);
  expect(a).toEqual(b);
  expect([...a.values]).not.toEqual([...c.values]);
  expect(a.times.at(-1)).not.toBe(c.times.at(-1));
  for (const m of [a, c]) {
    expect(m.values[0]).toBeCloseTo(0.1, 6);
    expect(m.values[1]).toBeCloseTo(0.2, 6);
  }
});

test("variance is nothing where it was asked for, and never more than without asking", () => {
  const free = generate(act, { variance: true, duration: 2 }),
    asked = generate(act, { variance: true, duration: 2, goal: [0.3, NaN] });
  const { variance: before = new Float64Array() } = free,
    { variance: after = new Float64Array() } = asked;
  expect(before.length).toBe(free.values.length);
  before.forEach((v, i) => expect(after[i]).toBeLessThanOrEqual(v * (1 + 1e-9)));
  expect(after[after.length - 2] / before[before.length - 2]).toBeLessThan(1e-6);
  const spread = new Float64Array(2);
  varianceAt(variant, plan(act), 0.5, spread);
  expect(spread[0]).toBeGreaterThan(0);
});

test("far-off conditions and durations are performed with a warning that says so", () => {
  const far = meanAt(0.5).map((v) => v + 50);
  const motion = generate(act, { conditions: [{ phase: 0.5, values: far }] });
  expect(motion.warnings.length).toBe(1);
  expect(motion.warnings[0]).toMatch(/^outside what I have learned: the condition at phase 0.5 \(Mahalanobis\^2 \d/);
  expect(generate(act, { goal: meanAt(1) }).warnings).toEqual([]);
  expect(generate(act, { goal: meanAt(1).map((v) => v + 50) }).warnings[0]).toMatch(/the goal/);
  expect(generate(act, { duration: 20 }).warnings[0]).toMatch(/a duration of 20 s \(expected/);
  // Each alone is fine; that both come so soon after each other is not.
  const a = meanAt(0.5),
    sd = 0.05;
  const together = generate(act, {
    conditions: [
      { phase: 0.5, values: [a[0] + sd, a[1]] },
      { phase: 0.52, values: [a[0] - sd, a[1]] },
    ],
  });
  expect(together.warnings).toEqual([expect.stringMatching(/the conditions together/)]);
});

test("dimensions that were never shown stay at rest", () => {
  const shy = createAct("shy", 1, "motor", ["x", "y"]),
    g = gesture(6, 2);
  const half = { times: g.times, values: Float64Array.from(g.values, (v, i) => (i % 2 === 1 ? NaN : v)) };
  learnInto(shy, [half], { rest: [0, 3] });
  const { values } = generate(shy, { start: [5, NaN], sample: createRng(1, "shy") });
  for (let i = 1; i < values.length; i += 2) expect(values[i]).toBeCloseTo(3, 9);
});

test("what cannot be performed is refused", () => {
  expect(() => generate(createAct("new", 1, "motor", ["x"]))).toThrow(/"new" is not known yet/);
  expect(() => generate(act, { variant: 4 })).toThrow(/has 1 variant\(s\), there is no variant 4/);
  expect(() => generate(act, { duration: 0 })).toThrow(/a duration of 0 s/);
  expect(() => generate(act, { rate: -1 })).toThrow(/a rate of -1 Hz/);
  expect(() => generate(act, { goal: [1] })).toThrow(/the goal: 1 values, the act has 2 dimensions/);
});
