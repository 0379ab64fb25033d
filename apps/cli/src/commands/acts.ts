// attune acts: what is known, and how to put it in order. Acts are never touched by what happens to others.

import {
  createMind,
  durationOf,
  exportActs,
  forgetAct,
  importActs,
  loadRepertoire,
  mergeActs,
  renameAct,
  saveRepertoire,
  type Act,
  type Mind,
  type Repertoire,
} from "@attune/core";
import { teachStarter } from "@attune/actor";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { print, table } from "../console.ts";
import { about, failureOf, UserError } from "../fail.ts";
import { openSource, writeWhole } from "../files.ts";
import { DEFAULT_REPERTOIRE, checkKnown, checkReplaces, readRepertoire, writeRepertoire } from "../repertoire-file.ts";

export interface ActsOptions {
  readonly repertoire: string | undefined;
  readonly json: boolean;
}

export async function listActs({ repertoire: path, json }: ActsOptions): Promise<void> {
  const { acts, body, own } = await known(path);
  const facts = acts.map((act) => ({ name: act.name, ...factsOf(act) }));
  if (json) {
    await print(JSON.stringify({ body, coordinates: own.length, acts: facts }));
    return;
  }
  if (facts.length === 0) {
    await print("I know no act yet; teach me one: attune learn NAME FILE");
    return;
  }
  const rows = facts.map(({ name, examples, ways, seconds, by }) => [
    name,
    `${examples}`,
    `${ways}`,
    `${seconds.toFixed(1)} s`,
    by,
  ]);
  for (const line of table([["act", "examples", "ways", "lasts", "known by"], ...rows], [1, 2, 3])) await print(line);
}

export async function renameCommand(from: string, to: string, options: ActsOptions): Promise<void> {
  if (to.trim() === "") throw new UserError("an empty name came, a new name was wanted");
  await change(options, [from], (repertoire) => renameAct(repertoire, from, to.trim()));
  await done(options, { renamed: from, to: to.trim() }, `"${from}" is called "${to.trim()}" now`);
}

export async function mergeCommand(from: string, into: string, options: ActsOptions): Promise<void> {
  if (from === into) throw new UserError(`"${from}" came twice, two different acts were wanted`);
  await change(options, [from, into], (repertoire) => mergeActs(repertoire, from, into));
  await done(options, { merged: from, into }, `"${from}" is a way of doing "${into}" now`);
}

export async function forgetCommand(names: readonly string[], options: ActsOptions): Promise<void> {
  await change(options, names, (repertoire) => {
    for (const name of names) forgetAct(repertoire, name);
  });
  await done(options, { forgotten: names }, `I have forgotten ${names.map((name) => `"${name}"`).join(", ")}`);
}

export async function exportCommand(out: string, names: readonly string[], options: ActsOptions): Promise<void> {
  const repertoire = await known(options.repertoire);
  for (const name of names) checkKnown(repertoire, name);
  const chosen = names.length === 0 ? repertoire.acts.map(({ name }) => name) : names;
  const text = saveRepertoire(exportActs(repertoire, chosen));
  if (out === "-") {
    await print(text);
    return;
  }
  await checkReplaces(out, "acts", [options.repertoire ?? DEFAULT_REPERTOIRE]);
  await writeWhole(out, text);
  await done(
    options,
    { exported: chosen, out },
    `${chosen.length} act${chosen.length === 1 ? " is" : "s are"} in ${out}`,
  );
}

export async function importCommand(file: string, options: ActsOptions): Promise<void> {
  const other = await foreign(file);
  const mine = await readRepertoire(options.repertoire, "may be new");
  if (mine === undefined) await writeRepertoire(options.repertoire, other);
  else {
    try {
      importActs(mine, other);
    } catch (error) {
      // The library takes new names with the acts; here one of the two is renamed before.
      const { line } = failureOf(error);
      throw about(
        file,
        new UserError(line.replace(/import it under another name.*$/, "rename yours first (attune acts rename)")),
      );
    }
    await writeRepertoire(options.repertoire, mine);
  }
  const names = other.acts.map(({ name }) => name);
  await done(
    options,
    { imported: names },
    `I know ${names.map((name) => `"${name}"`).join(", ") || "nothing new"} from ${file}`,
  );
}

/** What everybody brings along goes by this name, where no file has it. */
const STARTER = "starter";

async function foreign(file: string): Promise<Repertoire> {
  if (file === STARTER && !existsSync(file)) {
    const { repertoire } = createStarter();
    return repertoire;
  }
  await openSource(file);
  try {
    return loadRepertoire(await readFile(file, "utf8"));
  } catch (error) {
    throw about(file, error);
  }
}

function createStarter(): Mind {
  const mind = createMind({ rate: 30, seed: 1 });
  teachStarter(mind, { examples: 2, seed: 3 });
  return mind;
}

async function known(path: string | undefined): Promise<Repertoire> {
  const repertoire = await readRepertoire(path, "must be there");
  if (repertoire === undefined) throw new UserError("there is no repertoire");
  return repertoire;
}

async function change(
  { repertoire: path }: ActsOptions,
  names: readonly string[],
  edit: (repertoire: Repertoire) => void,
): Promise<void> {
  const repertoire = await known(path);
  for (const name of names) checkKnown(repertoire, name);
  edit(repertoire);
  await writeRepertoire(path, repertoire);
}

async function done({ json }: ActsOptions, facts: object, sentence: string): Promise<void> {
  await print(json ? JSON.stringify(facts) : sentence);
}

function factsOf({ variants, space }: Act): { examples: number; ways: number; seconds: number; by: string } {
  const usual = variants.reduce((best, variant) => (variant.n > best.n ? variant : best), variants[0]);
  return {
    examples: variants.reduce((sum, { n }) => sum + n, 0),
    ways: variants.length,
    seconds: usual === undefined ? 0 : Number(durationOf(usual).toPrecision(4)),
    by: space === "motor" ? "doing and sight" : "sight alone",
  };
}
