// Text in columns of a terminal: how wide it is, and how to make it exactly so wide. Colour codes take no room.

// oxlint-disable-next-line no-control-regex
const CODES = /\x1b\[[0-9;]*m/g;
// CJK, Hangul and fullwidth forms take two columns, combining marks none.
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\uffdc\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /\p{Mn}|\u200b|\u200d|\ufe0f/u;

/** Columns a text takes. */
export function width(text: string): number {
  let sum = 0;
  for (const char of text.replace(CODES, "")) sum += WIDE.test(char) ? 2 : NONE.test(char) ? 0 : 1;
  return sum;
}

/** Cut (with an ellipsis) or padded on the right to exactly `columns`. The text must be plain. */
export function fit(text: string, columns: number): string {
  if (columns <= 0) return "";
  const wide = width(text);
  if (wide <= columns) return text + " ".repeat(columns - wide);
  let out = "";
  let used = 0;
  for (const char of text) {
    const w = width(char);
    if (used + w > columns - 1) break;
    out += char;
    used += w;
  }
  return `${out}…${" ".repeat(columns - 1 - used)}`;
}

/** Padded on the right to `columns`; text with colours in it, not cut. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}

/** Lines of at most `columns`, broken between words. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (width(longer) <= columns) line = longer;
    else {
      if (line !== "") lines.push(line);
      line = width(word) <= columns ? word : fit(word, columns);
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Colours by meaning: what is seen, what is done, chance and margin, what matters, what is new. */
export interface Paint {
  seen(text: string): string;
  done(text: string): string;
  quiet(text: string): string;
  strong(text: string): string;
  fresh(text: string): string;
}

const as = (text: string): string => text;

export const PLAIN: Paint = { seen: as, done: as, quiet: as, strong: as, fresh: as };
