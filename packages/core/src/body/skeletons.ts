// The skeletons known by name. Data only: which joints, in which order, hanging on which, and which
// joint plays which role in a person's body, so that one mind can look at all of them.
//
// l and r are always the person's own left and right.

import type { Skeleton } from "../frame.ts";

export const ROLE_NAMES = [
  "pelvis",
  "neck",
  "head",
  "nose",
  "lShoulder",
  "lElbow",
  "lWrist",
  "lHand",
  "rShoulder",
  "rElbow",
  "rWrist",
  "rHand",
  "lHip",
  "lKnee",
  "lAnkle",
  "lFoot",
  "rHip",
  "rKnee",
  "rAnkle",
  "rFoot",
] as const;

/** `neck` is the shoulder centre, `pelvis` the hip centre, `Hand` and `Foot` the tips, `nose` the face. */
export type RoleName = (typeof ROLE_NAMES)[number];

/** Indices of the joints whose mean plays each role. */
export type Roles = Readonly<Partial<Record<RoleName, readonly number[]>>>;

/**
 * Where to draw a joint that plays no role alone: on the way from one role to another
 * (0 = at the first, 1 = at the second, beyond either allowed), moved to the person's left by `side` trunk lengths.
 */
export type Placement = readonly [from: RoleName, to: RoleName, fraction: number, side: number];

export interface KnownSkeleton {
  readonly skeleton: Skeleton;
  /** Names of the joint or joints (their mean) that play each role. */
  readonly roles: Readonly<Partial<Record<RoleName, readonly string[]>>>;
  readonly placements: Readonly<Record<string, Placement>>;
}

interface Listing {
  dims: 2 | 3;
  /** Joints in order, as "name" or "name<parent". */
  joints: string;
  /** Midline and left roles, as "role=joint" or "role=joint+joint"; right ones follow by changing sides. */
  roles: string;
  /** Midline and left joints; right ones follow by changing sides. */
  placements?: Record<string, Placement>;
}

const LISTINGS: Record<string, Listing> = {
  // Google MediaPipe Pose / BlazePose GHUM 3D. No hierarchy of its own.
  "mediapipe-33": {
    dims: 3,
    joints: `nose l-eye-inner l-eye l-eye-outer r-eye-inner r-eye r-eye-outer l-ear r-ear l-mouth r-mouth
      l-shoulder r-shoulder l-elbow r-elbow l-wrist r-wrist l-pinky r-pinky l-index r-index l-thumb r-thumb
      l-hip r-hip l-knee r-knee l-ankle r-ankle l-heel r-heel l-foot r-foot`,
    roles: `pelvis=l-hip+r-hip neck=l-shoulder+r-shoulder head=l-ear+r-ear nose=nose
      lShoulder=l-shoulder lElbow=l-elbow lWrist=l-wrist lHand=l-index+l-pinky
      lHip=l-hip lKnee=l-knee lAnkle=l-ankle lFoot=l-foot`,
    placements: {
      "l-eye-inner": ["head", "nose", 0.85, 0.03],
      "l-eye": ["head", "nose", 0.8, 0.06],
      "l-eye-outer": ["head", "nose", 0.7, 0.09],
      "l-ear": ["head", "nose", 0, 0.14],
      "l-mouth": ["head", "nose", 0.8, 0.04],
      "l-index": ["lHand", "lWrist", 0, -0.05],
      "l-pinky": ["lHand", "lWrist", 0, 0.05],
      "l-thumb": ["lWrist", "lHand", 0.6, -0.08],
      "l-heel": ["lAnkle", "lFoot", -0.25, 0],
    },
  },
  // The COCO key points, as most 2-D pose estimators give them. No hierarchy of its own.
  "coco-17": {
    dims: 2,
    joints: `nose l-eye r-eye l-ear r-ear l-shoulder r-shoulder l-elbow r-elbow l-wrist r-wrist
      l-hip r-hip l-knee r-knee l-ankle r-ankle`,
    roles: `pelvis=l-hip+r-hip neck=l-shoulder+r-shoulder head=l-ear+r-ear nose=nose
      lShoulder=l-shoulder lElbow=l-elbow lWrist=l-wrist lHip=l-hip lKnee=l-knee lAnkle=l-ankle`,
    placements: { "l-eye": ["head", "nose", 0.8, 0.06], "l-ear": ["head", "nose", 0, 0.14] },
  },
  // OpenPose BODY_25.
  "body-25": {
    dims: 2,
    joints: `Nose<Neck Neck<MidHip RShoulder<Neck RElbow<RShoulder RWrist<RElbow LShoulder<Neck LElbow<LShoulder
      LWrist<LElbow MidHip RHip<MidHip RKnee<RHip RAnkle<RKnee LHip<MidHip LKnee<LHip LAnkle<LKnee
      REye<Nose LEye<Nose REar<REye LEar<LEye LBigToe<LAnkle LSmallToe<LBigToe LHeel<LAnkle
      RBigToe<RAnkle RSmallToe<RBigToe RHeel<RAnkle`,
    roles: `pelvis=MidHip neck=Neck head=LEar+REar nose=Nose lShoulder=LShoulder lElbow=LElbow lWrist=LWrist
      lHip=LHip lKnee=LKnee lAnkle=LAnkle lFoot=LBigToe+LSmallToe`,
    placements: {
      LEye: ["head", "nose", 0.8, 0.06],
      LEar: ["head", "nose", 0, 0.14],
      LBigToe: ["lFoot", "lAnkle", 0, -0.05],
      LSmallToe: ["lFoot", "lAnkle", 0, 0.05],
      LHeel: ["lAnkle", "lFoot", -0.25, 0],
    },
  },
  // Kinect v2 as NTU RGB+D writes it. Its "neck" lies above the shoulder centre, which is what we call neck.
  "ntu-25": {
    dims: 3,
    joints: `pelvis spine<pelvis neck<spine-shoulder head<neck l-shoulder<spine-shoulder l-elbow<l-shoulder
      l-wrist<l-elbow l-hand<l-wrist r-shoulder<spine-shoulder r-elbow<r-shoulder r-wrist<r-elbow r-hand<r-wrist
      l-hip<pelvis l-knee<l-hip l-ankle<l-knee l-foot<l-ankle r-hip<pelvis r-knee<r-hip r-ankle<r-knee r-foot<r-ankle
      spine-shoulder<spine l-hand-tip<l-hand l-thumb<l-hand r-hand-tip<r-hand r-thumb<r-hand`,
    roles: `pelvis=pelvis neck=spine-shoulder head=head lShoulder=l-shoulder lElbow=l-elbow lWrist=l-wrist lHand=l-hand
      lHip=l-hip lKnee=l-knee lAnkle=l-ankle lFoot=l-foot`,
    placements: {
      spine: ["pelvis", "neck", 0.55, 0],
      neck: ["neck", "head", 0.35, 0],
      "l-hand-tip": ["lWrist", "lHand", 2, 0],
      "l-thumb": ["lWrist", "lHand", 1, -0.08],
    },
  },
  // Kinect v1, in the order of MSR Action3D; "neck" is the shoulder centre, "pelvis" the hip centre.
  "kinect-20": {
    dims: 3,
    joints: `l-shoulder<neck r-shoulder<neck neck<spine spine<pelvis l-hip<pelvis r-hip<pelvis pelvis
      l-elbow<l-shoulder r-elbow<r-shoulder l-wrist<l-elbow r-wrist<r-elbow l-hand<l-wrist r-hand<r-wrist
      l-knee<l-hip r-knee<r-hip l-ankle<l-knee r-ankle<r-knee l-foot<l-ankle r-foot<r-ankle head<neck`,
    roles: `pelvis=pelvis neck=neck head=head lShoulder=l-shoulder lElbow=l-elbow lWrist=l-wrist lHand=l-hand
      lHip=l-hip lKnee=l-knee lAnkle=l-ankle lFoot=l-foot`,
    placements: { spine: ["pelvis", "neck", 0.5, 0] },
  },
  // The own body: one joint for each role.
  "attune-20": {
    dims: 3,
    joints: `pelvis neck<pelvis head<neck nose<head
      l-shoulder<neck l-elbow<l-shoulder l-wrist<l-elbow l-hand<l-wrist
      r-shoulder<neck r-elbow<r-shoulder r-wrist<r-elbow r-hand<r-wrist
      l-hip<pelvis l-knee<l-hip l-ankle<l-knee l-foot<l-ankle
      r-hip<pelvis r-knee<r-hip r-ankle<r-knee r-foot<r-ankle`,
    roles: `pelvis=pelvis neck=neck head=head nose=nose
      lShoulder=l-shoulder lElbow=l-elbow lWrist=l-wrist lHand=l-hand
      lHip=l-hip lKnee=l-knee lAnkle=l-ankle lFoot=l-foot`,
  },
  // ASF/AMC motion capture. A joint is where its bone ENDS: "lhumerus" is the elbow, "lfemur" the knee.
  "cmu-31": {
    dims: 3,
    joints: `root lhipjoint<root lfemur<lhipjoint ltibia<lfemur lfoot<ltibia ltoes<lfoot
      rhipjoint<root rfemur<rhipjoint rtibia<rfemur rfoot<rtibia rtoes<rfoot
      lowerback<root upperback<lowerback thorax<upperback lowerneck<thorax upperneck<lowerneck head<upperneck
      lclavicle<thorax lhumerus<lclavicle lradius<lhumerus lwrist<lradius lhand<lwrist lfingers<lhand lthumb<lwrist
      rclavicle<thorax rhumerus<rclavicle rradius<rhumerus rwrist<rradius rhand<rwrist rfingers<rhand rthumb<rwrist`,
    roles: `pelvis=root neck=thorax head=head lShoulder=lclavicle lElbow=lhumerus lWrist=lwrist lHand=lfingers
      lHip=lhipjoint lKnee=lfemur lAnkle=ltibia lFoot=ltoes`,
    placements: {
      lowerback: ["pelvis", "neck", 0.33, 0],
      upperback: ["pelvis", "neck", 0.67, 0],
      lowerneck: ["neck", "head", 0.33, 0],
      upperneck: ["neck", "head", 0.67, 0],
      lradius: ["lElbow", "lWrist", 0.67, 0],
      lhand: ["lWrist", "lHand", 0.55, 0],
      lthumb: ["lWrist", "lHand", 0.6, -0.08],
      lfoot: ["lAnkle", "lFoot", 0.67, 0],
    },
  },
};

const KNOWN: Readonly<Record<string, KnownSkeleton>> = Object.fromEntries(
  Object.entries(LISTINGS).map(([name, listing]) => [name, readListing(name, listing)]),
);

export const SKELETON_NAMES: readonly string[] = Object.keys(KNOWN);

/** @throws RangeError if no skeleton has this name; the message lists those there are */
export function skeletonNamed(name: string): Skeleton {
  if (!Object.hasOwn(KNOWN, name))
    throw new RangeError(
      `skeletonNamed: no skeleton "${name}"; known are ${SKELETON_NAMES.join(", ")}. ` +
        `A recording can bring its own: put { name, joints, dims, parents? } in its header.`,
    );
  return KNOWN[name].skeleton;
}

/**
 * The known skeleton with exactly these joints, whatever the given one calls itself. One that brings rest
 * offsets is never taken for a known one: in a BVH file a joint is where its bone begins, not where it ends.
 */
export function knownLike(skeleton: Skeleton): KnownSkeleton | undefined {
  if (skeleton.offsets !== undefined) return undefined;
  return Object.values(KNOWN).find(
    ({ skeleton: known }) =>
      known.dims === skeleton.dims &&
      known.joints.length === skeleton.joints.length &&
      known.joints.every((joint, k) => joint === skeleton.joints[k]),
  );
}

function readListing(name: string, { dims, joints, roles, placements = {} }: Listing): KnownSkeleton {
  const pairs = joints.split(/\s+/).map((item) => item.split("<"));
  const names = pairs.map(([joint]) => joint);
  const parents = pairs.map(([, parent]) => (parent === undefined ? -1 : names.indexOf(parent)));
  const played: Partial<Record<RoleName, readonly string[]>> = {};
  for (const item of roles.split(/\s+/)) {
    const [role, list] = item.split("=");
    const left = list.split("+");
    played[role as RoleName] = left;
    if (/^l[A-Z]/.test(role)) played[otherSide(role) as RoleName] = left.map(otherSide);
  }
  const placed: Record<string, Placement> = {};
  for (const [joint, [from, to, fraction, side]] of Object.entries(placements)) {
    placed[joint] = [from, to, fraction, side];
    const twin = otherSide(joint);
    if (twin !== joint && names.includes(twin))
      placed[twin] = [otherSide(from) as RoleName, otherSide(to) as RoleName, fraction, -side];
  }
  const hierarchy = parents.some((p) => p >= 0) ? { parents } : {};
  return { skeleton: { name, joints: names, dims, ...hierarchy }, roles: played, placements: placed };
}

/** "l-elbow" -> "r-elbow", "LElbow" -> "RElbow", "lElbow" -> "rElbow"; anything else stays. */
function otherSide(name: string): string {
  if (/^l(-|[A-Z]|[a-z])/.test(name) && !name.startsWith("lower")) return `r${name.slice(1)}`;
  return /^L[A-Z]/.test(name) ? `R${name.slice(1)}` : name;
}
