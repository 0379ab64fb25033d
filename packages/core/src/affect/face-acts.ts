// Expressions as acts of the own face. They come, stay and go like any movement, are learned into a repertoire by doing
// them, and from then on the mirror that knows them is the one that knows waving.

import { VISAGE, visageOf } from "../body/visage.ts";
import { type Lesson, practiseSet } from "../lessons.ts";
import { type Mind, VISIBLE_FACE, createMind } from "../mind.ts";
import type { Demonstration } from "../repertoire/demonstration.ts";
import { type Rng, createRng, gaussian } from "../rng.ts";
import { EXPRESSIONS, type Expression } from "./expressions.ts";

/** How an expression is done this time. */
export interface Manner {
  /** Of the apex, 0..1.3; default 1. */
  readonly strength?: number;
  /** Faster above 1; default 1. */
  readonly tempo?: number;
  /** s the apex lasts, before tempo; default the expression's. */
  readonly apex?: number;
  /** Hz; default 20. */
  readonly rate?: number;
  /** s of rest before and after; default 0. */
  readonly rest?: number;
}

/** Share of the open mouth and of the head's turn that goes up and down while a face shakes. */
const SHAKE = 0.25;
const MOUTH = ["AU25", "AU26"];

/** An expression done once, values [T, VISAGE]: minimum jerk to the apex and back (Flash & Hogan 1985). */
export function performExpression(expression: Expression, manner: Manner = {}): Demonstration {
  const { strength = 1, tempo = 1, rate = 20, rest = 0, apex = expression.apex } = manner;
  if (!(rate > 0 && tempo > 0 && strength >= 0 && apex >= 0 && rest >= 0))
    throw new RangeError(
      `performExpression: strength ${strength}, tempo ${tempo}, apex ${apex} s, rest ${rest} s at ${rate} Hz came; none may be below 0, and tempo and rate not 0`,
    );
  const peak = visageOf(expression),
    mouth = visageOf({ name: expression.name, units: Object.fromEntries(MOUTH.map((unit) => [unit, SHAKE])) });
  const { onset, offset, shakes = 0 } = expression;
  const lasts = (onset + apex + offset) / tempo + 2 * rest;
  const T = Math.max(2, Math.round(lasts * rate) + 1);
  const times = Float64Array.from({ length: T }, (_, n) => n / rate);
  const values = new Float64Array(T * VISAGE);
  for (let n = 0; n < T; n++) {
    const t = (times[n] - rest) * tempo;
    const height = strength * Math.min(rise(t / onset), rise((onset + apex + offset - t) / offset));
    const swing = shakes > 0 ? height * Math.sin(2 * Math.PI * shakes * (t / tempo)) : 0;
    for (let d = 0; d < VISAGE; d++) {
      const value = height * peak[d] + swing * mouth[d];
      values[n * VISAGE + d] = d < VISAGE - 5 ? Math.min(1, Math.max(0, value)) : value;
    }
  }
  return { times, values };
}

/** As many ways to do it as people have: weaker and stronger, shorter and longer. */
export function examplesOfExpression(expression: Expression, examples: number, rng: Rng): Demonstration[] {
  return Array.from({ length: examples }, (_, e) =>
    performExpression(expression, {
      strength: examples > 1 ? 0.5 + (0.55 * e) / (examples - 1) : 0.8,
      tempo: Math.exp(0.15 * gaussian(rng)),
      apex: expression.apex * Math.exp(0.3 * gaussian(rng)),
    }),
  );
}

export interface FaceOptions {
  readonly rate?: number;
  readonly seed?: number;
  /** Default all of EXPRESSIONS. */
  readonly expressions?: readonly Expression[];
  /** Performances of each; default 3. */
  readonly examples?: number;
}

/** A mind whose body is a face, and that knows the expressions by doing them. */
export function createFace(options: FaceOptions = {}): Mind {
  const { rate = 30, seed = 1 } = options;
  const face = createMind({ body: VISIBLE_FACE, rate, seed });
  teachExpressions(face, options);
  return face;
}

/** Teaches a face expressions by practice. */
export function teachExpressions(face: Mind, options: FaceOptions = {}): Lesson[] {
  const { seed = 1, expressions = EXPRESSIONS, examples = 3 } = options;
  if (face.spec.body.kind !== "face")
    throw new RangeError(
      `teachExpressions: this mind has a body of kind "${face.spec.body.kind}"; expressions are done with a face`,
    );
  return practiseSet(
    face,
    expressions.map((expression) => ({
      name: expression.name,
      demos: examplesOfExpression(expression, examples, createRng(seed, `expressions/${expression.name}`)),
    })),
    { remember: false, maxVariants: 1 },
  );
}

function rise(share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return s * s * s * (10 - 15 * s + 6 * s * s);
}
