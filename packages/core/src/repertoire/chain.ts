// Acts one after another. Each successor is conditioned on where, and how fast, the body is when it takes over, and
// fades in over the last part of its predecessor, so that position and velocity never jump.

import type { Act } from "./act.ts";
import { named, sharedDims } from "./blend.ts";
import { type Condition, chooseVariant } from "./conditions.ts";
import { type Motion, type Plan, checkRate, plan, poseAt, timesOf, velocityAt } from "./generate.ts";
import type { Rng } from "../rng.ts";

export interface ChainPart {
  act: Act;
  /** s; default the act's own. */
  duration?: number;
  variant?: number;
  conditions?: readonly Condition[];
  /** Where this act ends, [D], NaN where free; default where it ends of itself. */
  goal?: ArrayLike<number>;
}

export interface ChainOptions {
  /** Hz; default 30. */
  rate?: number;
  /**
   * Share of the shorter of two neighbours during which both are performed; default 0.18. With 0 the successor takes
   * over at the very end, so that every goal is reached.
   */
  overlap?: number;
  /** Posture and velocity the first act starts with, [D]; NaN where free. */
  start?: ArrayLike<number>;
  startVelocity?: ArrayLike<number>;
  /** Draws performances instead of taking the means. */
  sample?: Rng;
}

/** Several acts as one motion. */
export interface ChainedMotion extends Motion {
  /** When each act starts, s, [acts]. */
  starts: Float64Array;
}

interface Link {
  plan: Plan;
  start: number;
  end: number;
}

/**
 * Performs acts one after another.
 *
 * @throws RangeError as `plan`, if the acts do not share their dimensions, or for an overlap outside 0..0.5
 */
export function chain(parts: readonly ChainPart[], options: ChainOptions = {}): ChainedMotion {
  const overlap = options.overlap ?? 0.18;
  if (!(overlap >= 0 && overlap <= 0.5))
    throw new RangeError(`chain: an overlap of ${overlap}, expected a share in 0..0.5`);
  const rate = checkRate(options.rate);
  const D = sharedDims(parts.map((p) => p.act)).length;
  const links = linksOf(parts, options, overlap, D);
  const times = timesOf(links[links.length - 1].end, rate);
  const values = new Float64Array(times.length * D);
  const out = new Float64Array(D);
  for (let t = 0; t < times.length; t++) {
    mixedPose(links, times[t], out);
    values.set(out, t * D);
  }
  return {
    times,
    values,
    variant: -1,
    warnings: links.flatMap((link, i) => named(parts[i].act, link.plan.warnings)),
    starts: Float64Array.from(links, (link) => link.start),
  };
}

function linksOf(parts: readonly ChainPart[], options: ChainOptions, overlap: number, D: number): Link[] {
  const links: Link[] = [];
  for (const part of parts) {
    const before = links[links.length - 1];
    const pose = new Float64Array(D),
      velocity = new Float64Array(D);
    if (!before) {
      const planned = planOf(part, options, options.start, options.startVelocity);
      links.push({ plan: planned, start: 0, end: planned.duration });
      continue;
    }
    // How the successor would go from about there tells its variant, its duration and where it ends.
    poseAt(before.plan, before.plan.duration * (1 - overlap), pose);
    const asked = part.conditions ?? [];
    const variant = part.variant ?? chooseVariant(part.act, [...asked, { phase: 0, values: pose }], part.duration);
    const free = planOf({ ...part, variant }, options);
    const goal = new Float64Array(D);
    poseAt(free, free.duration, goal);
    // Counted back from the predecessor's end: a time a rounding error past it would find the body at rest.
    const shared = overlap * Math.min(before.plan.duration, free.duration);
    const start = before.end - shared;
    poseAt(before.plan, before.plan.duration - shared, pose);
    velocityAt(before.plan, before.plan.duration - shared, velocity);
    // Its end is kept: an unusual start is no reason to end elsewhere.
    const planned = planOf({ ...part, variant, duration: free.duration, goal }, options, pose, velocity);
    links.push({ plan: planned, start, end: start + planned.duration });
  }
  return links;
}

function planOf(
  part: ChainPart,
  { sample }: ChainOptions,
  start?: ArrayLike<number>,
  startVelocity?: ArrayLike<number>,
): Plan {
  const { act, ...asked } = part;
  return plan(act, {
    ...asked,
    ...(sample ? { sample } : {}),
    ...(start ? { start } : {}),
    ...(startVelocity ? { startVelocity } : {}),
  });
}

/** At most two neighbours overlap at a time: an overlap is no more than half of either. */
function mixedPose(links: readonly Link[], time: number, out: Float64Array): void {
  let i = links.length - 1;
  while (i > 0 && links[i].start > time) i--;
  poseAt(links[i].plan, time - links[i].start, out);
  if (i === 0 || time >= links[i - 1].end) return;
  const before = new Float64Array(out.length);
  poseAt(links[i - 1].plan, time - links[i - 1].start, before);
  const w = ease((time - links[i].start) / (links[i - 1].end - links[i].start));
  for (let d = 0; d < out.length; d++) out[d] = (1 - w) * before[d] + w * out[d];
}

/** From 0 to 1 with no velocity and no acceleration at either end. */
function ease(u: number): number {
  return u * u * u * (10 + u * (6 * u - 15));
}
