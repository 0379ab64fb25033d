// What is felt and answered, told as it changes: a line when a face looks like something else, and one when Attune answers.

import type { FeelingMoment, Moment } from "@attune/core";

/** What was told last; plain data. */
export interface Told {
  looks: string;
  since: number;
  answers: string;
}

export function createTold(): Told {
  return { looks: "", since: NaN, answers: "" };
}

/** s a face has to look like something before it is told. */
const STAYS = 0.5;

/** Lines for what is new in this moment. */
export function feelingLines(told: Told, { time, feeling }: Moment): string[] {
  if (!feeling) return [];
  const out: string[] = [];
  const at = `${time.toFixed(1).padStart(6)} s`;
  const words = feeling.looks?.words ?? "";
  if (words !== told.looks) {
    if (Number.isNaN(told.since)) told.since = time;
    if (time - told.since >= STAYS) {
      told.looks = words;
      told.since = NaN;
      if (words !== "") out.push(`${at}  ${words}`);
    }
  } else told.since = NaN;
  const answers = feeling.responses.now.map(({ kind, cue }) => `${kind} (${cue})`).join(", ");
  if (answers !== told.answers) {
    told.answers = answers;
    if (answers !== "") out.push(`${at}  I answer: ${answers}`);
  }
  return out;
}

/** The own feeling in a sentence or two. */
export function feelingSpeech({ looks, why }: FeelingMoment): string {
  return [looks?.words ?? "", why[0] ?? ""].filter((text) => text !== "").join(". ");
}
