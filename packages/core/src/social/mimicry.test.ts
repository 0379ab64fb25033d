import { expect, test } from "vitest";
import { FACE_UNITS } from "../body/face.ts";
import { VISAGE } from "../body/visage.ts";
import { POLICY } from "./default-policy.ts";
import { RELATIONS } from "./relation.ts";
import { respond } from "./respond.ts";
import type { Scene } from "./scene.ts";
import { createSocial } from "./social-state.ts";
import { play, readingOf, sceneWith, show, showPoliteSmile, unit } from "./testing.ts";

const { stranger, acquaintance, friend, intimate, disliked } = RELATIONS;

/** One expression shown for two seconds to a fresh Attune: when the face first answers, s from its onset, and the row. */
function answerTo(
  seed: number,
  relation: Scene["relation"] & {},
  put: (scene: Scene) => void,
): { latency: number; row: string; smile: number; cheek: number } {
  const social = createSocial({ seed });
  const scene = sceneWith(relation);
  respond(social, scene, 0);
  put(scene);
  const from = scene.time;
  let latency = NaN,
    row = "",
    smile = 0,
    cheek = 0;
  play(social, scene, 2, () => {
    const going = social.now[0];
    if (going && Number.isNaN(latency) && social.out.drive.some((value, u) => u < VISAGE && Math.abs(value) > 0.004)) {
      latency = scene.time - from;
      row = social.policy.rows[going.row].name;
    }
    smile = Math.max(smile, unit(social, "AU12"));
    cheek = Math.max(cheek, unit(social, "AU06"));
  });
  return { latency, row, smile, cheek };
}

const SEEDS = Array.from({ length: 400 }, (_, i) => i + 1);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

test("T11 mimicry and returned smiles come with a median of .5 to .9 s, none under .3 s", () => {
  for (const name of ["joy", "sadness", "surprise", "fear"]) {
    const latencies = SEEDS.map((seed) => answerTo(seed, intimate, (scene) => show(scene, name)))
      .filter(({ row }) => row.startsWith("mimic") || row.startsWith("return"))
      .map(({ latency }) => latency);
    expect(latencies.length).toBeGreaterThan(100);
    expect(median(latencies)).toBeGreaterThanOrEqual(0.5);
    expect(median(latencies)).toBeLessThanOrEqual(0.9);
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(0.3);
    expect(Math.max(...latencies)).toBeLessThanOrEqual(1.1);
  }
});

test("T11 how often an expression is copied is lambda times the bond", () => {
  const lambda = { joy: 1, sadness: 0.7, fear: 0.5, surprise: 0.6, pride: 0.3, anger: 0, disgust: 0, contempt: 0 };
  for (const [relation, bond] of [
    [stranger, 0.25],
    [acquaintance, 0.6],
    [intimate, 1],
    [{ ...acquaintance, similarity: 0.1 }, 0.3],
    [disliked, 0],
  ] as const)
    for (const [name, share] of Object.entries(lambda)) {
      // Smiles are returned rather than copied; here joy is shown by the eyes and the open mouth alone.
      const copied = SEEDS.filter((seed) => {
        const social = createSocial({ seed });
        const scene = sceneWith(relation);
        show(scene, name);
        if (name === "joy" || name === "pride") hideCorners(scene);
        play(social, scene, 0.3);
        const coming = social.next[0];
        return coming !== null && POLICY.rows[coming.row].name === `mimic ${name}`;
      });
      expect(copied.length / SEEDS.length, `${name} at a bond of ${bond}`).toBeGreaterThanOrEqual(share * bond - 0.07);
      expect(copied.length / SEEDS.length, `${name} at a bond of ${bond}`).toBeLessThanOrEqual(share * bond + 0.07);
    }
});

function hideCorners(scene: Scene): void {
  const units = Float64Array.from(scene.seenUnits ?? []);
  for (const u of CORNERS) units[u] = NaN;
  scene.seenUnits = units;
}
const CORNERS = [0, 1].map((side) => {
  const scene = sceneWith(stranger);
  showPoliteSmile(scene);
  return Array.from(scene.seenUnits ?? []).flatMap((value, u) => (value > 0 ? [u] : []))[side];
});

test("T11 a copy is .15 to .35 of what is seen, less when less is seen", () => {
  const most = (relation: Scene["relation"] & {}, seen: number): number => {
    let size = 0;
    for (const seed of SEEDS.slice(0, 30)) {
      const social = createSocial({ seed });
      const scene = sceneWith(relation);
      show(scene, "surprise");
      scene.reading = readingOf("surprise", 0.99, seen);
      play(social, scene, 3);
      if (social.now[0]?.pattern) size = Math.max(size, unit(social, "AU02") / 0.7);
    }
    return size;
  };
  expect(most(intimate, 1)).toBeLessThanOrEqual(0.35);
  expect(most(stranger, 1)).toBeGreaterThanOrEqual(0.14);
  expect(most(intimate, 1)).toBeGreaterThan(most(stranger, 1));
  expect(most(intimate, 0.6)).toBeLessThan(0.7 * most(intimate, 1));
});

test("T11 of a mixed face only what belongs to the copied expression is copied", () => {
  let copies = 0;
  for (const seed of SEEDS.slice(0, 40)) {
    const social = createSocial({ seed });
    const scene = sceneWith(intimate);
    show(scene, "surprise", 1, 0.8);
    const units = Float64Array.from(scene.seenUnits ?? []);
    for (const name of ["AU04L", "AU04R", "AU23", "AU09"]) units[FACE_UNITS.indexOf(name)] = 0.8;
    scene.seenUnits = units;
    play(social, scene, 2);
    if (unit(social, "AU02") > 0.05) copies++;
    for (const other of ["AU04", "AU23", "AU09"]) expect(unit(social, other)).toBe(0);
  }
  expect(copies).toBeGreaterThan(10);
});

test("T11 anger, disgust and contempt are never copied, whoever shows them", () => {
  for (const name of ["anger", "disgust", "contempt"])
    for (const relation of Object.values(RELATIONS))
      for (const angerAt of ["me", "third", "unknown"] as const) {
        const social = createSocial({ seed: 4, gains: { facialMimicry: 3 } });
        const scene = sceneWith(relation);
        scene.context.angerAt = angerAt;
        show(scene, name);
        play(social, scene, 4, () => {
          for (const copied of ["AU07", "AU09", "AU10", "AU14", "AU17", "AU23", "AU24"])
            expect(unit(social, copied)).toBe(0);
          expect(unit(social, "AU12")).toBe(0);
          expect(unit(social, "AU04")).toBeLessThanOrEqual(unit(social, "AU01") + 1e-12);
        });
      }
});

test("T11 anger at me is heard: concern, leaning back, acknowledged, nothing copied", () => {
  const social = createSocial({ seed: 1 });
  const scene = sceneWith(friend);
  scene.context.angerAt = "me";
  show(scene, "anger");
  const said: string[] = [];
  const felt: string[] = [];
  play(social, scene, 4, ({ out }) => {
    if (out.utterance) said.push(out.utterance);
    felt.push(...out.experiences);
  });
  expect(said).toEqual(["acknowledge anger"]);
  expect(felt).toContain("hostility");
  expect(social.out.lean).toBeLessThan(-0.3);
  expect(unit(social, "AU01")).toBeGreaterThan(0.15);
});

test("T11 no smile within 5 s of sadness, even when a smile was under way or comes right after", () => {
  for (const plea of ["sadness", "pain", "fear", "shame"]) {
    const social = createSocial({ seed: 2 });
    const scene = sceneWith(intimate);
    show(scene, "joy");
    play(social, scene, 2);
    expect(unit(social, "AU12")).toBeGreaterThan(0.3);
    show(scene, plea);
    const sober = (seconds: number): void => play(social, scene, seconds, () => expect(unit(social, "AU12")).toBe(0));
    sober(2);
    show(scene, "joy");
    sober(4.9);
    show(scene, "neutral");
    play(social, scene, 2);
    show(scene, "joy");
    play(social, scene, 3);
    expect(unit(social, "AU12")).toBeGreaterThan(0.2);
  }
});

test("T11 smiles are returned by at least .6 of the known and .4 of strangers, in kind, the genuine sooner", () => {
  for (const [relation, least] of [
    [stranger, 0.4],
    [acquaintance, 0.6],
    [friend, 0.6],
  ] as const) {
    const genuine = SEEDS.map((seed) => answerTo(seed, relation, (scene) => show(scene, "joy")));
    const polite = SEEDS.map((seed) => answerTo(seed, relation, (scene) => showPoliteSmile(scene)));
    const returned = genuine.filter(({ row }) => row.startsWith("return"));
    const politely = polite.filter(({ row }) => row.startsWith("return"));
    expect(returned.length / SEEDS.length).toBeGreaterThanOrEqual(least);
    expect(politely.length / SEEDS.length).toBeGreaterThanOrEqual(least);
    for (const { smile, cheek } of returned) expect(smile > 0.1 && cheek > 0.1).toBe(true);
    for (const { smile, cheek } of politely) expect(smile > 0.1 && cheek === 0).toBe(true);
    expect(median(returned.map(({ latency }) => latency)) + 0.1).toBeLessThan(
      median(politely.map(({ latency }) => latency)),
    );
  }
});

test("T13 laughter is joined less each time, under a quarter by the tenth, and anew after a while", () => {
  const first: number[] = [],
    tenth: number[] = [],
    later: number[] = [];
  for (const seed of SEEDS.slice(0, 60)) {
    const social = createSocial({ seed });
    const scene = sceneWith(friend);
    const laugh = (): number => {
      let most = 0;
      show(scene, "laughter");
      play(social, scene, 3, () => {
        if (social.now[0] && social.policy.rows[social.now[0].row].name === "join the laughter")
          most = Math.max(most, unit(social, "AU26"));
      });
      show(scene, "neutral");
      play(social, scene, 17);
      return most;
    };
    for (let i = 0; i < 10; i++) {
      const size = laugh();
      if (i === 0) first.push(size);
      if (i === 9) tenth.push(size);
    }
    scene.time += 3600;
    respond(social, scene, 3600);
    later.push(laugh());
  }
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(first)).toBeGreaterThan(0.3);
  expect(mean(tenth)).toBeLessThan(0.25 * mean(first));
  expect(mean(later)).toBeGreaterThan(0.7 * mean(first));
});

test("T13 laughter at somebody's expense is not joined, nor with a stranger", () => {
  for (const seed of SEEDS.slice(0, 60)) {
    for (const [relation, atExpense] of [
      [intimate, true],
      [stranger, false],
      [disliked, false],
    ] as const) {
      const social = createSocial({ seed });
      const scene = sceneWith(relation);
      scene.context.atExpense = atExpense;
      show(scene, "laughter");
      play(social, scene, 3, () => {
        expect(unit(social, "AU26")).toBe(0);
        if (atExpense) expect(unit(social, "AU12")).toBe(0);
      });
    }
  }
});

test("yawns seen make a yawn about 2.5 times as likely within five minutes, more and sooner for closer ones", () => {
  const yawns = (relation: Scene["relation"] & {}, seen: boolean): { share: number; wait: number } => {
    let n = 0;
    const waits: number[] = [];
    const seeds = SEEDS.slice(0, 300);
    for (const seed of seeds) {
      const social = createSocial({ seed });
      const scene = sceneWith(relation);
      let at = NaN;
      // Four frames a second are enough for five minutes of yawns every ten seconds.
      for (let i = 0; i < 1200 && Number.isNaN(at); i++) {
        if (i % 40 === 0 && seen) show(scene, "yawn");
        if (i % 40 === 16) show(scene, "neutral");
        scene.time += 0.25;
        respond(social, scene, 0.25);
        if (social.now[0] && social.policy.rows[social.now[0].row].name === "catch a yawn") at = scene.time;
      }
      if (Number.isNaN(at)) continue;
      n++;
      waits.push(at);
    }
    return { share: n / seeds.length, wait: waits.reduce((a, b) => a + b, 0) / waits.length };
  };
  const control = yawns(acquaintance, false).share;
  const [strange, known, near] = [stranger, acquaintance, intimate].map((relation) => yawns(relation, true));
  expect(control).toBeGreaterThan(0.16);
  expect(control).toBeLessThan(0.28);
  expect(known.share / control).toBeGreaterThan(2);
  expect(known.share / control).toBeLessThan(3);
  expect(strange.share).toBeLessThan(known.share);
  expect(near.share).toBeGreaterThan(known.share);
  expect(near.wait).toBeLessThan(strange.wait);
});
