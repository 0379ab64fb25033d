// From a repertoire to what runs: the mirror's tables and the units, laid out in the order of the acts. What belongs to an
// act that did not change is carried over as it is.

import { SEEN } from "./body/layout.ts";
import type { Mind } from "./mind.ts";
import { type GainTable, tabulateGains } from "./mirror/bank.ts";
import { UNFITTED, createBelief } from "./mirror/belief.ts";
import { createEvents } from "./mirror/events.ts";
import { type Mirror, assemble } from "./mirror/mirror.ts";
import { looseness } from "./mirror/calibrate.ts";
import { BANK_RATES, type MirrorSpec, mirrorSpec, sharpened } from "./mirror/spec.ts";
import { type Readout, type Table, identityReadout, tabulate } from "./mirror/tables.ts";
import { imageReadout } from "./neurons/image.ts";
import { UNITS_PER_ACT, addUnits, removeUnits } from "./neurons/population.ts";
import { givenPerception, metricOf } from "./perception.ts";
import type { Act } from "./repertoire/act.ts";
import type { Repertoire } from "./repertoire/repertoire.ts";
import { createRng } from "./rng.ts";

/** Lays out the mirror and the units for the repertoire as it is. Acts not in `changed` keep their tables and units. */
export function rebuild(mind: Mind, changed?: ReadonlySet<number>): void {
  const { repertoire } = mind;
  const perception = repertoire.perception ?? givenPerception(repertoire.body);
  const mspec = mirrorSpecOf(mind);
  const metric = metricOf(perception);
  const old = new Map<number, { table: Table; gains: Mirror["gains"][number] }[]>();
  mind.mirror.tables.forEach((table, i) => {
    if (changed?.has(table.id)) return;
    old.set(table.id, [...(old.get(table.id) ?? []), { table, gains: mind.mirror.gains[i] }]);
  });
  const sameEyes =
    sameArray(metric, mind.mirror.metric) && JSON.stringify(mspec.motion) === JSON.stringify(mind.mirror.spec.motion);
  const sameNoise = mspec.bankVariance === mind.mirror.spec.bankVariance;
  const { ratios } = loosenessOf(repertoire);
  const tables: Table[] = [],
    gains: Mirror["gains"] = [];
  repertoire.acts.forEach((act, index) => {
    const kept = sameEyes ? old.get(act.id) : undefined;
    if (kept && kept.length === act.variants.length) {
      for (const { table: before, gains: g } of kept) {
        const table = { ...before, act: index, loose: ratios[index] };
        tables.push(table);
        gains.push(table.loose === before.loose && sameNoise ? g : gainsOf(table, mspec));
      }
      return;
    }
    for (const fresh of tablesOf(mind, act, index, mspec, metric)) {
      const table = { ...fresh, loose: ratios[index] };
      tables.push(table);
      gains.push(gainsOf(table, mspec));
    }
  });
  mind.mirror = assemble(mspec, metric, tables, gains);
  const K = repertoire.acts.length;
  mind.belief = createBelief(K);
  mind.events = createEvents(K);
  mind.report = new Float64Array(K);
  mind.reportNone = 1;
  layOutUnits(mind);
  mind.calibration = perception.calibration ?? UNFITTED;
}

export function tablesOf(mind: Mind, act: Act, index: number, spec: MirrorSpec, metric: Float64Array): Table[] {
  const person = mind.spec.body.kind === "person";
  const readout = readoutOf(mind, act);
  const options = {
    metric,
    motion: spec.motion,
    rate: spec.rate,
    maxRank: spec.maxRank,
    ...(person ? { turn: turnPerson } : {}),
  };
  return act.variants.map((variant, v) => tabulate(act.id, index, v, variant, readout, options));
}

/** The typical straying of acts, and each act's looseness against it, in the repertoire's order. */
export function loosenessOf({ acts }: Repertoire): { typical: number; ratios: number[] } {
  return looseness(acts.map((act) => act.straying));
}

function readoutOf(mind: Mind, act: Act): Readout {
  return act.space === "motor" && mind.image && mind.spec.body.kind === "person"
    ? imageReadout(mind.image)
    : identityReadout(mind.spec.body.names.length);
}

/** Derivative of what is seen when the person turns about the vertical, per rad. */
function turnPerson(seen: Float64Array, out: Float64Array): void {
  for (let s = 0; s < SEEN; s += 3) {
    out[s] = seen[s + 2];
    out[s + 1] = 0;
    out[s + 2] = -seen[s];
  }
}

/** Units in the order of the acts: new acts get new ones, forgotten acts lose theirs. */
function layOutUnits(mind: Mind): void {
  const { repertoire } = mind;
  const ids = repertoire.acts.map((a) => a.id);
  for (const id of new Set(mind.population.act))
    if (!ids.includes(id)) mind.population = removeUnits(mind.population, id);
  for (const id of ids)
    if (!mind.population.act.includes(id))
      mind.population = addUnits(mind.population, id, createRng(mind.spec.seed, `units/${id}`));
  mind.places = Int32Array.from(ids, (id) => mind.population.act.indexOf(id) / UNITS_PER_ACT);
}

/** Place of an act's units in the population. */
export function unitsOf(mind: Mind, act: number): number {
  return mind.places[act];
}

/** Tabulated gains of one table at every steady rate. */
export function gainsOf(table: Table, spec: MirrorSpec): GainTable[] {
  return BANK_RATES.map((_, r) => tabulateGains(table, r, spec.rate, spec.bankVariance));
}

export function mirrorSpecOf(mind: Mind): MirrorSpec {
  const perception = mind.repertoire.perception ?? givenPerception(mind.repertoire.body);
  const { motion, background: posture } = perception;
  const base = sharpened(mirrorSpec(mind.spec.rate, { motion }), loosenessOf(mind.repertoire).typical);
  return posture === undefined ? base : { ...base, background: { ...base.background, posture } };
}

function sameArray(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]);
}
