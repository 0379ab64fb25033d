// What the other shows or does that may call for an answer, with a beginning and an end: expressions that come and go on
// their face, and what happens between the two. A neutral or half hidden face begins nothing.

import { EXPRESSIONS, EXPRESSION_NAMES } from "../affect/expressions.ts";
import type { Happening } from "../affect/types.ts";
import { FACE, FACE_UNITS } from "../body/face.ts";
import { visageOf } from "../body/visage.ts";
import type { Scene } from "./scene.ts";

/** Told from the scene, not from the face. */
export const EVENTS = [
  "idle",
  "speaks",
  "nod welcome",
  "word welcome",
  "comforting",
  "keeps silent",
  "turned away",
  "asked for a thing",
  "asked for help",
  "asked for advice",
  "asked for space",
  "good news",
  "bad news",
  "violation",
  "rhythm",
] as const;
export type EventName = (typeof EVENTS)[number];

/** A smile is told from both lip corners, whatever the reading makes of it; a startle is fear or surprise, and no telling which. */
export const SEEN_CUES: readonly string[] = [...EXPRESSION_NAMES, "smile", "startle"];
export const CUE_NAMES: readonly string[] = [...SEEN_CUES, ...EVENTS];
const CUES = CUE_NAMES.length;
const SEEN = SEEN_CUES.length;
const FACES = EXPRESSION_NAMES.length;

/** Where an event's cue is. */
export function cueAt(name: string): number {
  return CUE_NAMES.indexOf(name);
}

/** Probability times intensity at which an expression is there, and below which it is gone; and for how long, s. [D] */
const ON = 0.2,
  OFF = 0.1;
const ON_AFTER = 0.12,
  OFF_AFTER = 0.25;
/** The mirror gives an act that comes to nothing so much. [D] */
const DOUBT = 0.25;
/** At most this much of what tells expressions apart: nothing begins. */
const SEEN_ENOUGH = 0.5;
/** Share of a lip corner that makes a smile, and of a cheek that makes it a genuine one (Ambadar et al. 2009). */
const CORNER = 0.18;
export const CHEEK = 0.2;
/** s without any cue after which nothing is going on. */
const IDLE_AFTER = 1.2;
/** s of not being looked at, in silence, that is a turning away; s of silence after an invitation that is left alone. */
const AWAY_AFTER = 4,
  SILENT_AFTER = 6;
/** s after the last distress for which comforting goes on. */
export const COMFORTING = 90;

/** What pleads for concern; no smile meets it. */
export const PLEAS: readonly number[] = ["sadness", "fear", "pain", "shame"].map(cueAt);
const ANTAGONISTIC: readonly number[] = ["anger", "disgust", "contempt"].map(cueAt);
/** Wearing a smile without joy: lips pressed in embarrassment, a dimpled corner. */
const NO_SMILES: readonly number[] = [...PLEAS, ...ANTAGONISTIC, cueAt("embarrassment")];
const FEAR = cueAt("fear"),
  SURPRISE = cueAt("surprise"),
  SMILE = cueAt("smile"),
  STARTLE = cueAt("startle");
const IDLE = cueAt("idle"),
  SPEAKS = cueAt("speaks"),
  NOD_WELCOME = cueAt("nod welcome"),
  WORD_WELCOME = cueAt("word welcome"),
  COMFORT = cueAt("comforting"),
  KEEPS_SILENT = cueAt("keeps silent"),
  TURNED_AWAY = cueAt("turned away"),
  ASKED_THING = cueAt("asked for a thing"),
  ASKED_HELP = cueAt("asked for help"),
  ASKED_ADVICE = cueAt("asked for advice"),
  ASKED_SPACE = cueAt("asked for space"),
  GOOD_NEWS = cueAt("good news"),
  BAD_NEWS = cueAt("bad news"),
  VIOLATION = cueAt("violation"),
  RHYTHM = cueAt("rhythm");
const NEUTRAL = FACES;
const CORNERS = [FACE_UNITS.indexOf("AU12L"), FACE_UNITS.indexOf("AU12R")] as const;
const CHEEKS = [FACE_UNITS.indexOf("AU06L"), FACE_UNITS.indexOf("AU06R")] as const;

/** Units of each expression and their size at the apex, in pairs. */
const UNITS: readonly Float64Array[] = EXPRESSIONS.map((expression) => {
  const apex = visageOf(expression);
  const pairs: number[] = [];
  for (let u = 0; u < FACE; u++) if (apex[u] > 0) pairs.push(u, apex[u]);
  return Float64Array.from(pairs);
});

/** Which units an expression moves, [FACE] of 0 or 1. */
export function unitsOf(cue: number): Uint8Array {
  const out = new Uint8Array(FACE);
  const pairs = UNITS[cue];
  if (pairs) for (let i = 0; i < pairs.length; i += 2) out[pairs[i]] = 1;
  else for (const u of [...CORNERS, ...CHEEKS]) out[u] = 1;
  return out;
}

/** Plain data, [CUES] each, then expressions that were taught. */
export interface Cues {
  /** Probability times intensity, 0..1; an event's is how surely it goes on. */
  level: Float64Array;
  /** How surely it is seen, 0..1. */
  confidence: Float64Array;
  on: Uint8Array;
  /** Of this frame. */
  started: Uint8Array;
  ended: Uint8Array;
  /** When it began, before it was sure, s; NaN when it is not there. */
  began: Float64Array;
  /** s for which it is above ON, and below OFF. */
  above: Float64Array;
  below: Float64Array;
  /** When it was last there, s. */
  last: Float64Array;
  /** Cheeks raised in the smile at hand, 0..1; NaN when they are not seen. */
  cheek: number;
  /** When distress was last seen on them, or their bad news heard, s. */
  plea: number;
  quiet: number;
  unseen: number;
  /** What was asked and what happened last, so as to notice the new. */
  asked: string;
  news: number[];
}

/** @param taught how many expressions there are that were taught */
export function createCues(taught = 0): Cues {
  const n = CUES + taught;
  return {
    level: new Float64Array(n),
    confidence: new Float64Array(n),
    on: new Uint8Array(n),
    started: new Uint8Array(n),
    ended: new Uint8Array(n),
    began: new Float64Array(n).fill(NaN),
    above: new Float64Array(n),
    below: new Float64Array(n),
    last: new Float64Array(n).fill(-Infinity),
    cheek: NaN,
    plea: -Infinity,
    quiet: 0,
    unseen: 0,
    asked: "",
    news: [0, 0],
  };
}

/** What of the scene only the answering side knows. */
export interface Between {
  /** Feedback welcome now. */
  readonly nod: boolean;
  readonly word: boolean;
  /** Steps of comfort taken, and when the last was, s. */
  readonly comfort: number;
  readonly spoke: number;
  /** A rhythm of theirs is seen. */
  readonly rhythm: boolean;
}

/** Compares the scene with the last one; no allocation. */
export function noticeCues(cues: Cues, scene: Scene, between: Between, dt: number): void {
  cues.started.fill(0);
  cues.ended.fill(0);
  readFace(cues, scene);
  for (let c = 0; c < SEEN; c++) follow(cues, c, scene.time, dt, seenEnough(scene));
  followTaught(cues, scene, dt);
  for (const c of PLEAS) if (cues.on[c] || cues.level[c] >= ON) cues.plea = scene.time;
  noticeEvents(cues, scene, between, dt);
}

/** Expressions that were taught are told by the mirror of faces. */
function followTaught(cues: Cues, { taught, who, time }: Scene, dt: number): void {
  for (let c = CUES; c < cues.level.length; c++) {
    const p = taught !== null && who !== null ? share(taught[c - CUES]) : 0;
    cues.level[c] = share((p - DOUBT) / (1 - DOUBT));
    cues.confidence[c] = p;
    follow(cues, c, time, dt, true);
  }
}

/** Whether the cue is something on their face. */
export function isSeen(c: number): boolean {
  return (c >= 0 && c < SEEN) || c >= CUES;
}

/** Something can be said of their face. */
export function seenEnough({ reading, who }: Scene): boolean {
  return who !== null && reading !== null && !reading.cannotSee && reading.seen > SEEN_ENOUGH;
}

function readFace(cues: Cues, { reading, seenUnits, who }: Scene): void {
  const { level, confidence } = cues;
  level.fill(0, 0, SEEN);
  if (who === null || reading === null || reading.cannotSee) return;
  const { probability, seen } = reading;
  const shown = 1 - probability[NEUTRAL];
  for (let c = 0; c < FACES; c++) {
    const p = probability[c];
    if (!(p >= OFF / 2)) continue;
    const intensity = seenUnits === null ? shown : intensityOf(UNITS[c], seenUnits);
    level[c] = share(p * intensity);
    confidence[c] = share(p * seen);
  }
  if (reading.startled) {
    level[STARTLE] = share(level[FEAR] + level[SURPRISE]);
    confidence[STARTLE] = share(confidence[FEAR] + confidence[SURPRISE]);
    level[FEAR] = level[SURPRISE] = 0;
  }
  let kind = 1;
  for (const c of NO_SMILES) kind -= probability[c] > 0 ? probability[c] : 0;
  if (seenUnits === null) {
    const joyful = probability[0] + probability[1] + probability[2];
    level[SMILE] = joyful * shown;
    cues.cheek = NaN;
  } else {
    const corner = Math.min(seenUnits[CORNERS[0]], seenUnits[CORNERS[1]]);
    if (kind >= 0.5 && corner >= 0) level[SMILE] = corner >= CORNER ? Math.max(ON, corner * kind) : corner;
    if (corner >= CORNER) {
      const cheek = (seenUnits[CHEEKS[0]] + seenUnits[CHEEKS[1]]) / 2;
      if (!cues.on[SMILE] && !(cues.above[SMILE] > 0)) cues.cheek = cheek;
      else if (!(cheek <= cues.cheek)) cues.cheek = cheek;
    }
  }
  confidence[SMILE] = share(kind * seen);
}

/** 0..1, and 0 for what is no number. */
export function share(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}

/** How much of an expression's apex is there, 0..1; hidden units tell nothing. */
function intensityOf(pairs: Float64Array, seen: ArrayLike<number>): number {
  let along = 0,
    norm = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    const value = seen[pairs[i]];
    if (!(value >= 0)) continue;
    const apex = pairs[i + 1];
    along += apex * Math.min(1, value);
    norm += apex * apex;
  }
  return norm > 0 ? Math.min(1, along / norm) : 0;
}

function follow(cues: Cues, c: number, time: number, dt: number, mayBegin: boolean): void {
  const level = cues.level[c];
  if (!cues.on[c]) {
    if (!(level >= OFF)) {
      cues.began[c] = NaN;
      cues.above[c] = 0;
      return;
    }
    if (Number.isNaN(cues.began[c])) cues.began[c] = time;
    cues.above[c] = level >= ON && mayBegin ? cues.above[c] + dt : 0;
    if (cues.above[c] >= ON_AFTER) begin(cues, c, time);
  } else if (!(level >= OFF)) {
    cues.below[c] += dt;
    if (cues.below[c] >= OFF_AFTER) end(cues, c);
  } else {
    cues.below[c] = 0;
    cues.last[c] = time;
  }
}

function begin(cues: Cues, c: number, time: number): void {
  cues.on[c] = cues.started[c] = 1;
  cues.below[c] = 0;
  cues.last[c] = time;
  if (Number.isNaN(cues.began[c])) cues.began[c] = time;
}

function end(cues: Cues, c: number): void {
  cues.on[c] = 0;
  cues.ended[c] = 1;
  cues.began[c] = NaN;
  cues.above[c] = 0;
}

function noticeEvents(cues: Cues, scene: Scene, between: Between, dt: number): void {
  const { context, time, who, speaking, gazeAtMe } = scene;
  const there = who !== null;
  let busy = speaking;
  for (let c = 0; c < cues.on.length; c++) if (isSeen(c) && (cues.on[c] || cues.level[c] >= OFF)) busy = true;
  cues.quiet = busy ? 0 : cues.quiet + dt;
  state(cues, IDLE, there && seenEnough(scene) && (cues.on[IDLE] ? !busy : cues.quiet >= IDLE_AFTER), time);
  state(cues, SPEAKS, there && speaking, time);
  state(cues, NOD_WELCOME, there && between.nod, time);
  state(cues, WORD_WELCOME, there && between.word, time);
  const comforting = there && between.comfort > 0 && time - cues.plea <= COMFORTING;
  state(cues, COMFORT, comforting, time);
  const silent = comforting && !speaking && cues.quiet >= SILENT_AFTER && time - between.spoke >= SILENT_AFTER;
  state(cues, KEEPS_SILENT, silent, time);
  // A face that is lost, or was never looked for, is not turned away: their head or eyes have to be seen to be elsewhere.
  cues.unseen = there && !speaking && gazeAtMe < 0.1 && !seenEnough(scene) ? cues.unseen + dt : 0;
  state(cues, TURNED_AWAY, cues.unseen >= AWAY_AFTER, time);
  state(cues, RHYTHM, there && between.rhythm, time);
  notice(cues, scene, context.happening);
}

/** What was asked and what happened is news once. */
function notice(cues: Cues, { context: { asked }, time, who }: Scene, happening: Happening | null): void {
  const fresh = asked !== null && asked !== cues.asked;
  cues.asked = asked ?? "";
  state(cues, ASKED_THING, fresh && asked === "thing", time);
  state(cues, ASKED_HELP, fresh && asked === "help", time);
  state(cues, ASKED_ADVICE, fresh && asked === "advice", time);
  state(cues, ASKED_SPACE, fresh && asked === "space", time);
  const theirs = happening !== null && who !== null && happening.whose === who;
  const kind = !theirs ? 0 : happening.kind === "fortune" ? 1 : 2;
  const size = !theirs ? 0 : happening.kind === "fortune" ? happening.outcome : happening.degree;
  const news = kind > 0 && (cues.news[0] !== kind || cues.news[1] !== size);
  cues.news[0] = kind;
  cues.news[1] = size;
  state(cues, GOOD_NEWS, news && kind === 1 && size >= 0.2, time, size);
  state(cues, BAD_NEWS, news && kind === 1 && size <= -0.2, time, -size);
  state(cues, VIOLATION, news && kind === 2 && size >= 0.2, time, size);
  if (kind === 1 && size <= -0.2) cues.plea = time;
}

function state(cues: Cues, c: number, now: boolean, time: number, level = 1): void {
  cues.level[c] = now ? level : 0;
  cues.confidence[c] = 1;
  if (now && !cues.on[c]) begin(cues, c, time);
  else if (!now && cues.on[c]) end(cues, c);
  else if (now) cues.last[c] = time;
}
