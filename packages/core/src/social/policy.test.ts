import fc from "fast-check";
import { expect, test } from "vitest";
import { EXPRESSION_NAMES } from "../affect/expressions.ts";
import type { Relation } from "../affect/types.ts";
import { FACE_UNITS } from "../body/face.ts";
import { VISAGE } from "../body/visage.ts";
import { responseOf } from "./answer.ts";
import { EVENTS } from "./cues.ts";
import { POLICY } from "./default-policy.ts";
import {
  NEVER_COPIED,
  type Policy,
  type Row,
  type Span,
  byBond,
  channelOf,
  checkPolicy,
  readPolicy,
} from "./policy.ts";
import { RELATIONS } from "./relation.ts";
import type { Scene } from "./scene.ts";
import { type Social, createSocial } from "./social-state.ts";
import { doAct, play, sceneWith, show, showPoliteSmile, speech, unit } from "./testing.ts";

const row = (name: string): Row => {
  const found = POLICY.rows.find((one) => one.name === name);
  if (!found) throw new RangeError(`no row "${name}"`);
  return found;
};
const withRow = (changed: Record<string, unknown>): Policy => ({
  ...POLICY,
  rows: [{ ...row("return a polite smile"), name: "mine", ...changed } as Row],
});

test("T16 the default table holds, and every row has a reason, a source and a grade", () => {
  checkPolicy(POLICY);
  expect(readPolicy(JSON.stringify(POLICY))).toEqual(POLICY);
});

test("T16 a table with a mistake is refused in one sentence that names the row and the way out", () => {
  for (const [changed, message] of [
    [{ when: { see: ["joy"], act: ["wave"] } }, /"mine": when names not exactly one/],
    [{ when: { see: ["glee"] } }, /sees "glee", which is not known; there are joy/],
    [{ when: { event: ["rain"] } }, /waits for "rain"/],
    [{ when: { see: ["joy"], smile: "polite" } }, /asks for a polite smile but does not see "smile"/],
    [{ when: { see: ["joy"], relation: { affiliation: [1, 0] } } }, /affiliation is from 1 to 0/],
    [{ do: { kind: "x", lasts: 1 } }, /does 0 things, expected one/],
    [{ do: { kind: "x", act: "wave", utterance: "greet", lasts: 1 } }, /does 2 things/],
    [
      { when: { see: ["anger"] }, do: { kind: "x", copies: true, lasts: "cue" } },
      /copies anger; antagonistic expressions are never/,
    ],
    [
      { when: { see: ["joy"] }, do: { kind: "x", copies: true, lasts: "cue" }, mirrors: undefined },
      /does not say mirrors/,
    ],
    [{ when: { see: ["sadness"] }, do: { kind: "x", face: { AU12: 0.4 }, lasts: 1 } }, /smiles at sadness/],
    [
      { when: { act: ["offer"] }, do: { kind: "x", act: "offer", lasts: 1 } },
      /answers an offer with an offer; take it/,
    ],
    [{ do: { kind: "x", utterance: "shout", lasts: 1 } }, /says "shout"/],
    [{ do: { kind: "x", face: { AU99: 1 }, lasts: 1 } }, /AU99/],
    [{ do: { kind: "x", face: { AU12: 2 }, lasts: 1 } }, /AU12 is 2, expected 0 to 1/],
    [{ chance: [0, 2, 1] }, /chance is 2, expected 0 to 1/],
    [{ strength: NaN }, /strength is NaN/],
    [{ latency: { mean: 0.2, sd: 0, floor: 0.1, cap: 1 } }, /latency floor is 0.1, expected 0.3/],
    [{ latency: { mean: 2, sd: 0, floor: 0.4, cap: 1 } }, /latency mean is 2, expected 0.4 to 1/],
    [{ dose: { most: -1, per: 60 } }, /dose most is -1/],
    [{ why: "" }, /has no why/],
    [{ source: "" }, /has no source/],
    [{ grade: "A" }, /grade is A/],
    [{ prioritty: 1 }, /a row has "prioritty", which is not known; there are name, when/],
    [{ when: { see: ["joy"], relations: {} } }, /when has "relations"/],
    [{ when: { see: "joy" } }, /see is not a list/],
    [{ gain: "charm" }, /gain is "charm"/],
    [{ strength: [0.1, 0.2] }, /strength is 0.1,0.2, expected 0 to 1/],
    [{ dose: undefined }, /has no dose/],
  ] as const) {
    expect(() => checkPolicy(withRow(changed))).toThrow(message);
    expect(() => checkPolicy(withRow(changed))).toThrow(/^[^\n]*$/);
  }
  expect(() => checkPolicy({ ...POLICY, rows: [row("wave back"), row("wave back")] })).toThrow(/two rows "wave back"/);
  expect(() => checkPolicy({ ...POLICY, noSmile: NaN })).toThrow(/noSmile is NaN/);
  for (const [text, message] of [
    ["{", /policy: not JSON/],
    ["[]", /there are no rows/],
    ["null", /there are no rows/],
    ['{"rows":[1]}', /a row has no name/],
    ['{"rows":[{"name":"x"}]}', /"x": has no when/],
    [JSON.stringify({ rows: POLICY.rows, smileUnits: [] }), /mirroring or smileUnits is missing/],
  ] as const)
    expect(() => readPolicy(text)).toThrow(message);
});

/** A relation such as a row asks for, near the one given. */
function relationFor({ when, chance }: Row, from: Relation): Relation {
  const relation: Relation = { ...from };
  for (const [key, span] of Object.entries(when.relation ?? {}) as [keyof Relation, Span][])
    if (!(relation[key] >= span[0] && relation[key] <= span[1]))
      relation[key] = Math.max(span[0], Math.min(span[1], 0.5));
  if (when.relation?.affiliation && when.relation.affiliation[1] < 0)
    relation.affiliation = when.relation.affiliation[1];
  else if (typeof chance !== "number" && from === RELATIONS.friend) relation.closeness = 1;
  return relation;
}

/** Sets up what a row answers and lets it be answered; whether it was, from that row. */
function fires(social: Social, wanted: Row, from: Relation): boolean {
  const { when } = wanted;
  const scene = sceneWith(relationFor(wanted, from));
  scene.context.setting = when.setting?.[0] ?? "private";
  scene.context.atExpense = when.atExpense ?? false;
  scene.context.angerAt = when.angerAt?.[0] ?? "unknown";
  scene.distress = when.distress ? (when.distress[0] + Math.min(1, when.distress[1])) / 2 : 0;
  scene.concern = when.concern ? when.concern[0] : 0;
  let fired = false;
  const watch = (): void => {
    for (const one of social.now) if (one && social.policy.rows[one.row].name === wanted.name) fired = true;
  };
  play(social, scene, 0.1, watch);
  const see = when.see?.[0],
    act = when.act?.[0],
    event = when.event?.[0];
  if (when.comfort && when.comfort[0] > 0) {
    show(scene, "sadness");
    play(social, scene, 14, watch);
  }
  if (see === "smile" && when.smile === "polite") showPoliteSmile(scene);
  else if (see === "smile") show(scene, "joy");
  else if (see === "startle") {
    show(scene, "surprise");
    if (scene.reading) scene.reading.startled = true;
  } else if (see) show(scene, see);
  if (act) doAct(scene, act, "right");
  scene.speaking = when.speaking ?? false;
  if (event) happen(social, scene, event, watch);
  else play(social, scene, 8, watch);
  return fired;
}

function happen(social: Social, scene: Scene, event: (typeof EVENTS)[number], watch: () => void): void {
  const { context } = scene;
  if (event === "good news") context.happening = { kind: "fortune", whose: "Ada", outcome: 0.8 };
  if (event === "bad news") context.happening = { kind: "fortune", whose: "Ada", outcome: -0.8 };
  if (event === "violation") context.happening = { kind: "violation", whose: "Ada", degree: 0.8 };
  if (event === "asked for a thing") context.asked = "thing";
  if (event === "asked for help") context.asked = "help";
  if (event === "asked for advice") context.asked = "advice";
  if (event === "asked for space") context.asked = "space";
  if (event === "turned away") Object.assign(scene, { reading: null, gazeAtMe: 0 });
  if (event === "keeps silent") {
    show(scene, "sadness");
    play(social, scene, 3, watch);
    show(scene, "neutral");
    play(social, scene, 30, watch);
  }
  if (event === "comforting") {
    play(social, scene, 4, watch);
    scene.speaking = true;
    play(social, scene, 6, watch);
    scene.speaking = false;
  }
  if (event === "speaks") scene.speaking = true;
  if (event === "rhythm")
    for (let i = 0; i < 200; i++) {
      scene.sway = Math.sin(i / 5);
      play(social, scene, 1 / 30, watch);
    }
  if (event === "nod welcome" || event === "word welcome") {
    const said = speech(3, 90);
    for (let i = 0; i + 3 < said.speaking.length; i += 3) {
      scene.speaking = said.speaking[i];
      scene.pitchHz = said.pitchHz[i];
      scene.gazeAtMe = said.gaze[i];
      play(social, scene, 1 / 30, watch);
    }
  }
  play(social, scene, 10, watch);
}

test.each(POLICY.rows.map((one) => [one.name, one] as const))("T16 it can happen that I %s", (_, wanted) => {
  let fired = false;
  // Some answers come by chance: a few dozen seeds, and a yawn one that comes within seconds.
  for (let seed = 1; seed <= 60 && !fired; seed++)
    fired = fires(createSocial({ seed }), wanted, seed % 2 ? RELATIONS.friend : RELATIONS.stranger);
  expect(fired).toBe(true);
});

/** What each state of the other calls for at each relation: the table of affect.md 2.5. */
const CELLS: readonly (readonly [
  state: string,
  relation: keyof typeof RELATIONS,
  angerAt: "me" | "third" | "unknown",
  face: RegExp,
  voice: string | null,
])[] = [
  ["joy", "friend", "unknown", /return|mimic joy/, null],
  ["joy", "stranger", "unknown", /return|mimic joy|^$/, null],
  ["joy", "rival", "unknown", /smile politely|^$/, null],
  ["joy", "disliked", "unknown", /stay civil/, null],
  ["sadness", "friend", "unknown", /mimic sadness|look concerned at sadness/, "acknowledge feeling"],
  ["sadness", "stranger", "unknown", /mimic sadness|look concerned at sadness/, "acknowledge feeling"],
  ["sadness", "rival", "unknown", /soberly/, "brief acknowledgement"],
  ["fear", "friend", "unknown", /mimic fear|be calm/, "reassure"],
  ["fear", "stranger", "unknown", /mimic fear|be calm/, "reassure"],
  ["anger", "friend", "me", /anger at me/, "acknowledge anger"],
  ["anger", "rival", "me", /anger at me/, "acknowledge anger"],
  ["anger", "stranger", "third", /anger at others/, "validate"],
  ["anger", "stranger", "unknown", /anger at others/, "ask what happened"],
  ["disgust", "intimate", "unknown", /disgust or contempt/, "brief acknowledgement"],
  ["contempt", "friend", "unknown", /disgust or contempt/, "brief acknowledgement"],
  ["pride", "friend", "unknown", /mimic pride|return|^$/, "congratulate"],
  ["pride", "rival", "unknown", /smile politely|^$/, "congratulate"],
  ["embarrassment", "friend", "unknown", /soften/, null],
  ["pain", "friend", "unknown", /look concerned at pain/, "offer help"],
  ["pain", "disliked", "unknown", /look concerned at pain/, "offer help"],
  ["laughter", "friend", "unknown", /join the laughter|return|^$/, null],
  ["laughter", "stranger", "unknown", /smile along|return|^$/, null],
  ["confusion", "stranger", "unknown", /^$/, "explain"],
  ["neutral", "stranger", "unknown", /be warm at rest/, null],
];

test.each(CELLS)("T16 %s of a %s (anger at %s)", (state, relation, angerAt, face, voice) => {
  for (let seed = 1; seed <= 12; seed++) {
    const social = createSocial({ seed });
    const scene = sceneWith(RELATIONS[relation]);
    scene.context.angerAt = angerAt;
    show(scene, state);
    let row = "";
    const said: string[] = [];
    play(social, scene, 3.4, ({ out }) => {
      const going = social.now[0];
      if (going && row === "") row = social.policy.rows[going.row].name;
      if (out.utterance) said.push(out.utterance);
    });
    expect(row).toMatch(face);
    expect(said[0] ?? null).toBe(voice);
  }
});

test("T16 acts are answered by the acts that complete them; an offer never by an offer", () => {
  for (const [act, answer] of [
    ["offer", "take"],
    ["ask", "offer"],
    ["shake hands", "shake hands"],
    ["high five", "high five"],
    ["wave", "wave"],
    ["bow", "bow"],
    ["open the arms", "open the arms"],
    ["clap", "bow"],
    ["push away", ""],
    ["throw", ""],
    ["point", ""],
  ] as const)
    for (let seed = 1; seed <= 30; seed++) {
      const social = createSocial({ seed });
      const scene = sceneWith(RELATIONS.friend);
      doAct(scene, act, "right");
      const done: string[] = [];
      play(social, scene, 4, ({ out }) => out.act && done.push(out.act));
      expect(done).toEqual(answer === "" ? [] : [answer]);
      if (act === "push away") expect(social.out.still).toBe(true);
    }
});

interface Moment {
  show: string;
  size: number;
  act: string | null;
  seconds: number;
  speaking: boolean;
  relation: keyof typeof RELATIONS;
  angerAt: "me" | "third" | "unknown";
  atExpense: boolean;
  asked: "thing" | "help" | "advice" | "space" | null;
  outcome: number;
  distress: number;
}

const MOMENT = fc.record<Moment>({
  show: fc.constantFrom("neutral", ...EXPRESSION_NAMES),
  size: fc.double({ min: 0.3, max: 1, noNaN: true }),
  act: fc.constantFrom(null, "offer", "wave", "ask", "shake hands", "nod", "thumbs up", "push away"),
  seconds: fc.double({ min: 0.3, max: 4, noNaN: true }),
  speaking: fc.boolean(),
  relation: fc.constantFrom(...(Object.keys(RELATIONS) as (keyof typeof RELATIONS)[])),
  angerAt: fc.constantFrom("me", "third", "unknown"),
  atExpense: fc.boolean(),
  asked: fc.constantFrom(null, null, null, "thing", "help", "advice", "space"),
  outcome: fc.constantFrom(0, 0, 0, 0.8, -0.8),
  distress: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("T16 whatever happens: anger is not copied, distress meets no smile, doses hold, advice waits, all stays bounded", () => {
  fc.assert(
    fc.property(
      fc.array(MOMENT, { minLength: 5, maxLength: 30 }),
      fc.integer({ min: 1, max: 1e6 }),
      (moments, seed) => {
        const social = createSocial({ seed, gains: { facialMimicry: 2, motorResonance: 2, perspectiveTaking: 2 } });
        const scene = sceneWith(RELATIONS.friend);
        const starts: Record<string, number[]> = {},
          copies: number[] = [];
        let distressed = -Infinity,
          invited = false,
          offered = false,
          smiled = 0,
          worst = 0;
        for (const moment of moments) {
          show(scene, moment.show, moment.size);
          scene.speaking = moment.speaking;
          scene.relation = RELATIONS[moment.relation];
          scene.distress = moment.distress;
          const { angerAt, atExpense, asked, outcome } = moment;
          scene.context = {
            setting: "private",
            angerAt,
            atExpense,
            asked,
            happening: outcome === 0 ? null : { kind: "fortune", whose: "Ada", outcome },
          };
          if (moment.act) doAct(scene, moment.act, "right");
          const plea = ["sadness", "fear", "pain", "shame"].includes(moment.show) || outcome < 0;
          const before = social.now.slice();
          play(social, scene, moment.seconds, ({ out, now, policy }) => {
            if (plea) distressed = scene.time;
            if (scene.time - distressed < 4.9) smiled = Math.max(smiled, unit(social, "AU12"));
            for (let u = 0; u < VISAGE; u++) worst = Math.max(worst, Math.abs(out.drive[u]));
            if (out.utterance === "invite story") invited = true;
            if (out.utterance === "reframe") expect(invited).toBe(true);
            if (moment.act === "offer" && asked !== "thing" && out.act === "offer") offered = true;
            now.forEach((one, channel) => {
              if (one === null || one === before[channel]) return;
              before[channel] = one;
              const { name, mirrors, do: doing } = policy.rows[one.row];
              (starts[name] ??= []).push(scene.time);
              if (mirrors) copies.push(scene.time);
              if (doing.copies) expect(NEVER_COPIED as readonly string[]).not.toContain(one.cue);
              if (one.mask && one.cue === "joy") expect(one.mask[FACE_UNITS.indexOf("AU04L")]).toBe(0);
            });
          });
        }
        expect({ smiled, offered }).toEqual({ smiled: 0, offered: false });
        expect(worst).toBeLessThanOrEqual(1);
        for (const { name, dose, refractory } of POLICY.rows) {
          const times = starts[name] ?? [];
          for (let i = 1; i < times.length; i++)
            expect(times[i] - times[i - 1]).toBeGreaterThanOrEqual(refractory - 1e-6);
          for (const from of times)
            expect(times.filter((time) => time >= from && time < from + dose.per).length).toBeLessThanOrEqual(
              dose.most,
            );
        }
        const { most, per } = POLICY.mirroring;
        for (const from of copies)
          expect(copies.filter((time) => time >= from && time < from + per).length).toBeLessThanOrEqual(most);
      },
    ),
    { numRuns: 150, seed: 11 },
  );
});

test("T16 mirroring is held to a share of what the other does, and weakens with repetition", () => {
  const social = createSocial({ seed: 3 });
  const scene = sceneWith(RELATIONS.intimate);
  const sizes: number[] = [];
  let smiles = 0;
  for (let i = 0; i < 24; i++) {
    show(scene, "joy");
    smiles++;
    let size = 0;
    play(social, scene, 1.5, () => {
      const going = social.now[0];
      if (going && POLICY.rows[going.row].name === "return a genuine smile")
        size = Math.max(size, unit(social, "AU12"));
    });
    if (size > 0) sizes.push(size);
    show(scene, "neutral");
    play(social, scene, 1);
  }
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.length).toBeLessThanOrEqual(0.8 * smiles);
  expect(sizes.length).toBeLessThanOrEqual(POLICY.mirroring.most);
  expect(sizes[sizes.length - 1]).toBeLessThan(0.8 * sizes[0]);
  show(scene, "joy");
  play(social, scene, 1);
  const told = responseOf(social).considered?.against.map(({ why }) => why) ?? [];
  expect(told.join("; ")).toMatch(/mockery|times within/);
});

test("T16 of five different things at most four are copied, and of many never more than the dose", () => {
  const social = createSocial({ seed: 2, gains: { facialMimicry: 3 } });
  const scene = sceneWith(RELATIONS.intimate);
  const copied: number[] = [];
  for (let i = 0; i < 24; i++) {
    show(scene, ["surprise", "interest", "sadness", "fear", "contentment"][i % 5]);
    play(social, scene, 2);
    show(scene, "neutral");
    play(social, scene, 1);
    copied.push(social.history.copied);
  }
  expect(copied[4]).toBeLessThanOrEqual(4);
  expect(copied[19]).toBe(POLICY.mirroring.most);
});

test("a number by bond runs straight between stranger, known and intimate, and to nothing for the disliked", () => {
  const value = [0.2, 0.4, 0.8] as const;
  for (const [bond, expected] of [
    [0, 0],
    [0.125, 0.1],
    [0.25, 0.2],
    [0.425, 0.3],
    [0.6, 0.4],
    [0.8, 0.6],
    [1, 0.8],
  ] as const)
    expect(byBond(value, bond)).toBeCloseTo(expected);
  expect(byBond(0.3, 0)).toBe(0.3);
  expect(new Set(POLICY.rows.map(channelOf)).size).toBe(6);
});

test("a table of one's own is used: who never returns smiles does not", () => {
  const policy: Policy = { ...POLICY, rows: POLICY.rows.filter(({ mirrors }) => !mirrors) };
  const social = createSocial({ seed: 1, policy });
  const scene = sceneWith(RELATIONS.intimate);
  show(scene, "joy");
  play(social, scene, 3, () => expect(unit(social, "AU12")).toBe(0));
});
