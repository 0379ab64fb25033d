// Inference online: acts come one after another, certain or as the mirror's belief, and the joint posterior over goal, step and act
// is kept up. Between two changes nothing is computed; a change costs the goals that are still in play.
//
// tracks     histories up to the last act that is over
// branches   what the act going on may be, each with the tracks that it makes, weighed by the evidence for it

import { type GoalWatch, LEAST_SHARE, conclude, entropyOf, overUnseen, objectsMeant, sharesOf } from "./belief.ts";
import { branch, point } from "./branches.ts";
import {
  type Chains,
  choicesOf,
  createLikelihoodScratch,
  dwellIs,
  logPriors,
  outcomeOf,
  soundLikelihood,
} from "./chains.ts";
import { createSceneMemory, seeObjects } from "./context.ts";
import { survival } from "./dwell.ts";
import { type Track, followUnseen, forecast, lasted, normalise, settleTracks, startTrack } from "./tracks.ts";
import type { SceneContext, SceneObject } from "./types.ts";

/** An act that may be going on. */
export interface ActCandidate {
  readonly name: string;
  /** How probable what is seen makes it, 0..1. */
  readonly probability: number;
}

/** An act that begins. */
export interface Beginning {
  readonly time: number;
  /** The act, where it is certain. */
  readonly name?: string;
  /** Else what it may be. */
  readonly candidates?: readonly ActCandidate[];
  /** Kind and role of the object it is done to, where they are seen already. */
  readonly object?: string;
  readonly role?: string;
}

export interface WatchOptions {
  /** All that is watched is one chain, none follows it. */
  oneChain?: boolean;
  context?: SceneContext;
}

/** Log probability below which, and this much less than expected, an act breaks the chain. */
const BREAK = Math.log(0.08);
const BREAK_BEYOND = 1;
/** Probability above which a goal counts as what was done before. */
const DONE_BEFORE = 0.5;
/** Acts tried for what was done unseen, and the least probability of one. */
const MOST_HIDDEN = 6;
const LEAST_HIDDEN = 0.02;
/** Acts remembered for telling why. */
const MOST_PAST = 32;

export function createGoalWatch(chains: Chains, { oneChain = false, context = {} }: WatchOptions = {}): GoalWatch {
  const watch: GoalWatch = {
    oneChain,
    changes: -1,
    context,
    memory: createSceneMemory(),
    priors: new Float64Array(0),
    tracks: [],
    branches: [],
    since: NaN,
    over: NaN,
    hidden: NaN,
    object: undefined,
    role: undefined,
    sounds: [],
    aims: undefined,
    past: [],
    surprise: 0,
    broken: false,
    goals: new Float64Array(0),
    next: new Float64Array(0),
    ends: 0,
    start: startTrack(new Float64Array(1)),
    starts: new Float64Array(0),
    dwell: { mean: 0, sd: 1 },
    target: -1,
    targetProbability: 0,
    led: -1,
    scratch: { likelihood: createLikelihoodScratch(0), out: new Float64Array(0) },
    firsts: new Map(),
  };
  seeObjects(watch.memory, context.objects ?? [], NaN);
  fit(chains, watch);
  return watch;
}

/** Forgets what was done; the scene and who acts are kept. */
export function restartWatch(chains: Chains, watch: GoalWatch): void {
  watch.changes = -1;
  watch.since = watch.over = watch.hidden = NaN;
  watch.past = [];
  watch.surprise = 0;
  watch.broken = false;
  fit(chains, watch);
}

/** What surrounds the acts has changed: goals are weighed by it anew, in the middle of a chain too. */
export function seeScene(chains: Chains, watch: GoalWatch, context: SceneContext, time = NaN): void {
  fit(chains, watch);
  watch.context = context;
  seeObjects(watch.memory, context.objects ?? [], time);
  const before = watch.priors.slice();
  weighGoals(chains, watch);
  const now = watch.priors;
  const weighed = (track: Track): Track => {
    const G = before.length - 1;
    const out = {
      ...track,
      weights: track.weights.map((w, i) => w * Math.exp(now[track.goals[i]] - before[track.goals[i]])),
      unknown: track.unknown * Math.exp(now[G] - before[G]),
    };
    out.mass *= normalise(out);
    return out;
  };
  watch.tracks = settleTracks(watch.tracks.map(weighed));
  for (const b of watch.branches) b.tracks = b.tracks.map(weighed);
  point(chains, watch);
  conclude(chains, watch);
}

/**
 * An act begins; one that was going on is over. Where the last was hidden, one more may have been done unseen.
 *
 * @throws RangeError if neither a name nor candidates came
 */
export function beginAct(chains: Chains, watch: GoalWatch, beginning: Beginning): void {
  const { time, object, role } = beginning;
  const named = candidatesOf(beginning);
  fit(chains, watch);
  if (watch.since === watch.since) close(chains, watch, time);
  if (watch.hidden === watch.hidden) leap(chains, watch, time);
  const entropy = entropyOf(watch.next);
  watch.led = bestGoal(watch);
  watch.since = time;
  watch.over = NaN;
  watch.hidden = NaN;
  watch.object = object;
  watch.role = role;
  watch.sounds = [];
  watch.aims = undefined;
  watch.branches = [];
  let probability = 0,
    total = 0;
  for (const { name, probability: p } of named) {
    probability += p * (watch.next[outcomeOf(chains, name)] ?? 0);
    total += p;
    branch(chains, watch, name, p);
  }
  watch.surprise = -Math.log(Math.max(1e-12, probability / Math.max(total, 1e-12))) - entropy;
  watch.broken = watch.past.length > 0 && watch.surprise > BREAK_BEYOND && watch.surprise + entropy > -BREAK;
  conclude(chains, watch);
}

/** What is seen of the act going on has changed. Acts thought of for the first time are taken in. */
export function reviseAct(chains: Chains, watch: GoalWatch, candidates: readonly ActCandidate[]): void {
  if (watch.since !== watch.since) throw new RangeError("reviseAct: no act is going on; begin one first");
  for (const known of watch.branches) known.probability = 0;
  for (const { name, probability } of candidates) {
    const known = watch.branches.find((b) => b.name === name);
    if (known) known.probability = probability;
    else branch(chains, watch, name, probability);
  }
  conclude(chains, watch);
}

/** The act going on is over, and none has begun. */
export function endAct(chains: Chains, watch: GoalWatch, time: number): void {
  if (watch.since !== watch.since) return;
  close(chains, watch, time);
  conclude(chains, watch);
}

/** From now on nothing is seen of what is done; it is thought to go on as far as its length allows, to the remembered object. */
export function hideActor(watch: GoalWatch, time: number): void {
  if (watch.hidden !== watch.hidden) watch.hidden = time;
}

/** It is seen again, and the same act still goes on. */
export function showActor(watch: GoalWatch): void {
  watch.hidden = NaN;
}

/**
 * A sound of an act. While nothing is seen it may be of one that began unseen: then that is taken in.
 */
export function hearAct(chains: Chains, watch: GoalWatch, sound: string, time: number): void {
  fit(chains, watch);
  if (watch.since !== watch.since || (watch.hidden === watch.hidden && isOfNext(chains, watch, sound, time)))
    beginAct(chains, watch, {
      time,
      candidates: chains.acts.map((name, a) => ({ name, probability: watch.next[a + 1] > 1e-4 ? 1 : 0.01 })),
    });
  watch.sounds.push(sound);
  conclude(chains, watch);
}

/**
 * Where the hand goes: how well each object of the memory explains it (see `aimOf`). Its object tells of the act and the goal.
 *
 * @param aims [objects of the memory]
 */
export function aimAt(chains: Chains, watch: GoalWatch, aims: Float64Array): void {
  if (watch.since !== watch.since || watch.object !== undefined) return;
  watch.aims = aims.slice();
  point(chains, watch);
  conclude(chains, watch);
}

/** Chains that learned something since are taken as they are now: what was done is gone through again. */
function fit(chains: Chains, watch: GoalWatch): void {
  if (watch.changes === chains.changes) return;
  watch.changes = chains.changes;
  const G = chains.goals.length;
  watch.scratch = { likelihood: createLikelihoodScratch(G), out: new Float64Array(Math.max(1, G)) };
  watch.goals = new Float64Array(G + 1);
  watch.next = new Float64Array(choicesOf(chains));
  watch.priors = new Float64Array(G + 1);
  watch.starts = new Float64Array(choicesOf(chains));
  const { past, since, over, hidden, object: to, role: as, sounds, aims } = watch;
  const candidates = watch.branches.map(({ name, probability }) => ({ name, probability }));
  weighGoals(chains, watch);
  watch.tracks = [watch.start];
  watch.branches = [];
  watch.since = watch.over = watch.hidden = NaN;
  watch.past = [];
  conclude(chains, watch);
  for (const { name, role, object, from } of past)
    beginAct(chains, watch, {
      name,
      time: from,
      ...(role === undefined ? {} : { role }),
      ...(object === undefined ? {} : { object }),
    });
  if (candidates.length > 0) {
    const known = { ...(to === undefined ? {} : { object: to }), ...(as === undefined ? {} : { role: as }) };
    beginAct(chains, watch, { time: since, candidates, ...known });
    watch.sounds = sounds;
    watch.aims = aims;
    point(chains, watch);
  } else if (past.length > 0) close(chains, watch, over);
  watch.hidden = hidden;
  conclude(chains, watch);
}

function inView({ memory }: GoalWatch): SceneObject[] {
  return memory.objects.map(({ kind, role }) => ({ kind, ...(role === undefined ? {} : { role }) }));
}

function candidatesOf({ name, candidates }: Beginning): readonly ActCandidate[] {
  if (name !== undefined) return [{ name, probability: 1 }];
  if (candidates !== undefined && candidates.length > 0) return candidates;
  throw new RangeError("beginAct: neither a name nor candidates came; one of them was wanted");
}

/** The act going on is over: its branches become the tracks. */
function close(chains: Chains, watch: GoalWatch, time: number): void {
  const tracks: Track[] = [];
  const shares = sharesOf(chains, watch);
  let likely = shares[0];
  for (const each of shares) {
    if (each.share > likely.share) likely = each;
    const total = each.branch.aimed.reduce((s, { mass }) => s + mass, 0);
    if (!(each.share >= LEAST_SHARE)) continue;
    for (const track of each.branch.aimed) {
      const copy: Track = {
        ...track,
        weights: track.weights.slice(),
        mass: total > 0 ? (track.mass / total) * each.share : 0,
      };
      // An act nobody saw to its end lasted nobody knows how long.
      if (watch.hidden !== watch.hidden) lasted(chains, copy, time - watch.since);
      tracks.push(copy);
    }
  }
  remember(chains, watch, likely?.branch.name ?? "", time);
  watch.tracks = settleTracks(tracks);
  watch.branches = [];
  watch.since = NaN;
  watch.over = time;
}

/** Keeps the acts of the chain that is most probably going on. */
function remember(chains: Chains, watch: GoalWatch, name: string, time: number): void {
  let object = watch.object,
    role = watch.role;
  if (object === undefined && watch.aims) {
    const meant = objectsMeant(chains, watch);
    const best = meant.indexOf(Math.max(...meant));
    if (best >= 0 && meant[best] > 0.5) ({ kind: object, role } = watch.memory.objects[best]);
  }
  watch.past.push({ name, role, object, from: watch.since, to: time });
  let longest: Track | undefined;
  for (const b of watch.branches)
    for (const track of b.aimed)
      if (!longest || track.mass * b.probability > longest.mass)
        longest = { ...track, mass: track.mass * b.probability };
  // The chain that is going on may have begun only now: what was before is another goal's.
  const length = longest?.chain.length ?? watch.past.length;
  if (watch.past.length > length) {
    if (watch.led >= 0 && chains.goals[watch.led] !== watch.context.before) {
      watch.context = { ...watch.context, before: chains.goals[watch.led] };
      // Where no example said what was before, it weighs nothing.
      if (chains.features.has("before")) weighGoals(chains, watch);
    }
    watch.past.splice(0, watch.past.length - length);
  }
  if (watch.past.length > MOST_PAST) watch.past.shift();
}

function bestGoal({ goals }: GoalWatch): number {
  let best = 0;
  for (let g = 1; g < goals.length; g++) if (goals[g] > goals[best]) best = g;
  return best < goals.length - 1 && goals[best] > DONE_BEFORE ? best : -1;
}

/** Goals as the surroundings have them, and what they begin with. */
function weighGoals(chains: Chains, watch: GoalWatch): void {
  watch.firsts.clear();
  logPriors(chains, { ...watch.context, objects: inView(watch) }, watch.priors);
  watch.start = startTrack(watch.priors);
  watch.starts.fill(0);
  forecast(chains, watch.start, 1, watch.starts);
  const [empty] = watch.starts;
  watch.starts[0] = 0;
  for (let k = 1; k < watch.starts.length; k++) watch.starts[k] /= 1 - empty;
}

/** What may have been done unseen between the last act and one that begins now. */
function leap(chains: Chains, watch: GoalWatch, time: number): void {
  const gone = time - watch.hidden;
  const more: Track[] = [];
  const likely = Array.from(watch.next, (p, outcome) => ({ p, outcome }))
    .filter(({ p, outcome }) => outcome > 0 && outcome <= chains.acts.length && p >= LEAST_HIDDEN)
    .sort((a, b) => b.p - a.p)
    .slice(0, MOST_HIDDEN);
  for (const { outcome } of likely) {
    const room = 1 - survival(dwellIs(chains, outcome - 1, -1), gone);
    for (const track of watch.tracks) {
      for (const unseen of followUnseen(chains, track, { outcome, role: -1, kind: -1 }, watch.scratch))
        more.push({ ...unseen, mass: unseen.mass * room });
    }
  }
  watch.tracks = settleTracks([...watch.tracks, ...more]);
  conclude(chains, watch);
}

/** Whether a sound is rather one of what comes next than of the act that went on when it was last seen. */
function isOfNext(chains: Chains, watch: GoalWatch, sound: string, time: number): boolean {
  let now = 0,
    then = 0;
  for (const { branch: b, share } of sharesOf(chains, watch))
    now += share * soundLikelihood(chains, sound, b.outcome - 1);
  for (let k = 1; k <= chains.acts.length; k++) then += watch.next[k] * soundLikelihood(chains, sound, k - 1);
  const over = overUnseen(chains, watch, time);
  return over * then > (1 - over) * now;
}
