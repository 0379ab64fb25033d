// What to do about what the other shows and does: a table in data, to be read, edited and tested. One row: when, what, how
// strongly, how soon, how often at most, and why. `respond` reads it and adds nothing of its own but the rules in `never`.

import { EXPRESSIONS } from "../affect/expressions.ts";
import type { Relation } from "../affect/types.ts";
import { visageOf } from "../body/visage.ts";
import { storedReader } from "../stored.ts";
import { EVENTS, type EventName, SEEN_CUES } from "./cues.ts";
import type { AngerAt, Setting } from "./scene.ts";
import { UTTERANCE_KINDS, type UtteranceKind } from "./utterances.ts";

/** Least and most, both included. */
export type Span = readonly [least: number, most: number];
/** By how close the two are: stranger, known, intimate (`BONDS`); between them in a straight line, towards 0 for the disliked. */
export type ByBond = readonly [stranger: number, known: number, intimate: number];

/** What has to be so. One of `see`, `act`, `event`; everything else that is named has to hold as well. */
export interface When {
  /** Any of these on their face: an expression, "smile", "startle", or one the face was taught. */
  readonly see?: readonly string[];
  /** Any of these acts of theirs. */
  readonly act?: readonly string[];
  readonly event?: readonly EventName[];
  /** At its beginning (an act: when it is recognised), as long as it lasts, or at its end. Default "start". */
  readonly at?: "start" | "while" | "end";
  readonly relation?: Readonly<Partial<Record<keyof Relation, Span>>>;
  readonly setting?: readonly Setting[];
  /** Somebody pays for the joke. */
  readonly atExpense?: boolean;
  readonly angerAt?: readonly AngerAt[];
  /** They speak. */
  readonly speaking?: boolean;
  /** The smile raises the cheeks, or does not, as far as one sees. */
  readonly smile?: "genuine" | "polite";
  /** Steps of comfort taken so far: 0 none, 1 acknowledged, 2 legitimised, 3 invited, 4 reframed. */
  readonly comfort?: Span;
  /** s they have spoken since the last step of comfort. */
  readonly heard?: Span;
  readonly concern?: Span;
  readonly distress?: Span;
}

export const CHANNELS = ["face", "head", "body", "voice", "gaze", "step"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is done: of one channel. */
export interface Doing {
  /** Short and plain: "return the smile". */
  readonly kind: string;
  /** Copy, on the face, a share of what is seen of the cue: the row's strength. */
  readonly copies?: true;
  /** Units to move, 0..1 at strength 1, by names of FACE_UNITS without the side; {} keeps the face still. */
  readonly face?: Readonly<Record<string, number>>;
  /** rad at strength 1; goes with the face. */
  readonly head?: Readonly<Partial<Record<"pitch" | "yaw" | "roll", number>>>;
  /** -1 back .. 1 forward at strength 1; goes with the face. */
  readonly lean?: number;
  /** Of the head alone: "nod". */
  readonly nod?: string;
  /** An act of the body, by its name in the repertoire; "" for none: the hands are kept still. */
  readonly act?: string;
  /** The hand that meets theirs as people do (right with right), the one across from it, or either. */
  readonly hand?: "same" | "facing" | "either";
  readonly utterance?: UtteranceKind;
  readonly gaze?: "other" | "away" | "there";
  readonly step?: true;
  /** s it lasts from when it begins; "cue": as long as what it answers. */
  readonly lasts: number | "cue";
  /** Step of comfort this takes. */
  readonly comfort?: number;
  /** s for which nothing is said or started after it. */
  readonly space?: number;
}

/** s from when the cue began: normal, drawn again outside floor and cap. */
export interface Latency {
  readonly mean: number;
  readonly sd: number;
  readonly floor: number;
  readonly cap: number;
}

export const GAINS = ["motorResonance", "facialMimicry", "perspectiveTaking"] as const;
export type GainName = (typeof GAINS)[number];

/** V: abstract or source read; M: measured on data; R: recalled; D: by design. */
export type Grade = "V" | "M" | "R" | "D";

export interface Row {
  /** Its own; by it rows are spoken of. */
  readonly name: string;
  readonly when: When;
  readonly do: Doing;
  /** 0..1 */
  readonly strength: number | ByBond;
  /** Probability that a cue is answered by it, if nothing else is in the way. */
  readonly chance: number | ByBond;
  /** Trait that scales chance and strength, if any. */
  readonly gain?: GainName;
  /** Copies the other: counts towards the dose of mirroring. */
  readonly mirrors?: true;
  readonly latency: Latency;
  /** Instead of chance and latency: comes some time after the cue. */
  readonly hazard?: {
    /** Without any cue, 1/s. */
    readonly base: number;
    /** Expected number of answers to a cue, at a bond of 1; the next of the same bout count `again` of it each. */
    readonly caught: number;
    readonly again: number;
    /** s over which they come; up to twice that for weak bonds. */
    readonly within: number;
    /** s without a cue after which a bout is over. */
    readonly bout: number;
  };
  /** s before it may come again. */
  readonly refractory: number;
  /** At most so many in so many s. */
  readonly dose: { readonly most: number; readonly per: number };
  /** Strength and chance times `factor` at each time, recovering with a time constant of `recovers` s. */
  readonly habituates?: { readonly factor: number; readonly recovers: number };
  /** 0..1; the higher wins its channel. */
  readonly priority: number;
  readonly why: string;
  readonly source: string;
  readonly grade: Grade;
}

export interface Policy {
  readonly rows: readonly Row[];
  /** All copying together: at most `most` in `per` s, and `share` of what the other showed or did in them, each repeat weaker by `falls`. */
  readonly mirroring: { readonly most: number; readonly per: number; readonly share: number; readonly falls: number };
  /** s after their sadness, fear, pain or shame in which Attune does not smile. */
  readonly noSmile: number;
  /** Units that make a smile. */
  readonly smileUnits: readonly string[];
}

/** Never copied, whatever a table says (Hess & Fischer 2013, doi:10.1177/1088868312472607). */
export const NEVER_COPIED = ["anger", "disgust", "contempt"] as const;

/** The channel a row works in. */
export function channelOf({ do: doing }: Pick<Row, "do">): Channel {
  if (doing.copies || doing.face) return "face";
  if (doing.nod !== undefined) return "head";
  if (doing.act !== undefined) return "body";
  if (doing.utterance !== undefined) return "voice";
  return doing.gaze === undefined ? "step" : "gaze";
}

/** A number that may depend on the bond, at this bond 0..1. */
export function byBond(value: number | ByBond, bond: number): number {
  if (typeof value === "number") return value;
  const [stranger, known, intimate] = value;
  if (bond <= 0.25) return (stranger * bond) / 0.25;
  return bond <= 0.6
    ? stranger + ((known - stranger) * (bond - 0.25)) / 0.35
    : known + ((intimate - known) * (bond - 0.6)) / 0.4;
}

/**
 * A table that can be used, or one sentence on the first thing that is wrong with it.
 *
 * @param taught names of further expressions the face knows, which rows may wait for
 * @throws RangeError naming the row, what is there and what was wanted
 */
export function checkPolicy(policy: Policy, taught: readonly string[] = []): void {
  if (!isRecord(policy) || !Array.isArray(policy.rows) || policy.rows.length === 0)
    throw new RangeError("policy: there are no rows; start from POLICY and change it");
  const names = new Set<string>();
  for (const row of policy.rows) {
    if (!isRecord(row) || typeof row.name !== "string" || row.name === "")
      throw new RangeError("policy: a row has no name");
    if (names.has(row.name)) throw new RangeError(`policy: there are two rows "${row.name}"`);
    names.add(row.name);
    checkShape(row);
    checkWhen(row, taught);
    checkDoing(row, policy);
    checkNumbers(row);
  }
  const { mirroring, noSmile, smileUnits } = policy;
  if (!isRecord(mirroring) || !Array.isArray(smileUnits))
    throw new RangeError("policy: mirroring or smileUnits is missing; start from POLICY and change it");
  want("mirroring", "most", mirroring.most, 0, 1000);
  want("mirroring", "per", mirroring.per, 1, 3600);
  want("mirroring", "share", mirroring.share, 0, 1);
  want("mirroring", "falls", mirroring.falls, 0, 1);
  want("policy", "noSmile", noSmile, 0, 3600);
}

/**
 * A table from its JSON text.
 *
 * @param taught as for `checkPolicy`
 * @throws RangeError in one sentence for text that is no JSON or no table that can be used
 */
export function readPolicy(text: string, taught: readonly string[] = []): Policy {
  const policy = storedReader("policy").parse(text) as Policy;
  checkPolicy(policy, taught);
  return policy;
}

const ROW_KEYS =
  "name when do strength chance gain mirrors latency hazard refractory dose habituates priority why source grade".split(
    " ",
  );
const WHEN_KEYS =
  "see act event at relation setting atExpense angerAt speaking smile comfort heard concern distress".split(" ");
const DO_KEYS = "kind copies face head lean nod act hand utterance gaze step lasts comfort space".split(" ");

/** What is misspelt would be silently without effect. */
function checkShape(row: Row): void {
  for (const key of ["when", "do", "latency", "dose"] as const)
    if (!isRecord(row[key])) fail(row.name, `has no ${key}`);
  for (const [what, found, known] of [
    ["a row", row, ROW_KEYS],
    ["when", row.when, WHEN_KEYS],
    ["do", row.do, DO_KEYS],
  ] as const)
    for (const key of Object.keys(found))
      if (!known.includes(key))
        fail(row.name, `${what} has "${key}", which is not known; there are ${known.join(", ")}`);
  for (const key of ["see", "act", "event", "setting", "angerAt"] as const)
    if (row.when[key] !== undefined && !Array.isArray(row.when[key])) fail(row.name, `${key} is not a list`);
  if (row.gain !== undefined && !GAINS.includes(row.gain))
    fail(row.name, `gain is "${row.gain}", expected ${GAINS.join(", ")}`);
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function checkWhen({ name, when }: Row, taught: readonly string[]): void {
  const kinds = [when.see, when.act, when.event].filter((list) => list !== undefined);
  if (kinds.length !== 1 || kinds[0].length === 0)
    fail(name, "when names not exactly one of see, act and event; a row answers one kind of thing");
  for (const cue of when.see ?? [])
    if (!SEEN_CUES.includes(cue) && !taught.includes(cue))
      fail(
        name,
        `sees "${cue}", which is not known; there are ${[...SEEN_CUES, ...taught].join(", ")}; teach it to the face first`,
      );
  for (const event of when.event ?? [])
    if (!EVENTS.includes(event)) fail(name, `waits for "${event}", which is not known; there are ${EVENTS.join(", ")}`);
  if (when.smile && !when.see?.includes("smile")) fail(name, `asks for a ${when.smile} smile but does not see "smile"`);
  for (const [key, span] of Object.entries({ ...when.relation, ...spans(when) }))
    if (!(span[0] <= span[1])) fail(name, `${key} is from ${span[0]} to ${span[1]}, expected the lesser first`);
}

function spans({ comfort, heard, concern, distress }: When): Record<string, Span> {
  return Object.fromEntries(Object.entries({ comfort, heard, concern, distress }).filter((pair) => pair[1])) as Record<
    string,
    Span
  >;
}

function checkDoing({ name, when, do: doing, mirrors }: Row, { smileUnits }: Policy): void {
  if (!doing.kind) fail(name, "do has no kind");
  const { copies, face, nod, act, utterance, gaze, step } = doing;
  const channels = [copies ?? face, nod, act, utterance, gaze, step].filter((one) => one !== undefined).length;
  if (channels !== 1)
    fail(name, `does ${channels} things, expected one: copies, face, nod, act, utterance, gaze or step`);
  if (copies && face) fail(name, "both copies and moves the face; choose one");
  if (copies && !when.see) fail(name, "copies, but sees no expression to copy");
  if (copies && !mirrors) fail(name, "copies, but does not say mirrors: true, so no dose would hold it");
  for (const cue of when.see ?? [])
    if (copies && (NEVER_COPIED as readonly string[]).includes(cue))
      fail(name, `copies ${cue}; antagonistic expressions are never copied: answer it with a face of your own`);
  for (const given of when.act ?? [])
    if (given === "offer" && act === "offer") fail(name, "answers an offer with an offer; take it");
  if (utterance !== undefined && !UTTERANCE_KINDS.includes(utterance))
    fail(name, `says "${utterance}", which is not known; there are ${UTTERANCE_KINDS.join(", ")}`);
  if (face) {
    try {
      visageOf({ name, units: face });
    } catch (error) {
      fail(name, (error as Error).message);
    }
    const smiles = Object.keys(face).some((unit) => smileUnits.includes(unit.slice(0, 4)) && face[unit] > 0);
    const sad = when.see?.find((cue) => signalOf(cue) === "plea" || cue === "shame");
    if (smiles && sad) fail(name, `smiles at ${sad}; distress is never met with a smile`);
    for (const [unit, value] of Object.entries(face)) want(name, unit, value, 0, 1);
  }
  if (doing.lasts !== "cue") want(name, "lasts", doing.lasts, 0, 600);
  if (doing.lean !== undefined) want(name, "lean", doing.lean, -1, 1);
}

function checkNumbers(row: Row): void {
  const { name, latency, dose, habituates, hazard, mirrors } = row;
  for (const key of ["strength", "chance"] as const)
    for (const value of Array.isArray(row[key]) && row[key].length === 3 ? row[key] : [row[key] as number])
      want(name, key, value, 0, 1);
  want(name, "priority", row.priority, 0, 1);
  want(name, "refractory", row.refractory, 0, 3600);
  want(name, "latency floor", latency.floor, mirrors ? 0.3 : 0, 60);
  want(name, "latency cap", latency.cap, latency.floor, 120);
  want(name, "latency mean", latency.mean, latency.floor, latency.cap);
  want(name, "latency sd", latency.sd, 0, 60);
  want(name, "dose most", dose.most, 0, 1000);
  want(name, "dose per", dose.per, 1, 3600);
  if (habituates) {
    want(name, "habituates factor", habituates.factor, 0, 1);
    want(name, "habituates recovers", habituates.recovers, 1, 86400);
  }
  if (hazard) {
    want(name, "hazard base", hazard.base, 0, 1);
    want(name, "hazard caught", hazard.caught, 0, 100);
    want(name, "hazard again", hazard.again, 0, 1);
    want(name, "hazard within", hazard.within, 1, 3600);
    want(name, "hazard bout", hazard.bout, 1, 86400);
  }
  if (!row.why) fail(name, "has no why: say in a sentence what it is for");
  if (!row.source) fail(name, 'has no source: name a paper, or "by design"');
  if (!["V", "M", "R", "D"].includes(row.grade)) fail(name, `grade is ${row.grade}, expected V, M, R or D`);
}

function signalOf(cue: string): string | undefined {
  return EXPRESSIONS.find(({ name }) => name === cue)?.signal;
}

function want(who: string, what: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) fail(who, `${what} is ${value}, expected ${least} to ${most}`);
}

function fail(row: string, what: string): never {
  throw new RangeError(`policy: "${row}": ${what}`);
}
