// What happenings mean: one's own fortune, and another's, which is joy or sorrow for a friend and the reverse for a rival; and
// what one does not do, which embarrasses whoever sees it, whatever the doer's face shows. No mirror could do that.

import type { Fortune, Happening, Relation, Violation } from "./types.ts";

/** Strongest input to the own valence. [D] */
export const STRONGEST = 0.6;

/**
 * Coefficients of people's ratings of how happy a player is, 1..9, per $100: win, prediction error and its size
 * (affCog data, Ong, Zaki & Goodman 2015, doi:10.1016/j.cognition.2015.06.010); r .97 with the scenario means. [M]
 */
export const HAPPY = { even: 4.3, win: 4.31, error: 3.05, errorSize: -1.83 } as const;

/** Rating points from the middle of the scale to its end: turns ratings into goodness. */
const HALF_SCALE = 4;
/** Goodness per unit of prediction error where it is better and where it is worse than expected: losses count four times. */
export const BETTER = (HAPPY.error + HAPPY.errorSize) / HALF_SCALE;
export const WORSE = (HAPPY.error - HAPPY.errorSize) / HALF_SCALE;

/** How good a fortune is for whose it is; -1..1 are the ends of the rating scale, disappointed hopes go beyond. */
export function goodnessOf(outcome: number, expected: number): number {
  const error = outcome - expected;
  return (HAPPY.win / HALF_SCALE) * outcome + (error > 0 ? BETTER : WORSE) * error;
}

/**
 * How much of another's fortune is one's own, -.8..5: shared with those one likes, reversed for rivals one does not. [D]
 */
export function shareIn({ affiliation, competition }: Relation): number {
  const rivalry = affiliation < 0.3 ? 0.3 * competition : 0;
  return 0.5 * affiliation * (1 - competition) - rivalry;
}

interface EmotionKind {
  /** The expression it shows as. */
  readonly expression: string;
  /** Input to arousal per input to valence. [D, signs after the circumplex] */
  readonly arousal: number;
  /** Felt and not shown. */
  readonly hidden?: boolean;
  /** s it lasts when no more is heard of it. [D] */
  readonly tau: number;
}

/** Emotions that happenings bring. */
export const EMOTIONS = {
  joy: { expression: "joy", arousal: 0.6, tau: 15 },
  contentment: { expression: "contentment", arousal: -0.4, tau: 20 },
  relief: { expression: "contentment", arousal: -0.3, tau: 10 },
  pride: { expression: "pride", arousal: 0.5, tau: 15 },
  gratitude: { expression: "joy", arousal: 0.2, tau: 20 },
  hope: { expression: "interest", arousal: 0.4, tau: 20 },
  fear: { expression: "fear", arousal: 1, tau: 12 },
  sadness: { expression: "sadness", arousal: -0.4, tau: 25 },
  disappointment: { expression: "sadness", arousal: -0.1, tau: 15 },
  remorse: { expression: "shame", arousal: 0.1, tau: 20 },
  anger: { expression: "anger", arousal: 1.1, tau: 12 },
  surprise: { expression: "surprise", arousal: 1, tau: 2 },
  "shared joy": { expression: "joy", arousal: 0.5, tau: 12 },
  "sorry-for": { expression: "sympathy", arousal: 0.1, tau: 20 },
  envy: { expression: "contempt", arousal: 0.5, hidden: true, tau: 15 },
  resentment: { expression: "contempt", arousal: 0.6, hidden: true, tau: 15 },
  schadenfreude: { expression: "amusement", arousal: 0.4, hidden: true, tau: 10 },
  embarrassment: { expression: "embarrassment", arousal: 1.1, tau: 10 },
  shame: { expression: "shame", arousal: 0.2, tau: 25 },
  "vicarious embarrassment": { expression: "embarrassment", arousal: 0.9, tau: 8 },
  contempt: { expression: "contempt", arousal: 0.3, tau: 10 },
} as const satisfies Readonly<Record<string, EmotionKind>>;
export type EmotionName = keyof typeof EMOTIONS;
export const EMOTION_NAMES = Object.keys(EMOTIONS) as readonly EmotionName[];

export const isHidden = (emotion: EmotionName): boolean => (EMOTIONS[emotion] as EmotionKind).hidden === true;

/** What a happening does to who hears of it. */
export interface Appraised {
  readonly emotion: EmotionName;
  /** Input to the own valence and arousal, -.6...6 each, before temperament's reactivity and regulation. */
  readonly valence: number;
  readonly arousal: number;
  /** How good it is for whose it is; 0 for a violation. */
  readonly goodness: number;
  /** 0..1: how unexpected, beyond what is ordinary. */
  readonly surprise: number;
  /** A sentence. */
  readonly why: string;
}

/**
 * What a happening means.
 *
 * @param relation to whose it is; of no account for "self"
 * @param perspective gain on what is somebody else's
 * @param expected -1..1, what was thought to come where the happening does not say
 */
export function appraise(happening: Happening, relation: Relation, perspective: number, expected = 0): Appraised {
  checkHappening(happening);
  return happening.kind === "violation"
    ? appraiseViolation(happening, relation, perspective)
    : appraiseFortune(happening, relation, perspective, happening.expected ?? expected);
}

/** @throws RangeError that says what is wrong with it */
export function checkHappening(happening: Happening): void {
  if (typeof happening !== "object" || happening === null)
    throw new RangeError(`a happening is ${String(happening)}, wanted { kind: "fortune" or "violation", whose, ... }`);
  if (typeof happening.whose !== "string" || happening.whose === "")
    throw new RangeError(
      `a happening is of "${String(happening.whose)}", wanted the name of whom it happens to, or "self"`,
    );
  const bad = (what: string, value: unknown, wanted: string): RangeError =>
    new RangeError(`${happening.kind} of "${happening.whose}": ${what} is ${String(value)}, wanted ${wanted}`);
  if (happening.kind === "violation") {
    if (!inside(happening.degree, 0, 1)) throw bad("degree", happening.degree, "a number from 0 to 1");
    return;
  }
  const { outcome, expected = 0, chance = 1 } = happening;
  if (happening.kind !== "fortune")
    throw new RangeError(
      `a happening is of kind "${String((happening as Happening).kind)}", wanted fortune or violation`,
    );
  if (!inside(outcome, -1, 1)) throw bad("outcome", outcome, "a number from -1 to 1");
  if (!inside(expected, -1, 1)) throw bad("expected", expected, "a number from -1 to 1");
  if (!inside(chance, 0, 1)) throw bad("chance", chance, "a number from 0 to 1");
}

function appraiseFortune(fortune: Fortune, relation: Relation, perspective: number, expected: number): Appraised {
  const { whose, outcome, chance } = fortune;
  // A prospect is felt by its chance, against nothing: it is the expectation.
  const good = chance === undefined ? goodnessOf(outcome, expected) : chance * goodnessOf(outcome, 0);
  const own = whose === "self";
  const share = own ? 1 : perspective * shareIn(relation);
  const valence = STRONGEST * Math.tanh((share * good) / STRONGEST);
  const emotion = own ? ownEmotion(fortune, good, expected) : emotionFor(good, share, relation);
  const error = chance === undefined ? Math.abs(outcome - expected) : 0;
  return {
    emotion,
    valence,
    arousal: within(EMOTIONS[emotion].arousal * Math.abs(valence)),
    goodness: good,
    surprise: Math.max(0, Math.min(1, error - 0.8)),
    why: whyFortune(fortune, emotion, good, expected),
  };
}

function ownEmotion({ outcome, chance, by }: Fortune, good: number, expected: number): EmotionName {
  if (chance !== undefined) return good > 0 ? "hope" : "fear";
  if (good > 0) {
    if (expected < -0.2 && outcome <= 0.2) return "relief";
    if (by === "self") return "pride";
    if (by !== undefined) return "gratitude";
    return Math.abs(outcome - expected) < 0.2 ? "contentment" : "joy";
  }
  if (by === "self") return "remorse";
  if (by !== undefined) return "anger";
  return expected > 0.2 ? "disappointment" : "sadness";
}

function emotionFor(good: number, share: number, { competition }: Relation): EmotionName {
  if (good > 0) return share >= 0 ? "shared joy" : competition > 0.5 ? "envy" : "resentment";
  return share >= 0 ? "sorry-for" : "schadenfreude";
}

function appraiseViolation({ whose, degree }: Violation, relation: Relation, perspective: number): Appraised {
  const own = whose === "self";
  let emotion: EmotionName, valence: number, why: string;
  if (own) {
    emotion = degree > 0.6 ? "shame" : "embarrassment";
    valence = -0.5 * degree;
    why = "I did what one does not do";
  } else if (relation.affiliation < -0.2) {
    emotion = "contempt";
    valence = -0.3 * degree;
    why = `${whose}, whom I do not like, did what one does not do`;
  } else {
    emotion = "vicarious embarrassment";
    valence = -0.4 * degree * (0.5 + 0.5 * relation.closeness) * perspective;
    why = `${whose} did what one does not do, whether ${whose} minds or not`;
  }
  valence = within(valence);
  const arousal = within(EMOTIONS[emotion].arousal * Math.abs(valence));
  return { emotion, valence, arousal, goodness: 0, surprise: 0, why };
}

function whyFortune({ whose, chance, by }: Fortune, emotion: EmotionName, good: number, expected: number): string {
  const who = whose === "self" ? "I" : whose;
  const what = good >= 0 ? "well" : "badly";
  if (chance !== undefined) return `it may turn out ${what} for ${whose === "self" ? "me" : whose}`;
  const against =
    expected > 0.2 && good < 0 ? ", against hope" : expected < -0.2 && good > 0 ? ", and worse was feared" : "";
  const doer = by === undefined ? "" : by === "self" ? " by my own doing" : ` because of ${by}`;
  const rival =
    emotion === "envy" || emotion === "schadenfreude" || emotion === "resentment"
      ? ", whom I compete with or do not like"
      : "";
  return `${who} did ${what}${doer}${against}${rival}`;
}

function within(input: number): number {
  return Math.max(-STRONGEST, Math.min(STRONGEST, input));
}

function inside(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
