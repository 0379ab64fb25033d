import { expect, test } from "vitest";
import { loadHeart, saveHeart } from "./heart-save.ts";
import { facing, live, look } from "./heart-testing.ts";
import { createHeart } from "./heart.ts";

test("a file that is no heart is refused in one sentence", () => {
  const heart = createHeart();
  const saved = JSON.parse(JSON.stringify(saveHeart(heart))) as { version: number; heart: Record<string, never> };
  expect(() => loadHeart(null)).toThrow("it is no saved heart");
  expect(() => loadHeart({ ...saved, version: 0 })).toThrow("it is of version 0, wanted 1; save it anew");
  expect(() => loadHeart({ ...saved, heart: { ...saved.heart, autonomic: "high" } })).toThrow(
    "heart.autonomic is high, wanted a number",
  );
  expect(() => loadHeart({ ...saved, heart: { ...saved.heart, noise: [1, 2] } })).toThrow(
    "heart.noise is no list of 4 numbers",
  );
  const core = { ...(saved.heart["core"] as object), valence: 0.5 };
  expect(() => loadHeart({ ...saved, heart: { ...saved.heart, core } })).toThrow(
    "the parts of valence sum to 0.08, it is 0.5",
  );
});

/** Changes somebody may make in a file. */
const CHANGES: readonly (readonly [string, string, unknown])[] = [
  ["core.mood.valence", "50", 50],
  ["others.0.estimate.variance", "-1", -1],
  ["others.0.estimate.arousalVariance", "7", 7],
  ["others.0.gate", "9", 9],
  ["others.0.relation.affiliation", "7", 7],
  ["others.0.unseen", "-2", -2],
  ["regulation.resource", "-3", -3],
  ["regulation.expression", "40", 40],
  ["sigma", "-2", -2],
  ["autonomic", "2", 2],
  ["emotions.3", "5", 5],
  ["display.x.2", "4", 4],
  ["episodes.0.strength", "3", 3],
  ["seed", "a fraction", 0.5],
  ["core", "null", null],
  ["core.sources.0", "null", null],
  ["core.sources", "too few", []],
  ["others.0", "null", null],
  ["others", "a word", "Anna"],
  ["episodes.0", "a list", []],
  ["temperament.inertia", "0", 0],
];

test.each(CHANGES)("a heart whose %s was made %s is refused in one sentence", (path, _, value) => {
  const heart = createHeart();
  live(heart, facing({ reading: look(0.4) }, [{ kind: "fortune", whose: "Anna", outcome: -0.5 }]), 5);
  const saved = JSON.parse(JSON.stringify(saveHeart(heart))) as { heart: unknown };
  expect(loadHeart(saved)).toEqual(heart);
  const keys = path.split("."),
    last = keys.pop() as string;
  let at = saved.heart as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  expect(at).toHaveProperty(last);
  at[last] = value;
  expect(() => loadHeart(saved)).toThrow(RangeError);
  expect(() => loadHeart(saved)).toThrow(/^loadHeart: [^\n]+$/);
});

test.each([undefined, null, 3, []])("no heart in the file at all: %s", (heart) => {
  expect(() => loadHeart({ ...saveHeart(createHeart()), heart })).toThrow(/^loadHeart: heart is .*expected an object$/);
});
