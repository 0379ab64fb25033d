// Stop or wait: when to name an act that is still going on. The rule is one threshold on the probability of the leading
// act, chosen on the training items alone; who never gets there answers at the end.

import { type LoadedSet, type Labelled, atMost, foldsOf, labelled } from "./sets.ts";
import { MOST_FOLDS, forecast, placesOf, round, taught, watchItem } from "./watching.ts";

/** What a watched item would have answered after each row. */
interface Trace {
  truth: number;
  guesses: Int32Array;
  stated: Float64Array;
}

export interface Early {
  /** Share answered rightly, at the moment of deciding. */
  acc: number;
  /** Mean share of the item seen by then. */
  earliness: number;
  /** Harmonic mean of accuracy and one minus earliness. */
  hm: number;
  /** Share right if it always waits for the end. */
  alwaysWait: number;
  /** Mean threshold over folds. */
  threshold: number;
}

const THRESHOLDS = Array.from({ length: 34 }, (_, i) => 0.3 + 0.02 * i).concat(0.97, 0.98, 0.99);

export function measureEarly(loaded: LoadedSet, log: (line: string) => void): Early {
  const items = labelled(loaded);
  const { classes, rate, name } = loaded.set;
  const decided: { right: boolean; share: number; last: boolean }[] = [];
  let thresholds = 0;
  const folds = atMost(foldsOf(items).folds, MOST_FOLDS);
  for (const fold of folds) {
    log(`${name}: ${fold.name}, choosing when to answer`);
    const traces = halves(fold.train).flatMap(([known, held]) => tracesOf(known, held, classes, rate));
    const threshold = bestThreshold(traces);
    thresholds += threshold / folds.length;
    log(`${name}: ${fold.name}, answering at ${threshold.toFixed(2)}`);
    for (const trace of tracesOf(fold.train, fold.test, classes, rate))
      decided.push({ ...decide(trace, threshold), last: trace.guesses.at(-1) === trace.truth });
  }
  const mean = (of: (d: (typeof decided)[number]) => number): number =>
    decided.reduce((s, d) => s + of(d), 0) / decided.length;
  const acc = mean((d) => Number(d.right)),
    earliness = mean((d) => d.share);
  return {
    acc: round(acc, 4),
    earliness: round(earliness, 4),
    hm: round(harmonic(acc, 1 - earliness), 4),
    alwaysWait: round(
      mean((d) => Number(d.last)),
      4,
    ),
    threshold: round(thresholds, 3),
  };
}

/** The first row whose leading act reaches the threshold, else the last. */
export function decide({ truth, guesses, stated }: Trace, threshold: number): { right: boolean; share: number } {
  // One row says nothing of a movement.
  let row = stated.findIndex((p, t) => t > 0 && p >= threshold);
  if (row < 0) row = stated.length - 1;
  return { right: guesses[row] === truth, share: (row + 1) / stated.length };
}

/** The threshold with the best harmonic mean of accuracy and earliness; the higher one where two are as good. */
export function bestThreshold(traces: readonly Trace[]): number {
  let best = THRESHOLDS[THRESHOLDS.length - 1],
    most = -1;
  for (const threshold of THRESHOLDS) {
    let right = 0,
      share = 0;
    for (const trace of traces) {
      const d = decide(trace, threshold);
      right += Number(d.right) / traces.length;
      share += d.share / traces.length;
    }
    const hm = harmonic(right, 1 - share);
    if (hm >= most) [best, most] = [threshold, hm];
  }
  return best;
}

export function harmonic(a: number, b: number): number {
  return a + b > 0 ? (2 * a * b) / (a + b) : 0;
}

/** Each half of the training items, watched by a mind that learned the other: people stay whole where they are known. */
function halves(train: readonly Labelled[]): [Labelled[], Labelled[]][] {
  const people = [...new Set(train.map((i) => i.who))];
  const rank = new Map<number, number>();
  const halfOf = (item: Labelled): number => {
    if (people.length >= 2 && !people.includes(undefined)) return people.indexOf(item.who) % 2;
    const n = rank.get(item.y) ?? 0;
    rank.set(item.y, n + 1);
    return n % 2;
  };
  const half = train.map(halfOf);
  return [0, 1].map((h) => [train.filter((_, i) => half[i] !== h), train.filter((_, i) => half[i] === h)]);
}

function tracesOf(
  train: readonly Labelled[],
  test: readonly Labelled[],
  classes: readonly string[],
  rate: number,
): Trace[] {
  if (train.length === 0) return [];
  const mind = taught(train, classes, rate),
    place = placesOf(mind, classes);
  return test.map((item) => {
    const T = item.frames.length,
      trace = { truth: item.y, guesses: new Int32Array(T), stated: new Float64Array(T) };
    watchItem(mind, item, (row) => {
      const { guess, shares } = forecast(mind, place);
      trace.guesses[row] = guess;
      trace.stated[row] = shares[guess];
    });
    return trace;
  });
}
