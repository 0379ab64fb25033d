import { describe, expect, test } from "vitest";
import { expressionNamed } from "../affect/expressions.ts";
import { createReading, likeliest, readVisage } from "../affect/reading.ts";
import { READ } from "../affect/weights.ts";
import type { Frame } from "../frame.ts";
import { createFaceSight, seeFace } from "./face-eye.ts";
import { faceSetNamed } from "./face-sets.ts";
import { FACE, FACE_UNITS } from "./face.ts";
import { showTurns } from "./turns.ts";
import { HEAD_AT, VISAGE, VISAGE_NAMES, visageOf } from "./visage.ts";

const OWN = `facs-${FACE}`;
const at = (name: string) => VISAGE_NAMES.indexOf(name);

/** A way of seeing faces of a set: each frame's visage. */
function watching(faceSet: string): (frame: Frame) => Float64Array {
  const sight = createFaceSight({ format: "attune-recording", version: 1, faceSet, rate: 30 });
  return (frame) => {
    const out = new Float64Array(VISAGE);
    seeFace(sight, frame, out, new Float64Array(VISAGE));
    return out;
  };
}

function shapes(values: Readonly<Record<string, number>>): Float32Array {
  return Float32Array.from(faceSetNamed("arkit-52").names, (name) => {
    const key = Object.keys(values).find((each) => name === each || name.replace(/(Left|Right)$/, "#") === each);
    return key === undefined ? 0 : values[key];
  });
}

function turned(visage: Float64Array, time: number): Frame {
  const head = new Float32Array(7),
    gaze = new Float32Array(3);
  showTurns(visage.subarray(HEAD_AT), head, gaze);
  return { time, face: Float32Array.from(visage.subarray(0, FACE)), head, gaze };
}

function closed(time: number, units: readonly string[]): Frame {
  return { time, face: Float32Array.from(FACE_UNITS, (unit) => (units.includes(unit) ? 1 : 0)) };
}

describe("how the head is held", () => {
  test.each(["pride", "shame", "embarrassment"])("a single picture of %s reads as that", (name) => {
    const reading = createReading();
    readVisage(watching(OWN)(turned(visageOf(expressionNamed(name)), 0)), undefined, reading);
    expect(READ[likeliest(reading)]).toBe(name);
  });

  test("a camera that stands aside is forgotten in a minute, a turn of a second is not", () => {
    const see = watching(OWN),
      aside = visageOf({ name: "aside", units: {}, head: { yaw: 0.3 } });
    let seen = see(turned(aside, 0));
    for (let t = 1; t <= 600; t++) seen = see(turned(aside, t / 10));
    expect(Math.abs(seen[at("head.yaw")])).toBeLessThan(0.05);
    const bow = visageOf({ name: "bow", units: {}, head: { yaw: 0.3, pitch: -0.4 } });
    for (let t = 0; t < 10; t++) seen = see(turned(bow, 60.1 + t / 10));
    expect(seen[at("head.pitch")]).toBeLessThan(-0.37);
  });

  test("in one step or in many, the same is taken for usual", () => {
    const ends = [1, 10, 100].map((steps) => {
      const see = watching(OWN),
        aside = visageOf({ name: "aside", units: {}, head: { yaw: 0.3 } });
      let seen = see(turned(aside, 0));
      for (let t = 1; t <= steps; t++) seen = see(turned(aside, (10 * t) / steps));
      return seen[at("head.yaw")];
    });
    expect(ends[1]).toBeCloseTo(ends[0], 6);
    expect(ends[2]).toBeCloseTo(ends[0], 6);
  });
});

describe("blinks", () => {
  const BOTH = ["AU43L", "AU43R"];

  test.each([10, 25, 30, 60])("of .27 s are not seen at %i frames a second", (rate) => {
    const see = watching(OWN);
    let most = 0;
    for (let t = 0; t < 20 * rate; t++) {
      const seen = see(closed(t / rate, t % (3 * rate) > 2 * rate && (t % rate) / rate < 0.27 ? BOTH : []));
      most = Math.max(most, seen[at("AU43L")]);
    }
    expect(most).toBe(0);
  });

  test("eyes that stay closed are, after less than a second, and open at once", () => {
    const see = watching(OWN);
    for (let t = 0; t < 60; t++) see(closed(t / 30, []));
    let seen = see(closed(2, []));
    for (let t = 61; t < 86; t++) seen = see(closed(t / 30, BOTH));
    expect([seen[at("AU43L")], seen[at("AU43R")]]).toEqual([1, 1]);
    expect(see(closed(86 / 30, []))[at("AU43L")]).toBe(0);
  });

  test("one eye alone winks, however shortly; a picture has closed eyes at once", () => {
    const see = watching(OWN);
    for (let t = 0; t < 60; t++) see(closed(t / 30, []));
    const seen = see(closed(2, ["AU43L"]));
    expect([seen[at("AU43L")], seen[at("AU43R")]]).toEqual([1, 0]);
    expect(watching(OWN)(closed(0, BOTH))[at("AU43R")]).toBe(1);
  });

  test("what was seen before a gap says nothing of them", () => {
    const see = watching(OWN);
    for (let t = 0; t < 60; t++) see(closed(t / 30, []));
    expect(see(closed(9, BOTH))[at("AU43L")]).toBe(1);
  });
});

describe("blend shapes as units", () => {
  const see = (values: Readonly<Record<string, number>>) => watching("arkit-52")({ time: 0, face: shapes(values) });
  const read = (visage: Float64Array) => {
    const reading = createReading();
    readVisage(visage, undefined, reading);
    return { name: READ[likeliest(reading)], sure: reading.probability[likeliest(reading)] };
  };

  test("eyes that narrow in a smile raise the cheek, whether the cheek is scored or not; narrowed eyes alone do not", () => {
    expect(see({ "mouthSmile#": 0.8, "eyeSquint#": 0.6 })[at("AU06L")]).toBeCloseTo(0.6);
    expect(see({ "mouthSmile#": 0.8, "eyeSquint#": 0.1, "cheekSquint#": 0.7 })[at("AU06R")]).toBeCloseTo(0.7);
    expect(see({ "eyeSquint#": 0.6 })[at("AU06L")]).toBe(0);
    expect(read(see({ "mouthSmile#": 0.8, "eyeSquint#": 0.6 }))).toMatchObject({ name: "joy" });
    expect(read(see({ "mouthSmile#": 0.8, "eyeSquint#": 0.6 })).sure).toBeGreaterThan(0.6);
  });

  test("an open jaw parts the lips, unless they are kept closed over it", () => {
    expect(see({ jawOpen: 0.4 })[at("AU25")]).toBeCloseTo(0.8);
    expect(see({ jawOpen: 0.4, mouthClose: 0.4 })[at("AU25")]).toBeCloseTo(0);
    expect(see({ "mouthLowerDown#": 0.5 })[at("AU25")]).toBeCloseTo(0.5);
  });

  test("pressed and rolled lips are tight", () => {
    const seen = see({ "mouthPress#": 0.6, mouthRollLower: 0.6 });
    expect([seen[at("AU23")], seen[at("AU24")]].map((x) => Math.round(10 * x))).toEqual([6, 6]);
  });

  test("a number that is not there or not trusted leaves its unit unseen, or to another", () => {
    const see52 = watching("arkit-52"),
      { names } = faceSetNamed("arkit-52");
    const face = shapes({ "mouthSmile#": 0.8, "eyeSquint#": 0.6 });
    face[names.indexOf("cheekSquintLeft")] = NaN;
    face[names.indexOf("mouthSmileRight")] = NaN;
    const seen = see52({ time: 0, face });
    expect(seen[at("AU06L")]).toBeCloseTo(0.6);
    expect(seen[at("AU12R")]).toBeNaN();
    expect(seen[at("AU06R")]).toBe(0);
    const faceConfidence = new Float32Array(names.length).fill(1);
    faceConfidence[names.indexOf("jawOpen")] = 0.1;
    expect(see52({ time: 1, face: shapes({ jawOpen: 1 }), faceConfidence })[at("AU26")]).toBeNaN();
  });
});

test.each(["toString", "constructor", "facs"])("a face set called %s is not known", (name) => {
  expect(() => faceSetNamed(name)).toThrow(/no face set .* is known; known: facs-/);
});
