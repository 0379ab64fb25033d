// One picture in work at a time. What comes while it is takes the place of what waits, so that nothing ever queues: the next
// to be worked on is the newest there is.

export interface Newest<T> {
  /** Takes it at once where nothing is in work, else keeps it in place of what waited. */
  offer(item: T): void;
  /** What was taken is done. */
  done(): void;
  /** Forgets what waits (a pause, the end); what is in work is waited for all the same. */
  clear(): void;
  /** How many gave way to a newer one. */
  readonly dropped: number;
}

/**
 * @param take begins the work; `done` is to be called for each call of it, whatever came of it
 * @param fresh whether what waited is still worth taking; what is not gives way to the next that comes. Default: always
 */
export function createNewest<T>(take: (item: T) => void, fresh: (item: T) => boolean = () => true): Newest<T> {
  let busy = false,
    dropped = 0;
  let waiting: { item: T } | undefined;
  return {
    offer(item) {
      if (busy) {
        if (waiting) dropped++;
        waiting = { item };
        return;
      }
      busy = true;
      take(item);
    },
    done() {
      const next = waiting;
      waiting = undefined;
      busy = next !== undefined && fresh(next.item);
      if (!next) return;
      if (busy) take(next.item);
      else dropped++;
    },
    clear() {
      waiting = undefined;
    },
    get dropped() {
      return dropped;
    },
  };
}

/** How long ago the picture that waits was shown against how often they come, for `fresh`; plain data. */
export interface Rhythm {
  last: number;
  /** ms between pictures, smoothed; NaN before two came. */
  every: number;
}

/** A camera slower than this is not waited for, and one faster need not be, ms between pictures. */
const SLOW = 50,
  FAST = 8;

export function createRhythm(): Rhythm {
  return { last: NaN, every: NaN };
}

/** A picture was shown. @param at ms */
export function notePeriod(rhythm: Rhythm, at: number): void {
  const gap = at - rhythm.last;
  rhythm.last = at;
  // A tab that was away is no rhythm.
  if (!(gap > 0 && gap < 10 * SLOW)) return;
  rhythm.every = Number.isNaN(rhythm.every) ? gap : rhythm.every + 0.1 * (gap - rhythm.every);
}

/**
 * Whether a picture that has waited is worth taking now. When more than half the time to the next one is gone, the next is
 * sooner there than this one is old: waiting for it makes what is seen newer, and costs no more than it saves.
 *
 * @param shown when it was shown, ms
 */
export function isFresh({ every }: Rhythm, shown: number, now: number): boolean {
  return !(every >= FAST && every <= SLOW) || now - shown < every / 2;
}
