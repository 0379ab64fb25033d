// What is left of a movement, predicted from its beginning: the act is conditioned on the frames seen so far, for
// several tempos and every variant, and the predictions are averaged by their evidence. The duration is not given.

import {
  type Act,
  type Resampled,
  type Variant,
  BASIS,
  FIT_SAMPLES,
  conditionOnFrames,
  curveOf,
  durationOf,
  durationSpread,
  splineAt,
} from "@attune/core";

export const MARKS = [0.1, 0.2, 0.3, 0.5, 0.7] as const;

/** Mean RMSE over the rest of the movement after 10, 20, 30, 50 and 70 % of it. */
export type Remainder = Record<"10" | "20" | "30" | "50" | "70", number>;

/** Ratios of duration tried, 6 % apart, 1 among them. */
const RATES = Array.from({ length: 17 }, (_, i) => 1.6 ** ((i - 8) / 8));
/** Frames the act is conditioned on, equally far apart in what was seen. */
const FRAMES = 12;
/** Standard deviation of a seen value, as a share of the act's widest extent. */
const NOISE = 0.03;

/** @param folds an act and a demonstration of it that it was not learned from */
export function remainderErrors(folds: readonly { act: Act; test: Resampled }[]): {
  remainder: Remainder;
  hold: Remainder;
} {
  const remainder = zeros(),
    hold = zeros();
  for (const mark of MARKS) {
    const key = String(Math.round(mark * 100)) as keyof Remainder;
    const last = Math.max(1, Math.round(mark * (FIT_SAMPLES - 1)));
    for (const { act, test } of folds) {
      const predicted = predict(act, test, last);
      let own = 0,
        held = 0;
      const D = act.dims.length;
      for (let d = 0; d < D; d++) {
        if (!isJudged(act, test, d)) continue;
        for (let k = last + 1; k < FIT_SAMPLES; k++) {
          const truth = test.values[d * FIT_SAMPLES + k];
          own += (predicted[d * FIT_SAMPLES + k] - truth) ** 2;
          held += (test.values[d * FIT_SAMPLES + last] - truth) ** 2;
        }
      }
      remainder[key] += Math.sqrt(own / (FIT_SAMPLES - 1 - last)) / folds.length;
      hold[key] += Math.sqrt(held / (FIT_SAMPLES - 1 - last)) / folds.length;
    }
  }
  return { remainder, hold };
}

/** Evidence-weighted mean of what is to come, [D, FIT_SAMPLES], filled after sample `last`. */
function predict(act: Act, test: Resampled, last: number): Float64Array {
  const D = act.dims.length;
  const F = Math.min(FRAMES, last + 1);
  const samples = Array.from({ length: F }, (_, j) => Math.round((j * last) / (F - 1)));
  const values = new Float64Array(F * D);
  samples.forEach((k, j) => {
    for (let d = 0; d < D; d++) values[j * D + d] = isJudged(act, test, d) ? test.values[d * FIT_SAMPLES + k] : NaN;
  });
  const hypotheses = act.variants.flatMap((variant) => {
    const noise = NOISE * widest(variant);
    return RATES.map((rate) => {
      const toPhase = test.duration / (rate * durationOf(variant) * (FIT_SAMPLES - 1));
      const phases = samples.map((k) => k * toPhase);
      const { mu, logEvidence } = conditionOnFrames(variant, phases, values, noise);
      const tempo = Math.log(rate) / durationSpread(variant);
      return { mu, toPhase, score: logEvidence + Math.log(variant.n) - 0.5 * tempo * tempo };
    });
  });
  const best = Math.max(...hypotheses.map((h) => h.score));
  const out = new Float64Array(D * FIT_SAMPLES);
  let total = 0;
  for (const h of hypotheses) {
    const share = Math.exp(h.score - best);
    if (share < 1e-6) continue;
    total += share;
    for (let d = 0; d < D; d++)
      for (let k = last + 1; k < FIT_SAMPLES; k++)
        out[d * FIT_SAMPLES + k] += share * splineAt(h.mu, d * BASIS, k * h.toPhase);
  }
  return out.map((v) => v / total);
}

/** Dimensions that the test shows and that were shown before. */
function isJudged(act: Act, test: Resampled, d: number): boolean {
  return test.known[d] === 1 && act.variants.some((variant) => variant.known[d]);
}

function widest(variant: Variant): number {
  let widest = 0;
  const { values } = curveOf(variant);
  for (let at = 0; at < values.length; at += FIT_SAMPLES) {
    const curve = values.subarray(at, at + FIT_SAMPLES);
    widest = Math.max(widest, Math.max(...curve) - Math.min(...curve));
  }
  return widest || 1;
}

function zeros(): Remainder {
  return { "10": 0, "20": 0, "30": 0, "50": 0, "70": 0 };
}
