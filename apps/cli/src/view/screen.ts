// The whole view as lines of text: a pure function of what is to be shown and how much room there is. Two figures stand
// side by side, what is believed beside them, what happened below.

import type { Moment } from "@attune/core";
import { bars } from "./bars.ts";
import { fit, pad, width, wrap, type Paint } from "./text.ts";
import { say } from "@attune/core";

export interface Room {
  readonly columns: number;
  readonly rows: number;
}

/** One of the drawings on the left. */
export interface Drawing {
  readonly title: string;
  readonly ink: "seen" | "done" | "quiet";
  readonly draw: (size: Room) => string[];
}

export interface View {
  /** What is being watched. */
  readonly source: string;
  /** Frames a second it comes with, and how fast it is played ("" for real time). */
  readonly pace: string;
  readonly moment: Moment;
  readonly drawings: readonly Drawing[];
  /** What happened, oldest first; the last ones are shown. */
  readonly events: readonly string[];
  /** What Attune says; default what the moment says. */
  readonly speech?: string;
  /** How to leave. */
  readonly hint?: string;
}

/** Narrower than this the drawings are left out. */
export const NARROW = 70;
const MARGIN = 1;
const GAP = 3;

/** At most `room.rows` lines, none wider than `room.columns`. */
export function screen(view: View, room: Room, paint: Paint): string[] {
  const inner = room.columns - 2 * MARGIN;
  // Too small for bars: only what is said.
  if (inner < 30 || room.rows < 4)
    return wrap(view.speech ?? say(view.moment), room.columns)
      .map((text) => fit(text, room.columns))
      .slice(0, room.rows);
  const top = header(view, inner, paint);
  const speech = wrap(view.speech ?? say(view.moment), beliefColumns(view, inner));
  const drawn = view.drawings.length > 0 && room.columns >= NARROW && room.rows >= 14;
  const below = Math.max(2, Math.min(8, Math.floor(room.rows / 5)));
  const footer = view.hint === undefined ? [] : [paint.quiet(fit(view.hint, inner))];
  const middleRows = room.rows - top.length - 1 - below - 1 - footer.length;
  const belief = [...bars(view.moment, beliefColumns(view, inner), paint), "", ...speech.map(paint.strong)];
  const middle = drawn ? beside(stage(view, inner, middleRows, paint), centred(belief, middleRows), inner) : belief;
  // Without drawings the middle is only as high as the belief, and events take the rest.
  const rows = drawn ? middleRows : Math.min(middle.length, Math.max(1, room.rows - top.length - 3));
  const events = Math.max(0, room.rows - top.length - 1 - rows - 1 - footer.length);
  const shown = view.events
    .slice(events === 0 ? view.events.length : -events)
    .map((text) => paint.quiet(fit(text, inner)));
  while (shown.length < events) shown.push("");
  const lines = [...top, "", ...middle.slice(0, rows), "", ...shown, ...footer];
  return lines.slice(0, room.rows).map((text) => " ".repeat(MARGIN) + text);
}

function header({ source, pace, moment }: View, columns: number, paint: Paint): string[] {
  const right = `${moment.time.toFixed(1)} s   ${pace}`.trimEnd();
  const left = fit(source, columns - 9 - width(right) - 1);
  return [
    left === "" ? fit(`Attune   ${right}`, columns) : `${paint.strong("Attune")}   ${left} ${paint.quiet(right)}`,
  ];
}

/** Columns of the drawings together; 0 where there are none. */
function stageColumns(view: View, columns: number): number {
  if (view.drawings.length === 0 || columns + 2 * MARGIN < NARROW) return 0;
  return Math.min(36 * view.drawings.length, Math.floor(columns * 0.45));
}

function beliefColumns(view: View, columns: number): number {
  const stage = stageColumns(view, columns);
  return Math.min(76, stage === 0 ? columns : columns - stage - GAP);
}

function stage(view: View, columns: number, rows: number, paint: Paint): string[] {
  const each = Math.floor(stageColumns(view, columns) / view.drawings.length);
  const blocks = view.drawings.map(({ title, ink, draw }) => [
    paint.quiet(fit(title, each)),
    ...draw({ columns: each, rows: rows - 1 }).map((text) => paint[ink](fit(text, each))),
  ]);
  const used = each * view.drawings.length;
  return Array.from({ length: rows }, (_, r) =>
    pad(blocks.map((block) => block[r] ?? " ".repeat(each)).join(""), used),
  );
}

function beside(left: readonly string[], right: readonly string[], columns: number): string[] {
  return left.map((text, r) => {
    const other = right[r] ?? "";
    return width(text) + GAP + width(other) <= columns ? `${text}${" ".repeat(GAP)}${other}` : text;
  });
}

function centred(lines: readonly string[], rows: number): string[] {
  const above = Math.max(0, Math.floor((rows - lines.length) / 2));
  return [...Array.from({ length: above }, () => ""), ...lines];
}
