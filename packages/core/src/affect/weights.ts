// The reading table: how much each feature speaks for and against each expression. Data a person can read, edit and test.
//
// The six basic ones: signed weights written once from what tells them apart (AU4 and AU20 against surprise, AU27 against
// fear, AU1 against anger and disgust), .94-.95 right on people never seen [M]. The others are in the same form, by design
// [D]: which units, head and gaze make them as in EXPRESSIONS, how much so that each prototype reads as itself and a plain
// basic face still reads as the basic one; hence the low biases. Closed eyes (43) count only beside
// what else moves, see features.ts.

import { EXPRESSION_NAMES } from "./expressions.ts";

/** What can be read: the expressions, then "neutral". */
export const READ: readonly string[] = [...EXPRESSION_NAMES, "neutral"];

/** The six expressions that tables of faces name most. */
export const BASIC = ["joy", "sadness", "anger", "disgust", "fear", "surprise"] as const;

export interface ReadingRule {
  readonly bias: number;
  /** By action unit (its number), of a unit from 0 to 1. */
  readonly units: Readonly<Record<number, number>>;
  /** By "lopsided" (0..1) and the turns, a radian: see FEATURE_NAMES. */
  readonly turns?: Readonly<Record<string, number>>;
}

export const READING_RULES: Readonly<Record<string, ReadingRule>> = {
  joy: { bias: 0, units: { 12: 2.2, 6: 1, 4: -1, 15: -1, 9: -0.7, 20: -0.8, 10: -0.3, 1: -0.3 } },
  amusement: {
    bias: -1.45,
    units: { 12: 2.4, 26: 1.6, 7: 1.1, 6: 1, 43: -0.8, 1: -0.2 },
    turns: { "head.pitch": 4.5 },
  },
  laughter: { bias: -1.84, units: { 26: 2.3, 43: 2.3, 12: 2.1, 7: 1.4, 6: 0.7 }, turns: { "head.pitch": 6.3 } },
  sadness: {
    bias: 0,
    // prettier-ignore
    units: {
      15: 1.8, 1: 1.1, 17: 0.7, 4: 0.6, 11: 0.4,
      12: -1.6, 9: -1.2, 5: -0.8, 27: -0.8, 2: -0.8, 23: -0.7, 24: -0.7, 20: -0.7, 25: -0.5, 26: -0.4, 10: -0.4, 7: -0.2,
    },
  },
  anger: {
    bias: 0,
    // prettier-ignore
    units: {
      23: 1.5, 24: 1.2, 4: 1.1, 7: 0.7, 5: 0.5, 17: 0.5, 22: 0.5, 10: 0.1,
      1: -1.5, 9: -1.1, 12: -1, 2: -1, 20: -0.6, 15: -0.3, 27: -0.3,
    },
  },
  disgust: {
    bias: 0,
    // prettier-ignore
    units: {
      9: 2.3, 10: 1.5, 17: 0.3, 16: 0.3, 7: 0.2, 4: 0.2,
      1: -0.8, 5: -0.8, 2: -0.7, 12: -0.5, 24: -0.5, 23: -0.3, 20: -0.2,
    },
  },
  fear: {
    bias: -0.25,
    // prettier-ignore
    units: {
      20: 1.8, 1: 1, 5: 0.8, 4: 0.7, 2: 0.4, 25: 0.3,
      12: -1, 9: -1, 17: -0.6, 15: -0.4, 27: -0.4, 24: -0.4, 10: -0.3, 23: -0.3,
    },
  },
  surprise: {
    bias: 0,
    // prettier-ignore
    units: {
      27: 1.5, 2: 1.1, 5: 0.7, 26: 0.7, 1: 0.6, 25: 0.3,
      4: -1.5, 20: -1.4, 9: -0.8, 12: -0.7, 15: -0.7, 24: -0.6, 7: -0.5, 23: -0.4, 10: -0.3,
    },
  },
  contempt: { bias: -0.94, units: { 14: 0.9 }, turns: { lopsided: 5.2, "head.pitch": 1.8 } },
  embarrassment: {
    bias: -1.68,
    units: { 24: 1.6, 12: 0.8, 1: -0.2 },
    turns: { "head.yaw": 6.9, "head.pitch": -2.9, "gaze.pitch": -5.4, "gaze.yaw": 1.7 },
  },
  shame: { bias: -1.4, units: { 43: 0.3, 1: -0.7 }, turns: { "head.pitch": -8.1, "gaze.pitch": -5.7 } },
  pride: { bias: -0.97, units: { 12: 0.8, 25: -1.2, 1: -0.2 }, turns: { "head.pitch": 12.1 } },
  interest: {
    bias: -0.6,
    units: { 2: 2.1, 12: 1.4, 1: 0.9, 25: -2.4, 4: -1, 5: -1, 17: -1, 15: -0.4, 27: -0.3 },
    turns: { "head.roll": 3.4, "head.yaw": 1.8, "gaze.pitch": 0.5, "gaze.yaw": 0.5 },
  },
  confusion: {
    bias: -0.8,
    units: { 4: 1.5, 7: 1, 18: 0.4, 17: -1.8, 1: -1.4, 6: -0.7, 25: -0.6, 24: -0.3, 9: -0.2 },
    turns: { "head.roll": 7.7, "gaze.pitch": 0.2 },
  },
  boredom: { bias: -1.8, units: { 43: 1.2 }, turns: { "gaze.yaw": 12.5, "gaze.pitch": 3.8, "head.pitch": -3.8 } },
  contentment: {
    bias: -0.96,
    units: { 43: 5.4, 12: 1.4, 4: -2.5, 26: -2.5, 9: -2, 10: -2, 27: -2, 25: -1 },
    turns: { "head.pitch": 1 },
  },
  sympathy: {
    bias: -0.6,
    units: { 1: 2, 24: 1.1, 17: -1.6, 2: -1.5, 25: -1.4, 15: -0.6, 7: -0.3, 5: -0.2 },
    turns: { "head.roll": 5.7 },
  },
  pain: {
    bias: -1.24,
    units: { 43: 4.1, 10: 1.5, 9: 1, 4: 0.9, 7: 0.7, 6: 0.6, 17: -0.7, 26: -1.5, 27: -1.5 },
    turns: { "head.pitch": 1.7, "head.yaw": 0.4 },
  },
  yawn: { bias: -1.29, units: { 43: 2.8, 26: 2.4, 27: 2.1, 1: -0.3 }, turns: { "head.pitch": 2.7 } },
  // A still face is no weak expression of everything; each movement speaks against it a little.
  neutral: { bias: 0.9, units: {}, turns: {} },
};

/** What any unit's movement speaks against a neutral face. [D] */
export const AGAINST_NEUTRAL = 0.7;

/**
 * How sure a face makes: the factor of the scores before softmax. Between the best one for codes of posed faces degraded
 * from 0/1 to random grades with units missed and coded in error (3.0), and the best for faces drawn from the mean grades
 * in expressions.ts (3.5-4): neither trusts the sharpness of 0/1. [M]
 */
export const SHARPNESS = 3.3;

/**
 * How often a unit goes with a basic expression, 0..1, about half-way between two collections of faces coded by people, of
 * which CK+ is one: how well its faces are read with a part hidden is partly read off themselves. What is left out is rare. Of the others: as strong as it is in EXPRESSIONS, so often. It says what is to be expected of
 * a unit that cannot be seen, and nothing of those that can.
 */
export const USUAL: Readonly<Record<(typeof BASIC)[number], Readonly<Record<number, number>>>> = {
  joy: { 6: 0.95, 7: 0.05, 12: 0.95, 25: 0.95 },
  sadness: { 1: 0.75, 2: 0.12, 4: 0.65, 15: 0.75, 17: 0.75, 23: 0.05 },
  anger: { 4: 0.87, 5: 0.07, 6: 0.09, 7: 0.55, 14: 0.08, 17: 0.83, 23: 0.7, 24: 0.7 },
  disgust: { 4: 0.45, 6: 0.15, 7: 0.62, 9: 0.95, 10: 0.06, 17: 0.66, 24: 0.06, 25: 0.08 },
  fear: {
    1: 0.9,
    2: 0.56,
    4: 0.6,
    5: 0.82,
    6: 0.06,
    7: 0.12,
    10: 0.08,
    14: 0.1,
    16: 0.08,
    17: 0.06,
    20: 0.8,
    25: 0.93,
    26: 0.06,
  },
  surprise: { 1: 0.95, 2: 0.95, 5: 0.92, 25: 0.94, 26: 0.38, 27: 0.43 },
};
