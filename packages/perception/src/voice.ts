// A voice, ten milliseconds at a time: how loud, how high, speaking or silent. Pitch by the McLeod method (pitchy), held to
// what came before, because any such method takes a voice for its octave now and then.

import { PitchDetector } from "pitchy";

/** What a voice does now; as in core's Frame. */
export interface VoiceReading {
  /** NaN where no pitch is heard. */
  pitchHz: number;
  /** 0 at -60 dB of full scale (a quiet room) and below, 1 at 0 dB (as loud as can be), linear in dB between. */
  loudness: number;
  speaking: boolean;
}

/** Not plain data: the detector has buffers of its own. */
export interface VoiceReader {
  readonly sampleRate: number;
  /** Samples to hand over each time: 10 ms. */
  readonly hop: number;
  /** s since the first sample. */
  time: number;
  /** What was heard last; changed in place. */
  readonly reading: VoiceReading;
  /** How surely there is a pitch, 0..1, and what was measured before any correction. */
  clarity: number;
  rawHz: number;
  /** dB of full scale, of the last 20 ms, and of what is always there. */
  level: number;
  floor: number;
  readonly window: Float32Array;
  readonly detector: PitchDetector<Float32Array>;
  readonly recent: number[];
  leap: number;
  strong: number;
  silentSince: number;
  voicedAt: number;
}

/** dB at which loudness is 0. */
export const QUIET = -60;
const HOP = 0.01;
/** s of sound a pitch is read from: two and a half periods of the lowest. Level is read from the newest 20 ms of it. */
const WINDOW = 0.04,
  LEVEL = 0.02;
/** Hz: from a low man's voice to a child's shout. */
const LOWEST = 60,
  HIGHEST = 1000;
/** Clarity from which a pitch is taken for one, and down to which a voice that goes on is followed. */
const CLEAR = 0.85,
  STILL_CLEAR = 0.7;
/** Hops the median is taken over. */
const MEDIAN = 5;
/** A pitch this near (in octaves) to the double or the half of what was just heard is taken for a slip, for as many hops. */
const NEAR_OCTAVE = 0.12,
  SLIP_HOPS = 8;
/** s without pitch after which the next begins anew. */
const FORGET = 0.25;
/** dB above the floor that speech begins at and ends below, and hops that make a beginning. */
const BEGIN = 12,
  END = 6,
  HOPS = 3;
/** Level below which nothing is speech, dB: the hiss of a cheap microphone. */
const NOTHING = -55;
/** s a pause may last within speech: stops and breaths between words. */
const HANGOVER = 0.3;
/** dB/s the floor rises and, where it is quieter, falls. */
const RISE = 3,
  FALL = 60;

/** @throws RangeError for rates at which a voice cannot be heard */
export function createVoice(sampleRate: number): VoiceReader {
  if (!(sampleRate >= 8000 && sampleRate <= 192_000))
    throw new RangeError(`createVoice: a sample rate of ${sampleRate} Hz came, 8000 to 192000 were wanted`);
  const size = Math.round(WINDOW * sampleRate);
  return {
    sampleRate,
    hop: Math.round(HOP * sampleRate),
    time: 0,
    reading: { pitchHz: NaN, loudness: 0, speaking: false },
    clarity: 0,
    rawHz: NaN,
    level: -Infinity,
    floor: NaN,
    window: new Float32Array(size),
    detector: PitchDetector.forFloat32Array(size),
    recent: [],
    leap: 0,
    strong: 0,
    silentSince: 0,
    voicedAt: -Infinity,
  };
}

/**
 * Hears the next samples; the result is in `voice.reading`.
 *
 * @param samples [hop], -1..1
 * @throws RangeError where another number of samples comes
 */
export function hear(voice: VoiceReader, samples: Float32Array): void {
  const { window, hop, sampleRate, reading } = voice;
  if (samples.length !== hop)
    throw new RangeError(`hear: ${samples.length} samples came, ${hop} were wanted, 10 ms at ${sampleRate} Hz`);
  window.copyWithin(0, hop);
  window.set(samples, window.length - hop);
  voice.time += hop / sampleRate;
  voice.level = decibels(window.subarray(window.length - Math.round(LEVEL * sampleRate)));
  reading.loudness = Math.min(1, Math.max(0, 1 - voice.level / QUIET));
  const [hz, clarity] = voice.level > NOTHING ? voice.detector.findPitch(window, sampleRate) : [0, 0];
  const possible = hz >= LOWEST && hz <= HIGHEST;
  voice.clarity = possible ? clarity : 0;
  voice.rawHz = possible ? hz : NaN;
  reading.pitchHz = follow(voice);
  speak(voice);
}

/** Pitch held to what came before. */
function follow(voice: VoiceReader): number {
  const { recent, time, clarity } = voice;
  if (time - voice.voicedAt > FORGET && recent.length > 0) {
    recent.length = 0;
    voice.leap = 0;
  }
  const goesOn = recent.length > 0 && time - voice.voicedAt < 2.5 * HOP;
  if (!(clarity >= (goesOn ? STILL_CLEAR : CLEAR))) return NaN;
  let hz = voice.rawHz;
  voice.voicedAt = time;
  if (recent.length > 0) {
    const octaves = Math.log2(hz / median(recent));
    const slipped = Math.abs(Math.abs(octaves) - 1) < NEAR_OCTAVE;
    voice.leap = slipped ? voice.leap + 1 : 0;
    if (slipped && voice.leap <= SLIP_HOPS) hz *= octaves > 0 ? 0.5 : 2;
    // Another voice, or the same after a break: the median must not drag the old pitch along.
    else if (Math.abs(octaves) > 0.5) recent.length = 0;
  }
  recent.push(hz);
  if (recent.length > MEDIAN) recent.shift();
  return median(recent);
}

function speak(voice: VoiceReader): void {
  const { reading, level, time } = voice;
  const heard = Math.max(level, -120),
    voiced = !Number.isNaN(reading.pitchHz);
  if (Number.isNaN(voice.floor)) voice.floor = Math.min(heard, NOTHING);
  const change = heard - voice.floor;
  // A voice is not what is always there, however long it goes on.
  const rise = voiced ? 0 : RISE * HOP;
  voice.floor += change < 0 ? Math.max(change, -FALL * HOP) : Math.min(change, rise);
  const above = heard - voice.floor;
  const loud = heard > NOTHING && above > (reading.speaking ? END : BEGIN) && (voiced || reading.speaking);
  voice.strong = loud ? voice.strong + 1 : Math.max(0, voice.strong - 1);
  if (loud) voice.silentSince = time;
  if (!reading.speaking) reading.speaking = voice.strong >= HOPS;
  else if (time - voice.silentSince >= HANGOVER) {
    reading.speaking = false;
    voice.strong = 0;
  }
}

function decibels(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return 10 * Math.log10(sum / samples.length);
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1];
}
