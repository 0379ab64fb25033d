import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Skeleton } from "../frame.ts";
import { UP_AXES } from "./axes.ts";
import { MOTOR, SEEN, seenAt } from "./layout.ts";
import { forward, restSeen } from "./own.ts";
import { rolesOf } from "./roles.ts";
import { createShow, pose } from "./show.ts";
import { createSight, see } from "./sight.ts";
import { SKELETON_NAMES, skeletonNamed } from "./skeletons.ts";
import { frameOf, wander } from "./testing.ts";

/** A Mixamo-like BVH hierarchy, T-pose, y up, cm, with a clavicle, three spine joints, fingers and an end site. */
const HIERARCHY: readonly (readonly [string, string, number, number, number])[] = [
  ["Hips", "", 0, 98, 0],
  ["Spine", "Hips", 0, 10, -1],
  ["Spine1", "Spine", 0, 12, 0],
  ["Spine2", "Spine1", 0, 13, 0],
  ["Neck", "Spine2", 0, 15, 1],
  ["Head", "Neck", 0, 12, 2],
  ["HeadTop_End", "Head", 0, 18, 0],
  ["LeftShoulder", "Spine2", 6, 12, 0],
  ["LeftArm", "LeftShoulder", 13, 0, 0],
  ["LeftForeArm", "LeftArm", 29, 0, 0],
  ["LeftHand", "LeftForeArm", 26, 0, 0],
  ["LeftHandIndex1", "LeftHand", 9, 0, 3],
  ["LeftHandIndex2", "LeftHandIndex1", 3, 0, 0],
  ["RightShoulder", "Spine2", -6, 12, 0],
  ["RightArm", "RightShoulder", -13, 0, 0],
  ["RightForeArm", "RightArm", -29, 0, 0],
  ["RightHand", "RightForeArm", -26, 0, 0],
  ["RightHandIndex1", "RightHand", -9, 0, 3],
  ["LeftUpLeg", "Hips", 9, -5, 0],
  ["LeftLeg", "LeftUpLeg", 0, -44, 0],
  ["LeftFoot", "LeftLeg", 0, -42, 0],
  ["LeftToeBase", "LeftFoot", 0, -8, 13],
  ["RightUpLeg", "Hips", -9, -5, 0],
  ["RightLeg", "RightUpLeg", 0, -44, 0],
  ["RightFoot", "RightLeg", 0, -42, 0],
  ["RightToeBase", "RightFoot", 0, -8, 13],
];
const names = HIERARCHY.map(([name]) => `mixamorig:${name}`);
const bvh: Skeleton = {
  name: "a puppet",
  joints: names,
  dims: 3,
  parents: HIERARCHY.map(([, parent]) => names.indexOf(`mixamorig:${parent}`)),
  offsets: HIERARCHY.flatMap(([, , x, y, z]) => [x, y, z]),
};

function looks(seed: number): Float64Array {
  const q = new Float64Array(MOTOR);
  const seen = new Float64Array(SEEN);
  wander(seed, seed / 7, 0.7, q);
  forward(q, seen);
  return seen;
}

/** Shows rest until the sight has settled, then `seen` in no time, and gives what is seen of it. */
function seenAgain(skeleton: Skeleton, seen: Float64Array, up: (typeof UP_AXES)[number], yaw: number): Float64Array {
  const show = createShow(skeleton, { up, yaw });
  const sight = createSight(skeleton, { up });
  const out = new Float64Array(SEEN);
  const quality = new Float64Array(SEEN);
  for (let t = 0; t < 6; t++) see(sight, frameOf(show, restSeen(), t / 30), out, quality);
  see(sight, frameOf(show, seen, 5 / 30 + 1e-9), out, quality);
  return out;
}

test("what is shown on a body is seen again, for every role it has", () => {
  const bodies = [...SKELETON_NAMES.map(skeletonNamed), bvh].filter(({ dims }) => dims === 3);
  expect(bodies.length).toBe(6);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 500 }),
      fc.constantFrom(...bodies),
      fc.constantFrom(...UP_AXES),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (seed, skeleton, up, yaw) => {
        if (skeleton === bvh) up = "y"; // as its offsets are
        const seen = looks(seed);
        seen.fill(0, 0, 3);
        const again = seenAgain(skeleton, seen, up, yaw);
        const roles = rolesOf(skeleton);
        // A neck that is only the middle of the shoulders keeps their line, not their bend.
        const line = roles.neck!.length > 1;
        for (let k = 0; k < SEEN; k++) {
          const clavicle = k >= seenAt("lClavicle") && k < seenAt("rClavicle") + 3;
          const face = k >= seenAt("face") && k < seenAt("face") + 3;
          if (face && roles.nose === undefined) expect(again[k]).toBeNaN();
          else if (!(clavicle && line)) expect(Math.abs(again[k] - seen[k])).toBeLessThan(1e-4);
        }
      },
    ),
    { seed: 2, numRuns: 120 },
  );
});

test("the root's displacement is seen again too", () => {
  const seen = restSeen();
  seen.set([0.2, -0.3, 0.4]);
  const again = seenAgain(skeletonNamed("attune-20"), seen, "z", 1);
  for (let c = 0; c < 3; c++) expect(again[c]).toBeCloseTo(seen[c], 5);
});

test("a hierarchy with offsets keeps its own bone lengths, between roles and beyond them", () => {
  const show = createShow(bvh);
  const out = new Float64Array(3 * names.length);
  const at = (name: string): number => 3 * names.indexOf(`mixamorig:${name}`);
  const apart = (a: string, b: string): number => Math.hypot(...[0, 1, 2].map((c) => out[at(a) + c] - out[at(b) + c]));
  for (let seed = 0; seed < 20; seed++) {
    pose(show, looks(seed), out);
    expect(out.every(Number.isFinite)).toBe(true);
    expect(apart("LeftArm", "LeftForeArm")).toBeCloseTo(29, 6);
    expect(apart("RightForeArm", "RightHand")).toBeCloseTo(26, 6);
    expect(apart("LeftUpLeg", "LeftLeg")).toBeCloseTo(44, 6);
    expect(apart("Head", "HeadTop_End")).toBeCloseTo(18, 6);
    expect(apart("LeftHandIndex1", "LeftHandIndex2")).toBeCloseTo(3, 6);
    expect(apart("Hips", "Spine2")).toBeCloseTo(
      (apart("Hips", "Neck") * Math.hypot(10, 1) + 25 * apart("Hips", "Neck")) /
        (Math.hypot(10, 1) + 25 + Math.hypot(15, 1)),
      6,
    );
  }
});

test("a rest offset turns with the bone that carries it", () => {
  const show = createShow(bvh);
  const out = new Float64Array(3 * names.length);
  const seen = restSeen();
  const at = (name: string): number => 3 * names.indexOf(`mixamorig:${name}`);
  seen.set([0, 0, 1], seenAt("head")); // lie down, head: the crown follows
  pose(show, seen, out);
  expect(out[at("HeadTop_End") + 2] - out[at("Head") + 2]).toBeGreaterThan(17);
});

test("unseen bones are shown at rest; all joints of all known skeletons are placed", () => {
  const nothing = new Float64Array(SEEN).fill(NaN);
  for (const name of SKELETON_NAMES) {
    const show = createShow(name, { up: "-y" });
    const { joints, dims } = show.skeleton;
    const atRest = new Float64Array(dims * joints.length);
    const unseen = new Float64Array(dims * joints.length);
    pose(show, restSeen(), atRest);
    pose(show, nothing, unseen);
    unseen.forEach((x, k) => expect(x).toBeCloseTo(atRest[k], 12));
  }
});

test("2-D is the view from the front: the person's left on the right, up where it is said to be", () => {
  const show = createShow("coco-17", { up: "-y", trunk: 100 });
  const out = new Float64Array(2 * 17);
  pose(show, restSeen(), out);
  const at = (joint: string): number[] => [...out.subarray(2 * show.skeleton.joints.indexOf(joint))].slice(0, 2);
  expect(at("l-shoulder")[0]).toBeGreaterThan(at("r-shoulder")[0]);
  expect(at("nose")[1]).toBeLessThan(at("l-hip")[1]);
  expect(at("l-shoulder")[1] - at("l-hip")[1]).toBeCloseTo(-100, 6);
});

test("says what is wrong; survives structuredClone", () => {
  expect(() => createShow({ name: "dots", joints: ["a", "b"], dims: 3 })).toThrow(/no joint of "dots"/);
  expect(() => createShow("coco-17", { up: "z" })).toThrow(/expected "y" or "-y"/);
  expect(() => createShow("kinect-20", { trunk: 0 })).toThrow(/must be positive/);
  const show = structuredClone(createShow(bvh));
  expect(() => pose(show, restSeen(), new Float64Array(3))).toThrow(/26 joints x 3 = 78/);
  expect(() => pose(show, new Float64Array(3), new Float64Array(78))).toThrow(/expected 54/);
  pose(show, restSeen(), new Float64Array(78));
});
