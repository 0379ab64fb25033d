// The two streams a command speaks through: results on standard output, everything about them on standard error.

import { once } from "node:events";
import pc from "picocolors";
import { oneLine, PipeClosed } from "./fail.ts";
import { createProgress, type Progress } from "./progress.ts";
import { PLAIN, type Paint } from "./view/text.ts";

/** Colour only where a person looks at it, and not against NO_COLOR (no-color.org). */
export function paintFor(stream: { isTTY?: boolean }): Paint {
  if (!stream.isTTY || process.env["NO_COLOR"] || process.env["TERM"] === "dumb") return PLAIN;
  const { cyan, yellow, gray, bold, magenta } = pc.createColors(true);
  return { seen: cyan, done: yellow, quiet: gray, strong: bold, fresh: magenta };
}

let closed = false;
let watched = false;

/** Writes a line to standard output, waiting while its reader is slower. @throws PipeClosed when it has gone */
export async function print(line: string): Promise<void> {
  if (closed) throw new PipeClosed();
  if (process.stdout.write(`${line}\n`)) return;
  await Promise.race([once(process.stdout, "drain"), once(process.stdout, "close")]);
  if (closed) throw new PipeClosed();
}

/** For JSON.stringify: numbers to six digits. */
export function sixDigits(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

/** From now on a reader that goes away ends the command instead of crashing it. */
export function watchPipe(): void {
  if (watched) return;
  watched = true;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    closed = true;
    process.exit(0);
  });
  process.stderr.on("error", () => undefined);
}

/** Each warning once, on one line of standard error. */
export function warn(warnings: readonly string[]): void {
  for (const line of new Set(warnings.map(oneLine))) process.stderr.write(`attune: warning: ${line}\n`);
}

/** Something done, told to the person rather than to a program. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function progress(label: string, unit: string): Progress {
  return createProgress(label, { unit, stream: process.stderr, now: () => performance.now() });
}

/** Columns of text, each as wide as its widest cell; numbers (right-aligned) are the columns named. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows.map((row) =>
    row
      .map((cell, c) => (right.includes(c) ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join("  ")
      .trimEnd(),
  );
}
