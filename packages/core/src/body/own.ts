// The own body: from joint angles to what they look like (forward kinematics), and the features of the joint
// angles in which that map is linear.
//
// A rotation about a fixed axis by e is linear in {1, cos e, sin e}, so a chain of joints is linear in the
// products of its joints' terms. Whoever learns a body by watching it move needs no more than these products and
// a linear readout, and can be exact.

import { LIMBS, MOTOR, MOTOR_MIRROR, SEEN, SEEN_MIRROR, restMotor, type Limb, type MirrorTable } from "./layout.ts";
import { rotateInto, rotationInto } from "./rotation.ts";

// Each limb's reference posture: `d` along the proximal bone, `b` where the hinge bends the distal one to, `h`
// across. Chosen in the middle of the range, so that the far side, where rotation vectors jump, is out of reach:
// the arm forward, down and out (never back, up and in), the leg forward and down (never back and up).
const L_ARM = reference([0.55, -0.55, 0.63], [-0.5, 0.75, 0.4]);
const R_ARM = mirrored(L_ARM);
const L_LEG = reference([0.1, -0.87, 0.48], [0, -0.3, -1]);
const R_LEG = mirrored(L_LEG);

/** Where the bones point for motor coordinates `q` [MOTOR], written into `seen` [SEEN]. */
export function forward(q: Float64Array, seen: Float64Array): void {
  for (let k = 0; k < LIMBS.length; k++) forwardLimb(LIMBS[k], q, seen);
}

/** `forward` for one limb: reads its motor entries of `q`, writes its entries of `seen`, leaves the rest alone. */
export function forwardLimb(limb: Limb, q: Float64Array, seen: Float64Array): void {
  const m = limb.motor[0];
  const s = limb.seen[0];
  switch (limb.name) {
    case "root":
      for (let c = 0; c < 3; c++) seen[s + c] = q[m + c];
      break;
    case "trunk":
      rotateInto(q, m, 0, 1, 0, seen, s);
      forwardClavicle(q, m, 1, q[m + 4], seen, s + 3);
      forwardClavicle(q, m, -1, q[m + 5], seen, s + 6);
      break;
    case "head":
      rotateInto(q, m, 0, 1, 0, seen, s);
      rotateInto(q, m, 0, 0, 1, seen, s + 3);
      break;
    case "lArm":
      forwardArm(q, m, L_ARM, seen, s);
      break;
    case "rArm":
      forwardArm(q, m, R_ARM, seen, s);
      break;
    case "lLeg":
      forwardLeg(q, m, L_LEG, seen, s);
      break;
    case "rLeg":
      forwardLeg(q, m, R_LEG, seen, s);
      break;
  }
}

/**
 * Features of one limb's joint angles, all within [-1, 1] (the root's are its displacement): the nine entries of
 * its rotation matrix, row-major, times each product of {1, cos, sin} of its hinges. The first hinge changes
 * fastest among the products, so a direction that depends on fewer hinges needs only a prefix (`limb.prefix`).
 * The trunk's two shrugs never meet in one bone and stay unmultiplied with each other.
 *
 * @param q motor coordinates, shape [MOTOR]
 * @param out shape [limb.features] or longer
 */
export function limbFeatures(limb: Limb, q: Float64Array, out: Float64Array): void {
  const m = limb.motor[0];
  if (limb.name === "root") {
    for (let c = 0; c < 3; c++) out[c] = q[m + c];
    return;
  }
  rotationInto(q, m, out);
  let filled = 9;
  for (let hinge = 3; hinge < limb.motor.length; hinge++) {
    const times = limb.name === "trunk" && hinge > 4 ? 27 : filled;
    scaleInto(out, times, Math.cos(q[m + hinge]), filled);
    scaleInto(out, times, Math.sin(q[m + hinge]), filled + times);
    filled += 2 * times;
  }
}

/** The motor coordinates of the mirror image. `out` may be `q`. */
export function mirrorMotor(q: Float64Array, out: Float64Array): void {
  mirrorInto(q, MOTOR_MIRROR, out);
}

/** What the mirror image looks like: left and right change places, x changes sign. `out` may be `seen`. */
export function mirrorSeen(seen: Float64Array, out: Float64Array): void {
  mirrorInto(seen, SEEN_MIRROR, out);
}

/** What quiet standing looks like: a new seen vector. */
export function restSeen(): Float64Array {
  const seen = new Float64Array(SEEN);
  forward(restMotor(), seen);
  return seen;
}

/** @throws RangeError unless `q` has MOTOR entries and `seen` has SEEN */
export function checkOwn(who: string, q: Float64Array, seen: Float64Array): void {
  if (q.length !== MOTOR)
    throw new RangeError(`${who}: q has ${q.length} entries, expected ${MOTOR} motor coordinates`);
  if (seen.length !== SEEN)
    throw new RangeError(
      `${who}: seen has ${seen.length} entries, expected ${SEEN} (root and ${(SEEN - 3) / 3} bones)`,
    );
}

interface Reference {
  readonly d: readonly number[];
  readonly b: readonly number[];
  readonly h: readonly number[];
}

/** Orthonormal reference axes: along `along`, and as near to `bend` as a right angle allows. */
function reference(along: readonly number[], bend: readonly number[]): Reference {
  const d = unit(along);
  const slope = d[0] * bend[0] + d[1] * bend[1] + d[2] * bend[2];
  const b = unit(bend.map((x, c) => x - slope * d[c]));
  return { d, b, h: [d[1] * b[2] - d[2] * b[1], d[2] * b[0] - d[0] * b[2], d[0] * b[1] - d[1] * b[0]] };
}

function unit(v: readonly number[]): number[] {
  return v.map((x) => x / Math.hypot(...v));
}

function flip(v: readonly number[]): number[] {
  return [-v[0], v[1], v[2]];
}

function mirrored({ d, b, h }: Reference): Reference {
  return { d: flip(d), b: flip(b), h: flip(h) };
}

/** The direction (u, v, w) in the limb's reference axes, turned by the limb's rotation. */
function turned(
  q: Float64Array,
  m: number,
  { d, b, h }: Reference,
  u: number,
  v: number,
  w: number,
  seen: Float64Array,
  s: number,
): void {
  rotateInto(
    q,
    m,
    u * d[0] + v * b[0] + w * h[0],
    u * d[1] + v * b[1] + w * h[1],
    u * d[2] + v * b[2] + w * h[2],
    seen,
    s,
  );
}

/** Protraction brings both shoulders forward, a shrug brings its own up. */
function forwardClavicle(q: Float64Array, m: number, side: 1 | -1, shrug: number, seen: Float64Array, s: number): void {
  const out = Math.cos(shrug);
  rotateInto(q, m, side * out * Math.cos(q[m + 3]), Math.sin(shrug), out * Math.sin(q[m + 3]), seen, s);
}

function forwardArm(q: Float64Array, m: number, ref: Reference, seen: Float64Array, s: number): void {
  const elbow = q[m + 3];
  const bent = elbow + q[m + 4];
  const side = q[m + 5];
  turned(q, m, ref, 1, 0, 0, seen, s);
  turned(q, m, ref, Math.cos(elbow), Math.sin(elbow), 0, seen, s + 3);
  turned(q, m, ref, Math.cos(side) * Math.cos(bent), Math.cos(side) * Math.sin(bent), Math.sin(side), seen, s + 6);
}

/** The foot at ankle 0 is square to the shank, forward; a positive ankle points the toes down. */
function forwardLeg(q: Float64Array, m: number, ref: Reference, seen: Float64Array, s: number): void {
  const knee = q[m + 3];
  const bent = knee + q[m + 4];
  turned(q, m, ref, 1, 0, 0, seen, s);
  turned(q, m, ref, Math.cos(knee), Math.sin(knee), 0, seen, s + 3);
  turned(q, m, ref, Math.sin(bent), -Math.cos(bent), 0, seen, s + 6);
}

/** `out[at..at+count) = factor * out[0..count)`. */
function scaleInto(out: Float64Array, count: number, factor: number, at: number): void {
  for (let k = 0; k < count; k++) out[at + k] = factor * out[k];
}

function mirrorInto(v: Float64Array, { partner, sign }: MirrorTable, out: Float64Array): void {
  for (let k = 0; k < partner.length; k++) {
    const j = partner[k];
    if (j < k) continue;
    const mine = v[k];
    out[k] = sign[k] * v[j];
    out[j] = sign[j] * mine;
  }
}
