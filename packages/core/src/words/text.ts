// Speech and typing as lists of words that compare equal when they are the same word: any script, any case, composed or
// decomposed accents, whatever punctuation stands around them.

/** Letters with their marks and digits; an apostrophe or hyphen inside a word belongs to it. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['\u2019\u02BC-][\p{L}\p{M}\p{N}]+)*/gu;
/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a text in their order, normalised. Runs of a script without spaces are cut by the engine's own
 * dictionary (Intl.Segmenter) where it has one, else stay whole.
 */
export function wordsIn(text: string): string[] {
  return [...text.matchAll(WORD)].flatMap(([run]) => cut(run)).map(normalWord);
}

/** One word as it is kept: NFC, lower case, one kind of apostrophe. */
export function normalWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/[\u2019\u02BC]/g, "'")
    .normalize("NFC");
}

function cut(run: string): string[] {
  if (!UNSPACED.test(run) || typeof Intl === "undefined" || typeof Intl.Segmenter !== "function") return [run];
  const parts = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(run)];
  return parts.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/**
 * Slips of the finger between two words: letters put in, left out, replaced or swapped with their neighbour (optimal string
 * alignment, Damerau 1964). Counts whole characters, not UTF-16 units.
 *
 * @param most where to stop counting; anything above is Infinity
 */
export function slipsBetween(a: string, b: string, most: number): number {
  const x = [...a],
    y = [...b];
  if (Math.abs(x.length - y.length) > most) return Infinity;
  let before: number[] = [],
    row = Array.from({ length: y.length + 1 }, (_, j) => j);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= y.length; j++) {
      let d = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (x[i - 1] === y[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]) d = Math.min(d, before[j - 2] + 1);
      next.push(d);
      least = Math.min(least, d);
    }
    if (least > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[y.length] <= most ? row[y.length] : Infinity;
}

/** Slips a word of this length may have and still be taken for another: none below 4 characters, 1, from 8 on 2. */
export function slipsAllowed(word: string): number {
  const { length } = [...word];
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}
