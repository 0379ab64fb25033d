import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng, gaussian } from "./rng.ts";

const N = 20_000;

test("a stream is known: these numbers may never change, or every seeded result would", () => {
  const rng = createRng(7, "act/wave/sample");
  expect(Array.from({ length: 4 }, () => rng() * 4294967296)).toEqual([523319856, 1000497196, 2656965531, 2750392194]);
});

test("numbers are uniform in [0, 1)", () => {
  const rng = createRng(1, "uniform"),
    bins = new Float64Array(20);
  let outside = 0;
  for (let i = 0; i < N; i++) {
    const u = rng();
    if (!(u >= 0 && u < 1)) outside++;
    bins[Math.floor(u * 20)]++;
  }
  expect(outside).toBe(0);
  // Chi-square with 19 degrees of freedom: 43.8 is its 99.9 % quantile.
  expect(bins.reduce((s, n) => s + (n - N / 20) ** 2 / (N / 20), 0)).toBeLessThan(43.8);
});

test("draws are normal: mean 0, variance 1, kurtosis 3", () => {
  const rng = createRng(2, "normal");
  let m1 = 0,
    m2 = 0,
    m4 = 0;
  for (let i = 0; i < N; i++) {
    const x = gaussian(rng);
    m1 += x / N;
    m2 += (x * x) / N;
    m4 += x ** 4 / N;
  }
  // Four standard errors.
  expect(Math.abs(m1)).toBeLessThan(4 / Math.sqrt(N));
  expect(Math.abs(m2 - 1)).toBeLessThan(4 * Math.sqrt(2 / N));
  expect(Math.abs(m4 - 3)).toBeLessThan(4 * Math.sqrt(96 / N));
});

test("other names, other seeds and neighbouring seeds beyond 32 bits give unrelated streams", () => {
  const pairs = [
    [createRng(1, "a"), createRng(1, "b")],
    [createRng(1, "ab"), createRng(1, "ba")],
    [createRng(1, "a"), createRng(2, "a")],
    [createRng(1, "a"), createRng(1 + 2 ** 32, "a")],
  ];
  for (const [p, q] of pairs) {
    let s = 0;
    for (let i = 0; i < N; i++) s += (p() - 0.5) * (q() - 0.5) * 12;
    expect(Math.abs(s / N)).toBeLessThan(4 / Math.sqrt(N));
  }
});

test("the same seed and name give the same stream", () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, name) => {
      const p = createRng(seed, name),
        q = createRng(seed, name);
      for (let i = 0; i < 10; i++) expect(p()).toBe(q());
    }),
    { seed: 1, numRuns: 50 },
  );
});
