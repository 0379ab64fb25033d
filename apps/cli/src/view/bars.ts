// What is believed, one act a line: its name, a bar as long as it is probable, how far along it is, how fast, and how
// long it will still take. Below the line that parts them: none of these, and whether it is new.

import type { ActBelief, Moment } from "@attune/core";
import { fit, pad, type Paint } from "./text.ts";
import { gauge, isLive, tempoWords } from "@attune/core";

export const MOST_BARS = 6;

/** A bar of `share` of the columns, to an eighth of a column. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(8 * columns * Math.min(1, Math.max(0, share)));
  const part = eighths & 7;
  return "█".repeat(eighths >> 3) + (part > 0 ? " ▏▎▍▌▋▊▉"[part] : "");
}

export function bars(moment: Moment, columns: number, paint: Paint): string[] {
  const acts = moment.acts.slice(0, MOST_BARS);
  const names = acts.map(({ name }) => name);
  const tail = columns >= 50 ? 20 : columns >= 40 ? 13 : 2;
  const label = Math.min(Math.max(13, ...names.map((name) => name.length)), Math.max(10, Math.floor(columns / 3)));
  const room = Math.max(4, columns - label - tail - 6);
  const row = (name: string, p: number, ink: (text: string) => string, rest: string): string =>
    `${fit(name, label)} ${pad(ink(bar(p, room)), room)} ${String(Math.round(100 * p)).padStart(3)} ${rest}`;
  const lines = acts.map((act, k) => {
    const ink = k === 0 ? paint.seen : paint.quiet;
    return row(act.name, act.probability, ink, isLive(act) ? detail(act, tail) : " ".repeat(tail));
  });
  const rest = moment.novelty.novel ? paint.fresh(fit("● new", tail)) : " ".repeat(tail);
  lines.push(row("none of these", moment.none, moment.novelty.novel ? paint.fresh : paint.quiet, rest));
  return lines;
}

/** "◑ a bit fast 0.6 s", cut to what there is room for. */
function detail({ phase, tempo, remaining }: ActBelief, columns: number): string {
  const left = phase >= 0.97 ? "over" : `${remaining.toFixed(1)} s`;
  if (columns >= 20) return fit(`${gauge(phase)} ${fit(tempoWords(tempo), 10)} ${left.padStart(6)}`, columns);
  if (columns >= 13) return fit(`${gauge(phase)} ${tempoWords(tempo)}`, columns);
  return fit(gauge(phase), columns);
}
