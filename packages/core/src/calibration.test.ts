import { expect, test } from "vitest";
import { type Demo, learnSet } from "./lessons.ts";
import { type Mind, attend, createMind, step } from "./mind.ts";
import { type Reading, fitLooseness } from "./mirror/calibrate.ts";
import { createRng, gaussian } from "./rng.ts";

const CHANNELS = ["x", "y", "z"];
const header = { format: "attune-recording", version: 1, channels: CHANNELS, rate: 30 } as const;

/** Three seconds about one place: hardly moving, or swinging at a phase nobody chose. */
function held(size: number, seed: number): Demo {
  const rng = createRng(seed, `held/${size}`);
  const phases = CHANNELS.map(() => 2 * Math.PI * rng()),
    pace = 1.5 + 0.5 * rng();
  const frames = Array.from({ length: 90 }, (_, t) => ({
    time: t / 30,
    channels: Float32Array.from(
      CHANNELS,
      (_, d) => size * Math.sin(2 * Math.PI * pace * (t / 30) + phases[d]) + 0.02 * gaussian(rng),
    ),
  }));
  return { header, frames };
}

function leader(mind: Mind, demo: Demo): string {
  attend(mind, header);
  for (const frame of demo.frames) step(mind, frame);
  const k = mind.report.reduce((best, p, i) => (p > mind.report[best] ? i : best), 0);
  return mind.repertoire.acts[k].name;
}

test("keeping still does not explain swinging: each act allows as much straying as its performances show", () => {
  const mind = createMind({ body: { kind: "channels", names: CHANNELS }, rate: 30 });
  const many = (size: number): Demo[] => Array.from({ length: 8 }, (_, i) => held(size, i));
  learnSet(mind, [
    { name: "still", demos: many(0) },
    { name: "swing", demos: many(1) },
  ]);
  const [still, swing] = mind.repertoire.acts.map(({ id }) => mind.repertoire.perception?.looseness?.acts[id] ?? NaN);
  expect(still).toBeLessThan(0.8);
  expect(swing).toBeGreaterThan(1);
  for (let seed = 100; seed < 112; seed++) {
    expect(leader(mind, held(1, seed)), `swing ${seed}`).toBe("swing");
    expect(leader(mind, held(0, seed)), `still ${seed}`).toBe("still");
  }
});

test("looseness is a ratio of costs, drawn towards one, and one where acts differ little", () => {
  const reading = (truth: number, own: number, seen = 1): Reading => ({
    truth,
    own,
    seen,
    hypotheses: new Float64Array(0),
    share: 1,
    moving: 0,
  });
  const many = (truth: number, own: number): Reading[] => Array.from({ length: 30 }, () => reading(truth, own));
  const fitted = fitLooseness([...many(0, 1), ...many(1, 3), ...many(2, 2), reading(2, 99, 0.5)], 4);
  expect(fitted?.typical).toBe(2);
  const [tight, loose, usual, never] = fitted?.acts ?? [];
  // (30 * 0.5 + 3) / 33 and (30 * 1.5 + 3) / 33, each a factor e^0.3 nearer to one.
  expect(tight).toBeCloseTo((18 / 33) * Math.exp(0.3), 12);
  expect(loose).toBeCloseTo((48 / 33) * Math.exp(-0.3), 12);
  expect([usual, never]).toEqual([1, 1]);
  // A single replay moves it less; none at all says nothing.
  expect(fitLooseness([reading(0, 1), ...many(1, 3)], 2)?.acts[0]).toBeGreaterThan(tight);
  expect(fitLooseness([reading(0, Infinity)], 1)).toBeUndefined();
});
