// What passes between the page and the mind of feeling: with every frame few numbers, and some times a second the words.

import type {
  Context,
  Demo,
  Looks,
  RelationName,
  Response,
  Responses,
  Strategy,
  Temperament,
  UtteranceKind,
} from "@attune/core";
import type { KnownAct, Show } from "./protocol.ts";

export type Setting = Context["setting"];
export type AngerAt = Context["angerAt"];

/** Where parts of the own feeling come from, in the order they are told and drawn. */
export const PARTS = ["self", "mood", "contagion", "feedback", "appraisal", "regulation"] as const;
export type PartName = (typeof PARTS)[number];

/** Gains that are turned one by one; every one is a number of the temperament. */
export const DIALS = [
  "facialMimicry",
  "motorResonance",
  "affectCoupling",
  "perspectiveTaking",
  "susceptibility",
  "expressiveness",
] as const;
export type Dial = (typeof DIALS)[number];

/** What can be turned from outside. */
export interface Knobs {
  readonly temperament: Temperament;
  readonly relation: RelationName;
  /** undefined: as it chooses itself. */
  readonly regulation: Strategy | undefined;
  readonly setting: Setting;
  readonly angerAt: AngerAt;
}

/** Something that happens to whoever is watched. */
export const HAPPENINGS = ["good", "bad", "blunder"] as const;
export type HappeningName = (typeof HAPPENINGS)[number];

/** An expression of the own face, row by row. */
export interface FaceShow {
  readonly name: string;
  readonly rate: number;
  /** [T, VISAGE] */
  readonly visage: Float64Array;
}

/** What begins in a frame. */
export interface Begun {
  readonly act?: Show;
  readonly nod?: Show;
  /** Of act and nod, 0..1. */
  readonly strength: number;
  /** An act that is asked for and not known. */
  readonly unknown?: string;
  readonly utterance?: UtteranceKind;
}

/** One frame of feeling. */
export interface FeelingNow {
  readonly time: number;
  /** Valence and arousal, -1..1. */
  readonly own: readonly [number, number];
  /** What the other seems to feel, and the standard deviation of that; absent where nothing is known. */
  readonly other?: readonly [valence: number, arousal: number, sd: number];
  /** Parts of the own valence, [PARTS]; they sum to it. */
  readonly parts: Float32Array;
  /** Own face: units, then turns of head and eyes, [VISAGE]. */
  readonly visage: Float32Array;
  /** -1 back .. 1 forward. */
  readonly lean: number;
  readonly begun?: Begun;
  readonly told?: FeelingTold;
}

/** The words of it, at a rate that can be read. */
export interface FeelingTold {
  readonly who: string;
  /** Absent where faces are not read. */
  readonly looks?: Looks;
  readonly responses: Responses;
  readonly why: readonly string[];
  readonly concern: number;
  readonly distress: number;
  readonly strategy: Strategy;
  readonly strategyWhy: string;
  /** 0 nothing is let in .. 1. */
  readonly gate: number;
  readonly otherwise?: Otherwise;
}

/** What would be done about what was last there to be answered, as things are and if one thing were otherwise. */
export interface Otherwise {
  readonly cue: string;
  /** When it was at its clearest, in the time of the frames, s. */
  readonly time: number;
  readonly rows: readonly OtherwiseRow[];
}

export interface OtherwiseRow {
  /** "now", or what would be otherwise: a knob and its value. */
  readonly if: Condition;
  /** What would be done, the likeliest first. */
  readonly would: readonly WouldDo[];
}

export type Condition =
  | { readonly knob: "now" }
  | { readonly knob: "relation"; readonly relation: RelationName }
  | {
      readonly knob: "gain";
      readonly gain: "facialMimicry" | "motorResonance" | "perspectiveTaking";
      readonly value: number;
    }
  | { readonly knob: "regulation"; readonly regulation: Strategy }
  | { readonly knob: "setting"; readonly setting: Setting };

export interface WouldDo {
  readonly kind: string;
  readonly channel: Response["channel"];
  /** Probability. */
  readonly chance: number;
  readonly strength: number;
  /** s */
  readonly latency: number;
  readonly reasons: readonly string[];
  /** Not done in the same way as things are now. */
  readonly differs: boolean;
}

export interface FeelingQuestions {
  /** Gives the mind a heart, or tells of the one it has. @param faces a repertoire of expressions */
  feel: { ask: { faces: string; knobs: Knobs; reads: boolean }; answer: { faces: KnownAct[] } };
  tune: { ask: { knobs: Knobs }; answer: null };
  /** Whether the faces of people may be read. A generated person's is nobody's and always is. */
  read: { ask: { reads: boolean }; answer: null };
  happen: { ask: { what: HappeningName }; answer: null };
  performFace: { ask: { name: string }; answer: FaceShow };
  learnFace: {
    ask: { name: string; demos: readonly Demo[] };
    answer: { faces: KnownAct[]; show: FaceShow; repertoire: string; warnings: string[] };
  };
  forgetFace: { ask: { name: string }; answer: { faces: KnownAct[]; repertoire: string; before: string } };
  rememberFace: { ask: { name: string; from: string }; answer: { faces: KnownAct[]; repertoire: string } };
  renameFace: { ask: { from: string; to: string }; answer: { faces: KnownAct[]; repertoire: string } };
  restoreFaces: { ask: { repertoire: string }; answer: { faces: KnownAct[] } };
}
