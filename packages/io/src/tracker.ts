// Who is who from frame to frame, for trackers that list people in any order: each body seen goes to the
// person whose joints were last nearest to its own, nearest pairs first, if that is within the size of a
// body.

/** [joints, 2], NaN where not seen. */
export type FlatBody = Float32Array;

interface Track {
  readonly name: string;
  body: FlatBody;
  /** Number of the frame that last showed it. */
  seen: number;
}

// After this many frames somebody is taken to have left: what enters then is another person.
const FORGET = 60;

/** @returns (bodies of one frame) => names, "0", "1", ... in order of appearance */
export function createTracker(): (bodies: readonly FlatBody[]) => string[] {
  let tracks: Track[] = [];
  let count = 0;
  let frame = 0;
  return (bodies) => {
    frame++;
    tracks = tracks.filter(({ seen }) => frame - seen <= FORGET);
    const pairs = bodies.flatMap((body, b) => {
      const reach = sizeOf(body);
      return tracks.flatMap((track) => {
        const distance = meanDistance(body, track.body);
        return distance <= reach ? [{ b, track, distance }] : [];
      });
    });
    pairs.sort((one, other) => one.distance - other.distance);
    const owners: (Track | undefined)[] = bodies.map(() => undefined);
    for (const { b, track } of pairs) {
      if (owners[b] !== undefined || track.seen === frame) continue;
      owners[b] = track;
      track.seen = frame;
      track.body = bodies[b];
    }
    return bodies.map((body, b) => {
      const known = owners[b];
      if (known) return known.name;
      const track = { name: String(count++), body, seen: frame };
      tracks.push(track);
      return track.name;
    });
  };
}

/** Mean distance of the joints both show; infinite where there are none. */
function meanDistance(a: FlatBody, b: FlatBody): number {
  let sum = 0;
  let n = 0;
  for (let k = 0; k + 1 < a.length; k += 2) {
    const d = Math.hypot(a[k] - b[k], a[k + 1] - b[k + 1]);
    if (Number.isNaN(d)) continue;
    sum += d;
    n++;
  }
  return n === 0 ? Infinity : sum / n;
}

/** The longer side of the box around the joints seen. */
function sizeOf(body: FlatBody): number {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let k = 0; k < body.length; k++) {
    if (Number.isNaN(body[k])) continue;
    least[k % 2] = Math.min(least[k % 2], body[k]);
    most[k % 2] = Math.max(most[k % 2], body[k]);
  }
  return Math.max(most[0] - least[0], most[1] - least[1]);
}
