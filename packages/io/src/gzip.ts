// gzip in and out, as streams. fflate does the compression; it does not verify checksums and stops hard
// at damage, so both are handled here: what can still be unpacked is delivered, with one warning.

import { FlateErrorCode, Gunzip, Gzip, type FlateError } from "fflate";
import { peek, pull, type Chunks } from "./bytes.ts";
import type { Reporter } from "./report.ts";

// Small steps bound what one push can blow up to (deflate expands at most 1032 times) and what is lost
// when a push runs into damage.
const STEP = 4096;

/** Unpacks chunks that start with the gzip magic bytes 1f 8b; passes others through. */
export async function maybeGunzip(
  chunks: Chunks,
  reporter: Reporter,
): Promise<AsyncGenerator<Uint8Array, void, undefined>> {
  const start = await peek(chunks, 2);
  return start.head[0] === 0x1f && start.head[1] === 0x8b ? gunzip(start.chunks, reporter) : start.chunks;
}

/**
 * Unpacks gzip, several members in a row included. A cut or damaged file delivers what precedes the
 * fault, sets `reporter.cut` and leaves one warning; it never throws.
 */
export async function* gunzip(chunks: Chunks, reporter: Reporter): AsyncGenerator<Uint8Array, void, undefined> {
  const crcTable = makeCrcTable();
  const ready: Uint8Array[] = [];
  let crc = -1;
  let size = 0;
  let read = 0;
  let last = new Uint8Array(0);
  const unpacker = new Gunzip((data) => {
    if (data.length === 0) return;
    crc = updateCrc(crcTable, crc, data);
    size = (size + data.length) >>> 0;
    ready.push(data);
  });
  unpacker.onmember = () => {
    crc = -1;
    size = 0;
  };
  /** How far the data goes: on, past the end of a member into something else, or into damage. */
  const push = (bytes: Uint8Array): "on" | "after" | "damaged" => {
    try {
      unpacker.push(bytes, false);
      return "on";
    } catch (error) {
      return (error as FlateError).code === FlateErrorCode.InvalidHeader ? "after" : "damaged";
    }
  };
  const cut = (what: string) => {
    reporter.cut = true;
    reporter.warn("cut", `${what}: what comes before is read, the rest is lost; copy the file again`);
  };

  for await (const chunk of pull(chunks)) {
    for (let at = 0; at < chunk.length; at += STEP) {
      // A copy, because fflate keeps what it has not used yet and a source may reuse its buffer.
      const piece = chunk.slice(at, at + STEP);
      const state = push(piece);
      yield* ready.splice(0);
      if (state === "after" && size > 0)
        return reporter.warn("after", "bytes after the end of the gzip data are left out");
      if (state !== "on") return cut(`gzip data is damaged near byte ${read}`);
      read += piece.length;
      last = piece.length >= 8 ? piece.slice(-8) : new Uint8Array([...last, ...piece].slice(-8));
    }
  }
  // fflate does not always notice that the data stops early. What follows a whole member must be another
  // header, so bytes that are none are refused there, and taken as data where a member is unfinished.
  const crcAtEnd = ~crc >>> 0;
  const sizeAtEnd = size;
  if (push(new Uint8Array(16).fill(255)) !== "after") return cut("the file stops before the end of its gzip data");
  const trailer = new DataView(last.buffer, last.byteOffset, last.byteLength);
  if (last.length < 8 || trailer.getUint32(0, true) !== crcAtEnd || trailer.getUint32(4, true) !== sizeAtEnd)
    reporter.warn("checksum", "the gzip checksum does not agree with the data: some values may be wrong");
}

/** Packs chunks. The same bytes always give the same file: no time of day is stored. */
export async function* gzip(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  const ready: Uint8Array[] = [];
  const packer = new Gzip({ level: 6, mtime: 0 }, (data) => {
    if (data.length > 0) ready.push(data);
  });
  for await (const chunk of pull(chunks)) {
    packer.push(chunk.slice());
    yield* ready.splice(0);
  }
  packer.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}

// CRC-32 as in RFC 1952, section 8, one table look-up a byte.
function makeCrcTable(): Int32Array {
  const table = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  return table;
}

function updateCrc(table: Int32Array, crc: number, data: Uint8Array): number {
  let c = crc;
  for (let i = 0; i < data.length; i++) c = table[(c ^ data[i]) & 255] ^ (c >>> 8);
  return c;
}
