// Results as aligned text, the main columns of each bench.

import type { Continuation } from "./continuation.ts";
import type { Early } from "./early.ts";
import type { Novelty } from "./novelty.ts";
import type { Recognition } from "./recognition.ts";
import type { Reproduction } from "./reproduction.ts";
import type { Speed } from "./speed.ts";
import type { Starter } from "./starter.ts";
import type { Streams } from "./streams.ts";

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

function fixed(v: number | undefined): string {
  return v === undefined || !Number.isFinite(v) ? "-" : v.toFixed(3);
}
