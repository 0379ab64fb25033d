// Units over the acts. Each belongs to one act and prefers one part of it. It has a motor drive, when the act is being
// done, and a visual drive that it has to learn by watching itself do it; its rate is one number with these two
// inputs. What the mind reports of others, and what it does itself, both pass through these rates, so that a
// lesion takes away both.
//
//   rate_i = [ b_i + A_i efference_i + sum_j (fast_ij + slow_ij) x_j ]+
//
// x is the mirror's evidence, normalised over acts (and none) and laid out over preferred phases. The visual weights
// follow a delta rule on the motor-driven rate (Rescorla & Wagner 1972; Heyes 2010, doi:10.1016/j.neubiorev.2009.11.007),
// with a fast trace that fades and a slow one that stays. Motor drive leads the sight of its own effect by LAG
// seconds, so units come to fire for what is about to be seen (Keysers & Gazzola 2014, doi:10.1098/rstb.2013.0175).

import { type Rng, gaussian } from "../rng.ts";

/** Preferred phases an act's units are spread over. */
export const UNITS_PER_ACT = 5;
/** s between a motor command and the sight of its effect. */
export const LAG = 0.2;

const FAST = 0.4,
  SLOW = 0.1;
/** Input below this is no input. */
const SHOWN = 1e-4;
/** Factor by which the efference copy primes the evidence for the act being done (Bonaiuto & Arbib 2010). */
export const PRIMING = 20;

/** What the units of one act have learned of the sight of one act. Most acts have nothing to do with one another. */
export interface Pathway {
  /** Places in the population of the act whose units answer, and of the act that is seen. */
  units: number;
  inputs: number;
  /** Visual weights, [UNITS_PER_ACT, UNITS_PER_ACT]: unit by input. */
  fast: Float64Array;
  slow: Float64Array;
}

/** N = acts * UNITS_PER_ACT units and as many visual inputs; plain data. */
export interface Population {
  /** Act id of each unit. */
  act: Int32Array;
  /** Motor gain A, log-normal over units. */
  gain: Float64Array;
  /** Resting rate b. */
  rest: Float64Array;
  /** 0 where lesioned. */
  alive: Uint8Array;
  pathways: Pathway[];
  /** Rates now, [N]: of doing and of seeing, one array. */
  rates: Float64Array;
  /** Visual input now, [N]. */
  input: Float64Array;
}

export function createPopulation(): Population {
  const none = new Float64Array(0);
  return {
    act: new Int32Array(0),
    gain: none,
    rest: none,
    alive: new Uint8Array(0),
    pathways: [],
    rates: none,
    input: none,
  };
}

/** The population with units for one more act, which as yet see nothing. Existing units keep all they have. */
export function addUnits(population: Population, act: number, rng: Rng): Population {
  const n = population.act.length,
    m = n + UNITS_PER_ACT;
  const grown = resized(population, m);
  for (let i = n; i < m; i++) {
    grown.act[i] = act;
    grown.gain[i] = Math.exp(0.3 * gaussian(rng));
    grown.rest[i] = 0;
    grown.alive[i] = 1;
  }
  return grown;
}

/** The population without the units of an act. */
export function removeUnits(population: Population, act: number): Population {
  const keep: number[] = [];
  population.act.forEach((a, i) => {
    if (a !== act) keep.push(i);
  });
  const out = resized(createPopulation(), keep.length);
  keep.forEach((from, to) => {
    out.act[to] = population.act[from];
    out.gain[to] = population.gain[from];
    out.rest[to] = population.rest[from];
    out.alive[to] = population.alive[from];
  });
  const place = (old: number): number => out.act.indexOf(population.act[old * UNITS_PER_ACT]) / UNITS_PER_ACT;
  out.pathways = population.pathways
    .filter(({ units, inputs }) => place(units) >= 0 && place(inputs) >= 0)
    .map((pathway) => ({ ...pathway, units: place(pathway.units), inputs: place(pathway.inputs) }));
  return out;
}

/** Takes a unit out for good. */
export function lesion(population: Population, unit: number): void {
  if (!(unit >= 0 && unit < population.act.length))
    throw new RangeError(`lesion: unit ${unit}, expected 0 to ${population.act.length - 1}`);
  population.alive[unit] = 0;
}

/** How much the unit with preferred phase j of an act answers at a phase: hat functions that sum to one. */
export function tuning(j: number, phase: number): number {
  return Math.max(0, 1 - Math.abs(phase * (UNITS_PER_ACT - 1) - j));
}

/** Lays the evidence for one act over its inputs. `index` is the act's place in the population. */
export function setInput(population: Population, index: number, probability: number, phase: number): void {
  for (let j = 0; j < UNITS_PER_ACT; j++)
    population.input[index * UNITS_PER_ACT + j] = probability * tuning(j, Math.min(1, Math.max(0, phase)));
}

/**
 * Rates from both drives.
 *
 * @param doing index of the act being performed, -1 for none
 * @param phase where the motor command is, 0..1
 * @param seeing gain of the visual drive: 1 watching, 0 eyes shut
 */
export function drive(population: Population, doing: number, phase: number, seeing = 1): void {
  const { rates, input, rest, gain, alive, pathways } = population;
  const n = rates.length;
  for (let i = 0; i < n; i++) rates[i] = rest[i];
  if (doing >= 0)
    for (let j = 0; j < UNITS_PER_ACT; j++) {
      const i = doing * UNITS_PER_ACT + j;
      rates[i] += gain[i] * tuning(j, phase);
    }
  if (seeing > 0)
    for (let p = 0; p < pathways.length; p++) {
      const { units, inputs, fast, slow } = pathways[p];
      for (let j = 0; j < UNITS_PER_ACT; j++) {
        const x = input[inputs * UNITS_PER_ACT + j] * seeing;
        if (x < SHOWN) continue;
        for (let i = 0, w = j; i < UNITS_PER_ACT; i++, w += UNITS_PER_ACT)
          rates[units * UNITS_PER_ACT + i] += (fast[w] + slow[w]) * x;
      }
    }
  for (let i = 0; i < n; i++) rates[i] = alive[i] && rates[i] > 0 ? rates[i] : 0;
}

/**
 * One step of the delta rule while doing act `doing` (motor command at `phase`) and seeing `input`. Attention gates it: what
 * is hardly seen teaches little. Only the units of the act being done learn: what the others know of their acts is not
 * touched by a new one.
 */
export function associate(population: Population, doing: number, phase: number): void {
  const { input, gain, alive } = population;
  const n = input.length;
  let power = 0;
  for (let j = 0; j < n; j++) power += input[j] * input[j];
  if (power < 1e-3) return;
  const gate = Math.min(1, power / 0.2) / (power + 0.05);
  const ways = pathwaysTo(population, doing);
  for (let u = 0; u < UNITS_PER_ACT; u++) {
    const i = doing * UNITS_PER_ACT + u;
    if (!alive[i]) continue;
    let error = gain[i] * tuning(u, phase);
    for (const { inputs, fast, slow } of ways)
      for (let j = 0, w = u * UNITS_PER_ACT; j < UNITS_PER_ACT; j++, w++) {
        const x = input[inputs * UNITS_PER_ACT + j];
        if (x > SHOWN) error -= (fast[w] + slow[w]) * x;
      }
    if (error === 0) continue;
    for (const { inputs, fast, slow } of ways)
      for (let j = 0, w = u * UNITS_PER_ACT; j < UNITS_PER_ACT; j++, w++) {
        const x = input[inputs * UNITS_PER_ACT + j];
        if (x <= SHOWN) continue;
        fast[w] += FAST * gate * error * x;
        slow[w] += SLOW * gate * error * x;
      }
  }
}

/** Pathways to an act's units from all that is seen now; those that are missing are laid. */
function pathwaysTo(population: Population, units: number): Pathway[] {
  const { input, pathways } = population;
  const out = pathways.filter((p) => p.units === units);
  for (let inputs = 0; inputs * UNITS_PER_ACT < input.length; inputs++) {
    const from = inputs * UNITS_PER_ACT;
    if (!input.subarray(from, from + UNITS_PER_ACT).some((x) => x > SHOWN)) continue;
    if (out.some((p) => p.inputs === inputs)) continue;
    const weights = (): Float64Array => new Float64Array(UNITS_PER_ACT * UNITS_PER_ACT);
    const laid = { units, inputs, fast: weights(), slow: weights() };
    pathways.push(laid);
    out.push(laid);
  }
  return out;
}

/** Night: what the fast trace holds is kept in the slow one. */
export function consolidate(population: Population): void {
  for (const { fast, slow } of population.pathways) {
    for (let i = 0; i < fast.length; i++) slow[i] += fast[i];
    fast.fill(0);
  }
}

/** What an act's living units say of it: summed rates over gains, so that a whole, well-taught population says the evidence. */
export function decode(population: Population, index: number): number {
  let s = 0;
  for (let j = 0; j < UNITS_PER_ACT; j++) {
    const i = index * UNITS_PER_ACT + j;
    if (population.alive[i]) s += population.rates[i] / population.gain[i];
  }
  return s;
}

function resized(population: Population, m: number): Population {
  const grow = <T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T => {
    to.set(from);
    return to;
  };
  return {
    act: grow(population.act, new Int32Array(m)),
    gain: grow(population.gain, new Float64Array(m)),
    rest: grow(population.rest, new Float64Array(m)),
    alive: grow(population.alive, new Uint8Array(m)),
    pathways: population.pathways.map((p) => ({ ...p, fast: p.fast.slice(), slow: p.slow.slice() })),
    rates: new Float64Array(m),
    input: new Float64Array(m),
  };
}
