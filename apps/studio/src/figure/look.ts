// What the drawn person looks like at rest, as plain data: build and colours. Nothing here moves.

import type { BoneName } from "@attune/core";

/** CSS colours. One person who is nobody in particular. */
export interface Palette {
  readonly skin: string;
  readonly skinShade: string;
  /** Where little light comes: under the chin, beside the nose. */
  readonly skinDeep: string;
  readonly blush: string;
  readonly upperLip: string;
  readonly lowerLip: string;
  readonly mouth: string;
  readonly tongue: string;
  readonly teeth: string;
  readonly eye: string;
  readonly iris: string;
  readonly pupil: string;
  readonly hair: string;
  readonly hairShade: string;
  readonly hairLight: string;
  readonly cloth: string;
  readonly clothShade: string;
  readonly trousers: string;
  readonly shoes: string;
  /** Lines of the face: brows, lashes, folds. */
  readonly ink: string;
  /** Contours of head, limbs and clothes. */
  readonly line: string;
  /** Contours of a ghost and of line figures, on the theme's ground. */
  readonly ghost: string;
}

export interface Look {
  readonly palette: Palette;
  /** Bone lengths in trunk lengths, instead of the usual ones. */
  readonly lengths?: Readonly<Partial<Record<BoneName | "hips", number>>> | undefined;
  /** Half the width of the face, trunk lengths. */
  readonly head: number;
  /** Contours, trunk lengths; never thinner than a pixel. */
  readonly lineWidth: number;
}

export const LIGHT: Palette = {
  skin: "#dcb093",
  skinShade: "#cb9a7b",
  skinDeep: "#a97355",
  blush: "#c9745f",
  upperLip: "#a85f54",
  lowerLip: "#bd766a",
  mouth: "#4d2226",
  tongue: "#a85a58",
  teeth: "#f3ece2",
  eye: "#f6f1e9",
  iris: "#59483a",
  pupil: "#1d1714",
  hair: "#4b3b34",
  hairShade: "#3a2d28",
  hairLight: "#62503f",
  cloth: "#5d7f88",
  clothShade: "#4c6b74",
  trousers: "#414c5a",
  shoes: "#33373f",
  ink: "#33231d",
  line: "#3a302c",
  ghost: "#5b6470",
};

/** The same person in a darker room. */
export const DARK: Palette = {
  ...LIGHT,
  skin: "#d0a487",
  skinShade: "#b98a6d",
  skinDeep: "#94634a",
  teeth: "#e8e0d5",
  eye: "#ebe5db",
  hair: "#574740",
  hairShade: "#41342f",
  hairLight: "#70604f",
  cloth: "#587983",
  clothShade: "#47636c",
  trousers: "#4b5767",
  shoes: "#5a606b",
  line: "#15161a",
  ghost: "#aab3bf",
};

export const DEFAULT_LOOK: Look = { palette: LIGHT, head: 0.196, lineWidth: 0.0072 };

export type Framing = "head and shoulders" | "upper body" | "whole";

/** Where to draw, in the units of the canvas' current transform. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How much of the person fits in. */
  readonly scale: Framing;
  /** The person's left at the image's left, as in a mirror; else as a camera sees a person. */
  readonly mirror?: boolean | undefined;
}

/** Lowest and highest point that fits in and the width that does, trunk lengths; the pelvis is at 0. */
const FRAMES: Readonly<Record<Framing, readonly [low: number, high: number, width: number]>> = {
  "head and shoulders": [0.72, 1.9, 1.1],
  "upper body": [-0.22, 2.16, 2.5],
  whole: [-1.97, 2.16, 2.5],
};

/** Pixels a trunk length has, and where the pelvis at rest is, written into `out` [3]. */
export function frameInto(view: View, out: Float64Array): void {
  const frame = FRAMES[view.scale];
  if (frame === undefined)
    throw new RangeError(`drawFigure: scale is "${view.scale}", expected one of "${Object.keys(FRAMES).join('", "')}"`);
  const [low, high, width] = frame;
  const scale = Math.min(view.height / (high - low), view.width / width);
  out[0] = scale;
  out[1] = view.x + view.width / 2;
  out[2] = view.y + view.height / 2 + (scale * (low + high)) / 2;
}
