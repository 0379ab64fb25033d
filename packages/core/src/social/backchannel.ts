// When a listener is welcome to nod or to say "mm-hm": from the speaker's pitch, pauses and gaze. Usable alone.
//
// Ward & Tsukahara 2000 (doi:10.1016/S0378-2166(99)00109-5): after 110 ms of low pitch, 700 ms of speech and no feedback for
// 800 ms, answer 700 ms later [R]. A look at the listener and a pause is the strongest thing to see [R]; 8 to 20 a minute, and
// nods more often than words (Poppe et al. 2011) [V]. What keeps the rate, and the sizes not given there, is by design [D].

import { createNoise, nextUniform } from "../affect/noise.ts";

/** What is heard of the speaker at an instant. */
export interface Voice {
  speaking: boolean;
  /** Hz; NaN or 0 where there is none. */
  pitchHz: number;
}

export type Backchannel = "none" | "nod" | "mm-hm";

/** s; see the head of this file. */
const LOW_FOR = 0.11;
const SPEECH_FIRST = 0.7;
export const REFRACTORY = 0.8;
const LOW_DELAY = 0.7;
const LOW_SHARE = 0.26;

/** A pause counts from here; past THINKING the other thinks, and is left to it. s */
const PAUSE = 0.2;
const PAUSE_DELAY = 0.25;
const THINKING = 1.5;
/** Gaze at the listener from which the pause is meant for them. */
const LOOKING = 0.6;
/** Below it they look elsewhere. */
const AWAY = 0.3;
/** s over which the eyes' wandering is steadied. */
const STEADY = 0.12;
/** Feedback a second of speech, and how much may be saved up: at most 16 + 3 in any minute of speech. */
const REFILL = 16 / 60;
const SAVED = 3;
/** s of speech without feedback after which any lull will do, and after which it comes wherever it is: 8 a minute. */
const RELAXED = 5.5;
const OVERDUE = 7.2;
const LULL = 0.06;
/** s of voiced speech before the speaker's low is known; then it follows over about this many s. */
const KNOWN_AFTER = 1.5;
const MEMORY = 40;
/** Of feedback that may be a word, the share that is. */
const WORDS = 0.45;
/** Frames further apart than this are no stream, s. */
const GAP = 0.5;

const BINS = 96;
const LOWEST = 50,
  HIGHEST = 800;

/** Plain data. */
export interface Listener {
  noise: Uint32Array;
  time: number;
  /** Weights of the speaker's pitches, logarithmic from 50 to 800 Hz, [BINS]; `heard` is their sum, s. */
  pitches: Float64Array;
  heard: number;
  /** s of low pitch on end, of this stretch of speech, of the pause, of speech since the last feedback. */
  low: number;
  talk: number;
  pause: number;
  since: number;
  /** Feedback that may still be given. */
  budget: number;
  /** When feedback comes, s; NaN when none is due. */
  due: number;
  /** Since it is due something says it is for the listener: a look, or a pause, or nothing of where they look is known. */
  meant: boolean;
  /** Gaze at the listener, 0..1, steadied; NaN while it is not known. */
  look: number;
  last: number;
  nods: number;
  words: number;
}

export function createListener(seed: number): Listener {
  return {
    noise: createNoise(seed, "social/listener"),
    time: NaN,
    pitches: new Float64Array(BINS),
    heard: 0,
    low: 0,
    talk: 0,
    pause: Infinity,
    since: 0,
    budget: 1,
    due: NaN,
    meant: true,
    look: NaN,
    last: -Infinity,
    nods: 0,
    words: 0,
  };
}

/**
 * Hears one instant of the speaker and says what to give back now.
 *
 * @param gazeAtMe 0..1
 * @param time s, rising; a gap of more than half a second starts the speech anew
 */
export function hear(listener: Listener, voice: Voice, gazeAtMe: number, time: number): Backchannel {
  const step = time - listener.time;
  listener.time = time;
  if (!(step > 0 && step <= GAP)) {
    if (!(step >= 0)) listener.last = -Infinity;
    listener.low = listener.talk = 0;
    listener.pause = Infinity;
    listener.due = NaN;
    return "none";
  }
  attend(listener, voice, step);
  if (Number.isNaN(gazeAtMe) || Number.isNaN(listener.look)) listener.look = gazeAtMe;
  else listener.look += (gazeAtMe - listener.look) * (1 - Math.exp(-step / STEADY));
  const { look } = listener;
  const { talk, pause, since } = listener;
  if (pause >= THINKING) {
    listener.due = NaN;
    return "none";
  }
  if (Number.isNaN(listener.due) && talk >= SPEECH_FIRST && time - listener.last >= REFRACTORY)
    invite(listener, time, step);
  // A pause that comes while the low pitch still waits for its answer is the place it was about.
  else if (pause >= PAUSE && look >= LOOKING && listener.due > time + PAUSE_DELAY) listener.due = time + PAUSE_DELAY;
  // Who lowers the voice but goes on with the eyes away keeps the floor.
  if (!(look < AWAY) || pause >= PAUSE || since >= RELAXED) listener.meant = true;
  if (!(time >= listener.due)) return "none";
  const { meant } = listener;
  listener.due = NaN;
  if (time - listener.last < REFRACTORY || talk < SPEECH_FIRST || listener.budget < 1 || !meant) return "none";
  listener.last = time;
  listener.since = 0;
  listener.budget -= 1;
  // Words only where they do not talk over the other, and never more than one to two nods.
  const mayTalk = pause >= PAUSE / 2 && listener.nods >= 2 * (listener.words + 1);
  if (mayTalk && nextUniform(listener.noise) < WORDS) {
    listener.words++;
    return "mm-hm";
  }
  listener.nods++;
  return "nod";
}

/** The speaker's low: below it lies 26 % of their pitch, Hz; NaN while it is not known. */
export function lowPitch({ pitches, heard }: Listener): number {
  if (heard < KNOWN_AFTER) return NaN;
  let left = LOW_SHARE * heard;
  for (let b = 0; b < BINS; b++) {
    if (pitches[b] >= left) return LOWEST * (HIGHEST / LOWEST) ** ((b + left / pitches[b]) / BINS);
    left -= pitches[b];
  }
  return HIGHEST;
}

/**
 * A listener that gives the same feedback at the same rate, but at another conversation's times: the control for whether it
 * is the places that matter (Gratch et al. 2007).
 */
export interface Yoked {
  /** When feedback comes, s, rising. */
  readonly times: readonly number[];
  readonly kinds: readonly Backchannel[];
  next: number;
}

export function createYoked(times: readonly number[], kinds: readonly Backchannel[]): Yoked {
  if (times.length !== kinds.length)
    throw new RangeError(`createYoked: ${times.length} times and ${kinds.length} kinds, expected as many of both`);
  return { times: [...times], kinds: [...kinds], next: 0 };
}

/** What the yoked listener gives at this time, whatever is said. */
export function hearYoked(yoked: Yoked, time: number): Backchannel {
  if (!(time >= yoked.times[yoked.next])) return "none";
  return yoked.kinds[yoked.next++];
}

/** Looks for a place where the listener is welcome, and sets when feedback is due. */
function invite(listener: Listener, time: number, step: number): void {
  const { low, pause, since, look } = listener;
  const hushed = pause >= PAUSE && pause - step < PAUSE;
  listener.meant = true;
  if (low >= LOW_FOR && low - step < LOW_FOR) {
    listener.due = time + LOW_DELAY;
    listener.meant = false;
  } else if (hushed && look >= LOOKING) listener.due = time + PAUSE_DELAY;
  else if (since >= RELAXED && (hushed || (low >= LULL && low - step < LULL))) listener.due = time + PAUSE_DELAY;
  else if (since >= OVERDUE) listener.due = time;
}

function attend(listener: Listener, { speaking, pitchHz }: Voice, step: number): void {
  if (!speaking) {
    listener.pause += step;
    listener.low = 0;
    if (listener.pause >= THINKING) listener.talk = 0;
    return;
  }
  listener.pause = 0;
  listener.talk += step;
  listener.since += step;
  listener.budget = Math.min(SAVED, listener.budget + REFILL * step);
  if (!(pitchHz >= LOWEST && pitchHz <= HIGHEST)) return;
  const bin = Math.min(BINS - 1, Math.floor((Math.log(pitchHz / LOWEST) / Math.log(HIGHEST / LOWEST)) * BINS));
  const kept = Math.exp(-step / MEMORY);
  for (let b = 0; b < BINS; b++) listener.pitches[b] *= kept;
  listener.pitches[bin] += step;
  listener.heard = listener.heard * kept + step;
  const under = lowPitch(listener);
  listener.low = pitchHz < under ? listener.low + step : 0;
}
