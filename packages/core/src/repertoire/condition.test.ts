import { expect, test } from "vitest";
import { createRng, gaussian } from "../rng.ts";
import { type Act, type Variant, covarianceTimesRow } from "./act.ts";
import { BASIS, basisAt } from "./basis.ts";
import {
  type Row,
  chiSquare99,
  condition,
  conditionOn,
  conditionSample,
  covarianceAfter,
  covarianceOf,
  distanceAlone,
  varianceAfter,
} from "./condition.ts";
import { chooseVariant, logEvidence, rowsOf } from "./conditions.ts";
import { conditionOnFrames } from "./frames.ts";
import { learnedGesture } from "./testing.ts";

/** Sigma, [size, size]. */
function dense(variant: Variant): Float64Array {
  const size = variant.mu.length,
    out = new Float64Array(size * size),
    unit = new Float64Array(BASIS);
  for (let c = 0; c < size; c++) {
    unit.fill(0);
    unit[c % BASIS] = 1;
    covarianceTimesRow(variant, (c / BASIS) | 0, unit, out.subarray(c * size, (c + 1) * size));
  }
  return out;
}

/** Gaussian conditioning one fact after the other on the dense matrix: no solve, nothing shared with the code under test. */
function bruteForce(mu: Float64Array, sigma: Float64Array, rows: readonly Row[]) {
  const size = mu.length,
    m = mu.slice(),
    S = sigma.slice();
  let log = 0;
  for (const { at, b, target, noise } of rows) {
    const column = new Float64Array(size);
    for (let i = 0; i < size; i++) for (let j = 0; j < b.length; j++) column[i] += S[i * size + at + j] * b[j];
    let variance = noise,
      expected = 0;
    for (let j = 0; j < b.length; j++) {
      variance += b[j] * column[at + j];
      expected += b[j] * m[at + j];
    }
    log -= 0.5 * ((target - expected) ** 2 / variance + Math.log(2 * Math.PI * variance));
    for (let i = 0; i < size; i++) {
      m[i] += (column[i] * (target - expected)) / variance;
      for (let j = 0; j < size; j++) S[i * size + j] -= (column[i] * column[j]) / variance;
    }
  }
  return { mu: m, sigma: S, log };
}

function basisRow(d: number, phase: number, target: number, noise: number): Row {
  const b = new Float64Array(BASIS);
  basisAt(phase, b);
  return { at: d * BASIS, b, target, noise };
}

const ROWS = [
  basisRow(0, 0, 0.4, 1e-4),
  basisRow(1, 0.3, -0.2, 1e-3),
  basisRow(0, 0.35, 0.1, 1e-4),
  basisRow(1, 1, 0.7, 1e-5),
];

test.each([1, 2, 6])(
  "conditioning equals dense Gaussian conditioning, mean, covariance and evidence (%i demonstrations)",
  (n) => {
    const [variant] = learnedGesture(3, 2, n).variants;
    const given = condition(variant, ROWS),
      reference = bruteForce(variant.mu, dense(variant), ROWS),
      size = variant.mu.length;
    const after = covarianceAfter(given, covarianceOf(variant));
    for (let i = 0; i < size; i++) expect(given.mu[i]).toBeCloseTo(reference.mu[i], 6);
    expect(given.logEvidence).toBeCloseTo(reference.log, 4);
    for (const [d, phase] of [
      [0, 0.1],
      [1, 0.31],
      [1, 0.9],
    ]) {
      const row = basisRow(d, phase, 0, 0),
        out = new Float64Array(size),
        before = out.slice();
      after(row, out);
      covarianceOf(variant)(row, before);
      let variance = 0,
        prior = 0;
      for (let i = 0; i < size; i++) {
        let s = 0;
        for (let j = 0; j < BASIS; j++) s += reference.sigma[i * size + row.at + j] * row.b[j];
        expect(out[i]).toBeCloseTo(s, 7);
        if (i >= row.at && i < row.at + BASIS) {
          variance += row.b[i - row.at] * s;
          prior += row.b[i - row.at] * before[i];
        }
      }
      expect(varianceAfter(given, row, prior)).toBeCloseTo(variance, 7);
    }
  },
);

test("conditioning in two steps is conditioning at once", () => {
  const [variant] = learnedGesture(4, 2, 4).variants;
  const first = condition(variant, ROWS.slice(0, 2));
  const second = conditionOn(first.mu, covarianceAfter(first, covarianceOf(variant)), ROWS.slice(2));
  const all = condition(variant, ROWS);
  for (let i = 0; i < all.mu.length; i++) expect(second.mu[i]).toBeCloseTo(all.mu[i], 5);
  expect(first.logEvidence + second.logEvidence).toBeCloseTo(all.logEvidence, 3);
});

test("facts about anything Gaussian: of two unit latents, seeing their sum leaves half its variance to each", () => {
  const given = conditionOn(
    new Float64Array(2),
    ({ at, b }, out) => {
      out.fill(0);
      out.set(b, at);
    },
    [{ at: 0, b: Float64Array.of(1, 1), target: 3, noise: 0 }],
  );
  expect(given.mu[0]).toBeCloseTo(1.5, 6);
  expect(given.mu[1]).toBeCloseTo(1.5, 6);
  expect(given.distance2).toBeCloseTo(4.5, 6);
  expect(varianceAfter(given, { at: 0, b: Float64Array.of(1) }, 1)).toBeCloseTo(0.5, 6);
});

test("nothing asked, nothing changed", () => {
  const [variant] = learnedGesture(5, 2, 3).variants;
  const given = condition(variant, []);
  expect([...given.mu]).toEqual([...variant.mu]);
  expect(given.logEvidence).toBeCloseTo(0, 12);
});

test("one fact's distance is what it would be alone", () => {
  const [variant] = learnedGesture(6, 2, 3).variants;
  const given = condition(variant, ROWS);
  expect(distanceAlone(given, variant.mu, 1, 3)).toBeCloseTo(condition(variant, ROWS.slice(1, 3)).distance2, 6);
  expect(distanceAlone(given, variant.mu, 0, 4)).toBeCloseTo(given.distance2, 6);
});

test("a draw moved by Matheron's rule meets exact facts", () => {
  const [variant] = learnedGesture(7, 2, 3).variants;
  const given = condition(
    variant,
    ROWS.map((row) => ({ ...row, noise: 0 })),
  );
  const rng = createRng(1, "draw"),
    w = Float64Array.from(variant.mu, (v) => v + 0.1 * gaussian(rng));
  conditionSample(given, w, () => gaussian(rng));
  for (const { at, b, target } of ROWS) expect(b.reduce((s, v, i) => s + v * w[at + i], 0)).toBeCloseTo(target, 6);
});

// From tables of the chi-square distribution.
test.each([
  [1, 6.635],
  [2, 9.21],
  [3, 11.345],
  [10, 23.209],
  [60, 88.379],
])("the 0.99 quantile of chi-square with %i degrees is %f", (m, expected) => {
  expect(Math.abs(chiSquare99(m) / expected - 1)).toBeLessThan(0.01);
});

test("frames all at once give what facts one by one give, with gaps and without scatter too", () => {
  for (const n of [1, 5]) {
    const D = 3,
      [variant] = learnedGesture(8, D, n).variants,
      phases = [0, 0.1, 0.15, 0.3, 0.42],
      noise = 0.05;
    const rng = createRng(2, "frames");
    const values = Float64Array.from({ length: phases.length * D }, () => 0.3 * gaussian(rng));
    values[4] = values[7] = values[10] = NaN;
    const rows = phases.flatMap((phase, f) =>
      rowsOf([{ phase, values: values.subarray(f * D, (f + 1) * D), noise }], D, 1),
    );
    const plain = condition(variant, rows),
      fast = conditionOnFrames(variant, phases, values, noise);
    for (let i = 0; i < plain.mu.length; i++) expect(fast.mu[i]).toBeCloseTo(plain.mu[i], 5);
    expect(fast.logEvidence).toBeCloseTo(plain.logEvidence, 3);
  }
});

test("the variant chosen is the one that makes the conditions probable; demonstrations count as votes", () => {
  const one = learnedGesture(1, 2, 4),
    other = learnedGesture(2, 2, 4);
  const act: Act = { ...one, variants: [one.variants[0], other.variants[0]] };
  for (const i of [0, 1]) {
    const [a, b] = [0, 1].map((d) => act.variants[i].mu.slice(d * BASIS, (d + 1) * BASIS));
    const row = new Float64Array(BASIS);
    basisAt(0.5, row);
    const at = (w: Float64Array): number => w.reduce((s, v, k) => s + v * row[k], 0);
    expect(chooseVariant(act, [{ phase: 0.5, values: [at(a), at(b)] }])).toBe(i);
  }
  expect(chooseVariant(act, [])).toBe(0);
  act.variants[1] = { ...act.variants[1], n: 9 };
  expect(chooseVariant(act, [])).toBe(1);
  expect(() => chooseVariant({ ...act, variants: [] }, [])).toThrow(/not known yet.*show it at least once/);
});

test("a dimension that one variant does not know decides nothing", () => {
  const base = learnedGesture(1, 2, 4);
  const blind = { ...base.variants[0], known: Uint8Array.of(1, 0), n: 5 };
  const act: Act = { ...base, variants: [base.variants[0], blind] };
  expect(chooseVariant(act, [{ phase: 0.5, values: [NaN, 40] }])).toBe(1);
});

test("log evidence is the density of the conditions", () => {
  const [variant] = learnedGesture(9, 1, 5).variants;
  const b = new Float64Array(BASIS);
  basisAt(0.5, b);
  const column = new Float64Array(BASIS);
  covarianceTimesRow(variant, 0, b, column);
  const dot = (x: Float64Array): number => x.reduce((s, v, i) => s + v * b[i], 0);
  const variance = dot(column) + 0.01,
    off = 0.3;
  const target = dot(variant.mu) + off;
  expect(logEvidence(variant, [{ phase: 0.5, values: [target], noise: 0.1 }])).toBeCloseTo(
    -0.5 * ((off * off) / variance + Math.log(2 * Math.PI * variance)),
    5,
  );
});

test("conditions that make no sense are refused by name", () => {
  const asked = (c: object) => () => rowsOf([{ phase: 0.5, values: [1, 2], ...c }], 2, 1);
  expect(asked({ phase: 1.2 })).toThrow(/condition at phase 1.2: phase must lie in 0..1/);
  expect(asked({ values: [1] })).toThrow(/1 values, the act has 2 dimensions/);
  expect(asked({ values: [1, Infinity] })).toThrow(/dimension 1 is Infinity, use NaN/);
  expect(asked({ noise: -1 })).toThrow(/noise is -1/);
});
