// Lines of UTF-8 text from chunks of bytes: LF or CRLF, with or without a byte order mark. Line ends
// are looked for in the bytes, where a UTF-8 sequence cannot hide one, and only whole lines are decoded.

import { strFromU8 } from "fflate";
import { concat, pull, type Chunks } from "./bytes.ts";
import { FormatError } from "./errors.ts";
import type { Reporter } from "./report.ts";

export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** False for a last line without a line end, which may be half a line. */
  readonly ended: boolean;
}

/** A frame of a thousand joints is 30 kB; a line of 16 MB is another kind of file. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * @throws FormatError for UTF-16 text and for a line longer than `maxBytes`
 */
export async function* lines(
  chunks: Chunks,
  reporter: Reporter,
  maxBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line, void, undefined> {
  let number = 1;
  // The unfinished line, in pieces: joining them at each chunk would make one long line quadratic.
  let pieces: Uint8Array[] = [];
  let held = 0;
  let first = true;

  const hold = (piece: Uint8Array) => {
    held += piece.length;
    if (held > maxBytes) {
      const came = `a line of more than ${maxBytes} bytes came, lines of one frame each were wanted`;
      throw new FormatError(`${came}: is this the right kind of file?`, { line: number });
    }
    if (piece.length > 0) pieces.push(piece.slice());
  };
  const finish = (): string => {
    const bytes = concat(pieces, held);
    pieces = [];
    held = 0;
    return decode(bytes, number === 1);
  };

  for await (const chunk of pull(chunks)) {
    if (first) refuseUtf16(chunk);
    first = false;
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      let text: string;
      if (held === 0 && end - start <= maxBytes) text = decode(chunk.subarray(start, end), number === 1);
      else {
        hold(chunk.subarray(start, end));
        text = finish();
      }
      yield { text, number, ended: true };
      number++;
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (held === 0) return;
  if (reporter.cut) {
    reporter.drop("half lines");
    return;
  }
  yield { text: finish(), number, ended: false };
}

function decode(bytes: Uint8Array, first: boolean): string {
  let end = bytes.length;
  if (end > 0 && bytes[end - 1] === 13) end--;
  const bom = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return strFromU8(bytes.subarray(bom ? 3 : 0, end));
}

function refuseUtf16(chunk: Uint8Array): void {
  const [a, b] = chunk;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw new FormatError("UTF-16 text came, UTF-8 was wanted: save the file as UTF-8", { offset: 0 });
}
