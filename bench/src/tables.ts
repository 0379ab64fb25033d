// Results as aligned text, the main columns of each bench.

import type { Continuation } from "./continuation.ts";
import type { Early } from "./early.ts";
import { empathyLines } from "./empathy-table.ts";
import type { ExpressionResult, FacesRead, FileRead } from "./expression.ts";
import type { Fusion } from "./fusion.ts";
import { goalLines } from "./goals-table.ts";
import type { GoalSpeed } from "./goals-speed.ts";
import type { Novelty } from "./novelty.ts";
import type { Recognition } from "./recognition.ts";
import type { Reproduction } from "./reproduction.ts";
import type { Speed } from "./speed.ts";
import type { Starter } from "./starter.ts";
import type { Streams } from "./streams.ts";
import type { Words } from "./words.ts";

/** Lines of a bench's table, the head first. */
type Lines = (result: never) => string[][];

const TABLES: Readonly<Record<string, Lines>> = {
  recognition(result: Record<string, Recognition>) {
    const lines: string[][] = [
      ["set", "n", "classes", "protocol", "acc 30", "50", "100", "ece 50", "100", "1-shot 50", "100", "us/frame"],
    ];
    for (const [set, value] of Object.entries(result))
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
    return lines;
  },
  reproduction(result: Record<string, Reproduction>) {
    const lines: string[][] = [
      ["set", "tests", "loo dtw", "trivial", "rmse", "trivial", "1-shot dtw", "trivial", "rest at 30 %"],
    ];
    for (const [set, value] of Object.entries(result))
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
    return lines;
  },
  starter(result: Record<string, Starter>) {
    const lines: string[][] = [["set", "label", "act", "n", "top-1", "even", "odd", "at end"]];
    for (const [set, value] of Object.entries(result))
      for (const [label, { act, all, even, odd }] of [
        ...Object.entries(value.classes),
        ["all", { ...value, act: `of ${value.acts}` }] as const,
      ])
        lines.push([set, label, act, `${all.n}`, ...[all.top1, even.top1, odd.top1, all.atEnd].map(fixed)]);
    return lines;
  },
  early(result: Record<string, Early>) {
    const lines: string[][] = [["set", "acc", "earliness", "hm", "always wait", "threshold"]];
    for (const [set, value] of Object.entries(result))
      lines.push([set, ...[value.acc, value.earliness, value.hm, value.alwaysWait, value.threshold].map(fixed)]);
    return lines;
  },
  continuation(result: Record<string, Continuation>) {
    const lines: string[][] = [["set", "seen", "ahead", "n", "model", "hold", "velocity"]];
    for (const [set, value] of Object.entries(result))
      for (const [seen, byAhead] of Object.entries(value))
        for (const [ahead, e] of Object.entries(byAhead))
          lines.push([set, `${seen} %`, ahead, `${e.n}`, ...[e.model, e.hold, e.velocity].map(fixed)]);
    return lines;
  },
  novelty(result: Record<string, Novelty>) {
    const lines: string[][] = [["set", "auroc 30", "50", "tpr at 5 % 30", "50"]];
    for (const [set, value] of Object.entries(result))
      lines.push([
        set,
        ...["30", "50"].map((k) => fixed(value.auroc[k])),
        ...["30", "50"].map((k) => fixed(value.tprAt5[k])),
      ]);
    return lines;
  },
  streams(result: Record<string, Streams>) {
    const lines: string[][] = [["set", "streams", "min", "f1", "precision", "recall", "false/min", "delay s"]];
    for (const [set, value] of Object.entries(result))
      lines.push([
        set,
        `${value.streams}`,
        fixed(value.minutes),
        ...[value.f1, value.precision, value.recall, value.falsePerMinute, value.delay].map(fixed),
      ]);
    return lines;
  },
  expression(result: ExpressionResult) {
    const lines: string[][] = [["what", "n", "acc", "merged", "ece", "confidence"]];
    const line = (what: string, { n, acc, accMerged, ece, confidence }: FacesRead) =>
      lines.push([what, `${n}`, ...[acc, accMerged, ece, confidence].map(fixed)]);
    const { crossDatabase = {}, fusion, ...files } = result;
    for (const [file, read] of Object.entries(files as Record<string, FileRead>)) {
      line(file, read);
      for (const [part, value] of Object.entries(read.hidden)) line(`  ${part} hidden`, value);
      line("  noise of half a grade", read.noisy);
      line("  among all, by the rule", read.amongAll);
    }
    for (const [pair, read] of Object.entries(crossDatabase as Record<string, FacesRead>)) line(pair, read);
    if (fusion) {
      const { clips, ...nats } = fusion as Fusion;
      for (const what of ["face", "voice", "both", "product", "floor"] as const)
        lines.push([`votes by ${what}, nats`, `${clips}`, fixed(nats[what]), "", "", ""]);
    }
    return lines;
  },
  speed(result: Record<string, Speed | GoalSpeed>) {
    const lines: string[][] = [["acts", "learn ms", "load ms", "p50 ms", "p99 ms", "MB"]];
    for (const v of Object.values(result))
      if ("goals" in v) lines.push([`${v.goals} goals`, `${v.learnMs}`, "", fixed(v.p50Ms), fixed(v.p99Ms), ""]);
      else lines.push([`${v.acts}`, `${v.learnMs}`, `${v.loadMs}`, fixed(v.p50Ms), fixed(v.p99Ms), `${v.mb}`]);
    return lines;
  },
  empathy: empathyLines,
  goals: goalLines,
  studio: (result: Record<string, number>) => [
    ["what", "value"],
    ...Object.entries(result).map(([key, value]) => [key, String(value)]),
  ],
  "closed-loop": (result: { correlation: Record<string, number>; gain: Record<string, number> }) => [
    ["channel", "r", "gain"],
    ...Object.entries(result.correlation).map(([name, r]) => [name, fixed(r), fixed(result.gain[name])]),
  ],
  teaching: (result: { right: number; of: number; trials: { act: string; right: boolean; best: number }[] }) => [
    ["act", "best", `recognised: ${result.right} of ${result.of}`],
    ...result.trials.map(({ act, right, best }) => [act, fixed(best), right ? "yes" : "no"]),
  ],
  words(result: Record<string, Words>) {
    const lines: string[][] = [["set", "names", "recognised", "hearings", "right", "sd", "told the act", "among talk"]];
    for (const [set, value] of Object.entries(result))
      for (const hearings of ["5", "10", "20"] as const)
        lines.push([
          set,
          `${value.names}`,
          fixed(value.recognised),
          hearings,
          ...[value[hearings], value.sd[hearings], value.told[hearings], value.talk[hearings]].map(fixed),
        ]);
    return lines;
  },
};

/** A bench's result as an aligned text table. */
export function table(name: string, result: unknown): string {
  if (name === "all") {
    const { written, failed } = result as { written: string[]; failed: string[] };
    return [`written: ${written.join(", ")}`, ...failed.map((line) => `failed: ${line}`)].join("\n");
  }
  const linesOf = TABLES[name];
  if (linesOf === undefined)
    throw new RangeError(`table: no bench "${name}"; there are ${Object.keys(TABLES).join(", ")}`);
  const lines = linesOf(result as never);
  const width = lines[0].map((_, c) => Math.max(...lines.map((l) => l[c].length)));
  return lines.map((l) => l.map((v, c) => (c === 0 ? v.padEnd(width[c]) : v.padStart(width[c]))).join("  ")).join("\n");
}

function fixed(v: number | undefined): string {
  return v === undefined || !Number.isFinite(v) ? "-" : v.toFixed(3);
}
