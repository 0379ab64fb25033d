// Attune's own eyes on somebody's hand. Whoever knows what a hand is after looks there before it arrives, whoever does not follows it
// (Flanagan & Johansson 2003, doi:10.1038/nature01861): a saccade to the expected landing is timed so that the eyes are there a
// moment before the hand; with nothing expected they go after the hand, and are late.

/** Where the eyes look; plain data. */
export interface Gaze {
  at: Float64Array;
  /** Where a saccade goes from and to, and when it set out; NaN between saccades. */
  from: Float64Array;
  to: Float64Array;
  saccade: number;
  /** Whether the last saccade was ahead of the hand, and to which object, -1 for none. */
  ahead: boolean;
  object: number;
  /** What was seen of the hand, newest last: [time, place...] each, a ring of the last LATENCY. */
  past: Float64Array;
  newest: number;
  stored: number;
}

/** s before the hand that the eyes are to be there: people 150 on average. */
const LEAD = 0.15;
/** s a saccade takes, and s from seeing to going: reactive saccades take that long. */
const SACCADE = 0.06;
const LATENCY = 0.16;
/** Probability of the object above which it is looked at before the hand is there. */
const EXPECTED = 0.5;
/** Spread of the arrival, s, above which nobody waits for the right moment: the eyes go there as soon as they may. */
const VAGUE = 0.5;
/** Distance the hand may be from where one looks before the eyes follow it, units. */
const OFF = 0.05;
const RING = 64;

/** @param place where they look at first, in the coordinates of the objects */
export function createGaze(place: readonly number[]): Gaze {
  const D = place.length;
  return {
    at: Float64Array.from(place),
    from: Float64Array.from(place),
    to: Float64Array.from(place),
    saccade: NaN,
    ahead: false,
    object: -1,
    past: new Float64Array(RING * (D + 1)),
    newest: -1,
    stored: 0,
  };
}

/** What the eyes go by; `hand` is undefined while it is hidden. */
export interface GazeCue {
  readonly time: number;
  readonly hand: ArrayLike<number> | undefined;
  /** Where the hand is expected to land: object, how surely that one, place, and when, s from now with its spread. */
  readonly object: number;
  readonly sure: number;
  readonly place: ArrayLike<number> | undefined;
  readonly in: number;
  readonly inSd: number;
}

/** Moves the eyes on to `cue.time`. Times must go on. Allocates nothing. */
export function lookAhead(gaze: Gaze, cue: GazeCue): void {
  const { time, hand, place } = cue;
  if (hand) store(gaze, time, hand);
  const D = gaze.at.length;
  if (gaze.saccade === gaze.saccade) {
    const u = Math.min(1, (time - gaze.saccade) / SACCADE);
    const s = u * u * u * (10 + u * (6 * u - 15));
    for (let d = 0; d < D; d++) gaze.at[d] = gaze.from[d] + s * (gaze.to[d] - gaze.from[d]);
    if (u < 1) return;
    gaze.saccade = NaN;
  }
  const expects = place !== undefined && cue.sure >= EXPECTED && cue.in === cue.in;
  // Where the moment is vague it is set by its early side.
  const due = cue.in - Math.min(cue.inSd, VAGUE) * 0.25 <= LEAD + SACCADE;
  if (expects && due) {
    if (!(gaze.ahead && gaze.object === cue.object)) set(gaze, place, time, true, cue.object);
    return;
  }
  if (gaze.ahead && expects && gaze.object === cue.object) return;
  const at = seen(gaze, time - LATENCY);
  if (at < 0) return;
  let off = 0;
  for (let d = 0; d < D; d++) off += (gaze.past[at + 1 + d] - gaze.at[d]) ** 2;
  if (Math.sqrt(off) > OFF) {
    gaze.to.set(gaze.past.subarray(at + 1, at + 1 + D));
    set(gaze, gaze.to, time, false, -1);
  }
}

function set(gaze: Gaze, place: ArrayLike<number>, time: number, ahead: boolean, object: number): void {
  for (let d = 0; d < gaze.at.length; d++) {
    gaze.from[d] = gaze.at[d];
    gaze.to[d] = place[d];
  }
  gaze.saccade = time;
  gaze.ahead = ahead;
  gaze.object = object;
}

function store(gaze: Gaze, time: number, hand: ArrayLike<number>): void {
  gaze.newest = (gaze.newest + 1) % RING;
  gaze.stored = Math.min(RING, gaze.stored + 1);
  const at = gaze.newest * (gaze.at.length + 1);
  gaze.past[at] = time;
  for (let d = 0; d < gaze.at.length; d++) gaze.past[at + 1 + d] = hand[d];
}

/** Offset of what was seen of the hand last at or before a time; -1 where nothing was. */
function seen(gaze: Gaze, time: number): number {
  const size = gaze.at.length + 1;
  for (let k = 0; k < gaze.stored; k++) {
    const at = ((gaze.newest - k + RING) % RING) * size;
    if (gaze.past[at] <= time) return at;
  }
  return -1;
}
