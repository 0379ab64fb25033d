// attune say: what is seen in a recording, a sentence for each thing that happens or each so many seconds; in own words
// as far as there are any, else in plain English.

import {
  attend,
  bodyOf,
  createMind,
  giveHeart,
  meaningsOf,
  moment,
  sayableOf,
  speakEnglish,
  speakOwn,
  step,
  type Meanings,
  type Mind,
  type Moment,
} from "@attune/core";
import { print, progress, warn } from "../console.ts";
import { UserError, about, harmless } from "../fail.ts";
import { readLexicon } from "../lexicon-file.ts";
import { openInput, troubles, type InputOptions } from "../recordings.ts";
import { readRepertoire } from "../repertoire-file.ts";

export interface SayOptions extends InputOptions {
  readonly repertoire: string | undefined;
  readonly words: string | undefined;
  /** s between sentences; undefined: one for each thing that happens. */
  readonly every: number | undefined;
  readonly feeling: boolean;
  readonly json: boolean;
  readonly mirror: boolean;
}

export async function sayCommand(path: string, options: SayOptions): Promise<void> {
  const repertoire = await readRepertoire(options.repertoire, "must be there");
  if (repertoire === undefined) return;
  const lexicon = await readLexicon(options.words, "may be missing");
  const meanings = lexicon === undefined ? undefined : meaningsOf(lexicon);
  const input = await openInput(path, options);
  const { header } = input;
  const eye = { mirror: options.mirror };
  let mind: Mind;
  let notes: string[];
  try {
    // Says what does not fit in the words of the recording.
    bodyOf(header, eye);
    mind = createMind({
      repertoire,
      ...(header.rate !== undefined && header.rate <= 1000 ? { rate: header.rate } : {}),
    });
    if (options.feeling) giveHeart(mind);
    notes = attend(mind, header, eye);
  } catch (error) {
    throw about(input.label, error);
  }
  const bar = progress(`watching ${input.label}`, "frames");
  let frames = 0;
  let next: number | undefined;
  let said = 0;
  for await (const frame of input.frames) {
    step(mind, frame);
    bar.update(++frames, input.progress());
    if (options.every !== undefined) {
      next ??= frame.time + options.every;
      if (frame.time < next) continue;
      while (next <= frame.time) next += options.every;
    }
    const now = moment(mind, options.feeling ? ["feeling"] : []);
    if (options.every === undefined && !now.events.some(({ kind }) => kind === "recognised" || kind === "novel"))
      continue;
    bar.end();
    said++;
    await print(line(now, meanings, options.json));
  }
  bar.end();
  if (frames === 0) throw new UserError(`${input.label}: it holds no frame; a recording with frames was wanted`);
  if (said === 0 && !options.json) await print("I saw nothing that I know, and nothing that was new.");
  warn([...troubles(input.report), ...notes]);
}

function line(now: Moment, meanings: Meanings | undefined, json: boolean): string {
  const sayable = sayableOf(now);
  const english = speakEnglish(sayable);
  const own = meanings === undefined ? undefined : speakOwn(meanings, sayable);
  const sentence = own !== undefined && own.words.length > 0 ? own.sentence : english;
  if (json)
    return JSON.stringify({
      time: Number(now.time.toFixed(3)),
      sentence,
      english,
      ...(own === undefined ? {} : { own }),
    });
  return harmless(`${now.time.toFixed(1).padStart(6)} s  ${sentence}`);
}
