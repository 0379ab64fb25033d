// How long before it begins the next act of a chain is foreseen, from the movement of the hand alone: rest, a reach, a grasp and
// what follows. The hand sets out, so a reach begins; how long reaches last was learned; what comes then begins when it is over.
//
// Protocol. One person is left out. The others teach how long a reach lasts (to the grasp as the set has it), how fast hands go and how
// far. Announced is, once a movement, that the next act begins within half a second: at the first frame at which that has at least a
// threshold's probability. That is right if what follows the reach does begin within that half second; a hand that stirs and does not
// reach makes a false one. The threshold, of probability and of the way the hand must have gone, is the most precise one with a median
// lead of a quarter of a second over the training people, each forecast from the others; precision and lead are those of the left out.

import {
  type ChainExample,
  WITHIN,
  addExample,
  beginAct,
  createChains,
  createExpected,
  createGoalWatch,
  endAct,
  expectNext,
  restartWatch,
} from "@attune/core";
import { type Labelled, type LoadedSet, labelled } from "./sets.ts";
import { round } from "./watching.ts";

export interface Lead {
  /** Median over right announcements, s; null where none is. */
  lead: number | null;
  precision: number;
  /** Share of onsets that were foreseen. */
  recall: number;
  announced: number;
  onsets: number;
  /** Mean absolute error of when, at right announcements, s. */
  error: number | null;
  protocol: string;
}

/** Median lead asked for in training, s: more than that is given for precision. */
const LEAD = 0.25;
const CHANCES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const WAYS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/** Share of a reach's usual top speed at which the hand has set out, and s below it after which it rests again. */
const SET_OUT = 0.2;
const RESTS = 0.15;

/** A recording with its hand: place by row in forearms, NaN where it is not seen. */
interface Reach {
  who: string;
  times: number[];
  hand: number[][];
  reach: readonly [number, number];
}

/** One frame's outlook, while the hand moves. */
interface Outlook {
  time: number;
  /** When the hand set out. */
  since: number;
  chance: number;
  /** Share of the usual way that is done. */
  way: number;
  in: number;
}

interface Bar {
  chance: number;
  way: number;
}

/** @returns undefined where no hand is seen */
export function measureLead(loaded: LoadedSet, log: (line: string) => void): Lead | undefined {
  const reaches = reachesOf(loaded);
  if (reaches.length === 0) return undefined;
  const people = [...new Set(reaches.map(({ who }) => who))];
  if (people.length < 3) return undefined;
  const right: { lead: number; error: number }[] = [];
  let announced = 0;
  for (const who of people) {
    const train = reaches.filter((r) => r.who !== who);
    const bar = barOf(train);
    const test = foretold(
      train,
      reaches.filter((r) => r.who === who),
    );
    const all = test.flatMap((t) => announcements(t, bar));
    log(`${loaded.set.name}: person ${who}, probability ${bar.chance}, way ${bar.way}`);
    announced += all.length;
    right.push(...all.filter(({ lead }) => lead > 0));
  }
  return {
    lead: right.length > 0 ? round(median(right.map(({ lead }) => lead)), 3) : null,
    precision: round(right.length / Math.max(1, announced), 4),
    recall: round(right.length / reaches.length, 4),
    announced,
    onsets: reaches.length,
    error: right.length > 0 ? round(right.reduce((s, { error }) => s + error, 0) / right.length, 3) : null,
    protocol: `leave-one-person-out, within ${WITHIN} s`,
  };
}

/** The hand of each item, in lengths of the forearm as it is at the beginning. */
function reachesOf(loaded: LoadedSet): Reach[] {
  const { set } = loaded;
  const joints = set.skeleton?.joints ?? [];
  const dims = set.skeleton?.dims ?? 2;
  const wrist = joints.indexOf("r-wrist"),
    elbow = joints.indexOf("r-elbow");
  if (wrist < 0 || elbow < 0) return [];
  return labelled(loaded).flatMap((item: Labelled): Reach[] => {
    const { reach } = set.items[item.index];
    if (!reach || reach[0] < 2 || reach[1] <= reach[0] || item.who === undefined) return [];
    const place = (row: number, joint: number): number[] =>
      Array.from({ length: dims }, (_, d) => item.frames[row].body?.[joint * dims + d] ?? NaN);
    const lengths = item.frames
      .map((_, row) => apart(place(row, wrist), place(row, elbow)))
      .filter((v) => v > 0)
      .slice(0, 10);
    if (lengths.length === 0) return [];
    const forearm = median(lengths);
    return [
      {
        who: item.who,
        times: item.frames.map(({ time }) => time),
        hand: item.frames.map((_, row) => place(row, wrist).map((v) => v / forearm)),
        reach,
      },
    ];
  });
}

/** What is needed of the training people: thresholds at which they, each foretold from the others, are foretold well. */
function barOf(train: readonly Reach[]): Bar {
  const tried = [...new Set(train.map(({ who }) => who))].flatMap((who) =>
    foretold(
      train.filter((r) => r.who !== who),
      train.filter((r) => r.who === who),
    ),
  );
  let best: Bar = { chance: CHANCES[CHANCES.length - 1], way: WAYS[WAYS.length - 1] },
    most = -1;
  for (const chance of CHANCES)
    for (const way of WAYS) {
      const all = tried.flatMap((t) => announcements(t, { chance, way }));
      const right = all.filter(({ lead }) => lead > 0);
      if (right.length < 0.5 * tried.length || median(right.map((r) => r.lead)) < LEAD) continue;
      const precision = right.length / all.length;
      if (precision <= most) continue;
      most = precision;
      best = { chance, way };
    }
  return best;
}

interface Foretold {
  reach: Reach;
  outlook: Outlook[];
}

/** Goals that learned from `train` follow the hands of `test`. */
function foretold(train: readonly Reach[], test: readonly Reach[]): Foretold[] {
  const tops = train.map(({ hand, times, reach: [from, to] }) => {
    let top = 0;
    for (let row = from; row <= to; row++) top = Math.max(top, speedAt(hand, times, row) || 0);
    return top;
  });
  const setsOut = SET_OUT * median(tops);
  const chains = createChains();
  for (const reach of train) addExample(chains, chainOf(reach, setsOut));
  const usual = median(
    train.map(({ hand, reach: [from, to] }) => apart(hand[from], hand[to])).filter((way) => way > 0),
  );
  const watch = createGoalWatch(chains, { oneChain: true });
  const expected = createExpected();
  const unknown = { phase: NaN, phaseSd: NaN };
  const outcome = chains.acts.indexOf("lift") + 1;
  return test.map((reach) => {
    const { hand, times } = reach;
    const outlook: Outlook[] = [];
    restartWatch(chains, watch);
    let start: number[] = [],
      still = NaN;
    for (let row = 1; row < times.length; row++) {
      const time = times[row];
      const speed = speedAt(hand, times, row);
      const doing = watch.since === watch.since;
      if (speed >= setsOut) {
        still = NaN;
        if (!doing) {
          restartWatch(chains, watch);
          beginAct(chains, watch, { name: "reach", time: times[row - 1] });
          start = hand[row - 1];
        }
      } else if (speed < setsOut && doing) {
        if (still !== still) still = time;
        if (time - still >= RESTS) endAct(chains, watch, still);
      }
      if (watch.since !== watch.since) continue;
      expectNext(chains, watch, time, unknown, expected);
      const way = apart(hand[row], start) / usual;
      outlook.push({
        time,
        since: watch.since,
        chance: expected.probability * watch.next[outcome],
        way: way === way ? way : 0,
        in: expected.mean,
      });
    }
    return { reach, outlook };
  });
}

/** Each movement announced to lead to the next act, with its lead: s until that begins, 0 where it does not in time. */
function announcements({ reach, outlook }: Foretold, bar: Bar): { lead: number; error: number }[] {
  const begins = reach.times[reach.reach[1]];
  const out: { lead: number; error: number }[] = [];
  let told = NaN;
  for (const { time, since, chance, way, in: left } of outlook) {
    if (since === told || chance < bar.chance || way < bar.way) continue;
    told = since;
    const lead = begins - time;
    // What the hand does after the grasp is another matter.
    if (lead <= 0) break;
    out.push({ lead: lead <= WITHIN ? lead : 0, error: Math.abs(left - lead) });
  }
  return out;
}

/** A reach lasts from when the hand is seen to set out: people mark its beginning a little before. */
function chainOf({ times, hand, reach: [marked, to], who }: Reach, setsOut: number): ChainExample {
  let from = marked;
  while (from + 1 < to && !(speedAt(hand, times, from + 1) >= setsOut)) from++;
  return {
    goal: "lift it",
    who,
    acts: [
      { name: "reach", from: times[from], to: times[to] },
      { name: "lift", from: times[to], to: times[times.length - 1] },
    ],
  };
}

/** Forearms a second, over two frames. */
function speedAt(hand: readonly number[][], times: readonly number[], row: number): number {
  return row < 1 ? NaN : apart(hand[row], hand[row - 1]) / (times[row] - times[row - 1]);
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((v, d) => v - b[d]));
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? NaN;
}
