// For the tests of answering: others with a face, hands and a voice, made up.

import { EXPRESSION_NAMES, expressionNamed } from "../affect/expressions.ts";
import type { Reading, Relation } from "../affect/types.ts";
import { FACE, FACE_UNITS } from "../body/face.ts";
import { VISAGE, visageOf } from "../body/visage.ts";
import { type Rng, createRng, gaussian } from "../rng.ts";
import { respond } from "./respond.ts";
import { type Scene, createScene } from "./scene.ts";
import type { Social } from "./social-state.ts";

export const DT = 1 / 30;

/** A scene with somebody in it who shows nothing. */
export function sceneWith(relation: Relation, given: Partial<Scene> = {}): Scene {
  const scene: Scene = {
    ...createScene(),
    who: "Ada",
    gazeAtMe: 0.9,
    relation: { ...relation },
    reading: readingOf("neutral"),
    seenUnits: new Float64Array(VISAGE),
    ...given,
  };
  scene.context = { ...scene.context };
  return scene;
}

/** As sure as `sure` of one expression, the rest neutral. */
export function readingOf(name: string, sure = 0.9, seen = 1): Reading {
  const probability = new Float64Array(EXPRESSION_NAMES.length + 1);
  probability[EXPRESSION_NAMES.length] = 1 - sure;
  if (name === "neutral") probability[EXPRESSION_NAMES.length] = 1;
  else probability[EXPRESSION_NAMES.indexOf(name)] = sure;
  const { valence, arousal } = name === "neutral" ? { valence: 0, arousal: 0 } : expressionNamed(name);
  return { probability, valence, arousal, precision: 20 * seen, seen, cannotSee: seen === 0, startled: false };
}

/** Puts an expression on their face, at a size 0..1. */
export function show(scene: Scene, name: string, size = 1, sure = 0.9): void {
  const units = new Float64Array(VISAGE);
  if (name !== "neutral") visageOf(expressionNamed(name)).forEach((unit, u) => (units[u] = unit * size));
  scene.reading = readingOf(name, sure);
  scene.seenUnits = units;
}

/** A smile with the corners of the mouth alone. */
export function showPoliteSmile(scene: Scene, size = 0.6): void {
  show(scene, "joy", 0, 0.7);
  const units = new Float64Array(VISAGE);
  units[FACE_UNITS.indexOf("AU12L")] = units[FACE_UNITS.indexOf("AU12R")] = size;
  scene.seenUnits = units;
}

/** Plays the scene for some seconds as it stands; `each` sees every frame. */
export function play(social: Social, scene: Scene, seconds: number, each?: (social: Social) => void): void {
  const frames = Math.round(seconds / DT);
  for (let i = 0; i < frames; i++) {
    scene.time += DT;
    respond(social, scene, DT);
    each?.(social);
    if (scene.events.length > 0) scene.events = [];
  }
}

/** They do an act, and it is recognised in the next frame. */
export function doAct(scene: Scene, act: string, hand?: "left" | "right"): void {
  scene.acts = [{ name: act, probability: 0.95, phase: 0.7, ...(hand ? { hand } : {}) }];
  scene.events = [{ kind: "recognised", act, time: scene.time, since: scene.time - 0.8, probability: 0.95 }];
}

/** What a unit of Attune's face is driven to, the stronger side. */
export function unit(social: Social, name: string): number {
  let most = 0;
  for (let u = 0; u < FACE; u++) if (FACE_UNITS[u].startsWith(name)) most = Math.max(most, social.out.drive[u]);
  return most;
}

/** Someone talking: pitch, pauses and looks at 100 frames a second, and the places where a listener is welcome, s. */
export interface Speech {
  readonly dt: number;
  readonly speaking: boolean[];
  readonly pitchHz: number[];
  readonly gaze: number[];
  readonly welcome: number[];
  /** s in which they speak. */
  readonly spoken: number;
}

/**
 * Phrases of 1.2 to 4 s. About half end low and in a look at the listener, and want an answer there; the rest end level or
 * rising, eyes away, and go on after a short breath.
 */
export function speech(seed: number, seconds: number): Speech {
  const rng = createRng(seed, "test/speech");
  const dt = 0.01;
  const out: Speech & { spoken: number } = { dt, speaking: [], pitchHz: [], gaze: [], welcome: [], spoken: 0 };
  const base = 95 + 130 * rng();
  while (out.speaking.length * dt < seconds) phrase(out, rng, base);
  return out;
}

function phrase(out: Speech & { spoken: number }, rng: Rng, base: number): void {
  const { dt } = out;
  const length = 1.2 + 2.8 * rng(),
    wants = rng() < 0.55,
    low = 0.18 + 0.3 * rng(),
    slow = 0.6 + rng(),
    phase = rng() * 6;
  for (let t = 0; t < length; t += dt) {
    const left = length - t;
    const syllable = 1 + 0.12 * Math.sin(2 * Math.PI * 4.5 * t + phase) + 0.08 * Math.sin(2 * Math.PI * slow * t);
    const end = wants ? (left < low ? 0.72 : 1) : left < 0.3 ? 1.12 : 1;
    const voiced = Math.sin(2 * Math.PI * 4.5 * t + phase + 1) > -0.75 || (wants && left < low);
    out.speaking.push(true);
    out.pitchHz.push(voiced ? base * syllable * end * (1 - 0.03 * t) * Math.exp(0.02 * gaussian(rng)) : NaN);
    out.gaze.push(wants && left < 0.5 ? 0.9 : rng() < 0.02 ? 0.7 : 0.15);
  }
  out.spoken += length;
  if (wants) out.welcome.push(out.speaking.length * dt);
  const pause = wants ? 0.5 + 0.6 * rng() : 0.12 + 0.35 * rng();
  for (let t = 0; t < pause; t += dt) {
    out.speaking.push(false);
    out.pitchHz.push(NaN);
    out.gaze.push(wants ? 0.9 : 0.15);
  }
}
