import { expect, test } from "vitest";
import { distance } from "./continuation.ts";

test("distances are of joints, from the root where there is one, and of all channels together", () => {
  const a = Float32Array.of(0, 0, 3, 4),
    b = Float32Array.of(0, 0, 0, 0);
  expect(distance(a, b, 0, -1)).toBe(5);
  expect(distance(a, b, 2, -1)).toBe(2.5);
  // The root has moved by as much as the other: nothing has changed between them.
  expect(distance(Float32Array.of(3, 4, 3, 4), b, 2, 0)).toBe(0);
  // A joint one of them does not show does not count.
  expect(distance(Float32Array.of(NaN, 0, 3, 4), b, 2, -1)).toBe(5);
});
