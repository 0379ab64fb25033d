import { expect, test } from "vitest";
import { createRng, gaussian } from "../rng.ts";
import { addExample, createChains } from "./chains.ts";
import { aimOf, createSceneMemory, forgetObject, seeObjects } from "./context.ts";
import {
  createOnsetScratch,
  dwellIn,
  dwellOf,
  createDwellStats,
  addDwell,
  remainingOf,
  survival,
  logDensity,
} from "./dwell.ts";
import { createExpected, expectNext, minimumJerk, minimumJerkPhase, phaseFromPace, progressTo } from "./landing.ts";
import { beginAct, createGoalWatch, endAct } from "./watch.ts";

const unknown = { phase: NaN, phaseSd: NaN };
const room = () => ({ mean: 0, sd: 0, soonest: 0, latest: 0, probability: 0 });

test("the time left of an act is that of all lengths longer than it has lasted (against drawn lengths)", () => {
  const rng = createRng(1, "goals/dwell");
  const drawn = Array.from({ length: 200_000 }, () => Math.exp(0.2 + 0.4 * gaussian(rng)));
  const out = room();
  for (const elapsed of [0, 0.8, 1.5]) {
    remainingOf({ mean: 0.2, sd: 0.4 }, elapsed, NaN, NaN, createOnsetScratch(), out, 0.5);
    const left = drawn.filter((d) => d > elapsed).map((d) => d - elapsed);
    left.sort((a, b) => a - b);
    expect(out.mean).toBeCloseTo(left.reduce((s, v) => s + v, 0) / left.length, 1);
    expect(Math.abs(out.probability - left.filter((v) => v <= 0.5).length / left.length)).toBeLessThan(0.07);
    expect(Math.abs(out.soonest - left[Math.floor(0.1 * left.length)])).toBeLessThan(0.08);
    expect(Math.abs(out.latest - left[Math.floor(0.9 * left.length)])).toBeLessThan(0.12);
  }
});

test("how far along it looks narrows the time left, and to where it points", () => {
  const vague = room(),
    clear = room(),
    scratch = createOnsetScratch();
  const dwell = { mean: 0, sd: 0.5 };
  remainingOf(dwell, 0.6, NaN, NaN, scratch, vague, 0.5);
  remainingOf(dwell, 0.6, 0.75, 0.05, scratch, clear, 0.5);
  expect(clear.sd).toBeLessThan(vague.sd / 2);
  expect(clear.mean).toBeCloseTo(0.2, 1);
});

test("what has outlasted all that is known is about to end", () => {
  const out = room();
  remainingOf({ mean: 0, sd: 0.2 }, 30, NaN, NaN, createOnsetScratch(), out, 0.5);
  expect(out.mean).toBe(0);
  expect(out.probability).toBe(1);
});

test("the survival is the integral of the density, and lengths in a goal go from the act's to its own", () => {
  const dwell = { mean: 0.3, sd: 0.6 };
  let sum = 0;
  const dx = 0.001;
  for (let x = Math.log(2); x < 6; x += dx)
    sum += (dx * Math.exp(logDensity(dwell, Math.exp(x + dx / 2)))) / Math.sqrt(2 * Math.PI);
  expect(survival(dwell, 2)).toBeCloseTo(sum, 4);
  const all = createDwellStats(),
    own = createDwellStats();
  for (let k = 0; k < 50; k++) addDwell(all, 1, 1);
  let before = 0;
  for (let k = 0; k < 5; k++) {
    addDwell(own, 3, 1);
    const { mean } = dwellIn(dwellOf(all), own);
    expect(mean).toBeGreaterThan(before);
    expect(mean).toBeLessThan(Math.log(3));
    before = mean;
  }
  const regular = createDwellStats();
  for (let k = 0; k < 40; k++) addDwell(regular, k % 2 === 0 ? 1 : Math.exp(0.5), 1);
  expect(dwellIn(dwellOf(regular), regular).sd).toBeCloseTo(0.25, 1);
});

test("minimum jerk: the share of the time is found again from the share of the way, and from pace alone", () => {
  for (const tau of [0.05, 0.2, 0.5, 0.8, 0.95]) {
    expect(minimumJerkPhase(minimumJerk(tau))).toBeCloseTo(tau, 6);
    const D = 0.4,
      T = 0.9;
    const speed = (D / T) * 30 * tau * tau * (1 - tau) * (1 - tau);
    expect(phaseFromPace(D * minimumJerk(tau), speed, tau * T)).toBeCloseTo(tau, 6);
  }
  expect(minimumJerkPhase(-1)).toBe(0);
  expect(minimumJerkPhase(2)).toBe(1);
});

test("a hand on its way lands at the object when the movement ends", () => {
  const chains = createChains();
  for (let k = 0; k < 5; k++)
    addExample(chains, {
      goal: "drink",
      acts: [
        { name: "reach", object: "cup", from: 0, to: 0.7 + 0.1 * k },
        { name: "sip", object: "cup", from: 1.4, to: 2 },
      ],
    });
  const watch = createGoalWatch(chains, { context: { objects: [{ kind: "cup", position: [0.5, 0] }] } });
  const expected = createExpected(),
    progress = { phase: 0, phaseSd: 0 };
  beginAct(chains, watch, { time: 0, name: "reach", object: "cup" });
  const T = 1.05;
  for (const time of [0.35, 0.55, 0.75]) {
    progressTo([0.5, 0], [0, 0], [0.5 * minimumJerk(time / T), 0], progress);
    expectNext(chains, watch, time, progress, expected);
    expect(Math.abs(expected.in - (T - time))).toBeLessThan(0.12);
    expect(expected.object).toBe(0);
    // After it lands comes the usual pause.
    expect(expected.mean).toBeGreaterThan(expected.in + 0.3);
  }
  endAct(chains, watch, 1.05);
  expectNext(chains, watch, 1.05, unknown, expected);
  const first = expected.mean;
  expectNext(chains, watch, 1.2, unknown, expected);
  expect(first - expected.mean).toBeCloseTo(0.15, 9);
});

test("of two objects the hand goes for the one it heads to, of two in its way the nearer, hardly one out of reach", () => {
  const memory = createSceneMemory();
  seeObjects(
    memory,
    [
      { kind: "cup", position: [1, 0] },
      { kind: "jug", position: [2, 0] },
      { kind: "plate", position: [0, 1] },
    ],
    0,
  );
  const out = new Float64Array(3);
  aimOf(memory.objects, { position: [0, 0], velocity: [1, 0] }, 1, out);
  expect(out[0]).toBe(1);
  expect(out[0]).toBeGreaterThan(out[1]);
  expect(out[1]).toBeGreaterThan(10 * out[2]);
  aimOf(memory.objects, { position: [0, 0], velocity: [0, 0] }, 1, out);
  expect(out[2]).toBeCloseTo(out[0], 9);
  const rest = { position: [0.5, 0.5], velocity: [0, 0] };
  aimOf(memory.objects, rest, 1, out);
  expect(out[0]).toBeCloseTo(out[2], 9);
  aimOf(memory.objects, { ...rest, shoulder: [1.2, 0], reach: 0.9 }, 1, out);
  expect(out[0]).toBeGreaterThan(20 * out[2]);
});

test("what is hidden is remembered where it was, one that moved is the same one, what was taken away is gone", () => {
  const memory = createSceneMemory();
  seeObjects(
    memory,
    [{ kind: "cup", role: "full", position: [0, 0] }, { kind: "cup", position: [1, 0] }, { kind: "jug" }],
    0,
  );
  seeObjects(memory, [{ kind: "cup", role: "empty", position: [0.1, 0] }], 1);
  expect(memory.objects).toHaveLength(3);
  expect(memory.objects[0]).toEqual({ kind: "cup", role: "empty", position: [0.1, 0], seen: 1 });
  expect(memory.objects[1]).toMatchObject({ position: [1, 0], seen: 0 });
  forgetObject(memory, "jug");
  expect(memory.objects.map(({ kind }) => kind)).toEqual(["cup", "cup"]);
});
