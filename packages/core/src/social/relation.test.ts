import fc from "fast-check";
import { expect, test } from "vitest";
import { STRANGER } from "../affect/gate.ts";
import {
  EXPERIENCES,
  RELATIONS,
  bondOf,
  createBook,
  endMeeting,
  forgetPerson,
  learnRelation,
  loadRelations,
  nearestRelation,
  oddRelation,
  relationTo,
  rememberPerson,
  saveRelations,
} from "./relation.ts";

test("bonds are .25, .6 and 1 for stranger, known and intimate, half for another group, none for the disliked", () => {
  expect(bondOf(RELATIONS.stranger)).toBeCloseTo(0.25);
  expect(bondOf(RELATIONS.acquaintance)).toBeCloseTo(0.6);
  expect(bondOf(RELATIONS.intimate)).toBeCloseTo(1);
  expect(bondOf(RELATIONS.disliked)).toBe(0);
  expect(bondOf({ ...RELATIONS.friend, similarity: 0.1 })).toBeCloseTo(bondOf(RELATIONS.friend) / 2);
  for (const [name, relation] of Object.entries(RELATIONS)) expect(nearestRelation(relation)).toBe(name);
});

test("whatever happens, a relation stays within bounds and no single thing moves it by more than .08", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...EXPERIENCES), fc.double({ min: 0, max: 1, noNaN: true })), {
        maxLength: 400,
      }),
      (history) => {
        const relation = { ...RELATIONS.stranger };
        for (const [experience, degree] of history) {
          const before = { ...relation };
          learnRelation(relation, experience, degree);
          expect(oddRelation(relation)).toBe("");
          for (const key of ["affiliation", "closeness", "similarity", "competition"] as const)
            expect(Math.abs(relation[key] - before[key])).toBeLessThanOrEqual(0.08);
        }
      },
    ),
    { numRuns: 60, seed: 5 },
  );
});

test("a stranger becomes known over hours and not in minutes; hostility undoes faster than smiles build", () => {
  const relation = { ...RELATIONS.stranger };
  const meet = (minutes: number): void => {
    for (let minute = 0; minute < minutes; minute++) {
      learnRelation(relation, "time together", 1);
      if (minute % 3 === 0) learnRelation(relation, "smile returned");
      if (minute % 10 === 0) learnRelation(relation, "confided");
    }
  };
  meet(10);
  expect(relation.affiliation - RELATIONS.stranger.affiliation).toBeGreaterThan(0.02);
  expect(relation.affiliation - RELATIONS.stranger.affiliation).toBeLessThan(0.15);
  expect(relation.closeness).toBeLessThan(0.12);
  meet(240);
  expect(relation.affiliation).toBeGreaterThan(0.4);
  expect(relation.closeness).toBeGreaterThan(0.35);
  const liked = relation.affiliation;
  learnRelation(relation, "smile returned");
  const built = relation.affiliation - liked;
  learnRelation(relation, "hostility");
  expect(liked + built - relation.affiliation).toBeGreaterThan(2 * built);
});

test("who was kind to a friend does not become less of one", () => {
  const relation = { ...RELATIONS.intimate };
  for (const experience of ["smile returned", "mimicry felt", "time together", "reciprocity"] as const)
    learnRelation(relation, experience);
  expect(relation).toMatchObject({ affiliation: 0.9, closeness: 1, competition: 0 });
  expect(relation.similarity).toBeGreaterThanOrEqual(RELATIONS.intimate.similarity);
});

test("only those who agreed are in the saved text, and all of it reads back", () => {
  const book = createBook();
  relationTo(book, "Ada").affiliation = 0.5;
  relationTo(book, "Bela Ungefragt").closeness = 0.3;
  expect(() => rememberPerson(book, "Bela Ungefragt", " ")).toThrow(/has not agreed to be remembered/);
  rememberPerson(book, "Ada", "2026-03-01, asked");
  const text = saveRelations(book);
  expect(text).not.toContain("Bela");
  const again = loadRelations(text);
  expect(again.people).toEqual(book.people.filter(({ who }) => who === "Ada"));
  expect(relationTo(again, "Bela Ungefragt")).toEqual(RELATIONS.stranger);
  endMeeting(book);
  expect(book).toEqual(loadRelations(text));
  expect(forgetPerson(book, "Ada")).toBe(true);
  expect(forgetPerson(book, "Ada")).toBe(false);
  expect(saveRelations(book)).not.toContain("Ada");
  expect(structuredClone(again)).toEqual(again);
});

test("what is no book of relations is refused in one line that says what is wrong", () => {
  const person = { who: "Ada", relation: RELATIONS.friend, agreed: "2026" };
  const book = (people: unknown): string => JSON.stringify({ format: "attune-relations", version: 1, people });
  for (const [text, message] of [
    ["{", /not JSON/],
    ["[]", /expected an object/],
    [JSON.stringify({ format: "x", version: 1, people: [] }), /format is "x"/],
    [JSON.stringify({ format: "attune-relations", version: 9, people: [] }), /version is 9/],
    [book({}), /people is {}/],
    [book([{ ...person, who: "" }]), /who of person 0 is "", expected a name/],
    [book([{ ...person, agreed: null }]), /has not agreed/],
    [book([person, person]), /there twice/],
    [book([{ ...person, relation: { ...RELATIONS.friend, affiliation: 7 } }]), /affiliation is 7, expected -1 to 1/],
    [book([{ ...person, relation: { ...RELATIONS.friend, closeness: null } }]), /closeness is null, expected a number/],
  ] as const) {
    expect(() => loadRelations(text)).toThrow(message);
    expect(() => loadRelations(text)).toThrow(/^[^\n]*$/);
  }
  expect(() => learnRelation({ ...RELATIONS.friend }, "smile returned", 3)).toThrow(/degree .* is 3/);
  expect(() => learnRelation({ ...RELATIONS.friend, closeness: NaN }, "hostility")).toThrow(/closeness is NaN/);
});

test("a stranger is the same to the heart and to the answers", () => {
  expect(RELATIONS.stranger).toEqual(STRANGER);
  expect(relationTo(createBook(), "Ada")).toEqual(STRANGER);
});

test("somebody who holds back for a minute is liked less, and not hated", () => {
  const relation = { ...RELATIONS.acquaintance };
  learnRelation(relation, "held back", 60);
  expect(relation.affiliation).toBeLessThan(RELATIONS.acquaintance.affiliation - 0.05);
  expect(relation.affiliation).toBeGreaterThan(-0.2);
  expect(relation.closeness).toBeLessThan(RELATIONS.acquaintance.closeness);
});
