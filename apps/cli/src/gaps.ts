// Joints and channels that were missing while a recording was watched, counted for one warning at the end.

import type { Frame, RecordingHeader } from "@attune/core";
import { skeletonNamed } from "@attune/core";

export interface Gaps {
  readonly names: readonly string[];
  /** Frames in which each was missing, [names]. */
  readonly missing: Uint32Array;
  /** Numbers each has in a frame. */
  readonly dims: number;
  frames: number;
  /** Frames in which any was. */
  incomplete: number;
}

export function createGaps(header: RecordingHeader): Gaps {
  const { skeleton, channels } = header;
  const whole = typeof skeleton === "string" ? skeletonNamed(skeleton) : skeleton;
  const names = whole?.joints ?? channels ?? [];
  return { names, missing: new Uint32Array(names.length), dims: whole?.dims ?? 1, frames: 0, incomplete: 0 };
}

export function noteGaps(gaps: Gaps, frame: Frame): void {
  const { names, missing, dims } = gaps;
  const values = frame.body ?? frame.channels;
  gaps.frames++;
  let any = false;
  for (let j = 0; j < names.length; j++) {
    if (values !== undefined && Number.isFinite(values[dims * j])) continue;
    missing[j]++;
    any = true;
  }
  if (any) gaps.incomplete++;
}

export function gapWarning({ names, missing, frames, incomplete }: Gaps): string[] {
  if (incomplete === 0) return [];
  const worst = names
    .map((name, j) => ({ name, times: missing[j] }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times);
  const list = worst.slice(0, 3).map(({ name, times }) => `${name} (${times})`);
  return [
    `something was missing in ${incomplete} of ${frames} frames: ${list.join(", ")}${worst.length > 3 ? ` and ${worst.length - 3} more` : ""}; I went by the rest`,
  ];
}
