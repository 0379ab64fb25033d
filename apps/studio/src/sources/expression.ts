// What the generated person's face does while they act: now and then an expression, with onset, apex and offset, and blinks.
// The same seed makes the same faces.

import { minimumJerk } from "@attune/actor";
import { FACE, FACE_UNITS, createRng } from "@attune/core";

/** Action units at the apex, both sides alike. */
const EXPRESSIONS: readonly Readonly<Record<string, number>>[] = [
  { AU12: 0.9, AU06: 0.6, AU25: 0.35 },
  { AU01: 0.8, AU02: 0.75, AU05: 0.5 },
  { AU12: 0.6, AU06: 0.3 },
  { AU04: 0.7, AU07: 0.4, AU24: 0.4 },
  { AU01: 0.7, AU02: 0.6, AU05: 0.7, AU26: 0.7, AU25: 0.8 },
];
/** s */
const ONSET = 0.45,
  APEX = 1,
  OFFSET = 0.7;
/** s from one expression, or one blink, to the next: least, and how much more. */
const PAUSE = [1.5, 3],
  BLINK = [2.5, 3];
const BLINK_LASTS = 0.22;

const AT = EXPRESSIONS.map((units) =>
  Object.entries(units).map(([unit, apex]) => ({
    apex,
    at: FACE_UNITS.flatMap((name, u) => (name.startsWith(unit) ? [u] : [])),
  })),
);
const EYES = FACE_UNITS.flatMap((name, u) => (name.startsWith("AU43") ? [u] : []));

/** The face at a time, s, that goes on from call to call; written into the array it gives back, [FACE]. */
export function createExpression(seed: number): (time: number) => Float32Array {
  const faces = createRng(seed, "studio/expressions"),
    blinks = createRng(seed, "studio/blinks");
  const out = new Float32Array(FACE);
  let which = 0,
    begins = 1.2,
    blink = 1.5;
  return (time) => {
    out.fill(0);
    if (time > begins + ONSET + APEX + OFFSET) {
      begins = time + PAUSE[0] + PAUSE[1] * faces();
      which = Math.floor(faces() * AT.length);
    }
    const strength = bump(time - begins);
    if (strength > 0) for (const { at, apex } of AT[which]) for (const u of at) out[u] = apex * strength;
    if (time > blink + BLINK_LASTS) blink = time + BLINK[0] + BLINK[1] * blinks();
    const closed = Math.sin(Math.PI * Math.min(1, Math.max(0, (time - blink) / BLINK_LASTS)));
    for (const u of EYES) out[u] = Math.max(out[u], closed);
    return out;
  };
}

function bump(t: number): number {
  if (t <= 0) return 0;
  if (t < ONSET) return minimumJerk(t / ONSET);
  if (t < ONSET + APEX) return 1;
  return t < ONSET + APEX + OFFSET ? 1 - minimumJerk((t - ONSET - APEX) / OFFSET) : 0;
}
