import { describe, expect, test } from "vitest";
import { FACE_UNITS } from "../body/face.ts";
import { HEAD_AT, VISAGE, VISAGE_NAMES, visageOf } from "../body/visage.ts";
import { showTurns, turnsOf } from "../body/turns.ts";
import { learn } from "../lessons.ts";
import { type Mind, attend, phaseOf, step } from "../mind.ts";
import { UNITS_PER_ACT } from "../neurons/population.ts";
import { act } from "../perform.ts";
import { unitsDoing } from "../report.ts";
import { createRng, gaussian } from "../rng.ts";
import { createFace, performExpression } from "./face-acts.ts";
import { EXPRESSIONS, EXPRESSION_NAMES, type Expression, expressionNamed } from "./expressions.ts";
import { FACE_HEADER, facesOf } from "./testing.ts";

const FACE_MIND = createFace();

/** The act thought most probable at any time, and how probable it ever was. */
function seenAs(face: Mind, frames: ReturnType<typeof facesOf>): { name: string; probability: number } {
  attend(face, FACE_HEADER);
  let probability = 0,
    name = "none";
  for (const frame of frames) {
    step(face, frame);
    face.report.forEach((p, k) => {
      if (p <= probability) return;
      probability = p;
      name = face.repertoire.acts[k].name;
    });
  }
  return { name, probability };
}

test("each expression, done weaker, stronger, shorter and longer, is seen as itself by the face that practised it", () => {
  const rng = createRng(3, "test/expressions");
  let right = 0,
    shown = 0;
  const wrong: string[] = [];
  for (const expression of EXPRESSIONS)
    for (const strength of [0.5, 1])
      for (const apex of [0.5, 3]) {
        const demo = performExpression(expression, {
          strength,
          apex,
          tempo: Math.exp(0.2 * gaussian(rng)),
          rate: 30,
          rest: 1,
        });
        const { name } = seenAs(FACE_MIND, facesOf(demo, rng));
        shown++;
        if (name === expression.name) right++;
        else wrong.push(`${expression.name} ${strength} as ${name}`);
      }
  expect(right / shown, wrong.join("; ")).toBeGreaterThanOrEqual(0.94);
});

test("a face at rest, trembling as trackers do, is none of them", () => {
  const rng = createRng(5, "test/rest");
  const rest = performExpression({ ...EXPRESSIONS[0], units: {} }, { apex: 8, rate: 30 });
  attend(FACE_MIND, FACE_HEADER);
  const frames = facesOf(rest, rng);
  let certain = 0;
  for (const frame of frames) {
    step(FACE_MIND, frame);
    if (Math.max(...FACE_MIND.report) > 0.5) certain++;
  }
  expect(certain / frames.length).toBeLessThan(0.02);
});

describe("an expression shown once", () => {
  const grin: Expression = {
    ...expressionNamed("joy"),
    name: "pout",
    units: { AU17: 0.8, AU18: 0.9, AU22: 0.6 },
    signal: "other",
  };

  test("is nothing known before, is known after, and can be done", () => {
    const face = createFace({ expressions: EXPRESSIONS.slice(0, 6) });
    const rng = createRng(9, "test/pout");
    const once = facesOf(performExpression(grin, { rate: 30, rest: 0.1 }), rng);
    expect(seenAs(face, once).probability).toBeLessThan(0.6);
    learn(face, "pout", [{ header: FACE_HEADER, frames: once }]);
    const again = performExpression(grin, { strength: 0.75, tempo: 1.25, rate: 30, rest: 0.5 });
    expect(seenAs(face, facesOf(again, rng))).toEqual({ name: "pout", probability: expect.closeTo(0.9, 0) });
    const done = act(face, "pout");
    const at = FACE_UNITS.indexOf("AU18");
    const pucker = done.times.map((_, t) => done.own[t * VISAGE + at]);
    expect(Math.max(...pucker)).toBeGreaterThan(0.7);
    expect(Math.max(...pucker)).toBeLessThan(1.1);
  });
});

test("doing an expression and seeing it fire the same units at the same phase", () => {
  const joy = FACE_MIND.repertoire.acts.findIndex(({ name }) => name === "joy");
  const demo = performExpression(expressionNamed("joy"), { rate: 30, rest: 0.5 });
  attend(FACE_MIND, FACE_HEADER);
  const strongest = (rates: ArrayLike<number>): number => Array.from(rates).indexOf(Math.max(...Array.from(rates)));
  let compared = 0;
  for (const frame of facesOf(demo, createRng(1, "test/units"))) {
    step(FACE_MIND, frame);
    const phase = phaseOf(FACE_MIND, joy);
    if (FACE_MIND.report[joy] < 0.6 || phase > 0.9) continue;
    const place = FACE_MIND.places[joy] * UNITS_PER_ACT;
    const seeing = strongest(FACE_MIND.population.rates.subarray(place, place + UNITS_PER_ACT)),
      doing = strongest(unitsDoing(FACE_MIND, "joy", phase)[joy].rates);
    expect(Math.abs(seeing - doing), `at ${phase.toFixed(2)}`).toBeLessThanOrEqual(1);
    compared++;
  }
  expect(compared).toBeGreaterThan(15);
});

test("every expression has a peak that faces have, and a time to come and to go", () => {
  for (const expression of EXPRESSIONS) {
    const peak = visageOf(expression);
    expect(Math.max(...peak)).toBeGreaterThan(0.2);
    for (let u = 0; u < HEAD_AT; u++) expect(peak[u]).toBeLessThanOrEqual(1);
    const { times, values } = performExpression(expression, { rate: 30 });
    expect(times[times.length - 1]).toBeCloseTo(expression.onset + expression.apex + expression.offset, 1);
    expect(
      Float64Array.from(values)
        .subarray(0, VISAGE)
        .every((v) => Math.abs(v) < 0.02),
    ).toBe(true);
  }
  expect(new Set(EXPRESSION_NAMES).size).toBe(EXPRESSION_NAMES.length);
  expect(() => visageOf({ name: "x", units: { AU99: 1 } })).toThrow(/AU99/);
  expect(() => expressionNamed("glee")).toThrow(/no expression "glee"; there are joy/);
});

test("head and eyes are read back as they were turned, whichever way the camera's axes point", () => {
  const head = new Float32Array(7),
    gaze = new Float32Array(3),
    out = new Float64Array(5);
  const turns = [0.2, -0.3, 0.1, -0.25, 0.15];
  showTurns(turns, head, gaze);
  expect(turnsOf({ time: 0, head, gaze }, true, out)).toBe(true);
  for (let i = 0; i < 5; i++) expect(out[i]).toBeCloseTo(turns[i], i === 2 ? 2 : 5);
  const [w, x, y, z] = head;
  const flipped = Float32Array.of(w, x, -y, -z, 0, 0, 0);
  turnsOf({ time: 0, head: flipped, gaze: Float32Array.of(gaze[0], -gaze[1], -gaze[2]) }, false, out);
  for (let i = 0; i < 5; i++) expect(out[i]).toBeCloseTo(turns[i], i === 2 ? 2 : 5);
  expect(turnsOf({ time: 0 }, true, out)).toBe(false);
  expect(Number.isNaN(out[0])).toBe(true);
  expect(VISAGE_NAMES.slice(HEAD_AT)).toEqual(["head.pitch", "head.yaw", "head.roll", "gaze.pitch", "gaze.yaw"]);
});
