// What the answering room keeps between two instants. Plain data: it survives structuredClone.

import { createNoise } from "../affect/noise.ts";
import type { Relation } from "../affect/types.ts";
import { FACE, FACE_UNITS } from "../body/face.ts";
import { VISAGE } from "../body/visage.ts";
import { type Listener, createListener } from "./backchannel.ts";
import { CUE_NAMES, type Cues, SEEN_CUES, createCues } from "./cues.ts";
import { POLICY } from "./default-policy.ts";
import { CHANNELS, GAINS, type GainName, type Policy, checkPolicy } from "./policy.ts";
import { type Experience, RELATIONS } from "./relation.ts";
import { type StepPhase, type StepSpec, createStepPhase } from "./step-phase.ts";
import type { UtteranceKind } from "./utterances.ts";

export type Gains = Record<GainName, number>;

/** Something lost against what was chosen, or all that was considered when nothing was. */
export interface Loser {
  kind: string;
  row: string;
  score: number;
  why: string;
}

/** A response that is going on or will. */
export interface Chosen {
  row: number;
  /** What it answers: a cue's or an act's name. */
  cue: string;
  /** Where that cue is; -1 for an act. */
  at: number;
  score: number;
  /** 0..1 */
  strength: number;
  confidence: number;
  decided: number;
  /** When what it answers began, s. */
  began: number;
  /** When it begins or began, and when it ends; NaN while its cue lasts. */
  onset: number;
  until: number;
  /** Side the eyes go to, or the hand that is used. */
  side: -1 | 0 | 1;
  /** Of a copy: what is copied, as it was seen, and which units those are, [FACE]. */
  pattern: Float64Array | null;
  mask: Uint8Array | null;
  reasons: string[];
  against: Loser[];
}

/** What to do in this frame. */
export interface Answer {
  /** Units 0..1, head and gaze rad, [VISAGE]. */
  drive: Float64Array;
  /** The most each unit may show just now, whatever is felt, [FACE]: who is in distress is not smiled at. */
  limit: Float64Array;
  /** -1 back .. 1 forward. */
  lean: number;
  /** Where to look; "there" is where they point. */
  gaze: "other" | "away" | "there" | "free";
  /** An act of the body that begins now, by its name; "" for none. `still`: the hands are kept still. */
  act: string;
  hand: "left" | "right" | "either";
  /** Of the act or nod, 0..1. */
  strength: number;
  still: boolean;
  /** An act of the head that begins now. */
  nod: string;
  /** What is said now. */
  utterance: UtteranceKind | "";
  /** Whether to keep in step, how much, 0..1, and the own phase in it, rad. */
  inStep: number;
  phase: number;
  /** What happened between the two in this frame, for `learnRelation`. */
  experiences: Experience[];
}

export interface Social {
  policy: Policy;
  gains: Gains;
  /** Acts Attune can do; null: any. */
  canDo: readonly string[] | null;
  noise: Uint32Array;
  index: Index;
  cues: Cues;
  listener: Listener;
  step: StepPhase;
  /** [CHANNELS] each. */
  next: (Chosen | null)[];
  now: (Chosen | null)[];
  /** What was considered last without anything being chosen. */
  considered: { cue: string; time: number; against: Loser[] } | null;
  history: History;
  /** The relation in use, and what was odd about the one given, "" for nothing. */
  relation: Relation;
  doubt: string;
  who: string | null;
  time: number;
  /** s since the rows that go on were looked at. */
  tick: number;
  between: { nod: boolean; word: boolean; comfort: number; spoke: number; rhythm: boolean };
  /** s they spoke since the last step of comfort; s they have been together this minute. */
  heard: number;
  together: number;
  /** Nothing is started before, s. */
  space: number;
  lastAct: { name: string; time: number };
  /** What the face is driven to, [VISAGE]. */
  target: Float64Array;
  out: Answer;
}

/** Which rows wait for what. */
export interface Index {
  /** Expressions the face was taught, and all cues: CUE_NAMES, then those. */
  taught: string[];
  names: string[];
  /** [names] lists of rows. */
  start: number[][];
  during: number[][];
  end: number[][];
  hazard: number[][];
  acts: string[];
  actStart: number[][];
  actDuring: number[][];
  actEnd: number[][];
  actHazard: number[][];
  waiting: number[];
  habituating: number[];
  /** What each row moves in the face at strength 1, [FACE]; null for none. */
  faces: (Float64Array | null)[];
  /** Units that make a smile, [FACE] of 0 or 1. */
  smile: Uint8Array;
}

/** What rows did, [rows] each. */
export interface History {
  last: Float64Array;
  /** No draw for it before, s. */
  declined: Float64Array;
  habit: Float64Array;
  /** Times of the last performances, and where each row's are. */
  times: Float64Array;
  at: Int32Array;
  used: Int32Array;
  /** Times of the last copies, and of what the other did. */
  copies: Float64Array;
  copied: number;
  shown: Float64Array;
  shows: number;
  /** Of hazards: expected answers to come, cues in this bout, when the last was. */
  pool: Float64Array;
  bout: Float64Array;
  cued: Float64Array;
  /** Scratch of one decision: score, and why not, [rows]. */
  score: Float64Array;
  block: Int32Array;
}

export interface SocialOptions {
  readonly policy?: Policy;
  readonly seed: number;
  /** How strongly traits let Attune follow, 1 as usual, 0 not at all. */
  readonly gains?: Partial<Gains>;
  /** Acts Attune can do; left out: any. */
  readonly acts?: readonly string[];
  /** Expressions its face was taught beside EXPRESSIONS: rows of the table may wait for them. */
  readonly taught?: readonly string[];
  readonly step?: Partial<StepSpec>;
}

const SHOWN = 64;

/** @throws RangeError for a table, a gain or a seed that makes no sense */
export function createSocial({ policy = POLICY, seed, gains = {}, acts, step, taught = [] }: SocialOptions): Social {
  const index = indexOf(policy, taught);
  if (!Number.isFinite(seed)) throw new RangeError(`createSocial: seed is ${seed}, expected a number`);
  const social: Social = {
    policy,
    gains: { motorResonance: 1, facialMimicry: 1, perspectiveTaking: 1 },
    canDo: acts ? [...acts] : null,
    noise: createNoise(seed, "social/respond"),
    index,
    cues: createCues(index.taught.length),
    listener: createListener(seed),
    step: createStepPhase(step),
    next: CHANNELS.map(() => null),
    now: CHANNELS.map(() => null),
    considered: null,
    history: createHistory(policy),
    relation: { ...RELATIONS.stranger },
    doubt: "",
    who: null,
    time: -Infinity,
    tick: 0,
    between: { nod: false, word: false, comfort: 0, spoke: -Infinity, rhythm: false },
    heard: 0,
    together: 0,
    space: -Infinity,
    lastAct: { name: "", time: -Infinity },
    target: new Float64Array(VISAGE),
    out: {
      drive: new Float64Array(VISAGE),
      limit: new Float64Array(FACE).fill(1),
      lean: 0,
      gaze: "free",
      act: "",
      hand: "either",
      strength: 0,
      still: false,
      nod: "",
      utterance: "",
      inStep: 0,
      phase: 0,
      experiences: [],
    },
  };
  setGains(social, gains);
  return social;
}

/**
 * Answers by another table from now on; what is under way is given up, and doses begin anew.
 *
 * @param taught as for `createSocial`
 * @throws RangeError for a table that makes no sense
 */
export function setPolicy(social: Social, policy: Policy, taught: readonly string[] = social.index.taught): void {
  social.index = indexOf(policy, taught);
  social.policy = policy;
  social.cues = createCues(social.index.taught.length);
  social.history = createHistory(policy);
  social.next.fill(null);
  social.now.fill(null);
  social.considered = null;
}

/** @throws RangeError for a gain that is not from 0 to 3, or that is not known */
export function setGains(social: Social, gains: Partial<Gains>): void {
  social.gains = checkedGains(social.gains, gains);
}

export function checkedGains(before: Gains, gains: Partial<Gains>): Gains {
  for (const [name, value] of Object.entries(gains)) {
    if (!(GAINS as readonly string[]).includes(name))
      throw new RangeError(`gains: "${name}" is not known; there are ${GAINS.join(", ")}`);
    if (!(value >= 0 && value <= 3)) throw new RangeError(`gains: ${name} is ${value}, expected 0 to 3`);
  }
  return { ...before, ...gains };
}

function createHistory({ rows, mirroring }: Policy): History {
  const at = new Int32Array(rows.length + 1);
  rows.forEach(({ dose }, r) => (at[r + 1] = at[r] + Math.floor(dose.most)));
  return {
    last: new Float64Array(rows.length).fill(-Infinity),
    declined: new Float64Array(rows.length).fill(-Infinity),
    habit: new Float64Array(rows.length).fill(1),
    times: new Float64Array(at[rows.length]).fill(-Infinity),
    at,
    used: new Int32Array(rows.length),
    copies: new Float64Array(Math.floor(mirroring.most)).fill(-Infinity),
    copied: 0,
    shown: new Float64Array(SHOWN).fill(-Infinity),
    shows: 0,
    pool: new Float64Array(rows.length),
    bout: new Float64Array(rows.length),
    cued: new Float64Array(rows.length).fill(-Infinity),
    score: new Float64Array(rows.length),
    block: new Int32Array(rows.length),
  };
}

function indexOf(policy: Policy, expressions: readonly string[]): Index {
  const taught = [...new Set(expressions)].filter((name) => !SEEN_CUES.includes(name));
  // The own table is checked by its test.
  if (policy !== POLICY) checkPolicy(policy, taught);
  const { rows, smileUnits } = policy;
  const lists = (n: number): number[][] => Array.from({ length: n }, () => []);
  const names = [...CUE_NAMES, ...taught],
    cues = names.length;
  const acts = [...new Set(rows.flatMap(({ when }) => when.act ?? []))];
  const index: Index = {
    taught,
    names,
    start: lists(cues),
    during: lists(cues),
    end: lists(cues),
    hazard: lists(cues),
    acts,
    actStart: lists(acts.length),
    actDuring: lists(acts.length),
    actEnd: lists(acts.length),
    actHazard: lists(acts.length),
    waiting: [],
    habituating: [],
    faces: rows.map(({ do: { face } }) => (face ? facesOf(face) : null)),
    smile: Uint8Array.from(FACE_UNITS, (unit) => (smileUnits.some((one) => unit.startsWith(one)) ? 1 : 0)),
  };
  rows.forEach(({ when, hazard, habituates }, r) => {
    if (habituates) index.habituating.push(r);
    if (hazard) index.waiting.push(r);
    const at = hazard ? "hazard" : when.at === "while" ? "during" : (when.at ?? "start");
    for (const name of [...(when.see ?? []), ...(when.event ?? [])])
      index[at][placeIn(names, name, (when.event ?? []).includes(name as never))].push(r);
    const of = { start: "actStart", during: "actDuring", end: "actEnd", hazard: "actHazard" } as const;
    for (const name of when.act ?? []) index[of[at]][acts.indexOf(name)].push(r);
  });
  return index;
}

/** An expression may be called as an event is. */
function placeIn(names: readonly string[], name: string, event: boolean): number {
  const at = names.indexOf(name);
  return event || at < SEEN_CUES.length ? at : Math.max(at, names.lastIndexOf(name));
}

/** Units by their names, both sides of those whose name has none. */
function facesOf(units: Readonly<Record<string, number>>): Float64Array {
  const out = new Float64Array(FACE);
  for (const [unit, value] of Object.entries(units))
    for (let u = 0; u < FACE; u++) if (FACE_UNITS[u].startsWith(unit)) out[u] = value;
  return out;
}
