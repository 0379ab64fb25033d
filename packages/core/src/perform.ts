// Acting: the repertoire run forward through the units. A unit that is gone takes its part of the movement with it.

import { MOTOR, SEEN, SEEN_NAMES } from "./body/layout.ts";
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
  const side = reach.hand ?? "right";
  const q = new Float64Array(MOTOR),
    seen = new Float64Array(SEEN),
    look = new Float64Array(SEEN);
  const mean = generate(known, { rate: 30 });
  const T = mean.times.length,
    row = Math.round(phase * (T - 1));
  const own = mean.values.subarray(row * MOTOR, (row + 1) * MOTOR),
    trial = new Float64Array(MOTOR),
    phi = new Float64Array(IMAGE_SCRATCH),
    scratch = createPostureScratch();
  forward(own, look);
  let least = Infinity;
  for (const swivel of SWIVELS) {
    aim(look, side, at, swivel, seen);
    trial.set(own);
    solvePosture((limb, from, to) => imagine(image, limb, from, to, phi), seen, trial, scratch, {
      pull: 1e-5,
      maxSteps: 40,
    });
    const miss = missOf(trial, side, at);
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
function missOf(q: Float64Array, side: "left" | "right", at: readonly number[]): number {
  const seen = new Float64Array(SEEN),
    p = side === "left" ? "l" : "r";
  forward(q, seen);
  const bones = [`${p}Clavicle`, `${p}UpperArm`, `${p}Forearm`] as const;
  const wrist = [0, 1, 2].map((i) =>
    bones.reduce(
      (s, bone) => s + (PROPORTIONS[bone] / PROPORTIONS.trunk) * seen[SEEN_NAMES.indexOf(`${bone}.x`) + i],
      0,
    ),
  );
  return Math.hypot(...wrist.map((v, i) => v - at[i]));
}

/**
 * Arm directions that bring the wrist to a place: the two-bone triangle in the plane the elbow is in now, turned by `swivel`
 * about the line from shoulder to wrist.
 */
function aim(
  look: Float64Array,
  side: "left" | "right",
  at: readonly number[],
  swivel: number,
  out: Float64Array,
): void {
  const p = side === "left" ? "l" : "r";
  const clavicle = SEEN_NAMES.indexOf(`${p}Clavicle.x`),
    upper = SEEN_NAMES.indexOf(`${p}UpperArm.x`),
    fore = SEEN_NAMES.indexOf(`${p}Forearm.x`);
  const trunk = PROPORTIONS.trunk,
    c = (side === "left" ? PROPORTIONS.lClavicle : PROPORTIONS.rClavicle) / trunk,
    a = (side === "left" ? PROPORTIONS.lUpperArm : PROPORTIONS.rUpperArm) / trunk,
    b = (side === "left" ? PROPORTIONS.lForearm : PROPORTIONS.rForearm) / trunk;
  const to = [0, 1, 2].map((i) => at[i] - c * look[clavicle + i]);
  const distance = Math.hypot(to[0], to[1], to[2]);
  if (distance > a + b || distance < Math.abs(a - b) || distance === 0)
    throw new RangeError(
      `act: the hand cannot reach ${at.join(", ")}: ${distance.toFixed(2)} trunk lengths from the shoulder, expected ${Math.abs(a - b).toFixed(2)} to ${(a + b).toFixed(2)}`,
    );
  const n = to.map((v) => v / distance);
  const along = (a * a - b * b + distance * distance) / (2 * distance),
    across = Math.sqrt(Math.max(0, a * a - along * along));
  let e = [0, 1, 2].map((i) => look[upper + i]);
  const dot = e[0] * n[0] + e[1] * n[1] + e[2] * n[2];
  e = e.map((v, i) => v - dot * n[i]);
  let size = Math.hypot(e[0], e[1], e[2]);
  if (size < 1e-6) {
    e = [0, -1, 0].map((v, i) => v + n[1] * n[i]);
    size = Math.hypot(e[0], e[1], e[2]) || 1;
  }
  e = e.map((v) => v / size);
  const aside = [n[1] * e[2] - n[2] * e[1], n[2] * e[0] - n[0] * e[2], n[0] * e[1] - n[1] * e[0]];
  e = e.map((v, i) => Math.cos(swivel) * v + Math.sin(swivel) * aside[i]);
  out.fill(NaN);
  for (let i = 0; i < 3; i++) {
    const elbow = along * n[i] + across * e[i];
    out[upper + i] = elbow / a;
    out[fore + i] = (to[i] - elbow) / b;
  }
}
