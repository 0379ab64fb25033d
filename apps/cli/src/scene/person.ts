// A person made of joint angles, so that there is somebody to watch without a recording: keyframes over the own body's
// joint angles, minimum-jerk movement between them (Flash & Hogan 1985, doi:10.1523/JNEUROSCI.05-07-01688.1985), and
// no two performances alike.

import {
  LIMBS,
  MOTOR,
  MOTOR_AXES,
  MOTOR_NAMES,
  SEEN,
  createPostureScratch,
  createRng,
  forward,
  forwardLimb,
  gaussian,
  pose,
  restMotor,
  seenAt,
  solvePosture,
  type BoneName,
  type Frame,
  type Rng,
  type Show,
} from "@attune/core";

/** A posture by where some bones point (left, up, forward; any length) and some joint angles; the rest stands at rest. */
interface Keyframe {
  /** Share of the act's duration. */
  readonly at: number;
  /** Passed at speed instead of stopped at. */
  readonly through?: boolean;
  readonly look?: Readonly<Partial<Record<BoneName, readonly [number, number, number]>>>;
  readonly angles?: Readonly<Record<string, number>>;
}

interface Script {
  /** s, done calmly. */
  readonly seconds: number;
  /** Between rest and rest. */
  readonly keys: readonly Keyframe[];
}

export type SceneAct = "wave" | "raise hands" | "push" | "bow" | "kick" | "draw a circle";

const RAISED = [-0.8, 0.1, 0.35] as const;
const swing = (at: number, side: number): Keyframe => ({
  at,
  look: { rUpperArm: RAISED, rForearm: [side, 0.9, 0.2], rHand: [side, 0.9, 0.2] },
});

/** The straight left arm on a ring before the body, turns from its top; passed through without a stop. */
function ring(at: number, turns: number): Keyframe {
  const angle = 2 * Math.PI * turns;
  const to = [0.25 + 0.6 * Math.sin(angle), 0.1 + 0.6 * Math.cos(angle), 0.75] as const;
  return { at, through: true, look: { lUpperArm: to, lForearm: to, lHand: to } };
}

export const SCRIPTS: Readonly<Record<SceneAct, Script>> = {
  wave: {
    seconds: 2.8,
    keys: [swing(0.22, 0.1), swing(0.36, -0.6), swing(0.5, 0.4), swing(0.64, -0.6), swing(0.78, 0.3)],
  },
  "raise hands": {
    seconds: 2.2,
    keys: [0.42, 0.58].map((at) => ({
      at,
      look: {
        lUpperArm: [0.4, 0.95, 0.15],
        lForearm: [0.1, 1, 0.1],
        rUpperArm: [-0.4, 0.95, 0.15],
        rForearm: [-0.1, 1, 0.1],
      },
    })),
  },
  push: {
    seconds: 1.9,
    keys: [
      {
        at: 0.26,
        look: {
          lUpperArm: [0.3, -0.8, -0.35],
          lForearm: [0, 0.3, 1],
          rUpperArm: [-0.3, -0.8, -0.35],
          rForearm: [0, 0.3, 1],
        },
      },
      ...[0.52, 0.62].map((at) => ({
        at,
        look: {
          lUpperArm: [0.1, -0.1, 1],
          lForearm: [0, 0.05, 1],
          rUpperArm: [-0.1, -0.1, 1],
          rForearm: [0, 0.05, 1],
        } as const,
        angles: { "trunk.x": 0.16 },
      })),
    ],
  },
  bow: {
    seconds: 2.4,
    keys: [0.42, 0.58].map((at) => ({ at, angles: { "trunk.x": 0.95, "head.x": 1.1, "root.z": -0.12 } })),
  },
  kick: {
    seconds: 1.7,
    keys: [
      { at: 0.28, look: { rThigh: [0, -1, -0.2], rShank: [0, -0.5, -0.85] } },
      { at: 0.5, look: { rThigh: [0, -0.6, 0.8], rShank: [0, -0.3, 0.95] }, angles: { "trunk.x": -0.12 } },
    ],
  },
  "draw a circle": {
    seconds: 2.9,
    keys: Array.from({ length: 9 }, (_, k) => ring(0.16 + 0.0825 * k, 0.25 * k)),
  },
};

/** Who moves: how fast, how large, how unsteadily. */
export interface Performer {
  readonly seed: number;
  /** 1 as in the script, 1.2 a fifth faster. */
  readonly tempo: number;
  /** Size of the movement, 1 as in the script. */
  readonly amplitude: number;
  /** Joint noise, rad RMS. */
  readonly noise: number;
}

/** What the person does one after another: acts, and standing for some seconds. */
export type Part = SceneAct | number;

export interface Movement {
  /** s from 0, [T]. */
  readonly times: Float64Array;
  /** Motor coordinates, [T, MOTOR]. */
  readonly values: Float64Array;
  /** When each act was going on, s. */
  readonly acts: readonly { readonly name: SceneAct; readonly from: number; readonly to: number }[];
}

const RATE = 30;

/** One stretch of movement, 30 samples a second. The same performer and name give the same movement. */
export function move(parts: readonly Part[], performer: Performer, name: string): Movement {
  const rng = createRng(performer.seed, `scene/${name}`);
  const acts: { name: SceneAct; from: number; to: number }[] = [];
  const keys: Key[] = [{ time: 0, q: restMotor(), through: false }];
  let now = 0;
  for (const part of parts) {
    if (typeof part === "number") now += part;
    else {
      const { seconds, keys: script } = SCRIPTS[part];
      const lasts = (seconds / performer.tempo) * Math.exp(0.05 * gaussian(rng));
      keys.push({ time: now, q: restMotor(), through: false });
      let posture = restMotor();
      for (const key of script) {
        posture = anglesOf(key, posture);
        const time = now + lasts * (key.at + 0.006 * gaussian(rng));
        keys.push({ time, q: varied(posture, performer, rng), through: key.through ?? false });
      }
      acts.push({ name: part, from: now, to: now + lasts });
      now += lasts;
    }
    keys.push({ time: now, q: restMotor(), through: false });
  }
  const count = Math.round(now * RATE) + 1;
  const times = Float64Array.from({ length: count }, (_, t) => t / RATE);
  const values = new Float64Array(count * MOTOR);
  let k = 0;
  for (let t = 0; t < count; t++) {
    while (k < keys.length - 2 && keys[k + 1].time <= times[t]) k++;
    between(keys, k, times[t], values.subarray(t * MOTOR, (t + 1) * MOTOR));
  }
  unsteady(values, performer.noise, rng);
  return { times, values, acts };
}

interface Key {
  readonly time: number;
  readonly q: Float64Array;
  readonly through: boolean;
}

/**
 * The posture at a time between keys k and k + 1: the quintic that has their places and speeds and no acceleration there.
 * Between two stops that is the movement that jerks least.
 */
function between(keys: readonly Key[], k: number, time: number, out: Float64Array): void {
  const from = keys[k];
  const to = keys[k + 1];
  const span = to.time - from.time;
  const u = span > 0 ? Math.min(1, Math.max(0, (time - from.time) / span)) : 1;
  const place = minimumJerk(u);
  const leaving = u * (1 - u) ** 3 * (1 + 3 * u);
  const arriving = -(u ** 3) * (1 - u) * (4 - 3 * u);
  for (let m = 0; m < out.length; m++)
    out[m] =
      from.q[m] +
      place * (to.q[m] - from.q[m]) +
      span * (leaving * speedAt(keys, k, m) + arriving * speedAt(keys, k + 1, m));
}

/** Of one joint at a key, rad/s: 0 at a stop, else from the key before to the key after. */
function speedAt(keys: readonly Key[], k: number, m: number): number {
  if (!keys[k].through) return 0;
  return (keys[k + 1].q[m] - keys[k - 1].q[m]) / (keys[k + 1].time - keys[k - 1].time);
}

/** Position along a movement from stop to stop that jerks least, for a share of its time. */
export function minimumJerk(share: number): number {
  const u = Math.min(1, Math.max(0, share));
  return u * u * u * (10 - 15 * u + 6 * u * u);
}

/** The movement as it looks on a body, as frames of a recording, from a time on. */
export function shownOn(show: Show, { times, values }: Movement, from = 0): Frame[] {
  const seen = new Float64Array(SEEN);
  return Array.from(times, (time, t) => {
    forward(values.subarray(t * MOTOR, (t + 1) * MOTOR), seen);
    const body = new Float32Array(show.skeleton.joints.length * show.skeleton.dims);
    pose(show, seen, body);
    return { time: from + time, body };
  });
}

/** Joint angles of a keyframe, each a little off, as far from rest as the performer moves and the joint lets it. */
function varied(posture: Float64Array, { amplitude }: Performer, rng: Rng): Float64Array {
  const q = posture.slice();
  const rest = restMotor();
  for (let m = 0; m < MOTOR; m++) {
    const away = q[m] - rest[m];
    const wanted = rest[m] + away * amplitude * (1 + 0.06 * gaussian(rng));
    q[m] = Math.min(MOTOR_AXES[m].max, Math.max(MOTOR_AXES[m].min, wanted));
  }
  return q;
}

/** Of the postures that look so, the one nearest to the keyframe before: joints do not jump between two ways to look alike. */
function anglesOf({ look = {}, angles = {} }: Keyframe, before: Float64Array): Float64Array {
  const q = restMotor();
  const wanted = new Float64Array(SEEN).fill(NaN);
  for (const [bone, to] of Object.entries(look)) {
    const at = seenAt(bone as BoneName);
    const size = Math.hypot(...to);
    for (let c = 0; c < 3; c++) wanted[at + c] = to[c] / size;
    const limb = LIMBS.find(({ seen }) => seen.includes(at));
    for (const m of limb?.motor ?? []) q[m] = before[m];
  }
  solvePosture(forwardLimb, wanted, q, createPostureScratch());
  for (const [axis, angle] of Object.entries(angles)) q[MOTOR_NAMES.indexOf(axis)] = angle;
  return q;
}

/** Slow wandering of every joint (a first-order process of half a second), smoothed once more so that it has no jerks. */
function unsteady(values: Float64Array, noise: number, rng: Rng): void {
  const keep = Math.exp(-1 / (0.5 * RATE));
  const push = noise * Math.sqrt(1 - keep * keep) * 2;
  for (let m = 0; m < MOTOR; m++) {
    let drift = 0;
    let smooth = 0;
    for (let at = m; at < values.length; at += MOTOR) {
      drift = keep * drift + push * gaussian(rng);
      smooth += 0.15 * (drift - smooth);
      values[at] += smooth;
    }
  }
}
