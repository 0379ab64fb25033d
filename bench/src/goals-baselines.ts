// What goals have to beat: what usually follows the last act or two, and the same in a goal that is inferred on the way, with the
// role of the object handled last. Each longer history is smoothed by the shorter one (Dirichlet).

import type { ChainExample } from "@attune/core";

/** How far a baseline looks back, and whether it infers goals and looks at roles. */
export interface Baseline {
  readonly order: 1 | 2;
  readonly goals: boolean;
}

/** Counts by history; the goal is part of it. */
interface Counts {
  next: Map<string, Map<string, number>>;
  acts: string[];
  goals: Map<string, number>;
  roles: Map<string, Map<string, number>>;
  roleNames: Set<string>;
}

/** Probabilities of what comes next after each act of a video but the last, a map from act to probability each. */
export type Forecasts = Map<string, number>[];

/** @param concentration examples the shorter history counts for */
export function baselineForecasts(
  train: readonly ChainExample[],
  test: readonly ChainExample[],
  baseline: Baseline,
  concentration: number,
): Forecasts[] {
  const counts = learn(train, baseline);
  return test.map((example) => forecastsOf(counts, example, baseline, concentration));
}

function learn(train: readonly ChainExample[], { goals }: Baseline): Counts {
  const counts: Counts = { next: new Map(), acts: [], goals: new Map(), roles: new Map(), roleNames: new Set() };
  const acts = new Set<string>();
  for (const { goal = "", acts: chain } of train) {
    const g = goals ? goal : "";
    bump(counts.goals, g);
    chain.forEach(({ name, role = "" }, i) => {
      acts.add(name);
      counts.roleNames.add(role);
      for (const history of historiesOf(chain, i, g, goals)) bump(mapOf(counts.next, history), name);
      bump(mapOf(counts.roles, `${g}|${name}`), role);
    });
  }
  counts.acts = [...acts].sort();
  return counts;
}

function forecastsOf(counts: Counts, { acts }: ChainExample, baseline: Baseline, concentration: number): Forecasts {
  const goals = [...counts.goals.keys()];
  const total = [...counts.goals.values()].reduce((s, n) => s + n, 0);
  let weights = goals.map((g) => ((counts.goals.get(g) ?? 0) + 1) / (total + goals.length));
  const out: Forecasts = [];
  const p = (i: number, g: string, name: string): number => {
    let q = 1 / (counts.acts.length + 1);
    for (const history of historiesOf(acts, i, g, baseline.goals).slice(0, baseline.goals ? 5 : 1 + baseline.order)) {
      const row = counts.next.get(history);
      const n = row ? [...row.values()].reduce((s, v) => s + v, 0) : 0;
      q = ((row?.get(name) ?? 0) + concentration * q) / (n + concentration);
    }
    return q;
  };
  acts.forEach(({ name, role = "" }, i) => {
    if (i > 0)
      out.push(
        new Map(counts.acts.map((act) => [act, goals.reduce((s, g, k) => s + weights[k] * p(i, g, act), 0)] as const)),
      );
    if (!baseline.goals) return;
    weights = goals.map((g, k) => {
      const row = counts.roles.get(`${g}|${name}`);
      const n = row ? [...row.values()].reduce((s, v) => s + v, 0) : 0;
      const ofRole = ((row?.get(role) ?? 0) + 0.1) / (n + 0.1 * (counts.roleNames.size + 1));
      return weights[k] * p(i, g, name) * ofRole;
    });
    const sum = weights.reduce((s, w) => s + w, 0);
    weights = weights.map((w) => w / sum);
  });
  return out;
}

/** Keys of what was before act `i`, shortest first. */
function historiesOf(acts: ChainExample["acts"], i: number, goal: string, roles: boolean): string[] {
  const one = acts[i - 1],
    two = acts[i - 2];
  const keys = roles
    ? [
        [goal],
        [goal, one?.name],
        [goal, one?.name, one?.role],
        [goal, one?.name, one?.role, two?.name],
        [goal, one?.name, one?.role, two?.name, two?.role],
      ]
    : [[], [one?.name], [one?.name, two?.name]];
  return keys.map((key) => JSON.stringify([keys.length, ...key]));
}

function mapOf<K>(maps: Map<K, Map<string, number>>, key: K): Map<string, number> {
  let map = maps.get(key);
  if (!map) maps.set(key, (map = new Map()));
  return map;
}

function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
