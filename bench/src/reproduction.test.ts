import { existsSync } from "node:fs";
import { join } from "node:path";
import { createRng, gaussian } from "@attune/core";
import { expect, test } from "vitest";
import { type LabelledDemonstration, measureReproduction } from "./reproduction.ts";
import { labelled, loadSet } from "./sets.ts";

/** Two classes of arcs whose height varies with where they end: to be learned from others, not from the ends alone. */
function arcs(n: number, sameShape = false): LabelledDemonstration[] {
  const rng = createRng(1, "arcs");
  return Array.from({ length: 2 * n }, (_, i) => {
    const y = i % 2,
      reach = sameShape ? 1 : 1 + 0.3 * gaussian(rng);
    const times = Float64Array.from({ length: 50 }, (_, t) => t / 25);
    const values = Float64Array.from({ length: 100 }, (_, k) => {
      const u = (k >> 1) / 49;
      return k % 2 === 0 ? reach * u : reach * (y === 0 ? Math.sin(Math.PI * u) : Math.sin(2 * Math.PI * u));
    });
    return { y, times, values };
  });
}

test("a movement that is always the same is reproduced without error, and predicted once its tempo shows", () => {
  const { loo, oneShot, remainder } = measureReproduction(arcs(4, true), 2);
  expect(loo.tests).toBe(8);
  expect(oneShot.tests).toBe(24);
  for (const e of [loo, oneShot, loo.trivial, oneShot.trivial])
    expect(Math.max(e.dtw, e.sea, e.rmse)).toBeLessThan(2e-3);
  // Early on the tempo is open; the more is seen the surer it is, and with it what is to come.
  const errors = (["10", "20", "30", "50", "70"] as const).map((mark) => remainder[mark]);
  errors.slice(1).forEach((e, i) => expect(e).toBeLessThan(errors[i]));
  expect(errors[4]).toBeLessThan(5e-3);
});

test("where the ends tell how large the arc is, a learned act knows and the trivial answer does not", () => {
  const { loo, remainder, hold } = measureReproduction(arcs(8), 2, { maxVariants: 1 });
  for (const measure of ["dtw", "sea", "rmse"] as const) expect(loo[measure]).toBeLessThan(0.5 * loo.trivial[measure]);
  for (const mark of ["10", "30", "50", "70"] as const) expect(remainder[mark]).toBeLessThan(hold[mark]);
});

test("values that are missing are neither learned nor judged", () => {
  const demos = arcs(4).map((demo) => ({
    ...demo,
    values: Float64Array.from({ length: 150 }, (_, k) =>
      k % 3 === 2 ? NaN : Number(demo.values[2 * ((k / 3) | 0) + (k % 3)]),
    ),
  }));
  const with3 = measureReproduction(demos, 3),
    with2 = measureReproduction(arcs(4), 2);
  expect(with3.loo.rmse).toBeCloseTo(with2.loo.rmse, 6);
  expect(with3.remainder["30"]).toBeCloseTo(with2.remainder["30"], 6);
});

test("a set without repeated acts cannot be measured", () => {
  expect(() => measureReproduction(arcs(1), 2)).toThrow(/no class has two demonstrations/);
});

const file = join(process.env.ATTUNE_DATA ?? "", "recognition", "Libras.json");
test.skipIf(!process.env.ATTUNE_DATA || !existsSync(file))(
  "Libras beats the trivial answer, leave-one-out and one-shot (needs ATTUNE_DATA/recognition/Libras.json)",
  () => {
    const loaded = loadSet(file);
    const demos = labelled(loaded).map((item) => demonstrationOf(item, loaded.set.dims));
    const { loo, oneShot } = measureReproduction(demos, loaded.set.dims);
    for (const e of [loo, oneShot])
      for (const measure of ["dtw", "sea", "rmse"] as const) expect(e[measure]).toBeLessThan(e.trivial[measure]);
  },
);

function demonstrationOf(item: ReturnType<typeof labelled>[number], dims: number): LabelledDemonstration {
  const values = new Float64Array(item.frames.length * dims);
  item.frames.forEach((frame, t) => values.set(frame.channels ?? [], t * dims));
  return { y: item.y, times: item.frames.map((frame) => frame.time), values };
}
