// Time for formats that count frames instead of telling the time.

import type { Reporter } from "./report.ts";

/** The rate given, or else `usual` with a warning. */
export function rateOr(rate: number | undefined, usual: number, reporter: Reporter): number {
  if (rate !== undefined) return rate;
  reporter.warn("assumed rate", `the file tells no time: frames are counted at ${usual} a second, for want of a rate`);
  return usual;
}
