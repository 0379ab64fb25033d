// Seeing a person: joint positions of any skeleton -> SEEN coordinates of the own body.
//
// What is not the act (position, facing, size) is removed by a causal body frame, so nothing already seen is ever
// revised, and the first half second of an act looks the same whether or not the rest of it is known.

import type { Frame, Skeleton, UpAxis } from "../frame.ts";
import { adaptBodyFrame, beginBodyFrame, createBodyFrame, type BodyFrame } from "./bodyframe.ts";
import { BONES, BONE_ENDS, SEEN, SEEN_MIRROR } from "./layout.ts";
import { mirrorSeen } from "./own.ts";
import { canSeeBody, rolesOf } from "./roles.ts";
import { ROLE_NAMES, skeletonNamed } from "./skeletons.ts";

export interface SightOptions {
  /** Which way is up in the recording; if absent it is guessed from the first good frame's trunk. */
  readonly up?: UpAxis | undefined;
  /** See the person as in a mirror: their left as own right. Default false. */
  readonly mirror?: boolean | undefined;
  /** Frames a second, used where frame times do not advance; default 30. */
  readonly rate?: number | undefined;
  /** Joints less sure than this count as not seen; default 0. */
  readonly minConfidence?: number | undefined;
}

/** What is being looked at and how it stands; plain data. */
export interface Sight {
  readonly skeleton: Skeleton;
  readonly mirror: boolean;
  readonly rate: number;
  readonly minConfidence: number;
  /** What had to be assumed, in sentences. */
  readonly notes: string[];
  /** Joints of each role, one role after another; role r has `joints[first[r] .. first[r + 1])`. */
  readonly first: Int32Array;
  readonly joints: Int32Array;
  /** This frame's role positions [roles, 3] in recording units, NaN where not seen, and their confidences. */
  readonly at: Float64Array;
  readonly trust: Float64Array;
  readonly frame: BodyFrame;
  /** Time of the last frame, s; NaN before the first. */
  time: number;
}

const FROM = BONES.map((bone) => ROLE_NAMES.indexOf(BONE_ENDS[bone][0]));
const TO = BONES.map((bone) => ROLE_NAMES.indexOf(BONE_ENDS[bone][1]));
const PELVIS = ROLE_NAMES.indexOf("pelvis");
/** A longer gap counts as this, s: nothing slow should happen in one step. */
const LONGEST_STEP = 1;

/**
 * @throws RangeError if the skeleton is unknown or a body cannot be seen in it (see `canSeeBody`)
 */
export function createSight(skeleton: Skeleton | string, options: SightOptions = {}): Sight {
  const whole = typeof skeleton === "string" ? skeletonNamed(skeleton) : skeleton;
  const roles = rolesOf(whole);
  if (!canSeeBody(whole))
    throw new RangeError(
      `createSight: "${whole.name}" (${whole.dims}-D) shows no whole body: wanted in 3-D pelvis or hips, neck or shoulders ` +
        `and one whole arm, has ${Object.keys(roles).join(", ") || "no joint it could name"}; createPoints follows any joints`,
    );
  const lists = ROLE_NAMES.map((name) => roles[name] ?? []);
  const first = new Int32Array(ROLE_NAMES.length + 1);
  for (let r = 0; r < lists.length; r++) first[r + 1] = first[r] + lists[r].length;
  return {
    skeleton: whole,
    mirror: options.mirror ?? false,
    rate: options.rate ?? 30,
    minConfidence: options.minConfidence ?? 0,
    notes: [],
    first,
    joints: Int32Array.from(lists.flat()),
    at: new Float64Array(3 * ROLE_NAMES.length),
    trust: new Float64Array(ROLE_NAMES.length),
    frame: createBodyFrame(options.up),
    time: NaN,
  };
}

/**
 * Looks at one frame.
 *
 * @param out seen coordinates, shape [SEEN]; NaN where not seen
 * @param quality confidence of each seen coordinate, 0..1, shape [SEEN]: the lower of a bone's two ends, 0 where not seen
 * @returns whether anything was seen; false, with everything NaN, until a first frame shows trunk and facing
 * @throws RangeError if the frame's body does not fit the skeleton or an output has the wrong length
 */
export function see(sight: Sight, frame: Frame, out: Float64Array, quality: Float64Array): boolean {
  if (out.length !== SEEN || quality.length !== SEEN)
    throw new RangeError(`see: out has ${out.length} and quality ${quality.length} entries, expected ${SEEN} each`);
  out.fill(NaN);
  quality.fill(0);
  const elapsed = frame.time - sight.time;
  if (Number.isFinite(frame.time)) sight.time = frame.time;
  if (frame.body === undefined) return false;
  gather(sight, frame.body, frame.bodyConfidence);
  const dt = elapsed > 0 ? Math.min(elapsed, LONGEST_STEP) : 1 / sight.rate;
  const placed = sight.frame.good > 0 ? adaptBodyFrame(sight.frame, sight.at, dt) : begin(sight);
  if (sight.frame.good === 0) return false;
  if (placed) placeRoot(sight, out, quality);
  const bones = describeBones(sight, out, quality);
  if (sight.mirror) {
    mirrorSeen(out, out);
    mirrorQuality(quality);
  }
  return placed || bones;
}

function begin(sight: Sight): boolean {
  const guessed = sight.frame.up === null;
  const began = beginBodyFrame(sight.frame, sight.at);
  if (began && guessed)
    sight.notes.push(`up was not given; took "${sight.frame.up}", where the trunk of the first good frame points`);
  return began;
}

/** Role positions and confidences from joint positions and confidences. */
function gather(sight: Sight, body: Float32Array, confidence: Float32Array | undefined): void {
  const { name, joints: all } = sight.skeleton;
  const count = all.length;
  if (body.length !== 3 * count)
    throw new RangeError(
      `see: a body of ${body.length} numbers came, expected ${count} joints x 3 = ${3 * count} of "${name}"; ` +
        `does the recording's header name its own skeleton?`,
    );
  if (confidence !== undefined && confidence.length !== count)
    throw new RangeError(
      `see: ${confidence.length} confidences came, expected one for each of the ${count} joints of "${name}"`,
    );
  const { first, joints, at, trust, minConfidence } = sight;
  for (let r = 0; r < trust.length; r++) {
    const n = first[r + 1] - first[r];
    let x = 0;
    let y = 0;
    let z = 0;
    let sure = 1;
    for (let k = first[r]; k < first[r + 1]; k++) {
      const j = joints[k];
      x += body[3 * j];
      y += body[3 * j + 1];
      z += body[3 * j + 2];
      if (confidence !== undefined) sure = Math.min(sure, confidence[j]);
    }
    const there = n > 0 && Number.isFinite(x + y + z) && sure >= minConfidence;
    trust[r] = there ? Math.max(0, sure) : 0;
    at[3 * r] = there ? x / n : NaN;
    at[3 * r + 1] = there ? y / n : NaN;
    at[3 * r + 2] = there ? z / n : NaN;
  }
}

/** The root's displacement in body axes, trunk lengths. */
function placeRoot({ at, trust, frame }: Sight, out: Float64Array, quality: Float64Array): void {
  const { axes, origin } = frame;
  const x = at[3 * PELVIS] - origin[0];
  const y = at[3 * PELVIS + 1] - origin[1];
  const z = at[3 * PELVIS + 2] - origin[2];
  const scale = Math.exp(-frame.logTrunk);
  for (let c = 0; c < 3; c++) {
    out[c] = scale * (axes[3 * c] * x + axes[3 * c + 1] * y + axes[3 * c + 2] * z);
    quality[c] = trust[PELVIS];
  }
}

/** Bone directions in body axes; says whether there were any. */
function describeBones({ at, trust, frame }: Sight, out: Float64Array, quality: Float64Array): boolean {
  const { axes } = frame;
  let any = false;
  for (let b = 0; b < FROM.length; b++) {
    const from = FROM[b];
    const to = TO[b];
    const x = at[3 * to] - at[3 * from];
    const y = at[3 * to + 1] - at[3 * from + 1];
    const z = at[3 * to + 2] - at[3 * from + 2];
    const length = Math.sqrt(x * x + y * y + z * z);
    if (!(length > 0 && length < Infinity)) continue;
    any = true;
    const sure = Math.min(trust[from], trust[to]);
    for (let c = 0; c < 3; c++) {
      out[3 + 3 * b + c] = (axes[3 * c] * x + axes[3 * c + 1] * y + axes[3 * c + 2] * z) / length;
      quality[3 + 3 * b + c] = sure;
    }
  }
  return any;
}

function mirrorQuality(quality: Float64Array): void {
  const { partner } = SEEN_MIRROR;
  for (let k = 0; k < partner.length; k++) {
    const j = partner[k];
    if (j <= k) continue;
    const mine = quality[k];
    quality[k] = quality[j];
    quality[j] = mine;
  }
}
