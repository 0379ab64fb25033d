// The answer: each frame the scene is compared with the last, what is new is held against the table, and what wins its
// channel is scheduled at its latency and then performed. Nothing is allocated unless something is decided.

import { createListener, hear } from "./backchannel.ts";
import { COMFORTING, createCues, cueAt, isSeen, noticeCues, share } from "./cues.ts";
import { catchFrom, comeOf, decide } from "./decide.ts";
import { drive } from "./drive.ts";
import { CHANNELS } from "./policy.ts";
import { RELATIONS, bondOf, oddRelation } from "./relation.ts";
import type { Scene } from "./scene.ts";
import type { Chosen, Social } from "./social-state.ts";
import { followRhythm, stepPhase } from "./step-phase.ts";
import { BLOCK, hasDose, isForbidden, mayMirror } from "./weigh.ts";

/** s between looks at the rows for what goes on. */
const TICK = 0.25;
/** s a face goes on when what it answers is over, and lasts at least. */
const LAG = 0.4,
  LEAST = 0.8;
/** s of silence before one says something, and that something is kept for it. */
const TURN = 0.25,
  KEPT = 8;
/** s between things of theirs that count apart, and within which one answers to the other. */
const APART = 0.5,
  TOGETHER = 5;

const VOICE = CHANNELS.indexOf("voice"),
  STEP = CHANNELS.indexOf("step");

/**
 * One frame. `social.out` is then what to do in it.
 *
 * @param dt s since the last frame; 0 for the first
 * @throws RangeError for a step or a time that cannot be
 */
export function respond(social: Social, scene: Scene, dt: number): void {
  if (!(dt >= 0 && dt < Infinity)) throw new RangeError(`respond: dt is ${dt}, expected seconds, at least 0`);
  if (!(scene.time >= social.time))
    throw new RangeError(`respond: time is ${scene.time} after ${social.time}; time must not fall`);
  social.time = scene.time;
  beginFrame(social, scene);
  listen(social, scene, dt);
  noticeCues(social.cues, scene, social.between, dt);
  decideAll(social, scene, dt);
  advance(social, scene);
  drive(social, scene, dt);
}

function beginFrame(social: Social, scene: Scene): void {
  const { out } = social;
  out.act = out.nod = out.utterance = "";
  out.strength = 0;
  if (out.experiences.length > 0) out.experiences = [];
  if (scene.who !== social.who) meet(social, scene.who);
  const odd = scene.relation === null ? "" : oddRelation(scene.relation);
  if (scene.relation !== null && odd === "") {
    social.relation = scene.relation;
    social.doubt = "";
  } else if (social.doubt === "") {
    social.relation = RELATIONS.stranger;
    social.doubt = odd
      ? `the relation given makes no sense (${odd}), so I treat them as a stranger`
      : "I do not know what we are to each other, so I treat them as a stranger";
  }
}

/** Somebody else is there: what was under way was not for them. What was copied still counts. */
function meet(social: Social, who: string | null): void {
  social.who = who;
  social.cues = createCues(social.index.taught.length);
  social.listener = { ...createListener(0), noise: social.listener.noise };
  social.step.rhythm = {
    ...social.step.rhythm,
    middle: NaN,
    extent: 0,
    heard: 0,
    since: NaN,
    period: NaN,
    below: false,
  };
  social.next.fill(null);
  social.now.fill(null);
  social.considered = null;
  social.between.comfort = 0;
  social.between.spoke = social.space = -Infinity;
  social.heard = social.together = 0;
  social.lastAct.name = "";
}

function listen(social: Social, scene: Scene, dt: number): void {
  const { between, step, now } = social;
  const there = scene.who !== null;
  const back = there ? hear(social.listener, scene, scene.gazeAtMe, scene.time) : "none";
  between.nod = back === "nod";
  between.word = back === "mm-hm";
  const before = social.heard;
  if (scene.speaking && there) social.heard += dt;
  if (between.comfort === 3 && before < 4 && social.heard >= 4) social.out.experiences.push("confided");
  if (between.comfort > 0 && scene.time - social.cues.plea > COMFORTING) between.comfort = 0;
  if (there) {
    social.together += dt;
    if (social.together >= 60) {
      social.together -= 60;
      social.out.experiences.push("time together");
    }
  }
  const other = there ? followRhythm(step.rhythm, scene.sway, dt) : NaN;
  between.rhythm = !Number.isNaN(other);
  const kept = now[STEP];
  stepPhase(step, kept ? other : NaN, kept ? kept.strength * attentionTo(scene) : 0, dt, social.noise);
}

/** Without a look at them one sees half: rhythms pull from the corner of the eye as well. */
function attentionTo({ gazeAtMe }: Scene): number {
  return 0.5 + 0.5 * share(gazeAtMe);
}

function decideAll(social: Social, scene: Scene, dt: number): void {
  const { cues, index, out } = social;
  for (let c = 0; c < cues.on.length; c++) {
    if (cues.started[c]) {
      if (isSeen(c)) shown(social, scene.time);
      if (index.start[c].length > 0)
        decide(social, scene, index.start[c], c, index.names[c], cues.confidence[c], cues.began[c]);
      catchFrom(social, index.hazard[c], cues.confidence[c], scene.time);
    }
    if (cues.ended[c]) {
      if (index.end[c].length > 0)
        decide(social, scene, index.end[c], c, index.names[c], cues.confidence[c], scene.time);
      release(social, c, scene.time);
    }
  }
  if (cues.started[ANGER] && scene.context.angerAt === "me") out.experiences.push("hostility");
  if (cues.started[CONTEMPT] && scene.gazeAtMe >= 0.5) out.experiences.push("hostility");
  if (cues.started[AWAY] && scene.time - social.between.spoke < 10) out.experiences.push("rebuffed");
  for (let e = 0; e < scene.events.length; e++) answerAct(social, scene, e);
  social.tick += dt;
  if (social.tick >= TICK) {
    social.tick = 0;
    for (let c = 0; c < cues.on.length; c++)
      if (cues.on[c] && index.during[c].length > 0)
        decide(social, scene, index.during[c], c, index.names[c], cues.confidence[c], scene.time);
    for (let a = 0; a < scene.acts.length; a++) {
      const at = index.acts.indexOf(scene.acts[a].name);
      if (at >= 0 && scene.acts[a].probability >= 0.6 && index.actDuring[at].length > 0)
        decide(
          social,
          scene,
          index.actDuring[at],
          -1,
          scene.acts[a].name,
          share(scene.acts[a].probability),
          scene.time,
        );
    }
  }
  for (const r of index.waiting) comeOf(social, scene, r, dt);
  for (const r of index.habituating) {
    const recovers = social.policy.rows[r].habituates?.recovers ?? Infinity;
    social.history.habit[r] += (1 - social.history.habit[r]) * (1 - Math.exp(-dt / recovers));
  }
}

const ANGER = cueAt("anger"),
  CONTEMPT = cueAt("contempt"),
  AWAY = cueAt("turned away");

function answerAct(social: Social, scene: Scene, e: number): void {
  const { kind, act, probability, time } = scene.events[e];
  if (act === undefined || scene.who === null) return;
  const { index, lastAct, out } = social;
  if (kind === "recognised") {
    shown(social, scene.time);
    if (scene.time - lastAct.time < TOGETHER && lastAct.name !== "") {
      if (lastAct.name === act) out.experiences.push("mimicry felt");
      else if (lastAct.name === "offer" && act === "take") out.experiences.push("reciprocity");
    }
  }
  const at = index.acts.indexOf(act);
  if (at < 0 || (kind !== "recognised" && kind !== "end")) return;
  const rows = kind === "recognised" ? index.actStart[at] : index.actEnd[at];
  const sure = share(probability);
  if (rows.length > 0) decide(social, scene, rows, -1, act, sure, time);
  if (kind === "recognised") catchFrom(social, index.actHazard[at], sure, scene.time);
}

/** What waited or went on for a cue goes on a little when it is over. */
function release(social: Social, cue: number, time: number): void {
  for (let channel = 0; channel < CHANNELS.length; channel++) {
    const { next, now, policy } = social;
    const waiting = next[channel],
      going = now[channel];
    if (waiting?.at === cue && policy.rows[waiting.row].do.lasts === "cue")
      waiting.until = Math.max(waiting.onset + LEAST, time + LAG);
    if (going?.at === cue && policy.rows[going.row].do.lasts === "cue")
      going.until = Math.max(going.onset + LEAST, time + LAG);
  }
}

/** Lets what is due begin, and what is over end. */
function advance(social: Social, scene: Scene): void {
  const { next, now } = social;
  for (let channel = 0; channel < CHANNELS.length; channel++) {
    const going = now[channel];
    if (going && scene.time >= going.until) now[channel] = null;
    const waiting = next[channel];
    if (!waiting || scene.time < waiting.onset) continue;
    if (channel === VOICE && mustWait(social, waiting)) {
      if (scene.time > waiting.onset + KEPT) next[channel] = null;
      continue;
    }
    next[channel] = null;
    if (isForbidden(social, scene, waiting.row) === BLOCK.none && isStillRight(social, scene, waiting))
      perform(social, scene, waiting, channel);
  }
}

/** One does not talk over the other, but for a word of listening. */
function mustWait({ listener, policy }: Social, { row }: Chosen): boolean {
  return policy.rows[row].do.utterance !== "mm-hm" && listener.pause < TURN;
}

function isStillRight(social: Social, { time }: Scene, { row: r }: Chosen): boolean {
  const row = social.policy.rows[r];
  if (row.mirrors && !mayMirror(social, time)) return false;
  const step = row.do.comfort;
  return hasDose(social, time, r) && (step === undefined || social.between.comfort === step - 1);
}

function perform(social: Social, scene: Scene, chosen: Chosen, channel: number): void {
  const { policy, history, now, out, between } = social;
  const { time } = scene;
  const r = chosen.row,
    row = policy.rows[r],
    { do: doing } = row;
  chosen.onset = time;
  if (doing.lasts !== "cue") chosen.until = time + doing.lasts;
  else if (!Number.isNaN(chosen.until)) chosen.until = Math.max(chosen.until, time + LEAST);
  now[channel] = chosen;
  history.last[r] = time;
  const size = history.at[r + 1] - history.at[r];
  history.times[history.at[r] + (history.used[r]++ % size)] = time;
  if (row.habituates) history.habit[r] *= row.habituates.factor;
  if (row.mirrors) history.copies[history.copied++ % history.copies.length] = time;
  if (doing.nod !== undefined) out.nod = doing.nod;
  if (doing.act) {
    out.act = doing.act;
    out.hand = chosen.side === 0 ? "either" : chosen.side > 0 ? "left" : "right";
    social.lastAct.name = doing.act;
    social.lastAct.time = time;
    if (doing.act === "take") out.experiences.push("reciprocity");
  }
  if (doing.nod !== undefined || doing.act) out.strength = chosen.strength;
  if (doing.utterance !== undefined) {
    out.utterance = doing.utterance;
    between.spoke = time;
  }
  if (doing.comfort !== undefined) {
    between.comfort = doing.comfort;
    social.heard = 0;
  }
  if (doing.space !== undefined) social.space = time + doing.space;
  if (chosen.cue === "smile" && row.mirrors) out.experiences.push("smile returned");
  if (doing.face && (chosen.cue === "good news" || chosen.cue === "laughter") && bondOf(social.relation) > 0.6)
    out.experiences.push("shared joy");
}

/** They did something: the share that is copied is of this. */
function shown({ history }: Social, time: number): void {
  const last = history.shown[(history.shows + history.shown.length - 1) % history.shown.length];
  if (time - last >= APART) history.shown[history.shows++ % history.shown.length] = time;
}
