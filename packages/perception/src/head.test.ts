import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HEAD, anglesOf, gazeOf, headOf } from "./head.ts";

/** Column-major matrix of a head turned by yaw about y, then pitch up and roll, `scale` large, at x, y, z cm. */
function matrixOf(yaw: number, pitch: number, roll: number, scale = 1, at = [0, 0, -50]): number[] {
  const ry = [
    [Math.cos(yaw), 0, Math.sin(yaw)],
    [0, 1, 0],
    [-Math.sin(yaw), 0, Math.cos(yaw)],
  ];
  const rx = [
    [1, 0, 0],
    [0, Math.cos(pitch), Math.sin(pitch)],
    [0, -Math.sin(pitch), Math.cos(pitch)],
  ];
  const rz = [
    [Math.cos(roll), -Math.sin(roll), 0],
    [Math.sin(roll), Math.cos(roll), 0],
    [0, 0, 1],
  ];
  const times = (a: number[][], b: number[][]): number[][] =>
    a.map((row) => b[0].map((_, c) => row.reduce((s, v, k) => s + v * b[k][c], 0)));
  const m = times(ry, times(rx, rz));
  return [0, 1, 2].flatMap((c) => [...m.map((row) => scale * row[c]), 0]).concat(at, 1);
}

const angle = fc.double({ min: -1.3, max: 1.3, noNaN: true });

test("yaw and pitch come back from the matrix, whatever its scale; the quaternion is a unit one", () => {
  fc.assert(
    fc.property(angle, angle, angle, fc.double({ min: 0.2, max: 5, noNaN: true }), (yaw, pitch, roll, scale) => {
      const head = new Float32Array(HEAD);
      if (!headOf(matrixOf(yaw, pitch, roll, scale), head)) throw new Error("refused");
      const found = anglesOf(head);
      expect(found.yaw).toBeCloseTo(yaw, 4);
      expect(found.pitch).toBeCloseTo(pitch, 4);
      expect(Math.hypot(...head.subarray(0, 4))).toBeCloseTo(1, 5);
      expect(head[6]).toBeCloseTo(-0.5, 5);
    }),
    { seed: 5 },
  );
});

test("a tilted head rolls towards the shoulder it goes to", () => {
  const head = new Float32Array(HEAD);
  headOf(matrixOf(0, 0, 0.3), head);
  expect(anglesOf(head).roll).toBeCloseTo(0.3, 5);
});

test("a matrix that is none is refused", () => {
  const head = new Float32Array(HEAD);
  expect(headOf(Array<number>(16).fill(0), head)).toBe(false);
  expect(headOf(Array<number>(16).fill(NaN), head)).toBe(false);
  expect(Array.from(head).every(Number.isNaN)).toBe(true);
});

const STILL = { inLeft: 0, outLeft: 0, upLeft: 0, downLeft: 0, inRight: 0, outRight: 0, upRight: 0, downRight: 0 };

test.each([
  ["ahead", STILL, 0, [0, 0, 1]],
  ["to the person's left", { ...STILL, outLeft: 1, inRight: 1 }, 0, [Math.sin(0.6), 0, Math.cos(0.6)]],
  ["up", { ...STILL, upLeft: 1, upRight: 1 }, 0, [0, Math.sin(0.6), Math.cos(0.6)]],
  ["ahead, the head turned right", STILL, -0.5, [-Math.sin(0.5), 0, Math.cos(0.5)]],
  ["back at the camera from a head turned right", { ...STILL, outLeft: 5 / 6, inRight: 5 / 6 }, -0.5, [0, 0, 1]],
])("gaze %s", (_, look, yaw, direction) => {
  const head = new Float32Array(HEAD),
    gaze = new Float32Array(3);
  headOf(matrixOf(yaw, 0, 0), head);
  gazeOf(look, head, gaze);
  direction.forEach((v, i) => expect(gaze[i]).toBeCloseTo(v, 5));
});
