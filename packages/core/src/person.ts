// Whom a heart watches. It watches one person at a time; what it has got used to in each, their face at rest, how they hold their
// head, their voice, is kept by name as long as the stream goes on.

import { createRestingFace, type RestingFace } from "./affect/baseline.ts";
import { createVoiceBaseline, type VoiceBaseline } from "./affect/voice-reading.ts";
import { type Eye, createEye } from "./body/eye.ts";
import { FACE_UNITS } from "./body/face.ts";
import type { Empathy } from "./empathy.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import { forgetStream } from "./stream.ts";

/** Somebody of this stream who is not watched now; plain data. */
export interface Familiar {
  readonly who: string;
  readonly rest: RestingFace;
  readonly voice: VoiceBaseline;
  readonly eye: Eye | undefined;
}

/** s for which somebody may be gone before another is watched instead, and before nobody is there. [D] */
const HOLDS = 1,
  GONE = 5;
/** Kept at a time; who was watched longest ago gives way. */
const MOST = 16;

/** Turns to a new stream; nobody in it is known yet. @returns what had to be assumed or will be missing, one sentence each */
export function lookAtStream(empathy: Empathy, header: RecordingHeader): string[] {
  const notes: string[] = [],
    { face } = empathy;
  empathy.header = header;
  empathy.who = nameOf(header.who ?? "you");
  if (header.who !== undefined && empathy.who !== header.who)
    notes.push(
      `the recording calls its person ${JSON.stringify(header.who)}, which names nobody; I say ${empathy.who}`,
    );
  // Own perception knows a person's rest before any frame comes here.
  empathy.adapts = header.faceSet !== undefined && !header.faceSet.startsWith("facs-35");
  empathy.familiar = [];
  begin(empathy, undefined);
  empathy.passed = 0;
  empathy.offset = NaN;
  empathy.happenings.length = 0;
  if (face.eye?.kind === "face") {
    const { from } = face.eye.face.set,
      missing = FACE_UNITS.filter((_, u) => from[u].length === 0);
    if (missing.length > 0)
      notes.push(
        `the face set ${header.faceSet} lacks ${missing.length} of ${FACE_UNITS.length} units (${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", ..." : ""}); faces are judged by the rest`,
      );
  }
  return notes;
}

/**
 * Whether a frame is about whoever is watched. Of two who are there together the first goes on being watched, and frames of
 * the other are passed over; once the first is gone the other is turned to.
 */
export function isWatched(empathy: Empathy, { who, time }: Frame): boolean {
  if (who === undefined || who === empathy.who) return true;
  const name = nameOf(who);
  if (name === empathy.who) return true;
  if (time - empathy.met < HOLDS) {
    empathy.passed++;
    return false;
  }
  turnTo(empathy, name);
  return true;
}

/** Notices whether anybody is there: a face, a body or a voice. */
export function notePresence(empathy: Empathy, body: ArrayLike<number> | undefined, frame: Frame, dt: number): void {
  const { face } = empathy;
  const voice = frame.voice?.speaking === true || (frame.voice?.pitchHz ?? 0) > 0;
  if (voice || (face.eye && seesAny(face.seen)) || (body && seesAny(body))) {
    empathy.absent = 0;
    empathy.met = frame.time;
  } else empathy.absent += dt;
}

/** Somebody is there, or was a moment ago. */
export function isThere({ absent }: Empathy): boolean {
  return absent < GONE;
}

/** What is to be said of the others in the stream, if there are any. */
export function passedWords({ passed, who }: Empathy): string[] {
  if (passed === 0) return [];
  return [`I watch one at a time: ${who}; ${passed} frames of somebody else were passed over.`];
}

function turnTo(empathy: Empathy, who: string): void {
  const { familiar, face, rest, voice } = empathy;
  // Time away is not time in which a head was held like that.
  if (face.eye?.kind === "face") face.eye.face.time = NaN;
  if (!Number.isNaN(empathy.met)) familiar.push({ who: empathy.who, rest, voice, eye: face.eye });
  const at = familiar.findIndex((known) => known.who === who);
  const known = at < 0 ? undefined : familiar.splice(at, 1)[0];
  if (familiar.length > MOST) familiar.shift();
  empathy.who = who;
  if (face.eye) {
    forgetStream(face);
    face.eye = known?.eye ?? createEye(empathy.header as RecordingHeader, { rate: face.spec.rate, kind: "face" });
  }
  begin(empathy, known);
}

function begin(empathy: Empathy, known: Familiar | undefined): void {
  empathy.rest = known?.rest ?? createRestingFace();
  empathy.voice = known?.voice ?? createVoiceBaseline();
  empathy.absent = Infinity;
  empathy.met = NaN;
  empathy.strain = empathy.heldBack = 0;
}

/** A name that can be told from the heart's own. */
function nameOf(who: string): string {
  return typeof who !== "string" || who === "" || who === "self" ? "somebody" : who;
}

function seesAny(seen: ArrayLike<number>): boolean {
  for (let i = 0; i < seen.length; i++) if (Number.isFinite(seen[i])) return true;
  return false;
}
