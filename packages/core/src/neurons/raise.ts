// Upbringing. A newborn mind moves its limbs at random and watches itself, through the same eyes that will later
// watch others; from the coincidence of doing and seeing it learns the image of its own body. Take the
// coincidence away (what it saw shuffled in time) and it moves as before, but has no image to mirror with.

import { LIMBS, MOTOR, MOTOR_AXES, SEEN, restMotor } from "../body/layout.ts";
import { forward } from "../body/own.ts";
import { createShow, pose } from "../body/show.ts";
import { createSight, see } from "../body/sight.ts";
import { skeletonNamed } from "../body/skeletons.ts";
import { createRng } from "../rng.ts";
import { type BodyImage, createExperience, imageFrom, pair } from "./image.ts";

export interface Upbringing {
  /** s of moving and watching; default 400. */
  readonly seconds?: number;
  /** Looks a second; default 10. */
  readonly rate?: number;
  /** Pairs every moment of moving with what was seen at another: experience without contingency. */
  readonly shuffled?: boolean;
}

/** Raises a mind's image of its body. The same seed gives the same childhood. */
export function raise(seed: number, upbringing: Upbringing = {}): BodyImage {
  const { seconds = 400, rate = 10, shuffled = false } = upbringing;
  const rng = createRng(seed, "raise/babble");
  const body = skeletonNamed("attune-20");
  const show = createShow(body, {});
  const sight = createSight(body, { up: "y", rate });
  const positions = new Float32Array(body.joints.length * 3);
  const q = restMotor(),
    from = restMotor(),
    to = restMotor(),
    looks = new Float64Array(SEEN),
    seen = new Float64Array(SEEN),
    quality = new Float64Array(SEEN);
  const frames = Math.round(seconds * rate);
  const motors = new Float64Array(frames * MOTOR),
    sights = new Float64Array(frames * SEEN);
  let start = 0,
    until = 0;
  for (let n = 0; n < frames; n++) {
    const time = n / rate;
    if (time >= until) {
      from.set(q);
      start = time;
      until = time + 0.5 + 0.7 * rng();
      for (let m = 0; m < MOTOR; m++) to[m] = reachable(m, rng());
    }
    const u = (time - start) / (until - start),
      s = u * u * u * (10 - 15 * u + 6 * u * u);
    for (let m = 0; m < MOTOR; m++) q[m] = from[m] + s * (to[m] - from[m]);
    forward(q, looks);
    pose(show, looks, positions);
    see(sight, { time, body: positions }, seen, quality);
    motors.set(q, n * MOTOR);
    sights.set(seen, n * SEEN);
  }
  const order = Int32Array.from({ length: frames }, (_, n) => n);
  if (shuffled) {
    const shuffle = createRng(seed, "raise/shuffle");
    for (let n = frames - 1; n > 0; n--) {
      const k = Math.floor(shuffle() * (n + 1));
      [order[n], order[k]] = [order[k], order[n]];
    }
  }
  const experience = createExperience();
  for (let n = 0; n < frames; n++)
    pair(
      experience,
      motors.subarray(n * MOTOR, (n + 1) * MOTOR),
      sights.subarray(order[n] * SEEN, (order[n] + 1) * SEEN),
    );
  return imageFrom(experience);
}

/** A random place for one joint: anywhere within its limits, but the root and the trunk stay near rest, as standing demands. */
function reachable(m: number, u: number): number {
  const { min, max, rest } = MOTOR_AXES[m];
  const near = LIMBS[0].motor.includes(m) || LIMBS[1].motor.includes(m);
  const lo = near ? Math.max(min, rest - 0.45) : min,
    hi = near ? Math.min(max, rest + 0.45) : max;
  return lo + u * (hi - lo);
}
