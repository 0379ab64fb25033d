// The own face: what of the feeling shows, what answers the other, what is put on; and back from the face to the feeling.
// Emotions show as their expressions at once; core affect shows a little all the time, as the expressions near it on the plane
// of valence and arousal. Units come in .15 s and go in .45 s, and in .15 s where they must not be.

import { FACE, FACE_UNITS } from "../body/face.ts";
import { VISAGE, visageOf } from "../body/visage.ts";
import { EXPRESSIONS } from "./expressions.ts";
import { nextGaussian } from "./noise.ts";

/** s in which a unit comes and goes. [D] */
export const TAU_ON = 0.15;
export const TAU_OFF = 0.45;
/** Share of a feeling that shows: median over people and moments (with its logarithm's deviation over moments below). [D] */
export const SHOWN = 0.85;
/** Display rules of the moment: standing deviation of ln(shown), and s they last. [D, fitted with the correlation of .30] */
export const DISPLAY_RULE = 0.5;
export const TAU_RULE = 120;
/** How much core affect shows by itself, and an emotion at its strongest. [D] */
const TONIC = 0.35,
  PHASIC = 0.5;
/** Width of an expression's place on the plane. [D] */
const WIDTH = 0.22;
/** How much likelier an expression is there whose emotion is felt. [D] */
const NAMED = 4;

/** What the face does to valence: signs and sizes of a rule for reading it (r .80 with labels' signs). [M] */
export const FACE_VALENCE: Readonly<Record<string, number>> = {
  AU12: 0.5,
  AU06: 0.2,
  AU04: -0.35,
  AU15: -0.25,
  AU09: -0.2,
  AU17: -0.15,
  AU24: -0.1,
};

const COUNT = EXPRESSIONS.length;
// Own copies: reading an import in a loop costs under some loaders.
const SIZE = VISAGE,
  UNITS = FACE;
/** [COUNT, VISAGE] */
const PROTOTYPES = Float64Array.from(EXPRESSIONS.flatMap((expression) => [...visageOf(expression)]));
/** Places on the plane, [COUNT] each. */
const PLACE_VALENCE = Float64Array.from(EXPRESSIONS, ({ valence }) => valence),
  PLACE_AROUSAL = Float64Array.from(EXPRESSIONS, ({ arousal }) => arousal);
/** [VISAGE]; units with two sides count half each. */
const TO_VALENCE = Float64Array.from({ length: VISAGE }, (_, k) => {
  const unit = k < FACE ? FACE_UNITS[k] : "";
  return (FACE_VALENCE[unit.slice(0, 4)] ?? 0) / (unit.length > 4 ? 2 : 1);
});

/** Plain data. */
export interface Display {
  /** The face as it is, [VISAGE]. */
  x: Float64Array;
  /** What the feeling alone would show, [VISAGE]. */
  own: Float64Array;
  /** How much of each expression the feeling shows, [EXPRESSIONS]. */
  shown: Float64Array;
  /** ln of how much shows just now against the person's ordinary. */
  rule: number;
}

/** What there is to show. */
export interface Showing {
  readonly valence: number;
  readonly arousal: number;
  /** Strength of the emotions that show as each expression, 0..1, [EXPRESSIONS]. */
  readonly emotions: Float64Array;
  /** Of the temperament. */
  readonly expressiveness: number;
  /** Of regulation and of what is better hidden, 0..1. */
  readonly factor: number;
  /** The most each unit may show, but for what is put on, [FACE]; undefined: all. */
  readonly limit?: ArrayLike<number> | undefined;
}

/** @param varied false for a face without display rules that come and go */
export function createDisplay(noise: Uint32Array, varied = true): Display {
  return {
    x: new Float64Array(VISAGE),
    own: new Float64Array(VISAGE),
    shown: new Float64Array(COUNT),
    rule: varied ? DISPLAY_RULE * nextGaussian(noise) : 0,
  };
}

/**
 * One step of the face.
 *
 * @param response what answers the other, [VISAGE], added to what shows of the feeling
 * @param pose what is put on, [VISAGE]; where it is more than what is there by itself it is what shows
 * @param varied whether display rules come and go
 */
export function stepDisplay(
  display: Display,
  { valence, arousal, emotions, expressiveness, factor, limit }: Showing,
  response: ArrayLike<number> | undefined,
  pose: ArrayLike<number> | undefined,
  noise: Uint32Array,
  varied: boolean,
  dt: number,
): void {
  const { x, own, shown } = display;
  if (varied) {
    const keep = Math.exp(-dt / TAU_RULE);
    display.rule = display.rule * keep + DISPLAY_RULE * Math.sqrt(1 - keep * keep) * nextGaussian(noise);
  }
  const much = SHOWN * expressiveness * factor * Math.exp(display.rule);
  placeOnPlane(valence, arousal, emotions, shown);
  own.fill(0);
  for (let e = 0; e < COUNT; e++) {
    shown[e] = much * (TONIC * shown[e] + PHASIC * emotions[e]);
    if (shown[e] < 1e-4) continue;
    for (let k = 0, at = e * SIZE; k < SIZE; k++) own[k] += shown[e] * PROTOTYPES[at + k];
  }
  const on = -Math.expm1(-dt / TAU_ON),
    off = -Math.expm1(-dt / TAU_OFF);
  for (let k = 0; k < SIZE; k++) {
    // A muscle contracts all the way and no further; a head turns so far.
    const least = k < UNITS ? 0 : -MOST_TURN,
      most = k < UNITS ? 1 : MOST_TURN;
    own[k] = Math.max(least, Math.min(most, own[k]));
    let aim = own[k] + (response ? response[k] : 0),
      goes = off;
    if (limit && k < UNITS && x[k] > limit[k]) goes = on;
    if (limit && k < UNITS && aim > limit[k]) aim = limit[k];
    if (pose && Math.abs(pose[k]) > Math.abs(aim)) aim = pose[k];
    // A response or a pose that is no number moves nothing.
    if (!(aim >= least)) aim = aim < least ? least : own[k];
    if (aim > most) aim = most;
    x[k] += (aim - x[k]) * (Math.abs(aim) > Math.abs(x[k]) ? on : goes);
  }
}

/** rad */
export const MOST_TURN = 1.2;

/** The valence of a face, -1..1: what facial feedback pulls towards. */
export function faceValence(face: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < UNITS; k++) sum += TO_VALENCE[k] * face[k];
  return Math.max(-1, Math.min(1, sum));
}

/**
 * How much of one expression a face shows: its projection on the prototype, 1 at the apex.
 *
 * @param expression place in EXPRESSIONS
 */
export function amountOf(expression: number, face: ArrayLike<number>): number {
  let along = 0,
    size = 0;
  for (let k = 0, at = expression * SIZE; k < UNITS; k++) {
    along += face[k] * PROTOTYPES[at + k];
    size += PROTOTYPES[at + k] * PROTOTYPES[at + k];
  }
  return along / size;
}

/** How much of an emotion of that strength, 0..1, ordinary people show. */
export function ordinarilyShown(strength: number): number {
  return SHOWN * PHASIC * strength;
}

/**
 * How much of each expression there is at a place on the plane, into `out`: nearness to its own place, more for those whose
 * emotion is felt, against a face at rest in the middle; as strong as the place is far out.
 */
function placeOnPlane(valence: number, arousal: number, emotions: Float64Array, out: Float64Array): void {
  const narrow = -0.5 / (WIDTH * WIDTH);
  const out2 = valence * valence + arousal * arousal;
  let sum = Math.exp(narrow * out2);
  for (let e = 0; e < COUNT; e++) {
    const v = valence - PLACE_VALENCE[e],
      a = arousal - PLACE_AROUSAL[e];
    out[e] = (1 + NAMED * emotions[e]) * Math.exp(narrow * (v * v + a * a));
    sum += out[e];
  }
  const scale = Math.min(1, Math.sqrt(out2)) / sum;
  for (let e = 0; e < COUNT; e++) out[e] *= scale;
}
