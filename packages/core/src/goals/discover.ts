// Chains whose goal nobody named. Those that fit a known goal are counted as its; those that fit none are put together by what they
// are made of, and each heap is a goal of its own until somebody names it. The order in which they came does not matter.

import { type Chains, addExample, createChains } from "./chains.ts";
import type { ChainExample } from "./types.ts";
import { beginAct, createGoalWatch, endAct } from "./watch.ts";

/** What was made of an unlabelled example. */
export interface Discovery {
  example: ChainExample;
  /** Known or new. */
  goal: string;
  isNew: boolean;
  /** Of the known goal, where it is one. */
  probability: number;
}

/** Probability a known goal needs for an unlabelled example to be counted as its. */
const FITS = 0.8;
/** Share of what two chains have in common, of both, above which they are of one goal. */
const ALIKE = 0.5;

/**
 * Chains with a goal for every example, and what was made of those that had none. What came in is left as it is.
 */
export function discoverGoals(chains: Chains): { chains: Chains; discoveries: Discovery[] } {
  const out = createChains(chains.concentration);
  for (const example of chains.examples) if (example.goal !== undefined) addExample(out, example);
  const unnamed = chains.examples
    .filter(({ goal }) => goal === undefined)
    .map((example) => ({ example, key: JSON.stringify(example) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ example }) => example);
  const known = unnamed.map((example) => ({ example, ...goalOf(out, example) }));
  const heaps: ChainExample[][] = [];
  for (const { example, probability } of known) {
    if (probability >= FITS) continue;
    const heap = heaps.find((members) => members.some((member) => likeness(member, example) >= ALIKE));
    if (heap) heap.push(example);
    else heaps.push([example]);
  }
  const names: string[] = [];
  for (const _ of heaps) names.push(newName([...out.goals, ...names]));
  const discoveries = known.map(({ example, goal, probability }): Discovery => {
    const heap = heaps.findIndex((members) => members.includes(example));
    return heap < 0
      ? { example, goal, isNew: false, probability }
      : { example, goal: names[heap], isNew: true, probability };
  });
  for (const { example, goal } of discoveries) addExample(out, { ...example, goal });
  return { chains: out, discoveries };
}

/** The known goal a whole chain fits best, and how surely. */
export function goalOf(chains: Chains, example: ChainExample): { goal: string; probability: number } {
  const watch = createGoalWatch(chains, { oneChain: true, context: example });
  for (const { name, role, object, from, to } of example.acts) {
    beginAct(chains, watch, {
      name,
      time: from,
      ...(role === undefined ? {} : { role }),
      ...(object === undefined ? {} : { object }),
    });
    endAct(chains, watch, to);
  }
  let best = -1;
  for (let g = 0; g < chains.goals.length; g++) if (best < 0 || watch.goals[g] > watch.goals[best]) best = g;
  return best < 0 ? { goal: "", probability: 0 } : { goal: chains.goals[best], probability: watch.goals[best] };
}

/** Share of pairs of neighbouring acts, objects with them, that two chains have in common (Dice). */
function likeness(a: ChainExample, b: ChainExample): number {
  const x = pairsOf(a),
    y = pairsOf(b);
  const left = y.slice();
  let common = 0;
  for (const pair of x) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left.splice(at, 1);
    common++;
  }
  return (2 * common) / (x.length + y.length);
}

function pairsOf({ acts }: ChainExample): string[] {
  const words = ["", ...acts.map(({ name, object }) => `${name} ${object ?? ""}`), ""];
  return words.slice(1).map((word, i) => JSON.stringify([words[i], word]));
}

function newName(taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`goal ${n}`)) n++;
  return `goal ${n}`;
}
