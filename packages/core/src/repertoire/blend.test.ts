import { expect, test } from "vitest";
import { blend } from "./blend.ts";
import { generate } from "./generate.ts";
import { createAct, learnInto } from "./learn.ts";
import { gesture, learnedGesture } from "./testing.ts";

const a = learnedGesture(1, 2, 5, 0.05),
  b = learnedGesture(2, 2, 5, 0.3);

test("one act alone is that act", () => {
  const one = blend([{ act: a, weight: () => 1 }]),
    plain = generate(a, { variance: true });
  expect([...one.times]).toEqual([...plain.times]);
  one.values.forEach((v, i) => expect(v).toBeCloseTo(plain.values[i], 9));
  one.variance?.forEach((v, i) => expect(v / (plain.variance?.[i] ?? 0)).toBeCloseTo(1, 4));
});

test("a blend is the precision-weighted mean: closer to the act that is surer", () => {
  const duration = 2;
  const both = blend(
    [
      { act: a, weight: () => 1 },
      { act: b, weight: () => 1 },
    ],
    { duration },
  );
  const [ma, mb] = [a, b].map((act) => generate(act, { duration, variance: true }));
  let nearer = 0;
  both.values.forEach((v, i) => {
    const [pa, pb] = [1 / (ma.variance?.[i] ?? 0), 1 / (mb.variance?.[i] ?? 0)];
    expect(v).toBeCloseTo((pa * ma.values[i] + pb * mb.values[i]) / (pa + pb), 4);
    expect((both.variance?.[i] ?? 0) * (pa + pb)).toBeCloseTo(1, 4);
    if (Math.abs(v - ma.values[i]) <= Math.abs(v - mb.values[i])) nearer++;
  });
  expect(nearer).toBe(both.values.length);
});

test("fading from one to the other starts as the first, ends as the second, and does not jump in value or velocity", () => {
  const ease = (z: number): number => z * z * (3 - 2 * z);
  const rate = 400,
    duration = 2;
  const fade = blend(
    [
      { act: a, weight: (z) => 1 - ease(z) },
      { act: b, weight: ease },
    ],
    { rate, duration },
  );
  const T = fade.times.length;
  const [ma, mb] = [a, b].map((act) => generate(act, { rate, duration }));
  for (let d = 0; d < 2; d++) {
    expect(fade.values[d]).toBeCloseTo(ma.values[d], 6);
    expect(fade.values[2 * (T - 1) + d]).toBeCloseTo(mb.values[2 * (T - 1) + d], 6);
  }
  const change = (half: number): number => {
    const x = blend(
      [
        { act: a, weight: (z) => 1 - ease(z) },
        { act: b, weight: ease },
      ],
      { rate: rate / half, duration },
    ).values;
    const dt = half / rate;
    let most = 0;
    for (let i = 4; i < x.length; i++) most = Math.max(most, Math.abs(x[i] - 2 * x[i - 2] + x[i - 4]) / dt);
    return most;
  };
  // The change of velocity from one step to the next shrinks with the step: there is no jump.
  expect(change(1) / change(2)).toBeLessThan(0.7);
});

test("conditions hold for the blend", () => {
  const { values } = blend(
    [
      { act: a, weight: () => 1 },
      { act: b, weight: (z) => z },
    ],
    { start: [0.3, -0.2], goal: [0.1, 0.4] },
  );
  expect(values[0]).toBeCloseTo(0.3, 6);
  expect(values[1]).toBeCloseTo(-0.2, 6);
  expect(values.at(-2)).toBeCloseTo(0.1, 6);
  expect(values.at(-1)).toBeCloseTo(0.4, 6);
});

test("a dimension that one act never showed is left to the other", () => {
  const g = gesture(3, 2);
  const shy = createAct("shy", 9, "motor", a.dims);
  learnInto(shy, [{ times: g.times, values: Float64Array.from(g.values, (v, i) => (i % 2 === 1 ? NaN : v)) }]);
  const both = blend(
    [
      { act: a, weight: () => 1 },
      { act: shy, weight: () => 1 },
    ],
    { duration: 2 },
  );
  const plain = generate(a, { duration: 2 });
  for (let i = 1; i < plain.values.length; i += 2) expect(both.values[i]).toBeCloseTo(plain.values[i], 2);
});

test("what cannot be blended is refused", () => {
  const other = learnedGesture(1, 3, 2);
  expect(() =>
    blend([
      { act: a, weight: () => 1 },
      { act: other, weight: () => 1 },
    ]),
  ).toThrow(/do not move the same dimensions/);
  expect(() => blend([])).toThrow(/no act/);
  expect(() => blend([{ act: a, weight: () => -1 }])).toThrow(/weight of "gesture 1".*is -1/);
  expect(() => blend([{ act: a, weight: (z) => (z < 0.5 ? 1 : 0) }])).toThrow(/all weights are 0 at phase/);
});
