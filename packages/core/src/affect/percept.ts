// What comes to a heart in a frame: who is in sight and what they look like, what happens, what one is asked to do about it, and
// what the own face is up to.

import { checkHappening } from "./appraisal.ts";
import type { Happening, Reading, Relation, Strategy } from "./types.ts";

/** Somebody in sight. */
export interface SeenOther {
  who: string;
  /** What they look like; undefined while they cannot be seen. */
  reading: Reading | undefined;
  /** Default: a stranger. */
  relation?: Relation | undefined;
  /** 0..1, default 1. */
  attention?: number | undefined;
  /** -1 wants not to feel it .. 1 wants to; default 0. */
  motive?: number | undefined;
  /** Pins the gate, 0..1: for experiments and for "what if". */
  gate?: number | undefined;
  /** 0..1: how little they answer against what is due (`strainOf`); default 0. */
  strain?: number | undefined;
}

/** What comes to a heart in a frame. Make one and use it again. */
export interface Percept {
  seen: SeenOther[];
  /** What happens, or goes on, in this frame; what goes on is not felt twice. */
  happenings: Happening[];
  /** Somebody is there, in sight or not. */
  company: boolean;
  /** How busy with oneself, 0..1. */
  load: number;
  /** A strategy asked for; undefined leaves the choice to the heart. */
  regulate: Strategy | undefined;
  /** 0 none, 1 as people do when told to, up to 3. */
  effort: number;
  compassion: boolean;
  /** How the own face answers the other, [VISAGE], from the social room. */
  response: ArrayLike<number> | undefined;
  /** The most each unit may show of all that comes by itself, [FACE]: who is sad is not smiled at, whatever one feels. */
  limit: ArrayLike<number> | undefined;
  /** What the own face is made to do, [VISAGE]. */
  pose: ArrayLike<number> | undefined;
  /** The pose is not known to be one's own expression, as with a pen between the teeth. */
  poseHidden: boolean;
}

export function createPercept(): Percept {
  return {
    seen: [],
    happenings: [],
    company: false,
    load: 0,
    regulate: undefined,
    effort: 1,
    compassion: false,
    response: undefined,
    limit: undefined,
    pose: undefined,
    poseHidden: false,
  };
}

/** @throws RangeError that says who, what came and what was wanted; readings are not a program's and are not checked here */
export function checkPercept({ seen, happenings, load, effort }: Percept): void {
  share("percept", "load", load, 0, 1);
  share("percept", "effort", effort, 0, 3);
  for (const happening of happenings) checkHappening(happening);
  for (const { who, relation, attention = 0, motive = 0, gate = 0, strain = 0 } of seen) {
    share(who, "attention", attention, 0, 1);
    share(who, "motive", motive, -1, 1);
    share(who, "gate", gate, 0, 1);
    share(who, "strain", strain, 0, 1);
    if (!relation) continue;
    share(who, "affiliation", relation.affiliation, -1, 1);
    share(who, "closeness", relation.closeness, 0, 1);
    share(who, "similarity", relation.similarity, 0, 1);
    share(who, "competition", relation.competition, 0, 1);
  }
}

function share(who: string, what: string, value: number, least: number, most: number): void {
  // A learned relation may be a last digit beyond.
  if (value >= least - 1e-9 && value <= most + 1e-9) return;
  throw new RangeError(`feel: ${what} of ${who} is ${value}, wanted a number from ${least} to ${most}`);
}
