// For the tests of this room: small acts, and streams of them.

import { durationOf } from "../repertoire/act.ts";
import { BASIS, splineAt } from "../repertoire/basis.ts";
import { learnedGesture } from "../repertoire/testing.ts";
import { type Rng, createRng, gaussian } from "../rng.ts";
import { tabulateGains } from "./bank.ts";
import { type Mirror, assemble } from "./mirror.ts";
import { BANK_RATES, type MirrorSpec, mirrorSpec } from "./spec.ts";
import { identityReadout, tabulate } from "./tables.ts";

/** A mirror over gestures of `D` coordinates, one act a seed. */
export function smallMirror(seeds: readonly number[], D: number, changes: Partial<MirrorSpec> = {}): Mirror {
  const spec = mirrorSpec(30, changes);
  const metric = new Float64Array(D).fill(1);
  const tables = seeds.map((seed, i) => ({
    ...tabulate(seed, i, 0, learnedGesture(seed, D, 3).variants[0], identityReadout(D), {
      metric,
      motion: spec.motion,
      rate: spec.rate,
      maxRank: spec.maxRank,
    }),
    loose: LOOSE[i % LOOSE.length],
  }));
  return assemble(
    spec,
    metric,
    tables,
    tables.map((t) => BANK_RATES.map((_, r) => tabulateGains(t, r, spec.rate, spec.bankVariance))),
  );
}

/** Acts allow their performances to stray differently far. */
const LOOSE = [1, 0.7, 1.3];

/** Frames of gesture `seed` as it was learned, done at `tempo` times its usual speed. */
export function played(
  seed: number,
  D: number,
  tempo: number,
  noise = 0,
): { times: number[]; frames: Float64Array[]; duration: number } {
  const variant = learnedGesture(seed, D, 3).variants[0];
  const duration = durationOf(variant) / tempo;
  const rng = createRng(seed, `played/${tempo}`);
  const times: number[] = [],
    frames: Float64Array[] = [];
  for (let n = 0; n / 30 <= duration; n++) {
    const z = n / 30 / duration;
    times.push(n / 30);
    frames.push(Float64Array.from({ length: D }, (_, d) => splineAt(variant.mu, d * BASIS, z) + noise * gaussian(rng)));
  }
  return { times, frames, duration };
}

/** Gaussian numbers. */
export function noiseOf(rng: Rng, n: number, sd = 1): Float64Array {
  return Float64Array.from({ length: n }, () => sd * gaussian(rng));
}
