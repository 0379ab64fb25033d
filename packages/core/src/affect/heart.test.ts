import { expect, test } from "vitest";
import { VISAGE, visageOf } from "../body/visage.ts";
import { otherNamed } from "./company.ts";
import { EXPRESSION_NAMES, expressionNamed } from "./expressions.ts";
import { explain, feelingOf } from "./heart-report.ts";
import { CENTRE, FRIEND, facing, live, look, partOf } from "./heart-testing.ts";
import { type Heart, createHeart, feel, lesionHeart } from "./heart.ts";
import { createNoise, nextGaussian } from "./noise.ts";
import { confidenceOf, stirConfidenceOf } from "./others.ts";
import { type SeenOther } from "./percept.ts";
import { type Happening, type Relation } from "./types.ts";

test("T7 contagion is monotone in the gate, none at gate 0 while the other is still read (r at least .9), never past the sender", () => {
  const caught = [0, 0.2, 0.4, 0.6, 0.8, 1].map((gate) => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    live(heart, facing({ reading: look(0.7), gate }), 120);
    return partOf(heart, "contagion", "Anna");
  });
  expect(caught[0]).toBe(0);
  for (let i = 1; i < caught.length; i++) expect(caught[i]).toBeGreaterThan(caught[i - 1] + 0.005);
  // The most susceptible there may be, for two hours, at an open gate.
  const open = createHeart({
    steady: true,
    temperament: { ...CENTRE, susceptibility: 3, affectCoupling: 3, inertia: 10 },
  });
  const percept = facing({ reading: look(0.7), gate: 1 });
  let most = 0;
  for (let t = 0; t < 7200; t++) {
    feel(open, percept, 1);
    most = Math.max(most, open.core.valence);
  }
  expect(most).toBeGreaterThan(0.4);
  expect(most).toBeLessThanOrEqual(0.7);
});

test("T7 at gate 0 the estimate follows a feeling that wanders (r at least .9) and nothing of it is caught", () => {
  const draw = createNoise(4, "wander"),
    heart = createHeart({ temperament: CENTRE, seed: 4 }),
    reading = look(0),
    percept = facing({ reading, gate: 0 });
  let truth = 0,
    tt = 0,
    rr = 0,
    tr = 0;
  for (let i = 0; i < 6000; i++) {
    truth += -truth / 20 / 30 + 0.4 * Math.sqrt(2 / 20 / 30) * nextGaussian(draw);
    reading.valence = Math.max(-1, Math.min(1, truth + 0.15 * nextGaussian(draw)));
    feel(heart, percept, 1 / 30);
    const read = otherNamed(heart, "Anna")?.estimate.valence ?? NaN;
    tt += truth * truth;
    rr += read * read;
    tr += truth * read;
  }
  expect(tr / Math.sqrt(tt * rr)).toBeGreaterThan(0.9);
  expect(partOf(heart, "contagion", "Anna")).toBe(0);
});

test("how much is caught, and from whom: a surer look counts for more, a crowd for no more than a person", () => {
  const after = (seen: SeenOther[]): Heart => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    const percept = facing({});
    percept.seen = seen;
    live(heart, percept, 60);
    return heart;
  };
  const anna = { who: "Anna", reading: look(0.8), gate: 1 },
    ben = { who: "Ben", reading: look(-0.8, 0, 0.05), gate: 1 };
  const both = after([anna, ben]);
  expect(partOf(both, "contagion", "Anna")).toBeGreaterThan(0.03);
  expect(partOf(both, "contagion", "Ben")).toBeLessThan(0);
  expect(Math.abs(partOf(both, "contagion", "Ben"))).toBeLessThan(0.3 * partOf(both, "contagion", "Anna"));
  const crowd = after(Array.from({ length: 20 }, (_, i) => ({ ...anna, who: `guest ${i}` })));
  expect(crowd.core.valence).toBeCloseTo(after([anna]).core.valence, 6);
});

test("T8 a blank face and a violation: embarrassment rises with the violation, x 1.3 for a friend; a mirror alone shows none", () => {
  const felt = (degree: number, closeness: number, prepare: (heart: Heart) => void = () => {}): Heart => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    prepare(heart);
    live(
      heart,
      facing({ reading: look(0), relation: { ...FRIEND, affiliation: 0.3, closeness } }, [
        { kind: "violation", whose: "Anna", degree },
      ]),
      20,
    );
    return heart;
  };
  const levels = [0.2, 0.5, 0.8, 1].map((degree) => felt(degree, 0));
  for (const [i, heart] of levels.entries()) {
    expect(feelingOf(heart).emotions[0].name).toBe("vicarious embarrassment");
    expect(heart.core.valence).toBeLessThan(i === 0 ? -0.01 : levels[i - 1].core.valence - 0.01);
    expect(partOf(heart, "contagion", "Anna")).toBeCloseTo(0, 2);
  }
  expect(felt(0.8, 0.8).core.valence / felt(0.8, 0).core.valence).toBeGreaterThan(1.3);
  const mirror = felt(1, 1, (heart) => lesionHeart(heart, "appraisal"));
  expect(feelingOf(mirror).emotions).toEqual([]);
  expect(Math.abs(mirror.core.valence)).toBeLessThan(1e-6);
});

test("T9 mudita: of the same luck an own win brings most, a friend's less, a stranger's little and a rival's the reverse", () => {
  const brings = (whose: string, relation?: Relation): number => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    live(heart, facing({ who: "Anna", relation }, [{ kind: "fortune", whose, outcome: 0.6 }]), 30);
    return heart.core.valence;
  };
  const own = brings("self"),
    friend = brings("Anna", FRIEND),
    stranger = brings("Anna"),
    rival = brings("Anna", { affiliation: 0, closeness: 0, similarity: 0.3, competition: 1 });
  expect(own).toBeGreaterThan(friend + 0.05);
  expect(friend).toBeGreaterThan(stranger + 0.05);
  expect(stranger).toBeGreaterThan(0.02);
  expect(rival).toBeLessThan(-0.02);
});

test("T14 compassion lifts the own valence and concern, halves what is caught and leaves the estimate as it is", () => {
  const met = (compassion: boolean): Heart => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    const percept = facing({ reading: look(-0.6, 0.2), relation: FRIEND });
    percept.compassion = compassion;
    live(heart, percept, 60);
    return heart;
  };
  const without = met(false),
    withIt = met(true);
  expect(withIt.core.valence).toBeGreaterThan(without.core.valence + 0.02);
  expect(otherNamed(withIt, "Anna")?.estimate).toEqual(otherNamed(without, "Anna")?.estimate);
  expect(otherNamed(withIt, "Anna")?.concern).toBeGreaterThan((otherNamed(without, "Anna")?.concern ?? 1) + 0.2);
  // Caught is what is below 0; some more gets in by the gate that concern does not close.
  const halved = partOf(withIt, "contagion", "Anna") / partOf(without, "contagion", "Anna");
  expect(halved).toBeGreaterThan(0.45);
  expect(halved).toBeLessThan(0.6);
});

test("T15 each lesion takes away what it should and leaves the rest", () => {
  const bad: Happening = { kind: "fortune", whose: "Anna", outcome: -0.8 };
  const lived = (lesion?: Parameters<typeof lesionHeart>[1], pose?: Float64Array): Heart => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    if (lesion) lesionHeart(heart, lesion);
    const percept = facing({ reading: look(-0.7, 0.4), relation: FRIEND }, [bad]);
    percept.regulate = undefined;
    percept.pose = pose;
    live(heart, percept, 60);
    return heart;
  };
  const whole = lived(),
    about = (heart: Heart): { distress: number; concern: number; valence: number } => {
      const { distress, concern, estimate } = otherNamed(heart, "Anna") as NonNullable<ReturnType<typeof otherNamed>>;
      return { distress, concern, valence: estimate.valence };
    };
  // Mirror: nothing caught; the other is read, thought about and cared for as before.
  const mirror = lived("mirror");
  expect(partOf(whole, "contagion", "Anna")).toBeLessThan(-0.02);
  expect(partOf(mirror, "contagion", "Anna")).toBe(0);
  expect(about(mirror).valence).toBe(about(whole).valence);
  expect(feelingOf(mirror).emotions[0].name).toBe("sorry-for");
  expect(about(mirror).concern).toBeGreaterThan(0.8 * about(whole).concern);
  // Gate: what is caught counts as the own, distress rises, concern goes.
  const gate = lived("gate");
  expect(partOf(gate, "contagion", "Anna")).toBe(0);
  expect(partOf(gate, "self")).toBeLessThan(partOf(whole, "self") - 0.02);
  expect(about(gate).distress).toBeGreaterThan(1.5 * about(whole).distress);
  expect(about(gate).concern).toBeLessThan(0.01);
  // Feedback: a smile put on no longer lifts.
  const smile = visageOf(expressionNamed("joy"));
  expect(lived(undefined, smile).core.valence).toBeGreaterThan(whole.core.valence + 0.03);
  expect(partOf(lived("feedback", smile), "feedback")).toBe(0);
  expect(lived("feedback", smile).core.valence).toBeCloseTo(lived("feedback").core.valence, 9);
  // Regulation: distress stays high, nothing is done about it.
  const loose = lived("regulation");
  expect(whole.regulation.strategy).not.toBe("none");
  expect(loose.regulation.strategy).toBe("none");
  expect(about(loose).distress).toBeGreaterThan(about(whole).distress + 0.02);
  expect(partOf(loose, "regulation")).toBe(0);
  // Appraisal: luck means nothing; the look is caught all the same.
  const blank = lived("appraisal");
  expect(feelingOf(blank).emotions).toEqual([]);
  expect(partOf(blank, "appraisal", "Anna")).toBe(0);
  expect(partOf(blank, "contagion", "Anna")).toBeLessThan(-0.02);
});

test("rivals' luck is felt and not shown; a friend's is both", () => {
  const shows = (relation: Relation): Heart => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    live(heart, facing({ relation }, [{ kind: "fortune", whose: "Anna", outcome: -0.7 }]), 5);
    return heart;
  };
  const gloats = shows({ affiliation: -0.5, closeness: 0, similarity: 0, competition: 1 });
  expect(feelingOf(gloats).emotions[0].name).toBe("schadenfreude");
  expect(gloats.core.valence).toBeGreaterThan(0.01);
  expect(Math.max(...gloats.display.x.subarray(0, VISAGE - 5))).toBeLessThan(0.02);
  expect(gloats.display.shown[EXPRESSION_NAMES.indexOf("amusement")]).toBeLessThan(0.003);
  const cares = shows(FRIEND);
  expect(cares.display.shown.indexOf(Math.max(...cares.display.shown))).toBe(EXPRESSION_NAMES.indexOf("sympathy"));
  expect(Math.max(...cares.display.x)).toBeGreaterThan(0.05);
});

test("what goes on is felt once: a hundred frames of the same luck are not a hundred times the luck", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE }),
    percept = facing({}, [{ kind: "fortune", whose: "self", outcome: 0.5 }]);
  live(heart, percept, 10);
  expect(heart.episodes.filter(({ emotion }) => emotion === "joy")).toHaveLength(1);
  percept.happenings = [{ ...percept.happenings[0] }] as Happening[];
  live(heart, percept, 10);
  expect(heart.episodes.filter(({ emotion }) => emotion === "joy")).toHaveLength(1);
});

test("strain ends with who strained: ten minutes after they left the body is at rest again", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  live(heart, facing({ reading: look(0), strain: 1 }), 30);
  expect(heart.core.arousal).toBeGreaterThan(0.1);
  const alone = facing({});
  alone.seen = [];
  live(heart, alone, 600);
  expect(otherNamed(heart, "Anna")?.strain).toBe(0);
  expect(Math.abs(heart.core.arousal)).toBeLessThan(0.01);
});

test("T15 a heart that was regulating and loses the faculty regulates nothing from then on", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  const percept = facing({});
  percept.regulate = "suppress expression";
  live(heart, percept, 30);
  expect(heart.regulation.expression).toBeLessThan(0.5);
  lesionHeart(heart, "regulation");
  live(heart, percept, 1);
  expect(heart.regulation.expression).toBe(1);
  expect(heart.regulation.strain).toBe(0);
  expect(heart.regulation.strategy).toBe("none");
});

test("any frame rate gives the same concern, distress and feeling, down to one frame a second", () => {
  const [usual, ...others] = [1 / 30, 0.1, 0.5, 1].map((dt) => {
    const heart = createHeart({ steady: true, temperament: CENTRE });
    live(heart, facing({ reading: look(-0.6, 0.2), relation: FRIEND }), 10, dt);
    const { concern, distress } = otherNamed(heart, "Anna") ?? { concern: NaN, distress: NaN };
    return [concern, distress, heart.core.valence, heart.core.arousal];
  });
  for (const other of others) other.forEach((value, i) => expect(value / usual[i]).toBeCloseTo(1, 1.2));
});

test("a voice alone tells how stirred somebody is, which is caught, and nothing of how they feel", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  const heard = { ...look(0, 0.6, 0), cannotSee: true, seen: 0, arousalPrecision: 1.5 };
  live(heart, facing({ reading: heard, gate: 1 }), 30);
  const anna = otherNamed(heart, "Anna") as NonNullable<ReturnType<typeof otherNamed>>;
  expect(anna.estimate.arousal).toBeGreaterThan(0.3);
  expect(anna.estimate.valence).toBe(0);
  expect(confidenceOf(anna.estimate)).toBe(0);
  expect(stirConfidenceOf(anna.estimate)).toBeGreaterThan(0.4);
  expect(heart.core.arousal).toBeGreaterThan(0.005);
  expect(explain(heart).join(" ")).toMatch(/Anna sounds \w+( \w+)? to me/);
});

test("the sixty-fifth person is met too: who was out of sight for longest is forgotten", () => {
  const heart = createHeart({ steady: true });
  const percept = facing({ reading: look(0.3) });
  for (let i = 0; i < 80; i++) {
    percept.seen[0].who = `guest ${i}`;
    feel(heart, percept, 0.1);
  }
  expect(heart.others).toHaveLength(64);
  expect(otherNamed(heart, "guest 79")).toBeDefined();
  expect(otherNamed(heart, "guest 15")).toBeUndefined();
  expect(otherNamed(heart, "guest 16")).toBeDefined();
  percept.seen = Array.from({ length: 65 }, (_, i) => ({ who: `crowd ${i}`, reading: undefined }));
  expect(() => feel(heart, percept, 0.1)).toThrow(/would be number 65 in sight at once/);
});
