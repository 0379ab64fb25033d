import type { Frame, RecordingHeader } from "@attune/core";
import { expect, test } from "vitest";
import { type Clock, type PerceptionSource, playback } from "./source.ts";

const header: RecordingHeader = { format: "attune-recording", version: 1, channels: ["x"], rate: 10 };
const frames: Frame[] = Array.from({ length: 21 }, (_, n) => ({ time: 5 + n / 10, channels: Float32Array.of(n) }));

/** A clock that jumps to wherever somebody waits for. */
function fakeClock(): Clock & { time: number } {
  return {
    time: 100,
    now() {
      return this.time;
    },
    wait(seconds) {
      this.time += seconds;
      return Promise.resolve();
    },
  };
}

async function watched(source: PerceptionSource, clock: { time: number }, busy = 0, most = Infinity) {
  const out: { n: number; at: number }[] = [];
  const stop = { aborted: false };
  for await (const frame of source.frames(stop)) {
    out.push({ n: frame.channels?.[0] ?? NaN, at: clock.time - 100 });
    clock.time += busy;
    if (out.length === most) stop.aborted = true;
  }
  return out;
}

test("frames come when they did, at any speed", async () => {
  for (const speed of [1, 2, 0.5]) {
    const clock = fakeClock();
    const seen = await watched(playback(header, frames, clock, speed), clock);
    expect(seen.map(({ n }) => n)).toEqual(frames.map((_, n) => n));
    seen.forEach(({ n, at }) => expect(at).toBeCloseTo(n / 10 / speed, 6));
  }
});

test("a slow reader sees fewer frames, not later ones, and the last", async () => {
  const clock = fakeClock();
  const seen = await watched(playback(header, frames, clock), clock, 0.35);
  expect(seen.length).toBeLessThan(9);
  for (const { n, at } of seen.slice(0, -1)) expect(at - n / 10).toBeLessThan(0.16);
  expect(seen.at(-1)?.n).toBe(20);
});

test("it stops when told to, and a speed that is none is refused", async () => {
  const clock = fakeClock();
  expect((await watched(playback(header, frames, clock), clock, 0, 3)).length).toBe(3);
  expect(() => playback(header, frames, clock, 0)).toThrow(/a speed of 0/);
});
