// Chains of acts: what is done after what, in which goal, for how long, to what, in which surroundings. The state of a chain is
// its goal and the last acts with the roles of their objects, so that the same act in another chain, or at another place of it, is
// another state. All that is learned are counts: an example more, or a goal more, changes nothing that was counted before.

import { type CountTree, addCount, createCountTree, probabilityInAll, probabilityInGoals } from "./count-tree.ts";
import { type Dwell, type DwellStats, addDwell, createDwellStats, dwellIn, dwellOf } from "./dwell.ts";
import type { ChainAct, ChainExample, SceneContext } from "./types.ts";

/** What is known of chains; plain data (maps included), made of its examples and nothing else. */
export interface Chains {
  /** Goes up with every example that comes or goes. */
  changes: number;
  /** Examples a shorter history counts for beside a longer one. */
  concentration: number;
  examples: ChainExample[];
  goals: string[];
  acts: string[];
  roles: string[];
  kinds: string[];
  sounds: string[];
  /** Examples of each goal, [goals]. */
  seen: number[];
  next: CountTree;
  role: CountTree;
  kind: CountTree;
  /** Of acts whatever the goal, [acts]; and of act and goal by `dwellKey`. */
  dwell: DwellStats[];
  dwellIn: Map<number, DwellStats>;
  /** Seconds from an act's end to the next one's beginning: number, sum, sum of squares. */
  gap: [number, number, number];
  features: Map<string, Feature>;
  /** Acts of examples that came with sounds, and sounds heard during them, [acts] and by act and sound. */
  listened: number[];
  heard: Map<string, number>;
}

/** How often something of the surroundings was there: in all, by goal. */
interface Feature {
  all: number;
  in: Map<number, number>;
}

/** What a chain's next act depends on: last act, its role, the act before, its role, and the one before that. */
export type Path = readonly number[];

/** The end of a chain, as an outcome; acts follow it, and last stands one never seen. */
export const END = 0;
const NOTHING_YET = -1;
/** Depth of a path. */
export const DEPTH = 5;
/** A path before the first act. */
export const START: Path = Array.from({ length: DEPTH }, () => NOTHING_YET);
/** Trust of roles and kinds in the shorter history. */
export const ROLE_TRUST = 1;
/** An unknown goal is as likely beforehand as a goal seen this often. */
const UNKNOWN_WORTH = 1;
/** Acts of an unknown goal follow what usually follows the last act; this share of the time anything. */
const ANYTHING = 0.2;
/** Examples that what is usual counts for beside a goal's own surroundings. */
const SURROUNDINGS_WORTH = 1;
/** Shortest act, s: marks of people have acts of no length. */
const SHORTEST = 0.01;

/** @param concentration examples a shorter history counts for; small trusts few examples, large wants many */
export function createChains(concentration = 3): Chains {
  if (!(concentration > 0 && Number.isFinite(concentration)))
    throw new RangeError(`createChains: a concentration of ${concentration}, expected more than 0`);
  return {
    changes: 0,
    concentration,
    examples: [],
    goals: [],
    acts: [],
    roles: [],
    kinds: [],
    sounds: [],
    seen: [],
    next: createCountTree(),
    role: createCountTree(),
    kind: createCountTree(),
    dwell: [],
    dwellIn: new Map(),
    gap: [0, 0, 0],
    features: new Map(),
    listened: [],
    heard: new Map(),
  };
}

/**
 * One more example. Where its goal is not named only what holds whatever the goal is learned of it (see `discoverGoals`).
 *
 * @throws RangeError for an example without acts, without names, or with times that do not go on
 */
export function addExample(chains: Chains, example: ChainExample): void {
  checkExample(example);
  chains.examples.push(example);
  count(chains, example, 1);
}

/** Takes an example away: the chains are as if it had never been there. @throws RangeError if it is none of theirs */
export function removeExample(chains: Chains, example: ChainExample): void {
  const at = chains.examples.indexOf(example);
  if (at < 0) throw new RangeError("removeExample: this is no example of these chains");
  chains.examples.splice(at, 1);
  count(chains, example, -1);
}

/** Outcomes there are: the end, the acts, and one never seen. */
export function choicesOf(chains: Chains): number {
  return chains.acts.length + 2;
}

/** Index of an act as an outcome; the last where it was never seen. */
export function outcomeOf(chains: Chains, act: string): number {
  const at = chains.acts.indexOf(act);
  return at < 0 ? chains.acts.length + 1 : at + 1;
}

/** Index of a role or a kind in its tree: 0 is none, the last is one never seen. */
export function symbolOf(names: readonly string[], name: string | undefined): number {
  if (name === undefined) return 0;
  const at = names.indexOf(name);
  return at < 0 ? names.length + 1 : at + 1;
}

/** The path after one more act. */
export function extend(path: Path, outcome: number, role: number): number[] {
  return [outcome, role, path[0], path[1], path[2]];
}

/** Room for the probabilities of one act. */
export interface LikelihoodScratch {
  act: Float64Array;
  role: Float64Array;
  kind: Float64Array;
}

export function createLikelihoodScratch(goals: number): LikelihoodScratch {
  return { act: new Float64Array(goals), role: new Float64Array(goals), kind: new Float64Array(goals) };
}

/**
 * Probability of an act done to an object, after a history, in each of some goals.
 *
 * @param role symbol, or -1 where it was not looked at; `kind` alike
 * @param out one for each of `goals`
 */
export function likelihoods(
  chains: Chains,
  path: Path,
  outcome: number,
  role: number,
  kind: number,
  goals: ArrayLike<number>,
  n: number,
  scratch: LikelihoodScratch,
  out: Float64Array,
): void {
  const { next, concentration } = chains;
  probabilityInGoals(next, path, outcome, choicesOf(chains), concentration, goals, n, out);
  if (role >= 0) {
    const choices = chains.roles.length + 2;
    probabilityInGoals(chains.role, rolePath(outcome, path), role, choices, ROLE_TRUST, goals, n, scratch.role);
    for (let i = 0; i < n; i++) out[i] *= scratch.role[i];
  }
  if (kind >= 0) {
    const choices = chains.kinds.length + 2;
    probabilityInGoals(chains.kind, [outcome, role], kind, choices, ROLE_TRUST, goals, n, scratch.kind);
    for (let i = 0; i < n; i++) out[i] *= scratch.kind[i];
  }
}

/** The same where the goal is none that is known: what usually follows the last act, or anything. */
export function likelihoodUnknown(chains: Chains, path: Path, outcome: number, role: number, kind: number): number {
  const choices = choicesOf(chains);
  let p = mixed(probabilityInAll(chains.next, path, outcome, choices, 1), choices);
  if (role >= 0) {
    const roles = chains.roles.length + 2;
    p *= mixed(probabilityInAll(chains.role, rolePath(outcome, path), role, roles, 1), roles);
  }
  if (kind >= 0) {
    const kinds = chains.kinds.length + 2;
    p *= mixed(probabilityInAll(chains.kind, [outcome, role], kind, kinds, 1), kinds);
  }
  return p;
}

function mixed(p: number, choices: number): number {
  return (1 - ANYTHING) * p + ANYTHING / choices;
}

/** Levels of the past an unknown goal's acts depend on, and the share of the time they do not. */
export const UNKNOWN_CHAIN = { levels: 1, anything: ANYTHING } as const;

/** How long an act lasts, in a goal (-1: whatever the goal). */
export function dwellIs(chains: Chains, act: number, goal: number): Dwell {
  const all = dwellOf(chains.dwell[act]);
  return goal < 0 ? all : dwellIn(all, chains.dwellIn.get(dwellKey(act, goal)));
}

/** Mean and standard deviation of the pause between acts, s. */
export function pauseOf({ gap: [n, sum, square] }: Chains): { mean: number; sd: number } {
  if (n < 1) return { mean: 0, sd: 0 };
  const mean = sum / n;
  return { mean, sd: Math.sqrt(Math.max(0, square / n - mean * mean)) };
}

/**
 * Log probability of each goal before anything is done, from how often it was seen and from the surroundings. Surroundings
 * never met say nothing.
 *
 * @param out [goals + 1]; its last place is for none of them
 */
export function logPriors(chains: Chains, context: SceneContext, out: Float64Array): void {
  const { goals, seen } = chains;
  const G = goals.length;
  const total = seen.reduce((s, n) => s + n, 0);
  const unknown = UNKNOWN_WORTH / (UNKNOWN_WORTH + total);
  for (let g = 0; g < G; g++) out[g] = Math.log(((1 - unknown) * (seen[g] + 1)) / (total + G));
  out[G] = Math.log(unknown);
  for (const { name, given } of featuresOf(context)) {
    const feature = chains.features.get(name),
      among = chains.features.get(given);
    if (!feature || !among || feature.all < 1) continue;
    const usual = (feature.all + 0.5) / (among.all + 1);
    for (let g = 0; g < G; g++) {
      const n = among.in.get(g) ?? 0,
        k = feature.in.get(g) ?? 0;
      out[g] += Math.log((k + SURROUNDINGS_WORTH * usual) / (n + SURROUNDINGS_WORTH));
    }
    out[G] += Math.log(usual);
  }
}

/** P(sound | act) from what was heard together, drawn towards how often it is heard at all; 1 where it was never heard. */
export function soundLikelihood(chains: Chains, sound: string, act: number): number {
  let all = 0,
    acts = 0;
  chains.acts.forEach((_, a) => {
    all += chains.heard.get(`${a} ${sound}`) ?? 0;
    acts += chains.listened[a];
  });
  if (all === 0) return 1;
  const usual = (all + 0.5) / (acts + 1);
  return ((chains.heard.get(`${act} ${sound}`) ?? 0) + usual) / (chains.listened[act] + 1);
}

/** Pairs a sound with an act outside any chain: it was heard while the act was seen or done. @throws RangeError if the act is unknown */
export function pairSound(chains: Chains, act: string, sound: string): void {
  const a = chains.acts.indexOf(act);
  if (a < 0)
    throw new RangeError(`pairSound: "${act}" is in no chain; known: ${chains.acts.join(", ") || "nothing yet"}`);
  if (!chains.sounds.includes(sound)) chains.sounds.push(sound);
  chains.listened[a]++;
  bump(chains.heard, `${a} ${sound}`, 1);
}

/** A feature of the surroundings, and what it is a part of. */
function featuresOf({ scene, who, before, objects }: SceneContext): { name: string; given: string }[] {
  const out: { name: string; given: string }[] = [];
  const say = (kind: string, value: string | undefined): void => {
    if (value !== undefined) out.push({ name: `${kind} ${value}`, given: kind });
  };
  say("scene", scene);
  say("who", who);
  say("before", before);
  const told = new Set<string>();
  for (const { kind, role } of objects ?? []) {
    for (const [name, given] of [
      [`object ${kind}`, "objects"],
      ...(role === undefined ? [] : [[`object ${kind} ${role}`, `object ${kind}`]]),
    ]) {
      if (told.has(name)) continue;
      told.add(name);
      out.push({ name, given });
    }
  }
  return out;
}

function count(chains: Chains, example: ChainExample, weight: number): void {
  chains.changes++;
  const goal = example.goal === undefined ? undefined : place(chains.goals, example.goal);
  if (goal !== undefined) chains.seen[goal] = (chains.seen[goal] ?? 0) + weight;
  for (const given of ["scene", "who", "before", "objects"] as const)
    if (example[given] !== undefined) tally(chains, given, goal, weight);
  for (const { name } of featuresOf(example)) tally(chains, name, goal, weight);
  let path: Path = START;
  for (const act of example.acts) {
    const a = place(chains.acts, act.name);
    chains.listened[a] ??= 0;
    const outcome = a + 1,
      role = act.role === undefined ? 0 : place(chains.roles, act.role) + 1;
    addCount(chains.next, path, goal, outcome, weight);
    if (act.role !== undefined) addCount(chains.role, rolePath(outcome, path), goal, role, weight);
    if (act.object !== undefined)
      addCount(chains.kind, [outcome, role], goal, place(chains.kinds, act.object) + 1, weight);
    time(chains, a, goal, act, weight);
    path = extend(path, outcome, role);
  }
  addCount(chains.next, path, goal, END, weight);
  example.acts.slice(1).forEach(({ from }, i) => {
    const pause = Math.max(0, from - example.acts[i].to);
    [1, pause, pause * pause].forEach((v, k) => (chains.gap[k] += weight * v));
  });
  if (example.sounds) listen(chains, example, weight);
}

function listen(chains: Chains, { acts, sounds = [] }: ChainExample, weight: number): void {
  for (const act of acts) {
    const a = chains.acts.indexOf(act.name);
    chains.listened[a] += weight;
    const during = new Set(sounds.filter(({ time: t }) => t >= act.from && t <= act.to).map(({ sound }) => sound));
    for (const sound of during) {
      place(chains.sounds, sound);
      bump(chains.heard, `${a} ${sound}`, weight);
    }
  }
}

function time(chains: Chains, act: number, goal: number | undefined, { from, to }: ChainAct, weight: number): void {
  const seconds = Math.max(SHORTEST, to - from);
  chains.dwell[act] ??= createDwellStats();
  addDwell(chains.dwell[act], seconds, weight);
  if (goal === undefined) return;
  const key = dwellKey(act, goal);
  const stats = chains.dwellIn.get(key) ?? createDwellStats();
  chains.dwellIn.set(key, stats);
  addDwell(stats, seconds, weight);
}

/** Numbers below 2^53 for any 2^26 acts in as many goals. */
function dwellKey(act: number, goal: number): number {
  return act * 67_108_864 + goal;
}

function tally(chains: Chains, name: string, goal: number | undefined, weight: number): void {
  const feature = chains.features.get(name) ?? { all: 0, in: new Map<number, number>() };
  chains.features.set(name, feature);
  if (goal === undefined) return;
  feature.all += weight;
  bump(feature.in, goal, weight);
}

function bump<K>(map: Map<K, number>, key: K, weight: number): void {
  map.set(key, (map.get(key) ?? 0) + weight);
}

/** What a role depends on: the act, the act before and its object's role. */
export function rolePath(outcome: number, path: Path): number[] {
  return [outcome, path[0], path[1]];
}

/** Index of a name, put at the end where it is new. */
function place(names: string[], name: string): number {
  const at = names.indexOf(name);
  return at < 0 ? names.push(name) - 1 : at;
}

/** @throws RangeError saying what does not fit */
export function checkExample({ goal, acts, sounds }: ChainExample): void {
  const of = goal === undefined ? "an example" : `an example of "${goal}"`;
  if (goal === "") throw new RangeError("chains: an example with an empty goal, expected a name or none at all");
  if (acts.length === 0) throw new RangeError(`chains: ${of} has no acts, expected at least one`);
  let before = -Infinity;
  for (const { name, from, to } of acts) {
    if (name === "") throw new RangeError(`chains: ${of} has an act without a name`);
    if (!(Number.isFinite(from) && Number.isFinite(to) && to >= from && from >= before))
      throw new RangeError(
        `chains: ${of} has "${name}" from ${from} s to ${to} s after one from ${before} s, expected seconds that go on`,
      );
    before = from;
  }
  for (const { sound, time: at } of sounds ?? [])
    if (sound === "" || !Number.isFinite(at))
      throw new RangeError(`chains: ${of} has the sound "${sound}" at ${at} s, expected a name and seconds`);
}
