// For the tests of hearts: somebody to face, and anything that may come.

import { visageOf } from "../body/visage.ts";
import { EXPRESSION_NAMES, expressionNamed } from "./expressions.ts";
import { feelingOf } from "./heart-report.ts";
import { type Heart, feel } from "./heart.ts";
import { nextUniform } from "./noise.ts";
import { type Percept, type SeenOther, createPercept } from "./percept.ts";
import { TEMPERAMENT_LIMITS, type temperament } from "./temperament.ts";
import { type Happening, type Reading, type Relation, STRATEGIES } from "./types.ts";

export const CENTRE = { home: { valence: 0, arousal: 0 } };
export const FRIEND: Relation = { affiliation: 0.9, closeness: 0.8, similarity: 0.6, competition: 0 };

export function look(valence: number, arousal = 0, precision = 12): Reading {
  const probability = new Float64Array(EXPRESSION_NAMES.length + 1);
  probability[EXPRESSION_NAMES.length] = 1;
  return { probability, valence, arousal, precision, seen: 1, cannotSee: false, startled: false };
}

export function facing(other: Partial<SeenOther>, happenings: Happening[] = []): Percept {
  const percept = createPercept();
  percept.seen = [{ who: "Anna", reading: undefined, ...other }];
  percept.happenings = happenings;
  percept.regulate = "none";
  return percept;
}

export function live(heart: Heart, percept: Percept, seconds: number, dt = 0.1): void {
  for (let t = 0; t < seconds - dt / 2; t += dt) feel(heart, percept, dt);
}

export const partOf = (heart: Heart, source: string, whose?: string): number =>
  feelingOf(heart).parts.find((part) => part.source === source && part.whose === whose)?.valence ?? NaN;

export const number = (draw: Uint32Array, least: number, most: number): number =>
  least + (most - least) * nextUniform(draw);

/** Anything that may come: people seen and not seen, luck, prospects and lapses, poses, strategies, gaps. */
export function anything(percept: Percept, draw: Uint32Array): number {
  const chance = (p: number): boolean => nextUniform(draw) < p;
  percept.seen = ["Anna", "Ben", "Cleo"].flatMap((who): SeenOther[] =>
    chance(0.5)
      ? [
          {
            who,
            reading: chance(0.8) ? look(number(draw, -1, 1), number(draw, -1, 1), number(draw, 0, 30)) : undefined,
            relation: {
              affiliation: number(draw, -1, 1),
              closeness: nextUniform(draw),
              similarity: nextUniform(draw),
              competition: nextUniform(draw),
            },
            attention: nextUniform(draw),
          },
        ]
      : [],
  );
  percept.happenings = [];
  if (chance(0.25)) {
    const whose = ["self", "Anna", "Ben", "Dora"][Math.floor(4 * nextUniform(draw))];
    if (chance(0.3)) percept.happenings.push({ kind: "violation", whose, degree: nextUniform(draw) });
    else
      percept.happenings.push({
        kind: "fortune",
        whose,
        outcome: number(draw, -1, 1),
        ...(chance(0.5) ? { expected: number(draw, -1, 1) } : {}),
        ...(chance(0.2) ? { chance: nextUniform(draw) } : {}),
        ...(chance(0.3) ? { by: chance(0.5) ? "self" : "Ben" } : {}),
      });
  }
  percept.regulate = chance(0.5) ? undefined : STRATEGIES[Math.floor(STRATEGIES.length * nextUniform(draw))];
  percept.compassion = chance(0.1);
  percept.load = nextUniform(draw);
  percept.pose = chance(0.1) ? visageOf(expressionNamed("joy")) : undefined;
  return chance(0.03) ? 20 * nextUniform(draw) : 0.3 * nextUniform(draw) + 1e-3;
}

export function anybody(draw: Uint32Array): Partial<ReturnType<typeof temperament>> {
  const gains = Object.fromEntries(
    Object.entries(TEMPERAMENT_LIMITS).map(([name, [least, most]]) => [name, number(draw, least, Math.min(most, 3))]),
  );
  return { ...gains, home: { valence: number(draw, -0.8, 0.8), arousal: number(draw, -0.8, 0.8) } };
}
