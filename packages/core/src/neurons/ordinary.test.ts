import { expect, test } from "vitest";
import { ordinaryImage } from "./ordinary.ts";
import { raise } from "./raise.ts";

test("the ordinary image is what the ordinary upbringing teaches", () => {
  const kept = ordinaryImage(),
    raised = raise(1, { seconds: 1200 });
  let worst = 0;
  kept.weights.forEach((weights, limb) =>
    weights.forEach((w, i) => (worst = Math.max(worst, Math.abs(w - raised.weights[limb][i])))),
  );
  expect(worst).toBeLessThan(1e-4);
});
