import { expect, test } from "vitest";
import { createRng } from "../rng.ts";
import { bendArm, shouldersOf, wristAt } from "./arm.ts";
import { SEEN, restMotor } from "./layout.ts";
import { forward } from "./own.ts";
import { PROPORTIONS } from "./show.ts";

test("the bent arm puts the hand where it was sent, and as near as it is long where that is too far", () => {
  const shoulders = new Float64Array(6),
    seen = new Float64Array(SEEN),
    at = new Float64Array(3);
  const rng = createRng(2, "arm");
  for (let trial = 0; trial < 200; trial++) {
    forward(restMotor(), seen);
    shouldersOf(restMotor(), seen, shoulders);
    const to = [0, 1, 2].map((c) => shoulders[c] + 2.6 * (rng() - 0.5));
    bendArm(0, shoulders, to, [0.3, -1, -0.2], seen);
    wristAt(0, seen, at);
    const wanted = Math.hypot(...to.map((v, c) => v - shoulders[c]));
    const reached = Math.hypot(...[0, 1, 2].map((c) => at[c] - shoulders[c]));
    if (wanted > 0.3 && wanted < 1) for (let c = 0; c < 3; c++) expect(at[c]).toBeCloseTo(to[c], 9);
    expect(reached).toBeLessThan(PROPORTIONS.lUpperArm + PROPORTIONS.lForearm);
    expect(reached).toBeGreaterThanOrEqual(0.19);
    const dot = [0, 1, 2].reduce((s, c) => s + (at[c] - shoulders[c]) * (to[c] - shoulders[c]), 0);
    expect(dot / (wanted * reached)).toBeCloseTo(1, 6);
  }
});
