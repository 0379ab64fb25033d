import { createRng, gaussian } from "@attune/core";
import { expect, test } from "vitest";
import { type VoiceReading, createVoice, hear } from "./voice.ts";

const RATE = 48_000;

interface Heard extends VoiceReading {
  time: number;
}

/** Runs a sound through a reader, 10 ms at a time. */
function listen(sound: Float32Array, rate = RATE): Heard[] {
  const voice = createVoice(rate);
  const out: Heard[] = [];
  for (let at = 0; at + voice.hop <= sound.length; at += voice.hop) {
    hear(voice, sound.subarray(at, at + voice.hop));
    out.push({ ...voice.reading, time: voice.time });
  }
  return out;
}

/** A vowel: harmonics falling off from a glottis, raised around three formants; Hz over time. */
function vowel(pitch: (t: number) => number, seconds: number, amplitude = 0.2, rate = RATE): Float32Array {
  const out = new Float32Array(seconds * rate);
  let phase = 0,
    peak = 0;
  for (let i = 0; i < out.length; i++) {
    const hz = pitch(i / rate);
    phase += (2 * Math.PI * hz) / rate;
    for (let h = 1; h * hz < 4000; h++) {
      const gain = [700, 1200, 2600].reduce((sum, f) => sum + 1 / (1 + ((h * hz - f) / 120) ** 2), 0.05);
      out[i] += (gain / h) * Math.sin(h * phase);
    }
    peak = Math.max(peak, Math.abs(out[i]));
  }
  return out.map((v) => (v * amplitude) / peak);
}

function noise(seconds: number, amplitude: number, seed: number, rate = RATE): Float32Array {
  const rng = createRng(seed, "noise");
  return Float32Array.from({ length: seconds * rate }, () => amplitude * gaussian(rng));
}

const mix = (a: Float32Array, b: Float32Array): Float32Array => a.map((v, i) => v + b[i]);

function join(...parts: Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => Array.from(part)));
}

/** What was heard is of the middle of the window and the median: 20 ms each ago. */
const LAG = 0.04;

function errors(heard: readonly Heard[], pitch: (t: number) => number, from = 0.15): number[] {
  return heard
    .filter(({ time, pitchHz }) => time > from && !Number.isNaN(pitchHz))
    .map(({ time, pitchHz }) => Math.abs(pitchHz / pitch(time - LAG) - 1));
}

test.each([80, 110, 165, 220, 330, 520, 800])("a vowel at %d Hz is heard within three percent, in noise too", (hz) => {
  const clean = vowel(() => hz, 1);
  for (const sound of [clean, mix(clean, noise(1, 0.01, hz))]) {
    const heard = listen(sound),
      off = errors(heard, () => hz);
    expect(off.length).toBeGreaterThan(80);
    expect(Math.max(...off)).toBeLessThan(0.03);
  }
});

test.each([16_000, 44_100, 48_000])("glides are followed within three percent at %d samples a second", (rate) => {
  // A question and an answer: up and down almost an octave in a second and a half.
  const pitch = (t: number): number => 160 * 2 ** (0.4 * Math.sin((2 * Math.PI * t) / 1.5));
  const sound = mix(vowel(pitch, 3, 0.2, rate), noise(3, 0.005, 1, rate));
  const off = errors(listen(sound, rate), pitch);
  expect(off.length).toBeGreaterThan(270);
  expect(Math.max(...off)).toBeLessThan(0.03);
});

test("silence and noise have no pitch, and nobody speaks in them", () => {
  for (const sound of [new Float32Array(RATE), noise(1, 0.002, 2), noise(1, 0.05, 3)]) {
    const heard = listen(sound);
    expect(heard.filter(({ pitchHz }) => !Number.isNaN(pitchHz)).length).toBeLessThan(3);
    expect(heard.some(({ speaking }) => speaking)).toBe(false);
  }
});

test("an octave heard for a moment is a slip, one that stays is a new pitch", () => {
  // Every second period weaker: what makes detectors fall an octave.
  const hz = (t: number): number => (t >= 0.5 && t < 0.55 ? 100 : 200);
  const brief = listen(vowel(hz, 1));
  for (const { time, pitchHz } of brief) if (time > 0.15) expect(pitchHz).toBeGreaterThan(170);
  const stays = listen(vowel((t) => (t >= 0.5 ? 100 : 200), 1));
  for (const { time, pitchHz } of stays) if (time > 0.75) expect(Math.abs(pitchHz / 100 - 1)).toBeLessThan(0.03);
});

test("speech begins and ends a little late, and pauses within it do not end it", () => {
  const word = vowel((t) => 140 - 20 * t, 0.4),
    room = (seconds: number): Float32Array => new Float32Array(seconds * RATE);
  const sound = mix(join(room(0.5), word, room(0.15), word, room(1)), noise(2.45, 0.0008, 4));
  const heard = listen(sound);
  const changes = heard.filter(({ speaking }, i) => speaking !== (heard[i - 1]?.speaking ?? false));
  expect(changes.map(({ speaking }) => speaking)).toEqual([true, false]);
  const [began, ended] = changes.map(({ time }) => time);
  expect(began).toBeGreaterThan(0.5);
  expect(began).toBeLessThan(0.6);
  expect(ended).toBeGreaterThan(1.45);
  expect(ended).toBeLessThan(1.85);
});

test("loudness is decibels: ten times the amplitude is a third of the way", () => {
  const at = (amplitude: number): number => listen(vowel(() => 150, 0.5, amplitude)).at(-1)?.loudness ?? NaN;
  expect(at(0.5) - at(0.05)).toBeCloseTo(1 / 3, 3);
  const full = Float32Array.from({ length: RATE / 2 }, (_, i) => (i % 100 < 50 ? 1 : -1));
  expect(listen(full).at(-1)?.loudness).toBeCloseTo(1, 6);
  expect(listen(new Float32Array(RATE / 2)).at(-1)?.loudness).toBe(0);
});

test("wrong sizes and rates are refused", () => {
  expect(() => createVoice(4000)).toThrow(/a sample rate of 4000 Hz came/);
  expect(() => hear(createVoice(RATE), new Float32Array(100))).toThrow(/100 samples came, 480 were wanted/);
});
