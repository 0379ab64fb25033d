// The other half of the loop: what somebody looks like -> what that does to the own feeling -> what to do about it. The face
// has a mirror of its own, a mind whose body is a face; what it recognises counts beside what the units show at once.

import { type VoiceBaseline, type VoiceImpression, hearVoice, readVoice } from "./affect/voice-reading.ts";
import { type RestingFace, lessRest, watchRest } from "./affect/baseline.ts";
import { fuse } from "./affect/fusion.ts";
import { type Heart, feel, otherNamed } from "./affect/heart.ts";
import type { Percept, SeenOther } from "./affect/percept.ts";
import { type PostureImpression, readPosture } from "./affect/posture-reading.ts";
import { type FaceReading, readVisage } from "./affect/reading.ts";
import type { Happening } from "./affect/types.ts";
import { READ } from "./affect/weights.ts";
import { HEAD_AT } from "./body/visage.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import type { Mind } from "./mind.ts";
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
  /** Who is in sight. */
  who: string;
  /** What happened since the last frame; it is taken to heart with the next. */
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
  /** Place in READ of each act of the face, -1 where it has another name. */
  read: number[];
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

/** Turns to a new stream: who it shows, and whether a face is in it. */
export function lookAtFace(empathy: Empathy, header: RecordingHeader): void {
  empathy.who = header.who ?? "you";
  // Own perception knows a person's rest before any frame comes here.
  empathy.adapts = header.faceSet !== undefined && !header.faceSet.startsWith("facs-35");
  empathy.offset = NaN;
  empathy.happenings.length = 0;
  nameFaces(empathy.read, empathy.face);
}

/** One frame, after body and face were mirrored. @param dt s since the last; 0 for the first */
export function empathize(mind: Mind, empathy: Empathy, frame: Frame, dt: number): void {
  const { heart, social, scene, percept, other, book } = empathy;
  if (frame.who !== undefined) empathy.who = frame.who;
  see(mind, empathy, frame, dt);
  const { who, looks } = empathy;
  const relation = relationTo(book, who);
  setScene(mind, empathy, frame);
  // Without a mirror nothing is mimicked either.
  if (heart.lesions.mirror && (social.gains.facialMimicry > 0 || social.gains.motorResonance > 0))
    setGains(social, { facialMimicry: 0, motorResonance: 0 });
  respond(social, scene, dt);
  for (const experience of social.out.experiences) learnRelation(relation, experience);
  if (!(dt > 0)) return;
  other.who = who;
  other.reading = empathy.reads ? looks : undefined;
  other.relation = relation;
  percept.happenings = empathy.happenings;
  percept.company = true;
  percept.response = social.out.drive;
  feel(heart, percept, dt);
  empathy.happenings.length = 0;
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
  fuse(looks, heard, stands ? posture : undefined, looks);
  mirrorIn(empathy);
}

/** What the mirror of faces recognises makes its expression likelier. */
function mirrorIn({ face, looks, read, mirrored }: Empathy): void {
  const { report, reportNone } = face;
  const { probability } = looks;
  const share = MIRRORED * (1 - reportNone);
  if (looks.cannotSee || !(share > 0.01)) return;
  if (read.length !== report.length) nameFaces(read, face);
  mirrored.fill(0);
  mirrored[NEUTRAL] = reportNone;
  for (let k = 0; k < report.length; k++) if (read[k] >= 0) mirrored[read[k]] += report[k];
  let sum = 0;
  for (let r = 0; r < probability.length; r++) sum += probability[r] *= (LEAST + mirrored[r]) ** share;
  for (let r = 0; r < probability.length; r++) probability[r] /= sum;
}

function nameFaces(read: number[], { repertoire }: Mind): void {
  read.length = 0;
  for (const { name } of repertoire.acts) read.push(READ.indexOf(name));
}

function setScene(mind: Mind, empathy: Empathy, frame: Frame): void {
  const { scene, social, heart, who, visage, reads, looks, acts } = empathy;
  if (Number.isNaN(empathy.offset)) empathy.offset = Math.max(0, (social.time > 0 ? social.time : 0) - frame.time);
  const { offset } = empathy;
  scene.time = frame.time + offset;
  scene.who = who;
  scene.reading = reads ? looks : null;
  scene.seenUnits = reads && empathy.face.eye ? visage : null;
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
  scene.relation = relationTo(empathy.book, who);
  scene.own.valence = heart.core.valence;
  scene.own.arousal = heart.core.arousal;
  const known = otherNamed(heart, who);
  scene.concern = known?.concern ?? 0;
  scene.distress = known?.distress ?? 0;
  scene.regulation = heart.regulation.strategy;
}

/** 0..1; nothing seen is 0. */
function gazeAtMe(seen: Float64Array, { gaze, head }: Frame): number {
  if (gaze !== undefined && Number.isFinite(gaze[2])) {
    const off = Math.acos(Math.min(1, Math.abs(gaze[2])));
    return Math.exp(-0.5 * (off / AT_ME) ** 2);
  }
  if (head === undefined || !Number.isFinite(seen[HEAD_AT])) return 0;
  const off = Math.hypot(seen[HEAD_AT], seen[HEAD_AT + 1]);
  return Math.exp(-0.5 * (off / HEAD_AT_ME) ** 2);
}
