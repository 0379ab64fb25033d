// Sights as a stream of frames that can be awaited: who reads slowly gets the newest and misses the others.

import type { Frame } from "@attune/core";
import type { Stop } from "../src/index.ts";
import type { LiveSource } from "./live.ts";

/** @throws PerceptionError, while being read, where the source fails */
export async function* framesOf(source: LiveSource, stop?: Stop): AsyncGenerator<Frame, void, void> {
  let newest: Frame | undefined,
    wake = (): void => {};
  const leaveSights = source.onSight(({ frame }) => {
    newest = frame;
    wake();
  });
  const leaveStates = source.onState(() => wake());
  const signal = stop instanceof AbortSignal ? stop : undefined;
  const abort = (): void => wake();
  signal?.addEventListener("abort", abort);
  try {
    for (;;) {
      if (stop?.aborted) return;
      if (newest) {
        const frame = newest;
        newest = undefined;
        yield frame;
        continue;
      }
      if (source.error) throw source.error;
      if (source.state === "ended" || source.state === "disposed") return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    leaveSights();
    leaveStates();
    signal?.removeEventListener("abort", abort);
  }
}
