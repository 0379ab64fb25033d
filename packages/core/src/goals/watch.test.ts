import { expect, test } from "vitest";
import { addExample, createChains, logPriors, outcomeOf, pairSound } from "./chains.ts";
import type { Chains } from "./chains.ts";
import { aimOf } from "./context.ts";
import { intentOf } from "./intent.ts";
import { createExpected } from "./landing.ts";
import { chainLikelihoods, chainOf, kitchen } from "./testing.ts";
import type { GoalWatch } from "./belief.ts";
import { type Track, settleTracks } from "./tracks.ts";
import type { SceneContext } from "./types.ts";
import {
  aimAt,
  beginAct,
  createGoalWatch,
  endAct,
  hearAct,
  hideActor,
  restartWatch,
  reviseAct,
  seeScene,
} from "./watch.ts";

function doing(chains: Chains, watch: GoalWatch, acts: readonly string[]): void {
  acts.forEach((text, i) => {
    const [name, object, role] = text.split(" ");
    beginAct(chains, watch, {
      time: i,
      name,
      ...(object === undefined ? {} : { object }),
      ...(role === undefined ? {} : { role }),
    });
  });
}

function p(chains: Chains, watch: GoalWatch, goal: string): number {
  return watch.goals[chains.goals.indexOf(goal)];
}

const next = (chains: Chains, watch: GoalWatch, act: string): number => watch.next[outcomeOf(chains, act)];
const unknown = (watch: GoalWatch): number => watch.goals[watch.goals.length - 1];

test("the posterior over goals is that of going through all of them (acts certain, lengths unknown)", () => {
  const chains = kitchen();
  const acts = ["reach cup full", "lift cup full", "sip cup full"];
  const watch = createGoalWatch(chains, { oneChain: true });
  acts.forEach((text, i) => {
    const [name, object, role] = text.split(" ");
    if (i > 0) hideActor(watch, i);
    if (i > 0) endAct(chains, watch, i);
    watch.hidden = NaN;
    beginAct(chains, watch, { time: i, name, object, role });
    const likelihood = chainLikelihoods(chains, chainOf(undefined, acts.slice(0, i + 1)));
    const prior = new Float64Array(chains.goals.length + 1);
    logPriors(chains, {}, prior);
    const joint = likelihood.map((l, g) => l * Math.exp(prior[g]));
    const known = joint.reduce((s, v) => s + v, 0);
    joint.forEach((v, g) => expect(watch.goals[g] / (1 - unknown(watch))).toBeCloseTo(v / known, 4));
  });
});

test("with acts uncertain it is the sum over all sequences of acts, each by its evidence", () => {
  const chains = createChains();
  for (let k = 0; k < 3; k++) {
    addExample(chains, chainOf("a", ["x", "y", "z"]));
    addExample(chains, chainOf("b", ["x", "z", "y"]));
    addExample(chains, chainOf("c", ["y", "x", "z"]));
  }
  const seen = [
    { x: 0.6, y: 0.4 },
    { y: 0.7, z: 0.3 },
    { x: 0.2, y: 0.3, z: 0.5 },
  ];
  const watch = createGoalWatch(chains, { oneChain: true });
  seen.forEach((evidence, i) => {
    beginAct(chains, watch, {
      time: i,
      candidates: Object.entries(evidence).map(([name, probability]) => ({ name, probability })),
    });
    // Nothing is known of the lengths.
    if (i < seen.length - 1) {
      hideActor(watch, i);
      endAct(chains, watch, i + 1);
      watch.hidden = NaN;
    }
  });
  const prior = new Float64Array(chains.goals.length + 1);
  logPriors(chains, {}, prior);
  const joint = chains.goals.map(() => 0);
  for (const [x, a] of Object.entries(seen[0]))
    for (const [y, b] of Object.entries(seen[1]))
      for (const [z, c] of Object.entries(seen[2]))
        chainLikelihoods(chains, chainOf(undefined, [x, y, z])).forEach(
          (l, g) => (joint[g] += a * b * c * l * Math.exp(prior[g])),
        );
  const total = joint.reduce((s, v) => s + v, 0);
  joint.forEach((v, g) => expect(watch.goals[g] / (1 - unknown(watch))).toBeCloseTo(v / total, 2));
});

test("the same act in another chain is another state", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true });
  doing(chains, watch, ["reach cup full", "lift cup full"]);
  const { chain } = intentOf(chains, watch, 1.5, createExpected());
  expect(chain[0]).toMatchObject({ goal: "drink", act: "lift", step: 1 });
  const sum = chain.reduce((s, c) => s + c.probability, 0);
  expect(sum).toBeGreaterThan(0.9);
  expect(sum).toBeLessThanOrEqual(1 + 1e-9);
  expect(next(chains, watch, "sip")).toBeGreaterThan(0.8);
});

test("goals and what comes next are distributions after every act, in one chain and in a stream of them", () => {
  const chains = kitchen();
  for (const oneChain of [true, false]) {
    const watch = createGoalWatch(chains, { oneChain });
    for (const [i, name] of ["reach", "lift", "juggle", "rub", "place", "reach", "sip"].entries()) {
      beginAct(chains, watch, { time: 2 * i, name });
      for (const out of [watch.goals, watch.next]) expect(out.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 9);
      endAct(chains, watch, 2 * i + 1);
      for (const out of [watch.goals, watch.next]) expect(out.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 9);
    }
  }
});

test("an unknown goal is noticed, also where all its acts are known ones", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true });
  expect(unknown(watch)).toBeLessThan(0.1);
  doing(chains, watch, ["rub cup", "sip cloth", "reach cup", "rub cup"]);
  expect(unknown(watch)).toBeGreaterThan(0.9);
  restartWatch(chains, watch);
  doing(chains, watch, ["juggle", "bow", "juggle"]);
  expect(unknown(watch)).toBeGreaterThan(0.9);
  restartWatch(chains, watch);
  doing(chains, watch, ["reach cup full", "lift cup full", "sip cup full"]);
  expect(unknown(watch)).toBeLessThan(0.05);
});

test("a chain that breaks surprises, one that goes on does not", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true });
  doing(chains, watch, ["reach cup full", "lift cup full"]);
  expect(watch.broken).toBe(false);
  const usual = watch.surprise;
  beginAct(chains, watch, { time: 2, name: "rub" });
  expect(watch.broken).toBe(true);
  expect(watch.surprise).toBeGreaterThan(usual + 1.5);
  restartWatch(chains, watch);
  doing(chains, watch, ["reach cup full", "lift cup full", "sip cup full"]);
  expect(watch.broken).toBe(false);
});

test("what the cup holds and what scene it is decide between drinking and clearing away, in the middle of a chain too", () => {
  const chains = kitchen();
  const scenes: Record<string, SceneContext> = {
    full: { objects: [{ kind: "cup", role: "full" }] },
    empty: { objects: [{ kind: "cup", role: "empty" }] },
    breakfast: { scene: "breakfast" },
    after: { scene: "clearing up" },
  };
  for (const [key, drinks] of [
    ["full", true],
    ["empty", false],
    ["breakfast", true],
    ["after", false],
  ] as const) {
    const watch = createGoalWatch(chains, { oneChain: true });
    beginAct(chains, watch, { time: 0, name: "reach", object: "cup" });
    expect(p(chains, watch, "drink")).toBeCloseTo(p(chains, watch, "clear away the cup"), 2);
    seeScene(chains, watch, scenes[key]);
    expect(p(chains, watch, "drink") > p(chains, watch, "clear away the cup")).toBe(drinks);
    const asked = createGoalWatch(chains, { oneChain: true, context: scenes[key] });
    beginAct(chains, asked, { time: 0, name: "reach", object: "cup" });
    expect(p(chains, asked, "drink")).toBeCloseTo(p(chains, watch, "drink"), 6);
  }
});

test("a role nobody saw is none of its own: what comes next is judged by the roles it may have", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true, context: { scene: "breakfast" } });
  doing(chains, watch, ["reach cup", "lift cup"]);
  expect(next(chains, watch, "sip")).toBeGreaterThan(0.6);
  doing(chains, watch, ["carry cup"]);
  expect(p(chains, watch, "clear away the cup")).toBeGreaterThan(0.6);
});

test("one chain after another: a new one begins where the last may be over, and what was done before weighs", () => {
  const chains = kitchen();
  for (let k = 0; k < 6; k++)
    addExample(chains, chainOf("wipe", ["reach cloth", "rub cloth", "rub cloth", "place cloth"], { before: "drink" }));
  const watch = createGoalWatch(chains);
  doing(chains, watch, [
    "reach cup full",
    "lift cup full",
    "sip cup full",
    "place cup empty",
    "reach cloth",
    "rub cloth",
  ]);
  expect(p(chains, watch, "wipe")).toBeGreaterThan(0.8);
  expect(watch.context.before).toBe("drink");
  expect(intentOf(chains, watch, 6, createExpected()).chain[0].step).toBe(1);
});

test("hidden acts are carried on: first the one going on to its remembered object, then the next ones", () => {
  const chains = kitchen();
  const objects = [
    { kind: "cup", role: "full", position: [1, 0, 0] },
    { kind: "cloth", position: [0, 1, 0] },
  ];
  const watch = createGoalWatch(chains, { context: { objects } });
  doing(chains, watch, ["reach cup full", "lift cup full"]);
  hideActor(watch, 1.2);
  const expected = createExpected();
  const soon = intentOf(chains, watch, 1.4, expected);
  expect(soon.hidden).toBe(true);
  expect(soon.doing[0].act).toBe("lift");
  expect(soon.landing).toMatchObject({ object: "cup", position: [1, 0, 0] });
  const later = intentOf(chains, watch, 6, expected);
  expect(later.doing[0].act).toBe("sip");
  // What appears is two acts on: the one between was done unseen.
  beginAct(chains, watch, { time: 6, name: "place", object: "cup" });
  expect(p(chains, watch, "drink")).toBeGreaterThan(0.6);
  expect(watch.tracks.some(({ chain }) => chain.length === 3)).toBe(true);
});

test("without an object there is nowhere to land: a hidden mime is not carried to anything", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains);
  beginAct(chains, watch, { time: 0, name: "reach" });
  hideActor(watch, 0.3);
  expect(intentOf(chains, watch, 0.5, createExpected()).landing).toBeNull();
});

test("a sound tells of an act nobody sees, and weighs an act that is seen badly", () => {
  const chains = kitchen();
  for (let k = 0; k < 6; k++) {
    pairSound(chains, "sip", "slurp");
    pairSound(chains, "carry", "steps");
  }
  const watch = createGoalWatch(chains, { oneChain: true });
  beginAct(chains, watch, { time: 0, name: "reach", object: "cup" });
  beginAct(chains, watch, { time: 1, name: "lift", object: "cup" });
  expect(p(chains, watch, "drink")).toBeCloseTo(p(chains, watch, "clear away the cup"), 2);
  hideActor(watch, 1.5);
  hearAct(chains, watch, "slurp", 2.2);
  expect(intentOf(chains, watch, 2.2, createExpected()).doing[0].act).toBe("sip");
  expect(p(chains, watch, "drink")).toBeGreaterThan(0.6);
  const other = createGoalWatch(chains, { oneChain: true });
  beginAct(chains, other, { time: 0, name: "reach", object: "cup" });
  beginAct(chains, other, { time: 1, name: "lift", object: "cup" });
  beginAct(chains, other, {
    time: 2,
    candidates: [
      { name: "sip", probability: 0.5 },
      { name: "carry", probability: 0.5 },
    ],
  });
  hearAct(chains, other, "steps", 2.2);
  expect(p(chains, other, "clear away the cup")).toBeGreaterThan(0.6);
});

test("where the hand goes tells the object, and the object the goal", () => {
  const chains = kitchen();
  const objects = [
    { kind: "cup", position: [1, 0, 0] },
    { kind: "cloth", position: [0, 1, 0] },
  ];
  for (const [velocity, goal, object] of [
    [[0, 1, 0], "wipe", "cloth"],
    [[1, 0, 0], "drink", "cup"],
  ] as const) {
    const watch = createGoalWatch(chains, { context: { objects, scene: "breakfast" } });
    beginAct(chains, watch, { time: 0, name: "reach" });
    const before = p(chains, watch, goal);
    const aims = new Float64Array(2);
    aimOf(watch.memory.objects, { position: [0, 0, 0], velocity }, 1, aims);
    aimAt(chains, watch, aims);
    expect(p(chains, watch, goal)).toBeGreaterThan(before);
    expect(intentOf(chains, watch, 0.3, createExpected()).landing?.object).toBe(object);
  }
});

test("a belief that changes its mind leaves no trace of what was thought first", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true });
  beginAct(chains, watch, {
    time: 0,
    candidates: [
      { name: "rub", probability: 0.9 },
      { name: "reach", probability: 0.1 },
    ],
  });
  reviseAct(chains, watch, [{ name: "reach", probability: 1 }]);
  const straight = createGoalWatch(chains, { oneChain: true });
  beginAct(chains, straight, { time: 0, name: "reach" });
  straight.goals.forEach((v, g) => expect(watch.goals[g]).toBeCloseTo(v, 9));
  straight.next.forEach((v, k) => expect(watch.next[k]).toBeCloseTo(v, 9));
});

test("what is learned meanwhile counts at once, the act going on included", () => {
  const chains = kitchen(1);
  const watch = createGoalWatch(chains, { oneChain: true });
  doing(chains, watch, ["reach cup full", "lift cup full"]);
  for (let k = 0; k < 5; k++)
    addExample(chains, chainOf("toast", ["reach cup full", "lift cup full", "clink cup full"]));
  seeScene(chains, watch, {});
  expect(p(chains, watch, "toast")).toBeGreaterThan(0.5);
  expect(next(chains, watch, "clink")).toBeGreaterThan(0.5);
  expect(watch.since).toBe(1);
});

test("somebody who is watched is plain data: a copy goes on alike", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains);
  doing(chains, watch, ["reach cup full", "lift cup full"]);
  const copy = structuredClone(watch),
    known = structuredClone(chains);
  beginAct(chains, watch, { time: 2, name: "sip" });
  beginAct(known, copy, { time: 2, name: "sip" });
  expect(Array.from(copy.goals)).toEqual(Array.from(watch.goals));
  expect(Array.from(copy.next)).toEqual(Array.from(watch.next));
});

test("an act without a name and without candidates is refused", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains);
  expect(() => beginAct(chains, watch, { time: 0 })).toThrow(/neither a name nor candidates/);
  expect(() => reviseAct(chains, watch, [])).toThrow(/no act is going on/);
});

test("how long an act lasted tells the goal where goals differ in that, and not where it was not seen to its end", () => {
  const chains = createChains();
  for (let k = 0; k < 5; k++)
    for (const [goal, length] of [
      ["sip", 0.8],
      ["gulp", 4],
    ] as const)
      addExample(chains, {
        goal,
        acts: [
          { name: "drink", from: 0, to: length + 0.1 * k },
          { name: "place", from: 5, to: 6 },
        ],
      });
  const after = (length: number, hidden: boolean): number => {
    const watch = createGoalWatch(chains, { oneChain: true });
    beginAct(chains, watch, { time: 0, name: "drink" });
    if (hidden) hideActor(watch, 0.1);
    endAct(chains, watch, length);
    return p(chains, watch, "gulp");
  };
  expect(after(4.2, false)).toBeGreaterThan(0.7);
  expect(after(0.9, false)).toBeLessThan(0.3);
  expect(after(4.2, true)).toBeCloseTo(after(0.9, true), 9);
});

test("between two acts, too, the scene weighs the goals", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true });
  doing(chains, watch, ["reach cup"]);
  endAct(chains, watch, 1);
  seeScene(chains, watch, { scene: "breakfast" });
  expect(p(chains, watch, "drink")).toBeGreaterThan(3 * p(chains, watch, "clear away the cup"));
});

test("what comes after the end of a chain is the beginning of another, unless there is only one", () => {
  const chains = kitchen();
  const done = ["reach cup full", "lift cup full", "sip cup full", "place cup empty"];
  const stream = createGoalWatch(chains),
    one = createGoalWatch(chains, { oneChain: true });
  doing(chains, stream, done);
  doing(chains, one, done);
  expect(stream.ends).toBeGreaterThan(0.8);
  expect(next(chains, stream, "reach")).toBeGreaterThan(0.8);
  expect(next(chains, one, "reach")).toBeLessThan(0.7);
});

test("three acts back still tell what comes next", () => {
  const chains = createChains();
  for (let k = 0; k < 4; k++) {
    addExample(chains, chainOf("one", ["x", "m", "n", "p"]));
    addExample(chains, chainOf("one", ["y", "m", "n", "q"]));
  }
  const watch = createGoalWatch(chains, { oneChain: true });
  doing(chains, watch, ["x", "m", "n"]);
  expect(next(chains, watch, "p")).toBeGreaterThan(1.5 * next(chains, watch, "q"));
});

test("tracks of one history are one, its goals weighed by the masses of both", () => {
  const track = (mass: number, weights: number[]): Track => ({
    path: [1, 0, -1, -1, -1],
    chain: [1],
    goals: Int32Array.of(0, 1),
    weights: Float64Array.from(weights),
    unknown: 0,
    mass,
  });
  const [made, ...rest] = settleTracks([track(0.1, [1, 0]), track(0.3, [0.2, 0.8])]);
  expect(rest).toHaveLength(0);
  expect(made.mass).toBeCloseTo(1, 12);
  expect(Array.from(made.weights, (w) => Number(w.toFixed(9)))).toEqual([0.4, 0.6]);
});
