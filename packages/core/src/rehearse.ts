// Binding sight to movement: the mind does an act and watches itself, and the units of the act learn to answer the sight
// of it. Every act goes through this once, however it was learned. The efference copy says which act it is, so its sight
// competes with none alone: likeness to other acts would be learned as part of its look, and blur what is reported.

import { forward } from "./body/own.ts";
import type { Mind } from "./mind.ts";
import { believe, createBelief } from "./mirror/belief.ts";
import { assemble, observe, resetMirror } from "./mirror/mirror.ts";
import { LAG, PRIMING, associate, consolidate, setInput } from "./neurons/population.ts";
import { unitsOf } from "./rebuild.ts";
import type { Act } from "./repertoire/act.ts";
import { plan, poseAt } from "./repertoire/generate.ts";
import { createRng } from "./rng.ts";

/** Rehearsals of a new act, and s the last posture is held in each. */
const TAKES = 4;
const HELD = 0.5;

/** Rehearses acts the mind has units for, by mirrors of their own: what is being watched goes on. */
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
  const posture = new Float64Array(D),
    look = new Float64Array(S);
  const belief = createBelief(1);
  const { mirror: whole, population } = mind,
    units = unitsOf(mind, index);
  const own = whole.tables.flatMap((table, i) => (table.id === act.id ? [i] : []));
  const mirror = assemble(
    whole.spec,
    whole.metric,
    own.map((i) => ({ ...whole.tables[i], act: 0 })),
    own.map((i) => whole.gains[i]),
  );
  population.input.fill(0);
  const rng = createRng(mind.spec.seed, `rehearse/${act.id}`);
  const variant = act.variants.reduce((best, v, i) => (v.n > act.variants[best].n ? i : best), 0);
  for (let take = 0; take < TAKES; take++) {
    const performance = plan(act, { variant, ...(take > 0 ? { sample: rng } : {}) });
    const { duration } = performance;
    resetMirror(mirror);
    // The last posture is held for a moment: the end of an act is to be seen too.
    for (let n = 0; n / rate <= duration + HELD; n++) {
      const time = n / rate;
      poseAt(performance, Math.min(duration, time), posture);
      if (mind.spec.body.kind === "person") forward(posture, look);
      else look.set(posture);
      observe(mirror, look, time);
      believe(mirror, mind.calibration, belief);
      const [p] = belief.probability,
        [slot] = belief.slot;
      setInput(population, units, (p * PRIMING) / (p * PRIMING + belief.none), slot < 0 ? 0 : mirror.phase[slot]);
      associate(population, units, Math.min(1, (time + LAG) / duration));
    }
  }
  population.input.fill(0);
}
