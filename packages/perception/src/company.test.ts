import { expect, test } from "vitest";
import { createCompany, noteFaces, searchDue } from "./company.ts";

/** Thirty pictures a second; how many faces there are, how many a search finds; when `people` changed to what. */
function watch(seconds: number, there: (t: number) => number, finds = there) {
  const company = createCompany();
  const changes: [time: number, people: number][] = [];
  let searches = 0,
    before = 0;
  for (let n = 0; n < 30 * seconds; n++) {
    const t = n / 30,
      due = searchDue(company, t);
    if (due) searches++;
    noteFaces(company, t, there(t) > 0, due ? finds(t) : undefined);
    if (company.people !== before) changes.push([t, company.people]);
    before = company.people;
  }
  return { changes, searches };
}

test("a second face is told within a second and a half, and its leaving as well", () => {
  const { changes, searches } = watch(10, (t) => (t > 3 && t < 6 ? 2 : 1));
  expect(changes.map(([, people]) => people)).toEqual([1, 2, 1]);
  expect(changes[1][0]).toBeLessThan(4.5);
  expect(changes[2][0]).toBeLessThan(7.5);
  expect(searches).toBeLessThan(16);
});

test("what one search alone takes for a face is none", () => {
  const { changes } = watch(
    10,
    () => 1,
    (t) => (Math.abs(t - 4) < 0.15 ? 2 : 1),
  );
  expect(changes).toEqual([[0, 1]]);
});

test("coming and going of the one who is followed is told at once", () => {
  const { changes } = watch(6, (t) => (t > 2 && t < 4 ? 0 : 1));
  expect(changes.map(([, people]) => people)).toEqual([1, 0, 1]);
  expect(changes[1][0]).toBeCloseTo(2, 1);
  expect(changes[2][0]).toBeCloseTo(4, 1);
});
