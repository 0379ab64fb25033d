// Whom a heart knows: making their acquaintance, looking at and listening to them, and forgetting them.

import { SELF, addSource, settle } from "./core-affect.ts";
import { EXPRESSIONS } from "./expressions.ts";
import { STRANGER } from "./gate.ts";
import type { Heart } from "./heart.ts";
import { type Estimate, createEstimate, stepEstimate } from "./others.ts";
import type { Percept } from "./percept.ts";
import type { Reading, Relation } from "./types.ts";

/** Others remembered at a time; who was unseen for longest gives way. */
export const MOST_OTHERS = 64;

/** Somebody known; plain data. */
export interface Other {
  who: string;
  relation: Relation;
  /** What they seem to feel. */
  estimate: Estimate;
  /** s since they were seen; -1: never. */
  unseen: number;
  /** Probability that their signal is against one. */
  antagonistic: number;
  gate: number;
  /** Share of what is felt about them that is known to be theirs, 0..1. */
  distinction: number;
  /** Empathic concern and personal distress, 0..1. */
  concern: number;
  distress: number;
  /** 0..1 */
  strain: number;
  /** Places in the sources of what is caught from them and what their fortune means. */
  caught: number;
  appraised: number;
}

/** Somebody known by name, or undefined. */
export function otherNamed({ others }: Heart, who: string): Other | undefined {
  for (const other of others) if (other.who === who) return other;
  return undefined;
}

/**
 * Makes the acquaintance of everybody in sight or spoken of.
 *
 * @throws RangeError for names that are none, and for more people in sight than can be kept apart
 */
export function greet(heart: Heart, { seen, happenings }: Percept): void {
  for (const { who } of seen) if (!otherNamed(heart, who)) meet(heart, who, seen);
  for (const { whose } of happenings) if (whose !== "self" && !otherNamed(heart, whose)) meet(heart, whose, seen);
}

function meet(heart: Heart, who: string, seen: Percept["seen"]): void {
  if (who === "" || who === "self")
    throw new RangeError(`feel: somebody is called "${who}"; a name was wanted, and "self" is the heart's own`);
  if (heart.others.length >= MOST_OTHERS) {
    const gone = longestUnseen(heart, seen);
    if (gone === undefined)
      throw new RangeError(
        `feel: "${who}" would be number ${MOST_OTHERS + 1} in sight at once, at most ${MOST_OTHERS} are kept apart; leave some out of percept.seen`,
      );
    forgetOther(heart, gone);
  }
  heart.others.push({
    who,
    relation: { ...STRANGER },
    estimate: createEstimate(),
    unseen: -1,
    antagonistic: 0,
    gate: 0,
    distinction: 1,
    concern: 0,
    distress: 0,
    strain: 0,
    caught: addSource(heart.core, "contagion", who),
    appraised: addSource(heart.core, "appraisal", who),
  });
}

/** Of those out of sight; who was only heard of goes first, the longest known of them. */
function longestUnseen({ others }: Heart, seen: Percept["seen"]): string | undefined {
  let gone: Other | undefined;
  const out = ({ unseen }: Other): number => (unseen < 0 ? Infinity : unseen);
  for (const other of others)
    if (!seen.some(({ who }) => who === other.who) && (!gone || out(other) > out(gone))) gone = other;
  return gone?.who;
}

/** Forgets somebody: what was caught from them or felt about them becomes one's own. */
export function forgetOther(heart: Heart, who: string): void {
  const { core, others } = heart;
  const at = others.findIndex((other) => other.who === who);
  if (at < 0) return;
  const gone = new Set([others[at].caught, others[at].appraised]);
  others.splice(at, 1);
  heart.episodes = heart.episodes.filter(({ whose }) => whose !== who);
  const kept = core.sources.flatMap((_, i) => (gone.has(i) ? [] : [i]));
  for (const from of gone) for (const axis of [0, 1]) core.parts[2 * SELF + axis] += core.parts[2 * from + axis];
  for (const name of ["parts", "flow", "drive"] as const)
    core[name] = Float64Array.from(kept.flatMap((i) => [core[name][2 * i], core[name][2 * i + 1]]));
  core.sources = kept.map((i) => core.sources[i]);
  for (const other of others) {
    other.caught = kept.indexOf(other.caught);
    other.appraised = kept.indexOf(other.appraised);
  }
  settle(core);
}

/** Looks at those in sight, who were greeted before. A reading with numbers that are none counts as not seen. */
export function lookAtOthers({ others }: Heart, { seen }: Percept, seeing: boolean, dt: number): void {
  for (const other of others) {
    if (other.unseen >= 0) other.unseen += dt;
    other.strain = 0;
    let look: Reading | undefined;
    for (const now of seen) {
      if (now.who !== other.who) continue;
      if (now.relation) Object.assign(other.relation, now.relation);
      other.strain = now.strain ?? 0;
      if (seeing) look = now.reading;
    }
    const sees = look !== undefined && !look.cannotSee && look.precision > 0 && isAffect(look);
    const precision = sees ? (look as Reading).precision : 0;
    if (sees) {
      other.unseen = 0;
      other.antagonistic = antagonisticIn(look as Reading);
    }
    // Who is only heard tells how stirred they are.
    stepEstimate(other.estimate, look, precision, dt, look?.arousalPrecision ?? precision);
  }
}

function isAffect({ valence, arousal }: Reading): boolean {
  return Math.abs(valence) <= 1 && Math.abs(arousal) <= 1;
}

function antagonisticIn({ probability }: Reading): number {
  let against = 0;
  for (let e = 0; e < ANTAGONISTIC.length; e++) against += probability[ANTAGONISTIC[e]];
  return against >= 0 ? Math.min(1, against) : 0;
}

const ANTAGONISTIC = EXPRESSIONS.flatMap(({ signal }, e) => (signal === "antagonistic" ? [e] : []));
