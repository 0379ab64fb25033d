import { expect, test } from "vitest";
import { type Sign, createSigns, watchSigns } from "./signs.ts";

const RATE = 30;
type Movement = (time: number) => { pitch?: number; yaw?: number; closure?: number };

function watched(seconds: number, movement: Movement): Sign[] {
  const signs = createSigns(),
    out: Sign[] = [];
  for (let n = 0; n <= seconds * RATE; n++) {
    const { pitch = 0, yaw = 0, closure = 0 } = movement(n / RATE);
    watchSigns(signs, n / RATE, pitch, yaw, closure);
    out.push(...signs.last);
  }
  return out;
}

/** Swings of `size` rad at `hz`, between `from` and `to` s. */
const swing = (t: number, size: number, hz: number, from: number, to: number): number =>
  t < from || t > to ? 0 : size * Math.sin(2 * Math.PI * hz * (t - from));

test.each([
  ["nodding twice", 3, (t) => ({ pitch: swing(t, 0.12, 2, 1, 2) }), ["nod"]],
  ["shaking the head", 3, (t) => ({ yaw: swing(t, 0.25, 1.5, 1, 2.5) }), ["shake"]],
  [
    "a nod that sways sideways a little",
    3,
    (t) => ({ pitch: swing(t, 0.15, 2, 1, 2), yaw: swing(t, 0.02, 2, 1, 2) }),
    ["nod"],
  ],
  ["two bouts of nodding", 6, (t) => ({ pitch: swing(t, 0.12, 2, 1, 2) + swing(t, 0.12, 2, 4, 5) }), ["nod", "nod"]],
  ["looking around slowly", 8, (t) => ({ yaw: swing(t, 0.5, 0.2, 1, 8) }), []],
  ["looking down and up once", 4, (t) => ({ pitch: t > 1 && t < 2.5 ? -0.4 : 0 }), []],
  ["trembling", 4, (t) => ({ pitch: swing(t, 0.02, 4, 0, 4) }), []],
  ["two blinks", 3, (t) => ({ closure: (t > 1 && t < 1.15) || (t > 2 && t < 2.2) ? 0.9 : 0.1 }), ["blink", "blink"]],
  ["eyes closed for long", 3, (t) => ({ closure: t > 1 && t < 2.5 ? 0.9 : 0 }), ["eyes closed"]],
  ["half-closed eyes", 3, (t) => ({ closure: 0.3 + 0.1 * Math.sin(9 * t) }), []],
] as [string, number, Movement, Sign[]][])("%s", (_, seconds, movement, signs) => {
  expect(watched(seconds, movement)).toEqual(signs);
});

test("a face lost in the middle of a blink or a nod leaves nothing half done", () => {
  const lost = (t: number): boolean => t > 1.1 && t < 1.6;
  expect(
    watched(3, (t) => (lost(t) ? { pitch: NaN, yaw: NaN, closure: NaN } : { closure: t > 1 && t < 1.8 ? 0.9 : 0 })),
  ).toEqual(["blink"]);
});
