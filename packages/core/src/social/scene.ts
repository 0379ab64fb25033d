// What an answer is made from: everything about the other, the two of them and where they are, at one instant. One object,
// filled anew each frame.

import type { Affect, Happening, Reading, Relation, Strategy } from "../affect/types.ts";
import type { MindEvent } from "../moment.ts";
import { RELATIONS } from "./relation.ts";

export type Setting = "private" | "work" | "school";
export type AngerAt = "me" | "third" | "unknown";

/** What the other asked for in so many words, if anything. */
export const ASKED = ["thing", "help", "advice", "space"] as const;
export type Asked = (typeof ASKED)[number];

/** An act the other is thought to do. */
export interface SeenAct {
  name: string;
  /** 0..1 */
  probability: number;
  /** 0..1 */
  phase: number;
  /** The hand it is done with, their own left or right, where that is known. */
  hand?: "left" | "right";
}

export interface Context {
  setting: Setting;
  /** What is laughed about costs somebody. */
  atExpense: boolean;
  /** Whom their anger is at, if they are angry. */
  angerAt: AngerAt;
  /** What they asked for just now; null for nothing. */
  asked: Asked | null;
  /** What happened, as long as it is news; null for nothing. */
  happening: Happening | null;
}

export interface Scene {
  /** s, never falling. */
  time: number;
  /** Name of the other; null when nobody is there. */
  who: string | null;
  /** What their face, voice and posture look like; null when there is no reading. */
  reading: Reading | null;
  /** Their face, [VISAGE], NaN where it is not seen; null when there is none. */
  seenUnits: ArrayLike<number> | null;
  /** How surely they show each expression that was taught, 0..1, in the order of `Social.index.taught`; null where nobody looks. */
  taught: ArrayLike<number> | null;
  /** What they may be doing, any order. */
  acts: readonly SeenAct[];
  /** What happened in the stream of their acts since the last frame. */
  events: readonly MindEvent[];
  /** How surely they look at Attune, 0..1; NaN where neither their head nor their eyes are seen. */
  gazeAtMe: number;
  speaking: boolean;
  /** Of their voice, Hz; NaN where there is none. */
  pitchHz: number;
  /** Of their voice, 0..1; NaN where it is not heard. */
  loudness: number;
  /** A position of theirs that may go up and down in a rhythm, any unit; NaN when there is none to keep in step with. */
  sway: number;
  /** null when it is not known: then they are a stranger. */
  relation: Relation | null;
  /** What Attune itself feels. */
  own: Affect;
  /** Empathic concern and personal distress of Attune, 0..1. */
  concern: number;
  distress: number;
  /** How Attune regulates what it feels and shows. */
  regulation: Strategy;
  context: Context;
}

/** A scene with nobody in it. */
export function createScene(): Scene {
  return {
    time: 0,
    who: null,
    reading: null,
    seenUnits: null,
    taught: null,
    acts: [],
    events: [],
    gazeAtMe: NaN,
    speaking: false,
    pitchHz: NaN,
    loudness: NaN,
    sway: NaN,
    relation: { ...RELATIONS.stranger },
    own: { valence: 0, arousal: 0 },
    concern: 0,
    distress: 0,
    regulation: "none",
    context: { setting: "private", atExpense: false, angerAt: "unknown", asked: null, happening: null },
  };
}
