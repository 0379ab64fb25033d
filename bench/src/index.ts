// The benches: what each measures, how it is run, and its table. `attune bench NAME` is their front door.

import { availableParallelism } from "node:os";
import { type Part, renderTables, runAll, runApart } from "./all.ts";
import { type Continuation, measureContinuation } from "./continuation.ts";
import { type Early, measureEarly } from "./early.ts";
import { type Novelty, measureNovelty } from "./novelty.ts";
import { type LoadedSet, labelled, listSets, loadSet } from "./sets.ts";
import { type Recognition, measureRecognition } from "./recognition.ts";
import { type Reproduction, measureReproduction } from "./reproduction.ts";
import { type Speed, measureSpeed } from "./speed.ts";
import { type Starter, measureStarter } from "./starter.ts";
import { type Streams, measureStreams } from "./streams.ts";

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
}

export interface Bench {
  describe: string;
  needsData: boolean;
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
  speed: {
    describe: "time a frame with 10, 100 and 1000 acts of 60 dimensions",
    needsData: false,
    run: async (options) => {
      const out: Record<string, Speed> = {};
      for (const acts of options.short ? [10, 100] : [10, 100, 1000]) {
        options.log(`speed: ${acts} acts`);
        out[acts] = measureSpeed(acts, options.short ? 300 : 3000);
      }
      return out;
    },
  },
  all: {
    describe: "all of these on every set, into a folder of results",
    needsData: true,
    run: (options) => measureAll(options),
  },
};

/** Slow ones first, so that no core waits for the last. */
async function measureAll({ dataDir, only, log, out = "bench-results" }: BenchOptions): Promise<unknown> {
  const folder = dataFolder(dataDir);
  const sets = listSets(folder).map(({ name }) => name),
    names = Object.keys(benches).filter((name) => name !== "all");
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
    run: runApart(folder),
  });
  renderTables(out, table);
  return { written, failed };
}

function dataFolder(dir: string | undefined): string {
  if (dir === undefined) throw new RangeError("bench: no data folder; name one with --data or ATTUNE_DATA");
  return dir;
}

/** A bench's result as an aligned text table. */
export function table(name: string, result: unknown): string {
  const lines: string[][] = [];
  const entries = Object.entries(result as Record<string, unknown>);
  if (name === "recognition") {
    lines.push([
      "set",
      "n",
      "classes",
      "protocol",
      "acc 30",
      "50",
      "100",
      "ece 50",
      "100",
      "1-shot 50",
      "100",
      "us/frame",
    ]);
    for (const [set, value] of entries as [string, Recognition][])
      lines.push([
        set,
        `${value.n}`,
        `${value.classes}`,
        value.protocol,
        ...["30", "50", "100"].map((k) => fixed(value.acc[k])),
        ...["50", "100"].map((k) => fixed(value.ece[k])),
        ...["50", "100"].map((k) => fixed(value.oneShot["1"]?.[k])),
        `${Math.round(value.usPerFrame)}`,
      ]);
  } else if (name === "reproduction") {
    lines.push(["set", "tests", "loo dtw", "trivial", "rmse", "trivial", "1-shot dtw", "trivial", "rest at 30 %"]);
    for (const [set, value] of entries as [string, Reproduction][])
      lines.push([
        set,
        `${value.loo.tests}`,
        fixed(value.loo.dtw),
        fixed(value.loo.trivial.dtw),
        fixed(value.loo.rmse),
        fixed(value.loo.trivial.rmse),
        fixed(value.oneShot.dtw),
        fixed(value.oneShot.trivial.dtw),
        fixed((value.remainder as unknown as Record<string, number>)["30"]),
      ]);
  } else if (name === "starter") {
    lines.push(["set", "label", "act", "n", "top-1", "even", "odd", "at end"]);
    for (const [set, value] of entries as [string, Starter][])
      for (const [label, { act, all, even, odd }] of [
        ...Object.entries(value.classes),
        ["all", { ...value, act: `of ${value.acts}` }] as const,
      ])
        lines.push([set, label, act, `${all.n}`, ...[all.top1, even.top1, odd.top1, all.atEnd].map(fixed)]);
  } else if (name === "early") {
    lines.push(["set", "acc", "earliness", "hm", "always wait", "threshold"]);
    for (const [set, value] of entries as [string, Early][])
      lines.push([set, ...[value.acc, value.earliness, value.hm, value.alwaysWait, value.threshold].map(fixed)]);
  } else if (name === "continuation") {
    lines.push(["set", "seen", "ahead", "n", "model", "hold", "velocity"]);
    for (const [set, value] of entries as [string, Continuation][])
      for (const [seen, byAhead] of Object.entries(value))
        for (const [ahead, e] of Object.entries(byAhead))
          lines.push([set, `${seen} %`, ahead, `${e.n}`, ...[e.model, e.hold, e.velocity].map(fixed)]);
  } else if (name === "novelty") {
    lines.push(["set", "auroc 30", "50", "tpr at 5 % 30", "50"]);
    for (const [set, value] of entries as [string, Novelty][])
      lines.push([
        set,
        ...["30", "50"].map((k) => fixed(value.auroc[k])),
        ...["30", "50"].map((k) => fixed(value.tprAt5[k])),
      ]);
  } else if (name === "streams") {
    lines.push(["set", "streams", "min", "f1", "precision", "recall", "false/min", "delay s"]);
    for (const [set, value] of entries as [string, Streams][])
      lines.push([
        set,
        `${value.streams}`,
        fixed(value.minutes),
        ...[value.f1, value.precision, value.recall, value.falsePerMinute, value.delay].map(fixed),
      ]);
  } else if (name === "all") {
    const { written, failed } = result as { written: string[]; failed: string[] };
    return [`written: ${written.join(", ")}`, ...failed.map((line) => `failed: ${line}`)].join("\n");
  } else {
    lines.push(["acts", "learn ms", "load ms", "p50 ms", "p99 ms", "MB"]);
    for (const [, v] of entries as [string, Speed][])
      lines.push([`${v.acts}`, `${v.learnMs}`, `${v.loadMs}`, fixed(v.p50Ms), fixed(v.p99Ms), `${v.mb}`]);
  }
  const width = lines[0].map((_, c) => Math.max(...lines.map((l) => l[c].length)));
  return lines.map((l) => l.map((v, c) => (c === 0 ? v.padEnd(width[c]) : v.padStart(width[c]))).join("  ")).join("\n");
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

function fixed(v: number | undefined): string {
  return v === undefined || !Number.isFinite(v) ? "-" : v.toFixed(3);
}
