// Somebody to watch who needs no camera: the generated person, live. Left alone they go through what an adult does, one act
// after another; asked, they do something at once.

import { STARTER_NAMES, createPerson, playScript, strangeActs, type Line, type Style } from "@attune/actor";
import { FACE, HEAD_AT, MOTOR, createRng, showTurns, turnHead, type Frame, type RecordingHeader } from "@attune/core";
import { FACE_SET } from "@attune/perception";
import { type GeneratedFace, createExpression } from "./expression.ts";

export interface GeneratedPerson {
  readonly header: RecordingHeader;
  /** The frame for a time, s; times must go on. */
  at(time: number): Frame;
  /** Own coordinates and face of the person themselves at a time, for drawing, [MOTOR] and [VISAGE]. */
  look(time: number): { own: Float64Array; face: Float64Array };
  readonly face: GeneratedFace;
  /** Has them do an act as soon as what they do is over; with `next`, before and instead of what else they were asked for. */
  ask(act: string, options?: { next?: boolean; style?: Style; pause?: number }): void;
  /** Whether they go on by themselves when nothing is asked. */
  alone: boolean;
  /** What they are doing, where it is an act; asks nothing of them. */
  doing(time: number): string | undefined;
}

interface Take {
  readonly from: number;
  readonly frames: readonly Frame[];
  readonly motion: Float64Array;
  readonly act: string | undefined;
  readonly until: number;
}

const RATE = 30;
/** s of standing taken at a time. */
const STANDING = 0.5;

export function createGeneratedPerson(seed: number, alone = true): GeneratedPerson {
  const person = createPerson({
    seed,
    skeleton: "mediapipe-33",
    hand: "right",
    tempo: 1,
    amplitude: 1,
    camera: { jitter: 0.002 },
  });
  const header: RecordingHeader = { ...person.header, faceSet: FACE_SET, who: "generated person" };
  const choose = createRng(seed, "studio/choice");
  const face = createExpression(seed);
  const wishes: { line: Line; name: string }[] = [];
  let take: Take = { from: 0, frames: [], motion: new Float64Array(0), act: undefined, until: -1 },
    takes = 0;

  const play = (script: readonly Line[], act: string | undefined, from: number): Take => {
    const { motion, frames, lasts } = playScript(person, script, `live ${takes++}`);
    return { from, frames: [...frames()], motion: Float64Array.from(motion.values), act, until: from + lasts };
  };
  const next = (time: number): Take => {
    const wish = wishes.shift();
    if (wish) return play([wish.line], wish.name, time);
    if (!self.alone) return play([{ pause: STANDING }], undefined, time);
    const act = STARTER_NAMES[Math.floor(choose() * STARTER_NAMES.length)];
    return play([{ act }, { pause: 0.4 + choose() }], act, time);
  };
  const now = (time: number): Take => {
    // A page that was put away for a while does not make up for it.
    if (time > take.until) take = next(Math.max(take.until + 1 / RATE, time - 1 / RATE));
    return take;
  };
  const self: GeneratedPerson = {
    header,
    alone,
    face,
    at(time) {
      const { frames, from } = now(time);
      const frame = frames[Math.min(frames.length - 1, Math.max(0, Math.round((time - from) * RATE)))];
      const visage = face.at(time),
        head = new Float32Array(7),
        gaze = new Float32Array(3);
      showTurns(visage.subarray(HEAD_AT), head, gaze);
      return { ...frame, time, face: Float32Array.from(visage.subarray(0, FACE)), faceConfidence: SURE, head, gaze };
    },
    look(time) {
      const { motion, from } = now(time);
      const rows = motion.length / MOTOR;
      const x = Math.min(rows - 1, Math.max(0, (time - from) * RATE)),
        k = Math.min(rows - 1, Math.floor(x)),
        l = Math.min(rows - 1, k + 1);
      const own = new Float64Array(MOTOR);
      for (let m = 0; m < MOTOR; m++)
        own[m] = motion[k * MOTOR + m] + (x - k) * (motion[l * MOTOR + m] - motion[k * MOTOR + m]);
      const visage = face.at(time);
      turnHead(own, visage);
      return { own, face: visage };
    },
    ask(act, { next: first = false, style, pause = 0.2 } = {}) {
      const strange = strangeActs[act];
      const line: Line = { act, pause, ...(strange ? { as: strange } : {}), ...(style ? { style } : {}) };
      if (first) wishes.length = 0;
      wishes.push({ line, name: act });
      // Standing is not finished first.
      if (take.act === undefined) take = { ...take, until: -1 };
    },
    doing(time) {
      const { act, until, from } = take;
      return time >= from && time <= until ? act : undefined;
    },
  };
  return self;
}

const SURE = new Float32Array(FACE).fill(1);
