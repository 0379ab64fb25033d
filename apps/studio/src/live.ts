// What changes with every frame: the person as seen, the own body, beliefs, units. Mutable, read by whoever draws.

import {
  FACE,
  FACE_UNITS,
  HEAD_AT,
  MOTOR,
  MOTOR_NAMES,
  TURNS,
  UNITS_PER_ACT,
  VISAGE,
  restMotor,
  turnHead,
  type UtteranceKind,
} from "@attune/core";
import type { Sign } from "@attune/perception";
import type { Idle } from "./figure/index.ts";
import type { FaceShow, FeelingNow, FeelingTold } from "./mind/feeling-protocol.ts";
import type { Belief, Posture, Show } from "./mind/protocol.ts";
import type { Mode } from "./state.ts";

/** One column of the raster: what each unit fires for what is seen, and by the motor drive of what is done, [acts, UNITS_PER_ACT]. */
export interface Column {
  readonly time: number;
  readonly seen: Float32Array;
  readonly done: Float32Array;
}

/** A moment of feeling; `other` is absent where nothing was known of theirs. */
export interface Felt {
  /** s of performance.now */
  readonly at: number;
  readonly own: readonly [valence: number, arousal: number];
  readonly other?: readonly [valence: number, arousal: number, sd: number] | undefined;
  /** [PARTS] */
  readonly parts: Float32Array;
}

/** A posture, and when it came, s of performance.now. */
interface Past {
  readonly at: number;
  readonly posture: Posture;
}

/** A picture of a camera on its way to a posture drawn. */
export interface Picture {
  /** Of its frame, s. */
  readonly time: number;
  /** When the camera took it, ms of performance.now. */
  readonly taken: number;
  /** ms the models took of it. */
  readonly models: number;
  /** Whether the body was looked for, and not the face alone. */
  readonly posed: boolean;
}

/** How long it took, ms: from the picture taken to the posture drawn, and the models' share of it. */
export interface Latency {
  readonly ms: number;
  readonly models: number;
  readonly posed: boolean;
}

export interface Live {
  /** The own body now: what is drawn. */
  own: Float64Array;
  face: Float32Array;
  gaze: [number, number];
  posture: Posture | undefined;
  belief: Belief | undefined;
  /** Postures of the last seconds, for imitation; `at` in s of performance.now. */
  past: Past[];
  columns: Column[];
  show: { what: Show; from: number; act: number } | undefined;
  /** An act of the head on top of whatever the body does, and how much of it. */
  nod: { what: Show; from: number; strength: number } | undefined;
  /** An expression being done. */
  faceShow: { what: FaceShow; from: number } | undefined;
  /** What is felt, in numbers and in words; the words stay until there are new ones. */
  feeling: FeelingNow | undefined;
  told: FeelingTold | undefined;
  /** The last FELT s of it. */
  felt: Felt[];
  /** What was last said, in words, and when, s of performance.now. */
  said: { readonly kind: UtteranceKind; readonly words: string; readonly at: number } | undefined;
  /** The own face with the turns of head and eyes, as far as it has followed, [VISAGE]. */
  visage: Float64Array;
  /** What the body is to do in the picture being made, [MOTOR]. */
  wanted: Float64Array;
  /** s of performance.now when the body last had to get somewhere else. */
  turned: number;
  drawn: number;
  /** Pictures whose postures are not drawn yet. */
  pictures: Picture[];
  /** The last LATENCIES pictures whose posture was drawn. */
  latencies: Latency[];
  /** What head or eyes last did as one event, blinks left out, and when, s of performance.now. */
  sign: { readonly what: Exclude<Sign, "blink">; readonly at: number } | undefined;
  /** Frames a second seen, smoothed. */
  rate: number;
}

/** s of the raster, and of postures kept. */
export const RASTER = 10;
const PAST = 3;
/** s of feeling kept, and between two moments of it: it changes slowly. */
export const FELT = 60;
const FELT_EVERY = 0.1;
/** Time constant with which the body gets from one way of moving to another, and with which the face follows, s. */
const CHANGE = 0.14,
  FACE_FOLLOWS = 0.018;
/**
 * Between two postures the body goes on as it moved, for so many s at most and so much of its speed: a camera gives fifteen
 * postures a second and a screen shows sixty.
 */
const GOES_ON = 0.07,
  SPEED = 0.7;
/** s that such a change takes. */
const CHANGING = 0.6;
const LATENCIES = 2000;
/** rad the trunk leans at most. */
const LEANS = 0.16;
const REST = restMotor();
const TRUNK = MOTOR_NAMES.indexOf("trunk.x");
const EYES = HEAD_AT + TURNS.indexOf("gaze.pitch");

export function createLive(): Live {
  return {
    own: restMotor(),
    face: new Float32Array(FACE),
    gaze: [0, 0],
    posture: undefined,
    belief: undefined,
    past: [],
    columns: [],
    show: undefined,
    nod: undefined,
    faceShow: undefined,
    feeling: undefined,
    told: undefined,
    felt: [],
    said: undefined,
    visage: new Float64Array(VISAGE),
    wanted: restMotor(),
    turned: -Infinity,
    drawn: 0,
    pictures: [],
    latencies: [],
    sign: undefined,
    rate: 0,
  };
}

/** Forgets whom it was watching. */
export function lookAway(live: Live, now: number): void {
  live.posture = undefined;
  live.belief = undefined;
  live.past = [];
  live.pictures = [];
  live.turned = now;
  live.rate = 0;
  // What was felt with them stays to be looked back on; what they look like does not.
  live.feeling = undefined;
  live.told = undefined;
}

/** Forgets what the other seemed to feel, everywhere. */
export function forgetLooks(live: Live): void {
  live.told = undefined;
  live.felt = live.felt.map(({ at, own, parts }) => ({ at, own, parts }));
}

/** Takes in a frame of feeling. */
export function feelNow(live: Live, feeling: FeelingNow, now: number): void {
  live.feeling = feeling;
  if (feeling.told) live.told = feeling.told;
  const { felt } = live;
  const last = felt[felt.length - 1];
  if (last && now - last.at < FELT_EVERY) return;
  felt.push({ at: now, own: feeling.own, other: feeling.other, parts: feeling.parts });
  while (felt.length > 0 && now - felt[0].at > FELT) felt.shift();
}

export function take(live: Live, posture: Posture, now: number): void {
  const before = live.past[live.past.length - 1];
  if (before && now > before.at) live.rate += 0.1 * (1 / (now - before.at) - live.rate);
  live.posture = posture;
  live.past.push({ at: now, posture });
  while (live.past.length > 0 && now - live.past[0].at > PAST) live.past.shift();
}

export function believe(live: Live, belief: Belief, now: number): void {
  live.belief = belief;
  // Only an act of one's own drives the units; moving along needs no act.
  const done = new Float32Array(belief.units.length);
  const row = rowOf(live, now);
  if (row !== undefined && live.show) {
    const { what, act } = live.show;
    // What is being done may have been forgotten meanwhile.
    if (act >= 0 && (act + 1) * UNITS_PER_ACT <= done.length)
      done.set(what.rates.subarray(row * UNITS_PER_ACT, (row + 1) * UNITS_PER_ACT), act * UNITS_PER_ACT);
  }
  live.columns.push({ time: now, seen: belief.units, done });
  while (live.columns.length > 0 && now - live.columns[0].time > RASTER) live.columns.shift();
}

export function perform(live: Live, what: Show, act: number, now: number): void {
  live.show = { what, from: now, act };
  live.turned = now;
}

export function performFace(live: Live, what: FaceShow, now: number): void {
  live.faceShow = { what, from: now };
}

/** Moves the own body on to now, s of performance.now; `idle` is how it breathes and blinks of itself. */
export function moveBody(live: Live, mode: Mode, delay: number, now: number, idle: Idle): void {
  const dt = Math.min(0.25, Math.max(0, now - live.drawn));
  live.drawn = now;
  const row = rowOf(live, now);
  if (live.show && row === undefined) {
    live.show = undefined;
    live.turned = now;
  }
  const then = mode === "mirror" ? now : mode === "imitate" ? now - delay : NaN;
  const at = live.past.findLastIndex((each) => each.at <= then);
  const before = live.past[mode === "mirror" ? at - 1 : at],
    after = live.past[mode === "mirror" ? at : at + 1];
  const leading = live.past[at]?.posture;
  const { own, face } = live;
  // Getting there takes a while after a change; once there, the body is where it is to be.
  const changing = now - live.turned < CHANGING;
  const share = changing ? 1 - Math.exp(-dt / CHANGE) : 1;
  const { wanted } = live;
  const feels = mode === "answer" ? live.feeling : undefined;
  const visage = faceDone(live, now) ?? feels?.visage;
  const quick = 1 - Math.exp(-dt / FACE_FOLLOWS);
  for (let d = 0; d < VISAGE; d++) live.visage[d] += quick * ((visage?.[d] ?? 0) - live.visage[d]);
  for (let m = 0; m < MOTOR; m++)
    wanted[m] =
      row !== undefined && live.show
        ? live.show.what.own[row * MOTOR + m]
        : leading
          ? onItsWay(m, then, leading, before, after)
          : REST[m] + idle.own[m];
  if (feels) {
    wanted[TRUNK] += LEANS * feels.lean;
    nodAlong(live, now);
  }
  turnHead(wanted, live.visage);
  for (let m = 0; m < MOTOR; m++) own[m] += share * (wanted[m] - own[m]);
  for (let u = 0; u < FACE; u++) {
    // Units that are not seen are at rest.
    const shown = visage ? visage[u] : (leading?.face?.[u] ?? 0);
    face[u] += quick * ((Number.isNaN(shown) ? 0 : shown) - face[u]);
  }
  if (leading?.face === undefined) for (const u of EYELIDS) face[u] = Math.max(face[u], idle.face[u]);
  const [yaw, pitch] = visage ? [visage[EYES + 1], visage[EYES]] : (leading?.gaze ?? [0, 0]);
  live.gaze[0] += quick * (yaw - live.gaze[0]);
  live.gaze[1] += quick * (pitch - live.gaze[1]);
}

/** The row of the expression that is due, [VISAGE]; undefined where none is being done. */
function faceDone(live: Live, now: number): Float64Array | undefined {
  if (!live.faceShow) return undefined;
  const { what, from } = live.faceShow;
  const row = Math.max(0, Math.round((now - from) * what.rate)) * VISAGE;
  if (row < what.visage.length) return what.visage.subarray(row, row + VISAGE);
  live.faceShow = undefined;
  return undefined;
}

/** Adds what the head is doing by itself to what is wanted of the body. */
function nodAlong(live: Live, now: number): void {
  if (!live.nod) return;
  const { what, from, strength } = live.nod;
  const row = Math.max(0, Math.round((now - from) * what.rate)) * MOTOR;
  if (row >= what.own.length) live.nod = undefined;
  else for (let m = 0; m < MOTOR; m++) live.wanted[m] += strength * (what.own[row + m] - REST[m]);
}

/** Notes that the posture was drawn, and how long its picture took until then. */
export function drewPosture(live: Live, nowMs: number): void {
  const { posture, pictures, latencies } = live;
  const at = posture ? pictures.findIndex(({ time }) => time === posture.time) : -1;
  if (at < 0) return;
  const { taken, models, posed } = pictures[at];
  // Those before it were never drawn: newer ones took their place.
  pictures.splice(0, at + 1);
  latencies.push({ ms: nowMs - taken, models, posed });
  if (latencies.length > LATENCIES) latencies.shift();
}

/** A joint between two postures: on the line between them, or beyond the newer one as it moved. */
function onItsWay(
  m: number,
  then: number,
  leading: Posture,
  before: Past | undefined,
  after: Past | undefined,
): number {
  if (!before || !after || before.at >= after.at) return leading.own[m];
  const from = before.posture.own[m],
    to = after.posture.own[m],
    speed = (to - from) / (after.at - before.at);
  return then >= after.at ? to + SPEED * speed * Math.min(then - after.at, GOES_ON) : from + speed * (then - before.at);
}

/** Which row of the performance is due; undefined where none goes on. */
function rowOf({ show }: Live, now: number): number | undefined {
  if (!show) return undefined;
  const row = Math.max(0, Math.round((now - show.from) * show.what.rate));
  return row < show.what.own.length / MOTOR ? row : undefined;
}

const EYELIDS = ["AU43L", "AU43R"].map((unit) => FACE_UNITS.indexOf(unit));
