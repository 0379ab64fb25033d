import { expect, test } from "vitest";
import { createRng } from "../rng.ts";
import { tabulateGains } from "./bank.ts";
import { type Mirror, observe } from "./mirror.ts";
import { BANK_RATES } from "./spec.ts";
import { denseInverse, dot, times as multiply } from "./dense.ts";
import { slowGrid, slowLatent, slowRow, slowVariance } from "./slow.ts";
import { noiseOf, smallMirror } from "./testing.ts";

const RATE = 30;

/** One act, one hypothesis, only posture counts, nothing is given up: what is left is the bank's Gaussian. */
function gaussianMirror(seed: number, D: number): Mirror {
  const changes = { headingWeight: 0, evidence: 1, posturePrecision: 1, prune: 1e6, linger: 1e9 };
  return smallMirror([seed], D, {
    ...changes,
    slots: 1,
    onsetEvery: Infinity,
    background: { posture: 50, heading: 0 },
  });
}

/** Frames near the act, drawn as the bank thinks they come about: an offset that stays, and noise. */
function stream(mirror: Mirror, seed: number, jitter: number, missing: number): { t: number[]; y: Float64Array[] } {
  const rng = createRng(seed, "bank/stream");
  const [table] = mirror.tables,
    S = mirror.metric.length;
  const z = [...noiseOf(rng, table.rank)];
  const t: number[] = [],
    y: Float64Array[] = [];
  // Up to the end of the fastest clock, so that every frame counts for every clock.
  for (let n = 0; n / RATE < 0.9 * table.duration * Math.exp(BANK_RATES[0]); n += 3) {
    for (let i = n; i < n + 3; i++) {
      const time = i / RATE + (i > 2 ? (jitter * (rng() - 0.5)) / RATE : 0);
      const grid = slowGrid(table, time / table.duration),
        mean = slowRow(table.posture, S, grid),
        A = slowLatent(table, S, grid),
        noise = noiseOf(rng, S, 0.5);
      t.push(time);
      y.push(Float64Array.from(mean, (m, d) => (rng() < missing ? NaN : m + dot(A[d], z) + noise[d])));
    }
  }
  return { t, y };
}

/** Everything at once: the stacked frames are one Gaussian with covariance A A' + R. */
function batch(mirror: Mirror, k: number, { t, y }: { t: number[]; y: Float64Array[] }): { z: number[]; log: number } {
  const [table] = mirror.tables,
    S = mirror.metric.length;
  const A: number[][] = [],
    e: number[] = [],
    R: number[] = [];
  t.forEach((time, n) => {
    const grid = slowGrid(table, time / (table.duration * Math.exp(BANK_RATES[k])));
    const mean = slowRow(table.posture, S, grid),
      rows = slowLatent(table, S, grid);
    const steady = Math.abs(time - n / RATE) < 0.02 / RATE && y[n].every(Number.isFinite);
    const dt = steady || n === 0 ? 1 / RATE : time - t[n - 1];
    y[n].forEach((v, d) => {
      if (!Number.isFinite(v)) return;
      A.push(rows[d]);
      e.push(v - mean[d]);
      R.push(slowVariance(mirror.spec.bankVariance, dt));
    });
  });
  const C = A.map((a, i) => A.map((b, j) => dot(a, b) + (i === j ? R[i] : 0)));
  const { inverse, logdet } = denseInverse(C);
  const Ce = multiply(inverse, e);
  const z = Array.from({ length: table.rank }, (_, i) => A.reduce((s, row, n) => s + row[i] * Ce[n], 0));
  return { z, log: -0.5 * dot(e, Ce) - 0.5 * (logdet - R.reduce((s, v) => s + Math.log(v), 0)) };
}

/** Latent mean and log evidence of one clock since its onset. */
function clock(mirror: Mirror, k: number): { z: number[]; log: number } {
  const { rank, bankZ, bankMass, mass, costSum, tables } = mirror;
  const prior = BANK_RATES.map((r) => Math.exp(-0.5 * (r / tables[0].spread) ** 2));
  const log = Math.log(prior[k] / prior.reduce((a, b) => a + b, 0));
  // The masses are rebased every frame; what the hypothesis has cost since its onset is not.
  return {
    z: [...bankZ.subarray(k * rank, k * rank + tables[0].rank)],
    log: bankMass[k] - mass[0] - costSum[0] - log,
  };
}

test.each([
  ["complete frames at the nominal rate (tabulated gains)", 0, 0],
  ["irregular frames (explicit precisions)", 0.5, 0],
  ["frames with missing coordinates, which drop out", 0, 0.3],
  ["irregular frames with missing coordinates", 0.5, 0.3],
])("frame by frame is all at once: %s", (_, jitter, missing) => {
  for (const [seed, D] of [
    [1, 3],
    [2, 4],
  ]) {
    const mirror = gaussianMirror(seed, D);
    const shown = stream(mirror, seed, jitter, missing);
    shown.t.forEach((time, n) => observe(mirror, shown.y[n], time));
    expect(mirror.on[0]).toBe(1);
    expect(mirror.tables[0].rank).toBeGreaterThan(2);
    expect(mirror.exact[0]).toBe(jitter + missing > 0 ? 1 : 0);
    for (let k = 0; k < BANK_RATES.length; k++) {
      const fast = clock(mirror, k),
        slow = batch(mirror, k, shown);
      expect(Math.abs(fast.log - slow.log)).toBeLessThan(1e-9 * (1 + Math.abs(slow.log)));
      fast.z.forEach((z, i) => expect(Math.abs(z - slow.z[i])).toBeLessThan(1e-9));
    }
  }
});

test("tabulated gains are the inverse precisions along the path, and half the steps of their log-determinants", () => {
  const { tables, spec } = gaussianMirror(4, 4);
  const [table] = tables,
    r = table.rank;
  BANK_RATES.forEach((logRate, k) => {
    const { frames, gains } = tabulateGains(table, k, RATE, spec.bankVariance);
    const precision = Array.from({ length: r }, (_, i) => Array.from({ length: r }, (_, j) => (i === j ? 1 : 0)));
    let before = 0;
    const length = table.duration * Math.exp(logRate);
    expect(frames).toBe(Math.floor(length * RATE + 1e-6) + 1);
    for (let n = 0; n < frames; n++) {
      const A = slowLatent(table, 4, slowGrid(table, n / RATE / length));
      for (const row of A)
        row.forEach((a, i) =>
          row.forEach((b, j) => (precision[i][j] += (a * b) / slowVariance(spec.bankVariance, 1 / RATE))),
        );
      const { inverse, logdet } = denseInverse(precision);
      const at = n * (r * r + 1);
      inverse.flat().forEach((v, i) => expect(Math.abs(gains[at + i] - v)).toBeLessThan(1e-10));
      expect(gains[at + r * r]).toBeCloseTo(0.5 * (logdet - before), 9);
      before = logdet;
    }
  });
});

test("one late frame makes a steady hypothesis carry its precisions itself, and changes nothing else", () => {
  const steady = gaussianMirror(5, 4),
    nudged = gaussianMirror(5, 4);
  const { t, y } = stream(steady, 5, 0, 0);
  t.forEach((time, n) => {
    observe(steady, y[n], time);
    observe(nudged, y[n], n === 8 ? time + 0.0201 / RATE : time);
  });
  expect([steady.exact[0], nudged.exact[0]]).toEqual([0, 1]);
  for (let k = 0; k < BANK_RATES.length; k++) {
    const a = clock(steady, k),
      b = clock(nudged, k);
    expect(Math.abs(a.log - b.log)).toBeLessThan(0.05);
    a.z.forEach((z, i) => expect(Math.abs(z - b.z[i])).toBeLessThan(0.01));
  }
});

test("a coordinate never seen says as much as one the act does not have", () => {
  const blind = gaussianMirror(6, 4),
    without = gaussianMirror(6, 4);
  without.tables[0].known[3] = 0;
  const { t, y } = stream(blind, 6, 0.5, 0);
  t.forEach((time, n) => {
    observe(blind, y[n].with(3, NaN), time);
    observe(without, y[n].with(3, NaN), time);
  });
  expect(blind.bankZ).toEqual(without.bankZ);
  expect(blind.bankMass).toEqual(without.bankMass);
});
