// The frame of reference a body is seen in: where it stands, which way it faces, how large it is. Taken from the
// first good frame and then only slowly adapted, causally and robustly: one wild frame moves it by next to nothing,
// a person who really turns away is followed, one who vanishes and appears elsewhere has not flown there.

import type { UpAxis } from "../frame.ts";
import { crossInto, restAxes } from "./axes.ts";
import { ROLE_NAMES, type RoleName } from "./skeletons.ts";

/** Plain data. Lengths in recording units, angles in rad, times in s. */
export interface BodyFrame {
  /** Null until given or guessed. */
  up: UpAxis | null;
  /** Good frames so far, up to EARLY; nothing below holds before the first. */
  good: number;
  /** Body axes of the first good frame: rows left, up, forward, in recording coordinates. */
  readonly home: Float64Array;
  /** The body axes now: `home` turned about up by `yaw`. */
  readonly axes: Float64Array;
  /** From home's left towards home's forward: a turn to the person's right. */
  yaw: number;
  logTrunk: number;
  /** Where the root's displacement is counted from. */
  readonly origin: Float64Array;
  /** Yaws, then log trunk lengths, of the first few good frames; their medians start the slow averages. */
  readonly early: Float64Array;
  /** Where the pelvis was last believed to be, how long ago, and in how many frames it has been elsewhere since. */
  readonly last: Float64Array;
  sinceLast: number;
  strays: number;
  /** For how long the person has faced well away from the axes, and whether the axes are catching up with them. */
  turnedFor: number;
  catchingUp: boolean;
}

const EARLY = 5;
const FACING_TAU = 4;
const CATCH_UP_TAU = 0.4;
const SIZE_TAU = 10;
const ORIGIN_TAU = 3;
/** Shoulders and hips must keep this share of their width in the horizontal to tell a facing. */
const LEVEL = 0.5;
/** The furthest off one frame may be taken to be: facing, rad; size, log. */
const FACING_REACH = 0.6;
const SIZE_REACH = 0.2;
/** Facing this far off for this long is a turn, not a twist; it is over when this little is left. */
const TURN = 1.2;
const TURN_TIME = 1.5;
const TURN_LEFT = 0.2;
/** A pelvis that gets further than this (trunk lengths, and trunk lengths a second) has not walked there ... */
const LEAP = 0.7;
const LEAP_SPEED = 20;
/** ... and is believed again when it has stayed away for this long, in this many frames. */
const LEAP_TIME = 0.3;
const LEAP_FRAMES = 4;
/** The root is never further from its origin than this, trunk lengths: it drags the origin along on a leash. */
const LEASH = 3;

const role = (name: RoleName): number => 3 * ROLE_NAMES.indexOf(name);
const PELVIS = role("pelvis");
const NECK = role("neck");
const LINES = [role("rShoulder"), role("lShoulder"), role("rHip"), role("lHip")];

/** @throws RangeError if `up` names no axis */
export function createBodyFrame(up: UpAxis | undefined): BodyFrame {
  const home = new Float64Array(9);
  if (up !== undefined) restAxes(up, home);
  return {
    up: up ?? null,
    good: 0,
    home,
    axes: new Float64Array(9),
    yaw: 0,
    logTrunk: 0,
    origin: new Float64Array(3),
    early: new Float64Array(2 * EARLY),
    last: new Float64Array(3),
    sinceLast: 0,
    strays: 0,
    turnedFor: 0,
    catchingUp: false,
  };
}

/**
 * Takes place, facing and size from a frame if it shows them; says whether it did.
 *
 * @param at role positions, shape [roles, 3], NaN where not seen
 */
export function beginBodyFrame(frame: BodyFrame, at: Float64Array): boolean {
  const { home, axes } = frame;
  const trunk = trunkLength(at);
  if (!(trunk > 0)) return false;
  const up = frame.up ?? nearestUp(at);
  // Any axes with this up will do to measure the facing in; then home is turned to face as the person does.
  restAxes(up, home);
  const yaw = measuredYaw(frame, at);
  if (Number.isNaN(yaw)) return false;
  frame.up = up;
  frame.yaw = yaw;
  turnAxes(frame);
  home.set(axes);
  frame.yaw = 0;
  frame.logTrunk = Math.log(trunk);
  frame.early[EARLY] = frame.logTrunk;
  for (let c = 0; c < 3; c++) frame.origin[c] = frame.last[c] = at[PELVIS + c];
  frame.good = 1;
  return true;
}

/**
 * Lets the frame follow what one more instant shows, after `dt` seconds.
 *
 * @returns whether the pelvis is seen and where it can be
 */
export function adaptBodyFrame(frame: BodyFrame, at: Float64Array, dt: number): boolean {
  frame.sinceLast += dt;
  const here = Number.isFinite(at[PELVIS]);
  if (here && strayed(frame, at)) return false;
  const yaw = measuredYaw(frame, at);
  const trunk = trunkLength(at);
  if (frame.good < EARLY && yaw === yaw && trunk > 0) {
    frame.early[frame.good] = yaw;
    frame.early[EARLY + frame.good] = Math.log(trunk);
    frame.good++;
    frame.yaw = medianAngle(frame.early, 0, frame.good);
    frame.logTrunk = medianAngle(frame.early, EARLY, frame.good);
  } else {
    if (yaw === yaw) followFacing(frame, wrap(yaw - frame.yaw), dt);
    if (trunk > 0) frame.logTrunk += share(dt, SIZE_TAU) * within(Math.log(trunk) - frame.logTrunk, SIZE_REACH);
  }
  turnAxes(frame);
  if (here) followPlace(frame, at, dt);
  return here;
}

/** Sure that the pelvis is nowhere it could have walked to? If it stays there, displacement goes on from there. */
function strayed(frame: BodyFrame, at: Float64Array): boolean {
  const { last, origin } = frame;
  const x = at[PELVIS] - last[0];
  const y = at[PELVIS + 1] - last[1];
  const z = at[PELVIS + 2] - last[2];
  const reach = LEAP + LEAP_SPEED * Math.min(frame.sinceLast, LEAP_TIME);
  const leapt = Math.sqrt(x * x + y * y + z * z) > reach * Math.exp(frame.logTrunk);
  if (leapt && !(++frame.strays >= LEAP_FRAMES && frame.sinceLast >= LEAP_TIME)) return true;
  if (leapt) {
    origin[0] += x;
    origin[1] += y;
    origin[2] += z;
  }
  for (let c = 0; c < 3; c++) last[c] = at[PELVIS + c];
  frame.sinceLast = frame.strays = 0;
  return false;
}

function followFacing(frame: BodyFrame, off: number, dt: number): void {
  frame.turnedFor = Math.abs(off) > TURN ? frame.turnedFor + dt : 0;
  if (frame.turnedFor > TURN_TIME) frame.catchingUp = true;
  frame.yaw += frame.catchingUp ? share(dt, CATCH_UP_TAU) * off : share(dt, FACING_TAU) * within(off, FACING_REACH);
  if (Math.abs(off) < TURN_LEFT) frame.catchingUp = false;
}

function followPlace({ origin, logTrunk }: BodyFrame, at: Float64Array, dt: number): void {
  const slow = share(dt, ORIGIN_TAU);
  let far = 0;
  for (let c = 0; c < 3; c++) {
    origin[c] += slow * (at[PELVIS + c] - origin[c]);
    far += (at[PELVIS + c] - origin[c]) ** 2;
  }
  const over = 1 - (LEASH * Math.exp(logTrunk)) / Math.sqrt(far);
  if (over > 0) for (let c = 0; c < 3; c++) origin[c] += over * (at[PELVIS + c] - origin[c]);
}

function turnAxes({ home, axes, yaw }: BodyFrame): void {
  const c = Math.cos(yaw);
  const s = Math.sin(yaw);
  for (let k = 0; k < 3; k++) {
    axes[k] = c * home[k] + s * home[6 + k];
    axes[3 + k] = home[3 + k];
  }
  crossInto(axes, 0, 3, 6);
}

/** Where the person's left points in home's horizontal, from shoulders and hips; NaN if neither is level enough. */
function measuredYaw({ home }: BodyFrame, at: Float64Array): number {
  let left = 0;
  let forward = 0;
  let lines = 0;
  for (let line = 0; line < LINES.length; line += 2) {
    const x = at[LINES[line + 1]] - at[LINES[line]];
    const y = at[LINES[line + 1] + 1] - at[LINES[line] + 1];
    const z = at[LINES[line + 1] + 2] - at[LINES[line] + 2];
    const width = Math.sqrt(x * x + y * y + z * z);
    if (!(width > 0)) continue;
    left += (home[0] * x + home[1] * y + home[2] * z) / width;
    forward += (home[6] * x + home[7] * y + home[8] * z) / width;
    lines++;
  }
  return lines > 0 && Math.hypot(left, forward) > LEVEL * lines ? Math.atan2(forward, left) : NaN;
}

/** Pelvis to neck; NaN if either is not seen. */
function trunkLength(at: Float64Array): number {
  const x = at[NECK] - at[PELVIS];
  const y = at[NECK + 1] - at[PELVIS + 1];
  const z = at[NECK + 2] - at[PELVIS + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

/** The axis the trunk points along most nearly. */
function nearestUp(at: Float64Array): UpAxis {
  let up: UpAxis = "y";
  let steepest = 0;
  for (const axis of ["x", "y", "z"] as const) {
    const c = "xyz".indexOf(axis);
    const rise = at[NECK + c] - at[PELVIS + c];
    if (Math.abs(rise) <= steepest) continue;
    steepest = Math.abs(rise);
    up = rise < 0 ? `-${axis}` : axis;
  }
  return up;
}

/** The one of `v[at..at+n)` with the least summed angle to the others. */
function medianAngle(v: Float64Array, at: number, n: number): number {
  let best = v[at];
  let least = Infinity;
  for (let i = at; i < at + n; i++) {
    let sum = 0;
    for (let j = at; j < at + n; j++) sum += Math.abs(wrap(v[i] - v[j]));
    if (sum >= least) continue;
    least = sum;
    best = v[i];
  }
  return best;
}

/** How far a first-order low pass with time constant `tau` goes in `dt`. */
const share = (dt: number, tau: number): number => 1 - Math.exp(-dt / tau);
const within = (x: number, reach: number): number => Math.max(-reach, Math.min(reach, x));
const wrap = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
