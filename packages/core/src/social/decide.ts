// A decision: the rows that wait for something are held against the scene, and the best of each channel is scheduled at its
// latency, with its reasons and what it won against.

import { nextGaussian, nextUniform } from "../affect/noise.ts";
import { FACE } from "../body/face.ts";
import { CUE_NAMES, isSeen, unitsOf } from "./cues.ts";
import { CHANNELS, type Latency, channelOf } from "./policy.ts";
import { bondOf } from "./relation.ts";
import type { Scene } from "./scene.ts";
import type { Social } from "./social-state.ts";
import { BLOCK, chanceOf, fits, hasDose, isFree, losersIn, reasonsFor, strengthOf } from "./weigh.ts";

/** s a row that was declined is not drawn again: one decision an episode. */
const DECLINED = 1.5;

/** Holds the rows against the scene; the best free one of each channel is scheduled. */
export function decide(
  social: Social,
  scene: Scene,
  rows: readonly number[],
  at: number,
  cue: string,
  confidence: number,
  began: number,
): void {
  const { policy, history } = social;
  let any = false;
  for (const r of rows) {
    let block: number = fits(social, scene, r);
    if (block === BLOCK.none) block = isFree(social, scene, r);
    history.score[r] = policy.rows[r].priority * (0.5 + 0.5 * confidence);
    if (block === BLOCK.none && !(nextUniform(social.noise) < chanceOf(social, r))) {
      history.declined[r] =
        scene.time + Math.max(DECLINED, policy.rows[r].when.at === "while" ? policy.rows[r].refractory : 0);
      block = BLOCK.chance;
    }
    history.block[r] = block;
  }
  for (let channel = 0; channel < CHANNELS.length; channel++) {
    let best = -1;
    for (const r of rows)
      if (history.block[r] === BLOCK.none && channelOf(policy.rows[r]) === CHANNELS[channel])
        if (best < 0 || history.score[r] > history.score[best]) best = r;
    if (best < 0) continue;
    if (isTaken(social, channel, history.score[best], best)) {
      history.block[best] = BLOCK.busy;
      continue;
    }
    any = true;
    for (const r of rows)
      if (r !== best && history.block[r] === BLOCK.none && channelOf(policy.rows[r]) === CHANNELS[channel])
        history.block[r] = BLOCK.outranked;
    schedule(social, scene, best, channel, rows, at, cue, confidence, began);
  }
  // Looks at what goes on come several times a second; only what is new is told when nothing came of it.
  if (!any && isSeen(at) && social.cues.started[at]) consider(social, scene, rows, cue);
}

/** Something at least as fitting is about to come in this channel, or cannot be broken off. */
function isTaken({ next, now, policy }: Social, channel: number, score: number, row: number): boolean {
  const waiting = next[channel],
    going = now[channel];
  if (waiting && waiting.score >= score) return true;
  if (!going) return false;
  const interruptible = CHANNELS[channel] !== "body" && CHANNELS[channel] !== "voice";
  return interruptible ? going.score > score || going.row === row : policy.rows[row].priority < 0.9;
}

function consider(social: Social, scene: Scene, rows: readonly number[], cue: string): void {
  const against = CHANNELS.flatMap((channel) => losersIn(social, scene, rows, channel, -1));
  if (against.length > 0) social.considered = { cue, time: scene.time, against };
}

function schedule(
  social: Social,
  scene: Scene,
  r: number,
  channel: number,
  rows: readonly number[],
  at: number,
  cue: string,
  confidence: number,
  began: number,
): void {
  const row = social.policy.rows[r];
  const onset = Math.max(scene.time, began + drawn(row.latency, social.noise));
  const strength = strengthOf(social, scene, r, confidence);
  const pattern = row.do.copies ? patternOf(scene, at) : null;
  social.next[channel] = {
    row: r,
    cue,
    at,
    score: social.history.score[r],
    strength,
    confidence,
    decided: scene.time,
    began,
    onset,
    until: NaN,
    side: sideOf(social, scene, r, cue),
    pattern,
    mask: pattern ? (isTaught(at) ? Uint8Array.from(pattern, (unit) => (unit > MOVES ? 1 : 0)) : unitsOf(at)) : null,
    reasons: reasonsFor(social, scene, r, cue, confidence),
    against: losersIn(social, scene, rows, CHANNELS[channel], r),
  };
}

/** From a normal, again until it is between floor and cap. */
function drawn({ mean, sd, floor, cap }: Latency, noise: Uint32Array): number {
  if (sd === 0) return mean;
  for (let tries = 0; tries < 20; tries++) {
    const x = mean + sd * nextGaussian(noise);
    if (x >= floor && x <= cap) return x;
  }
  return mean;
}

/** 1 left, -1 right, 0 either: the hand that is used, or where the eyes go. */
function sideOf(social: Social, scene: Scene, r: number, cue: string): -1 | 0 | 1 {
  const { gaze, hand } = social.policy.rows[r].do;
  if (gaze === "away") return nextUniform(social.noise) < 0.5 ? 1 : -1;
  if (hand === undefined || hand === "either") return 0;
  const theirs = scene.acts.find(({ name }) => name === cue)?.hand;
  // Hands are shaken right with right where theirs is not seen.
  if (theirs === undefined) return hand === "same" ? -1 : 0;
  const left = theirs === "left";
  return (hand === "same") === left ? 1 : -1;
}

/** Of an expression that was taught what moves now is what is copied. [D] */
const MOVES = 0.1;
function isTaught(at: number): boolean {
  return at >= CUE_NAMES.length;
}

/** Their face now, hidden units at rest; without one the expression as it usually is. [FACE] */
function patternOf({ seenUnits }: Scene, at: number): Float64Array {
  const out = new Float64Array(FACE);
  if (seenUnits) for (let u = 0; u < FACE; u++) out[u] = seenUnits[u] > 0 ? Math.min(1, seenUnits[u]) : 0;
  else unitsOf(at).forEach((moved, u) => (out[u] = moved * 0.6));
  return out;
}

/** A cue of a row that comes some time after: the first of a bout counts most. */
export function catchFrom(social: Social, rows: readonly number[], confidence: number, time: number): void {
  const { policy, history, relation, gains } = social;
  for (const r of rows) {
    const { hazard, gain } = policy.rows[r];
    if (!hazard) continue;
    if (time - history.cued[r] > hazard.bout) history.bout[r] = 0;
    history.cued[r] = time;
    const share = bondOf(relation) * (gain ? gains[gain] : 1) * confidence * hazard.again ** history.bout[r];
    // All cues of a bout together make `caught`.
    history.pool[r] += hazard.caught * (1 - hazard.again) * share;
    history.bout[r]++;
  }
}

/** A row of that kind comes when its time is there. */
export function comeOf(social: Social, scene: Scene, r: number, dt: number): void {
  const { policy, history, relation } = social;
  const { hazard } = policy.rows[r];
  if (!hazard) return;
  const within = hazard.within * (2 - Math.min(1, bondOf(relation)));
  const comes = history.pool[r] * (1 - Math.exp(-dt / within));
  history.pool[r] -= comes;
  if (scene.who === null || !(nextUniform(social.noise) < 1 - Math.exp(-(hazard.base * dt + comes)))) return;
  const row = policy.rows[r];
  const channel = CHANNELS.indexOf(channelOf(row));
  const troubled = scene.time < social.cues.plea + policy.noSmile;
  if (troubled || fits(social, scene, r) !== BLOCK.none || !hasDose(social, scene.time, r)) return;
  if (scene.time < history.last[r] + row.refractory || isTaken(social, channel, row.priority, r)) return;
  history.score[r] = row.priority;
  const cue = row.when.see?.[0] ?? row.when.act?.[0] ?? "";
  schedule(social, scene, r, channel, [r], -1, cue, 1, scene.time);
  const chosen = social.next[channel];
  if (chosen && comes < hazard.base * dt) chosen.reasons[0] = "nothing called for it";
}
