// The plane of valence and arousal: where Attune is and was, and where the other seems to be, with how unsure that is.

import { useEffect, useState } from "react";
import type { Felt } from "../../live.ts";
import { useStore } from "../../store.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Canvas, type Draw, type Ink } from "../canvas.tsx";
import { Why } from "../why.tsx";
import { planeWords } from "./told-words.ts";
import { useGenerated } from "./told.ts";

const words = S.feeling.plane;
/** s of the trails. */
const TRAIL = 30;
/** s between sentences for those who do not see the picture. */
const CALM = 2;
/** px around the plane for the words of its axes. */
const ROOM = 20;
/** A standard deviation at which the circle is gone. */
const LOST = 0.5;
/** px of the points. */
const POINT = 6;

export function Plane({ studio }: { studio: Studio }) {
  const generated = useGenerated(studio);
  const draw: Draw = (ctx, width, height, ink) => {
    ctx.clearRect(0, 0, width, height);
    const now = performance.now() / 1000;
    const felt = studio.live.felt.filter(({ at }) => now - at < TRAIL);
    const half = Math.min(width, height) / 2 - ROOM;
    const at = (valence: number, arousal: number): readonly [number, number] => [
      width / 2 + half * valence,
      height / 2 - half * arousal,
    ];
    axes(ctx, width, height, half, ink);
    const { feeling } = studio.live;
    drawTrail(ctx, felt, now, ({ other }) => (other ? at(other[0], other[1]) : undefined), ink.seen);
    if (feeling?.other) {
      const [valence, arousal, sd] = feeling.other;
      circle(ctx, at(valence, arousal), half * sd, Math.max(0.15, 1 - sd / LOST), ink);
    }
    drawTrail(ctx, felt, now, ({ own }) => at(own[0], own[1]), ink.done);
    const own = feeling?.own ?? felt.at(-1)?.own;
    if (own) point(ctx, at(own[0], own[1]), ink.done, words.me, ink);
    if (feeling?.other)
      point(ctx, at(feeling.other[0], feeling.other[1]), ink.seen, generated ? words.them : words.you, ink);
  };
  return (
    <section className="plane" aria-labelledby="plane-title">
      <h3 id="plane-title">
        <Why text={words.why}>{generated ? words.theirTitle : words.title}</Why>
      </h3>
      <Canvas draw={draw} label={words.label} describedBy="plane-words" />
      <Sentence studio={studio} generated={generated} />
    </section>
  );
}

/** The picture as sentences, at a calm rate. */
function Sentence({ studio, generated }: { studio: Studio; generated: boolean }) {
  const [said, setSaid] = useState("");
  const watching = useStore(studio.store, ({ eyes }) => eyes.kind === "on");
  const reads = useStore(studio.store, ({ reading }) => reading === "on") || generated;
  useEffect(() => {
    const say = (): void => {
      const { feeling, felt } = studio.live;
      const own = feeling?.own ?? felt.at(-1)?.own;
      setSaid(own ? planeWords(own, watching ? feeling?.other : undefined, { generated, reads, watching }) : "");
    };
    say();
    const ticking = setInterval(say, 1000 * CALM);
    return () => clearInterval(ticking);
  }, [studio, generated, watching, reads]);
  return (
    <p id="plane-words" className="small">
      {said}
    </p>
  );
}

function axes(ctx: CanvasRenderingContext2D, width: number, height: number, half: number, ink: Ink): void {
  const x = width / 2,
    y = height / 2;
  ctx.strokeStyle = ink.faint;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x - half, y);
  ctx.lineTo(x + half, y);
  ctx.moveTo(x, y - half);
  ctx.lineTo(x, y + half);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, half, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.fillStyle = ink.soft;
  ctx.font = `12px ${getComputedStyle(ctx.canvas).fontFamily}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  ctx.fillText(words.stirred, x, y - half - 4);
  ctx.textBaseline = "top";
  ctx.fillText(words.calm, x, y + half + 4);
  // The circle leaves room in the corners, where no point comes.
  ctx.textBaseline = "bottom";
  ctx.textAlign = "left";
  ctx.fillText(`← ${words.unpleasant}`, x - half - ROOM / 2, y + half + 2);
  ctx.textAlign = "right";
  ctx.fillText(`${words.pleasant} →`, x + half + ROOM / 2, y + half + 2);
}

/** A line that fades with age; where nothing was known there is none. */
function drawTrail(
  ctx: CanvasRenderingContext2D,
  felt: readonly Felt[],
  now: number,
  where: (felt: Felt) => readonly [number, number] | undefined,
  colour: string,
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.lineCap = "round";
  for (let n = 1; n < felt.length; n++) {
    const from = where(felt[n - 1]),
      to = where(felt[n]);
    if (!from || !to || felt[n].at - felt[n - 1].at > 1) continue;
    ctx.globalAlpha = 0.7 * (1 - (now - felt[n].at) / TRAIL);
    ctx.beginPath();
    ctx.moveTo(from[0], from[1]);
    ctx.lineTo(to[0], to[1]);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

function circle(
  ctx: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  radius: number,
  alpha: number,
  ink: Ink,
): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.globalAlpha = 0.14 * alpha;
  ctx.fillStyle = ink.seen;
  ctx.fill();
  ctx.globalAlpha = 0.8 * alpha;
  ctx.strokeStyle = ink.seen;
  ctx.setLineDash([3, 4]);
  ctx.lineWidth = 1.25;
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function point(
  ctx: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  colour: string,
  name: string,
  ink: Ink,
): void {
  ctx.beginPath();
  ctx.arc(x, y, POINT, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = ink.ground;
  ctx.stroke();
  ctx.font = `600 13px ${getComputedStyle(ctx.canvas).fontFamily}`;
  ctx.textBaseline = "middle";
  // The name goes where there is room for it.
  const right = x < ctx.canvas.clientWidth * 0.6;
  ctx.textAlign = right ? "left" : "right";
  const from = x + (right ? POINT + 5 : -POINT - 5);
  ctx.lineWidth = 3;
  ctx.strokeText(name, from, y);
  ctx.fillText(name, from, y);
}
