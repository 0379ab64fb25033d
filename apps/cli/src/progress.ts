// Progress on standard error, only where somebody watches it and only for what takes more than a second.

import type { Writable } from "node:stream";

export interface Progress {
  /** @param done share done so far, 0..1, or undefined where the whole is unknown; `count` in units */
  update(count: number, done: number | undefined): void;
  /** Says at once what now takes its time and cannot be counted. */
  note(text: string): void;
  /** Wipes the line. */
  end(): void;
}

export interface ProgressOptions {
  /** What is counted, e.g. "frames". */
  readonly unit: string;
  readonly stream: Writable & { isTTY?: boolean; columns?: number };
  /** ms */
  readonly now: () => number;
}

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 100;

export function createProgress(label: string, { unit, stream, now }: ProgressOptions): Progress {
  const start = now();
  let last = -Infinity;
  let shown = false;
  return {
    update(count, done) {
      const t = now();
      if (!stream.isTTY || t - start < FIRST_AFTER_MS || t - last < EVERY_MS) return;
      last = t;
      shown = true;
      const line = progressLine(label, { unit, count, done, seconds: (t - start) / 1000 });
      stream.write(`\r${line.slice(0, (stream.columns ?? 80) - 1)}\x1b[K`);
    },
    note(text) {
      if (!stream.isTTY) return;
      shown = true;
      stream.write(`\r${text.slice(0, (stream.columns ?? 80) - 1)}\x1b[K`);
    },
    end() {
      if (shown) stream.write("\r\x1b[K");
    },
  };
}

/** "learning ━━━━━━━─── 62 %  35 items/s  8 s left" */
export function progressLine(
  label: string,
  { unit, count, done, seconds }: { unit: string; count: number; done: number | undefined; seconds: number },
): string {
  const rate = seconds > 0 ? count / seconds : 0;
  const pace = `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)} ${unit}/s`;
  if (done === undefined) return `${label}  ${count} ${unit}  ${pace}`;
  const full = Math.round(20 * Math.min(1, Math.max(0, done)));
  const left = done > 0 ? `${spell((seconds * (1 - done)) / done)} left` : "";
  return `${label} ${"━".repeat(full)}${"─".repeat(20 - full)} ${Math.floor(100 * done)} %  ${pace}  ${left}`.trimEnd();
}

function spell(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
