// What the mind says of an instant, as plain JSON-able data. Made on request; `step` itself allocates nothing.

import { explain, feelingOf } from "./affect/heart-report.ts";
import { readingWords } from "./affect/reading.ts";
import { READ } from "./affect/weights.ts";
import type { Empathy } from "./empathy.ts";
import { type Mind, phaseOf } from "./mind.ts";
import { passedWords } from "./person.ts";
import { unitsOf } from "./rebuild.ts";
import { phaseSpread } from "./mirror/belief.ts";
import { isStrange } from "./mirror/events.ts";
import { expect } from "./mirror/predict.ts";
import { beginningOf, tableOf } from "./mirror/state.ts";
import type { ActBelief, Expectation, FeelingMoment, Looks, Moment, MomentPart, UnitRates } from "./moment.ts";
import { responseOf } from "./social/answer.ts";
import { UNITS_PER_ACT, drive } from "./neurons/population.ts";

/** s ahead at which the expectation is given. */
export const HORIZON: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5];

/** @param parts what to add that costs something to make: "next", "units", "feeling" (of a mind with a heart) */
export function moment(mind: Mind, parts: readonly MomentPart[] = []): Moment {
  const { repertoire, report, belief, mirror, events } = mind;
  const acts: ActBelief[] = repertoire.acts.map(({ name }, k) => {
    const slot = belief.slot[k];
    const live = slot >= 0;
    const phase = phaseOf(mind, k),
      tempo = live ? mirror.tempo[slot] : 1;
    const duration = live ? mirror.tables[tableOf(mirror, slot)].duration : 0;
    return {
      name,
      probability: report[k],
      phase,
      phaseSd: live ? phaseSpread(mirror, slot) : 0,
      tempo,
      remaining: ((1 - phase) * duration) / Math.max(0.2, tempo),
      since: live ? mind.time - beginningOf(mirror, slot) : 0,
      evidence: live ? belief.evidence[k] : -mirror.spec.prune,
    };
  });
  acts.sort((a, b) => b.probability - a.probability);
  const out: Moment = {
    time: mind.time === mind.time ? mind.time : 0,
    acts,
    none: mind.reportNone,
    novelty: { score: belief.surprise, novel: isStrange(mind) },
    events: events.last.map((e) => ({ ...e })),
    seen: Array.from(mind.seen, orNull),
  };
  if (parts.includes("next")) out.next = expectation(mind);
  if (parts.includes("units")) out.units = ratesOf(mind);
  if (parts.includes("feeling") && mind.empathy) out.feeling = feelingMoment(mind.empathy);
  return out;
}

function feelingMoment(empathy: Empathy): FeelingMoment {
  const { heart, social, reads, who } = empathy;
  return {
    ...feelingOf(heart),
    who,
    ...(reads ? { looks: looksOf(empathy) } : {}),
    mirrored: reads ? mirroredOf(empathy) : [],
    face: Array.from(heart.display.x),
    responses: responseOf(social),
    why: [...explain(heart), ...passedWords(empathy)],
  };
}

function mirroredOf({ face }: Empathy): FeelingMoment["mirrored"] {
  return Array.from(face.report, (probability, k) => ({
    name: face.repertoire.acts[k].name,
    probability,
    phase: phaseOf(face, k),
  }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 3);
}

function looksOf({ looks: reading, heard, face }: Empathy): Looks {
  const { probability, valence, arousal, precision, seen, cannotSee, startled } = reading;
  // What was taught has no signed weights to be read by: the mirror knows it, and where it is surest, it is that.
  const taught = taughtIn(face);
  const left = 1 - (taught?.probability ?? 0);
  const expressions = READ.map((name, r) => ({ name, probability: left * probability[r] }));
  if (taught) expressions.push(taught);
  const words = taught && !cannotSee ? `your face looks like ${taught.name}` : readingWords(reading);
  return {
    expressions: expressions.sort((a, b) => b.probability - a.probability).slice(0, 5),
    words: heard.precision > HEARD ? `${words}; your voice sounds ${voiceWord(heard.arousal)}` : words,
    valence,
    arousal,
    precision,
    seen,
    cannotSee,
    startled,
  };
}

/** What the mirror is surest of, if that is an expression that was taught. */
function taughtIn({ report, reportNone, repertoire }: Mind): { name: string; probability: number } | undefined {
  let best = -1;
  for (let k = 0; k < report.length; k++) if (best < 0 || report[k] > report[best]) best = k;
  if (best < 0 || !(report[best] > Math.max(reportNone, WINS))) return undefined;
  const { name } = repertoire.acts[best];
  return READ.includes(name) ? undefined : { name, probability: report[best] };
}

/** Probability from which one that was taught is said to be it. [D] */
const WINS = 0.5;
/** 1/variance from which a voice is spoken of, and arousal from which it is more than calm. [D] */
const HEARD = 2,
  STIRRED = 0.15;

function voiceWord(arousal: number): string {
  return arousal > STIRRED ? "stirred" : arousal < -STIRRED ? "subdued" : "as usual";
}

/**
 * Rates of the same units while the mind does an act itself, eyes shut: what their motor drive alone makes of it. What is
 * being watched goes on undisturbed.
 *
 * @param phase where the motor command is, 0..1
 * @throws RangeError if the act is unknown
 */
export function unitsDoing(mind: Mind, name: string, phase: number): UnitRates[] {
  const act = mind.repertoire.acts.findIndex((known) => known.name === name);
  if (act < 0) throw new RangeError(`unitsDoing: "${name}" is not known; learn it first`);
  const seeing = mind.population.rates.slice();
  drive(mind.population, unitsOf(mind, act), phase, 0);
  const out = ratesOf(mind);
  mind.population.rates.set(seeing);
  return out;
}

function ratesOf(mind: Mind): UnitRates[] {
  return mind.repertoire.acts.map(({ name }, k) => {
    const at = unitsOf(mind, k) * UNITS_PER_ACT;
    return { act: name, rates: Array.from(mind.population.rates.subarray(at, at + UNITS_PER_ACT)) };
  });
}

function expectation(mind: Mind): Expectation {
  const { mirror } = mind;
  const S = mirror.metric.length;
  const mean = new Float64Array(S),
    variance = new Float64Array(S);
  const out: Expectation = { ahead: [...HORIZON], mean: [], sd: [] };
  for (const ahead of HORIZON) {
    expect(mirror, mind.belief, ahead, mean, variance);
    const known = (d: number): boolean => mirror.metric[d] > 0 && mirror.motion.ever[d] === 1;
    out.mean.push(Array.from(mean, (v, d) => (known(d) ? orNull(v / mirror.metric[d]) : null)));
    out.sd.push(Array.from(variance, (v, d) => (known(d) ? orNull(Math.sqrt(v) / mirror.metric[d]) : null)));
  }
  return out;
}

function orNull(v: number): number | null {
  return Number.isFinite(v) ? v : null;
}
