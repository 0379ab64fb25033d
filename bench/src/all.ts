// Every bench on every set, a process each, as many at a time as there are cores, and the results folder made of what they
// leave. A part that is there already is not measured again, so a run that was stopped goes on where it was.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
  { out, jobs, log, run }: AllOptions,
): Promise<{ written: string[]; failed: string[] }> {
  const folder = join(out, "parts");
  mkdirSync(folder, { recursive: true });
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
  return { written: assemble(parts, folder, out), failed };
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

/** What a page of results is made of. */
export interface Pages {
  /** What a bench measures, a phrase. */
  describe: (bench: string) => string;
  table: (bench: string, result: unknown) => string;
  figures: (bench: string, result: unknown) => Figure[];
}

/** Renders `NAME.md` and its figures beside each `NAME.json` of a results folder, and `README.md` that leads to them. */
export async function renderPages(out: string, { describe, table, figures }: Pages): Promise<void> {
  const index = ["# Results", "", "Made by `attune bench all`; keys and protocol in [bench.md](../bench.md).", ""];
  for (const file of readdirSync(out).sort()) {
    if (!file.endsWith(".json")) continue;
    const name = file.replace(".json", "");
    const result = JSON.parse(readFileSync(join(out, file), "utf8")) as unknown;
    const drawn = figures(name, result);
    for (const figure of drawn) writeFileSync(join(out, figure.file), await drawFigure(figure));
    const pictures = drawn.map(({ file: picture, caption }) => `![${caption}](${picture})\n\n${caption}\n\n`).join("");
    writeFileSync(
      join(out, `${name}.md`),
      `# Results: ${name}\n\nMade by \`attune bench all\` (\`attune bench ${name} --json\`); keys and protocol in [bench.md](../bench.md).\n\n${pictures}\`\`\`\n${table(name, result)}\n\`\`\`\n`,
    );
    index.push(`- [${name}](${name}.md): ${describe(name)}`);
  }
  writeFileSync(join(out, "README.md"), `${index.join("\n")}\n`);
}

function partFile(folder: string, part: Part): string {
  return join(folder, `${part.bench}${part.set === undefined ? "" : `-${part.set}`}.json`);
}

function nameOf({ bench, set }: Part): string {
  return set === undefined ? bench : `${bench} on ${set}`;
}
