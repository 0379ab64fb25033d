// What is believed of somebody's goals, and how it is read off the tracks: plain data and pure readings of it (watch.ts brings it
// about).

import { type Chains, choicesOf, dwellIs, pauseOf, soundLikelihood, symbolOf } from "./chains.ts";
import type { SceneMemory } from "./context.ts";
import { probabilityInGoals } from "./count-tree.ts";
import { type Dwell, survival } from "./dwell.ts";
import { type Track, type TrackScratch, forecast } from "./tracks.ts";
import type { SceneContext } from "./types.ts";

/** What the act going on may be. Plain data. */
export interface Branch {
  name: string;
  outcome: number;
  probability: number;
  /** Tracks with this act as their last, masses as predicted; and with what the hand's aim says. */
  tracks: Track[];
  aimed: Track[];
  /** What the aimed tracks come to; made when it is first asked for. */
  summary: Summary | undefined;
}

/** Tracks put together, each by its mass. */
export interface Summary {
  /** [goals + 1] */
  goals: Float64Array;
  /** [choices] */
  next: Float64Array;
  /** Of the length of the act, log s: mean, and mean of squares. */
  mean: number;
  square: number;
}

/** An act as it was taken in, for telling why. */
export interface PastAct {
  name: string;
  role: string | undefined;
  object: string | undefined;
  from: number;
  to: number;
}

/** Somebody who is watched; plain data. */
export interface GoalWatch {
  readonly oneChain: boolean;
  /** State of the chains it was made for. */
  changes: number;
  context: SceneContext;
  memory: SceneMemory;
  priors: Float64Array;
  tracks: Track[];
  branches: Branch[];
  /** When the act going on began, and when the last one was over; NaN where there is none. */
  since: number;
  over: number;
  /** Since when nothing of it is seen; NaN while it is seen. */
  hidden: number;
  object: string | undefined;
  role: string | undefined;
  sounds: string[];
  /** How well each object of the memory explains the hand; undefined before that was asked. */
  aims: Float64Array | undefined;
  past: PastAct[];
  /** Nats by which the last beginning was less probable than expected, and whether it broke the chain. */
  surprise: number;
  broken: boolean;
  /** What is believed: goals and none of them, [goals + 1]. */
  goals: Float64Array;
  /** What comes next, [choices]; after the end of this chain the first act of another, place 0 is empty. */
  next: Float64Array;
  /** Probability that nothing comes after this act in its chain. */
  ends: number;
  /** The track before anything is done in these surroundings. */
  start: Track;
  /** What chains begin with in these surroundings, [choices]. */
  starts: Float64Array;
  /** Length of the act going on, over all it may be and all goals, log s. */
  dwell: Dwell;
  /** Most probable object of the memory for the act going on, else the next one; -1 where there is none. */
  target: number;
  targetProbability: number;
  /** Goal that led before the act going on began, -1 where none did. */
  led: number;
  scratch: TrackScratch;
  /** Tracks of one act that begins a chain in these surroundings, by act and what it is done to; made once. */
  firsts: Map<string, Track[]>;
}

/** Share of what an act may be, or of its history, below which it is not thought through. */
export const LEAST_SHARE = 1e-3;

/** Reads what is believed off the tracks. */
export function conclude(chains: Chains, watch: GoalWatch): void {
  const { goals, next, starts, branches, dwell } = watch;
  goals.fill(0);
  next.fill(0);
  const G = goals.length;
  let mean = 0,
    square = 0;
  const take = (summary: Summary, share: number): void => {
    for (let g = 0; g < G; g++) goals[g] += share * summary.goals[g];
    for (let k = 0; k < next.length; k++) next[k] += share * summary.next[k];
    mean += share * summary.mean;
    square += share * summary.square;
  };
  if (branches.length > 0) {
    // What is as good as ruled out costs most, since nothing tells its goals apart.
    let taken = 0;
    for (const { branch, share } of sharesOf(chains, watch)) {
      if (share < LEAST_SHARE) continue;
      take(summaryOf(chains, branch), share);
      taken += share;
    }
    for (let g = 0; g < G; g++) goals[g] /= taken;
    for (let k = 0; k < next.length; k++) next[k] /= taken;
    mean /= taken;
    dwell.mean = mean;
    dwell.sd = Math.sqrt(Math.max(1e-4, square / taken - mean * mean));
  } else take(summed(chains, watch.tracks, -1), 1);
  watch.ends = next[0];
  next[0] = 0;
  const fresh = branches.length === 0 && watch.tracks.every(({ chain }) => chain.length === 0);
  for (let k = 1; k < next.length; k++)
    next[k] = watch.oneChain || fresh ? next[k] / (1 - watch.ends) : next[k] + watch.ends * starts[k];
  if (fresh) watch.ends = 0;
  watch.target = -1;
  watch.targetProbability = 0;
  if (watch.memory.objects.length === 0) return;
  const meant = objectsMeant(chains, watch);
  for (let i = 0; i < meant.length; i++) {
    if (meant[i] <= watch.targetProbability) continue;
    watch.target = i;
    watch.targetProbability = meant[i];
  }
}

function summaryOf(chains: Chains, branch: Branch): Summary {
  return (branch.summary ??= summed(chains, branch.aimed, branch.outcome - 1));
}

/** @param act the one going on, -1 where there is none */
function summed(chains: Chains, tracks: readonly Track[], act: number): Summary {
  const out: Summary = {
    goals: new Float64Array(chains.goals.length + 1),
    next: new Float64Array(choicesOf(chains)),
    mean: 0,
    square: 0,
  };
  const heavy = tracks.reduce((s, { mass }) => Math.max(s, mass), 0) * LEAST_SHARE;
  const total = tracks.reduce((s, { mass }) => (mass >= heavy ? s + mass : s), 0);
  let timed = 0;
  const time = (goal: number, w: number): void => {
    const { mean, sd } = dwellIs(chains, act, goal);
    out.mean += w * mean;
    out.square += w * (mean * mean + sd * sd);
    timed += w;
  };
  for (const track of tracks) {
    if (track.mass < heavy) continue;
    const share = total > 0 ? track.mass / total : 1 / tracks.length;
    for (let i = 0; i < track.goals.length; i++) {
      const w = share * track.weights[i];
      out.goals[track.goals[i]] += w;
      if (act >= 0 && w >= 0.01) time(track.goals[i], w);
    }
    out.goals[chains.goals.length] += share * track.unknown;
    forecast(chains, track, share, out.next);
  }
  if (act >= 0 && timed < 0.5) time(-1, 1 - timed);
  if (timed > 0) {
    out.mean /= timed;
    out.square /= timed;
  }
  return out;
}

/** Probability of each object of the memory to be what the act going on, else the next one, is done to; [objects]. */
export function objectsMeant(chains: Chains, watch: GoalWatch): Float64Array {
  const { objects } = watch.memory;
  const out = new Float64Array(objects.length);
  if (watch.object !== undefined) {
    const given = objects.map(({ kind, role }) => (kind === watch.object ? (role === watch.role ? 1 : 0.5) : 0));
    const most = Math.max(0, ...given);
    const n = given.filter((v) => v === most).length;
    return most > 0 ? out.map((_, i) => (given[i] === most ? 1 / n : 0)) : out;
  }
  const weigh = (outcome: number, share: number, track: Track): void => {
    for (let i = 0; i < objects.length; i++)
      out[i] +=
        share *
        (watch.aims?.[i] ?? 1) *
        kindProbability(chains, track, outcome, symbolOf(chains.kinds, objects[i].kind), watch.scratch);
  };
  if (watch.branches.length > 0)
    for (const { share, branch: b } of sharesOf(chains, watch))
      for (const track of b.aimed) weigh(b.outcome, share * track.mass, track);
  else
    for (const track of watch.tracks)
      for (let k = 1; k <= chains.acts.length; k++)
        if (watch.next[k] > 0.02) weigh(k, watch.next[k] * track.mass, track);
  const total = out.reduce((s, v) => s + v, 0);
  return total > 0 ? out.map((v) => v / total) : out;
}

/** Each act that may be going on with its probability, sounds and aim included; they sum to one. */
export function sharesOf(chains: Chains, { branches, sounds }: GoalWatch): { branch: Branch; share: number }[] {
  const out = branches.map((branch) => {
    let share = branch.probability;
    for (const sound of sounds) share *= soundLikelihood(chains, sound, branch.outcome - 1);
    return { branch, share: share * branch.aimed.reduce((s, { mass }) => s + mass, 0) };
  });
  const total = out.reduce((s, { share }) => s + share, 0);
  for (const each of out) each.share = total > 0 ? each.share / total : 1 / out.length;
  return out;
}

/** Probability that the act going on is over by now though nothing is seen of it; 0 while it is seen. */
export function overUnseen(chains: Chains, watch: GoalWatch, time: number): number {
  if (watch.hidden !== watch.hidden || watch.since !== watch.since) return 0;
  let left = 0;
  for (const { branch: b, share } of sharesOf(chains, watch)) {
    const dwell = dwellIs(chains, b.outcome - 1, -1);
    const then = survival(dwell, watch.hidden - watch.since);
    left += share * (then > 1e-6 ? survival(dwell, time - watch.since) / then : 0);
  }
  return 1 - left;
}

/** Nats. */
export function entropyOf(p: ArrayLike<number>): number {
  let h = 0,
    sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i];
  for (let i = 0; i < p.length; i++) if (p[i] > 0) h -= (p[i] / sum) * Math.log(p[i] / sum);
  return h;
}

/** Mean pause and its spread, s; what is left of it by now. */
export function pauseLeft(chains: Chains, watch: GoalWatch, time: number): { mean: number; sd: number } {
  const { mean, sd } = pauseOf(chains);
  return { mean: Math.max(0, mean - (time - watch.over)), sd };
}

function kindProbability(
  chains: Chains,
  { goals, weights, unknown }: Track,
  outcome: number,
  kind: number,
  { out }: TrackScratch,
): number {
  const choices = chains.kinds.length + 2;
  probabilityInGoals(chains.kind, [outcome], kind, choices, 1, goals, goals.length, out);
  let p = unknown / choices;
  for (let i = 0; i < goals.length; i++) p += weights[i] * out[i];
  return p;
}
