// A heart through JSON and back. What is read is checked whole before it is believed, so that a file somebody changed fails with
// a sentence and not with a strange feeling.

import { storedReader } from "../stored.ts";
import { EMOTION_NAMES, STRONGEST, checkHappening, goodnessOf } from "./appraisal.ts";
import { MOST_OTHERS } from "./company.ts";
import { MOST_TURN } from "./display.ts";
import { type Heart, createHeart } from "./heart.ts";
import { PRIOR_VARIANCE } from "./others.ts";
import { TEMPERAMENT_LIMITS, temperament } from "./temperament.ts";
import { type Happening, STRATEGIES } from "./types.ts";

/** Goes up whenever an older heart could not be read as it is. */
export const HEART_VERSION = 1;

/** Nothing is better or worse than the best and the worst there are against the opposite expectation. */
const MOST_GOODNESS = -goodnessOf(-1, 1);

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
  const { others, episodes, core } = record(file.heart, "heart") as unknown as Heart;
  const { sources } = record(core, "heart.core") as unknown as Heart["core"];
  for (const [name, list] of Object.entries({ others, episodes, sources })) {
    if (!Array.isArray(list)) throw wrong(`${name} is no list`);
    list.forEach((each, i) => record(each, `${name}[${i}]`));
  }
  if (sources.length < example.core.sources.length || others.length > MOST_OTHERS)
    throw wrong(`there are ${sources.length} sources and ${others.length} others`);
  const count = 2 * sources.length;
  for (const name of ["parts", "flow", "drive"] as const) example.core[name] = new Float64Array(count);
  const heart = like(example, file.heart, "heart") as Heart;
  try {
    heart.temperament = temperament(heart.temperament);
  } catch (error) {
    throw wrong((error as Error).message);
  }
  if (!Number.isSafeInteger(heart.seed)) throw wrong(`seed is ${heart.seed}, wanted a whole number`);
  if (!STRATEGIES.includes(heart.regulation.strategy)) throw wrong(`no strategy "${heart.regulation.strategy}"`);
  heart.core.sources = sources.map(({ source, whose }, i) => {
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
  estimate: { valence: 0, arousal: 0, variance: 0, arousalVariance: 0 },
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

/** What numbers may be, by where they are; those not named may be any number. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  "heart.noise": [0, 4294967295],
  "heart.sigma": [0, 1],
  "heart.autonomic": [0, 1],
  "heart.time": [0, Infinity],
  "heart.late": [0, Infinity],
  "heart.emotions": [0, 1],
  "heart.core.valence": [-1, 1],
  "heart.core.arousal": [-1, 1],
  "heart.core.mood.valence": [-1, 1],
  "heart.core.mood.arousal": [-1, 1],
  "heart.display.x": [-MOST_TURN, MOST_TURN],
  "heart.display.own": [-MOST_TURN, MOST_TURN],
  "heart.display.shown": [0, Infinity],
  "heart.display.rule": [-10, 10],
  "heart.regulation.since": [0, Infinity],
  "heart.regulation.appraisal": [0, 2],
  "heart.regulation.expression": [0, 2],
  "heart.regulation.autonomic": [0, 2],
  "heart.regulation.distress": [0, 2],
  "heart.regulation.strain": [0, 1],
  "heart.regulation.calm": [-1, 1],
  "heart.regulation.resource": [0, 1],
  "others.relation.affiliation": [-1, 1],
  "others.relation.closeness": [0, 1],
  "others.relation.similarity": [0, 1],
  "others.relation.competition": [0, 1],
  "others.estimate.valence": [-1, 1],
  "others.estimate.arousal": [-1, 1],
  "others.estimate.variance": [0, PRIOR_VARIANCE],
  "others.estimate.arousalVariance": [0, PRIOR_VARIANCE],
  "others.unseen": [-1, Infinity],
  "others.antagonistic": [0, 1],
  "others.gate": [0, 1],
  "others.distinction": [0, 1],
  "others.concern": [0, 1],
  "others.distress": [0, 1],
  "others.strain": [0, 1],
  "episodes.relation.affiliation": [-1, 1],
  "episodes.relation.closeness": [0, 1],
  "episodes.relation.similarity": [0, 1],
  "episodes.relation.competition": [0, 1],
  "episodes.perspective": [0, TEMPERAMENT_LIMITS.perspectiveTaking[1]],
  "episodes.expected": [-1, 1],
  "episodes.valence": [-STRONGEST, STRONGEST],
  "episodes.arousal": [-STRONGEST, STRONGEST],
  "episodes.goodness": [-MOST_GOODNESS, MOST_GOODNESS],
  "episodes.strength": [0, 1],
};

/** A copy of `value` if it is made as `example` is, with numbers in their ranges; lists are left as the example has them. */
function like(example: unknown, value: unknown, where: string): unknown {
  if (example instanceof Float64Array || example instanceof Uint32Array) {
    if (!Array.isArray(value) || value.length !== example.length || !value.every(Number.isFinite))
      throw wrong(`${where} is no list of ${example.length} numbers`);
    for (const each of value) within(each as number, where);
    return example instanceof Uint32Array ? Uint32Array.from(value) : Float64Array.from(value);
  }
  if (Array.isArray(example)) return example;
  if (typeof example === "object" && example !== null) {
    const given = record(value, where);
    return Object.fromEntries(
      Object.entries(example).map(([key, each]) => [key, like(each, given[key], `${where}.${key}`)]),
    );
  }
  if (typeof value !== typeof example || (typeof value === "number" && !Number.isFinite(value)))
    throw wrong(`${where} is ${String(value)}, wanted a ${typeof example}`);
  if (typeof value === "number") within(value, where);
  return value;
}

/** A last digit beyond is rounding. */
function within(value: number, where: string): void {
  const [least, most] = RANGES[where.replace(/\[\d+\]/g, "")] ?? ANY;
  if (!(value >= least - 1e-9 && value <= most + 1e-9))
    throw wrong(`${where} is ${value}, wanted a number from ${least} to ${most}`);
}
const ANY = [-Infinity, Infinity] as const;

function listed(value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Uint32Array) return Array.from(value);
  if (Array.isArray(value)) return value.map(listed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, listed(each)]));
}

const { record } = storedReader("loadHeart");

function wrong(what: string): RangeError {
  return new RangeError(`loadHeart: ${what}`);
}
