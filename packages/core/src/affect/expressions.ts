// What expressions look like, as acts of the face: the units at their apex, how the head and the eyes go with them, how
// they come and go, and the core affect they belong to. Reading weights are elsewhere (weights.ts): an act is what one does,
// a weight is what tells it from others.
//
// Units of the six: mean grades of WSEFEP faces coded by people (Olszanowski et al. 2015, doi:10.3389/fpsyg.2014.01516), of
// 5. Others: Keltner & Cordaro 2017 (doi:10.1093/acprof:oso/9780190613501.003.0004) and Cordaro et al. 2018
// (doi:10.1037/emo0000302) for which units; pain: Prkachin & Solomon 2008 (doi:10.1016/j.pain.2008.04.010). Core affect of
// joy, sadness, anger, disgust, fear, embarrassment, shame and pride: Russell & Mehrabian 1977 [R]
// (doi:10.1016/0092-6566(77)90037-X); of all others by design [D], also where that table has the term: what a listener's face
// says of interest, confusion, boredom and contempt is milder than what people say who feel it. How strong the units of the
// others are, and how long they last, is by design [D].

/** What an expression does to whoever sees it (Hess & Fischer 2013, doi:10.1177/1088868312472607). */
export type Signal = "affiliative" | "antagonistic" | "appeasing" | "plea" | "other";

export interface Expression {
  readonly name: string;
  /** Action units at the apex, 0..1, by the names of FACE_UNITS or, for both sides, without the side. */
  readonly units: Readonly<Record<string, number>>;
  /** Angles at the apex, rad: pitch up, yaw to the own left, roll towards the own right shoulder; gaze relative to the head. */
  readonly head?: Readonly<Partial<Record<"pitch" | "yaw" | "roll", number>>>;
  readonly gaze?: Readonly<Partial<Record<"pitch" | "yaw", number>>>;
  /** s it takes to come, lasts and takes to go. */
  readonly onset: number;
  readonly apex: number;
  readonly offset: number;
  /** Core affect, -1..1. */
  readonly valence: number;
  readonly arousal: number;
  readonly signal: Signal;
  /** Movements that go up and down at the apex, times a second: laughter shakes. */
  readonly shakes?: number;
}

export const EXPRESSIONS: readonly Expression[] = [
  {
    name: "joy",
    units: { AU06: 0.75, AU12: 0.84, AU25: 0.73 },
    ...lasting(0.5, 1.6, 0.9),
    ...felt(0.76, 0.48),
    signal: "affiliative",
  },
  {
    name: "amusement",
    units: { AU06: 0.8, AU07: 0.35, AU12: 0.9, AU25: 0.7, AU26: 0.4 },
    head: { pitch: 0.1 },
    ...lasting(0.4, 1.8, 0.8),
    ...felt(0.7, 0.5),
    signal: "affiliative",
  },
  {
    name: "laughter",
    units: { AU06: 0.9, AU07: 0.5, AU12: 1, AU25: 0.95, AU26: 0.75, AU43: 0.3 },
    head: { pitch: 0.18 },
    ...lasting(0.3, 2, 0.9),
    ...felt(0.78, 0.75),
    signal: "affiliative",
    // Notes come every 210 ms (Provine & Yong 1991, doi:10.1111/j.1439-0310.1991.tb00295.x).
    shakes: 4.8,
  },
  {
    name: "sadness",
    units: { AU01: 0.44, AU04: 0.31, AU15: 0.49, AU17: 0.37 },
    head: { pitch: -0.12 },
    gaze: { pitch: -0.15 },
    ...lasting(0.9, 2.4, 1.4),
    ...felt(-0.63, -0.27),
    signal: "plea",
  },
  {
    name: "anger",
    units: { AU04: 0.61, AU07: 0.27, AU17: 0.57, AU23: 0.43, AU24: 0.49 },
    head: { pitch: -0.08 },
    ...lasting(0.5, 1.8, 1),
    ...felt(-0.51, 0.59),
    signal: "antagonistic",
  },
  {
    name: "disgust",
    units: { AU04: 0.23, AU07: 0.49, AU09: 0.81, AU17: 0.47 },
    head: { yaw: 0.1 },
    ...lasting(0.4, 1.4, 0.8),
    ...felt(-0.6, 0.35),
    signal: "antagonistic",
  },
  {
    name: "fear",
    units: { AU01: 0.7, AU02: 0.52, AU04: 0.25, AU05: 0.81, AU20: 0.43, AU25: 0.69 },
    head: { pitch: 0.05 },
    ...lasting(0.3, 1.4, 0.8),
    ...felt(-0.64, 0.6),
    signal: "plea",
  },
  {
    name: "surprise",
    units: { AU01: 0.71, AU02: 0.7, AU05: 0.75, AU25: 0.64, AU26: 0.47 },
    ...lasting(0.25, 0.9, 0.6),
    // Surprised is .40, .67 in Russell & Mehrabian; a startle says nothing of good or bad yet.
    ...felt(0.1, 0.67),
    signal: "other",
  },
  {
    name: "contempt",
    units: { AU14L: 0.8, AU12L: 0.3, AU17: 0.15 },
    head: { pitch: 0.1 },
    ...lasting(0.5, 1.5, 0.8),
    ...felt(-0.4, 0.2),
    signal: "antagonistic",
  },
  {
    name: "embarrassment",
    units: { AU07: 0.2, AU12: 0.4, AU24: 0.5 },
    head: { pitch: -0.22, yaw: 0.3 },
    gaze: { pitch: -0.35, yaw: 0.15 },
    ...lasting(0.7, 2.2, 1),
    ...felt(-0.46, 0.54),
    signal: "appeasing",
  },
  {
    name: "shame",
    units: { AU15: 0.25, AU43: 0.3 },
    head: { pitch: -0.42 },
    gaze: { pitch: -0.4 },
    ...lasting(1, 2.6, 1.4),
    ...felt(-0.57, 0.01),
    signal: "appeasing",
  },
  {
    name: "pride",
    units: { AU12: 0.4, AU06: 0.1 },
    head: { pitch: 0.3 },
    ...lasting(0.7, 2.2, 1),
    ...felt(0.77, 0.38),
    signal: "other",
  },
  {
    name: "interest",
    units: { AU01: 0.4, AU02: 0.4, AU12: 0.15 },
    head: { roll: 0.08 },
    ...lasting(0.5, 2, 0.9),
    ...felt(0.35, 0.35),
    signal: "affiliative",
  },
  {
    name: "confusion",
    units: { AU04: 0.6, AU07: 0.45, AU18: 0.2 },
    head: { roll: 0.22 },
    ...lasting(0.6, 2, 0.9),
    ...felt(-0.25, 0.2),
    signal: "other",
  },
  {
    name: "boredom",
    units: { AU43: 0.45, AU15: 0.1, AU26: 0.1 },
    head: { pitch: -0.1, roll: 0.15 },
    gaze: { pitch: 0.1, yaw: 0.4 },
    ...lasting(1, 3, 1.2),
    ...felt(-0.45, -0.62),
    signal: "other",
  },
  {
    name: "contentment",
    units: { AU12: 0.4, AU06: 0.2, AU43: 0.75 },
    head: { pitch: 0.05 },
    ...lasting(0.9, 2.8, 1.2),
    ...felt(0.65, -0.35),
    signal: "affiliative",
  },
  {
    name: "sympathy",
    units: { AU01: 0.55, AU04: 0.3, AU24: 0.2 },
    head: { roll: 0.16, pitch: -0.05 },
    ...lasting(0.7, 2.4, 1.1),
    ...felt(-0.2, -0.05),
    signal: "affiliative",
  },
  {
    name: "pain",
    units: { AU04: 0.7, AU06: 0.5, AU07: 0.7, AU09: 0.45, AU10: 0.5, AU20: 0.25, AU25: 0.4, AU43: 0.65 },
    head: { pitch: 0.08, yaw: 0.1 },
    ...lasting(0.35, 1.6, 1.1),
    ...felt(-0.7, 0.5),
    signal: "plea",
  },
  {
    name: "yawn",
    units: { AU25: 0.9, AU26: 0.9, AU27: 0.95, AU43: 0.7, AU17: 0.1 },
    head: { pitch: 0.15 },
    ...lasting(1.6, 2.2, 1.4),
    ...felt(0, -0.6),
    signal: "other",
  },
];

export const EXPRESSION_NAMES: readonly string[] = EXPRESSIONS.map(({ name }) => name);

/**
 * The expression of that name.
 *
 * @throws RangeError that lists the names
 */
export function expressionNamed(name: string): Expression {
  const found = EXPRESSIONS.find((expression) => expression.name === name);
  if (found) return found;
  throw new RangeError(`no expression "${name}"; there are ${EXPRESSION_NAMES.join(", ")}`);
}

function lasting(onset: number, apex: number, offset: number): Pick<Expression, "onset" | "apex" | "offset"> {
  return { onset, apex, offset };
}

function felt(valence: number, arousal: number): Pick<Expression, "valence" | "arousal"> {
  return { valence, arousal };
}
