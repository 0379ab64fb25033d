// Base64 (RFC 4648, padded) for the arrays of a stored repertoire, where neither Buffer nor atob may be assumed.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const x = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    out += ALPHABET[x >> 18] + ALPHABET[(x >> 12) & 63];
    out += (left > 1 ? ALPHABET[(x >> 6) & 63] : "=") + (left > 2 ? ALPHABET[x & 63] : "=");
    if (out.length > 8192) {
      parts.push(out);
      out = "";
    }
  }
  return parts.join("") + out;
}

/**
 * @throws RangeError if the text is not padded base64, or carries bits beyond its last byte
 */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0)
    throw new RangeError(`base64 of ${text.length} characters, expected a multiple of 4 (cut short?)`);
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  let x = 0;
  for (let i = 0; i < text.length; i++) {
    const last = i >= text.length - padding;
    const digit = last ? 0 : valueOf(text.charCodeAt(i));
    if (digit < 0) throw new RangeError(`base64 holds ${JSON.stringify(text[i])} at character ${i}`);
    x = (x << 6) | digit;
    if (i % 4 !== 3) continue;
    const at = ((i / 4) | 0) * 3;
    // Writes past the end of a typed array are dropped: those are the padding's bytes, and must be 0.
    out[at] = x >> 16;
    out[at + 1] = x >> 8;
    out[at + 2] = x;
    if (last && (x & (padding === 2 ? 0xffff : 0xff)) !== 0)
      throw new RangeError("base64 has bits beyond its last byte");
    x = 0;
  }
  return out;
}

function valueOf(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  return code === 43 ? 62 : code === 47 ? 63 : -1;
}
