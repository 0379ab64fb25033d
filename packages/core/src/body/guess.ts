// A skeleton nobody wrote roles down for: they are guessed from its joints' names, which come in a handful
// of dialects (BVH and Mixamo, ASF, OpenPose, Biped, plain English).

import type { Skeleton } from "../frame.ts";
import type { RoleName, Roles } from "./skeletons.ts";

/** A joint's name taken apart: whose side, and what is left of it in lower case without separators. */
export interface JointName {
  readonly side: "l" | "r" | "";
  readonly part: string;
}

/** "mixamorig:LeftForeArm" -> l forearm; "RWrist" -> r wrist; "l-hand-tip" -> l handtip; "rfemur" -> r femur. */
export function readJointName(name: string): JointName {
  const words = name
    .slice(name.lastIndexOf(":") + 1)
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "" && !/^(mixamorig\d*|bip\d*|bip\d+|cc|base|character\d*|def|joint|jnt)$/.test(word));
  let side: JointName["side"] = "";
  const rest: string[] = [];
  for (const word of words) {
    if (side === "" && (word === "l" || word === "left")) side = "l";
    else if (side === "" && (word === "r" || word === "right")) side = "r";
    else rest.push(word);
  }
  const part = rest.join("");
  if (side !== "") return { side, part };
  // Nothing separates the side from the part: "leftarm", "lfemur". Only what is a part without it counts.
  const glued = /^(left|l|right|r)(.+)$/.exec(part);
  if (glued !== null && SIDED_PARTS.has(glued[2]))
    return { side: glued[1].startsWith("l") ? "l" : "r", part: glued[2] };
  return { side: "", part };
}

// Names of each role in order of preference. "arm", "hand", "leg", "foot" mean where the bone of that name
// begins, as in BVH: "LeftArm" is the shoulder, "LeftHand" the wrist, "LeftLeg" the knee.
const MIDLINE: Readonly<Record<string, readonly string[]>> = {
  pelvis: ["pelvis", "hips", "midhip", "hipcenter", "hipcentre", "spinebase", "hip", "root"],
  neck: ["shouldercenter", "shouldercentre", "spineshoulder", "neck", "lowerneck", "neck1", "thorax"],
  head: ["head"],
  nose: ["nose"],
};
const SIDED: Readonly<Record<string, readonly string[]>> = {
  Shoulder: ["arm", "upperarm", "uparm", "humerus", "shoulder", "shldr"],
  Elbow: ["elbow", "forearm", "lowerarm", "lowarm", "loarm", "radius"],
  Wrist: ["wrist", "hand"],
  Hand: [
    "hand",
    "palm",
    "palmbase",
    "handmiddle1",
    "middle1",
    "middlefinger1",
    "handindex1",
    "index1",
    "fingerbase",
    "fingers",
    "finger1",
    "handtip",
    "handend",
  ],
  Hip: ["upleg", "upperleg", "thigh", "femur", "hip"],
  Knee: ["knee", "leg", "lowleg", "lowerleg", "shin", "calf", "shank", "tibia"],
  Ankle: ["ankle", "foot"],
  Foot: ["foot", "toebase", "toe", "toes", "ball", "bigtoe", "toe0", "footindex", "footend", "toeend"],
};
// ASF names. With rest offsets the joint is where its bone begins, and "lwrist" begins halfway along the forearm;
// without, positions are those of ASF itself, where the bone ends.
const ASF_STARTS: Readonly<Record<string, readonly string[]>> = { ...SIDED, Wrist: ["hand", "wrist"] };
const ASF_ENDS: Readonly<Record<string, readonly string[]>> = {
  Shoulder: ["clavicle"],
  Elbow: ["humerus"],
  Wrist: ["wrist", "radius"],
  Hand: ["fingers", "hand"],
  Hip: ["hipjoint"],
  Knee: ["femur"],
  Ankle: ["tibia"],
  Foot: ["toes", "foot"],
};
const SIDED_PARTS: ReadonlySet<string> = new Set([
  ...Object.values(SIDED).flat(),
  ...Object.values(ASF_ENDS).flat(),
  "collar",
  "ear",
  "eye",
  "heel",
  "thumb",
]);

/** The roles that the joint names give away. */
export function guessRoles(skeleton: Skeleton): Roles {
  const names = skeleton.joints.map(readJointName);
  const find = (side: JointName["side"], parts: readonly string[], but: readonly number[] = []): number => {
    for (const part of parts) {
      const k = names.findIndex((name, j) => name.side === side && name.part === part && !but.includes(j));
      if (k >= 0) return k;
    }
    return -1;
  };
  const asf = names.some((name) => name.part === "humerus") && names.some((name) => name.part === "femur");
  const boneEnds = asf && skeleton.offsets === undefined;
  const sided = boneEnds ? ASF_ENDS : asf ? ASF_STARTS : SIDED;
  const roles: Partial<Record<RoleName, readonly number[]>> = {};
  for (const [role, parts] of Object.entries(MIDLINE)) {
    const k = find("", boneEnds && role === "neck" ? ["thorax", "lowerneck"] : parts);
    if (k >= 0) roles[role as RoleName] = [k];
  }
  for (const side of ["l", "r"] as const) {
    const taken: number[] = [];
    for (const [role, parts] of Object.entries(sided)) {
      const k = find(side, parts, taken);
      if (k < 0) continue;
      taken.push(k);
      roles[`${side}${role}` as RoleName] = [k];
    }
  }
  const mean = (role: RoleName, left: number | undefined, right: number | undefined): void => {
    if (roles[role] === undefined && left !== undefined && right !== undefined && left >= 0 && right >= 0)
      roles[role] = [left, right];
  };
  mean("pelvis", roles.lHip?.[0], roles.rHip?.[0]);
  mean("neck", roles.lShoulder?.[0], roles.rShoulder?.[0]);
  mean("head", find("l", ["ear"]), find("r", ["ear"]));
  return roles;
}
