// Regulation in the laboratory: what each constant is, which effect it was fitted to and what that effect is here now; then the
// patterns that nothing was fitted to.

import { type Happening, type Measure, STRATEGIES, type Strategy, regulationConstants } from "@attune/core";
import { butlerPattern } from "./empathy-pairs.ts";
import { GIFT, type Group, PROVOCATION, SECONDS, cohenD, mean, rankCorrelation, runGroup } from "./empathy-people.ts";

export interface Effect {
  /** Cohen's d, above 0 where less of the emotion is felt, shown, or had by the body. */
  experience: number;
  behaviour: number;
  physiology: number;
}

export interface FittedRow {
  constant: string;
  value: number;
  /** null: by design, to no effect. */
  fittedTo: { measure: Measure | "correlation"; d: number; of: string } | null;
  /** That effect, here. */
  simulated: number | null;
}

/** A published pattern; "partly": nothing was fitted to it, but sizes it is made of were fitted one by one. */
export interface Pattern {
  name: string;
  source: string;
  fitted: false | "partly";
  figures: Record<string, number>;
  holds: boolean;
}

/** Every strategy under one film, against none. */
export function regulationEffects(
  people: number,
  film: Happening,
  expression: string,
  effort = 1,
  strategies: readonly Strategy[] = STRATEGIES,
): { effects: Record<string, Effect>; control: Group } {
  const run = (strategy: Strategy): Group =>
    runGroup({
      people,
      seconds: SECONDS,
      expression,
      percept: (percept) => {
        percept.happenings = [film];
        percept.regulate = strategy;
        percept.effort = effort;
      },
    });
  const control = run("none");
  // Less of a good feeling is a lower one.
  const sign = film.kind === "fortune" && film.outcome > 0 ? -1 : 1;
  const effects: Record<string, Effect> = {};
  for (const strategy of strategies) {
    if (strategy === "none") continue;
    const group = run(strategy);
    effects[strategy] = {
      experience: sign * cohenD(group.experience, control.experience),
      behaviour: cohenD(control.behaviour, group.behaviour),
      physiology: cohenD(control.physiology, group.physiology),
    };
  }
  return { effects, control };
}

export const COGNITIVE = ["reappraise stimulus", "perspective taking", "reappraise response"] as const;
const ATTENTION = ["distraction", "concentration"] as const;
const RESPONSE = ["suppress expression", "suppress experience", "suppress thought"] as const;

/** Effects of the strategies over all measures (Webb et al. 2012, doi:10.1037/a0027600). */
export const WEBB: Readonly<Record<string, number>> = {
  "perspective taking": 0.45,
  "reappraise stimulus": 0.36,
  "suppress expression": 0.32,
  distraction: 0.27,
  "reappraise response": 0.23,
  "suppress experience": -0.04,
  "suppress thought": -0.12,
  concentration: -0.26,
};

const overall = ({ experience, behaviour, physiology }: Effect): number => (experience + behaviour + physiology) / 3;

export function constantsTable(effects: Record<string, Effect>): FittedRow[] {
  return regulationConstants().map(({ name, value, fitted }) => {
    const strategy = name.split(":")[0];
    const simulated =
      fitted === null
        ? null
        : strategy in effects
          ? effects[strategy][fitted.measure]
          : mean(COGNITIVE.map((s) => effects[s][fitted.measure]));
    return { constant: name, value, fittedTo: fitted === null ? null : { ...fitted }, simulated };
  });
}

export function patterns(people: number, effects: Record<string, Effect>): Pattern[] {
  const names = Object.keys(WEBB);
  const overalls = Object.fromEntries(names.map((s) => [s, overall(effects[s])]));
  const classes = {
    cognitive: mean(COGNITIVE.map((s) => overalls[s])),
    response: mean(RESPONSE.map((s) => overalls[s])),
    attention: mean(ATTENTION.map((s) => overalls[s])),
  };
  const some = Math.min(people, 1000);
  const otherFilm = regulationEffects(some, GIFT, "joy", 1, names as Strategy[]).effects;
  const published = names.map((s) => WEBB[s]);
  const rank = rankCorrelation(
    names.map((s) => overalls[s]),
    published,
  );
  const rankOther = rankCorrelation(
    names.map((s) => overall(otherFilm[s])),
    published,
  );
  const { "reappraise stimulus": thought, "suppress expression": hidden } = effects;
  // Seven of the eight sizes of Webb et al. were fitted, and what suppression does to face and body.
  const made = (name: string, source: string, figures: Record<string, number>, holds: boolean): Pattern => ({
    name,
    source,
    fitted: "partly",
    figures,
    holds,
  });
  return [
    made(
      "order of the eight effects, over the three measures alike",
      "Webb et al. 2012",
      { ...overalls, rankCorrelation: rank },
      rank >= 0.9 && names.every((s) => Math.sign(overalls[s]) === Math.sign(WEBB[s])),
    ),
    made(
      "the same order under a film that pleases",
      "Webb et al. 2012",
      { rankCorrelation: rankOther },
      rankOther >= 0.9,
    ),
    made(
      "cognitive change does more than response modulation, attention least (.36, .16, .00)",
      "Webb et al. 2012",
      classes,
      classes.cognitive > classes.response && classes.response > classes.attention,
    ),
    dosePattern(some),
    made(
      "both lower what shows, only reappraisal what is felt, only suppression stirs the body",
      "Gross 1998",
      {
        reappraisalExperience: thought.experience,
        reappraisalBehaviour: thought.behaviour,
        reappraisalPhysiology: thought.physiology,
        suppressionExperience: hidden.experience,
        suppressionBehaviour: hidden.behaviour,
        suppressionPhysiology: hidden.physiology,
      },
      thought.experience > 0.2 &&
        thought.behaviour > 0.2 &&
        Math.abs(thought.physiology) < 0.1 &&
        Math.abs(hidden.experience) < 0.1 &&
        hidden.behaviour > 0.2 &&
        hidden.physiology < -0.1,
    ),
    butlerPattern(Math.min(Math.ceil(people / 10), 100)),
  ];
}

/** More effort does more, of each strategy in its own direction. */
function dosePattern(people: number): Pattern {
  const figures: Record<string, number> = {};
  let holds = true;
  for (const [strategy, measure] of [
    ["reappraise stimulus", "experience"],
    ["distraction", "experience"],
    ["suppress expression", "behaviour"],
  ] as const) {
    let last = -Infinity;
    for (const effort of [0.5, 1, 2]) {
      const d = regulationEffects(people, PROVOCATION, "anger", effort, [strategy]).effects[strategy][measure];
      figures[`${strategy} x ${effort}`] = d;
      holds &&= d > last + 0.02;
      last = d;
    }
  }
  return { name: "growth with dose", source: "Webb et al. 2012", fitted: false, figures, holds };
}
