// JSON values one after another: an array of them, one a line, or simply joined (cat *.json), pretty-printed
// or not. Bytes are split where brackets balance, so that an array of any length is read in constant memory.
// Where the first value fills a line of its own each line stands for itself, and a damaged one costs no
// other.

import { strFromU8 } from "fflate";
import { concat, pull, type Chunks } from "./bytes.ts";
import { FormatError, quote } from "./errors.ts";
import { MAX_LINE_BYTES } from "./lines.ts";
import { parseJson } from "./native-frame.ts";
import type { Reporter } from "./report.ts";

export interface JsonValue {
  /** An object or an array. */
  readonly value: object;
  /** Where it begins, 1-based. */
  readonly line: number;
}

const [NEWLINE, SPACE, QUOTE, COMMA, BACKSLASH] = [10, 32, 34, 44, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [91, 93, 123, 125];

/**
 * @param wanted what a value should have been, for messages
 * @throws FormatError when the first value is no JSON, or one is longer than 16 MB
 */
export async function* jsonValues(
  chunks: Chunks,
  wanted: string,
  reporter: Reporter,
): AsyncGenerator<JsonValue, void, undefined> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let line = 1;
  /** Line of the value's beginning, 0 between values. */
  let began = 0;
  let depth = 0;
  let list = false;
  let text = false;
  let escaped = false;
  let stray = false;
  let count = 0;
  /** Undefined until the first value has ended. */
  let oneALine: boolean | undefined;

  const hold = (piece: Uint8Array) => {
    held += piece.length;
    if (held > MAX_LINE_BYTES)
      throw new FormatError(`a value of more than ${MAX_LINE_BYTES} bytes came, ${wanted} was wanted`, { line: began });
    if (piece.length > 0) pieces.push(piece.slice());
  };
  const bad = (at: number, message: string) => {
    if (count === 0) throw new FormatError(`${message}; ${wanted} was wanted`, { line: at });
    reporter.drop("bad rows", `line ${at} and others like it are left out: ${message}`);
  };
  /** The value held, undefined where it is no JSON. */
  const finish = (): JsonValue | undefined => {
    const whole = strFromU8(concat(pieces, held));
    const at = began;
    [pieces, held, began, depth, text, escaped] = [[], 0, 0, 0, false, false];
    try {
      const value = parseJson(whole) as object;
      count++;
      return { value, line: at };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      bad(at, error.message);
      return undefined;
    }
  };

  for await (const chunk of pull(chunks)) {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === NEWLINE) {
        // No JSON text holds a line end: what is still open here is damaged.
        text = escaped = stray = false;
        if (began > 0 && oneALine === true) {
          hold(chunk.subarray(start, i));
          const found = finish();
          if (found) yield found;
        }
        line++;
      } else if (began === 0) {
        if (byte === OPEN || (byte === OPEN_LIST && (list || oneALine === true))) {
          began = line;
          depth = 1;
          start = i;
        } else if (byte === OPEN_LIST) list = true;
        else if (byte === CLOSE_LIST && list) list = false;
        else if (byte > SPACE && byte !== COMMA && !isMark(chunk, i, line) && !stray) {
          stray = true;
          const piece = strFromU8(chunk.subarray(i, Math.min(chunk.length, i + 20)));
          bad(line, `${quote(piece)} came outside of any object`);
        }
      } else if (text) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) text = false;
      } else if (byte === QUOTE) text = true;
      else if (byte === OPEN || byte === OPEN_LIST) depth++;
      else if ((byte === CLOSE || byte === CLOSE_LIST) && --depth === 0) {
        hold(chunk.subarray(start, i + 1));
        oneALine ??= !list && began === line;
        const found = finish();
        if (found) yield found;
      }
    }
    if (began > 0) hold(chunk.subarray(start));
  }
  if (began === 0) return;
  const message = `the last line (${line}) is cut short and left out`;
  if (count === 0) throw new FormatError(`the file stops inside of its first value, ${wanted} was wanted`, { line });
  reporter.drop("half lines", message);
}

/** The byte order mark of UTF-8, which only the first line may have. */
function isMark(chunk: Uint8Array, i: number, line: number): boolean {
  return line === 1 && (chunk[i] === 0xef || chunk[i] === 0xbb || chunk[i] === 0xbf);
}
