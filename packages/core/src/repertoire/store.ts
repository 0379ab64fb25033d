// A repertoire as one JSON text that reads back bit for bit: docs/schema/repertoire.schema.json.

import { type Act, type Straying, type Variant, deviationRows } from "./act.ts";
import { readF64, readU8, storeF64, storeU8 } from "./arrays.ts";
import { BASIS } from "./basis.ts";
import type { Repertoire } from "./repertoire.ts";
import { type Population, UNITS_PER_ACT } from "../neurons/population.ts";
import type { Perception } from "../perception.ts";
import { type StoredReader, brief, storedReader } from "../stored.ts";

const reader = storedReader("repertoire");
const { parse, record, list, text, texts, finite, integer } = reader;
const fail: StoredReader["fail"] = reader.fail;

const FORMAT = "attune-repertoire";
const VERSION = 1;

/** The repertoire as versioned JSON text. */
export function saveRepertoire(repertoire: Repertoire): string {
  const { body, own, seen, nextId, perception, units, acts } = repertoire;
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    body,
    own,
    seen,
    nextId,
    ...(perception ? { perception } : {}),
    ...(units ? { units: storeUnits(units) } : {}),
    acts: acts.map(({ name, id, space, dims, variants, straying }) => ({
      name,
      id,
      space,
      dims,
      ...(straying ? { straying } : {}),
      variants: variants.map((variant) => storeVariant(variant, dims.length)),
    })),
  });
}

/**
 * Reads a stored repertoire.
 *
 * @param source the text, or what JSON.parse made of it
 * @throws RangeError in one line: not JSON, another format, a newer version, or an array that is cut short, misshapen or
 *   not finite
 */
export function loadRepertoire(source: unknown): Repertoire {
  const stored = record(typeof source === "string" ? parse(source) : source, "the file");
  if (stored.format !== FORMAT) fail(`format is ${brief(stored.format)}, expected "${FORMAT}"`);
  const { version } = stored;
  if (!Number.isSafeInteger(version) || (version as number) < 1) fail(`version is ${brief(version)}, expected 1`);
  if ((version as number) > VERSION)
    fail(`version ${version}, this Attune reads up to ${VERSION}: update Attune or export with an older one`);
  const { body } = stored;
  if (body !== "person" && body !== "points" && body !== "channels" && body !== "face")
    return fail(`body is ${brief(body)}, expected "person", "points", "channels" or "face"`);
  const out: Repertoire = {
    body,
    own: texts(stored.own, "own"),
    seen: texts(stored.seen, "seen"),
    acts: list(stored.acts, "acts").map((act, i) => readAct(act, i)),
    nextId: integer(stored.nextId, 1, "nextId"),
  };
  if (stored.perception !== undefined) out.perception = readPerception(stored.perception, out.seen.length);
  // Files of before the pathways hold a weight for every pair of units; without units the acts are rehearsed anew.
  if (stored.units !== undefined && record(stored.units, "units").pathways !== undefined)
    out.units = readUnits(stored.units);
  checkTogether(out);
  return out;
}

function storeVariant(variant: Variant, D: number): Record<string, unknown> {
  const { n, mu, deviations, prior, known, logDuration, logDurationM2 } = variant;
  return {
    n,
    mu: storeF64(mu, [D, BASIS]),
    deviations: storeF64(deviations, [deviationRows(variant), D, BASIS]),
    prior: storeF64(prior, [D]),
    known: storeU8(known, [D]),
    logDuration,
    logDurationM2,
  };
}

function storeUnits({ act, gain, rest, alive, pathways }: Population): Record<string, unknown> {
  const N = act.length,
    square = [UNITS_PER_ACT, UNITS_PER_ACT];
  return {
    act: Array.from(act),
    gain: storeF64(gain, [N]),
    rest: storeF64(rest, [N]),
    alive: storeU8(alive, [N]),
    pathways: pathways.map(({ units, inputs, fast, slow }) => ({
      units,
      inputs,
      fast: storeF64(fast, square),
      slow: storeF64(slow, square),
    })),
  };
}

function readUnits(source: unknown): Population {
  const stored = record(source, "units");
  const act = list(stored.act, "units.act").map((id, i) => integer(id, 0, `units.act[${i}]`));
  const N = act.length,
    square = [UNITS_PER_ACT, UNITS_PER_ACT];
  if (N % UNITS_PER_ACT !== 0) fail(`units.act holds ${N} units, expected ${UNITS_PER_ACT} an act`);
  const place = (value: unknown, what: string): number => {
    const at = integer(value, 0, what);
    return at < N / UNITS_PER_ACT ? at : fail(`${what} is ${at}, expected less than ${N / UNITS_PER_ACT}`);
  };
  const laid = new Set<string>();
  return guarded(() => ({
    act: Int32Array.from(act),
    gain: readF64(stored.gain, [N], "units.gain"),
    rest: readF64(stored.rest, [N], "units.rest"),
    alive: readU8(stored.alive, [N], "units.alive"),
    pathways: list(stored.pathways, "units.pathways").map((value, i) => {
      const at = `units.pathways[${i}]`,
        pathway = record(value, at),
        units = place(pathway.units, `${at}.units`),
        inputs = place(pathway.inputs, `${at}.inputs`);
      if (laid.size === laid.add(`${units} ${inputs}`).size)
        fail(`${at} goes from ${inputs} to ${units}, as one before`);
      return {
        units,
        inputs,
        fast: readF64(pathway.fast, square, `${at}.fast`),
        slow: readF64(pathway.slow, square, `${at}.slow`),
      };
    }),
    rates: new Float64Array(N),
    input: new Float64Array(N),
  }));
}

function readAct(source: unknown, index: number): Act {
  const at = `acts[${index}]`;
  const stored = record(source, at);
  const name = text(stored.name, `${at}.name`);
  const { space } = stored;
  if (space !== "motor" && space !== "seen") return fail(`${at}.space is ${brief(space)}, expected "motor" or "seen"`);
  const dims = texts(stored.dims, `${at}.dims`);
  return {
    ...(stored.straying === undefined ? {} : { straying: readStraying(stored.straying, `${at}.straying`) }),
    name,
    id: integer(stored.id, 0, `${at}.id`),
    space,
    dims,
    variants: list(stored.variants, `${at}.variants`).map((variant, v) =>
      readVariant(variant, dims.length, `act ${brief(name)} variant ${v}`),
    ),
  };
}

function readStraying(source: unknown, at: string): Straying {
  const stored = record(source, at);
  const cost = finite(stored.cost, `${at}.cost`);
  if (cost < 0) fail(`${at}.cost is ${cost}, expected 0 or more`);
  return { cost, n: integer(stored.n, 1, `${at}.n`) };
}

function readVariant(source: unknown, D: number, at: string): Variant {
  const stored = record(source, at);
  return guarded(() => {
    const variant: Variant = {
      n: integer(stored.n, 1, `${at}: n`),
      mu: readF64(stored.mu, [D, BASIS], `${at}: mu`),
      deviations: readF64(stored.deviations, [null, D, BASIS], `${at}: deviations`),
      prior: readF64(stored.prior, [D], `${at}: prior`),
      known: readU8(stored.known, [D], `${at}: known`),
      logDuration: finite(stored.logDuration, `${at}: logDuration`),
      logDurationM2: finite(stored.logDurationM2, `${at}: logDurationM2`),
    };
    const bad = variant.prior.findIndex((s) => !(s > 0));
    if (bad >= 0) fail(`${at}: prior holds ${variant.prior[bad]} at ${bad}, expected more than 0`);
    if (variant.known.some((k) => k > 1)) fail(`${at}: known holds something other than 0 and 1`);
    if (variant.logDurationM2 < 0) fail(`${at}: logDurationM2 is ${variant.logDurationM2}, expected 0 or more`);
    return variant;
  });
}

/** Numbers are checked where others compute with them; fields this version does not know are kept. */
function readPerception(source: unknown, S: number): Perception {
  const stored = record(source, "perception");
  const metric = list(stored.metric, "perception.metric");
  if (metric.length !== S) fail(`perception.metric has ${metric.length} scales, expected ${S}`);
  metric.forEach((m, i) => finite(m, `perception.metric[${i}]`));
  const motion = record(stored.motion, "perception.motion");
  for (const key of ["tauPosture", "tauVelocity", "floor", "idle"]) finite(motion[key], `perception.motion.${key}`);
  for (const key of ["background", "depth", "legs"])
    if (stored[key] !== undefined) finite(stored[key], `perception.${key}`);
  if (stored.calibration !== undefined) record(stored.calibration, "perception.calibration");
  return JSON.parse(JSON.stringify(stored));
}

/** What no single part shows: names and ids are taken once, ids lie below the next, acts are in the body's coordinates. */
function checkTogether({ acts, own, seen, nextId }: Repertoire): void {
  const names = new Set<string>(),
    ids = new Set<number>();
  for (const act of acts) {
    if (names.has(act.name)) fail(`two acts are named ${brief(act.name)}`);
    if (ids.has(act.id)) fail(`two acts have the id ${act.id}`);
    if (act.id >= nextId) fail(`act ${brief(act.name)} has the id ${act.id}, expected less than nextId ${nextId}`);
    if (JSON.stringify(act.dims) !== JSON.stringify(act.space === "motor" ? own : seen))
      fail(`act ${brief(act.name)} is in other coordinates than the body`);
    names.add(act.name);
    ids.add(act.id);
  }
}

/** Array readers know nothing of repertoires: their errors are given this one's name. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith("repertoire: ")) throw error;
    throw new RangeError(`repertoire: ${message}`, { cause: error });
  }
}
