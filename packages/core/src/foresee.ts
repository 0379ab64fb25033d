// What is expected, where it will be seen: the joints or channels of the one being watched, some time from now, in the
// coordinates of the recording. The frame at hand is moved by what is expected to change, so that what no act speaks
// of stays where it is.

import { createShow, pose, type Show } from "./body/show.ts";
import { SEEN } from "./body/layout.ts";
import type { Frame } from "./frame.ts";
import type { Mind } from "./mind.ts";
import { expect } from "./mirror/predict.ts";

/**
 * @param frame the frame last stepped through
 * @param ahead s from now, up to a second or two
 * @returns joint positions [joints, dims] or channels, as the frame has them; NaN where it has NaN
 * @throws RangeError if nothing is watched, or the frame is not of the recording watched
 */
export function foresee(mind: Mind, frame: Frame, ahead: number): Float32Array {
  const { eye, mirror, wiring } = mind;
  if (!eye) throw new RangeError("foresee: the mind watches nothing yet; call attend(mind, header) first");
  if (eye.kind === "face")
    throw new RangeError('foresee: a face has no places to be; its expected units are in moment(mind, ["next"])');
  if (!(ahead >= 0)) throw new RangeError(`foresee: ${ahead} s ahead, expected 0 or more`);
  const now = eye.kind === "channels" ? frame.channels : frame.body;
  if (!now) throw new RangeError(`foresee: the frame has no ${eye.kind === "channels" ? "channels" : "body"}`);
  const S = mirror.metric.length;
  const mean = new Float64Array(S),
    variance = new Float64Array(S);
  expect(mirror, mind.belief, ahead, mean, variance);
  // In the eye's coordinates: where each is now, as the mirror smooths it, and what it changes by.
  const from = new Float64Array(eye.dims).fill(NaN),
    change = new Float64Array(eye.dims);
  for (let s = 0; s < S; s++) {
    const at = wiring[s];
    if (at < 0 || mirror.motion.ever[s] === 0 || !(mirror.metric[s] > 0)) continue;
    from[at] = mirror.motion.posture[s] / mirror.metric[s];
    change[at] = (mean[s] - mirror.motion.posture[s]) / mirror.metric[s];
  }
  if (eye.kind === "channels") return now.map((v, k) => v + change[k]);
  if (eye.kind === "points") {
    const { axes, logSpan, twin, mirror: mirrored, skeleton } = eye.points;
    const { dims } = skeleton,
      scale = Math.exp(logSpan),
      out = now.slice();
    twin.forEach((joint, j) => {
      for (let c = 0; c < dims; c++) {
        const moved = scale * change[dims * j + c] * (mirrored && c === 0 ? -1 : 1);
        for (let k = 0; k < dims; k++) out[dims * joint + k] += axes[3 * c + k] * moved;
      }
    });
    return out;
  }
  const { sight } = eye;
  if (sight.mirror) throw new RangeError("foresee: a person seen as in a mirror cannot be shown on their own skeleton");
  const show: Show = {
    ...createShow(sight.skeleton, { trunk: Math.exp(sight.frame.logTrunk) }),
    axes: sight.frame.axes,
  };
  const before = new Float64Array(now.length),
    after = new Float64Array(now.length),
    then = from.map((v, s) => v + change[s]);
  pose(show, from.subarray(0, SEEN), before);
  pose(show, then.subarray(0, SEEN), after);
  return now.map((v, k) => (Number.isFinite(after[k] - before[k]) ? v + after[k] - before[k] : v));
}
