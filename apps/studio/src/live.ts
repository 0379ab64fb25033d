// What changes with every frame: the person as seen, the own body, beliefs, units. Mutable, read by whoever draws.

import { FACE, FACE_UNITS, MOTOR, restMotor } from "@attune/core";
import type { Idle } from "./figure/index.ts";
import type { Belief, Posture, Show } from "./mind/protocol.ts";
import type { Mode } from "./state.ts";

/** One column of the raster: what each act's units fire for what is seen, and for what is done. */
export interface Column {
  readonly time: number;
  readonly seen: Float32Array;
  readonly done: Float32Array;
}

/** A picture of a camera on its way to a posture drawn. */
export interface Picture {
  /** Of its frame, s. */
  readonly time: number;
  /** When it was shown, ms of performance.now. */
  readonly shown: number;
  /** ms the models took of it. */
  readonly models: number;
  /** Whether the body was looked for, and not the face alone. */
  readonly posed: boolean;
}

/** How long it took, ms: from the picture shown to the posture drawn, and the models' share of it. */
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
  past: { at: number; posture: Posture; units: Float32Array }[];
  columns: Column[];
  show: { what: Show; from: number; act: number; loops: boolean } | undefined;
  /** s of performance.now when the body last had to get somewhere else. */
  turned: number;
  drawn: number;
  /** Pictures whose postures are not drawn yet. */
  pictures: Picture[];
  /** The last few hundred pictures that were drawn. */
  latencies: Latency[];
  /** Frames a second seen, smoothed. */
  rate: number;
}

/** s of the raster, and of postures kept. */
export const RASTER = 10;
const PAST = 3;
/** Time constants with which the body follows, s: while it moves along, and while it gets from one way of moving to another. */
const FOLLOW = 0.018,
  CHANGE = 0.14;
/** s that such a change takes. */
const CHANGING = 0.6;
const LATENCIES = 2000;
const REST = restMotor();

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
    turned: -Infinity,
    drawn: 0,
    pictures: [],
    latencies: [],
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
}

export function take(live: Live, posture: Posture, now: number): void {
  const before = live.past[live.past.length - 1];
  if (before && now > before.at) live.rate += 0.1 * (1 / (now - before.at) - live.rate);
  live.posture = posture;
  live.past.push({ at: now, posture, units: live.belief?.units ?? new Float32Array(0) });
  while (live.past.length > 0 && now - live.past[0].at > PAST) live.past.shift();
}

export function believe(live: Live, belief: Belief, mode: Mode, delay: number, now: number): void {
  live.belief = belief;
  const silent = new Float32Array(belief.units.length);
  let done: Float32Array = silent;
  const row = rowOf(live, now);
  if (row !== undefined && live.show) {
    done = silent.slice();
    done[live.show.act] = live.show.what.rates[row];
  } else if (mode === "mirror") done = belief.units;
  else if (mode === "imitate") {
    const then = asItWas(live, now - delay);
    if (then && then.units.length === silent.length) done = then.units;
  }
  live.columns.push({ time: now, seen: belief.units, done });
  while (live.columns.length > 0 && now - live.columns[0].time > RASTER) live.columns.shift();
}

export function perform(live: Live, what: Show, act: number, now: number, loops = false): void {
  live.show = { what, from: now, act, loops };
  live.turned = now;
}

/** Moves the own body on to now, s of performance.now; `idle` is how it breathes and blinks of itself. */
export function moveBody(live: Live, mode: Mode, delay: number, now: number, idle: Idle): void {
  const dt = Math.min(0.25, Math.max(0, now - live.drawn));
  live.drawn = now;
  const tau = now - live.turned < CHANGING ? CHANGE : FOLLOW;
  const share = 1 - Math.exp(-dt / tau);
  const row = rowOf(live, now);
  if (live.show && row === undefined) {
    live.show = undefined;
    live.turned = now;
  }
  const leading =
    mode === "mirror" ? live.posture : mode === "imitate" ? asItWas(live, now - delay)?.posture : undefined;
  const { own, face } = live;
  for (let m = 0; m < MOTOR; m++) {
    const wanted =
      row !== undefined && live.show
        ? live.show.what.own[row * MOTOR + m]
        : leading
          ? leading.own[m] + 0.3 * idle.own[m]
          : REST[m] + idle.own[m];
    own[m] += share * (wanted - own[m]);
  }
  const quick = 1 - Math.exp(-dt / FOLLOW);
  for (let u = 0; u < FACE; u++) {
    // Units that are not seen are at rest.
    const wanted = leading?.face?.[u] ?? 0;
    face[u] += quick * ((Number.isNaN(wanted) ? 0 : wanted) - face[u]);
  }
  if (leading?.face === undefined) for (const u of EYELIDS) face[u] = Math.max(face[u], idle.face[u]);
  const [yaw, pitch] = leading?.gaze ?? [0, 0];
  live.gaze[0] += quick * (yaw - live.gaze[0]);
  live.gaze[1] += quick * (pitch - live.gaze[1]);
}

/** Notes that the posture was drawn, and how long its picture took until then. */
export function drewPosture(live: Live, nowMs: number): void {
  const { posture, pictures, latencies } = live;
  const at = posture ? pictures.findIndex(({ time }) => time === posture.time) : -1;
  if (at < 0) return;
  const { shown, models, posed } = pictures[at];
  // Those before it were never drawn: newer ones took their place.
  pictures.splice(0, at + 1);
  latencies.push({ ms: nowMs - shown, models, posed });
  if (latencies.length > LATENCIES) latencies.shift();
}

/** Which row of the performance is due; undefined where none goes on. */
function rowOf({ show }: Live, now: number): number | undefined {
  if (!show) return undefined;
  const rows = show.what.own.length / MOTOR;
  const row = Math.max(0, Math.round((now - show.from) * show.what.rate));
  if (row < rows) return row;
  return show.loops ? row % rows : undefined;
}

function asItWas({ past }: Live, at: number): Live["past"][number] | undefined {
  return past.findLast((then) => then.at <= at);
}

const EYELIDS = ["AU43L", "AU43R"].map((unit) => FACE_UNITS.indexOf(unit));
