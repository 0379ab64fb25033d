// Giving a mind a heart: a face of its own that knows the expressions, a temperament, and a table of answers.

import { createRestingFace } from "./affect/baseline.ts";
import { createFace } from "./affect/face-acts.ts";
import { createHeart, retune } from "./affect/heart.ts";
import { type SeenOther, createPercept } from "./affect/percept.ts";
import { createPostureImpression } from "./affect/posture-reading.ts";
import { createReading } from "./affect/reading.ts";
import type { Temperament } from "./affect/temperament.ts";
import { createVoiceBaseline, createVoiceImpression } from "./affect/voice-reading.ts";
import { READ } from "./affect/weights.ts";
import { VISAGE } from "./body/visage.ts";
import type { Empathy } from "./empathy.ts";
import { type Mind, createMind } from "./mind.ts";
import type { Repertoire } from "./repertoire/repertoire.ts";
import type { Policy } from "./social/policy.ts";
import { type Book, createBook } from "./social/relation.ts";
import { createScene } from "./social/scene.ts";
import { createSocial, setGains, setPolicy } from "./social/social-state.ts";

export interface HeartedOptions {
  readonly temperament?: Partial<Temperament>;
  /** Default the mind's. */
  readonly seed?: number;
  /** Expressions it knows; default EXPRESSIONS, practised now, which takes about a second. */
  readonly face?: Repertoire;
  /** How it answers; default POLICY. */
  readonly policy?: Policy;
  /** Who is who to it; default nobody is known. */
  readonly book?: Book;
  /** Whether it reads what others look like; default true. Switch it off where that is not agreed to or not allowed. */
  readonly reads?: boolean;
}

/** Changes the temperament of a heart that goes on feeling as it does; where the answers go by it, they change too. */
export function tune(empathy: Empathy, changes: Partial<Temperament>): void {
  retune(empathy.heart, changes);
  const { motorResonance, facialMimicry, perspectiveTaking } = empathy.heart.temperament;
  setGains(empathy.social, { motorResonance, facialMimicry, perspectiveTaking });
}

/** How one is disposed to whoever is watched; what is left out stays as it is. */
export interface Stance {
  /** How busy with oneself, 0..1. */
  readonly load?: number;
  /** -1 wants not to feel what they feel .. 1 wants to. */
  readonly motive?: number;
  /** Meets them with compassion. */
  readonly compassion?: boolean;
}

/** @throws RangeError for a number out of range */
export function setStance({ percept, other }: Empathy, { load, motive, compassion }: Stance): void {
  for (const [name, value, least] of [
    ["load", load, 0],
    ["motive", motive, -1],
  ] as const)
    if (value !== undefined && !(value >= least && value <= 1))
      throw new RangeError(`setStance: ${name} is ${value}, wanted a number from ${least} to 1`);
  if (load !== undefined) percept.load = load;
  if (motive !== undefined) other.motive = motive;
  if (compassion !== undefined) percept.compassion = compassion;
}

/**
 * Answers by another table from now on. Rows may wait for what the face was taught meanwhile.
 *
 * @throws RangeError for a table that makes no sense
 */
export function answerBy({ social, face }: Empathy, policy: Policy): void {
  setPolicy(
    social,
    policy,
    face.repertoire.acts.map(({ name }) => name),
  );
}

/**
 * Lets a mind feel with those it watches. From then on `step` does, and `moment(mind, ["feeling"])` says what and why.
 *
 * @throws RangeError for a temperament, a table or a repertoire that makes no sense
 */
export function giveHeart(mind: Mind, options: HeartedOptions = {}): Empathy {
  const { temperament = {}, seed = mind.spec.seed, reads = true, policy, book = createBook() } = options;
  const { rate } = mind.spec;
  if (options.face && options.face.body !== "face")
    throw new RangeError(
      `giveHeart: the repertoire is one of ${options.face.body}, wanted one of a face (createFace, teachExpressions)`,
    );
  const face = options.face ? createMind({ repertoire: options.face, rate, seed }) : createFace({ rate, seed });
  const heart = createHeart({ temperament, seed });
  const { motorResonance, facialMimicry, perspectiveTaking } = heart.temperament;
  const percept = createPercept();
  const other: SeenOther = { who: "you", reading: undefined, relation: undefined };
  const empathy: Empathy = {
    face,
    reads,
    heart,
    social: createSocial({
      seed,
      gains: { motorResonance, facialMimicry, perspectiveTaking },
      taught: face.repertoire.acts.map(({ name }) => name),
      ...(policy ? { policy } : {}),
    }),
    book,
    who: "you",
    header: undefined,
    absent: Infinity,
    met: NaN,
    familiar: [],
    passed: 0,
    happenings: [],
    percept,
    scene: createScene(),
    looks: createReading(),
    visage: new Float64Array(VISAGE).fill(NaN),
    rest: createRestingFace(),
    adapts: false,
    voice: createVoiceBaseline(),
    heard: createVoiceImpression(),
    posture: createPostureImpression(),
    other,
    acts: [],
    strain: 0,
    heldBack: 0,
    named: [],
    read: [],
    taughtAt: [],
    taught: new Float64Array(0),
    mirrored: new Float64Array(READ.length),
    offset: NaN,
  };
  mind.empathy = empathy;
  return empathy;
}
