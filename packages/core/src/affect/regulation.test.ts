import { expect, test } from "vitest";
import {
  ONSET,
  OPERATORS,
  type Regulation,
  chooseStrategy,
  createRegulation,
  regulationConstants,
  selectSituation,
  stepRegulation,
  takeUp,
} from "./regulation.ts";
import { STRATEGIES } from "./types.ts";

function after(seconds: number, dt: number, effort = 1): Regulation {
  const regulation = createRegulation();
  takeUp(regulation, "perspective taking", "test");
  for (let t = 0; t < seconds - dt / 2; t += dt) stepRegulation(regulation, effort, dt);
  return regulation;
}

test("a strategy takes hold three seconds after it is taken up, at any frame rate alike", () => {
  expect(after(ONSET, 0.1).appraisal).toBeCloseTo(1, 12);
  expect(after(ONSET + 1, 0.1).appraisal).toBeLessThan(0.9);
  expect(after(20, 0.1).appraisal).toBeCloseTo(OPERATORS["perspective taking"].appraisal.value, 5);
  for (const seconds of [3, 4, 6, 12]) {
    expect(after(seconds, 1).appraisal).toBeCloseTo(after(seconds, 1 / 30).appraisal, 3);
    expect(after(seconds, 1).resource).toBeCloseTo(after(seconds, 1 / 30).resource, 6);
  }
});

test("growth with dose: more effort does more, none does nothing, and a spent resource does less", () => {
  const doses = [0, 0.5, 1, 2].map((effort) => after(20, 0.5, effort).appraisal);
  expect(doses[0]).toBe(1);
  for (let i = 1; i < doses.length; i++) expect(doses[i]).toBeLessThan(doses[i - 1] - 0.02);
  const spent = createRegulation();
  spent.resource = 0.05;
  takeUp(spent, "suppress expression", "test");
  for (let t = 0; t < 10; t++) stepRegulation(spent, 1, 1);
  expect(spent.expression).toBeGreaterThan(OPERATORS["suppress expression"].expression.value + 0.2);
});

test("what one strategy did wears off when another is taken up", () => {
  const regulation = after(20, 0.5);
  takeUp(regulation, "suppress expression", "test");
  for (let t = 0; t < 20; t++) stepRegulation(regulation, 1, 0.5);
  expect(regulation.appraisal).toBeCloseTo(1, 2);
  expect(regulation.expression).toBeCloseTo(0.4, 2);
});

test("every strategy has a row, and every constant in it names the effect it was fitted to or that it was fitted to none", () => {
  expect(Object.keys(OPERATORS)).toEqual([...STRATEGIES]);
  const constants = regulationConstants();
  for (const { fitted } of constants) if (fitted !== null) expect(fitted.of).toMatch(/^Webb et al\. 2012/);
  // Ten fitted constants: seven on experience, two of suppression, and how what shows follows what is felt.
  expect(constants.filter(({ fitted }) => fitted !== null)).toHaveLength(10);
  expect(OPERATORS["situation selection"]).toEqual(OPERATORS.none);
});

test("choice goes by strength, time, habit and company: the strong is looked away from, the mild left alone", () => {
  const choose = (change: Partial<Parameters<typeof chooseStrategy>[0]>): string =>
    chooseStrategy({ intensity: 0.5, distress: 0, company: false, habit: "none", ...change }).strategy;
  expect(choose({ intensity: 0.1 })).toBe("none");
  expect(choose({})).toBe("reappraise stimulus");
  expect(choose({ intensity: 0.7 })).toBe("distraction");
  expect(choose({ intensity: 0.7, company: true })).toBe("reappraise stimulus");
  expect(choose({ intensity: 0.95, company: true })).toBe("distraction");
  expect(choose({ seconds: 1 })).toBe("distraction");
  expect(choose({ habit: "suppress expression" })).toBe("suppress expression");
  expect(choose({ intensity: 0.1, distress: 0.5 })).toBe("perspective taking");
});

test("of situations the better is chosen, of two as good the surer, and a cost can turn it", () => {
  const sure = { name: "a walk", outcomes: [{ outcome: 0.3, chance: 1 }] },
    gamble = {
      name: "the game",
      outcomes: [
        { outcome: 0.9, chance: 0.5 },
        { outcome: -0.3, chance: 0.5 },
      ],
    },
    party = { name: "the party", outcomes: [{ outcome: 0.6, chance: 1 }] };
  expect(selectSituation([gamble, sure, party]).map(({ name }) => name)).toEqual(["the party", "a walk", "the game"]);
  expect(selectSituation([sure, { ...party, cost: 0.5 }])[0].name).toBe("a walk");
  expect(() => selectSituation([{ name: "half", outcomes: [{ outcome: 1, chance: 0.5 }] }])).toThrow(
    'situation "half": outcomes from -1 to 1 with chances that sum to 1 were wanted, they sum to 0.5',
  );
});

test("while there is nothing to do, choosing it anew in every frame makes nothing new", () => {
  const calm = { intensity: 0.1, distress: 0, company: true, habit: "none" } as const;
  expect(chooseStrategy(calm)).toBe(chooseStrategy(calm));
});
