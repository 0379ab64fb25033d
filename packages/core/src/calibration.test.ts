import { expect, test } from "vitest";
import { type Demo, learnSet } from "./lessons.ts";
import { type Mind, attend, createMind, step } from "./mind.ts";
import { type Reading, fitStraying, looseness } from "./mirror/calibrate.ts";
import { loosenessOf, rebuild } from "./rebuild.ts";
import { mergeActs } from "./repertoire/repertoire.ts";
import { loadRepertoire, saveRepertoire } from "./repertoire/store.ts";
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

const many = (size: number): Demo[] => Array.from({ length: 8 }, (_, i) => held(size, i));
const SEEDS = Array.from({ length: 12 }, (_, i) => 100 + i);

function stillAndSwing(): Mind {
  const mind = createMind({ body: { kind: "channels", names: CHANNELS }, rate: 30 });
  learnSet(mind, [
    { name: "still", demos: many(0) },
    { name: "swing", demos: many(1) },
  ]);
  return mind;
}

const told = stillAndSwing();

function expectTellsApart(mind: Mind): void {
  for (const seed of SEEDS) {
    expect(leader(mind, held(1, seed)), `swing ${seed}`).toBe("swing");
    expect(leader(mind, held(0, seed)), `still ${seed}`).toBe("still");
  }
}

test("keeping still does not explain swinging: each act allows as much straying as its performances show", () => {
  const [still, swing] = loosenessOf(told.repertoire).ratios;
  expect(still).toBeLessThan(0.8);
  expect(swing).toBeGreaterThan(1);
  expectTellsApart(structuredClone(told));
});

test("acts loaded without their performances keep what is known of them when others are learned", () => {
  const mind = createMind({ repertoire: loadRepertoire(saveRepertoire(told.repertoire)) });
  const before = mind.repertoire.acts.map((a) => a.straying);
  // Half a second each: too short for the background to be fitted anew, which must then stay.
  const short = (f: (t: number) => number, i: number): Demo => ({
    header,
    frames: Array.from({ length: 15 }, (_, t) => ({
      time: t / 30,
      channels: Float32Array.of(f(t / 15) + 0.01 * i, 0, -f(t / 15)),
    })),
  });
  const { background } = mind.repertoire.perception ?? {};
  learnSet(mind, [
    { name: "up", demos: [0, 1].map((i) => short((u) => 3 * u, i)) },
    { name: "there and back", demos: [0, 1].map((i) => short((u) => 3 * Math.sin(Math.PI * u), i)) },
  ]);
  expect(mind.repertoire.acts.slice(0, 2).map((a) => a.straying)).toEqual(before);
  expect(mind.repertoire.perception?.background).toBe(background);
  expectTellsApart(mind);
});

test("two acts that become one stray as their performances did together", () => {
  const mind = structuredClone(told);
  const [still, swing] = mind.repertoire.acts.map((a) => a.straying ?? { cost: NaN, n: 0 });
  const { straying } = mergeActs(mind.repertoire, "swing", "still");
  expect(straying?.n).toBe(still.n + swing.n);
  expect(straying?.cost).toBeCloseTo((still.n * still.cost + swing.n * swing.cost) / (still.n + swing.n), 12);
  rebuild(mind);
  expect(new Set(mind.mirror.tables.map((t) => t.loose))).toEqual(new Set([1]));
});

test("looseness is a ratio of costs, drawn towards one, and one where acts differ little", () => {
  const { typical, ratios } = looseness([{ cost: 1, n: 30 }, { cost: 3, n: 30 }, { cost: 2, n: 30 }, undefined]);
  expect(typical).toBe(2);
  // (30 * 0.5 + 3) / 33 and (30 * 1.5 + 3) / 33, each a factor e^0.3 nearer to one.
  expect(ratios[0]).toBeCloseTo((18 / 33) * Math.exp(0.3), 12);
  expect(ratios[1]).toBeCloseTo((48 / 33) * Math.exp(-0.3), 12);
  expect(ratios.slice(2)).toEqual([1, 1]);
  // A single replay moves it less; none at all says nothing.
  expect(
    looseness([
      { cost: 1, n: 1 },
      { cost: 3, n: 30 },
    ]).ratios[0],
  ).toBeGreaterThan(ratios[0]);
  expect(looseness([undefined])).toEqual({ typical: 0, ratios: [1] });
});

test("straying is the median over whole performances, none of them below zero", () => {
  const reading = (own: number, seen = 1): Reading => ({
    truth: 0,
    own,
    seen,
    hypotheses: new Float64Array(0),
    share: 1,
    moving: 0,
  });
  const readings = [reading(1), reading(900), reading(-1), reading(99, 0.5), reading(Infinity)];
  expect(fitStraying(readings)).toEqual({ cost: 1, n: 3 });
  expect(fitStraying([...readings, reading(2)])).toEqual({ cost: 1.5, n: 4 });
  expect(fitStraying([reading(-1)])).toEqual({ cost: 0, n: 1 });
  expect(fitStraying([reading(Infinity)])).toBeUndefined();
});
