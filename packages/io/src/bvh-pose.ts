// Joint positions -> rest offsets and joint rotations, the inverse of the kinematics in bvh-read.ts.
// Positions do not show the twist of a limb about itself: where bones leave a turn open, the smallest
// one from the parent's rotation is taken.

import type { Skeleton } from "@attune/core";
import type { Reporter } from "./report.ts";
import { fitRotation, identity, multiply, rotate, transposeMultiply, type BonePair, type Vec } from "./rotation.ts";

/** A skeleton ready for posing. */
export interface Rig {
  readonly skeleton: Skeleton;
  readonly parents: readonly number[];
  readonly children: readonly (readonly number[])[];
  /** Joints as a BVH file nests them: every parent before its children, depth first. */
  readonly order: readonly number[];
  /** [joints] from the parent; roots have no offset. */
  readonly offsets: readonly Vec[];
}

type Body = Float32Array | undefined;

/** A rig with the skeleton's own rest offsets, or offsets measured from the bodies where it has none. */
export function createRig(skeleton: Skeleton, parents: readonly number[], bodies: readonly Body[]): Rig {
  const children: number[][] = parents.map(() => []);
  for (const [j, parent] of parents.entries()) if (parent >= 0) children[parent].push(j);
  const order: number[] = [];
  const stack = parents.flatMap((parent, j) => (parent < 0 ? [j] : [])).reverse();
  while (stack.length > 0) {
    const j = stack.pop() as number;
    order.push(j);
    stack.push(...children[j].toReversed());
  }
  const { offsets: own } = skeleton;
  const offsets = parents.map((parent, j): Vec => {
    if (parent < 0) return [0, 0, 0];
    return own ? [own[3 * j], own[3 * j + 1], own[3 * j + 2]] : measure(bodies, parent, j);
  });
  return { skeleton, parents, children, order, offsets };
}

/** Direction of a bone in the first body that shows it, with its mean length over all of them. */
function measure(bodies: readonly Body[], parent: number, joint: number): Vec {
  let first: Vec | undefined;
  let sum = 0;
  let count = 0;
  for (const body of bodies) {
    const bone = boneOf(body, parent, joint);
    if (bone === undefined) continue;
    first ??= bone;
    sum += Math.hypot(...bone);
    count++;
  }
  const length = first ? Math.hypot(...first) : 0;
  if (!first || length === 0) return [0, 0, 0];
  const scale = sum / count / length;
  return [first[0] * scale, first[1] * scale, first[2] * scale];
}

/** Carried from frame to frame: what a joint that is not seen keeps. */
export interface Pose {
  /** [joints, 9] rotations relative to the parent. */
  readonly local: Float64Array;
  /** [joints, 9] rotations relative to the world. */
  readonly global: Float64Array;
  /** [joints] where the pose has put each joint. */
  readonly places: Vec[];
}

/** The rest pose, its roots where `bodies` first show them. */
export function createPose({ parents }: Rig, bodies: readonly Body[]): Pose {
  const n = parents.length;
  const pose = { local: new Float64Array(9 * n), global: new Float64Array(9 * n), places: [] as Vec[] };
  for (let j = 0; j < n; j++) {
    identity(pose.local, 9 * j);
    identity(pose.global, 9 * j);
    const first = parents[j] < 0 ? bodies.find((body) => pointOf(body, j)) : undefined;
    pose.places.push(pointOf(first, j) ?? [0, 0, 0]);
  }
  return pose;
}

/** Turns the pose to one body. Joints without a visible bone hold their rotation and are counted. */
export function poseTo(rig: Rig, body: Body, pose: Pose, reporter: Reporter): void {
  const { parents, children, order, offsets, skeleton } = rig;
  const { local, global, places } = pose;
  const ref = new Float64Array(9);
  const held = (j: number, what: string) => {
    const message = `"${skeleton.joints[j]}" is not seen in every frame: it keeps its last ${what} meanwhile`;
    reporter.drop("held rotations", message);
  };
  for (const j of order) {
    const parent = parents[j];
    if (parent < 0) {
      const root = pointOf(body, j);
      if (root) places[j] = root;
      else held(j, "place");
    } else places[j] = add(places[parent], rotate(global, 9 * parent, offsets[j]));
    const bones = children[j].filter((c) => Math.hypot(...offsets[c]) > 0);
    const pairs: BonePair[] = [];
    for (const c of bones) {
      // Aimed from where the pose has the joint, not from where it was seen: where bones are not rigid,
      // a hand then makes up for what the shoulder could not follow.
      const end = pointOf(body, j) && pointOf(body, c);
      if (!end) continue;
      const seen = subtract(end, places[j]);
      if (Math.hypot(...seen) > 0) pairs.push({ rest: offsets[c], seen });
    }
    const at = 9 * j;
    // The rotation the joint would have by itself: its parent's, or with some bones unseen, its last one.
    if (parent < 0) identity(ref, 0);
    else ref.set(global.subarray(9 * parent, 9 * parent + 9));
    if (pairs.length < bones.length || bones.length === 0) {
      if (parent < 0) global.set(local.subarray(at, at + 9), at);
      else multiply(global, 9 * parent, local, at, global, at);
      ref.set(global.subarray(at, at + 9));
    }
    if (pairs.length === 0) {
      if (bones.length > 0) held(j, "rotation");
      continue;
    }
    fitRotation(pairs, ref, global, at);
    if (parent < 0) local.set(global.subarray(at, at + 9), at);
    else transposeMultiply(global, 9 * parent, global, at, local, at);
  }
}

function pointOf(body: Body, joint: number): Vec | undefined {
  if (!body) return undefined;
  const point: Vec = [body[3 * joint], body[3 * joint + 1], body[3 * joint + 2]];
  return point.every(Number.isFinite) ? point : undefined;
}

function boneOf(body: Body, from: number, to: number): Vec | undefined {
  const a = pointOf(body, from);
  const b = pointOf(body, to);
  return a && b ? subtract(b, a) : undefined;
}

function add(a: Vec, b: Vec): Vec {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function subtract(a: Vec, b: Vec): Vec {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
