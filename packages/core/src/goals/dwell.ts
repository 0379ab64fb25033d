// How long acts last: log-normal, of an act in a goal where there is data, drawn towards the act whatever the goal. And what is
// left of one that is going on, from how long it has lasted and how far along it looks.

/** Of log seconds; plain data, added to and taken from. */
export interface DwellStats {
  n: number;
  sum: number;
  square: number;
}

/** A log-normal: mean and standard deviation of log seconds. */
export interface Dwell {
  mean: number;
  sd: number;
}

/** When something will be, s from now, with quantiles at 10 and 90 %. */
export interface Onset {
  mean: number;
  sd: number;
  soonest: number;
  latest: number;
}

/** Of an act never timed: about a second, give or take a factor of two; [D]. */
const ANY: Dwell = { mean: 0, sd: 0.7 };
/** Examples the act's own mean, and its spread, count for beside those of a goal. */
const MEAN_WORTH = 1;
const SPREAD_WORTH = 4;
/** Nobody is more regular than this, log s. */
const LEAST_SD = 0.2;
/** Spread of an act timed too seldom to have one. */
const FEW = 4;
const FEW_SD = 0.6;

export function createDwellStats(): DwellStats {
  return { n: 0, sum: 0, square: 0 };
}

/** @param weight -1 takes it away again */
export function addDwell(stats: DwellStats, seconds: number, weight: number): void {
  const x = Math.log(seconds);
  stats.n += weight;
  stats.sum += weight * x;
  stats.square += weight * x * x;
}

/** What an act's times say, whatever the goal. */
export function dwellOf(stats: DwellStats | undefined): Dwell {
  if (stats === undefined || stats.n < 1) return ANY;
  const { n, sum, square } = stats;
  const mean = sum / n;
  if (n < FEW) return { mean, sd: FEW_SD };
  return { mean, sd: Math.max(LEAST_SD, Math.sqrt(Math.max(0, square / n - mean * mean))) };
}

/** What they say in a goal: the spread is that of a next one, doubt about the mean included. */
export function dwellIn(all: Dwell, stats: DwellStats | undefined): Dwell {
  if (stats === undefined || stats.n < 1) return all;
  const { n, sum, square } = stats;
  const mean = (sum + MEAN_WORTH * all.mean) / (n + MEAN_WORTH);
  const within = Math.max(0, square - 2 * mean * sum + n * mean * mean);
  const variance = (within + SPREAD_WORTH * all.sd * all.sd) / (n + SPREAD_WORTH);
  return { mean, sd: Math.sqrt(variance * (1 + 1 / (n + MEAN_WORTH))) };
}

/** Log density of having lasted so long, of log seconds. */
export function logDensity({ mean, sd }: Dwell, seconds: number): number {
  const z = (Math.log(seconds) - mean) / sd;
  return -0.5 * z * z - Math.log(sd);
}

/** Probability of lasting longer than this. */
export function survival({ mean, sd }: Dwell, seconds: number): number {
  return seconds <= 0 ? 1 : 0.5 * erfc((Math.log(seconds) - mean) / (sd * Math.SQRT2));
}

/** Lengths considered: middles of equal parts of the normal, standard deviations. */
const POINTS = 48;
const QUANTILE: Float64Array = Float64Array.from({ length: POINTS }, (_, k) => -3 + (6 * (k + 0.5)) / POINTS);

/** Room for one estimate; belongs to whoever asks. */
export interface OnsetScratch {
  at: Float64Array;
  weight: Float64Array;
}

export function createOnsetScratch(): OnsetScratch {
  return { at: new Float64Array(POINTS), weight: new Float64Array(POINTS) };
}

/**
 * What is left of an act: all lengths longer than it has lasted, by the log-normal, and by how far along it looks. Where it has
 * outlasted all of them it is about to end.
 *
 * @param phase 0..1, NaN where nothing is known; `phaseSd` its standard deviation
 * @param probability at most 1: of the onset within `within` s
 */
export function remainingOf(
  { mean, sd }: Dwell,
  elapsed: number,
  phase: number,
  phaseSd: number,
  scratch: OnsetScratch,
  out: Onset & { probability: number },
  within: number,
): void {
  const { at, weight } = scratch;
  let total = 0,
    sum = 0,
    square = 0,
    soon = 0;
  for (let k = 0; k < POINTS; k++) {
    const length = Math.exp(mean + sd * QUANTILE[k]);
    let w = length > elapsed ? Math.exp(-0.5 * QUANTILE[k] * QUANTILE[k]) : 0;
    if (w > 0 && phase === phase) {
      const z = (elapsed / length - phase) / phaseSd;
      w *= Math.exp(-0.5 * z * z) + 1e-6;
    }
    at[k] = length - elapsed;
    weight[k] = w;
    total += w;
    if (w === 0) continue;
    sum += w * at[k];
    square += w * at[k] * at[k];
    if (at[k] <= within) soon += w;
  }
  if (!(total > 0)) {
    out.mean = 0;
    out.sd = Math.exp(mean) * sd * 0.1;
    out.soonest = 0;
    out.latest = out.sd;
    out.probability = 1;
    return;
  }
  out.mean = sum / total;
  out.sd = Math.sqrt(Math.max(0, square / total - out.mean * out.mean));
  out.probability = soon / total;
  let below = 0;
  out.soonest = NaN;
  for (let k = 0; k < POINTS; k++) {
    below += weight[k] / total;
    if (out.soonest !== out.soonest && below >= 0.1) out.soonest = Math.max(0, at[k]);
    if (below >= 0.9) {
      out.latest = Math.max(0, at[k]);
      return;
    }
  }
  out.latest = Math.max(0, at[POINTS - 1]);
}

/** Complementary error function, to 1.2e-7 (Numerical Recipes, erfcc). */
function erfc(x: number): number {
  const z = Math.abs(x),
    t = 1 / (1 + 0.5 * z);
  const tail =
    t *
    Math.exp(
      -z * z -
        1.26551223 +
        t *
          (1.00002368 +
            t *
              (0.37409196 +
                t *
                  (0.09678418 +
                    t *
                      (-0.18628806 +
                        t *
                          (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))),
    );
  return x >= 0 ? tail : 2 - tail;
}
