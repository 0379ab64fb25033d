import { MOTOR, SEEN, SKELETON_NAMES, createSight, see, skeletonNamed, type Frame } from "@attune/core";
import { expect, test } from "vitest";
import { createPerson, playScript, wander, type CameraSpec } from "./index.ts";
import { createRng } from "@attune/core";

const SCRIPT = [{ act: "wave" }, { pause: 0.5, act: "bow" }, { act: "clap", at: 9 }, { pause: 1 }] as const;
const person = (seed: number, camera: CameraSpec = {}) => createPerson({ seed, skeleton: "kinect-20", camera });
const framesOf = (seed: number, camera: CameraSpec = {}): Frame[] => [
  ...playScript(person(seed, camera), SCRIPT).frames(),
];

test("the same seed gives the same frames, another seed or another take does not", () => {
  const camera = { lostJoints: 0.1, lostFrames: 0.05 };
  const take = playScript(person(1, camera), SCRIPT);
  expect([...take.frames()]).toEqual([...take.frames()]);
  expect([...take.frames()]).toEqual(framesOf(1, camera));
  expect(framesOf(1)).not.toEqual(framesOf(2));
  expect(playScript(person(1), SCRIPT, "again").motion.values).not.toEqual(take.motion.values);
});

test("what the camera loses changes neither the movement nor what it jitters", () => {
  const whole = framesOf(1),
    holes = framesOf(1, { lostJoints: 0.2 });
  expect(holes.length).toBe(whole.length);
  holes.forEach(({ body }, t) =>
    body?.forEach((v, k) => {
      if (!Number.isNaN(v)) expect(v).toBe(whole[t].body?.[k]);
    }),
  );
});

test("joints and frames are lost as often as asked, joints for as long as asked", () => {
  const script = [{ pause: 120 }];
  for (const share of [0.05, 0.3]) {
    const spec = { lostJoints: share, lostFor: 0.2, lostFrames: share };
    const frames = [...playScript(createPerson({ seed: 5, camera: spec }), script).frames()];
    expect(frames.length / (120 * 30 + 1)).toBeCloseTo(1 - share, 1);
    const joints = skeletonNamed("attune-20").joints.length;
    let lost = 0,
      runs = 0;
    const whole = [...playScript(createPerson({ seed: 5, camera: { ...spec, lostFrames: 0 } }), script).frames()];
    for (let j = 0; j < joints; j++)
      whole.forEach(({ body }, t) => {
        if (!Number.isNaN(body?.[3 * j])) return;
        lost++;
        if (t === 0 || !Number.isNaN(whole[t - 1].body?.[3 * j])) runs++;
      });
    expect(Math.abs(lost / (joints * whole.length) - share)).toBeLessThan(0.15 * share);
    expect(Math.abs(lost / runs / 30 - 0.2)).toBeLessThan(0.03);
  }
});

test("the truth says when each act moves the body: it stands still outside", () => {
  const take = playScript(createPerson({ seed: 3, unsteadiness: 0, sway: 0 }), [
    { pause: 1, act: "point" },
    { act: "nod" },
    { at: 12, act: "throw" },
  ]);
  expect(take.truth.map(({ act }) => act)).toEqual(["point", "nod", "throw"]);
  expect(take.truth[0].start).toBeCloseTo(1, 1);
  expect(take.truth[2].start).toBeCloseTo(12, 1);
  const { times, values } = take.motion;
  for (const { start, end } of take.truth) expect(end - start).toBeGreaterThan(1);
  for (let t = 1; t < times.length; t++) {
    const acting = take.truth.some(({ start, end }) => times[t] > start - 0.02 && times[t] < end + 0.02);
    let moved = 0;
    for (let m = 0; m < MOTOR; m++) moved += Math.abs(values[t * MOTOR + m] - values[(t - 1) * MOTOR + m]);
    if (!acting) expect(moved, `at ${times[t]}`).toBeLessThan(0.02);
  }
  for (const { start, end } of take.truth) {
    let path = 0;
    for (let t = Math.ceil(start * 30) + 1; t < end * 30; t++)
      for (let m = 0; m < MOTOR; m++) path += Math.abs(values[t * MOTOR + m] - values[(t - 1) * MOTOR + m]);
    expect(path).toBeGreaterThan(1);
  }
  expect(() => playScript(person(1), [{ act: "wave" }, { act: "bow", at: 0.5 }])).toThrow(/is over at/);
});

test("anybody can be shown on any skeleton, where they are told to stand and as large as they are", () => {
  for (const skeleton of SKELETON_NAMES) {
    const somebody = createPerson({
      seed: 2,
      skeleton,
      place: [1, 0.9, -2],
      trunk: 0.55,
      camera: { jitter: 0 },
      sway: 0,
    });
    const [frame] = playScript(somebody, [{ pause: 0.2 }]).frames();
    expect(frame.body?.length, skeleton).toBe(somebody.show.skeleton.joints.length * somebody.show.skeleton.dims);
    if (somebody.show.skeleton.dims !== 3) continue;
    const sight = createSight(skeleton, { up: "y" }),
      seen = new Float64Array(SEEN);
    expect(see(sight, frame, seen, new Float64Array(SEEN)), skeleton).toBe(true);
    expect(Math.exp(sight.frame.logTrunk), skeleton).toBeCloseTo(0.55, 2);
    expect(sight.frame.origin[0], skeleton).toBeCloseTo(1, 2);
  }
});

test("wandering has the spread asked for from the first sample on, and no jumps", () => {
  const rng = createRng(1, "wander");
  const first: number[] = [],
    late: number[] = [];
  for (let trial = 0; trial < 400; trial++) {
    const walk = wander(60, 30, 0.5, 0.5, rng);
    first.push(walk[0]);
    late.push(walk[59]);
    for (let t = 1; t < 60; t++) expect(Math.abs(walk[t] - walk[t - 1])).toBeLessThan(0.25);
  }
  for (const sample of [first, late])
    expect(Math.sqrt(sample.reduce((s, v) => s + v * v, 0) / sample.length)).toBeCloseTo(0.5, 1);
});
