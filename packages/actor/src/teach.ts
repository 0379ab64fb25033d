// Teaching the starter repertoire: each act is done several times, in every way and with either hand, by people who
// stand and move differently, so that the mind's acts have the variants and the spread that people have.

import { createRng, practiseSet, rebuild, type Demonstration, type Lesson, type Mind } from "@attune/core";
import { STARTER_NAMES, starterActs } from "./acts.ts";
import { performStarter, sidedIn } from "./perform.ts";
import { drawCarriage } from "./score.ts";

/** There are more ways to wave than an act has variants by default. */
const MAX_VARIANTS = 24;
/**
 * Trackers do not agree where the middle of the shoulders is: one that has it in front sees everybody lean forward with
 * the shoulders drawn back, by as much as this, rad. The examples of a way go from not at all to all of it.
 */
const TRACKER = { lean: 0.35, shoulders: -0.5 };
/** Standing before and after each example, s. */
const REST = 0.15;

export interface TeachOptions {
  /** Performances of each way with each hand; default 2. */
  readonly examples?: number;
  readonly seed?: number;
  /** Which acts; default all. */
  readonly names?: readonly string[];
  /** Samples a second; default 15. */
  readonly rate?: number;
  /**
   * Posture cost a frame (squared metric units) above which "none of these" wins. Default: the mirror's own, which suits
   * people seen by a depth camera; people from `createPerson` stray less, and `GENERATED` suits them.
   */
  readonly background?: number;
}

/** Background for generated people, by trial: what they know is not called new, most of what they do not know is. */
export const GENERATED = 0.7;
/**
 * Background for people seen in the pictures of one camera, whose depth is guessed, by trial on the drawn figure: at
 * `GENERATED` an act that was shown is often not known again, at the mirror's own nothing is new.
 */
export const CAMERA = 1.4;
/** Share of their weight that depth and legs have in such pictures, by trial likewise: what is guessed counts less. */
export const GUESSED = { depth: 1, legs: 0.5 } as const;

/**
 * Teaches a mind starter acts by practice.
 *
 * @returns what was learned, in the order of `names`
 */
export function teachStarter(mind: Mind, options: TeachOptions = {}): Lesson[] {
  const { examples = 2, seed = 1, names = STARTER_NAMES, rate = 15 } = options;
  if (options.background !== undefined && !(options.background > 0))
    throw new RangeError(`teachStarter: a background of ${options.background}, expected a cost above 0`);
  const lessons = practiseSet(
    mind,
    names.map((name) => ({ name, demos: examplesOf(name, examples, seed, rate) })),
    // What one does oneself does not tell how far strangers stray, so the mind is not calibrated on it.
    { remember: false, maxVariants: MAX_VARIANTS },
  );
  const { perception } = mind.repertoire;
  if (options.background !== undefined) {
    if (!perception) throw new RangeError("teachStarter: nothing was taught, so there is no background to set");
    perception.background = options.background;
    rebuild(mind);
  }
  return lessons;
}

/** Every way of a starter act, with each hand that can lead, `examples` times. */
export function examplesOf(name: string, examples: number, seed: number, rate = 15): Demonstration[] {
  if (!(Number.isInteger(examples) && examples > 0))
    throw new RangeError(`teachStarter: ${examples} examples, expected a whole number above 0`);
  const act = starterActs[name];
  if (act === undefined)
    throw new RangeError(`teachStarter: no starter act "${name}"; there are ${STARTER_NAMES.join(", ")}`);
  const out: Demonstration[] = [];
  for (let e = 0; e < examples; e++)
    for (const way of Object.keys(act.ways))
      for (const side of sidedIn(act, way) ? (["right", "left"] as const) : (["right"] as const)) {
        const rng = createRng(seed, `actor/teach/${name}/${way}/${side}/${e}`);
        const share = examples > 1 ? e / (examples - 1) : 0.5,
          { lean, shoulders, hang } = drawCarriage(rng);
        const carriage = {
          lean: lean + share * TRACKER.lean,
          shoulders: shoulders + share * TRACKER.shoulders,
          hang,
        };
        out.push(performStarter(name, rng, { way, side, rate, rest: REST, share, carriage }));
      }
  return out;
}
