// The other half of the loop: what somebody looks like -> what that does to the own feeling -> what to do about it. The face
// has a mirror of its own, a mind whose body is a face; what it recognises counts beside what the units show at once.

import { type VoiceBaseline, type VoiceImpression, hearVoice, readVoice } from "./affect/voice-reading.ts";
import { checkHappening } from "./affect/appraisal.ts";
import { type RestingFace, lessRest, watchRest } from "./affect/baseline.ts";
import { otherNamed } from "./affect/company.ts";
import { conclude, mix } from "./affect/fusion.ts";
import { type Heart, feel } from "./affect/heart.ts";
import type { Percept, SeenOther } from "./affect/percept.ts";
import { type PostureImpression, readPosture } from "./affect/posture-reading.ts";
import { type FaceReading, readVisage } from "./affect/reading.ts";
import { TAU_STRAIN, dueOf, shownOf, strainOf } from "./affect/strain.ts";
import type { Happening } from "./affect/types.ts";
import { READ } from "./affect/weights.ts";
import { HEAD_AT } from "./body/visage.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import type { Mind } from "./mind.ts";
import { type Familiar, isThere, notePresence } from "./person.ts";
import { seenEnough } from "./social/cues.ts";
import { CHANNELS } from "./social/policy.ts";
import { learnRelation, relationTo, type Book } from "./social/relation.ts";
import { respond } from "./social/respond.ts";
import type { Scene, SeenAct } from "./social/scene.ts";
import { type Social, setGains } from "./social/social-state.ts";

/** How one feels with others and answers them; plain data. */
export interface Empathy {
  /** The mirror of faces: its acts are expressions. */
  face: Mind;
  /** Whether faces, voices and postures are read at all; without it nothing is estimated of what others feel. */
  reads: boolean;
  heart: Heart;
  social: Social;
  /** Who is who to Attune. */
  book: Book;
  /** Who is watched, and the stream they are in; undefined before there is one. */
  who: string;
  header: RecordingHeader | undefined;
  /** s since anything of them was seen or heard, Infinity before it was; and when that was, s of the stream. */
  absent: number;
  met: number;
  /** Others of this stream, and how many frames of them were passed over. */
  familiar: Familiar[];
  passed: number;
  /** What happened since the last frame; it is taken to heart with the next. `tell` adds to it. */
  happenings: Happening[];
  percept: Percept;
  scene: Scene;
  /** What they look like now. */
  looks: FaceReading;
  /** The face relative to their own rest, [VISAGE]. */
  visage: Float64Array;
  rest: RestingFace;
  /** Whether rest has to be learned here: the tracker gives faces as they are. */
  adapts: boolean;
  voice: VoiceBaseline;
  heard: VoiceImpression;
  posture: PostureImpression;
  other: SeenOther;
  acts: SeenAct[];
  /** How little they show of what is known to move them, 0..1, and s of it not yet counted in the relation. */
  strain: number;
  heldBack: number;
  /** Names of the acts of the face, their places in READ, and the places of those the policy knows as taught; -1 for none. */
  named: string[];
  read: number[];
  taughtAt: number[];
  /** How surely each that was taught is shown, in the policy's order. */
  taught: Float64Array;
  /** The distribution over READ that the mirror gives. */
  mirrored: Float64Array;
  /** s between the recording's time and the answer's, which never falls. */
  offset: number;
}

/** Weight of what the face's mirror recognises, where it is sure that something goes on. [D] */
const MIRRORED = 0.3;
const LEAST = 1e-3;
/** Eyes within this of the line to the camera are on Attune, rad; of a head alone less is known. [D] */
const AT_ME = 0.22,
  HEAD_AT_ME = 0.35;
const NEUTRAL = READ.indexOf("neutral");

/** Attention paid while the eyes are elsewhere, and factor on it while Attune does or says something itself. [D] */
const ASIDE = 0.5,
  BUSY = 0.7;
const BODY = CHANNELS.indexOf("body"),
  VOICE = CHANNELS.indexOf("voice");

/**
 * Tells the heart that something happened; it is taken to heart with the next frame.
 *
 * @throws RangeError in one sentence for what is no happening
 */
export function tell(empathy: Empathy, happening: Happening): void {
  checkHappening(happening);
  empathy.happenings.push(happening);
}

/** How much seeing drives the units. */
export function resonanceOf({ heart }: Empathy): number {
  return heart.lesions.mirror ? 0 : heart.temperament.motorResonance;
}

/**
 * One frame, after body and face were mirrored.
 *
 * @param dt s since the last; 0 for the first
 * @throws RangeError for happenings that are none; they are gone then, and the next frame goes on
 */
export function empathize(mind: Mind, empathy: Empathy, frame: Frame, dt: number): void {
  const { heart, social, scene, percept, other, book, happenings } = empathy;
  checkNews(happenings);
  notePresence(empathy, mind.eye ? mind.seen : undefined, frame, dt);
  see(mind, empathy, frame, dt);
  const { who, looks } = empathy,
    there = isThere(empathy);
  if (there) scene.relation = relationTo(book, who);
  setScene(mind, empathy, frame, there);
  // Without a mirror nothing is mimicked either.
  if (heart.lesions.mirror && (social.gains.facialMimicry > 0 || social.gains.motorResonance > 0))
    setGains(social, { facialMimicry: 0, motorResonance: 0 });
  respond(social, scene, dt);
  faceThem(empathy, there, dt);
  if (there && scene.relation)
    for (const experience of social.out.experiences) learnRelation(scene.relation, experience);
  if (!(dt > 0)) return;
  other.who = who;
  other.reading = empathy.reads ? looks : undefined;
  other.relation = scene.relation ?? undefined;
  other.attention = attentionTo(social);
  other.strain = empathy.strain;
  if (there) percept.seen[0] = other;
  else percept.seen.length = 0;
  percept.happenings = happenings;
  percept.company = there;
  percept.response = social.out.drive;
  percept.limit = social.out.limit;
  feel(heart, percept, dt);
  happenings.length = 0;
}

/** One that is no happening must not come again with every frame. */
function checkNews(happenings: Happening[]): void {
  if (happenings.length === 0) return;
  try {
    happenings.forEach(checkHappening);
  } catch (error) {
    happenings.length = 0;
    throw error;
  }
}

/** What it does to face somebody who shows less than what is known to move them: it stirs, and costs rapport. */
function faceThem(empathy: Empathy, there: boolean, dt: number): void {
  const { heart, scene, visage, who, reads, social } = empathy;
  const due = there && reads && seenEnough(scene) ? dueOf(heart.episodes, who) : 0;
  const aim = due === 0 ? 0 : strainOf(shownOf(visage, due > 0), Math.abs(due));
  empathy.strain += (aim - empathy.strain) * -Math.expm1(-dt / TAU_STRAIN);
  empathy.heldBack += empathy.strain * Math.min(dt, 1);
  if (empathy.heldBack < 1) return;
  empathy.heldBack -= 1;
  social.out.experiences.push("held back");
}

/** Where the own eyes are, and how busy one is with what one does. */
function attentionTo({ out, now }: Social): number {
  const busy = now[VOICE] !== null || (now[BODY] !== null && !out.still);
  return (out.gaze === "other" ? 1 : ASIDE) * (busy ? BUSY : 1);
}

/** What they look and sound like. */
function see(mind: Mind, empathy: Empathy, frame: Frame, dt: number): void {
  const { face, visage, rest, looks, voice, heard, posture } = empathy;
  if (!empathy.reads) return;
  visage.set(face.seen);
  if (face.eye) {
    if (empathy.adapts) {
      watchRest(rest, visage, dt);
      lessRest(rest, visage, visage);
    }
  } else visage.fill(NaN);
  readVisage(visage, face.eye ? face.quality : undefined, looks);
  hearVoice(voice, frame.voice, dt);
  readVoice(voice, heard);
  const stands = mind.spec.body.kind === "person" && mind.eye !== undefined;
  if (stands) readPosture(mind.seen, posture);
  const body = stands ? posture : undefined;
  mix(looks, heard, body, looks);
  mirrorIn(empathy);
  conclude(looks, heard, body);
}

/** What the mirror of faces recognises makes its expression likelier. */
function mirrorIn(empathy: Empathy): void {
  const { face, looks, read, mirrored } = empathy;
  const { report, reportNone } = face;
  const { probability } = looks;
  nameFaces(empathy);
  const share = MIRRORED * (1 - reportNone);
  if (looks.cannotSee || !(share > 0.01)) return;
  mirrored.fill(0);
  mirrored[NEUTRAL] = reportNone;
  for (let k = 0; k < report.length; k++) if (read[k] >= 0) mirrored[read[k]] += report[k];
  let sum = 0;
  for (let r = 0; r < probability.length; r++) sum += probability[r] *= (LEAST + mirrored[r]) ** share;
  for (let r = 0; r < probability.length; r++) probability[r] /= sum;
}

/** Expressions may be taught, renamed and forgotten while a face is watched. */
function nameFaces(empathy: Empathy): void {
  const { named, face, social } = empathy,
    { acts } = face.repertoire,
    { taught } = social.index;
  let same = named.length === acts.length && empathy.taught.length === taught.length;
  for (let k = 0; same && k < named.length; k++) same = named[k] === acts[k].name;
  for (let k = 0; same && k < taught.length; k++) {
    const at = empathy.taughtAt[k];
    same = at < 0 || named[at] === taught[k];
  }
  if (same) return;
  empathy.named = acts.map(({ name }) => name);
  empathy.read = empathy.named.map((name) => READ.indexOf(name));
  empathy.taughtAt = taught.map((name) => empathy.named.indexOf(name));
  empathy.taught = new Float64Array(taught.length);
}

function setScene(mind: Mind, empathy: Empathy, frame: Frame, there: boolean): void {
  const { scene, social, heart, who, visage, reads, looks, acts, taught, taughtAt } = empathy;
  if (Number.isNaN(empathy.offset)) empathy.offset = Math.max(0, (social.time > 0 ? social.time : 0) - frame.time);
  const { offset } = empathy;
  scene.time = frame.time + offset;
  scene.who = there ? who : null;
  scene.reading = reads ? looks : null;
  scene.seenUnits = reads && empathy.face.eye ? visage : null;
  scene.taught = reads ? taught : null;
  if (reads) for (let k = 0; k < taught.length; k++) taught[k] = taughtAt[k] < 0 ? 0 : empathy.face.report[taughtAt[k]];
  if (acts.length !== mind.report.length) {
    acts.length = 0;
    for (const { name } of mind.repertoire.acts) acts.push({ name, probability: 0, phase: 0 });
    social.canDo = mind.repertoire.acts.map(({ name }) => name);
  }
  scene.acts = acts;
  scene.context.happening = null;
  for (const happening of empathy.happenings) if (happening.whose === who) scene.context.happening = happening;
  for (let k = 0; k < acts.length; k++) {
    acts[k].name = mind.repertoire.acts[k].name;
    acts[k].probability = mind.report[k];
    acts[k].phase = mind.belief.slot[k] < 0 ? 0 : mind.mirror.phase[mind.belief.slot[k]];
  }
  const { last } = mind.events;
  scene.events = offset === 0 || last.length === 0 ? last : last.map((e) => ({ ...e, time: e.time + offset }));
  scene.gazeAtMe = gazeAtMe(empathy.face.seen, frame);
  scene.speaking = frame.voice?.speaking ?? false;
  scene.pitchHz = frame.voice?.pitchHz ?? NaN;
  scene.loudness = frame.voice?.loudness ?? NaN;
  scene.sway = mind.spec.body.kind === "person" && mind.eye ? mind.seen[0] : NaN;
  scene.own.valence = heart.core.valence;
  scene.own.arousal = heart.core.arousal;
  const known = otherNamed(heart, who);
  scene.concern = known?.concern ?? 0;
  scene.distress = known?.distress ?? 0;
  scene.regulation = heart.regulation.strategy;
}

/** 0..1; NaN where neither eyes nor head are seen. */
function gazeAtMe(seen: Float64Array, { gaze, head }: Frame): number {
  if (gaze !== undefined && Number.isFinite(gaze[2])) {
    const off = Math.acos(Math.min(1, Math.abs(gaze[2])));
    return Math.exp(-0.5 * (off / AT_ME) ** 2);
  }
  if (head === undefined || !Number.isFinite(seen[HEAD_AT])) return NaN;
  const off = Math.hypot(seen[HEAD_AT], seen[HEAD_AT + 1]);
  return Math.exp(-0.5 * (off / HEAD_AT_ME) ** 2);
}
