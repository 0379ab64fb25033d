// Where frames come from, behind one interface: a camera, a video file, a recording played again, the generated person.

import type { Frame, RecordingHeader } from "@attune/core";

/** Whether to go on; an `AbortSignal` is one. */
export interface Stop {
  readonly aborted: boolean;
}

/** Somebody to watch. Frames come in the order of their time; the one who reads may be slow, and late frames are left out. */
export interface PerceptionSource {
  readonly header: RecordingHeader;
  /** Ends when there is nothing more to see, or when `stop` says so. */
  frames(stop?: Stop): AsyncIterable<Frame>;
}

/** What a source needs to keep pace: time is not its own. */
export interface Clock {
  /** s */
  now(): number;
  /** Resolves after so many s, or at once when `stop` is aborted. */
  wait(seconds: number, stop?: Stop): Promise<void>;
}

/**
 * Plays frames at the pace they were recorded in: a recording, or what the generated person does.
 *
 * @param speed times as fast; frames that are already late are left out, so that a slow reader sees less and not later
 */
export function playback(
  header: RecordingHeader,
  frames: Iterable<Frame> | AsyncIterable<Frame>,
  clock: Clock,
  speed = 1,
): PerceptionSource {
  if (!(speed > 0)) throw new RangeError(`playback: a speed of ${speed}, expected a number above 0`);
  return {
    header,
    async *frames(stop) {
      let zero: number | undefined, start: number | undefined;
      const late = 1.5 / (speed * (header.rate ?? 30));
      let waiting: Frame | undefined;
      for await (const frame of frames) {
        if (stop?.aborted) return;
        zero ??= frame.time;
        start ??= clock.now();
        const due = start + (frame.time - zero) / speed;
        const ahead = due - clock.now();
        if (ahead < -late) {
          // Too late already; the last one is kept in case nothing comes after it.
          waiting = frame;
          continue;
        }
        waiting = undefined;
        if (ahead > 0) await clock.wait(ahead, stop);
        if (stop?.aborted) return;
        yield frame;
      }
      if (waiting !== undefined) yield waiting;
    },
  };
}
