import fc from "fast-check";
import { expect, test } from "vitest";
import { STRANGER, concernOf, distinctionOf, distressOf, gateOf } from "./gate.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

test("the gate opens with liking, likeness, attention and the wish to, and closes with distress, load and antagonism", () => {
  fc.assert(
    fc.property(unit, unit, unit, unit, unit, (attention, motive, distress, load, antagonistic) => {
      const at = gateOf(STRANGER, attention, motive, distress, load, antagonistic);
      expect(at > 0 && at < 1).toBe(true);
      expect(
        gateOf({ ...STRANGER, affiliation: 0.5 }, attention, motive, distress, load, antagonistic),
      ).toBeGreaterThan(at);
      expect(gateOf({ ...STRANGER, similarity: 0.6 }, attention, motive, distress, load, antagonistic)).toBeGreaterThan(
        at,
      );
      expect(gateOf(STRANGER, attention + 0.1, motive, distress, load, antagonistic)).toBeGreaterThan(at);
      expect(gateOf(STRANGER, attention, motive + 0.1, distress, load, antagonistic)).toBeGreaterThan(at);
      expect(gateOf(STRANGER, attention, motive, distress + 0.1, load, antagonistic)).toBeLessThan(at);
      expect(gateOf(STRANGER, attention, motive, distress, load + 0.1, antagonistic)).toBeLessThan(at);
      expect(gateOf(STRANGER, attention, motive, distress, load, antagonistic + 0.1)).toBeLessThan(at);
    }),
    { seed: 1 },
  );
});

test("shared need that is told apart becomes concern, not told apart distress", () => {
  expect(distinctionOf(-0.1, 0)).toBeLessThan(0.4);
  expect(distinctionOf(-0.1, -0.4)).toBeGreaterThan(0.75);
  expect(distinctionOf(0, 0)).toBe(1);
  expect(concernOf(0.6, 0.9, 0.1, 0.8)).toBeGreaterThan(4 * concernOf(0.6, 0.2, 0.1, 0.8));
  expect(distressOf(0.6, 0.2, 0.2)).toBeGreaterThan(4 * distressOf(0.6, 0.9, 0.2));
  expect(concernOf(0.6, 0.9, 0.1, -0.5)).toBe(0);
});
