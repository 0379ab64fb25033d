import { expect, test } from "vitest";
import { visageOf } from "../body/visage.ts";
import { forgetOther } from "./company.ts";
import { expressionNamed } from "./expressions.ts";
import { explain, feelingOf } from "./heart-report.ts";
import { saveHeart } from "./heart-save.ts";
import { CENTRE, FRIEND, facing, live, look, partOf } from "./heart-testing.ts";
import { createHeart, feel, lesionHeart } from "./heart.ts";
import { type SeenOther } from "./percept.ts";
import { PRESETS, presetNamed, temperament } from "./temperament.ts";

test("explain says where a feeling comes from, in order of size and no finer than hundredths", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  const percept = facing({ reading: look(0.9), relation: FRIEND, gate: 1 });
  percept.pose = visageOf(expressionNamed("joy"));
  live(heart, percept, 90);
  expect(explain(heart)[0]).toMatch(
    /^I feel a little bright and calm \(0\.\d\d, 0\.00\); most of it I caught from Anna \(0\.\d\d\), some is my own smile \(0\.\d\d\)/,
  );
  expect(explain(heart)[1]).toMatch(
    /^Anna looks very bright and calm to me \(0\.\d+ ± 0\.\d+\); I let 100 % of it in\.$/,
  );
  expect(JSON.parse(JSON.stringify(feelingOf(heart)))).toEqual(feelingOf(heart));
});

test("what is wrong with a percept or a temperament is said in one sentence", () => {
  const heart = createHeart();
  const wrong =
    (change: Partial<SeenOther>): (() => void) =>
    () =>
      feel(heart, facing(change), 0.1);
  expect(wrong({ attention: 2 })).toThrow("feel: attention of Anna is 2, wanted a number from 0 to 1");
  expect(wrong({ relation: { ...FRIEND, affiliation: NaN } })).toThrow("affiliation of Anna is NaN");
  expect(wrong({ who: "self" })).toThrow('somebody is called "self"');
  expect(() => feel(heart, facing({}, [{ kind: "violation", whose: "Anna", degree: 3 }]), 0.1)).toThrow(
    'violation of "Anna": degree is 3, wanted a number from 0 to 1',
  );
  expect(() => lesionHeart(heart, "soul" as "mirror")).toThrow(
    "there are mirror, gate, feedback, regulation, appraisal",
  );
  expect(() => temperament({ inertia: 0 })).toThrow("inertia is 0, wanted a number from 0.1 to 10");
  expect(() => temperament({ mirrorGain: 1 } as never)).toThrow('there is no "mirrorGain"; there are motorResonance');
  expect(() => temperament({ home: { valence: 1, arousal: 0 } })).toThrow(
    "home.valence is 1, wanted a number from -0.8 to 0.8",
  );
  expect(() => temperament({ regulation: "shrug" as "none" })).toThrow('regulation is "shrug", wanted one of none');
  expect(() => temperament({ regulation: "situation selection" })).toThrow(/cannot be a habit.*call selectSituation/);
  expect(() => createHeart({ seed: NaN })).toThrow("createHeart: seed is NaN, wanted a whole number");
  expect(() => createHeart({ seed: 0.7 })).toThrow("seed is 0.7");
  expect(() => presetNamed("grim")).toThrow("there are even, quick to smile");
  expect(Object.keys(PRESETS).map(presetNamed)).toHaveLength(Object.keys(PRESETS).length);
});

test("somebody forgotten is gone by name, and what was caught from them stays as one's own", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  const percept = facing({ reading: look(0.8), gate: 1 });
  percept.seen.push({ who: "Ben", reading: look(-0.5), gate: 1 });
  live(heart, percept, 60);
  const before = heart.core.valence,
    fromBen = partOf(heart, "contagion", "Ben");
  forgetOther(heart, "Anna");
  expect(JSON.stringify(saveHeart(heart))).not.toContain("Anna");
  expect(heart.core.valence).toBeCloseTo(before, 12);
  expect(partOf(heart, "contagion", "Ben")).toBe(fromBen);
  percept.seen.shift();
  live(heart, percept, 60);
  expect(partOf(heart, "contagion", "Ben")).toBeLessThan(fromBen);
});
