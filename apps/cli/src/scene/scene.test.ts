import { MOTOR, MOTOR_AXES, MOTOR_NAMES } from "@attune/core";
import { expect, test } from "vitest";
import { minimumJerk, move, SCRIPTS, type SceneAct } from "./person.ts";
import { bout, story } from "./story.ts";

/** rad in a thirtieth of a second: 15 rad/s, a quick but easy movement. */
const MOST_A_FRAME = 0.5;

const CALM = { seed: 1, tempo: 1, amplitude: 1, noise: 0 };

test("minimum jerk starts and ends at rest, is half-way at half time, and at 15/8 of the mean speed there", () => {
  const h = 1e-4;
  const slope = (u: number): number => (minimumJerk(u + h) - minimumJerk(u - h)) / (2 * h);
  expect([0, 0.5, 1].map(minimumJerk)).toEqual([0, 0.5, 1]);
  expect(slope(h)).toBeCloseTo(0, 5);
  expect(slope(1 - h)).toBeCloseTo(0, 5);
  expect(slope(0.5)).toBeCloseTo(15 / 8, 4);
});

test("every act stays within the joints' limits and moves without jumps", () => {
  for (const name of Object.keys(SCRIPTS) as SceneAct[]) {
    const { values, times } = move([0.2, name, 0.2], CALM, "limits");
    for (let t = 0; t < times.length; t++)
      for (let m = 0; m < MOTOR; m++) {
        const q = values[t * MOTOR + m];
        expect(q, `${name} ${MOTOR_NAMES[m]}`).toBeGreaterThanOrEqual(MOTOR_AXES[m].min);
        expect(q, `${name} ${MOTOR_NAMES[m]}`).toBeLessThanOrEqual(MOTOR_AXES[m].max);
        if (t > 0)
          expect(Math.abs(q - values[(t - 1) * MOTOR + m]), `${name} ${MOTOR_NAMES[m]}`).toBeLessThan(MOST_A_FRAME);
      }
  }
});

test("the same performer and name move alike, others do not; a faster one takes less time", () => {
  const one = move(["wave"], { ...CALM, noise: 0.01 }, "a");
  expect(move(["wave"], { ...CALM, noise: 0.01 }, "a").values).toEqual(one.values);
  expect(move(["wave"], { ...CALM, noise: 0.01 }, "b").values).not.toEqual(one.values);
  expect(move(["wave"], { ...CALM, tempo: 1.5 }, "a").acts[0].to).toBeCloseTo(
    move(["wave"], CALM, "a").acts[0].to / 1.5,
    6,
  );
});

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
  expect(where(/recognised: (push|raise hands|bow)/)).toBeGreaterThan(0);
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
