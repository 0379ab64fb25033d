// attune bench: measurements on recorded movement. The sets stay where they are; nothing is measured unless the person
// says where.

import { stat } from "node:fs/promises";
import { print, table as columns, tell } from "../console.ts";
import { UserError } from "../fail.ts";
import { writeWhole } from "../files.ts";
import { didYouMean } from "../nearest.ts";

export interface BenchOptions {
  readonly data: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly short: boolean;
  readonly out: string | undefined;
  readonly train: string | undefined;
  readonly json: boolean;
}

/** What `@attune/bench` offers; loaded only when asked for. */
interface Benches {
  readonly benches: Record<
    string,
    {
      describe: string;
      /** Absent where it does. */
      needsData?: boolean;
      run(options: {
        dataDir?: string;
        json: boolean;
        log: (line: string) => void;
        only?: string[];
        short?: boolean;
        out?: string;
        train?: string;
      }): Promise<unknown>;
    }
  >;
  table(name: string, result: never): string;
}

export async function benchCommand(name: string, options: BenchOptions): Promise<void> {
  const { benches, table } = await load();
  const names = Object.keys(benches);
  if (name === "list") {
    for (const line of columns(names.map((each) => [each, benches[each].describe]))) await print(line);
    return;
  }
  if (!Object.hasOwn(benches, name))
    throw new UserError(
      `there is no bench "${name}"${didYouMean(name, names) || `; there are ${names.join(", ")}`}; attune bench list says what they measure`,
    );
  if (name === "all" && options.short)
    throw new UserError("--short came, but all is whole; choose some with --only, or one bench with --short");
  if (options.train !== undefined && name !== "expression")
    throw new UserError(`--train came, but ${name} learns from its own sets; it is for expression, leave it out`);
  const needless = benches[name].needsData === false;
  if (needless && (options.data !== undefined || options.only !== undefined))
    throw new UserError(
      `--${options.data === undefined ? "only" : "data"} came, but ${name} needs no sets; leave it out`,
    );
  const dataDir = needless ? undefined : await dataFolder(options.data);
  const result = await benches[name].run({
    json: options.json,
    log: tell,
    short: options.short,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(options.only === undefined ? {} : { only: [...options.only] }),
    ...(options.out === undefined ? {} : { out: options.out }),
    ...(options.train === undefined ? {} : { train: options.train }),
  });
  const json = JSON.stringify(result);
  // `all` writes a folder of that name itself.
  if (options.out !== undefined && name !== "all")
    await writeWhole(options.out, `${JSON.stringify(result, undefined, 2)}\n`);
  await print(options.json ? json : table(name, result as never));
}

async function dataFolder(named: string | undefined): Promise<string> {
  const folder = named ?? process.env["ATTUNE_DATA"];
  if (!folder)
    throw new UserError(
      "no folder of recordings came; say where they are with --data DIR or in the environment variable ATTUNE_DATA",
    );
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new UserError(`--data ${folder} is no folder; the folder of the sets (NAME.json with NAME.bin) was wanted`);
  return folder;
}

async function load(): Promise<Benches> {
  // Not a constant to the compiler: an installed attune may come without the measurements.
  const name: string = "@attune/bench";
  try {
    return (await import(name)) as Benches;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("ERR_") || (error as Error).message.includes("Cannot find"))
      throw new UserError(
        "the measurements (@attune/bench) are not installed here; run bench from a clone of the project",
      );
    throw error;
  }
}
