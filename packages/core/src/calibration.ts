// The mind checks itself: remembered performances are replayed by a mirror that did not learn from them, and from what
// it says of them is fitted how far each act's performances stray, how sure the mirror should be, and when it should
// say "none of these".

import { type Episode, asDemonstration, learning } from "./episode.ts";
import type { Mind } from "./mind.ts";
import { type Reading, fitBackground, fitCalibration, fitStraying, read } from "./mirror/calibrate.ts";
import { type Mirror, assemble, observe, resetMirror } from "./mirror/mirror.ts";
import { type MirrorSpec, mirrorSpec } from "./mirror/spec.ts";
import type { Table } from "./mirror/tables.ts";
import { gainsOf, loosenessOf, mirrorSpecOf, rebuild, tablesOf } from "./rebuild.ts";
import type { Act } from "./repertoire/act.ts";
import { createAct, learnInto } from "./repertoire/learn.ts";

/** Most replays among all acts. Watched by its own act alone a performance costs little, and all are. */
const REPLAYS = 100;
const FOLDS = 2;
/** Shares of a performance at which the mirror is asked. */
const MARKS = [0.1, 0.2, 0.3, 0.5, 0.7, 1];

/** A part of the memories, and the acts as learned from the rest. */
interface Fold {
  tables: Table[];
  held: Episode[];
}

/**
 * Fits the straying of the acts, and the perception's calibration and background. Performers are held out whole where
 * they are known. Needs two acts of two performances, and for each part enough readings; what is not fitted stays as it
 * was, so that acts loaded without their performances keep what was learned of them.
 */
export function calibrate(mind: Mind): void {
  const { perception, acts } = mind.repertoire;
  if (!perception) return;
  const folds = foldsOf(mind);
  if (!folds) return;
  for (const act of acts) {
    const straying = fitStraying(replayAlone(mind, folds, act));
    if (straying) act.straying = straying;
  }
  const readings = replayAll(mind, folds);
  const scale = fitCalibration(readings);
  if (scale) perception.calibration = scale;
  const { headingWeight, background } = mirrorSpecOf(mind);
  const posture = fitBackground(readings, background.heading * headingWeight);
  if (posture !== undefined) perception.background = posture;
  rebuild(mind);
}

function foldsOf(mind: Mind): Fold[] | undefined {
  const { repertoire, episodes, mirror } = mind;
  const byAct = new Map<number, Episode[]>();
  for (const e of episodes) byAct.set(e.act, [...(byAct.get(e.act) ?? []), e]);
  if ([...byAct.values()].filter((list) => list.length >= 2).length < 2) return undefined;
  const people = [...new Set(episodes.map((e) => e.who).filter((w) => w !== undefined))];
  const foldOf = (e: Episode, rank: number): number =>
    e.who !== undefined && people.length >= 2 ? people.indexOf(e.who) % FOLDS : rank % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => {
    const tables: Table[] = [],
      held: Episode[] = [];
    repertoire.acts.forEach((act, index) => {
      const list = byAct.get(act.id);
      if (!list) return;
      const kept = list.filter((e, r) => foldOf(e, r) !== fold);
      if (kept.length > 0) held.push(...list.filter((e, r) => foldOf(e, r) === fold));
      const copy = createAct(act.name, act.id, act.space, act.dims);
      learnInto(copy, (kept.length > 0 ? kept : list).map(asDemonstration), learning(mind, act.space));
      tables.push(...tablesOf(mind, copy, index, mirrorSpecOf(mind), mirror.metric));
    });
    return { tables, held };
  });
}

/** Replays among all acts, as many as time allows. */
function replayAll(mind: Mind, folds: readonly Fold[]): Reading[] {
  const total = folds.reduce((s, { held }) => s + held.length, 0),
    every = Math.max(1, Math.ceil(total / REPLAYS)),
    spec = mirrorSpecOf(mind),
    loose = loosenessOf(mind.repertoire);
  return folds.flatMap(({ tables, held }) => {
    const mirror = mirrorOf(
      mind,
      spec,
      tables.map((t) => ({ ...t, loose: loose.ratios[t.act] })),
    );
    return held
      .filter((_, i) => i % every === 0)
      .flatMap((episode) =>
        replay(
          mirror,
          episode,
          mind.repertoire.acts.findIndex((a) => a.id === episode.act),
        ),
      );
  });
}

/** Replays of an act's performances by a mirror that knows this act only: what they cost depends on no other. */
function replayAlone(mind: Mind, folds: readonly Fold[], act: Act): Reading[] {
  const index = mind.repertoire.acts.indexOf(act),
    { rate, motion } = mirrorSpecOf(mind),
    { background } = mirrorSpec(),
    // Before anything is fitted, and with nothing to give way to: what is measured must not depend on what was measured
    // before, and one hypothesis has to account for the whole performance.
    alone = { onsetEvery: Infinity, prune: 1e6, linger: 1e9, background: { ...background, heading: 1e6 } },
    spec = mirrorSpec(rate, { motion, ...alone });
  return folds.flatMap(({ tables, held }) => {
    const own = held.filter((e) => e.act === act.id);
    if (own.length === 0) return [];
    const mirror = mirrorOf(
      mind,
      spec,
      tables.filter((t) => t.id === act.id).map((t) => ({ ...t, loose: 1 })),
    );
    return own.flatMap((episode) => replay(mirror, episode, index));
  });
}

function mirrorOf(mind: Mind, spec: MirrorSpec, tables: Table[]): Mirror {
  return assemble(
    spec,
    mind.mirror.metric,
    tables,
    tables.map((t) => gainsOf(t, spec)),
  );
}

function replay(mirror: Mirror, episode: Episode, truth: number): Reading[] {
  resetMirror(mirror);
  const S = mirror.metric.length,
    T = episode.times.length;
  const out: Reading[] = [];
  let moving = 0,
    k = 0;
  for (let t = 0; t < T; t++) {
    observe(mirror, episode.seen.subarray(t * S, (t + 1) * S), episode.times[t]);
    const h = mirror.motion.heading;
    for (let d = 0; d < S; d++) moving += h[d] * h[d];
    while (k < MARKS.length && t === Math.min(T - 1, Math.max(1, Math.ceil(MARKS[k] * T) - 1))) {
      out.push(read(mirror, truth, moving / (t + 1), MARKS[k]));
      k++;
    }
  }
  return out;
}
