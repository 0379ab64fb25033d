import { expect, test } from "vitest";
import { addExample, createChains, pairSound, saveChains } from "./index.ts";
import { chainTree } from "./chain-tree.ts";
import { discoverGoals, goalOf } from "./discover.ts";
import { doingWords, explainGoal } from "./explain.ts";
import { intentOf } from "./intent.ts";
import { createExpected } from "./landing.ts";
import { loadChains } from "./save.ts";
import { chainOf, kitchen } from "./testing.ts";
import { beginAct, createGoalWatch } from "./watch.ts";
import type { Chains } from "./chains.ts";
import type { ChainExample, SceneContext } from "./types.ts";

function explained(chains: Chains, acts: readonly string[], context: SceneContext = {}) {
  const watch = createGoalWatch(chains, { oneChain: true, context });
  acts.forEach((text, i) => {
    const [name, object] = text.split(" ");
    beginAct(chains, watch, { time: i, name, ...(object === undefined ? {} : { object }) });
  });
  return explainGoal(chains, watch, intentOf(chains, watch, acts.length - 0.5, createExpected()));
}

test("one sentence says what is done, what for, and what else it may be", () => {
  const chains = kitchen(4);
  for (let k = 0; k < 4; k++) addExample(chains, chainOf("drink", ["reach cup full", "lift cup full", "sip cup full"]));
  const { sentences } = explained(chains, ["reach cup"]);
  expect(sentences[0]).toMatch(
    /^she is reaching for the cup, most likely to drink \(0\.[5-9]\), else to clear it away \(0\.[1-4]\)$/,
  );
});

test("the evidence is what the belief is made of: the scene where it decides, the act where that does", () => {
  const chains = kitchen();
  const scene = explained(chains, ["reach cup"], { scene: "breakfast" });
  expect(scene.goal).toBe("drink");
  expect(scene.rival).toBe("clear away the cup");
  expect(scene.reasons[0]).toMatchObject({ what: "scene", about: "the scene is breakfast" });
  expect(scene.reasons[0].nats).toBeGreaterThan(1);
  const act = explained(chains, ["reach cup", "lift cup", "carry cup"], { scene: "breakfast" });
  expect(act.goal).toBe("clear away the cup");
  expect(act.reasons[0]).toMatchObject({ what: "act", about: "then came carrying the cup" });
  expect(act.sentences.some((s) => s.startsWith("Against it: the scene is breakfast"))).toBe(true);
  const full = explained(chains, ["reach cup"], { objects: [{ kind: "cup", role: "full" }] });
  expect(full.reasons[0]).toMatchObject({ what: "object", about: "a full cup is there" });
});

test("the pieces of evidence sum to the odds between the goal and its rival", () => {
  const chains = kitchen();
  const watch = createGoalWatch(chains, { oneChain: true, context: { scene: "clearing up" } });
  beginAct(chains, watch, { time: 0, name: "reach", object: "cup", role: "full" });
  const { goal, rival, reasons } = explainGoal(chains, watch, intentOf(chains, watch, 0.5, createExpected()));
  expect(goal).toBeDefined();
  expect(rival).toBeDefined();
  const of = (name: string | undefined): number => watch.goals[chains.goals.indexOf(name ?? "")];
  const sum = reasons.reduce((s, { nats }) => s + nats, 0);
  expect(sum).toBeCloseTo(Math.log(of(goal) / of(rival)), 6);
});

test("nothing that fits is said to fit nothing", () => {
  const { goal, sentences } = explained(kitchen(), ["juggle", "bow", "juggle", "bow"]);
  expect(goal).toBeUndefined();
  expect(sentences[0]).toContain("I do not know what for");
  expect(sentences[1]).toContain("fits no goal I know: juggling, bowing, juggling");
});

test("acts are said as doing, with the word that belongs before their object", () => {
  expect(doingWords("reach", "cup")).toBe("reaching for the cup");
  expect(doingWords("reaching", "cup")).toBe("reaching for the cup");
  expect(doingWords("wipe", "table")).toBe("wiping the table");
  expect(doingWords("put down", "cup")).toBe("puting down the cup".replace("puting", "putting"));
  expect(doingWords("pick_up")).toBe("picking up");
});

test("chains go through their file and come back the same; sounds paired outside of chains too", () => {
  const chains = kitchen(2, 2.5);
  addExample(chains, chainOf(undefined, ["reach cup"], { who: "anna", sounds: [{ sound: "clink", time: 0.5 }] }));
  pairSound(chains, "sip", "slurp");
  const again = loadChains(saveChains(chains));
  expect(again.examples).toEqual(chains.examples);
  expect(again.concentration).toBe(2.5);
  expect(again.goals).toEqual(chains.goals);
  expect([...again.heard]).toEqual([...chains.heard]);
  expect(saveChains(again)).toBe(saveChains(chains));
});

test("a file that is none, or was broken, is refused in one line that says where", () => {
  const good = JSON.parse(saveChains(kitchen(1))) as Record<string, unknown>;
  const broken = (change: (file: Record<string, any>) => void): string => {
    const file = structuredClone(good) as Record<string, any>;
    change(file);
    return JSON.stringify(file);
  };
  for (const [text, says] of [
    ["{", /not JSON/],
    ["[]", /the file is \[\], expected an object/],
    [broken((f) => (f["format"] = "attune-repertoire")), /format is "attune-repertoire"/],
    [broken((f) => (f["version"] = 9)), /version 9, this reads 1/],
    [broken((f) => (f["concentration"] = -1)), /concentration is -1/],
    [
      broken((f) => (f["examples"][1].acts[2].from = "soon")),
      /examples\[1\]\.acts\[2\]\.from is "soon", expected a number/,
    ],
    [broken((f) => (f["examples"][0].acts = [])), /"drink" has no acts/],
    [broken((f) => delete f["examples"]), /examples is missing, expected a list/],
    [broken((f) => (f["sounds"] = [["juggle", "clink", 1]])), /sounds\[0\] is of "juggle", which is in no example/],
    [broken((f) => (f["sounds"] = [["sip", "clink", 1e9]])), /expected a count from 1/],
  ] as const) {
    expect(() => loadChains(text)).toThrow(says);
    expect(() => loadChains(text)).toThrow(/^goals: [^\n]+$/);
  }
});

test("chains without a goal are sorted, in whatever order they came: to a goal they fit, else to new ones by what they are made of", () => {
  const unnamed: ChainExample[] = [
    chainOf(undefined, ["reach cup full", "lift cup full", "sip cup full", "place cup empty"]),
    chainOf(undefined, ["open door", "walk", "close door"]),
    chainOf(undefined, ["open door", "walk", "walk", "close door"]),
    chainOf(undefined, ["sit chair", "sigh"]),
  ];
  const sorted = (list: readonly ChainExample[]): Map<string, string> => {
    const chains = kitchen();
    for (const example of list) addExample(chains, example);
    return new Map(discoverGoals(chains).discoveries.map(({ example, goal }) => [JSON.stringify(example), goal]));
  };
  const first = sorted(unnamed);
  const goal = (k: number): string | undefined => first.get(JSON.stringify(unnamed[k]));
  expect(goal(0)).toBe("drink");
  expect(goal(1)).toMatch(/^goal \d$/);
  expect(goal(2)).toBe(goal(1));
  expect(goal(3)).not.toBe(goal(1));
  const back = sorted(unnamed.toReversed());
  for (const [key, name] of first) expect(back.get(key)).toBe(name);
});

test("before they are sorted, chains without a goal change no goal's own counts", () => {
  const chains = kitchen();
  const before = goalOf(chains, chainOf(undefined, ["reach cup full", "lift cup full", "sip cup full"]));
  const rows = (): string => JSON.stringify(chains.next.nodes.map((node) => node.rows));
  const counted = rows();
  const nodes = chains.next.nodes.length;
  addExample(chains, chainOf(undefined, ["reach cup full", "lift cup full"]));
  expect(JSON.stringify(JSON.parse(rows()).slice(0, nodes))).toBe(counted);
  expect(goalOf(chains, chainOf(undefined, ["reach cup full", "lift cup full", "sip cup full"])).goal).toBe(
    before.goal,
  );
});

test("a goal's tree branches where its chains do, with shares and lengths", () => {
  const chains = createChains();
  addExample(chains, chainOf("drink", ["reach cup", "sip cup"]));
  addExample(chains, chainOf("drink", ["reach cup", "sip cup", "place cup"]));
  addExample(chains, chainOf("drink", ["reach cup", "pour jug"]));
  const [reach] = chainTree(chains, "drink");
  expect(reach).toMatchObject({ act: "reach", n: 3, probability: 1, seconds: 1, ends: 0 });
  expect(reach.next.map(({ act, probability }) => [act, Number(probability.toFixed(2))])).toEqual([
    ["sip", 0.67],
    ["pour", 0.33],
  ]);
  expect(reach.next[0].ends).toBe(0.5);
  expect(() => chainTree(chains, "fly")).toThrow(/no goal "fly"; known: drink/);
});
