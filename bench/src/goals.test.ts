import { expect, test } from "vitest";
import type { ChainExample } from "@attune/core";
import { openSet } from "@attune/io";
import { baselineForecasts } from "./goals-baselines.ts";
import { measureGoals } from "./goals.ts";
import { measureGoalSpeed } from "./goals-speed.ts";
import type { LoadedSet } from "./sets.ts";
import { table } from "./tables.ts";

const SUB = ["reaching", "moving", "drinking", "placing", "wiping"];

/** Two goals that part after "moving", told apart by what they begin with; three people, or one where `people` says so. */
function chainSet(people = ["a", "b", "c"], named = true): LoadedSet {
  const items = people.flatMap((subj) =>
    [0, 1, 0, 1, 0, 1].map((y, i) => {
      const acts = y === 0 ? [0, 1, 2, 3] : [4, 1, 3];
      return {
        o: 0,
        T: 100,
        y,
        ...(named ? { subj } : {}),
        id: `${subj}${i}`,
        object: y === 0 ? "1:cup" : "1:cloth",
        segments: acts.map((act, k) => [20 * k, 20 * k + 19, act, 0, 20 * k, 20 * k + 19]),
      };
    }),
  );
  const set = openSet({
    name: "made",
    task: "chains",
    dims: 1,
    fpsHz: 20,
    classes: ["drinking_tea", "cleaning"],
    sub_activities: SUB,
    affordances: ["still"],
    items,
  });
  return { set, floats: new Float32Array(100) };
}

test("what is told apart only by the goal is foretold by goals and not by the last act alone", () => {
  const scores = measureGoals(chainSet(), () => undefined);
  if (scores?.next == null) throw new Error("a set of chains has scores of what comes next");
  expect(scores.next.acc).toBe(1);
  expect(scores.next.afterMoving).toBe(1);
  expect(scores.goal).toEqual({ 20: 1, 50: 1, 100: 1 });
  expect(scores.baselines.markov1.acc).toBeLessThan(0.9);
  expect(scores.next.logLoss).toBeLessThan(scores.baselines.markov1.logLoss);
  expect(scores.pairedOverVideos.ci[0]).toBeLessThanOrEqual(scores.pairedOverVideos.meanDifference);
  expect(scores.pairedOverVideos.ci[1]).toBeGreaterThanOrEqual(scores.pairedOverVideos.meanDifference);
  expect(table("goals", { made: scores })).toContain("Markov-2, goal and role");
});

test("people are left out where they are named, else five folds are made", () => {
  const of = (loaded: LoadedSet): string => {
    const scores = measureGoals(loaded, () => undefined);
    return scores?.next == null ? "" : scores.protocol;
  };
  expect(of(chainSet())).toBe("leave-one-person-out");
  expect(of(chainSet(["a"], false))).toBe("five-folds");
});

test("a baseline's forecasts are probabilities, and none looks at what is still to come", () => {
  const chain = (names: readonly string[]): ChainExample => ({
    goal: names[0],
    acts: names.map((name, i) => ({ name, role: "r", from: i, to: i + 1 })),
  });
  const train = [chain(["a", "b", "c"]), chain(["d", "b", "e"])];
  const kinds = [
    { order: 1, goals: false },
    { order: 2, goals: false },
    { order: 2, goals: true },
  ] as const;
  for (const baseline of kinds) {
    const [one, other] = baselineForecasts(train, [chain(["a", "b", "c"]), chain(["a", "b", "e"])], baseline, 2);
    for (const forecast of one) {
      const sum = [...forecast.values()].reduce((s, p) => s + p, 0);
      expect(sum).toBeGreaterThan(0.5);
      expect(sum).toBeLessThan(1);
    }
    expect([...one[1].entries()]).toEqual([...other[1].entries()]);
  }
});

test("the cost of goals is measured over the frames asked for, all of them finite", () => {
  const { goals, steps, frames, ...ms } = measureGoalSpeed(20, 4, 400);
  expect([goals, steps, frames]).toEqual([20, 4, 400]);
  for (const value of Object.values(ms)) expect(Number.isFinite(value)).toBe(true);
});
