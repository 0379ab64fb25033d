// What one mind feels, and whose feeling it is. A step goes: look at the others -> what do happenings mean -> how far are the
// others let in -> regulate -> core affect -> the body -> the face. What is caught comes from the estimate of the other, never from
// the other. `lesionHeart` takes one faculty away; heart-report.ts says in words and in data what is felt and why.
//
// A heart is plain data: structuredClone copies it, saveHeart and loadHeart (heart-save.ts) take it through JSON.

import { EMOTIONS, isHidden } from "./appraisal.ts";
import { type Other, greet, lookAtOthers, otherNamed } from "./company.ts";
import {
  APPRAISAL,
  type CoreAffect,
  FEEDBACK,
  REGULATION,
  SELF,
  SIGMA,
  TAU_AROUSAL,
  TAU_VALENCE,
  createCoreAffect,
  stepCoreAffect,
} from "./core-affect.ts";
import { type Display, createDisplay, faceValence, stepDisplay } from "./display.ts";
import { type Episode, forget, hear, intensityOf, strengthOf } from "./episodes.ts";
import { EXPRESSIONS, EXPRESSION_NAMES } from "./expressions.ts";
import {
  COMPASSION,
  STRANGER,
  TAU_CONCERN,
  TAU_DISTRESS,
  concernOf,
  distinctionOf,
  distressOf,
  gateOf,
} from "./gate.ts";
import { createNoise } from "./noise.ts";
import { confidenceOf, stirConfidenceOf } from "./others.ts";
import { type Percept, type SeenOther, checkPercept } from "./percept.ts";
import { type Regulation, chooseStrategy, createRegulation, stepRegulation, takeUp } from "./regulation.ts";
import { STRAIN_AROUSAL } from "./strain.ts";
import { type Temperament, temperament as temperamentOf } from "./temperament.ts";

/** Contagion at an open gate and facial feedback, 1/s. The second was fitted to d .20 (Coles et al. 2019). [D; fitted] */
export const KAPPA = 0.008;
export const ETA = 0.004;
/** Susceptibility times coupling counts up to here, which keeps what one person can do to one below .05 a second. [D] */
export const MOST_CATCHING = 3;
/** s: what comes after a longer gap is about its end only. */
export const LONGEST_LOOK = 1;
/** s: longer looks go in steps, so that looking, letting in and regulating see each other's changes at any frame rate. */
const LONGEST_STEP = 0.1;
/** s an own choice of strategy is kept. [D] */
const KEEPS = 5;
/** The body at rest, what arousal adds to it, and s it takes. [D] */
const BODY_REST = 0.25,
  BODY_AROUSAL = 0.5,
  TAU_BODY = 5;

export const LESIONS = ["mirror", "gate", "feedback", "regulation", "appraisal"] as const;
export type Lesion = (typeof LESIONS)[number];

/** Plain data. */
export interface Heart {
  temperament: Temperament;
  seed: number;
  /** Standing deviation of the own feeling, and whether display rules come and go: 0 and false for a heart without noise. */
  sigma: number;
  noise: Uint32Array;
  core: CoreAffect;
  display: Display;
  /** Strength of the emotions that show, by expression, [EXPRESSIONS]. */
  emotions: Float64Array;
  others: Other[];
  episodes: Episode[];
  regulation: Regulation;
  /** The body: 0 asleep .. 1 as stirred as can be. */
  autonomic: number;
  lesions: Record<Lesion, boolean>;
  /** s felt. */
  time: number;
  /** Frames left out because time did not go on. */
  late: number;
}

export interface HeartOptions {
  temperament?: Partial<Temperament>;
  seed?: number;
  /** Without noise of its own: for figures. */
  steady?: boolean;
}

/** @throws RangeError for a temperament out of range or a seed that is no whole number */
export function createHeart({ temperament = {}, seed = 1, steady = false }: HeartOptions = {}): Heart {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`createHeart: seed is ${seed}, wanted a whole number`);
  const made = temperamentOf(temperament);
  const noise = createNoise(seed, "heart");
  return {
    temperament: made,
    seed,
    sigma: steady ? 0 : SIGMA,
    noise,
    core: createCoreAffect(made.home),
    display: createDisplay(noise, !steady),
    emotions: new Float64Array(EXPRESSIONS.length),
    others: [],
    episodes: [],
    regulation: createRegulation(),
    autonomic: BODY_REST,
    lesions: { mirror: false, gate: false, feedback: false, regulation: false, appraisal: false },
    time: 0,
    late: 0,
  };
}

/**
 * Takes one faculty away, for good: "mirror" nothing is caught; "gate" what is caught is taken for the own; "feedback" the face
 * does not reach the feeling; "regulation" nothing is regulated; "appraisal" nothing that happens means anything.
 *
 * @throws RangeError that lists the faculties
 */
export function lesionHeart(heart: Heart, faculty: Lesion): void {
  if (!LESIONS.includes(faculty))
    throw new RangeError(`lesionHeart: no faculty "${String(faculty)}"; there are ${LESIONS.join(", ")}`);
  heart.lesions[faculty] = true;
  // What was being done about the feeling stops with it.
  if (faculty === "regulation") heart.regulation = createRegulation();
}

/** Changes the temperament of a heart that goes on feeling as it does. */
export function retune(heart: Heart, changes: Partial<Temperament>): void {
  heart.temperament = temperamentOf({ ...heart.temperament, ...changes });
}

/**
 * One frame. A reading with numbers that are none counts as not seen. Frames in which time does not go on are left out and
 * counted in `heart.late`; of a gap longer than LONGEST_LOOK all but the end passes unseen.
 *
 * @param dt s since the last frame
 * @throws RangeError for a percept that a program got wrong; nothing is changed then
 */
export function feel(heart: Heart, percept: Percept, dt: number): void {
  if (!(dt > 0) || !(dt < Infinity)) {
    heart.late++;
    return;
  }
  checkPercept(percept);
  greet(heart, percept);
  heart.time += dt;
  if (dt <= LONGEST_STEP) advance(heart, percept, true, dt);
  else live(heart, percept, dt);
  show(heart, percept, dt);
}

/** A long frame. */
function live(heart: Heart, percept: Percept, dt: number): void {
  const { core } = heart;
  const before = core.parts.slice(),
    look = Math.min(dt, LONGEST_LOOK),
    steps = Math.ceil(look / LONGEST_STEP - 1e-9);
  if (dt > look) advance(heart, percept, false, dt - look);
  for (let k = 0; k < steps; k++) advance(heart, percept, true, look / steps);
  for (let i = 0; i < before.length; i++) core.flow[i] = core.parts[i] - before[i];
}

function advance(heart: Heart, percept: Percept, seeing: boolean, dt: number): void {
  const { core, lesions, regulation, temperament } = heart;
  lookAtOthers(heart, percept, seeing, dt);
  forget(heart.episodes, dt);
  if (seeing && !lesions.appraisal)
    for (const happening of percept.happenings) {
      const other = happening.whose === "self" ? undefined : otherNamed(heart, happening.whose);
      hear(heart.episodes, happening, other?.relation ?? STRANGER, temperament.perspectiveTaking);
    }
  let distress = 0;
  for (const other of heart.others) distress = Math.max(distress, other.distress);
  regulate(heart, percept, distress, dt);
  core.drive.fill(0);
  core.pull.fill(0);
  letIn(heart, percept, seeing, distress, dt);
  takeToHeart(heart);
  if (!lesions.feedback) {
    core.pull[0] += ETA;
    // A pose not known to be one leaves only what the face does by itself.
    core.drive[2 * FEEDBACK] = ETA * faceValence(percept.poseHidden ? heart.display.own : heart.display.x);
  }
  stepCoreAffect(core, { home: temperament.home, inertia: temperament.inertia, sigma: heart.sigma }, heart.noise, dt);
  // The body answers what came in, not what was made of it: reappraisal does not reach physiology (Webb et al. 2012), and
  // what calms the body is a factor of its own.
  const stirred = core.arousal - core.parts[2 * REGULATION + 1];
  const body = (BODY_REST + BODY_AROUSAL * stirred) * regulation.autonomic + regulation.strain;
  heart.autonomic += (Math.max(0, Math.min(1, body)) - heart.autonomic) * -Math.expm1(-dt / TAU_BODY);
}

/** Gates, contagion, concern and distress, person by person. */
function letIn(heart: Heart, { seen, load, compassion }: Percept, seeing: boolean, distress: number, dt: number): void {
  const { core, temperament, lesions, regulation, others } = heart;
  let attended = 0;
  if (seeing) for (const now of seen) attended += now.attention ?? 1;
  const crowd = Math.max(1, attended);
  const catching = Math.min(MOST_CATCHING, temperament.susceptibility * temperament.affectCoupling);
  for (const other of others) {
    let now: SeenOther | undefined;
    if (seeing) for (const each of seen) if (each.who === other.who) now = each;
    const confidence = confidenceOf(other.estimate),
      stirred = stirConfidenceOf(other.estimate);
    const { valence, arousal } = other.estimate;
    other.gate =
      now?.gate ??
      gateOf(other.relation, now ? (now.attention ?? 1) : 0, now?.motive ?? 0, distress, load, other.antagonistic);
    other.distinction = lesions.gate ? 0 : distinctionOf(core.parts[2 * other.caught], core.parts[2 * other.appraised]);
    // Attention is one's own to divide: a crowd is not caught more than a person is.
    const open = lesions.mirror ? 0 : (KAPPA * other.gate * catching * (compassion ? COMPASSION.contagion : 1)) / crowd,
      rate = open * confidence,
      stirs = open * stirred;
    // Without the gate what is caught is not known from what is one's own.
    const into = 2 * (lesions.gate ? SELF : other.caught);
    core.drive[into] += rate * valence;
    core.drive[into + 1] += stirs * arousal;
    core.pull[0] += rate;
    core.pull[1] += stirs;
    const seenNeed = confidence * Math.max(0, -valence);
    const told = lesions.appraisal ? 0 : Math.min(1, temperament.perspectiveTaking * misfortuneOf(heart, other.who));
    const share = other.gate * Math.max(seenNeed, told);
    const concern =
      concernOf(share, other.distinction, other.distress, other.relation.affiliation) +
      (compassion && now ? COMPASSION.concern : 0);
    other.concern += (Math.min(1, concern) - other.concern) * -Math.expm1(-dt / TAU_CONCERN);
    const suffers = distressOf(share, other.distinction, core.arousal) * regulation.distress;
    other.distress += (Math.min(1, suffers) - other.distress) * -Math.expm1(-dt / TAU_DISTRESS);
    if (compassion) core.drive[2 * other.appraised] += (COMPASSION.warmth * other.concern) / tauOf(heart, 0);
    if (!lesions.appraisal) core.drive[2 * other.appraised + 1] += (STRAIN_AROUSAL * other.strain) / tauOf(heart, 1);
  }
}

/** What happened, as inputs to core affect, and what regulation takes off them. */
function takeToHeart(heart: Heart): void {
  const { core, episodes, temperament, regulation, lesions, emotions } = heart;
  emotions.fill(0);
  if (!lesions.appraisal) {
    let total = 0;
    for (const episode of episodes) total += episode.valence * episode.strength;
    const reactivity = temperament.reactivity / Math.max(1, Math.abs(total));
    for (const episode of episodes) {
      const other = episode.whose === "self" ? undefined : otherNamed(heart, episode.whose);
      const into = 2 * (other ? other.appraised : APPRAISAL);
      const input = reactivity * episode.strength;
      const valence = (input * episode.valence) / tauOf(heart, 0),
        arousal = (input * episode.arousal) / tauOf(heart, 1);
      core.drive[into] += valence;
      core.drive[into + 1] += arousal;
      core.drive[2 * REGULATION] += (regulation.appraisal - 1) * valence;
      core.drive[2 * REGULATION + 1] += (regulation.appraisal - 1) * arousal;
      if (isHidden(episode.emotion)) continue;
      const shows = EMOTION_AT[episode.emotion];
      emotions[shows] = Math.min(1, emotions[shows] + felt(heart, episode));
    }
  }
  core.drive[2 * REGULATION + 1] += regulation.calm / tauOf(heart, 1);
}

/** How strongly an episode's emotion is felt, 0..1, after temperament and regulation. */
export function felt({ temperament, regulation }: Heart, episode: Episode): number {
  return Math.min(1, temperament.reactivity * regulation.appraisal * intensityOf(episode));
}

function regulate(
  heart: Heart,
  { regulate: asked, effort, company, seen }: Percept,
  distress: number,
  dt: number,
): void {
  const { regulation, temperament } = heart;
  if (heart.lesions.regulation) return;
  if (asked !== undefined) takeUp(regulation, asked, "I was asked to");
  else if (regulation.strategy === "none" || regulation.since >= KEEPS) {
    const intensity = Math.min(1, temperament.reactivity * strengthOf(heart.episodes));
    const { strategy, why } = chooseStrategy({
      intensity,
      distress,
      company: company || seen.length > 0,
      habit: temperament.regulation,
    });
    takeUp(regulation, strategy, why);
  }
  stepRegulation(regulation, effort, dt);
}

function show(heart: Heart, { response, limit, pose }: Percept, dt: number): void {
  const { core, temperament, regulation, emotions } = heart;
  let open = 0,
    hidden = 0;
  if (!heart.lesions.appraisal)
    for (const episode of heart.episodes) {
      if (isHidden(episode.emotion)) hidden += intensityOf(episode);
      else open += intensityOf(episode);
    }
  const factor = (regulation.expression * (open + 0.05)) / (open + hidden + 0.05);
  stepDisplay(
    heart.display,
    {
      valence: core.valence,
      arousal: core.arousal,
      emotions,
      expressiveness: temperament.expressiveness,
      factor,
      limit,
    },
    response,
    pose,
    heart.noise,
    heart.sigma > 0,
    dt,
  );
}

/** Bad luck of somebody that is on one's mind, 0..1. */
function misfortuneOf({ episodes }: Heart, who: string): number {
  let worst = 0;
  for (const { whose, goodness, strength } of episodes)
    if (whose === who) worst = Math.max(worst, -goodness * strength);
  return Math.min(1, worst);
}

function tauOf({ temperament }: Heart, axis: 0 | 1): number {
  return temperament.inertia * (axis === 0 ? TAU_VALENCE : TAU_AROUSAL);
}

/** At which place of EXPRESSIONS each emotion shows. */
const EMOTION_AT = Object.fromEntries(
  Object.entries(EMOTIONS).map(([name, { expression }]) => [name, EXPRESSION_NAMES.indexOf(expression)]),
) as Readonly<Record<keyof typeof EMOTIONS, number>>;
