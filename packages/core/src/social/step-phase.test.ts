import { expect, test } from "vitest";
import { createNoise } from "../affect/noise.ts";
import { createStepPhase, followRhythm, phaseApart, stepPhase } from "./step-phase.ts";

const DT = 1 / 60;
const QUIET = { noise: 0, learns: 0 };

/** Where own and other are apart after some seconds, rad. */
function apartAfter(
  spec: Parameters<typeof createStepPhase>[0],
  hz: number,
  from: number,
  seconds = 60,
  attention = 1,
): number {
  const step = createStepPhase({ ...QUIET, ...spec });
  step.phase = from;
  let other = 0;
  for (let t = 0; t < seconds; t += DT) {
    other += 2 * Math.PI * hz * DT;
    stepPhase(step, other, attention, DT);
  }
  return phaseApart(step.phase, other);
}

test("equal rates settle together, or against each other while b/a is above 1/4 (Haken, Kelso & Bunz 1985)", () => {
  for (const ratio of [0.1, 0.2, 0.3, 0.5, 1]) {
    expect(apartAfter({ a: 1, b: ratio }, 1, 0.6)).toBeCloseTo(0, 2);
    const against = Math.abs(apartAfter({ a: 1, b: ratio }, 1, Math.PI - 0.1, 120));
    if (ratio > 0.25) expect(against).toBeCloseTo(Math.PI, 2);
    else expect(against).toBeCloseTo(0, 2);
  }
});

test("with a alone the phase locks where a sin(phi) makes up for the rates, and drifts beyond", () => {
  const away = 0.2;
  const expected = Math.asin((-2 * Math.PI * away) / 2);
  expect(apartAfter({ a: 2, b: 0, returns: 1e9 }, 1 + away, 0)).toBeCloseTo(expected, 1);
  const marks = [40, 41, 42, 43].map((seconds) => apartAfter({ a: 1, b: 0, returns: 1e9 }, 1.3, 0, seconds));
  expect(Math.max(...marks) - Math.min(...marks)).toBeGreaterThan(0.8);
});

test("the closer one watches, the more in step, and not at all without a look (Richardson et al. 2007)", () => {
  const together = (attention: number): number => {
    const step = createStepPhase({ noise: 1.2, learns: 0 }),
      noise = createNoise(3, "test/step");
    let other = 0,
      x = 0,
      y = 0;
    const frames = 60 * 400;
    for (let i = 0; i < frames; i++) {
      other += 2 * Math.PI * 1.12 * DT;
      stepPhase(step, other, attention, DT, noise);
      x += Math.cos(step.phase - other) / frames;
      y += Math.sin(step.phase - other) / frames;
    }
    return Math.hypot(x, y);
  };
  const [none, some, full] = [0, 0.4, 1].map(together);
  expect(none).toBeLessThan(0.15);
  expect(some).toBeGreaterThan(none + 0.1);
  expect(full).toBeGreaterThan(some + 0.1);
});

test("a rate is learned while they move together and comes back when they stop", () => {
  const step = createStepPhase({ noise: 0, hz: 1 });
  let other = 0;
  for (let t = 0; t < 60; t += DT) stepPhase(step, (other += 2 * Math.PI * 1.2 * DT), 1, DT);
  expect(step.rate / (2 * Math.PI)).toBeGreaterThan(1.1);
  for (let t = 0; t < 120; t += DT) stepPhase(step, NaN, 1, DT);
  expect(step.rate / (2 * Math.PI)).toBeCloseTo(1, 2);
});

test("a position tells its phase within a tenth of a turn, at 25 to 60 frames a second, and none when it stands", () => {
  for (const fps of [25, 30, 60]) {
    const { rhythm } = createStepPhase();
    let worst = 0;
    for (let i = 0; i < 20 * fps; i++) {
      const t = i / fps;
      const phase = followRhythm(rhythm, 3 + 0.2 * Math.sin(2 * Math.PI * 0.9 * t), 1 / fps);
      if (t > 8) worst = Math.max(worst, Math.abs(phaseApart(phase, 2 * Math.PI * 0.9 * t)));
    }
    expect(worst).toBeLessThan(0.2 * Math.PI);
    for (let i = 0; i < 5 * fps; i++) followRhythm(rhythm, 3, 1 / fps);
    expect(followRhythm(rhythm, 3, 1 / fps)).toBeNaN();
  }
});

test("what is not seen is waited for, and absurd rates are refused", () => {
  const step = createStepPhase();
  for (let i = 0; i < 200; i++) expect(followRhythm(step.rhythm, NaN, DT)).toBeNaN();
  stepPhase(step, NaN, 1, 100);
  expect(Number.isFinite(step.phase)).toBe(true);
  expect(() => createStepPhase({ hz: 0 })).toThrow(/hz is 0/);
  expect(() => createStepPhase({ a: NaN })).toThrow(/a is NaN/);
  expect(structuredClone(step)).toEqual(step);
});
