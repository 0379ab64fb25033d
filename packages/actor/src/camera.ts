// What a camera makes of a person: joints that jitter, joints it loses for a while, frames it never delivers.

import { type Frame, type Rng, gaussian } from "@attune/core";

export interface CameraSpec {
  /** Standard deviation of each coordinate in each frame, units of the recording; default 0.004. */
  readonly jitter?: number | undefined;
  /** Share of joint samples that are missing; default 0. */
  readonly lostJoints?: number | undefined;
  /** How long a joint stays lost, mean, s; default 0.2. */
  readonly lostFor?: number | undefined;
  /** Share of frames that never come; default 0. */
  readonly lostFrames?: number | undefined;
}

/** Which joints are lost at the moment; made once a recording. */
export interface Camera {
  readonly jitter: number;
  readonly lostFrames: number;
  /** Chance a frame that a seen joint is lost, and that a lost one is found. */
  readonly lose: number;
  readonly find: number;
  readonly lost: Uint8Array;
  readonly noise: Rng;
  readonly gaps: Rng;
}

/** @throws RangeError for shares outside 0 to 0.95 or times that are not positive */
export function createCamera(spec: CameraSpec, joints: number, rate: number, noise: Rng, gaps: Rng): Camera {
  const { jitter = 0.004, lostJoints = 0, lostFor = 0.2, lostFrames = 0 } = spec;
  for (const [what, share] of [
    ["lostJoints", lostJoints],
    ["lostFrames", lostFrames],
  ] as const)
    if (!(share >= 0 && share <= 0.95)) throw new RangeError(`createCamera: ${what} is ${share}, expected 0 to 0.95`);
  if (!(jitter >= 0 && lostFor > 0))
    throw new RangeError(`createCamera: jitter ${jitter} and lostFor ${lostFor} must not be negative`);
  const find = Math.min(1, 1 / (lostFor * rate)),
    odds = lostJoints / (1 - lostJoints);
  // Where losing would have to be surer than sure, joints are found more slowly instead.
  const scale = Math.min(1, 1 / Math.max(1e-12, odds * find));
  const camera = {
    jitter,
    lostFrames,
    lose: odds * find * scale,
    find: find * scale,
    lost: new Uint8Array(joints),
    noise,
    gaps,
  };
  for (let j = 0; j < joints; j++) camera.lost[j] = gaps() < lostJoints ? 1 : 0;
  return camera;
}

/** The frame as the camera gives it, changed in place; undefined if it never comes. */
export function shoot(camera: Camera, frame: Frame): Frame | undefined {
  const { body } = frame;
  const { lost, jitter, noise, gaps } = camera;
  const dims = body === undefined ? 0 : body.length / lost.length;
  for (let j = 0; j < lost.length; j++) {
    lost[j] = lost[j] === 1 ? (gaps() < camera.find ? 0 : 1) : gaps() < camera.lose ? 1 : 0;
    for (let c = 0; c < dims; c++) {
      const off = jitter > 0 ? jitter * gaussian(noise) : 0;
      if (body) body[dims * j + c] = lost[j] === 1 ? NaN : body[dims * j + c] + off;
    }
  }
  return gaps() < camera.lostFrames ? undefined : frame;
}
