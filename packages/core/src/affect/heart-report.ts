// What a heart feels and why, as plain data and in plain words. Made on request; `feel` itself makes none of it.

import type { EmotionName } from "./appraisal.ts";
import type { Other } from "./company.ts";
import { type Heart, felt } from "./heart.ts";
import { confidenceOf, stirConfidenceOf } from "./others.ts";
import type { Affect, SourceKind, Strategy } from "./types.ts";

/** A part of the own feeling. */
export interface FeltPart extends Affect {
  readonly source: SourceKind;
  readonly whose?: string;
}

export interface FeltEmotion {
  readonly name: EmotionName;
  /** 0..1 */
  readonly intensity: number;
  /** Whose fortune or doing it is about: a name, or "self". */
  readonly whose: string;
  readonly why: string;
}

/** What there is about one other. */
export interface FeltOther extends Affect {
  readonly who: string;
  /** How sure the estimate is, 1/variance; 4 is knowing nothing. */
  readonly precision: number;
  /** 0 nothing is known .. 1 no doubt. */
  readonly confidence: number;
  readonly gate: number;
  readonly distinction: number;
  readonly concern: number;
  readonly distress: number;
}

/** Plain JSON-able data. */
export interface Feeling {
  readonly own: Affect;
  readonly mood: Affect;
  /** Sum to `own` exactly, in their order. */
  readonly parts: readonly FeltPart[];
  /** What the last frame changed in each part, same order. */
  readonly flow: readonly FeltPart[];
  readonly others: readonly FeltOther[];
  readonly strategy: Strategy;
  readonly strategyWhy: string;
  /** Strongest first. */
  readonly emotions: readonly FeltEmotion[];
  /** 0 asleep .. 1 as stirred as can be. */
  readonly autonomic: number;
  /** 1 fresh .. 0 spent. */
  readonly resource: number;
}

export function feelingOf(heart: Heart): Feeling {
  const { core, regulation, others } = heart;
  const listed = (values: Float64Array): FeltPart[] =>
    core.sources.map(({ source, whose }, i) => ({
      source,
      ...(whose === undefined ? {} : { whose }),
      valence: values[2 * i],
      arousal: values[2 * i + 1],
    }));
  return {
    own: { valence: core.valence, arousal: core.arousal },
    mood: { ...core.mood },
    parts: listed(core.parts),
    flow: listed(core.flow),
    others: others.map(({ who, estimate, gate, distinction, concern, distress }) => ({
      who,
      valence: estimate.valence,
      arousal: estimate.arousal,
      precision: 1 / estimate.variance,
      confidence: confidenceOf(estimate),
      gate,
      distinction,
      concern,
      distress,
    })),
    strategy: regulation.strategy,
    strategyWhy: regulation.why,
    emotions: emotionsOf(heart),
    autonomic: heart.autonomic,
    resource: regulation.resource,
  };
}

/** Smaller parts are not spoken of: they are less than the feeling wavers by itself. */
const WORTH_SAYING = 0.01;

/** What is felt and why, in sentences: own feeling first, then what happened, then each other, then what is done about it. */
export function explain(heart: Heart): string[] {
  const lines = [ownLine(heart)];
  for (const { name, intensity, why } of emotionsOf(heart))
    if (intensity >= 0.05) lines.push(`There is ${name} (${intensity.toFixed(1)}): ${why}.`);
  for (const other of heart.others) lines.push(otherLine(heart, other));
  const { strategy, why } = heart.regulation;
  if (strategy !== "none") lines.push(`What I do about it: ${strategy}; ${why}.`);
  for (const [faculty, gone] of Object.entries(heart.lesions))
    if (gone) lines.push(LESIONED[faculty as keyof typeof LESIONED]);
  if (heart.late > 0) lines.push(`${heart.late} frames came late and were left out.`);
  return lines;
}

const LESIONED = {
  mirror: "Without my mirror I catch nothing from anybody.",
  gate: "Without my gate I take what I catch for my own.",
  feedback: "My face does not reach my feeling.",
  regulation: "I cannot regulate what I feel.",
  appraisal: "What happens means nothing to me.",
} as const;

function ownLine({ core }: Heart): string {
  const all = core.sources
    .map(({ source, whose }, i) => ({ source, whose, valence: core.parts[2 * i] }))
    .sort((a, b) => Math.abs(b.valence) - Math.abs(a.valence));
  const said = all.filter(({ valence }) => Math.abs(valence) >= WORTH_SAYING);
  const feeling = `I feel ${moodWord(core.valence)} and ${stirWord(core.arousal)} (${amount(core.valence)}, ${amount(core.arousal)})`;
  if (said.length === 0) return `${feeling}.`;
  const sum = all.reduce((s, { valence }) => s + Math.abs(valence), 0);
  const [first, ...rest] = said;
  const much = Math.abs(first.valence) > sum / 2 ? "most of it" : "more than anything else it";
  const others = rest.slice(0, 3).map(({ source, whose, valence }) => `some ${tellOf(source, whose, valence)}`);
  return `${feeling}; ${[`${much} ${tellOf(first.source, first.whose, first.valence)}`, ...others].join(", ")}.`;
}

function tellOf(source: SourceKind, whose: string | undefined, valence: number): string {
  const by = `(${amount(valence)})`;
  switch (source) {
    case "self":
      return `is my own way ${by}`;
    case "mood":
      return `is the mood I am in ${by}`;
    case "contagion":
      return `I caught from ${whose} ${by}`;
    case "feedback":
      return `is my own ${valence > 0 ? "smile" : "frown"} ${by}`;
    case "regulation":
      return `is what I do about it ${by}`;
    default:
      return whose === undefined ? `is what happened to me ${by}` : `is for what happens with ${whose} ${by}`;
  }
}

function otherLine(heart: Heart, { who, estimate, unseen, gate, concern, distress }: Other): string {
  const sure = confidenceOf(estimate),
    heard = stirConfidenceOf(estimate);
  if (sure < 0.15 && heard >= 0.15)
    return `${who} sounds ${stirWord(estimate.arousal)} to me (${amount(estimate.arousal, 1)} ± ${Math.sqrt(estimate.arousalVariance).toFixed(1)}); I do not see them well enough to say more.`;
  if (unseen < 0) return `I have not seen ${who}.`;
  if (sure < 0.15)
    return unseen > 1 ? `I have not seen ${who} for ${Math.round(unseen)} s.` : `I cannot tell what ${who} looks like.`;
  const spread = Math.sqrt(estimate.variance);
  // Not more digits than the estimate has.
  const digits = spread > 0.15 ? 1 : 2;
  const looks = `${who} looks ${moodWord(estimate.valence)} and ${stirWord(estimate.arousal)} to me (${amount(estimate.valence, digits)} ± ${spread.toFixed(digits)})`;
  const open = gate < 0.1 ? "I let next to nothing of it in" : `I let ${Math.round(gate * 10) * 10} % of it in`;
  const felt: string[] = [];
  if (concern >= 0.05) felt.push(`concern for ${who} (${concern.toFixed(1)})`);
  if (distress >= 0.05)
    felt.push(`${heart.lesions.gate ? "distress I take for mine" : "distress of my own"} (${distress.toFixed(1)})`);
  return `${looks}; ${[open, ...(felt.length > 0 ? [`I feel ${felt.join(" and ")}`] : [])].join("; ")}.`;
}

function emotionsOf(heart: Heart): FeltEmotion[] {
  if (heart.lesions.appraisal) return [];
  return heart.episodes
    .map((episode) => ({
      name: episode.emotion,
      intensity: felt(heart, episode),
      whose: episode.whose,
      why: episode.why,
    }))
    .sort((a, b) => b.intensity - a.intensity);
}

function moodWord(valence: number): string {
  const size = Math.abs(valence);
  if (size < 0.05) return "neither good nor bad";
  const word = valence > 0 ? "bright" : "low";
  return size < 0.2 ? `a little ${word}` : size < 0.5 ? word : `very ${word}`;
}

function stirWord(arousal: number): string {
  const size = Math.abs(arousal);
  if (size < 0.1) return "calm";
  const word = arousal > 0 ? "stirred" : "slow";
  return size < 0.25 ? `a little ${word}` : size < 0.5 ? word : `very ${word}`;
}

function amount(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
