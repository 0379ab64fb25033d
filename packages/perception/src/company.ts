// How many people are there. One face is followed; now and then the whole picture is searched for others. A second face has to
// be seen twice before it is told, since a poster or a curtain is taken for one now and then, and to be missing twice before
// it is forgotten, since people look away.

/** Plain data. */
export interface Company {
  /** Faces, as far as it is sure. */
  people: number;
  /** When the picture is to be searched next, s. */
  next: number;
  /** What the last search found. */
  last: number;
}

/** s between searches, and until one that found something new is made again. */
const CALM = 1,
  AGAIN = 0.25;

export function createCompany(): Company {
  return { people: 0, next: -Infinity, last: 0 };
}

/** Whether the whole picture is to be searched now. */
export function searchDue(company: Company, time: number): boolean {
  return time >= company.next;
}

/**
 * Takes in one picture.
 *
 * @param followed whether the followed face was found
 * @param searched how many faces a search found; undefined where none was made
 */
export function noteFaces(company: Company, time: number, followed: boolean, searched?: number): void {
  if (searched !== undefined) {
    const count = Math.max(searched, followed ? 1 : 0);
    const agreed = count === company.last;
    company.last = count;
    if (agreed) company.people = count;
    company.next = time + (agreed ? CALM : AGAIN);
  }
  // Nobody and somebody need no second look: the face that is followed says so in every picture.
  if (company.people < 2) company.people = followed ? 1 : 0;
}
