// The one error every reader and writer here throws when data cannot be understood. Programming
// mistakes (a wrong argument type) stay TypeErrors, so that a shell can tell the two apart.

export interface Place {
  /** 1-based line of a text file, after decompression. */
  readonly line?: number;
  /** Byte offset after decompression, or index of the value in a binary file. */
  readonly offset?: number;
}

/** Data that cannot be read or written. The message is one line: what came, what was wanted, the way out. */
export class FormatError extends Error {
  readonly line: number | undefined;
  readonly offset: number | undefined;

  constructor(message: string, { line, offset }: Place = {}) {
    const place = line !== undefined ? ` (line ${line})` : offset !== undefined ? ` (offset ${offset})` : "";
    super(message.replace(/\s+/g, " ") + place);
    this.name = "FormatError";
    this.line = line;
    this.offset = offset;
  }
}

/** What no text file holds: replaced bytes, and control characters but for tab, line feed and return. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\uFFFD\u0000-\u0008\u000E-\u001F]/;

/** A piece of foreign text, short and quoted, for a message. */
export function quote(value: unknown): string {
  if (typeof value === "string" && NO_TEXT.test(value)) return "bytes that are no text";
  const text = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
