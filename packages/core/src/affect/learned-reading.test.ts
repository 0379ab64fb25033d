import { describe, expect, test } from "vitest";
import { createRng, gaussian } from "../rng.ts";
import { visageOf } from "../body/visage.ts";
import { expressionNamed } from "./expressions.ts";
import { FEATURES, featureOfUnit, featuresOf } from "./features.ts";
import { type LabelledFace, learnReading, openLearned, readLearned, readLearnedFace } from "./learned-reading.ts";
import { createReading, likeliest } from "./reading.ts";
import { affdexUnit } from "./trackers.ts";
import { BASIC, READ } from "./weights.ts";

const CHANNELS = [
  "BrowFurrow",
  "BrowRaise",
  "InnerBrowRaise",
  "Smile",
  "CheekRaise",
  "NoseWrinkle",
  "LipCornerDepressor",
  "ChinRaise",
  "EyeWiden",
  "LidTighten",
  "MouthOpen",
  "JawDrop",
  "LipStretch",
  "LipPress",
].map((name) => `afx_${name}`);

/** Faces of the six as a tracker with a gain of its own for each channel would give them. */
function faces(n: number, { seed, gain }: { seed: number; gain: number }): LabelledFace[] {
  const rng = createRng(seed, "learned reading/faces"),
    gains = CHANNELS.map(() => 1 - gain * rng());
  return Array.from({ length: n }, (_, i) => {
    const label = BASIC[i % BASIC.length],
      value = new Float64Array(FEATURES),
      strength = 0.6 + 0.4 * rng();
    featuresOf(visageOf(expressionNamed(label)), undefined, value, new Float64Array(FEATURES));
    const values = CHANNELS.map((channel, d) => {
      const x = value[featureOfUnit(affdexUnit(channel) as number)] * strength * gains[d];
      return Math.min(1, Math.max(0, x + 0.08 * gaussian(rng)));
    });
    return { label, values, person: `p${Math.floor(i / 6)}` };
  });
}

function right(model: ReturnType<typeof learnReading>, others: readonly LabelledFace[], hide: readonly number[] = []) {
  const reader = openLearned(model),
    out = new Float64Array(model.classes.length);
  let n = 0,
    sure = 0;
  for (const { label, values } of others) {
    readLearned(
      reader,
      Array.from(values, (x, d) => (hide.includes(d) ? NaN : x)),
      out,
    );
    const best = out.indexOf(Math.max(...out));
    if (model.classes[best] === label) n++;
    sure += out[best];
  }
  return { acc: n / others.length, sure: sure / others.length };
}

describe("a reading learned from labelled faces", () => {
  const model = learnReading(faces(180, { seed: 1, gain: 0.6 }), CHANNELS, { unitOf: affdexUnit });

  test("reads new people under the same tracker, and under one that scales otherwise", () => {
    expect(right(model, faces(180, { seed: 1, gain: 0.6 })).acc).toBeGreaterThan(0.93);
    expect(right(model, faces(180, { seed: 9, gain: 0.6 })).acc).toBeGreaterThan(0.85);
  });

  test("is plain JSON, and the same faces teach the same", () => {
    const again = learnReading(faces(180, { seed: 1, gain: 0.6 }), CHANNELS, { unitOf: affdexUnit });
    expect(again).toEqual(model);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test("hidden channels cost accuracy and, as much, confidence", () => {
    const others = faces(180, { seed: 4, gain: 0.6 }),
      mouth = CHANNELS.flatMap((name, d) => (/Smile|Lip|Chin|Mouth|Jaw|Nose/.test(name) ? [d] : []));
    const whole = right(model, others),
      half = right(model, others, mouth);
    expect(half.acc).toBeLessThan(whole.acc);
    expect(half.sure).toBeLessThan(whole.sure);
    expect(Math.abs(half.sure - half.acc)).toBeLessThan(0.2);
  });

  test("with nothing seen it is unsure", () => {
    expect(
      right(
        model,
        faces(6, { seed: 2, gain: 0 }),
        CHANNELS.map((_, d) => d),
      ).sure,
    ).toBeLessThan(0.5);
  });

  test("the rule alone is what share 1 leaves: it needs no example but the names", () => {
    const few = faces(12, { seed: 3, gain: 0 });
    const ruled = learnReading(few, CHANNELS, { unitOf: affdexUnit, share: 1 });
    expect(right(ruled, faces(120, { seed: 8, gain: 0 })).acc).toBeGreaterThan(0.85);
  });

  test("a class of whose faces nothing was seen is refused, and so is a reading that is none", () => {
    const some = faces(24, { seed: 1, gain: 0 }),
      empty: LabelledFace = { label: "contempt", values: CHANNELS.map(() => NaN) };
    expect(() => learnReading([...some, empty], CHANNELS, { unitOf: affdexUnit })).toThrow(
      /no face shows "contempt" of which anything was seen; leave it out/,
    );
    const classes = BASIC.slice();
    const without = learnReading([...some, empty], CHANNELS, { unitOf: affdexUnit, classes });
    expect(right(without, some).acc).toBeGreaterThan(0.9);
  });

  test.each([
    ["power", "x"],
    ["power", 0],
    ["sharpness", NaN],
    ["sharpness", null],
    ["format", "attune-repertoire"],
    ["version", 2],
    ["channels", [1, 2]],
    ["classes", ["joy", "joy"]],
    ["weights", null],
    ["bias", [0, null]],
    ["usual", [[0]]],
    ["spread", CHANNELS.map(() => 0)],
  ])("as JSON with %s %j it is refused", (key, value) => {
    expect(() => openLearned({ ...model, [key]: value })).toThrow(/no learned reading came: .*; learn it again/);
    for (const other of [null, [], 7]) expect(() => openLearned(other as never)).toThrow(RangeError);
  });

  test("one number missing among the weights is refused, not read as 0", () => {
    const torn = JSON.parse(JSON.stringify(model)) as { weights: unknown[][] };
    torn.weights[1][3] = null;
    expect(() => openLearned(torn as never)).toThrow(/weights and usual must be 6 rows of 28 numbers/);
  });

  test("gives a whole reading: names, core affect with its precision, and nothing where nothing is seen", () => {
    const reader = openLearned(model),
      out = createReading(),
      value = new Float64Array(FEATURES),
      weight = new Float64Array(FEATURES);
    const [joy] = faces(1, { seed: 5, gain: 0.2 });
    featuresOf(visageOf(expressionNamed("joy")), undefined, value, weight);
    readLearnedFace(reader, joy.values, value, weight, out);
    expect(READ[likeliest(out)]).toBe("joy");
    expect(out).toMatchObject({ seen: 1, cannotSee: false, startled: false });
    expect(out.valence).toBeGreaterThan(0.3);
    expect(out.probability.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    readLearnedFace(
      reader,
      CHANNELS.map(() => NaN),
      value,
      weight.fill(0),
      out,
    );
    expect(out).toMatchObject({ seen: 0, cannotSee: true, precision: 0, valence: 0 });
  });

  test("too little to learn from is refused in a sentence", () => {
    const joy = faces(6, { seed: 1, gain: 0 }).slice(0, 1);
    expect(() => learnReading(joy, CHANNELS, { unitOf: affdexUnit })).toThrow(/1 classes .* two and one/);
    expect(() => learnReading(joy, CHANNELS, { unitOf: affdexUnit, classes: ["joy", "fear"] })).toThrow(
      /no face shows "fear"/,
    );
    expect(() => openLearned({ ...model, bias: [] })).toThrow(/no learned reading/);
  });
});

test("scores of emotion, valence, engagement and attention are nobody's movement", () => {
  for (const column of ["afx_emo_joy", "afx_Valence", "afx_Engagement", "afx_Attention", "facet_joy"])
    expect(affdexUnit(column)).toBeUndefined();
  expect(affdexUnit("afx_Smile")).toBe(12);
});
