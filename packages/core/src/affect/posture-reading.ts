// What a posture adds: head down and arms in, or chest out and arms wide. Weak by design: posture tells how strongly
// rather than what (Wallbott 1998, doi:10.1002/(SICI)1099-0992(1998110)28:6<879::AID-EJSP901>3.0.CO;2-W) [R], pride and
// shame apart (Tracy & Matsumoto 2008, doi:10.1073/pnas.0802686105) [V]. All sizes are by design [D].

import { SEEN, seenAt } from "../body/layout.ts";
import { READ } from "./weights.ts";

/** What a posture looks like. */
export interface PostureImpression {
  /** [READ], sums to 1, never far from flat. */
  readonly probability: Float64Array;
  /** -1..1: how raised and wide. */
  arousal: number;
  /** 1/variance of the arousal; 0 where the upper body is not seen. */
  precision: number;
}

/** Of what a posture tells: head up, trunk leaning forward, arms raised, arms wide; in units of about one spread. */
type Signs = readonly [headUp: number, lean: number, raised: number, wide: number];

/** Log-odds a sign adds. */
const SHOWS: Readonly<Record<string, Signs>> = {
  joy: [0.2, 0, 0.4, 0.3],
  laughter: [0.2, -0.1, 0.3, 0.3],
  sadness: [-0.6, 0.1, -0.3, -0.3],
  anger: [0, 0.5, 0.3, 0.2],
  disgust: [0, -0.4, 0, -0.2],
  fear: [0, -0.5, 0.3, -0.3],
  surprise: [0.1, -0.3, 0.4, 0.1],
  embarrassment: [-0.5, 0, 0, -0.2],
  shame: [-0.8, 0.2, -0.3, -0.4],
  pride: [0.6, -0.2, 0.4, 0.5],
  interest: [0, 0.4, 0, 0],
  boredom: [-0.3, -0.3, -0.2, 0],
  sympathy: [-0.1, 0.3, 0, 0],
};
const POSTURE_SD = 0.6;
const HEAD = seenAt("head"),
  TRUNK = seenAt("trunk"),
  UPPER = [seenAt("lUpperArm"), seenAt("rUpperArm")] as const,
  FORE = [seenAt("lForearm"), seenAt("rForearm")] as const;

export function createPostureImpression(): PostureImpression {
  return { probability: new Float64Array(READ.length).fill(1 / READ.length), arousal: 0, precision: 0 };
}

/**
 * @param seen [SEEN] as in body/layout.ts: bone directions, x the person's left, y up, z forward; NaN what is not seen
 * @throws RangeError when it is no seen body
 */
export function readPosture(seen: ArrayLike<number>, out: PostureImpression): void {
  if (seen.length < SEEN) throw new RangeError(`readPosture: ${seen.length} coordinates came, ${SEEN} were wanted`);
  // A head carried upright points up and a little forward.
  const headUp = known(-(seen[HEAD + 2] - 0.25) / 0.3),
    lean = known(seen[TRUNK + 2] / 0.2);
  let raised = 0,
    wide = 0,
    arms = 0;
  for (let side = 0; side < 2; side++) {
    const up = (seen[UPPER[side] + 1] + seen[FORE[side] + 1]) / 2,
      out = ((side === 0 ? 1 : -1) * (seen[UPPER[side]] + seen[FORE[side]])) / 2;
    if (!Number.isFinite(up) || !Number.isFinite(out)) continue;
    // Hanging arms point down (-1).
    raised += known((up + 0.9) / 0.6);
    wide += known((out - 0.15) / 0.35);
    arms++;
  }
  if (arms > 0) {
    raised /= arms;
    wide /= arms;
  }
  const parts = (Number.isFinite(seen[HEAD + 2]) ? 1 : 0) + (Number.isFinite(seen[TRUNK + 2]) ? 1 : 0) + arms / 2;
  out.precision = parts / 3 / (POSTURE_SD * POSTURE_SD);
  out.arousal = Math.tanh(0.3 * raised + 0.2 * wide + 0.1 * headUp);
  let sum = 0;
  for (let r = 0; r < READ.length; r++) {
    const [h, l, a, w] = SHOWS[READ[r]] ?? NOTHING;
    sum += out.probability[r] = Math.exp(h * headUp + l * lean + a * raised + w * wide);
  }
  for (let r = 0; r < READ.length; r++) out.probability[r] /= sum;
}

const NOTHING: Signs = [0, 0, 0, 0];

/** A sign, at most 2 either way; 0 where it was not seen. */
function known(sign: number): number {
  return Number.isFinite(sign) ? Math.min(2, Math.max(-2, sign)) : 0;
}
