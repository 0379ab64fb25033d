// A goal's chains as people would draw them: what comes first, what comes then, how often and for how long.

import type { Chains } from "./chains.ts";
import type { ChainAct, ChainExample } from "./types.ts";

/** An act at its place, and what followed it there. */
export interface ChainStep {
  act: string;
  role: string | undefined;
  object: string | undefined;
  /** Examples that came by here. */
  n: number;
  /** Share of those that came to the step before. */
  probability: number;
  /** Median length, s. */
  seconds: number;
  /** Share of its examples that end here. */
  ends: number;
  next: ChainStep[];
}

/** The examples of a goal as a tree, what is more frequent first. @throws RangeError if there is no such goal */
export function chainTree(chains: Chains, goal: string): ChainStep[] {
  const examples = chains.examples.filter((e) => e.goal === goal);
  if (examples.length === 0)
    throw new RangeError(`chainTree: no goal "${goal}"; known: ${chains.goals.join(", ") || "none yet"}`);
  return stepsOf(examples, 0);
}

function stepsOf(examples: readonly ChainExample[], at: number): ChainStep[] {
  const going = examples.filter(({ acts }) => acts.length > at);
  const groups = new Map<string, ChainExample[]>();
  for (const example of going) {
    const { name, role, object } = example.acts[at];
    const key = JSON.stringify([name, role, object]);
    groups.set(key, [...(groups.get(key) ?? []), example]);
  }
  return [...groups.values()]
    .map((members): ChainStep => {
      const { name, role, object } = members[0].acts[at];
      return {
        act: name,
        role,
        object,
        n: members.length,
        probability: members.length / examples.length,
        seconds: median(members.map(({ acts }) => lengthOf(acts[at]))),
        ends: members.filter(({ acts }) => acts.length === at + 1).length / members.length,
        next: stepsOf(members, at + 1),
      };
    })
    .sort((a, b) => b.n - a.n || (a.act < b.act ? -1 : 1));
}

function lengthOf({ from, to }: ChainAct): number {
  return to - from;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}
