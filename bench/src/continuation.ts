// What comes next? After a share of an item, where everything will be some frames on: against holding the last frame, and
// against going on at its velocity. The act is not given.

import { foresee } from "@attune/core";
import { type LoadedSet, type Labelled, atMost, foldsOf, labelled } from "./sets.ts";
import { MOST_FOLDS, key, round, rowAt, taught, watchItem } from "./watching.ts";

const MARKS = [0.3, 0.5, 0.7] as const;
const HORIZONS = [1, 3, 5, 8, 15] as const;

/** Mean distances of joints (relative to the root where there is one), or of the whole vector of channels, in the set's units. */
export interface Errors {
  model: number;
  hold: number;
  velocity: number;
  /** Items long enough to tell. */
  n: number;
}

/** By percentage seen, then by frames ahead. */
export type Continuation = Record<string, Record<string, Errors>>;

export function measureContinuation(loaded: LoadedSet, log: (line: string) => void): Continuation {
  const items = labelled(loaded);
  const { classes, rate, name, skeleton } = loaded.set;
  const root = skeleton ? skeleton.joints.findIndex((joint) => /pelvis|hip-?cent/i.test(joint)) : -1;
  const dims = skeleton?.dims ?? 0;
  const sums = MARKS.map(() => HORIZONS.map(() => ({ model: 0, hold: 0, velocity: 0, n: 0 })));
  for (const fold of atMost(foldsOf(items).folds, MOST_FOLDS)) {
    log(`${name}: ${fold.name}, continuing`);
    const mind = taught(fold.train, classes, rate);
    for (const item of fold.test)
      watchItem(mind, item, (row) => {
        MARKS.forEach((mark, m) => {
          if (row !== rowAt(item, mark) || row < 1) return;
          HORIZONS.forEach((ahead, h) => {
            if (row + ahead >= item.frames.length) return;
            const [before, now, truth] = [row - 1, row, row + ahead].map((t) => valuesOf(item, t));
            const model = foresee(mind, item.frames[row], ahead / rate);
            const going = now.map((v, k) => v + ahead * (v - before[k]));
            const errors = [model, now, going].map((guess) => distance(guess, truth, dims, root));
            if (!errors.every(Number.isFinite)) return;
            const sum = sums[m][h];
            sum.model += errors[0];
            sum.hold += errors[1];
            sum.velocity += errors[2];
            sum.n++;
          });
        });
      });
  }
  return Object.fromEntries(
    MARKS.map((mark, m) => [
      key(mark),
      Object.fromEntries(
        HORIZONS.flatMap((ahead, h) => {
          const { model, hold, velocity, n } = sums[m][h];
          if (n === 0) return [];
          const mean = (v: number): number => round(v / n, 5);
          return [[String(ahead), { model: mean(model), hold: mean(hold), velocity: mean(velocity), n }]];
        }),
      ),
    ]),
  );
}

function valuesOf(item: Labelled, row: number): Float32Array {
  const { body, channels } = item.frames[row];
  return body ?? channels ?? new Float32Array(0);
}

/**
 * Mean distance of the joints both show, from the root where there is one; without joints, of the vectors of channels.
 *
 * @param dims coordinates a joint, 0 for channels
 * @param root the root's joint, -1 for none
 */
export function distance(a: Float32Array, b: Float32Array, dims: number, root: number): number {
  const size = dims || a.length,
    count = a.length / size;
  let sum = 0,
    n = 0;
  for (let j = 0; j < count; j++) {
    let square = 0;
    for (let c = 0; c < size; c++) {
      const at = j * size + c,
        zero = root < 0 ? 0 : a[root * size + c] - b[root * size + c];
      square += (a[at] - b[at] - zero) ** 2;
    }
    if (!Number.isFinite(square)) continue;
    sum += Math.sqrt(square);
    n++;
  }
  return sum / n;
}
