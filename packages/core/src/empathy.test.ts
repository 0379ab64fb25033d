import { describe, expect, test } from "vitest";
import { type Expression, expressionNamed } from "./affect/expressions.ts";
import { createFace, performExpression } from "./affect/face-acts.ts";
import { FACE_HEADER, facesOf } from "./affect/testing.ts";
import { FACE_UNITS } from "./body/face.ts";
import { VISAGE } from "./body/visage.ts";
import type { Empathy } from "./empathy.ts";
import type { Frame } from "./frame.ts";
import { giveHeart, type HeartedOptions } from "./give-heart.ts";
import { type Mind, attend, createMind, step } from "./mind.ts";
import { moment } from "./report.ts";
import { exportActs } from "./repertoire/repertoire.ts";
import { createRng } from "./rng.ts";
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
  const expression = typeof what === "string" ? expressionNamed(what) : what;
  const { from = 0, apex = 3, noise = 0.01, strength = 0.9 } = options;
  const demo = performExpression({ ...expression, gaze: {}, head: {} }, { apex, rate: 30, rest: 1.5, strength });
  const frames = facesOf(demo, createRng(3, `show/${from}`), noise, from);
  for (const frame of frames) {
    step(mind, frame);
    each(frame.time);
  }
  return frames[frames.length - 1].time + 1 / 30;
}

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
    const [mind, { heart }] = hearted({ reads: false });
    show(mind, "joy", { apex: 6 });
    const { feeling } = moment(mind, ["feeling"]);
    expect(feeling).not.toHaveProperty("looks");
    expect(feeling?.parts.find(({ source }) => source === "contagion")?.valence ?? 0).toBe(0);
    expect(feeling?.responses.main?.cue ?? "nothing").not.toMatch(/smile|joy/);
    expect(heart.others[0].estimate.variance).toBeCloseTo(0.25, 1);
  });
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
