import { describe, expect, test } from "vitest";
import { VISAGE, VISAGE_NAMES, visageOf } from "../body/visage.ts";
import { createRng, gaussian } from "../rng.ts";
import { createRestingFace, lessRest, watchRest } from "./baseline.ts";
import { EXPRESSIONS, expressionNamed } from "./expressions.ts";
import { FACE_PARTS, FEATURES, featureOfUnit, featuresOfRow, toldByTable } from "./features.ts";
import { createReading, likeliest, readFeatures, readVisage, readingWords } from "./reading.ts";
import { BASIC, READ, READING_RULES, SHARPNESS } from "./weights.ts";

const NEUTRAL = { name: "neutral", units: {} };
const PARTS = ["brow", "eye", "mouth"] as const;

/** A face with one part not seen. */
function without(visage: Float64Array, part: keyof typeof FACE_PARTS): Float64Array {
  return visage.map((x, d) => (FACE_PARTS[part].includes(Number(VISAGE_NAMES[d].slice(2, 4))) ? NaN : x));
}

/** Faces of the six as people do them: any strength, units now and then missing, noise. */
function people(n: number): { name: string; visage: Float64Array }[] {
  const rng = createRng(3, "reading/people");
  return Array.from({ length: n }, (_, i) => {
    const name = BASIC[i % BASIC.length],
      strength = 0.5 + 0.6 * rng();
    const visage = visageOf(expressionNamed(name)).map((x, d) => {
      const noise = 0.1 * gaussian(rng),
        there = rng() > 0.05 ? x * strength : 0;
      return d < VISAGE - 5 ? Math.min(1, Math.max(0, there + noise)) : there + noise;
    });
    return { name, visage };
  });
}

test("each prototype at its apex reads as itself, and most at .4 of it", () => {
  const reading = createReading();
  let faint = 0;
  for (const expression of [...EXPRESSIONS, NEUTRAL]) {
    const apex = visageOf(expression);
    readVisage(apex, undefined, reading);
    expect(READ[likeliest(reading)], expression.name).toBe(expression.name);
    expect(reading.probability.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    readVisage(
      apex.map((x) => 0.4 * x),
      undefined,
      reading,
    );
    if (READ[likeliest(reading)] === expression.name) faint++;
  }
  expect(faint).toBeGreaterThanOrEqual(13);
});

test("with everything seen the six are read by the written scores and nothing else", () => {
  const reading = createReading(BASIC),
    rng = createRng(5, "reading/scores"),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES).fill(1);
  for (let k = 0; k < 20; k++) {
    for (let f = 0; f < FEATURES; f++) value[f] = rng() < 0.3 ? rng() : 0;
    readFeatures(value, weight, reading);
    const scores = BASIC.map((name) =>
      Object.entries(READING_RULES[name].units).reduce(
        (sum, [unit, w]) => sum + w * value[featureOfUnit(Number(unit))],
        READING_RULES[name].bias,
      ),
    );
    const total = scores.reduce((sum, s) => sum + Math.exp(SHARPNESS * s), 0);
    BASIC.forEach((name, c) =>
      expect(reading.probability[READ.indexOf(name)]).toBeCloseTo(Math.exp(SHARPNESS * scores[c]) / total, 10),
    );
  }
});

test("with noise of half a grade at least nine of ten of the six are read right", () => {
  const reading = createReading(BASIC),
    faces = people(600);
  const right = faces.filter(({ name, visage }) => {
    readVisage(visage, undefined, reading);
    return READ[likeliest(reading)] === name;
  });
  expect(right.length / faces.length).toBeGreaterThan(0.9);
});

test("with a part of the face hidden the six are read less well, and confidence falls as far", () => {
  const reading = createReading(BASIC),
    faces = people(600);
  for (const part of PARTS) {
    let right = 0,
      sure = 0;
    for (const { name, visage } of faces) {
      readVisage(without(visage, part), undefined, reading);
      if (READ[likeliest(reading)] === name) right++;
      sure += reading.probability[likeliest(reading)];
    }
    expect(right / faces.length, part).toBeGreaterThan(0.7);
    expect(Math.abs(sure - right) / faces.length, part).toBeLessThan(0.12);
  }
});

test("what is hidden is not taken for still: a hidden mouth leaves joy open where a still mouth rules it out", () => {
  const reading = createReading(),
    joy = visageOf(expressionNamed("joy")),
    at = READ.indexOf("joy");
  readVisage(without(joy, "mouth"), undefined, reading);
  const hidden = reading.probability[at],
    precision = reading.precision;
  readVisage(
    joy.map((x, d) => (FACE_PARTS.mouth.includes(Number(VISAGE_NAMES[d].slice(2, 4))) ? 0 : x)),
    undefined,
    reading,
  );
  expect(hidden).toBeGreaterThan(1.2 * reading.probability[at]);
  readVisage(joy, undefined, reading);
  expect(precision).toBeLessThan(0.6 * reading.precision);
});

test("trust between seen and hidden moves a reading from one to the other", () => {
  const reading = createReading(),
    joy = visageOf(expressionNamed("joy"));
  let before = Infinity;
  for (const trust of [1, 0.6, 0.3, 0]) {
    readVisage(joy, new Float64Array(VISAGE).fill(trust), reading);
    expect(reading.precision).toBeLessThan(before);
    before = reading.precision;
  }
  expect(before).toBe(0);
});

test("a face that is not there says nothing, in words and in numbers", () => {
  const reading = createReading();
  readVisage(new Float64Array(VISAGE).fill(NaN), undefined, reading);
  expect(reading).toMatchObject({ cannotSee: true, startled: false, valence: 0, arousal: 0, precision: 0, seen: 0 });
  expect(readingWords(reading)).toBe("I cannot see your face well enough");
  expect(Math.max(...reading.probability)).toBeLessThan(0.3);
});

test("absurd numbers give a bounded reading", () => {
  const reading = createReading();
  for (const x of [1e9, -1e9, Infinity, -Infinity]) {
    readVisage(new Float64Array(VISAGE).fill(x), undefined, reading);
    expect(reading.probability.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(Math.abs(reading.valence)).toBeLessThanOrEqual(1);
    expect(Math.abs(reading.arousal)).toBeLessThanOrEqual(1);
  }
});

test("fear and surprise that cannot be told apart are a startle, and each alone is not", () => {
  const reading = createReading(),
    fear = visageOf(expressionNamed("fear")),
    surprise = visageOf(expressionNamed("surprise"));
  for (const alone of [fear, surprise]) {
    readVisage(alone, undefined, reading);
    expect(reading.startled).toBe(false);
  }
  // Lips that are hardly seen: what is left is the same in both.
  const trust = Float64Array.from(VISAGE_NAMES, (name) => (/^AU(20|26)/.test(name) ? 0.1 : 1));
  readVisage(surprise, trust, reading);
  expect(reading.startled).toBe(true);
  expect(readingWords(reading)).toBe("your face looks startled (fear or surprise)");
});

test("it says what a face looks like, never what is felt", () => {
  const reading = createReading();
  for (const expression of [...EXPRESSIONS, NEUTRAL]) {
    readVisage(visageOf(expression), undefined, reading);
    expect(readingWords(reading)).toMatch(/^your face looks /);
    expect(readingWords(reading, "Ann's")).not.toMatch(/feel|is (happy|sad|angry)|your/);
  }
});

test("valence has the sign of the expression's own, and a still face has next to none", () => {
  const reading = createReading();
  for (const expression of EXPRESSIONS) {
    if (Math.abs(expression.valence) < 0.3) continue;
    readVisage(visageOf(expression), undefined, reading);
    expect(Math.sign(reading.valence), expression.name).toBe(Math.sign(expression.valence));
  }
  readVisage(new Float64Array(VISAGE), undefined, reading);
  expect(Math.abs(reading.valence)).toBeLessThan(0.05);
});

test("reading again gives the same, whatever was read between, and survives a copy", () => {
  const reading = createReading(),
    pain = without(visageOf(expressionNamed("pain")), "brow");
  readVisage(pain, undefined, reading);
  const first = reading.probability.slice();
  readVisage(without(pain, "mouth"), undefined, reading);
  const copy = structuredClone(reading);
  for (const again of [reading, copy]) {
    readVisage(pain, undefined, again);
    expect(again.probability).toEqual(first);
  }
});

test("a row of a table: a unit without a column was at rest, a part without columns was not looked at", () => {
  const units = [1, 2, 4, 6, 12, 25],
    told = toldByTable(units),
    value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES);
  featuresOfRow(told, units, [0, 0, NaN, 0.8, 1, 1], value, weight);
  expect([value[featureOfUnit(12)], weight[featureOfUnit(12)]]).toEqual([1, 1]);
  expect([value[featureOfUnit(15)], weight[featureOfUnit(15)]]).toEqual([0, 1]);
  expect(weight[featureOfUnit(4)]).toBe(0);
  expect(toldByTable([1, 2, 4])[featureOfUnit(12)]).toBe(0);
});

test("a face that smiles at rest is read relative to its rest", () => {
  const smile = visageOf({ name: "rest", units: { AU12: 0.45, AU06: 0.3 } }),
    rng = createRng(2, "reading/rest");
  const resting = createRestingFace(),
    reading = createReading(),
    seen = new Float64Array(VISAGE);
  for (let t = 0; t < 600; t++) {
    const grin = t % 100 > 85 ? 0.5 : 0;
    const face = smile.map((x, d) =>
      Math.max(0, x + (VISAGE_NAMES[d].startsWith("AU12") ? grin : 0) + 0.02 * gaussian(rng)),
    );
    watchRest(resting, face, 1 / 20);
  }
  readVisage(smile, undefined, reading);
  expect(READ[likeliest(reading)]).not.toBe("neutral");
  lessRest(resting, smile, seen);
  readVisage(seen, undefined, reading);
  expect(READ[likeliest(reading)]).toBe("neutral");
});

test("who smiles at first sight smiles, and is read as smiling for as long as a smile lasts", () => {
  const resting = createRestingFace(),
    joy = visageOf(expressionNamed("joy")),
    reading = createReading(),
    seen = new Float64Array(VISAGE);
  for (let t = 0; t < 240; t++) {
    watchRest(resting, joy, 1 / 30);
    lessRest(resting, joy, seen);
    readVisage(seen, undefined, reading);
    expect(READ[likeliest(reading)]).toBe("joy");
  }
  for (let t = 0; t < 300; t++) watchRest(resting, new Float64Array(VISAGE), 1 / 30);
  expect(Math.max(...resting.rest)).toBeLessThan(0.1);
});

test("how the head is held is no part of the resting face: a bow stays a bow", () => {
  const resting = createRestingFace(),
    shame = visageOf(expressionNamed("shame")),
    seen = new Float64Array(VISAGE);
  for (let t = 0; t < 90; t++) watchRest(resting, shame, 1 / 30);
  lessRest(resting, shame, seen);
  expect(seen.slice(VISAGE - 5)).toEqual(shame.slice(VISAGE - 5));
});

describe("closed eyes say how, not what", () => {
  const read = (units: Readonly<Record<string, number>>) => {
    const reading = createReading();
    readVisage(visageOf({ name: "eyes", units }), undefined, reading);
    return READ[likeliest(reading)];
  };

  test.each([
    ["alone they are rest", { AU43: 1 }, "neutral"],
    ["with lips apart too", { AU43: 1, AU25: 0.5 }, "neutral"],
    ["with the smile of a face at rest too", { AU43: 1, AU12: 0.1 }, "neutral"],
    ["in a smile they are content", { AU43: 1, AU12: 0.3 }, "contentment"],
    ["in a frown they are pain", { AU43: 1, AU04: 0.6 }, "pain"],
    ["in tears they are sadness", { AU43: 1, AU01: 0.5, AU15: 0.5, AU17: 0.4 }, "sadness"],
  ])("%s", (_, units, name) => {
    expect(read(units)).toBe(name);
  });
});

test("of two columns of one unit the larger counts, in whichever order", () => {
  const value = new Float64Array(FEATURES),
    weight = new Float64Array(FEATURES),
    at = featureOfUnit(43);
  for (const row of [
    [1, 0.8, 0.3],
    [1, 0.3, 0.8],
    [1, NaN, 0.8],
    [1, 0.8, NaN],
  ]) {
    featuresOfRow(toldByTable([12, 43, 43]), [12, 43, 43], row, value, weight);
    expect([value[at], weight[at]]).toEqual([0.8, 1]);
  }
  featuresOfRow(toldByTable([12, 43, 43]), [12, 43, 43], [1, NaN, NaN], value, weight);
  expect(weight[at]).toBe(0);
});

test("an unknown name is refused with those that are known", () => {
  expect(() => createReading(["joy", "glee"])).toThrow(/no expression "glee"; there are joy, amusement/);
});
