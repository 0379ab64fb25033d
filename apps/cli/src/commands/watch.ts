// attune watch: a recording or a live stream goes by, and the mind says what it sees. Frames are never collected, so
// a long recording needs no more memory than a short one.

import { fstatSync } from "node:fs";
import {
  PERSON,
  attend,
  bodyOf,
  createMind,
  eventLine,
  giveHeart,
  moment,
  say,
  step,
  type Frame,
  type Mind,
  type Moment,
  type MomentPart,
} from "@attune/core";
import { progress, paintFor, print, sixDigits, tell, warn } from "../console.ts";
import { UserError, about, harmless, oneLine } from "../fail.ts";
import type { Speed } from "../options.ts";
import { openInput, troubles, type Input, type InputOptions } from "../recordings.ts";
import { readRepertoire } from "../repertoire-file.ts";
import { createSummary, tally, type Summary, summaryLines } from "../summary.ts";
import { createGaps, gapWarning, noteGaps } from "../gaps.ts";
import { drawingsOf } from "../view/drawings.ts";
import { createTold, feelingLines, feelingSpeech } from "../view/feeling.ts";
import type { View } from "../view/screen.ts";
import { openTerminal, type Terminal } from "../view/terminal.ts";
import { SPARK, type Past } from "../view/trace.ts";

export interface WatchOptions extends InputOptions {
  readonly repertoire: string | undefined;
  readonly speed: Speed | undefined;
  readonly json: boolean;
  readonly mirror: boolean;
  /** Reads faces, and says what is felt and answered. */
  readonly feeling: boolean;
}

export async function watch(path: string, options: WatchOptions): Promise<void> {
  const repertoire = await readRepertoire(options.repertoire, "may be missing");
  if (repertoire === undefined)
    warn([
      "there is no attune-repertoire.json here, so I watch without knowing an act; teach me one: attune learn NAME FILE",
    ]);
  const input = await openInput(path, options);
  const { header } = input;
  const faceAlone = header.faceSet !== undefined && header.skeleton === undefined;
  if (faceAlone && !options.feeling && repertoire?.body === "person")
    throw new UserError(
      `${input.label} shows a face and no body, and the repertoire is of a body: read the face with --feeling`,
    );
  const eye = { mirror: options.mirror };
  let mind: Mind;
  let notes: string[];
  try {
    mind = createMind({
      ...(header.rate !== undefined && header.rate <= 1000 ? { rate: header.rate } : {}),
      ...(repertoire !== undefined
        ? { repertoire }
        : { body: faceAlone && options.feeling ? PERSON : bodyOf(header, eye) }),
    });
    if (options.feeling) giveHeart(mind);
    notes = attend(mind, header, eye);
  } catch (error) {
    throw about(input.label, error);
  }
  const live = process.stdout.isTTY && !options.json;
  const speed = options.speed ?? (live ? 1 : "max");
  const summary = createSummary();
  const gaps = createGaps(header);
  const play = { mind, input, speed, summary, onFrame: (frame: Frame) => noteGaps(gaps, frame) };
  if (options.json) await playJson(play);
  else if (live) await playLive(play, path === "-");
  else await playPlain(play);
  if (summary.frames === 0) {
    warn([...troubles(input.report), ...notes]);
    throw new UserError(`${input.label}: it holds no frame; a recording with frames was wanted`);
  }
  if (!options.json) for (const line of summaryLines(summary, input.truth, paintFor(process.stdout))) await print(line);
  const late = mind.late > 0 ? [`${mind.late} frames whose time did not go on were left out`] : [];
  warn([...troubles(input.report), ...notes, ...late, ...gapWarning(gaps)]);
}

interface Play {
  readonly mind: Mind;
  readonly input: Input;
  readonly speed: Speed;
  readonly summary: Summary;
  readonly onFrame: (frame: Frame) => void;
}

/** A mind without a heart has no feeling to tell. */
const PARTS: readonly MomentPart[] = ["feeling"];

/** Steps through the frames at the wanted pace; `each` returns false to stop. */
async function through(
  { mind, input, speed, summary, onFrame }: Play,
  wait: (ms: number) => Promise<void>,
  each: (now: Moment) => boolean | Promise<boolean>,
): Promise<void> {
  let zero: { clock: number; time: number } | undefined;
  for await (const frame of input.frames) {
    onFrame(frame);
    if (speed !== "max") {
      zero ??= { clock: performance.now(), time: frame.time };
      await wait(zero.clock + (1000 * (frame.time - zero.time)) / speed - performance.now());
    }
    step(mind, frame);
    const now = moment(mind, PARTS);
    tally(summary, now);
    if (!(await each(now))) return;
  }
}

function pause(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}

/** One object a line: the moment. */
async function playJson(play: Play): Promise<void> {
  await through(play, pause, async (now) => {
    await print(JSON.stringify(now, sixDigits));
    return true;
  });
}

async function playPlain(play: Play): Promise<void> {
  const bar = progress(`watching ${play.input.label}`, "frames");
  // Behind a pipe, lines may come to the same terminal; in a file they do not disturb.
  const besides = fstatSync(process.stdout.fd).isFIFO();
  const told = createTold();
  let frames = 0;
  await through(play, pause, async (now) => {
    bar.update(++frames, play.input.progress());
    const lines = [...now.events.map(eventLine), ...feelingLines(told, now)];
    if (besides && lines.length > 0) bar.end();
    for (const line of lines) await print(harmless(line));
    return true;
  });
  bar.end();
}

async function playLive(play: Play, piped: boolean): Promise<void> {
  const { mind, input, speed } = play;
  const terminal: Terminal = openTerminal(process.stdout, piped ? undefined : process.stdin, paintFor(process.stdout));
  const past: Past[] = [];
  const events: string[] = [];
  const told = createTold();
  const { rate } = input.header;
  const pace = [rate === undefined ? "" : `${Number(rate.toPrecision(3))} Hz`, speed === 1 ? "" : `x ${speed}`];
  const view = (): View => {
    const now = moment(mind, ["next", ...PARTS]);
    return {
      ...(now.feeling ? { speech: `${say(now)} ${feelingSpeech(now.feeling)}` } : {}),
      source: oneLine(input.label),
      pace: pace.filter((word) => word !== "").join("   "),
      moment: now,
      drawings: drawingsOf(mind.spec.body, now, past),
      events,
      hint: piped ? "Ctrl-C to stop" : "q to stop",
    };
  };
  try {
    await through(
      play,
      (ms) => terminal.wait(ms),
      async (now) => {
        past.push({ time: now.time, seen: now.seen });
        while (past[0].time < now.time - SPARK) past.shift();
        for (const line of [...now.events.map(eventLine), ...feelingLines(told, now)]) events.push(harmless(line));
        if (events.length > 200) events.splice(0, 100);
        // Keys are only heard when the loop lets go; at full speed that is after each redraw.
        if (terminal.show(view)) await new Promise((resolve) => setImmediate(resolve));
        return !terminal.stopped;
      },
    );
    if (!terminal.stopped) {
      terminal.show(view, true);
      if (speed !== "max") await terminal.wait(700);
    }
  } finally {
    terminal.close();
  }
  if (terminal.stopped) tell("stopped");
}
