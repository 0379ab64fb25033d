// Moving along: the posture of the own body that would look like what is seen now, frame by frame, through the learned
// image of the own body. It is how a demonstration is imitated (lessons.ts), done live.

import { type Eye, type EyeOptions, createEye, look } from "./body/eye.ts";
import { LIMBS, SEEN, restMotor } from "./body/layout.ts";
import { mirrorMotor } from "./body/own.ts";
import { type PostureScratch, createPostureScratch, solvePosture } from "./body/posture.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import type { Mind } from "./mind.ts";
import { type BodyImage, IMAGE_SCRATCH, imagine } from "./neurons/image.ts";

/** A body that moves along with somebody; plain data. */
export interface Reenactment {
  readonly image: BodyImage;
  readonly eye: Eye;
  readonly specular: boolean;
  /** Own posture now, [MOTOR]. */
  own: Float64Array;
  /** What is seen now, [SEEN]; NaN where nothing is. */
  seen: Float64Array;
  /** s since each limb was last seen, [limbs]. */
  unseen: Float64Array;
  time: number;
  /** As the seen body moves it, before left and right change places, [MOTOR]. */
  readonly straight: Float64Array;
  readonly quality: Float64Array;
  readonly phi: Float64Array;
  readonly scratch: PostureScratch;
}

/** s for which a limb that is out of sight keeps its posture, and the time constant with which it then goes to rest. */
const KEPT = 0.3,
  TO_REST = 0.4;
const REST = restMotor();
/**
 * Legs that are trusted less are not moved along with: cameras show people from the waist up, and trackers make up the rest.
 * Arms are hidden by the body itself and found all the same.
 */
const LEG_TRUSTED = 0.5;
const LEGS = LIMBS.flatMap(({ name, seen }) => (name.endsWith("Leg") ? [...seen] : []));

/**
 * @param options `specular`: as a mirror does, their left with my right; default false: their left with my left
 * @throws RangeError if the recording shows no person, or the mind has no image of its body
 */
export function createReenactment(
  { image }: Mind,
  header: RecordingHeader,
  options: EyeOptions & { readonly specular?: boolean } = {},
): Reenactment {
  const { specular = false, ...rest } = options;
  if (!image)
    throw new RangeError(
      "createReenactment: this mind has no image of a person's body to move along with; raise it first",
    );
  const eye = createEye(header, rest);
  if (eye.kind !== "person")
    throw new RangeError(`createReenactment: the recording shows ${eye.kind}, wanted a person's 3-D skeleton`);
  return {
    image,
    eye,
    specular,
    own: restMotor(),
    seen: new Float64Array(SEEN).fill(NaN),
    unseen: new Float64Array(LIMBS.length).fill(Infinity),
    time: NaN,
    straight: restMotor(),
    quality: new Float64Array(SEEN),
    phi: new Float64Array(IMAGE_SCRATCH),
    scratch: createPostureScratch(),
  };
}

/** One frame: the posture is in `own` then. Limbs that are not seen go to rest; frames whose time does not go on are left out. */
export function reenact(body: Reenactment, frame: Frame): void {
  const { image, eye, seen, quality, straight, scratch, unseen, phi } = body;
  if (!Number.isFinite(frame.time) || frame.time <= body.time) return;
  const dt = Number.isNaN(body.time) ? 0 : frame.time - body.time;
  body.time = frame.time;
  look(eye, frame, seen, quality);
  for (const s of LEGS) if (quality[s] < LEG_TRUSTED) seen[s] = NaN;
  solvePosture((limb, from, to) => imagine(image, limb, from, to, phi), seen, straight, scratch);
  const share = 1 - Math.exp(-dt / TO_REST);
  for (const { index, motor } of LIMBS) {
    unseen[index] = Number.isNaN(scratch.residual[index]) ? unseen[index] + dt : 0;
    if (unseen[index] <= KEPT) continue;
    for (const m of motor) straight[m] += share * (REST[m] - straight[m]);
  }
  if (body.specular) mirrorMotor(straight, body.own);
  else body.own.set(straight);
}
