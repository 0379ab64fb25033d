import { expect, test } from "vitest";
import { type Backchannel, createListener, createYoked, hear, hearYoked, lowPitch } from "./backchannel.ts";
import { type Speech, speech } from "./testing.ts";

interface Given {
  times: number[];
  kinds: Backchannel[];
}

function listenTo({ speaking, pitchHz, gaze, dt }: Speech, seed = 1): Given {
  const listener = createListener(seed);
  const out: Given = { times: [], kinds: [] };
  speaking.forEach((speaks, i) => {
    const back = hear(listener, { speaking: speaks, pitchHz: pitchHz[i] }, gaze[i], i * dt);
    if (back === "none") return;
    out.times.push(i * dt);
    out.kinds.push(back);
  });
  return out;
}

/** Share of the feedback that comes from a moment before the phrase ends to a second after. */
function atPlaces(times: readonly number[], welcome: readonly number[]): number {
  const right = times.filter((time) => welcome.some((place) => time >= place - 0.1 && time <= place + 1));
  return right.length / Math.max(1, times.length);
}

const SPEAKERS = Array.from({ length: 40 }, (_, i) => i + 1);

test("T12 feedback comes 8 to 20 times a minute of speech, two nods to a word, never within 0.8 s", () => {
  for (const seed of SPEAKERS) {
    const said = speech(seed, 240);
    const { times, kinds } = listenTo(said, seed);
    const rate = (60 * times.length) / said.spoken;
    expect(rate, `speaker ${seed}`).toBeGreaterThanOrEqual(8);
    expect(rate, `speaker ${seed}`).toBeLessThanOrEqual(20);
    const words = kinds.filter((kind) => kind === "mm-hm").length;
    expect(words).toBeGreaterThan(0);
    expect(times.length - words).toBeGreaterThanOrEqual(2 * words);
    for (let i = 1; i < times.length; i++) expect(times[i] - times[i - 1]).toBeGreaterThanOrEqual(0.8 - 1e-9);
  }
});

test("T12 a contingent listener beats one yoked to another conversation, for every speaker", () => {
  let contingent = 0,
    yoked = 0,
    won = 0;
  for (const seed of SPEAKERS) {
    const said = speech(seed, 240),
      other = listenTo(speech(seed + 1000, 240), seed);
    const own = atPlaces(listenTo(said, seed).times, said.welcome);
    const control = createYoked(other.times, other.kinds);
    const given: number[] = [];
    for (let i = 0; i < said.speaking.length; i++)
      if (hearYoked(control, i * said.dt) !== "none") given.push(i * said.dt);
    expect(given.length).toBeGreaterThan(20);
    const theirs = atPlaces(given, said.welcome);
    contingent += own / SPEAKERS.length;
    yoked += theirs / SPEAKERS.length;
    if (own > theirs) won++;
  }
  expect(won).toBe(SPEAKERS.length);
  expect(contingent).toBeGreaterThan(0.65);
  expect(contingent).toBeGreaterThan(1.8 * yoked);
});

test("T12 who pauses and looks up every half second is not answered more often than every 0.8 s", () => {
  const listener = createListener(1);
  const times: number[] = [];
  for (let i = 0; i < 3000; i++) {
    // Five seconds without a place for feedback save some up.
    const speaking = i < 500 || i % 75 < 50;
    if (hear(listener, { speaking, pitchHz: speaking ? 140 : NaN }, 1, i * 0.01) !== "none") times.push(i * 0.01);
  }
  expect(times.length).toBeGreaterThan(3);
  const least = Math.min(...times.slice(1).map((time, i) => time - times[i]));
  expect(least).toBeGreaterThanOrEqual(0.8 - 1e-9);
  expect(least).toBeLessThan(1.6);
});

test("T12 nothing comes in the first 0.7 s of speech, or while the other thinks", () => {
  const listener = createListener(3);
  let time = 0;
  const say = (speaking: boolean, seconds: number): number[] => {
    const given: number[] = [];
    for (const end = time + seconds; time < end; time += 0.01) {
      const pitchHz = speaking ? (time % 0.5 < 0.2 ? 80 : 140) : NaN;
      if (hear(listener, { speaking, pitchHz }, 1, time) !== "none") given.push(time);
    }
    return given;
  };
  for (let turn = 0; turn < 30; turn++) {
    expect(say(true, 0.69)).toEqual([]);
    expect(say(true, 3).length).toBeGreaterThan(0);
    say(false, 1.5);
    expect(say(false, 6)).toEqual([]);
  }
});

test("T12 the answer comes 0.7 s after 110 ms of low pitch, and not after 90", () => {
  for (const [low, expected] of [
    [0.13, true],
    [0.09, false],
  ] as const) {
    const listener = createListener(1);
    let answered = NaN;
    for (let i = 0; i < 400; i++) {
      const time = i * 0.01;
      const pitchHz = time >= 2.8 && time < 2.8 + low ? 90 : 150 + ((i * 7) % 10);
      if (hear(listener, { speaking: true, pitchHz }, NaN, time) !== "none" && Number.isNaN(answered)) answered = time;
    }
    if (expected) expect(answered).toBeCloseTo(2.8 + 0.11 + 0.7, 1);
    else expect(answered).toBeNaN();
  }
});

test("the speaker's low is the 26th percentile of their pitch, and unknown at first", () => {
  const listener = createListener(1);
  hear(listener, { speaking: true, pitchHz: 100 }, 0, 0);
  for (let i = 1; i < 100; i++) hear(listener, { speaking: true, pitchHz: 100 + i }, 0, i * 0.01);
  expect(lowPitch(listener)).toBeNaN();
  for (let i = 0; i < 1000; i++) hear(listener, { speaking: true, pitchHz: 100 + (i % 100) }, 0, 1 + i * 0.01);
  expect(lowPitch(listener)).toBeGreaterThan(122);
  expect(lowPitch(listener)).toBeLessThan(130);
});

test("a voice that is not heard, a gap and a clock that goes back give nothing and break nothing", () => {
  const listener = createListener(1);
  for (const time of [0, NaN, 5, 4, 4.01, Infinity, 4.02, 4.03])
    expect(hear(listener, { speaking: true, pitchHz: NaN }, NaN, time)).toBe("none");
  expect(Number.isFinite(listener.heard)).toBe(true);
  expect(() => createYoked([1], [])).toThrow(/1 times and 0 kinds/);
});

test("a listener goes on from a copy as from itself", () => {
  const said = speech(5, 60);
  const a = createListener(2);
  const half = said.speaking.length >> 1;
  for (let i = 0; i < half; i++)
    hear(a, { speaking: said.speaking[i], pitchHz: said.pitchHz[i] }, said.gaze[i], i * 0.01);
  const b = structuredClone(a);
  for (let i = half; i < said.speaking.length; i++) {
    const voice = { speaking: said.speaking[i], pitchHz: said.pitchHz[i] };
    expect(hear(b, voice, said.gaze[i], i * 0.01)).toBe(hear(a, voice, said.gaze[i], i * 0.01));
  }
  expect(b).toEqual(a);
});
