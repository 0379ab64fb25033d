// Random numbers whose state is plain data, for minds that draw while they run: saved and cloned with them, they go on with
// the numbers that would have come. The same seed and name give the same numbers on every engine.

/**
 * State of a stream, [4]: xoshiro128** (Blackman & Vigna 2021, doi:10.1145/3460772), seed and name mixed into all of it as
 * MurmurHash3 does.
 *
 * @param name what the numbers are for, e.g. "heart/noise": other names give unrelated streams
 */
export function createNoise(seed: number, name: string): Uint32Array {
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
  const state = Uint32Array.of(a, b, c, d);
  for (let i = 0; i < 16; i++) nextUniform(state);
  return state;
}

/** Uniform in [0, 1); moves the state on. */
export function nextUniform(state: Uint32Array): number {
  const a = state[0] | 0,
    b = state[1] | 0,
    c = state[2] ^ a,
    d = state[3] ^ b;
  const r = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
  state[0] = a ^ d;
  state[1] = b ^ c;
  state[2] = c ^ (b << 9);
  state[3] = rotl(d, 11);
  return r / 4294967296;
}

/** N(0, 1) (Box & Muller 1958); moves the state on by two. */
export function nextGaussian(state: Uint32Array): number {
  const u = 1 - nextUniform(state),
    v = nextUniform(state);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
