import fc from "fast-check";
import { expect, test } from "vitest";
import { EXPRESSION_NAMES } from "../affect/expressions.ts";
import { OPERATORS } from "../affect/regulation.ts";
import { VISAGE } from "../body/visage.ts";
import { responseOf, whatIf } from "./answer.ts";
import { POLICY } from "./default-policy.ts";
import { RELATIONS } from "./relation.ts";
import { respond } from "./respond.ts";
import type { Scene } from "./scene.ts";
import { type Social, createSocial, setGains } from "./social-state.ts";
import { DT, doAct, play, readingOf, sceneWith, show, speech, unit } from "./testing.ts";

const { acquaintance, friend, intimate, rival } = RELATIONS;

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);

test("T12 nods go out while they speak, and words only between", () => {
  const social = createSocial({ seed: 1 });
  const scene = sceneWith(acquaintance);
  const said = speech(7, 180);
  const times: number[] = [];
  let nods = 0,
    words = 0;
  said.speaking.forEach((speaking, i) => {
    scene.time = i * said.dt;
    scene.speaking = speaking;
    scene.pitchHz = said.pitchHz[i];
    scene.gazeAtMe = said.gaze[i];
    respond(social, scene, i === 0 ? 0 : said.dt);
    if (social.out.nod) nods++;
    if (social.out.utterance === "mm-hm") words++;
    if (social.out.nod || social.out.utterance === "mm-hm") times.push(scene.time);
    if (speaking && i > 200) expect(social.out.gaze).toBe("other");
  });
  const rate = (60 * (nods + words)) / said.spoken;
  expect(rate).toBeGreaterThanOrEqual(8);
  expect(rate).toBeLessThanOrEqual(20);
  expect(words).toBeGreaterThan(0);
  expect(nods).toBeGreaterThanOrEqual(2 * words);
  for (let i = 1; i < times.length; i++) expect(times[i] - times[i - 1]).toBeGreaterThanOrEqual(0.79);
});

test("comfort keeps its order: acknowledge, legitimise, invite, and another view only after the story", () => {
  const social = createSocial({ seed: 3 });
  const scene = sceneWith(friend);
  show(scene, "sadness");
  const said: string[] = [];
  const hear = (seconds: number): void =>
    play(social, scene, seconds, ({ out }) => out.utterance && said.push(out.utterance));
  scene.context.asked = "advice";
  hear(3);
  scene.context.asked = null;
  expect(said).toEqual(["acknowledge feeling"]);
  hear(5.5);
  hear(4);
  expect(said).toEqual(["acknowledge feeling", "legitimise", "invite story"]);
  hear(5);
  expect(said).not.toContain("reframe");
  scene.speaking = true;
  hear(6);
  scene.speaking = false;
  hear(8);
  expect(said.filter((kind) => kind !== "mm-hm" && kind !== "give space")).toEqual([
    "acknowledge feeling",
    "legitimise",
    "invite story",
    "reframe",
  ]);
});

test("whoever asks for peace or pushes away is left in peace", () => {
  const social = createSocial({ seed: 3 });
  const scene = sceneWith(friend);
  scene.context.asked = "space";
  const said: string[] = [];
  play(social, scene, 3, ({ out }) => out.utterance && said.push(out.utterance));
  expect(said).toEqual(["give space"]);
  expect(social.out.gaze).toBe("away");
  show(scene, "pride");
  doAct(scene, "wave");
  play(social, scene, 6, ({ out }) => {
    expect(out.utterance).toBe("");
    expect(out.act).toBe("");
  });
});

test("embarrassment is not stared at and not mentioned", () => {
  const social = createSocial({ seed: 3 });
  const scene = sceneWith(friend);
  show(scene, "embarrassment");
  let away = 0;
  play(social, scene, 5, ({ out }) => {
    if (out.gaze === "away") away += DT;
    expect(out.utterance).toBe("");
  });
  expect(away).toBeGreaterThanOrEqual(0.5);
  expect(away).toBeLessThanOrEqual(1);
});

test("a friend's good news is shared, a rival's met politely, a rival's bad news without a smile", () => {
  const news = (
    relation: Scene["relation"] & {},
    outcome: number,
  ): { said: string[]; cheek: number; smile: number } => {
    const social = createSocial({ seed: 5 });
    const scene = sceneWith(relation);
    scene.context.happening = { kind: "fortune", whose: "Ada", outcome };
    const said: string[] = [];
    let cheek = 0,
      smile = 0;
    play(social, scene, 4, ({ out }) => {
      if (out.utterance) said.push(out.utterance);
      cheek = Math.max(cheek, unit(social, "AU06"));
      smile = Math.max(smile, unit(social, "AU12"));
    });
    return { said, cheek, smile };
  };
  expect(news(friend, 0.9)).toMatchObject({ said: ["share joy"] });
  expect(news(friend, 0.9).cheek).toBeGreaterThan(0.3);
  expect(news(rival, 0.9)).toMatchObject({ said: ["congratulate"], cheek: 0 });
  expect(news(rival, -0.9)).toMatchObject({ said: ["regret"], cheek: 0, smile: 0 });
});

test("a blunder is winced at while the other shows nothing, and not by a plain mirror", () => {
  for (const [perspectiveTaking, least] of [
    [1, 0.05],
    [0, 0],
  ] as const) {
    const social = createSocial({ seed: 5, gains: { perspectiveTaking } });
    const scene = sceneWith(friend);
    scene.context.happening = { kind: "violation", whose: "Ada", degree: 0.9 };
    let wince = 0;
    play(social, scene, 3, () => (wince = Math.max(wince, unit(social, "AU24"))));
    if (least > 0) expect(wince).toBeGreaterThan(least);
    else expect(wince).toBe(0);
  }
});

test("lesions: without mimicry nothing is copied but offers are still taken; without resonance no waving back", () => {
  for (const seed of SEEDS.slice(0, 20)) {
    const blank = createSocial({ seed, gains: { facialMimicry: 0 } });
    const scene = sceneWith(intimate);
    show(scene, "joy");
    play(blank, scene, 3, () => expect(unit(blank, "AU12")).toBe(0));
    const still = createSocial({ seed, gains: { motorResonance: 0 } });
    expect(actsAfter(still, "wave")).toEqual([]);
    expect(actsAfter(still, "offer")).toEqual(["take"]);
  }
  const social = createSocial({ seed: 1 });
  expect(() => setGains(social, { facialMimicry: NaN })).toThrow(/facialMimicry is NaN, expected 0 to 3/);
  expect(() => setGains(social, { empathy: 1 } as never)).toThrow(/"empathy" is not known/);
});

function actsAfter(social: Social, act: string): string[] {
  const scene = sceneWith(friend, { time: Math.max(0, social.time) });
  doAct(scene, act, "right");
  const done: string[] = [];
  play(social, scene, 4, ({ out }) => out.act && done.push(out.act));
  return done;
}

test("a hand held out is taken right with right, a high five with the hand across; acts not known are not done", () => {
  const handOf = (act: string, hand: "left" | "right"): string => {
    const social = createSocial({ seed: 2 });
    const scene = sceneWith(friend);
    doAct(scene, act, hand);
    let used = "";
    play(social, scene, 3, ({ out }) => {
      if (out.act) used = out.hand;
    });
    return used;
  };
  expect(handOf("shake hands", "right")).toBe("right");
  expect(handOf("high five", "right")).toBe("left");
  expect(handOf("wave", "left")).toBe("right");
  const social = createSocial({ seed: 2, acts: ["wave"] });
  expect(actsAfter(social, "shake hands")).toEqual([]);
});

test("in step with a rhythm that is seen, and not with what stands still", () => {
  const social = createSocial({ seed: 2, step: { noise: 0 } });
  const scene = sceneWith(friend);
  let apart = 0;
  for (let i = 0; i < 30 * 30; i++) {
    scene.time += DT;
    scene.sway = Math.sin(2 * Math.PI * 1.1 * scene.time);
    respond(social, scene, DT);
    if (scene.time > 20)
      apart = Math.max(apart, Math.abs(Math.sin((social.out.phase - 2 * Math.PI * 1.1 * scene.time) / 2)));
  }
  expect(social.out.inStep).toBeGreaterThan(0.5);
  expect(apart).toBeLessThan(0.4);
  scene.sway = NaN;
  play(social, scene, 5);
  expect(social.out.inStep).toBe(0);
});

test("a neutral, a half hidden and an unseen face begin nothing; a face lost under way lets the answer end", () => {
  for (const put of [
    (scene: Scene): void => show(scene, "neutral"),
    (scene: Scene): void => {
      show(scene, "joy");
      scene.reading = readingOf("joy", 0.9, 0.45);
    },
    (scene: Scene): void => {
      show(scene, "sadness");
      scene.reading = { ...readingOf("sadness", 0.9, 0), cannotSee: true };
    },
    (scene: Scene): void => {
      scene.reading = null;
      scene.seenUnits = new Float64Array(VISAGE).fill(NaN);
    },
    (scene: Scene): void => {
      scene.who = null;
      show(scene, "joy");
    },
  ]) {
    const social = createSocial({ seed: 1 });
    const scene = sceneWith(intimate);
    put(scene);
    play(social, scene, 4, () => {
      const going = social.now[0] ?? social.next[0];
      if (going) expect(social.policy.rows[going.row].name).toBe("be warm at rest");
      expect(social.out.utterance).toBe("");
    });
  }
  const social = createSocial({ seed: 1 });
  const scene = sceneWith(intimate);
  show(scene, "joy");
  play(social, scene, 2);
  expect(unit(social, "AU12")).toBeGreaterThan(0.2);
  scene.reading = null;
  scene.seenUnits = null;
  play(social, scene, 4);
  expect(unit(social, "AU12")).toBeLessThan(0.02);
});

test("an unknown relation and an absurd one are a stranger's, and the reasons say so", () => {
  for (const [relation, words] of [
    [null, /I do not know what we are to each other/],
    [{ ...friend, affiliation: 40 }, /makes no sense \(affiliation is 40/],
    [{ ...friend, closeness: NaN }, /makes no sense \(closeness is NaN/],
  ] as const) {
    const social = createSocial({ seed: 1 });
    const scene = sceneWith(friend);
    scene.relation = relation;
    show(scene, "anger");
    play(social, scene, 2);
    const { main } = responseOf(social);
    expect(main?.reasons.join("; ")).toMatch(words);
    expect(main?.reasons.join("; ")).toMatch(/nearest to a stranger, bond 0.25/);
  }
});

test("absurd numbers from outside stay outside: what is driven is finite and within bounds", () => {
  const odd = fc.constantFrom(NaN, Infinity, -Infinity, -5, 0, 0.5, 7, 1e300);
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.array(odd, { minLength: 12, maxLength: 12 }), fc.constantFrom("joy", "fear", "yawn", "neutral")),
        {
          minLength: 3,
          maxLength: 20,
        },
      ),
      (moments) => {
        const social = createSocial({ seed: 1 });
        const scene = sceneWith(friend);
        const bad: number[] = [];
        for (const [x, name] of moments) {
          show(scene, name);
          scene.seenUnits = Float64Array.from(scene.seenUnits ?? [], (value, u) => (u % 3 ? value : x[u % 12]));
          const { probability } = readingOf(name);
          probability[3] = x[1];
          scene.reading = { ...readingOf(name), probability, seen: x[0], valence: x[2], precision: x[3] };
          [scene.gazeAtMe, scene.pitchHz, scene.loudness, scene.sway, scene.concern, scene.distress] = x;
          scene.acts = [{ name: "wave", probability: x[6], phase: x[7] }];
          scene.events = [{ kind: "recognised", act: "offer", time: scene.time, since: x[8], probability: x[9] }];
          scene.speaking = true;
          play(social, scene, 0.7, ({ out }) => {
            for (const value of out.drive) if (!(Math.abs(value) <= 1)) bad.push(value);
            for (const value of [out.lean, out.strength, out.inStep]) if (!(Math.abs(value) <= 1)) bad.push(value);
            if (!Number.isFinite(out.phase)) bad.push(out.phase);
          });
          expect(bad).toEqual([]);
        }
      },
    ),
    { numRuns: 40, seed: 3 },
  );
});

test("startled faces get attention and a question, neither fear's calm nor surprise's copy", () => {
  const social = createSocial({ seed: 1 });
  const scene = sceneWith(friend);
  show(scene, "surprise");
  const reading = readingOf("surprise", 0.5);
  reading.probability[EXPRESSION_NAMES.indexOf("fear")] = 0.45;
  scene.reading = { ...reading, startled: true };
  const said: string[] = [];
  play(social, scene, 4, ({ out }) => out.utterance && said.push(out.utterance));
  expect(said).toEqual(["ask what happened"]);
});

test("responses say why, what they won against and when, as JSON; what if changes nothing", () => {
  const social = createSocial({ seed: 1 });
  const scene = sceneWith(friend);
  show(scene, "sadness");
  play(social, scene, 0.4);
  const before = structuredClone(social);
  const waiting = responseOf(social);
  expect(waiting.next.length).toBeGreaterThan(0);
  const told = JSON.parse(JSON.stringify(waiting));
  expect(told).toEqual(waiting);
  const face = waiting.next.find(({ channel }) => channel === "face");
  expect(face?.since).toBeNull();
  expect(face?.expectedOnset).toBeGreaterThan(scene.time);
  expect(face?.reasons[0]).toMatch(/your face looks like sadness/);
  expect(face?.reasons.join()).toMatch(/source: /);
  expect(face?.against.length).toBeGreaterThan(0);
  for (const loser of face?.against ?? []) expect(loser.why).not.toBe("");

  const now = whatIf(social, scene),
    cold = whatIf(social, scene, { gains: { facialMimicry: 0 } }),
    rivalry = whatIf(social, scene, { relation: rival }),
    held = whatIf(social, scene, { regulation: "suppress expression" });
  const rowIn = (list: typeof now): string => list.find(({ channel }) => channel === "face")?.row ?? "";
  expect(rowIn(now)).toBe("mimic sadness");
  expect(rowIn(cold)).toBe("look concerned at sadness");
  expect(rowIn(rivalry)).toBe("look soberly at a rival's trouble");
  expect(held.find(({ channel }) => channel === "face")?.strength).toBeCloseTo(
    OPERATORS["suppress expression"].expression.value * (now.find(({ channel }) => channel === "face")?.strength ?? 0),
    2,
  );
  expect(social).toEqual(before);
  expect(() => whatIf(social, scene, { relation: { ...friend, closeness: 3 } })).toThrow(/closeness is 3/);
});

test("the same seed gives the same answers, from a copy too", () => {
  const social = createSocial({ seed: 9 });
  const scene = sceneWith(friend);
  show(scene, "joy");
  play(social, scene, 0.5);
  const copy = structuredClone(social),
    there = structuredClone(scene);
  show(scene, "surprise");
  show(there, "surprise");
  play(social, scene, 5);
  play(copy, there, 5);
  expect(copy).toEqual(social);
});

test("two who answer each other's smiles stay bounded and come to rest", () => {
  const a = createSocial({ seed: 1 }),
    b = createSocial({ seed: 2 });
  const atA = sceneWith(intimate),
    atB = sceneWith(intimate);
  let late = 0,
    worst = 0;
  for (let i = 0; i < 30 * 120; i++) {
    for (const [self, scene, other] of [
      [a, atA, b],
      [b, atB, a],
    ] as const) {
      scene.time += DT;
      const smile = i < 60 && self === a ? 0.9 : unit(other, "AU12");
      if (smile > 0.15) show(scene, "joy", Math.min(1, smile / 0.84), 0.9);
      else show(scene, "neutral");
      respond(self, scene, DT);
      for (const value of self.out.drive) worst = Math.max(worst, Math.abs(value));
      if (i > 30 * 60) late = Math.max(late, unit(self, "AU12"));
    }
  }
  expect(worst).toBeLessThanOrEqual(1);
  expect(late).toBeLessThan(0.95);
  expect(a.history.copied).toBeLessThanOrEqual(16);
});

test("steps and times that cannot be are refused", () => {
  const social = createSocial({ seed: 1 });
  const scene = sceneWith(friend, { time: 5 });
  respond(social, scene, 0);
  expect(() => respond(social, scene, -1)).toThrow(/dt is -1/);
  expect(() => respond(social, scene, NaN)).toThrow(/dt is NaN/);
  scene.time = 4;
  expect(() => respond(social, scene, DT)).toThrow(/time is 4 after 5/);
  expect(() => createSocial({ seed: NaN })).toThrow(/seed is NaN/);
  expect(() => createSocial({ seed: 1, policy: { ...POLICY, rows: [] } })).toThrow(/there are no rows/);
});
