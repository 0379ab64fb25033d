// What a caller may ask of a performance, as facts about an act's weights, and how probable each way of doing the
// act makes them.

import { type Act, type Variant, deviationRows, durationOf, durationSpread } from "./act.ts";
import { BASIS, basisAt, basisSlopeAt } from "./basis.ts";
import { type Conditioned, type Row, chiSquare99, condition, distanceAlone } from "./condition.ts";

/** Where, or how fast, the body is to be at a phase. */
export interface Condition {
  /** 0 at the start of the act, 1 at its end. */
  phase: number;
  /** [D]; NaN where anything goes. In the act's units, or units per second for a velocity. */
  values: ArrayLike<number>;
  velocity?: boolean;
  /** Standard deviation that is good enough, same units; default 0. */
  noise?: number;
  /** What warnings call it; default "the condition at phase ...". */
  label?: string;
}

/**
 * The facts behind conditions. A velocity is per second, so it depends on the duration.
 *
 * @param D dimensions of the act
 * @throws RangeError for a phase outside 0..1, a wrong number of values, an infinite value or a negative noise
 */
export function rowsOf(conditions: readonly Condition[], D: number, duration: number): Row[] {
  return conditions.flatMap((c) => rowsOfOne(c, D, duration));
}

/**
 * Log density of the conditions under one way of doing the act.
 *
 * @param duration s; default the variant's most probable
 */
export function logEvidence(
  variant: Variant,
  conditions: readonly Condition[],
  duration = durationOf(variant),
): number {
  return condition(variant, rowsOf(conditions, variant.known.length, duration)).logEvidence;
}

/**
 * Index of the variant under which conditions times number of demonstrations are most probable. Only dimensions that
 * every variant knows count, so that all are judged by the same facts.
 *
 * @throws RangeError if the act has no variant
 */
export function chooseVariant(act: Act, conditions: readonly Condition[], duration?: number): number {
  const { variants } = act;
  if (variants.length === 0) throw new RangeError(`act "${act.name}" is not known yet: show it at least once`);
  if (variants.length === 1) return 0;
  const shared = conditions.map((c) => ({
    ...c,
    values: Float64Array.from(c.values, (v, d) => (variants.every((variant) => variant.known[d]) ? v : NaN)),
  }));
  let best = -Infinity,
    choice = 0;
  variants.forEach((variant, i) => {
    const score = Math.log(variant.n) + logEvidence(variant, shared, duration ?? durationOf(variant));
    if (score > best) [best, choice] = [score, i];
  });
  return choice;
}

/**
 * One line for everything asked that lies beyond 99 % of what the variant expects. It is still performed.
 *
 * @param given the variant conditioned on the rows of these conditions, in their order
 */
export function warningsFor(
  variant: Variant,
  conditions: readonly Condition[],
  given: Conditioned,
  duration: number,
): string[] {
  const out: string[] = [];
  const check = (label: string, distance2: number, m: number): void => {
    const limit = chiSquare99(m);
    if (distance2 > limit)
      out.push(
        `outside what I have learned: ${label} (Mahalanobis^2 ${brief(distance2)}, expected below ${brief(limit)})`,
      );
  };
  let from = 0;
  for (const c of conditions) {
    const to = from + countAsked(c);
    if (to > from) check(labelOf(c), distanceAlone(given, variant.mu, from, to), to - from);
    from = to;
  }
  if (out.length === 0 && conditions.length > 1 && from > 0) check("the conditions together", given.distance2, from);
  const expected = durationOf(variant),
    factor = Math.exp(2.576 * durationSpread(variant));
  if (duration > expected * factor || duration < expected / factor)
    out.push(
      `outside what I have learned: a duration of ${brief(duration)} s (expected ${brief(expected / factor)} to ${brief(expected * factor)} s)`,
    );
  return out;
}

/** Prior variance of b'w in dimension d, b as the basis gives it. */
export function marginalVariance(
  variant: Variant,
  d: number,
  b: Float64Array,
  smooth: number,
  shrink: { prior: number; scatter: number },
): number {
  let s = 0;
  const rows = deviationRows(variant),
    size = variant.mu.length;
  for (let r = 0; r < rows; r++) {
    let x = 0;
    const at = r * size + d * BASIS;
    for (let i = 0; i < BASIS; i++) x += variant.deviations[at + i] * b[i];
    s += x * x;
  }
  return shrink.prior * variant.prior[d] * smooth + shrink.scatter * s;
}

function rowsOfOne(c: Condition, D: number, duration: number): Row[] {
  const label = labelOf(c),
    sd = c.noise ?? 0;
  if (!(c.phase >= 0 && c.phase <= 1)) throw new RangeError(`${label}: phase must lie in 0..1`);
  if (c.values.length !== D) throw new RangeError(`${label}: ${c.values.length} values, the act has ${D} dimensions`);
  if (!(sd >= 0 && sd < Infinity)) throw new RangeError(`${label}: noise is ${sd}, expected a standard deviation >= 0`);
  const b = new Float64Array(BASIS);
  if (c.velocity) {
    basisSlopeAt(c.phase, b);
    for (let i = 0; i < BASIS; i++) b[i] /= duration;
  } else basisAt(c.phase, b);
  const rows: Row[] = [];
  for (let d = 0; d < D; d++) {
    const target = c.values[d];
    if (Number.isNaN(target)) continue;
    if (!Number.isFinite(target))
      throw new RangeError(`${label}: dimension ${d} is ${target}, use NaN to leave it free`);
    rows.push({ at: d * BASIS, b, target, noise: sd * sd });
  }
  return rows;
}

function countAsked(c: Condition): number {
  let n = 0;
  for (let d = 0; d < c.values.length; d++) if (!Number.isNaN(c.values[d])) n++;
  return n;
}

function labelOf(c: Condition): string {
  return c.label ?? `the ${c.velocity ? "velocity" : "condition"} at phase ${brief(c.phase)}`;
}

function brief(x: number): string {
  return String(Number(x.toPrecision(3)));
}
