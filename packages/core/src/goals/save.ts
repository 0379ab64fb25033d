// Chains through JSON and back. Counts are made of examples, so the examples are what is kept: a file people can read and change.

import { type Chains, addExample, createChains, pairSound } from "./chains.ts";
import { type StoredReader, brief, storedReader } from "../stored.ts";
import type { ChainAct, ChainExample, SceneObject } from "./types.ts";

const reader = storedReader("goals");
const { parse, record, list, text: name, finite: number } = reader;
const fail: StoredReader["fail"] = reader.fail;

/** Goes up whenever an older file could not be read as it is. */
export const GOALS_VERSION = 1;

/** The file. */
export interface SavedChains {
  readonly format: "attune-goals";
  readonly version: number;
  readonly concentration: number;
  readonly examples: readonly ChainExample[];
  /** Sounds paired with acts outside any chain: [act, sound, times]. */
  readonly sounds: readonly (readonly [string, string, number])[];
}

export function saveChains(chains: Chains): string {
  const inChains = createChains(chains.concentration);
  for (const example of chains.examples) addExample(inChains, example);
  const sounds: [string, string, number][] = [];
  for (const [a, act] of chains.acts.entries())
    for (const sound of chains.sounds) {
      const mine = inChains.acts.indexOf(act);
      const more = (chains.heard.get(`${a} ${sound}`) ?? 0) - (inChains.heard.get(`${mine} ${sound}`) ?? 0);
      if (more > 0) sounds.push([act, sound, more]);
    }
  const file: SavedChains = {
    format: "attune-goals",
    version: GOALS_VERSION,
    concentration: chains.concentration,
    // In one order of fields, whoever made them.
    examples: chains.examples.map((example) => exampleOf(example, "example")),
    sounds,
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** @throws RangeError in one sentence for whatever is no file of goals of this version */
export function loadChains(text: string): Chains {
  const file = record(parse(text), "the file");
  if (file.format !== "attune-goals") fail(`its format is ${brief(file.format)}, expected "attune-goals"`);
  if (file.version !== GOALS_VERSION)
    fail(`it is of version ${brief(file.version)}, this reads ${GOALS_VERSION}; learn the goals anew`);
  const concentration = number(file.concentration, "concentration");
  if (!(concentration > 0)) fail(`concentration is ${concentration}, expected more than 0`);
  const chains = createChains(concentration);
  list(file.examples, "examples").forEach((value, i) => {
    const example = exampleOf(value, `examples[${i}]`);
    try {
      addExample(chains, example);
    } catch (error) {
      fail((error as Error).message);
    }
  });
  list(file.sounds, "sounds").forEach((value, i) => {
    const [act, sound, times] = list(value, `sounds[${i}]`);
    const named = name(act, `sounds[${i}][0]`),
      heard = name(sound, `sounds[${i}][1]`),
      n = number(times, `sounds[${i}][2]`);
    if (!Number.isInteger(n) || n < 1 || n > 1e6) fail(`sounds[${i}][2] is ${n}, expected a count from 1`);
    if (!chains.acts.includes(named)) fail(`sounds[${i}] is of ${brief(named)}, which is in no example`);
    for (let k = 0; k < n; k++) pairSound(chains, named, heard);
  });
  return chains;
}

function exampleOf(value: unknown, at: string): ChainExample {
  const stored = record(value, at);
  const acts = list(stored.acts, `${at}.acts`).map((act, i): ChainAct => {
    const where = `${at}.acts[${i}]`;
    const stated = record(act, where);
    const { object, role, from, to } = stated;
    return {
      name: name(stated.name, `${where}.name`),
      ...optional("object", object, where),
      ...optional("role", role, where),
      from: number(from, `${where}.from`),
      to: number(to, `${where}.to`),
    };
  });
  return {
    ...optional("goal", stored.goal, at),
    ...optional("scene", stored.scene, at),
    ...optional("who", stored.who, at),
    ...optional("before", stored.before, at),
    ...(stored.objects === undefined ? {} : { objects: objectsOf(stored.objects, `${at}.objects`) }),
    acts,
    ...(stored.sounds === undefined
      ? {}
      : {
          sounds: list(stored.sounds, `${at}.sounds`).map((heard, i) => {
            const where = `${at}.sounds[${i}]`;
            const { sound, time } = record(heard, where);
            return { sound: name(sound, `${where}.sound`), time: number(time, `${where}.time`) };
          }),
        }),
  };
}

function objectsOf(value: unknown, at: string): SceneObject[] {
  return list(value, at).map((object, i) => {
    const where = `${at}[${i}]`;
    const { kind, role, position } = record(object, where);
    return {
      kind: name(kind, `${where}.kind`),
      ...optional("role", role, where),
      ...(position === undefined
        ? {}
        : { position: list(position, `${where}.position`).map((v, d) => number(v, `${where}.position[${d}]`)) }),
    };
  });
}

function optional<K extends string>(key: K, value: unknown, at: string): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: name(value, `${at}.${key}`) }) as { [P in K]?: string };
}
