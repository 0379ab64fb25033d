// What was there lately. People name an act while it goes on or just after, when the mirror may already believe something
// else, so what is heard goes with a fading trace of what was believed.

import type { Seen } from "./associate.ts";

/** s in which the trace forgets to 1/e. */
export const LATELY = 1;

/**
 * Moves a trace of probabilities on by one step, in place.
 *
 * @param trace [acts], zeros at first
 * @param now what is believed now, [acts]
 * @param dt s since the last step
 */
export function remember(trace: Float64Array, now: ArrayLike<number>, dt: number, fades = LATELY): void {
  if (!(dt > 0)) return;
  const share = 1 - Math.exp(-dt / fades);
  for (let k = 0; k < trace.length; k++) trace[k] += share * ((now[k] ?? 0) - trace[k]);
}

/**
 * The acts of a trace as part of a situation.
 *
 * @param names of the acts, in the trace's order
 * @param least what is less probable is left out
 */
export function actsLately(names: readonly string[], trace: Float64Array, least = 0.01): Seen[] {
  return names.flatMap((name, k) =>
    trace[k] >= least ? [{ kind: "act" as const, name, probability: Math.min(1, trace[k]) }] : [],
  );
}
