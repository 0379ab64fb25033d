// Scores of probabilistic forecasts over classes.

import { createRng } from "@attune/core";

export interface Forecast {
  truth: number;
  guess: number;
  /** [classes], sum 1. */
  shares: readonly number[];
}

const BINS = 10;
const DRAWS = 400;

/** Mean squared difference between the forecast and what was so, summed over classes (Brier 1950). */
export function brier(forecasts: readonly Forecast[]): number {
  let sum = 0;
  for (const { truth, shares } of forecasts) shares.forEach((p, k) => (sum += (p - (k === truth ? 1 : 0)) ** 2));
  return sum / forecasts.length;
}

/**
 * Expected calibration error of the top answer, BINS equal bins. A perfect forecaster does not score zero on few items, so
 * its own score is simulated: `corrected` is the error above its mean (not below 0), `band` its 2.5 and 97.5 % quantiles.
 */
export function calibrationError(forecasts: readonly Forecast[]): {
  raw: number;
  corrected: number;
  band: [number, number];
} {
  const stated = forecasts.map((f) => f.shares[f.guess]);
  const raw = error(
    stated,
    forecasts.map((f) => f.guess === f.truth),
  );
  const rng = createRng(1, "bench/perfect-forecaster");
  const perfect = Array.from({ length: DRAWS }, () =>
    error(
      stated,
      stated.map((p) => rng() < p),
    ),
  ).sort((a, b) => a - b);
  const mean = perfect.reduce((s, v) => s + v, 0) / DRAWS;
  const at = (q: number): number => perfect[Math.min(DRAWS - 1, Math.floor(q * DRAWS))];
  return { raw, corrected: Math.max(0, raw - mean), band: [at(0.025), at(0.975)] };
}

/** Of each bin with answers in it: mean stated probability, share right, and how many there are. */
export function reliability(forecasts: readonly Forecast[]): [stated: number, right: number, n: number][] {
  const bins = binned(
    forecasts.map((f) => f.shares[f.guess]),
    forecasts.map((f) => f.guess === f.truth),
  );
  return bins.filter(({ n }) => n > 0).map(({ said, was, n }) => [said / n, was / n, n]);
}

function error(stated: readonly number[], right: readonly boolean[]): number {
  return binned(stated, right).reduce((sum, { said, was }) => sum + Math.abs(said - was), 0) / stated.length;
}

/** Sums of what was stated and of what came true, in equal bins of stated probability. */
function binned(stated: readonly number[], right: readonly boolean[]): { said: number; was: number; n: number }[] {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, was: 0, n: 0 }));
  stated.forEach((p, i) => {
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))];
    bin.said += p;
    bin.was += Number(right[i]);
    bin.n++;
  });
  return bins;
}

/** Chance that one of `positive` lies above one of `negative`, ties half (Mann-Whitney U / n m). */
export function areaUnderRoc(positive: readonly number[], negative: readonly number[]): number {
  const sorted = [...negative].sort((a, b) => a - b);
  let sum = 0;
  for (const p of positive) sum += (countBelow(sorted, p, false) + countBelow(sorted, p, true)) / 2;
  return sum / (positive.length * negative.length);
}

/** Share of `positive` above the threshold that `rate` of `negative` lie above. */
export function hitRateAt(positive: readonly number[], negative: readonly number[], rate: number): number {
  const sorted = [...negative].sort((a, b) => b - a);
  const threshold = sorted[Math.min(sorted.length - 1, Math.floor(rate * sorted.length))];
  return positive.filter((p) => p > threshold).length / positive.length;
}

/** How many of a sorted list lie below a value, or not above it. */
function countBelow(sorted: readonly number[], value: number, orAt: boolean): number {
  let lo = 0,
    hi = sorted.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (sorted[mid] < value || (orAt && sorted[mid] === value)) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
