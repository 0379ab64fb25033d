// What a moment says in words: short, first person for Attune, no number more exact than it is.

import type { ActBelief, MindEvent, Moment } from "../moment.ts";

/** Above this probability an act is said to be going on. */
const SURE = 0.6;
/** And above this it is worth naming. */
const THINKABLE = 0.2;
/** Phase from which an act counts as done. */
const OVER = 0.97;

/** "as learned", "a bit fast", "very slow". */
export function tempoWords(tempo: number): string {
  if (!(tempo > 0)) return "still";
  if (tempo > 1.6) return "very fast";
  if (tempo > 1.25) return "fast";
  if (tempo > 1.08) return "a bit fast";
  if (tempo < 0.6) return "very slow";
  if (tempo < 0.8) return "slow";
  if (tempo < 0.93) return "a bit slow";
  return "as learned";
}

/** "just begun", "half done", "done". */
export function phaseWords(phase: number): string {
  if (phase < 0.15) return "just begun";
  if (phase < 0.4) return "in its first half";
  if (phase < 0.6) return "half done";
  if (phase < 0.85) return "well on its way";
  return phase < OVER ? "nearly done" : "done";
}

/** A small dial of how far an act is. */
export function gauge(phase: number): string {
  return "○◔◑◕●"[Math.min(4, Math.max(0, Math.round(phase * 4)))];
}

/** One or two sentences on what is believed right now. */
export function say(moment: Moment): string {
  const [first, second] = moment.acts;
  if (moment.novelty.novel) return "This is new to me: nothing I know explains it.";
  if (first === undefined) return "I know no act yet.";
  if (first.probability >= SURE) {
    if (first.phase >= OVER) return `I saw ${first.name}; it is over.`;
    const end = first.remaining < 0.15 ? "I expect it to end now." : `I expect it to end in ${soon(first.remaining)}.`;
    return `I see ${first.name}, ${phaseWords(first.phase)}. ${end}`;
  }
  if (first.probability >= THINKABLE) {
    const rival = second !== undefined && second.probability >= THINKABLE ? second.name : undefined;
    if (rival !== undefined) return `I am not sure yet: ${first.name}, or ${rival}.`;
    return `It could be ${first.name}; I am not sure yet.`;
  }
  return moment.none >= SURE ? "I see none of the acts I know." : "I cannot tell yet.";
}

/** A time to come, no more exact than it is known: "half a second", "about 2 s". */
function soon(seconds: number): string {
  if (seconds < 0.35) return "a moment";
  if (seconds < 0.75) return "half a second";
  return seconds < 1.5 ? "a second" : `about ${Math.round(seconds)}\u00a0s`;
}

/** "12.4 s recognised: wave 0.93 after 0.8 s" */
export function eventLine({ kind, act, time, since, probability }: MindEvent): string {
  const at = `${time.toFixed(1).padStart(6)} s`;
  const after = `after ${Math.max(0, time - since).toFixed(1)} s`;
  if (kind === "novel") return `${at}  new: no act I know explains this, for ${(time - since).toFixed(1)} s`;
  if (kind === "begin") return `${at}  begins: ${act} ${probability.toFixed(2)}`;
  if (kind === "end") return `${at}  ended: ${act} ${after}`;
  return `${at}  recognised: ${act} ${probability.toFixed(2)} ${after}`;
}

/** Worth a pace and a time left: an act with some probability. */
export function isLive(act: ActBelief): boolean {
  return act.probability >= 0.1;
}
