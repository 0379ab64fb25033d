// Chains of acts, each with its goal where that is known: from sets of chains, from annotations with a tier for acts and one for
// goals, and from tables with a row an act.

import type { ChainAct, ChainExample, SceneObject } from "@attune/core";
import type { Annotation } from "./annotations.ts";
import type { Chunks } from "./bytes.ts";
import { readTable } from "./csv-read.ts";
import { FormatError, quote } from "./errors.ts";
import type { ReadReport } from "./report.ts";
import type { RecordingSet, SetItem } from "./set.ts";

/** Items with segments, as chains; names are the set's own. */
export function chainsOfSet(set: RecordingSet): ChainExample[] {
  return set.items.flatMap((item) => (item.segments && item.segments.length > 0 ? [chainOf(set, item)] : []));
}

function chainOf(set: RecordingSet, { y, subj, object, segments = [] }: SetItem): ChainExample {
  return {
    ...(y === undefined ? {} : { goal: set.classes[y] }),
    ...(subj === undefined ? {} : { who: String(subj) }),
    // Sets number the objects of a scene: "1:cup".
    ...(object === undefined ? {} : { objects: [{ kind: object.replace(/^\d+:/, "") }] }),
    acts: segments.map(([first, last, act, role]) => ({
      name: set.subActivities?.[act] ?? `act ${act}`,
      ...(role === undefined ? {} : { role: set.affordances?.[role] ?? `role ${role}` }),
      from: first / set.rate,
      to: (last + 1) / set.rate,
    })),
  };
}

/** What a tier is about, by the last word of its name: "act", "anna's goal". */
const TIER = /(?:^|[\s_@.:-])(act|goal|object|role|scene|who|sound)s?$/i;

/**
 * Annotations as chains: acts in their order, cut where another goal's annotation begins; each has the object and role it shares
 * most time with.
 *
 * @throws FormatError where there is no tier for acts
 */
export function chainsOfAnnotations(annotations: readonly Annotation[]): ChainExample[] {
  const tiers = new Map<string, Annotation[]>();
  for (const annotation of annotations) {
    const what = TIER.exec(annotation.tier.trim())?.[1].toLowerCase();
    if (what === undefined || annotation.label === "") continue;
    tiers.set(what, [...(tiers.get(what) ?? []), annotation]);
  }
  const acts = (tiers.get("act") ?? []).toSorted((a, b) => a.start - b.start);
  if (acts.length === 0) {
    const came = [...new Set(annotations.map(({ tier }) => tier))].slice(0, 8).join(", ") || "none";
    throw new FormatError(
      `tiers ${came} came, one called "act" was wanted (and goal, object, role, scene, who, sound)`,
    );
  }
  const at = (what: string, act: Annotation): string | undefined => shared(tiers.get(what) ?? [], act)?.label;
  const chains: { key: unknown; example: ChainExample; acts: ChainAct[] }[] = [];
  for (const act of acts) {
    const goal = shared(tiers.get("goal") ?? [], act);
    const who = at("who", act),
      scene = at("scene", act);
    let last = chains.at(-1);
    if (!last || last.key !== goal) {
      const made: ChainAct[] = [];
      last = {
        key: goal,
        acts: made,
        example: {
          ...(goal === undefined ? {} : { goal: goal.label }),
          ...(who === undefined ? {} : { who }),
          ...(scene === undefined ? {} : { scene }),
          acts: made,
        },
      };
      chains.push(last);
    }
    const object = at("object", act),
      role = at("role", act);
    last.acts.push({
      name: act.label,
      ...(object === undefined ? {} : { object }),
      ...(role === undefined ? {} : { role }),
      from: act.start,
      to: act.end,
    });
  }
  const sounds = tiers.get("sound");
  return chains.map(({ example, acts: done }) => {
    const objects = objectsOf(done);
    const from = done[0].from,
      to = done[done.length - 1].to;
    return {
      ...example,
      ...(objects.length > 0 ? { objects } : {}),
      ...(sounds === undefined
        ? {}
        : {
            sounds: sounds
              .filter(({ start }) => start >= from && start <= to)
              .map(({ label, start }) => ({ sound: label, time: start })),
          }),
    };
  });
}

/** The annotation that shares most time with another, undefined where none does. */
function shared(tier: readonly Annotation[], { start, end }: Annotation): Annotation | undefined {
  let most = 0,
    found: Annotation | undefined;
  for (const each of tier) {
    // An act of no length is where it is.
    const common = Math.min(end, each.end) - Math.max(start, each.start) + 1e-9;
    if (common <= most) continue;
    most = common;
    found = each;
  }
  return found;
}

/** Objects that a chain's acts were done to, each kind once. */
function objectsOf(acts: readonly ChainAct[]): SceneObject[] {
  return [...new Set(acts.flatMap(({ object }) => (object === undefined ? [] : [object])))].map((kind) => ({ kind }));
}

/** Columns of a table of chains. */
const COLUMNS = {
  act: /^acts?$/i,
  start: /^(start|begin|onset|from)/i,
  end: /^(end|stop|offset|to)(?![a-z])/i,
  goal: /^goals?$/i,
  object: /^objects?$/i,
  role: /^(role|affordance)s?$/i,
  who: /^(who|person|subject|actor|participant)$/i,
  scene: /^scenes?$/i,
  chain: /^(chain|video|recording|file|item|episode)([ _]?id)?$/i,
} as const;

/** Whether a first line is one of a table of chains: columns act, start and end. */
export function isChainHead(line: string): boolean {
  const cells = line.split(/[;,\t|]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  return [COLUMNS.act, COLUMNS.start, COLUMNS.end].every((pattern) => cells.some((cell) => pattern.test(cell)));
}

/**
 * Reads a table with a row an act: columns act, start and end (s), and where they are there goal, object, role, who, scene and
 * chain. A chain ends where its goal, its person or the name in its chain column changes, or time goes back.
 *
 * @throws FormatError when a column is missing, or a time is none
 */
export async function readChainTable(chunks: Chunks): Promise<{ chains: ChainExample[]; report: ReadReport }> {
  const { names, rows, number, report } = await readTable(chunks);
  const place = Object.fromEntries(
    Object.entries(COLUMNS).map(([what, pattern]) => [what, names.findIndex((name) => pattern.test(name.trim()))]),
  ) as Record<keyof typeof COLUMNS, number>;
  const missing = (["act", "start", "end"] as const).filter((what) => place[what] < 0);
  if (missing.length > 0)
    throw new FormatError(
      `columns ${names.slice(0, 8).join(", ")} came, ${missing.join(", ")} ${missing.length > 1 ? "were" : "was"} wanted as well`,
    );
  const chains: { key: string; example: ChainExample; acts: ChainAct[] }[] = [];
  let line = 1;
  for await (const row of rows) {
    line++;
    const cell = (what: keyof typeof COLUMNS): string | undefined => row[place[what]]?.trim() || undefined;
    const name = cell("act");
    if (name === undefined) continue;
    const from = number(row[place.start]),
      to = number(row[place.end]);
    if (!(Number.isFinite(from) && to >= from))
      throw new FormatError(
        `"${name}" from ${quote(row[place.start])} to ${quote(row[place.end])} came, seconds that rise were wanted`,
        { line },
      );
    const [goal, who, scene, object, role] = (["goal", "who", "scene", "object", "role"] as const).map(cell);
    const key = JSON.stringify([goal, who, cell("chain")]);
    let last = chains.at(-1);
    if (!last || last.key !== key || from < last.acts[last.acts.length - 1].from) {
      const acts: ChainAct[] = [];
      const example = {
        ...(goal === undefined ? {} : { goal }),
        ...(who === undefined ? {} : { who }),
        ...(scene === undefined ? {} : { scene }),
        acts,
      };
      last = { key, example, acts };
      chains.push(last);
    }
    last.acts.push({
      name,
      ...(object === undefined ? {} : { object }),
      ...(role === undefined ? {} : { role }),
      from,
      to,
    });
  }
  report.frames = chains.length;
  return {
    chains: chains.map(({ example, acts }) => {
      const objects = objectsOf(acts);
      return objects.length > 0 ? { ...example, objects } : example;
    }),
    report,
  };
}
