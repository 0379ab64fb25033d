// What passes between the page and the worker that holds the mind: questions with one answer each, and a stream of postures
// and beliefs while somebody is watched.

import type { Demo, Frame, MindEvent, RecordingHeader } from "@attune/core";
import type { FeelingNow, FeelingQuestions } from "./feeling-protocol.ts";

/** One act in the list of what is known. */
export interface KnownAct {
  readonly name: string;
  /** Demonstrations it was learned from. */
  readonly examples: number;
  readonly variants: number;
  /** s, as usually done. */
  readonly lasts: number;
}

/** What the mind believes, fit to be shown. */
export interface Belief {
  readonly time: number;
  /** Most probable first, at most TOP. */
  readonly acts: readonly {
    readonly name: string;
    readonly probability: number;
    readonly phase: number;
    readonly phaseSd: number;
    readonly tempo: number;
    readonly remaining: number;
    readonly evidence: number;
  }[];
  readonly none: number;
  readonly novel: boolean;
  /** Cost of the best explanation relative to the background; above 0 nothing known explains the movement. */
  readonly surprise: number;
  readonly sentence: string;
  readonly events: readonly MindEvent[];
  /** Where the body is expected in half a second, SEEN; NaN where nothing is. */
  readonly ahead: Float64Array;
  /** Mean standard deviation of those directions, rad; NaN where nothing is expected. */
  readonly aheadSd: number;
  /** What each unit fires, [acts, UNITS_PER_ACT] in the order of what is known, preferred phase rising. */
  readonly units: Float32Array;
  /** Absent without a heart. */
  readonly feeling?: FeelingNow;
}

export const TOP = 6;

/** Own body now, as it moves along. */
export interface Posture {
  readonly time: number;
  /** [MOTOR] */
  readonly own: Float64Array;
  /** The person as seen, [SEEN]. */
  readonly seen: Float64Array;
  /** Action units, [FACE]; absent where no face is seen. */
  readonly face?: Float32Array;
  /** Gaze relative to the head: yaw, pitch, rad. */
  readonly gaze?: readonly [number, number];
}

/** An act performed: own coordinates row by row, and what the act's units fire on the way. */
export interface Show {
  readonly name: string;
  readonly rate: number;
  /** [T, MOTOR] */
  readonly own: Float64Array;
  /** [T, UNITS_PER_ACT] rates of the act's units. */
  readonly rates: Float32Array;
}

/** What was learned, fit to be drawn: the mean performance, some others as likely, and the spread along the way. */
export interface Portrait {
  readonly name: string;
  readonly mean: Show;
  readonly others: readonly Float64Array[];
  /** Height of the wrist that moves most, trunk lengths above the neck: mean and standard deviation, [T]. */
  readonly hand: "left" | "right";
  readonly height: Float64Array;
  readonly heightSd: Float64Array;
}

/** How an example looks to the mind before it is learned. */
export interface Judgement {
  /** The known act it was taken for, where it was. */
  readonly like?: { readonly name: string; readonly probability: number };
}

/** A movement cut out of what was watched. */
export interface Cut {
  readonly demo: Demo;
  readonly seconds: number;
}

/** What can be recorded to be learned. */
export type Recorded = "movement" | "face";

/** Where recording stands. */
export type Recording = "waiting" | "moving" | "done";

export interface Questions extends FeelingQuestions {
  wake: { ask: { repertoire: string; rate: number }; answer: { known: KnownAct[] } };
  attend: { ask: { header: RecordingHeader; specular: boolean }; answer: { notes: string[] } };
  specular: { ask: { specular: boolean }; answer: null };
  /** Begins to look for a movement; what was seen so far is taken as standing still. */
  record: { ask: { what: Recorded }; answer: null };
  /** Ends it; undefined where nothing moved. */
  cut: { ask: null; answer: Cut | undefined };
  judge: { ask: { demo: Demo }; answer: Judgement };
  learn: {
    ask: { name: string; demos: readonly Demo[]; bothHands: boolean };
    answer: { known: KnownAct[]; portrait: Portrait; repertoire: string; warnings: string[] };
  };
  /** What is known now, to be kept or restored. */
  save: { ask: null; answer: string };
  forget: { ask: { name: string }; answer: { known: KnownAct[]; repertoire: string; before: string } };
  /** Takes one act back from an earlier repertoire; what else is known stays. */
  remember: { ask: { name: string; from: string }; answer: { known: KnownAct[]; repertoire: string } };
  rename: { ask: { from: string; to: string }; answer: { known: KnownAct[]; repertoire: string } };
  restore: { ask: { repertoire: string }; answer: { known: KnownAct[] } };
  perform: { ask: { name: string; sample: boolean; seed: number }; answer: Show };
  portrait: { ask: { name: string }; answer: Portrait };
}

export type QuestionName = keyof Questions;

export type ToMind =
  | { [N in QuestionName]: { readonly id: number; readonly name: N; readonly ask: Questions[N]["ask"] } }[QuestionName]
  | { readonly see: Frame };

export type FromMind =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly posture: Posture }
  | { readonly belief: Belief; readonly recording: Recording | undefined };
