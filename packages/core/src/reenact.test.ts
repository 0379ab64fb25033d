import { expect, test } from "vitest";
import { FACE, FACE_UNITS, mirrorFace } from "./body/face.ts";
import { MOTOR, MOTOR_NAMES, SEEN, restMotor, seenAt } from "./body/layout.ts";
import { forward } from "./body/own.ts";
import { createMind } from "./mind.ts";
import { skeletonNamed } from "./body/skeletons.ts";
import { createReenactment, reenact } from "./reenact.ts";
import { createRng } from "./rng.ts";
import { PLAIN, performed, recorded } from "./testing.ts";

const wave = performed("wave", PLAIN, createRng(1, "reenact"));
const tall = { trunk: 0.6, yaw: 0.5 };

/** Angle between two bones, rad. */
function between(a: Float64Array, b: Float64Array, at: number): number {
  const dot = a[at] * b[at] + a[at + 1] * b[at + 1] + a[at + 2] * b[at + 2];
  return Math.acos(Math.min(1, dot));
}

test("a stranger of other build and bearing is followed joint by joint", () => {
  const { header, frames } = recorded(wave, "ntu-25", tall);
  const body = createReenactment(createMind(), header);
  const truth = new Float64Array(SEEN),
    own = new Float64Array(SEEN);
  const values = Float64Array.from(wave.values);
  let worst = 0;
  frames.forEach((frame, t) => {
    reenact(body, frame);
    forward(body.own, own);
    forward(values.subarray(t * MOTOR, (t + 1) * MOTOR), truth);
    for (const bone of ["rUpperArm", "rForearm", "lUpperArm"] as const)
      worst = Math.max(worst, between(own, truth, seenAt(bone)));
  });
  expect(worst).toBeLessThan(0.15);
});

test("as a mirror does, their right arm moves the own left one", () => {
  const { header, frames } = recorded(wave, "ntu-25", tall);
  const straight = createReenactment(createMind(), header),
    specular = createReenactment(createMind(), header, { specular: true });
  for (const frame of frames.slice(0, 30)) {
    reenact(straight, frame);
    reenact(specular, frame);
  }
  const right = MOTOR_NAMES.indexOf("rElbow"),
    left = MOTOR_NAMES.indexOf("lElbow");
  expect(Math.abs(straight.own[right] - straight.own[left])).toBeGreaterThan(0.3);
  expect(specular.own[left]).toBeCloseTo(straight.own[right], 9);
  expect(specular.own[right]).toBeCloseTo(straight.own[left], 9);
});

test("an arm out of sight is kept for a moment and goes to rest after", () => {
  const { header, frames } = recorded(wave, "attune-20", tall);
  const body = createReenactment(createMind(), header);
  for (const frame of frames.slice(0, 30)) reenact(body, frame);
  const elbow = MOTOR_NAMES.indexOf("rElbow"),
    raised = body.own[elbow],
    rest = restMotor()[elbow];
  const blank = new Float32Array(frames[0].body!.length).fill(NaN);
  const { time } = frames[29];
  for (let n = 1; n <= 6; n++) reenact(body, { time: time + n / 30, body: blank });
  expect(body.own[elbow]).toBe(raised);
  for (let n = 7; n <= 90; n++) reenact(body, { time: time + n / 30, body: blank });
  expect(Math.abs(body.own[elbow] - rest)).toBeLessThan(0.02);
});

test("legs that a tracker makes up below the picture are not moved along with, hidden arms are", () => {
  const { header, frames } = recorded(wave, "attune-20", tall);
  const body = createReenactment(createMind(), header);
  const { joints } = skeletonNamed("attune-20");
  const bodyConfidence = Float32Array.from(joints, (joint) =>
    /knee|ankle|foot/.test(joint) ? 0.2 : /wrist/.test(joint) ? 0.3 : 1,
  );
  const knee = joints.indexOf("l-knee");
  for (const frame of frames.slice(0, 30)) {
    const raised = frame.body!.slice();
    raised[3 * knee + 1] += 0.3;
    reenact(body, { ...frame, body: raised, bodyConfidence });
  }
  const at = (name: string): number => MOTOR_NAMES.indexOf(name);
  expect(body.own[at("lHip.x")]).toBeCloseTo(restMotor()[at("lHip.x")], 6);
  expect(Math.abs(body.own[at("rElbow")] - restMotor()[at("rElbow")])).toBeGreaterThan(0.3);
});

test("what is no person is refused with what was wanted", () => {
  const header = { format: "attune-recording", version: 1, channels: ["a"] } as const;
  expect(() => createReenactment(createMind(), header)).toThrow(/shows channels, wanted a person/);
  expect(() => createReenactment(createMind({ image: "newborn" }), header)).toThrow(/no image/);
});

test("the mirror image of a face smiles on the other side", () => {
  const face = new Float32Array(FACE),
    out = new Float32Array(FACE);
  face[FACE_UNITS.indexOf("AU12L")] = 0.8;
  face[FACE_UNITS.indexOf("AU26")] = 0.3;
  mirrorFace(face, out);
  expect(out[FACE_UNITS.indexOf("AU12R")]).toBeCloseTo(0.8);
  expect(out[FACE_UNITS.indexOf("AU12L")]).toBe(0);
  expect(out[FACE_UNITS.indexOf("AU26")]).toBeCloseTo(0.3);
});
