// The units of the acts over the last ten seconds: the same row for what is seen and for what is done, in two inks.

import { UNITS_PER_ACT } from "@attune/core";
import { useRef, useState } from "react";
import { RASTER, type Column } from "../live.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { Canvas, type Draw } from "./canvas.tsx";
import { Why } from "./why.tsx";

/** Rows at most: the acts whose units fired most lately. */
const ROWS = 8;
/** px of a unit, and of an act with its units. */
const UNIT = 4,
  ROW = 27;
/** Where there is little room the units are folded until asked for. */
const narrow = matchMedia("(max-width: 860px)");
/** Below this a unit counts as silent. */
const SILENT = 0.05;
/** px for the names. */
const NAMES = 132;

export function Raster({ studio }: { studio: Studio }) {
  const known = useStore(studio.store, (state) => state.known);
  const shown = useRef<number[]>([]);
  const draw: Draw = (ctx, width, height, ink) => {
    ctx.clearRect(0, 0, width, height);
    const { columns } = studio.live;
    const rows = choose(columns, shown.current, known.length);
    shown.current = rows;
    const now = performance.now() / 1000;
    ctx.font = `13px ${getFont()}`;
    ctx.textBaseline = "middle";
    const left = Math.min(NAMES, width * 0.32),
      right = width - 4;
    const x = (time: number): number => right - ((now - time) / RASTER) * (right - left);
    rows.forEach((act, r) => {
      const base = r * ROW + ROW - 5;
      ctx.globalAlpha = 1;
      ctx.fillStyle = ink.ink;
      ctx.fillText(fitted(ctx, known[act]?.name ?? "", left - 10), 0, base - 9);
      ctx.strokeStyle = ink.faint;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(left, base + 0.5);
      ctx.lineTo(right, base + 0.5);
      ctx.stroke();
      for (let unit = 0; unit < UNITS_PER_ACT; unit++) {
        const at = act * UNITS_PER_ACT + unit,
          y = base - (unit + 1) * UNIT;
        strip(ctx, columns, (column) => column.seen[at], x, left, y, ink.seen);
        strip(ctx, columns, (column) => column.done[at], x, left, y, ink.done);
      }
    });
    ctx.globalAlpha = 1;
  };
  return (
    <details className="units" open={!narrow.matches}>
      <summary>
        <h2 id="units-title">{S.unitsTitle}</h2>
      </summary>
      <Why text={S.unitsWhy} className="legend">
        <i className="swatch seen" /> {S.seen} <i className="swatch done" /> {S.done}
      </Why>
      <div style={{ height: ROW * ROWS }} className="raster">
        <Canvas draw={draw} label={S.unitsWhy} describedBy="units-table" />
      </div>
      <UnitsTable studio={studio} />
    </details>
  );
}

/** The same as numbers, for who cannot see the picture; made when asked for. */
function UnitsTable({ studio }: { studio: Studio }) {
  const known = useStore(studio.store, (state) => state.known);
  const [rows, setRows] = useState<{ name: string; seen: number; done: number }[]>([]);
  const renew = (): void => {
    const column = studio.live.columns.at(-1);
    setRows(
      known
        .map(({ name }, act) => ({
          name,
          seen: column ? firing(column.seen, act) : 0,
          done: column ? firing(column.done, act) : 0,
        }))
        .filter(({ seen, done }) => Math.max(seen, done) > SILENT),
    );
  };
  return (
    <details className="as-table" onToggle={renew}>
      <summary>{S.asTable}</summary>
      <table id="units-table">
        <caption>{S.unitsTable}</caption>
        <thead>
          <tr>
            <th scope="col">{S.actColumn}</th>
            <th scope="col">{S.seen}</th>
            <th scope="col">{S.done}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, seen, done }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{seen.toFixed(2)}</td>
              <td>{done.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" onClick={renew}>
        {S.renew}
      </button>
    </details>
  );
}

/** What the units of an act fire together. */
function firing(units: Float32Array, act: number): number {
  let sum = 0;
  for (let u = act * UNITS_PER_ACT; u < (act + 1) * UNITS_PER_ACT; u++) sum += units[u] ?? 0;
  return sum;
}

/** The rows that are shown keep their places; a livelier act takes the place of the quietest. */
export function choose(columns: readonly Column[], before: readonly number[], acts: number): number[] {
  const total = new Float64Array(acts);
  for (const column of columns)
    for (let k = 0; k < acts; k++) total[k] += Math.max(firing(column.seen, k), firing(column.done, k));
  const rows = before.filter((act) => act < acts);
  const order = Array.from(total.keys()).sort((a, b) => total[b] - total[a]);
  for (const act of order) {
    if (rows.includes(act)) continue;
    if (rows.length < Math.min(ROWS, acts)) {
      rows.push(act);
      continue;
    }
    const quiet = rows.reduce((least, row, i) => (total[row] < total[rows[least]] ? i : least), 0);
    if (total[act] <= 1.2 * total[rows[quiet]] + 0.5) break;
    rows[quiet] = act;
  }
  return rows;
}

/** One unit along time: the stronger it fires, the denser its ink. */
function strip(
  ctx: CanvasRenderingContext2D,
  columns: readonly Column[],
  of: (column: Column) => number | undefined,
  x: (time: number) => number,
  left: number,
  y: number,
  colour: string,
): void {
  ctx.fillStyle = colour;
  for (let k = 1; k < columns.length; k++) {
    const rate = of(columns[k]) ?? 0;
    if (!(rate > SILENT)) continue;
    // Whole pixels: neighbours leave no seam.
    const from = Math.max(left, Math.round(x(columns[k - 1].time))),
      to = Math.round(x(columns[k].time));
    if (to <= from) continue;
    ctx.globalAlpha = 0.12 + 0.73 * Math.min(1, rate);
    ctx.fillRect(from, y, to - from, UNIT - 1);
  }
}

function fitted(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && ctx.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short}…`;
}

let font = "";
function getFont(): string {
  font ||= getComputedStyle(document.body).fontFamily;
  return font;
}
