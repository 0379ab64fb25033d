// How a hand gets somewhere: the movement that jerks least (Flash & Hogan 1985,
// doi:10.1523/JNEUROSCI.05-07-01688.1985). From stop to stop that is one quintic; past points on the way it is the
// quintic spline whose first four derivatives go on smoothly at each of them.

/** Share of the way gone after a share of the time, from stop to stop. */
export function minimumJerk(share: number): number {
  const u = Math.min(1, Math.max(0, share));
  return u * u * u * (10 - 15 * u + 6 * u * u);
}

/** Numbers that change in time, from stop to stop past points on the way. */
export interface Passage {
  /** s, strictly increasing, [N]. */
  readonly times: readonly number[];
  /** [N] places of D numbers. */
  readonly places: readonly (readonly number[])[];
  /** Velocity and acceleration at each point, [N][D]. */
  readonly speeds: readonly (readonly number[])[];
  readonly pushes: readonly (readonly number[])[];
}

/**
 * The passage through points at given times that jerks least; it stands still at both ends.
 *
 * @throws RangeError for fewer than two points, or times that do not increase
 */
export function passage(times: readonly number[], places: readonly (readonly number[])[]): Passage {
  const N = times.length;
  if (N < 2 || places.length !== N)
    throw new RangeError(`passage: ${N} times and ${places.length} places, expected 2 of each or more`);
  for (let k = 1; k < N; k++)
    if (!(times[k] > times[k - 1])) throw new RangeError(`passage: time ${times[k]} s comes after ${times[k - 1]} s`);
  const D = places[0].length;
  const speeds = places.map(() => Array.from({ length: D }, () => 0));
  const pushes = places.map(() => Array.from({ length: D }, () => 0));
  const inner = N - 2;
  if (inner > 0) {
    const n = 2 * inner;
    const system = Array.from({ length: n }, () => Array.from({ length: n + D }, () => 0));
    for (let k = 1; k <= inner; k++) {
      const h = times[k] - times[k - 1],
        g = times[k + 1] - times[k];
      // Third and fourth derivatives of a Hermite quintic at its end and at the next one's beginning, as multiples of
      // place, velocity and acceleration at both ends.
      const third = system[2 * (k - 1)],
        fourth = system[2 * (k - 1) + 1];
      const put = (row: number[], point: number, speed: number, push: number): void => {
        if (point < 1 || point > inner) return;
        row[2 * (point - 1)] += speed;
        row[2 * (point - 1) + 1] += push;
      };
      put(third, k - 1, -24 / h ** 2, -3 / h);
      put(third, k, -36 / h ** 2 + 36 / g ** 2, 9 / h + 9 / g);
      put(third, k + 1, 24 / g ** 2, -3 / g);
      put(fourth, k - 1, -168 / h ** 3, -24 / h ** 2);
      put(fourth, k, -192 / h ** 3 - 192 / g ** 3, 36 / h ** 2 - 36 / g ** 2);
      put(fourth, k + 1, -168 / g ** 3, 24 / g ** 2);
      for (let d = 0; d < D; d++) {
        const before = places[k][d] - places[k - 1][d],
          after = places[k + 1][d] - places[k][d];
        third[n + d] = (-60 * before) / h ** 3 + (60 * after) / g ** 3;
        fourth[n + d] = (-360 * before) / h ** 4 - (360 * after) / g ** 4;
      }
    }
    eliminate(system, n);
    for (let k = 1; k <= inner; k++)
      for (let d = 0; d < D; d++) {
        speeds[k][d] = system[2 * (k - 1)][n + d];
        pushes[k][d] = system[2 * (k - 1) + 1][n + d];
      }
  }
  return { times, places, speeds, pushes };
}

/** Where a passage is at a time, written into `out` [D]; before it begins at its first place, after it at its last. */
export function along({ times, places, speeds, pushes }: Passage, time: number, out: number[]): void {
  const N = times.length;
  let k = 0;
  while (k < N - 2 && times[k + 1] <= time) k++;
  const h = times[k + 1] - times[k],
    u = Math.min(1, Math.max(0, (time - times[k]) / h));
  const p1 = minimumJerk(u),
    v0 = u - 6 * u ** 3 + 8 * u ** 4 - 3 * u ** 5,
    v1 = -4 * u ** 3 + 7 * u ** 4 - 3 * u ** 5,
    a0 = 0.5 * u ** 2 - 1.5 * u ** 3 + 1.5 * u ** 4 - 0.5 * u ** 5,
    a1 = 0.5 * u ** 3 - u ** 4 + 0.5 * u ** 5;
  for (let d = 0; d < out.length; d++)
    out[d] =
      (1 - p1) * places[k][d] +
      p1 * places[k + 1][d] +
      h * (v0 * speeds[k][d] + v1 * speeds[k + 1][d]) +
      h * h * (a0 * pushes[k][d] + a1 * pushes[k + 1][d]);
}

/** Gauss-Jordan with row exchange: the right sides, from column n on, become the solutions. */
function eliminate(system: number[][], n: number): void {
  for (let c = 0; c < n; c++) {
    let best = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(system[r][c]) > Math.abs(system[best][c])) best = r;
    [system[c], system[best]] = [system[best], system[c]];
    const pivot = system[c];
    for (let r = 0; r < n; r++) {
      const factor = system[r][c] / pivot[c];
      if (r === c || factor === 0) continue;
      for (let k = c; k < pivot.length; k++) system[r][k] -= factor * pivot[k];
    }
  }
  system.forEach((row, c) => {
    const pivot = row[c];
    for (let k = n; k < row.length; k++) row[k] /= pivot;
  });
}
