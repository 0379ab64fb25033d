import { expect, test } from "vitest";
import { GENERATED, createPerson, playScript, strangeActs, teachStarter } from "@attune/actor";
import { attend, createMind, step } from "@attune/core";
import { NEW_ACT, story } from "./story.ts";

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

test("strangers who do what is known are not called new, those who do what is not are, nearly always", () => {
  const mind = createMind({ seed: 1 });
  teachStarter(mind, { examples: 2, seed: 3, background: GENERATED });
  const noticed = (script: Parameters<typeof playScript>[1], seed: number): boolean => {
    const stranger = createPerson({ seed, skeleton: "kinect-20", yaw: 0.4, trunk: 0.46, camera: { jitter: 0.003 } });
    attend(mind, stranger.header);
    let novel = false;
    for (const frame of playScript(stranger, script, String(seed)).frames()) {
      step(mind, frame);
      novel ||= mind.events.last.some(({ kind }) => kind === "novel");
    }
    return novel;
  };
  const known = ["wave", "drink", "clap", "point", "bow", "shrug"].map((act, i) =>
    noticed([{ pause: 0.8 }, { act }, { pause: 0.6 }], 20 + i),
  );
  const unknown = [30, 31, 32, 33].map((seed) =>
    noticed(
      [{ pause: 0.8 }, { act: NEW_ACT, as: strangeActs[NEW_ACT], style: { side: "left" } }, { pause: 0.6 }],
      seed,
    ),
  );
  expect(known.filter(Boolean).length).toBe(0);
  expect(unknown.filter(Boolean).length).toBeGreaterThanOrEqual(3);
});
