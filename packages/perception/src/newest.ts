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

/** @param take begins the work; `done` is to be called for each call of it, whatever came of it */
export function createNewest<T>(take: (item: T) => void): Newest<T> {
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
      busy = next !== undefined;
      if (next) take(next.item);
    },
    clear() {
      waiting = undefined;
    },
    get dropped() {
      return dropped;
    },
  };
}
