// What is shown of the repertoire: an act done by the own body, and a portrait of what was learned of one.

import { MOTOR, SEEN, UNITS_PER_ACT, act, forward, unitsDoing, wristAt, type Mind } from "@attune/core";
import type { Portrait, Show } from "./protocol.ts";

/** Whoever has a mind. */
interface Minded {
  readonly mind: Mind;
}

/** Rate of performances shown, Hz. */
export const SHOWN = 60;
/** Performances drawn to show the spread, and how many of them are kept to be drawn. */
const DRAWS = 24,
  KEPT = 5;

/** The act done by the own body. */
export function perform({ mind }: Minded, name: string, sample: boolean, seed: number): Show {
  const { own, times } = act(mind, name, { rate: SHOWN, sample, seed });
  const T = times.length;
  const at = mind.repertoire.acts.findIndex((known) => known.name === name);
  const rates = new Float32Array(T * UNITS_PER_ACT);
  for (let t = 0; t < T; t++) rates.set(unitsDoing(mind, name, T > 1 ? t / (T - 1) : 0)[at].rates, t * UNITS_PER_ACT);
  return { name, rate: SHOWN, own, rates };
}

/** What was learned of an act: its mean, and how far it strays, by doing it over and over. */
export function portraitOf(session: Minded, name: string): Portrait {
  const mean = perform(session, name, false, 0);
  const draws = Array.from(
    { length: DRAWS },
    (_, seed) => act(session.mind, name, { rate: SHOWN, sample: true, seed: seed + 1, duration: lastsOf(mean) }).own,
  );
  const heights = [mean.own, ...draws].map((own) => [wristHeights(own, 0), wristHeights(own, 1)]);
  const [left, right] = heights[0];
  const side = spread(left) > spread(right) ? 0 : 1;
  const height = heights[0][side];
  const heightSd = height.map((h, t) =>
    Math.sqrt(heights.slice(1).reduce((s, both) => s + ((both[side][t] ?? h) - h) ** 2, 0) / DRAWS),
  );
  return { name, mean, others: draws.slice(0, KEPT), hand: side === 0 ? "left" : "right", height, heightSd };
}

const lastsOf = ({ own, rate }: Show): number => (own.length / MOTOR - 1) / rate;

function wristHeights(own: Float64Array, side: 0 | 1): Float64Array {
  const T = own.length / MOTOR;
  const seen = new Float64Array(SEEN),
    wrist = [0, 0, 0];
  return Float64Array.from({ length: T }, (_, t) => {
    forward(own.subarray(t * MOTOR, (t + 1) * MOTOR), seen);
    wristAt(side, seen, wrist);
    return wrist[1];
  });
}

const spread = (list: Float64Array): number => Math.max(...list) - Math.min(...list);
