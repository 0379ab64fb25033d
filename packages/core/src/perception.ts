// What counts how much when a mind looks: the scale of each seen coordinate, and the time constants that go with
// the body's pace. A person's are fixed. Channels and points get theirs from the first lesson and keep them, so that
// later lessons do not change how earlier acts look.

import { BONES, MOTOR_AXES, SEEN } from "./body/layout.ts";
import type { EyeKind } from "./body/eye.ts";
import { VISAGE_NAMES } from "./body/visage.ts";
import type { Calibration } from "./mirror/belief.ts";
import { type MotionSpec, advance, createMotion } from "./mirror/motion.ts";
import { mirrorSpec } from "./mirror/spec.ts";

/** Plain JSON, saved with the repertoire. */
export interface Perception {
  /** Scale of each seen coordinate, metric units a seen unit, [S]. */
  metric: number[];
  motion: MotionSpec;
  /** Fitted by replay; absent until enough has been shown. */
  calibration?: Calibration;
  /** Background's posture cost, fitted likewise. */
  background?: number;
  /**
   * Shares of their weight that depth and legs have where an eye guesses them: one camera, which shows people from the waist
   * up. Default 1.
   */
  depth?: number;
  legs?: number;
}

// Length of each bone in trunk lengths: a distal direction moves the hand by this much.
const BONE_WEIGHT: Readonly<Record<(typeof BONES)[number], number>> = {
  trunk: 1,
  lClavicle: 0.35,
  rClavicle: 0.35,
  head: 0.4,
  face: 0.25,
  lUpperArm: 0.55,
  lForearm: 0.5,
  lHand: 0.15,
  rUpperArm: 0.55,
  rForearm: 0.5,
  rHand: 0.15,
  lThigh: 0.8,
  lShank: 0.75,
  lFoot: 0.2,
  rThigh: 0.8,
  rShank: 0.75,
  rFoot: 0.2,
};
/** Where the legs' bones begin in a seen vector. */
const LEGS_AT = 3 + 3 * BONES.indexOf("lThigh");
/** Weight of displacement: the origin adapts, so it says less than posture. */
const ROOT_WEIGHT = 0.3;

/** [SEEN] */
export function personMetric(): Float64Array {
  const out = new Float64Array(SEEN).fill(ROOT_WEIGHT);
  BONES.forEach((bone, b) => out.fill(BONE_WEIGHT[bone], 3 + 3 * b, 6 + 3 * b));
  return out;
}

/** The metric as it applies: of people whose depth or legs are guessed, those count less. */
export function metricOf({ metric, depth = 1, legs = 1 }: Perception): Float64Array {
  if (depth === 1 && legs === 1) return Float64Array.from(metric);
  return Float64Array.from(metric, (m, s) => m * (s % 3 === 2 ? depth : 1) * (s >= LEGS_AT ? legs : 1));
}

/** What counts how much before anything was learned: fixed for people and faces; others get theirs from the first lesson. */
export function givenPerception(body: EyeKind): Perception {
  if (body === "face") return { metric: faceMetric(), motion: FACE_MOTION, background: FACE_BACKGROUND };
  return { metric: [...personMetric()], motion: mirrorSpec().motion };
}

/**
 * Faces are small, and what a tracker trembles is a larger share of what they do: by trial on performed expressions with two
 * hundredths of noise in every unit, so that a face at rest is none of them and a new one is seldom taken for a known one.
 */
const FACE_MOTION: MotionSpec = { tauPosture: 0.085, tauVelocity: 0.11, floor: 0.95, idle: 0.45 };
const FACE_BACKGROUND = 0.6;

/** [VISAGE]. Twins move together and count as one; a turn of the head counts by its size in rad, of the eyes half of it. */
function faceMetric(): number[] {
  return VISAGE_NAMES.map((name) => {
    if (name.startsWith("gaze")) return 0.5;
    if (name.startsWith("head")) return 1;
    return /[LR]$/.test(name) ? 0.8 * Math.SQRT1_2 : 0.8;
  });
}

/** Squared weights of joint angles when performances are compared, [MOTOR]: what moves much of the body counts much. */
export function personMotorMetric(): Float64Array {
  return Float64Array.from(MOTOR_AXES, ({ name }) => {
    if (/^root|Wrist|Ankle|hrug|protraction/.test(name)) return 0.1;
    if (name.startsWith("head")) return 0.2;
    return 1;
  });
}

/** Extent (root of summed variances) typical movements are scaled to, that of a person's act in trunk lengths. */
const EXTENT = 0.6;
/** Duration the default time constants suit, s. */
const DURATION = 2.75;

/**
 * Scale and pace from a first lesson. Coordinates in like units share a scale; where some spread much wider than others,
 * as accelerations and rates do, each is scaled half-way (geometric mean) to its own spread.
 *
 * @param episodes [T, S] each
 */
export function perceptionOf(episodes: readonly { times: Float64Array; seen: Float64Array }[], S: number): Perception {
  const variance = new Float64Array(S),
    seenIn = new Float64Array(S);
  for (const { seen } of episodes)
    for (let d = 0; d < S; d++) {
      let n = 0,
        sum = 0,
        square = 0;
      for (let i = d; i < seen.length; i += S)
        if (Number.isFinite(seen[i])) {
          n++;
          sum += seen[i];
          square += seen[i] * seen[i];
        }
      if (n < 2) continue;
      seenIn[d]++;
      variance[d] += Math.max(0, square / n - (sum / n) ** 2);
    }
  let total = 0,
    moving = 0;
  for (let d = 0; d < S; d++) {
    variance[d] = seenIn[d] > 0 ? variance[d] / seenIn[d] : 0;
    total += variance[d];
  }
  // Dimensions that stay put (below a thousandth of the mean spread) keep the common scale: blowing up their noise says nothing.
  for (let d = 0; d < S; d++) if (variance[d] > (1e-3 * total) / S) moving++;
  const metric = Array.from(variance, (v) => {
    if (!(total > 0)) return 1;
    const common = EXTENT / Math.sqrt(total);
    if (!(v > (1e-3 * total) / S)) return common;
    return Math.sqrt(common * (EXTENT / Math.sqrt(v * moving)));
  });
  const durations = episodes.map(({ times }) => times[times.length - 1] - times[0]).sort((a, b) => a - b);
  const duration = durations[durations.length >> 1];
  const base = mirrorSpec().motion,
    factor = Math.min(1, duration / DURATION);
  const motion = { tauPosture: base.tauPosture * factor, tauVelocity: base.tauVelocity * factor, floor: 1, idle: 0 };
  const speeds = episodes
    .map(({ times, seen }) => meanSpeed(times, seen, metric, motion))
    .filter((v) => v > 0)
    .sort((a, b) => a - b);
  const speed = speeds[speeds.length >> 1] ?? 1;
  return { metric, motion: { ...motion, floor: 0.3 * speed, idle: 0.12 * speed } };
}

function meanSpeed(times: Float64Array, seen: Float64Array, metric: number[], spec: MotionSpec): number {
  const S = metric.length,
    motion = createMotion(S);
  let path = 0;
  for (let t = 0; t < times.length; t++) {
    advance(motion, spec, seen.subarray(t * S, (t + 1) * S), metric, times[t]);
    path += motion.step;
  }
  return path / (times[times.length - 1] - times[0]);
}
