// The laboratory of feeling: published experiments run on hearts. Regulation comes first, in one table: what each constant is,
// which effect it was fitted to, and what that effect is here now; patterns that nothing was fitted to follow, then the face's
// feedback, how far faces tell feelings, contagion, embarrassment for others, concern and distress, and what a step costs.

import {
  DISPLAY_RULE,
  ETA,
  FACE,
  type Frame,
  type Heart,
  type Percept,
  type Relation,
  STRANGER,
  STRATEGIES,
  VISAGE,
  attend,
  createHeart,
  createMind,
  createNoise,
  createPercept,
  empathize,
  expressionNamed,
  feel,
  feelingOf,
  giveHeart,
  lesionHeart,
  nextUniform,
  otherNamed,
  performExpression,
  step,
  visageOf,
} from "@attune/core";
import { PROVOCATION, SECONDS, cohenD, correlation, lookOf, mean, person, runGroup } from "./empathy-people.ts";
import {
  COGNITIVE,
  type Effect,
  type FittedRow,
  type Pattern,
  constantsTable,
  patterns,
  regulationEffects,
} from "./empathy-regulation.ts";

export interface Empathy {
  people: number;
  constants: FittedRow[];
  effects: Record<string, Effect>;
  patterns: Pattern[];
  behaviourUnderReappraisal: { d: number; published: number; tolerance: number };
  expressionExperience: { r: number; published: number; tolerance: number };
  /** d in valence of a smile put on for a minute against none. */
  facialFeedback: { smile: number; frown: number; off: number; pen: number };
  /** d between a partner who feels well and one who feels ill, by how open the gate is. */
  contagion: { gate: number; d: number; caught: number; trackedR: number }[];
  embarrassment: {
    violation: number;
    stranger: number;
    friend: number;
    mirrorOnly: number;
  }[];
  /** Empathic concern and personal distress over varied episodes. */
  concernAndDistress: { r: number; episodes: number };
  /** Of feeling alone with so many others, and of the whole empathic step beside the mirror: reading, feeling, answering. */
  microseconds: { perFeel: number; others: number; perStep: number };
}

/** @param people in each group; with fewer than 1000 the figures waver by more than a few hundredths */
export function measureEmpathy(people: number, log: (line: string) => void): Empathy {
  log(`empathy: ${STRATEGIES.length} strategies, ${people} people each`);
  const { effects, control } = regulationEffects(people, PROVOCATION, "anger");
  log("empathy: patterns");
  const feedback = facialFeedback(people);
  const coherence = correlation(
    control.experience.map((v) => -v),
    control.behaviour,
  );
  return {
    people,
    constants: [
      ...constantsTable(effects),
      {
        constant: "facial feedback, 1/s",
        value: ETA,
        fittedTo: { measure: "experience", d: 0.2, of: "Coles et al. 2019" },
        simulated: feedback.smile,
      },
      {
        constant: "display rules, deviation of the logarithm",
        value: DISPLAY_RULE,
        fittedTo: { measure: "correlation", d: 0.3, of: "Durán & Fernández-Dols 2021" },
        simulated: coherence,
      },
    ],
    effects,
    patterns: patterns(people, effects),
    behaviourUnderReappraisal: {
      d: mean(COGNITIVE.map((s) => effects[s].behaviour)),
      published: 0.55,
      tolerance: 0.1,
    },
    expressionExperience: {
      r: coherence,
      published: 0.3,
      tolerance: 0.08,
    },
    facialFeedback: feedback,
    contagion: contagionByGate(Math.min(people, 1500)),
    embarrassment: embarrassmentByViolation(),
    concernAndDistress: concernAndDistress(Math.min(people, 600)),
    microseconds: cost(people),
  };
}

/** A face put on for a minute (Coles et al. 2019, doi:10.1037/bul0000194, and 2022, doi:10.1038/s41562-022-01458-9). */
export function facialFeedback(people: number): Empathy["facialFeedback"] {
  const run = (change: (percept: Percept, heart: Heart) => void): number[] =>
    runGroup({ people, seconds: SECONDS, expression: "joy", percept: change }).experience;
  const none = run(() => {}),
    off = run((_, heart) => lesionHeart(heart, "feedback"));
  const posed = (name: string, hidden = false, lesioned = false): number[] => {
    const pose = visageOf(expressionNamed(name));
    return run((percept, heart) => {
      percept.pose = pose;
      percept.poseHidden = hidden;
      if (lesioned) lesionHeart(heart, "feedback");
    });
  };
  return {
    smile: cohenD(posed("joy"), none),
    frown: cohenD(posed("anger"), none),
    off: cohenD(posed("joy", false, true), off),
    pen: cohenD(posed("joy", true), none),
  };
}

const GATES = [0, 0.25, 0.5, 0.75, 1];

/** A minute with somebody who feels well or ill, the gate pinned; and whether they are read whatever the gate. */
export function contagionByGate(people: number): Empathy["contagion"] {
  return GATES.map((gate) => {
    const run = (valence: number): number[] =>
      runGroup({
        people,
        seconds: SECONDS,
        expression: "joy",
        percept: (percept) => {
          percept.seen = [{ who: "the other", reading: lookOf(valence, 0), gate }];
        },
      }).experience;
    const alone = createHeart({ steady: true, temperament: { home: { valence: 0, arousal: 0 } } });
    const percept = createPercept(),
      reading = lookOf(0.7, 0);
    percept.seen = [{ who: "the other", reading, gate }];
    percept.regulate = "none";
    for (let s = 0; s < SECONDS; s++) feel(alone, percept, 1);
    return { gate, d: cohenD(run(0.7), run(-0.7)), caught: alone.core.valence, trackedR: trackedAt(gate) };
  });
}

/** How well the estimate follows somebody whose feeling wanders and whose looks are noisy. */
export function trackedAt(gate: number): number {
  const noise = createNoise(5, "wander"),
    heart = createHeart({ seed: 5 }),
    percept = createPercept(),
    reading = lookOf(0, 0);
  percept.seen = [{ who: "the other", reading, gate }];
  const truth: number[] = [],
    read: number[] = [];
  let feeling = 0;
  for (let i = 0; i < 9000; i++) {
    feeling += -feeling / 20 / 30 + 0.4 * Math.sqrt(2 / 20 / 30) * Math.sqrt(12) * (nextUniform(noise) - 0.5);
    reading.valence = Math.max(-1, Math.min(1, feeling + 0.5 * (nextUniform(noise) - 0.5)));
    feel(heart, percept, 1 / 30);
    truth.push(feeling);
    read.push(otherNamed(heart, "the other")?.estimate.valence ?? 0);
  }
  return correlation(truth, read);
}

const STRANGERS: Relation = STRANGER,
  FRIENDS: Relation = { affiliation: 0.9, closeness: 0.8, similarity: 0.6, competition: 0 };

/** Somebody does what one does not do and shows nothing: input to the own valence, and a mind that is a mirror only. */
export function embarrassmentByViolation(): Empathy["embarrassment"] {
  return [0, 0.25, 0.5, 0.75, 1].map((violation) => {
    const run = (relation: Relation, mirrorOnly: boolean): number => {
      const heart = createHeart({ steady: true, temperament: { home: { valence: 0, arousal: 0 } } });
      if (mirrorOnly) lesionHeart(heart, "appraisal");
      const percept = createPercept();
      percept.regulate = "none";
      percept.seen = [{ who: "the other", reading: lookOf(0, 0), relation }];
      if (violation > 0) percept.happenings = [{ kind: "violation", whose: "the other", degree: violation }];
      for (let s = 0; s < 20; s++) feel(heart, percept, 1);
      const felt = feelingOf(heart).emotions.find(({ name }) => name === "vicarious embarrassment");
      return felt?.intensity ?? 0;
    };
    return {
      violation,
      stranger: run(STRANGERS, false),
      friend: run(FRIENDS, false),
      mirrorOnly: run(FRIENDS, true),
    };
  });
}

/** Half a minute each with people one knows more or less, who feel ill or had bad luck or both. */
export function concernAndDistress(episodes: number): Empathy["concernAndDistress"] {
  const concern: number[] = [],
    distress: number[] = [];
  for (let i = 0; i < episodes; i++) {
    const draw = createNoise(i, "episode"),
      heart = person(i),
      percept = createPercept();
    const among = (least: number, most: number): number => least + (most - least) * nextUniform(draw);
    const feels = among(-1, 0.2);
    percept.regulate = "none";
    percept.load = among(0, 0.6);
    percept.seen = [
      {
        who: "the other",
        reading: lookOf(feels, among(-0.4, 0.6)),
        attention: among(0.3, 1),
        relation: { affiliation: among(-0.1, 1), closeness: among(0, 1), similarity: among(0, 1), competition: 0 },
      },
    ];
    if (nextUniform(draw) < 0.6)
      percept.happenings = [{ kind: "fortune", whose: "the other", outcome: Math.min(0, feels * among(0.2, 1)) }];
    for (let s = 0; s < 30; s++) feel(heart, percept, 1);
    const other = otherNamed(heart, "the other");
    concern.push(other?.concern ?? 0);
    distress.push(other?.distress ?? 0);
  }
  return { r: correlation(concern, distress), episodes };
}

/** The cheapest of some runs, for whatever else the machine does. */
function cost(people: number): Empathy["microseconds"] {
  const heart = createHeart(),
    percept = createPercept();
  percept.seen = [
    { who: "one", reading: lookOf(0.5, 0.2), relation: FRIENDS },
    { who: "two", reading: lookOf(-0.5, 0.2), relation: STRANGERS },
  ];
  percept.happenings = [{ kind: "fortune", whose: "two", outcome: -0.5 }];
  const frames = people < 1000 ? 2000 : 20_000;
  let best = Infinity;
  for (let run = 0; run < 6; run++) {
    const start = performance.now();
    for (let i = 0; i < frames; i++) feel(heart, percept, 1 / 30);
    best = Math.min(best, ((performance.now() - start) * 1000) / frames);
  }
  return { perFeel: best, others: percept.seen.length, perStep: wholeStep() };
}

/** Somebody smiles, is sad and yawns while they talk; the mirrors are stepped outside the time taken. Mean of the best take. */
function wholeStep(): number {
  const mind = createMind({ rate: RATE }),
    empathy = giveHeart(mind);
  attend(mind, { format: "attune-recording", version: 1, faceSet: `facs-${FACE}`, rate: RATE });
  const frames = ["joy", "sadness", "yawn", "anger"].flatMap((name) => facesShown(name));
  let best = Infinity,
    time = 0;
  for (let take = 0; take < TAKES; take++) {
    let spent = 0;
    for (const face of frames) {
      time += 1 / RATE;
      const speaking = Math.sin(time) > 0;
      const frame: Frame = { time, face, voice: { pitchHz: speaking ? 140 : NaN, loudness: 0.5, speaking } };
      step(empathy.face, frame);
      const start = performance.now();
      empathize(mind, empathy, frame, 1 / RATE);
      spent += performance.now() - start;
    }
    best = Math.min(best, (1000 * spent) / frames.length);
  }
  return best;
}

const RATE = 30,
  TAKES = 8;

function facesShown(name: string): Float32Array[] {
  const { times, values } = performExpression(expressionNamed(name), { rate: RATE, rest: 1, apex: 4 });
  const all = Float32Array.from(values);
  return Array.from(times, (_, t) => all.slice(t * VISAGE, t * VISAGE + FACE));
}
