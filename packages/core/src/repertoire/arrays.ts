// Typed arrays as JSON: { "f64": base64, "shape": [...] }, little-endian on every machine.

import { fromBase64, toBase64 } from "./base64.ts";

const BYTES = { f64: 8, f32: 4, u8: 1 } as const;

/** An array in a stored repertoire: one of f64, f32, u8, and its shape. */
export type StoredArray = { shape: readonly number[] } & { [kind in keyof typeof BYTES]?: string };

export function storeF64(values: Float64Array, shape: readonly number[]): StoredArray {
  const bytes = new Uint8Array(values.length * 8),
    view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i], true);
  return { f64: toBase64(bytes), shape };
}

export function storeU8(values: Uint8Array, shape: readonly number[]): StoredArray {
  return { u8: toBase64(values), shape };
}

/**
 * Reads a stored array; f32 widens to Float64Array.
 *
 * @param expected its shape; null where any size will do
 * @param what its name in errors
 * @throws RangeError if it is no array, has another shape, is cut short, or holds a number that is not finite
 */
export function readF64(stored: unknown, expected: readonly (number | null)[], what: string): Float64Array {
  const { kind, bytes, count } = open(stored, ["f64", "f32"], expected, what);
  const view = new DataView(bytes.buffer),
    out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    out[i] = kind === "f64" ? view.getFloat64(i * 8, true) : view.getFloat32(i * 4, true);
    if (!Number.isFinite(out[i])) throw new RangeError(`${what} holds ${out[i]} at ${i}, expected finite numbers`);
  }
  return out;
}

export function readU8(stored: unknown, expected: readonly (number | null)[], what: string): Uint8Array {
  return open(stored, ["u8"], expected, what).bytes;
}

function open(
  stored: unknown,
  kinds: readonly (keyof typeof BYTES)[],
  expected: readonly (number | null)[],
  what: string,
): { kind: keyof typeof BYTES; bytes: Uint8Array<ArrayBuffer>; count: number } {
  const wanted = `[${expected.map((n) => n ?? "any").join(", ")}]`;
  const record = (typeof stored === "object" && stored !== null ? stored : {}) as Record<string, unknown>;
  const kind = kinds.find((k) => typeof record[k] === "string");
  const { shape } = record;
  if (!kind || !Array.isArray(shape))
    throw new RangeError(`${what} is not an array, expected { "${kinds[0]}": base64, "shape": ${wanted} }`);
  if (
    shape.length !== expected.length ||
    !shape.every((n, i) => Number.isSafeInteger(n) && n >= 0 && (expected[i] === null || n === expected[i]))
  )
    throw new RangeError(`${what} has shape ${JSON.stringify(shape)}, expected ${wanted}`);
  const count = shape.reduce((product: number, n: number) => product * n, 1);
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(record[kind] as string);
  } catch (error) {
    throw new RangeError(`${what}: ${(error as Error).message}`, { cause: error });
  }
  if (bytes.length !== count * BYTES[kind])
    throw new RangeError(
      `${what} holds ${bytes.length} bytes, its shape ${JSON.stringify(shape)} needs ${count * BYTES[kind]}: the file is cut short or was edited`,
    );
  return { kind, bytes: Uint8Array.from(bytes), count };
}
