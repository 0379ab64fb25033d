// From what is going on to what the face, the head and the eyes are driven to. Copies follow what is still seen, a little
// late; smiles are gone at once when the other is in distress.

import { FACE } from "../body/face.ts";
import { HEAD_AT, TURNS, VISAGE } from "../body/visage.ts";
import { CHANNELS } from "./policy.ts";
import type { Scene } from "./scene.ts";
import type { Chosen, Social } from "./social-state.ts";

/** s in which a unit comes and goes, the head turns, and a copy follows. [D] */
const COMES = 0.12,
  GOES = 0.3,
  TURNING = 0.25,
  FOLLOWS = 0.5;
/** Where eyes go that look away, rad: to a side and down. */
const AWAY_YAW = 0.35,
  AWAY_PITCH = -0.18;

const FACE_CHANNEL = CHANNELS.indexOf("face"),
  BODY_CHANNEL = CHANNELS.indexOf("body"),
  GAZE_CHANNEL = CHANNELS.indexOf("gaze"),
  STEP_CHANNEL = CHANNELS.indexOf("step");
const PITCH = HEAD_AT + TURNS.indexOf("head.pitch"),
  YAW = HEAD_AT + TURNS.indexOf("head.yaw"),
  ROLL = HEAD_AT + TURNS.indexOf("head.roll"),
  EYE_PITCH = HEAD_AT + TURNS.indexOf("gaze.pitch"),
  EYE_YAW = HEAD_AT + TURNS.indexOf("gaze.yaw");
// Own copies: reading an import in a loop costs under some loaders.
const UNITS = FACE,
  SIZE = VISAGE;

/** Writes `social.out`; no allocation. */
export function drive(social: Social, scene: Scene, dt: number): void {
  const { target, out, now, policy, step, index } = social;
  target.fill(0);
  const face = now[FACE_CHANNEL],
    eyes = now[GAZE_CHANNEL],
    hands = now[BODY_CHANNEL];
  let lean = 0;
  if (face) {
    const { do: doing } = policy.rows[face.row];
    if (face.pattern && face.mask) copy(target, face, face.pattern, face.mask, scene, dt);
    const units = index.faces[face.row];
    if (units) for (let u = 0; u < UNITS; u++) target[u] = units[u] * face.strength;
    if (doing.head) {
      target[PITCH] = (doing.head.pitch ?? 0) * face.strength;
      target[YAW] = (doing.head.yaw ?? 0) * face.strength;
      target[ROLL] = (doing.head.roll ?? 0) * face.strength;
    }
    lean = (doing.lean ?? 0) * face.strength;
  }
  out.gaze = eyes ? (policy.rows[eyes.row].do.gaze ?? "other") : scene.who === null ? "free" : "other";
  if (eyes && out.gaze === "away") {
    target[EYE_YAW] = AWAY_YAW * eyes.side;
    target[EYE_PITCH] = AWAY_PITCH;
  }
  out.still = hands !== null && policy.rows[hands.row].do.act === "";
  settle(out.drive, target, dt);
  out.lean += (lean - out.lean) * (1 - Math.exp(-dt / 0.6));
  const sober = scene.time < social.cues.plea + policy.noSmile;
  for (let u = 0; u < UNITS; u++) out.limit[u] = sober && index.smile[u] ? 0 : 1;
  if (sober) soberUp(out.drive, index.smile);
  out.inStep = now[STEP_CHANNEL]?.strength ?? 0;
  out.phase = step.phase;
}

function copy(
  target: Float64Array,
  { strength }: Chosen,
  pattern: Float64Array,
  mask: Uint8Array,
  { seenUnits }: Scene,
  dt: number,
): void {
  const k = 1 - Math.exp(-dt / FOLLOWS);
  for (let u = 0; u < UNITS; u++) {
    if (!mask[u]) continue;
    const seen = seenUnits ? seenUnits[u] : NaN;
    if (seen >= 0) pattern[u] += k * (Math.min(1, seen) - pattern[u]);
    target[u] = strength * pattern[u];
  }
}

function settle(now: Float64Array, target: Float64Array, dt: number): void {
  const comes = 1 - Math.exp(-dt / COMES),
    goes = 1 - Math.exp(-dt / GOES),
    turns = 1 - Math.exp(-dt / TURNING);
  for (let u = 0; u < UNITS; u++) now[u] += (target[u] > now[u] ? comes : goes) * (target[u] - now[u]);
  for (let u = UNITS; u < SIZE; u++) now[u] += turns * (target[u] - now[u]);
}

function soberUp(now: Float64Array, smile: Uint8Array): void {
  for (let u = 0; u < UNITS; u++) if (smile[u]) now[u] = 0;
}
