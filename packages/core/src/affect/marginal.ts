// A linear softmax reading of features of which some cannot be seen. What is hidden is not taken as 0 but as whatever goes
// with each class it could be: p(c | seen) = sum over e of p(e | seen) softmax_c(score of the seen + what e would add). With
// everything seen it is the plain softmax; with nothing seen it says no more than the classes' own frequencies.

/** Scores of C classes over F features. Plain data. */
export interface LinearScores {
  readonly classes: number;
  readonly features: number;
  /** [C, F] */
  readonly weights: Float64Array;
  /** [C] */
  readonly bias: Float64Array;
  /** What each feature usually is in each class, [C, F]. */
  readonly usual: Float64Array;
}

/** Scratch of one reader; `weight` and `missing` remember the last call, as what is hidden seldom changes. */
export interface MarginalScratch {
  readonly weight: Float64Array;
  /** What class e would add to the score of c, [C, C]. */
  readonly missing: Float64Array;
  readonly base: Float64Array;
  readonly row: Float64Array;
  whole: boolean;
  /** The weights that are not 0, by feature: of f those from start[f] to start[f + 1], each of class[k]. */
  readonly start: Int32Array;
  readonly class: Int32Array;
  readonly given: Float64Array;
}

/** Less likely than this, and what a class would add is left out. */
const NEVER = 0.01;

export function createMarginal({ classes: C, features: F, weights }: LinearScores): MarginalScratch {
  const start = new Int32Array(F + 1),
    held: number[] = [];
  for (let f = 0; f < F; f++) {
    for (let c = 0; c < C; c++) if (weights[c * F + f] !== 0) held.push(c);
    start[f + 1] = held.length;
  }
  const given = new Float64Array(held.length);
  for (let f = 0; f < F; f++) for (let k = start[f]; k < start[f + 1]; k++) given[k] = weights[held[k] * F + f];
  return {
    weight: new Float64Array(F).fill(1),
    missing: new Float64Array(C * C),
    base: new Float64Array(C),
    row: new Float64Array(C),
    whole: true,
    start,
    class: Int32Array.from(held),
    given,
  };
}

/** Notes what is hidden. @returns whether nothing is that matters */
export function look(scores: LinearScores, scratch: MarginalScratch, weight: Float64Array): boolean {
  const { classes: C, features: F, usual } = scores;
  const { start, given, missing } = scratch,
    held = scratch.class;
  let same = true;
  for (let f = 0; f < F && same; f++) same = scratch.weight[f] === weight[f];
  if (same) return scratch.whole;
  scratch.weight.set(weight);
  scratch.whole = true;
  missing.fill(0);
  for (let f = 0; f < F; f++) {
    const hidden = 1 - weight[f];
    if (!(hidden > 0)) continue;
    for (let e = 0; e < C; e++) {
      const would = hidden * usual[e * F + f];
      if (would === 0) continue;
      scratch.whole = false;
      for (let k = start[f]; k < start[f + 1]; k++) missing[e * C + held[k]] += would * given[k];
    }
  }
  return scratch.whole;
}

/**
 * @param value [F]; whatever where weight is 0
 * @param weight [F], 0..1: how well each was seen
 * @param guess [C], sums to 1: p(e | seen), used for what is hidden only
 * @param strength what is hidden is so much stronger or weaker than usual
 * @param out [C], sums to 1
 */
export function marginalSoftmax(
  scores: LinearScores,
  scratch: MarginalScratch,
  value: ArrayLike<number>,
  weight: Float64Array,
  guess: ArrayLike<number>,
  strength: number,
  sharpness: number,
  out: Float64Array,
): void {
  const { classes: C, features: F } = scores;
  const { base, missing, row, start, given } = scratch,
    held = scratch.class;
  const whole = look(scores, scratch, weight);
  for (let c = 0; c < C; c++) base[c] = sharpness * scores.bias[c];
  for (let f = 0; f < F; f++) {
    const x = sharpness * weight[f] * value[f];
    if (x !== 0) for (let k = start[f]; k < start[f + 1]; k++) base[held[k]] += x * given[k];
  }
  if (whole) {
    out.set(base);
    softmax(out);
    return;
  }
  out.fill(0);
  let total = 0;
  for (let e = 0; e < C; e++) {
    if (!(guess[e] > NEVER)) continue;
    const k = e * C,
      factor = sharpness * strength;
    for (let c = 0; c < C; c++) row[c] = base[c] + factor * missing[k + c];
    softmax(row);
    for (let c = 0; c < C; c++) out[c] += guess[e] * row[c];
    total += guess[e];
  }
  for (let c = 0; c < C; c++) out[c] /= total;
}

/** Logs of weights to a distribution, in place. */
export function softmax(row: Float64Array): void {
  let most = -Infinity,
    sum = 0;
  for (let c = 0; c < row.length; c++) most = Math.max(most, row[c]);
  for (let c = 0; c < row.length; c++) sum += row[c] = Math.exp(row[c] - most);
  for (let c = 0; c < row.length; c++) row[c] /= sum;
}
