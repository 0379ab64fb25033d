// What a reader or writer had to leave out. A file with faults is still worth having, but never in
// silence: every lost row, value or field is counted, and each kind of trouble gets one sentence.

import type { Frame } from "@attune/core";

/** Live while frames are read: complete once the last frame has come. */
export interface ReadReport {
  /** Frames delivered so far. */
  frames: number;
  /** What was left out, by reason: rows, values, fields, held rotations. */
  dropped: Record<string, number>;
  /** One sentence for each kind of trouble, about its first occurrence. */
  warnings: string[];
}

export type DropReason =
  | "bad rows"
  | "half lines"
  | "times not increasing"
  | "bad values"
  | "unknown fields"
  | "fields the format cannot hold"
  | "held rotations"
  | "annotations without a time";

/** The writing end of a report; private to readers and writers. */
export interface Reporter {
  readonly report: ReadReport;
  /** Set when the input is known to stop before its end: an unfinished last line is then not trusted. */
  cut: boolean;
  /** Adds a sentence unless one of its kind is already there. */
  warn(kind: string, message: string): void;
  /** Counts one thing lost; the message, where there is one, is said once. */
  drop(reason: DropReason, message?: string): void;
}

export function createReporter(): Reporter {
  const report: ReadReport = { frames: 0, dropped: {}, warnings: [] };
  const kinds = new Set<string>();
  const warn = (kind: string, message: string) => {
    if (kinds.has(kind)) return;
    kinds.add(kind);
    report.warnings.push(message);
  };
  const drop = (reason: DropReason, message?: string) => {
    report.dropped[reason] = (report.dropped[reason] ?? 0) + 1;
    if (message !== undefined) warn(reason, message);
  };
  return { report, cut: false, warn, drop };
}

/** Counts the fields of a frame that the format being written has no place for. */
export function reportLost(frame: Frame, kept: ReadonlySet<string>, format: string, reporter: Reporter): void {
  for (const [field, value] of Object.entries(frame)) {
    if (value === undefined || kept.has(field)) continue;
    const message = `"${field}" is left out: ${format} has no place for it; write a native recording to keep it`;
    reporter.drop("fields the format cannot hold", message);
  }
}
