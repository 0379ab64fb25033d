// A track: one history of acts that may be so, with what it says of the goals. The joint posterior over goal, history and act is a
// handful of tracks with weights; goals that a track has as good as ruled out are dropped from it.

import {
  type Chains,
  END,
  type LikelihoodScratch,
  type Path,
  ROLE_TRUST,
  START,
  UNKNOWN_CHAIN,
  choicesOf,
  dwellIs,
  extend,
  likelihoodUnknown,
  likelihoods,
  rolePath,
} from "./chains.ts";
import { forecastInAll, forecastInGoals, probabilityInGoals, totalOf } from "./count-tree.ts";
import { logDensity } from "./dwell.ts";

/** Plain data. */
export interface Track {
  path: Path;
  /** Outcomes of its chain so far, first act first, at most MOST_STEPS. */
  chain: number[];
  /** Goals in play, and their probabilities given the track; with `unknown` they sum to one. */
  goals: Int32Array;
  weights: Float64Array;
  unknown: number;
  /** Probability of the track. */
  mass: number;
}

/** Room for working on tracks; belongs to a watch. */
export interface TrackScratch {
  likelihood: LikelihoodScratch;
  out: Float64Array;
}

/** Acts of a chain that are remembered by name; what comes next depends on the last ones alone. */
export const MOST_STEPS = 32;
/** Tracks kept, and the share below which one is dropped. */
const MOST_TRACKS = 6;
const LEAST = 1e-3;
/** Share of the most probable goal below which one is dropped from a track. */
const RULED_OUT = 1e-5;
/** Probability below which a goal's own lengths, and what it goes on with, are not looked up but those of all. */
const UNLIKELY = 1e-4;
/** Probability of a role below which it is not thought of. */
const LIKELY_ROLE = 0.05;
/** A chain of an unknown goal is over after an act this often; [D]. */
const UNKNOWN_ENDS = 0.1;
/** How much of what lengths say of the goal is believed: people have a tempo, so that an act's length goes with the others'. */
export const DWELL_WORTH = 0.5;

/** A track before anything is done. @param logPriors [goals + 1] */
export function startTrack(logPriors: Float64Array): Track {
  const G = logPriors.length - 1;
  const top = logPriors.reduce((m, v) => Math.max(m, v), -Infinity);
  const track: Track = {
    path: START,
    chain: [],
    goals: Int32Array.from({ length: G }, (_, g) => g),
    weights: Float64Array.from({ length: G }, (_, g) => Math.exp(logPriors[g] - top)),
    unknown: Math.exp(logPriors[G] - top),
    mass: 1,
  };
  normalise(track);
  return track;
}

/**
 * The track after one more act; its mass is times the probability of that act in it.
 */
export function follow(
  chains: Chains,
  track: Track,
  act: { outcome: number; role: number; kind: number },
  scratch: TrackScratch,
): Track {
  const { outcome, role, kind } = act;
  const n = track.goals.length;
  const { out } = scratch;
  likelihoods(chains, track.path, outcome, role, kind, track.goals, n, scratch.likelihood, out);
  const unknown = track.unknown * likelihoodUnknown(chains, track.path, outcome, role, kind);
  let most = unknown;
  for (let i = 0; i < n; i++) most = Math.max(most, (out[i] *= track.weights[i]));
  let kept = 0;
  for (let i = 0; i < n; i++) if (out[i] >= most * RULED_OUT) kept++;
  const next: Track = {
    path: extend(track.path, outcome, Math.max(0, role)),
    chain: [...(track.chain.length < MOST_STEPS ? track.chain : track.chain.slice(1)), outcome],
    goals: new Int32Array(kept),
    weights: new Float64Array(kept),
    unknown,
    mass: track.mass,
  };
  for (let i = 0, k = 0; i < n; i++) {
    if (out[i] < most * RULED_OUT) continue;
    next.goals[k] = track.goals[i];
    next.weights[k++] = out[i];
  }
  next.mass *= normalise(next);
  return next;
}

/**
 * The same for every role the object may have, where it was not seen: what comes next depends on it. Probabilities of the roles are
 * in the masses.
 */
export function followUnseen(
  chains: Chains,
  track: Track,
  act: { outcome: number; role: number; kind: number },
  scratch: TrackScratch,
): Track[] {
  const { outcome, kind, role } = act;
  if (role >= 0 || totalOf(chains.role, [outcome]) === 0) return [follow(chains, track, act, scratch)];
  const { goals, weights, unknown, path } = track;
  const roles = new Float64Array(chains.roles.length + 2);
  const before = rolePath(outcome, path);
  forecastInGoals(chains.role, before, ROLE_TRUST, goals, weights, 1, UNLIKELY, roles);
  forecastInAll(chains.role, before, unknown, roles, UNKNOWN_CHAIN.levels);
  const out: Track[] = [];
  for (let symbol = 0; symbol < roles.length; symbol++)
    if (roles[symbol] >= LIKELY_ROLE) out.push(follow(chains, track, { outcome, kind, role: symbol }, scratch));
  return out.length > 0 ? out : [follow(chains, track, act, scratch)];
}

/** Takes in that the last act of a track lasted so long. */
export function lasted(chains: Chains, track: Track, seconds: number): void {
  const act = track.path[0] - 1;
  if (!(seconds > 0) || act < 0 || act >= chains.acts.length) return;
  const likelihood = (goal: number): number =>
    Math.exp(DWELL_WORTH * Math.max(-8, logDensity(dwellIs(chains, act, goal), seconds)));
  const whatever = likelihood(-1);
  for (let i = 0; i < track.goals.length; i++)
    track.weights[i] *= track.weights[i] < UNLIKELY ? whatever : likelihood(track.goals[i]);
  track.unknown *= whatever;
  track.mass *= normalise(track);
}

/** Probability that a track's chain is over. */
export function endOf(chains: Chains, { path, goals, weights, unknown }: Track, scratch: TrackScratch): number {
  const n = goals.length;
  probabilityInGoals(chains.next, path, END, choicesOf(chains), chains.concentration, goals, n, scratch.out);
  let p = unknown * UNKNOWN_ENDS;
  for (let i = 0; i < n; i++) p += weights[i] * scratch.out[i];
  return p;
}

/** Adds a track's probabilities of what comes next, times `share`, to `out`, [choices]. */
export function forecast(
  chains: Chains,
  { path, goals, weights, unknown }: Track,
  share: number,
  out: Float64Array,
): void {
  forecastInGoals(chains.next, path, chains.concentration, goals, weights, share, UNLIKELY, out);
  const { levels, anything } = UNKNOWN_CHAIN;
  forecastInAll(chains.next, path, share * unknown * (1 - anything), out, levels);
  for (let k = 0; k < out.length; k++) out[k] += (share * unknown * anything) / out.length;
}

/** Tracks with one history put together, the least probable dropped, masses summing to one. */
export function settleTracks(tracks: readonly Track[]): Track[] {
  const kept: Track[] = [];
  for (const track of tracks) {
    const same = kept.find(({ path, chain }) => sameNumbers(path, track.path) && sameNumbers(chain, track.chain));
    if (same) join(same, track);
    else kept.push({ ...track });
  }
  kept.sort((a, b) => b.mass - a.mass);
  const most = kept[0]?.mass ?? 0;
  const out = kept.filter(({ mass }, i) => i < MOST_TRACKS && mass > most * LEAST);
  const total = out.reduce((s, { mass }) => s + mass, 0);
  for (const track of out) track.mass = total > 0 ? track.mass / total : 1 / out.length;
  return out;
}

function join(into: Track, { goals, weights, unknown, mass }: Track): void {
  const total = into.mass + mass,
    a = into.mass / total,
    b = mass / total;
  const merged = new Map(Array.from(into.goals, (g, i) => [g, a * into.weights[i]]));
  goals.forEach((g, i) => merged.set(g, (merged.get(g) ?? 0) + b * weights[i]));
  into.goals = Int32Array.from(merged.keys());
  into.weights = Float64Array.from(merged.values());
  into.unknown = a * into.unknown + b * unknown;
  into.mass = total;
}

/** Lets the goals of a track sum to one; returns what they summed to. */
export function normalise(track: Track): number {
  let sum = track.unknown;
  for (const w of track.weights) sum += w;
  if (!(sum > 0)) {
    // Nothing explains it, not even the unknown goal: it is one all the same.
    track.goals = new Int32Array(0);
    track.weights = new Float64Array(0);
    track.unknown = 1;
    return Number.MIN_VALUE;
  }
  for (let i = 0; i < track.weights.length; i++) track.weights[i] /= sum;
  track.unknown /= sum;
  return sum;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]);
}
