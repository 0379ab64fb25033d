import { expect, test } from "vitest";
import type { Continuation } from "./continuation.ts";
import { drawFigure, figuresOf } from "./figures.ts";
import type { Recognition } from "./recognition.ts";

const recognition: Recognition = {
  n: 40,
  classes: 4,
  protocol: "split",
  acc: { 30: 0.5, 50: 0.75, 100: 1 },
  ece: {},
  eceBand: {},
  brier: {},
  reliability: {
    50: [
      [0.55, 0.5, 20],
      [0.95, 1, 20],
    ],
  },
  oneShot: { 1: { 50: 0.5, 100: 0.75 } },
  usPerFrame: 1,
  peakMB: 1,
};
const at = { model: 1, hold: 2, velocity: 3, n: 9 };
const continuation: Continuation = { 50: { 5: at, 15: { ...at, hold: 4 } } };

test.each([
  [
    "recognition",
    { "set A": recognition, "set B": { ...recognition, oneShot: {} } },
    ["set A", "set B"],
    ["accuracy.svg", "reliability.svg"],
  ],
  ["continuation", { "set A": continuation, "set B": {} }, ["set A"], ["horizon.svg"]],
  ["speed", { 10: { p50Ms: 1 } }, [], []],
])(
  "figures of %s show every set that has something to show, and no number that is none",
  async (bench, result, sets, files) => {
    const figures = figuresOf(bench, result);
    expect(figures.map((f) => f.file)).toEqual(files);
    for (const figure of figures) {
      const svg = await drawFigure(figure);
      expect(svg.startsWith("<svg")).toBe(true);
      for (const set of sets) expect(svg).toContain(set);
      expect(svg).not.toMatch(/NaN|undefined/);
      expect(svg.match(/<path[^>]+d="M[^"]+L/g)?.length ?? 0).toBeGreaterThan(2);
    }
  },
);
