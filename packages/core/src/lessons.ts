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
import { IMAGE_SCRATCH, imagine, motorShown } from "./neurons/image.ts";
import { calibrate } from "./calibration.ts";
import { type Episode, asDemonstration, learning } from "./episode.ts";
import { givenPerception, perceptionOf } from "./perception.ts";
import { rehearse } from "./rehearse.ts";
import { rebuild } from "./rebuild.ts";
import { type Act, copyAct } from "./repertoire/act.ts";
import type { Demonstration } from "./repertoire/demonstration.ts";
import { createAct, learnInto } from "./repertoire/learn.ts";

/** A recording of one performance. */
export interface Demo {
  header: RecordingHeader;
  frames: readonly Frame[];
  who?: string;
}

/** What a lesson left behind. */
export interface Lesson {
  name: string;
  /** Demonstrations behind the act now. */
  demonstrations: number;
  variants: number;
  warnings: string[];
}

/** Most performances remembered an act. */
const REMEMBERED = 30;

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
 * @param demos values [T, D] in own coordinates
 */
export function practise(mind: Mind, name: string, demos: readonly Demonstration[]): Lesson {
  return practiseSet(mind, [{ name, demos }])[0];
}

/**
 * Learns many acts at once by doing them, then calibrates once.
 *
 * @param options `remember` false: what was done is learned and not kept for calibration, since it does not tell how far
 *   other people's performances stray; `maxVariants` of each act
 */
export function practiseSet(
  mind: Mind,
  lessons: readonly { name: string; demos: readonly Demonstration[] }[],
  options: { remember?: boolean; maxVariants?: number } = {},
): Lesson[] {
  if (mind.spec.body.kind === "person" && !mind.image)
    throw new RangeError(`practise: a newborn mind has no image of its body; raise it first`);
  return takeIn(
    mind,
    lessons.map(({ name, demos }) => {
      if (demos.length === 0) throw new RangeError(`practise: "${name}" comes with no demonstration; one is enough`);
      return { name, warnings: [], episodes: demos.map((demo) => done(mind, demo)) };
    }),
    options,
  );
}

/** A performance of one's own, as it looks from outside. */
function done(mind: Mind, demo: Demonstration): Omit<Episode, "act"> {
  const T = demo.times.length,
    D = ownNames(mind.spec.body).length;
  if (demo.values.length !== T * D)
    throw new RangeError(`practise: ${demo.values.length} values for ${T} samples, expected ${T} x ${D}`);
  const own = Float64Array.from(demo.values),
    seen = new Float64Array(T * mind.spec.body.names.length);
  if (mind.spec.body.kind === "person")
    for (let t = 0; t < T; t++)
      forward(own.subarray(t * MOTOR, (t + 1) * MOTOR), seen.subarray(t * SEEN, (t + 1) * SEEN));
  else seen.set(own);
  return { who: demo.who, times: Float64Array.from(demo.times), seen, own };
}

function takeIn(
  mind: Mind,
  lessons: { name: string; warnings: string[]; episodes: Omit<Episode, "act">[] }[],
  options: { remember?: boolean; maxVariants?: number } = {},
): Lesson[] {
  const { remember = true, maxVariants } = options;
  const { repertoire, spec } = mind;
  const person = spec.body.kind === "person";
  const space = person && !mind.image ? "seen" : "motor";
  const dims = space === "seen" ? SEEN_NAMES : ownNames(spec.body);
  if (!repertoire.perception)
    repertoire.perception =
      person || spec.body.kind === "face"
        ? givenPerception(spec.body.kind)
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
    learnInto(act, episodes.map(asDemonstration), {
      ...learning(mind, space),
      ...(maxVariants === undefined ? {} : { maxVariants }),
    });
    return act;
  });
  const ids = new Set<number>();
  changed.forEach((act, i) => {
    const at = repertoire.acts.findIndex((a) => a.id === act.id);
    if (at < 0) repertoire.acts.push(act);
    else repertoire.acts[at] = act;
    ids.add(act.id);
    if (remember) for (const episode of lessons[i].episodes) mind.episodes.push({ ...episode, act: act.id });
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
