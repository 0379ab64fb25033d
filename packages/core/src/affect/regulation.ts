// Ways to regulate, as one table of operators on what is felt, what shows and what the body does. Each constant names the
// published effect it was fitted to, or that it was fitted to none; `attune bench empathy` simulates the effects anew. Choice
// of situation comes before all of them; choice among them goes by how strong the feeling is and by company.
//
// Effects: Webb, Miles & Sheeran 2012, doi:10.1037/a0027600, whose signs say less of the emotion as positive. Strategies at
// the stages of Gross 1998, doi:10.1037/0022-3514.74.1.224.

import { goodnessOf } from "./appraisal.ts";
import { STRATEGIES, type Strategy } from "./types.ts";

export type Measure = "experience" | "behaviour" | "physiology";

/** A published effect: Cohen's d, above 0 where regulating lowers the emotion. */
export interface Target {
  readonly measure: Measure;
  readonly d: number;
  readonly of: string;
}

export interface Constant {
  readonly value: number;
  /** What it was fitted to; null where it is by design. [D] */
  readonly fitted: Target | null;
}

export interface Operator {
  /** Factor on appraisal's input to core affect and on what the emotions show. */
  readonly appraisal: Constant;
  /** Factor on what the own face shows. */
  readonly expression: Constant;
  /** Factor on the body's answer. */
  readonly autonomic: Constant;
  /** What it adds to the body's state. */
  readonly strain: Constant;
  /** Input to arousal. */
  readonly calm: Constant;
  /** Factor on personal distress. */
  readonly distress: Constant;
  /** Share of the resource used up a second. [D] */
  readonly cost: number;
}

const strategyOf = "Webb et al. 2012, the strategy";
const classOf = "Webb et al. 2012, cognitive change, mean of its strategies";

/** Onset, s after the instruction, and s from there to full effect. [D] */
export const ONSET = 3;
export const TAU_ONSET = 1;
/** s the resource takes to come back, and share of it below which effort flags. [D] */
export const TAU_RESOURCE = 600;
const FLAGS = 0.3;

const design = (value: number): Constant => ({ value, fitted: null });
const fitted = (value: number, measure: Measure, d: number, of: string = strategyOf): Constant => ({
  value,
  fitted: { measure, d, of },
});
const operator = (parts: Partial<Operator>): Operator => ({
  appraisal: design(1),
  expression: design(1),
  autonomic: design(1),
  strain: design(0),
  calm: design(0),
  distress: design(1),
  cost: 0,
  ...parts,
});

/**
 * What shows goes down and up with a power of what is felt. One constant for all strategies, fitted to the mean of the three
 * of cognitive change.
 */
export const FOLLOWS = fitted(2.1, "behaviour", 0.55, classOf);

/** A strategy that changes what is felt by this factor; what shows follows. */
const onAppraisal = (appraisal: Constant): Pick<Operator, "appraisal" | "expression"> => ({
  appraisal,
  expression: { value: appraisal.value ** FOLLOWS.value, fitted: null },
});

/** The table. "none" and "situation selection" leave a feeling that is there as it is. */
export const OPERATORS: Readonly<Record<Strategy, Operator>> = {
  none: operator({}),
  "situation selection": operator({}),
  distraction: operator({
    ...onAppraisal(fitted(0.868, "experience", 0.27)),
    autonomic: design(0.95),
    distress: design(0.6),
    cost: 0.0008,
  }),
  concentration: operator({
    ...onAppraisal(fitted(1.14, "experience", -0.26)),
    autonomic: design(1.05),
    distress: design(1.2),
    cost: 0.0008,
  }),
  "reappraise stimulus": operator({
    ...onAppraisal(fitted(0.823, "experience", 0.36)),
    distress: design(0.7),
    cost: 0.001,
  }),
  "perspective taking": operator({
    ...onAppraisal(fitted(0.78, "experience", 0.45)),
    distress: design(0.5),
    cost: 0.001,
  }),
  "reappraise response": operator({
    ...onAppraisal(fitted(0.885, "experience", 0.23)),
    distress: design(0.8),
    cost: 0.001,
  }),
  "suppress expression": operator({
    expression: fitted(0.4, "behaviour", 0.9, "Webb et al. 2012, suppression of expression"),
    strain: fitted(0.052, "physiology", -0.19, "Webb et al. 2012, response modulation"),
    cost: 0.002,
  }),
  "suppress experience": operator({ ...onAppraisal(fitted(1.02, "experience", -0.04)), cost: 0.002 }),
  "suppress thought": operator({
    ...onAppraisal(fitted(1.06, "experience", -0.12)),
    distress: design(1.1),
    cost: 0.002,
  }),
  acceptance: operator({ distress: design(0.75), cost: 0.0004 }),
  breathing: operator({ autonomic: design(0.85), calm: design(-0.12), distress: design(0.7), cost: 0.0002 }),
};

/** Plain data: what is being done, and how far it has taken hold. */
export interface Regulation {
  strategy: Strategy;
  why: string;
  /** s since it was taken up. */
  since: number;
  appraisal: number;
  expression: number;
  autonomic: number;
  strain: number;
  calm: number;
  distress: number;
  /** 1 fresh .. 0 spent. */
  resource: number;
}

export function createRegulation(): Regulation {
  return {
    strategy: "none",
    why: "nothing to regulate",
    since: 0,
    appraisal: 1,
    expression: 1,
    autonomic: 1,
    strain: 0,
    calm: 0,
    distress: 1,
    resource: 1,
  };
}

/** Takes up a strategy; what the last one did wears off. */
export function takeUp(regulation: Regulation, strategy: Strategy, why: string): void {
  if (regulation.strategy === strategy) return;
  if (!STRATEGIES.includes(strategy))
    throw new RangeError(`regulation: no strategy "${String(strategy)}"; there are ${STRATEGIES.join(", ")}`);
  regulation.strategy = strategy;
  regulation.why = why;
  regulation.since = 0;
}

/**
 * One step towards what the strategy does at this effort.
 *
 * @param effort 0 none, 1 as people do when told to: factors are raised to it, strain is multiplied by it
 */
export function stepRegulation(regulation: Regulation, effort: number, dt: number): void {
  const does = OPERATORS[regulation.strategy];
  const before = Math.min(dt, Math.max(0, ONSET - regulation.since));
  regulation.since += dt;
  const force = effort * Math.min(1, regulation.resource / FLAGS);
  approach(regulation, OPERATORS.none, 0, before);
  approach(regulation, does, force, dt - before);
  const spent = does.cost * effort;
  // Recovery against a constant drain, exact.
  const rest = Math.max(0, 1 - spent * TAU_RESOURCE);
  regulation.resource = rest + (regulation.resource - rest) * Math.exp(-dt / TAU_RESOURCE);
}

function approach(
  regulation: Regulation,
  { appraisal, expression, autonomic, strain, calm, distress }: Operator,
  force: number,
  dt: number,
): void {
  if (dt <= 0) return;
  const share = -Math.expm1(-dt / TAU_ONSET);
  regulation.appraisal += (appraisal.value ** force - regulation.appraisal) * share;
  regulation.expression += (expression.value ** force - regulation.expression) * share;
  regulation.autonomic += (autonomic.value ** force - regulation.autonomic) * share;
  regulation.distress += (distress.value ** force - regulation.distress) * share;
  regulation.strain += (strain.value * force - regulation.strain) * share;
  regulation.calm += (calm.value * force - regulation.calm) * share;
}

export interface Choosing {
  /** Strength of what is felt about happenings, 0..1. */
  readonly intensity: number;
  /** Personal distress, 0..1. */
  readonly distress: number;
  readonly company: boolean;
  /** s until it has to work; default no hurry. */
  readonly seconds?: number;
  readonly habit: Strategy;
}

/** Below these there is nothing to regulate. [D] */
const MILD = 0.3,
  MILD_DISTRESS = 0.15;
/** Intensity from which people look away rather than think it over, alone and with somebody. [D] */
const STRONG = 0.6,
  STRONG_IN_COMPANY = 0.8;

export interface Choice {
  readonly strategy: Strategy;
  readonly why: string;
}

// Made once: while there is nothing to do the choice is made anew in every frame.
const NOTHING: Choice = { strategy: "none", why: "nothing to regulate" },
  TOO_SOON: Choice = { strategy: "distraction", why: "there is no time to think it over" },
  TOO_STRONG: Choice = { strategy: "distraction", why: "it is too strong to think over" },
  THEIRS: Choice = { strategy: "perspective taking", why: "it is the other's distress, and I take it for mine" },
  TOGETHER: Choice = {
    strategy: "reappraise stimulus",
    why: "it can be thought over, and hiding it would strain the other",
  },
  ALONE: Choice = { strategy: "reappraise stimulus", why: "it can be thought over" };

/**
 * What one would do by oneself: distraction when it is too strong to think over or must work at once (Sheppes et al. 2011,
 * doi:10.1177/0956797611418350), else the habit, else reappraisal; with somebody there it takes more to look away.
 */
export function chooseStrategy({ intensity, distress, company, seconds = Infinity, habit }: Choosing): Choice {
  if (intensity < MILD && distress < MILD_DISTRESS) return NOTHING;
  if (seconds < 2) return TOO_SOON;
  if (intensity > (company ? STRONG_IN_COMPANY : STRONG)) return TOO_STRONG;
  if (habit !== "none") return { strategy: habit, why: "it is my habit" };
  if (distress >= MILD_DISTRESS) return THEIRS;
  return company ? TOGETHER : ALONE;
}

/** Something one could go into. */
export interface Situation {
  readonly name: string;
  /** What may come of it: outcomes -1..1 and their chances, which sum to 1. */
  readonly outcomes: readonly { readonly outcome: number; readonly chance: number }[];
  /** What going there costs, in goodness. */
  readonly cost?: number;
}

export interface SituationChoice {
  readonly name: string;
  /** Expected goodness less the cost. */
  readonly worth: number;
  readonly why: string;
}

/**
 * Situation selection, the earliest lever: the situations by their worth, best first. Outcomes are felt against their own
 * expectation, so that of two with the same mean the surer is worth more.
 *
 * @throws RangeError for chances that do not sum to 1 or outcomes out of range
 */
export function selectSituation(situations: readonly Situation[]): SituationChoice[] {
  return situations
    .map(({ name, outcomes, cost = 0 }) => {
      const sum = outcomes.reduce((s, { chance }) => s + chance, 0);
      if (
        !(Math.abs(sum - 1) < 1e-6) ||
        !outcomes.every(({ outcome, chance }) => Math.abs(outcome) <= 1 && chance >= 0)
      )
        throw new RangeError(
          `situation "${name}": outcomes from -1 to 1 with chances that sum to 1 were wanted, they sum to ${sum}`,
        );
      if (!Number.isFinite(cost)) throw new RangeError(`situation "${name}": cost is ${cost}, wanted a number`);
      const mean = outcomes.reduce((s, { outcome, chance }) => s + outcome * chance, 0);
      const felt = outcomes.reduce((s, { outcome, chance }) => s + chance * goodnessOf(outcome, mean), 0);
      const worth = felt - cost;
      return { name, worth, why: `${name}: expected to feel ${felt.toFixed(2)}, costs ${cost.toFixed(2)}` };
    })
    .sort((a, b) => b.worth - a.worth);
}

/** A constant of the table under its name, with what it was fitted to. */
export interface NamedConstant extends Constant {
  readonly name: string;
}

/** Every constant of regulation that changes something, fitted or by design, under the name the figures are told by. */
export function regulationConstants(): NamedConstant[] {
  const out: NamedConstant[] = [{ name: "what shows, power of what is felt", ...FOLLOWS }];
  for (const strategy of STRATEGIES)
    for (const part of ["appraisal", "expression", "autonomic", "strain", "calm", "distress"] as const) {
      const constant = OPERATORS[strategy][part];
      const followed = part === "expression" && constant.fitted === null;
      if (constant.value !== OPERATORS.none[part].value && !followed)
        out.push({ name: `${strategy}: ${part}`, ...constant });
    }
  return out;
}
