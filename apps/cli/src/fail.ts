// What goes wrong because of what came in, said in one line: what came, what was wanted, the way out. Everything a
// command throws passes here once, so that no stack trace ever reaches the person at the keyboard.

import { FormatError } from "@attune/io";

/** The person can do something about it; exit code 2. */
export class UserError extends Error {
  constructor(message: string) {
    super(oneLine(message));
    this.name = "UserError";
  }
}

/** The pipe's reader has gone (`attune watch ... | head`): nothing to say, nothing left to do. */
export class PipeClosed extends Error {}

export interface Failure {
  readonly line: string;
  readonly exitCode: number;
}

/** How an error is told. Errors that are ours, not the person's, exit with 1 and say so. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? oneLine(error.message) : oneLine(String(error));
  if (error instanceof UserError || error instanceof FormatError) return { line: message, exitCode: 2 };
  const fs = fileTrouble(error);
  if (fs !== undefined) return { line: fs, exitCode: 2 };
  // The core says which function refused; at the keyboard only what it said matters.
  if (error instanceof RangeError) return { line: message.replace(/^[a-z]\w*: /i, ""), exitCode: 2 };
  return {
    line: `a fault of attune itself: ${message}; set ATTUNE_DEBUG=1 for the details and report it`,
    exitCode: 1,
  };
}

/** Names the file an error is about, where it does not yet. */
export function about(name: string, error: unknown): unknown {
  if (error instanceof FormatError || error instanceof UserError || error instanceof RangeError) {
    const { line } = failureOf(error);
    return new UserError(line.includes(name) ? line : `${name}: ${line}`);
  }
  return error;
}

/** Text from files and names without control characters, which a terminal would obey. */
export function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}

export function oneLine(text: string): string {
  return harmless(text).trim();
}

function fileTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const path = "path" in error && typeof error.path === "string" ? `"${oneLine(error.path)}"` : "the file";
  switch (error.code) {
    case "ENOENT":
      return `there is no ${path === "the file" ? "such file" : `file ${path}`}; check the path`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read or written; check its permissions`;
    case "EISDIR":
      return `${path} is a folder, a file was wanted; name a file in it`;
    case "ENOTDIR":
      return `${path} leads through something that is no folder; check the path`;
    case "ENAMETOOLONG":
      return `the name ${path} is too long; choose a shorter one`;
    case "EROFS":
      return `${path} cannot be written, as all of its file system cannot; choose another folder`;
    case "ELOOP":
      return `${path} is a link that leads back to itself; check the path`;
    case "EMFILE":
      return `too many files are open to open ${path}; close some programs and try again`;
    case "ENOSPC":
      return `no space is left to write ${path}; free some and try again`;
    default:
      return undefined;
  }
}
