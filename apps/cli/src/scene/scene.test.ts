import { expect, test } from "vitest";
import { bout, story } from "./story.ts";

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

test("the story: known acts are recognised in a stranger, the new one is noticed, learned from one sight, recognised and done", () => {
  const beats = [...story(1)];
  const lines = beats.flatMap((beat) => beat.lines);
  const where = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line));
  expect(where(/recognised: wave/)).toBeGreaterThan(0);
  expect(where(/recognised: (cross the arms|drink)/)).toBeGreaterThan(0);
  const order = [
    /new: no act I know/,
    /call it "draw a circle"/,
    /recognised: draw a circle/,
    /now I do it myself: draw a circle/,
  ].map(where);
  expect(order.every((at) => at >= 0)).toBe(true);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(beats.length / 30).toBeLessThan(32);
  expect(beats.filter((beat) => beat.done !== undefined).length).toBeGreaterThan(45);
});
