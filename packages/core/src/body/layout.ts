// The two coordinate systems of the own body, as data.
//
// SEEN: where the body is and which way its bones point, in body axes (x = the person's left, y = up,
// z = forward): what remains of a person once position, facing and size are taken away.
// MOTOR: the joint angles that put the bones there. Limb angles are relative to the body axes, not to the
// trunk, so that an uncertain trunk does not make uncertain arms.

import type { RoleName } from "./skeletons.ts";

/** Bones, each a unit direction from one role to another; the order of SEEN after the root. */
export const BONES = [
  "trunk",
  "lClavicle",
  "rClavicle",
  "head",
  "face",
  "lUpperArm",
  "lForearm",
  "lHand",
  "rUpperArm",
  "rForearm",
  "rHand",
  "lThigh",
  "lShank",
  "lFoot",
  "rThigh",
  "rShank",
  "rFoot",
] as const;

export type BoneName = (typeof BONES)[number];

/** The roles a bone goes from and to. */
export const BONE_ENDS: Readonly<Record<BoneName, readonly [RoleName, RoleName]>> = {
  trunk: ["pelvis", "neck"],
  lClavicle: ["neck", "lShoulder"],
  rClavicle: ["neck", "rShoulder"],
  head: ["neck", "head"],
  face: ["head", "nose"],
  lUpperArm: ["lShoulder", "lElbow"],
  lForearm: ["lElbow", "lWrist"],
  lHand: ["lWrist", "lHand"],
  rUpperArm: ["rShoulder", "rElbow"],
  rForearm: ["rElbow", "rWrist"],
  rHand: ["rWrist", "rHand"],
  lThigh: ["lHip", "lKnee"],
  lShank: ["lKnee", "lAnkle"],
  lFoot: ["lAnkle", "lFoot"],
  rThigh: ["rHip", "rKnee"],
  rShank: ["rKnee", "rAnkle"],
  rFoot: ["rAnkle", "rFoot"],
};

/** root.x, root.y, root.z (trunk lengths left, up, forward of a slowly adapted origin), then bone directions. */
export const SEEN_NAMES: readonly string[] = ["root", ...BONES].flatMap((name) =>
  ["x", "y", "z"].map((c) => `${name}.${c}`),
);
export const SEEN = SEEN_NAMES.length;

/** Where a bone's direction begins in a seen vector. */
export const seenAt = (bone: BoneName): number => 3 + 3 * BONES.indexOf(bone);

/** One joint angle (rad) or, for the root, a displacement (trunk lengths). */
export interface MotorAxis {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Its value in quiet standing, arms hanging. */
  readonly rest: number;
}

// Rotations are rotation vectors (log map) about x, y, z of the body axes, from a reference posture in the
// middle of the joint's range. Limits are wide: they keep out the absurd, not the unusual.
const MIDLINE: readonly MotorAxis[] = [
  { name: "root.x", min: -4, max: 4, rest: 0 },
  { name: "root.y", min: -4, max: 4, rest: 0 },
  { name: "root.z", min: -4, max: 4, rest: 0 },
  { name: "trunk.x", min: -1.6, max: 2.6, rest: 0 },
  { name: "trunk.y", min: -2.6, max: 2.6, rest: 0 },
  { name: "trunk.z", min: -1.8, max: 1.8, rest: 0 },
  { name: "protraction", min: -1.2, max: 1.2, rest: 0 },
  { name: "lShrug", min: -0.9, max: 0.8, rest: -0.1 },
  { name: "rShrug", min: -0.9, max: 0.8, rest: -0.1 },
  { name: "head.x", min: -1.6, max: 2.6, rest: 0 },
  { name: "head.y", min: -2.6, max: 2.6, rest: 0 },
  { name: "head.z", min: -1.8, max: 1.8, rest: 0 },
];
const LEFT_ARM: readonly MotorAxis[] = [
  { name: "lShoulder.x", min: -2.6, max: 2.6, rest: 0.841 },
  { name: "lShoulder.y", min: -2.6, max: 2.6, rest: -0.123 },
  { name: "lShoulder.z", min: -2.6, max: 2.6, rest: -0.465 },
  { name: "lElbow", min: -0.2, max: 2.8, rest: 0.2 },
  { name: "lWrist.flexion", min: -1.5, max: 1.5, rest: 0 },
  { name: "lWrist.deviation", min: -1.2, max: 1.2, rest: 0 },
];
const LEFT_LEG: readonly MotorAxis[] = [
  { name: "lHip.x", min: -2.6, max: 2.6, rest: 0.502 },
  { name: "lHip.y", min: -2.2, max: 2.2, rest: 0.008 },
  { name: "lHip.z", min: -2.2, max: 2.2, rest: -0.055 },
  { name: "lKnee", min: -0.2, max: 2.8, rest: 0.05 },
  { name: "lAnkle", min: -1, max: 1.5, rest: 0.35 },
];

/** The same axis of the right side: the mirror image turns rotations about y and z round. */
function rightOf({ name, min, max, rest }: MotorAxis): MotorAxis {
  const turned = /\.[yz]$/.test(name);
  return { name: `r${name.slice(1)}`, min: turned ? -max : min, max: turned ? -min : max, rest: turned ? -rest : rest };
}

export const MOTOR_AXES: readonly MotorAxis[] = [
  ...MIDLINE,
  ...LEFT_ARM,
  ...LEFT_ARM.map(rightOf),
  ...LEFT_LEG,
  ...LEFT_LEG.map(rightOf),
];
export const MOTOR_NAMES: readonly string[] = MOTOR_AXES.map(({ name }) => name);
export const MOTOR = MOTOR_AXES.length;

export type LimbName = "root" | "trunk" | "head" | "lArm" | "rArm" | "lLeg" | "rLeg";

/** A block of the body that moves on its own: its directions depend on its own angles and no others. */
export interface Limb {
  readonly name: LimbName;
  /** Its place in LIMBS. */
  readonly index: number;
  /** Indices into a motor vector, consecutive. */
  readonly motor: readonly number[];
  /** Indices into a seen vector, consecutive; three for each direction. */
  readonly seen: readonly number[];
  /** How many features `limbFeatures` writes. */
  readonly features: number;
  /** For each direction, how many of the first features suffice to make it linear. */
  readonly prefix: readonly number[];
}

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, k) => first + k);

function limb(index: number, name: LimbName, motor: number, motors: number, seen: number, prefix: number[]): Limb {
  const features = prefix[prefix.length - 1];
  return { name, index, motor: range(motor, motors), seen: range(seen, 3 * prefix.length), features, prefix };
}

/** In SEEN order and in MOTOR order alike. */
export const LIMBS: readonly Limb[] = [
  limb(0, "root", 0, 3, 0, [3]),
  limb(1, "trunk", 3, 6, 3, [9, 81, 135]),
  limb(2, "head", 9, 3, 12, [9, 9]),
  limb(3, "lArm", 12, 6, 18, [9, 27, 243]),
  limb(4, "rArm", 18, 6, 27, [9, 27, 243]),
  limb(5, "lLeg", 24, 5, 36, [9, 27, 81]),
  limb(6, "rLeg", 29, 5, 45, [9, 27, 81]),
];

/** A new motor vector in quiet standing. */
export const restMotor = (): Float64Array => Float64Array.from(MOTOR_AXES, ({ rest }) => rest);

/** A signed permutation that is its own inverse: `out[k] = sign[k] * v[partner[k]]`. */
export interface MirrorTable {
  readonly partner: readonly number[];
  readonly sign: readonly number[];
}

function twin(name: string): string {
  return /^[lr][A-Z]/.test(name) ? (name.startsWith("l") ? "r" : "l") + name.slice(1) : name;
}

function mirrorTable(names: readonly string[], odd: RegExp): MirrorTable {
  return {
    partner: names.map((name) => names.indexOf(twin(name))),
    sign: names.map((name) => (odd.test(name) ? -1 : 1)),
  };
}

/** Directions and displacements change their x. */
export const SEEN_MIRROR = mirrorTable(SEEN_NAMES, /\.x$/);
/** The root's displacement changes its x; rotations keep their x and change y and z; hinges stay. */
export const MOTOR_MIRROR = mirrorTable(MOTOR_NAMES, /^root\.x$|^(?!root).*\.[yz]$/);
