import { createRng, gaussian } from "@attune/core";
import { expect, test } from "vitest";
import { POSE, createPoseReader, readPose } from "./pose.ts";

const LEFT_WRIST = 15;
const visibility = new Float32Array(POSE).fill(0.9);

function world(wrist: readonly number[], shake: (i: number) => number = () => 0): Float64Array {
  const points = Float64Array.from({ length: 3 * POSE }, (_, i) => 0.01 * i + shake(i));
  points.set(
    wrist.map((v, c) => v + shake(c)),
    3 * LEFT_WRIST,
  );
  return points;
}

test("a body that keeps still is steadier than what was measured, one that moves is not left behind", () => {
  const rng = createRng(5, "pose"),
    still = createPoseReader(),
    moving = createPoseReader();
  let measured = 0,
    read = 0,
    lag = 0;
  for (let n = 0; n < 90; n++) {
    const raw = world([0.2, 0.1, 0], () => 0.01 * gaussian(rng));
    readPose(still, { world: raw, visibility }, n / 30);
    // A wave: half a metre across, once a second.
    const x = 0.25 * Math.sin((2 * Math.PI * n) / 30);
    readPose(moving, { world: world([x, 0.1, 0]), visibility }, n / 30);
    if (n < 30) continue;
    measured += (raw[3 * LEFT_WRIST] - 0.2) ** 2;
    read += (still.body[3 * LEFT_WRIST] - 0.2) ** 2;
    lag = Math.max(lag, Math.abs(moving.body[3 * LEFT_WRIST] - x));
  }
  expect(Math.sqrt(read / measured)).toBeLessThan(0.6);
  expect(lag).toBeLessThan(0.08);
});

test("nobody there is NaN and trusted 0, and who comes back starts where they are", () => {
  const reader = createPoseReader();
  readPose(reader, { world: world([0.2, 0.1, 0]), visibility }, 0);
  expect(reader.confidence[LEFT_WRIST]).toBeCloseTo(0.9);
  readPose(reader, undefined, 0.1);
  expect(reader.body.every(Number.isNaN)).toBe(true);
  expect(reader.confidence.every((c) => c === 0)).toBe(true);
  readPose(reader, { world: world([-0.4, 0.1, 0]), visibility }, 1);
  expect(reader.body[3 * LEFT_WRIST]).toBeCloseTo(-0.4);
});

test("a picture whose time does not go on changes nothing, and other lengths are refused", () => {
  const reader = createPoseReader();
  readPose(reader, { world: world([0.2, 0.1, 0]), visibility }, 1);
  readPose(reader, undefined, 1);
  expect(reader.body[3 * LEFT_WRIST]).toBeCloseTo(0.2);
  expect(() => readPose(reader, { world: new Float32Array(51), visibility }, 2)).toThrow(
    /51 world coordinates came, 99 were wanted/,
  );
});
