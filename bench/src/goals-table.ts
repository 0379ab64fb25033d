// The table of the bench over goals.

import type { GoalScores } from "./goals.ts";

/** The head first. */
export function goalLines(result: Record<string, GoalScores>): string[][] {
  const lines: string[][] = [
    ["set", "n", "next acc", "macro-F1", "after moving", "log loss", "ece", "goal 20", "50", "100", "lead s"],
  ];
  for (const [set, value] of Object.entries(result)) {
    if (value.next === null) {
      const { announced, precision } = value.foreseen;
      lines.push([
        `${set} (precision ${precision.toFixed(3)})`,
        `${announced}`,
        ...Array.from({ length: 8 }, () => ""),
        shown(value.lead),
      ]);
      continue;
    }
    const { next, withoutKinds, goal, baselines, transitions } = value;
    lines.push([
      set,
      `${transitions}`,
      ...[next.acc, next.macroF1, next.afterMoving, next.logLoss, next.ece].map(shown),
      ...[goal["20"], goal["50"], goal["100"]].map(shown),
      "",
    ]);
    const { acc, macroF1, afterMoving, logLoss, ece } = withoutKinds;
    lines.push(["  kinds unknown", "", ...[acc, macroF1, afterMoving, logLoss, ece].map(shown), "", "", "", ""]);
    for (const [name, b] of Object.entries(baselines))
      lines.push([`  ${NAMES[name] ?? name}`, "", shown(b.acc), "", "", shown(b.logLoss), "", "", "", "", ""]);
  }
  return lines;
}

const NAMES: Readonly<Record<string, string>> = {
  markov1: "Markov-1",
  markov2: "Markov-2",
  markov2GoalRole: "Markov-2, goal and role",
};

function shown(v: number | null): string {
  return v === null ? "-" : v.toFixed(3);
}
