// Streams as they come: nobody there, a face lost, two people, names that name nobody, a voice alone.

import { expect, test } from "vitest";
import { expressionNamed } from "./affect/expressions.ts";
import { createFace } from "./affect/face-acts.ts";
import { otherNamed } from "./affect/company.ts";
import { FACE_HEADER } from "./affect/testing.ts";
import { FACE, FACE_UNITS } from "./body/face.ts";
import { faceSetNamed } from "./body/face-sets.ts";
import { visageOf } from "./body/visage.ts";
import { type Empathy, tell } from "./empathy.ts";
import type { Frame, RecordingHeader } from "./frame.ts";
import { giveHeart } from "./give-heart.ts";
import { type Mind, attend, createMind, step } from "./mind.ts";
import { moment } from "./report.ts";
import { exportActs } from "./repertoire/repertoire.ts";

const RATE = 10;
const FACES = createFace({ rate: RATE, expressions: [expressionNamed("joy"), expressionNamed("sadness")] });
const BLANK = new Float32Array(FACE).fill(NaN);
const STILL = new Float32Array(FACE);

function watcher(header: Partial<RecordingHeader> = {}): [Mind, Empathy, string[]] {
  const mind = createMind({ rate: RATE });
  const empathy = giveHeart(mind, { face: exportActs(FACES.repertoire) });
  return [mind, empathy, attend(mind, { ...FACE_HEADER, rate: RATE, ...header })];
}

function faceOf(name: string): Float32Array {
  return Float32Array.from(visageOf(expressionNamed(name)).subarray(0, FACE));
}

/** @returns when it ended, s */
function play(mind: Mind, frame: Omit<Frame, "time">, from: number, seconds: number): number {
  const frames = Math.round(seconds * RATE);
  for (let i = 0; i < frames; i++) step(mind, { ...frame, time: from + i / RATE });
  return from + seconds;
}

const wordsOf = (mind: Mind): string => moment(mind, ["feeling"]).feeling?.looks?.words ?? "";

test("an empty chair is nobody: no time together, nobody looked at, no company", () => {
  const [mind, empathy] = watcher();
  play(mind, { face: BLANK }, 0, 120);
  expect(empathy.scene.who).toBeNull();
  expect(empathy.percept.seen).toEqual([]);
  expect(empathy.percept.company).toBe(false);
  expect(empathy.social.out.gaze).toBe("free");
  expect(empathy.book.people).toEqual([]);
});

test("who leaves is gone after some seconds, and who was only hidden for a moment is not", () => {
  const [mind, empathy] = watcher();
  let time = play(mind, { face: STILL }, 0, 3);
  expect(empathy.scene.who).toBe("you");
  time = play(mind, { face: BLANK }, time, 2);
  expect(empathy.scene.who).toBe("you");
  time = play(mind, { face: BLANK }, time, 5);
  expect(empathy.scene.who).toBeNull();
  play(mind, { face: STILL }, time, 0.2);
  expect(empathy.scene.who).toBe("you");
});

test("a face that is lost costs no liking, however long", () => {
  const [mind, empathy] = watcher();
  const time = play(mind, { face: faceOf("sadness"), gaze: Float32Array.of(0, 0, 1) }, 0, 12);
  const { affiliation } = empathy.book.people[0].relation;
  // They still talk: they are there, and not to be seen.
  play(mind, { face: BLANK, voice: { pitchHz: NaN, loudness: 0, speaking: false } }, time, 20);
  expect(empathy.scene.gazeAtMe).toBeNaN();
  expect(empathy.book.people[0].relation.affiliation).toBeGreaterThanOrEqual(affiliation);
});

test("two in one stream, frame by frame: the first is watched, the other passed over, and it is said", () => {
  for (const apart of [0, 0.5 / RATE]) {
    const [mind, empathy] = watcher();
    let answered = false;
    for (let i = 0; i < 10 * RATE; i++) {
      step(mind, { time: i / RATE, who: "Ann", face: faceOf("joy") });
      step(mind, { time: i / RATE + apart, who: "Bob", face: faceOf("sadness") });
      answered ||= empathy.social.now.some((one) => one !== null);
    }
    expect(mind.late).toBe(0);
    expect(empathy.who).toBe("Ann");
    expect(otherNamed(empathy.heart, "Ann")?.estimate.valence).toBeGreaterThan(0.2);
    expect(otherNamed(empathy.heart, "Bob")).toBeUndefined();
    expect(answered).toBe(true);
    const { feeling } = moment(mind, ["feeling"]);
    expect(feeling?.why.join(" ")).toMatch(/I watch one at a time: Ann; 100 frames of somebody else were passed over/);
  }
});

test("two in turns are each seen against their own face at rest and heard against their own voice", () => {
  const { names } = faceSetNamed("arkit-52");
  const smiling = (size: number): Float32Array => {
    const face = new Float32Array(names.length);
    for (const name of ["mouthSmileLeft", "mouthSmileRight", "cheekSquintLeft", "cheekSquintRight"])
      face[names.indexOf(name)] = size;
    return face;
  };
  const [mind, empathy] = watcher({ faceSet: "arkit-52" });
  const low = { pitchHz: 110, loudness: 0.5, speaking: true },
    high = { pitchHz: 220, loudness: 0.5, speaking: true };
  // Ann's mouth is like that.
  let time = play(mind, { who: "Ann", face: smiling(0.5), voice: low }, 0, 90);
  const { rest, voice } = empathy;
  time = play(mind, { who: "Bob", face: smiling(0), voice: high }, time, 4);
  expect(empathy.rest).not.toBe(rest);
  time = play(mind, { who: "Bob", face: smiling(0.5), voice: high }, time, 1.5);
  expect(wordsOf(mind)).toMatch(/looks like joy|contentment|amusement/);
  expect(Math.abs(empathy.heard.arousal)).toBeLessThan(0.1);
  play(mind, { who: "Ann", face: smiling(0.5), voice: low }, time, 2);
  expect(empathy.rest).toBe(rest);
  expect(empathy.voice).toBe(voice);
  expect(wordsOf(mind)).toMatch(/neutral/);
  expect(structuredClone(empathy.familiar)).toEqual(empathy.familiar);
  attend(mind, { ...FACE_HEADER, faceSet: "arkit-52", who: "Bob" });
  expect(empathy.familiar).toEqual([]);
  expect(empathy.rest).not.toBe(rest);
});

test.each(["self", ""])('a stream whose person is called "%s" is of somebody, and that is said', (who) => {
  const [mind, empathy, notes] = watcher({ who });
  play(mind, { face: faceOf("joy") }, 0, 2);
  expect(empathy.who).toBe("somebody");
  expect(notes.join(" ")).toMatch(/names nobody; I say somebody/);
  const [other, named] = watcher();
  play(other, { who, face: faceOf("joy") }, 0, 2);
  expect(named.who).toBe("somebody");
});

test("eighty people one after the other are no trouble", () => {
  const [mind, empathy] = watcher();
  for (let i = 0; i < 80; i++) play(mind, { who: `guest ${i}`, face: STILL }, 3 * i, 0.5);
  expect(empathy.who).toBe("guest 79");
  expect(empathy.heart.others.length).toBeLessThanOrEqual(64);
  expect(empathy.familiar.length).toBeLessThanOrEqual(16);
});

test("what is no happening is refused where it is told, and one pushed by hand does not come again", () => {
  const [mind, empathy] = watcher();
  play(mind, { face: STILL }, 0, 1);
  const senseless = { kind: "fortune", whose: "you", outcome: 7 } as const;
  expect(() => tell(empathy, senseless)).toThrow('fortune of "you": outcome is 7, wanted a number from -1 to 1');
  expect(() => tell(empathy, { ...senseless, outcome: 1, whose: "" })).toThrow(/wanted the name of whom it happens to/);
  expect(empathy.happenings).toEqual([]);
  empathy.happenings.push(senseless);
  expect(() => step(mind, { time: 1, face: STILL })).toThrow(/outcome is 7/);
  step(mind, { time: 1.1, face: STILL });
  tell(empathy, { kind: "fortune", whose: "you", outcome: -0.6 });
  step(mind, { time: 1.2, face: STILL });
  expect(moment(mind, ["feeling"]).feeling?.emotions[0].name).toBe("sorry-for");
});

test("a voice alone can be attended to, tells how stirred they are, and that is felt with", () => {
  const mind = createMind({ rate: RATE });
  const { heart } = giveHeart(mind, { face: exportActs(FACES.repertoire) });
  const notes = attend(mind, { format: "attune-recording", version: 1, rate: RATE });
  expect(notes.join(" ")).toMatch(/neither a body nor a face; I go by the voice alone/);
  const time = play(mind, { voice: { pitchHz: 150, loudness: 0.5, speaking: true } }, 0, 30);
  play(mind, { voice: { pitchHz: 300, loudness: 0.9, speaking: true } }, time, 6);
  const known = otherNamed(heart, "you");
  expect(known?.estimate.arousal).toBeGreaterThan(0.15);
  expect(known?.estimate.valence).toBe(0);
  expect(wordsOf(mind)).toMatch(/cannot see your face.*your voice sounds stirred/);
});

test("what the voice says moves the valence that is read from a face, not only the names", () => {
  const frown = new Float32Array(FACE);
  for (const unit of ["AU04", "AU15", "AU07L", "AU07R"]) {
    const at = FACE_UNITS.findIndex((name) => name.startsWith(unit));
    frown[at] = 0.3;
  }
  const [quiet] = watcher(),
    [loud, { looks }] = watcher();
  const usual = { pitchHz: 150, loudness: 0.5, speaking: true };
  for (const mind of [quiet, loud]) play(mind, { face: STILL, voice: usual }, 0, 30);
  play(quiet, { face: frown, voice: usual }, 30, 3);
  play(loud, { face: frown, voice: { pitchHz: 190, loudness: 0.65, speaking: true } }, 30, 3);
  const other = (quiet.empathy as Empathy).looks;
  expect(Math.abs(looks.valence - other.valence)).toBeGreaterThan(0.005);
});

test("what a face set does not have is said when it is attended to", () => {
  const [, , notes] = watcher({ faceSet: "facs-17" });
  expect(notes.join(" ")).toMatch(/face set facs-17 lacks \d+ of 35 units/);
});
