import { attend, createMind, step } from "@attune/core";
import { expect, test } from "vitest";
import { STARTER_NAMES, createPerson, examplesOf, playScript, starterActs, teachStarter } from "./index.ts";

/** Three people of different build, turned differently, each seen as another tracker sees. */
const PEOPLE = [
  { seed: 3, skeleton: "attune-20", yaw: 0.4 },
  { seed: 13, skeleton: "mediapipe-33", yaw: -0.7 },
  { seed: 23, skeleton: "ntu-25", yaw: 0 },
];

test("each act is taught in every way with either hand, and the mind has variants of those that have ways", () => {
  expect(STARTER_NAMES.length).toBeGreaterThanOrEqual(24);
  for (const act of Object.values(starterActs)) {
    expect(act.goal).not.toBe("");
    expect(act.effectors.length).toBeGreaterThan(0);
    expect(act.source).toMatch(/doi/);
  }
  expect(examplesOf("wave", 2, 1)).toHaveLength(2 * (5 * 2 + 3));
  expect(examplesOf("nod", 3, 1)).toHaveLength(3);
  const mind = createMind();
  const lessons = teachStarter(mind, { names: ["wave", "nod", "drink"], examples: 1 });
  expect(lessons.map(({ name }) => name)).toEqual(["wave", "nod", "drink"]);
  expect(lessons[0].variants).toBeGreaterThan(6);
  expect(mind.episodes).toHaveLength(0);
});

test("done by three builds on three skeletons, starter acts are recognised among all of them, nine of ten times", () => {
  const mind = createMind({ rate: 15 });
  teachStarter(mind);
  let right = 0;
  const missed: string[] = [];
  for (const spec of PEOPLE) {
    const person = createPerson({ ...spec, rate: 15 });
    for (const name of STARTER_NAMES) {
      const take = playScript(person, [{ pause: 0.4, act: name }], name);
      attend(mind, take.header);
      const sum = new Float64Array(mind.report.length);
      for (const frame of take.frames()) {
        step(mind, frame);
        for (let k = 0; k < sum.length; k++) sum[k] += mind.report[k];
      }
      const said = mind.repertoire.acts[sum.indexOf(Math.max(...sum))].name;
      if (said === name) right++;
      else missed.push(`${name} on ${spec.skeleton} taken for ${said}`);
    }
  }
  expect(right / (3 * STARTER_NAMES.length), missed.join("; ")).toBeGreaterThanOrEqual(0.9);
}, 180_000);
