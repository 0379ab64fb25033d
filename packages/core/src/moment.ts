// What a mind can say about one instant: plain JSON-able data, made on request by `moment`.

import type { Feeling } from "./affect/heart-report.ts";
import type { Affect } from "./affect/types.ts";
import type { Responses } from "./social/answer.ts";

/** One act the mind considers, most probable first. */
export interface ActBelief {
  name: string;
  /** Calibrated probability that this act is going on, 0..1; with `none` all sum to one. */
  probability: number;
  /** How far along, 0..1, and its standard deviation. */
  phase: number;
  phaseSd: number;
  /** Speed relative to how the act was learned: 1 as learned, 2 twice as fast. */
  tempo: number;
  /** Expected seconds until it ends. */
  remaining: number;
  /** Seconds since it is thought to have begun. */
  since: number;
  /** Log evidence relative to "none of these". */
  evidence: number;
}

/** What is expected next, over all acts by their probability. */
export interface Expectation {
  /** Seconds ahead, [H]. */
  ahead: number[];
  /** Seen coordinates, [H][S]; null where nothing is expected. */
  mean: (number | null)[][];
  /** Standard deviations, [H][S]. */
  sd: (number | null)[][];
}

export type MindEventKind = "begin" | "recognised" | "end" | "novel";

/** Something happened in the stream. */
export interface MindEvent {
  kind: MindEventKind;
  /** Act's name; absent for "novel". */
  act?: string;
  /** When it was noticed, s. */
  time: number;
  /** When it is thought to have begun, s. */
  since: number;
  /** Of an end: when the act is thought to have been over, s, at most `time`. */
  until?: number;
  probability: number;
}

/** Rates of the units over one act, preferred phase rising. */
export interface UnitRates {
  act: string;
  rates: number[];
}

export interface Moment {
  time: number;
  acts: ActBelief[];
  /** Probability that no known act is going on. */
  none: number;
  novelty: {
    /** Cost of the best explanation relative to the background: above 0, no act explains the movement. */
    score: number;
    novel: boolean;
  };
  /** Events of the last step. */
  events: MindEvent[];
  /** What is seen now, in seen coordinates, [S]; null where missing. */
  seen: (number | null)[];
  next?: Expectation;
  units?: UnitRates[];
  feeling?: FeelingMoment;
}

/** What they look like, and what they were read from. */
export interface Looks extends Affect {
  /** Most probable first, at most five. */
  expressions: { name: string; probability: number }[];
  /** "your face looks like joy; your voice sounds stirred": in words, as far as anything can be said. */
  words: string;
  /** 1/variance of the valence. */
  precision: number;
  /** Share of what tells expressions apart that was seen. */
  seen: number;
  cannotSee: boolean;
  startled: boolean;
}

/** What is felt with whoever is watched, and what is done about it. */
export interface FeelingMoment extends Feeling {
  who: string;
  /** Absent where faces are not read. */
  looks?: Looks;
  /** Acts of the face the mirror recognises, most probable first, at most three; none where faces are not read. */
  mirrored: { name: string; probability: number; phase: number }[];
  /** Own face: units 0..1, then turns of head and eyes, rad, [VISAGE]. */
  face: number[];
  responses: Responses;
  /** The own feeling explained, a sentence each. */
  why: string[];
}

/** The parts of a moment that cost something to make. */
export type MomentPart = "next" | "units" | "feeling";
