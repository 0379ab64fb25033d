import { expect, test } from "vitest";
import type { Skeleton } from "../frame.ts";
import { canSeeBody, rolesOf } from "./roles.ts";
import { ROLE_NAMES, SKELETON_NAMES, skeletonNamed, type RoleName } from "./skeletons.ts";

const made = (joints: string, more: Partial<Skeleton> = {}): Skeleton => ({
  name: "unheard of",
  joints: joints.split(" "),
  dims: 3,
  ...more,
});
/** The joint names that play a role. */
const playing = (skeleton: Skeleton, role: RoleName): string | undefined => {
  const joints = rolesOf(skeleton)[role];
  return joints?.map((j) => skeleton.joints[j]).join("+");
};
const at = (name: string, role: RoleName): readonly number[] => rolesOf(skeletonNamed(name))[role]!;
const cast = (skeleton: Skeleton, roles: readonly RoleName[]): (string | undefined)[] =>
  roles.map((role) => playing(skeleton, role));

test("known skeletons: names say how many joints, no joint twice, parents and roles hold", () => {
  for (const name of SKELETON_NAMES) {
    const { joints, parents } = skeletonNamed(name);
    expect(joints.length).toBe(Number(name.split("-")[1]));
    expect(new Set(joints).size).toBe(joints.length);
    if (parents !== undefined) {
      expect(parents.length).toBe(joints.length);
      expect(parents.filter((p) => p < 0).length).toBe(1);
      for (let j = 0; j < joints.length; j++) {
        let hops = 0;
        for (let k = j; k >= 0; k = parents[k]) expect(hops++).toBeLessThan(joints.length);
      }
    }
    for (const role of ROLE_NAMES)
      for (const j of rolesOf(skeletonNamed(name))[role] ?? []) expect(j).toBeGreaterThanOrEqual(0);
  }
  expect(SKELETON_NAMES.filter((name) => canSeeBody(skeletonNamed(name)))).toEqual([
    "mediapipe-33",
    "ntu-25",
    "kinect-20",
    "attune-20",
    "cmu-31",
  ]);
  expect(() => skeletonNamed("toString")).toThrow(/known are mediapipe-33/);
});

test("known orders: a few joints by their published index", () => {
  expect([at("mediapipe-33", "lWrist"), at("mediapipe-33", "rFoot"), at("mediapipe-33", "pelvis")]).toEqual([
    [15],
    [32],
    [23, 24],
  ]);
  expect([at("coco-17", "lElbow"), at("coco-17", "rAnkle"), at("coco-17", "neck")]).toEqual([[7], [16], [5, 6]]);
  expect([at("body-25", "pelvis"), at("body-25", "rWrist"), at("body-25", "lFoot")]).toEqual([[8], [4], [19, 20]]);
  expect([at("ntu-25", "neck"), at("ntu-25", "rHand"), at("ntu-25", "lFoot")]).toEqual([[20], [11], [15]]);
  expect([at("kinect-20", "rWrist"), at("kinect-20", "head"), at("kinect-20", "lKnee")]).toEqual([[10], [19], [13]]);
  expect([at("cmu-31", "lElbow"), at("cmu-31", "rKnee"), at("cmu-31", "neck")]).toEqual([[18], [7], [13]]);
});

test("guessing agrees with what is written down, where the names say it", () => {
  for (const name of ["kinect-20", "attune-20", "ntu-25", "cmu-31"]) {
    const known = skeletonNamed(name);
    const { nose, ...roles } = rolesOf(known);
    const { nose: _, ...guessed } = rolesOf({ ...known, joints: [...known.joints, "tail"] });
    expect({ name, ...guessed }).toEqual({ name, ...roles });
    expect(nose === undefined || name === "attune-20").toBe(true);
  }
});

test("dialects: Mixamo, Biped, game engines, Blender, OpenPose, plain English", () => {
  const arm: RoleName[] = ["lShoulder", "lElbow", "lWrist", "lHand"];
  const leg: RoleName[] = ["rHip", "rKnee", "rAnkle", "rFoot"];
  const mixamo = made(
    "mixamorig:Hips mixamorig:Neck mixamorig:LeftShoulder mixamorig:LeftArm mixamorig:LeftForeArm mixamorig:LeftHand mixamorig:LeftHandMiddle1 mixamorig:RightUpLeg mixamorig:RightLeg mixamorig:RightFoot mixamorig:RightToeBase",
  );
  expect(cast(mixamo, arm)).toEqual(
    ["LeftArm", "LeftForeArm", "LeftHand", "LeftHandMiddle1"].map((n) => `mixamorig:${n}`),
  );
  expect(cast(mixamo, leg)).toEqual(
    ["RightUpLeg", "RightLeg", "RightFoot", "RightToeBase"].map((n) => `mixamorig:${n}`),
  );
  const engine = made("pelvis neck_01 clavicle_l upperarm_l lowerarm_l hand_l thigh_r calf_r foot_r ball_r");
  expect(cast(engine, arm)).toEqual(["upperarm_l", "lowerarm_l", "hand_l", undefined]);
  expect(cast(engine, leg)).toEqual(["thigh_r", "calf_r", "foot_r", "ball_r"]);
  const blender = made("hips neck shoulder.L upper_arm.L forearm.L hand.L thigh.R shin.R foot.R toe.R");
  expect(cast(blender, arm)).toEqual(["upper_arm.L", "forearm.L", "hand.L", undefined]);
  expect(cast(blender, leg)).toEqual(["thigh.R", "shin.R", "foot.R", "toe.R"]);
  const plain = made(
    "left shoulder,left elbow,left wrist,left hand,right hip,right knee,right ankle,right foot"
      .replaceAll(" ", "_")
      .replaceAll(",", " "),
  );
  expect(cast(plain, arm)).toEqual(["left_shoulder", "left_elbow", "left_wrist", "left_hand"]);
  expect(cast(plain, leg)).toEqual(["right_hip", "right_knee", "right_ankle", "right_foot"]);
  const glued = made("leftshoulder leftelbow leftwrist leftpalm rhip rknee rankle rtoes");
  expect(cast(glued, arm)).toEqual(["leftshoulder", "leftelbow", "leftwrist", "leftpalm"]);
  expect(cast(glued, leg)).toEqual(["rhip", "rknee", "rankle", "rtoes"]);
  const openPose = made("Neck MidHip LShoulder LElbow LWrist LPalmBase RHip RKnee RAnkle RBigToe");
  expect(cast(openPose, [...arm, ...leg, "pelvis"])).toEqual([
    "LShoulder",
    "LElbow",
    "LWrist",
    "LPalmBase",
    "RHip",
    "RKnee",
    "RAnkle",
    "RBigToe",
    "MidHip",
  ]);
});

test("a BVH file with ASF names has its joints where bones begin, ASF positions where they end", () => {
  const joints = "root lclavicle lhumerus lradius lwrist lhand lfingers lhipjoint lfemur ltibia lfoot ltoes";
  const arm: RoleName[] = ["lShoulder", "lElbow", "lWrist", "lHip", "lKnee", "lAnkle"];
  expect(cast(made(joints), arm)).toEqual(["lclavicle", "lhumerus", "lwrist", "lhipjoint", "lfemur", "ltibia"]);
  const bvh = made(joints, { offsets: Array(36).fill(1) });
  expect(cast(bvh, arm)).toEqual(["lhumerus", "lradius", "lhand", "lfemur", "ltibia", "lfoot"]);
});

test("means stand in for a missing neck, pelvis or head; what nobody plays is absent", () => {
  const body = made("l-shoulder r-shoulder r-elbow r-wrist l-hip r-hip l-ear r-ear");
  expect(cast(body, ["neck", "pelvis", "head", "nose", "lElbow"])).toEqual([
    "l-shoulder+r-shoulder",
    "l-hip+r-hip",
    "l-ear+r-ear",
    undefined,
    undefined,
  ]);
  expect(canSeeBody(body)).toBe(true);
  expect(canSeeBody({ ...body, dims: 2 })).toBe(false);
  expect(canSeeBody(made("r-shoulder r-elbow r-wrist"))).toBe(false);
  expect(rolesOf(made("a b c"))).toEqual({});
});
