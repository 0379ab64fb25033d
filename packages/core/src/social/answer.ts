// What Attune is doing about the other and why, as plain JSON, and what it would do otherwise.

import type { Relation, Strategy } from "../affect/types.ts";
import { CHANNELS, type Channel, type Row, channelOf } from "./policy.ts";
import { oddRelation } from "./relation.ts";
import type { Context, Scene } from "./scene.ts";
import { type Chosen, type Gains, type Loser, type Social, checkedGains } from "./social-state.ts";
import { BLOCK, chanceOf, fits, isForbidden, losersIn, reasonsFor, strengthOf } from "./weigh.ts";

/** One thing that is done or about to be; JSON-able. */
export interface Response {
  kind: string;
  channel: Channel;
  /** The row of the table it comes from. */
  row: string;
  /** What it answers. */
  cue: string;
  act?: string;
  utterance?: string;
  gaze?: string;
  /** 0..1 */
  strength: number;
  /** When it began, s; null when it is still to come. */
  since: number | null;
  /** When it is to begin, or began, s. */
  expectedOnset: number;
  reasons: string[];
  against: Loser[];
}

export interface Responses {
  time: number;
  /** What stands out; null while nothing is done. */
  main: Response | null;
  now: Response[];
  next: Response[];
  /** What was last considered without anything coming of it. */
  considered: { cue: string; time: number; against: Loser[] } | null;
}

/** What is going on and what is scheduled, the most important first. */
export function responseOf(social: Social): Responses {
  const now = told(social, social.now, true),
    next = told(social, social.next, false);
  const { considered, time } = social;
  return { time: Number.isFinite(time) ? time : 0, main: now[0] ?? next[0] ?? null, now, next, considered };
}

/** What could be otherwise. */
export interface Changes {
  readonly gains?: Partial<Gains>;
  readonly relation?: Relation;
  readonly regulation?: Strategy;
  readonly concern?: number;
  readonly distress?: number;
  readonly context?: Partial<Context>;
}

/** One thing that would be done. */
export interface Would {
  kind: string;
  channel: Channel;
  row: string;
  cue: string;
  act?: string;
  utterance?: string;
  gaze?: string;
  strength: number;
  /** Probability that it would be done at all. */
  chance: number;
  /** s it would wait, on average. */
  latency: number;
  reasons: string[];
  against: Loser[];
}

/**
 * What would be done about what is seen right now if something were otherwise, as if nothing had been done yet; nothing
 * changes. Acts count from a probability of .6.
 *
 * @throws RangeError for gains or a relation that make no sense
 */
export function whatIf(social: Social, scene: Scene, changes: Changes = {}): Would[] {
  const odd = changes.relation ? oddRelation(changes.relation) : "";
  if (odd) throw new RangeError(`whatIf: ${odd}`);
  const then: Scene = {
    ...scene,
    relation: changes.relation ?? scene.relation,
    regulation: changes.regulation ?? scene.regulation,
    concern: changes.concern ?? scene.concern,
    distress: changes.distress ?? scene.distress,
    context: { ...scene.context, ...changes.context },
  };
  const { history } = social;
  const mind: Social = {
    ...social,
    gains: checkedGains(social.gains, changes.gains ?? {}),
    relation: changes.relation ?? social.relation,
    doubt: changes.relation ? "" : social.doubt,
    history: { ...history, score: new Float64Array(history.score.length), block: new Int32Array(history.block.length) },
  };
  const best: (Would | null)[] = CHANNELS.map(() => null);
  const scores = CHANNELS.map(() => -1);
  const about = (rows: readonly number[], cue: string, confidence: number): void => {
    for (const r of rows) {
      const block = fits(mind, then, r);
      mind.history.block[r] = block === BLOCK.none ? isForbidden(mind, then, r) : block;
      mind.history.score[r] = mind.policy.rows[r].priority * (0.5 + 0.5 * confidence);
    }
    for (const r of rows) {
      const row = mind.policy.rows[r];
      const channel = CHANNELS.indexOf(channelOf(row));
      if (mind.history.block[r] !== BLOCK.none || mind.history.score[r] <= scores[channel]) continue;
      scores[channel] = mind.history.score[r];
      best[channel] = {
        ...doneBy(row, cue),
        strength: round(strengthOf(mind, then, r, confidence)),
        chance: round(chanceOf(mind, r)),
        latency: row.latency.mean,
        reasons: reasonsFor(mind, then, r, cue, confidence),
        against: losersIn(mind, then, rows, CHANNELS[channel], r),
      };
    }
  };
  const { cues, index } = mind;
  for (let c = 0; c < index.names.length; c++)
    if (cues.on[c]) about([...index.start[c], ...index.during[c]], index.names[c], cues.confidence[c]);
  for (const { name, probability } of scene.acts) {
    const at = index.acts.indexOf(name);
    if (at >= 0 && probability >= 0.6)
      about([...index.actStart[at], ...index.actDuring[at]], name, Math.min(1, probability));
  }
  return best.filter((one) => one !== null);
}

function told(social: Social, chosen: readonly (Chosen | null)[], going: boolean): Response[] {
  return chosen
    .filter((one) => one !== null)
    .sort((a, b) => b.score - a.score)
    .map((one) => ({
      ...doneBy(social.policy.rows[one.row], one.cue),
      strength: round(one.strength),
      since: going ? one.onset : null,
      expectedOnset: one.onset,
      reasons: [...one.reasons],
      against: one.against.map((loser) => ({ ...loser })),
    }));
}

function doneBy(row: Row, cue: string): Pick<Would, "kind" | "channel" | "row" | "cue" | "act" | "utterance" | "gaze"> {
  const { kind, act, nod, utterance, gaze } = row.do;
  const done = act || nod;
  return {
    kind,
    channel: channelOf(row),
    row: row.name,
    cue,
    ...(done ? { act: done } : {}),
    ...(utterance ? { utterance } : {}),
    ...(gaze ? { gaze } : {}),
  };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
