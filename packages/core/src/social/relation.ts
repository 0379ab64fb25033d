// What somebody means to Attune: four numbers, learned slowly from what happens between them, and a book that keeps them
// across meetings for those who agreed to be remembered, and for nobody else.

import { STRANGER } from "../affect/gate.ts";
import type { Relation } from "../affect/types.ts";
import { type StoredReader, brief, storedReader } from "../stored.ts";

/** Starting points; the sizes are by design [D]. */
export const RELATIONS = {
  stranger: STRANGER,
  acquaintance: { affiliation: 0.25, closeness: 0.4, similarity: 0.5, competition: 0.1 },
  friend: { affiliation: 0.7, closeness: 0.7, similarity: 0.65, competition: 0.1 },
  intimate: { affiliation: 0.9, closeness: 1, similarity: 0.75, competition: 0 },
  rival: { affiliation: -0.1, closeness: 0.35, similarity: 0.6, competition: 0.85 },
  disliked: { affiliation: -0.7, closeness: 0.3, similarity: 0.3, competition: 0.3 },
} as const satisfies Readonly<Record<string, Readonly<Relation>>>;
export type RelationName = keyof typeof RELATIONS;

/** What can happen between two that tells them something about each other. */
export const EXPERIENCES = [
  "smile returned",
  "mimicry felt",
  "shared joy",
  "reciprocity",
  "confided",
  "hostility",
  "rebuffed",
  "held back",
  "time together",
] as const;
export type Experience = (typeof EXPERIENCES)[number];

/**
 * Where each experience pulls and by what share of the way, for a whole one. Signs: smiles returned (Heerey & Crossley 2013),
 * being mimicked (Chartrand & Bargh 1999, doi:10.1037/0022-3514.76.6.893: liking 6.62 against 5.91), reciprocity; bad weighs
 * more than good; who holds back what they feel costs rapport (Butler et al. 2003, doi:10.1037/1528-3542.3.1.48). Sizes by
 * design [D]. "time together" counts minutes, "held back" seconds of full strain.
 */
const PULLS: Readonly<
  Record<Experience, Readonly<Partial<Record<keyof Relation, readonly [to: number, share: number]>>>>
> = {
  "smile returned": { affiliation: [0.8, 0.012], closeness: [0.6, 0.004] },
  "mimicry felt": { affiliation: [0.6, 0.006], similarity: [0.9, 0.006] },
  "shared joy": { affiliation: [0.9, 0.02], closeness: [0.9, 0.012], competition: [0, 0.02] },
  reciprocity: { affiliation: [0.8, 0.02], closeness: [0.7, 0.01], competition: [0, 0.01] },
  confided: { affiliation: [0.8, 0.01], closeness: [1, 0.02] },
  hostility: { affiliation: [-1, 0.04], closeness: [0, 0.02], competition: [0.8, 0.01] },
  rebuffed: { affiliation: [-0.3, 0.012] },
  "held back": { affiliation: [-0.2, 0.004], closeness: [0, 0.004] },
  "time together": { closeness: [0.4, 0.002] },
};

/** Bonds of a stranger, somebody known and an intimate, by affect.md 2.1 [D]. */
export const BONDS = [0.25, 0.6, 1] as const;
/** Closeness at which somebody is known. */
const KNOWN = 0.4;
/** Affiliation at and below which nothing is copied. */
const DISLIKED = -0.3;
/** Similarity below which somebody counts as of another group, and what is left then (Hess & Fischer 2013). */
const OTHER_GROUP = 0.25;
const OTHER_GROUP_SHARE = 0.5;

/**
 * How far a bond lets one's own face and body follow, 0..1: stranger .25, known .6, intimate 1; halved for another group,
 * 0 for the disliked.
 */
export function bondOf({ affiliation, closeness, similarity }: Relation): number {
  const near =
    closeness < KNOWN
      ? BONDS[0] + (BONDS[1] - BONDS[0]) * (closeness / KNOWN)
      : BONDS[1] + (BONDS[2] - BONDS[1]) * ((closeness - KNOWN) / (1 - KNOWN));
  const liked = affiliation >= 0 ? 1 : Math.max(0, 1 - affiliation / DISLIKED);
  return near * liked * (similarity < OTHER_GROUP ? OTHER_GROUP_SHARE : 1);
}

/** "" if the relation makes sense, else what is wrong with it. */
export function oddRelation(relation: Relation): string {
  for (const [name, least] of BOUNDS) {
    const value = relation[name];
    if (!(value >= least && value <= 1)) return `${name} is ${value}, expected ${least} to 1`;
  }
  return "";
}

/** What the relation is nearest to: "stranger", "friend", ... */
export function nearestRelation(relation: Relation): RelationName {
  let best: RelationName = "stranger",
    least = Infinity;
  for (const name of Object.keys(RELATIONS) as RelationName[]) {
    let distance = 0;
    for (const [key] of BOUNDS) distance += (relation[key] - RELATIONS[name][key]) ** 2;
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/**
 * Moves a relation a little towards what happened; it never leaves its bounds.
 *
 * @param degree how much of it, 0..1; of "time together" minutes and of "held back" seconds, 0..60
 * @throws RangeError for an experience that is not known, a degree out of range, or a relation that makes no sense
 */
export function learnRelation(relation: Relation, experience: Experience, degree = 1): void {
  const pulls = PULLS[experience];
  if (!pulls) throw new RangeError(`learnRelation: no experience "${experience}"; there are ${EXPERIENCES.join(", ")}`);
  const most = experience === "time together" || experience === "held back" ? 60 : 1;
  if (!(degree >= 0 && degree <= most))
    throw new RangeError(`learnRelation: degree of "${experience}" is ${degree}, expected 0 to ${most}`);
  const odd = oddRelation(relation);
  if (odd) throw new RangeError(`learnRelation: ${odd}`);
  for (const [name] of BOUNDS) {
    const pull = pulls[name];
    if (!pull) continue;
    // Good things lift and bad things lower; neither pulls back what already is beyond where it leads.
    const [to, share] = pull;
    const good = experience !== "hostility" && experience !== "rebuffed" && experience !== "held back";
    const rises = name === "competition" ? !good : good;
    const way = to - relation[name];
    if (rises ? way > 0 : way < 0) relation[name] += way * (1 - (1 - share) ** degree);
  }
}

/** Somebody in the book. */
export interface Person {
  readonly who: string;
  relation: Relation;
  /** Agreed to be kept across meetings, and when, in the words of whoever asked ("2026-03-01"); null: for this meeting only. */
  agreed: string | null;
}

/** Plain data. */
export interface Book {
  people: Person[];
}

export function createBook(): Book {
  return { people: [] };
}

/** Somebody's relation to learn on: whoever is not in the book is a stranger, and is in it until the meeting ends. */
export function relationTo(book: Book, who: string): Relation {
  named(who, "relationTo");
  let person = book.people.find((known) => known.who === who);
  if (!person) book.people.push((person = { who, relation: { ...RELATIONS.stranger }, agreed: null }));
  return person.relation;
}

/**
 * Keeps somebody across meetings, who agreed to that.
 *
 * @param consent when they agreed, in words ("2026-03-01, asked in person")
 * @throws RangeError without consent
 */
export function rememberPerson(book: Book, who: string, consent: string): void {
  named(who, "rememberPerson");
  if (typeof consent !== "string" || consent.trim() === "")
    throw new RangeError(`rememberPerson: ${who} has not agreed to be remembered; ask, and say when they agreed`);
  relationTo(book, who);
  for (const person of book.people) if (person.who === who) person.agreed = consent;
}

/** Everything about somebody is gone, agreed or not. True if there was something. */
export function forgetPerson(book: Book, who: string): boolean {
  const before = book.people.length;
  book.people = book.people.filter((person) => person.who !== who);
  return book.people.length < before;
}

/** The meeting is over: who did not agree to be remembered is forgotten. */
export function endMeeting(book: Book): void {
  book.people = book.people.filter(({ agreed }) => agreed !== null);
}

const stored: StoredReader = storedReader("relations");
const FORMAT = "attune-relations";

/** JSON text of those who agreed; nobody else is in it. */
export function saveRelations(book: Book): string {
  const people = book.people.filter(({ agreed }) => agreed !== null);
  return JSON.stringify({ format: FORMAT, version: 1, people });
}

/** @throws RangeError in one line for text that is not such a book */
export function loadRelations(text: string): Book {
  const { format, version, people } = stored.record(stored.parse(text), "the file");
  if (format !== FORMAT) stored.fail(`format is ${brief(format)}, expected "${FORMAT}"`);
  if (version !== 1) stored.fail(`version is ${brief(version)}, this Attune reads 1`);
  const seen = new Set<string>();
  return { people: stored.list(people, "people").map((person, i) => readPerson(person, i, seen)) };
}

const BOUNDS: readonly (readonly [keyof Relation, number])[] = [
  ["affiliation", -1],
  ["closeness", 0],
  ["similarity", 0],
  ["competition", 0],
];

function readPerson(value: unknown, i: number, seen: Set<string>): Person {
  const { who, relation, agreed } = stored.record(value, `person ${i}`);
  const name = stored.text(who, `who of person ${i}`);
  if (seen.has(name)) stored.fail(`${brief(who)} is there twice`);
  seen.add(name);
  if (typeof agreed !== "string" || agreed.trim() === "")
    return stored.fail(`${brief(who)} has not agreed to be remembered (agreed is ${brief(agreed)})`);
  const { affiliation, closeness, similarity, competition } = stored.record(relation, `the relation to ${brief(who)}`);
  const read = { affiliation, closeness, similarity, competition } as Relation;
  for (const [key] of BOUNDS) stored.finite(read[key], `${brief(who)}: ${key}`);
  const odd = oddRelation(read);
  if (odd) stored.fail(`${brief(who)}: ${odd}`);
  return { who: name, relation: read, agreed };
}

function named(who: string, by: string): void {
  if (typeof who !== "string" || who === "") throw new RangeError(`${by}: who is ${brief(who)}, expected a name`);
}
