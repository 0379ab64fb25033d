import { FACE, MOTOR, UNITS_PER_ACT, restMotor } from "@attune/core";
import { expect, test } from "vitest";
import { believe, createLive, lookAway, moveBody, perform, take } from "./live.ts";
import type { Belief, Posture, Show } from "./mind/protocol.ts";

const IDLE = { own: new Float64Array(MOTOR), face: new Float32Array(FACE) };
const posture = (time: number, value: number): Posture => ({
  time,
  own: new Float64Array(MOTOR).fill(value),
  seen: new Float64Array(0),
  face: new Float32Array(FACE).fill(value),
});
const belief = (units: number[]): Belief =>
  ({
    time: 0,
    acts: [],
    units: Float32Array.from(units.flatMap((rate) => Array<number>(UNITS_PER_ACT).fill(rate))),
  }) as unknown as Belief;

function settle(
  live: ReturnType<typeof createLive>,
  mode: "mirror" | "imitate" | "watch",
  from: number,
  s: number,
): void {
  for (let n = 0; n <= s * 60; n++) moveBody(live, mode, 0.7, from + n / 60, IDLE);
}

test("mirroring follows within a few hundredths of a second, imitation comes the delay later, watching stays at rest", () => {
  const live = createLive();
  take(live, posture(0, 0.5), 10);
  settle(live, "mirror", 10, 0.1);
  expect(live.own[3]).toBeGreaterThan(0.45);
  expect(live.face[0]).toBeGreaterThan(0.45);

  const later = createLive();
  take(later, posture(0, 0.5), 10);
  settle(later, "imitate", 10, 0.6);
  expect(later.own[3]).toBeCloseTo(restMotor()[3], 5);
  settle(later, "imitate", 10.7, 0.2);
  expect(later.own[3]).toBeGreaterThan(0.45);

  const watching = createLive();
  take(watching, posture(0, 0.5), 10);
  settle(watching, "watch", 10, 1);
  expect(watching.own[3]).toBeCloseTo(restMotor()[3], 5);
});

test("units that are not seen are at rest, and do not spoil the face for good", () => {
  const live = createLive();
  const hidden = posture(0, 0.5);
  hidden.face!.fill(NaN, 0, 3);
  take(live, hidden, 10);
  settle(live, "mirror", 10, 0.1);
  expect(live.face[0]).toBe(0);
  expect(live.face[5]).toBeGreaterThan(0.45);
  take(live, posture(0.2, 0.5), 10.2);
  settle(live, "mirror", 10.2, 0.1);
  expect(live.face[0]).toBeGreaterThan(0.4);
});

test("between two postures the body goes on as it moved, for a moment, and is exactly there when one comes", () => {
  const live = createLive();
  live.turned = 0;
  take(live, posture(0, 0), 10);
  take(live, posture(0.1, 0.2), 10.1);
  moveBody(live, "mirror", 0.7, 10.1, IDLE);
  expect(live.own[3]).toBeCloseTo(0.2, 9);
  moveBody(live, "mirror", 0.7, 10.15, IDLE);
  expect(live.own[3]).toBeCloseTo(0.2 + 0.7 * 2 * 0.05, 6);
  moveBody(live, "mirror", 0.7, 10.9, IDLE);
  expect(live.own[3]).toBeCloseTo(0.2 + 0.7 * 2 * 0.07, 6);
  moveBody(live, "imitate", 0.7, 10.75, IDLE);
  expect(live.own[3]).toBeCloseTo(0.1, 6);
});

test("a performance goes before what is seen, drives the units of its act, and ends at rest", () => {
  const live = createLive();
  const show: Show = {
    name: "wave",
    rate: 60,
    own: new Float64Array(60 * MOTOR).fill(0.8),
    rates: new Float32Array(60 * UNITS_PER_ACT).fill(0.9),
  };
  perform(live, show, 1, 20);
  settle(live, "watch", 20, 0.9);
  expect(live.own[0]).toBeGreaterThan(0.75);
  believe(live, belief([0.1, 0.2]), 20.5);
  const [column] = live.columns;
  expect(Array.from(column.done, (v) => Math.round(10 * v) / 10)).toEqual([0, 0, 0, 0, 0, 0.9, 0.9, 0.9, 0.9, 0.9]);
  expect(column.seen[UNITS_PER_ACT]).toBeCloseTo(0.2, 5);
  // The act is forgotten while it is done: fewer units than before.
  believe(live, belief([0.1]), 20.6);
  expect(Math.max(...live.columns[1].done)).toBe(0);
  settle(live, "watch", 21.1, 1.5);
  expect(live.show).toBeUndefined();
  expect(live.own[0]).toBeCloseTo(restMotor()[0], 2);
});

test("moving along drives no act's units, old columns go, and looking away forgets", () => {
  const live = createLive();
  take(live, posture(0, 0.1), 5);
  believe(live, belief([0.6]), 5);
  expect(Math.max(...live.columns[0].done)).toBe(0);
  expect(live.columns[0].seen[0]).toBeCloseTo(0.6, 5);
  believe(live, belief([0.2]), 20);
  expect(live.columns).toHaveLength(1);
  lookAway(live, 20);
  expect(live.posture).toBeUndefined();
});
