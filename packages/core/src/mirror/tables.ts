// An act's forward model, tabulated: what each phase of it would look like. The motor mean and its main
// directions of variation are run through the mind's own image of its body (the readout) and through the same
// perceptual filter that watches others, so that own and seen movement meet in one code. Grid points
// are equally spaced in distance travelled, not in time.

import { eigenSymmetric } from "../linalg.ts";
import { type Variant, deviationRows, durationOf, durationSpread, shrinkage } from "../repertoire/act.ts";
import { BASIS, smoothness, splineAt } from "../repertoire/basis.ts";
import { type Gauge, createGauge, gaugeLatent, gaugeRows } from "./gauge.ts";
import { type MotionSpec, advance, createMotion } from "./motion.ts";
import { GRID } from "./spec.ts";

/** Own coordinates [D] to seen coordinates [S]: identity, or the learned image of the own body. */
export interface Readout {
  readonly size: number;
  apply(own: Float64Array, seen: Float64Array): void;
  /** Which seen coordinates follow from the own ones that were ever shown. */
  reach(known: Uint8Array, out: Uint8Array): void;
}

/** Own coordinates are the seen ones: channels, points, and acts known by sight alone. */
export function identityReadout(size: number): Readout {
  return { size, apply: (own, seen) => seen.set(own), reach: (known, out) => out.set(known) };
}

/** One variant's table. S = seen dims, r = rank. Plain data; single precision, as a frame reads them all. */
export interface Table {
  /** The act's id, its index in the repertoire, and the variant's index in the act. */
  id: number;
  act: number;
  variant: number;
  rank: number;
  /** Metric postures, [GRID, S]. */
  posture: Float32Array;
  /** Smoothed as perception smooths, [GRID, S]. */
  smooth: Float32Array;
  heading: Float32Array;
  /** Directions of variation, [GRID, r, S]. */
  latent: Float32Array;
  /** Over all that is known. */
  gauge: Gauge;
  /** 1 where the act says anything, [S]. */
  known: Uint8Array;
  knownCount: number;
  /** Time-phase of each grid point, [GRID], increasing from 0 to 1. */
  timePhase: Float64Array;
  /** Clock units from start to end. */
  length: number;
  duration: number;
  spread: number;
  /** Cost of its performances relative to that of acts in general: what it allows them to stray. */
  loose: number;
}

export interface TableOptions {
  metric: Float64Array;
  motion: MotionSpec;
  /** Hz at which the act is re-enacted for the perceptual filter. */
  rate: number;
  maxRank: number;
  /** Rotation of seen coordinates about the vertical: derivative with respect to yaw, for persons. */
  turn?: (seen: Float64Array, out: Float64Array) => void;
}

export function tabulate(
  id: number,
  act: number,
  index: number,
  variant: Variant,
  readout: Readout,
  options: TableOptions,
): Table {
  const { metric } = options;
  const D = variant.known.length,
    S = metric.length;
  const duration = durationOf(variant);
  const steps = Math.min(2000, Math.max(GRID, Math.round(duration * options.rate)));
  const own = new Float64Array(D),
    seen = new Float64Array(S);
  const known = new Uint8Array(S);
  readout.reach(variant.known, known);
  for (let d = 0; d < S; d++) if (!(metric[d] > 0)) known[d] = 0;
  const pass = createMotion(S);
  const clock = new Float64Array(steps + 1);
  const raw = new Float64Array((steps + 1) * S),
    smooth = new Float64Array((steps + 1) * S),
    heading = new Float64Array((steps + 1) * S);
  for (let i = 0; i <= steps; i++) {
    for (let d = 0; d < D; d++) own[d] = splineAt(variant.mu, d * BASIS, i / steps);
    readout.apply(own, seen);
    for (let d = 0; d < S; d++) if (!known[d]) seen[d] = NaN;
    advance(pass, options.motion, seen, metric, (i / steps) * duration);
    clock[i] = (i > 0 ? clock[i - 1] : 0) + pass.step;
    raw.set(pass.raw, i * S);
    smooth.set(pass.posture, i * S);
    heading.set(pass.heading, i * S);
  }
  const length = clock[steps];
  const table: Table = {
    id,
    act,
    variant: index,
    rank: 0,
    posture: new Float32Array(GRID * S),
    smooth: new Float32Array(GRID * S),
    heading: new Float32Array(GRID * S),
    latent: new Float32Array(0),
    gauge: createGauge(0),
    known,
    knownCount: known.reduce((s, v) => s + v, 0),
    timePhase: new Float64Array(GRID),
    length,
    duration,
    spread: durationSpread(variant),
    loose: 1,
  };
  let i = 0;
  for (let g = 0; g < GRID; g++) {
    const u = (length * g) / (GRID - 1);
    while (i < steps - 1 && clock[i + 1] < u) i++;
    const f = Math.min(1, Math.max(0, (u - clock[i]) / (clock[i + 1] - clock[i] || 1)));
    table.timePhase[g] = (i + f) / steps;
    for (let d = 0; d < S; d++) {
      const a = i * S + d,
        b = a + S;
      table.posture[g * S + d] = raw[a] * (1 - f) + raw[b] * f;
      table.smooth[g * S + d] = smooth[a] * (1 - f) + smooth[b] * f;
      table.heading[g * S + d] = heading[a] * (1 - f) + heading[b] * f;
    }
  }
  table.timePhase[GRID - 1] = 1;
  addLatents(table, variant, readout, options);
  table.gauge = gaugeOf(table);
  return table;
}

function gaugeOf({ posture, smooth, heading, latent, known, rank }: Table): Gauge {
  const out = createGauge(rank),
    weights = Float64Array.from(known);
  for (let g = 0; g < GRID; g++) {
    gaugeRows(posture, g, weights, out.postureNorm, out.postureCross);
    gaugeRows(heading, g, weights, out.headingNorm, out.headingCross);
    gaugeRows(smooth, g, weights, out.smoothNorm, undefined);
    gaugeLatent(latent, posture, g, weights, out);
  }
  return out;
}

/** Grid position (fractional) of a time-phase. */
export function gridOf(table: Table, timePhase: number): number {
  const { timePhase: tp } = table;
  if (timePhase >= 1) return GRID - 1;
  let lo = 0,
    hi = GRID - 1;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (tp[mid] <= timePhase) lo = mid;
    else hi = mid;
  }
  const width = tp[hi] - tp[lo];
  return width > 0 ? lo + (timePhase - tp[lo]) / width : lo;
}

/** Time-phase of a fractional grid position. */
export function timePhaseAt(table: Table, grid: number): number {
  const g = Math.min(GRID - 2, Math.max(0, Math.floor(grid)));
  const f = Math.min(1, Math.max(0, grid - g));
  return table.timePhase[g] * (1 - f) + table.timePhase[g + 1] * f;
}

/** Chooses the directions in which performances of this act differ most, as they would look. */
function addLatents(table: Table, variant: Variant, readout: Readout, options: TableOptions): void {
  const { metric } = options;
  const S = metric.length,
    D = variant.known.length;
  const candidates: Float64Array[] = [];
  const base = new Float64Array(D),
    moved = new Float64Array(D),
    seen0 = new Float64Array(S),
    seen1 = new Float64Array(S);
  const along = (direction: (d: number, phase: number) => number): Float64Array => {
    const column = new Float64Array(GRID * S);
    for (let g = 0; g < GRID; g++) {
      const z = table.timePhase[g];
      for (let d = 0; d < D; d++) {
        base[d] = splineAt(variant.mu, d * BASIS, z);
        moved[d] = base[d] + direction(d, z);
      }
      readout.apply(base, seen0);
      readout.apply(moved, seen1);
      for (let d = 0; d < S; d++) if (table.known[d]) column[g * S + d] = (seen1[d] - seen0[d]) * metric[d];
    }
    return column;
  };
  const { prior, scatter } = shrinkage(variant);
  const rows = deviationRows(variant),
    size = variant.mu.length;
  for (let r = 0; r < rows; r++) {
    const scale = Math.sqrt(scatter);
    const row = variant.deviations.subarray(r * size, (r + 1) * size);
    candidates.push(along((d, z) => scale * splineAt(row, d * BASIS, z)));
  }
  if (D <= 6) {
    // Few dimensions: the smoothness prior itself, five directions a dimension.
    const { values, vectors } = eigenSymmetric(smoothness(), BASIS);
    for (let d = 0; d < D; d++)
      for (let k = 0; k < 5; k++) {
        const scale = Math.sqrt(prior * variant.prior[d] * values[k]);
        const row = vectors.subarray(k * BASIS, (k + 1) * BASIS);
        candidates.push(along((dim, z) => (dim === d ? scale * splineAt(row, 0, z) : 0)));
      }
  }
  // Invariances: done bigger, done turned.
  candidates.push(sizeColumn(table, S));
  if (options.turn) candidates.push(turnColumn(table, S, metric, options.turn));
  keepLargest(table, candidates, Math.min(options.maxRank, candidates.length), S);
}

const SIZE_SD = 0.2;
const TURN_SD = 0.2;

function sizeColumn(table: Table, S: number): Float64Array {
  const out = new Float64Array(GRID * S);
  for (let g = 0; g < GRID; g++)
    for (let d = 0; d < S; d++) out[g * S + d] = SIZE_SD * (table.posture[g * S + d] - table.posture[d]);
  return out;
}

function turnColumn(
  table: Table,
  S: number,
  metric: Float64Array,
  turn: (seen: Float64Array, out: Float64Array) => void,
): Float64Array {
  const out = new Float64Array(GRID * S),
    seen = new Float64Array(S),
    derivative = new Float64Array(S);
  for (let g = 0; g < GRID; g++) {
    for (let d = 0; d < S; d++) seen[d] = metric[d] > 0 ? table.posture[g * S + d] / metric[d] : 0;
    turn(seen, derivative);
    for (let d = 0; d < S; d++) if (table.known[d]) out[g * S + d] = TURN_SD * derivative[d] * metric[d];
  }
  return out;
}

/** Principal directions of the candidates, weighted by what they do over the whole act; the rest is dropped. */
function keepLargest(table: Table, columns: Float64Array[], rank: number, S: number): void {
  const n = columns.length,
    gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const a = columns[i],
        b = columns[j];
      let s = 0;
      for (let k = 0; k < a.length; k++) s += a[k] * b[k];
      gram[i * n + j] = gram[j * n + i] = s;
    }
  const { values, vectors } = eigenSymmetric(gram, n);
  while (rank > 0 && !(values[rank - 1] > 1e-9 * (values[0] + 1e-300))) rank--;
  table.rank = rank;
  table.latent = new Float32Array(GRID * rank * S);
  for (let k = 0; k < rank; k++)
    for (let i = 0; i < n; i++) {
      const v = vectors[k * n + i];
      if (v === 0) continue;
      for (let g = 0; g < GRID; g++)
        for (let d = 0; d < S; d++) table.latent[(g * rank + k) * S + d] += v * columns[i][g * S + d];
    }
}
