// The loop on a page: perceive -> mirror -> units -> report -> feel -> answer; and the same repertoire run forward to act.
//
//   attend   a new stream to watch: how to see it
//   step     one frame: eye -> metric coordinates -> every act's hypothesis -> belief -> units; then, with a heart
//            (giveHeart), the same for the face, what it does to the own feeling, and what to do about it (empathy.ts)
//   moment   what the mind can say of it, as plain data
//   learn    one or many demonstrations -> an act of the own repertoire (imitation, lessons.ts)
//   act      the same act performed by the own body, through the same units
//
// A mind is plain data and survives structuredClone.

import { type Eye, type EyeKind, type EyeOptions, createEye, look, notesOf } from "./body/eye.ts";
import { MOTOR_NAMES, SEEN_NAMES } from "./body/layout.ts";
import { VISAGE_NAMES } from "./body/visage.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import { type Empathy, empathize, resonanceOf } from "./empathy.ts";
import { type Belief, type Calibration, UNFITTED, believe, createBelief } from "./mirror/belief.ts";
import { type Events, createEvents, notice } from "./mirror/events.ts";
import { type Mirror, assemble, observe } from "./mirror/mirror.ts";
import { mirrorSpec } from "./mirror/spec.ts";
import type { BodyImage } from "./neurons/image.ts";
import { ordinaryImage } from "./neurons/ordinary.ts";
import { type Population, createPopulation, decode, drive, setInput } from "./neurons/population.ts";
import type { Episode } from "./episode.ts";
import { isWatched, lookAtStream } from "./person.ts";
import { rebuild, unitsOf } from "./rebuild.ts";
import { rehearse } from "./rehearse.ts";
import { type Repertoire, createRepertoire } from "./repertoire/repertoire.ts";
import { forgetStream } from "./stream.ts";

/** What kind of body a mind has: a person's, a face alone, or named numbers that move. */
export interface BodySpec {
  readonly kind: EyeKind;
  /** Names of the channels or point coordinates; a person's and a face's are fixed. */
  readonly names: readonly string[];
}

export interface MindSpec {
  readonly body: BodySpec;
  /** Frames a second it expects. */
  readonly rate: number;
  readonly seed: number;
}

export interface MindOptions {
  body?: BodySpec;
  rate?: number;
  seed?: number;
  /** What the mind has learned of its own body: the ordinary image, none (a newborn), or one from `raise`. */
  image?: BodyImage | "ordinary" | "newborn";
  repertoire?: Repertoire;
}

/** A whole mind; plain data. */
export interface Mind {
  spec: MindSpec;
  /** undefined for a newborn, and for bodies whose movement is their look (channels, points). */
  image: BodyImage | undefined;
  repertoire: Repertoire;
  mirror: Mirror;
  calibration: Calibration;
  belief: Belief;
  population: Population;
  /** Place of each act's units in the population, [acts]. */
  places: Int32Array;
  events: Events;
  /** Performances remembered since the mind was made, for calibration; not saved. */
  episodes: Episode[];
  eye: Eye | undefined;
  seen: Float64Array;
  quality: Float64Array;
  /** What the units report: probability of each act, and of none. */
  report: Float64Array;
  reportNone: number;
  time: number;
  /** Where each of the eye's coordinates belongs in the body's, -1 for nowhere. */
  wiring: Int32Array;
  glimpse: Float64Array;
  /** Frames left out because time did not go on. */
  late: number;
  /** What it feels with others by; absent until `giveHeart`. */
  empathy?: Empathy;
}

export const PERSON: BodySpec = { kind: "person", names: SEEN_NAMES };
export const VISIBLE_FACE: BodySpec = { kind: "face", names: VISAGE_NAMES };

/** The body a recording shows. */
export function bodyOf(header: RecordingHeader, options: EyeOptions = {}): BodySpec {
  const eye = createEye(header, options);
  return eye.kind === "person" ? PERSON : { kind: eye.kind, names: eye.names };
}

/** Names of the own coordinates of a body. */
export function ownNames(body: BodySpec): readonly string[] {
  return body.kind === "person" ? MOTOR_NAMES : body.names;
}

export function createMind(options: MindOptions = {}): Mind {
  const known = options.repertoire;
  const body = known ? { kind: known.body, names: known.seen } : (options.body ?? PERSON);
  const { rate = 30, seed = 1, image = "ordinary" } = options;
  if (!(rate > 0 && rate <= 1000)) throw new RangeError(`createMind: a rate of ${rate} Hz, expected 0 to 1000`);
  const spec: MindSpec = { body, rate, seed };
  const S = body.names.length;
  const mind: Mind = {
    spec,
    image: body.kind !== "person" || image === "newborn" ? undefined : image === "ordinary" ? ordinaryImage() : image,
    repertoire: known ?? createRepertoire(body.kind, ownNames(body), body.names),
    mirror: assemble(mirrorSpec(rate), new Float64Array(S).fill(1), [], []),
    calibration: UNFITTED,
    belief: createBelief(0),
    population: known?.units ?? createPopulation(),
    places: new Int32Array(0),
    events: createEvents(0),
    episodes: [],
    eye: undefined,
    seen: new Float64Array(S).fill(NaN),
    quality: new Float64Array(S),
    report: new Float64Array(0),
    reportNone: 1,
    time: NaN,
    wiring: new Int32Array(0),
    glimpse: new Float64Array(0),
    late: 0,
  };
  const bound = new Set(known?.units?.act);
  rebuild(mind);
  rehearse(
    mind,
    mind.repertoire.acts.filter(({ id }) => !bound.has(id)),
  );
  return mind;
}

/**
 * Turns to a new stream. What was going on is forgotten, what is known is kept.
 *
 * @returns what had to be assumed or will be missing, one sentence each
 * @throws RangeError if this body cannot see the recording at all
 */
export function attend(mind: Mind, header: RecordingHeader, options: EyeOptions = {}): string[] {
  const heartNotes: string[] = [];
  if (mind.empathy) {
    const withFace = header.faceSet !== undefined,
      { face } = mind.empathy;
    if (withFace) heartNotes.push(...attend(face, header));
    else {
      face.eye = undefined;
      face.seen.fill(NaN);
      forgetStream(face);
    }
    heartNotes.push(...lookAtStream(mind.empathy, header));
    const bodiless = header.skeleton === undefined && (withFace || !header.channels?.length);
    if (bodiless && mind.spec.body.kind === "person") return [...attendNobody(mind, withFace), ...heartNotes];
  }
  // Whoever looks for a face finds it beside a body too.
  const kind = mind.spec.body.kind === "face" ? "face" : options.kind;
  const eye = createEye(header, { rate: mind.spec.rate, ...options, kind });
  const wiring = wire(mind, eye);
  const missing = mind.spec.body.names.filter((_, i) => wiring[i] < 0);
  mind.eye = eye;
  mind.wiring = wiring;
  mind.glimpse = new Float64Array(eye.dims);
  mind.quality = new Float64Array(eye.dims);
  forgetStream(mind);
  const notes = [...notesOf(eye), ...heartNotes];
  if (missing.length > 0)
    notes.push(
      `the recording lacks ${missing.length} of ${mind.spec.body.names.length} coordinates (${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", ..." : ""}); acts are judged by the rest`,
    );
  return notes;
}

/** A recording without a body: the heart goes by the face, or by the voice alone. */
function attendNobody(mind: Mind, withFace: boolean): string[] {
  mind.eye = undefined;
  mind.seen.fill(NaN);
  forgetStream(mind);
  return [
    withFace
      ? "the recording shows a face and no body; acts of the body are not looked for"
      : "the recording shows neither a body nor a face; I go by the voice alone, if there is one",
  ];
}

/** Where each of the body's coordinates is found in what an eye sees. */
export function wire(mind: Mind, eye: Eye): Int32Array {
  const { body } = mind.spec;
  if ((body.kind === "person") !== (eye.kind === "person"))
    throw new RangeError(
      `this mind has ${body.kind === "person" ? "a person's body" : `a body of ${body.kind}`} and the recording shows ${eye.kind === "person" ? "a person" : eye.kind}; ` +
        `wanted ${body.kind === "person" ? "a 3-D skeleton with a trunk and an arm" : body.names.slice(0, 3).join(", ")}: use a repertoire learned from such recordings`,
    );
  const wiring = Int32Array.from(body.names, (name) => eye.names.indexOf(name));
  if (wiring.every((w) => w < 0))
    throw new RangeError(
      `the recording shows ${eye.names.slice(0, 3).join(", ")}${eye.names.length > 3 ? ", ..." : ""} and none of ${body.names.slice(0, 3).join(", ")}, which this mind's acts are made of`,
    );
  return wiring;
}

/**
 * One frame. Frames whose time does not go on are left out and counted in `mind.late`; with a heart, frames of somebody else
 * than whoever is watched are passed over.
 */
export function step(mind: Mind, frame: Frame): void {
  const { eye, empathy } = mind;
  if (!eye && !empathy?.header)
    throw new RangeError("step: the mind watches nothing yet; call attend(mind, header) first");
  if (!empathy) {
    advance(mind, frame, 1);
    return;
  }
  if (!isWatched(empathy, frame)) return;
  const resonance = resonanceOf(empathy);
  const dt = advance(mind, frame, resonance);
  if (Number.isNaN(dt)) return;
  const { face, reads } = empathy;
  if (face.eye && reads) advance(face, frame, resonance);
  else if (face.eye) glance(face, face.eye, frame);
  empathize(mind, empathy, frame, dt);
}

/** @returns s since the last frame, 0 for the first; NaN for one that is left out */
function advance(mind: Mind, frame: Frame, resonance: number): number {
  if (!(frame.time > mind.time) && mind.time === mind.time) {
    mind.late++;
    return NaN;
  }
  if (!Number.isFinite(frame.time)) {
    mind.late++;
    return NaN;
  }
  const dt = mind.time === mind.time ? frame.time - mind.time : 0;
  mind.time = frame.time;
  if (mind.eye) watch(mind, mind.eye, frame, dt, resonance);
  return dt;
}

/** Where expressions are not read a face is seen, so that it can be told whether somebody is there, and not recognised. */
function glance(face: Mind, eye: Eye, frame: Frame): void {
  if (face.time === face.time) forgetStream(face);
  lookThrough(face, eye, frame);
}

function lookThrough(mind: Mind, eye: Eye, frame: Frame): void {
  const { glimpse, wiring, seen } = mind;
  look(eye, frame, glimpse, mind.quality);
  for (let s = 0; s < seen.length; s++) seen[s] = wiring[s] < 0 ? NaN : glimpse[wiring[s]];
}

/** @param resonance factor on how much what is seen drives the units; what they are read for is not louder than it is sure */
function watch(mind: Mind, eye: Eye, frame: Frame, dt: number, resonance: number): void {
  const { mirror, seen, belief, population, report } = mind;
  lookThrough(mind, eye, frame);
  observe(mirror, seen, frame.time);
  believe(mirror, mind.calibration, belief);
  for (let k = 0; k < report.length; k++)
    setInput(population, unitsOf(mind, k), belief.probability[k], phaseOf(mind, k));
  drive(population, -1, 0);
  readUnits(mind);
  if (resonance !== 1) drive(population, -1, 0, resonance);
  notice(mind.events, mind, dt);
}

/** The act's phase as its hypothesis has it, 0 where there is none. */
export function phaseOf(mind: Mind, act: number): number {
  const slot = mind.belief.slot[act];
  return slot < 0 ? 0 : mind.mirror.phase[slot];
}

/** What the units say. Acts known by sight alone have no motor units to answer, so the visual evidence speaks for them. */
function readUnits(mind: Mind): void {
  const { report, population, belief, repertoire } = mind;
  let sum = 0;
  for (let k = 0; k < report.length; k++) {
    const p = repertoire.acts[k].space === "seen" ? belief.probability[k] : decode(population, unitsOf(mind, k));
    report[k] = p > 0 ? p : 0;
    sum += report[k];
  }
  const scale = sum > 1 ? 1 / sum : 1;
  for (let k = 0; k < report.length; k++) report[k] *= scale;
  mind.reportNone = Math.max(0, 1 - sum * scale);
}
