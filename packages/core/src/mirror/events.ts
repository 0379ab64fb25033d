// What happened, as opposed to what is: an act begins, is recognised, ends; something new goes on.

import type { MindEvent, MindEventKind } from "../moment.ts";
import type { Belief } from "./belief.ts";
import { type Mirror, beginningOf } from "./state.ts";

/** Probability at which an act counts as begun, and as recognised; it ends below half of the lower one. */
export const BEGUN = 0.35;
export const RECOGNISED = 0.85;
/** Phase before which no act is told as recognised: many begin alike. */
const TELLING = 0.4;
/** Phase at which an act is as good as over, and s for which its last posture is held before that is told. */
const OVER = 0.95;
const HELD = 0.4;
/** s from its beginning before an act is told: at the very start all look alike. */
const SETTLE = 0.15;
/** Probability of none above which a movement is strange. */
const STRANGE = 0.9;
/** s the background must win over a moving body before the movement counts as new. */
export const NOVEL_AFTER = 0.4;

/** Which acts are thought to be going on; plain data. */
export interface Events {
  /** 0 absent, 1 begun, 2 recognised, [acts]. */
  stage: Uint8Array;
  /** When the act at hand began, [acts]. */
  since: Float64Array;
  /** Since when its last phase is held, [acts]; NaN before. */
  held: Float64Array;
  /** When the last performance that was recognised was over, [acts]; what began before is that one. */
  over: Float64Array;
  /** s for which nothing known has explained the movement. */
  strange: number;
  announced: boolean;
  /** Events of the last step. */
  last: MindEvent[];
}

export function createEvents(acts: number): Events {
  return {
    stage: new Uint8Array(acts),
    since: new Float64Array(acts),
    held: new Float64Array(acts).fill(NaN),
    over: new Float64Array(acts).fill(-Infinity),
    strange: 0,
    announced: false,
    last: [],
  };
}

/** What `notice` looks at: the mind after a step. */
export interface Instant {
  readonly time: number;
  readonly report: ArrayLike<number>;
  readonly repertoire: { readonly acts: readonly { readonly name: string }[] };
  readonly belief: Belief;
  readonly mirror: Mirror;
}

/** Compares an instant with what was thought before; allocates only when something happened. */
export function notice(events: Events, now: Instant, dt: number): void {
  if (events.last.length > 0) events.last = [];
  const { report, belief, mirror, time } = now;
  for (let k = 0; k < events.stage.length; k++) {
    const p = report[k],
      slot = belief.slot[k];
    const began = slot < 0 ? NaN : beginningOf(mirror, slot);
    // Nothing begins while it is only waited for, and a performance that was told is not told again, however long it goes
    // on explaining the posture it ended in.
    const moves = slot >= 0 && mirror.still[slot] < time && time - began > SETTLE;
    if (events.stage[k] === 0 && p >= BEGUN && moves && began >= events.over[k]) {
      events.stage[k] = 1;
      events.since[k] = began;
      events.held[k] = NaN;
      tell(events, "begin", now, k);
    } else if (events.stage[k] > 0 && (p < BEGUN / 2 || slot < 0)) end(events, now, k);
    if (events.stage[k] > 0 && slot >= 0) {
      events.since[k] = began;
      if (mirror.phase[slot] < OVER) events.held[k] = NaN;
      else if (Number.isNaN(events.held[k])) events.held[k] = time;
      else if (time - events.held[k] >= HELD) end(events, now, k);
    }
    // An act that was not recognised before it was over is no news any more.
    if (
      events.stage[k] === 1 &&
      p >= RECOGNISED &&
      slot >= 0 &&
      mirror.phase[slot] > TELLING &&
      Number.isNaN(events.held[k])
    ) {
      events.stage[k] = 2;
      tell(events, "recognised", now, k);
    }
  }
  // Short pauses and a moment's likeness to something known do not start the count anew, they take from it.
  events.strange = isStrange(now) ? events.strange + dt : Math.max(0, events.strange - 2 * dt);
  if (events.strange === 0) events.announced = false;
  if (!events.announced && events.strange >= NOVEL_AFTER) {
    events.announced = true;
    events.last.push({ kind: "novel", time, since: time - events.strange, probability: belief.none });
  }
}

/** Over when its last phase was reached, else now. One that was only begun may still be recognised later. */
function end(events: Events, now: Instant, k: number): void {
  const until = Number.isNaN(events.held[k]) ? now.time : events.held[k];
  if (events.stage[k] === 2) events.over[k] = until;
  events.stage[k] = 0;
  tell(events, "end", now, k, until);
}

/** A moving body that no act explains. */
export function isStrange({ belief, mirror }: { belief: Belief; mirror: Mirror }): boolean {
  return belief.none > STRANGE && mirror.motion.speed > 0.5 * mirror.spec.motion.floor;
}

function tell(events: Events, kind: MindEventKind, now: Instant, k: number, until?: number): void {
  events.last.push({
    kind,
    act: now.repertoire.acts[k].name,
    time: now.time,
    since: events.since[k],
    ...(until === undefined ? {} : { until }),
    probability: now.report[k],
  });
}
