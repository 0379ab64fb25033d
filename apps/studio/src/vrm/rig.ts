// From Attune's motor coordinates to the turns of a VRM avatar's bones. Pure: no file, no canvas.
//
// Arms and legs point exactly where the engine has them. Trunk, collar bones and head turn as the engine's do, but from the
// way the avatar was built: where these bones lie in a body differs from author to author, and is no posture.

import { LIMBS, MOTOR, MOTOR_AXES, MOTOR_NAMES, SEEN, forward, forwardLimb, restSeen, seenAt } from "@attune/core";
import { Matrix4, Quaternion, Vector3 } from "three";

/** Each bone that is moved, and the one it hangs on; where that is missing, it hangs on that one's parent. */
const PARENTS = {
  hips: undefined,
  spine: "hips",
  chest: "spine",
  upperChest: "chest",
  neck: "upperChest",
  head: "neck",
  leftShoulder: "upperChest",
  leftUpperArm: "leftShoulder",
  leftLowerArm: "leftUpperArm",
  leftHand: "leftLowerArm",
  rightShoulder: "upperChest",
  rightUpperArm: "rightShoulder",
  rightLowerArm: "rightUpperArm",
  rightHand: "rightLowerArm",
  leftUpperLeg: "hips",
  leftLowerLeg: "leftUpperLeg",
  leftFoot: "leftLowerLeg",
  rightUpperLeg: "hips",
  rightLowerLeg: "rightUpperLeg",
  rightFoot: "rightLowerLeg",
} as const;

export type MovedBone = keyof typeof PARENTS;
/** Where hands and feet point to. */
export type EndBone = "leftMiddleProximal" | "rightMiddleProximal" | "leftToes" | "rightToes";
export const MOVED_BONES = Object.keys(PARENTS) as readonly MovedBone[];
export const END_BONES: readonly EndBone[] = ["leftMiddleProximal", "rightMiddleProximal", "leftToes", "rightToes"];

type Place = readonly [x: number, y: number, z: number];
/** Where an avatar's bones are at rest, in its own axes and units. */
export type RestSkeleton = Readonly<Partial<Record<MovedBone | EndBone, Place>>>;

export interface Rig {
  /** 1 where the avatar faces +z (VRM 1.0), -1 where it faces -z (VRM 0.x). */
  readonly facing: 1 | -1;
  /** From the pelvis to the neck, in the avatar's units. */
  readonly trunk: number;
  /** Local rotations in the avatar's axes, from rest, of normalized bones; `moveRig` writes them. */
  readonly turns: ReadonlyMap<MovedBone, Quaternion>;
  /** Where the hips are in the avatar's axes; `moveRig` writes it. */
  readonly hips: Vector3;
  /** At rest, in body axes: x the own left, y up, z forward. */
  readonly rest: ReadonlyMap<MovedBone | EndBone, Vector3>;
  readonly parents: ReadonlyMap<MovedBone, MovedBone>;
  /** Spine, chest and upper chest, as many as there are. */
  readonly column: readonly MovedBone[];
  /** Rotations of the bones from rest in body axes. */
  readonly whole: ReadonlyMap<MovedBone, Quaternion>;
  readonly own: Float64Array;
  readonly seen: Float64Array;
}

/** @throws RangeError if a bone is missing that every avatar must have */
export function createRig(skeleton: RestSkeleton, facing: 1 | -1): Rig {
  const rest = new Map<MovedBone | EndBone, Vector3>();
  for (const bone of [...MOVED_BONES, ...END_BONES]) {
    const at = skeleton[bone];
    if (at) rest.set(bone, inBody(new Vector3(...at), facing));
  }
  const missing = REQUIRED.filter((bone) => !rest.has(bone));
  if (missing.length > 0) throw new RangeError(`createRig: bones ${missing.join(", ")} are missing, expected them`);
  const present = MOVED_BONES.filter((bone) => rest.has(bone));
  const parents = new Map<MovedBone, MovedBone>();
  for (const bone of present) {
    let parent: MovedBone | undefined = PARENTS[bone];
    while (parent && !rest.has(parent)) parent = PARENTS[parent];
    if (parent) parents.set(bone, parent);
  }
  return {
    facing,
    trunk: neckOf(rest).sub(rest.get("hips")!).length(),
    turns: new Map(present.map((bone) => [bone, new Quaternion()])),
    hips: new Vector3(),
    rest,
    parents,
    column: (["spine", "chest", "upperChest"] as const).filter((bone) => rest.has(bone)),
    whole: new Map(present.map((bone) => [bone, new Quaternion()])),
    own: new Float64Array(MOTOR),
    seen: new Float64Array(SEEN),
  };
}

/** Bones without which there is no avatar. */
export const REQUIRED: readonly MovedBone[] = MOVED_BONES.filter(
  (bone) => !["chest", "upperChest", "neck", "leftShoulder", "rightShoulder"].includes(bone),
);

/**
 * Puts the avatar into the posture of `own`: writes `rig.turns` and `rig.hips`.
 *
 * @param own motor coordinates, [MOTOR]; what is NaN is at rest
 * @throws RangeError if `own` has the wrong length
 */
export function moveRig(rig: Rig, own: Float64Array): void {
  if (own.length !== MOTOR)
    throw new RangeError(`moveRig: own has ${own.length} entries, expected ${MOTOR} motor coordinates`);
  for (let m = 0; m < MOTOR; m++) rig.own[m] = Number.isFinite(own[m]) ? own[m] : MOTOR_AXES[m].rest;
  forward(rig.own, rig.seen);
  moveTrunk(rig);
  moveHead(rig);
  for (const side of SIDES) {
    moveShoulder(rig, side);
    moveArm(rig, side);
    moveLeg(rig, side);
  }
  for (const [bone, turn] of rig.turns) {
    const parent = rig.parents.get(bone);
    turn.copy(rig.whole.get(bone)!);
    if (parent) turn.premultiply(rig.whole.get(parent)!.clone().invert());
    // Half a turn about the upright, there and back.
    if (rig.facing < 0) turn.set(-turn.x, turn.y, -turn.z, turn.w);
  }
  rig.hips.fromArray(rig.seen, 0).multiplyScalar(rig.trunk).add(rig.rest.get("hips")!);
  inBody(rig.hips, rig.facing);
}

type Side = "left" | "right";
const SIDES: readonly Side[] = ["left", "right"];
const REST_SEEN = restSeen();
const FORWARD = new Vector3(0, 0, 1),
  BACKWARD = new Vector3(0, 0, -1);
const TRUNK_TURN = MOTOR_NAMES.indexOf("trunk.x"),
  HEAD_TURN = MOTOR_NAMES.indexOf("head.x");
const SEEN_AT = {
  left: sideOf("l", 3, 5),
  right: sideOf("r", 4, 6),
} as const;

function sideOf(s: "l" | "r", arm: number, leg: number) {
  return {
    clavicle: seenAt(`${s}Clavicle`),
    upperArm: seenAt(`${s}UpperArm`),
    forearm: seenAt(`${s}Forearm`),
    hand: seenAt(`${s}Hand`),
    thigh: seenAt(`${s}Thigh`),
    shank: seenAt(`${s}Shank`),
    foot: seenAt(`${s}Foot`),
    elbow: MOTOR_NAMES.indexOf(`${s}Elbow`),
    knee: MOTOR_NAMES.indexOf(`${s}Knee`),
    arm: LIMBS[arm],
    leg: LIMBS[leg],
  };
}

/** Between the avatar's axes and the body's; the same both ways. */
function inBody(v: Vector3, facing: 1 | -1): Vector3 {
  return v.set(facing * v.x, v.y, facing * v.z);
}

/** The neck, or where it would be between the shoulders. */
function neckOf(rest: Rig["rest"]): Vector3 {
  const neck = rest.get("neck");
  return neck ? neck.clone() : rest.get("leftUpperArm")!.clone().lerp(rest.get("rightUpperArm")!, 0.5);
}

/** A part of the rotation vector at `m`. */
function turnOf(own: Float64Array, m: number, part: number): Quaternion {
  const axis = new Vector3().fromArray(own, m);
  const angle = axis.length();
  return angle === 0 ? new Quaternion() : new Quaternion().setFromAxisAngle(axis.divideScalar(angle), part * angle);
}

/** The bend spreads over the column; then the whole is set upright so that the neck is where a stiff trunk has it. */
function moveTrunk({ own, rest, column, whole }: Rig): void {
  const stiff = turnOf(own, TRUNK_TURN, 1);
  whole.get("hips")!.identity();
  column.forEach((bone, k) => whole.get(bone)!.copy(turnOf(own, TRUNK_TURN, (k + 1) / column.length)));
  const reached = new Vector3();
  const chain: MovedBone[] = ["hips", ...column];
  chain.forEach((bone, k) => {
    const end = k + 1 < chain.length ? rest.get(chain[k + 1])! : neckOf(rest);
    reached.add(end.clone().sub(rest.get(bone)!).applyQuaternion(whole.get(bone)!));
  });
  const wanted = neckOf(rest).sub(rest.get("hips")!).applyQuaternion(stiff);
  const upright = new Quaternion().setFromUnitVectors(reached.normalize(), wanted.normalize());
  for (const bone of chain) whole.get(bone)!.premultiply(upright);
}

function topOf({ column, whole }: Rig): Quaternion {
  return whole.get(column[column.length - 1])!;
}

function moveHead(rig: Rig): void {
  const { own, whole } = rig;
  const head = whole.get("head")!.copy(turnOf(own, HEAD_TURN, 1));
  whole.get("neck")?.copy(topOf(rig)).slerp(head, 0.5);
}

function moveShoulder(rig: Rig, side: Side): void {
  const shoulder = rig.whole.get(`${side}Shoulder`);
  if (!shoulder) return;
  const { clavicle } = SEEN_AT[side];
  const before = new Vector3().fromArray(REST_SEEN, clavicle).applyQuaternion(topOf(rig));
  shoulder.setFromUnitVectors(before, new Vector3().fromArray(rig.seen, clavicle)).multiply(topOf(rig));
}

function moveArm(rig: Rig, side: Side): void {
  const { upperArm, forearm, hand, elbow, arm } = SEEN_AT[side];
  // In a T-pose elbows bend forward; the thumbs lie there too.
  hinge(rig, `${side}UpperArm`, `${side}LowerArm`, upperArm, FORWARD, bendOf(rig, arm, elbow, forearm));
  swing(rig, `${side}LowerArm`, `${side}Hand`, forearm);
  swing(rig, `${side}Hand`, `${side}MiddleProximal`, hand);
}

function moveLeg(rig: Rig, side: Side): void {
  const { thigh, shank, foot, knee, leg } = SEEN_AT[side];
  hinge(rig, `${side}UpperLeg`, `${side}LowerLeg`, thigh, BACKWARD, bendOf(rig, leg, knee, shank));
  swing(rig, `${side}LowerLeg`, `${side}Foot`, shank);
  swing(rig, `${side}Foot`, `${side}Toes`, foot);
}

/** Where the hinge at `m` bends the bone at `s` to, square to the bone before it. */
function bendOf(rig: Rig, limb: (typeof LIMBS)[number], m: number, s: number): Vector3 {
  const { own, seen } = rig;
  const bent = own[m];
  own[m] = Math.PI / 2;
  forwardLimb(limb, own, seen);
  const bend = new Vector3().fromArray(seen, s);
  own[m] = bent;
  forwardLimb(limb, own, seen);
  return bend;
}

/** Turns a bone so that it points along `seen[s..]` and its hinge bends to `bend`. */
function hinge(rig: Rig, bone: MovedBone, end: MovedBone, s: number, bendAtRest: Vector3, bend: Vector3): void {
  const from = axes(directionAtRest(rig, bone, end, s), bendAtRest),
    to = axes(new Vector3().fromArray(rig.seen, s), bend);
  rig.whole.get(bone)!.setFromRotationMatrix(to.multiply(from.transpose()));
}

/** Turns a bone with its parent, and then the shortest way to `seen[s..]`. */
function swing(rig: Rig, bone: MovedBone, end: MovedBone | EndBone, s: number): void {
  const parent = rig.whole.get(rig.parents.get(bone)!)!;
  const carried = directionAtRest(rig, bone, end, s).applyQuaternion(parent);
  rig.whole.get(bone)!.setFromUnitVectors(carried, new Vector3().fromArray(rig.seen, s)).multiply(parent);
}

/** Where a bone points at rest. Without an end of its own a hand goes on from the forearm, and a foot stands flat. */
function directionAtRest({ rest, parents }: Rig, bone: MovedBone, end: MovedBone | EndBone, s: number): Vector3 {
  const at = rest.get(bone)!,
    to = rest.get(end);
  if (to) return to.clone().sub(at).normalize();
  if (end.endsWith("Toes")) return new Vector3().fromArray(REST_SEEN, s);
  return at
    .clone()
    .sub(rest.get(parents.get(bone)!)!)
    .normalize();
}

/** Axes along `along`, and as near to `bend` as a right angle allows. */
function axes(along: Vector3, bend: Vector3): Matrix4 {
  const across = new Vector3().crossVectors(along, bend).normalize();
  return new Matrix4().makeBasis(along, new Vector3().crossVectors(across, along), across);
}
