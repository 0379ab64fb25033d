import { expect, test } from "vitest";
import { createActStream, seeActs } from "./act-stream.ts";
import { kitchen } from "./testing.ts";
import { createGoalWatch } from "./watch.ts";

const NAMES = ["reach", "lift", "sip", "carry"];

/** A mirror that is sure of one act after another, each a second long, with pauses of half a second. */
function watchActs(acts: readonly string[], options: { hidden?: readonly number[]; wobble?: boolean } = {}) {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true, context: { scene: "breakfast" } });
  const stream = createActStream(NAMES);
  const probability = new Float64Array(4),
    begun = new Float64Array(4),
    phase = new Float64Array(4);
  const begins: number[] = [];
  for (let n = 0; n < 30 * 1.5 * acts.length; n++) {
    const time = n / 30,
      at = Math.floor(time / 1.5),
      within = time - 1.5 * at;
    const k = NAMES.indexOf(acts[at]);
    probability.fill(0);
    if (within < 1) {
      probability[k] = Math.min(0.95, 0.2 + 3 * within);
      begun[k] = 1.5 * at;
      phase[k] = within;
      if (options.wobble) {
        const other = (k + 1) % 4;
        probability[other] = (1 - probability[k]) * 0.9;
        begun[other] = 1.5 * at;
        phase[other] = 0.3;
      }
    }
    const before = watch.since;
    seeActs(chains, watch, stream, { time, probability, begun, phase, hidden: options.hidden?.includes(at) ?? false });
    if (!Number.isNaN(watch.since) && watch.since !== before) begins.push(watch.since);
  }
  return { chains, watch, begins };
}

test("each act begins once, when the mirror dates it, though the mirror is unsure at first", () => {
  for (const wobble of [false, true]) {
    const { chains, watch, begins } = watchActs(["reach", "lift", "sip"], { wobble });
    expect(begins).toHaveLength(3);
    begins.forEach((at, k) => expect(at).toBeCloseTo(1.5 * k, 9));
    expect(watch.past.map(({ name }) => name)).toEqual(["reach", "lift", "sip"]);
    expect(watch.goals[chains.goals.indexOf("drink")]).toBeGreaterThan(0.8);
  }
});

test("an act done while nothing is seen is filled in", () => {
  const { chains, watch } = watchActs(["reach", "lift", "sip"], { hidden: [1] });
  expect(watch.tracks.some(({ chain }) => chain.length === 3)).toBe(true);
  expect(watch.goals[chains.goals.indexOf("drink")]).toBeGreaterThan(0.7);
});

test("an act that is only waited for has not begun, one held at its end is over", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains);
  const stream = createActStream(NAMES);
  for (let n = 0; n < 60; n++) {
    const time = n / 30;
    seeActs(chains, watch, stream, {
      time,
      probability: [0.95, 0, 0, 0],
      begun: [time - 0.03, 0, 0, 0],
      phase: [0, 0, 0, 0],
    });
  }
  expect(watch.since).toBeNaN();
  for (let n = 60; n < 150; n++) {
    const time = n / 30;
    seeActs(chains, watch, stream, {
      time,
      probability: [0.95, 0, 0, 0],
      begun: [2, 0, 0, 0],
      phase: [Math.min(1, time - 2), 0, 0, 0],
    });
  }
  expect(watch.since).toBeNaN();
  expect(watch.past).toHaveLength(1);
  expect(watch.past[0].from).toBeCloseTo(2, 9);
});

test("a frame in which nothing changes touches nothing", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains);
  const stream = createActStream(NAMES);
  const belief = { probability: [0.9, 0.05, 0, 0], begun: [0, 0, 0, 0], phase: [0.5, 0.2, 0, 0] };
  seeActs(chains, watch, stream, { ...belief, time: 0.5 });
  const { branches } = watch;
  const [first] = branches;
  for (let n = 0; n < 10; n++)
    seeActs(chains, watch, stream, { ...belief, probability: [0.9 - 0.004 * n, 0.05, 0, 0], time: 0.5 + n / 30 });
  expect(watch.branches).toBe(branches);
  expect(watch.branches[0]).toBe(first);
  expect(first.probability).toBe(0.9);
  seeActs(chains, watch, stream, { ...belief, probability: [0.6, 0.3, 0, 0], time: 0.9 });
  expect(first.probability).toBe(0.6);
});

test("a belief about other acts is refused", () => {
  const chains = kitchen();
  expect(() =>
    seeActs(chains, createGoalWatch(chains), createActStream(NAMES), {
      time: 0,
      probability: [1],
      begun: [0],
      phase: [0],
    }),
  ).toThrow(/about 1 acts, expected 4/);
});

test("of acts without a pause between them each is told from the one before by when it began", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true, context: { scene: "breakfast" } });
  const stream = createActStream(NAMES);
  for (let n = 0; n < 90; n++) {
    const time = n / 30,
      at = Math.floor(time);
    seeActs(chains, watch, stream, {
      time,
      probability: NAMES.map((_, k) => (k === at ? 0.9 : 0.02)),
      begun: NAMES.map((_, k) => k),
      phase: NAMES.map((_, k) => (k === at ? time - at : 0.5)),
    });
  }
  expect(watch.past.map(({ name, to }) => [name, to])).toEqual([
    ["reach", 1],
    ["lift", 2],
  ]);
  expect(watch.since).toBe(2);
});
