// What the mirror reads off the stream besides the posture itself: where the body is heading, and how far
// it has come. Heading is what distinguishes acts that pass through the same postures; distance travelled is a
// clock that does not care how fast the act is done. Everything is causal, and everything is computed in
// metric coordinates (seen coordinates times the repertoire's metric).

/** Time constants, s, and scales of the perceptual filter. */
export interface MotionSpec {
  /** Smoothing of posture. */
  readonly tauPosture: number;
  /** Smoothing of velocity. */
  readonly tauVelocity: number;
  /** Speed that counts as moving at all, metric units/s: heading fades to zero below it. */
  readonly floor: number;
  /** How fast the clock runs at rest, metric units/s, so that holding still is part of an act too. */
  readonly idle: number;
}

export interface Motion {
  /** Last frame's time, s; NaN before the first. */
  time: number;
  /** Seconds since the frame before, 0 at the first. */
  dt: number;
  /** Metric coordinates as seen now, [S]; 0 where missing. */
  raw: Float64Array;
  /** 1 where seen now, [S]. */
  seen: Uint8Array;
  seenCount: number;
  /** Smoothed posture, [S]; the last known value where missing. */
  posture: Float64Array;
  velocity: Float64Array;
  /** Direction of movement, length 0 (rest) to 1, [S]. */
  heading: Float64Array;
  /** 1 where a posture was ever seen, [S]. */
  ever: Uint8Array;
  /** Clock: metric units travelled in this frame, idling included. */
  step: number;
  /** Smoothed speed, metric units/s. */
  speed: number;
}

export function createMotion(S: number): Motion {
  return {
    time: NaN,
    dt: 0,
    raw: new Float64Array(S),
    seen: new Uint8Array(S),
    seenCount: 0,
    posture: new Float64Array(S),
    velocity: new Float64Array(S),
    heading: new Float64Array(S),
    ever: new Uint8Array(S),
    step: 0,
    speed: 0,
  };
}

export function resetMotion(motion: Motion): void {
  motion.time = NaN;
  motion.dt = 0;
  motion.ever.fill(0);
  motion.velocity.fill(0);
  motion.heading.fill(0);
  motion.posture.fill(0);
  motion.step = 0;
  motion.speed = 0;
}

/**
 * Takes one frame in.
 *
 * @param y seen coordinates, [S], NaN where missing
 * @param metric scale of each coordinate, [S]
 * @param time s, later than the frame before
 */
export function advance(
  motion: Motion,
  spec: MotionSpec,
  y: ArrayLike<number>,
  metric: ArrayLike<number>,
  time: number,
): void {
  const { raw, seen, posture, velocity, heading, ever } = motion;
  const S = raw.length;
  const first = !(motion.time === motion.time);
  const dt = first ? 0 : time - motion.time;
  motion.time = time;
  motion.dt = dt;
  const a = 1 - Math.exp(-dt / spec.tauPosture),
    b = 1 - Math.exp(-dt / spec.tauVelocity);
  let path = 0,
    speed = 0,
    count = 0;
  for (let d = 0; d < S; d++) {
    const v = y[d] * metric[d];
    const visible = Number.isFinite(v);
    seen[d] = visible ? 1 : 0;
    if (!visible) {
      raw[d] = 0;
      velocity[d] -= b * velocity[d];
      speed += velocity[d] * velocity[d];
      continue;
    }
    count++;
    raw[d] = v;
    if (ever[d] === 0) {
      ever[d] = 1;
      posture[d] = v;
      continue;
    }
    if (dt <= 0) continue;
    const move = a * (v - posture[d]);
    posture[d] += move;
    path += move * move;
    velocity[d] += b * (move / dt - velocity[d]);
    speed += velocity[d] * velocity[d];
  }
  motion.seenCount = count;
  motion.speed = Math.sqrt(speed);
  motion.step = dt > 0 ? Math.sqrt(path) + spec.idle * dt : 0;
  const scale = 1 / (motion.speed + spec.floor);
  for (let d = 0; d < S; d++) heading[d] = velocity[d] * scale;
}
