// A heart through JSON and back. What is read is checked whole before it is believed, so that a file somebody changed fails with
// a sentence and not with a strange feeling.

import { EMOTION_NAMES, checkHappening } from "./appraisal.ts";
import { type Heart, createHeart } from "./heart.ts";
import { temperament } from "./temperament.ts";
import { type Happening, STRATEGIES } from "./types.ts";

/** Goes up whenever an older heart could not be read as it is. */
export const HEART_VERSION = 1;

/** JSON-able: typed arrays are lists of numbers. */
export interface SavedHeart {
  readonly kind: "heart";
  readonly version: number;
  readonly heart: unknown;
}

export function saveHeart(heart: Heart): SavedHeart {
  return { kind: "heart", version: HEART_VERSION, heart: listed(heart) };
}

/**
 * The heart that was saved; it goes on with the numbers that would have come.
 *
 * @throws RangeError in one sentence for whatever is no heart of this version
 */
export function loadHeart(saved: unknown): Heart {
  const file = saved as Partial<SavedHeart> | null;
  if (typeof file !== "object" || file === null || file.kind !== "heart") throw wrong("it is no saved heart");
  if (file.version !== HEART_VERSION)
    throw wrong(`it is of version ${String(file.version)}, wanted ${HEART_VERSION}; save it anew`);
  const example = createHeart();
  const { others, episodes, core } = file.heart as Heart;
  if (!Array.isArray(others) || !Array.isArray(episodes) || !Array.isArray(core?.sources))
    throw wrong("others, episodes or sources are no lists");
  const count = 2 * core.sources.length;
  for (const name of ["parts", "flow", "drive"] as const) example.core[name] = new Float64Array(count);
  const heart = like(example, file.heart, "heart") as Heart;
  heart.temperament = temperament(heart.temperament);
  if (!STRATEGIES.includes(heart.regulation.strategy)) throw wrong(`no strategy "${heart.regulation.strategy}"`);
  heart.core.sources = core.sources.map(({ source, whose }, i) => {
    if (i < 5 ? source !== example.core.sources[i].source : !(LATER.includes(source) && typeof whose === "string"))
      throw wrong(`source ${i} is "${String(source)}"`);
    return { source, whose: i < 5 ? undefined : whose };
  });
  heart.others = others.map((other, i) => {
    const made = like(OTHER, other, `others[${i}]`) as Heart["others"][number];
    const placed = (at: number, source: string): boolean =>
      heart.core.sources[at]?.source === source && heart.core.sources[at].whose === made.who;
    if (!placed(made.caught, "contagion") || !placed(made.appraised, "appraisal"))
      throw wrong(`the sources of "${made.who}" are not there`);
    return made;
  });
  heart.episodes = episodes.map((episode, i) => {
    const made = like(EPISODE, episode, `episodes[${i}]`) as Heart["episodes"][number];
    if (!EMOTION_NAMES.includes(made.emotion)) throw wrong(`no emotion "${made.emotion}"`);
    made.happening = { ...(episode.happening as Happening) };
    try {
      checkHappening(made.happening);
    } catch (error) {
      throw wrong((error as Error).message);
    }
    return made;
  });
  for (const [axis, name] of ["valence", "arousal"].entries()) {
    let sum = 0;
    for (let i = axis; i < count; i += 2) sum += heart.core.parts[i];
    if (!(Math.abs(sum - heart.core[name as "valence"]) < 1e-9) || Math.abs(sum) > 1)
      throw wrong(`the parts of ${name} sum to ${sum}, it is ${heart.core[name as "valence"]}`);
  }
  return heart;
}

const LATER: readonly unknown[] = ["contagion", "appraisal"];

/** What others and episodes are made of; values stand for their types. */
const RELATION = { affiliation: 0, closeness: 0, similarity: 0, competition: 0 };
const OTHER = {
  who: "",
  relation: RELATION,
  estimate: { valence: 0, arousal: 0, variance: 0 },
  unseen: 0,
  antagonistic: 0,
  gate: 0,
  distinction: 0,
  concern: 0,
  distress: 0,
  strain: 0,
  caught: 0,
  appraised: 0,
};
const EPISODE = {
  relation: RELATION,
  perspective: 0,
  whose: "",
  expected: 0,
  emotion: "",
  valence: 0,
  arousal: 0,
  goodness: 0,
  strength: 0,
  why: "",
};

/** A copy of `value` if it is made as `example` is; lists of the example are left as they are there. */
function like(example: unknown, value: unknown, where: string): unknown {
  if (example instanceof Float64Array || example instanceof Uint32Array) {
    if (!Array.isArray(value) || value.length !== example.length || !value.every(Number.isFinite))
      throw wrong(`${where} is no list of ${example.length} numbers`);
    return example instanceof Uint32Array ? Uint32Array.from(value) : Float64Array.from(value);
  }
  if (Array.isArray(example)) return example;
  if (typeof example === "object" && example !== null) {
    if (typeof value !== "object" || value === null) throw wrong(`${where} is missing`);
    return Object.fromEntries(
      Object.entries(example).map(([key, each]) => [
        key,
        like(each, (value as Record<string, unknown>)[key], `${where}.${key}`),
      ]),
    );
  }
  if (typeof value !== typeof example || (typeof value === "number" && !Number.isFinite(value)))
    throw wrong(`${where} is ${String(value)}, wanted a ${typeof example}`);
  return value;
}

function listed(value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Uint32Array) return Array.from(value);
  if (Array.isArray(value)) return value.map(listed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, listed(each)]));
}

function wrong(what: string): RangeError {
  return new RangeError(`loadHeart: ${what}`);
}
