// Early recognition: how often the most probable act is the right one after a share of the movement, and how far its
// probability can be believed. The engine sees frames one by one and is never told how much it has seen or how
// long the movement will be. Shares are of rows: ceil(share * rows), at least 2.

import type { Mind } from "@attune/core";
import { type Labelled, type LoadedSet, atMost, foldsOf, labelled } from "./sets.ts";
import { type Forecast, brier, calibrationError, reliability } from "./scores.ts";
import { forecast, key, placesOf, round, rowAt, taught, watchItem } from "./watching.ts";

export const MARKS = [0.1, 0.2, 0.3, 0.5, 0.7, 1] as const;
const SHOTS = [1, 2, 5, 6] as const;
const PICKS = 5;
/** Folds on which the few-shot part runs, and items it watches there in all, evenly spread: all would take hours. */
const FEW_FOLDS = 5;
const FEW_TESTS = 300;

export type ByMark<T> = Record<string, T>;

export interface Recognition {
  n: number;
  classes: number;
  protocol: string;
  acc: ByMark<number>;
  ece: ByMark<number>;
  eceBand: ByMark<[number, number]>;
  brier: ByMark<number>;
  /** Of each tenth of stated probability that has answers: mean stated, share right, answers. */
  reliability: ByMark<[number, number, number][]>;
  oneShot: Record<string, ByMark<number>>;
  usPerFrame: number;
  peakMB: number;
}

export interface RecognitionOptions {
  log: (line: string) => void;
  /** Skip the n-shot part. */
  short?: boolean;
}

export function measureRecognition(loaded: LoadedSet, options: RecognitionOptions): Recognition {
  const items = labelled(loaded);
  const { classes, rate, name } = loaded.set;
  const { protocol, folds } = foldsOf(items);
  const forecasts: Forecast[][] = MARKS.map(() => []);
  const shots = new Map<string, { right: number; n: number }>();
  let micros = 0,
    frames = 0,
    peak = 0;
  const few = new Set(atMost(folds, FEW_FOLDS));
  for (const fold of folds) {
    options.log(`${name}: ${fold.name}, learning ${fold.train.length} demonstrations`);
    const mind = taught(fold.train, classes, rate);
    const start = performance.now();
    for (const item of fold.test) {
      frames += item.frames.length;
      recognise(mind, item, classes).forEach((forecast, m) => forecasts[m].push(forecast));
    }
    micros += (performance.now() - start) * 1000;
    peak = Math.max(peak, process.memoryUsage().rss / 1e6);
    if (options.short || !few.has(fold)) continue;
    options.log(`${name}: ${fold.name}, few examples`);
    const watched = atMost(fold.test, Math.ceil(FEW_TESTS / few.size));
    for (const k of SHOTS)
      for (let r = 0; r < PICKS; r++) {
        const picked = pick(fold.train, classes.length, k, r);
        if (!picked) continue;
        const novice = taught(picked, classes, rate);
        for (const item of watched)
          recognise(novice, item, classes).forEach((forecast, m) => {
            const tally = shots.get(`${k}/${key(MARKS[m])}`) ?? { right: 0, n: 0 };
            tally.n++;
            if (forecast.guess === forecast.truth) tally.right++;
            shots.set(`${k}/${key(MARKS[m])}`, tally);
          });
      }
  }
  const out: Recognition = {
    n: forecasts[0].length,
    classes: classes.length,
    protocol,
    acc: {},
    ece: {},
    eceBand: {},
    brier: {},
    reliability: {},
    oneShot: {},
    usPerFrame: round(micros / Math.max(1, frames), 1),
    peakMB: round(peak, 0),
  };
  MARKS.forEach((mark, m) => {
    const at = key(mark),
      calibration = calibrationError(forecasts[m]);
    out.acc[at] = round(forecasts[m].filter((f) => f.guess === f.truth).length / forecasts[m].length, 4);
    out.ece[at] = round(calibration.corrected, 4);
    out.eceBand[at] = [round(calibration.band[0], 4), round(calibration.band[1], 4)];
    out.brier[at] = round(brier(forecasts[m]), 4);
    out.reliability[at] = reliability(forecasts[m]).map(([p, right, n]) => [round(p, 4), round(right, 4), n]);
  });
  for (const k of SHOTS)
    for (const mark of [0.5, 1]) {
      const tally = shots.get(`${k}/${key(mark)}`);
      if (tally) (out.oneShot[k] ??= {})[key(mark)] = round(tally.right / tally.n, 4);
    }
  return out;
}

function recognise(mind: Mind, item: Labelled, classes: readonly string[]): Forecast[] {
  const place = placesOf(mind, classes);
  const out: Forecast[] = [];
  watchItem(mind, item, (row) => {
    while (out.length < MARKS.length && row === rowAt(item, MARKS[out.length]))
      out.push({ truth: item.y, ...forecast(mind, place) });
  });
  while (out.length < MARKS.length) out.push({ truth: item.y, ...forecast(mind, place) });
  return out;
}

/** The pick rule: shot j of repetition r is item (7 r + 3 j) mod n of its class, in file order; undefined where picks repeat. */
function pick(train: readonly Labelled[], classes: number, shots: number, repetition: number): Labelled[] | undefined {
  const out: Labelled[] = [];
  for (let y = 0; y < classes; y++) {
    const members = train.filter((i) => i.y === y);
    if (members.length === 0) continue;
    const places = Array.from({ length: shots }, (_, j) => (7 * repetition + 3 * j) % members.length);
    if (new Set(places).size < shots) return undefined;
    out.push(...places.map((i) => members[i]));
  }
  return out;
}
