// attune watch --feeling from end to end, on a face that smiles.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FACE, VISAGE, expressionNamed, performExpression, saveRepertoire, createMind } from "@attune/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, temporary } from "../testing.ts";

let dir = "";
let remove: () => Promise<void>;
let before = "";

beforeAll(async () => {
  ({ dir, remove } = await temporary());
  before = process.cwd();
  process.chdir(dir);
  const { times, values } = performExpression(expressionNamed("joy"), { rate: 15, rest: 1.5, apex: 3 });
  const rows = Array.from(times, (time, t) =>
    JSON.stringify({ time, face: Array.from({ length: FACE }, (_, u) => values[t * VISAGE + u]) }),
  );
  const header = { format: "attune-recording", version: 1, faceSet: `facs-${FACE}`, rate: 15, who: "Anna" };
  await writeFile("smile.ndjson", [JSON.stringify(header), ...rows].join("\n"));
  await writeFile("body.json", saveRepertoire(createMind().repertoire));
});

afterAll(async () => {
  process.chdir(before);
  await remove();
});

test("a smile is named, felt and answered; every line of --json is a moment with its feeling", async () => {
  const { out, code } = await run("watch", "smile.ndjson", "--feeling");
  expect(code).toBe(0);
  expect(out).toMatch(/your face looks like joy/);
  const { out: json } = await run("watch", "smile.ndjson", "--feeling", "--json");
  const moments = json
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const last = moments[moments.length - 1].feeling;
  expect(last.who).toBe("Anna");
  const sum = last.parts.reduce((s: number, part: { valence: number }) => s + part.valence, 0);
  expect(sum).toBeCloseTo(last.own.valence, 5);
  expect(moments.some(({ feeling }) => feeling.responses.now.length > 0)).toBe(true);
});

test("without being asked no face is read", async () => {
  const { out } = await run("watch", "smile.ndjson", "--json");
  expect(JSON.parse(out.split("\n")[0])).not.toHaveProperty("feeling");
});

test("a repertoire of a body does not fit a face alone, and the way out is said", async () => {
  const { err, code } = await run("watch", "smile.ndjson", "--repertoire", join(dir, "body.json"));
  expect(code).toBe(2);
  expect(err).toMatch(/shows a face and no body.*--feeling/);
});
