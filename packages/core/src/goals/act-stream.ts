// From the mirror's belief, frame by frame, to acts that begin, change their mind and end: when the mirror dates an act to after
// the one that was going on, that is over. Where nothing changed nothing is computed.

import type { Chains } from "./chains.ts";
import type { GoalWatch } from "./belief.ts";
import { type ActCandidate, beginAct, endAct, hideActor, reviseAct, showActor } from "./watch.ts";

/** What the mirror believes in one frame; arrays are [acts] and may be the mind's own. */
export interface MirrorBelief {
  readonly time: number;
  readonly probability: ArrayLike<number>;
  /** When each act is thought to have begun, s; how far along it is, 0..1. */
  readonly begun: ArrayLike<number>;
  readonly phase: ArrayLike<number>;
  /** Nothing of the actor is seen. */
  readonly hidden?: boolean;
}

/** Plain data. */
export interface ActStream {
  names: readonly string[];
  /** Belief that was last taken in, [acts]. */
  told: Float64Array;
  /** The part of the belief that is about acts under way, [acts]. */
  live: Float64Array;
  /** Since when an act's last posture is held, [acts]; NaN before. */
  held: Float64Array;
  /** Since when no act is believed in; NaN while one is. */
  quiet: number;
}

/** Probability at which an act is taken to go on, and below which it is no longer (as the mirror's own events have it). */
const BEGUN = 0.35;
const GONE = 0.175;
/** s an act must have gone on, phase at which it is as good as over, and s for which that is held before it is: as the mirror has it. */
const SETTLE = 0.1;
const OVER = 0.95;
const HELD = 0.4;
/** s without an act before the last counts as over: the mirror hesitates between two. */
const QUIET = 0.2;
/** An act dated this much after the beginning of the one going on, s, is another. */
const AFTER = 0.25;
/** Change of a probability that is worth thinking about, and the least that is thought of at all. */
const CHANGE = 0.05;
const LEAST = 0.05;

/** @param names of the mirror's acts */
export function createActStream(names: readonly string[]): ActStream {
  const N = names.length;
  return {
    names: [...names],
    told: new Float64Array(N),
    live: new Float64Array(N),
    held: new Float64Array(N).fill(NaN),
    quiet: NaN,
  };
}

/** Takes in one frame. @throws RangeError if the belief is about another number of acts */
export function seeActs(chains: Chains, watch: GoalWatch, stream: ActStream, belief: MirrorBelief): void {
  const { time, begun, hidden = false } = belief;
  const { names, told, live: probability } = stream;
  if (belief.probability.length !== names.length)
    throw new RangeError(
      `seeActs: a belief about ${belief.probability.length} acts, expected ${names.length}; make a stream of the mirror's acts`,
    );
  if (hidden) {
    hideActor(watch, time);
    return;
  }
  underWay(stream, belief);
  let top = -1,
    change = 0;
  for (let k = 0; k < names.length; k++) {
    if (top < 0 || probability[k] > probability[top]) top = k;
    change = Math.max(change, Math.abs(probability[k] - told[k]));
  }
  if (top < 0) return;
  const doing = watch.since === watch.since;
  if (probability[top] < (doing ? GONE : BEGUN)) {
    if (stream.quiet !== stream.quiet) stream.quiet = time;
    // Whoever comes into view doing nothing did end what was hidden.
    if (doing && time - stream.quiet >= QUIET) {
      endAct(chains, watch, stream.quiet);
      told.fill(0);
    }
    return;
  }
  stream.quiet = NaN;
  const another = doing && probability[top] >= BEGUN && begun[top] > watch.since + AFTER;
  if (doing && !another) {
    if (watch.hidden === watch.hidden) showActor(watch);
    if (change < CHANGE) return;
    keep(told, probability);
    reviseAct(chains, watch, candidatesIn(names, probability));
    return;
  }
  keep(told, probability);
  beginAct(chains, watch, { time: Math.min(time, begun[top]), candidates: candidatesIn(names, probability) });
}

/** Acts under way: neither only waited for, nor long held at their end. */
function underWay({ live, held }: ActStream, { time, probability, begun, phase }: MirrorBelief): void {
  for (let k = 0; k < live.length; k++) {
    if (phase[k] < OVER) held[k] = NaN;
    else if (held[k] !== held[k]) held[k] = time;
    const over = held[k] === held[k] && time - held[k] >= HELD;
    live[k] = time - begun[k] < SETTLE || over ? 0 : probability[k];
  }
}

function keep(told: Float64Array, probability: ArrayLike<number>): void {
  for (let k = 0; k < told.length; k++) told[k] = probability[k];
}

function candidatesIn(names: readonly string[], probability: ArrayLike<number>): ActCandidate[] {
  const out: ActCandidate[] = [];
  for (let k = 0; k < names.length; k++)
    if (probability[k] >= LEAST) out.push({ name: names[k], probability: probability[k] });
  return out;
}
