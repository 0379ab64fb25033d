// What was learned, moving: an act with others as likely behind it, or a face.

import { FACE, LIMBS, MOTOR, SEEN, VISAGE, forward, forwardLimb, restMotor, turnHead } from "@attune/core";
import { useMemo } from "react";
import { DARK, DEFAULT_LOOK, LIGHT, createFigure, createIdle, drawFigure, drawLines } from "../figure/index.ts";
import type { FaceShow } from "../mind/feeling-protocol.ts";
import type { Portrait } from "../mind/protocol.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { Canvas, type Draw } from "./canvas.tsx";

const [ROOT] = LIMBS;

/** The act as learned, over and over: the mean as a body, others as likely as lines behind it. */
export function Moving({ portrait }: { portrait: Portrait }) {
  const figures = useMemo(() => [LIGHT, DARK].map((palette) => createFigure({ ...DEFAULT_LOOK, palette })), []);
  const face = useMemo(() => createIdle().face, []);
  const scratch = useMemo(() => new Float64Array(SEEN), []);
  const { mean, others } = portrait;
  const rows = mean.own.length / MOTOR;
  const draw: Draw = (ctx, width, height, ink) => {
    ctx.clearRect(0, 0, width, height);
    const t = Math.floor((performance.now() / 1000) * mean.rate) % (rows + mean.rate / 2);
    const row = Math.min(rows - 1, Math.floor(t));
    const figure = figures[ink.dark ? 1 : 0];
    const view = { x: 0, y: 0, width, height, scale: "upper body" as const };
    drawFigure(ctx, figure, { own: mean.own.subarray(row * MOTOR, (row + 1) * MOTOR), face }, view);
    for (const own of others) {
      const at = Math.min(own.length / MOTOR - 1, row) * MOTOR;
      forward(own.subarray(at, at + MOTOR), scratch);
      // They stand where the mean stands: how it is done is compared, not where.
      forwardLimb(ROOT, mean.own.subarray(row * MOTOR, (row + 1) * MOTOR), scratch);
      drawLines(ctx, figure, scratch, view, { colour: ink.done, alpha: 0.4 });
    }
  };
  return (
    <figure className="moving">
      <Canvas draw={draw} label={S.teach.portrait} />
      <figcaption>{S.teach.portrait}</figcaption>
    </figure>
  );
}

/** A face that was learned, done over and over, and what can be done with it. */
export function LearnedFace({ studio, show, examples }: { studio: Studio; show: FaceShow; examples: number }) {
  const figures = useMemo(() => [LIGHT, DARK].map((palette) => createFigure({ ...DEFAULT_LOOK, palette })), []);
  const rest = useMemo(() => restMotor(), []);
  const own = useMemo(() => restMotor(), []);
  const rows = show.visage.length / VISAGE;
  const draw: Draw = (ctx, width, height, ink) => {
    ctx.clearRect(0, 0, width, height);
    const t = Math.floor((performance.now() / 1000) * show.rate) % (rows + show.rate / 2);
    const row = Math.min(rows - 1, Math.floor(t)) * VISAGE;
    const visage = show.visage.subarray(row, row + VISAGE);
    own.set(rest);
    turnHead(own, visage);
    const view = { x: 0, y: 0, width, height, scale: "head and shoulders" as const };
    drawFigure(ctx, figures[ink.dark ? 1 : 0], { own, face: visage.subarray(0, FACE) }, view);
  };
  return (
    <div className="learned">
      <p aria-live="polite">{S.feeling.faces.learned(show.name, examples)}</p>
      <figure className="moving">
        <Canvas draw={draw} label={S.feeling.faces.portrait} />
        <figcaption>{S.feeling.faces.portrait}</figcaption>
      </figure>
      <div className="line">
        <button type="button" onClick={() => studio.told(studio.feeling.perform(show.name))}>
          {S.teach.backAgain}
        </button>
        <button type="button" className="primary" onClick={() => studio.teacher.cancel()}>
          {S.teach.done}
        </button>
      </div>
    </div>
  );
}
