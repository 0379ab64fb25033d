// Chunks of bytes from anywhere: a file stream, a socket, an array. Everything here pulls one chunk at a
// time, so memory does not grow with the file.

/** Bytes in pieces of any size. Pieces are not kept after the next one is asked for. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The chunks as one async generator, whose `return()` also closes the source. */
export async function* pull(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array))
      throw new TypeError(`bytes wanted, ${typeof chunk} came: open the stream without an encoding, wrap bytes in []`);
    if (chunk.length > 0) yield chunk;
  }
}

/** Looks at the first `n` bytes (fewer at the end of the file) and gives back all chunks, those included. */
export async function peek(
  chunks: Chunks,
  n: number,
): Promise<{ head: Uint8Array; chunks: AsyncGenerator<Uint8Array, void, undefined> }> {
  const source = pull(chunks);
  const parts: Uint8Array[] = [];
  let have = 0;
  while (have < n) {
    const next = await source.next();
    if (next.done) break;
    parts.push(next.value.slice());
    have += next.value.length;
  }
  const head = concat(parts, have).subarray(0, n);
  async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* parts.splice(0);
      yield* source;
    } finally {
      await source.return();
    }
  }
  return { head, chunks: all() };
}

export function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0];
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
