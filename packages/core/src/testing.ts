// For the tests of the whole mind: six things a person does, as keyframes of joint angles, and performers who do
// them bigger or smaller, faster or slower, not quite steadily.

import { MOTOR, MOTOR_NAMES, SEEN, restMotor } from "./body/layout.ts";
import { forward } from "./body/own.ts";
import { type ShowOptions, createShow, pose } from "./body/show.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import type { Demonstration } from "./repertoire/demonstration.ts";
import { type Rng, gaussian } from "./rng.ts";

/** Share of the act gone, and joint angles away from quiet standing, rad (root: trunk lengths). */
type Keyframe = readonly [at: number, away: Readonly<Record<string, number>>];

/** s; the same for all, so that how long an act takes says nothing about which it is. */
const DURATION = 2.4;

const RAISED = { "rShoulder.x": -1.6, rElbow: 1.1 };
const CROUCHED = { "lHip.x": -0.8, "rHip.x": -0.8, lKnee: 1.3, rKnee: 1.3, "trunk.x": 0.4, "root.y": -0.5 };

export const MOVES: Readonly<Record<string, { readonly keys: readonly Keyframe[] }>> = {
  wave: {
    keys: [
      [0.25, RAISED],
      [0.4, { ...RAISED, rElbow: 0.4 }],
      [0.55, { ...RAISED, rElbow: 1.5 }],
      [0.7, { ...RAISED, rElbow: 0.4 }],
      [0.8, RAISED],
    ],
  },
  bow: {
    keys: [
      [0.4, { "trunk.x": 0.9, "head.x": 0.7 }],
      [0.6, { "trunk.x": 0.9, "head.x": 0.7 }],
    ],
  },
  kick: {
    keys: [
      [0.3, { rKnee: 1.2, "rHip.x": 0.3 }],
      [0.55, { "rHip.x": -1, rKnee: 0.1, "trunk.x": -0.2 }],
    ],
  },
  squat: {
    keys: [
      [0.4, CROUCHED],
      [0.6, CROUCHED],
    ],
  },
  spread: {
    keys: [
      [0.4, { "lShoulder.z": 1.2, "rShoulder.z": -1.2 }],
      [0.65, { "lShoulder.z": 1.2, "rShoulder.z": -1.2, "lShoulder.x": -0.4, "rShoulder.x": -0.4 }],
    ],
  },
  drink: {
    keys: [
      [0.3, { "lShoulder.x": -0.7, lElbow: 0.9 }],
      [0.5, { "lShoulder.x": -0.7, lElbow: 2.1, "head.x": -0.3 }],
      [0.7, { "lShoulder.x": -0.7, lElbow: 2.1, "head.x": -0.3 }],
    ],
  },
};

/** One way of doing an act: how big, how fast, how shaky. */
export interface Manner {
  size: number;
  tempo: number;
  /** Standard deviation of each joint angle in each frame, rad. */
  noise: number;
}

export const PLAIN: Manner = { size: 1, tempo: 1, noise: 0 };

/** A performer's manner of the day. */
export function manner(rng: Rng): Manner {
  return { size: Math.exp(0.1 * gaussian(rng)), tempo: Math.exp(0.15 * gaussian(rng)), noise: 0.01 };
}

/** A performance in own coordinates at 30 Hz; between keyframes every joint goes the minimum-jerk way (Flash & Hogan 1985). */
export function performed(name: string, { size, tempo, noise }: Manner, rng: Rng): Demonstration {
  const { keys } = MOVES[name];
  const all: Keyframe[] = [[0, {}], ...keys, [1, {}]];
  const T = Math.round((30 * DURATION) / tempo) + 1;
  const times = Float64Array.from({ length: T }, (_, n) => n / 30);
  const values = new Float64Array(T * MOTOR);
  const rest = restMotor();
  for (let n = 0; n < T; n++) {
    const u = n / (T - 1);
    let k = 0;
    while (k < all.length - 2 && all[k + 1][0] <= u) k++;
    const [[from, a], [to, b]] = [all[k], all[k + 1]];
    const x = (u - from) / (to - from),
      s = x * x * x * (10 - 15 * x + 6 * x * x);
    MOTOR_NAMES.forEach((joint, m) => {
      const away = (a[joint] ?? 0) + s * ((b[joint] ?? 0) - (a[joint] ?? 0));
      values[n * MOTOR + m] = rest[m] + size * away + (noise > 0 ? noise * gaussian(rng) : 0);
    });
  }
  return { times, values };
}

export interface Recording {
  header: RecordingHeader;
  frames: Frame[];
}

/** The performance as a recording of someone with that skeleton. */
export function recorded({ times, values }: Demonstration, skeleton: string, options: ShowOptions = {}): Recording {
  const show = createShow(skeleton, options);
  const looks = new Float64Array(SEEN),
    own = Float64Array.from(values);
  const frames = Array.from(times, (time, n): Frame => {
    forward(own.subarray(n * MOTOR, (n + 1) * MOTOR), looks);
    const body = new Float32Array(show.skeleton.joints.length * 3);
    pose(show, looks, body);
    return { time, body };
  });
  return { header: { format: "attune-recording", version: 1, skeleton, units: "m", up: "y", rate: 30 }, frames };
}
