import { expect, test } from "vitest";
import {
  START,
  addExample,
  choicesOf,
  createChains,
  dwellIs,
  extend,
  likelihoods,
  createLikelihoodScratch,
  logPriors,
  outcomeOf,
  pairSound,
  removeExample,
  soundLikelihood,
} from "./chains.ts";
import type { Chains, Path } from "./chains.ts";
import { createRng } from "../rng.ts";
import { chainOf, kitchen } from "./testing.ts";
import type { ChainExample } from "./types.ts";

/** Probabilities of everything after a path in a goal, by name. */
function after(chains: Chains, goal: string, path: Path): Map<string, number> {
  const scratch = createLikelihoodScratch(1),
    out = new Float64Array(1);
  const g = chains.goals.indexOf(goal);
  return new Map(
    ["", ...chains.acts, "never seen"].map((name, outcome) => {
      likelihoods(chains, path, outcome, -1, -1, [g], 1, scratch, out);
      return [name, out[0]] as const;
    }),
  );
}

test("what follows a history is a distribution, whatever the history", () => {
  const chains = kitchen();
  const lift = extend(START, outcomeOf(chains, "lift"), 1);
  for (const path of [START, lift, extend(lift, outcomeOf(chains, "rub"), 2), extend(START, 99, 99)])
    for (const goal of chains.goals) {
      const sum = [...after(chains, goal, path).values()].reduce((s, p) => s + p, 0);
      expect(sum).toBeCloseTo(1, 12);
    }
});

test("one goal, one history: the probabilities are those of the smoothed counts, computed by hand", () => {
  const chains = createChains(2);
  addExample(chains, chainOf("a", ["x", "y"]));
  // Outcomes: end, x, y, never seen. Of all goals, smoothed by half an example a level; START has five levels that hold x once.
  let x = (1 + 0.5 / 4) / (3 + 0.5);
  for (let level = 1; level <= 5; level++) x = (1 + 0.5 * x) / 1.5;
  // In the goal: once of three by two examples of all goals, then once of one by two of the shorter history.
  let goal = (1 + 2 * x) / (3 + 2);
  for (let level = 1; level <= 5; level++) goal = (1 + 2 * goal) / (1 + 2);
  expect(after(chains, "a", START).get("x")).toBeCloseTo(goal, 12);
  expect(choicesOf(chains)).toBe(4);
});

test("examples in any order give the same chains", () => {
  const examples: ChainExample[] = [
    chainOf("drink", ["reach cup full", "sip cup full"], {
      scene: "breakfast",
      who: "anna",
      objects: [{ kind: "cup", role: "full" }],
    }),
    chainOf("wipe", ["reach cloth", "rub cloth"], { who: "ben" }),
    chainOf("drink", ["reach cup", "lift cup", "sip cup"]),
    chainOf(undefined, ["reach cup", "rub cloth"]),
    chainOf("wipe", ["rub cloth", "rub cloth", "place cloth"], { sounds: [{ sound: "squeak", time: 0.5 }] }),
  ];
  const rng = createRng(3, "goals/order");
  const made = (list: readonly ChainExample[]): Chains => {
    const chains = createChains();
    for (const example of list) addExample(chains, example);
    return chains;
  };
  const first = made(examples);
  for (let k = 0; k < 10; k++) {
    const other = made(
      examples
        .map((e) => ({ e, key: rng() }))
        .sort((a, b) => a.key - b.key)
        .map(({ e }) => e),
    );
    const prior = (chains: Chains): Map<string, number> => {
      const out = new Float64Array(chains.goals.length + 1);
      logPriors(chains, { scene: "breakfast", who: "anna", objects: [{ kind: "cup", role: "full" }] }, out);
      return new Map(chains.goals.map((name, g) => [name, out[g]]));
    };
    for (const goal of first.goals) {
      expect(prior(other).get(goal)).toBeCloseTo(prior(first).get(goal) ?? NaN, 10);
      for (const acts of [[], ["reach"], ["reach", "lift"], ["rub", "rub"]]) {
        const path = (chains: Chains): Path => acts.reduce<Path>((p, a) => extend(p, outcomeOf(chains, a), 0), START);
        const a = after(first, goal, path(first)),
          b = after(other, goal, path(other));
        for (const [name, p] of a) expect(b.get(name)).toBeCloseTo(p, 12);
      }
      const dwell = (chains: Chains): number =>
        dwellIs(chains, chains.acts.indexOf("rub"), chains.goals.indexOf(goal)).mean;
      expect(dwell(other)).toBeCloseTo(dwell(first), 12);
    }
    expect(soundLikelihood(other, "squeak", other.acts.indexOf("rub"))).toBeCloseTo(
      soundLikelihood(first, "squeak", first.acts.indexOf("rub")),
      12,
    );
  }
});

test("an example taken away again leaves everything as it was", () => {
  const chains = kitchen(2);
  const before = after(chains, "drink", START);
  const extra = chainOf("drink", ["rub cup", "rub cup"], {
    scene: "bath",
    sounds: [0.5, 1.5].map((time) => ({ sound: "squeak", time })),
  });
  addExample(chains, extra);
  const rub = chains.acts.indexOf("rub");
  expect(soundLikelihood(chains, "squeak", rub)).toBeGreaterThan(
    soundLikelihood(chains, "squeak", chains.acts.indexOf("lift")),
  );
  removeExample(chains, extra);
  for (const [name, p] of after(chains, "drink", START)) expect(p).toBeCloseTo(before.get(name) ?? NaN, 12);
  expect(soundLikelihood(chains, "squeak", rub)).toBe(1);
  expect(() => removeExample(chains, extra)).toThrow(/no example of these chains/);
});

test("a goal more changes no count of another", () => {
  const chains = kitchen();
  const g = chains.goals.indexOf("drink");
  const counts = (): string =>
    JSON.stringify(chains.next.nodes.map(({ rows, place }) => (place.has(g) ? rows[place.get(g) ?? 0] : undefined)));
  const before = counts();
  const nodes = chains.next.nodes.length;
  addExample(chains, chainOf("toast", ["reach cup full", "lift cup full", "clink cup full"]));
  expect(JSON.stringify(JSON.parse(counts()).slice(0, nodes))).toBe(before);
});

test("surroundings weigh goals by how often they were theirs; what was never met weighs nothing", () => {
  const chains = kitchen();
  const odds = (context: object): number => {
    const out = new Float64Array(chains.goals.length + 1);
    logPriors(chains, context, out);
    return out[chains.goals.indexOf("drink")] - out[chains.goals.indexOf("clear away the cup")];
  };
  expect(odds({})).toBeCloseTo(0, 12);
  expect(odds({ scene: "breakfast" })).toBeGreaterThan(1);
  expect(odds({ scene: "clearing up" })).toBeLessThan(-1);
  expect(odds({ objects: [{ kind: "cup" }] })).toBeCloseTo(0, 12);
  expect(odds({ objects: [{ kind: "cup", role: "full" }] })).toBeGreaterThan(1);
  expect(odds({ objects: [{ kind: "cup", role: "empty" }] })).toBeLessThan(-1);
  expect(odds({ scene: "on the moon", who: "nobody we met", objects: [{ kind: "anvil" }] })).toBeCloseTo(0, 12);
});

test("lengths are of the act in its goal where there is data, of the act elsewhere", () => {
  const chains = createChains();
  for (let k = 0; k < 12; k++)
    for (const [goal, length] of [
      ["sip", 0.5],
      ["gulp", 4],
    ] as const)
      addExample(chains, { goal, acts: [{ name: "drink", from: 0, to: length * (1 + 0.02 * (k % 3)) }] });
  const of = (goal: number): number => Math.exp(dwellIs(chains, 0, goal).mean);
  expect(of(0)).toBeGreaterThan(0.45);
  expect(of(0)).toBeLessThan(0.7);
  expect(of(1)).toBeGreaterThan(3);
  expect(of(-1)).toBeCloseTo(Math.sqrt(0.5 * 4) * 1.02, 1);
});

test("a sound is likelier during the act it was paired with", () => {
  const chains = kitchen(1);
  const [reach, place] = ["reach", "place"].map((a) => chains.acts.indexOf(a));
  expect(soundLikelihood(chains, "clink", place)).toBe(1);
  for (let k = 0; k < 3; k++) pairSound(chains, "place", "clink");
  pairSound(chains, "reach", "rustle");
  expect(soundLikelihood(chains, "clink", place) / soundLikelihood(chains, "clink", reach)).toBeGreaterThan(2);
  expect(() => pairSound(chains, "juggle", "clink")).toThrow(/"juggle" is in no chain/);
});

test("what is no example is refused in a sentence that says what came", () => {
  const chains = createChains();
  expect(() => addExample(chains, { goal: "a", acts: [] })).toThrow(/"a" has no acts/);
  expect(() => addExample(chains, { goal: "", acts: [] })).toThrow(/empty goal/);
  expect(() => addExample(chains, { acts: [{ name: "x", from: 2, to: 1 }] })).toThrow(/from 2 s to 1 s/);
  expect(() => addExample(chains, { acts: [{ name: "", from: 0, to: 1 }] })).toThrow(/without a name/);
  expect(() => createChains(0)).toThrow(/concentration of 0/);
  expect(chains.examples).toHaveLength(0);
});
