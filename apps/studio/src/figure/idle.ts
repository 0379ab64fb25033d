// At rest a body breathes and blinks. Both are given as offsets of motor coordinates and as an action unit, so that whoever draws adds
// them to what the engine asks for, and may leave them out.

import { FACE, FACE_UNITS, MOTOR, MOTOR_NAMES, createRng } from "@attune/core";

/** To be added to `own` and, unit by unit, taken as the larger with `face`; plain data. */
export interface Idle {
  readonly own: Float64Array;
  readonly face: Float32Array;
}

export function createIdle(): Idle {
  return { own: new Float64Array(MOTOR), face: new Float32Array(FACE) };
}

/** Breaths a second at rest, and how long a blink goes down and up, s. */
const BREATHS = 0.23;
const DOWN = 0.07,
  UP = 0.15;
/** One blink falls into each stretch of so many s, anywhere in it but near its end. */
const STRETCH = 4;

const SHRUGS = [MOTOR_NAMES.indexOf("lShrug"), MOTOR_NAMES.indexOf("rShrug")];
const TRUNK = MOTOR_NAMES.indexOf("trunk.x");
const HEAD = MOTOR_NAMES.indexOf("head.x");
const ROOT = MOTOR_NAMES.indexOf("root.y");
const LIDS = [FACE_UNITS.indexOf("AU43L"), FACE_UNITS.indexOf("AU43R")];

/**
 * Breathing and blinking at one moment; the same time and seed give the same.
 *
 * @param out written over where given, so that nothing is allocated
 */
export function idle(timeSeconds: number, seed: number, out: Idle = createIdle()): Idle {
  const { own, face } = out;
  const breath = breathAt(timeSeconds);
  own.fill(0);
  for (const shrug of SHRUGS) own[shrug] = 0.035 * breath;
  own[TRUNK] = -0.012 * breath;
  own[HEAD] = -0.008 * breath;
  own[ROOT] = 0.004 * breath;
  face.fill(0);
  const closed = blinkAt(timeSeconds, seed);
  for (const lid of LIDS) face[lid] = closed;
  return out;
}

/** 0 breathed out, 1 breathed in; in is shorter than out, with a rest after. */
function breathAt(time: number): number {
  const phase = time * BREATHS - Math.floor(time * BREATHS);
  if (phase < 0.38) return (1 - Math.cos((Math.PI * phase) / 0.38)) / 2;
  if (phase < 0.88) return (1 + Math.cos((Math.PI * (phase - 0.38)) / 0.5)) / 2;
  return 0;
}

function blinkAt(time: number, seed: number): number {
  const stretch = Math.floor(time / STRETCH);
  const rng = createRng(seed, `figure/blink/${stretch}`);
  const start = STRETCH * (stretch + 0.1 + 0.8 * rng());
  const since = time - start;
  if (since < 0 || since > DOWN + UP) return 0;
  const share = since < DOWN ? since / DOWN : 1 - (since - DOWN) / UP;
  return share * share * (3 - 2 * share);
}
