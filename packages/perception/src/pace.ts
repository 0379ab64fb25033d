// How often the body is looked for. The face is read in every picture; the pose model costs as much again, so on a slow
// machine it has to wait for every second or third picture. Decided from what pictures took, with hysteresis.

export interface PaceSpec {
  /** ms a picture may take on average, so that faces come often enough. */
  readonly mean: number;
  /** ms that 95 of 100 pictures may take at most, without and with the body looked for. */
  readonly face: number;
  readonly pose: number;
}

/** Plain data. */
export interface Pace {
  readonly spec: PaceSpec;
  /** The body is looked for in every so many pictures: 1, 2 or 3. */
  every: number;
  /** Pictures since it was. */
  since: number;
  /** When `every` last changed, s. */
  changed: number;
  /** ms the last pictures took, without and with the body looked for; newest last. */
  faces: number[];
  poses: number[];
}

export const SLOWEST = 3;
/** Twenty pictures a second, face frames within 100 ms and frames with pose within 160. */
const USUAL: PaceSpec = { mean: 50, face: 100, pose: 160 };
/** Pictures that are remembered, and that must have been seen before anything is decided. */
const KEPT = 40;
const FEWEST = 8;
/** s between changes: twice as long before it gets more than before it gets less. */
const LESS_AFTER = 1,
  MORE_AFTER = 4;
/** Share of the mean that more work must fit into: what is gained must not be lost again at once. */
const ROOM = 0.85;

export function createPace(spec: PaceSpec = USUAL): Pace {
  // The first picture is looked at whole.
  return { spec, every: 1, since: SLOWEST, changed: -Infinity, faces: [], poses: [] };
}

/** Whether to look for the body in the picture that comes next; to be asked once a picture. */
export function poseNext(pace: Pace): boolean {
  pace.since++;
  if (pace.since < pace.every) return false;
  pace.since = 0;
  return true;
}

/**
 * Takes in what a picture took.
 *
 * @param ms without what the first pictures cost, while models warm up
 * @param posed whether the body was looked for
 * @param time s
 */
export function notePicture(pace: Pace, ms: number, posed: boolean, time: number): void {
  const list = posed ? pace.poses : pace.faces;
  list.push(ms);
  if (list.length > KEPT) list.shift();
  if (!Number.isFinite(pace.changed)) pace.changed = time;
  if (pace.poses.length < FEWEST) return;
  const { spec, every } = pace;
  const over = costAt(pace, every) > spec.mean || percentile(pace.poses) > spec.pose || tooSlow(pace);
  if (over) {
    if (every < SLOWEST && time - pace.changed >= LESS_AFTER) change(pace, every + 1, time);
  } else if (every > 1 && time - pace.changed >= MORE_AFTER && costAt(pace, every - 1) < ROOM * spec.mean)
    change(pace, every - 1, time);
}

/** Mean ms a picture takes when the body is looked for in every so many. Until pictures without were seen, those count alone. */
function costAt({ faces, poses }: Pace, every: number): number {
  const pose = median(poses);
  if (faces.length === 0) return every === 1 ? pose : 0;
  return (pose + (every - 1) * median(faces)) / every;
}

function tooSlow({ faces, spec }: Pace): boolean {
  return faces.length >= FEWEST && percentile(faces) > spec.face;
}

/** What was measured at another pace says little of this one: machines get slower when they are given more. */
function change(pace: Pace, every: number, time: number): void {
  pace.every = every;
  pace.changed = time;
  pace.poses = pace.poses.slice(-FEWEST + 1);
  pace.faces = pace.faces.slice(-FEWEST + 1);
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[list.length >> 1];
}

function percentile(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(0.95 * (list.length - 1))];
}
