// What the act going on may be: each candidate with the tracks it makes, weighed by where the hand goes.

import type { Branch, GoalWatch } from "./belief.ts";
import { type Chains, outcomeOf, symbolOf } from "./chains.ts";
import { probabilityInGoals } from "./count-tree.ts";
import { type Track, endOf, followUnseen, normalise } from "./tracks.ts";

/** Probability that a chain begins below which that is not thought of. */
const LEAST_AGAIN = 1e-3;

/** One more thing the act going on may be. */
export function branch(chains: Chains, watch: GoalWatch, name: string, probability: number): void {
  const outcome = outcomeOf(chains, name);
  const act = {
    outcome,
    role: watch.role === undefined ? -1 : symbolOf(chains.roles, watch.role),
    kind: watch.object === undefined ? -1 : symbolOf(chains.kinds, watch.object),
  };
  const tracks: Track[] = [];
  let again = 0;
  for (const track of watch.tracks) {
    if (track.chain.length === 0) {
      again += track.mass;
      continue;
    }
    if (!watch.oneChain) again += track.mass * endOf(chains, track, watch.scratch);
    tracks.push(...followUnseen(chains, track, act, watch.scratch));
  }
  if (again > LEAST_AGAIN) {
    for (const first of firstOf(chains, watch, act)) tracks.push({ ...first, mass: first.mass * again });
  }
  const made: Branch = { name, outcome, probability, tracks, aimed: tracks, summary: undefined };
  watch.branches.push(made);
  if (watch.aims) pointBranch(chains, watch, made);
}

function firstOf(chains: Chains, watch: GoalWatch, act: { outcome: number; role: number; kind: number }): Track[] {
  const key = `${act.outcome} ${act.role} ${act.kind}`;
  let known = watch.firsts.get(key);
  if (!known) watch.firsts.set(key, (known = followUnseen(chains, watch.start, act, watch.scratch)));
  return known;
}

export function point(chains: Chains, watch: GoalWatch): void {
  for (const b of watch.branches) pointBranch(chains, watch, b);
}

/** Weighs a branch's goals by what they do to the objects the hand goes for. */
function pointBranch(chains: Chains, watch: GoalWatch, b: Branch): void {
  const { aims, memory, scratch } = watch;
  b.summary = undefined;
  if (!aims || memory.objects.length === 0) {
    b.aimed = b.tracks;
    return;
  }
  const choices = chains.kinds.length + 2;
  b.aimed = b.tracks.map((track) => {
    const n = track.goals.length;
    const weights = new Float64Array(n).fill(1e-3);
    let unknown = 1e-3;
    memory.objects.forEach(({ kind }, i) => {
      if (!(aims[i] > 0)) return;
      probabilityInGoals(
        chains.kind,
        [b.outcome],
        symbolOf(chains.kinds, kind),
        choices,
        1,
        track.goals,
        n,
        scratch.out,
      );
      for (let g = 0; g < n; g++) weights[g] += aims[i] * scratch.out[g];
      unknown += aims[i] / choices;
    });
    const aimed = { ...track, weights: weights.map((w, g) => w * track.weights[g]), unknown: unknown * track.unknown };
    aimed.mass *= normalise(aimed);
    return aimed;
  });
}
