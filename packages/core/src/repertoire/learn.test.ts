import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng, gaussian } from "../rng.ts";
import { type Act, MAX_DEVIATIONS, PRIOR_STRENGTH, covarianceTimesRow, deviationRows, durationOf } from "./act.ts";
import { BASIS, FIT_SAMPLES, fitSpline, smoothness, splineAt } from "./basis.ts";
import { resample } from "./demonstration.ts";
import { relativeDistance } from "./grouping.ts";
import { createAct, learnInto, learnResampled } from "./learn.ts";
import { compressRows } from "./scatter.ts";
import { gesture } from "./testing.ts";

const empty = (D: number): Act =>
  createAct(
    "wave",
    1,
    "motor",
    Array.from({ length: D }, (_, d) => `x${d}`),
  );
const ONE = { maxVariants: 1 };

/** Weights of a demonstration as they are, without re-timing, [D * P]. */
function weightsOf(demo: ReturnType<typeof gesture>, D: number): Float64Array {
  const { values } = resample(demo, D);
  const w = new Float64Array(D * BASIS);
  for (let d = 0; d < D; d++) fitSpline(values.subarray(d * FIT_SAMPLES, (d + 1) * FIT_SAMPLES), w, d * BASIS);
  return w;
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

test("one demonstration is enough: the act is that demonstration", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 4 }), (seed, D) => {
      const act = empty(D),
        demo = gesture(seed, D, { duration: 1.3 });
      learnInto(act, [demo]);
      const [variant] = act.variants;
      expect(act.variants.length).toBe(1);
      expect(variant.n).toBe(1);
      expect(durationOf(variant)).toBeCloseTo(1.3, 9);
      for (let t = 0; t < demo.times.length; t++)
        for (let d = 0; d < D; d++)
          expect(Math.abs(splineAt(variant.mu, d * BASIS, demo.times[t] / 1.3) - demo.values[t * D + d])).toBeLessThan(
            2e-3,
          );
    }),
    { seed: 1, numRuns: 25 },
  );
});

// A steep ramp that all share pins the timing, so that re-timing changes nothing and sums can be checked exactly.
test("mean, scatter and duration are those of the sample, learned at once or one by one", () => {
  const D = 3,
    sizes = [0.9, 1, 1.05, 1.2, 0.95];
  const demos = sizes.map((s, i) => {
    const g = gesture(4, D, { duration: 1 + 0.1 * i });
    const samples = g.times.length - 1;
    const values = Float64Array.from(g.values, (v, k) => (k % D === 0 ? (1000 * ((k / D) | 0)) / samples : s * v));
    return { times: g.times, values };
  });
  const batch = empty(D),
    oneByOne = empty(D);
  learnInto(batch, demos, ONE);
  for (const demo of demos) learnInto(oneByOne, [demo], ONE);
  const w = demos.map((demo) => weightsOf(demo, D)),
    size = D * BASIS;
  const mean = new Float64Array(size),
    scatter = new Float64Array(size * size);
  for (const x of w) for (let i = 0; i < size; i++) mean[i] += x[i] / w.length;
  for (const x of w)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) scatter[i * size + j] += (x[i] - mean[i]) * (x[j] - mean[j]);
  for (const act of [batch, oneByOne]) {
    const [variant] = act.variants;
    expect(variant.n).toBe(5);
    expect(furthest(variant.mu, mean)).toBeLessThan(1e-9);
    const rows = new Float64Array(size * size);
    for (let r = 0; r < deviationRows(variant); r++)
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          rows[i * size + j] += variant.deviations[r * size + i] * variant.deviations[r * size + j];
    expect(furthest(rows, scatter)).toBeLessThan(1e-9);
    const logs = demos.map((demo) => Math.log(demo.times[demo.times.length - 1]));
    const m = logs.reduce((s, x) => s + x / logs.length, 0);
    expect(variant.logDuration).toBeCloseTo(m, 12);
    expect(variant.logDurationM2).toBeCloseTo(
      logs.reduce((s, x) => s + (x - m) ** 2, 0),
      12,
    );
  }
});

test("the order of demonstrations does not matter", () => {
  const rng = createRng(3, "order");
  const demos = Array.from({ length: 8 }, () => gesture(5, 3, { vary: 0.05, rng }));
  const [a, b] = [demos, demos.toReversed()].map((list) => {
    const act = empty(3);
    learnInto(act, list, ONE);
    return act.variants[0];
  });
  expect(furthest(a.mu, b.mu)).toBeLessThan(1e-9);
  expect(furthest(a.prior, b.prior)).toBeLessThan(1e-12);
  const h = Float64Array.from({ length: BASIS }, (_, i) => Math.sin(i)),
    x = new Float64Array(a.mu.length),
    y = x.slice();
  covarianceTimesRow(a, 1, h, x);
  covarianceTimesRow(b, 1, h, y);
  expect(furthest(x, y)).toBeLessThan(1e-9);
});

test("performances timed differently are averaged phase by phase, not instant by instant", () => {
  const act = empty(1);
  const bump = (z: number): number => Math.exp(-(((z - 0.5) / 0.08) ** 2));
  const demos = [-0.12, 0, 0.12].map((a) => {
    const times = Float64Array.from({ length: 100 }, (_, t) => t / 50);
    return { times, values: times.map((t) => bump(t / 1.98 + a * Math.sin((Math.PI * t) / 1.98))) };
  });
  learnInto(act, demos, ONE);
  const peak = Math.max(...Array.from({ length: 101 }, (_, k) => splineAt(act.variants[0].mu, 0, k / 100)));
  // The equal-time mean of the three has its peak near a half.
  expect(peak).toBeGreaterThan(0.75);
});

test("Sigma is the prior's share of smooth deviations plus the scatter's share", () => {
  const act = empty(2),
    rng = createRng(6, "sigma");
  learnInto(
    act,
    Array.from({ length: 4 }, () => gesture(6, 2, { vary: 0.1, rng })),
    ONE,
  );
  const [v] = act.variants,
    k0 = smoothness(),
    size = 2 * BASIS,
    total = 3 + PRIOR_STRENGTH;
  const b = Float64Array.from({ length: BASIS }, () => gaussian(rng)),
    out = new Float64Array(size);
  covarianceTimesRow(v, 1, b, out);
  for (let i = 0; i < size; i++) {
    let s = 0;
    for (let j = 0; j < BASIS; j++) {
      const c = BASIS + j;
      let sigma = i >= BASIS ? (PRIOR_STRENGTH / total) * v.prior[1] * k0[(i - BASIS) * BASIS + j] : 0;
      for (let r = 0; r < 3; r++) sigma += (v.deviations[r * size + i] * v.deviations[r * size + c]) / total;
      s += sigma * b[j];
    }
    expect(out[i]).toBeCloseTo(s, 9);
  }
});

test.each([
  [30, 12],
  [20, 60],
])("compressing %i rows of %i weights keeps the directions of most scatter", (count, size) => {
  // Rows with known scatter: two strong directions and a little of everything.
  const rng = createRng(9, "rows"),
    rows = new Float64Array(count * size);
  for (let r = 0; r < count; r++) {
    const a = 5 * gaussian(rng),
      b = 3 * gaussian(rng);
    for (let i = 0; i < size; i++) rows[r * size + i] = a * (i % 2) + b * (i % 3 === 0 ? 1 : 0) + 0.01 * gaussian(rng);
  }
  const kept = compressRows(rows, size, 2);
  const along = (x: Float64Array, v: Float64Array): number => {
    let s = 0;
    for (let r = 0; r < x.length / size; r++) {
      let dot = 0;
      for (let i = 0; i < size; i++) dot += x[r * size + i] * v[i];
      s += dot * dot;
    }
    return s;
  };
  expect(kept.length).toBe(2 * size);
  for (const direction of [2, 3]) {
    const v = Float64Array.from({ length: size }, (_, i) => (i % direction === direction - 1 ? 1 : 0.2));
    expect(along(kept, v) / along(rows, v)).toBeCloseTo(1, 3);
  }
});

test("an act keeps at most MAX_DEVIATIONS rows, and all of the scatter while there are fewer", () => {
  const act = empty(2),
    rng = createRng(10, "many");
  for (let n = 1; n <= MAX_DEVIATIONS + 4; n++) {
    learnInto(act, [gesture(8, 2, { vary: 0.05, rng })], ONE);
    expect(deviationRows(act.variants[0])).toBe(Math.min(n - 1, MAX_DEVIATIONS));
  }
});

test("a clearly different way of doing it becomes a variant, the same way does not, and no more than allowed", () => {
  const act = empty(2),
    rng = createRng(11, "ways");
  const ways = [1, 2, 3].flatMap((seed) => [0, 1, 2].map(() => gesture(seed, 2, { vary: 0.01, rng })));
  learnInto(act, ways);
  expect(act.variants.map((v) => v.n)).toEqual([3, 3, 3]);
  const before = act.variants.map((v) => v.mu.slice());
  learnInto(act, [gesture(2, 2, { vary: 0.01, rng })]);
  expect(act.variants.map((v) => v.n)).toEqual([3, 4, 3]);
  expect([...act.variants[0].mu]).toEqual([...before[0]]);
  expect([...act.variants[2].mu]).toEqual([...before[2]]);
  const two = empty(2);
  learnInto(two, ways, { maxVariants: 2 });
  expect(two.variants.length).toBe(2);
});

test("what a performance does not show is no evidence about it", () => {
  const D = 2;
  const full = gesture(12, D),
    half = { times: full.times, values: Float64Array.from(full.values, (v, i) => (i % D === 1 ? NaN : v)) };
  const act = empty(D);
  learnInto(act, [half], { rest: [0, 7], ...ONE });
  expect([...act.variants[0].known]).toEqual([1, 0]);
  expect(splineAt(act.variants[0].mu, BASIS, 0.4)).toBeCloseTo(7, 9);
  // Shown for the first time: it replaces the rest posture instead of being averaged with it.
  learnInto(act, [full], { rest: [0, 7], ...ONE });
  const alone = empty(D);
  learnInto(alone, [full]);
  expect([...act.variants[0].known]).toEqual([1, 1]);
  expect(furthest(act.variants[0].mu.subarray(BASIS), alone.variants[0].mu.subarray(BASIS))).toBeLessThan(3e-3);
  // Not shown again: what is known stays.
  const before = act.variants[0].mu.slice(BASIS);
  learnInto(act, [half], { rest: [0, 7], ...ONE });
  expect([...act.variants[0].mu.subarray(BASIS)]).toEqual([...before]);
  expect(act.variants.length).toBe(1);
});

test("distances that are remembered change nothing", () => {
  const rng = createRng(13, "again");
  const shown = Array.from({ length: 6 }, (_, i) => resample(gesture(1 + (i % 2), 2, { vary: 0.05, rng }), 2));
  const plain = empty(2),
    counted = empty(2);
  learnResampled(plain, shown);
  let asked = 0;
  learnResampled(counted, shown, {}, (a, b, metric) => {
    asked++;
    return relativeDistance(a, b, metric);
  });
  expect(asked).toBeGreaterThan(0);
  expect(counted).toEqual(plain);
});

test("a demonstration that cannot be learned from leaves the act as it was", () => {
  const act = empty(2);
  learnInto(act, [gesture(1, 2)]);
  const before = structuredClone(act);
  const bad = { times: [0, 1], values: [1, 2, 3] };
  expect(() => learnInto(act, [gesture(1, 2), bad])).toThrow(/3 values for 2 samples/);
  expect(() => learnInto(act, [gesture(1, 2)], { metric: [1] })).toThrow(/metric of 1 weights, the act has 2/);
  expect(act).toEqual(before);
});
