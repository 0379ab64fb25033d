// What watching costs: generated acts of 60 dimensions, a generated stream of them with rests between, one core.

import { type Mind, attend, createMind, createRng, learnSet, step } from "@attune/core";
import { round } from "./watching.ts";

export interface Speed {
  acts: number;
  /** Learning all acts, calibration and rehearsal included, ms. */
  learnMs: number;
  p50Ms: number;
  p99Ms: number;
  /** Resident memory after the stream, MB. */
  mb: number;
  frames: number;
}

const DIMS = 60;
const RATE = 30;

/** @param frames how long the stream is */
export function measureSpeed(acts: number, frames: number): Speed {
  const rng = createRng(acts, "bench/speed");
  const names = Array.from({ length: DIMS }, (_, d) => `c${d}`);
  const header = { format: "attune-recording", version: 1, channels: names, rate: RATE } as const;
  const movements = Array.from({ length: acts }, () => movement(rng));
  const mind: Mind = createMind({ body: { kind: "channels", names }, rate: RATE });
  const start = performance.now();
  learnSet(
    mind,
    movements.map((rows, k) => ({
      name: `act ${k}`,
      demos: [{ header, frames: rows.map((channels, t) => ({ time: t / RATE, channels })) }],
    })),
  );
  const learnMs = performance.now() - start;
  attend(mind, header);
  const took = new Float64Array(frames);
  let playing = movements[0],
    at = 0;
  const channels = new Float32Array(DIMS);
  for (let n = 0; n < frames; n++) {
    if (at >= playing.length + 15) {
      playing = movements[Math.floor(rng() * acts)];
      at = 0;
    }
    const row = playing[Math.min(at++, playing.length - 1)];
    for (let d = 0; d < DIMS; d++) channels[d] = row[d] + 0.01 * (rng() - 0.5);
    const before = performance.now();
    step(mind, { time: n / RATE, channels });
    took[n] = performance.now() - before;
  }
  took.sort();
  return {
    acts,
    learnMs: round(learnMs, 0),
    p50Ms: round(took[Math.floor(0.5 * frames)], 3),
    p99Ms: round(took[Math.floor(0.99 * frames)], 3),
    mb: round(process.memoryUsage().rss / 1e6, 0),
    frames,
  };
}

/** One act: each channel a sum of three slow sines under a bell, 1.2 to 2.4 s. */
function movement(rng: () => number): Float32Array[] {
  const length = Math.round(RATE * (1.2 + 1.2 * rng()));
  const waves = Array.from({ length: DIMS * 3 }, () => ({ a: rng() - 0.5, f: 0.3 + 1.7 * rng(), p: 6.3 * rng() }));
  return Array.from({ length }, (_, t) => {
    const u = t / (length - 1),
      bell = Math.sin(Math.PI * u);
    return Float32Array.from({ length: DIMS }, (_, d) => {
      let v = 0;
      for (let k = 0; k < 3; k++) {
        const { a, f, p } = waves[d * 3 + k];
        v += a * Math.sin(2 * Math.PI * f * u + p);
      }
      return v * bell;
    });
  });
}
