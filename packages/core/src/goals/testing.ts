// For the tests of goals: chains of a small kitchen, and the exact posterior by going through everything.

import {
  type Chains,
  START,
  addExample,
  createChains,
  extend,
  likelihoods,
  createLikelihoodScratch,
  outcomeOf,
  symbolOf,
} from "./chains.ts";
import type { ChainExample } from "./types.ts";

/** A chain of acts a second long each, "act", "act cup" or "act cup full". */
export function chainOf(
  goal: string | undefined,
  acts: readonly string[],
  more: Partial<ChainExample> = {},
): ChainExample {
  return {
    ...(goal === undefined ? {} : { goal }),
    ...more,
    acts: acts.map((text, i) => {
      const [name, object, role] = text.split(" ");
      return {
        name,
        ...(object === undefined ? {} : { object }),
        ...(role === undefined ? {} : { role }),
        from: i,
        to: i + 1,
      };
    }),
  };
}

/** Drinking from a full cup at breakfast, clearing an empty one away afterwards; wiping. */
export function kitchen(times = 4, concentration?: number): Chains {
  const chains = createChains(concentration);
  const there = (role: string) => ({ objects: [{ kind: "cup", role }, { kind: "cloth" }] });
  for (let k = 0; k < times; k++) {
    addExample(
      chains,
      chainOf("drink", ["reach cup full", "lift cup full", "sip cup full", "place cup empty"], {
        scene: "breakfast",
        ...there("full"),
      }),
    );
    addExample(
      chains,
      chainOf("clear away the cup", ["reach cup empty", "lift cup empty", "carry cup empty", "place cup empty"], {
        scene: "clearing up",
        ...there("empty"),
      }),
    );
    addExample(
      chains,
      chainOf("wipe", ["reach cloth", "rub cloth", "rub cloth", "place cloth"], { scene: "clearing up" }),
    );
  }
  return chains;
}

/** P(acts | goal) of the chain rule, for each goal; roles and kinds as the acts have them. */
export function chainLikelihoods(chains: Chains, { acts }: ChainExample): number[] {
  const scratch = createLikelihoodScratch(1),
    out = new Float64Array(1);
  return chains.goals.map((_, goal) => {
    let p = 1;
    let path = START;
    for (const { name, role, object } of acts) {
      const outcome = outcomeOf(chains, name),
        symbol = role === undefined ? -1 : symbolOf(chains.roles, role),
        kind = object === undefined ? -1 : symbolOf(chains.kinds, object);
      likelihoods(chains, path, outcome, symbol, kind, [goal], 1, scratch, out);
      p *= out[0];
      path = extend(path, outcome, Math.max(0, symbol));
    }
    return p;
  });
}
