// The reference the tests hold the mirror against: the mirror once more, slowly, written from the mathematics alone (maps, objects, dense inverses, every precision carried
// explicitly). It shares the tables and the constants with the fast one and no code, and tests hold one against the other.

import { type Latent, addOuter, conditioned, denseInverse, dot, times } from "./dense.ts";
import type { Mirror } from "./mirror.ts";
import { BANK_RATES, GRID, GRID_RATES, GRID_RATE_CHANGE, GRID_RATE_SPREAD, type MirrorSpec } from "./spec.ts";
import type { Table } from "./tables.ts";

/** Position on the grid of a time-phase, by search from the left. */
export function slowGrid(table: Table, phase: number): number {
  if (phase >= 1) return GRID - 1;
  let g = 0;
  while (g < GRID - 2 && table.timePhase[g + 1] <= phase) g++;
  const width = table.timePhase[g + 1] - table.timePhase[g];
  return width > 0 ? g + (phase - table.timePhase[g]) / width : g;
}

/** Row of a [GRID, S] table between two grid points. */
export function slowRow(rows: Float32Array, S: number, grid: number): number[] {
  const g = Math.min(GRID - 2, Math.floor(grid));
  return Array.from({ length: S }, (_, d) => {
    const a = rows[g * S + d],
      b = rows[(g + 1) * S + d];
    return a + (grid - g) * (b - a);
  });
}

/** The directions of variation at the nearest grid point, [S][r]. */
export function slowLatent(table: Table, S: number, grid: number): number[][] {
  const g = Math.round(grid);
  return Array.from({ length: S }, (_, d) =>
    Array.from({ length: table.rank }, (_, k) => table.latent[(g * table.rank + k) * S + d]),
  );
}

/** Noise variance of a coordinate in a frame of `dt` seconds. */
export const slowVariance = (bankVariance: number, dt: number): number =>
  bankVariance / Math.max(1e-3, 15 * Math.min(0.5, dt));

interface Clock extends Latent {
  mass: number;
}

export interface SlowHypothesis {
  onset: number;
  still: number;
  ended: number;
  frames: number;
  mass: number;
  logPrior: number;
  travelled: number;
  bank: Clock[];
  grid: Clock;
  /** [rate][grid point] */
  cells: number[][];
  gridMean: number;
  tempo: number;
  phase: number;
  cost: number;
  weight: number;
}

/** The slow mirror: hypotheses by "table/slot". */
export interface SlowMirror {
  spec: MirrorSpec;
  metric: readonly number[];
  tables: readonly Table[];
  none: number;
  sinceOnset: number;
  hypotheses: Map<string, SlowHypothesis>;
  time: number | undefined;
  /** Per coordinate, once seen. */
  smoothed: Map<number, { posture: number; velocity: number }>;
}

export function slowMirror({ spec, metric, tables }: Mirror): SlowMirror {
  return {
    spec,
    metric: [...metric],
    tables,
    none: 0,
    sinceOnset: Infinity,
    hypotheses: new Map(),
    time: undefined,
    smoothed: new Map(),
  };
}

/** What one frame says. */
interface Glance {
  raw: number[];
  seen: boolean[];
  posture: number[];
  heading: number[];
  dt: number;
  step: number;
}

export function slowObserve(m: SlowMirror, y: ArrayLike<number>, time: number): void {
  const { spec, tables } = m;
  const first = m.time === undefined;
  const glance = slowGlance(m, y, time);
  if (!glance.seen.includes(true)) {
    if (first) m.time = undefined;
    else {
      for (const [key, h] of m.hypotheses) {
        const table = tables[tableOf(key)];
        h.cells = moved(h.cells, (glance.dt / table.duration) * (GRID - 1), glance.dt * 15);
        h.ended = atEnd(h);
        h.frames++;
      }
      m.sinceOnset += glance.dt;
    }
    return;
  }
  m.sinceOnset += glance.dt;
  if (first || m.sinceOnset >= spec.onsetEvery) slowSpawn(m, time, first);
  const weight = Math.min(7.5, 15 * (first ? Math.max(glance.dt, 1 / spec.rate) : glance.dt));
  for (const [key, h] of m.hypotheses) slowExplain(m, h, tables[tableOf(key)], glance, time, weight);
  const moving = dot(glance.heading, glance.heading);
  m.none -=
    spec.evidence *
    spec.posturePrecision *
    weight *
    (spec.background.posture + spec.background.heading * spec.headingWeight * moving);
  slowSettle(m, glance.dt);
}

const tableOf = (key: string): number => Number(key.split("/")[0]);

function slowGlance(m: SlowMirror, y: ArrayLike<number>, time: number): Glance {
  const { tauPosture, tauVelocity, floor, idle } = m.spec.motion;
  const dt = m.time === undefined ? 0 : time - m.time;
  m.time = time;
  const toPosture = 1 - Math.exp(-dt / tauPosture),
    toVelocity = 1 - Math.exp(-dt / tauVelocity);
  let path = 0;
  const raw: number[] = [],
    seen: boolean[] = [];
  m.metric.forEach((scale, d) => {
    const v = y[d] * scale;
    seen.push(Number.isFinite(v));
    raw.push(Number.isFinite(v) ? v : 0);
    const old = m.smoothed.get(d);
    if (!Number.isFinite(v)) {
      if (old) old.velocity *= 1 - toVelocity;
    } else if (!old) m.smoothed.set(d, { posture: v, velocity: 0 });
    else if (dt > 0) {
      const move = toPosture * (v - old.posture);
      path += move ** 2;
      old.velocity = (1 - toVelocity) * old.velocity + toVelocity * (move / dt);
      old.posture += move;
    }
  });
  const velocity = raw.map((_, d) => m.smoothed.get(d)?.velocity ?? 0);
  const speed = Math.hypot(...velocity);
  return {
    raw,
    seen,
    posture: raw.map((_, d) => m.smoothed.get(d)?.posture ?? 0),
    heading: velocity.map((v) => v / (speed + floor)),
    dt,
    step: dt > 0 ? Math.sqrt(path) + idle * dt : 0,
  };
}

function slowSpawn(m: SlowMirror, time: number, first: boolean): void {
  const { spec, tables } = m;
  m.sinceOnset = 0;
  if (tables.length === 0 || m.none < slowWorth([...m.hypotheses.values()]) - spec.prune) return;
  const chance = first ? spec.onset : 0.1 * spec.onset;
  const given = m.none + Math.log(chance);
  m.none += Math.log(1 - chance);
  const acts = new Set(tables.map((t) => t.act));
  tables.forEach((table, k) => {
    const share = given - Math.log(acts.size * tables.filter((t) => t.act === table.act).length);
    const keys = Array.from({ length: spec.slots }, (_, s) => `${k}/${s}`);
    let key = keys.find((s) => !m.hypotheses.has(s));
    if (key === undefined) {
      key = keys.reduce((a, b) => (m.hypotheses.get(b)!.mass < m.hypotheses.get(a)!.mass ? b : a));
      const { mass, ended } = m.hypotheses.get(key)!;
      if (mass > share - spec.giveUp && ended < 0.9) return;
    }
    const prior = BANK_RATES.map((r) => Math.exp(-0.5 * (r / table.spread) ** 2));
    const rates = GRID_RATES.map((r) => Math.exp(-0.5 * (Math.log(r) / GRID_RATE_SPREAD) ** 2));
    const nothing = (): Latent => ({
      z: Array(table.rank).fill(0),
      precision: Array.from({ length: table.rank }, (_, i) =>
        Array.from({ length: table.rank }, (_, j) => (i === j ? 1 : 0)),
      ),
    });
    const sum = (v: number[]): number => v.reduce((a, b) => a + b, 0);
    m.hypotheses.set(key, {
      onset: time,
      still: time,
      ended: 0,
      frames: 0,
      mass: share,
      logPrior: share - m.none,
      travelled: 0,
      bank: prior.map((p) => ({ ...nothing(), mass: share + Math.log(p / sum(prior)) })),
      grid: { ...nothing(), mass: share },
      cells: rates.map((p) => Array.from({ length: GRID }, (_, g) => (g === 0 ? p / sum(rates) : 0))),
      gridMean: 0,
      tempo: 1,
      phase: 0,
      cost: 0,
      weight: 0,
    });
  });
}

function slowExplain(
  m: SlowMirror,
  h: SlowHypothesis,
  table: Table,
  glance: Glance,
  time: number,
  weight: number,
): void {
  const { spec } = m;
  const fresh = h.frames === 0;
  if (!fresh) h.travelled += glance.step;
  const S = m.metric.length;
  const rows = glance.seen.map((s, d) => s && table.known[d] === 1);
  const unknown = spec.background.posture * (1 - table.knownCount / S);
  const elapsed = time - h.onset;
  // A complete frame that comes when the nominal rate says counts as long as a nominal frame.
  const nominal =
    rows.every((r, d) => r || table.known[d] === 0) && Math.abs(elapsed - h.frames / spec.rate) < 0.02 / spec.rate;
  const variance = table.loose * slowVariance(spec.bankVariance, nominal || fresh ? 1 / spec.rate : glance.dt);
  const normalizer = spec.typical * Math.log(table.loose);
  h.bank.forEach((clock, k) => {
    if (clock.mass < h.mass - spec.prune) {
      clock.mass = -Infinity;
      return;
    }
    const length = table.duration * Math.exp(BANK_RATES[k]);
    const grid = slowGrid(table, Math.min(1, elapsed / length));
    const over = elapsed > length;
    const mean = slowRow(table.posture, S, grid);
    const observed = take(
      rows,
      slowLatent(table, S, grid),
      glance.raw.map((v, d) => v - mean[d]),
    );
    const evidence = over
      ? (-0.5 * observed.e.reduce((s, v, i) => s + (v - dot(observed.A[i], clock.z)) ** 2, 0)) / variance
      : conditioned(clock, observed.A, observed.e, variance);
    const heading = slowRow(table.heading, S, grid);
    const turned = glance.heading.reduce((s, v, d) => s + (rows[d] ? (v - heading[d]) ** 2 : 0), 0);
    clock.mass +=
      spec.evidence *
      (evidence -
        spec.posturePrecision * weight * ((spec.headingWeight * turned) / table.loose + normalizer + unknown));
    if (over) clock.mass -= glance.dt / spec.linger;
  });
  slowFollow(m, h, table, glance, rows, weight, unknown + normalizer, fresh);
  h.frames++;
  const clocks = [{ w: 0.5, clock: h.grid }, ...h.bank.map((clock) => ({ w: 0.5, clock }))];
  const best = Math.max(...clocks.map(({ clock }) => clock.mass));
  const total = clocks.reduce((s, { w, clock }) => s + w * Math.exp(clock.mass - best), 0);
  const mass = best + Math.log(total);
  h.cost += (h.mass - mass) / (spec.evidence * spec.posturePrecision);
  h.weight += weight;
  h.mass = mass;
  const phases = [
    table.timePhase[Math.floor(Math.min(GRID - 2, h.gridMean))] +
      (h.gridMean - Math.floor(Math.min(GRID - 2, h.gridMean))) *
        (table.timePhase[Math.floor(Math.min(GRID - 2, h.gridMean)) + 1] -
          table.timePhase[Math.floor(Math.min(GRID - 2, h.gridMean))]),
    ...BANK_RATES.map((r) => Math.min(1, elapsed / (table.duration * Math.exp(r)))),
  ];
  const phase = clocks.reduce((s, { w, clock }, i) => s + w * Math.exp(clock.mass - best) * phases[i], 0) / total;
  if (h.frames > 1 && glance.dt > 0 && phase < 0.98) {
    const pace = Math.min(4, Math.max(0, ((phase - h.phase) * table.duration) / glance.dt));
    const keep = Math.exp(-glance.dt / 0.4);
    h.tempo = keep * h.tempo + (1 - keep) * pace;
  }
  h.phase = phase;
  if (h.gridMean < 1) h.still = m.time ?? NaN;
}

/** The phase grid: moved on by distance, weighed by what is seen, one shift of the postures for all its cells. */
function slowFollow(
  m: SlowMirror,
  h: SlowHypothesis,
  table: Table,
  glance: Glance,
  rows: boolean[],
  weight: number,
  flat: number,
  fresh: boolean,
): void {
  const { spec } = m;
  const S = rows.length;
  const cells = fresh ? h.cells : moved(h.cells, (glance.step / table.length) * (GRID - 1), weight);
  const column = (c: number[][], g: number): number => c.reduce((s, row) => s + row[g], 0);
  const all = Array.from({ length: GRID }, (_, g) => g);
  const centre = all.reduce((s, g) => s + g * column(cells, g), 0);
  const offset = slowLatent(table, S, centre).map((row) => dot(row, h.grid.z));
  const lambda = spec.posturePrecision * weight;
  const logs = all.map((g) => {
    if (column(cells, g) <= 1e-4) return -Infinity;
    let cost = 0;
    for (let d = 0; d < S; d++)
      if (rows[d])
        cost +=
          (glance.posture[d] - offset[d] - table.smooth[g * S + d]) ** 2 +
          spec.headingWeight * (glance.heading[d] - table.heading[g * S + d]) ** 2;
    return (-lambda * cost) / table.loose;
  });
  const most = Math.max(...logs);
  const weighed = cells.map((row) => row.map((v, g) => (logs[g] === -Infinity ? 0 : v * Math.exp(logs[g] - most))));
  const sum = weighed.flat().reduce((a, b) => a + b, 0);
  h.cells = weighed.map((row) => row.map((v) => v / sum));
  h.gridMean = Math.min(
    GRID - 1,
    all.reduce((s, g) => s + g * column(h.cells, g), 0),
  );
  h.grid.mass += spec.evidence * (Math.log(sum) + most - lambda * flat);
  if (table.rank === 0) return;
  // Its precision counts every known row, seen or not: the postures it is compared with are remembered ones.
  const variance = table.loose * slowVariance(spec.bankVariance, weight / 15);
  const A = slowLatent(table, S, h.gridMean);
  const mean = slowRow(table.smooth, S, h.gridMean);
  const e = glance.posture.map((v, d) => (rows[d] ? v - mean[d] - dot(A[d], h.grid.z) : 0));
  addOuter(h.grid.precision, A, variance);
  const b = h.grid.z.map((_, k) => e.reduce((s, v, d) => s + A[d][k] * v, 0) / variance);
  const gain = times(denseInverse(h.grid.precision).inverse, b);
  h.grid.z = h.grid.z.map((v, k) => v + gain[k]);
}

/** Rows that count: their directions and residuals against the mean. */
function take(rows: boolean[], A: number[][], e: number[]): { A: number[][]; e: number[] } {
  return { A: A.filter((_, d) => rows[d]), e: e.filter((_, d) => rows[d]) };
}

function moved(cells: number[][], bins: number, weight: number): number[][] {
  const shifted = cells.map((row, q) => {
    const out = Array<number>(GRID).fill(0);
    const by = Math.min(GRID, bins / GRID_RATES[q]);
    row.forEach((v, g) => {
      if (v < 1e-12) return;
      const share = by - Math.floor(by);
      out[Math.min(GRID - 1, g + Math.floor(by))] += (1 - share) * v;
      out[Math.min(GRID - 1, g + Math.floor(by) + 1)] += share * v;
    });
    return out;
  });
  const leak = 0.5 * GRID_RATE_CHANGE * Math.min(2, weight);
  return shifted.map((row, q) =>
    row.map((v, g) => {
      const slower = (shifted[q - 1] ?? row)[g],
        faster = (shifted[q + 1] ?? row)[g];
      return v + leak * (slower - v) + leak * (faster - v);
    }),
  );
}

const atEnd = (h: SlowHypothesis): number => h.cells.reduce((s, row) => s + row[GRID - 1], 0);

/** The most that any hypothesis has to say for itself; one that is over has only its mass. */
function slowWorth(all: readonly SlowHypothesis[]): number {
  return Math.max(-Infinity, ...all.map((h) => h.mass - h.logPrior * (1 - h.ended)));
}

function slowSettle(m: SlowMirror, dt: number): void {
  const { spec } = m;
  const all = [...m.hypotheses.values()];
  const worth = slowWorth(all);
  const top = Math.max(m.none, ...all.map((h) => h.mass));
  let back = Math.exp(m.none - top);
  for (const [key, h] of m.hypotheses) {
    if (h.mass - h.logPrior < worth - spec.prune || h.mass <= top - 60) {
      m.hypotheses.delete(key);
      continue;
    }
    h.ended = atEnd(h);
    const overdue = (m.time ?? 0) - h.onset > 2.5 * m.tables[tableOf(key)].duration;
    const out = overdue ? 1 - Math.exp(-dt / 0.25) : (1 - Math.exp(-dt / spec.linger)) * h.ended;
    const given = out > 1e-12 ? out : 0;
    back += given * Math.exp(h.mass - top);
    for (const one of [h, h.grid, ...h.bank]) one.mass += Math.log(Math.max(1e-12, 1 - given)) - top;
  }
  m.none = Math.max(Math.log(back), -60);
}
