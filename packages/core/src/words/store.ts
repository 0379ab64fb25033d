// A lexicon as one JSON text that reads back as it was.

import { type StoredReader, brief, storedReader } from "../stored.ts";
import { KINDS, type Lexicon, type ReferentKind, createLexicon } from "./associate.ts";

const reader = storedReader("loadLexicon");
const { parse, record, list, text, finite } = reader;
const fail: StoredReader["fail"] = reader.fail;

const FORMAT = "attune-words";
const VERSION = 1;

/** The lexicon as versioned JSON text. */
export function saveLexicon({ learner, time, hearings, words, referents, order, noise }: Lexicon): string {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    learner,
    time: time ?? null,
    hearings,
    referents,
    words: words.map(({ word, heard, company, together }) => ({ word, heard, company, together: [...together] })),
    order: { kinds: KINDS, before: order },
    noise: Array.from(noise),
  });
}

/**
 * Reads a stored lexicon.
 *
 * @param source the text, or what JSON.parse made of it
 * @throws RangeError in one line: not JSON, another format, a newer version, a count that is none, a referent that is
 *   not there
 */
export function loadLexicon(source: unknown): Lexicon {
  const stored = record(typeof source === "string" ? parse(source) : source, "the file");
  if (stored["format"] !== FORMAT) fail(`format is ${brief(stored["format"])}, expected "${FORMAT}"`);
  const { version } = stored;
  if (!Number.isSafeInteger(version) || (version as number) < 1) fail(`version is ${brief(version)}, expected 1`);
  if ((version as number) > VERSION)
    fail(`version ${version as number}, this Attune reads up to ${VERSION}: update Attune`);
  const learner = record(stored["learner"], "learner");
  const out = createLexicon({
    halfLife: count(learner["halfLife"], "learner.halfLife"),
    capacity: count(learner["capacity"], "learner.capacity"),
    lapse: count(learner["lapse"], "learner.lapse"),
    seed: count(learner["seed"], "learner.seed"),
  });
  if (stored["time"] !== null) out.time = finite(stored["time"], "time");
  out.hearings = count(stored["hearings"], "hearings");
  out.referents = list(stored["referents"], "referents").map((each, r) => {
    const { kind, name, there } = record(each, `referents[${r}]`);
    return {
      kind: kindOf(kind, `referents[${r}].kind`),
      name: text(name, `referents[${r}].name`),
      there: count(there, `referents[${r}].there`),
    };
  });
  const known = new Set<string>();
  out.words = list(stored["words"], "words").map((each, w) => {
    const { word, heard, company, together } = record(each, `words[${w}]`);
    const pairs = list(together, `words[${w}].together`).map((pair, k): [number, number] => {
      const at = `words[${w}].together[${k}]`;
      const [referent, n] = list(pair, at);
      if (!Number.isSafeInteger(referent) || out.referents[referent as number] === undefined)
        fail(`${at} names referent ${brief(referent)}, there are 0 to ${out.referents.length - 1}`);
      return [referent as number, count(n, at)];
    });
    const said = text(word, `words[${w}].word`);
    if (known.has(said)) fail(`words[${w}] is "${said}", which is there already`);
    known.add(said);
    const times = count(heard, `words[${w}].heard`);
    if (times === 0) fail(`words[${w}] ("${said}") was heard 0 times, expected more`);
    return {
      word: said,
      heard: times,
      company: Math.max(times, count(company, `words[${w}].company`)),
      together: new Map(pairs),
    };
  });
  readOrder(stored["order"], out);
  const noise = list(stored["noise"], "noise").map((v) => count(v, "noise"));
  if (noise.length !== 4 || noise.some((v) => v > 0xffffffff)) fail("noise is not four 32-bit numbers");
  out.noise = Uint32Array.from(noise);
  return out;
}

/** By name of kind, so that kinds may be added or change places. */
function readOrder(stored: unknown, out: Lexicon): void {
  const { kinds, before } = record(stored, "order");
  const places = list(kinds, "order.kinds").map((kind) => KINDS.indexOf(kindOf(kind, "order.kinds")));
  const rows = list(before, "order.before");
  if (rows.length !== places.length) fail(`order.before has ${rows.length} rows, expected ${places.length}`);
  rows.forEach((row, a) => {
    const cells = list(row, `order.before[${a}]`);
    if (cells.length !== places.length)
      fail(`order.before[${a}] has ${cells.length} numbers, expected ${places.length}`);
    cells.forEach((v, b) => (out.order[places[a]][places[b]] = count(v, `order.before[${a}][${b}]`)));
  });
}

function count(value: unknown, what: string): number {
  const n = finite(value, what);
  if (n < 0) fail(`${what} is ${n}, a number of at least 0 was wanted`);
  return n;
}

function kindOf(value: unknown, what: string): ReferentKind {
  const kind = KINDS.find((k) => k === value);
  return kind ?? fail(`${what} is ${brief(value)}, expected one of ${KINDS.join(", ")}`);
}
