import { expect, test } from "vitest";
import { createOneEuro, smooth } from "./one-euro.ts";

const SPEC = { minCutoff: 1, beta: 0.5, speedCutoff: 1 };

function filtered(values: readonly number[], rate: number, spec = SPEC): number[] {
  const filter = createOneEuro(1, spec),
    out = new Float64Array(1);
  return values.map((v, n) => {
    smooth(filter, [v], n / rate, out);
    return out[0];
  });
}

test("it is the filter of the paper", () => {
  // The published pseudo-code, written out once more.
  const rate = 20,
    values = [0, 1, 0.5, 2, 2, 2.2, -1];
  const alpha = (cutoff: number): number => 1 / (1 + rate / (2 * Math.PI * cutoff));
  let x = NaN,
    dx = 0;
  const expected = values.map((v) => {
    if (Number.isNaN(x)) return (x = v);
    dx = alpha(SPEC.speedCutoff) * (v - x) * rate + (1 - alpha(SPEC.speedCutoff)) * dx;
    const a = alpha(SPEC.minCutoff + SPEC.beta * Math.abs(dx));
    return (x = a * v + (1 - a) * x);
  });
  filtered(values, rate).forEach((v, i) => expect(v).toBeCloseTo(expected[i], 12));
});

test("still is smooth and movement is quick: jitter shrinks, a step is followed", () => {
  const jitter = Array.from({ length: 120 }, (_, n) => (n % 2 === 0 ? 0.01 : -0.01));
  expect(Math.max(...filtered(jitter, 30).slice(30).map(Math.abs))).toBeLessThan(0.003);
  const step = filtered([...Array<number>(10).fill(0), ...Array<number>(10).fill(1)], 30, { ...SPEC, beta: 5 });
  expect(step[13]).toBeGreaterThan(0.8);
});

test("what is not seen is not a number, goes on after a moment, and starts anew after long", () => {
  const filter = createOneEuro(2, SPEC),
    out = new Float64Array(2);
  smooth(filter, [1, 5], 0, out);
  smooth(filter, [NaN, 5], 0.1, out);
  expect(out[0]).toBeNaN();
  expect(out[1]).toBe(5);
  smooth(filter, [2, 5], 0.2, out);
  expect(out[0]).toBeGreaterThan(1);
  expect(out[0]).toBeLessThan(2);
  smooth(filter, [9, 5], 2, out);
  expect(out[0]).toBe(9);
});

test("the same time twice changes nothing", () => {
  const filter = createOneEuro(1, SPEC),
    out = new Float64Array(1);
  smooth(filter, [1], 0, out);
  smooth(filter, [7], 0, out);
  expect(out[0]).toBe(1);
});
