import fc from "fast-check";
import { expect, test } from "vitest";
import { VISAGE } from "../body/visage.ts";
import { EMOTION_NAMES } from "./appraisal.ts";
import { forgetOther, otherNamed } from "./company.ts";
import { EXPRESSION_NAMES } from "./expressions.ts";
import { explain, feelingOf } from "./heart-report.ts";
import { loadHeart, saveHeart } from "./heart-save.ts";
import { CENTRE, FRIEND, anybody, anything, facing, live, look, partOf } from "./heart-testing.ts";
import { type Heart, createHeart, feel, lesionHeart } from "./heart.ts";
import { createNoise, nextUniform } from "./noise.ts";
import { confidenceOf } from "./others.ts";
import { createPercept } from "./percept.ts";

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
