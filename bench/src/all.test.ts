import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Figure } from "./figures.ts";
import { type Part, engineOf, renderPages, runAll } from "./all.ts";

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
  const options = { out, jobs: 2, log: () => {}, engine: "one", run };
  expect(await runAll(PARTS, options)).toEqual({ written: ["a", "b", "c"], failed: ["a on y: out of memory"] });
  broken = false;
  expect((await runAll(PARTS, options)).failed).toEqual([]);
  expect(measured.sort()).toEqual(["ax", "ay", "bx", "c"]);
  expect(JSON.parse(readFileSync(join(out, "a.json"), "utf8"))).toEqual({ x: { of: "a" }, y: { of: "a" } });
  expect(JSON.parse(readFileSync(join(out, "c.json"), "utf8"))).toEqual({ 10: { ms: 1 } });
  await expect(runAll(PARTS, { ...options, engine: "two" })).rejects.toThrow(
    /measured by one, now it would be two; delete/,
  );
});

const PICTURE: Figure = {
  file: "picture.svg",
  caption: "What there is.",
  spec: { data: { values: [{ x: 1 }] }, mark: "point", encoding: { x: { field: "x", type: "quantitative" } } },
};

test("pages show the results with their figures, say what measured them, and leave other files alone", async () => {
  for (const name of ["a", "b", "package"]) writeFileSync(join(out, `${name}.json`), JSON.stringify({ x: name }));
  writeFileSync(join(out, "engine.txt"), "sources 1\n");
  const pages = {
    names: ["a", "b", "c"],
    describe: (name: string) => `about ${name}`,
    table: (name: string, result: unknown) => `${name}: ${JSON.stringify(result)}`,
    figures: (name: string) => (name === "a" ? [PICTURE] : []),
  };
  const read = (name: string): string => readFileSync(join(out, name), "utf8");
  await renderPages(out, pages);
  expect(read("a.md")).toContain('a: {"x":"a"}');
  expect(read("a.md")).toContain("![What there is.](picture.svg)");
  expect(read("picture.svg")).toMatch(/^<svg/);
  expect(read("README.md")).toMatch(/sources 1[^]*\[b\]\(b\.md\): about b/);
  expect(existsSync(join(out, "package.md"))).toBe(false);
  writeFileSync(join(out, "README.md"), "# My project\n");
  await renderPages(out, pages);
  expect(read("README.md")).toBe("# My project\n");
});

test("the engine is named by its sources, the same each time", () => {
  expect(engineOf()).toMatch(/^sources [0-9a-f]{12}, Node v/);
  expect(engineOf()).toBe(engineOf());
});
