import fc from "fast-check";
import { expect, test } from "vitest";
import { VISAGE, visageOf } from "../body/visage.ts";
import { EMOTION_NAMES } from "./appraisal.ts";
import { EXPRESSION_NAMES, expressionNamed } from "./expressions.ts";
import { explain, feelingOf } from "./heart-report.ts";
import { loadHeart, saveHeart } from "./heart-save.ts";
import { type Heart, createHeart, feel, forgetOther, lesionHeart, otherNamed } from "./heart.ts";
import { createNoise, nextGaussian, nextUniform } from "./noise.ts";
import { confidenceOf } from "./others.ts";
import { type Percept, type SeenOther, createPercept } from "./percept.ts";
import { PRESETS, TEMPERAMENT_LIMITS, presetNamed, temperament } from "./temperament.ts";
import { type Happening, type Reading, type Relation, STRATEGIES } from "./types.ts";

const CENTRE = { home: { valence: 0, arousal: 0 } };
const FRIEND: Relation = { affiliation: 0.9, closeness: 0.8, similarity: 0.6, competition: 0 };

function look(valence: number, arousal = 0, precision = 12): Reading {
  const probability = new Float64Array(EXPRESSION_NAMES.length + 1);
  probability[EXPRESSION_NAMES.length] = 1;
  return { probability, valence, arousal, precision, seen: 1, cannotSee: false, startled: false };
}

function facing(other: Partial<SeenOther>, happenings: Happening[] = []): Percept {
  const percept = createPercept();
  percept.seen = [{ who: "Anna", reading: undefined, ...other }];
  percept.happenings = happenings;
  percept.regulate = "none";
  return percept;
}

function live(heart: Heart, percept: Percept, seconds: number, dt = 0.1): void {
  for (let t = 0; t < seconds - dt / 2; t += dt) feel(heart, percept, dt);
}

const partOf = (heart: Heart, source: string, whose?: string): number =>
  feelingOf(heart).parts.find((part) => part.source === source && part.whose === whose)?.valence ?? NaN;

const number = (draw: Uint32Array, least: number, most: number): number => least + (most - least) * nextUniform(draw);

/** Anything that may come: people seen and not seen, luck, prospects and lapses, poses, strategies, gaps. */
function anything(percept: Percept, draw: Uint32Array): number {
  const chance = (p: number): boolean => nextUniform(draw) < p;
  percept.seen = ["Anna", "Ben", "Cleo"].flatMap((who): SeenOther[] =>
    chance(0.5)
      ? [
          {
            who,
            reading: chance(0.8) ? look(number(draw, -1, 1), number(draw, -1, 1), number(draw, 0, 30)) : undefined,
            relation: {
              affiliation: number(draw, -1, 1),
              closeness: nextUniform(draw),
              similarity: nextUniform(draw),
              competition: nextUniform(draw),
            },
            attention: nextUniform(draw),
          },
        ]
      : [],
  );
  percept.happenings = [];
  if (chance(0.25)) {
    const whose = ["self", "Anna", "Ben", "Dora"][Math.floor(4 * nextUniform(draw))];
    if (chance(0.3)) percept.happenings.push({ kind: "violation", whose, degree: nextUniform(draw) });
    else
      percept.happenings.push({
        kind: "fortune",
        whose,
        outcome: number(draw, -1, 1),
        ...(chance(0.5) ? { expected: number(draw, -1, 1) } : {}),
        ...(chance(0.2) ? { chance: nextUniform(draw) } : {}),
        ...(chance(0.3) ? { by: chance(0.5) ? "self" : "Ben" } : {}),
      });
  }
  percept.regulate = chance(0.5) ? undefined : STRATEGIES[Math.floor(STRATEGIES.length * nextUniform(draw))];
  percept.compassion = chance(0.1);
  percept.load = nextUniform(draw);
  percept.pose = chance(0.1) ? visageOf(expressionNamed("joy")) : undefined;
  return chance(0.03) ? 20 * nextUniform(draw) : 0.3 * nextUniform(draw) + 1e-3;
}

function anybody(draw: Uint32Array): Partial<ReturnType<typeof temperament>> {
  const gains = Object.fromEntries(
    Object.entries(TEMPERAMENT_LIMITS).map(([name, [least, most]]) => [name, number(draw, least, Math.min(most, 3))]),
  );
  return { ...gains, home: { valence: number(draw, -0.8, 0.8), arousal: number(draw, -0.8, 0.8) } };
}

test("T2 the same seed and percepts give the same state to the byte, and a copy through clone or JSON goes on alike", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), fc.integer({ min: 1, max: 60 }), (seed, when) => {
      const one = createHeart({ seed, temperament: anybody(createNoise(seed, "who")) }),
        two = createHeart({ seed, temperament: anybody(createNoise(seed, "who")) });
      let cloned: Heart | undefined, loaded: Heart | undefined;
      const draws = [1, 2, 3, 4].map(() => createNoise(seed, "history")),
        percepts = draws.map(() => createPercept());
      for (let t = 0; t < 80; t++) {
        if (t === when) {
          cloned = structuredClone(one);
          loaded = loadHeart(JSON.parse(JSON.stringify(saveHeart(one))));
        }
        [one, two, cloned, loaded].forEach((heart, i) => {
          const dt = anything(percepts[i], draws[i]);
          if (heart) feel(heart, percepts[i], dt);
        });
      }
      expect(two).toEqual(one);
      expect(cloned).toEqual(one);
      expect(loaded).toEqual(one);
    }),
    { seed: 1, numRuns: 25 },
  );
});

test("the parts sum to the feeling exactly and everything stays in range, whatever comes and whoever it is", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const draw = createNoise(seed, "history"),
        heart = createHeart({ seed, temperament: anybody(createNoise(seed, "who")) }),
        percept = createPercept();
      if (seed % 5 === 0)
        lesionHeart(heart, (["mirror", "gate", "feedback", "regulation", "appraisal"] as const)[seed % 4]);
      for (let t = 0; t < 100; t++) {
        const before = heart.core.valence;
        feel(heart, percept, anything(percept, draw));
        if (t === 70) forgetOther(heart, "Anna");
        const { own, parts, flow, others, emotions, autonomic, resource } = feelingOf(heart);
        expect(parts.reduce((s, { valence }) => s + valence, 0)).toBe(own.valence);
        expect(parts.reduce((s, { arousal }) => s + arousal, 0)).toBe(own.arousal);
        if (t !== 70) expect(flow.reduce((s, { valence }) => s + valence, 0)).toBeCloseTo(own.valence - before, 12);
        const shares = [
          autonomic,
          resource,
          ...emotions.map(({ intensity }) => intensity),
          ...others.flatMap((o) => [o.gate, o.concern, o.distress, o.distinction, o.confidence]),
          ...heart.display.x.subarray(0, VISAGE - 5),
        ];
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        for (const { valence, arousal } of [own, ...others])
          expect(Math.max(Math.abs(valence), Math.abs(arousal))).toBeLessThanOrEqual(1);
        if (t % 10 === 0) expect(explain(heart).join(" ")).not.toMatch(/NaN|undefined|Infinity/);
      }
    }),
    { seed: 3, numRuns: 40 },
  );
});

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
  expect(partOf(withIt, "contagion", "Anna")).toBeGreaterThan(partOf(without, "contagion", "Anna") * 0.7);
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

test("T18 every emotion and every expression is reached in some history", () => {
  const emotions = new Set<string>(),
    shown = new Set<string>();
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const draw = createNoise(seed, "history"),
        heart = createHeart({ seed, temperament: { ...anybody(createNoise(seed, "who")), expressiveness: 1 } }),
        percept = createPercept();
      for (let t = 0; t < 60; t++) {
        feel(heart, percept, anything(percept, draw));
        // The strongest of what is felt, and of what the face shows of it.
        const [first] = feelingOf(heart).emotions;
        if (first && first.intensity > 0.1) emotions.add(first.name);
        const most = Math.max(...heart.display.shown);
        if (most > 0.05) shown.add(EXPRESSION_NAMES[heart.display.shown.indexOf(most)]);
      }
    }),
    { seed: 1, numRuns: 400 },
  );
  expect(EMOTION_NAMES.filter((name) => !emotions.has(name))).toEqual([]);
  expect(EXPRESSION_NAMES.filter((name) => !shown.has(name))).toEqual([]);
});

test("T19 with the camera missing, late or senseless no feeling jumps by more than .05 a second, and confidence falls", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const draw = createNoise(seed, "camera"),
        person = { temperament: { ...CENTRE, susceptibility: 3, affectCoupling: 3 }, seed, steady: true };
      const whole = createHeart(person),
        broken = createHeart(person);
      const percept = facing({ reading: look(0.9, 0.5, 30), relation: FRIEND, gate: 1 });
      let before = 0;
      for (let t = 0; t < 900; t++) {
        percept.seen[0].reading = look(Math.sin(t / 200), 0.5, 30);
        feel(whole, percept, 1 / 30);
        const kind = t < 200 ? 0 : Math.floor(6 * nextUniform(draw));
        const good = percept.seen[0].reading;
        if (kind === 1) percept.seen[0].reading = undefined;
        if (kind === 2) percept.seen[0].reading = look(NaN, NaN, 30);
        if (kind === 3) percept.seen[0].reading = { ...good, precision: NaN };
        if (kind === 4)
          percept.seen[0].reading = { ...good, probability: good.probability.map(() => NaN), cannotSee: true };
        feel(broken, percept, kind === 5 ? NaN : 1 / 30);
        percept.seen[0].reading = good;
        const apart = broken.core.valence - whole.core.valence;
        expect(Math.abs(apart - before)).toBeLessThanOrEqual(0.05 / 30);
        before = apart;
      }
      expect(broken.late).toBeGreaterThan(10);
      percept.seen[0].reading = undefined;
      const anna = otherNamed(broken, "Anna") as NonNullable<ReturnType<typeof otherNamed>>;
      const seen = confidenceOf(anna.estimate);
      feel(broken, percept, 2);
      const unseen = confidenceOf(anna.estimate);
      live(broken, percept, 20);
      expect(unseen).toBeLessThan(seen);
      expect(confidenceOf(anna.estimate)).toBeLessThan(0.1);
      expect(explain(broken).join(" ")).toMatch(/not seen Anna for 2\d s.*came late/);
    }),
    { seed: 1, numRuns: 10 },
  );
});

test("a gap passes unseen: ten seconds late, the one look counts as one second's", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE }),
    twin = createHeart({ steady: true, temperament: CENTRE });
  const percept = facing({ reading: look(0.8), gate: 1 });
  feel(heart, percept, 10);
  feel(twin, percept, 1);
  expect(heart.time).toBe(10);
  expect(partOf(heart, "contagion", "Anna")).toBeCloseTo(partOf(twin, "contagion", "Anna"), 9);
});

test("T20 two minds that read one another stay bounded at any gate and do not run away", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -0.8, max: 0.8, noNaN: true }),
      fc.double({ min: -0.8, max: 0.8, noNaN: true }),
      (gateA, gateB, homeA, homeB) => {
        const mind = (home: number): Heart =>
          createHeart({
            steady: true,
            temperament: { susceptibility: 3, affectCoupling: 3, home: { valence: home, arousal: 0 } },
          });
        const a = mind(homeA),
          b = mind(homeB);
        const readA = look(homeA),
          readB = look(homeB);
        const seesB = facing({ who: "B", reading: readB, gate: gateA }),
          seesA = facing({ who: "A", reading: readA, gate: gateB });
        const farthest = Math.max(Math.abs(homeA), Math.abs(homeB));
        for (let t = 0; t < 1800; t++) {
          feel(a, seesB, 0.5);
          feel(b, seesA, 0.5);
          readA.valence = a.core.valence;
          readB.valence = b.core.valence;
          expect(Math.abs(a.core.valence)).toBeLessThanOrEqual(farthest + 0.02);
          expect(Math.abs(b.core.valence)).toBeLessThanOrEqual(farthest + 0.02);
        }
        // They end nearer one another than their homes are.
        if (Math.min(gateA, gateB) > 0.2 && Math.abs(homeA - homeB) > 0.2)
          expect(Math.abs(a.core.valence - b.core.valence)).toBeLessThan(0.9 * Math.abs(homeA - homeB));
      },
    ),
    { seed: 1, numRuns: 15 },
  );
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

test("explain says where a feeling comes from, in order of size and no finer than hundredths", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  const percept = facing({ reading: look(0.9), relation: FRIEND, gate: 1 });
  percept.pose = visageOf(expressionNamed("joy"));
  live(heart, percept, 90);
  expect(explain(heart)[0]).toMatch(
    /^I feel a little bright and calm \(0\.\d\d, 0\.00\); most of it I caught from Anna \(0\.\d\d\), some is my own smile \(0\.\d\d\)/,
  );
  expect(explain(heart)[1]).toMatch(
    /^Anna looks very bright and calm to me \(0\.\d+ ± 0\.\d+\); I let 100 % of it in\.$/,
  );
  expect(JSON.parse(JSON.stringify(feelingOf(heart)))).toEqual(feelingOf(heart));
});

test("what is wrong with a percept, a temperament or a file is said in one sentence", () => {
  const heart = createHeart();
  const wrong =
    (change: Partial<SeenOther>): (() => void) =>
    () =>
      feel(heart, facing(change), 0.1);
  expect(wrong({ attention: 2 })).toThrow("feel: attention of Anna is 2, wanted a number from 0 to 1");
  expect(wrong({ relation: { ...FRIEND, affiliation: NaN } })).toThrow("affiliation of Anna is NaN");
  expect(wrong({ who: "self" })).toThrow('somebody is called "self"');
  expect(() => feel(heart, facing({}, [{ kind: "violation", whose: "Anna", degree: 3 }]), 0.1)).toThrow(
    'violation of "Anna": degree is 3, wanted a number from 0 to 1',
  );
  expect(() => lesionHeart(heart, "soul" as "mirror")).toThrow(
    "there are mirror, gate, feedback, regulation, appraisal",
  );
  expect(() => temperament({ inertia: 0 })).toThrow("inertia is 0, wanted a number from 0.1 to 10");
  expect(() => temperament({ mirrorGain: 1 } as never)).toThrow('there is no "mirrorGain"; there are motorResonance');
  expect(() => temperament({ home: { valence: 1, arousal: 0 } })).toThrow(
    "home.valence is 1, wanted a number from -0.8 to 0.8",
  );
  expect(() => temperament({ regulation: "shrug" as "none" })).toThrow('regulation is "shrug", wanted one of none');
  expect(() => presetNamed("grim")).toThrow("there are even, quick to smile");
  expect(Object.keys(PRESETS).map(presetNamed)).toHaveLength(Object.keys(PRESETS).length);
  const saved = JSON.parse(JSON.stringify(saveHeart(heart))) as { version: number; heart: Record<string, never> };
  expect(() => loadHeart(null)).toThrow("it is no saved heart");
  expect(() => loadHeart({ ...saved, version: 0 })).toThrow("it is of version 0, wanted 1; save it anew");
  expect(() => loadHeart({ ...saved, heart: { ...saved.heart, autonomic: "high" } })).toThrow(
    "heart.autonomic is high, wanted a number",
  );
  expect(() => loadHeart({ ...saved, heart: { ...saved.heart, noise: [1, 2] } })).toThrow(
    "heart.noise is no list of 4 numbers",
  );
  const core = { ...(saved.heart["core"] as object), valence: 0.5 };
  expect(() => loadHeart({ ...saved, heart: { ...saved.heart, core } })).toThrow(
    "the parts of valence sum to 0.08, it is 0.5",
  );
});

test("somebody forgotten is gone by name, and what was caught from them stays as one's own", () => {
  const heart = createHeart({ steady: true, temperament: CENTRE });
  const percept = facing({ reading: look(0.8), gate: 1 });
  percept.seen.push({ who: "Ben", reading: look(-0.5), gate: 1 });
  live(heart, percept, 60);
  const before = heart.core.valence,
    fromBen = partOf(heart, "contagion", "Ben");
  forgetOther(heart, "Anna");
  expect(JSON.stringify(saveHeart(heart))).not.toContain("Anna");
  expect(heart.core.valence).toBeCloseTo(before, 12);
  expect(partOf(heart, "contagion", "Ben")).toBe(fromBen);
  percept.seen.shift();
  live(heart, percept, 60);
  expect(partOf(heart, "contagion", "Ben")).toBeLessThan(fromBen);
});
