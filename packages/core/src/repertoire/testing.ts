// For the tests of this room: gestures made of a few slow sines, the same for the same seed.

import { type Rng, createRng, gaussian } from "../rng.ts";
import type { Act } from "./act.ts";
import type { Demonstration } from "./demonstration.ts";
import { createAct, learnInto } from "./learn.ts";

export interface GestureOptions {
  /** Samples; default 60. */
  samples?: number;
  /** s; default 2. */
  duration?: number;
  /** From the share of the duration gone to phase: how the performance is timed. */
  warp?: (u: number) => number;
  /** Standard deviation of how far its coefficients are from the gesture's own; default 0. */
  vary?: number;
  rng?: Rng;
}

/** One performance of gesture `seed` in D dimensions, extent about 1. */
export function gesture(seed: number, D: number, options: GestureOptions = {}): Demonstration {
  const { samples = 60, duration = 2, warp = (u: number) => u, vary = 0 } = options;
  const shape = createRng(seed, "gesture"),
    vary1 = options.rng ?? createRng(seed, "vary");
  const coefficients = Array.from({ length: D * 4 }, () => shape() - 0.5 + vary * gaussian(vary1));
  const times = new Float64Array(samples),
    values = new Float64Array(samples * D);
  for (let t = 0; t < samples; t++) {
    const u = t / (samples - 1),
      z = warp(u);
    times[t] = u * duration;
    for (let d = 0; d < D; d++) {
      const [a, b, c, e] = coefficients.slice(4 * d, 4 * d + 4);
      values[t * D + d] = a + b * z + c * Math.sin(Math.PI * z) + e * Math.sin(2 * Math.PI * z);
    }
  }
  return { times, values };
}

/** An act learned from `n` varied performances of gesture `seed`. */
export function learnedGesture(seed: number, D: number, n: number, vary = 0.1): Act {
  const rng = createRng(seed, "learned");
  const dims = Array.from({ length: D }, (_, d) => `x${d}`);
  const act = createAct(`gesture ${seed}`, seed, "motor", dims);
  learnInto(
    act,
    Array.from({ length: n }, () => gesture(seed, D, { vary, rng, duration: 1.8 + 0.4 * rng() })),
    { maxVariants: 1 },
  );
  return act;
}
