// One cell of a table as a number, with the one wording for those that are none.

import { textToNumber } from "./decimal.ts";
import { quote } from "./errors.ts";
import type { Line } from "./lines.ts";
import type { Reporter } from "./report.ts";

/** The number in a cell as float32 can hold it; NaN for a missing one, and for text, which is counted. */
export function numberIn(cell: string, { number }: Line, reporter: Reporter, decimalComma = false): number {
  const value = textToNumber(cell, decimalComma);
  if (value !== undefined) return Number.isFinite(Math.fround(value)) ? value : NaN;
  reporter.drop("bad values", `${quote(cell)} in line ${number} is no number: such cells are read as missing`);
  return NaN;
}
