// Core affect, how good and how stirred one feels, and the mood behind it, as a stochastic equation that knows where each
// part of the feeling comes from. On each axis, with x the feeling, h the home base and m the mood, which is how far from home it has been of late,
//
//   dx = [ (h + .3 m - x) / tau  +  sum of inputs  -  pull x ] dt  +  sigma sqrt(2 / tau) dW
//   dm = [ (x - h - m) / 900 s  -  m / 3 h ] dt
//
// after DynAffect (Kuppens, Oravecz & Tuerlinckx 2010, doi:10.1037/a0020962). Inputs are constant over a step and then the
// equation is linear, so that mean, variance and covariance after any time have closed forms, which is what a step computes:
// one step of a second and thirty of a thirtieth draw from the same distribution.
//
// The mood is counted from home, and not from 0: somebody whose home is bright is not in a good mood for being
// at home, and the home is where feeling returns to whatever share of the mood is added.
//
// Being linear it also falls apart into parts, one a source, each with its own input and all with the same decay. The parts
// are the state and the feeling is their sum. Feelings end at -1 and 1: what a step leaves beyond is taken from the parts
// that push outwards, in proportion.

import { nextGaussian } from "./noise.ts";
import type { Affect, SourceKind } from "./types.ts";

/** s a feeling takes to come home, half-life 14 and 8 s; by design, FAtiMA has 15 ticks. [D] */
export const TAU_VALENCE = 20;
export const TAU_AROUSAL = 12;
/** Standing deviation of the feeling when nothing happens. [D] */
export const SIGMA = 0.1;
/** s the mood takes to follow the feeling, and to fade by itself. [D] */
export const TAU_MOOD = 900;
export const TAU_FADE = 10_800;
/** Share of the mood that the home base is shifted by. [D] */
export const MOOD_WEIGHT = 0.3;

/** Where a part of the feeling comes from. */
export interface Source {
  readonly source: SourceKind;
  /** The person it was caught from, or whose fortune it is about. */
  readonly whose: string | undefined;
}

/** Sources every mind has, first in every array; contagion and appraisal of each person met follow. */
export const SELF = 0,
  MOOD = 1,
  FEEDBACK = 2,
  REGULATION = 3,
  APPRAISAL = 4;
const FIRST: readonly SourceKind[] = ["self", "mood", "feedback", "regulation", "appraisal"];

/** Plain data; arrays of [sources, 2] hold valence and arousal of each source. */
export interface CoreAffect extends Affect {
  mood: Affect;
  sources: Source[];
  /** What each source contributes to the feeling; sums to it exactly. */
  parts: Float64Array;
  /** What the last step changed in each part. */
  flow: Float64Array;
  /** Input of each source over the coming step, affect a second; the self's home base is added by the step. */
  drive: Float64Array;
  /** Decay besides the own, [2], 1/s: what draws towards somebody else's feeling or the own face's. */
  pull: Float64Array;
  /** Room to work in. */
  work: Transition;
}

export interface Dynamics {
  readonly home: Affect;
  /** Factor on both time constants. */
  readonly inertia: number;
  /** Standing deviation; 0 for a mind without noise. */
  readonly sigma: number;
}

/** Where a mind starts: at home. */
export function createCoreAffect({ valence, arousal }: Affect): CoreAffect {
  const core: CoreAffect = {
    valence,
    arousal,
    mood: { valence: 0, arousal: 0 },
    sources: FIRST.map((source) => ({ source, whose: undefined })),
    parts: new Float64Array(2 * FIRST.length),
    flow: new Float64Array(2 * FIRST.length),
    drive: new Float64Array(2 * FIRST.length),
    pull: new Float64Array(2),
    work: { xx: 0, xm: 0, mx: 0, mm: 0, inputX: 0, inputM: 0, varX: 0, cov: 0, varM: 0 },
  };
  core.parts[2 * SELF] = valence;
  core.parts[2 * SELF + 1] = arousal;
  return core;
}

/** Makes room for one more source; returns its place. */
export function addSource(core: CoreAffect, source: SourceKind, whose: string): number {
  core.sources.push({ source, whose });
  for (const name of ["parts", "flow", "drive"] as const) {
    const longer = new Float64Array(2 * core.sources.length);
    longer.set(core[name]);
    core[name] = longer;
  }
  return core.sources.length - 1;
}

/**
 * One step under `core.drive` and `core.pull`, exact for inputs that are constant over it. With sigma above 0 it draws four
 * numbers from `noise`.
 *
 * @param dt s, above 0
 */
export function stepCoreAffect(core: CoreAffect, dynamics: Dynamics, noise: Uint32Array, dt: number): void {
  core.flow.set(core.parts);
  stepAxis(core, dynamics, 0, noise, dt);
  stepAxis(core, dynamics, 1, noise, dt);
  const { flow, parts } = core;
  for (let i = 0; i < parts.length; i++) flow[i] = parts[i] - flow[i];
}

/** Makes the feeling the sum of its parts again, after these were moved about. */
export function settle(core: CoreAffect): void {
  core.valence = bound(core.parts, 0);
  core.arousal = bound(core.parts, 1);
}

/** What a step of the pair (feeling, mood) does: x and m at its end are `toX` and `toM` times what they were, plus input. */
export interface Transition {
  xx: number;
  xm: number;
  mx: number;
  mm: number;
  /** Of a constant input of 1 a second. */
  inputX: number;
  inputM: number;
  /** Variance of x, covariance, variance of m, from unit white noise on x. */
  varX: number;
  cov: number;
  varM: number;
}

/**
 * The closed form: the matrix exponential of [[-decay, .3/tau], [1/900, -(1/900 + 1/3h)]] over dt, its integral, and the
 * integral of its first column's outer product. Both eigenvalues are real and below 0 for any decay of at least 1/tau.
 */
export function transition(decay: number, tau: number, dt: number, out: Transition): void {
  const c = MOOD_WEIGHT / tau,
    r = 1 / TAU_MOOD,
    q = r + 1 / TAU_FADE;
  const half = (decay - q) / 2;
  const root = Math.sqrt(half * half + c * r);
  const l1 = root - (decay + q) / 2,
    l2 = l1 - 2 * root;
  const e1 = Math.exp(l1 * dt),
    e2 = Math.exp(l2 * dt);
  // Shares of the two modes in x after a push of x.
  const a1 = (root - half) / (2 * root),
    a2 = (root + half) / (2 * root);
  const toMood = r / (2 * root);
  out.xx = a1 * e1 + a2 * e2;
  out.xm = (c * (e1 - e2)) / (2 * root);
  out.mx = toMood * (e1 - e2);
  out.mm = a2 * e1 + a1 * e2;
  const i1 = Math.expm1(l1 * dt) / l1,
    i2 = Math.expm1(l2 * dt) / l2;
  out.inputX = a1 * i1 + a2 * i2;
  out.inputM = toMood * (i1 - i2);
  const i11 = Math.expm1(2 * l1 * dt) / (2 * l1),
    i12 = Math.expm1((l1 + l2) * dt) / (l1 + l2),
    i22 = Math.expm1(2 * l2 * dt) / (2 * l2);
  out.varX = a1 * a1 * i11 + 2 * a1 * a2 * i12 + a2 * a2 * i22;
  out.cov = toMood * (a1 * i11 + (a2 - a1) * i12 - a2 * i22);
  out.varM = toMood * toMood * (i11 - 2 * i12 + i22);
}

function stepAxis(
  core: CoreAffect,
  { home, inertia, sigma }: Dynamics,
  axis: 0 | 1,
  noise: Uint32Array,
  dt: number,
): void {
  const { parts, drive, work } = core;
  const tau = inertia * (axis === 0 ? TAU_VALENCE : TAU_AROUSAL);
  const decay = 1 / tau + core.pull[axis];
  const x = axis === 0 ? core.valence : core.arousal,
    m = axis === 0 ? core.mood.valence : core.mood.arousal;
  transition(decay, tau, dt, work);
  const keep = Math.exp(-decay * dt),
    gain = -Math.expm1(-decay * dt) / decay;
  const base = axis === 0 ? home.valence : home.arousal,
    atHome = base / tau;
  let input = atHome;
  for (let i = axis; i < parts.length; i += 2) {
    input += drive[i];
    parts[i] = parts[i] * keep + drive[i] * gain;
  }
  parts[2 * SELF + axis] += atHome * gain;
  // The pair is solved for the distance from home; what it does that the feeling alone would not have done is the mood's.
  const away = x - base,
    pushed = input - decay * base;
  const after = base + work.xx * away + work.xm * m + work.inputX * pushed;
  parts[2 * MOOD + axis] += after - keep * x - gain * input;
  let mood = work.mx * away + work.mm * m + work.inputM * pushed;
  if (sigma > 0) {
    const white = sigma * Math.sqrt(2 / tau);
    const sdX = Math.sqrt(work.varX),
      p = nextGaussian(noise),
      q = nextGaussian(noise);
    const alongX = work.cov / sdX;
    parts[2 * SELF + axis] += white * sdX * p;
    mood += white * (alongX * p + Math.sqrt(Math.max(0, work.varM - alongX * alongX)) * q);
  }
  const feeling = bound(parts, axis);
  mood = Math.max(-1, Math.min(1, mood));
  if (axis === 0) {
    core.valence = feeling;
    core.mood.valence = mood;
  } else {
    core.arousal = feeling;
    core.mood.arousal = mood;
  }
}

/** The sum of the parts on an axis, which it keeps within -1 and 1. */
function bound(parts: Float64Array, axis: number): number {
  let sum = sumOf(parts, axis);
  // Shrinking rounds, so that the sum may stay a last digit beyond.
  for (let turn = 0; Math.abs(sum) > 1 && turn < 4; turn++) {
    const sign = Math.sign(sum);
    let outwards = 0;
    for (let i = axis; i < parts.length; i += 2) outwards += Math.max(0, sign * parts[i]);
    const shrink = (outwards - (Math.abs(sum) - 1) * (1 + 1e-12)) / outwards;
    for (let i = axis; i < parts.length; i += 2) if (sign * parts[i] > 0) parts[i] *= shrink;
    sum = sumOf(parts, axis);
  }
  return sum;
}

/** In the order of the sources, which is the order everybody adds them in. */
function sumOf(parts: Float64Array, axis: number): number {
  let sum = 0;
  for (let i = axis; i < parts.length; i += 2) sum += parts[i];
  return sum;
}
