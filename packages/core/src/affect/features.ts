// What an expression is read from: action units by number, both sides together, how lopsided the mouth is, and how far
// head and eyes are turned. A table of units and a visage become the same features, so one reading serves both.

import { FACE_UNITS } from "../body/face.ts";
import { HEAD_AT } from "../body/visage.ts";

/** Units by number; AU11 (nasolabial furrow deepened) is in tables coded by people only. */
export const UNIT_NUMBERS = [
  1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 18, 20, 22, 23, 24, 25, 26, 27, 28, 34, 43,
] as const;

/** Units are 0..1; so is lopsided. Turns are rad: pitch is signed (up), the others are how far, to whichever side. */
export const FEATURE_NAMES: readonly string[] = [
  ...UNIT_NUMBERS.map((number) => `AU${String(number).padStart(2, "0")}`),
  "lopsided",
  "head.pitch",
  "head.yaw",
  "head.roll",
  "gaze.pitch",
  "gaze.yaw",
];
export const FEATURES = FEATURE_NAMES.length;
/** Where lopsided is; the turns follow it. */
export const LOPSIDED = UNIT_NUMBERS.length;

/** Farther than this head or eyes are turned to look at something, not to show something, rad. [D] */
const FARTHEST = 0.45;

/** The places of a unit in a visage, one or two. */
const PLACES: readonly (readonly number[])[] = UNIT_NUMBERS.map((number) =>
  FACE_UNITS.flatMap((unit, u) => (Number(unit.slice(2, 4)) === number ? [u] : [])),
);
/** Parts of a face that are hidden together: brow, eyes, and nose and mouth. */
export const FACE_PARTS: Readonly<Record<"brow" | "eye" | "mouth", readonly number[]>> = {
  brow: [1, 2, 4],
  eye: [5, 6, 7, 43],
  mouth: UNIT_NUMBERS.filter((number) => number > 7 && number !== 43),
};

/**
 * Closed eyes say how, not what: they count as far as one of these moves half as much, which go with closed eyes in a content
 * smile, in pain, in laughter and in a yawn. Alone they are sleep, or rest. [D]
 */
const CLOSED_WITH = [4, 9, 10, 12, 26, 27].map((number) => UNIT_NUMBERS.indexOf(number as 12)),
  HALF = 0.5,
  CLOSED = UNIT_NUMBERS.indexOf(43);

/** A mouth that is lopsided is so in one of these (Ekman & Friesen 1986, doi:10.1007/BF00992253). */
const UNEQUAL = [12, 14].map((number) => PLACES[UNIT_NUMBERS.indexOf(number as 12)]);

/** The place of a unit among the features, -1 for one that is not read. */
export function featureOfUnit(number: number): number {
  return UNIT_NUMBERS.indexOf(number as (typeof UNIT_NUMBERS)[number]);
}

/**
 * Which features a table of units coded by people tells of at all, [FEATURES], 1 or 0. Coders look for every unit, and
 * tables leave out those that never came: they are at rest. A whole part of the face without a column was not coded.
 *
 * @param units numbers of the table's columns
 */
export function toldByTable(units: readonly number[]): Float64Array {
  const out = new Float64Array(FEATURES);
  for (const part of Object.values(FACE_PARTS))
    if (part.some((number) => units.includes(number))) for (const number of part) out[featureOfUnit(number)] = 1;
  return out;
}

/**
 * A row of such a table as features.
 *
 * @param told as `toldByTable` has it
 * @param row by `units`, 0..1; NaN where missing, values outside of it count as the nearest; of several columns of one
 *   unit the largest counts
 * @param value, weight [FEATURES] as `featuresOf` writes them
 */
export function featuresOfRow(
  told: Float64Array,
  units: readonly number[],
  row: ArrayLike<number>,
  value: Float64Array,
  weight: Float64Array,
): void {
  value.fill(0);
  weight.set(told);
  for (let u = 0; u < units.length; u++) {
    const f = featureOfUnit(units[u]);
    if (f >= 0) weight[f] = 0;
  }
  for (let u = 0; u < units.length; u++) {
    const f = featureOfUnit(units[u]);
    if (f < 0 || !Number.isFinite(row[u])) continue;
    weight[f] = 1;
    value[f] = Math.max(value[f], Math.min(1, row[u]));
  }
  closedWith(value, weight);
}

/**
 * @param visage [VISAGE]; NaN what was not seen; units outside of 0..1 count as the nearest
 * @param trust [VISAGE] or shorter, 0..1: how well each was seen; what it leaves out was seen as well as can be
 * @param value [FEATURES]; 0 where nothing was seen
 * @param weight [FEATURES], 0..1: how well it was seen
 */
export function featuresOf(
  visage: ArrayLike<number>,
  trust: ArrayLike<number> | undefined,
  value: Float64Array,
  weight: Float64Array,
): void {
  for (let f = 0; f < LOPSIDED; f++) {
    const places = PLACES[f];
    let sum = 0,
      total = 0;
    for (let k = 0; k < places.length; k++) {
      const t = trustOf(visage, trust, places[k]);
      if (t > 0) sum += t * Math.min(1, Math.max(0, visage[places[k]]));
      total += t;
    }
    value[f] = total > 0 ? sum / total : 0;
    weight[f] = places.length > 0 ? total / places.length : 0;
  }
  closedWith(value, weight);
  let most = 0,
    least = 1;
  for (let k = 0; k < UNEQUAL.length; k++) {
    const [left, right] = UNEQUAL[k];
    const t = Math.min(trustOf(visage, trust, left), trustOf(visage, trust, right));
    least = Math.min(least, t);
    if (t > 0) most = Math.max(most, Math.abs(visage[left] - visage[right]));
  }
  value[LOPSIDED] = Math.min(1, most);
  weight[LOPSIDED] = least;
  for (let k = 0; k < 5; k++) {
    const t = trustOf(visage, trust, HEAD_AT + k),
      turn = t > 0 ? Math.min(FARTHEST, Math.max(-FARTHEST, visage[HEAD_AT + k])) : 0;
    // Pitch of head and of gaze are signed.
    value[LOPSIDED + 1 + k] = k === 0 || k === 3 ? turn : Math.abs(turn);
    weight[LOPSIDED + 1 + k] = t;
  }
}

function closedWith(value: Float64Array, weight: Float64Array): void {
  let most = 0;
  for (let k = 0; k < CLOSED_WITH.length; k++) {
    const f = CLOSED_WITH[k];
    if (weight[f] > 0 && value[f] > most) most = value[f];
  }
  value[CLOSED] = Math.min(value[CLOSED], most / HALF);
}

function trustOf(visage: ArrayLike<number>, trust: ArrayLike<number> | undefined, at: number): number {
  if (!Number.isFinite(visage[at])) return 0;
  if (trust === undefined || at >= trust.length) return 1;
  const t = trust[at];
  return t > 0 ? Math.min(1, t) : 0;
}
