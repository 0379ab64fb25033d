// Which rows of the table answer something, how strongly, and what speaks against each. Nothing here changes anything but the
// scratch of the decision.

import { OPERATORS } from "../affect/regulation.ts";
import type { Strategy } from "../affect/types.ts";
import { CHEEK, COMFORTING } from "./cues.ts";
import { type Policy, type Row, type Span, byBond, channelOf } from "./policy.ts";
import { bondOf, nearestRelation } from "./relation.ts";
import type { Scene } from "./scene.ts";
import type { Loser, Social } from "./social-state.ts";

/** Why a row does not answer, in the order they are looked at. */
export const BLOCK = {
  none: 0,
  relation: 1,
  setting: 2,
  expense: 3,
  anger: 4,
  speaking: 5,
  smile: 6,
  comfort: 7,
  heard: 8,
  own: 9,
  unable: 10,
  bond: 11,
  noSmile: 12,
  advice: 13,
  space: 14,
  refractory: 15,
  dose: 16,
  mirroring: 17,
  declined: 18,
  chance: 19,
  outranked: 20,
  busy: 21,
} as const;
type Block = (typeof BLOCK)[keyof typeof BLOCK];

/** What suppressing leaves on the face. */
const SUPPRESSED = OPERATORS["suppress expression"].expression.value;
/** Most that is copied of a face, whatever the gains: more would be mockery. [D] */
const MOST_COPIED = 0.5;

/** A row against the scene as such: whether it is about this at all. */
export function fits(social: Social, scene: Scene, r: number): Block {
  const { policy, relation, cues, between, canDo } = social;
  const row = policy.rows[r];
  const { when } = row;
  if (when.relation)
    for (const key of RELATION_KEYS)
      if (when.relation[key] && !within(relation[key], when.relation[key])) return BLOCK.relation;
  const { context } = scene;
  if (when.setting && !when.setting.includes(context.setting)) return BLOCK.setting;
  if (when.atExpense !== undefined && when.atExpense !== context.atExpense) return BLOCK.expense;
  if (when.angerAt && !when.angerAt.includes(context.angerAt)) return BLOCK.anger;
  if (when.speaking !== undefined && when.speaking !== scene.speaking) return BLOCK.speaking;
  // A cheek that is not seen says nothing: the smile counts as polite, and less is read into it.
  if (when.smile && (when.smile === "genuine") !== cues.cheek >= CHEEK) return BLOCK.smile;
  if (when.comfort && !within(between.comfort, when.comfort)) return BLOCK.comfort;
  if (when.heard && !within(social.heard, when.heard)) return BLOCK.heard;
  if (when.concern && !within(scene.concern, when.concern)) return BLOCK.own;
  if (when.distress && !within(scene.distress, when.distress)) return BLOCK.own;
  const act = row.do.act || row.do.nod;
  if (act && canDo !== null && !canDo.includes(act)) return BLOCK.unable;
  if (!(chanceOf(social, r) > 0) && !row.hazard) return BLOCK.bond;
  return BLOCK.none;
}

/** A row that fits against what was just done and must not be. */
export function isFree(social: Social, scene: Scene, r: number): Block {
  const forbidden = isForbidden(social, scene, r);
  if (forbidden !== BLOCK.none) return forbidden;
  const { policy, history } = social;
  const row = policy.rows[r];
  const { time } = scene;
  if (time < history.last[r] + row.refractory) return BLOCK.refractory;
  if (!hasDose(social, time, r)) return BLOCK.dose;
  if (row.mirrors && !mayMirror(social, time)) return BLOCK.mirroring;
  return time < history.declined[r] ? BLOCK.declined : BLOCK.none;
}

/** What holds whatever the table says. */
export function isForbidden(social: Social, { time }: Scene, r: number): Block {
  const { policy, cues, between, space } = social;
  const row = policy.rows[r];
  if (time < cues.plea + policy.noSmile && smiles(row, policy)) return BLOCK.noSmile;
  const { utterance } = row.do;
  const troubled = time - cues.plea <= COMFORTING;
  if ((utterance === "advise" || utterance === "reframe") && troubled && between.comfort < 3) return BLOCK.advice;
  // Asked directly, or with peace called for, one still answers.
  const asked = row.priority >= 0.9;
  return time < space && !asked && (utterance !== undefined || row.do.act) ? BLOCK.space : BLOCK.none;
}

export function chanceOf({ policy, gains, relation, history }: Social, r: number): number {
  const { chance, gain, habituates } = policy.rows[r];
  const habit = habituates ? history.habit[r] : 1;
  return Math.min(1, byBond(chance, bondOf(relation)) * (gain ? gains[gain] : 1) * habit);
}

/** 0..1 */
export function strengthOf(social: Social, scene: Scene, r: number, confidence: number): number {
  const { policy, gains, relation, history } = social;
  const { strength, gain, habituates, mirrors, do: doing } = policy.rows[r];
  let s = byBond(strength, bondOf(relation)) * (gain ? gains[gain] : 1) * confidence;
  if (habituates) s *= history.habit[r];
  if (mirrors) s *= policy.mirroring.falls ** usedWithin(social, scene.time, r, policy.mirroring.per);
  if (doing.copies) s = Math.min(MOST_COPIED, s);
  if (doing.copies || doing.face) s *= facial(scene.regulation);
  return Math.min(1, s);
}

/** Whether it lifts the lip corners more than a face at rest may. */
export function smiles({ do: { copies, face }, when }: Row, { smileUnits }: Policy): boolean {
  if (copies) return (when.see ?? []).some((cue) => SMILING.includes(cue));
  return face !== undefined && smileUnits.some((unit) => (face[unit] ?? 0) > 0);
}

/** The reasons for a row, in plain words. */
export function reasonsFor(social: Social, scene: Scene, r: number, cue: string, confidence: number): string[] {
  const { policy, relation, doubt, gains } = social;
  const { why, source, grade, gain, do: doing, when } = policy.rows[r];
  const reasons = [`${seenWords(cue, when)} (${confidence.toFixed(2)} sure)`, why];
  if (doubt) reasons.push(doubt);
  reasons.push(`they are nearest to ${nearestWords(relation)}, bond ${bondOf(relation).toFixed(2)}`);
  if (gain && gains[gain] !== 1) reasons.push(`${GAIN_WORDS[gain]} × ${gains[gain]}`);
  if ((doing.face || doing.copies) && facial(scene.regulation) < 1)
    reasons.push(`I hold back what I show (× ${SUPPRESSED})`);
  reasons.push(`source: ${source} [${grade}]`);
  return reasons;
}

/** What a row lost to, as it stands in the scratch of the decision. */
export function loserOf(social: Social, scene: Scene, r: number, winner: string): Loser {
  const { policy, history } = social;
  const row = policy.rows[r];
  const score = Number(history.score[r].toFixed(3));
  return { kind: row.do.kind, row: row.name, score, why: blockWords(social, scene, r, winner) };
}

function blockWords(social: Social, { time, context, distress }: Scene, r: number, winner: string): string {
  const { policy, history, relation, cues, between, space } = social;
  const row = policy.rows[r];
  const { when } = row;
  switch (history.block[r]) {
    case BLOCK.relation:
      return `it is for another relation (${spansWords(when.relation)}); they are nearest to ${nearestWords(relation)}`;
    case BLOCK.setting:
      return `it is for ${when.setting?.join(" or ")}, not for ${context.setting}`;
    case BLOCK.expense:
      return context.atExpense ? "it would be at somebody's expense" : "nobody pays for the joke";
    case BLOCK.anger:
      return `it is for anger at ${when.angerAt?.join(" or ")}; theirs is at ${context.angerAt}`;
    case BLOCK.speaking:
      return when.speaking ? "they do not speak" : "they speak";
    case BLOCK.smile:
      return when.smile === "genuine" ? "no raised cheeks are seen in their smile" : "their smile is a genuine one";
    case BLOCK.comfort:
      return `it is not its turn yet: ${between.comfort} of the steps of comfort are done`;
    case BLOCK.heard:
      return "their story is not heard yet";
    case BLOCK.own:
      return `it is for another state of mine (distress ${distress.toFixed(2)})`;
    case BLOCK.unable:
      return `I do not know how to "${row.do.act || row.do.nod}"`;
    case BLOCK.bond:
      return row.gain && social.gains[row.gain] === 0
        ? `${GAIN_WORDS[row.gain]} is off`
        : "the bond is not close enough to follow";
    case BLOCK.noSmile:
      return `no smile: they looked distressed ${Math.max(0, time - cues.plea).toFixed(1)} s ago`;
    case BLOCK.advice:
      return "advice comes only after their story was invited";
    case BLOCK.space:
      return `they want peace, for another ${(space - time).toFixed(0)} s`;
    case BLOCK.refractory:
      return `I just did it, ${(time - history.last[r]).toFixed(1)} s ago`;
    case BLOCK.dose:
      return `it was done ${row.dose.most} times within ${row.dose.per} s; more would be too much`;
    case BLOCK.mirroring:
      return "I have copied enough of them for now; more would be mockery";
    case BLOCK.declined:
    case BLOCK.chance:
      return `not every time: its chance is ${chanceOf(social, r).toFixed(2)}`;
    case BLOCK.busy:
      return "I am in the middle of something";
    default:
      return `less fitting than "${winner}"`;
  }
}

/** Whether a row may be performed once more within its dose. */
export function hasDose({ policy, history }: Social, time: number, r: number): boolean {
  const size = history.at[r + 1] - history.at[r];
  if (size === 0) return false;
  const oldest = history.times[history.at[r] + (history.used[r] % size)];
  return oldest <= time - policy.rows[r].dose.per;
}

/** Whether one more copy keeps within the dose of all copying. */
export function mayMirror({ policy: { mirroring }, history }: Social, time: number): boolean {
  const { copies, copied, shown } = history;
  if (copies.length === 0) return false;
  if (copies[copied % copies.length] > time - mirroring.per) return false;
  return (
    countSince(copies, time - mirroring.per) + 1 <= Math.ceil(mirroring.share * countSince(shown, time - mirroring.per))
  );
}

function usedWithin({ history }: Social, time: number, r: number, per: number): number {
  let n = 0;
  for (let i = history.at[r]; i < history.at[r + 1]; i++) if (history.times[i] > time - per) n++;
  return n;
}

function countSince(times: Float64Array, since: number): number {
  let n = 0;
  for (let i = 0; i < times.length; i++) if (times[i] > since) n++;
  return n;
}

function facial(regulation: Strategy): number {
  return regulation === "suppress expression" ? SUPPRESSED : 1;
}

function within(value: number, [least, most]: Span): boolean {
  return value >= least && value <= most;
}

/** The channel's rows a decision looked at, best first; only those with something to say. */
export function losersIn(
  social: Social,
  scene: Scene,
  rows: readonly number[],
  channel: string,
  winner: number,
): Loser[] {
  const { policy, history } = social;
  const name = winner < 0 ? "nothing" : policy.rows[winner].name;
  return rows
    .filter((r) => r !== winner && channelOf(policy.rows[r]) === channel)
    .sort((a, b) => history.score[b] - history.score[a])
    .slice(0, 5)
    .map((r) => loserOf(social, scene, r, name));
}

const RELATION_KEYS = ["affiliation", "closeness", "similarity", "competition"] as const;
const SMILING = ["joy", "amusement", "laughter", "contentment", "pride", "interest", "smile"];
const GAIN_WORDS = {
  motorResonance: "motor resonance",
  facialMimicry: "facial mimicry",
  perspectiveTaking: "perspective taking",
} as const;

function nearestWords(relation: Social["relation"]): string {
  const name = nearestRelation(relation);
  return name === "disliked" ? "somebody disliked" : `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function seenWords(cue: string, when: Row["when"]): string {
  if (when.act) return `I saw "${cue}"`;
  if (when.event) return `this happened: ${cue}`;
  return cue === "startle" ? "your face looks startled: fear or surprise" : `your face looks like ${cue}`;
}

function spansWords(spans: Row["when"]["relation"] = {}): string {
  return Object.entries(spans)
    .map(([key, [least, most]]) => `${key} ${least} to ${most}`)
    .join(", ");
}
