// What a voice adds: how aroused it sounds, and weakly what like, from pitch and loudness against the speaker's own habit.
// Directions: Juslin & Laukka 2003 (doi:10.1037/0033-2909.129.5.770) [V]; how far is by design [D]. People themselves
// tell expressions by voice in .40 of votes [M], so it stays a hint.

import { READ } from "./weights.ts";

/** What a frame says of the voice. */
export interface Heard {
  /** Hz; NaN where there is no pitch. */
  readonly pitchHz: number;
  /** 0..1, linear in dB over 60 dB. */
  readonly loudness: number;
  readonly speaking: boolean;
}

/** The speaker's habit and the voice of the last moments. Plain data. */
export interface VoiceBaseline {
  /** s of speech and of pitch heard so far. */
  spoken: number;
  voiced: number;
  /** Habit: semitones above 100 Hz, dB below full scale; their spread. */
  pitch: number;
  pitchSpread: number;
  level: number;
  levelSpread: number;
  /** Of the last moments, the same. */
  nowPitch: number;
  nowLevel: number;
  /** 0..1: how much of the last moments was speech. */
  speaking: number;
}

/** What a voice sounds like. */
export interface VoiceImpression {
  /** [READ], sums to 1, never far from flat. */
  readonly probability: Float64Array;
  /** -1..1 */
  arousal: number;
  /** 1/variance of the arousal; 0 while nobody speaks or the speaker's habit is unknown. */
  precision: number;
}

/** s over which a voice is "now", is the habit (later), and has to be known before it says anything. [D] */
const NOW = 1.5;
const HABIT = 120;
const KNOWN = 4;
/** Usual spread within a speaker, semitones and dB. [D] */
const PITCH_SPREAD = 2.5;
const LEVEL_SPREAD = 5;
/** Standard deviation of arousal as a voice tells it. [D] */
const VOICE_SD = 0.45;
const FULL_DB = 60;
/** How far each expression's voice is from habit, in spreads: pitch, level. [D] after the directions above. */
const SOUNDS: Readonly<Record<string, readonly [pitch: number, level: number]>> = {
  joy: [1, 0.7],
  amusement: [1, 0.5],
  laughter: [1.4, 1],
  sadness: [-0.7, -1],
  anger: [0.6, 1.2],
  disgust: [-0.3, -0.1],
  fear: [1.2, 0.1],
  surprise: [1.4, 0.4],
  contempt: [-0.5, -0.1],
  shame: [-0.7, -1],
  embarrassment: [0, -0.6],
  pride: [0.2, 0.5],
  interest: [0.5, 0.2],
  boredom: [-1, -0.7],
  contentment: [-0.6, -0.6],
  sympathy: [-0.6, -0.8],
  pain: [0.7, 0.4],
};
const SOUND_SD = 1.2;

export function createVoiceBaseline(): VoiceBaseline {
  return {
    spoken: 0,
    voiced: 0,
    pitch: 0,
    pitchSpread: PITCH_SPREAD,
    level: 0,
    levelSpread: LEVEL_SPREAD,
    nowPitch: 0,
    nowLevel: 0,
    speaking: 0,
  };
}

/**
 * Hears `dt` seconds of voice.
 *
 * @param heard undefined where nothing listens, which changes nothing but how much of the last moments was speech
 */
export function hearVoice(state: VoiceBaseline, heard: Heard | undefined, dt: number): void {
  if (!(dt > 0)) return;
  const now = 1 - Math.exp(-dt / NOW),
    speaking = heard?.speaking === true && Number.isFinite(heard.loudness);
  state.speaking += now * ((speaking ? 1 : 0) - state.speaking);
  if (!heard || !speaking) return;
  const level = FULL_DB * (Math.min(1, Math.max(0, heard.loudness)) - 1),
    first = state.spoken === 0;
  state.spoken += dt;
  if (first) state.level = state.nowLevel = level;
  const habit = 1 - Math.exp(-dt / Math.min(HABIT, state.spoken + NOW));
  state.nowLevel += now * (level - state.nowLevel);
  state.levelSpread += habit * (Math.abs(level - state.level) * 1.25 - state.levelSpread);
  state.level += habit * (level - state.level);
  if (!(heard.pitchHz > 20)) return;
  const pitch = 12 * Math.log2(heard.pitchHz / 100);
  if (state.voiced === 0) state.pitch = state.nowPitch = pitch;
  state.voiced += dt;
  const custom = 1 - Math.exp(-dt / Math.min(HABIT, state.voiced + NOW));
  state.nowPitch += now * (pitch - state.nowPitch);
  state.pitchSpread += custom * (Math.abs(pitch - state.pitch) * 1.25 - state.pitchSpread);
  state.pitch += custom * (pitch - state.pitch);
}

export function createVoiceImpression(): VoiceImpression {
  return { probability: new Float64Array(READ.length).fill(1 / READ.length), arousal: 0, precision: 0 };
}

/** What the voice sounds like now; flat while it is silent or new. */
export function readVoice(state: VoiceBaseline, out: VoiceImpression): void {
  const { probability } = out;
  // A voice that has hardly been heard has no habit to differ from.
  const known = state.speaking * Math.max(0, 1 - Math.exp(-Math.max(0, state.spoken - NOW) / KNOWN));
  const pitch = inSpreads(state.nowPitch - state.pitch, state.pitchSpread, PITCH_SPREAD) * (state.voiced > NOW ? 1 : 0),
    level = inSpreads(state.nowLevel - state.level, state.levelSpread, LEVEL_SPREAD);
  out.arousal = Math.tanh(0.35 * pitch + 0.35 * level) * known;
  out.precision = known / (VOICE_SD * VOICE_SD);
  let sum = 0;
  for (let r = 0; r < READ.length; r++) {
    const [p, l] = SOUNDS[READ[r]] ?? NO_SOUND;
    const off = ((pitch - p) ** 2 + (level - l) ** 2 - pitch * pitch - level * level) / (SOUND_SD * SOUND_SD);
    sum += probability[r] = Math.exp(-0.5 * known * off);
  }
  for (let r = 0; r < READ.length; r++) probability[r] /= sum;
}

const NO_SOUND = [0, 0] as const;

/** In spreads, at most 2.5 either way; a speaker seen to vary little is still given half the usual spread. */
function inSpreads(off: number, spread: number, usual: number): number {
  return Math.min(2.5, Math.max(-2.5, off / Math.max(spread, usual / 2)));
}
