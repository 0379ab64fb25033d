// For tests of feeling: an expression as a recording of a face, as a tracker would give it.

import { FACE } from "../body/face.ts";
import { showTurns } from "../body/turns.ts";
import { HEAD_AT, VISAGE } from "../body/visage.ts";
import type { Frame, RecordingHeader } from "../frame.ts";
import type { Demonstration } from "../repertoire/demonstration.ts";
import { type Rng, gaussian } from "../rng.ts";

export const FACE_HEADER: RecordingHeader = {
  format: "attune-recording",
  version: 1,
  faceSet: `facs-${FACE}`,
  rate: 30,
};

/** @param noise standard deviation of each unit in each frame */
export function facesOf({ times, values }: Demonstration, rng: Rng, noise = 0.02, from = 0): Frame[] {
  return Array.from(times, (time, t): Frame => {
    const visage = Float64Array.from(values).subarray(t * VISAGE, (t + 1) * VISAGE);
    const face = Float32Array.from({ length: FACE }, (_, u) =>
      Math.min(1, Math.max(0, visage[u] + noise * gaussian(rng))),
    );
    const head = new Float32Array(7),
      gaze = new Float32Array(3);
    showTurns(visage.subarray(HEAD_AT), head, gaze);
    return { time: from + time, face, head, gaze };
  });
}
