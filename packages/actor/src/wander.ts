// Nobody stands quite still or does the same twice quite alike: slow, smooth wandering, without a rhythm.

import { type Rng, gaussian } from "@attune/core";

/**
 * A smooth random walk that keeps coming back: white noise through two equal low passes.
 *
 * @param sd of the samples once it has settled, which it has from the first on
 * @param tau time constant of each pass, s
 */
export function wander(count: number, rate: number, sd: number, tau: number, rng: Rng): Float64Array {
  const out = new Float64Array(count);
  if (!(sd > 0)) return out;
  const keep = Math.exp(-1 / (tau * rate)),
    settle = Math.ceil(6 * tau * rate);
  // Variance of unit white noise after both passes (1 - k) / (1 - k z): (1 - k)^4 (1 + k^2) / (1 - k^2)^3.
  const gain = sd / Math.sqrt(((1 - keep) ** 4 * (1 + keep * keep)) / (1 - keep * keep) ** 3);
  let once = 0,
    twice = 0;
  for (let n = -settle; n < count; n++) {
    once += (1 - keep) * (gaussian(rng) - once);
    twice += (1 - keep) * (once - twice);
    if (n >= 0) out[n] = gain * twice;
  }
  return out;
}
