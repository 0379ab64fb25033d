// Where each joint of a skeleton is drawn once its roles are placed. A joint that plays a role goes there; one that a
// known skeleton lists between two roles goes there; one between placed joints of the hierarchy goes on the line
// between them, in the proportions of the rest offsets; one beyond them is hung on its parent by its rest offset,
// turned with the bone that carries it.

import type { Skeleton, UpAxis } from "../frame.ts";
import { crossInto, upVector } from "./axes.ts";
import { BONES, BONE_ENDS, type BoneName } from "./layout.ts";
import { placementsOf } from "./roles.ts";
import { ROLE_NAMES, type RoleName, type Roles } from "./skeletons.ts";

const ON_ROLES = 1;
const BETWEEN = 2;
const HUNG = 3;

/** One entry a joint; plain data. */
export interface JointPlan {
  /** Joints in an order in which each comes after those it depends on; joints tied to nothing are left out. */
  readonly order: Int32Array;
  readonly kind: Int32Array;
  /** The two roles (ON_ROLES) or joints (BETWEEN, HUNG from the first) it lies between, times 3. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly fraction: Float64Array;
  /** Added to it: body axes, trunk lengths, [joints, 3]. */
  readonly offset: Float64Array;
  /** Roles, times 3, from and to which the bone goes that turns the offset, and its rest direction; -1 = it is not turned. */
  readonly boneFrom: Int32Array;
  readonly boneTo: Int32Array;
  readonly boneRest: Float64Array;
  /** Joint positions in body axes and trunk lengths, [joints, 3]. */
  readonly at: Float64Array;
}

/** What rest offsets tell of a body's build, in its own body axes and trunk lengths. */
export interface RestBuild {
  /** Trunk length in the offsets' units. */
  readonly trunk: number;
  readonly lengths: Partial<Record<BoneName, number>>;
  /** From pelvis to left and right hip, level, [2, 3]. */
  readonly hips: readonly number[] | undefined;
  /** Joints in the rest posture, [joints, 3]. */
  readonly at: Float64Array;
}

/** The build that a skeleton's rest offsets show; undefined if it has none or they show no trunk and facing. */
export function restBuild(skeleton: Skeleton, roles: Roles, up: UpAxis): RestBuild | undefined {
  const { offsets, parents, joints, dims } = skeleton;
  if (offsets === undefined || parents === undefined || dims !== 3) return undefined;
  if (offsets.length !== 3 * joints.length || parents.length !== joints.length)
    throw new RangeError(
      `restBuild: "${skeleton.name}" has ${offsets.length} offset numbers and ${parents.length} parents, ` +
        `expected ${3 * joints.length} and ${joints.length}`,
    );
  const raw = joints.map((_, j) => {
    const sum = [0, 0, 0];
    for (let k = j, hops = 0; k >= 0 && hops <= joints.length; k = parents[k], hops++)
      for (let c = 0; c < 3; c++) sum[c] += offsets[3 * k + c];
    return sum;
  });
  const of = (name: RoleName): number[] | undefined => {
    const list = roles[name];
    return list && [0, 1, 2].map((c) => list.reduce((sum, j) => sum + raw[j][c], 0) / list.length);
  };
  const pelvis = of("pelvis");
  const neck = of("neck");
  const left = of("lShoulder") ?? of("lHip");
  const right = of("rShoulder") ?? of("rHip");
  if (!pelvis || !neck || !left || !right) return undefined;
  const trunk = Math.hypot(...neck.map((x, c) => x - pelvis[c]));
  // Rows: left, up, forward of the rest posture.
  const axes = new Float64Array(9);
  upVector(up, axes, 3);
  const across = left.map((x, c) => x - right[c]);
  const rise = across.reduce((sum, x, c) => sum + x * axes[3 + c], 0);
  const level = across.map((x, c) => x - rise * axes[3 + c]);
  const width = Math.hypot(...level);
  if (!(trunk > 0 && width > 0)) return undefined;
  axes.set(level.map((x) => x / width));
  crossInto(axes, 0, 3, 6);
  const inBody = (v: readonly number[]): number[] =>
    [0, 3, 6].map((row) => (axes[row] * v[0] + axes[row + 1] * v[1] + axes[row + 2] * v[2]) / trunk);
  const lengths: Partial<Record<BoneName, number>> = {};
  for (const bone of BONES) {
    const from = of(BONE_ENDS[bone][0]);
    const to = of(BONE_ENDS[bone][1]);
    const length = from && to && Math.hypot(...to.map((x, c) => x - from[c])) / trunk;
    if (length !== undefined && length > 0) lengths[bone] = length;
  }
  const hips = [of("lHip"), of("rHip")].map((hip) => hip && inBody(hip.map((x, c) => x - pelvis[c])));
  const [l, r] = hips;
  const mean = l && r && l.map((x, c) => (x + r[c]) / 2);
  return {
    trunk,
    lengths,
    hips: l && r && mean && [(l[0] - r[0]) / 2, mean[1], mean[2], (r[0] - l[0]) / 2, mean[1], mean[2]],
    at: Float64Array.from(raw.flatMap((v) => inBody(v.map((x, c) => x - pelvis[c])))),
  };
}

/** Decides once how each joint is placed. */
export function planJoints(skeleton: Skeleton, roles: Roles, build: RestBuild | undefined): JointPlan {
  const { joints, parents } = skeleton;
  const n = joints.length;
  const plan = emptyPlan(n);
  const order: number[] = [];
  const placements = placementsOf(skeleton);
  const set = (j: number, kind: number, a: number, b: number, fraction: number): void => {
    plan.kind[j] = kind;
    plan.a[j] = 3 * a;
    plan.b[j] = 3 * b;
    plan.fraction[j] = fraction;
    order.push(j);
  };
  const onRoles = (j: number, from: RoleName, to: RoleName, fraction: number): void =>
    set(j, ON_ROLES, ROLE_NAMES.indexOf(from), ROLE_NAMES.indexOf(to), fraction);
  for (const name of ROLE_NAMES) {
    const list = roles[name];
    if (list?.length === 1 && plan.kind[list[0]] === 0) onRoles(list[0], name, name, 0);
  }
  for (let j = 0; j < n; j++) {
    const placement = placements[joints[j]];
    if (plan.kind[j] !== 0 || placement === undefined) continue;
    onRoles(j, placement[0], placement[1], placement[2]);
    plan.offset[3 * j] = placement[3];
  }
  for (const name of ROLE_NAMES) for (const j of roles[name] ?? []) if (plan.kind[j] === 0) onRoles(j, name, name, 0);
  if (parents !== undefined) placeByHierarchy(parents, roles, build, plan, set);
  return { ...plan, order: Int32Array.from(order) };
}

/** Fills in the joints between and beyond those placed, parents before children. */
function placeByHierarchy(
  parents: readonly number[],
  roles: Roles,
  build: RestBuild | undefined,
  plan: JointPlan,
  set: (j: number, kind: number, a: number, b: number, fraction: number) => void,
): void {
  const n = parents.length;
  const depth = (j: number): number => {
    let hops = 0;
    for (let k = parents[j]; k >= 0 && hops <= n; k = parents[k]) hops++;
    return hops;
  };
  const length = (j: number): number =>
    build === undefined ? 1 : Math.hypot(...[0, 1, 2].map((c) => build.at[3 * j + c] - build.at[3 * parents[j] + c]));
  const carry = (j: number, from: number): void => {
    if (build !== undefined)
      for (let c = 0; c < 3; c++) plan.offset[3 * j + c] = build.at[3 * j + c] - build.at[3 * from + c];
  };
  const topDown = parents.map((_, j) => j).sort((i, j) => depth(i) - depth(j));
  for (const j of topDown) {
    if (plan.kind[j] !== 0) continue;
    const parent = parents[j];
    const held = parent >= 0 && plan.kind[parent] !== 0;
    // The nearest placed joint below, and how far along the chain it is.
    let below = -1;
    let chain = Infinity;
    for (let k = 0; k < n; k++) {
      if (plan.kind[k] === 0) continue;
      let sum = 0;
      let up = k;
      while (up >= 0 && up !== j && (up === k || plan.kind[up] === 0)) {
        sum += length(up);
        up = parents[up];
      }
      if (up !== j || sum >= chain) continue;
      below = k;
      chain = sum;
    }
    if (held && below >= 0) {
      const own = length(j);
      set(j, BETWEEN, parent, below, own > 0 ? own / (own + chain) : 0);
    } else if (held || below >= 0) {
      set(j, HUNG, held ? parent : below, held ? parent : below, 0);
      carry(j, held ? parent : below);
      if (held && build !== undefined) tieToBone(j, parents, roles, build, plan);
    }
  }
}

/** Finds the bone that carries a hanging joint along: the one that ends at the nearest role above it. */
function tieToBone(j: number, parents: readonly number[], roles: Roles, build: RestBuild, plan: JointPlan): void {
  for (let k = parents[j], hops = 0; k >= 0 && hops < parents.length; k = parents[k], hops++) {
    for (const bone of BONES) {
      const [from, to] = BONE_ENDS[bone];
      const start = roles[from];
      if (start?.length !== 1 || roles[to]?.length !== 1 || roles[to][0] !== k) continue;
      const along = [0, 1, 2].map((c) => build.at[3 * k + c] - build.at[3 * start[0] + c]);
      const norm = Math.hypot(...along);
      if (!(norm > 0)) continue;
      plan.boneFrom[j] = 3 * ROLE_NAMES.indexOf(from);
      plan.boneTo[j] = 3 * ROLE_NAMES.indexOf(to);
      for (let c = 0; c < 3; c++) plan.boneRest[3 * j + c] = along[c] / norm;
      return;
    }
  }
}

function emptyPlan(n: number): JointPlan {
  return {
    order: new Int32Array(0),
    kind: new Int32Array(n),
    a: new Int32Array(n),
    b: new Int32Array(n),
    fraction: new Float64Array(n),
    offset: new Float64Array(3 * n),
    boneFrom: new Int32Array(n).fill(-1),
    boneTo: new Int32Array(n).fill(-1),
    boneRest: new Float64Array(3 * n),
    at: new Float64Array(3 * n).fill(NaN),
  };
}

/** Joint positions into `plan.at` from role positions `roleAt` [roles, 3], both in body axes and trunk lengths. */
export function placeJoints(plan: JointPlan, roleAt: Float64Array): void {
  const { order, kind, a, b, fraction, offset, boneFrom, at } = plan;
  for (let i = 0; i < order.length; i++) {
    const j = order[i];
    const source = kind[j] === ON_ROLES ? roleAt : at;
    for (let c = 0; c < 3; c++) at[3 * j + c] = (1 - fraction[j]) * source[a[j] + c] + fraction[j] * source[b[j] + c];
    if (boneFrom[j] >= 0) addTurned(plan, j, roleAt);
    else for (let c = 0; c < 3; c++) at[3 * j + c] += offset[3 * j + c];
  }
}

/** Adds joint j's offset, turned by the smallest rotation from its bone's rest direction to where the bone points. */
function addTurned({ offset, boneFrom, boneTo, boneRest, at }: JointPlan, j: number, roleAt: Float64Array): void {
  const o = 3 * j;
  let x = roleAt[boneTo[j]] - roleAt[boneFrom[j]];
  let y = roleAt[boneTo[j] + 1] - roleAt[boneFrom[j] + 1];
  let z = roleAt[boneTo[j] + 2] - roleAt[boneFrom[j] + 2];
  const norm = Math.sqrt(x * x + y * y + z * z);
  x /= norm;
  y /= norm;
  z /= norm;
  const rx = boneRest[o];
  const ry = boneRest[o + 1];
  const rz = boneRest[o + 2];
  const cosine = rx * x + ry * y + rz * z;
  const wx = ry * z - rz * y;
  const wy = rz * x - rx * z;
  const wz = rx * y - ry * x;
  const vx = offset[o];
  const vy = offset[o + 1];
  const vz = offset[o + 2];
  // Turned right round, any axis is as good as another; the term along it is dropped.
  const along = cosine > -0.999999 ? (wx * vx + wy * vy + wz * vz) / (1 + cosine) : 0;
  at[o] += cosine * vx + wy * vz - wz * vy + along * wx;
  at[o + 1] += cosine * vy + wz * vx - wx * vz + along * wy;
  at[o + 2] += cosine * vz + wx * vy - wy * vx + along * wz;
}
