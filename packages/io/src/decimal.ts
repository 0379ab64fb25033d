// Numbers as text. float32 values are written with the fewest decimal digits that read back as the same
// float32: 0.1 rather than 0.10000000149011612.

/** Shortest decimal of a float32 that rounds back to it; "null" for NaN and infinities. */
export function float32ToText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  if (!Number.isFinite(value)) return "null";
  // 9 significant digits always suffice for 24 bits of mantissa, 6 are always kept by them.
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/** A JSON array of float32 values, missing ones as null. */
export function float32ToJson(values: Float32Array): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) text += i === 0 ? float32ToText(values[i]) : `,${float32ToText(values[i])}`;
  return `${text}]`;
}

// Ways in which programs write "no value here".
const MISSING = /^([-+]?nan(\(\w*\))?|[-+]?inf(inity)?|na|n\/a|null|none|-|[-+]?\d?\.?#\w+)$/i;

/**
 * A number from a text cell. NaN for a missing or non-finite value, undefined for text that is no number.
 *
 * @param decimalComma whether "1,5" is one and a half
 */
export function textToNumber(cell: string, decimalComma = false): number | undefined {
  const text = cell.trim();
  if (text === "") return NaN;
  const value = Number(decimalComma ? text.replace(",", ".") : text);
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) && !MISSING.test(text) ? undefined : NaN;
}
