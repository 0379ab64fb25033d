// Learning. What is shown is first re-enacted in own coordinates (imitation through the learned image of the
// own body), then taken into the repertoire, then rehearsed: the mind does the act once and watches itself, which
// binds the new units to the sight of it. With enough performances the mirror's certainty is calibrated on
// performances it did not learn from.

import { createEye, look, notesOf, type EyeOptions } from "./body/eye.ts";
import { MOTOR, SEEN, SEEN_NAMES, restMotor } from "./body/layout.ts";
import { forward } from "./body/own.ts";
import { createPostureScratch, solvePosture } from "./body/posture.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import { type Mind, ownNames, wire } from "./mind.ts";
import { type Reading, fitBackground, fitCalibration, read } from "./mirror/calibrate.ts";
import { type Mirror, assemble, observe, resetMirror } from "./mirror/mirror.ts";
import type { Table } from "./mirror/tables.ts";
import { IMAGE_SCRATCH, imagine, motorShown } from "./neurons/image.ts";
import { perceptionOf, personMetric, personMotorMetric } from "./perception.ts";
import { rehearse } from "./rehearse.ts";
import { gainsOf, mirrorSpecOf, personPerception, rebuild, tablesOf } from "./rebuild.ts";
import { type Act, copyAct } from "./repertoire/act.ts";
import type { Demonstration } from "./repertoire/demonstration.ts";
import { createAct, learnInto } from "./repertoire/learn.ts";

/** A recording of one performance. */
export interface Demo {
  header: RecordingHeader;
  frames: readonly Frame[];
  who?: string;
}

/** One performance in memory: as seen and as re-enacted. */
export interface Episode {
  act: number;
  who: string | undefined;
  times: Float64Array;
  /** [T, S] */
  seen: Float64Array;
  /** [T, D] in the act's own coordinates. */
  own: Float64Array;
}

/** What a lesson left behind. */
export interface Lesson {
  name: string;
  /** Demonstrations behind the act now. */
  demonstrations: number;
  variants: number;
  warnings: string[];
}

/** Most replays the calibration runs, and most performances remembered an act. */
const REPLAYS = 100;
const REMEMBERED = 30;

const REST = restMotor();

/**
 * Learns an act from one or more recordings, or refines it if it is known.
 *
 * @throws RangeError if a recording cannot be seen by this body or shows nothing; the mind is then unchanged
 */
export function learn(mind: Mind, name: string, demos: readonly Demo[], options: EyeOptions = {}): Lesson {
  return learnSet(mind, [{ name, demos }], undefined, options)[0];
}

/** Learns many acts at once, then calibrates. `onProgress` counts demonstrations, then replays. */
export function learnSet(
  mind: Mind,
  lessons: readonly { name: string; demos: readonly Demo[] }[],
  onProgress?: (done: number, total: number) => void,
  options: EyeOptions = {},
): Lesson[] {
  const total = lessons.reduce((s, l) => s + l.demos.length, 0);
  let done = 0;
  // Everything is seen and re-enacted before anything is changed.
  const shown = lessons.map(({ name, demos }) => {
    if (name.trim() === "") throw new RangeError("learn: an act needs a name, got an empty one");
    if (demos.length === 0) throw new RangeError(`learn: "${name}" comes with no demonstration; one is enough`);
    const warnings: string[] = [];
    const watched = demos.map((demo) => {
      const seen = watch(mind, demo, warnings, options);
      onProgress?.(++done, total);
      return seen;
    });
    return { name, watched, warnings };
  });
  return takeIn(
    mind,
    shown.map(({ name, watched, warnings }) => ({
      name,
      warnings,
      episodes: watched.map((w) => ({ ...w, own: mind.image ? imitate(mind, w.seen) : w.seen })),
    })),
  );
}

/**
 * Learns an act by doing it: motor coordinates guided from outside, nothing seen.
 *
 * @param motor [T, D] own coordinates
 */
export function practise(mind: Mind, name: string, demos: readonly Demonstration[]): Lesson {
  if (mind.spec.body.kind === "person" && !mind.image)
    throw new RangeError(`practise: a newborn mind has no image of its body; raise it first`);
  const D = ownNames(mind.spec.body).length;
  const episodes = demos.map((demo) => {
    const T = demo.times.length;
    if (demo.values.length !== T * D)
      throw new RangeError(`practise: ${demo.values.length} values for ${T} samples, expected ${T} x ${D}`);
    const own = Float64Array.from(demo.values),
      seen = new Float64Array(T * mind.spec.body.names.length);
    if (mind.spec.body.kind === "person")
      for (let t = 0; t < T; t++)
        forward(own.subarray(t * MOTOR, (t + 1) * MOTOR), seen.subarray(t * SEEN, (t + 1) * SEEN));
    else seen.set(own);
    return { who: demo.who, times: Float64Array.from(demo.times), seen, own };
  });
  return takeIn(mind, [{ name, warnings: [], episodes }])[0];
}

function takeIn(
  mind: Mind,
  lessons: { name: string; warnings: string[]; episodes: Omit<Episode, "act">[] }[],
): Lesson[] {
  const { repertoire, spec } = mind;
  const person = spec.body.kind === "person";
  const space = person && !mind.image ? "seen" : "motor";
  const dims = space === "seen" ? SEEN_NAMES : ownNames(spec.body);
  if (!repertoire.perception)
    repertoire.perception = person
      ? personPerception()
      : perceptionOf(
          lessons.flatMap((l) => l.episodes),
          dims.length,
        );
  // A copy of each act learns; it replaces the old one only when all went well.
  const changed = lessons.map(({ name, episodes }) => {
    const known = repertoire.acts.find((a) => a.name === name);
    if (known && known.space !== space)
      throw new RangeError(
        `learn: "${name}" is known by ${known.space === "seen" ? "sight" : "doing"} alone here; forget it first`,
      );
    const act: Act = known ? copyAct(known) : createAct(name, repertoire.nextId++, space, dims);
    learnInto(act, episodes.map(asDemonstration), learning(mind, space));
    return act;
  });
  const ids = new Set<number>();
  changed.forEach((act, i) => {
    const at = repertoire.acts.findIndex((a) => a.id === act.id);
    if (at < 0) repertoire.acts.push(act);
    else repertoire.acts[at] = act;
    ids.add(act.id);
    for (const episode of lessons[i].episodes) mind.episodes.push({ ...episode, act: act.id });
  });
  forgetOldEpisodes(mind);
  rebuild(mind, ids);
  calibrate(mind);
  rehearse(mind, changed);
  return changed.map((act, i) => ({
    name: act.name,
    demonstrations: act.variants.reduce((s, v) => s + v.n, 0),
    variants: act.variants.length,
    warnings: lessons[i].warnings,
  }));
}

/** Sees a recording, as it would be seen live. */
function watch(
  mind: Mind,
  demo: Demo,
  warnings: string[],
  options: EyeOptions,
): { who: string | undefined; times: Float64Array; seen: Float64Array } {
  const eye = createEye(demo.header, options);
  const wiring = wire(mind, eye);
  const S = mind.spec.body.names.length;
  const glimpse = new Float64Array(eye.dims),
    quality = new Float64Array(eye.dims);
  const times: number[] = [],
    rows: number[] = [];
  let last = -Infinity,
    late = 0,
    blind = 0;
  for (const frame of demo.frames) {
    if (!(frame.time > last)) {
      late++;
      continue;
    }
    if (!look(eye, frame, glimpse, quality)) {
      blind++;
      if (times.length === 0) continue;
    }
    last = frame.time;
    times.push(frame.time);
    for (let s = 0; s < S; s++) rows.push(wiring[s] < 0 ? NaN : glimpse[wiring[s]]);
  }
  warnings.push(...notesOf(eye));
  if (late > 0) warnings.push(`${late} frames whose time did not go on were left out`);
  if (blind > 0) warnings.push(`${blind} of ${demo.frames.length} frames showed nothing`);
  if (times.length < 2)
    throw new RangeError(
      `learn: ${demo.frames.length} frames came and ${times.length} could be seen; a demonstration needs at least 2`,
    );
  return { who: demo.who, times: Float64Array.from(times), seen: Float64Array.from(rows) };
}

/** Own joint angles that would look like what was seen: NaN where nothing seen depends on them. */
function imitate(mind: Mind, seen: Float64Array): Float64Array {
  const image = mind.image;
  if (!image) return seen;
  const T = seen.length / SEEN;
  const out = new Float64Array(T * MOTOR),
    q = restMotor(),
    scratch = createPostureScratch(),
    phi = new Float64Array(IMAGE_SCRATCH),
    shown = new Uint8Array(SEEN),
    felt = new Uint8Array(MOTOR);
  for (let t = 0; t < T; t++) {
    const row = seen.subarray(t * SEEN, (t + 1) * SEEN);
    solvePosture((limb, from, to) => imagine(image, limb, from, to, phi), row, q, scratch);
    for (let s = 0; s < SEEN; s++) shown[s] = Number.isFinite(row[s]) ? 1 : 0;
    motorShown(shown, felt);
    for (let m = 0; m < MOTOR; m++) out[t * MOTOR + m] = felt[m] ? q[m] : NaN;
  }
  return out;
}

/**
 * Fits how sure the mirror should be, and what the background is charged, on replays of remembered performances by a
 * mirror that did not learn from them: performers are held out whole where they are known. Needs two acts of two
 * performances; else the last calibration stays.
 */
function calibrate(mind: Mind): void {
  const { repertoire, episodes } = mind;
  const perception = repertoire.perception;
  if (!perception) return;
  const byAct = new Map<number, Episode[]>();
  for (const e of episodes) byAct.set(e.act, [...(byAct.get(e.act) ?? []), e]);
  const repeated = [...byAct.values()].filter((list) => list.length >= 2);
  if (repeated.length < 2) return;
  const people = [...new Set(episodes.map((e) => e.who).filter((w) => w !== undefined))];
  const folds = 2;
  const foldOf = (e: Episode, rank: number): number =>
    e.who !== undefined && people.length >= 2 ? people.indexOf(e.who) % folds : rank % folds;
  const readings: Reading[] = [];
  const every = Math.max(1, Math.ceil(episodes.length / REPLAYS));
  const mspec = mirrorSpecOf(mind),
    metric = mind.mirror.metric;
  for (let fold = 0; fold < folds; fold++) {
    const tables: Table[] = [],
      held: Episode[] = [];
    repertoire.acts.forEach((act, index) => {
      const list = byAct.get(act.id);
      if (!list) return;
      const kept = list.filter((e, r) => foldOf(e, r) !== fold);
      list.forEach((e, r) => {
        if (foldOf(e, r) === fold && kept.length > 0) held.push(e);
      });
      const copy = createAct(act.name, act.id, act.space, act.dims);
      learnInto(copy, (kept.length > 0 ? kept : list).map(asDemonstration), learning(mind, act.space));
      tables.push(...tablesOf(mind, copy, index, mspec, metric));
    });
    const mirror = assemble(
      mspec,
      metric,
      tables,
      tables.map((t) => gainsOf(t, mspec)),
    );
    for (let i = 0; i < held.length; i += every)
      readings.push(
        ...replay(
          mirror,
          held[i],
          repertoire.acts.findIndex((a) => a.id === held[i].act),
        ),
      );
  }
  const scale = fitCalibration(readings);
  if (scale) perception.calibration = scale;
  const posture = fitBackground(readings, mspec.background.heading * mspec.headingWeight);
  if (posture !== undefined) perception.background = posture;
  rebuild(mind);
}

const MARKS = [0.1, 0.2, 0.3, 0.5, 0.7, 1];

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
      out.push(read(mirror, truth, moving / (t + 1)));
      k++;
    }
  }
  return out;
}

function learning(mind: Mind, space: Act["space"]): Parameters<typeof learnInto>[2] {
  if (mind.spec.body.kind === "person")
    return space === "motor"
      ? { metric: personMotorMetric(), rest: REST }
      : { metric: personMetric().map((m) => m * m) };
  return { metric: (mind.repertoire.perception?.metric ?? []).map((m) => m * m) };
}

function asDemonstration(e: Omit<Episode, "act">): Demonstration {
  return { times: e.times, values: e.own };
}

function forgetOldEpisodes(mind: Mind): void {
  const count = new Map<number, number>();
  mind.episodes = mind.episodes
    .reverse()
    .filter((e) => {
      const n = (count.get(e.act) ?? 0) + 1;
      count.set(e.act, n);
      return n <= REMEMBERED;
    })
    .reverse();
}
