import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addUnits, associate, createPopulation, setInput } from "../neurons/population.ts";
import { createRng } from "../rng.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { learnInto } from "./learn.ts";
import { type Repertoire, addAct, createRepertoire } from "./repertoire.ts";
import { loadRepertoire, saveRepertoire } from "./store.ts";
import { gesture } from "./testing.ts";

function sample(): Repertoire {
  const repertoire = createRepertoire("channels", ["x", "y"], ["x", "y"]);
  learnInto(addAct(repertoire, "wave"), [gesture(1, 2), gesture(1, 2, { vary: 0.02, duration: 1.1 })]);
  learnInto(addAct(repertoire, "nod \u{1F642}"), [gesture(2, 2)]);
  addAct(repertoire, "not shown yet", "seen");
  repertoire.perception = {
    metric: [0.1 + 0.2, 1 / 3],
    motion: { tauPosture: 0.07, tauVelocity: 0.1, floor: 1, idle: 0 },
    calibration: { start: -0.2, growth: 0.1 },
  };
  repertoire.acts[0].straying = { cost: 1.5, n: 3 };
  let units = createPopulation();
  for (const { id } of repertoire.acts) units = addUnits(units, id, createRng(id, "store"));
  setInput(units, 0, 0.6, 0.3);
  setInput(units, 1, 0.4, 0.3);
  associate(units, 0, 0.4);
  units.input.fill(0);
  repertoire.units = units;
  return repertoire;
}

/** The saved sample with one thing changed. */
function changed(edit: (stored: Record<string, any>) => void): () => Repertoire {
  const stored = JSON.parse(saveRepertoire(sample()));
  edit(stored);
  return () => loadRepertoire(JSON.stringify(stored));
}

test("base64 is that of everyone else, and comes back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64"));
      expect([...fromBase64(text)]).toEqual([...bytes]);
    }),
    { seed: 1, numRuns: 300 },
  );
  const long = Uint8Array.from({ length: 50_001 }, (_, i) => (i * 7919) >> 3);
  expect(fromBase64(toBase64(long))).toEqual(long);
});

test.each([
  ["QQ=", /3 characters.*multiple of 4/],
  ["Q!==", /holds "!" at character 1/],
  ["=QQ=", /holds "=" at character 0/],
  ["QR==", /bits beyond/],
])("%s is no base64", (text, error) => {
  expect(() => fromBase64(text)).toThrow(error);
});

test("a repertoire reads back bit for bit, from text and from parsed JSON", () => {
  const before = sample(),
    text = saveRepertoire(before);
  for (const after of [loadRepertoire(text), loadRepertoire(JSON.parse(text))]) {
    expect(after).toEqual(before);
    expect(saveRepertoire(after)).toBe(text);
    expect(new Uint8Array(after.acts[0].variants[0].deviations.buffer)).toEqual(
      new Uint8Array(before.acts[0].variants[0].deviations.buffer),
    );
  }
});

test("any finite number survives, the smallest and negative zero too", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 40, maxLength: 40 }),
      (xs) => {
        const repertoire = sample();
        repertoire.acts[0].variants[0].mu.set([...xs.slice(0, 38), -0, 5e-324]);
        expect([...loadRepertoire(saveRepertoire(repertoire)).acts[0].variants[0].mu]).toEqual([
          ...xs.slice(0, 38),
          -0,
          5e-324,
        ]);
      },
    ),
    { seed: 1, numRuns: 30 },
  );
});

test("single precision is read as well", () => {
  const load = changed((s) => {
    const f = Float32Array.of(0.5, 0.25);
    s.acts[0].variants[0].prior = { f32: Buffer.from(f.buffer).toString("base64"), shape: [2] };
  });
  expect([...load().acts[0].variants[0].prior]).toEqual([0.5, 0.25]);
});

test("units of before the pathways are left out, to be learned anew; the acts are read", () => {
  const old = changed((s) => {
    delete s.units.pathways;
    s.units.fast = s.units.slow = { f64: "", shape: [15, 15] };
  })();
  expect(old.units).toBeUndefined();
  expect(old.acts).toEqual(sample().acts);
});

test("a saved repertoire satisfies the published schema, a broken one does not", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../../../docs/schema/repertoire.schema.json", import.meta.url), "utf8"),
  );
  const valid = new Ajv2020({ allErrors: true }).compile(schema);
  const stored = JSON.parse(saveRepertoire(sample()));
  expect(valid(stored), JSON.stringify(valid.errors)).toBe(true);
  expect(valid(JSON.parse(saveRepertoire(createRepertoire("person", ["a"], ["b"]))))).toBe(true);
  for (const edit of [
    (s: any) => delete s.acts[0].variants[0].mu,
    (s: any) => (s.version = 2),
    (s: any) => (s.acts[0].space = "dream"),
    (s: any) => (s.acts[0].variants[0].mu.shape = [2]),
    (s: any) => (s.acts[0].variants[0].n = 0),
  ]) {
    const broken = structuredClone(stored);
    edit(broken);
    expect(valid(broken)).toBe(false);
  }
});

test.each<[string, unknown, RegExp]>([
  ["no JSON", "{\n oh", /^repertoire: not JSON \(.*\)$/],
  ["a list", "[]", /the file is \[\], expected an object/],
  ["another format", '{"format":"attune-recording"}', /format is "attune-recording", expected "attune-repertoire"/],
  [
    "a newer version",
    '{"format":"attune-repertoire","version":3}',
    /version 3, this Attune reads up to 1: update Attune or export with an older one/,
  ],
  ["a half version", '{"format":"attune-repertoire","version":0.5}', /version is 0.5, expected 1/],
  ["nothing", undefined, /the file is missing/],
])("%s is refused in one line", (_, source, error) => {
  expect(() => loadRepertoire(source)).toThrow(error);
  try {
    loadRepertoire(source);
  } catch (e) {
    expect((e as Error).message).not.toContain("\n");
  }
});

const base64 = (...xs: number[]): string => Buffer.from(Float64Array.from(xs).buffer).toString("base64");

test.each<[string, (s: any) => void, RegExp]>([
  [
    "cut short",
    (s) => (s.acts[0].variants[0].mu.f64 = s.acts[0].variants[0].mu.f64.slice(0, 400)),
    /act "wave" variant 0: mu holds 300 bytes, its shape \[2,20\] needs 320: .*cut short/,
  ],
  [
    "cut anywhere",
    (s) => (s.acts[0].variants[0].mu.f64 = s.acts[0].variants[0].mu.f64.slice(0, 401)),
    /mu: base64 of 401 characters/,
  ],
  ["misshapen", (s) => (s.acts[0].variants[0].mu.shape = [2, 25]), /mu has shape \[2,25\], expected \[2, 20\]/],
  ["NaN", (s) => (s.acts[0].variants[0].prior.f64 = base64(1, NaN)), /prior holds NaN at 1, expected finite/],
  ["a prior of 0", (s) => (s.acts[0].variants[0].prior.f64 = base64(0, 1)), /prior holds 0 at 0, expected more than 0/],
  ["no array", (s) => (s.acts[0].variants[0].known = [1, 1]), /known is not an array, expected \{ "u8"/],
  ["no demonstrations", (s) => (s.acts[0].variants[0].n = 0), /variant 0: n is 0, expected a whole number from 1/],
  ["no duration", (s) => (s.acts[0].variants[0].logDuration = null), /logDuration is null/],
  ["no name", (s) => (s.acts[0].name = ""), /acts\[0\].name is "", expected a name/],
  ["a name twice", (s) => (s.acts[1].name = "wave"), /two acts are named "wave"/],
  ["an id twice", (s) => (s.acts[1].id = 1), /two acts have the id 1/],
  ["an id to come", (s) => (s.nextId = 3), /has the id 3, expected less than nextId 3/],
  ["another body's act", (s) => (s.own = ["x", "z"]), /act "wave" is in other coordinates/],
  ["an unknown body", (s) => (s.body = "octopus"), /body is "octopus", expected "person"/],
  ["a metric too short", (s) => s.perception.metric.pop(), /perception.metric has 1 scales, expected 2/],
  ["a cost below nothing", (s) => (s.acts[0].straying.cost = -1), /acts\[0\].straying.cost is -1, expected 0 or more/],
  ["units that are no fives", (s) => s.units.act.pop(), /units.act holds 14 units, expected 5 an act/],
  ["a way to nowhere", (s) => (s.units.pathways[1].inputs = 3), /pathways\[1\].inputs is 3, expected less than 3/],
  ["a way laid twice", (s) => (s.units.pathways[1].inputs = 0), /pathways\[1\] goes from 0 to 0, as one before/],
  ["a metric of nothing", (s) => (s.perception.metric[1] = null), /perception.metric\[1\] is null, expected a number/],
])("%s is refused, and where", (_, edit, error) => {
  expect(changed(edit)).toThrow(error);
});
