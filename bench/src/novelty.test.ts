import { createRng, gaussian } from "@attune/core";
import { openSet } from "@attune/io";
import { expect, test } from "vitest";
import { measureNovelty } from "./novelty.ts";
import type { LoadedSet } from "./sets.ts";

/** Loops in three planes, or the same loop under three names. */
function loops(alike: boolean): LoadedSet {
  const rng = createRng(1, "novelty"),
    T = 40,
    each = 8;
  const floats: number[] = [],
    items: unknown[] = [];
  for (let i = 0; i < 3 * each; i++) {
    const y = i % 3,
      plane = alike ? 0 : y;
    items.push({ o: floats.length, T, y, split: i < 1.5 * each ? "train" : "test" });
    for (let t = 0; t < T; t++) {
      const a = (2 * Math.PI * t) / (T - 1),
        loop = [Math.sin(a), 1 - Math.cos(a), 0];
      for (let d = 0; d < 3; d++) floats.push(loop[(d + plane) % 3] + 0.03 * gaussian(rng));
    }
  }
  const set = openSet({ name: "loops", dims: 3, classes: ["1", "2", "3"], task: "acts", fpsHz: 30, items });
  return { set, floats: Float32Array.from(floats) };
}

test("what was never taught stands out where it is different, and cannot where it is the same", () => {
  const different = measureNovelty(loops(false), () => {});
  expect(different?.auroc["50"]).toBeGreaterThan(0.95);
  expect(different?.tprAt5["50"]).toBeGreaterThan(0.8);
  const same = measureNovelty(loops(true), () => {});
  expect(Math.abs((same?.auroc["50"] ?? NaN) - 0.5)).toBeLessThan(0.3);
});

test("two classes leave nothing to keep back", () => {
  const { set, floats } = loops(false);
  expect(measureNovelty({ set: { ...set, classes: ["1", "2"] }, floats }, () => {})).toBeUndefined();
});
