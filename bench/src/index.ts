// The benches: what each measures, how it is run, and its table. `attune bench NAME` is their front door.

import { availableParallelism } from "node:os";
import { type Part, type Pages, engineOf, renderPages, runAll, runApart } from "./all.ts";
import { measureContinuation } from "./continuation.ts";
import { figuresOf } from "./figures.ts";
import { measureEarly } from "./early.ts";
import { type Empathy, measureEmpathy } from "./empathy.ts";
import { type ExpressionResult, measureExpression } from "./expression.ts";
import { measureNovelty } from "./novelty.ts";
import { type LoadedSet, foldsOf, labelled, listSets, loadSet } from "./sets.ts";
import { measureRecognition } from "./recognition.ts";
import { measureReproduction } from "./reproduction.ts";
import { measureGoals } from "./goals.ts";
import { type GoalSpeed, measureGoalSpeed } from "./goals-speed.ts";
import { type Speed, measureSpeed } from "./speed.ts";
import { measureStarter } from "./starter.ts";
import { measureStreams } from "./streams.ts";
import { benchClosedLoop, benchStudio, benchTeaching } from "./studio.ts";
import { table } from "./tables.ts";
import { measureWords } from "./words.ts";

export { table };

export interface BenchOptions {
  dataDir?: string;
  json: boolean;
  log: (line: string) => void;
  /** Names of the sets to run; default all that fit. */
  only?: readonly string[];
  /** A smoke run: no few-shot part, few frames. */
  short?: boolean;
  /** `all` only: the results folder. */
  out?: string;
  /** `expression` only: the table to learn from. */
  train?: string;
}

export interface Bench {
  describe: string;
  needsData: boolean;
  /** Needs a browser and models, or data of another kind, and is no part of `all`. */
  apart?: boolean;
  /** Has a page of results all the same, made of what `--out` kept. */
  page?: boolean;
  run(options: BenchOptions): Promise<unknown>;
}

export const benches: Record<string, Bench> = {
  recognition: {
    describe: "early recognition, calibration and learning from few examples, on every set of acts",
    needsData: true,
    run: (options) =>
      overSets(options, (loaded) => measureRecognition(loaded, { log: options.log, short: options.short ?? false })),
  },
  reproduction: {
    describe: "reproduction of unseen demonstrations against the trivial answer, on every set of acts",
    needsData: true,
    run: (options) =>
      overSets(options, (loaded) => {
        const { dims } = loaded.set;
        const demos = labelled(loaded).map((item) => rows(item, dims));
        return measureReproduction(options.short ? demos.slice(0, 120) : demos, dims);
      }),
  },
  starter: {
    describe: "real people doing what the starter repertoire has, watched by a mind that only practised it",
    needsData: true,
    run: (options) =>
      overSets(options, (loaded) => measureStarter(loaded, { log: options.log, short: options.short ?? false })),
  },
  early: {
    describe: "naming an act while it goes on: how soon, how often right, on every set of acts",
    needsData: true,
    run: (options) => overSets(options, (loaded) => measureEarly(loaded, options.log)),
  },
  continuation: {
    describe: "where everything will be some frames on, on every set of acts",
    needsData: true,
    run: (options) => overSets(options, (loaded) => measureContinuation(loaded, options.log)),
  },
  novelty: {
    describe: "telling unknown acts from known ones, on every set of acts with three classes or more",
    needsData: true,
    run: (options) => overSets(options, (loaded) => measureNovelty(loaded, options.log)),
  },
  streams: {
    describe: "finding acts in uncut streams, recorded or built from every set of acts",
    needsData: true,
    run: (options) => overSets(options, (loaded) => measureStreams(loaded, options.log), ["acts", "streams"]),
  },
  expression: {
    describe: "reading expressions from coded faces and trackers' channels, and face with voice against viewers' votes",
    needsData: true,
    apart: true,
    page: true,
    run: async ({ dataDir, train, only, log }): Promise<ExpressionResult> =>
      measureExpression(dataFolder(dataDir), { train, only, log }),
  },
  speed: {
    describe: "time a frame with 10, 100 and 1000 acts of 60 dimensions, and with 1000 goals of 10 steps",
    needsData: false,
    run: async (options) => {
      const out: Record<string, Speed | GoalSpeed> = {};
      for (const acts of options.short ? [10, 100] : [10, 100, 1000]) {
        options.log(`speed: ${acts} acts`);
        out[acts] = measureSpeed(acts, options.short ? 300 : 3000);
      }
      options.log("speed: goals");
      out["goals"] = measureGoalSpeed(options.short ? 100 : 1000, 10, options.short ? 900 : 9000);
      return out;
    },
  },
  empathy: {
    describe: "published effects on feeling, run on hearts: regulation, feedback of the face, contagion, embarrassment",
    needsData: false,
    run: async ({ log, short = false }): Promise<Empathy> => measureEmpathy(short ? 150 : 4000, log),
  },
  studio: {
    describe: "what the Studio costs in a browser: latency over the models, freezes, heap, first load",
    needsData: false,
    apart: true,
    run: ({ log, short = false }) => benchStudio({ log, short }),
  },
  "closed-loop": {
    describe: "whether the drawn figure is seen by the models as it is moved, channel by channel",
    needsData: false,
    apart: true,
    run: ({ log, short = false }) => benchClosedLoop({ log, short }),
  },
  teaching: {
    describe: "acts taught once through the camera's picture, recognised in another tempo and size",
    needsData: false,
    apart: true,
    run: ({ log, short = false }) => benchTeaching({ log, short }),
  },
  words: {
    describe: "learning what acts are called from hearing, on every set of acts",
    needsData: true,
    run: (options) =>
      overSets(options, (loaded) => measureWords(loaded, { log: options.log, short: options.short ?? false })),
  },
  goals: {
    describe: "what comes next and what for, in chains of acts of an unseen person; how early an onset is foreseen",
    needsData: true,
    run: (options) => overSets(options, (loaded) => measureGoals(loaded, options.log), ["acts", "chains"]),
  },
  all: {
    describe: "all of these on every set, into a folder of results",
    needsData: true,
    run: (options) => measureAll(options),
  },
};

/** How results are shown. */
export const pages: Pages = {
  names: Object.keys(benches).filter((name) => name !== "all" && (!benches[name].apart || benches[name].page)),
  describe: (bench) => benches[bench].describe,
  table,
  figures: figuresOf,
};

/** Dear sets first, so that no core waits for the last. */
async function measureAll({ dataDir, only, log, out = "bench-results" }: BenchOptions): Promise<unknown> {
  const folder = dataFolder(dataDir);
  const sets = listSets(folder)
      .map(({ name, path }) => ({ name, cost: costOf(path) }))
      .sort((a, b) => b.cost - a.cost)
      .map(({ name }) => name),
    names = pages.names.filter((name) => !benches[name].apart);
  for (const name of only ?? [])
    if (!sets.includes(name) && !names.includes(name))
      throw new RangeError(`bench: no set or bench "${name}"; there are ${[...names, ...sets].join(", ")}`);
  const chosen = (known: readonly string[]): readonly string[] => {
    const some = known.filter((name) => only?.includes(name));
    return some.length > 0 ? some : known;
  };
  const parts: Part[] = [
    ...chosen(names)
      .filter((bench) => benches[bench].needsData)
      .flatMap((bench) => chosen(sets).map((set): Part => ({ bench, set }))),
    ...chosen(names)
      .filter((bench) => !benches[bench].needsData)
      .map((bench): Part => ({ bench, alone: true })),
  ];
  const { written, failed } = await runAll(parts, {
    out,
    jobs: availableParallelism(),
    log,
    engine: engineOf(),
    run: runApart(folder),
  });
  await renderPages(out, pages);
  return { written, failed };
}

/** Bytes watched and learned from, about: its data as often as there are folds. A set that cannot be read costs nothing. */
function costOf(path: string): number {
  try {
    const loaded = loadSet(path);
    return loaded.floats.byteLength * foldsOf(labelled(loaded)).folds.length;
  } catch {
    return 0;
  }
}

function dataFolder(dir: string | undefined): string {
  if (dir === undefined) throw new RangeError("bench: no data folder; name one with --data or ATTUNE_DATA");
  return dir;
}

async function overSets(
  options: BenchOptions,
  measure: (loaded: LoadedSet) => unknown,
  tasks: readonly string[] = ["acts"],
): Promise<unknown> {
  const { only, log } = options;
  const dataDir = dataFolder(options.dataDir);
  const sets = listSets(dataDir);
  if (sets.length === 0) throw new RangeError(`bench: no sets (NAME.json with NAME.bin) in ${dataDir}`);
  for (const name of only ?? [])
    if (!sets.some((s) => s.name === name))
      throw new RangeError(`bench: no set "${name}"; there are ${sets.map((s) => s.name).join(", ")}`);
  const out: Record<string, unknown> = {};
  for (const { name, path } of sets) {
    if (only && !only.includes(name)) continue;
    let loaded: LoadedSet;
    try {
      loaded = loadSet(path);
    } catch (error) {
      log(`${name}: skipped, ${(error as Error).message}`);
      continue;
    }
    if (!loaded.set.taskKnown || !tasks.includes(loaded.set.task)) {
      log(`${name}: skipped, ${loaded.set.taskKnown ? `its task is ${loaded.set.task}` : "it names no task"}`);
      continue;
    }
    const measured = measure(loaded);
    if (measured === undefined) log(`${name}: skipped, it holds nothing to measure`);
    else out[name] = measured;
    // Let the progress line and Ctrl-C through between sets.
    await Promise.resolve();
  }
  return out;
}

/** An item's coordinates as they are, for reproduction. */
function rows(
  item: ReturnType<typeof labelled>[number],
  dims: number,
): { times: number[]; values: Float64Array; y: number } {
  const values = new Float64Array(item.frames.length * dims).fill(NaN);
  item.frames.forEach((frame, t) => {
    const row = frame.channels ?? frame.body ?? new Float32Array(0);
    for (let d = 0; d < Math.min(dims, row.length); d++) values[t * dims + d] = row[d];
  });
  return { times: item.frames.map((f) => f.time), values, y: item.y };
}
