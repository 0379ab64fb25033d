// Named random streams: the same seed and name give the same numbers on every engine, and adding
// a stream moves no other. The name is folded into the whole 128-bit state (affect/noise.ts, which is for state that is saved).

import { createNoise, nextUniform } from "./affect/noise.ts";

/** Uniform numbers in [0, 1). */
export type Rng = () => number;

/** @param name what the numbers are for, e.g. "act/wave/sample" */
export function createRng(seed: number, name: string): Rng {
  const state = createNoise(seed, name);
  return () => nextUniform(state);
}

/** One draw from N(0, 1) (Box & Muller 1958). */
export function gaussian(rng: Rng): number {
  const u = 1 - rng(),
    v = rng();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
