// Acting: the repertoire run forward through the units. A unit that is gone takes its part of the movement with it.

import { bendArm, shouldersOf, wristAt } from "./body/arm.ts";
import { MOTOR, SEEN, SEEN_NAMES, seenAt } from "./body/layout.ts";
import { forward } from "./body/own.ts";
import { PROPORTIONS } from "./body/show.ts";
import { createPostureScratch, solvePosture } from "./body/posture.ts";
import { unitsOf } from "./rebuild.ts";
import { type Mind, ownNames } from "./mind.ts";
import { IMAGE_SCRATCH, imagine } from "./neurons/image.ts";
import { decode, drive } from "./neurons/population.ts";
import type { Condition } from "./repertoire/conditions.ts";
import { generate } from "./repertoire/generate.ts";
import { createRng } from "./rng.ts";

/** A place one hand should be at, in trunk lengths from the neck: left, up, forward. */
export interface Reach {
  /** 0..1; 1 is the end. */
  phase: number;
  at: readonly number[];
  hand?: "left" | "right";
}

export interface ActOptions {
  /** s */
  duration?: number;
  /** Hz; default 30 */
  rate?: number;
  /** Where the hand should end (persons), or the goal coordinates (channels, NaN where free). */
  to?: readonly number[];
  hand?: "left" | "right";
  via?: readonly Reach[];
  /** Draw a performance instead of the mean one. */
  sample?: boolean;
  seed?: number;
}

export interface Performance {
  name: string;
  times: Float64Array;
  /** Own coordinates, [T, D]. */
  own: Float64Array;
  /** What it looks like, [T, S]. */
  seen: Float64Array;
  ownNames: readonly string[];
  seenNames: readonly string[];
  warnings: string[];
}

/**
 * Performs an act.
 *
 * @throws RangeError if the act is unknown, known by sight alone, or asked for something impossible
 */
export function act(mind: Mind, name: string, options: ActOptions = {}): Performance {
  const { repertoire, spec } = mind;
  const index = repertoire.acts.findIndex((a) => a.name === name);
  if (index < 0)
    throw new RangeError(
      `act: "${name}" is not known; known: ${repertoire.acts.map((a) => a.name).join(", ") || "nothing yet, learn an act first"}`,
    );
  const known = repertoire.acts[index];
  if (known.space === "seen")
    throw new RangeError(
      `act: "${name}" is known by sight alone: this mind has no image of its body to do it with; raise it, then learn the act again`,
    );
  const person = spec.body.kind === "person";
  const short: string[] = [];
  const conditions: Condition[] = (options.via ?? []).map((v) => conditionAt(mind, index, v, short));
  if (options.to)
    conditions.push(
      conditionAt(mind, index, { phase: 1, at: options.to, ...(options.hand ? { hand: options.hand } : {}) }, short),
    );
  const motion = generate(known, {
    rate: options.rate ?? 30,
    conditions,
    ...(options.duration === undefined ? {} : { duration: options.duration }),
    ...(options.sample ? { sample: createRng(options.seed ?? spec.seed, `act/${name}`) } : {}),
  });
  const D = known.dims.length,
    S = spec.body.names.length,
    T = motion.times.length;
  const own = motion.values,
    seen = new Float64Array(T * S);
  const warnings = [...short, ...motion.warnings];
  gate(mind, index, own, D, warnings);
  for (let t = 0; t < T; t++)
    if (person) forward(own.subarray(t * MOTOR, (t + 1) * MOTOR), seen.subarray(t * SEEN, (t + 1) * SEEN));
    else seen.set(own.subarray(t * D, (t + 1) * D), t * S);
  return {
    name,
    times: motion.times,
    own,
    seen,
    ownNames: ownNames(spec.body),
    seenNames: person ? SEEN_NAMES : spec.body.names,
    warnings,
  };
}

/** The units move the body: where those of a phase are gone, the movement stops. */
function gate(mind: Mind, index: number, own: Float64Array, D: number, warnings: string[]): void {
  const T = own.length / D;
  const at = unitsOf(mind, index);
  const intended = own.slice();
  let lost = 0;
  for (let t = 1; t < T; t++) {
    drive(mind.population, at, t / (T - 1), 0);
    const output = Math.min(1, decode(mind.population, at));
    if (output < 0.5) lost++;
    for (let d = 0; d < D; d++)
      own[t * D + d] = own[(t - 1) * D + d] + output * (intended[t * D + d] - intended[(t - 1) * D + d]);
  }
  mind.population.rates.fill(0);
  if (lost > 0) warnings.push(`${Math.round((100 * lost) / T)} % of the movement has no units left to drive it`);
}

/** Turns of the elbow about the line from shoulder to wrist that are tried, rad: joints do not go everywhere. */
const SWIVELS = [0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2.2, -2.2, Math.PI];
/** 0 left, 1 right. */
type Side = 0 | 1;
/** Trunk lengths by which a wrist may miss its place. */
const CLOSE = 0.02;

/**
 * A wish about the hand (its wrist) as a condition on own coordinates: a posture near the act's own at that phase that puts
 * the wrist there, found through the image of the body, the elbow turned only as far as needed.
 *
 * @param short is told when no posture gets there
 */
function conditionAt(mind: Mind, index: number, reach: Reach, short: string[]): Condition {
  const known = mind.repertoire.acts[index];
  const { phase, at } = reach;
  if (!(phase >= 0 && phase <= 1)) throw new RangeError(`act: a via-point at phase ${phase}, expected 0 to 1`);
  if (mind.spec.body.kind !== "person") {
    if (at.length !== known.dims.length)
      throw new RangeError(
        `act: a goal of ${at.length} numbers, expected ${known.dims.length} (${known.dims.join(", ")})`,
      );
    return { phase, values: Float64Array.from(at) };
  }
  if (at.length !== 3 || !at.every(Number.isFinite))
    throw new RangeError(
      `act: a hand target of ${at.length} numbers, expected 3: left, up, forward of the neck, in trunk lengths`,
    );
  const image = mind.image;
  if (!image) throw new RangeError("act: a newborn mind has no image of its body; raise it first");
  const side = reach.hand ?? "right",
    arm: Side = side === "left" ? 0 : 1;
  const q = new Float64Array(MOTOR),
    seen = new Float64Array(SEEN),
    look = new Float64Array(SEEN);
  const mean = generate(known, { rate: 30 });
  const T = mean.times.length,
    row = Math.round(phase * (T - 1));
  const own = mean.values.subarray(row * MOTOR, (row + 1) * MOTOR),
    trial = new Float64Array(MOTOR),
    probe = new Float64Array(SEEN),
    shoulders = new Float64Array(6),
    phi = new Float64Array(IMAGE_SCRATCH),
    scratch = createPostureScratch();
  forward(own, look);
  shouldersOf(own, look.slice(), shoulders);
  checkReach(shoulders, arm, at);
  const upper = seenAt(side === "left" ? "lUpperArm" : "rUpperArm"),
    line = at.map((v, i) => v - shoulders[3 * arm + i]);
  let least = Infinity;
  for (const swivel of SWIVELS) {
    seen.fill(NaN);
    bendArm(arm, shoulders, at, swivelled([...look.subarray(upper, upper + 3)], line, swivel), seen);
    trial.set(own);
    solvePosture((limb, from, to) => imagine(image, limb, from, to, phi), seen, trial, scratch, {
      pull: 1e-5,
      maxSteps: 40,
    });
    const miss = missOf(trial, arm, at, probe);
    if (miss < least) {
      least = miss;
      q.set(trial);
    }
    if (least < CLOSE) break;
  }
  if (least >= CLOSE)
    short.push(
      `the ${side} wrist gets no nearer to ${at.join(", ")} than ${least.toFixed(2)} trunk lengths: no posture of the arm is there`,
    );
  const values = new Float64Array(MOTOR).fill(NaN);
  const first = known.dims.indexOf(`${side === "left" ? "l" : "r"}Shoulder.x`);
  for (let m = first; m < first + 4; m++) values[m] = q[m];
  return { phase, values };
}

/** How far a posture's wrist is from a place, trunk lengths. */
function missOf(q: Float64Array, side: Side, at: readonly number[], seen: Float64Array): number {
  forward(q, seen);
  const wrist = [0, 0, 0];
  wristAt(side, seen, wrist);
  return Math.hypot(...wrist.map((v, i) => v - at[i]));
}

/** @throws RangeError where the arm, however it is turned, is too short or too long */
function checkReach(shoulders: Float64Array, side: Side, at: readonly number[]): void {
  const { rUpperArm, rForearm } = PROPORTIONS,
    nearest = Math.abs(rUpperArm - rForearm),
    furthest = rUpperArm + rForearm;
  const distance = Math.hypot(...at.map((v, i) => v - shoulders[3 * side + i]));
  if (distance > furthest || distance < nearest || distance === 0)
    throw new RangeError(
      `act: the hand cannot reach ${at.join(", ")}: ${distance.toFixed(2)} trunk lengths from the shoulder, expected ${nearest.toFixed(2)} to ${furthest.toFixed(2)}`,
    );
}

/** Where an elbow points when it is turned by `angle` about the line from shoulder to wrist. */
function swivelled(elbow: readonly number[], line: readonly number[], angle: number): number[] {
  const length = Math.hypot(...line),
    n = line.map((v) => v / length);
  const along = elbow.reduce((s, v, i) => s + v * n[i], 0);
  // An elbow on the line points nowhere: down, then.
  let e = elbow.map((v, i) => v - along * n[i]);
  if (Math.hypot(...e) < 1e-6) e = [n[1] * n[0], n[1] * n[1] - 1, n[1] * n[2]];
  const aside = [n[1] * e[2] - n[2] * e[1], n[2] * e[0] - n[0] * e[2], n[0] * e[1] - n[1] * e[0]];
  return e.map((v, i) => Math.cos(angle) * v + Math.sin(angle) * aside[i]);
}
