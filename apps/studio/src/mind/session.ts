// A mind in company: it watches one person at a time, moves along with them, learns what it is shown and does it. Everything
// the Studio asks of the core is here, without a browser; worker.ts gives it a thread of its own.

import { CAMERA, GENERATED, GUESSED } from "@attune/actor";
import {
  FACE,
  HORIZON,
  SEEN,
  attend,
  bout,
  createMind,
  createReenactment,
  durationOf,
  forgetAct,
  importActs,
  learn,
  loadRepertoire,
  mirrorFace,
  moment,
  movingAbove,
  rebuild,
  reenact,
  renameAct,
  saveRepertoire,
  say,
  step,
  stir,
  LONGEST_HOLD,
  type Demo,
  type Frame,
  type Mind,
  type RecordingHeader,
  type Reenactment,
  type Stir,
} from "@attune/core";
import { faceBout, followFace, type FaceLook } from "./face-bout.ts";
import { type Feelings, createFeelings, feelingNow, isDue, keepHeart, lookAtOther } from "./feeling.ts";
import { gazeOf } from "./gaze.ts";
import {
  type Belief,
  type Cut,
  type Judgement,
  type KnownAct,
  type Portrait,
  type Posture,
  type Recorded,
  type Recording,
  TOP,
} from "./protocol.ts";
import { portraitOf } from "./showing.ts";

export { perform, portraitOf } from "./showing.ts";

export interface Session {
  mind: Mind;
  feelings: Feelings;
  header: RecordingHeader | undefined;
  body: Reenactment | undefined;
  specular: boolean;
  /** What was watched lately, for whoever wants to teach from it. */
  memory: Frame[];
  track: Stir[];
  /** What the face did lately; empty without a heart. */
  faces: FaceLook[];
  /** When recording began, s, and of what; undefined while nothing is recorded. */
  since: number | undefined;
  recorded: Recorded;
  /** What was seen in the last LAPSE s, to tell movement from jitter. */
  lately: { time: number; seen: Float64Array }[];
}

/** s of watching remembered. */
const MEMORY = 30;
/** s over which speed is taken: a tracker's jitter is fast, and small over this. */
const LAPSE = 0.13;
/** s before a recording begins in which the person is taken to stand still. */
const STILL = 1.5;
/** Probability from which an example counts as like a known act. */
const LIKE = 0.5;

export function createSession(repertoire: string, rate: number): Session {
  return {
    mind: createMind({ repertoire: loadRepertoire(repertoire), rate }),
    feelings: createFeelings(),
    header: undefined,
    body: undefined,
    specular: true,
    memory: [],
    track: [],
    faces: [],
    since: undefined,
    recorded: "movement",
    lately: [],
  };
}

/** Turns to somebody. @returns what had to be assumed, one sentence each */
export function attendTo(session: Session, header: RecordingHeader, specular: boolean): string[] {
  suit(session.mind, header.source === "generated");
  const notes = attend(session.mind, header);
  session.header = header;
  lookAtOther(session);
  session.specular = specular;
  session.body = createReenactment(session.mind, header, { specular });
  session.memory = [];
  session.track = [];
  session.faces = [];
  session.since = undefined;
  session.lately = [];
  return notes;
}

/** Looks as suits who is watched; a background the mind has fitted to what it was shown stays. */
function suit(mind: Mind, generated: boolean): void {
  const { perception } = mind.repertoire;
  if (!perception) return;
  const usual = generated ? GENERATED : CAMERA,
    { background: before = usual } = perception;
  const background = [GENERATED, CAMERA].includes(before) ? usual : before,
    { depth, legs } = generated ? { depth: 1, legs: 1 } : GUESSED;
  const { depth: far = 1, legs: low = 1 } = perception;
  if (perception.background === background && far === depth && low === legs) return;
  Object.assign(perception, { background, depth, legs });
  rebuild(mind);
}

/** Which side answers which, without forgetting what is being watched. */
export function turn(session: Session, specular: boolean): void {
  session.specular = specular;
  if (!session.body || !session.header) return;
  const { own, straight } = session.body;
  session.body = createReenactment(session.mind, session.header, { specular });
  session.body.own.set(own);
  session.body.straight.set(straight);
}

/** The own body moves along: at once, before the mind has thought about it. Undefined where nobody is attended to. */
export function moveAlong(session: Session, frame: Frame): Posture | undefined {
  const { body, specular } = session;
  if (!body) return undefined;
  reenact(body, frame);
  remember(session, body, frame);
  const face = frame.face && Number.isFinite(frame.face[0]) ? new Float32Array(FACE) : undefined;
  if (face && frame.face) {
    if (specular) mirrorFace(frame.face, face);
    else face.set(frame.face);
  }
  const gaze = gazeOf(frame, specular);
  return {
    time: frame.time,
    own: body.own.slice(),
    seen: body.seen.slice(),
    ...(face ? { face } : {}),
    ...(gaze ? { gaze } : {}),
  };
}

/** One step of the mind, and what it believes after it. */
export function think(session: Session, frame: Frame): Belief {
  const { mind } = session;
  step(mind, frame);
  const due = isDue(session);
  const now = moment(mind, due ? ["next", "units", "feeling"] : ["next", "units"]);
  if (mind.empathy) followFace(session.faces, frame.time, mind.empathy.face.seen, MEMORY);
  const feeling = feelingNow(session, now.feeling);
  const ahead = new Float64Array(SEEN).fill(NaN);
  let sd = 0,
    expected = 0;
  const last = HORIZON.length - 1;
  now.next?.mean[last].forEach((v, s) => {
    if (v === null) return;
    ahead[s] = v;
    sd += now.next?.sd[last][s] ?? 0;
    expected++;
  });
  return {
    time: now.time,
    acts: now.acts.slice(0, TOP).map(({ name, probability, phase, phaseSd, tempo, remaining, evidence }) => ({
      name,
      probability,
      phase,
      phaseSd,
      tempo,
      remaining,
      evidence,
    })),
    none: now.none,
    novel: now.novelty.novel,
    surprise: now.novelty.score,
    sentence: say(now),
    events: now.events,
    ahead,
    aheadSd: expected > 0 ? sd / expected : NaN,
    units: Float32Array.from((now.units ?? []).flatMap(({ rates }) => rates)),
    ...(feeling ? { feeling } : {}),
  };
}

/** Begins to look for a movement of the body or of the face. */
export function record(session: Session, what: Recorded = "movement"): void {
  if (what === "face" && !session.mind.empathy)
    throw new RangeError("record: a face was to be recorded, and there is no heart yet; ask it to feel first");
  session.recorded = what;
  const latest = session.memory[session.memory.length - 1];
  session.since = latest?.time ?? -Infinity;
}

/** Where a recording stands: it is done when a movement is over. */
export function recordingOf(session: Session): Recording | undefined {
  const { since, track } = session;
  if (since === undefined) return undefined;
  if (session.recorded === "face") return faceBout(session.faces, since).state;
  const moving = threshold(session);
  const seen = track.filter(({ time }) => time > since);
  const last = seen.findLast(({ speed }) => speed > moving);
  const stirred = seen.filter(({ speed }) => speed > moving).length;
  if (last === undefined || stirred < 5) return "waiting";
  return seen[seen.length - 1].time - last.time > LONGEST_HOLD ? "done" : "moving";
}

/** Ends the recording and cuts the movement out; undefined where nothing moved. */
export function cut(session: Session): Cut | undefined {
  const { since, header, memory, track } = session;
  const state = recordingOf(session);
  const moving = threshold(session);
  session.since = undefined;
  if (since === undefined || header === undefined || state === undefined || state === "waiting") return undefined;
  const { from, to } =
    session.recorded === "face"
      ? faceBout(session.faces, since)
      : bout(
          track.filter(({ time }) => time > since),
          undefined,
          moving,
        );
  const frames = memory.filter(({ time }) => time >= from && time <= to);
  if (frames.length < 2) return undefined;
  return { demo: { header, frames }, seconds: frames[frames.length - 1].time - frames[0].time };
}

/** What an example would be taken for. What was being watched is forgotten. */
export function judge(session: Session, demo: Demo): Judgement {
  const { mind, recorded } = session;
  // The heart is not told what it saw once already.
  const judged = recorded === "face" && mind.empathy ? mind.empathy.face : mind;
  const { empathy } = mind;
  if (empathy) delete mind.empathy;
  const likely = liken(judged, demo);
  if (empathy) mind.empathy = empathy;
  lookUp(session);
  return likely;
}

function liken(mind: Mind, demo: Demo): Judgement {
  attend(mind, demo.header);
  let best = 0,
    name = "";
  demo.frames.forEach((frame, t) => {
    step(mind, frame);
    if (t < 0.7 * (demo.frames.length - 1)) return;
    mind.report.forEach((p, k) => {
      if (p <= best) return;
      best = p;
      name = mind.repertoire.acts[k].name;
    });
  });
  return best >= LIKE ? { like: { name, probability: best } } : {};
}

export function teach(
  session: Session,
  name: string,
  demos: readonly Demo[],
  bothHands = false,
): { known: KnownAct[]; portrait: Portrait; repertoire: string; warnings: string[] } {
  const lesson = learn(session.mind, name.trim(), demos);
  // The same turned round is another way of doing the same.
  if (bothHands) learn(session.mind, lesson.name, demos, { mirror: true });
  lookUp(session);
  return {
    known: knownActs(session),
    portrait: portraitOf(session, lesson.name),
    repertoire: saveRepertoire(session.mind.repertoire),
    warnings: lesson.warnings,
  };
}

/** What is known now, as text. */
export function save({ mind }: Session): string {
  return saveRepertoire(mind.repertoire);
}

export function forget(session: Session, name: string): { known: KnownAct[]; repertoire: string; before: string } {
  const { mind } = session;
  const before = saveRepertoire(mind.repertoire);
  forgetAct(mind.repertoire, name);
  rebuild(mind);
  lookUp(session);
  return { known: knownActs(session), repertoire: saveRepertoire(mind.repertoire), before };
}

/** One act as it was in another repertoire; what else is known stays. */
export function takeBack(session: Session, name: string, from: string): { known: KnownAct[]; repertoire: string } {
  const { repertoire, spec } = session.mind;
  importActs(repertoire, loadRepertoire(from), { names: [name] });
  // A mind that wakes with an act it has no units for does it once and watches itself.
  session.mind = keepHeart(session.mind, createMind({ repertoire, rate: spec.rate }));
  lookUp(session);
  return { known: knownActs(session), repertoire: saveRepertoire(session.mind.repertoire) };
}

export function rename(session: Session, from: string, to: string): { known: KnownAct[]; repertoire: string } {
  const wanted = to.trim();
  if (wanted === "") throw new RangeError(`an empty name came for "${from}"; give it a name`);
  renameAct(session.mind.repertoire, from, wanted);
  lookAtOther(session);
  return { known: knownActs(session), repertoire: saveRepertoire(session.mind.repertoire) };
}

/** Another repertoire instead of the one at hand. */
export function restore(session: Session, repertoire: string): KnownAct[] {
  const { rate } = session.mind.spec;
  session.mind = keepHeart(session.mind, createMind({ repertoire: loadRepertoire(repertoire), rate }));
  lookUp(session);
  return knownActs(session);
}

export function knownActs({ mind }: Session): KnownAct[] {
  return actsOf(mind);
}

export function actsOf(mind: Mind): KnownAct[] {
  return mind.repertoire.acts.map(({ name, variants }) => {
    const usual = variants.reduce((best, v) => (v.n > best.n ? v : best), variants[0]);
    return {
      name,
      examples: variants.reduce((s, v) => s + v.n, 0),
      variants: variants.length,
      lasts: durationOf(usual),
    };
  });
}

function remember({ memory, track, lately }: Session, { seen }: Reenactment, frame: Frame): void {
  const latest = lately[lately.length - 1];
  if (latest && frame.time <= latest.time) return;
  lately.push({ time: frame.time, seen: seen.slice() });
  while (lately.length > 2 && frame.time - lately[1].time >= LAPSE) lately.shift();
  const [from] = lately;
  // The middle of the lapse is when the body was that fast.
  track.push({ time: (from.time + frame.time) / 2, speed: stir(from.seen, seen, frame.time - from.time) });
  memory.push(frame);
  while (memory.length > 0 && frame.time - memory[0].time > MEMORY) memory.shift();
  while (track.length > 0 && frame.time - track[0].time > MEMORY) track.shift();
}

/** What the person stirred while they were standing before the recording says what counts as moving. */
function threshold({ track, since }: Session): number {
  return movingAbove(track.filter(({ time }) => since !== undefined && time <= since && time > since - STILL));
}

/** Back to whom was being watched. */
export function lookUp(session: Session): void {
  if (session.header) attend(session.mind, session.header);
  lookAtOther(session);
}
