// The one impure part of the view: a terminal that is redrawn in place, and given back as it was.

import type { ReadStream, WriteStream } from "node:tty";
import { screen, type View } from "./screen.ts";
import type { Paint } from "./text.ts";

const MOST_REDRAWS_A_SECOND = 20;
// Alternate screen, no cursor; each redraw is one synchronised update, which terminals that do not know it ignore.
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J";
const LEAVE = "\x1b[?25h\x1b[?1049l";
const BEGIN = "\x1b[?2026h\x1b[H";
const END = "\x1b[J\x1b[?2026l";

export interface Terminal {
  /** Draws at most 20 times a second; says whether it did. The view is only made when it is drawn. */
  show(view: () => View, force?: boolean): boolean;
  /** Ends the view; the terminal is as before. */
  close(): void;
  /** Whether the person asked to stop (q, Ctrl-C). */
  readonly stopped: boolean;
  /** Resolves after a time, or at once when the person asks to stop. */
  wait(ms: number): Promise<void>;
}

export function openTerminal(out: WriteStream, keys: ReadStream | undefined, paint: Paint): Terminal {
  let last = -Infinity;
  let stopped = false;
  let closed = false;
  let wake: (() => void) | undefined;
  const stop = (): void => {
    stopped = true;
    wake?.();
  };
  const onKey = (data: Buffer): void => {
    const key = data.toString();
    if (key === "q" || key === "Q" || key === "\x03" || key === "\x1b") stop();
  };
  // Whatever ends the process, the cursor comes back.
  const restore = (): void => {
    if (closed) return;
    closed = true;
    if (keys?.isTTY) {
      keys.setRawMode(false);
      keys.pause();
      keys.off("data", onKey);
    }
    out.write(LEAVE);
  };
  out.write(ENTER);
  if (keys?.isTTY) {
    keys.setRawMode(true);
    keys.resume();
    keys.on("data", onKey);
  }
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("exit", restore);
  return {
    show(view, force = false) {
      const now = performance.now();
      if (closed || (!force && now - last < 1000 / MOST_REDRAWS_A_SECOND)) return false;
      last = now;
      const lines = screen(view(), { columns: out.columns || 80, rows: out.rows || 24 }, paint);
      out.write(BEGIN + lines.map((text) => `${text}\x1b[K`).join("\r\n") + END);
      return true;
    },
    close() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      process.off("exit", restore);
      restore();
    },
    get stopped() {
      return stopped;
    },
    wait(ms) {
      if (stopped || ms <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        };
        const timer = setTimeout(done, ms);
        wake = done;
      });
    },
  };
}
