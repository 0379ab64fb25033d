// All the acts a body knows. Plain data: nothing here computes on an act, and nothing that happens to one
// act touches the arrays of another.

import type { EyeKind } from "../body/eye.ts";
import type { Population } from "../neurons/population.ts";
import type { Perception } from "../perception.ts";
import { type Act, type Space, copyAct, mergedStraying } from "./act.ts";
import { createAct } from "./learn.ts";
import { nearestName } from "./nearest.ts";

export interface Repertoire {
  /** What kind of body it belongs to. */
  body: EyeKind;
  /** Names of the body's own (motor) coordinates. */
  own: readonly string[];
  /** Names of the coordinates the body is seen in. */
  seen: readonly string[];
  acts: Act[];
  /** Id of the next act; ids are never used again. */
  nextId: number;
  /** Scales of looking and how sure it may be: plain JSON, absent until the first lesson. */
  perception?: Perception;
  /** The units of the mind that learned the acts; acts without any are rehearsed when a mind takes the repertoire up. */
  units?: Population;
}

/** A repertoire without acts. */
export function createRepertoire(body: EyeKind, own: readonly string[], seen: readonly string[]): Repertoire {
  return { body, own: [...own], seen: [...seen], acts: [], nextId: 1 };
}

/**
 * The act of that name.
 *
 * @throws RangeError that lists the known names
 */
export function actNamed(repertoire: Repertoire, name: string): Act {
  const act = repertoire.acts.find((a) => a.name === name);
  if (act) return act;
  const names = repertoire.acts.map((a) => a.name);
  const near = nearestName(name, names);
  const known = names.length === 0 ? "nothing has been learned yet" : `known: ${listed(names)}`;
  throw new RangeError(`no act "${name}"${near === undefined ? "" : `, did you mean "${near}"?`} (${known})`);
}

/**
 * Adds an act without any demonstration.
 *
 * @param space where it lives: the body's own coordinates, or only as it looks
 * @throws RangeError if the name is empty or taken
 */
export function addAct(repertoire: Repertoire, name: string, space: Space = "motor"): Act {
  checkFree(repertoire, name);
  const act = createAct(name, repertoire.nextId, space, namesOf(repertoire, space));
  repertoire.nextId++;
  repertoire.acts.push(act);
  return act;
}

/** Gives an act another name; its id, and all that is bound to it, stays. */
export function renameAct(repertoire: Repertoire, name: string, to: string): void {
  const act = actNamed(repertoire, name);
  if (to === name) return;
  checkFree(repertoire, to);
  act.name = to;
}

/** Removes an act. */
export function forgetAct(repertoire: Repertoire, name: string): void {
  const act = actNamed(repertoire, name);
  repertoire.acts.splice(repertoire.acts.indexOf(act), 1);
}

/**
 * Two names for the same act: the variants of `from` become variants of `into`, which keeps its id.
 *
 * @throws RangeError if they are the same act or live in different coordinates
 */
export function mergeActs(repertoire: Repertoire, from: string, into: string): Act {
  const source = actNamed(repertoire, from),
    target = actNamed(repertoire, into);
  if (source === target) throw new RangeError(`merge: "${from}" cannot be merged into itself`);
  if (source.space !== target.space || !sameNames(source.dims, target.dims))
    throw new RangeError(`merge: "${from}" and "${into}" do not live in the same coordinates`);
  target.variants.push(...source.variants);
  const straying = mergedStraying(source.straying, target.straying);
  if (straying) target.straying = straying;
  forgetAct(repertoire, from);
  return target;
}

/**
 * A repertoire of copies of some acts, to be stored or given away.
 *
 * @param names default all
 */
export function exportActs(repertoire: Repertoire, names?: readonly string[]): Repertoire {
  const chosen = names ? names.map((name) => actNamed(repertoire, name)) : repertoire.acts;
  const out = createRepertoire(repertoire.body, repertoire.own, repertoire.seen);
  out.acts = chosen.map(copyAct);
  out.nextId = repertoire.nextId;
  if (repertoire.perception) out.perception = JSON.parse(JSON.stringify(repertoire.perception));
  return out;
}

/**
 * Takes copies of another repertoire's acts, under new ids.
 *
 * @param options which acts (default all), and under which names where they are not to keep theirs
 * @returns the acts taken
 * @throws RangeError if a name is taken or a motor act moves another body; nothing is then taken
 */
export function importActs(
  repertoire: Repertoire,
  from: Repertoire,
  options: { names?: readonly string[]; as?: Readonly<Record<string, string>> } = {},
): Act[] {
  const chosen = options.names ? options.names.map((name) => actNamed(from, name)) : from.acts;
  for (const name of Object.keys(options.as ?? {}))
    if (!chosen.some((act) => act.name === name)) actNamed({ ...from, acts: chosen.slice() }, name);
  const copies = chosen.map((act) => ({ ...copyAct(act), name: options.as?.[act.name] ?? act.name }));
  const names = new Set<string>();
  for (const act of copies) {
    checkFree(repertoire, act.name, 'import it under another name (as: { "old": "new" })');
    if (names.has(act.name)) throw new RangeError(`import: two acts would be named "${act.name}"`);
    names.add(act.name);
    checkBody(repertoire, act);
  }
  for (const act of copies) {
    act.id = repertoire.nextId++;
    repertoire.acts.push(act);
  }
  return copies;
}

function checkFree(repertoire: Repertoire, name: string, way = "rename or forget that one first"): void {
  if (name.trim() === "") throw new RangeError("an act needs a name, got an empty one");
  if (repertoire.acts.some((a) => a.name === name)) throw new RangeError(`there is an act "${name}" already: ${way}`);
}

function namesOf(repertoire: Repertoire, space: Space): readonly string[] {
  return space === "motor" ? repertoire.own : repertoire.seen;
}

function checkBody(repertoire: Repertoire, act: Act): void {
  const names = namesOf(repertoire, act.space);
  if (!sameNames(act.dims, names))
    throw new RangeError(
      `act "${act.name}" is in ${act.dims.length} coordinates (${listed(act.dims)}), this body has ${names.length} (${listed(names)})`,
    );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** Names for an error: the first twelve, and how many more. */
function listed(names: readonly string[]): string {
  const first = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${first} and ${names.length - 12} more` : first;
}
