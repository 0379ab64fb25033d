// How far another's feeling is let in, whose the shared feeling is, and what comes of it: concern, which turns to the other, or
// distress, which turns away. Signs follow the motives that raise and lower empathy (Zaki 2014, doi:10.1037/a0037679) and
// concern against distress (Singer & Klimecki 2014, doi:10.1016/j.cub.2014.06.054); sizes are by design. [D]

import type { Relation } from "./types.ts";

/** Somebody nothing is known of, for feeling and answering alike: people expect a little good of strangers. [D] */
export const STRANGER: Relation = { affiliation: 0.25, closeness: 0, similarity: 0.3, competition: 0 };

/** Weights of the logistic gate. [D] */
export const GATE = {
  bias: -1,
  affiliation: 2,
  similarity: 0.8,
  attention: 0.8,
  motive: 0.6,
  distress: -2,
  load: -1.2,
  antagonistic: -1.5,
} as const;

/** s concern and distress take to come and go. [D] */
export const TAU_CONCERN = 5;
export const TAU_DISTRESS = 10;

/** What the compassion operator does (Klimecki et al. 2013, doi:10.1093/cercor/bhs142, for the direction). [D] */
export const COMPASSION = { concern: 0.3, warmth: 0.15, contagion: 0.5 } as const;

/**
 * Factor on distress, and how stirred a body at ease already is. The plain product of share, blur and arousal (.5 s (1 - D) a)
 * leaves everybody who is not excited, and so every sad meeting, without distress; with these, concern and distress go
 * together over varied episodes as they do in people (r .25 to .55). [D]
 */
const DISTRESS = 1.5,
  AT_EASE = 0.5;

/**
 * The gate, 0..1: the share of another's feeling that is let in.
 *
 * @param attention 0..1 paid to the other
 * @param motive -1 wants not to feel it .. 1 wants to
 * @param distress own, 0..1
 * @param load how busy with oneself, 0..1
 * @param antagonistic probability that the other's signal is against one, 0..1
 */
export function gateOf(
  { affiliation, similarity }: Relation,
  attention: number,
  motive: number,
  distress: number,
  load: number,
  antagonistic: number,
): number {
  const sum =
    GATE.bias +
    GATE.affiliation * affiliation +
    GATE.similarity * similarity +
    GATE.attention * attention +
    GATE.motive * motive +
    GATE.distress * distress +
    GATE.load * load +
    GATE.antagonistic * antagonistic;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * How far what is felt about another is known to be the other's, 0..1: it is where thinking of their fortune explains more of it
 * than contagion does.
 *
 * @param caught part of the own valence that is contagion
 * @param appraised part of it that is appraisal of their fortune
 */
export function distinctionOf(caught: number, appraised: number): number {
  const c = Math.abs(caught);
  return 1 - c / (c + Math.abs(appraised) + 0.05);
}

/**
 * What empathic concern tends to, 0..1.
 *
 * @param share of the other's need that is let in, 0..1
 */
export function concernOf(share: number, distinction: number, distress: number, affiliation: number): number {
  return share * distinction * (1 - distress) * Math.max(0, Math.min(1, affiliation + 0.3));
}

/**
 * What personal distress tends to, 0..1: shared need that is not told apart, by a body that is stirred.
 *
 * @param arousal own, -1..1
 */
export function distressOf(share: number, distinction: number, arousal: number): number {
  return Math.min(1, DISTRESS * share * (1 - distinction) * Math.max(0, AT_EASE + arousal));
}
