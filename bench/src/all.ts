// Every bench on every set, a process each, as many at a time as there are cores, and the results folder made of what they
// leave. A part that is there already is not measured again, so a run that was stopped goes on where it was.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figure, drawFigure } from "./figures.ts";

/** One bench on one set, or a bench that needs none. */
export interface Part {
  readonly bench: string;
  readonly set?: string;
  /** Nothing else may run beside it: it measures time. */
  readonly alone?: boolean;
}

export interface AllOptions {
  /** Results folder; parts go to `parts` in it. */
  readonly out: string;
  readonly jobs: number;
  readonly log: (line: string) => void;
  /** What measures (`engineOf`): parts that something else measured are not mixed with new ones. */
  readonly engine: string;
  /** Measures a part and writes its result to a file; rejects with one line. */
  readonly run: (part: Part, file: string) => Promise<void>;
}

/**
 * Measures the parts, then writes `NAME.json` a bench, keyed by set (the result itself where it needs none).
 *
 * @returns benches written, and what failed, one line each
 */
export async function runAll(
  parts: readonly Part[],
  { out, jobs, log, engine, run }: AllOptions,
): Promise<{ written: string[]; failed: string[] }> {
  const folder = join(out, "parts");
  mkdirSync(folder, { recursive: true });
  checkEngine(folder, engine);
  const start = Date.now();
  const failed: string[] = [];
  let done = 0;
  const measure = async (part: Part): Promise<void> => {
    const file = partFile(folder, part);
    const known = existsSync(file);
    try {
      if (!known) await run(part, file);
    } catch (error) {
      failed.push(`${nameOf(part)}: ${(error as Error).message}`);
    }
    log(
      `${++done} of ${parts.length}  ${nameOf(part)}${known ? ", known" : ""}  ${Math.round((Date.now() - start) / 60_000)} min`,
    );
  };
  const queue = parts.filter((p) => !p.alone);
  const worker = async (): Promise<void> => {
    for (let part = queue.shift(); part; part = queue.shift()) await measure(part);
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
  for (const part of parts.filter((p) => p.alone)) await measure(part);
  writeFileSync(join(out, ENGINE), `${engine}\n`);
  return { written: assemble(parts, folder, out), failed };
}

/** File that says what measured the results beside it. */
const ENGINE = "engine.txt";

/** @throws RangeError where the folder holds parts that something else measured */
function checkEngine(folder: string, engine: string): void {
  const file = join(folder, ENGINE);
  const parts = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const before = existsSync(file) ? readFileSync(file, "utf8").trim() : "nobody knows what";
  if (parts.length > 0 && before !== engine)
    throw new RangeError(
      `bench: the ${parts.length} parts in ${folder} were measured by ${before}, now it would be ${engine}; delete that folder to measure anew`,
    );
  writeFileSync(file, `${engine}\n`);
}

/** A digest of the sources that measure (not of those that only show), and Node's version. */
export function engineOf(): string {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const shown = new Set(
    ["all.ts", "figures.ts", "tables.ts", "index.ts", "studio.ts"].map((name) => join(root, "bench/src", name)),
  );
  const files = ["packages/core/src", "packages/actor/src", "packages/io/src", "bench/src"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((f) => join(root, folder, f)),
    )
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !shown.has(file))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(relative(root, file)).update(readFileSync(file));
  return `sources ${hash.digest("hex").slice(0, 12)}, Node ${process.version}`;
}

/** A process of this program that runs one bench on one set. */
export function runApart(dataDir: string): AllOptions["run"] {
  return ({ bench, set }, file) =>
    new Promise((resolve, reject) => {
      const words = ["bench", bench, ...(set === undefined ? [] : ["--data", dataDir, "--only", set]), "--out", file];
      const child = spawn(process.execPath, [...process.execArgv, process.argv[1], ...words], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      let said = "";
      child.stderr.on("data", (text: Buffer) => (said = (said + text.toString()).slice(-2000)));
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) resolve();
        else reject(new Error(said.trim().split("\n").at(-1) ?? `ended with ${code}`));
      });
    });
}

function assemble(parts: readonly Part[], folder: string, out: string): string[] {
  const benches = [...new Set(parts.map((p) => p.bench))];
  return benches.filter((bench) => {
    const result: Record<string, unknown> = {};
    for (const part of parts.filter((p) => p.bench === bench)) {
      const file = partFile(folder, part);
      // What a part holds is keyed by set already; a set on which the bench says nothing holds no key.
      if (existsSync(file)) Object.assign(result, JSON.parse(readFileSync(file, "utf8")));
    }
    if (Object.keys(result).length === 0) return false;
    writeFileSync(join(out, `${bench}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
    return true;
  });
}

const TITLE = "# Results";

/** What a page of results is made of. */
export interface Pages {
  /** Benches whose results are shown; other files in the folder are left alone. */
  readonly names: readonly string[];
  /** What a bench measures, a phrase. */
  describe: (bench: string) => string;
  table: (bench: string, result: unknown) => string;
  figures: (bench: string, result: unknown) => Figure[];
}

/** Renders `NAME.md` and its figures beside each `NAME.json` of a results folder, and `README.md` that leads to them. */
export async function renderPages(out: string, { names, describe, table, figures }: Pages): Promise<void> {
  const file = join(out, ENGINE);
  const engine = existsSync(file) ? ` (${readFileSync(file, "utf8").trim()})` : "";
  const index = [TITLE, "", `Made by \`attune bench all\`${engine}; keys and protocol in [bench.md](../bench.md).`, ""];
  for (const name of names) {
    if (!existsSync(join(out, `${name}.json`))) continue;
    const result = JSON.parse(readFileSync(join(out, `${name}.json`), "utf8")) as unknown;
    const drawn = figures(name, result);
    for (const figure of drawn) writeFileSync(join(out, figure.file), await drawFigure(figure));
    const pictures = drawn.map(({ file: picture, caption }) => `![${caption}](${picture})\n\n${caption}\n\n`).join("");
    writeFileSync(
      join(out, `${name}.md`),
      `# Results: ${name}\n\nMade by \`attune bench ${name} --json\`; keys and protocol in [bench.md](../bench.md).\n\n${pictures}\`\`\`\n${table(name, result)}\n\`\`\`\n`,
    );
    index.push(`- [${name}](${name}.md): ${describe(name)}`);
  }
  // Somebody else's README is not overwritten.
  const readme = join(out, "README.md");
  if (!existsSync(readme) || readFileSync(readme, "utf8").startsWith(TITLE))
    writeFileSync(readme, `${index.join("\n")}\n`);
}

function partFile(folder: string, part: Part): string {
  return join(folder, `${part.bench}${part.set === undefined ? "" : `-${part.set}`}.json`);
}

function nameOf({ bench, set }: Part): string {
  return set === undefined ? bench : `${bench} on ${set}`;
}
