// Goals and what comes next, in chains of acts of an unseen person: the next act is foretold when an act ends, from the acts and
// objects of the video so far; the goal from the acts that began within a share of it.
//
// Protocol. One person is left out, all others teach (where no person is named, five folds). How much a shorter history counts is
// chosen inside the training people, one of them left out in turn; where there is but one the defaults stay (a person's own videos
// are too alike to choose by). For the baselines alike; their default is what serves them best.
// Acts, their times and the roles of the object handled are the annotators', as they are for the baselines; the kind of object in
// the scene is known from the beginning, to Attune alone.

import {
  type ChainExample,
  type Chains,
  type GoalWatch,
  addExample,
  beginAct,
  createChains,
  createGoalWatch,
  createRng,
  endAct,
} from "@attune/core";
import { chainsOfSet } from "@attune/io";
import { type Baseline, type Forecasts, baselineForecasts } from "./goals-baselines.ts";
import { type Lead, measureLead } from "./goals-lead.ts";
import { type Forecast, calibrationError } from "./scores.ts";
import type { LoadedSet } from "./sets.ts";
import { round } from "./watching.ts";

export interface NextScores {
  acc: number;
  macroF1: number;
  /** Of what follows "moving"; null where nothing is called so. */
  afterMoving: number | null;
  logLoss: number;
  ece: number;
}

export interface ChainScores {
  videos: number;
  transitions: number;
  protocol: string;
  next: NextScores;
  goal: Record<"20" | "50" | "100", number>;
  /** The same by acts and roles alone, the kind of object in the scene unknown. */
  withoutKinds: NextScores;
  baselines: Record<"markov1" | "markov2" | "markov2GoalRole", { acc: number; logLoss: number }>;
  /** Log loss minus that of Markov-2 with inferred goal and object role, mean a video, with its 95 % interval (bootstrap over videos). */
  pairedOverVideos: { meanDifference: number; ci: [number, number]; videos: number };
  lead: null;
}

/** Of a set that has chains with names and no onsets to foresee from movement, or the other way round. */
export type GoalScores = ChainScores | { next: null; goal: null; lead: number | null; foreseen: Lead };

const BASELINES: Record<keyof ChainScores["baselines"], Baseline> = {
  markov1: { order: 1, goals: false },
  markov2: { order: 2, goals: false },
  markov2GoalRole: { order: 2, goals: true },
};
/** Concentrations tried. */
const TRIED = [1, 2, 3, 4, 6];
/** What chains are made with, and what the baselines do best with on the people given. */
const DEFAULT = 3;
const BASELINE_DEFAULT = 2;
const SHARES = [20, 50, 100] as const;
const DRAWS = 5000;
const MOVING = "moving";

/** @returns undefined where the set has neither chains nor reaches */
export function measureGoals(loaded: LoadedSet, log: (line: string) => void): GoalScores | undefined {
  const { set } = loaded;
  if (set.task === "chains" && set.items.some(({ segments }) => segments && segments.length > 1))
    return measureChains(loaded, log);
  if (!set.items.some(({ reach }) => reach !== undefined)) return undefined;
  const foreseen = measureLead(loaded, log);
  return foreseen && { next: null, goal: null, lead: foreseen.lead, foreseen };
}

interface Video {
  example: ChainExample;
  ours: Forecasts;
  withoutKinds: Forecasts;
  /** Whether the most probable goal is right when a share of the video is seen. */
  goal: Record<(typeof SHARES)[number], boolean>;
  baselines: Record<keyof ChainScores["baselines"], Forecasts>;
}

function measureChains(loaded: LoadedSet, log: (line: string) => void): ChainScores {
  const { name } = loaded.set;
  const examples = chainsOfSet(loaded.set);
  const { folds, protocol } = foldsOf(examples);
  const videos: Video[] = [];
  for (const { name: who, train, test } of folds) {
    const best = chosen(train, DEFAULT, (part, c) => {
      const known = learned(part.train, c);
      return part.test.map((example) => watchVideo(known, example).forecasts);
    });
    log(`${name}: ${who}, ${train.length} videos teach, concentration ${best}`);
    const chains = learned(train, best);
    const rivals = Object.fromEntries(
      Object.entries(BASELINES).map(([key, baseline]) => {
        const c = chosen(train, BASELINE_DEFAULT, (part, tried) =>
          baselineForecasts(part.train, part.test, baseline, tried),
        );
        return [key, baselineForecasts(train, test, baseline, c)];
      }),
    ) as Record<keyof ChainScores["baselines"], Forecasts[]>;
    test.forEach((example, i) => {
      const { forecasts, goal } = watchVideo(chains, example);
      const { goal: named, who: person, acts } = example;
      const bare: ChainExample = {
        acts,
        ...(named === undefined ? {} : { goal: named }),
        ...(person === undefined ? {} : { who: person }),
      };
      videos.push({
        example,
        ours: forecasts,
        withoutKinds: watchVideo(chains, bare).forecasts,
        goal,
        baselines: {
          markov1: rivals.markov1[i],
          markov2: rivals.markov2[i],
          markov2GoalRole: rivals.markov2GoalRole[i],
        },
      });
    });
  }
  const differences = videos
    .filter(({ ours }) => ours.length > 0)
    .map(({ example, ours, baselines }) => lossOf(example, ours) - lossOf(example, baselines.markov2GoalRole));
  const baselines = Object.fromEntries(
    (Object.keys(BASELINES) as (keyof typeof BASELINES)[]).map((key) => {
      const { acc, logLoss } = scoresOf(videos.map(({ example, baselines: b }) => ({ example, forecasts: b[key] })));
      return [key, { acc, logLoss }];
    }),
  ) as ChainScores["baselines"];
  return {
    videos: videos.length,
    transitions: videos.reduce((s, { ours }) => s + ours.length, 0),
    protocol,
    next: scoresOf(videos.map(({ example, ours }) => ({ example, forecasts: ours }))),
    goal: Object.fromEntries(
      SHARES.map((share) => [share, round(mean(videos.map(({ goal }) => (goal[share] ? 1 : 0))), 4)]),
    ) as ChainScores["goal"],
    withoutKinds: scoresOf(videos.map(({ example, withoutKinds }) => ({ example, forecasts: withoutKinds }))),
    baselines,
    pairedOverVideos: paired(differences, name),
    lead: null,
  };
}

/** Leave one person out, else five folds. */
function foldsOf(examples: readonly ChainExample[]): {
  protocol: string;
  folds: { name: string; train: ChainExample[]; test: ChainExample[] }[];
} {
  const people = [...new Set(examples.map(({ who }) => who))];
  const apart = people.length >= 2 && !people.includes(undefined);
  const groups = apart
    ? people.map((who) => ({ name: `person ${who}`, test: examples.filter((e) => e.who === who) }))
    : [0, 1, 2, 3, 4].map((k) => ({ name: `block ${k + 1}`, test: examples.filter((_, i) => i % 5 === k) }));
  return {
    protocol: apart ? "leave-one-person-out" : "five-folds",
    folds: groups
      .map(({ name, test }) => ({ name, test, train: examples.filter((e) => !test.includes(e)) }))
      .filter(({ train, test }) => train.length > 0 && test.length > 0),
  };
}

/** The concentration that serves best when each of the training people is left out; the default where there is but one. */
function chosen(
  train: readonly ChainExample[],
  otherwise: number,
  forecast: (part: { train: ChainExample[]; test: ChainExample[] }, concentration: number) => Forecasts[],
): number {
  const people = [...new Set(train.map(({ who }) => who))];
  if (people.length < 2) return otherwise;
  const parts = people.map((who) => ({
    test: train.filter((e) => e.who === who),
    train: train.filter((e) => e.who !== who),
  }));
  const losses = TRIED.map((c) =>
    mean(parts.flatMap((part) => forecast(part, c).map((forecasts, i) => lossOf(part.test[i], forecasts)))),
  );
  return TRIED[losses.indexOf(Math.min(...losses))];
}

function learned(examples: readonly ChainExample[], concentration: number): Chains {
  const chains = createChains(concentration);
  for (const example of examples) addExample(chains, example);
  return chains;
}

/** What is foretold after each act, and the goal at each share. */
function watchVideo(chains: Chains, example: ChainExample): { forecasts: Forecasts; goal: Video["goal"] } {
  const { acts, objects, goal, who } = example;
  const watch = createGoalWatch(chains, {
    oneChain: true,
    context: { ...(objects ? { objects } : {}), ...(who === undefined ? {} : { who }) },
  });
  const forecasts: Forecasts = [];
  const right: boolean[] = [];
  acts.forEach(({ name, role, from, to }, i) => {
    beginAct(chains, watch, { name, time: from, ...(role === undefined ? {} : { role }) });
    right.push(chains.goals[likeliest(chains, watch)] === goal);
    endAct(chains, watch, to);
    if (i + 1 < acts.length) forecasts.push(new Map(chains.acts.map((act, a) => [act, watch.next[a + 1]])));
  });
  const start = acts[0].from,
    whole = acts[acts.length - 1].to - start;
  const at = (share: number): boolean => right[acts.findLastIndex(({ from }) => from - start <= (share / 100) * whole)];
  return { forecasts, goal: { 20: at(20), 50: at(50), 100: at(100) } };
}

function likeliest(chains: Chains, { goals }: GoalWatch): number {
  let best = 0;
  for (let g = 1; g < chains.goals.length; g++) if (goals[g] > goals[best]) best = g;
  return best;
}

/** Mean log loss of a video's transitions, nats. An act nobody showed before costs what is left over. */
function lossOf({ acts }: ChainExample, forecasts: Forecasts): number {
  if (forecasts.length === 0) return 0;
  return mean(forecasts.map((f, i) => -Math.log(chanceOf(f, acts[i + 1].name))));
}

function chanceOf(forecast: Map<string, number>, act: string): number {
  const known = forecast.get(act);
  if (known !== undefined) return Math.max(known, 1e-9);
  return Math.max(1e-9, 1 - [...forecast.values()].reduce((s, p) => s + p, 0));
}

function scoresOf(videos: readonly { example: ChainExample; forecasts: Forecasts }[]): NextScores {
  const names = [...new Set(videos.flatMap(({ example }) => example.acts.map(({ name }) => name)))].sort();
  const all: Forecast[] = [];
  const moving: boolean[] = [];
  let loss = 0;
  for (const { example, forecasts } of videos)
    forecasts.forEach((forecast, i) => {
      const shares = names.map((act) => forecast.get(act) ?? 0);
      const guess = shares.indexOf(Math.max(...shares)),
        truth = names.indexOf(example.acts[i + 1].name);
      all.push({ truth, guess, shares });
      loss -= Math.log(chanceOf(forecast, example.acts[i + 1].name));
      if (example.acts[i].name === MOVING) moving.push(truth === guess);
    });
  const f1 = names
    .map((_, k) => {
      const hit = all.filter(({ truth, guess }) => truth === k && guess === k).length,
        said = all.filter(({ guess }) => guess === k).length,
        was = all.filter(({ truth }) => truth === k).length;
      return said + was > 0 ? (2 * hit) / (said + was) : undefined;
    })
    .filter((v) => v !== undefined);
  return {
    acc: round(mean(all.map(({ truth, guess }) => (truth === guess ? 1 : 0))), 4),
    macroF1: round(mean(f1), 4),
    afterMoving: moving.length > 0 ? round(mean(moving.map((r) => (r ? 1 : 0))), 4) : null,
    logLoss: round(loss / all.length, 4),
    ece: round(calibrationError(all).raw, 4),
  };
}

function paired(differences: readonly number[], name: string): ChainScores["pairedOverVideos"] {
  const rng = createRng(1, `bench/goals/${name}`);
  const drawn = Array.from({ length: DRAWS }, () =>
    mean(differences.map(() => differences[Math.floor(rng() * differences.length)])),
  ).sort((a, b) => a - b);
  const at = (q: number): number => round(drawn[Math.floor(q * (DRAWS - 1))], 4);
  return { meanDifference: round(mean(differences), 4), ci: [at(0.025), at(0.975)], videos: differences.length };
}

function mean(values: readonly number[]): number {
  return values.reduce((s, v) => s + v, 0) / values.length;
}
