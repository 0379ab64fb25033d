import { expect, test } from "vitest";
import type { MindEvent } from "../moment.ts";
import { UNFITTED, believe, createBelief } from "./belief.ts";
import { createEvents, notice } from "./events.ts";
import { type Mirror, observe } from "./mirror.ts";
import { played, smallMirror } from "./testing.ts";

const D = 6,
  RATE = 30,
  SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);
const repertoire = { acts: SEEDS.map((seed) => ({ name: `${seed}` })) };

/** Gestures one after another; before each, its first posture is waited in, and the last is held. */
function stream(
  script: readonly { seed: number; wait: number }[],
  hold = 1,
): { frames: Float64Array[]; starts: number[] } {
  const frames: Float64Array[] = [],
    starts: number[] = [];
  let before: Float64Array | undefined;
  for (const { seed, wait } of script) {
    const take = played(seed, D, 1, 0.003).frames;
    const n = Math.round(wait * RATE);
    for (let k = 0; k < n; k++) {
      // From where the last one ended to where this begins, in the first half of the wait.
      const u = before === undefined ? 1 : Math.min(1, (2 * k) / n);
      frames.push(take[0].map((v, d) => u * v + (1 - u) * (before?.[d] ?? 0)));
    }
    starts.push(frames.length / RATE);
    frames.push(...take);
    before = take[take.length - 1];
  }
  const last = frames[frames.length - 1];
  for (let k = 0; k < hold * RATE; k++) frames.push(last);
  return { frames, starts };
}

function eventsOf(mirror: Mirror, frames: readonly Float64Array[]): MindEvent[] {
  const belief = createBelief(SEEDS.length),
    events = createEvents(SEEDS.length),
    out: MindEvent[] = [];
  frames.forEach((frame, n) => {
    observe(mirror, frame, n / RATE);
    believe(mirror, UNFITTED, belief);
    notice(events, { time: n / RATE, report: belief.probability, repertoire, belief, mirror }, n > 0 ? 1 / RATE : 0);
    out.push(...events.last);
  });
  return out;
}

test("an act waited for in its first posture begins when it moves, not when the waiting began", () => {
  const { frames, starts } = stream([{ seed: 2, wait: 2 }]);
  const told = eventsOf(smallMirror(SEEDS, D), frames).find((e) => e.kind === "recognised");
  expect(told?.act).toBe("2");
  expect(Math.abs((told?.since ?? NaN) - starts[0])).toBeLessThan(0.25);
  for (const e of eventsOf(smallMirror(SEEDS, D), frames)) expect(e.time, e.kind).toBeGreaterThan(starts[0]);
});

test.each([0.5, 1, 2])("an act done again and again is recognised each time, after rests of %s s", (wait) => {
  const script = [1, 1, 2, 2, 2].map((seed) => ({ seed, wait }));
  const told = eventsOf(smallMirror(SEEDS, D), stream(script).frames).filter((e) => e.kind === "recognised");
  expect(told.map((e) => e.act)).toEqual(["1", "1", "2", "2", "2"]);
});

test("one act after another is recognised, also while the last posture of the one before is still explained", () => {
  const script = [1, 3, 2, 4].map((seed) => ({ seed, wait: 1 }));
  const { frames, starts } = stream(script);
  const told = eventsOf(smallMirror(SEEDS, D), frames).filter((e) => e.kind === "recognised");
  expect(told.map((e) => e.act)).toEqual(["1", "3", "2", "4"]);
  told.forEach((e, i) => {
    expect(e.time).toBeGreaterThan(starts[i]);
    expect(e.time).toBeLessThan(starts[i] + 0.6 * played(script[i].seed, D, 1).duration);
  });
});

test("an act is told once, and its end once, when it was over and not when its last posture is given up", () => {
  const { frames, starts } = stream([{ seed: 1, wait: 1 }], 3);
  const events = eventsOf(smallMirror(SEEDS, D), frames).filter((e) => e.act === "1");
  expect(events.map((e) => e.kind)).toEqual(["begin", "recognised", "end"]);
  const end = starts[0] + played(1, D, 1).duration;
  expect(Math.abs((events[2].until ?? NaN) - end)).toBeLessThan(0.25);
});
