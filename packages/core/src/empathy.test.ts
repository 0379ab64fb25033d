import { describe, expect, test } from "vitest";
import { type Expression, expressionNamed } from "./affect/expressions.ts";
import { createFace, performExpression } from "./affect/face-acts.ts";
import { FACE_HEADER, facesOf } from "./affect/testing.ts";
import { FACE_UNITS } from "./body/face.ts";
import { VISAGE } from "./body/visage.ts";
import { type Empathy, tell } from "./empathy.ts";
import type { Frame } from "./frame.ts";
import { answerBy, giveHeart, type HeartedOptions, setStance } from "./give-heart.ts";
import { learn } from "./lessons.ts";
import { type Mind, attend, createMind, step } from "./mind.ts";
import type { FeelingMoment } from "./moment.ts";
import { moment } from "./report.ts";
import { exportActs } from "./repertoire/repertoire.ts";
import { createRng } from "./rng.ts";
import { POLICY } from "./social/default-policy.ts";
import { RELATIONS } from "./social/relation.ts";

const FACE = createFace();

function hearted(options: HeartedOptions = {}, relation: keyof typeof RELATIONS = "friend"): [Mind, Empathy] {
  const mind = createMind();
  const empathy = giveHeart(mind, { face: exportActs(FACE.repertoire), ...options });
  empathy.book.people.push({ who: "you", relation: { ...RELATIONS[relation] }, agreed: null });
  attend(mind, FACE_HEADER);
  return [mind, empathy];
}

/** Shows an expression, looking at Attune; calls back after each frame. */
function show(
  mind: Mind,
  what: Expression | string,
  options: { from?: number; apex?: number; noise?: number; strength?: number },
  each: (time: number) => void = () => undefined,
): number {
  const expression = what === "neutral" ? NEUTRAL : typeof what === "string" ? expressionNamed(what) : what;
  const { from = 0, apex = 3, noise = 0.01, strength = 0.9 } = options;
  const demo = performExpression({ ...expression, gaze: {}, head: {} }, { apex, rate: 30, rest: 1.5, strength });
  const frames = facesOf(demo, createRng(3, `show/${from}`), noise, from);
  for (const frame of frames) {
    step(mind, frame);
    each(frame.time);
  }
  return frames[frames.length - 1].time + 1 / 30;
}

const NEUTRAL: Expression = { ...expressionNamed("joy"), name: "neutral", units: {}, head: {}, gaze: {} };
const SMILE = FACE_UNITS.indexOf("AU12L"),
  BROW = FACE_UNITS.indexOf("AU01");

describe("the whole loop, from frames to an answer", () => {
  test("a smile is read, smiled at after half a second to a second, and brightens a little; both are explained", () => {
    const [mind, { heart }] = hearted();
    let read = NaN,
      answered = NaN,
      mirrored = 0;
    const before = heart.core.valence;
    show(mind, "joy", { apex: 6 }, (time) => {
      const { feeling } = moment(mind, ["feeling"]);
      if (feeling?.looks?.expressions[0].name === "joy") read = Number.isNaN(read) ? time : read;
      if (heart.display.x[SMILE] > 0.15 && Number.isNaN(answered)) answered = time;
      mirrored = Math.max(mirrored, heart.display.x[SMILE]);
    });
    expect(read).toBeLessThan(2.2);
    expect(answered - 1.5).toBeGreaterThan(0.3);
    expect(answered - 1.5).toBeLessThan(2);
    expect(mirrored).toBeLessThan(0.8);
    const { feeling } = moment(mind, ["feeling"]);
    expect(feeling?.parts.find(({ source }) => source === "contagion")?.valence).toBeGreaterThan(0.005);
    expect(heart.core.valence).toBeGreaterThan(before - 0.2);
    expect(feeling?.looks?.words).toMatch(/your face looks/);
    expect(feeling?.why.join(" ")).toMatch(/I feel/);
  });

  test("a sad face is met with concern and not with a smile", () => {
    const [mind, empathy] = hearted();
    let smiled = 0,
      concerned = 0;
    const answers = new Set<string>();
    show(mind, "sadness", { apex: 12, strength: 1 }, (time) => {
      if (time > 3) smiled = Math.max(smiled, empathy.social.out.drive[SMILE]);
      concerned = Math.max(concerned, empathy.heart.display.x[BROW]);
      const { main } = moment(mind, ["feeling"]).feeling!.responses;
      if (main) answers.add(main.kind);
      if (empathy.social.out.utterance) answers.add(empathy.social.out.utterance);
    });
    expect(smiled).toBeLessThan(0.02);
    expect(concerned).toBeGreaterThan(0.05);
    expect([...answers].join(", ")).toMatch(/concern|acknowledge/);
    expect(moment(mind, ["feeling"]).feeling?.others[0].concern).toBeGreaterThan(0.05);
  });

  test("where faces are not read nothing is estimated, mirrored or answered from them", () => {
    const [mind, { heart, face }] = hearted({ reads: false });
    let recognised = 0;
    show(mind, "joy", { apex: 6 }, () => {
      recognised = Math.max(recognised, ...face.report, ...face.population.rates, face.events.last.length);
    });
    expect(recognised).toBe(0);
    const { feeling } = moment(mind, ["feeling"]);
    expect(feeling?.mirrored).toEqual([]);
    expect(feeling).not.toHaveProperty("looks");
    expect(feeling?.parts.find(({ source }) => source === "contagion")?.valence ?? 0).toBe(0);
    expect(feeling?.responses.main?.cue ?? "nothing").not.toMatch(/smile|joy/);
    expect(heart.others[0].estimate.variance).toBeCloseTo(0.25, 1);
  });
});

test("reading that is no longer agreed to stops at once, and what the mirror was about is gone", () => {
  const [mind, empathy] = hearted();
  const time = show(mind, "joy", { apex: 2 });
  empathy.reads = false;
  show(mind, "joy", { apex: 1, from: time }, () => expect(Math.max(...empathy.face.report)).toBe(0));
  expect(Number.isFinite(empathy.face.seen[SMILE])).toBe(true);
});

test("T11 somebody who had luck and then sees sadness does not go on smiling at it", () => {
  for (const seed of [1, 3]) {
    const [mind, empathy] = hearted({
      seed,
      temperament: { expressiveness: 1.8, home: { valence: 0.2, arousal: 0.1 } },
    });
    let time = show(mind, "neutral", { apex: 1 });
    tell(empathy, { kind: "fortune", whose: "self", outcome: 1 });
    time = show(mind, "neutral", { apex: 0.5, from: time });
    const { x } = empathy.heart.display;
    expect(x[SMILE]).toBeGreaterThan(0.2);
    let noticed = NaN;
    show(mind, "sadness", { apex: 8, from: time, strength: 1 }, (now) => {
      if (empathy.social.cues.plea === empathy.scene.time && Number.isNaN(noticed)) noticed = now;
      if (now > noticed + 0.8) expect(x[SMILE]).toBeLessThan(0.02);
    });
    expect(noticed).toBeLessThan(time + 3);
  }
});

test("who hides what is known to move them strains Attune and is liked less; who shows it does not", () => {
  const facing = (what: string): [number, number, string[]] => {
    const [mind, empathy] = hearted({ seed: 2 }, "acquaintance");
    let time = 0;
    let strain = 0;
    const before = empathy.book.people[0].relation.affiliation;
    const experiences: string[] = [];
    for (let k = 0; k < 4; k++) {
      tell(empathy, { kind: "fortune", whose: "you", outcome: -0.6 });
      time = show(mind, what, { apex: 6, from: time }, () => {
        strain = Math.max(strain, empathy.strain);
        experiences.push(...empathy.social.out.experiences);
      });
    }
    return [strain, empathy.book.people[0].relation.affiliation - before, experiences];
  };
  const [hidden, cost, said] = facing("neutral"),
    [shown, costless] = facing("sadness");
  expect(hidden).toBeGreaterThan(0.8);
  expect(said).toContain("held back");
  expect(cost).toBeLessThan(-0.03);
  expect(shown).toBeLessThan(hidden);
  expect(costless).toBeGreaterThan(cost + 0.02);
});

test("motor resonance is how much seeing drives the units; what is recognised stays as sure", () => {
  const seen = (motorResonance: number): [number, number] => {
    const [mind, { face }] = hearted({ temperament: { motorResonance } });
    let rate = 0,
      sure = 0;
    show(mind, "joy", { apex: 2 }, () => {
      rate = Math.max(rate, ...face.population.rates);
      sure = Math.max(sure, ...face.report);
    });
    return [rate, sure];
  };
  const [none, usual, much] = [0, 1, 2].map(seen);
  expect(none[0]).toBe(0);
  expect(much[0] / usual[0]).toBeCloseTo(2, 1);
  expect(none[1]).toBe(usual[1]);
  expect(much[1]).toBe(usual[1]);
});

test("eyes elsewhere pay less attention, and how one is disposed closes and opens the gate", () => {
  const [mind, empathy] = hearted();
  const gate = (): number => empathy.heart.others[0].gate;
  let time = show(mind, "neutral", { apex: 1 });
  const usual = gate();
  expect(empathy.other.attention).toBe(1);
  setStance(empathy, { load: 0.9 });
  time = show(mind, "neutral", { apex: 0.2, from: time });
  expect(gate()).toBeLessThan(usual - 0.1);
  setStance(empathy, { load: 0, motive: 1 });
  time = show(mind, "neutral", { apex: 0.2, from: time });
  expect(gate()).toBeGreaterThan(usual + 0.05);
  setStance(empathy, { motive: 0 });
  let least = 1;
  // One does not stare.
  tell(empathy, { kind: "violation", whose: "you", degree: 0.8 });
  show(mind, "neutral", { apex: 5, from: time }, () => (least = Math.min(least, empathy.other.attention ?? 1)));
  expect(least).toBe(0.5);
  expect(() => setStance(empathy, { motive: 3 })).toThrow("setStance: motive is 3, wanted a number from -1 to 1");
});

test("an expression taught by one example is told by its name and can be answered by a row of its own", () => {
  const [mind, empathy] = hearted();
  const wink: Expression = {
    ...expressionNamed("joy"),
    name: "wink",
    units: { AU43L: 1, AU12L: 0.6 },
    onset: 0.3,
    apex: 0.8,
    offset: 0.3,
    head: {},
    gaze: {},
  };
  const example = facesOf(performExpression(wink, { rate: 30, rest: 0.5 }), createRng(1, "wink"), 0.01);
  learn(empathy.face, "wink", [{ header: FACE_HEADER, frames: example }]);
  const row = { ...POLICY.rows[0], name: "wink back", when: { see: ["wink"] }, chance: 1, priority: 1 } as const;
  answerBy(empathy, { ...POLICY, rows: [...POLICY.rows, { ...row, do: { ...row.do, kind: "wink back" } }] });
  attend(mind, FACE_HEADER);
  const words = new Set<string>(),
    answers = new Set<string>();
  let first = "";
  show(mind, wink, { apex: 1.2 }, () => {
    const { looks, responses } = moment(mind, ["feeling"]).feeling as FeelingMoment;
    words.add(looks?.words ?? "");
    if (looks?.words === "your face looks like wink") first = looks.expressions[0].name;
    for (const { row: name } of [...responses.now, ...responses.next]) answers.add(name);
  });
  expect([...words]).toContain("your face looks like wink");
  expect(first).toBe("wink");
  expect([...answers]).toContain("wink back");
});

test("a face half hidden, gone, full of nonsense or late makes no jump and says so", () => {
  const [mind, { heart, looks }] = hearted();
  let time = show(mind, "joy", { apex: 2 });
  const nonsense: Frame[] = [
    { time: time + 0.03 },
    { time: time + 0.06, face: new Float32Array(35).fill(NaN) },
    { time: time + 0.09, face: new Float32Array(35).fill(1e9) },
    { time: time - 5, face: new Float32Array(35) },
    { time: NaN, face: new Float32Array(35) },
    { time: time + 0.2, face: new Float32Array(35).fill(NaN, 0, 12), head: new Float32Array(7).fill(NaN) },
  ];
  for (const frame of nonsense) {
    const before = heart.core.valence;
    step(mind, frame);
    expect(Number.isFinite(heart.core.valence)).toBe(true);
    expect(Math.abs(heart.core.valence - before)).toBeLessThan(0.1);
  }
  expect(mind.late).toBe(2);
  time += 0.3;
  for (let k = 0; k < 300; k++) step(mind, { time: time + k / 30 });
  expect(looks.cannotSee).toBe(true);
  expect(moment(mind, ["feeling"]).feeling?.looks?.words).toMatch(/cannot see/);
});

test("the same seed and the same frames give the same feeling, and a copy made half-way goes on alike", () => {
  const [one] = hearted({ seed: 5 }),
    [other] = hearted({ seed: 5 });
  const halfway = show(one, "amusement", { apex: 2 });
  show(other, "amusement", { apex: 2 });
  const copy = structuredClone(one);
  for (const mind of [one, other, copy]) show(mind, "pain", { apex: 2, from: halfway });
  const felt = [one, other, copy].map((mind) => JSON.stringify(moment(mind, ["feeling"])));
  expect(felt[1]).toBe(felt[0]);
  expect(felt[2]).toBe(felt[0]);
});

test("a repertoire that is no face's is refused", () => {
  const mind = createMind();
  expect(() => giveHeart(mind, { face: mind.repertoire })).toThrow(/repertoire is one of person, wanted one of a face/);
});

test("T20 two minds that see nothing but one another's faces stay bounded, and who is smiled back at is liked more", () => {
  const pair = [hearted({ seed: 1 }, "acquaintance"), hearted({ seed: 2 }, "acquaintance")];
  const pose = new Float64Array(VISAGE);
  for (const unit of ["AU06L", "AU06R", "AU12L", "AU12R", "AU25"]) pose[FACE_UNITS.indexOf(unit)] = 0.8;
  const liked = (k: number): number => pair[k][1].book.people[0].relation.affiliation;
  const before = [liked(0), liked(1)];
  let furthest = 0;
  for (let n = 0; n < 15 * 90; n++) {
    // The first smiles of itself now and then.
    pair[0][1].percept.pose = n % 150 > 60 && n % 150 < 120 ? pose : undefined;
    const faces = pair.map(([, { heart }]) => Float32Array.from(heart.display.x.subarray(0, FACE_UNITS.length)));
    pair.forEach(([mind, { heart }], k) => {
      step(mind, { time: n / 15, face: faces[1 - k], gaze: Float32Array.of(0, 0, 1) });
      furthest = Math.max(furthest, Math.abs(heart.core.valence), Math.abs(heart.core.arousal));
    });
  }
  expect(furthest).toBeLessThan(1);
  expect(liked(0) + liked(1)).toBeGreaterThan(before[0] + before[1]);
});
