import { expect, test } from "vitest";
import { createRng } from "../rng.ts";
import {
  LAG,
  type Population,
  UNITS_PER_ACT,
  addUnits,
  associate,
  consolidate,
  createPopulation,
  decode,
  drive,
  lesion,
  removeUnits,
  setInput,
  tuning,
} from "./population.ts";

/** Units for acts with these ids. */
function populationOf(...ids: number[]): Population {
  return ids.reduce((p, id) => addUnits(p, id, createRng(id, "units")), createPopulation());
}

/** Does act `doing` over and over, seeing each moment `lag` seconds after commanding it. */
function rehearse(population: Population, doing: number, lag: number, duration = 2, times = 30): void {
  for (let take = 0; take < times; take++)
    for (let t = 0; t <= duration; t += 1 / 30) {
      population.input.fill(0);
      setInput(population, doing, 1, t / duration);
      associate(population, doing, Math.min(1, (t + lag) / duration));
    }
  consolidate(population);
}

/** Where in the act its units are. */
function phaseOf({ rates, gain }: Population, index: number): number {
  let sum = 0,
    mean = 0;
  for (let j = 0; j < UNITS_PER_ACT; j++) {
    const r = rates[index * UNITS_PER_ACT + j] / gain[index * UNITS_PER_ACT + j];
    sum += r;
    mean += r * j;
  }
  return mean / sum / (UNITS_PER_ACT - 1);
}

/** All fading weights. */
function fastOf({ pathways }: Population): number[] {
  return pathways.flatMap(({ fast }) => [...fast]);
}

test("tuning is shared out: at any phase the preferences sum to one", () => {
  for (let phase = 0; phase <= 1; phase += 0.01) {
    let sum = 0;
    for (let j = 0; j < UNITS_PER_ACT; j++) sum += tuning(j, phase);
    expect(sum).toBeCloseTo(1, 12);
  }
});

test("the delta rule converges to the motor drive on its input, geometrically, and not beyond", () => {
  const population = populationOf(1, 2);
  setInput(population, 1, 1, 0.4);
  const wanted = Array.from({ length: UNITS_PER_ACT }, (_, j) => population.gain[UNITS_PER_ACT + j] * tuning(j, 0.5));
  let before = Infinity;
  for (let n = 0; n < 60; n++) {
    associate(population, 1, 0.5);
    drive(population, -1, 0);
    const error = Math.max(...wanted.map((w, j) => Math.abs(population.rates[UNITS_PER_ACT + j] - w)));
    expect(error).toBeLessThanOrEqual(0.7 * before + 1e-12);
    before = error;
  }
  expect(before).toBeLessThan(1e-8);
  // Doing it with eyes shut and seeing it done now drive alike.
  const seen = population.rates.slice();
  drive(population, 1, 0.5, 0);
  population.rates.forEach((r, i) => expect(r).toBeCloseTo(seen[i], 7));
  expect(decode(population, 1)).toBeCloseTo(1, 6);
  expect(decode(population, 0)).toBe(0);
});

test("a night changes nothing in what is answered, and empties the fast trace", () => {
  const population = populationOf(1);
  setInput(population, 0, 1, 0.3);
  for (let n = 0; n < 20; n++) associate(population, 0, 0.4);
  drive(population, -1, 0);
  const before = population.rates.slice();
  expect(fastOf(population).some((w) => w !== 0)).toBe(true);
  consolidate(population);
  drive(population, -1, 0);
  population.rates.forEach((r, i) => expect(r).toBeCloseTo(before[i], 12));
  expect(fastOf(population).every((w) => w === 0)).toBe(true);
});

test("units lead: watching, they are where the act will be a lag later", () => {
  const duration = 2;
  const population = populationOf(1),
    prompt = populationOf(1);
  rehearse(population, 0, LAG, duration);
  rehearse(prompt, 0, 0, duration);
  const [lead, none] = [population, prompt].map((p) => {
    let sum = 0,
      n = 0;
    for (let z = 0.2; z < 0.8; z += 0.01, n++) {
      p.input.fill(0);
      setInput(p, 0, 1, z);
      drive(p, -1, 0);
      sum += (phaseOf(p, 0) - z) * duration;
      expect(decode(p, 0)).toBeGreaterThan(0.9);
    }
    return sum / n;
  });
  expect(Math.abs(none), `${none} s ahead`).toBeLessThan(1e-6);
  // Five preferences cannot shift by less than their distance exactly; of what they cannot have, the later, learned last,
  // weighs most: measured 0.32 s for a lag of 0.2 s.
  expect(lead, `${lead} s ahead`).toBeGreaterThan(0.75 * LAG);
  expect(lead, `${lead} s ahead`).toBeLessThan(2 * LAG);
});

test("a lesioned unit answers neither drive, whatever it has learned, and learns nothing", () => {
  const population = populationOf(1);
  rehearse(population, 0, LAG);
  const weights = population.pathways[0].slow.slice();
  for (let j = 0; j < UNITS_PER_ACT; j++) {
    const hurt = structuredClone(population);
    lesion(hurt, j);
    for (let z = 0; z <= 1; z += 0.05) {
      hurt.input.fill(0);
      setInput(hurt, 0, 1, z);
      for (const [doing, seeing] of [
        [0, 0],
        [-1, 1],
        [0, 1],
      ]) {
        drive(hurt, doing, z, seeing);
        expect(hurt.rates[j]).toBe(0);
      }
    }
    rehearse(hurt, 0, 0);
    const row = (w: Float64Array): Float64Array => w.subarray(j * UNITS_PER_ACT, (j + 1) * UNITS_PER_ACT);
    expect(row(hurt.pathways[0].slow)).toEqual(row(weights));
  }
  expect(() => lesion(population, UNITS_PER_ACT)).toThrow(/expected 0 to 4/);
  expect(() => lesion(population, -1)).toThrow(RangeError);
});

test("a pathway is laid from every sight that goes with the act, and from no other", () => {
  const population = populationOf(1, 2, 3);
  setInput(population, 0, 0.6, 0.5);
  setInput(population, 2, 0.4, 0.5);
  associate(population, 0, 0.5);
  expect(population.pathways.map((p) => [p.units, p.inputs])).toEqual([
    [0, 0],
    [0, 2],
  ]);
  // Both sights share what they explain together, in proportion to their strength.
  const [own, other] = population.pathways.map(({ fast }) => Math.max(...fast));
  expect(other / own).toBeCloseTo(0.4 / 0.6, 12);
});

test("what is hardly seen teaches nothing", () => {
  const population = populationOf(1);
  setInput(population, 0, 0.02, 0.5);
  for (let n = 0; n < 100; n++) associate(population, 0, 0.5);
  expect(fastOf(population).every((w) => w === 0)).toBe(true);
});

/** Gains, lives and weights among the units of some acts, by act id. */
function weightsOf({ act, gain, alive, pathways }: Population, ids: readonly number[]): unknown[] {
  const idOf = (place: number): number => act[place * UNITS_PER_ACT];
  const units = [...act.keys()].filter((i) => ids.includes(act[i]));
  const ways = pathways.filter((p) => ids.includes(idOf(p.units)) && ids.includes(idOf(p.inputs)));
  return [
    units.map((i) => [gain[i], alive[i]]),
    ways.map((p) => [idOf(p.units), idOf(p.inputs), [...p.fast], [...p.slow]]),
  ];
}

test("acts come and go, and the units of the others keep every weight as it is", () => {
  let population = populationOf(1, 2, 3);
  for (let k = 0; k < 3; k++) rehearse(population, k, LAG);
  population.input.fill(0.2);
  associate(population, 0, 0.5);
  lesion(population, 7);
  const all = weightsOf(population, [1, 2, 3]),
    two = weightsOf(population, [1, 3]);
  population = addUnits(population, 9, createRng(9, "units"));
  expect(weightsOf(population, [1, 2, 3])).toEqual(all);
  // Learning the new act, even where it looks like the others, touches none of them.
  population.input.fill(0.3);
  for (let n = 0; n < 50; n++) associate(population, 3, n / 50);
  expect(weightsOf(population, [1, 2, 3])).toEqual(all);
  population = removeUnits(population, 2);
  expect([...new Set(population.act)]).toEqual([1, 3, 9]);
  expect(weightsOf(population, [1, 3])).toEqual(two);
});
