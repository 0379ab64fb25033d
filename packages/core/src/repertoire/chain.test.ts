import { expect, test } from "vitest";
import { createRng } from "../rng.ts";
import { type ChainOptions, chain } from "./chain.ts";
import { generate } from "./generate.ts";
import { learnedGesture } from "./testing.ts";

const acts = [1, 2, 3, 4].map((seed) => learnedGesture(seed, 2, 4, 0.05));
const parts = acts.map((act) => ({ act }));

/** Largest change of velocity from one step to the next, and largest speed. */
function roughness(rate: number, options: ChainOptions): { jump: number; speed: number } {
  const { times, values } = chain(parts, { ...options, rate });
  const dt = times[1];
  let jump = 0,
    speed = 0;
  for (let i = 2; i < values.length; i++) {
    speed = Math.max(speed, Math.abs(values[i] - values[i - 2]) / dt);
    if (i >= 4) jump = Math.max(jump, Math.abs(values[i] - 2 * values[i - 2] + values[i - 4]) / dt);
  }
  return { jump, speed };
}

test.each([0, 0.18, 0.5])(
  "velocity is continuous over hand-overs: its steps vanish with the time step (overlap %f)",
  (overlap) => {
    const coarse = roughness(100, { overlap }),
      fine = roughness(800, { overlap });
    // A jump in velocity would stay as it is, a jump in position would make it eight times as large.
    expect(fine.jump).toBeLessThan(0.3 * coarse.jump);
    expect(fine.speed).toBeLessThan(1.2 * coarse.speed);
  },
);

test("the chain moves no faster than its acts explain", () => {
  const own = acts.map((act) => {
    const { times, values } = generate(act, { rate: 200 });
    let speed = 0,
      reach = 0;
    for (let i = 2; i < values.length; i++) {
      speed = Math.max(speed, Math.abs(values[i] - values[i - 2]) / times[1]);
      reach = Math.max(reach, Math.abs(values[i]));
    }
    return { speed, reach };
  });
  const fastest = Math.max(...own.map((o) => o.speed)),
    furthest = Math.max(...own.map((o) => o.reach));
  const { values } = chain(parts, { rate: 200 });
  expect(roughness(200, {}).speed).toBeLessThan(3 * fastest);
  expect(Math.max(...values.map(Math.abs))).toBeLessThan(2.5 * furthest);
});

test("it starts as the first act, ends as the last, and lasts as long as they do less what they share", () => {
  const motion = chain(parts);
  const plain = acts.map((act) => generate(act));
  const durations = plain.map((m) => m.times.at(-1) ?? 0);
  const shared = [0, 1, 2].map((i) => 0.18 * Math.min(durations[i], durations[i + 1]));
  expect(motion.times.at(-1)).toBeCloseTo(durations.reduce((s, d) => s + d, 0) - shared.reduce((s, d) => s + d, 0), 9);
  expect([...motion.starts]).toEqual([
    0,
    expect.closeTo(durations[0] - shared[0], 9),
    expect.closeTo(durations[0] + durations[1] - shared[0] - shared[1], 9),
    expect.closeTo(durations[0] + durations[1] + durations[2] - shared[0] - shared[1] - shared[2], 9),
  ]);
  expect(motion.values[0]).toBeCloseTo(plain[0].values[0], 9);
  for (const d of [-1, -2]) expect(motion.values.at(d)).toBeCloseTo(plain[3].values.at(d) ?? NaN, 6);
});

test("with no overlap every goal is reached", () => {
  const goals = [
    [0.2, 0.1],
    [-0.3, NaN],
    [0.4, 0.4],
  ];
  const motion = chain(
    goals.map((goal, i) => ({ act: acts[i], goal, duration: 1 })),
    { overlap: 0, rate: 100, start: [0, 0], startVelocity: [0.1, 0] },
  );
  expect(motion.values[0]).toBeCloseTo(0, 6);
  for (const [i, goal] of goals.entries())
    goal.forEach((v, d) => {
      if (!Number.isNaN(v)) expect(motion.values[2 * 100 * (i + 1) + d]).toBeCloseTo(v, 5);
    });
});

test("one act alone is that act", () => {
  const one = chain([parts[0]]),
    plain = generate(acts[0]);
  expect([...one.values]).toEqual([...plain.values]);
  expect([...one.times]).toEqual([...plain.times]);
});

test("draws differ, and come again with the same seed", () => {
  const draw = (seed: number) => chain(parts, { sample: createRng(seed, "chain") });
  expect(draw(1)).toEqual(draw(1));
  expect([...draw(1).values]).not.toEqual([...draw(2).values]);
});

test("what cannot be chained is refused", () => {
  expect(() => chain([])).toThrow(/no act/);
  expect(() => chain(parts, { overlap: 0.6 })).toThrow(/overlap of 0.6/);
  expect(() => chain([...parts, { act: learnedGesture(1, 3, 2) }])).toThrow(/do not move the same dimensions/);
});
