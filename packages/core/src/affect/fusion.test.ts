import { describe, expect, test } from "vitest";
import { restMotor, SEEN, seenAt } from "../body/layout.ts";
import { VISAGE, visageOf } from "../body/visage.ts";
import { createRng } from "../rng.ts";
import { expressionNamed } from "./expressions.ts";
import { fitExponents, fuse, tempered } from "./fusion.ts";
import { createPostureImpression, readPosture } from "./posture-reading.ts";
import { createReading, readVisage } from "./reading.ts";
import { createVoiceBaseline, createVoiceImpression, hearVoice, readVoice, type Heard } from "./voice-reading.ts";
import { READ } from "./weights.ts";

const p = (probability: ArrayLike<number>, name: string): number => probability[READ.indexOf(name)];

/** A voice that has its habit, then sounds like this for two seconds. */
function voiceOf(now: Partial<Heard>, habit = 20) {
  const state = createVoiceBaseline(),
    out = createVoiceImpression();
  const usual = { pitchHz: 180, loudness: 0.5, speaking: true };
  for (let t = 0; t < habit * 20; t++)
    hearVoice(state, { ...usual, pitchHz: 180 * 2 ** (Math.sin(t) / 8), loudness: 0.5 + 0.05 * Math.sin(t / 3) }, 0.05);
  for (let t = 0; t < 40; t++) hearVoice(state, { ...usual, ...now }, 0.05);
  readVoice(state, out);
  return out;
}

describe("voice", () => {
  test("loud and high sounds aroused, like anger and joy before sadness; soft and low the other way round", () => {
    const up = voiceOf({ pitchHz: 260, loudness: 0.65 }),
      down = voiceOf({ pitchHz: 140, loudness: 0.35 });
    expect(up.arousal).toBeGreaterThan(0.3);
    expect(down.arousal).toBeLessThan(-0.3);
    expect(p(up.probability, "anger")).toBeGreaterThan(3 * p(up.probability, "sadness"));
    expect(p(down.probability, "sadness")).toBeGreaterThan(3 * p(down.probability, "joy"));
  });

  test("it is measured against the speaker's own habit: a low voice is not a sad one", () => {
    const usual = voiceOf({});
    expect(Math.abs(usual.arousal)).toBeLessThan(0.15);
    expect(Math.max(...usual.probability)).toBeLessThan(0.15);
  });

  test("a new speaker, silence and no microphone say nothing", () => {
    const state = createVoiceBaseline(),
      out = createVoiceImpression();
    hearVoice(state, { pitchHz: 400, loudness: 1, speaking: true }, 0.05);
    hearVoice(state, undefined, 5);
    readVoice(state, out);
    expect(out.precision).toBeLessThan(0.05);
    expect(Math.max(...out.probability) - 1 / READ.length).toBeLessThan(0.01);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe("posture", () => {
  /** Upright, arms hanging. */
  function standing(change: Record<string, readonly [number, number, number]> = {}): Float64Array {
    const seen = new Float64Array(SEEN).fill(NaN);
    const bones = {
      trunk: [0, 1, 0],
      head: [0, 0.97, 0.25],
      lUpperArm: [0.15, -0.98, 0],
      lForearm: [0.1, -0.98, 0.1],
      rUpperArm: [-0.15, -0.98, 0],
      rForearm: [-0.1, -0.98, 0.1],
      ...change,
    };
    for (const [bone, direction] of Object.entries(bones)) seen.set(direction, seenAt(bone as "trunk"));
    return seen;
  }

  test("chest out and arms up look like pride before shame, head down the other way round", () => {
    const out = createPostureImpression();
    readPosture(
      standing({
        lUpperArm: [0.7, 0.7, 0],
        rUpperArm: [-0.7, 0.7, 0],
        lForearm: [0.3, 0.9, 0],
        rForearm: [-0.3, 0.9, 0],
        head: [0, 1, 0],
      }),
      out,
    );
    expect(p(out.probability, "pride")).toBeGreaterThan(2 * p(out.probability, "shame"));
    expect(out.arousal).toBeGreaterThan(0.2);
    readPosture(standing({ head: [0, 0.6, 0.8] }), out);
    expect(p(out.probability, "shame")).toBeGreaterThan(2 * p(out.probability, "pride"));
  });

  test("standing quietly says next to nothing, and an unseen body nothing", () => {
    const out = createPostureImpression();
    readPosture(standing(), out);
    expect(Math.max(...out.probability)).toBeLessThan(0.08);
    readPosture(new Float64Array(SEEN).fill(NaN), out);
    expect(out.precision).toBe(0);
    expect(Math.max(...out.probability) - 1 / READ.length).toBeCloseTo(0, 12);
    expect(() => readPosture(restMotor(), out)).toThrow(/were wanted/);
  });
});

describe("fusion", () => {
  test("without voice and posture the face's reading stays as it is", () => {
    const face = createReading(),
      out = createReading();
    readVisage(visageOf(expressionNamed("sympathy")), undefined, face);
    fuse(face, undefined, undefined, out);
    for (let r = 0; r < READ.length; r++) expect(out.probability[r]).toBeCloseTo(face.probability[r], 6);
    expect(out.valence).toBe(face.valence);
    fuse(face, createVoiceImpression(), createPostureImpression(), out);
    for (let r = 0; r < READ.length; r++) expect(out.probability[r]).toBeCloseTo(face.probability[r], 6);
  });

  test("a loud voice makes a frown angrier and more aroused, and a clear smile stays a smile", () => {
    const face = createReading(),
      out = createReading(),
      loud = voiceOf({ pitchHz: 220, loudness: 0.68 });
    readVisage(visageOf({ name: "frown", units: { AU04: 0.6, AU07: 0.4, AU15: 0.2 } }), undefined, face);
    fuse(face, loud, undefined, out);
    const odds = (of: ArrayLike<number>) => p(of, "anger") / p(of, "sadness");
    expect(odds(out.probability)).toBeGreaterThan(odds(face.probability) ** 0.7);
    expect(out.arousal).toBeGreaterThan(face.arousal);
    readVisage(visageOf(expressionNamed("joy")), undefined, face);
    fuse(face, loud, undefined, face);
    expect(p(face.probability, "joy")).toBeGreaterThan(0.7);
  });

  test("a voice without a face is heard, and the face is still not seen", () => {
    const face = createReading(),
      out = createReading();
    readVisage(new Float64Array(VISAGE).fill(NaN), undefined, face);
    fuse(face, voiceOf({ pitchHz: 260, loudness: 0.7 }), undefined, out);
    expect(out.cannotSee).toBe(true);
    expect(out.arousal).toBeGreaterThan(0.1);
    expect(Math.max(...out.probability)).toBeLessThan(0.5);
  });

  test("fitted exponents find those that made the votes, and are never worse than the first alone", () => {
    const rng = createRng(1, "fusion/fit"),
      draw = () => {
        const q = Float64Array.from({ length: 6 }, () => 0.02 + rng() ** 2);
        const sum = q.reduce((a, b) => a + b, 0);
        return q.map((x) => x / sum);
      };
    const first = Array.from({ length: 200 }, draw),
      second = Array.from({ length: 200 }, draw);
    const made = first.map((f, i) => {
      const out = new Float64Array(6);
      tempered(f, second[i], [0.8, 0.35], out);
      return out;
    });
    const [a, b] = fitExponents(first, second, made);
    expect(a).toBeCloseTo(0.8, 4);
    expect(b).toBeCloseTo(0.35, 4);
    // A second sense that knows nothing is given no say.
    const [, none] = fitExponents(first, second, first);
    expect(none).toBeLessThan(0.01);
  });
});
