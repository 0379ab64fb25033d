// The laboratory of feeling on a page: what was fitted to what first, then what was fitted to nothing.

import { WEBB } from "./empathy-regulation.ts";
import type { Empathy } from "./empathy.ts";

/** Lines of the table, the head first. */
export function empathyLines(result: Empathy): string[][] {
  const lines: string[][] = [["what", "value", "published", "here", "fitted to it", "reached"]];
  const line = (
    what: string,
    value: string,
    published: string,
    here: string,
    fitted: string,
    reached: string,
  ): void => {
    lines.push([what, value, published, here, fitted, reached]);
  };
  for (const { constant, value, fittedTo, simulated } of result.constants)
    if (fittedTo !== null && simulated !== null)
      line(
        `${constant} (${fittedTo.measure}; ${fittedTo.of})`,
        value < 0.01 ? String(value) : two(value),
        two(fittedTo.d),
        two(simulated),
        "yes",
        yes(Math.abs(simulated - fittedTo.d) <= 0.08),
      );
    else line(constant, two(value), "-", "-", "by design", "-");
  for (const { name, source, figures, holds, fitted } of result.patterns) {
    line(`${name} (${source})`, "-", "pattern", "-", fitted || "no", yes(holds));
    for (const [figure, value] of Object.entries(figures))
      line(`  ${figure}`, "-", figure in WEBB ? two(WEBB[figure]) : "-", two(value), fitted || "no", "-");
  }
  const { behaviourUnderReappraisal: behaviour, expressionExperience: coherence, facialFeedback: face } = result;
  line(
    "behaviour under cognitive change, d",
    "-",
    `${two(behaviour.published)} ± ${two(behaviour.tolerance)}`,
    two(behaviour.d),
    "yes",
    yes(Math.abs(behaviour.d - behaviour.published) <= behaviour.tolerance),
  );
  line(
    "expression and experience, r (Durán & Fernández-Dols 2021)",
    "-",
    `${two(coherence.published)} ± ${two(coherence.tolerance)}`,
    two(coherence.r),
    "yes",
    yes(Math.abs(coherence.r - coherence.published) <= coherence.tolerance),
  );
  line(
    "a smile put on, d (Coles et al. 2019)",
    "-",
    "0.20",
    two(face.smile),
    "yes",
    yes(face.smile >= 0.1 && face.smile <= 0.3),
  );
  line("a frown put on, d", "-", "-", two(face.frown), "no", yes(face.frown < 0));
  line("a smile put on without feedback, d", "-", "0", two(face.off), "no", yes(Math.abs(face.off) < 0.02));
  line(
    "a pen between the teeth, d (Wagenmakers et al. 2016)",
    "-",
    "0.03",
    two(face.pen),
    "by design",
    yes(Math.abs(face.pen) < 0.06),
  );
  for (const { gate, d, caught, trackedR } of result.contagion)
    line(
      `contagion at gate ${two(gate)}, d (caught of 0.70: ${two(caught)})`,
      "-",
      "no dose known",
      two(d),
      "by design",
      yes(caught <= 0.7 && trackedR >= 0.9),
    );
  const tracked = Math.min(...result.contagion.map(({ trackedR }) => trackedR));
  line("the other is read at any gate, least r", "-", "at least 0.90", two(tracked), "no", yes(tracked >= 0.9));
  for (const { violation, stranger, friend, mirrorOnly } of result.embarrassment)
    line(
      `embarrassed for a stranger, friend, as a mirror only; violation ${two(violation)}`,
      "-",
      "friend x 1.3",
      `${two(stranger)}, ${two(friend)}, ${two(mirrorOnly)}`,
      "by design",
      yes(mirrorOnly === 0 && (violation === 0 || friend > 1.3 * stranger)),
    );
  const { r, episodes } = result.concernAndDistress;
  line(
    `concern and distress over ${episodes} episodes, r`,
    "-",
    "0.25 to 0.55",
    two(r),
    "no",
    yes(r >= 0.25 && r <= 0.55),
  );
  const { perFeel, others, perStep } = result.microseconds;
  line(`microseconds to feel, with ${others} others`, "-", "-", perFeel.toFixed(1), "-", "-");
  line(
    "microseconds to read, feel and answer, beside the mirror",
    "-",
    "at most 50",
    perStep.toFixed(1),
    "-",
    yes(perStep <= 50),
  );
  return lines;
}

function two(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

function yes(reached: boolean): string {
  return reached ? "yes" : "no";
}
