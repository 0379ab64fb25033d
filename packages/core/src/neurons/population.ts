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
/** Factor by which the efference copy primes the evidence for the act being done (Bonaiuto & Arbib 2010). */
export const PRIMING = 20;

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
  /** Visual weights, [N, N]: unit by input. */
  fast: Float64Array;
  slow: Float64Array;
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
    fast: none,
    slow: none,
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
  const m = keep.length,
    n = population.act.length;
  const out = resized(createPopulation(), m);
  keep.forEach((from, to) => {
    out.act[to] = population.act[from];
    out.gain[to] = population.gain[from];
    out.rest[to] = population.rest[from];
    out.alive[to] = population.alive[from];
    keep.forEach((g, h) => {
      out.fast[to * m + h] = population.fast[from * n + g];
      out.slow[to * m + h] = population.slow[from * n + g];
    });
  });
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
  const { rates, input, fast, slow, rest, gain, alive } = population;
  const n = rates.length;
  for (let i = 0; i < n; i++) rates[i] = rest[i];
  if (doing >= 0)
    for (let j = 0; j < UNITS_PER_ACT; j++) {
      const i = doing * UNITS_PER_ACT + j;
      rates[i] += gain[i] * tuning(j, phase);
    }
  if (seeing > 0)
    for (let j = 0; j < n; j++) {
      const x = input[j] * seeing;
      if (x < 1e-4) continue;
      for (let i = 0; i < n; i++) rates[i] += (fast[i * n + j] + slow[i * n + j]) * x;
    }
  for (let i = 0; i < n; i++) rates[i] = alive[i] && rates[i] > 0 ? rates[i] : 0;
}

/**
 * One step of the delta rule while doing act `doing` (motor command at `phase`) and seeing `input`. Attention gates it: what
 * is hardly seen teaches little. Only the units of the act being done learn: what the others know of their acts is not
 * touched by a new one.
 */
export function associate(population: Population, doing: number, phase: number): void {
  const { input, fast, slow, gain, alive } = population;
  const n = input.length;
  let power = 0;
  for (let j = 0; j < n; j++) power += input[j] * input[j];
  if (power < 1e-3) return;
  const gate = Math.min(1, power / 0.2) / (power + 0.05);
  for (let i = doing * UNITS_PER_ACT; i < (doing + 1) * UNITS_PER_ACT; i++) {
    if (!alive[i]) continue;
    const target = gain[i] * tuning(i % UNITS_PER_ACT, phase);
    let predicted = 0;
    for (let j = 0; j < n; j++) if (input[j] > 1e-4) predicted += (fast[i * n + j] + slow[i * n + j]) * input[j];
    const error = target - predicted;
    if (error === 0) continue;
    for (let j = 0; j < n; j++) {
      const x = input[j];
      if (x <= 1e-4) continue;
      fast[i * n + j] += FAST * gate * error * x;
      slow[i * n + j] += SLOW * gate * error * x;
    }
  }
}

/** Night: what the fast trace holds is kept in the slow one. */
export function consolidate(population: Population): void {
  for (let i = 0; i < population.fast.length; i++) population.slow[i] += population.fast[i];
  population.fast.fill(0);
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
  const n = population.act.length;
  const square = (from: Float64Array): Float64Array => {
    const out = new Float64Array(m * m);
    for (let i = 0; i < n; i++) out.set(from.subarray(i * n, (i + 1) * n), i * m);
    return out;
  };
  const grow = <T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T => {
    to.set(from);
    return to;
  };
  return {
    act: grow(population.act, new Int32Array(m)),
    gain: grow(population.gain, new Float64Array(m)),
    rest: grow(population.rest, new Float64Array(m)),
    alive: grow(population.alive, new Uint8Array(m)),
    fast: square(population.fast),
    slow: square(population.slow),
    rates: new Float64Array(m),
    input: new Float64Array(m),
  };
}
