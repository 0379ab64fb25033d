import { MOTOR, MOTOR_AXES, MOTOR_NAMES, SEEN, createRng, forward, restMotor, wristAt } from "@attune/core";
import { expect, test } from "vitest";
import { STARTER_NAMES, performStarter, starterActs } from "./index.ts";

/** rad in a thirtieth of a second. Rotation vectors turn faster than the arm where it passes the far side. */
const MOST_A_FRAME = 1;

const all = STARTER_NAMES.flatMap((name) => Object.keys(starterActs[name].ways).map((way) => [name, way] as const));

test("every way of every act stays within the joints' limits, moves without jumps, and begins and ends at rest", () => {
  for (const [name, way] of all)
    for (const side of ["left", "right"] as const) {
      const { times, values } = performStarter(name, createRng(3, `${name}/${way}`), { way, side });
      const broken: string[] = [];
      for (let t = 0; t < times.length; t++)
        for (let m = 0; m < MOTOR; m++) {
          const q = values[t * MOTOR + m],
            jump = t === 0 ? 0 : Math.abs(q - values[(t - 1) * MOTOR + m]);
          if (!(q >= MOTOR_AXES[m].min && q <= MOTOR_AXES[m].max && jump < MOST_A_FRAME))
            broken.push(`${MOTOR_NAMES[m]} at ${times[t].toFixed(2)} s: ${q.toFixed(2)} after ${jump.toFixed(2)}`);
        }
      expect(broken, `${name} ${way}`).toEqual([]);
      const hands = (t: number): number[] => {
        const seen = new Float64Array(SEEN),
          at = new Float64Array(3);
        forward(Float64Array.from(values).subarray(t * MOTOR, (t + 1) * MOTOR), seen);
        return [0, 1].flatMap((s) => (wristAt(s as 0 | 1, seen, at), [...at]));
      };
      const first = hands(0),
        last = hands(times.length - 1);
      for (let c = 0; c < 6; c++) expect(Math.abs(first[c] - last[c]), `${name} ${way}`).toBeLessThan(0.15);
      for (const hand of [0, 3]) expect(first[hand + 1], `${name} ${way} hand hangs`).toBeLessThan(-0.9);
    }
});

test("without variation it is the act as written; the same stream performs alike, another one does not", () => {
  const plain = (seed: number) => performStarter("drink", createRng(seed, "p"), { variation: 0, side: "right" });
  expect(plain(1)).toEqual(plain(2));
  const varied = (seed: number) => performStarter("drink", createRng(seed, "p"));
  expect(varied(1)).toEqual(varied(1));
  expect(varied(1).values).not.toEqual(varied(2).values);
  const rest = restMotor(),
    { values } = plain(1);
  for (let m = 0; m < MOTOR; m++)
    if (/Shoulder|Elbow|head|trunk/.test(MOTOR_NAMES[m])) expect(values[m], MOTOR_NAMES[m]).toBeCloseTo(rest[m], 2);
});

test("a left-handed wave is the mirror image of a right-handed one", () => {
  const hand = (side: "left" | "right"): number[][] => {
    const { times, values } = performStarter("wave", createRng(4, "m"), { way: "high", side });
    const seen = new Float64Array(SEEN),
      at = new Float64Array(3);
    return Array.from(times, (_, t) => {
      forward(Float64Array.from(values).subarray(t * MOTOR, (t + 1) * MOTOR), seen);
      wristAt(side === "left" ? 0 : 1, seen, at);
      return [...at];
    });
  };
  const left = hand("left"),
    right = hand("right");
  expect(left.length).toBe(right.length);
  left.forEach(([x, y, z], t) => {
    expect(x).toBeCloseTo(-right[t][0], 9);
    expect(y).toBeCloseTo(right[t][1], 9);
    expect(z).toBeCloseTo(right[t][2], 9);
  });
});

test("people differ: a faster one takes less time, ways and rounds are as asked for", () => {
  const lasts = (style: object): number =>
    Array.from(performStarter("wave", createRng(1, "t"), { way: "high", variation: 0, ...style }).times).at(-1) ?? NaN;
  expect(lasts({ tempo: 1.5 })).toBeCloseTo(lasts({}) / 1.5, 1);
  expect(lasts({ share: 1 }) - lasts({ share: 0 })).toBeCloseTo((3 - 1.5) / 1.9, 1);
  expect(() => performStarter("wave", createRng(1, "t"), { way: "backwards" })).toThrow(/high, raised/);
  expect(() => performStarter("fly", createRng(1, "t"))).toThrow(/wave, beckon/);
});
