// Attune's drawn body and face.

export type { Context } from "./curves.ts";
export { DARK, DEFAULT_LOOK, LIGHT, type Framing, type Look, type Palette, type View } from "./look.ts";
export { createFigure, drawFigure, type Figure, type FigureState, type Gaze } from "./figure.ts";
export { drawGhost, drawLines, type LineStyle } from "./ghost.ts";
export { createIdle, idle, type Idle } from "./idle.ts";
