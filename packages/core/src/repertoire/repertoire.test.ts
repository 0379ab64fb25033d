import { expect, test } from "vitest";
import { learnInto } from "./learn.ts";
import {
  type Repertoire,
  actNamed,
  addAct,
  createRepertoire,
  exportActs,
  forgetAct,
  importActs,
  mergeActs,
  renameAct,
} from "./repertoire.ts";
import { gesture } from "./testing.ts";

function known(...names: string[]): Repertoire {
  const repertoire = createRepertoire("channels", ["x", "y"], ["x", "y"]);
  names.forEach((name, i) =>
    learnInto(addAct(repertoire, name), [gesture(i + 1, 2), gesture(i + 1, 2, { vary: 0.02 })]),
  );
  return repertoire;
}

/** Every byte of an act's arrays. */
function bytes(repertoire: Repertoire, name: string): string {
  return actNamed(repertoire, name)
    .variants.flatMap((v) => [v.mu, v.deviations, v.prior, v.known].map((a) => [...new Uint8Array(a.buffer)].join()))
    .join(";");
}

test("whatever happens to one act, the arrays of the others stay as they are, byte for byte", () => {
  const repertoire = known("wave", "clap", "nod", "bow");
  const before = bytes(repertoire, "nod"),
    identity = actNamed(repertoire, "nod").variants[0].mu;
  learnInto(actNamed(repertoire, "wave"), [gesture(7, 2)]);
  renameAct(repertoire, "wave", "greet");
  mergeActs(repertoire, "clap", "bow");
  forgetAct(repertoire, "greet");
  addAct(repertoire, "jump");
  importActs(repertoire, known("sit"));
  expect(bytes(repertoire, "nod")).toBe(before);
  expect(actNamed(repertoire, "nod").variants[0].mu).toBe(identity);
  expect(repertoire.acts.map((a) => a.name)).toEqual(["nod", "bow", "jump", "sit"]);
});

test("ids survive renaming and are never given twice", () => {
  const repertoire = known("wave", "clap");
  const { id } = actNamed(repertoire, "wave");
  renameAct(repertoire, "wave", "greet");
  expect(actNamed(repertoire, "greet").id).toBe(id);
  forgetAct(repertoire, "clap");
  const fresh = addAct(repertoire, "clap");
  expect(repertoire.acts.map((a) => a.id)).toEqual([1, 3]);
  expect(fresh.id).toBe(3);
  renameAct(repertoire, "clap", "clap");
  expect(fresh.name).toBe("clap");
});

test("an unknown name is answered with the nearest and all that are known", () => {
  const repertoire = known("wave", "clap");
  expect(() => actNamed(repertoire, "wvae")).toThrow(
    new RangeError('no act "wvae", did you mean "wave"? (known: wave, clap)'),
  );
  expect(() => forgetAct(repertoire, "somersault")).toThrow(/^no act "somersault" \(known: wave, clap\)$/);
  expect(() => actNamed(createRepertoire("channels", ["x"], ["x"]), "a")).toThrow(/nothing has been learned yet/);
  const many = createRepertoire("channels", ["x"], ["x"]);
  for (let i = 0; i < 15; i++) addAct(many, `act ${i}`);
  expect(() => actNamed(many, "nothing like it")).toThrow(/act 11 and 3 more\)$/);
});

test("names are free or refused", () => {
  const repertoire = known("wave", "clap");
  expect(() => addAct(repertoire, "wave")).toThrow(/there is an act "wave" already/);
  expect(() => renameAct(repertoire, "wave", "clap")).toThrow(/there is an act "clap" already/);
  expect(() => renameAct(repertoire, "wave", " ")).toThrow(/needs a name/);
  expect(repertoire.acts.map((a) => a.name)).toEqual(["wave", "clap"]);
});

test("merging: the ways of one become ways of the other, which keeps its id", () => {
  const repertoire = known("wave", "greet");
  const ways = [...actNamed(repertoire, "greet").variants, ...actNamed(repertoire, "wave").variants];
  const merged = mergeActs(repertoire, "wave", "greet");
  expect(merged.id).toBe(2);
  expect(merged.variants).toEqual(ways);
  expect(repertoire.acts).toEqual([merged]);
  expect(() => mergeActs(repertoire, "greet", "greet")).toThrow(/into itself/);
  addAct(repertoire, "glimpse", "seen");
  expect(() => mergeActs(repertoire, "glimpse", "greet")).toThrow(/same coordinates/);
});

test("what is exported and imported is a copy under new ids, all or nothing", () => {
  const mine = known("wave", "clap"),
    theirs = known("bow", "nod");
  const before = bytes(theirs, "bow");
  const taken = importActs(mine, exportActs(theirs, ["bow"]));
  expect(taken.map((a) => [a.name, a.id])).toEqual([["bow", 3]]);
  expect(bytes(mine, "bow")).toBe(before);
  taken[0].variants[0].mu.fill(0);
  expect(bytes(theirs, "bow")).toBe(before);

  expect(() => importActs(mine, known("nod", "wave"))).toThrow(
    /there is an act "wave" already: import it under another name/,
  );
  expect(mine.acts.map((a) => a.name)).toEqual(["wave", "clap", "bow"]);
  importActs(mine, known("nod", "wave"), { as: { wave: "their wave" } });
  expect(mine.acts.map((a) => [a.name, a.id])).toEqual([
    ["wave", 1],
    ["clap", 2],
    ["bow", 3],
    ["nod", 4],
    ["their wave", 5],
  ]);
  expect(() => importActs(mine, theirs, { names: ["bow"], as: { bo: "b" } })).toThrow(
    /no act "bo", did you mean "bow"/,
  );
  expect(() => importActs(mine, theirs, { as: { bow: "same", nod: "same" } })).toThrow(
    /two acts would be named "same"/,
  );
  expect(() => importActs(createRepertoire("channels", ["x", "z"], ["x", "z"]), theirs)).toThrow(
    /"bow" is in 2 coordinates \(x, y\), this body has 2 \(x, z\)/,
  );
});
