// What is believed of somebody's intention, as plain data made on request: goals, what comes next and when, where the hand lands.

import { type Chains, pauseOf } from "./chains.ts";
import { type Expected, type Progress, expectNext } from "./landing.ts";
import { type GoalWatch, entropyOf, overUnseen, sharesOf } from "./belief.ts";

/** Activity of a state of a chain: this act, as this step, in this goal. */
export interface ActInChain {
  goal: string;
  act: string;
  /** Acts of the chain before it. */
  step: number;
  probability: number;
}

/** An act that may come next. */
export interface NextAct {
  act: string;
  probability: number;
  /** Seconds until it begins, and quantiles at 10 and 90 %; null where nothing is known of it. */
  onset: { mean: number; sd: number; soonest: number; latest: number } | null;
}

export interface Intent {
  time: number;
  /** Most probable first, at most `MOST`; with `unknown` and those left out they sum to one. */
  goals: { goal: string; probability: number }[];
  /** Probability that it is none of the goals that are known. */
  unknown: number;
  /** What is being done, hidden acts carried on. */
  doing: { act: string; probability: number; since: number }[];
  /** Joint posterior of goal, act and step, most probable first. */
  chain: ActInChain[];
  next: NextAct[];
  /** Probability that the chain ends with what is being done. */
  ends: number;
  /** Where the hand is expected to land: the remembered object, when, and how surely it is that one. */
  landing: { object: string; position: number[] | null; probability: number; time: number; sd: number } | null;
  /** Of the goals, nats; 0 is sure. */
  entropy: number;
  /** Nats by which the act going on was less probable than was to be expected, and whether it broke the chain. */
  surprise: number;
  broken: boolean;
  hidden: boolean;
}

const MOST = 6;
/** Least probability of what is told. */
const LEAST = 0.01;

/** @param progress of the act going on, where it is known; `expected` is filled in on the way */
export function intentOf(
  chains: Chains,
  watch: GoalWatch,
  time: number,
  expected: Expected,
  progress: Progress = { phase: NaN, phaseSd: NaN },
): Intent {
  expectNext(chains, watch, time, progress, expected);
  const G = watch.goals.length - 1;
  const goals = ranked(watch.goals.subarray(0, G)).map(({ k, p }) => ({ goal: chains.goals[k], probability: p }));
  const over = overUnseen(chains, watch, time);
  const { mean, sd, soonest, latest } = expected;
  const onset = Number.isFinite(mean) ? { mean, sd, soonest, latest } : null;
  const shares = sharesOf(chains, watch);
  const doing = shares
    .filter(({ share }) => share > LEAST)
    .map(({ branch, share }) => ({ act: branch.name, probability: share * (1 - over), since: watch.since }));
  if (over > LEAST)
    for (const { k, p } of ranked(watch.next)) {
      const act = nameOf(chains, k);
      const known = doing.find((d) => d.act === act);
      if (known) known.probability += over * p;
      else doing.push({ act, probability: over * p, since: time + pauseOf(chains).mean });
    }
  const chain: ActInChain[] = [];
  for (const { branch, share } of shares) {
    const total = branch.aimed.reduce((s, { mass }) => s + mass, 0);
    for (const track of branch.aimed)
      track.goals.forEach((g, i) => {
        const p = ((share * track.mass) / total) * track.weights[i];
        if (p < LEAST) return;
        const goal = chains.goals[g],
          step = track.chain.length - 1;
        const same = chain.find((c) => c.goal === goal && c.act === branch.name && c.step === step);
        if (same) same.probability += p;
        else chain.push({ goal, act: branch.name, step, probability: p });
      });
  }
  const target = watch.memory.objects[expected.object];
  return {
    time,
    goals,
    unknown: watch.goals[G],
    doing: doing.filter(({ probability }) => probability > LEAST).sort((a, b) => b.probability - a.probability),
    chain: chain.sort((a, b) => b.probability - a.probability),
    next: ranked(watch.next).map(({ k, p }) => ({ act: nameOf(chains, k), probability: p, onset })),
    ends: watch.ends,
    landing: target
      ? {
          object: target.kind,
          position: target.position ? [...target.position] : null,
          probability: expected.sure,
          time: time + (Number.isFinite(expected.in) ? expected.in : Number.isFinite(mean) ? mean : 0),
          sd: Number.isFinite(expected.inSd) ? expected.inSd : Number.isFinite(sd) ? sd : 0,
        }
      : null,
    entropy: entropyOf(watch.goals),
    surprise: watch.surprise,
    broken: watch.broken,
    hidden: watch.hidden === watch.hidden,
  };
}

/** What stands for an act that is in no chain. */
export const SOMETHING_ELSE = "something else";

function nameOf(chains: Chains, outcome: number): string {
  return chains.acts[outcome - 1] ?? SOMETHING_ELSE;
}

function ranked(p: ArrayLike<number>): { k: number; p: number }[] {
  return Array.from(p, (v, k) => ({ k, p: v }))
    .filter((e) => e.p >= LEAST)
    .sort((a, b) => b.p - a.p)
    .slice(0, MOST);
}
