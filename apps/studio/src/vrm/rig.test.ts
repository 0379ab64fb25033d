import {
  BONES,
  MOTOR,
  MOTOR_AXES,
  SEEN,
  createRng,
  forward,
  mirrorMotor,
  restMotor,
  seenAt,
  type BoneName,
} from "@attune/core";
import { Quaternion, Vector3 } from "three";
import { describe, expect, test } from "vitest";
import { type EndBone, type MovedBone, type Rig, createRig, moveRig } from "./rig.ts";
import { type MadeVrm, restOfMade } from "./testing.ts";

/** Bones with both ends, and the direction they have in SEEN. */
const LIMBS: readonly [MovedBone, MovedBone | EndBone, BoneName][] = [
  ["leftUpperArm", "leftLowerArm", "lUpperArm"],
  ["leftLowerArm", "leftHand", "lForearm"],
  ["leftHand", "leftMiddleProximal", "lHand"],
  ["rightUpperArm", "rightLowerArm", "rUpperArm"],
  ["rightLowerArm", "rightHand", "rForearm"],
  ["rightHand", "rightMiddleProximal", "rHand"],
  ["leftUpperLeg", "leftLowerLeg", "lThigh"],
  ["leftLowerLeg", "leftFoot", "lShank"],
  ["leftFoot", "leftToes", "lFoot"],
  ["rightUpperLeg", "rightLowerLeg", "rThigh"],
  ["rightLowerLeg", "rightFoot", "rShank"],
  ["rightFoot", "rightToes", "rFoot"],
];

/** Rotations and places that come out when the turns are applied to the file's own skeleton, in the file's axes. */
function applied(rig: Rig, options: MadeVrm) {
  const rest = restOfMade(options);
  const turn = new Map<string, Quaternion>(),
    at = new Map<string, Vector3>();
  for (const [bone, local] of rig.turns) {
    const parent = rig.parents.get(bone);
    turn.set(bone, parent ? turn.get(parent)!.clone().multiply(local) : local.clone());
    const offset = new Vector3(...rest[bone]!).sub(new Vector3(...(parent ? rest[parent]! : rest[bone]!)));
    at.set(
      bone,
      parent
        ? at
            .get(parent)!
            .clone()
            .add(offset.applyQuaternion(turn.get(parent)!))
        : rig.hips.clone(),
    );
  }
  return {
    rest,
    turn,
    at,
    /** Of a vector at rest in the file's axes. */
    turned: (bone: MovedBone, v: readonly number[]) =>
      new Vector3(...(v as [number, number, number])).applyQuaternion(turn.get(bone)!),
  };
}

/** A direction of SEEN in the file's axes. */
function commanded(own: Float64Array, bone: BoneName, facing: number): Vector3 {
  const seen = new Float64Array(SEEN);
  forward(own, seen);
  const s = seenAt(bone);
  return new Vector3(facing * seen[s], seen[s + 1], facing * seen[s + 2]);
}

function postures(): Float64Array[] {
  const rng = createRng(4, "vrm/postures");
  const random = Array.from({ length: 40 }, () =>
    Float64Array.from(MOTOR_AXES, ({ rest, min, max }) => Math.min(max, Math.max(min, rest + 1.4 * (rng() - 0.5)))),
  );
  return [restMotor(), ...random];
}

const CASES: readonly (readonly [string, MadeVrm])[] = (["0.x", "1.0"] as const).flatMap((version) =>
  (["T", "A"] as const).flatMap((arms) => [
    [`VRM ${version}, ${arms}-pose`, { version, arms }] as const,
    [
      `VRM ${version}, ${arms}-pose, without what may be missing`,
      { version, arms, without: ["chest", "neck", "leftShoulder", "rightShoulder"] },
    ] as const,
  ]),
);

describe.each(CASES)("%s", (_, options) => {
  const facing = options.version === "1.0" ? 1 : -1;
  const rig = createRig(restOfMade(options), facing);

  test("arms, hands, legs and feet point where the engine has them", () => {
    for (const own of postures()) {
      moveRig(rig, own);
      const { rest, turned } = applied(rig, options);
      for (const [bone, end, name] of LIMBS) {
        const direction = turned(
          bone,
          rest[end]!.map((p, c) => p - rest[bone]![c]),
        );
        expect(direction.angleTo(commanded(own, name, facing)), name).toBeLessThan(1e-3);
      }
    }
  });

  test("trunk and head turn as the engine's, from how the avatar stands at rest", () => {
    for (const own of postures()) {
      moveRig(rig, own);
      const { rest, at, turned } = applied(rig, options);
      const neckOf = (of: (bone: MovedBone) => Vector3): Vector3 =>
        rest.neck ? of("neck") : of("leftUpperArm").lerp(of("rightUpperArm"), 0.5);
      const upright = neckOf((bone) => new Vector3(...rest[bone]!)).sub(new Vector3(...rest.hips!));
      const stiff = new Quaternion();
      const [x, y, z] = own.subarray(3, 6);
      const angle = Math.hypot(x, y, z);
      if (angle > 0) stiff.setFromAxisAngle(new Vector3(facing * x, y, facing * z).divideScalar(angle), angle);
      // Without collar bones the shoulders' line is the trunk's own.
      const reached = neckOf((bone) => at.get(bone)!.clone()).sub(at.get("hips")!);
      expect(reached.angleTo(upright.applyQuaternion(stiff))).toBeLessThan(1e-3);
      expect(new Vector3(0, 1, 0).applyQuaternion(stiff).angleTo(commanded(own, "trunk", facing))).toBeLessThan(1e-6);
      expect(turned("head", [0, 1, 0]).angleTo(commanded(own, "head", facing))).toBeLessThan(1e-3);
      expect(turned("head", [0, 0, facing]).angleTo(commanded(own, "face", facing))).toBeLessThan(1e-3);
    }
  });

  test("at rest trunk, neck, head and collar bones are as the author made them", () => {
    moveRig(rig, restMotor());
    const { rest, turn } = applied(rig, options);
    for (const bone of ["hips", "spine", "chest", "neck", "head", "leftShoulder", "rightShoulder"] as const)
      if (rest[bone]) expect(turn.get(bone)!.angleTo(new Quaternion()), bone).toBeLessThan(1e-6);
    expect(rig.hips.distanceTo(new Vector3(...rest.hips!))).toBeLessThan(1e-12);
  });

  test("the mirror image of a posture is the mirror image of the avatar's", () => {
    for (const own of postures()) {
      moveRig(rig, own);
      const before = applied(rig, options).at;
      const mirrored = new Float64Array(MOTOR);
      mirrorMotor(own, mirrored);
      moveRig(rig, mirrored);
      const after = applied(rig, options).at;
      for (const [bone, at] of before) {
        const twin = bone.replace(/^left|^right/, (side) => (side === "left" ? "right" : "left"));
        expect(after.get(twin)!.distanceTo(new Vector3(-at.x, at.y, at.z)), bone).toBeLessThan(1e-9);
      }
    }
  });

  test("steps are measured in the avatar's own trunk", () => {
    const own = restMotor();
    own[0] = 0.5;
    own[2] = 0.25;
    moveRig(rig, own);
    const [x, , z] = restOfMade(options).hips!;
    expect(rig.hips.x - x).toBeCloseTo(facing * 0.5 * rig.trunk, 9);
    expect(rig.hips.z - z).toBeCloseTo(facing * 0.25 * rig.trunk, 9);
  });
});

test("a collar bone moves as far as the engine's, from its own rest", () => {
  const options: MadeVrm = {};
  const rig = createRig(restOfMade(options), 1);
  const own = restMotor();
  own[MOTOR_AXES.findIndex(({ name }) => name === "lShrug")] += 0.4;
  moveRig(rig, own);
  const { turn } = applied(rig, options);
  expect(turn.get("leftShoulder")!.angleTo(new Quaternion())).toBeCloseTo(0.4, 6);
  expect(turn.get("rightShoulder")!.angleTo(new Quaternion())).toBeCloseTo(0, 6);
});

test.each(CASES)("in quiet standing knees and thumbs are in front: %s", (_, options) => {
  const facing = options.version === "1.0" ? 1 : -1;
  const rig = createRig(restOfMade(options), facing);
  moveRig(rig, restMotor());
  const { turned } = applied(rig, options);
  const front = [0, 0, facing] as const;
  for (const bone of ["leftUpperLeg", "rightUpperLeg", "leftLowerLeg", "rightLowerLeg"] as const)
    expect(turned(bone, front).angleTo(new Vector3(...front)), bone).toBeLessThan(0.2);
  for (const bone of ["leftUpperArm", "rightUpperArm", "leftLowerArm", "rightLowerArm"] as const)
    expect(turned(bone, front).angleTo(new Vector3(...front)), bone).toBeLessThan(0.7);
});

test("thumbs of a T-pose, which lie in front, stay where the elbow bends to", () => {
  const rig = createRig(restOfMade(), 1);
  const own = restMotor();
  const elbow = MOTOR_AXES.findIndex(({ name }) => name === "lElbow");
  own[elbow] = 1;
  moveRig(rig, own);
  const thumb = applied(rig, {}).turned("leftLowerArm", [0, 0, 1]);
  own[elbow] = 1 + Math.PI / 2;
  const bend = commanded(own, "lForearm", 1);
  // The elbow of the made skeleton is bent by some hundredths of a radian at rest.
  expect(thumb.angleTo(bend)).toBeLessThan(0.1);
});

test("coordinates that are not known are at rest", () => {
  const rig = createRig(restOfMade(), 1);
  moveRig(rig, new Float64Array(MOTOR).fill(NaN));
  const head = rig.turns.get("leftUpperArm")!.clone();
  moveRig(rig, restMotor());
  expect(head.angleTo(rig.turns.get("leftUpperArm")!)).toBe(0);
});

test("it says which bones are missing, and how long a posture must be", () => {
  expect(() => createRig(restOfMade({ without: ["leftHand"] }), 1)).toThrow("leftHand");
  expect(() => moveRig(createRig(restOfMade(), 1), new Float64Array(3))).toThrow(`expected ${MOTOR}`);
  expect(BONES.length).toBe(LIMBS.length + 5);
});
