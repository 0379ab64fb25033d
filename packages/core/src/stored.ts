// What was stored as JSON, taken apart again with errors in one sentence that say who, what came and what was wanted. Every room
// that keeps something reads it with these.

/** Readers that throw RangeError under one name. */
export interface StoredReader {
  fail(message: string): never;
  /** Text as JSON. */
  parse(source: string): unknown;
  record(value: unknown, what: string): Record<string, unknown>;
  list(value: unknown, what: string): unknown[];
  /** A text that is not empty. */
  text(value: unknown, what: string): string;
  texts(value: unknown, what: string): string[];
  finite(value: unknown, what: string): number;
  integer(value: unknown, least: number, what: string): number;
}

/** @param who begins every error: "goals", "repertoire" */
export function storedReader(who: string): StoredReader {
  const fail = (message: string): never => {
    throw new RangeError(`${who}: ${message}`);
  };
  const text = (value: unknown, what: string): string =>
    typeof value === "string" && value !== "" ? value : fail(`${what} is ${brief(value)}, expected a name`);
  const list = (value: unknown, what: string): unknown[] =>
    Array.isArray(value) ? value : fail(`${what} is ${brief(value)}, expected a list`);
  return {
    fail,
    parse(source) {
      try {
        return JSON.parse(source);
      } catch (error) {
        const reason = (error as Error).message.replaceAll(/\s+/g, " ").slice(0, 120);
        throw new RangeError(`${who}: not JSON (${reason})`, { cause: error });
      }
    },
    record: (value, what) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : fail(`${what} is ${brief(value)}, expected an object`),
    list,
    text,
    texts: (value, what) => list(value, what).map((each, i) => text(each, `${what}[${i}]`)),
    finite: (value, what) =>
      typeof value === "number" && Number.isFinite(value)
        ? value
        : fail(`${what} is ${brief(value)}, expected a number`),
    integer: (value, least, what) =>
      Number.isSafeInteger(value) && (value as number) >= least
        ? (value as number)
        : fail(`${what} is ${brief(value)}, expected a whole number from ${least}`),
  };
}

/** A value in an error: JSON, at most 40 characters. */
export function brief(value: unknown): string {
  const json = value === undefined ? "missing" : (JSON.stringify(value) ?? String(value));
  return json.length > 40 ? `${json.slice(0, 37)}...` : json;
}
