// Named random streams: the same seed and name give the same numbers on every engine, and adding
// a stream moves no other. The name is folded into the whole 128-bit state.

/** Uniform numbers in [0, 1). */
export type Rng = () => number;

/** @param name what the numbers are for, e.g. "act/wave/sample" */
export function createRng(seed: number, name: string): Rng {
  // MurmurHash3-style mixing of seed and name into four words, then xoshiro128** (Blackman & Vigna 2021,
  // doi:10.1145/3460772).
  let a = seed >>> 0,
    b = 0x9e3779b9,
    c = 0x243f6a88,
    d = 0xb7e15162 ^ Math.floor(seed / 4294967296);
  for (let i = 0; i < name.length; i++) {
    const k = name.charCodeAt(i);
    a = Math.imul(a ^ k, 0x85ebca6b);
    b = Math.imul(b ^ (a >>> 15), 0xc2b2ae35) + k;
    c = Math.imul(c ^ (b >>> 13), 0x27d4eb2f) ^ a;
    d = Math.imul(d ^ (c >>> 16), 0x165667b1) + b;
  }
  if ((a | b | c | d) === 0) a = 1;
  const next = (): number => {
    const r = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return r / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** One draw from N(0, 1) (Box & Muller 1958). */
export function gaussian(rng: Rng): number {
  const u = 1 - rng(),
    v = rng();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
