// The heart in company: it feels with one person at a time, answers, and tells of it in few numbers a frame and in words a few
// times a second. Whose face may be read is decided here and nowhere else.

import {
  RELATIONS,
  confidenceOf,
  forgetOther,
  giveHeart,
  loadRepertoire,
  otherNamed,
  relationTo,
  tell,
  tune as tuneHeart,
  type Empathy,
  type FeelingMoment,
  type Mind,
  type RelationName,
  type RecordingHeader,
} from "@attune/core";
import {
  PARTS,
  type Begun,
  type FeelingNow,
  type FeelingTold,
  type HappeningName,
  type Knobs,
} from "./feeling-protocol.ts";
import { type Answerable, noticeAnswerable, otherwise } from "./otherwise.ts";
import { perform } from "./showing.ts";

export interface Feelings {
  /** undefined until the heart is woken. */
  knobs: Knobs | undefined;
  /** The person watched has agreed that their face is read. */
  agreed: boolean;
  /** When words were last made, s of the frames. */
  told: number;
  /** What there last was to answer. */
  answerable: Answerable | undefined;
  /** What somebody was made by the knob, by their name. */
  related: Record<string, RelationName>;
}

/** Whoever feels; as much of a session as is needed. */
export interface Feeling {
  mind: Mind;
  feelings: Feelings;
  header: RecordingHeader | undefined;
}

/** s between words: faster could not be read. */
const READABLE = 0.2;
/** How good or bad what happens is. */
const MUCH = 0.8;
/** Less known of the other than this is nothing to draw. */
const KNOWN = 0.08;

export function createFeelings(): Feelings {
  return { knobs: undefined, agreed: false, told: -Infinity, answerable: undefined, related: {} };
}

/** Gives the mind a heart, once; later it is only tuned. */
export function wakeHeart(session: Feeling, faces: string, knobs: Knobs, agreed: boolean): void {
  const { mind, feelings } = session;
  feelings.agreed = agreed;
  mind.empathy ??= giveHeart(mind, { face: loadRepertoire(faces), temperament: knobs.temperament, reads: false });
  tune(session, knobs);
}

/** The heart goes on in another mind. */
export function keepHeart(from: Mind, to: Mind): Mind {
  if (from.empathy) to.empathy = from.empathy;
  return to;
}

/** Turns the knobs. What is felt goes on from where it is. */
export function tune(session: Feeling, knobs: Knobs): void {
  const { mind, feelings } = session;
  feelings.knobs = knobs;
  feelings.told = -Infinity;
  const { empathy } = mind;
  if (!empathy) return;
  tuneHeart(empathy, knobs.temperament);
  empathy.percept.regulate = knobs.regulation;
  Object.assign(empathy.scene.context, { setting: knobs.setting, angerAt: knobs.angerAt });
  empathy.social.canDo = mind.repertoire.acts.map(({ name }) => name);
  relate(feelings, empathy, knobs.relation);
}

/** What the knob says they are to each other; what they learn of each other since then is theirs. */
function relate({ related }: Feelings, { book, who }: Empathy, relation: RelationName): void {
  if (related[who] === relation) return;
  related[who] = relation;
  Object.assign(relationTo(book, who), RELATIONS[relation]);
}

/** Somebody else is watched, or something else is known. */
export function lookAtOther(session: Feeling): void {
  const { mind, feelings } = session;
  if (!mind.empathy) return;
  feelings.answerable = undefined;
  mayRead(session);
  if (feelings.knobs) tune(session, feelings.knobs);
}

/** The person has agreed that their face is read, or does so no more. */
export function setAgreed(session: Feeling, agreed: boolean): void {
  session.feelings.agreed = agreed;
  mayRead(session);
}

/** Nobody is behind a generated face; a person's is read where they agreed. What was read is forgotten with the consent. */
function mayRead({ mind: { empathy }, feelings, header }: Feeling): void {
  if (!empathy) return;
  const may = header?.source === "generated" || feelings.agreed;
  if (empathy.reads && !may) forgetOther(empathy.heart, empathy.who);
  empathy.reads = may;
}

/** Something happens to whoever is watched. */
export function happen({ mind: { empathy } }: Feeling, what: HappeningName): void {
  if (!empathy) return;
  const { who: whose } = empathy;
  tell(
    empathy,
    what === "blunder"
      ? { kind: "violation", whose, degree: MUCH }
      : { kind: "fortune", whose, outcome: what === "good" ? MUCH : -MUCH },
  );
}

/** Whether words are due with the next frame told. */
export function isDue({ mind: { empathy }, feelings }: Feeling): boolean {
  if (!empathy) return false;
  const { time } = empathy.scene;
  const { act, nod, utterance } = empathy.social.out;
  return Math.abs(time - feelings.told) >= READABLE || act !== "" || nod !== "" || utterance !== "";
}

/** The frame just felt. @param moment its words, where they are due */
export function feelingNow(session: Feeling, moment: FeelingMoment | undefined): FeelingNow | undefined {
  const { mind, feelings } = session;
  const { empathy } = mind;
  if (!empathy) return undefined;
  const { heart, social, scene, who } = empathy;
  feelings.answerable = noticeAnswerable(feelings.answerable, social, scene);
  const { core } = heart;
  const parts = new Float32Array(PARTS.length);
  core.sources.forEach(({ source }, i) => (parts[PARTS.indexOf(source)] += core.parts[2 * i]));
  const other = empathy.reads ? otherNamed(heart, who) : undefined;
  const known = other && other.unseen >= 0 && confidenceOf(other.estimate) > KNOWN ? other.estimate : undefined;
  const begun = begunIn(session, empathy);
  if (moment) feelings.told = scene.time;
  return {
    time: scene.time,
    own: [core.valence, core.arousal],
    ...(known ? { other: [known.valence, known.arousal, Math.sqrt(known.variance)] } : {}),
    parts,
    visage: Float32Array.from(heart.display.x),
    lean: social.out.lean,
    ...(begun ? { begun } : {}),
    ...(moment ? { told: wordsOf(session, empathy, moment) } : {}),
  };
}

function begunIn(session: Feeling, { social: { out } }: Empathy): Begun | undefined {
  const { act, nod, utterance, strength } = out;
  if (act === "" && nod === "" && utterance === "") return undefined;
  const known = (name: string): boolean => session.mind.repertoire.acts.some((each) => each.name === name);
  const unknown = [act, nod].find((name) => name !== "" && !known(name));
  return {
    strength,
    ...(act !== "" && known(act) ? { act: perform(session, act, false, 0) } : {}),
    ...(nod !== "" && known(nod) ? { nod: perform(session, nod, false, 0) } : {}),
    ...(unknown === undefined ? {} : { unknown }),
    ...(utterance === "" ? {} : { utterance }),
  };
}

function wordsOf({ feelings }: Feeling, empathy: Empathy, moment: FeelingMoment): FeelingTold {
  const { who, looks, responses, why, strategy, strategyWhy, others } = moment;
  const other = others.find((each) => each.who === who);
  return {
    who,
    responses,
    why,
    strategy,
    strategyWhy,
    concern: other?.concern ?? 0,
    distress: other?.distress ?? 0,
    gate: other?.gate ?? 0,
    ...(looks ? { looks } : {}),
    ...(feelings.answerable && feelings.knobs
      ? { otherwise: otherwise(feelings.answerable, empathy, feelings.knobs) }
      : {}),
  };
}
