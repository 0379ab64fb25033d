// Films for a camera that is none: the generated person and Attune's own figure as JPEGs, made in a page.

import { createPerson, playScript, strangeActs, type Line } from "@attune/actor";
import { FACE, FACE_UNITS, MOTOR } from "@attune/core";
import { DARK, DEFAULT_LOOK, LIGHT, createFigure, drawFigure } from "../src/figure/index.ts";

export interface FilmOptions {
  readonly script: readonly { readonly act?: string; readonly pause?: number }[];
  /** People side by side. */
  readonly people: 1 | 2;
  readonly seed: number;
}

const RATE = 30,
  WIDTH = 640,
  HEIGHT = 480;
const SMILE = FACE_UNITS.flatMap((unit, u) => (/^AU(12|06)/.test(unit) ? [u] : []));

/** @returns JPEGs in base64, 30 a second; the person smiles every other second */
export async function makeFilm({ script, people, seed }: FilmOptions): Promise<string[]> {
  const lines: Line[] = script.map((line) =>
    line.act !== undefined && strangeActs[line.act]
      ? { ...line, as: strangeActs[line.act], style: { side: "right" } }
      : { ...line, ...(line.act === undefined ? {} : { style: { side: "right" as const } }) },
  );
  const { motion } = playScript(
    createPerson({ seed, rate: RATE, hand: "right", tempo: 1, amplitude: 1 }),
    lines,
    "film",
  );
  const own = Float64Array.from(motion.values),
    face = new Float32Array(FACE);
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (ctx === null) throw new Error("this page gives no 2-D canvas");
  const figures = [LIGHT, DARK].map((palette) => createFigure({ ...DEFAULT_LOOK, palette }));
  const out: string[] = [];
  for (let t = 0; t < motion.times.length; t++) {
    ctx.fillStyle = "#efeae2";
    ctx.fillRect(0, 0, WIDTH, HEIGHT);
    const smile = (1 - Math.cos(Math.PI * (t / RATE))) / 2;
    for (const u of SMILE) face[u] = smile;
    for (let k = 0; k < people; k++)
      drawFigure(
        ctx,
        figures[k],
        { own: own.subarray(t * MOTOR, (t + 1) * MOTOR), face },
        {
          x: (k * WIDTH) / people,
          y: 0,
          width: WIDTH / people,
          height: HEIGHT,
          scale: people === 1 ? "upper body" : "head and shoulders",
        },
      );
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.88 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (let b = 0; b < bytes.length; b += 8192) text += String.fromCharCode(...bytes.subarray(b, b + 8192));
    out.push(btoa(text));
  }
  return out;
}
