import fc from "fast-check";
import { expect, test } from "vitest";
import {
  FEEDBACK,
  MOOD_WEIGHT,
  SELF,
  SIGMA,
  TAU_FADE,
  TAU_MOOD,
  TAU_VALENCE,
  type CoreAffect,
  type Transition,
  addSource,
  createCoreAffect,
  stepCoreAffect,
  transition,
} from "./core-affect.ts";
import { createNoise, nextGaussian, nextUniform } from "./noise.ts";

const CENTRE = { valence: 0, arousal: 0 };
const decay = fc.double({ min: 1 / 200, max: 0.5, noNaN: true }),
  time = fc.double({ min: 1e-3, max: 30, noNaN: true });

function solved(rate: number, tau: number, dt: number): Transition {
  const out = createCoreAffect(CENTRE).work;
  transition(rate, tau, dt, out);
  return out;
}

test("T1 two steps are one: mean, input and covariance of any two steps are those of their sum", () => {
  fc.assert(
    fc.property(decay, time, time, (rate, s, t) => {
      const tau = 1 / rate + 5;
      const a = solved(1 / tau + rate, tau, s),
        b = solved(1 / tau + rate, tau, t),
        both = solved(1 / tau + rate, tau, s + t);
      expect(b.xx * a.xx + b.xm * a.mx).toBeCloseTo(both.xx, 12);
      expect(b.xx * a.xm + b.xm * a.mm).toBeCloseTo(both.xm, 12);
      expect(b.mx * a.xm + b.mm * a.mm).toBeCloseTo(both.mm, 12);
      expect(b.xx * a.inputX + b.xm * a.inputM + b.inputX).toBeCloseTo(both.inputX, 10);
      expect(b.mx * a.inputX + b.mm * a.inputM + b.inputM).toBeCloseTo(both.inputM, 10);
      const varX = b.xx * b.xx * a.varX + 2 * b.xx * b.xm * a.cov + b.xm * b.xm * a.varM + b.varX;
      const cov = b.xx * b.mx * a.varX + (b.xx * b.mm + b.xm * b.mx) * a.cov + b.xm * b.mm * a.varM + b.cov;
      const varM = b.mx * b.mx * a.varX + 2 * b.mx * b.mm * a.cov + b.mm * b.mm * a.varM + b.varM;
      expect(varX).toBeCloseTo(both.varX, 10);
      expect(cov).toBeCloseTo(both.cov, 10);
      expect(varM).toBeCloseTo(both.varM, 10);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("T1 the closed form is the equation: a very fine Euler integration of mean and covariance agrees", () => {
  const tau = TAU_VALENCE,
    rate = 1 / tau + 0.01,
    seconds = 40,
    h = 1e-3;
  const [c, r, q] = [MOOD_WEIGHT / tau, 1 / TAU_MOOD, 1 / TAU_MOOD + 1 / TAU_FADE];
  let x = 0.5,
    m = -0.2,
    varX = 0,
    cov = 0,
    varM = 0;
  const input = 0.004;
  for (let t = 0; t < seconds / h; t++) {
    const dx = -rate * x + c * m + input,
      dm = r * x - q * m;
    const dVarX = 2 * (-rate * varX + c * cov) + 1,
      dCov = -rate * cov + c * varM + r * varX - q * cov,
      dVarM = 2 * (r * cov - q * varM);
    x += h * dx;
    m += h * dm;
    varX += h * dVarX;
    cov += h * dCov;
    varM += h * dVarM;
  }
  const s = solved(rate, tau, seconds);
  expect(s.xx * 0.5 - s.xm * 0.2 + s.inputX * input).toBeCloseTo(x, 4);
  expect(s.mx * 0.5 - s.mm * 0.2 + s.inputM * input).toBeCloseTo(m, 4);
  expect(s.varX / varX).toBeCloseTo(1, 3);
  expect(s.cov / cov).toBeCloseTo(1, 3);
  expect(s.varM / varM).toBeCloseTo(1, 3);
});

// dt of a video frame, of a tenth and of a second: samples of as many minds at 20 s, and the same minds a time constant later.
test.each([1 / 30, 0.1, 1])("T1 with a step of %f s mean, variance and autocorrelation are those of theory", (dt) => {
  const minds = dt < 0.1 ? 2500 : 6000,
    home = { valence: 0.1, arousal: 0 };
  const steps = Math.round(TAU_VALENCE / dt);
  const first: number[] = [],
    later: number[] = [];
  for (let i = 0; i < minds; i++) {
    const noise = createNoise(i, "ou"),
      core = createCoreAffect(home);
    for (let s = 0; s < steps; s++) stepCoreAffect(core, { home, inertia: 1, sigma: SIGMA }, noise, dt);
    first.push(core.valence);
    for (let s = 0; s < steps; s++) stepCoreAffect(core, { home, inertia: 1, sigma: SIGMA }, noise, dt);
    later.push(core.valence);
  }
  const white = (SIGMA * SIGMA * 2) / TAU_VALENCE;
  const one = solved(1 / TAU_VALENCE, TAU_VALENCE, steps * dt),
    two = solved(1 / TAU_VALENCE, TAU_VALENCE, 2 * steps * dt);
  const mean = (x: number[]): number => x.reduce((s, v) => s + v, 0) / x.length;
  const covariance = (x: number[], y: number[]): number => {
    const mx = mean(x),
      my = mean(y);
    return x.reduce((s, v, i) => s + (v - mx) * (y[i] - my), 0) / (x.length - 1);
  };
  expect(Math.abs(mean(later) - 0.1)).toBeLessThan((4 * SIGMA) / Math.sqrt(minds));
  // Within 5 %, or three standard errors where the sample is smaller.
  const room = Math.max(0.05, 3 * Math.sqrt(2 / minds));
  expect(Math.abs(covariance(later, later) / (white * two.varX) - 1)).toBeLessThan(room);
  const expected = (one.xx * one.varX + one.xm * one.cov) / Math.sqrt(one.varX * two.varX);
  const found = covariance(first, later) / Math.sqrt(covariance(first, first) * covariance(later, later));
  expect(Math.abs(found - expected)).toBeLessThan(0.05);
});

test("T3 left alone a feeling comes home without ringing, from wherever it is", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -0.8, max: 0.8, noNaN: true }),
      fc.double({ min: 0.02, max: 2, noNaN: true }),
      (start, valence, dt) => {
        const home = { valence, arousal: 0 };
        const core = createCoreAffect({ valence: start, arousal: 0 }),
          noise = createNoise(1, "none");
        const side = Math.sign(start - valence);
        for (let t = 0; t < 180; t += dt) {
          stepCoreAffect(core, { home, inertia: 1, sigma: 0 }, noise, dt);
          expect(side * (core.valence - valence)).toBeGreaterThan(-1e-9);
        }
        expect(Math.abs(core.valence - valence)).toBeLessThan(0.02);
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

/** Random sources, inputs and pulls, as strong as they come and stronger. */
function stir(core: CoreAffect, draw: Uint32Array, strength: number): void {
  for (let i = 0; i < core.drive.length; i++) core.drive[i] = strength * (nextUniform(draw) - 0.5);
  core.pull[0] = 0.02 * nextUniform(draw);
  core.pull[1] = 0.02 * nextUniform(draw);
}

test("the parts sum to the feeling exactly, the flow to its change, and nothing leaves -1..1, whatever comes", () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0, max: 0.4, noNaN: true }), (seed, strength) => {
      const draw = createNoise(seed, "inputs"),
        noise = createNoise(seed, "noise"),
        home = { valence: 1.6 * (nextUniform(draw) - 0.5), arousal: 0 };
      const core = createCoreAffect(home);
      addSource(core, "contagion", "Anna");
      addSource(core, "appraisal", "Anna");
      for (let t = 0; t < 60; t++) {
        stir(core, draw, strength);
        const before = [core.valence, core.arousal];
        stepCoreAffect(core, { home, inertia: 1, sigma: SIGMA }, noise, 3 * nextUniform(draw) + 1e-3);
        for (const [axis, feeling] of [core.valence, core.arousal].entries()) {
          let parts = 0,
            flow = 0;
          for (let i = axis; i < core.parts.length; i += 2) {
            parts += core.parts[i];
            flow += core.flow[i];
          }
          expect(parts).toBe(feeling);
          expect(flow).toBeCloseTo(feeling - before[axis], 12);
          expect(Math.abs(feeling)).toBeLessThanOrEqual(1);
        }
        expect(Math.abs(core.mood.valence)).toBeLessThanOrEqual(1);
      }
    }),
    { seed: 2, numRuns: 100 },
  );
});

test("the sum of the parts is what one equation without parts does", () => {
  const home = { valence: 0.2, arousal: 0 },
    core = createCoreAffect(home),
    draw = createNoise(3, "one");
  addSource(core, "contagion", "Anna");
  let x = 0.2,
    m = 0;
  for (let t = 0; t < 200; t++) {
    stir(core, draw, 0.02);
    const dt = 0.1 + nextUniform(draw);
    const rate = 1 / TAU_VALENCE + core.pull[0];
    let input = -rate * home.valence + home.valence / TAU_VALENCE;
    for (let i = 0; i < core.drive.length; i += 2) input += core.drive[i];
    const s = solved(rate, TAU_VALENCE, dt);
    const away = x - home.valence;
    [x, m] = [home.valence + s.xx * away + s.xm * m + s.inputX * input, s.mx * away + s.mm * m + s.inputM * input];
    stepCoreAffect(core, { home, inertia: 1, sigma: 0 }, draw, dt);
    expect(core.valence).toBeCloseTo(x, 12);
    expect(core.mood.valence).toBeCloseTo(m, 12);
  }
});

test("a source's part is what it alone would have brought: halve its input and its part halves, the others' stay", () => {
  const after = (share: number): CoreAffect => {
    const core = createCoreAffect(CENTRE),
      noise = createNoise(1, "none");
    addSource(core, "contagion", "Anna");
    for (let t = 0; t < 30; t++) {
      core.drive[2 * FEEDBACK] = 0.002;
      core.drive[10] = 0.01 * share;
      core.pull[0] = 0.01;
      stepCoreAffect(core, { home: { valence: 0.3, arousal: 0 }, inertia: 1, sigma: 0 }, noise, 0.5);
    }
    return core;
  };
  const whole = after(1),
    half = after(0.5);
  expect(half.parts[10]).toBeCloseTo(whole.parts[10] / 2, 12);
  expect(half.parts[2 * FEEDBACK]).toBeCloseTo(whole.parts[2 * FEEDBACK], 12);
  expect(half.parts[2 * SELF]).toBeCloseTo(whole.parts[2 * SELF], 12);
});

test("noise that is saved goes on with the numbers that would have come", () => {
  const noise = createNoise(9, "saved");
  for (let i = 0; i < 7; i++) nextGaussian(noise);
  const copy = Uint32Array.from(JSON.parse(JSON.stringify([...noise])) as number[]);
  for (let i = 0; i < 100; i++) expect(nextGaussian(copy)).toBe(nextGaussian(noise));
});
