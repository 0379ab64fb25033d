// Performances remembered, and how an act is learned from them.

import { restMotor } from "./body/layout.ts";
import type { Mind } from "./mind.ts";
import { personMetric, personMotorMetric } from "./perception.ts";
import type { Act } from "./repertoire/act.ts";
import type { Demonstration } from "./repertoire/demonstration.ts";
import type { LearnOptions } from "./repertoire/learn.ts";

const REST = restMotor();

/** One performance in memory: as seen and as re-enacted. */
export interface Episode {
  act: number;
  who: string | undefined;
  times: Float64Array;
  /** [T, S] */
  seen: Float64Array;
  /** [T, D] in the act's own coordinates. */
  own: Float64Array;
}

/** How acts of a space are learned by this mind. */
export function learning(mind: Mind, space: Act["space"]): LearnOptions {
  if (mind.spec.body.kind === "person")
    return space === "motor"
      ? { metric: personMotorMetric(), rest: REST }
      : { metric: personMetric().map((m) => m * m) };
  return { metric: (mind.repertoire.perception?.metric ?? []).map((m) => m * m) };
}

export function asDemonstration(e: Omit<Episode, "act">): Demonstration {
  return { times: e.times, values: e.own };
}
