// A starter act done once: way, side, size, tempo and path as asked, or as they come. The hands go where the score has
// them, swings on top, and the own body finds the joint angles.

import {
  LIMBS,
  MOTOR,
  MOTOR_AXES,
  MOTOR_NAMES,
  SEEN,
  bendArm,
  createPostureScratch,
  createRng,
  forwardLimb,
  gaussian,
  mirrorMotor,
  restMotor,
  shouldersOf,
  solvePosture,
  type Demonstration,
  type Rng,
} from "@attune/core";
import type { StarterAct } from "./act.ts";
import { starterActs } from "./acts.ts";
import { PEOPLE, drawCarriage, partAt, writeScore, type Carriage, type Score } from "./score.ts";
import { swingAt } from "./swing.ts";
import { wander } from "./wander.ts";

/** How an act is done. What is left out comes as it comes. */
export interface Style {
  /** One of the act's ways. */
  readonly way?: string | undefined;
  readonly side?: "left" | "right" | undefined;
  /** Size of movement, 1 as written. */
  readonly amplitude?: number | undefined;
  /** 1 as written, 1.2 a fifth faster. */
  readonly tempo?: number | undefined;
  /** How many rounds of what is repeated: 0 the fewest, 1 the most. */
  readonly share?: number | undefined;
  /** How far the act may be from how it is written: 0 not at all, 1 as among people. */
  readonly variation?: number | undefined;
  readonly carriage?: Carriage | undefined;
  /** s of standing before and after; default none. */
  readonly rest?: number | undefined;
  /** Slow wandering of every joint, rad; default 0.01. */
  readonly drift?: number | undefined;
  /** Samples a second; default 30. */
  readonly rate?: number | undefined;
}

const DRIFT = 0.01;
const DRIFT_TAU = 0.4;

/**
 * A starter act performed once, in own motor coordinates.
 *
 * @throws RangeError if there is no such act or way, or a number is not positive
 */
export function performStarter(name: string, rng: Rng, style: Style = {}): Demonstration {
  if (!Object.hasOwn(starterActs, name))
    throw new RangeError(`performStarter: no starter act "${name}"; there are ${Object.keys(starterActs).join(", ")}`);
  return performAct(starterActs[name], rng, style);
}

/** `performStarter` for any act so described. */
export function performAct(act: StarterAct, rng: Rng, style: Style = {}): Demonstration {
  // Every draw is made whether or not it is used, so that asking for one thing leaves the others as they were.
  const own = (what: string): Rng => createRng(Math.floor(rng() * 4294967296), `actor/${what}`);
  const draws = { choice: own("choice"), size: own("size"), keys: own("keys"), path: own("path"), drift: own("drift") };
  const variation = style.variation ?? 1,
    rate = style.rate ?? 30;
  const names = Object.keys(act.ways);
  const drawn = names[Math.floor(draws.choice() * names.length)],
    right = draws.choice() < 0.5;
  const wayName = style.way ?? drawn;
  if (!Object.hasOwn(act.ways, wayName))
    throw new RangeError(`performStarter: no way "${wayName}" of doing it; there are ${names.join(", ")}`);
  const amplitude = (style.amplitude ?? 1) * Math.exp(variation * PEOPLE.amplitude * gaussian(draws.size)),
    tempo = (style.tempo ?? 1) * Math.exp(variation * PEOPLE.tempo * gaussian(draws.size));
  if (!(amplitude > 0 && tempo > 0 && rate > 0))
    throw new RangeError(`performStarter: amplitude ${amplitude}, tempo ${tempo} and rate ${rate} must be positive`);
  const drawnCarriage = drawCarriage(draws.size, variation);
  const score = writeScore(act, wayName, {
    amplitude,
    tempo,
    variation,
    share: style.share,
    carriage: style.carriage ?? drawnCarriage,
    rest: style.rest ?? 0,
    keys: draws.keys,
    path: draws.path,
  });
  const left = sidedIn(act, wayName) && (style.side === undefined ? !right : style.side === "left");
  return embody(score, rate, left, style.drift ?? DRIFT * variation, draws.drift);
}

/** Whether a side leads in a way of doing an act. */
export function sidedIn(act: StarterAct, way: string): boolean {
  return act.sided !== false && act.ways[way].sided !== false;
}

const ARMS = LIMBS.filter(({ name }) => name === "lArm" || name === "rArm");
const WRISTS = MOTOR_NAMES.flatMap((name, m) => (name.includes("Wrist") ? [m] : []));
const SHRUGS = [MOTOR_NAMES.indexOf("lShrug"), MOTOR_NAMES.indexOf("rShrug")];
/** How far a hand above the shoulder takes the shoulder along, rad. */
const LIFT = 0.3;

/** The score played by the own body: [T, MOTOR]. */
function embody(score: Score, rate: number, left: boolean, drift: number, rng: Rng): Demonstration {
  const T = Math.max(2, Math.round(score.lasts * rate) + 1);
  const times = Float64Array.from({ length: T }, (_, t) => t / rate),
    values = new Float64Array(T * MOTOR);
  const rest = restMotor(),
    q = restMotor(),
    look = new Float64Array(SEEN),
    wanted = new Float64Array(SEEN).fill(NaN),
    shoulders = new Float64Array(6),
    scratch = createPostureScratch();
  const hand = Array.from({ length: 6 }, () => 0),
    other = Array.from({ length: 6 }, () => 0),
    angles = Array.from({ length: score.axes.length }, () => 0),
    out: [number, number] = [0, 0];
  const places = score.axes.map((axis) => MOTOR_NAMES.indexOf(axis));
  if (places.includes(-1)) throw new RangeError(`performStarter: no joint "${score.axes[places.indexOf(-1)]}"`);
  for (let t = 0; t < T; t++) {
    const time = times[t];
    partAt(score.hand, time, hand);
    partAt(score.other, time, other);
    partAt(score.body, time, angles);
    for (let m = 0; m < MOTOR; m++)
      if (!ARMS.some(({ motor }) => motor.includes(m)) || WRISTS.includes(m)) q[m] = rest[m];
    places.forEach((m, i) => (q[m] += angles[i]));
    for (const { when, swing, sign } of score.strokes) {
      swingAt(when, time, out);
      for (const [effector, stroke] of [
        [hand, swing.hand],
        [other, swing.other],
      ] as const)
        if (stroke)
          for (let c = 0; c < 3; c++)
            effector[c] += score.amplitude * (sign * out[0] * stroke.along[c] + out[1] * (stroke.across?.[c] ?? 0));
      for (const [axis, size] of Object.entries(swing.body ?? {}))
        q[MOTOR_NAMES.indexOf(axis)] += score.amplitude * sign * size * out[0];
    }
    q[SHRUGS[0]] += LIFT * lifted(other[1]);
    q[SHRUGS[1]] += LIFT * lifted(hand[1]);
    clamp(q);
    shouldersOf(q, look, shoulders);
    bendArm(0, shoulders, other, other.slice(3), wanted);
    bendArm(1, shoulders, [-hand[0], hand[1], hand[2]], [-hand[3], hand[4], hand[5]], wanted);
    const wrists = WRISTS.map((m) => q[m]);
    solvePosture(forwardLimb, wanted, q, scratch);
    WRISTS.forEach((m, i) => (q[m] = wrists[i]));
    values.set(q, t * MOTOR);
  }
  for (let m = 0; m < MOTOR; m++) {
    const off = wander(T, rate, m < 3 ? 0.3 * drift : drift, DRIFT_TAU, rng);
    for (let t = 0; t < T; t++) values[t * MOTOR + m] += off[t];
  }
  for (let t = 0; t < T; t++) {
    const row = values.subarray(t * MOTOR, (t + 1) * MOTOR);
    clamp(row);
    if (!left) continue;
    q.set(row);
    mirrorMotor(q, row);
  }
  return { times, values };
}

/** 0 for a hanging hand, 1 for one above the head. */
const lifted = (up: number): number => 0.5 * (1 + Math.tanh(2.5 * (up - 0.1)));

function clamp(q: Float64Array): void {
  for (let m = 0; m < MOTOR; m++) q[m] = Math.min(MOTOR_AXES[m].max, Math.max(MOTOR_AXES[m].min, q[m]));
}
