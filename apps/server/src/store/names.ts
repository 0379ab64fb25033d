// What things may be called. Names go into addresses and terminals, and are read by people.

import { StoreFailure } from "../failure.ts";

const LONGEST_NAME = 100;
const LONGEST_NOTE = 500;

/** @throws StoreFailure "invalid" */
export function checkName(name: string): void {
  if (name.length > LONGEST_NAME || name.trim() !== name || name === "" || !isPlain(name) || /^\.{1,2}$/.test(name))
    throw new StoreFailure(
      "invalid",
      `the name ${quoted(name)} came, 1 to ${LONGEST_NAME} characters on one line, without space around them, were wanted`,
    );
}

/** @throws StoreFailure "invalid" */
export function checkNote(note: string): void {
  if (note.length > LONGEST_NOTE || !isPlain(note))
    throw new StoreFailure(
      "invalid",
      `the note ${quoted(note)} came, at most ${LONGEST_NOTE} characters on one line were wanted`,
    );
}

/** @throws StoreFailure "invalid" */
export function checkKey(key: string): void {
  if (!/^[\w.-]{1,100}$/.test(key) || /^\.{1,2}$/.test(key))
    throw new StoreFailure("invalid", `the key ${quoted(key)} came, letters, digits, "_", "-" and "." were wanted`);
}

/** @throws StoreFailure "invalid": texts of several lines may hold anything but what no database keeps */
export function checkText(what: string, text: string): void {
  if (text.includes("\0")) throw new StoreFailure("invalid", `${what} hold a zero character, plain text was wanted`);
}

function isPlain(text: string): boolean {
  // Neither control characters nor halves of characters.
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

function quoted(text: string): string {
  const short = text.replace(/\p{Cc}+/gu, " ");
  return JSON.stringify(short.length > 60 ? `${short.slice(0, 57)}...` : short);
}
