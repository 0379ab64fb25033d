import { expect, test } from "vitest";
import { VISAGE, visageOf } from "../body/visage.ts";
import { ordinarilyShown } from "./display.ts";
import { type Episode, hear } from "./episodes.ts";
import { expressionNamed } from "./expressions.ts";
import { STRANGER } from "./gate.ts";
import { dueOf, shownOf, strainOf } from "./strain.ts";
import type { Happening } from "./types.ts";

test("a face that shows less than is due strains whoever faces it; one that shows enough, or is not seen, does not", () => {
  expect(strainOf(0.4, 0.4)).toBe(0);
  expect(strainOf(0.3, 0.4)).toBe(0);
  expect(strainOf(0.15, 0.4)).toBeGreaterThan(0.3);
  expect(strainOf(0, 0.4)).toBe(1);
  expect(strainOf(0, 0)).toBe(0);
  expect(strainOf(NaN, 0.4)).toBe(0);
});

test("what is shown of something bad is any bad expression, by the units that are seen", () => {
  const face = visageOf(expressionNamed("anger")).map((unit) => unit / 2);
  expect(shownOf(face, false)).toBeGreaterThan(0.45);
  expect(shownOf(visageOf(expressionNamed("joy")), false)).toBeLessThan(0.3);
  expect(shownOf(visageOf(expressionNamed("joy")), true)).toBeGreaterThan(0.95);
  const half = face.map((unit, k) => (k % 2 === 0 ? unit : NaN));
  expect(shownOf(half, false)).toBeGreaterThan(0.4);
  expect(shownOf(new Float64Array(VISAGE).fill(NaN), false)).toBeNaN();
  expect(shownOf(new Float64Array(VISAGE), true)).toBe(0);
});

test("what is due goes by what happened to them, and fades with it; a stranger to the news is owed nothing", () => {
  const episodes: Episode[] = [];
  const news: Happening = { kind: "fortune", whose: "Anna", outcome: -0.45 };
  hear(episodes, news, STRANGER, 1);
  const due = dueOf(episodes, "Anna");
  expect(due).toBeLessThan(-0.3);
  expect(due).toBeGreaterThanOrEqual(-ordinarilyShown(1));
  expect(dueOf(episodes, "Ben")).toBe(0);
  episodes[0].strength = 0.5;
  expect(dueOf(episodes, "Anna")).toBeCloseTo(due / 2, 10);
});
