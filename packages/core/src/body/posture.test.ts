import { expect, test } from "vitest";
import { LIMBS, MOTOR, MOTOR_AXES, SEEN, restMotor, seenAt } from "./layout.ts";
import { forward, forwardLimb } from "./own.ts";
import { createPostureScratch, solvePosture } from "./posture.ts";
import { unrest, wander } from "./testing.ts";

test("smooth movement within limits is recovered in looks, within limits, in a few steps", () => {
  const scratch = createPostureScratch();
  const q = new Float64Array(MOTOR);
  const target = new Float64Array(SEEN);
  const looks = new Float64Array(SEEN);
  let sum = 0;
  let worst = 0;
  let count = 0;
  let steps = 0;
  for (let seed = 0; seed < 8; seed++) {
    wander(seed, 0, 0.6, q);
    for (let t = 0; t < 150; t++) {
      const truth = new Float64Array(MOTOR);
      wander(seed, t / 30, 0.6, truth);
      forward(truth, target);
      const residual = solvePosture(forwardLimb, target, q, scratch);
      forward(q, looks);
      const square = target.reduce((s, x, k) => s + (k < 3 ? 0 : (x - looks[k]) ** 2), 0) / ((SEEN - 3) / 3);
      expect(residual).toBeCloseTo(Math.sqrt(square), 9);
      sum += square;
      worst = Math.max(worst, residual);
      count++;
      steps += scratch.steps.reduce((a, b) => a + b) / LIMBS.length;
      q.forEach((x, k) => expect(x >= MOTOR_AXES[k].min && x <= MOTOR_AXES[k].max).toBe(true));
    }
  }
  expect(Math.sqrt(sum / count)).toBeLessThan(1e-3);
  expect(worst).toBeLessThan(0.01);
  expect(steps / count).toBeLessThan(6);
});

test("smooth movement gives smooth angles: none jumps", () => {
  const scratch = createPostureScratch();
  const q = new Float64Array(MOTOR);
  const target = new Float64Array(SEEN);
  let furthest = 0;
  let furthestTruth = 0;
  for (let seed = 20; seed < 28; seed++) {
    wander(seed, 0, 0.5, q);
    const truth = q.slice();
    for (let t = 1; t < 200; t++) {
      const before = q.slice();
      const truthBefore = truth.slice();
      wander(seed, t / 30, 0.5, truth);
      forward(truth, target);
      solvePosture(forwardLimb, target, q, scratch);
      q.forEach((x, k) => (furthest = Math.max(furthest, Math.abs(x - before[k]))));
      truth.forEach((x, k) => (furthestTruth = Math.max(furthestTruth, Math.abs(x - truthBefore[k]))));
    }
  }
  expect(furthest).toBeLessThan(4 * furthestTruth);
});

test("what is not seen stays where it was", () => {
  const scratch = createPostureScratch();
  const truth = new Float64Array(MOTOR);
  const target = new Float64Array(SEEN);
  wander(4, 1, 0.5, truth);
  forward(truth, target);
  const q = restMotor();
  for (const bone of ["lHand", "rUpperArm", "rForearm", "rHand"] as const)
    target.fill(NaN, seenAt(bone), seenAt(bone) + 3);
  solvePosture(forwardLimb, target, q, scratch);
  const rest = restMotor();
  const [lArm, rArm] = [LIMBS[3], LIMBS[4]];
  for (const m of [...rArm.motor, ...lArm.motor.slice(4)]) expect(q[m]).toBe(rest[m]);
  expect(scratch.residual[rArm.index]).toBeNaN();
  expect(scratch.residual[lArm.index]).toBeLessThan(1e-3);
});

test("the turn of a straight arm, which nothing shows without a hand, keeps its value", () => {
  const scratch = createPostureScratch();
  const q = restMotor();
  q[LIMBS[3].motor[3]] = 0;
  const target = new Float64Array(SEEN);
  forward(q, target);
  target.fill(NaN, seenAt("lHand"), seenAt("lHand") + 3);
  const before = q.slice();
  for (let t = 0; t < 50; t++) solvePosture(forwardLimb, target, q, scratch);
  q.forEach((x, k) => expect(x).toBeCloseTo(before[k], 6));
});

test("a search begun on the far side finds its way", () => {
  const scratch = createPostureScratch();
  const target = new Float64Array(SEEN);
  forward(restMotor(), target);
  for (let seed = 0; seed < 30; seed++) {
    const q = Float64Array.from(MOTOR_AXES, ({ min, max }, k) => min + (max - min) * unrest(seed, k));
    expect(solvePosture(forwardLimb, target, q, scratch)).toBeLessThan(0.05);
  }
});

test("noise, gaps, nonsense and infinities never give NaN, and limits hold", () => {
  const scratch = createPostureScratch();
  const q = restMotor();
  const target = new Float64Array(SEEN);
  for (let t = 0; t < 400; t++) {
    for (let k = 0; k < SEEN; k++) {
      const u = unrest(t, k);
      target[k] = u < 0.2 ? NaN : u < 0.22 ? Infinity : u < 0.24 ? 1e30 : u < 0.3 ? 0 : 4 * u - 2;
    }
    const residual = solvePosture(forwardLimb, target, q, scratch);
    expect(Number.isFinite(residual)).toBe(true);
    q.forEach((x, k) => expect(x >= MOTOR_AXES[k].min && x <= MOTOR_AXES[k].max).toBe(true));
  }
  expect(solvePosture(forwardLimb, target.fill(NaN), q, scratch)).toBeNaN();
});

test("says what is wrong with its arguments; scratch survives structuredClone", () => {
  const scratch = structuredClone(createPostureScratch());
  const seen = new Float64Array(SEEN);
  expect(() => solvePosture(forwardLimb, seen, new Float64Array(3), scratch)).toThrow(/q has 3 entries, expected 34/);
  expect(() => solvePosture(forwardLimb, seen, new Float64Array(MOTOR).fill(NaN), scratch)).toThrow(/restMotor/);
  forward(restMotor(), seen);
  expect(solvePosture(forwardLimb, seen, restMotor(), scratch)).toBeCloseTo(0, 9);
});
