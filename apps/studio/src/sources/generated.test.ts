import { FACE, FACE_UNITS, MOTOR } from "@attune/core";
import { expect, test } from "vitest";
import { createExpression } from "./expression.ts";
import { createGeneratedPerson } from "./generated.ts";

test("the generated person goes on without jumps, does what they are asked, and stands when nobody asks", () => {
  const person = createGeneratedPerson(3, false);
  person.ask("wave");
  const done = new Set<string | undefined>();
  let before = person.look(0).own,
    fastest = 0;
  for (let n = 1; n < 60 * 8; n++) {
    const time = n / 60;
    person.at(time);
    done.add(person.doing(time));
    const { own } = person.look(time);
    for (let m = 0; m < MOTOR; m++) fastest = Math.max(fastest, Math.abs(own[m] - before[m]) * 60);
    before = own;
  }
  expect([...done].filter((act) => act !== undefined)).toEqual(["wave"]);
  expect(fastest).toBeLessThan(20);
});

test("left alone they go from act to act; the same seed does the same", () => {
  const acts = (seed: number): (string | undefined)[] => {
    const person = createGeneratedPerson(seed);
    return Array.from({ length: 200 }, (_, n) => {
      person.at(n / 10);
      return person.doing(n / 10);
    });
  };
  const first = acts(5);
  expect(new Set(first).size).toBeGreaterThan(3);
  expect(acts(5)).toEqual(first);
  expect(acts(6)).not.toEqual(first);
});

test("standing is not finished first, and what is asked for next takes the place of earlier wishes", () => {
  const person = createGeneratedPerson(3, false);
  person.at(0.02);
  person.ask("clap");
  person.at(0.1);
  expect(person.doing(0.1)).toBe("clap");
  person.ask("wave");
  person.ask("drink");
  person.ask("wings", { next: true });
  const done = new Set<string | undefined>();
  for (let n = 1; n < 30 * 14; n++) {
    person.at(0.1 + n / 30);
    done.add(person.doing(0.1 + n / 30));
  }
  expect([...done].filter((act) => act !== undefined)).toEqual(["clap", "wings"]);
});

test("expressions rise and fall within 0 and 1, and eyes blink", () => {
  const face = createExpression(2);
  const peak = new Float64Array(FACE);
  for (let n = 0; n < 900; n++)
    face
      .at(n / 30)
      .subarray(0, FACE)
      .forEach((v, u) => {
        expect(v).toBeGreaterThanOrEqual(0);
        expect(v).toBeLessThanOrEqual(1);
        peak[u] = Math.max(peak[u], v);
      });
  expect(peak[FACE_UNITS.indexOf("AU12L")]).toBeGreaterThan(0.5);
  expect(peak[FACE_UNITS.indexOf("AU43R")]).toBeGreaterThan(0.9);
});
