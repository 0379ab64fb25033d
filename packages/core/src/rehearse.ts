// Binding sight to movement: the mind does an act and watches itself, and the units of the act learn to answer the sight
// of it. Every act goes through this once, however it was learned.

import { forward } from "./body/own.ts";
import type { Mind } from "./mind.ts";
import { believe, createBelief } from "./mirror/belief.ts";
import { observe, resetMirror } from "./mirror/mirror.ts";
import { LAG, PRIMING, associate, consolidate, setInput } from "./neurons/population.ts";
import { unitsOf } from "./rebuild.ts";
import type { Act } from "./repertoire/act.ts";
import { plan, poseAt } from "./repertoire/generate.ts";
import { createRng } from "./rng.ts";

/** Rehearsals of a new act, and s the last posture is held in each. */
const TAKES = 4;
const HELD = 0.5;

/** Rehearses acts the mind has units for. What is being watched is forgotten. */
export function rehearse(mind: Mind, acts: readonly Act[]): void {
  for (const act of acts) rehearseOne(mind, act);
  consolidate(mind.population);
  mind.repertoire.units = mind.population;
}

/**
 * The mind does an act and watches itself. The motor command runs LAG ahead of the sight of it, and the units'
 * visual weights learn to answer what is seen with what is being done.
 */
function rehearseOne(mind: Mind, act: Act): void {
  const index = mind.repertoire.acts.indexOf(act);
  if (act.space === "seen" || index < 0) return;
  const rate = Math.min(12, mind.spec.rate),
    S = mind.spec.body.names.length,
    D = act.dims.length;
  const own = new Float64Array(D),
    look = new Float64Array(S);
  const belief = createBelief(mind.repertoire.acts.length);
  const rng = createRng(mind.spec.seed, `rehearse/${act.id}`);
  const variant = act.variants.reduce((best, v, i) => (v.n > act.variants[best].n ? i : best), 0);
  for (let take = 0; take < TAKES; take++) {
    const performance = plan(act, { variant, ...(take > 0 ? { sample: rng } : {}) });
    const { duration } = performance;
    resetMirror(mind.mirror);
    // The last posture is held for a moment: the end of an act is to be seen too.
    for (let n = 0; n / rate <= duration + HELD; n++) {
      const time = n / rate;
      poseAt(performance, Math.min(duration, time), own);
      if (mind.spec.body.kind === "person") forward(own, look);
      else look.set(own);
      observe(mind.mirror, look, time);
      believe(mind.mirror, mind.calibration, belief);
      // The efference copy primes the act being done, so that likeness to other acts does not dilute the lesson.
      const prime = 1 + (PRIMING - 1) * belief.probability[index];
      for (let k = 0; k < belief.probability.length; k++)
        setInput(
          mind.population,
          unitsOf(mind, k),
          (belief.probability[k] * (k === index ? PRIMING : 1)) / prime,
          belief.slot[k] < 0 ? 0 : mind.mirror.phase[belief.slot[k]],
        );
      associate(mind.population, unitsOf(mind, index), Math.min(1, (time + LAG) / duration));
    }
  }
  mind.population.input.fill(0);
  resetMirror(mind.mirror);
}
