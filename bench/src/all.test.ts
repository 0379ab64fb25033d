import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Part, renderPages, runAll } from "./all.ts";

let out = "";
beforeEach(() => (out = mkdtempSync(join(tmpdir(), "attune-all-"))));
afterEach(() => rmSync(out, { recursive: true }));

const PARTS: Part[] = [
  { bench: "a", set: "x" },
  { bench: "a", set: "y" },
  { bench: "b", set: "x" },
  { bench: "c", alone: true },
];

test("a run that failed half-way goes on where it was, and nothing is measured twice", async () => {
  const measured: string[] = [];
  let broken = true,
    running = 0;
  const run = async ({ bench, set = "", alone }: Part, file: string): Promise<void> => {
    running++;
    expect(running).toBeLessThanOrEqual(alone ? 1 : 2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    if (broken && bench === "a" && set === "y") throw new Error("out of memory");
    measured.push(`${bench}${set}`);
    writeFileSync(file, JSON.stringify(set === "" ? { 10: { ms: 1 } } : { [set]: { of: bench } }));
  };
  const options = { out, jobs: 2, log: () => {}, run };
  expect(await runAll(PARTS, options)).toEqual({ written: ["a", "b", "c"], failed: ["a on y: out of memory"] });
  broken = false;
  expect((await runAll(PARTS, options)).failed).toEqual([]);
  expect(measured.sort()).toEqual(["ax", "ay", "bx", "c"]);
  expect(JSON.parse(readFileSync(join(out, "a.json"), "utf8"))).toEqual({ x: { of: "a" }, y: { of: "a" } });
  expect(JSON.parse(readFileSync(join(out, "c.json"), "utf8"))).toEqual({ 10: { ms: 1 } });
  await renderPages(out, {
    describe: (name) => `about ${name}`,
    table: (name, result) => `${name}: ${Object.keys(result as object).join()}`,
    figures: () => [],
  });
  expect(readFileSync(join(out, "a.md"), "utf8")).toContain("a: x,y");
  expect(readFileSync(join(out, "README.md"), "utf8")).toContain("[b](b.md): about b");
});
