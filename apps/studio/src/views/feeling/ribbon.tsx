// Where the own valence came from over the last minute: parts stacked above and below the line, and in sentences.

import { useState } from "react";
import { FELT, type Felt } from "../../live.ts";
import { PARTS } from "../../mind/feeling-protocol.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Canvas, type Draw, type Ink } from "../canvas.tsx";
import { Why } from "../why.tsx";
import { aboutThem, sentence } from "./about.ts";
import { reachOf, stack } from "./told-words.ts";
import { useGenerated, useTold } from "./told.ts";

const words = S.feeling.ribbon;
/** px for the numbers on the left and the seconds below. */
const LEFT = 34,
  BELOW = 18;
/** Parts that are hatched as well, so that ink alone need not tell them apart. */
const HATCHED: readonly string[] = ["feedback", "regulation"];

export function Ribbon({ studio }: { studio: Studio }) {
  const draw: Draw = (ctx, width, height, ink) => drawRibbon(ctx, width, height, ink, studio.live.felt);
  return (
    <section className="ribbon" aria-labelledby="ribbon-title">
      <h3 id="ribbon-title">
        <Why text={words.why}>{words.title}</Why>
      </h3>
      <Canvas draw={draw} label={words.label} describedBy="ribbon-table" />
      <Legend studio={studio} />
    </section>
  );
}

/** The parts with what they are now, a table to those who do not see the picture; and why, in sentences. */
function Legend({ studio }: { studio: Studio }) {
  const [held, setHeld] = useState(false);
  const told = useTold(studio, held);
  const generated = useGenerated(studio);
  const parts = studio.live.feeling?.parts ?? studio.live.felt.at(-1)?.parts;
  const name = (part: (typeof PARTS)[number]): string =>
    part !== "contagion" ? words.parts[part] : generated ? words.caughtFromThem : words.caughtFromYou;
  return (
    <>
      <table id="ribbon-table" className="parts">
        <caption className="quietly">{words.why}</caption>
        <tbody>
          {PARTS.map((part, p) => (
            <tr key={part}>
              <th scope="row">
                <i className={`part ${part}`} /> {name(part)}
              </th>
              <td>{words.amount(parts?.[p] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details className="why-words" onToggle={(event) => setHeld(event.currentTarget.open)}>
        <summary>{S.why}</summary>
        {(told?.why ?? []).map((each) => (
          <p key={each}>{sentence(aboutThem(each, generated))}</p>
        ))}
      </details>
    </>
  );
}

function drawRibbon(
  ctx: CanvasRenderingContext2D,
  width: number,
  height: number,
  ink: Ink,
  felt: readonly Felt[],
): void {
  ctx.clearRect(0, 0, width, height);
  const now = performance.now() / 1000;
  const reach = 1.1 * reachOf(felt);
  const middle = (height - BELOW) / 2;
  const x = (time: number): number => width - 2 - ((now - time) / FELT) * (width - 2 - LEFT);
  const y = (valence: number): number => middle - (valence / reach) * (middle - 4);
  const edges = felt.map(({ parts }) => stack(parts));
  PARTS.forEach((part, p) => {
    ctx.fillStyle = ink.parts[p];
    runs(felt).forEach(([from, to]) => {
      ctx.beginPath();
      for (let n = from; n < to; n++) ctx.lineTo(x(felt[n].at), y(edges[n][p][1]));
      for (let n = to - 1; n >= from; n--) ctx.lineTo(x(felt[n].at), y(edges[n][p][0]));
      ctx.closePath();
      ctx.fill();
      if (HATCHED.includes(part)) hatch(ctx, width, height, ink);
    });
  });
  drawSum(ctx, felt, x, y, ink);
  scale(ctx, width, height, reach, y, ink);
}

/** What it adds up to. */
function drawSum(
  ctx: CanvasRenderingContext2D,
  felt: readonly Felt[],
  x: (time: number) => number,
  y: (valence: number) => number,
  ink: Ink,
): void {
  ctx.strokeStyle = ink.ink;
  ctx.lineWidth = 1.5;
  for (const [from, to] of runs(felt)) {
    ctx.beginPath();
    for (let n = from; n < to; n++) ctx.lineTo(x(felt[n].at), y(felt[n].own[0]));
    ctx.stroke();
  }
}

function scale(
  ctx: CanvasRenderingContext2D,
  width: number,
  height: number,
  reach: number,
  y: (valence: number) => number,
  ink: Ink,
): void {
  ctx.strokeStyle = ink.soft;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(LEFT, y(0));
  ctx.lineTo(width, y(0));
  ctx.stroke();
  ctx.fillStyle = ink.soft;
  ctx.font = `11px ${getComputedStyle(ctx.canvas).fontFamily}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "right";
  const tick = reach > 0.35 ? 0.3 : 0.1;
  for (const value of [-tick, 0, tick]) ctx.fillText(words.tick(value), LEFT - 5, y(value));
  ctx.textBaseline = "bottom";
  ctx.textAlign = "left";
  ctx.fillText(`−${FELT} ${words.seconds}`, LEFT, height - 1);
  ctx.textAlign = "right";
  ctx.fillText(words.now, width - 2, height - 1);
}

/** Stretches of watching, as places in the list: from, and one past the end. */
function runs(felt: readonly Felt[]): [number, number][] {
  const out: [number, number][] = [];
  let from = 0;
  for (let n = 1; n <= felt.length; n++)
    if (n === felt.length || felt[n].at - felt[n - 1].at > 1) {
      if (n - from > 1) out.push([from, n]);
      from = n;
    }
  return out;
}

/** Lines over the shape that was just filled. */
function hatch(ctx: CanvasRenderingContext2D, width: number, height: number, ink: Ink): void {
  ctx.save();
  ctx.clip();
  ctx.strokeStyle = ink.ground;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let at = -height; at < width; at += 6) {
    ctx.moveTo(at, height);
    ctx.lineTo(at + height, 0);
  }
  ctx.stroke();
  ctx.restore();
}
