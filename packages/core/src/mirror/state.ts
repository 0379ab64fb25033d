// What the mirror holds: its acts' tables, and for each hypothesis (slot) what is believed of it. Plain data.

import type { GainTable } from "./bank.ts";
import { type Likeness, createLikeness } from "./likeness.ts";
import { type Motion, createMotion, resetMotion } from "./motion.ts";
import { BANK_RATES, GRID_RATES, type MirrorSpec, GRID } from "./spec.ts";
import type { Table } from "./tables.ts";

const R = BANK_RATES.length,
  Q = GRID_RATES.length;
/** Cells of a slot's grid. */
export const CELLS = Q * GRID;

/** Everything the mirror knows and believes: plain data, survives structuredClone. */
export interface Mirror {
  spec: MirrorSpec;
  metric: Float64Array;
  tables: Table[];
  /** [tables][BANK_RATES]. */
  gains: GainTable[][];
  motion: Motion;
  /** Log mass of "no known act now". */
  none: number;
  /** Per slot, [tables * slots]. */
  on: Uint8Array;
  onset: Float64Array;
  /** When its first posture was last held, s: until it moves, an act has not begun. */
  still: Float64Array;
  /** Share of the grid at the last phase: the act is over and its last posture held. */
  ended: Float64Array;
  frames: Int32Array;
  /** Log mass of the slot: bank and grid averaged. */
  mass: Float64Array;
  /** Log prior the slot began with, relative to none. */
  logPrior: Float64Array;
  /** Clock units seen since onset. */
  travelled: Float64Array;
  bankMass: Float64Array;
  bankZ: Float64Array;
  /** 0 while the tabulated gains hold, 1 once precisions are carried explicitly. */
  exact: Uint8Array;
  bankLambda: Float64Array;
  gridMass: Float64Array;
  /** [slots, Q, GRID], sums to 1. */
  cells: Float64Array;
  /** First and last grid point with any mass. */
  low: Int32Array;
  high: Int32Array;
  gridZ: Float64Array;
  gridLambda: Float64Array;
  /** Mean grid position of each slot, and its smoothed speed relative to the act as learned. */
  gridMean: Float64Array;
  tempo: Float64Array;
  phase: Float64Array;
  /** Cost and weight of the frames since onset, for novelty. */
  costSum: Float64Array;
  weightSum: Float64Array;
  /** Log prior of each table: acts share evenly, and an act's variants share what it has. */
  prior: Float64Array;
  /** s since onsets were last considered. */
  sinceOnset: number;
  rank: number;
  scratch: Scratch;
}

interface Scratch {
  likeness: Likeness;
  e: Float64Array;
  u: Float64Array;
  b: Float64Array;
  x: Float64Array;
  factor: Float64Array;
  next: Float64Array;
  cost: Float64Array;
}

/** A mirror over tables that exist already: acts can be added without computing the others again. */
export function assemble(spec: MirrorSpec, metric: Float64Array, tables: Table[], gains: GainTable[][]): Mirror {
  const S = metric.length,
    N = tables.length * spec.slots;
  const rank = Math.max(1, ...tables.map((t) => t.rank));
  return {
    spec,
    metric,
    tables,
    gains,
    motion: createMotion(S),
    none: 0,
    on: new Uint8Array(N),
    onset: new Float64Array(N),
    still: new Float64Array(N),
    ended: new Float64Array(N),
    frames: new Int32Array(N),
    mass: new Float64Array(N),
    logPrior: new Float64Array(N),
    travelled: new Float64Array(N),
    bankMass: new Float64Array(N * R),
    bankZ: new Float64Array(N * R * rank),
    exact: new Uint8Array(N),
    bankLambda: new Float64Array(N * R * rank * rank),
    gridMass: new Float64Array(N),
    cells: new Float64Array(N * CELLS),
    low: new Int32Array(N),
    high: new Int32Array(N),
    gridZ: new Float64Array(N * rank),
    gridLambda: new Float64Array(N * rank * rank),
    gridMean: new Float64Array(N),
    tempo: new Float64Array(N),
    phase: new Float64Array(N),
    costSum: new Float64Array(N),
    weightSum: new Float64Array(N),
    prior: tablePriors(tables),
    sinceOnset: Infinity,
    rank,
    scratch: {
      likeness: createLikeness(S, rank),
      e: new Float64Array(S),
      u: new Float64Array(rank),
      b: new Float64Array(rank),
      x: new Float64Array(rank),
      factor: new Float64Array(rank * rank),
      next: new Float64Array(CELLS),
      cost: new Float64Array(GRID),
    },
  };
}

function tablePriors(tables: readonly Table[]): Float64Array {
  const count = new Map<number, number>();
  for (const { act } of tables) count.set(act, (count.get(act) ?? 0) + 1);
  return Float64Array.from(tables, ({ act }) => -Math.log(count.size * (count.get(act) ?? 1)));
}

/** Forgets the stream, keeps the acts. */
export function resetMirror(mirror: Mirror): void {
  resetMotion(mirror.motion);
  mirror.on.fill(0);
  mirror.none = 0;
  mirror.sinceOnset = Infinity;
}

/** Place of a slot's table. */
export function tableOf(mirror: Mirror, slot: number): number {
  return (slot / mirror.spec.slots) | 0;
}

/** When the act of a slot began, s: its first posture, waited in, is held no longer than it was when it was learned. */
export function beginningOf(mirror: Mirror, slot: number): number {
  const { timePhase, duration } = mirror.tables[tableOf(mirror, slot)];
  return Math.max(mirror.onset[slot], mirror.still[slot] - timePhase[1] * duration);
}

/** Rows an act says nothing about cost it what they cost the background. */
export function unknownCost(mirror: Mirror, table: Table): number {
  const S = mirror.metric.length;
  return table.knownCount === S ? 0 : mirror.spec.background.posture * (1 - table.knownCount / S);
}
