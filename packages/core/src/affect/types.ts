// What the rooms of feeling and answering say to each other. Plain data; all of it is JSON but for typed arrays.

/** Core affect, -1..1 each (Russell 2003, doi:10.1037/0033-295X.110.1.145). */
export interface Affect {
  valence: number;
  arousal: number;
}

/** What one face, voice and posture look like at an instant. */
export interface Reading {
  /** Of each name in READ (the expressions, then "neutral"), sums to 1. */
  readonly probability: Float64Array;
  /** Estimated core affect, -1..1. */
  valence: number;
  arousal: number;
  /** How surely, 1/variance of the valence; 0 when nothing tells it. */
  precision: number;
  /** The same of the arousal, where a voice or a posture tells more of it than the face does. */
  arousalPrecision?: number;
  /** Share of what tells expressions apart that was seen, 0..1. */
  seen: number;
  /** Too little is seen to say anything. */
  cannotSee: boolean;
  /** Fear or surprise, and no telling which. */
  startled: boolean;
}

/** What somebody means to somebody. */
export interface Relation {
  /** -1 disliked .. 1 liked. */
  affiliation: number;
  /** 0 stranger .. 1 intimate. */
  closeness: number;
  /** 0..1 */
  similarity: number;
  /** 0..1: the other's loss is the own gain. */
  competition: number;
}

/** What happened to somebody, in shares of the most that was at stake. */
export interface Fortune {
  readonly kind: "fortune";
  /** Whose: a person's name, or "self". */
  readonly whose: string;
  /** -1 the worst .. 1 the best. */
  readonly outcome: number;
  /** What was expected, -1..1; default 0. */
  readonly expected?: number;
  /** Not yet sure: it will be with this probability, 0..1. Absent: it has happened. */
  readonly chance?: number;
  /** Who brought it about, a person's name or "self", where somebody did. */
  readonly by?: string;
}

/** Somebody did what one does not do. */
export interface Violation {
  readonly kind: "violation";
  readonly whose: string;
  /** 0..1 */
  readonly degree: number;
}

export type Happening = Fortune | Violation;

/** Ways to regulate what is felt or shown (Gross 2015, doi:10.1080/1047840X.2014.940781). */
export const STRATEGIES = [
  "none",
  "situation selection",
  "distraction",
  "concentration",
  "reappraise stimulus",
  "perspective taking",
  "reappraise response",
  "suppress expression",
  "suppress experience",
  "suppress thought",
  "acceptance",
  "breathing",
] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Where a part of the own feeling comes from. */
export type SourceKind = "self" | "mood" | "contagion" | "feedback" | "appraisal" | "regulation";
