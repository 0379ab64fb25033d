// What is on one's mind: happenings with what they mean, fading since they were last heard of. What goes on is heard of every
// frame and felt once; what was hoped or feared is what its outcome is measured against.

import { EMOTIONS, type EmotionName, STRONGEST, appraise, checkHappening } from "./appraisal.ts";
import type { Happening, Relation } from "./types.ts";

/** Plain data. */
export interface Episode {
  happening: Happening;
  /** What it was appraised by. */
  relation: Relation;
  perspective: number;
  whose: string;
  emotion: EmotionName;
  /** Inputs to core affect when fresh. */
  valence: number;
  arousal: number;
  goodness: number;
  /** What was expected. */
  expected: number;
  /** 1 just heard of .. 0 gone. */
  strength: number;
  why: string;
}

/** Kept at a time; the faintest gives way. */
const MOST = 16;
/** Fainter than this is gone. */
const GONE = 0.01;
/** Arousal of a surprise at its fullest. [D] */
const STARTLE = 0.4;

/** s go by. */
export function forget(episodes: Episode[], dt: number): void {
  for (let i = episodes.length - 1; i >= 0; i--) {
    const episode = episodes[i];
    episode.strength *= Math.exp(-dt / EMOTIONS[episode.emotion].tau);
    if (episode.strength < GONE) episodes.splice(i, 1);
  }
}

/** A happening comes to mind, or is still going on. */
export function hear(episodes: Episode[], happening: Happening, relation: Relation, perspective: number): void {
  const at = placeOf(episodes, happening);
  const known = at < 0 ? undefined : episodes[at];
  if (
    known &&
    known.happening === happening &&
    known.perspective === perspective &&
    sameRelation(known.relation, relation)
  ) {
    known.strength = 1;
    return;
  }
  checkHappening(happening);
  const goesOn = known !== undefined && same(known.happening, happening);
  const expected = goesOn ? known.expected : expectedOf(episodes, happening);
  const { surprise, ...meaning } = appraise(happening, relation, perspective, expected);
  const { whose } = happening;
  const fresh: Episode = {
    happening,
    relation: { ...relation },
    perspective,
    whose,
    expected,
    ...meaning,
    strength: 1,
  };
  if (goesOn) episodes[at] = fresh;
  else {
    if (at >= 0) episodes.splice(at, 1);
    resolve(episodes, happening);
    add(episodes, fresh);
    if (surprise > 0)
      add(episodes, {
        ...fresh,
        emotion: "surprise",
        valence: 0,
        arousal: STARTLE * surprise,
        goodness: 0,
        why: `${meaning.why}, which was not expected`,
      });
  }
}

/** How strong an episode's emotion is, 0..1, before temperament and regulation. */
export function intensityOf({ emotion, valence, arousal, strength }: Episode): number {
  return strength * (emotion === "surprise" ? arousal / STARTLE : Math.abs(valence) / STRONGEST);
}

/** The strongest of what is on one's mind, 0..1. */
export function strengthOf(episodes: readonly Episode[]): number {
  let most = 0;
  for (const episode of episodes) most = Math.max(most, intensityOf(episode));
  return most;
}

function placeOf(episodes: readonly Episode[], happening: Happening): number {
  for (let i = 0; i < episodes.length; i++) {
    const { happening: known, emotion } = episodes[i];
    if (
      emotion !== "surprise" &&
      known.whose === happening.whose &&
      known.kind === happening.kind &&
      isProspect(known) === isProspect(happening)
    )
      return i;
  }
  return -1;
}

function isProspect(happening: Happening): boolean {
  return happening.kind === "fortune" && happening.chance !== undefined;
}

function same(a: Happening, b: Happening): boolean {
  if (a.kind === "violation" || b.kind === "violation")
    return a.kind === b.kind && a.kind === "violation" && b.kind === "violation" && a.degree === b.degree;
  return a.outcome === b.outcome && a.expected === b.expected && a.chance === b.chance && a.by === b.by;
}

function sameRelation(a: Relation, b: Relation): boolean {
  return (
    a.affiliation === b.affiliation &&
    a.closeness === b.closeness &&
    a.similarity === b.similarity &&
    a.competition === b.competition
  );
}

/** What a live prospect of the same person made one expect. */
function expectedOf(episodes: readonly Episode[], { kind, whose }: Happening): number {
  if (kind === "fortune")
    for (const { happening } of episodes)
      if (happening.kind === "fortune" && happening.whose === whose && happening.chance !== undefined)
        return happening.chance * happening.outcome;
  return 0;
}

/** A prospect that has come about or not is no longer one. */
function resolve(episodes: Episode[], happening: Happening): void {
  if (happening.kind !== "fortune" || isProspect(happening)) return;
  for (let i = episodes.length - 1; i >= 0; i--)
    if (isProspect(episodes[i].happening) && episodes[i].whose === happening.whose) episodes.splice(i, 1);
}

function add(episodes: Episode[], fresh: Episode): void {
  if (episodes.length >= MOST) {
    let faintest = 0;
    for (let i = 1; i < episodes.length; i++)
      if (intensityOf(episodes[i]) < intensityOf(episodes[faintest])) faintest = i;
    episodes.splice(faintest, 1);
  }
  episodes.push(fresh);
}
