import { createRng } from "@attune/core";
import { describe, expect, test } from "vitest";
import { type Clip, learnNames } from "./words.ts";

const ACTS = 20;

/** Clips of twenty acts, each believed to be itself to this degree and to be anything else in equal parts. */
function clips(sure: number, each = 4): Clip[] {
  const rng = createRng(1, "words/clips");
  return Array.from({ length: ACTS * each }, (_, i) => {
    const y = i % ACTS;
    const believed = Float64Array.from({ length: ACTS }, (__, k) =>
      k === y ? sure : ((1 - sure) / (ACTS - 1)) * (0.5 + rng()),
    );
    return { y, believed };
  });
}

describe("learning what acts are called", () => {
  const clear = learnNames(clips(0.9), ACTS, 6),
    blurred = learnNames(clips(0.3), ACTS, 6),
    blind = learnNames(clips(1 / ACTS), ACTS, 6);

  test("more hearings teach more, to the point of all", () => {
    expect(clear["20"]).toBeGreaterThan(0.95);
    expect(clear["10"]).toBeGreaterThan(clear["5"]);
    expect(clear["20"]).toBeGreaterThanOrEqual(clear["10"]);
    expect(clear.told["20"]).toBe(1);
    expect(clear.recognised).toBe(1);
  });

  test("what is seen in doubt teaches less, who sees nothing guesses", () => {
    expect(blurred["10"]).toBeLessThan(clear["10"]);
    expect(blurred.told).toEqual(clear.told);
    expect(blind["20"]).toBeLessThan(0.4);
  });

  test("names among names are harder than names in talk of other things", () => {
    expect(clear.talk["5"]).toBeGreaterThan(clear["5"]);
  });

  test("the same clips and seeds give the same figures", () => {
    expect(learnNames(clips(0.9), ACTS, 6)).toEqual(clear);
  });
});
