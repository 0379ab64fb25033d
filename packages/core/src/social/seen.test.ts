// What counts as seen: a lost face, an expression that was taught, distress that no smile may meet.

import { expect, test } from "vitest";
import { FACE_UNITS } from "../body/face.ts";
import { VISAGE } from "../body/visage.ts";
import { responseOf } from "./answer.ts";
import { POLICY } from "./default-policy.ts";
import { RELATIONS } from "./relation.ts";
import type { Scene } from "./scene.ts";
import { createSocial } from "./social-state.ts";
import { play, sceneWith, show, unit } from "./testing.ts";

const { acquaintance, friend } = RELATIONS;

test("a face that is lost is not turned away; a head that is seen to look elsewhere for seconds is", () => {
  const after = (given: Partial<Scene>): string[] => {
    const social = createSocial({ seed: 1 }),
      scene = sceneWith({ ...acquaintance }),
      noticed = new Set<string>();
    play(social, scene, 2);
    Object.assign(scene, given);
    play(social, scene, 10, ({ cues, index }) =>
      index.names.forEach((name, c) => (cues.started[c] ? noticed.add(name) : undefined)),
    );
    return [...noticed];
  };
  expect(after({ reading: null, gazeAtMe: NaN })).not.toContain("turned away");
  expect(after({ reading: null, gazeAtMe: 0.02 })).toContain("turned away");
});

test("an expression that was taught is a cue a row may wait for, by its own name and no other", () => {
  const wink = {
    ...POLICY.rows[0],
    name: "wink back",
    when: { see: ["wink"] },
    do: { kind: "wink back", copies: true, lasts: "cue" },
    chance: 1,
  } as const;
  const policy = { ...POLICY, rows: [...POLICY.rows, wink] };
  expect(() => createSocial({ seed: 1, policy })).toThrow(
    /sees "wink", which is not known.*teach it to the face first/,
  );
  const social = createSocial({ seed: 1, policy, taught: ["joy", "wink"] });
  expect(social.index.taught).toEqual(["wink"]);
  const scene = sceneWith({ ...friend });
  scene.taught = Float64Array.of(0);
  play(social, scene, 2);
  expect(unit(social, "AU43")).toBe(0);
  const eye = FACE_UNITS.indexOf("AU43L"),
    seen = new Float64Array(VISAGE);
  seen[eye] = 0.9;
  Object.assign(scene, { taught: Float64Array.of(0.9), seenUnits: seen });
  const told = new Set<string>();
  play(social, scene, 2, () => responseOf(social).now.forEach(({ row, cue }) => told.add(`${row}: ${cue}`)));
  expect([...told]).toContain("wink back: wink");
  expect(social.out.drive[eye]).toBeGreaterThan(0.1);
  expect(social.out.drive[FACE_UNITS.indexOf("AU12L")]).toBeLessThan(0.2);
});

test("while they are in distress the most a smile may show is nothing, and all of it again after five seconds", () => {
  const social = createSocial({ seed: 1 }),
    scene = sceneWith({ ...friend }),
    lip = FACE_UNITS.indexOf("AU12L");
  play(social, scene, 1);
  expect(social.out.limit[lip]).toBe(1);
  show(scene, "sadness");
  play(social, scene, 1);
  expect(social.out.limit[lip]).toBe(0);
  expect(social.out.limit[FACE_UNITS.indexOf("AU04L")]).toBe(1);
  show(scene, "neutral");
  play(social, scene, 4.5);
  expect(social.out.limit[lip]).toBe(0);
  play(social, scene, 1);
  expect(social.out.limit[lip]).toBe(1);
});
