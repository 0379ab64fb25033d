// What comes next: every live hypothesis runs its act on from where it thinks it is, at the tempo seen, with the
// offset of this performance kept. The mixture over acts gives mean and variance; "none" expects the posture held.

import { frameVariance } from "./bank.ts";
import { type Belief, phaseSpread } from "./belief.ts";
import type { Mirror } from "./mirror.ts";
import { GRID } from "./spec.ts";
import { tableOf } from "./state.ts";
import { gridOf } from "./tables.ts";

/** Nodes, in standard deviations, and weights. */
const NODES = [
  { node: -Math.sqrt(3), share: 1 / 6 },
  { node: 0, share: 2 / 3 },
  { node: Math.sqrt(3), share: 1 / 6 },
] as const;
/** Own random walk of an unexplained posture, metric units per sqrt(s). */
const WANDER = 0.35;

/**
 * Metric posture `ahead` seconds from now.
 *
 * @param mean [S], overwritten
 * @param variance [S], overwritten
 */
export function expect(
  mirror: Mirror,
  belief: Belief,
  ahead: number,
  mean: Float64Array,
  variance: Float64Array,
): void {
  const { motion, tables, spec, rank } = mirror;
  const S = mean.length;
  mean.fill(0);
  variance.fill(0);
  let weight = 0;
  const wander = WANDER * WANDER * ahead;
  const add = (w: number, value: (d: number) => number, spread: (d: number) => number): void => {
    weight += w;
    for (let d = 0; d < S; d++) {
      const v = value(d);
      mean[d] += w * v;
      variance[d] += w * (v * v + spread(d));
    }
  };
  const now = motion.posture;
  if (belief.none > 1e-4 || belief.probability.length === 0)
    add(
      Math.max(belief.none, 1e-4),
      (d) => now[d],
      () => wander + 1e-4,
    );
  for (let k = 0; k < belief.probability.length; k++) {
    const slot = belief.slot[k],
      p = belief.probability[k];
    if (slot < 0 || p < 0.01) continue;
    const table = tables[tableOf(mirror, slot)];
    const spread = phaseSpread(mirror, slot);
    // The offset of this performance at hand carries over; what has been seen here fades into what the act says there.
    const keep = Math.exp(-ahead / 0.6);
    const noise = 1 / (1 / (table.loose * frameVariance(spec.bankVariance, 1 / spec.rate)) + motion.seenCount);
    // How far along is not known exactly, and how the act goes on differs with it: three phases stand for all
    // (Gauss-Hermite quadrature).
    for (const { node, share } of NODES) {
      const phase = Math.min(1, Math.max(0, mirror.phase[slot] + node * spread));
      const at = gridOf(table, phase);
      const to = gridOf(table, Math.min(1, phase + (mirror.tempo[slot] * ahead) / table.duration));
      const g0 = interpolation(at),
        g1 = interpolation(to);
      const r = table.rank,
        here = Math.round(at) * r * S,
        there = Math.round(to) * r * S;
      add(
        p * share,
        (d) => {
          const a = g0.i * S + d,
            b = g1.i * S + d;
          let m0 = table.posture[a] * (1 - g0.f) + table.posture[a + S] * g0.f,
            m1 = table.posture[b] * (1 - g1.f) + table.posture[b + S] * g1.f;
          for (let c = 0; c < r; c++) {
            const z = mirror.gridZ[slot * rank + c];
            m0 += table.latent[here + c * S + d] * z;
            m1 += table.latent[there + c * S + d] * z;
          }
          return table.known[d] ? m1 + keep * (now[d] - m0) : now[d];
        },
        (d) => (table.known[d] ? noise : 0) + wander * 0.5 + 1e-4,
      );
    }
  }
  for (let d = 0; d < S; d++) {
    mean[d] /= weight;
    variance[d] = Math.max(1e-6, variance[d] / weight - mean[d] * mean[d]);
  }
}

function interpolation(grid: number): { i: number; f: number } {
  const i = Math.min(GRID - 2, Math.max(0, Math.floor(grid)));
  return { i, f: Math.min(1, Math.max(0, grid - i)) };
}
