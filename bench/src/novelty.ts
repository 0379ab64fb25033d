// Does the mind notice what it does not know? A third of the classes is kept from it (class index modulo 3 = 0, 1, 2 in
// turn); of the test items, those of unknown classes should score higher than those of known ones.

import { moment } from "@attune/core";
import { type LoadedSet, atMost, foldsOf, labelled } from "./sets.ts";
import { areaUnderRoc, hitRateAt } from "./scores.ts";
import { MOST_FOLDS, key, round, rowAt, taught, watchItem } from "./watching.ts";

const MARKS = [0.3, 0.5] as const;
const FALSE_ALARMS = 0.05;

/** Means over folds and the three choices of unknown classes, by percentage seen. */
export interface Novelty {
  /** Chance that an unknown item scores above a known one. */
  auroc: Record<string, number>;
  /** Share of unknown items found where 5 % of the known ones raise a false alarm. */
  tprAt5: Record<string, number>;
}

/** @returns undefined for sets with fewer than three classes, or none to be told apart */
export function measureNovelty(loaded: LoadedSet, log: (line: string) => void): Novelty | undefined {
  const items = labelled(loaded);
  const { classes, rate, name } = loaded.set;
  if (classes.length < 3) return undefined;
  const folds = atMost(foldsOf(items).folds, MOST_FOLDS);
  const area = MARKS.map((): number[] => []),
    hits = MARKS.map((): number[] => []);
  for (let third = 0; third < 3; third++) {
    const known = MARKS.map((): number[] => []),
      strange = MARKS.map((): number[] => []);
    for (const fold of folds) {
      const train = fold.train.filter((i) => i.y % 3 !== third);
      if (train.length === 0) continue;
      log(`${name}: ${fold.name}, every third class unknown, from ${third}`);
      const mind = taught(train, classes, rate);
      for (const item of fold.test)
        watchItem(mind, item, (row) => {
          MARKS.forEach((mark, m) => {
            if (row === rowAt(item, mark)) (item.y % 3 === third ? strange : known)[m].push(moment(mind).novelty.score);
          });
        });
    }
    if (known[0].length === 0 || strange[0].length === 0) continue;
    MARKS.forEach((_, m) => {
      area[m].push(areaUnderRoc(strange[m], known[m]));
      hits[m].push(hitRateAt(strange[m], known[m], FALSE_ALARMS));
    });
  }
  if (area[0].length === 0) return undefined;
  const byMark = (values: readonly number[][]): Record<string, number> =>
    Object.fromEntries(
      MARKS.map((mark, m) => [key(mark), round(values[m].reduce((s, v) => s + v, 0) / values[m].length, 4)]),
    );
  return { auroc: byMark(area), tprAt5: byMark(hits) };
}
