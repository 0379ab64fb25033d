// attune scene: what `npm start` shows. On a terminal it plays in real time; elsewhere it tells the same story in lines.

import { paintFor, print } from "../console.ts";
import { story, type Beat } from "../scene/story.ts";
import { expectedOr, figure } from "../view/figure.ts";
import type { Drawing, View } from "../view/screen.ts";
import { openTerminal } from "../view/terminal.ts";
import { PERSON } from "@attune/core";
import { drawingsOf } from "../view/drawings.ts";

const BEAT_MS = 1000 / 30;

const NEXT = [
  "Next:  npx attune learn wave my-recording.bvh    one example is enough",
  "       npx attune watch another-recording.bvh    I say what I see and expect",
  "       npx attune act wave --out mine.bvh        the same act, done by me",
];

export async function scene({ seed }: { seed: number }): Promise<void> {
  if (process.stdout.isTTY) await play(seed);
  else for (const beat of story(seed)) for (const line of beat.lines) await print(line);
  await print("");
  for (const line of NEXT) await print(line);
}

async function play(seed: number): Promise<void> {
  const terminal = openTerminal(process.stdout, process.stdin, paintFor(process.stdout));
  const told: string[] = [];
  try {
    let due = NaN;
    for (const beat of story(seed)) {
      // Learning takes the mind a moment; the story waits for it instead of hurrying after.
      const now = performance.now();
      due = Number.isNaN(due) || now - due > 5 * BEAT_MS ? now : due + BEAT_MS;
      told.push(...beat.lines);
      terminal.show(() => viewOf(beat, told));
      await terminal.wait(Math.max(1, due + BEAT_MS - performance.now()));
      if (terminal.stopped) break;
    }
  } finally {
    terminal.close();
  }
  for (const line of told) await print(line);
}

function viewOf(beat: Beat, told: readonly string[]): View {
  const { moment, speech, done } = beat;
  return {
    source: "a stranger",
    pace: "30 Hz",
    moment,
    drawings: done === undefined ? drawingsOf(PERSON, moment, []) : [drawingsOf(PERSON, moment, [])[0], doing(done)],
    events: told,
    hint: "q to stop",
    ...(speech === undefined ? {} : { speech }),
  };
}

function doing(seen: readonly number[]): Drawing {
  return { title: "done by me", ink: "done", draw: (size) => figure(expectedOr(seen, undefined), size) };
}
