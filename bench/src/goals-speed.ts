// What goals cost a frame: chains of as many goals, followed through the mirror's belief frame by frame.

import {
  addExample,
  createActStream,
  createChains,
  createExpected,
  createGoalWatch,
  createRng,
  expectNext,
  seeActs,
} from "@attune/core";
import { round } from "./watching.ts";

export interface GoalSpeed {
  goals: number;
  steps: number;
  learnMs: number;
  meanMs: number;
  p50Ms: number;
  p99Ms: number;
  /** Longest frame: one at which an act begins. */
  maxMs: number;
  frames: number;
}

const ACTS = 60;
const RATE = 30;

export function measureGoalSpeed(goals: number, steps: number, frames: number): GoalSpeed {
  const rng = createRng(goals, "bench/goal-speed");
  const names = Array.from({ length: ACTS }, (_, k) => `act ${k}`);
  const orders = Array.from({ length: goals }, () =>
    Array.from({ length: steps }, () => names[Math.floor(ACTS * rng())]),
  );
  const chains = createChains();
  const start = performance.now();
  orders.forEach((order, g) => {
    for (let k = 0; k < 3; k++)
      addExample(chains, {
        goal: `goal ${g}`,
        acts: order.map((name, i) => ({ name, object: `thing ${g % 20}`, from: i, to: i + 0.6 + 0.3 * rng() })),
      });
  });
  const learnMs = performance.now() - start;
  const watch = createGoalWatch(chains);
  const stream = createActStream(names);
  const expected = createExpected();
  const probability = new Float64Array(ACTS),
    begun = new Float64Array(ACTS).fill(-1),
    phase = new Float64Array(ACTS);
  const took = new Float64Array(frames);
  const progress = { phase: 0, phaseSd: 0.1 };
  let goal = 0,
    step = 0,
    since = 0;
  for (let n = 0; n < frames; n++) {
    const time = n / RATE;
    if (time - since > 0.9) {
      since = time;
      if (++step >= steps) {
        step = 0;
        goal = Math.floor(rng() * goals);
      }
    }
    // What the mirror makes of an act: sure within a quarter of a second, with one rival and a little noise.
    const k = names.indexOf(orders[goal][step]),
      sure = Math.min(0.95, 0.3 + 2.6 * (time - since));
    probability.fill(0);
    probability[(k + 7) % ACTS] = (1 - sure) * (0.6 + 0.3 * rng());
    probability[k] = sure;
    begun[k] = since;
    begun[(k + 7) % ACTS] = since;
    phase[k] = phase[(k + 7) % ACTS] = Math.min(0.94, time - since);
    const from = performance.now();
    seeActs(chains, watch, stream, { time, probability, begun, phase });
    progress.phase = phase[k];
    expectNext(chains, watch, time, progress, expected);
    took[n] = performance.now() - from;
  }
  // The engine is warm after a fifth.
  const warm = took.slice(Math.floor(frames / 5)).sort();
  return {
    goals,
    steps,
    learnMs: round(learnMs, 0),
    meanMs: round(warm.reduce((s, v) => s + v, 0) / warm.length, 4),
    p50Ms: round(warm[warm.length >> 1], 4),
    p99Ms: round(warm[Math.floor(0.99 * warm.length)], 4),
    maxMs: round(warm[warm.length - 1], 3),
    frames,
  };
}
