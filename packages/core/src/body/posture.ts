// Which joint angles would look like that? Damped least squares, limb by limb, through any map from motor to
// seen coordinates: the true one of the own body, or one learned by watching it.
//
// The answer stays as near to where the search began, usually the previous frame, as what is seen allows. So an
// angle that nothing seen depends on (the turn of a straight arm, a hidden hand) keeps its value, and a posture
// does not jump between two ways of looking the same.

import { LIMBS, MOTOR, MOTOR_AXES, SEEN, type Limb } from "./layout.ts";
import { checkOwn } from "./own.ts";

/** Writes what one limb looks like: reads its motor entries of `q`, writes its entries of `seen`. */
export type ForwardLimb = (limb: Limb, q: Float64Array, seen: Float64Array) => void;

export interface PostureOptions {
  /** Weight of staying where the search began against what is seen, rad^2 for rad^2; default 1e-3. */
  readonly pull?: number;
  /** Most steps a limb may take from one start; default 12. */
  readonly maxSteps?: number;
  /** A limb that ends this far (rad RMS over its directions) from what is seen is tried again from rest; default 0.15. */
  readonly retryAbove?: number;
}

/** Scratch and findings of `solvePosture`; plain data. */
export interface PostureScratch {
  /** RMS distance to what is seen, per limb: rad over its seen directions (trunk lengths for the root), NaN if unseen. */
  readonly residual: Float64Array;
  /** Steps taken, per limb. */
  readonly steps: Int32Array;
  readonly start: Float64Array;
  readonly trial: Float64Array;
  readonly found: Float64Array;
  readonly look: Float64Array;
  readonly probe: Float64Array;
  readonly jacobian: Float64Array;
  readonly normal: Float64Array;
  readonly gradient: Float64Array;
  readonly step: Float64Array;
}

const WIDEST = Math.max(...LIMBS.map(({ motor }) => motor.length));
const TALLEST = Math.max(...LIMBS.map(({ seen }) => seen.length));
const PROBE = 1e-6;
const DEFAULTS: PostureOptions = {};

const array = (n: number): Float64Array => new Float64Array(n);

export function createPostureScratch(): PostureScratch {
  return {
    residual: array(LIMBS.length).fill(NaN),
    steps: new Int32Array(LIMBS.length),
    start: array(MOTOR),
    trial: array(MOTOR),
    found: array(MOTOR),
    look: array(SEEN),
    probe: array(SEEN),
    jacobian: array(TALLEST * WIDEST),
    normal: array(WIDEST * WIDEST),
    gradient: array(WIDEST),
    step: array(WIDEST),
  };
}

/**
 * Moves `q` to the posture within joint limits that looks most like `seen`.
 *
 * @param seen shape [SEEN]; entries that are not finite are left out, limbs wholly unseen stay where they are
 * @param q where to begin, overwritten with what was found, shape [MOTOR]; out-of-limit entries are brought inside
 * @returns RMS distance over all seen directions, rad (chord length); NaN if none is seen
 * @throws RangeError if `seen` or `q` has the wrong length or `q` is not finite
 */
export function solvePosture(
  forwardLimb: ForwardLimb,
  seen: Float64Array,
  q: Float64Array,
  scratch: PostureScratch,
  options: PostureOptions = DEFAULTS,
): number {
  checkOwn("solvePosture", q, seen);
  const retryAbove = options.retryAbove ?? 0.15;
  const { found, residual, steps } = scratch;
  for (let k = 0; k < MOTOR; k++) {
    if (!Number.isFinite(q[k]))
      throw new RangeError(`solvePosture: q[${k}] (${MOTOR_AXES[k].name}) is ${q[k]}; start from restMotor()`);
    q[k] = clampAxis(k, q[k]);
  }
  let sum = 0;
  let directions = 0;
  for (let l = 0; l < LIMBS.length; l++) {
    const limb = LIMBS[l];
    const count = countSeen(limb, seen);
    steps[l] = 0;
    residual[l] = NaN;
    if (count === 0) continue;
    let misfit = descend(forwardLimb, limb, seen, q, scratch, options);
    if (misfit > (retryAbove * retryAbove * count) / 3 && limb.name !== "root") {
      // Perhaps caught on the far side of a rotation. Begin again from rest, and take it if it is clearly better.
      for (const m of limb.motor) {
        found[m] = q[m];
        q[m] = MOTOR_AXES[m].rest;
      }
      const again = descend(forwardLimb, limb, seen, q, scratch, options);
      if (again < 0.5 * misfit) misfit = again;
      else for (const m of limb.motor) q[m] = found[m];
    }
    residual[l] = Math.sqrt((3 * misfit) / count);
    if (limb.name === "root") continue;
    sum += misfit;
    directions += count / 3;
  }
  return directions > 0 ? Math.sqrt(sum / directions) : NaN;
}

/** Levenberg-Marquardt from `q`'s entries of one limb; leaves the best in `q` and returns its squared misfit. */
function descend(
  forwardLimb: ForwardLimb,
  limb: Limb,
  seen: Float64Array,
  q: Float64Array,
  scratch: PostureScratch,
  options: PostureOptions,
): number {
  const pull = options.pull ?? 1e-3;
  const maxSteps = options.maxSteps ?? 12;
  const { start, trial, look, step, steps } = scratch;
  const m = limb.motor[0];
  const n = limb.motor.length;
  // Stay near where the search began, also when that is a second beginning.
  for (let k = m; k < m + n; k++) start[k] = trial[k] = q[k];
  let damping = 1e-6;
  forwardLimb(limb, q, look);
  let misfit = misfitOf(limb, seen, look);
  let cost = misfit;
  for (let turn = 0; turn < maxSteps; turn++) {
    if (misfit < 1e-20) break;
    linearise(forwardLimb, limb, seen, q, scratch, pull);
    let better = false;
    let moved = 0;
    let gain = 0;
    while (!better && damping < 1e6) {
      solveDamped(scratch, n, damping);
      moved = 0;
      let held = 0;
      for (let k = 0; k < n; k++) {
        trial[m + k] = clampAxis(m + k, q[m + k] + step[k]);
        moved = Math.max(moved, Math.abs(trial[m + k] - q[m + k]));
        held += (trial[m + k] - start[m + k]) ** 2;
      }
      if (!(moved > 0)) return misfit;
      forwardLimb(limb, trial, look);
      const tried = misfitOf(limb, seen, look);
      const triedCost = tried + pull * held;
      if (triedCost < cost) {
        gain = cost - triedCost;
        better = true;
        cost = triedCost;
        misfit = tried;
        for (let k = m; k < m + n; k++) q[k] = trial[k];
        damping = Math.max(damping * 0.1, 1e-9);
      } else damping = Math.max(damping * 10, 1e-4);
    }
    if (!better) break;
    steps[limb.index]++;
    if (moved < 1e-5 || gain < 1e-6 * cost) break;
  }
  return misfit;
}

/**
 * Normal equations at `q`, whose looks are in `scratch.look`, into `scratch.normal` and `.gradient`; angles pressed
 * against a limit are taken out.
 */
function linearise(
  forwardLimb: ForwardLimb,
  limb: Limb,
  seen: Float64Array,
  q: Float64Array,
  scratch: PostureScratch,
  pull: number,
): void {
  const { start, look, probe, jacobian, normal, gradient } = scratch;
  const m = limb.motor[0];
  const n = limb.motor.length;
  const s = limb.seen[0];
  const rows = limb.seen.length;
  for (let k = 0; k < n; k++) {
    const kept = q[m + k];
    q[m + k] = kept + PROBE;
    forwardLimb(limb, q, probe);
    q[m + k] = kept;
    let slope = pull * (start[m + k] - kept);
    for (let r = 0; r < rows; r++) {
      const missing = !Number.isFinite(seen[s + r]);
      const d = missing ? 0 : (probe[s + r] - look[s + r]) / PROBE;
      jacobian[k * rows + r] = d;
      if (!missing) slope += d * (seen[s + r] - look[s + r]);
    }
    gradient[k] = slope;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = i === j ? pull : 0;
      for (let r = 0; r < rows; r++) dot += jacobian[i * rows + r] * jacobian[j * rows + r];
      normal[i * n + j] = normal[j * n + i] = dot;
    }
  }
  for (let i = 0; i < n; i++) {
    const { min, max } = MOTOR_AXES[m + i];
    if (!((q[m + i] <= min && gradient[i] < 0) || (q[m + i] >= max && gradient[i] > 0))) continue;
    for (let j = 0; j < n; j++) normal[i * n + j] = normal[j * n + i] = 0;
    normal[i * n + i] = 1;
    gradient[i] = 0;
  }
}

/** `step` of (normal + damping) step = gradient, by Cholesky in place of a copy kept in `jacobian`. */
function solveDamped({ normal, gradient, step, jacobian: factor }: PostureScratch, n: number, damping: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = normal[i * n + j] + (i === j ? damping : 0);
      for (let k = 0; k < j; k++) dot -= factor[i * n + k] * factor[j * n + k];
      factor[i * n + j] = i === j ? Math.sqrt(Math.max(dot, 1e-12)) : dot / factor[j * n + j];
    }
    let rest = gradient[i];
    for (let k = 0; k < i; k++) rest -= factor[i * n + k] * step[k];
    step[i] = rest / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) step[i] -= factor[k * n + i] * step[k];
    step[i] /= factor[i * n + i];
  }
}

function misfitOf(limb: Limb, seen: Float64Array, look: Float64Array): number {
  const s = limb.seen[0];
  const end = s + limb.seen.length;
  let sum = 0;
  for (let k = s; k < end; k++) if (Number.isFinite(seen[k])) sum += (seen[k] - look[k]) ** 2;
  return sum;
}

function countSeen(limb: Limb, seen: Float64Array): number {
  const s = limb.seen[0];
  const end = s + limb.seen.length;
  let count = 0;
  for (let k = s; k < end; k++) if (Number.isFinite(seen[k])) count++;
  return count;
}

function clampAxis(k: number, value: number): number {
  const { min, max } = MOTOR_AXES[k];
  return Math.min(max, Math.max(min, value));
}
