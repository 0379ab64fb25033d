// Somebody to watch: a body of some build who stands somewhere, sways a little, and goes through a script of acts in
// their own manner, seen by a camera that is not perfect. The same spec and script give the same frames; each thing
// that varies has its own stream, so that changing one leaves the others as they were.

import {
  BONES,
  MOTOR,
  MOTOR_AXES,
  SEEN,
  PROPORTIONS,
  createRng,
  createShow,
  forward,
  gaussian,
  pose,
  type BoneName,
  type Demonstration,
  type Frame,
  type RecordingHeader,
  type Rng,
  type Show,
  type Skeleton,
} from "@attune/core";
import type { StarterAct } from "./act.ts";
import { starterActs } from "./acts.ts";
import { type CameraSpec, createCamera, shoot } from "./camera.ts";
import { type Style, performAct } from "./perform.ts";
import { type Carriage, drawCarriage } from "./score.ts";
import { wander } from "./wander.ts";

export interface PersonSpec {
  readonly seed: number;
  readonly who?: string | undefined;
  /** How they are recorded; default "attune-20". */
  readonly skeleton?: string | Skeleton | undefined;
  /** Trunk, m; default drawn. */
  readonly trunk?: number | undefined;
  /** Bone lengths in trunk lengths; those not given are drawn, alike left and right. */
  readonly lengths?: Readonly<Partial<Record<BoneName | "hips", number>>> | undefined;
  /** How far they are turned to their left, rad; default 0. */
  readonly yaw?: number | undefined;
  /** Where the pelvis is, m; default the origin. */
  readonly place?: readonly [number, number, number] | undefined;
  readonly hand?: "left" | "right" | undefined;
  /** 1 as the acts are written; default drawn. */
  readonly tempo?: number | undefined;
  readonly amplitude?: number | undefined;
  /** Slow wandering of every joint, rad; default 0.015. */
  readonly unsteadiness?: number | undefined;
  /** Sway of the pelvis, trunk lengths; default 0.02. */
  readonly sway?: number | undefined;
  readonly camera?: CameraSpec | undefined;
  /** Frames a second; default 30. */
  readonly rate?: number | undefined;
}

/** One act of a script, or, with a pause alone, standing. */
export interface Line {
  /** A starter act's name; absent to stand. */
  readonly act?: string;
  /** How it is done where it is no starter act. */
  readonly as?: StarterAct;
  /** When it begins, s; not before the one before is over. */
  readonly at?: number;
  /** s of standing before it; default drawn, about a second. */
  readonly pause?: number;
  readonly style?: Style;
}

/** What was really going on. */
export interface Segment {
  readonly act: string;
  readonly start: number;
  readonly end: number;
}

export interface Person {
  readonly spec: PersonSpec;
  readonly show: Show;
  readonly header: RecordingHeader;
  readonly carriage: Carriage;
  readonly tempo: number;
  readonly amplitude: number;
}

/** A script gone through: a recording, and the truth about it. */
export interface Take {
  readonly header: RecordingHeader;
  readonly truth: readonly Segment[];
  /** s */
  readonly lasts: number;
  /** Own coordinates at the camera's rate: [T], [T, MOTOR]. */
  readonly motion: Demonstration;
  /** The frames one by one, from the first each time it is called. */
  frames(): Generator<Frame, void, undefined>;
}

/** Log standard deviation of a bone's length among people, in trunk lengths. */
const BUILD = 0.05;
const TRUNK = { mean: 0.5, sd: 0.035 };
const UNSTEADINESS = 0.015;
const SWAY = 0.02;
/** Time constants of wandering joints and swaying, s. */
const JOINT_TAU = 0.5;
const SWAY_TAU = 1.2;
/** s of standing after the last act. */
const AFTER = 0.6;
/** How often the other hand is used. */
const OTHER_HAND = 0.1;

/** @throws RangeError if the skeleton is unknown or a number is out of range */
export function createPerson(spec: PersonSpec): Person {
  const stream = (name: string): Rng => createRng(spec.seed, `actor/${name}`);
  const build = stream("build"),
    manner = stream("manner");
  const lengths: Partial<Record<BoneName | "hips", number>> = {};
  for (const bone of [...BONES, "hips"] as const) {
    if (/^r[A-Z]/.test(bone)) continue;
    const length = bone === "trunk" ? 1 : PROPORTIONS[bone] * Math.exp(BUILD * gaussian(build));
    lengths[bone] = length;
    if (/^l[A-Z]/.test(bone)) lengths[`r${bone.slice(1)}` as BoneName] = length;
  }
  const trunk = spec.trunk ?? TRUNK.mean + TRUNK.sd * Math.max(-2.5, Math.min(2.5, gaussian(build)));
  const show = createShow(spec.skeleton ?? "attune-20", {
    trunk,
    lengths: { ...lengths, ...spec.lengths },
    yaw: spec.yaw ?? 0,
  });
  const carriage = drawCarriage(manner),
    tempo = Math.exp(0.1 * gaussian(manner)),
    amplitude = Math.exp(0.06 * gaussian(manner));
  const known = typeof spec.skeleton !== "object";
  return {
    spec,
    show,
    header: {
      format: "attune-recording",
      version: 1,
      skeleton: known ? show.skeleton.name : show.skeleton,
      units: "m",
      up: "y",
      rate: spec.rate ?? 30,
      source: "generated",
      ...(spec.who === undefined ? {} : { who: spec.who }),
    },
    carriage,
    tempo: spec.tempo ?? tempo,
    amplitude: spec.amplitude ?? amplitude,
  };
}

/**
 * The person goes through a script.
 *
 * @param name tells takes of one person apart: another name, another performance
 * @throws RangeError for an unknown act, or one that is to begin before the one before is over
 */
export function playScript(person: Person, script: readonly Line[], name = "take"): Take {
  const { spec, header, show } = person;
  const rate = spec.rate ?? 30;
  const stream = (what: string): Rng => createRng(spec.seed, `actor/${name}/${what}`);
  const pauses = stream("pauses");
  const truth: Segment[] = [];
  const parts: { from: number; values: ArrayLike<number> }[] = [];
  let now = 0;
  script.forEach((line, i) => {
    const drawn = 0.6 + 0.8 * pauses();
    let start = now + (line.pause ?? (line.at === undefined ? drawn : 0));
    if (line.at !== undefined) {
      if (line.at < now - 1e-9)
        throw new RangeError(
          `playScript: line ${i + 1} begins at ${line.at} s, the one before is over at ${now.toFixed(2)} s`,
        );
      start = Math.max(start, line.at);
    }
    if (line.act === undefined) {
      now = start;
      return;
    }
    const act = line.as ?? starterActs[line.act];
    if (act === undefined)
      throw new RangeError(
        `playScript: no starter act "${line.act}"; describe it (as: { ways, ... }) or use one of ${Object.keys(starterActs).join(", ")}`,
      );
    const rng = stream(`act/${i}/${line.act}`);
    const usual = rng() < OTHER_HAND ? (spec.hand === "left" ? "right" : "left") : (spec.hand ?? "right");
    const { values, times } = performAct(act, rng, {
      side: usual,
      carriage: person.carriage,
      ...line.style,
      tempo: person.tempo * (line.style?.tempo ?? 1),
      amplitude: person.amplitude * (line.style?.amplitude ?? 1),
      rate,
      drift: 0,
      rest: 0,
    });
    const from = Math.round(start * rate);
    parts.push({ from, values });
    const end = (from + times.length - 1) / rate;
    truth.push({ act: line.act, start: from / rate, end });
    now = end;
  });
  const last = script[script.length - 1];
  const lasts = now + (last?.act === undefined ? 0 : AFTER);
  const T = Math.max(1, Math.round(lasts * rate) + 1);
  const values = standing(person, T);
  for (const { from, values: part } of parts) for (let k = 0; k < part.length; k++) values[from * MOTOR + k] = part[k];
  unsteady(values, spec, rate, stream);
  const times = Float64Array.from({ length: T }, (_, t) => t / rate);
  return {
    header,
    truth,
    lasts: (T - 1) / rate,
    motion: { times, values },
    *frames() {
      const seen = new Float64Array(SEEN),
        at = spec.place ?? [0, 0, 0];
      const { joints, dims } = show.skeleton;
      const camera = createCamera(spec.camera ?? {}, joints.length, rate, stream("jitter"), stream("gaps"));
      for (let t = 0; t < T; t++) {
        forward(values.subarray(t * MOTOR, (t + 1) * MOTOR), seen);
        const body = new Float32Array(joints.length * dims);
        pose(show, seen, body);
        for (let k = 0; k < body.length; k++) body[k] += at[k % dims];
        const frame = shoot(camera, { time: times[t], body });
        if (frame) yield spec.who === undefined ? frame : { ...frame, who: spec.who };
      }
    },
  };
}

/** Standing as this person stands: how each act begins and ends. */
function standing({ carriage }: Person, T: number): Float64Array {
  const still: StarterAct = {
    goal: "stand",
    effectors: [],
    source: "",
    ways: { still: { keys: [{ after: 0.1 }], back: 0.1 } },
  };
  const { values } = performAct(still, createRng(0, "actor/still"), {
    carriage,
    variation: 0,
    drift: 0,
    side: "right",
  });
  const out = new Float64Array(T * MOTOR);
  for (let t = 0; t < T; t++) for (let m = 0; m < MOTOR; m++) out[t * MOTOR + m] = values[m];
  return out;
}

/** Wandering joints and a swaying body; within the joints' limits. */
function unsteady(values: Float64Array, spec: PersonSpec, rate: number, stream: (what: string) => Rng): void {
  const T = values.length / MOTOR;
  const joints = stream("unsteadiness"),
    body = stream("sway");
  const tilt = spec.sway ?? SWAY;
  for (let m = 0; m < MOTOR; m++) {
    const { name, min, max } = MOTOR_AXES[m];
    const off = name.startsWith("root")
      ? wander(T, rate, name === "root.y" ? 0.2 * tilt : tilt, SWAY_TAU, body)
      : wander(T, rate, spec.unsteadiness ?? UNSTEADINESS, JOINT_TAU, joints);
    for (let t = 0; t < T; t++) {
      const at = t * MOTOR + m;
      values[at] = Math.min(max, Math.max(min, values[at] + off[t]));
    }
  }
}
