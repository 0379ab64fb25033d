// A body, picture by picture: the pose model's landmarks in metres, smoothed, with how far each joint is to be trusted.

import { type OneEuro, createOneEuro, smooth } from "./one-euro.ts";

/** Joints of the pose model, in the order of the skeleton "mediapipe-33". */
export const POSE = 33;

/** What a pose landmarker found in one picture. */
export interface PoseDetection {
  /** World landmarks, [33, 3]: m from between the hips; x to the picture's right, y down, z away from the camera. */
  readonly world: ArrayLike<number>;
  /** How likely each is in the picture and not hidden, [33], 0..1. */
  readonly visibility: ArrayLike<number>;
}

/** Plain data. */
export interface PoseReader {
  filter: OneEuro;
  time: number;
  /** The last picture's: [33, 3], m; NaN where nobody was found. */
  body: Float32Array;
  /** [33], 0..1. */
  confidence: Float32Array;
}

export function createPoseReader(): PoseReader {
  return {
    // m/s: a hand at 1 m/s opens the cutoff to 8 Hz, one that is held still shakes at 1.2 Hz or less.
    filter: createOneEuro(3 * POSE, { minCutoff: 1.2, beta: 7, speedCutoff: 2 }),
    time: NaN,
    body: new Float32Array(3 * POSE).fill(NaN),
    confidence: new Float32Array(POSE),
  };
}

/**
 * Reads one picture; the result is in `reader.body` and `confidence`.
 *
 * @param found undefined where nobody was found: NaN then, trusted 0
 * @param time s; a picture whose time does not go on is left out
 * @throws RangeError where the arrays have other lengths than the model gives
 */
export function readPose(reader: PoseReader, found: PoseDetection | undefined, time: number): void {
  if (!Number.isFinite(time) || time <= reader.time) return;
  reader.time = time;
  if (found === undefined) {
    reader.body.fill(NaN);
    reader.confidence.fill(0);
    return;
  }
  check("world coordinates", found.world, 3 * POSE);
  check("visibilities", found.visibility, POSE);
  smooth(reader.filter, found.world, time, reader.body);
  for (let j = 0; j < POSE; j++) reader.confidence[j] = Number.isNaN(reader.body[3 * j]) ? 0 : found.visibility[j];
}

function check(what: string, list: ArrayLike<number>, length: number): void {
  if (list.length !== length)
    throw new RangeError(
      `readPose: ${list.length} ${what} came, ${length} were wanted, as MediaPipe's pose landmarker gives them`,
    );
}
