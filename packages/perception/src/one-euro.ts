// The One-Euro filter: smooth while still, quick while moving (Casiez, Roussel & Vogel 2012, doi:10.1145/2207676.2208639).

export interface OneEuroSpec {
  /** Cutoff at rest, Hz. */
  readonly minCutoff: number;
  /** Hz of cutoff gained per unit of speed, 1/s. */
  readonly beta: number;
  /** Cutoff of the speed itself, Hz. */
  readonly speedCutoff: number;
}

/** Plain data: each channel is filtered on its own. */
export interface OneEuro {
  readonly spec: OneEuroSpec;
  value: Float64Array;
  speed: Float64Array;
  /** When each channel was last seen, s; NaN before. */
  seen: Float64Array;
}

/** s after which a channel that was not seen starts anew. */
const FORGET = 0.5;

export function createOneEuro(size: number, spec: OneEuroSpec): OneEuro {
  return {
    spec,
    value: new Float64Array(size).fill(NaN),
    speed: new Float64Array(size),
    seen: new Float64Array(size).fill(NaN),
  };
}

/**
 * Filters one frame, in place of what `out` held; may be given the same array twice.
 *
 * @param raw [size]; NaN where not seen, and NaN then comes out
 * @param time s
 */
export function smooth(filter: OneEuro, raw: ArrayLike<number>, time: number, out: Float32Array | Float64Array): void {
  const { spec, value, speed, seen } = filter;
  for (let i = 0; i < value.length; i++) {
    const v = raw[i],
      dt = time - seen[i];
    if (!Number.isFinite(v)) {
      out[i] = NaN;
      continue;
    }
    if (!(dt <= FORGET)) {
      value[i] = v;
      speed[i] = 0;
      seen[i] = time;
    } else if (dt > 0) {
      speed[i] += share(spec.speedCutoff, dt) * ((v - value[i]) / dt - speed[i]);
      value[i] += share(spec.minCutoff + spec.beta * Math.abs(speed[i]), dt) * (v - value[i]);
      seen[i] = time;
    }
    out[i] = value[i];
  }
}

/** How much of a step a low-pass of this cutoff takes in `dt`. */
function share(cutoff: number, dt: number): number {
  const tau = 1 / (2 * Math.PI * cutoff);
  return 1 / (1 + tau / dt);
}
