// Keeping in step: the own rhythm is pulled by the other's, as coupled limbs and rocking people are, the more the closer one
// watches.
//
// Haken, Kelso & Bunz 1985 (doi:10.1007/BF00336922): phi' = dw - a sin phi - 2b sin 2phi, phi = own phase - the other's; moving
// against each other is stable only while b/a > 1/4. Unintended, and stronger the closer one looks: Richardson et al. 2007.

import { nextGaussian } from "../affect/noise.ts";

export interface StepSpec {
  /** Own rate when alone, Hz. */
  readonly hz: number;
  /** Pull at full attention, 1/s: towards moving together, and towards together or against. */
  readonly a: number;
  readonly b: number;
  /** Share of the pull that also changes the own rate for a while, 1/s. */
  readonly learns: number;
  /** s in which the own rate comes back to `hz`. */
  readonly returns: number;
  /** Phase noise, rad/sqrt(s). */
  readonly noise: number;
}

/** Sizes by design [D]; b/a above 1/4, so that both ways of moving together hold, as in people at ease. */
export const STEP: StepSpec = { hz: 1, a: 2.2, b: 0.8, learns: 0.6, returns: 20, noise: 0.1 };

/** Where the other is in their rhythm, from a position that goes up and down; plain data. */
export interface Rhythm {
  /** Mean of the position and mean distance from it. */
  middle: number;
  extent: number;
  /** Seconds heard, s since the last upward crossing, and the period, s; NaN before it is known. */
  heard: number;
  since: number;
  period: number;
  below: boolean;
}

export interface StepPhase {
  spec: StepSpec;
  /** Own phase, rad, 0..2 pi, and rate, rad/s. */
  phase: number;
  rate: number;
  rhythm: Rhythm;
}

/** @throws RangeError for rates or pulls that are not finite, or a rate not above 0 */
export function createStepPhase(spec: Partial<StepSpec> = {}): StepPhase {
  const whole = { ...STEP, ...spec };
  for (const [name, value] of Object.entries(whole))
    if (!(value >= 0 && value < Infinity) || ((name === "hz" || name === "returns") && value === 0))
      throw new RangeError(
        `createStepPhase: ${name} is ${value}, expected a finite number ${name === "hz" || name === "returns" ? "above 0" : "of at least 0"}`,
      );
  return {
    spec: whole,
    phase: 0,
    rate: 2 * Math.PI * whole.hz,
    rhythm: { middle: NaN, extent: 0, heard: 0, since: NaN, period: NaN, below: false },
  };
}

/**
 * The own rhythm moves on, pulled by the other's phase.
 *
 * @param other their phase, rad; NaN when they have no rhythm
 * @param attention how closely they are watched, 0..1; scales the pull
 * @param noise stream to draw phase noise from; none: no noise
 */
export function stepPhase(state: StepPhase, other: number, attention: number, dt: number, noise?: Uint32Array): void {
  const { hz, a, b, learns, returns, noise: sd } = state.spec;
  const alone = 2 * Math.PI * hz;
  // Euler-Maruyama in steps short against the pull.
  const parts = Math.max(1, Math.ceil(dt / 0.02)),
    h = dt / parts;
  // The other moves on within the step as well; the own rate is the best guess of theirs.
  for (let i = 0; i < parts; i++) {
    const phi = state.phase - (other - state.rate * (dt - i * h));
    const pull = Number.isNaN(phi) ? 0 : attention * (a * Math.sin(phi) + 2 * b * Math.sin(2 * phi));
    state.rate += h * (-learns * pull - (state.rate - alone) / returns);
    state.rate = Math.min(3 * alone, Math.max(alone / 3, state.rate));
    state.phase += h * (state.rate - pull) + (noise && sd > 0 ? sd * Math.sqrt(h) * nextGaussian(noise) : 0);
  }
  state.phase = around(state.phase);
}

/**
 * Follows a position that may go up and down, and gives its phase: 0 where it rises through its middle, rad; NaN while there
 * is no rhythm to be seen.
 *
 * @param position in any unit; NaN where it is not seen
 */
export function followRhythm(rhythm: Rhythm, position: number, dt: number): number {
  rhythm.since += dt;
  if (!Number.isFinite(position)) return phaseIn(rhythm);
  rhythm.heard += dt;
  if (Number.isNaN(rhythm.middle)) rhythm.middle = position;
  const k = 1 - Math.exp(-dt / Math.min(MEMORY, Math.max(dt, rhythm.heard)));
  rhythm.middle += k * (position - rhythm.middle);
  const away = position - rhythm.middle;
  rhythm.extent += k * (Math.abs(away) - rhythm.extent);
  if (away < -0.4 * rhythm.extent) rhythm.below = true;
  else if (rhythm.below && away >= 0 && rhythm.extent > 0) {
    rhythm.below = false;
    const period = rhythm.since;
    if (period >= SHORTEST && period <= LONGEST)
      rhythm.period = Number.isNaN(rhythm.period) ? period : rhythm.period + 0.4 * (period - rhythm.period);
    else if (!Number.isNaN(period)) rhythm.period = NaN;
    rhythm.since = 0;
  }
  return phaseIn(rhythm);
}

/** Where own and other are apart, -pi..pi. */
export function phaseApart(own: number, other: number): number {
  const apart = around(own - other);
  return apart > Math.PI ? apart - 2 * Math.PI : apart;
}

/** s over which the middle of the movement is taken, and the shortest and longest period that is a rhythm. */
const MEMORY = 4;
const SHORTEST = 0.25,
  LONGEST = 4;

function phaseIn({ since, period }: Rhythm): number {
  // One turn that does not come is waited for by half; then the rhythm is over.
  return since <= 1.5 * period ? around((2 * Math.PI * since) / period) : NaN;
}

function around(phase: number): number {
  const turn = 2 * Math.PI;
  return phase - turn * Math.floor(phase / turn);
}
