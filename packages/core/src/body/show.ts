// Showing a posture: SEEN coordinates -> joint positions of any skeleton, the inverse of sight on another body.
//
// Roles are placed by walking along the bones; the other joints go where their skeleton says they lie between
// roles, or else where its hierarchy and rest offsets put them.

import type { Skeleton, UpAxis } from "../frame.ts";
import { restAxes } from "./axes.ts";
import { BONES, BONE_ENDS, SEEN, type BoneName } from "./layout.ts";
import { restSeen } from "./own.ts";
import { placeJoints, planJoints, restBuild, type JointPlan } from "./placing.ts";
import { rolesOf } from "./roles.ts";
import { ROLE_NAMES, skeletonNamed } from "./skeletons.ts";

export interface ShowOptions {
  /** Trunk length in the wanted units; default 0.5 (m), or the skeleton's own where it has rest offsets. */
  readonly trunk?: number | undefined;
  /** Bone lengths in trunk lengths, and half the distance between the hips as `hips`; instead of the usual ones. */
  readonly lengths?: Readonly<Partial<Record<BoneName | "hips", number>>> | undefined;
  /** How far the body is turned to its own left, rad; default 0. */
  readonly yaw?: number | undefined;
  /** Which way is up in the output; default "y". */
  readonly up?: UpAxis | undefined;
}

/** How to show a posture on one skeleton; plain data. */
export interface Show {
  readonly skeleton: Skeleton;
  /** Rows left, up, forward of the body, in output coordinates. */
  readonly axes: Float64Array;
  readonly trunk: number;
  /** Length of each bone, in trunk lengths. */
  readonly lengths: Float64Array;
  /** From pelvis to left and right hip in body axes, trunk lengths, [2, 3]. */
  readonly hips: Float64Array;
  /** Whether the neck is the mean of the shoulders, so that they must lie opposite each other. */
  readonly neckBetweenShoulders: boolean;
  readonly plan: JointPlan;
  readonly rest: Float64Array;
  /** Role positions in body axes and trunk lengths, [roles, 3]. */
  readonly at: Float64Array;
}

/** Bone lengths of an average adult in trunk lengths (pelvis to shoulder centre). */
export const PROPORTIONS: Readonly<Record<BoneName | "hips", number>> = {
  trunk: 1,
  lClavicle: 0.36,
  rClavicle: 0.36,
  head: 0.42,
  face: 0.2,
  lUpperArm: 0.56,
  lForearm: 0.5,
  lHand: 0.19,
  rUpperArm: 0.56,
  rForearm: 0.5,
  rHand: 0.19,
  lThigh: 0.84,
  lShank: 0.82,
  lFoot: 0.36,
  rThigh: 0.84,
  rShank: 0.82,
  rFoot: 0.36,
  hips: 0.19,
};

const role = (name: string): number => 3 * ROLE_NAMES.findIndex((known) => known === name);
const PELVIS = role("pelvis");
const HIPS = [role("lHip"), role("rHip")];
const FROM = BONES.map((bone) => role(BONE_ENDS[bone][0]));
const TO = BONES.map((bone) => role(BONE_ENDS[bone][1]));
const L_CLAVICLE = BONES.indexOf("lClavicle");
const R_CLAVICLE = BONES.indexOf("rClavicle");

/** @throws RangeError if the skeleton is unknown, plays no role, or a length is not positive */
export function createShow(skeleton: Skeleton | string, options: ShowOptions = {}): Show {
  const shown = typeof skeleton === "string" ? skeletonNamed(skeleton) : skeleton;
  const roles = rolesOf(shown);
  if (Object.keys(roles).length === 0)
    throw new RangeError(
      `createShow: no joint of "${shown.name}" (${shown.joints.slice(0, 5).join(", ")}, ...) is known by its name; ` +
        `name joints as "l-elbow", "LeftForeArm" or "LElbow" are named`,
    );
  const up = options.up ?? "y";
  if (shown.dims === 2 && up !== "y" && up !== "-y")
    throw new RangeError(`createShow: up is "${up}" in the 2-D skeleton "${shown.name}", expected "y" or "-y"`);
  const own = restBuild(shown, roles, up);
  const lengths = Float64Array.from(
    BONES,
    (bone) => options.lengths?.[bone] ?? own?.lengths[bone] ?? PROPORTIONS[bone],
  );
  const half = options.lengths?.hips ?? PROPORTIONS.hips;
  const trunk = options.trunk ?? own?.trunk ?? 0.5;
  if (!(trunk > 0 && half > 0 && lengths.every((length) => length > 0)))
    throw new RangeError(`createShow: trunk ${trunk}, hips ${half} and lengths ${lengths.join(", ")} must be positive`);
  const axes = new Float64Array(9);
  restAxes(up, axes);
  turnLeft(axes, options.yaw ?? 0);
  return {
    skeleton: shown,
    axes,
    trunk,
    lengths,
    hips: Float64Array.from(own?.hips ?? [half, 0, 0, -half, 0, 0]),
    neckBetweenShoulders: (roles.neck?.length ?? 0) > 1,
    plan: planJoints(shown, roles, own),
    rest: restSeen(),
    at: new Float64Array(3 * ROLE_NAMES.length),
  };
}

/**
 * Where the joints are of a body that looks like `seen`.
 *
 * @param seen seen coordinates, shape [SEEN]; bones that are NaN are shown at rest, a NaN root at the origin
 * @param out joint positions, shape [joints, skeleton.dims], in units of `trunk`; 2-D is the view from the front.
 *   Joints that no role, placement or hierarchy ties to the body are NaN.
 * @throws RangeError if `seen` or `out` has the wrong length
 */
export function pose(show: Show, seen: Float64Array, out: Float32Array | Float64Array): void {
  const { joints, dims, name } = show.skeleton;
  if (seen.length !== SEEN) throw new RangeError(`pose: seen has ${seen.length} entries, expected ${SEEN}`);
  if (out.length !== dims * joints.length)
    throw new RangeError(
      `pose: out has ${out.length} entries, expected ${joints.length} joints x ${dims} = ${dims * joints.length} of "${name}"`,
    );
  const { axes, trunk, plan } = show;
  placeRoles(show, seen);
  placeJoints(plan, show.at);
  for (let j = 0; j < joints.length; j++) {
    for (let c = 0; c < dims; c++)
      out[dims * j + c] =
        trunk * (axes[c] * plan.at[3 * j] + axes[3 + c] * plan.at[3 * j + 1] + axes[6 + c] * plan.at[3 * j + 2]);
  }
}

function placeRoles({ at, hips, lengths, rest, neckBetweenShoulders }: Show, seen: Float64Array): void {
  for (let c = 0; c < 3; c++) {
    at[PELVIS + c] = Number.isFinite(seen[c]) ? seen[c] : 0;
    for (let side = 0; side < 2; side++) at[HIPS[side] + c] = at[PELVIS + c] + hips[3 * side + c];
  }
  for (let b = 0; b < FROM.length; b++) extend(at, seen, rest, b, lengths[b]);
  if (!neckBetweenShoulders) return;
  // The shoulders' line is kept and centred on the neck; the arms move along.
  straightenShoulders(at, lengths);
  for (let b = 5; b < 11; b++) extend(at, seen, rest, b, lengths[b]);
}

/** One bone: from its near end along its direction, or its rest direction where that is not seen. */
function extend(at: Float64Array, seen: Float64Array, rest: Float64Array, b: number, length: number): void {
  const s = 3 + 3 * b;
  const norm = Math.sqrt(seen[s] ** 2 + seen[s + 1] ** 2 + seen[s + 2] ** 2);
  const known = norm > 0 && norm < Infinity;
  for (let c = 0; c < 3; c++) at[TO[b] + c] = at[FROM[b] + c] + length * (known ? seen[s + c] / norm : rest[s + c]);
}

function straightenShoulders(at: Float64Array, lengths: Float64Array): void {
  const neck = FROM[L_CLAVICLE];
  const left = TO[L_CLAVICLE];
  const right = TO[R_CLAVICLE];
  let square = 0;
  for (let c = 0; c < 3; c++) square += (at[left + c] - at[right + c]) ** 2;
  const half = (lengths[L_CLAVICLE] + lengths[R_CLAVICLE]) / 2 / Math.sqrt(square);
  if (!(half < Infinity)) return;
  for (let c = 0; c < 3; c++) {
    const across = half * (at[left + c] - at[right + c]);
    at[left + c] = at[neck + c] + across;
    at[right + c] = at[neck + c] - across;
  }
}

/** Turns left and forward about up. */
function turnLeft(axes: Float64Array, yaw: number): void {
  const cosine = Math.cos(yaw);
  const sine = Math.sin(yaw);
  for (let c = 0; c < 3; c++) {
    const left = axes[c];
    const ahead = axes[6 + c];
    axes[c] = cosine * left - sine * ahead;
    axes[6 + c] = cosine * ahead + sine * left;
  }
}
