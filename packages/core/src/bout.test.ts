import { expect, test } from "vitest";
import { MOVING, bout, movingAbove, stir } from "./bout.ts";

test("a bout of movement is found from stillness to stillness, a short hold inside included", () => {
  const track = Array.from({ length: 151 }, (_, t) => {
    const time = t / 30;
    const moving = (time > 1 && time < 1.6) || (time > 2.2 && time < 3);
    return { time, speed: moving ? 3 : 0.1 };
  });
  const { from, to } = bout(track, 1.3);
  expect(from).toBeCloseTo(1, 0);
  expect(to).toBeCloseTo(3, 0);
});

test("without a hint the liveliest movement is taken whole, its holds before and after included", () => {
  const track = Array.from({ length: 241 }, (_, t) => {
    const time = t / 30;
    const speed = time > 2 && time < 2.6 ? 2 : time > 3.4 && time < 4 ? 4 : time > 6.5 && time < 6.6 ? 3 : 0.1;
    return { time, speed };
  });
  const { from, to } = bout(track, undefined);
  expect(from).toBeCloseTo(2, 0);
  expect(to).toBeCloseTo(4, 0);
});

test("a tracker that jitters makes nobody move, and missing joints make no speed", () => {
  const jitter = Array.from({ length: 30 }, (_, t) => ({ time: t / 30, speed: 1.5 }));
  expect(movingAbove(jitter)).toBeGreaterThan(3);
  expect(movingAbove([])).toBe(MOVING);
  expect(stir([0, 0, 0, 1, null, 0.5], [9, 9, 9, 1, 0.3, 0.8], 0.1)).toBeCloseTo(3, 9);
  expect(() => bout([], undefined)).toThrow(/empty track/);
});
