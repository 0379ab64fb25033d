// What it costs to face somebody who does not answer. It is not known why less is shown than is due: suppression strains
// because it hides most, not because it is called suppression (the pattern of Butler et al. 2003, doi:10.1037/1528-3542.3.1.48,
// to which nothing here was fitted).

import { FACE, FACE_UNITS } from "../body/face.ts";
import { VISAGE, visageOf } from "../body/visage.ts";
import { ordinarilyShown } from "./display.ts";
import type { Episode } from "./episodes.ts";
import { EXPRESSIONS } from "./expressions.ts";

/** Input to arousal a second, at full strain. [D] */
export const STRAIN_AROUSAL = 0.3;
/** s in which strain comes and goes: an answer may take a moment. [D] */
export const TAU_STRAIN = 3;
/** Share of what is due that may be missing before anybody minds, and what is too little to be due. [D] */
const UNNOTICED = 0.35,
  LITTLE = 0.02;
/** Goodness at which a feeling is near its strongest, as for the own (`STRONGEST`). [D] */
const STRONG = 0.6;

/**
 * How much it strains a partner that less is shown than is due, 0..1.
 *
 * @param shown how much the other's face shows, 0..1; NaN where it is not seen, which strains nobody
 * @param due how much somebody would ordinarily show who feels what the other is known to feel, 0..1
 */
export function strainOf(shown: number, due: number): number {
  if (!(due > LITTLE) || !(shown >= 0)) return 0;
  return Math.max(0, Math.min(1, (1 - shown / due - UNNOTICED) / (1 - UNNOTICED)));
}

/** What is known to have happened to somebody and should show on their face: -1 all that is bad .. 1 all that is good. */
export function dueOf(episodes: readonly Episode[], who: string): number {
  let due = 0;
  for (let i = 0; i < episodes.length; i++) {
    const { whose, goodness, strength } = episodes[i];
    if (whose !== who || goodness === 0) continue;
    const shows = Math.sign(goodness) * ordinarilyShown(Math.tanh(Math.abs(goodness) / STRONG) * strength);
    if (Math.abs(shows) > Math.abs(due)) due = shows;
  }
  return due;
}

/**
 * How much of any good or any bad expression a face shows, 0..1 and beyond; NaN where nothing of them is seen.
 *
 * @param face [FACE] or more, NaN what is not seen
 */
export function shownOf(face: ArrayLike<number>, good: boolean): number {
  let most = NaN;
  for (let e = 0; e < COUNT; e++) {
    if (GOOD[e] !== (good ? 1 : 0)) continue;
    let along = 0,
      size = 0;
    for (let k = 0, at = e * VISAGE; k < UNITS; k++) {
      const apex = PROTOTYPES[at + k];
      if (!(apex > 0) || !(face[k] >= 0)) continue;
      along += apex * face[k];
      size += apex * apex;
    }
    if (size > 0 && !(along / size <= most)) most = along / size;
  }
  return most;
}

const COUNT = EXPRESSIONS.length,
  UNITS = FACE;
/** [COUNT, VISAGE] */
const PROTOTYPES = Float64Array.from(EXPRESSIONS.flatMap((expression) => [...visageOf(expression)]));
/** 1 good, 0 bad, 2 neither, [COUNT]. A smile that hides something bad does not show it. */
const GOOD = Uint8Array.from(EXPRESSIONS, ({ valence }, e) => {
  if (valence > 0.1) return 1;
  return valence < -0.1 && !(PROTOTYPES[e * VISAGE + FACE_UNITS.indexOf("AU12L")] > 0) ? 0 : 2;
});
