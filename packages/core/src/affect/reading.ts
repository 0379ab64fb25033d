// Reading a face: from what is seen of it to a distribution over expressions and an estimate of core affect with its
// precision. It says what a face looks like, not what is felt: a prototypical face comes with the reported feeling in one
// case of eight, r = .30 in intensity (Durán & Fernández-Dols 2021, doi:10.1037/emo0001015) [V].

import { visageOf } from "../body/visage.ts";
import { FACE_VALENCE } from "./display.ts";
import { EXPRESSIONS } from "./expressions.ts";
import { FEATURES, FEATURE_NAMES, LOPSIDED, UNIT_NUMBERS, featureOfUnit, featuresOf } from "./features.ts";
import { type LinearScores, type MarginalScratch, createMarginal, look, marginalSoftmax } from "./marginal.ts";
import type { Reading } from "./types.ts";
import { AGAINST_NEUTRAL, BASIC, READ, READING_RULES, SHARPNESS, USUAL } from "./weights.ts";

/** A reading and what it takes to renew it. Plain data. */
export interface FaceReading extends Reading {
  /** Scores of those of READ that are in question. */
  readonly scores: LinearScores;
  /** Their places in READ. */
  readonly among: readonly number[];
  readonly scratch: MarginalScratch;
  readonly value: Float64Array;
  readonly weight: Float64Array;
  readonly guess: Float64Array;
  readonly partly: Float64Array;
}

/** Less than this share of what tells faces apart, and nothing is said. [D] */
export const CANNOT_SEE = 0.2;

/** A unit at rest is within this of 0; a unit that moves is about so far, so widely. [D] */
const REST_SD = 0.12;
const MOVED = { mean: 0.6, sd: 0.35 };
/** How turned a head is by chance, rad. [D] */
const TURN_SD = 0.12;
/** How often the expressions beyond the basic ones are met, relative to those, where that alone decides. [D] */
const SELDOM = 0.1;
const RARE = 0.03;
/** Density of a measurement that fits nothing; it also keeps the product of all well above 0. [D] */
const FLUKE = 1e-6;

/** Spread of core affect within one expression, and around what the units alone say of valence (r = .80) [M]. */
const WITHIN_SD = 0.25;
const UNITS_SD = 0.35;

/** Valence of a face by its units, whatever its expression. */
const VALENCE_TERMS = Object.entries(FACE_VALENCE).map(([unit, w]) => ({
  at: featureOfUnit(Number(unit.slice(2))),
  w,
}));
const VALENCE_POWER = VALENCE_TERMS.reduce((sum, { w }) => sum + w * w, 0);

const FELT = READ.map(
  (name) => EXPRESSIONS.find((expression) => expression.name === name) ?? { valence: 0, arousal: 0 },
);
/** Lips stretched tell fear from surprise; where they are hardly seen, half of what looks like surprise is fear [M]. */
const STRETCH = featureOfUnit(20);
const FEAR = READ.indexOf("fear"),
  SURPRISE = READ.indexOf("surprise"),
  NEUTRAL = READ.indexOf("neutral");

/** Share of what tells the basic expressions apart that each unit carries: how often it moves x how much its weights differ. */
const CARRIES = Float64Array.from({ length: FEATURES }, (_, f) => {
  if (f >= LOPSIDED || UNIT_NUMBERS[f] === 11) return 0;
  const weights = BASIC.map((name) => READING_RULES[name].units[UNIT_NUMBERS[f]] ?? 0),
    mean = weights.reduce((a, b) => a + b, 0) / weights.length;
  const often = BASIC.reduce((sum, name) => sum + (USUAL[name][UNIT_NUMBERS[f]] ?? 0), 0) / BASIC.length;
  return often * Math.sqrt(weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length);
});
const CARRIED = CARRIES.reduce((a, b) => a + b, 0);

/**
 * A reading of nothing yet.
 *
 * @param among what is in question, names of READ; default all. The others keep probability 0.
 * @throws RangeError for a name that is not in READ
 */
export function createReading(among: readonly string[] = READ): FaceReading {
  const places = among.map((name) => {
    const at = READ.indexOf(name);
    if (at < 0) throw new RangeError(`createReading: no expression "${name}"; there are ${READ.join(", ")}`);
    return at;
  });
  if (places.length === 0) throw new RangeError("createReading: no names came, some of READ were wanted");
  const scores = ruleScores(among);
  const out: FaceReading = {
    probability: new Float64Array(READ.length),
    valence: 0,
    arousal: 0,
    precision: 0,
    seen: 0,
    cannotSee: true,
    startled: false,
    scores,
    among: places,
    scratch: createMarginal(scores),
    value: new Float64Array(FEATURES),
    weight: new Float64Array(FEATURES),
    guess: new Float64Array(among.length),
    partly: new Float64Array(among.length),
  };
  readFeatures(out.value, out.weight, out);
  return out;
}

/**
 * Reads a face.
 *
 * @param visage [VISAGE], relative to the person's own rest: units 0..1, turns in rad; NaN what was not seen
 * @param trust [VISAGE] or only the units, 0..1: how well each was seen; 0 is as good as NaN
 */
export function readVisage(visage: ArrayLike<number>, trust: ArrayLike<number> | undefined, out: FaceReading): void {
  featuresOf(visage, trust, out.value, out.weight);
  readFeatures(out.value, out.weight, out);
}

/**
 * Reads features, as `featuresOf` or a table of units gives them.
 *
 * @param value [FEATURES]
 * @param weight [FEATURES], 0..1: how well each was seen
 */
export function readFeatures(value: Float64Array, weight: Float64Array, out: FaceReading): void {
  const { scores, among, partly, guess } = out;
  if (!look(scores, out.scratch, weight)) guessFrom(scores.usual, among, value, weight, guess);
  marginalSoftmax(scores, out.scratch, value, weight, guess, strengthOf(value, weight), SHARPNESS, partly);
  out.probability.fill(0);
  for (let c = 0; c < among.length; c++) out.probability[among[c]] = partly[c];
  let seen = 0;
  for (let f = 0; f < LOPSIDED; f++) seen += CARRIES[f] * weight[f];
  out.seen = Math.min(1, seen / CARRIED);
  estimate(value, weight, out);
}

/** What `out.probability` and `out.seen` say of core affect, and whether they say anything; the units' own word is added. */
export function estimate(value: ArrayLike<number>, weight: ArrayLike<number>, out: Reading): void {
  const { probability, seen } = out;
  let valence = 0,
    arousal = 0,
    square = 0;
  for (let r = 0; r < probability.length; r++) {
    const { valence: v, arousal: a } = FELT[r];
    valence += probability[r] * v;
    arousal += probability[r] * a;
    square += probability[r] * v * v;
  }
  let byUnits = 0,
    power = 0;
  for (let k = 0; k < VALENCE_TERMS.length; k++) {
    const { at, w } = VALENCE_TERMS[k];
    if (!(weight[at] > 0)) continue;
    byUnits += w * weight[at] * value[at];
    power += w * w * weight[at];
  }
  const ofNames = seen / (WITHIN_SD * WITHIN_SD + Math.max(0, square - valence * valence)),
    ofUnits = power / VALENCE_POWER / (UNITS_SD * UNITS_SD);
  // One part of "nothing in particular" keeps a face that is hardly seen from meaning anything.
  out.precision = ofNames + ofUnits;
  out.valence = (ofNames * valence + ofUnits * byUnits) / (1 + out.precision);
  out.arousal = (ofNames * arousal) / (1 + ofNames);
  out.cannotSee = seen < CANNOT_SEE;
  out.startled = !out.cannotSee && (startledBy(probability) || (startle(probability) && weight[STRETCH] < 0.5));
}

/** Fear and surprise are likelier than all else together, and neither is twice as likely as the other. [READ] */
export function startledBy(probability: ArrayLike<number>): boolean {
  const fear = probability[FEAR],
    surprise = probability[SURPRISE];
  return startle(probability) && Math.max(fear, surprise) < 2 * Math.min(fear, surprise);
}

function startle(probability: ArrayLike<number>): boolean {
  return probability[FEAR] + probability[SURPRISE] > 0.5;
}

/** The place in READ of what is likeliest. */
export function likeliest({ probability }: Pick<Reading, "probability">): number {
  let best = 0;
  for (let r = 1; r < probability.length; r++) if (probability[r] > probability[best]) best = r;
  return best;
}

/** What to say of a reading. @param whose "your", or a name with 's */
export function readingWords(reading: Reading, whose = "your"): string {
  if (reading.cannotSee) return `I cannot see ${whose} face well enough`;
  if (reading.startled) return `${whose} face looks startled (fear or surprise)`;
  const first = likeliest(reading),
    { probability } = reading;
  let second = first === 0 ? 1 : 0;
  for (let r = 0; r < probability.length; r++) if (r !== first && probability[r] > probability[second]) second = r;
  const likeOne = (r: number) => (r === NEUTRAL ? "nothing in particular" : READ[r]);
  if (probability[first] < 0.35) return `I cannot tell what ${whose} face looks like`;
  if (probability[first] < 1.5 * probability[second])
    return `${whose} face looks like ${likeOne(first)} or ${likeOne(second)}`;
  return first === NEUTRAL ? `${whose} face looks neutral` : `${whose} face looks like ${READ[first]}`;
}

/** The rule's scores of these names. */
export function ruleScores(among: readonly string[]): LinearScores {
  const C = among.length,
    weights = new Float64Array(C * FEATURES),
    usual = new Float64Array(C * FEATURES);
  among.forEach((name, c) => {
    const { units, turns = {} } = READING_RULES[name];
    const row = weights.subarray(c * FEATURES, (c + 1) * FEATURES);
    if (name === "neutral") row.fill(-AGAINST_NEUTRAL, 0, LOPSIDED);
    for (const [unit, weight] of Object.entries(units)) row[featureOfUnit(Number(unit))] = weight;
    for (const [turn, weight] of Object.entries(turns)) row[FEATURE_NAMES.indexOf(turn)] = weight;
    usual.set(usualOf(name), c * FEATURES);
  });
  weights.forEach((_, k) => {
    if (UNIT_NUMBERS[k % FEATURES] === 11 && among[Math.floor(k / FEATURES)] === "neutral") weights[k] = 0;
  });
  return {
    classes: C,
    features: FEATURES,
    weights,
    bias: Float64Array.from(among, (name) => READING_RULES[name].bias),
    usual,
  };
}

/** What each feature usually is in an expression, [FEATURES]. */
function usualOf(name: string): Float64Array {
  const out = new Float64Array(FEATURES),
    expression = EXPRESSIONS.find((known) => known.name === name);
  if (expression) featuresOf(visageOf(expression), undefined, out, new Float64Array(FEATURES));
  const listed = Object.hasOwn(USUAL, name) ? USUAL[name as keyof typeof USUAL] : undefined;
  if (listed) {
    out.fill(0, 0, LOPSIDED);
    for (const [unit, often] of Object.entries(listed)) out[featureOfUnit(Number(unit))] = often;
  }
  // Almost any unit goes with almost anything now and then; 11 is so rare that a face without it coded is a whole face.
  for (let f = 0; f < LOPSIDED; f++)
    out[f] = UNIT_NUMBERS[f] === 11 ? 0 : Math.min(0.95, Math.max(name === "neutral" ? RARE / 2 : RARE, out[f]));
  return out;
}

/** p(e | what is seen): each unit at rest or moved, as often as it is in e; turns as far as e turns. */
function guessFrom(
  usual: Float64Array,
  among: readonly number[],
  value: Float64Array,
  weight: Float64Array,
  guess: Float64Array,
): void {
  const C = among.length;
  for (let c = 0; c < C; c++) guess[c] = isBasic(among[c]) ? 1 : SELDOM;
  for (let f = 0; f < FEATURES; f++) {
    const t = weight[f];
    if (!(t > 0)) continue;
    const x = value[f];
    // What is seen badly is with so much chance not that.
    if (f > LOPSIDED) {
      for (let c = 0; c < C; c++) {
        const goes = usual[c * FEATURES + f],
          off = x - goes;
        guess[c] *= t * Math.exp((-0.5 * off * off) / (TURN_SD * TURN_SD + 0.25 * goes * goes)) + (1 - t) * 0.5 + FLUKE;
      }
      continue;
    }
    const still = (2 / REST_SD) * Math.exp(-0.5 * (x / REST_SD) ** 2),
      moved = Math.exp(-0.5 * ((x - MOVED.mean) / MOVED.sd) ** 2) / MOVED.sd,
      either = (1 - t) * (0.2 * moved + 0.8 * still) + FLUKE;
    for (let c = 0; c < C; c++) {
      const often = usual[c * FEATURES + f];
      guess[c] *= t * (often * moved + (1 - often) * still) + either;
    }
  }
  let total = 0;
  for (let c = 0; c < C; c++) total += guess[c];
  for (let c = 0; c < C; c++) guess[c] /= total;
}

function isBasic(read: number): boolean {
  return read === NEUTRAL || (BASIC as readonly string[]).includes(READ[read]);
}

/** How strong what moves is, 0..1: what is hidden moves about as much. */
function strengthOf(value: Float64Array, weight: Float64Array): number {
  let sum = 1,
    square = 0.7;
  for (let f = 0; f < LOPSIDED; f++) {
    const x = weight[f] * value[f];
    sum += x;
    square += x * value[f];
  }
  return square / sum;
}
