// Which joint of a skeleton is the person's left elbow? Roles are the common language of all skeletons: what
// one body shows is read by them, and drawn on another by them. A role nobody plays is simply absent.

import type { Skeleton } from "../frame.ts";
import { guessRoles } from "./guess.ts";
import { ROLE_NAMES, knownLike, type Placement, type RoleName, type Roles } from "./skeletons.ts";

/** Who plays which role; written down for the named skeletons, guessed from the names for others. */
export function rolesOf(skeleton: Skeleton): Roles {
  const known = knownLike(skeleton);
  if (known === undefined) return guessRoles(skeleton);
  const roles: Partial<Record<RoleName, readonly number[]>> = {};
  for (const role of ROLE_NAMES) {
    const joints = known.roles[role];
    if (joints !== undefined) roles[role] = joints.map((joint) => skeleton.joints.indexOf(joint));
  }
  return roles;
}

/** Where a known skeleton draws the joints that play no role alone, by joint name. */
export function placementsOf(skeleton: Skeleton): Readonly<Record<string, Placement>> {
  return knownLike(skeleton)?.placements ?? {};
}

/** Whether a whole person can be seen in it: 3-D, a trunk, a line to tell the facing by, and one whole arm. */
export function canSeeBody(skeleton: Skeleton): boolean {
  const roles = rolesOf(skeleton);
  const has = (...names: RoleName[]): boolean => names.every((name) => roles[name] !== undefined);
  return (
    skeleton.dims === 3 &&
    has("pelvis", "neck") &&
    (has("lShoulder", "rShoulder") || has("lHip", "rHip")) &&
    (has("lShoulder", "lElbow", "lWrist") || has("rShoulder", "rElbow", "rWrist"))
  );
}
