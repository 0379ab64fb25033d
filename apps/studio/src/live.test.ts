import { FACE, HEAD_AT, MOTOR, MOTOR_NAMES, TURNS, UNITS_PER_ACT, VISAGE, restMotor } from "@attune/core";
import { expect, test } from "vitest";
import { believe, createLive, feelNow, forgetLooks, lookAway, moveBody, perform, performFace, take } from "./live.ts";
import type { FeelingNow } from "./mind/feeling-protocol.ts";
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
  mode: "mirror" | "imitate" | "watch" | "answer",
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

const feeling = (time: number, visage: Float32Array, rest: Partial<FeelingNow> = {}): FeelingNow => ({
  time,
  own: [0.1, 0],
  parts: new Float32Array(6),
  visage,
  lean: 0,
  ...rest,
});

test("answering, the body stands, the face is the heart's own, and the head turns and nods on top; mirroring, none of it", () => {
  const live = createLive();
  take(live, posture(0, 0.5), 10);
  const visage = new Float32Array(VISAGE);
  visage[2] = 0.6;
  visage[HEAD_AT + TURNS.indexOf("head.yaw")] = 0.3;
  visage[HEAD_AT + TURNS.indexOf("gaze.pitch")] = -0.2;
  feelNow(live, feeling(0, visage, { lean: 1 }), 10);
  settle(live, "answer", 10, 1);
  const yaw = MOTOR_NAMES.indexOf("head.x") + 1,
    elbow = MOTOR_NAMES.indexOf("lElbow"),
    trunk = MOTOR_NAMES.indexOf("trunk.x");
  expect(live.face[2]).toBeCloseTo(0.6, 2);
  expect(live.own[yaw]).toBeCloseTo(0.3, 2);
  expect(live.own[elbow]).toBeCloseTo(restMotor()[elbow], 3);
  expect(live.own[trunk]).toBeGreaterThan(0.1);
  expect(live.gaze[1]).toBeCloseTo(-0.2, 2);
  const nod: Show = { name: "nod", rate: 60, own: new Float64Array(MOTOR * 60).fill(0.4), rates: new Float32Array(60) };
  live.nod = { what: nod, from: 11.1, strength: 0.5 };
  settle(live, "answer", 11.1, 0.3);
  expect(live.own[elbow]).toBeCloseTo(restMotor()[elbow] + 0.5 * (0.4 - restMotor()[elbow]), 2);
  settle(live, "answer", 11.5, 1.5);
  expect(live.nod).toBeUndefined();
  settle(live, "mirror", 13, 1);
  expect(live.face[2]).toBeCloseTo(0.5, 2);
  expect(live.own[yaw]).toBeCloseTo(0.5, 2);
});

test("an expression that is done goes before whatever the face does otherwise, and gives way when it is over", () => {
  const live = createLive();
  take(live, posture(0, 0.2), 10);
  performFace(live, { name: "puff", rate: 60, visage: new Float64Array(VISAGE * 60).fill(0.9) }, 10);
  settle(live, "mirror", 10, 0.6);
  expect(live.face[5]).toBeCloseTo(0.9, 2);
  settle(live, "mirror", 10.7, 1);
  expect(live.faceShow).toBeUndefined();
  expect(live.face[5]).toBeCloseTo(0.2, 2);
});

test("a minute of feeling is kept, ten times a second at most; looks are forgotten everywhere when they have to be", () => {
  const live = createLive();
  for (let n = 0; n < 70 * 30; n++)
    feelNow(live, feeling(n / 30, new Float32Array(VISAGE), { other: [0.4, 0, 0.2] }), 100 + n / 30);
  const { felt } = live;
  expect(felt[felt.length - 1].at - felt[0].at).toBeLessThanOrEqual(60);
  expect(felt.length).toBeGreaterThan(400);
  expect(felt.length).toBeLessThanOrEqual(601);
  forgetLooks(live);
  expect(live.felt.some(({ other }) => other !== undefined)).toBe(false);
  expect(live.felt).toHaveLength(felt.length);
});
