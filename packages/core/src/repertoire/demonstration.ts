// From a recorded movement to equal phase steps: gaps filled, time replaced by phase, and a later
// performance re-timed to the mean of the earlier ones so that like is averaged with like.

import { FIT_SAMPLES } from "./basis.ts";

/** One performance of an act, in the coordinates the act lives in. */
export interface Demonstration {
  /** Seconds, strictly increasing, [T]. */
  times: ArrayLike<number>;
  /** [T, D] row-major; NaN where not seen. */
  values: ArrayLike<number>;
  who?: string;
}

/** A demonstration on FIT_SAMPLES equal steps of time-phase: values [D, FIT_SAMPLES]. */
export interface Resampled {
  values: Float64Array;
  known: Uint8Array;
  duration: number;
}

/**
 * Resamples by linear interpolation between the samples that were seen; leading and trailing gaps hold the nearest value.
 *
 * @throws RangeError for fewer than two samples, a wrong shape, time that does not increase, or nothing but gaps
 */
export function resample(demo: Demonstration, dims: number): Resampled {
  const T = demo.times.length;
  if (T < 2) throw new RangeError(`learn: a demonstration of ${T} sample(s); at least 2 are needed`);
  if (demo.values.length !== T * dims)
    throw new RangeError(`learn: ${demo.values.length} values for ${T} samples, expected ${T} x ${dims}`);
  for (let t = 1; t < T; t++)
    if (!(demo.times[t] > demo.times[t - 1]))
      throw new RangeError(
        `learn: time does not increase at sample ${t} (${demo.times[t - 1]} s, then ${demo.times[t]} s)`,
      );
  const start = demo.times[0],
    duration = demo.times[T - 1] - start;
  const values = new Float64Array(dims * FIT_SAMPLES),
    known = new Uint8Array(dims);
  for (let d = 0; d < dims; d++) {
    let previous = -1,
      next = nextSeen(demo.values, d, dims, T, 0);
    if (next === T) continue;
    known[d] = 1;
    for (let k = 0; k < FIT_SAMPLES; k++) {
      const time = start + (duration * k) / (FIT_SAMPLES - 1);
      while (next < T && demo.times[next] < time) {
        previous = next;
        next = nextSeen(demo.values, d, dims, T, next + 1);
      }
      if (previous < 0) values[d * FIT_SAMPLES + k] = demo.values[next * dims + d];
      else if (next === T) values[d * FIT_SAMPLES + k] = demo.values[previous * dims + d];
      else {
        const a = demo.times[previous],
          f = (time - a) / (demo.times[next] - a);
        const y0 = demo.values[previous * dims + d],
          y1 = demo.values[next * dims + d];
        values[d * FIT_SAMPLES + k] = y0 + f * (y1 - y0);
      }
    }
  }
  if (!known.includes(1)) throw new RangeError("learn: the demonstration holds nothing but missing values");
  return { values, known, duration };
}

/**
 * Re-times a resampled movement to a reference of the same shape: dynamic time warping, then the warp smoothed to a
 * monotone curve of WARP_KNOTS pieces with both ends pinned.
 *
 * @param metric weight of each dimension's squared difference, [D]
 * @returns the movement on the reference's phase, [D, FIT_SAMPLES]
 */
export function retime(values: Float64Array, reference: Float64Array, metric: ArrayLike<number>): Float64Array {
  const dims = values.length / FIT_SAMPLES;
  const warp = monotoneWarp(warpPath(values, reference, metric, dims));
  const out = new Float64Array(values.length);
  for (let k = 0; k < FIT_SAMPLES; k++) {
    const x = Math.min(FIT_SAMPLES - 1, Math.max(0, warp[k] * (FIT_SAMPLES - 1)));
    const i = Math.min(FIT_SAMPLES - 2, Math.floor(x)),
      f = x - i;
    for (let d = 0; d < dims; d++) {
      const at = d * FIT_SAMPLES + i;
      out[d * FIT_SAMPLES + k] = values[at] * (1 - f) + values[at + 1] * f;
    }
  }
  return out;
}

const WARP_POINTS = 100;
const WARP_KNOTS = 9;

function nextSeen(values: ArrayLike<number>, d: number, dims: number, T: number, from: number): number {
  for (let t = from; t < T; t++) if (Number.isFinite(values[t * dims + d])) return t;
  return T;
}

/** For each of WARP_POINTS reference phases, the mean phase of the movement matched to it. */
function warpPath(
  values: Float64Array,
  reference: Float64Array,
  metric: ArrayLike<number>,
  dims: number,
): Float64Array {
  const n = WARP_POINTS;
  const a = postures(reference, metric, dims),
    b = postures(values, metric, dims);
  const cost = new Float64Array((n + 1) * (n + 1)).fill(Infinity);
  cost[0] = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let e = 0;
      for (let p = i * dims, q = j * dims, end = p + dims; p < end; p++, q++) e += (a[p] - b[q]) * (a[p] - b[q]);
      const at = (i + 1) * (n + 1) + j + 1;
      cost[at] = e + Math.min(cost[at - n - 2], cost[at - n - 1], cost[at - 1]);
    }
  const sum = new Float64Array(n),
    count = new Float64Array(n);
  let i = n,
    j = n;
  while (i > 0 && j > 0) {
    sum[i - 1] += j - 1;
    count[i - 1]++;
    const at = i * (n + 1) + j;
    const diagonal = cost[at - n - 2],
      up = cost[at - n - 1],
      left = cost[at - 1];
    if (diagonal <= up && diagonal <= left) {
      i--;
      j--;
    } else if (up <= left) i--;
    else j--;
  }
  return sum.map((s, k) => s / count[k] / (n - 1));
}

/** WARP_POINTS postures side by side in metric units, [WARP_POINTS, D]. */
function postures(values: Float64Array, metric: ArrayLike<number>, dims: number): Float64Array {
  const out = new Float64Array(WARP_POINTS * dims);
  for (let d = 0; d < dims; d++) {
    const scale = Math.sqrt(metric[d]);
    for (let i = 0; i < WARP_POINTS; i++)
      out[i * dims + d] = scale * values[d * FIT_SAMPLES + Math.round((i * (FIT_SAMPLES - 1)) / (WARP_POINTS - 1))];
  }
  return out;
}

/** The path's local mean at WARP_KNOTS + 1 knots (hat-weighted), joined by lines, made monotone, ends at 0 and 1. */
function monotoneWarp(path: Float64Array): Float64Array {
  const knots = new Float64Array(WARP_KNOTS + 1);
  for (let k = 0; k <= WARP_KNOTS; k++) {
    let s = 0,
      w = 0;
    for (let i = 0; i < path.length; i++) {
      const x = (i / (path.length - 1)) * WARP_KNOTS - k;
      const weight = Math.max(0, 1 - Math.abs(x));
      s += weight * (path[i] - i / (path.length - 1));
      w += weight;
    }
    knots[k] = k / WARP_KNOTS + s / w;
  }
  knots[0] = 0;
  knots[WARP_KNOTS] = 1;
  for (let k = 1; k < WARP_KNOTS; k++) knots[k] = Math.min(1, Math.max(knots[k], knots[k - 1]));
  const out = new Float64Array(FIT_SAMPLES);
  for (let i = 0; i < FIT_SAMPLES; i++) {
    const x = (i / (FIT_SAMPLES - 1)) * WARP_KNOTS,
      k = Math.min(WARP_KNOTS - 1, Math.floor(x));
    out[i] = knots[k] + (x - k) * (knots[k + 1] - knots[k]);
  }
  return out;
}
