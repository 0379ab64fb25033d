import fc from "fast-check";
import { expect, test } from "vitest";
import { FACE } from "../body/face.ts";
import { VISAGE, VISAGE_NAMES, visageOf } from "../body/visage.ts";
import { type Display, type Showing, amountOf, createDisplay, faceValence, stepDisplay } from "./display.ts";
import { EXPRESSIONS, EXPRESSION_NAMES, expressionNamed } from "./expressions.ts";
import { createNoise } from "./noise.ts";

const NOISE = createNoise(1, "none");
const SMILE = visageOf(expressionNamed("joy"));
const LIPS = VISAGE_NAMES.indexOf("AU12L");

function showing(change: Partial<Showing> = {}): Showing {
  return {
    valence: 0,
    arousal: 0,
    emotions: new Float64Array(EXPRESSIONS.length),
    expressiveness: 1,
    factor: 1,
    ...change,
  };
}

function feels(name: string, strength = 1): Float64Array {
  const out = new Float64Array(EXPRESSIONS.length);
  out[EXPRESSION_NAMES.indexOf(name)] = strength;
  return out;
}

function shown(show: Showing, seconds = 5, dt = 0.05, pose?: Float64Array, response?: Float64Array): Display {
  const display = createDisplay(NOISE, false);
  for (let t = 0; t < seconds - dt / 2; t += dt) stepDisplay(display, show, response, pose, NOISE, false, dt);
  return display;
}

test("units come with .15 s and go with .45 s, at any frame rate alike", () => {
  for (const dt of [0.01, 0.03, 0.15]) {
    const display = createDisplay(NOISE, false);
    for (let t = 0; t < 0.3 - dt / 2; t += dt) stepDisplay(display, showing(), undefined, SMILE, NOISE, false, dt);
    expect(display.x[LIPS]).toBeCloseTo(SMILE[LIPS] * (1 - Math.exp(-2)), 6);
    for (let t = 0; t < 0.45 - dt / 2; t += dt) stepDisplay(display, showing(), undefined, undefined, NOISE, false, dt);
    expect(display.x[LIPS]).toBeCloseTo(SMILE[LIPS] * (1 - Math.exp(-2)) * Math.exp(-1), 2);
  }
});

test("an emotion shows as its expression, more with expressiveness, less under suppression, and a calm face at home is blank", () => {
  for (const name of EXPRESSION_NAMES) {
    const { shown: much } = shown(showing({ emotions: feels(name) }));
    expect(EXPRESSION_NAMES[much.indexOf(Math.max(...much))]).toBe(name);
  }
  const joy = EXPRESSION_NAMES.indexOf("joy");
  const amount = (change: Partial<Showing>): number =>
    amountOf(joy, shown(showing({ emotions: feels("joy"), ...change })).x);
  expect(amount({ expressiveness: 1.6 })).toBeGreaterThan(1.3 * amount({}));
  expect(amount({ factor: 0.4 })).toBeCloseTo(0.4 * amount({}), 2);
  expect(Math.max(...shown(showing()).x)).toBeLessThan(0.01);
});

test("core affect alone shows a little, as the expression whose place it is at", () => {
  for (const { name, valence, arousal } of EXPRESSIONS) {
    const display = shown(showing({ valence, arousal }));
    const at = EXPRESSION_NAMES.indexOf(name);
    expect(display.shown[at]).toBeGreaterThan(0.9 * Math.max(...display.shown));
    expect(Math.max(...display.x.subarray(0, FACE))).toBeLessThan(0.35);
  }
});

test("a response is added, a pose shows where it is more, and what is no number moves nothing", () => {
  const response = new Float64Array(VISAGE);
  response[LIPS] = 0.2;
  const feeling = shown(showing({ emotions: feels("joy", 0.5) }));
  expect(shown(showing({ emotions: feels("joy", 0.5) }), 5, 0.05, undefined, response).x[LIPS]).toBeCloseTo(
    feeling.x[LIPS] + 0.2,
    3,
  );
  expect(shown(showing(), 5, 0.05, SMILE).x[LIPS]).toBeCloseTo(SMILE[LIPS], 3);
  const senseless = new Float64Array(VISAGE).fill(NaN);
  expect([...shown(showing({ emotions: feels("joy", 0.5) }), 5, 0.05, senseless, senseless).x]).toEqual([...feeling.x]);
});

test("faces stay faces whatever is asked of them", () => {
  const any = fc.array(fc.double({ noNaN: false }), { minLength: VISAGE, maxLength: VISAGE });
  fc.assert(
    fc.property(any, any, (pose, response) => {
      const { x } = shown(
        showing({ expressiveness: 10, emotions: feels("fear") }),
        1,
        0.1,
        Float64Array.from(pose),
        Float64Array.from(response),
      );
      x.forEach((value, k) => expect(Math.abs(value) <= (k < FACE ? 1 : 1.2) && (k >= FACE || value >= 0)).toBe(true));
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("the face's valence is that of the expression: smiles above 0, frowns below, a blank face 0", () => {
  const of = (name: string): number => faceValence(visageOf(expressionNamed(name)));
  for (const name of ["joy", "amusement", "laughter", "pride", "contentment"]) expect(of(name)).toBeGreaterThan(0.15);
  for (const name of ["sadness", "anger", "disgust", "pain"]) expect(of(name)).toBeLessThan(-0.15);
  expect(faceValence(new Float64Array(VISAGE))).toBe(0);
});

test("what must not show does not, whatever is felt, and goes as fast as it came; what is put on stays", () => {
  const display = createDisplay(NOISE, false);
  const glad = showing({
    valence: 0.5,
    arousal: 0.4,
    emotions: Float64Array.from(EXPRESSIONS, (_, e) => (e === 0 ? 1 : 0)),
  });
  const limit = new Float64Array(FACE).fill(1);
  const show = (seconds: number, pose?: Float64Array): void => {
    for (let t = 0; t < seconds; t += 1 / 30)
      stepDisplay(display, { ...glad, limit }, undefined, pose, NOISE, false, 1 / 30);
  };
  show(3);
  expect(display.x[LIPS]).toBeGreaterThan(0.2);
  limit[LIPS] = 0;
  show(0.6);
  expect(display.x[LIPS]).toBeLessThan(0.02);
  expect(display.own[LIPS]).toBeGreaterThan(0.2);
  show(2, SMILE);
  expect(display.x[LIPS]).toBeGreaterThan(0.5);
});
