// The mind's image of its own body: what its joint angles would look like. Nobody gives it. It is a linear readout
// of the motor features, learned by moving and watching (raise.ts). The same weights answer two questions: what
// would this act look like (mirroring), and which posture of mine would look like that (imitation).

import { LIMBS, MOTOR, SEEN, type Limb } from "../body/layout.ts";
import { limbFeatures } from "../body/own.ts";
import { cholesky, choleskySolve } from "../linalg.ts";
import type { Readout } from "../mirror/tables.ts";

/** Weights from motor features to seen coordinates, per limb; plain data. */
export interface BodyImage {
  /** For each limb its directions one after another, each [3, prefix] row-major. */
  weights: Float64Array[];
}

/** Sums over experience from which the readout is solved: the fixed point of the delta rule. */
export interface Experience {
  count: number;
  /** Per limb, features x features, [F, F]. */
  gram: Float64Array[];
  /** Per limb, seen x features, [seen, F]. */
  cross: Float64Array[];
  features: Float64Array;
}

const WIDEST = Math.max(...LIMBS.map(({ features }) => features));

/** An image that has learned nothing: everything looks like nothing. */
export function blankImage(): BodyImage {
  return { weights: LIMBS.map((limb) => new Float64Array(3 * limb.prefix.reduce((s, p) => s + p, 0))) };
}

export function createExperience(): Experience {
  return {
    count: 0,
    gram: LIMBS.map(({ features: f }) => new Float64Array(f * f)),
    cross: LIMBS.map(({ features: f, seen }) => new Float64Array(seen.length * f)),
    features: new Float64Array(WIDEST),
  };
}

/**
 * One instant of moving (motor coordinates [MOTOR]) paired with one instant of seeing ([SEEN]). Limbs with anything
 * unseen learn nothing from it.
 */
export function pair(experience: Experience, motor: Float64Array, seen: Float64Array): void {
  experience.count++;
  const phi = experience.features;
  for (const limb of LIMBS) {
    if (limb.seen.some((s) => !Number.isFinite(seen[s]))) continue;
    limbFeatures(limb, motor, phi);
    const f = limb.features,
      gram = experience.gram[limb.index],
      cross = experience.cross[limb.index];
    for (let i = 0; i < f; i++) for (let j = 0; j <= i; j++) gram[i * f + j] += phi[i] * phi[j];
    for (let s = 0; s < limb.seen.length; s++)
      for (let i = 0; i < f; i++) cross[s * f + i] += seen[limb.seen[s]] * phi[i];
  }
}

/** The image that experience teaches (ridge regression, a 1e-4 share of each feature's power). */
export function imageFrom(experience: Experience): BodyImage {
  const image = blankImage();
  const n = Math.max(1, experience.count);
  for (const limb of LIMBS) {
    const weights = image.weights[limb.index],
      f = limb.features;
    let at = 0;
    limb.prefix.forEach((p, direction) => {
      const a = new Float64Array(p * p);
      for (let i = 0; i < p; i++) {
        for (let j = 0; j <= i; j++) a[i * p + j] = experience.gram[limb.index][i * f + j] / n;
        a[i * p + i] += 1e-4 / 3;
      }
      cholesky(a, p);
      const x = new Float64Array(p);
      for (let c = 0; c < 3; c++) {
        for (let i = 0; i < p; i++) x[i] = experience.cross[limb.index][(direction * 3 + c) * f + i] / n;
        choleskySolve(a, p, x);
        weights.set(x, at);
        at += p;
      }
    });
  }
  return image;
}

/** What one limb would look like: `forwardLimb` of the body, as far as the mind knows it. */
export function imagine(image: BodyImage, limb: Limb, q: Float64Array, seen: Float64Array, phi: Float64Array): void {
  limbFeatures(limb, q, phi);
  const weights = image.weights[limb.index];
  let at = 0;
  for (let direction = 0; direction < limb.prefix.length; direction++) {
    const p = limb.prefix[direction];
    for (let c = 0; c < 3; c++) {
      let s = 0;
      for (let i = 0; i < p; i++) s += weights[at + i] * phi[i];
      at += p;
      seen[limb.seen[direction * 3 + c]] = s;
    }
  }
}

/** The image as the readout that turns a motor repertoire into looks. */
export function imageReadout(image: BodyImage): Readout {
  const phi = new Float64Array(WIDEST);
  return {
    size: SEEN,
    apply(own, seen) {
      for (const limb of LIMBS) imagine(image, limb, own, seen, phi);
    },
    reach(known, out) {
      out.fill(0);
      for (const limb of LIMBS)
        limb.seen.forEach((s, i) => {
          out[s] = known[limb.motor[definingJoint(limb, Math.floor(i / 3))]];
        });
    },
  };
}

/**
 * Which motor coordinates of a limb a glimpse of its directions pins down.
 *
 * @param shown [SEEN], 1 where seen
 * @param out [MOTOR]
 */
export function motorShown(shown: Uint8Array, out: Uint8Array): void {
  out.fill(0);
  for (const limb of LIMBS) {
    limb.motor.forEach((m, i) => {
      let direction = 0;
      for (let d = 0; d < limb.seen.length / 3; d++) if (definingJoint(limb, d) <= i) direction = d;
      out[m] = shown[limb.seen[limb.name === "root" ? i : direction * 3]];
    });
  }
}

/** The last joint a direction depends on, as an index into limb.motor. */
function definingJoint(limb: Limb, direction: number): number {
  switch (limb.name) {
    case "root":
      return 0;
    case "trunk":
      return direction === 0 ? 0 : 3 + direction;
    case "head":
      return direction;
    default:
      return direction === 0 ? 0 : direction === 1 ? 3 : 4;
  }
}

/** Length of scratch `imagine` needs. */
export const IMAGE_SCRATCH = WIDEST;
/** Own coordinates of a person. */
export const OWN = MOTOR;
