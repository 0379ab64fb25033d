// The scene: what is where, remembered while it is hidden, and which of it the hand goes for. People reach for what is near and in
// the way their hand goes, so heading and distance are evidence about the object, and through it about the goal.

import type { SceneObject } from "./types.ts";

/** An object, and when it was last seen. Plain data. */
export interface RememberedObject {
  kind: string;
  role: string | undefined;
  position: number[] | undefined;
  seen: number;
}

/** Plain data. */
export interface SceneMemory {
  objects: RememberedObject[];
}

/** The hand that acts, in the coordinates of the objects. */
export interface Hand {
  readonly position: readonly number[];
  /** Units a second. */
  readonly velocity: readonly number[];
  /** Where it hangs from and how far it goes; without them everything is in reach. */
  readonly shoulder?: readonly number[];
  readonly reach?: number;
}

/** Kappa of the direction of a hand that moves at full speed about the object it goes for, von Mises-Fisher; [D]. */
const HEADING = 6;
/** Share of an object out of reach beside one within it. */
const OUT_OF_REACH = 0.02;

export function createSceneMemory(): SceneMemory {
  return { objects: [] };
}

/** What is seen of the scene now. Objects that are not named are remembered where they were. */
export function seeObjects(memory: SceneMemory, objects: readonly SceneObject[], time: number): void {
  const free = memory.objects.slice();
  for (const { kind, role, position } of objects) {
    // Of several of a kind, the one that was nearest.
    let found: RememberedObject | undefined,
      least = Infinity;
    for (const o of free) {
      if (o.kind !== kind) continue;
      const distance = o.position && position ? apart(o.position, position) : Number.MAX_VALUE;
      if (distance >= least) continue;
      least = distance;
      found = o;
    }
    if (found) {
      free.splice(free.indexOf(found), 1);
      found.role = role ?? found.role;
      found.position = position ? [...position] : found.position;
      found.seen = time;
    } else memory.objects.push({ kind, role, position: position && [...position], seen: time });
  }
}

/** Something is no longer there: it was taken out of the scene, not hidden. */
export function forgetObject(memory: SceneMemory, kind: string): void {
  memory.objects = memory.objects.filter((o) => o.kind !== kind);
}

/**
 * How well each object explains where the hand goes, relative to the best. A hand that rests says nothing of direction.
 *
 * @param speed at which the hand counts as moving in earnest, units a second
 * @param out [objects]; 0 where the object's place is unknown
 */
export function aimOf(objects: readonly RememberedObject[], hand: Hand, speed: number, out: Float64Array): void {
  const { position: at, velocity, shoulder, reach } = hand;
  let pace = 0;
  for (const v of velocity) pace += v * v;
  pace = Math.sqrt(pace);
  const kappa = HEADING * Math.min(1, pace / speed);
  let nearest = Infinity;
  for (const { position } of objects) if (position) nearest = Math.min(nearest, apart(position, at));
  let best = 0;
  for (let i = 0; i < objects.length; i++) {
    const { position } = objects[i];
    out[i] = 0;
    if (!position) continue;
    const distance = apart(position, at);
    let along = 0;
    if (pace > 0 && distance > 0)
      for (let d = 0; d < at.length; d++) along += ((position[d] - at[d]) / distance) * (velocity[d] / pace);
    // At equal heading the nearer one: odds fall with the distance beyond the nearest.
    const far = nearest > 0 ? distance / Math.max(nearest, 1e-9) : 1;
    out[i] = Math.exp(kappa * (along - 1)) / Math.sqrt(Math.max(1, far));
    if (shoulder && reach !== undefined && apart(position, shoulder) > reach) out[i] *= OUT_OF_REACH;
    best = Math.max(best, out[i]);
  }
  if (best > 0) for (let i = 0; i < objects.length; i++) out[i] /= best;
}

export function apart(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return Math.sqrt(sum);
}
