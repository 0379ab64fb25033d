import { expect, test } from "vitest";
import { createRng } from "../rng.ts";
import { addExample, createChains } from "./chains.ts";
import { aimOf, apart } from "./context.ts";
import { createGaze, lookAhead } from "./gaze.ts";
import { createExpected, expectNext, minimumJerk, progressTo } from "./landing.ts";
import type { SceneObject } from "./types.ts";
import { aimAt, beginAct, createGoalWatch, endAct } from "./watch.ts";

const RATE = 60;
const ACTS = ["reach", "carry"];

interface Trip {
  /** Index of the object it goes to, -1 for a place where nothing is. */
  to: number;
  from: number[];
  place: number[];
  start: number;
  end: number;
}

/** A hand that goes from thing to thing, resting between, with minimum-jerk movements and a tremor. */
function trips(seed: number, objects: readonly SceneObject[], aimless: boolean): Trip[] {
  const rng = createRng(seed, "goals/gaze");
  const out: Trip[] = [];
  let at = [0, 0, 0],
    time = 0.5,
    last = -1;
  for (let k = 0; k < 8; k++) {
    let to = aimless ? -1 : Math.floor(rng() * objects.length);
    if (to >= 0 && to === last) to = (to + 1) % objects.length;
    const place = to < 0 ? [rng() - 0.5, rng() - 0.5, rng() - 0.5] : [...(objects[to].position ?? [])];
    const duration = 0.45 + 0.7 * apart(at, place) * (0.9 + 0.2 * rng());
    out.push({ to, from: at, place, start: time, end: time + duration });
    time += duration + 0.4 + 0.4 * rng();
    at = place;
    last = to;
  }
  return out;
}

function handAt(list: readonly Trip[], time: number): number[] {
  let at = [0, 0, 0];
  for (const { from, place, start, end } of list) {
    if (time < start) break;
    const s = minimumJerk(Math.min(1, (time - start) / (end - start)));
    at = from.map((v, d) => v + s * (place[d] - v));
  }
  return at;
}

/** s by which the eyes are where each trip ends before the hand is, negative where they come after it. */
function leads(seed: number, { goal, knows }: { goal: boolean; knows: boolean }): number[] {
  const objects: SceneObject[] = ["cup", "plate", "jug", "spoon"].map((kind, i) => ({
    kind,
    position: [0.4 * Math.cos(1.5 * i), 0.4 * Math.sin(1.5 * i), 0.1 * i],
  }));
  const chains = createChains();
  if (knows)
    for (let s = 100; s < 106; s++) {
      const list = trips(s, objects, false);
      addExample(chains, {
        goal: "lay the table",
        acts: list.map(({ to, start, end }, i) => ({
          name: ACTS[i % 2],
          object: objects[to].kind,
          from: start,
          to: end,
        })),
      });
    }
  const list = trips(seed, objects, !goal);
  const watch = createGoalWatch(chains, { context: { objects } });
  const expected = createExpected();
  const gaze = createGaze([0, 0, 0]);
  const progress = { phase: NaN, phaseSd: NaN };
  const aims = new Float64Array(objects.length);
  const summed = new Float64Array(objects.length);
  const out: number[] = [];
  let arrived = list.map(() => NaN);
  let going = -1;
  for (let n = 0; n < RATE * (list[list.length - 1].end + 0.6); n++) {
    const time = n / RATE;
    const hand = handAt(list, time);
    const velocity = hand.map((v, d) => (v - handAt(list, time - 1 / RATE)[d]) * RATE);
    const now = list.findIndex(({ start, end }) => time >= start && time < end);
    // The mirror's part: acts begin and end; which thing they are for is not told.
    if (knows && now !== going) {
      if (going >= 0) endAct(chains, watch, time);
      if (now >= 0) beginAct(chains, watch, { time: list[now].start, name: ACTS[now % 2] });
      summed.fill(0);
      going = now;
    }
    if (knows && now >= 0) {
      aimOf(watch.memory.objects, { position: hand, velocity }, 0.2, aims);
      // A direction seen for a while is worth more than one of a moment.
      for (let i = 0; i < aims.length; i++) summed[i] += Math.log(Math.max(1e-6, aims[i])) / 6;
      const top = Math.max(...summed);
      if (n % 4 === 0)
        aimAt(
          chains,
          watch,
          summed.map((v) => Math.exp(v - top)),
        );
      const target = watch.memory.objects[watch.target]?.position;
      if (target) progressTo(target, list[now].from, hand, progress);
    } else progress.phase = NaN;
    expectNext(chains, watch, time, progress, expected);
    const thing = expected.object >= 0 && now >= 0 ? watch.memory.objects[expected.object].position : undefined;
    lookAhead(gaze, {
      time,
      hand,
      object: expected.object,
      sure: expected.sure,
      place: thing,
      in: expected.in,
      inSd: expected.inSd,
    });
    arrived = arrived.map((at, k) => {
      const { start, end, place } = list[k];
      const there = apart(Array.from(gaze.at), place) < 0.05;
      if (!there || time < start || time > end + 0.5) return at;
      return Number.isNaN(at) ? time : at;
    });
  }
  list.forEach(({ end, from, place }, k) => {
    if (apart(from, place) > 0.15 && !Number.isNaN(arrived[k])) out.push(end - arrived[k]);
  });
  return out;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

test("the eyes are at the landing 100 to 250 ms before a hand with a goal, whatever the scene (Flanagan & Johansson 2003)", () => {
  const all = Array.from({ length: 12 }, (_, s) => leads(s, { goal: true, knows: true })).flat();
  expect(all.length).toBeGreaterThan(60);
  expect(median(all)).toBeGreaterThan(0.1);
  expect(median(all)).toBeLessThan(0.25);
  expect(all.filter((l) => l > 0.05).length / all.length).toBeGreaterThan(0.8);
});

test("with nothing expected they follow: late, whether the hand has no goal or none is known", () => {
  for (const condition of [
    { goal: true, knows: false },
    { goal: false, knows: false },
  ]) {
    const all = Array.from({ length: 12 }, (_, s) => leads(s, condition)).flat();
    expect(all.length).toBeGreaterThan(20);
    expect(Math.max(...all)).toBeLessThan(0);
  }
});

test("a saccade takes its time and ends where it was meant to", () => {
  const gaze = createGaze([0, 0]);
  const cue = { hand: undefined, object: 1, sure: 1, place: [1, 2], in: 0.1, inSd: 0 };
  lookAhead(gaze, { ...cue, time: 0 });
  lookAhead(gaze, { ...cue, time: 0.03 });
  expect(gaze.at[0]).toBeGreaterThan(0);
  expect(gaze.at[0]).toBeLessThan(1);
  lookAhead(gaze, { ...cue, time: 0.07 });
  expect(Array.from(gaze.at)).toEqual([1, 2]);
  expect(gaze.ahead).toBe(true);
});

test("an object that is hardly the one is not looked at before the hand is there", () => {
  const gaze = createGaze([0, 0]);
  for (let n = 0; n < 30; n++)
    lookAhead(gaze, { time: n / 60, hand: [0, 0], object: 0, sure: 0.3, place: [1, 1], in: 0.1, inSd: 0 });
  expect(Array.from(gaze.at)).toEqual([0, 0]);
});
