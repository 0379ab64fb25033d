// Drawing the mouth: lips, what shows between them, and the marks around it.

import { type Context, through } from "./curves.ts";
import { type Head, jawOf } from "./head-move.ts";
import { point } from "./head-shape.ts";
import { UNIT } from "./head-units.ts";
import type { Palette } from "./look.ts";

export function drawMouth(ctx: Context, head: Head, palette: Palette, line: number): void {
  const { at, size, units } = head;
  // Shade below the lower lip.
  const u = 3 * UNDER_LIP;
  ctx.globalAlpha = 0.35;
  ctx.fillStyle = palette.skinDeep;
  ctx.beginPath();
  ctx.ellipse(at[u], at[u + 1], 0.17 * size, 0.045 * size, 0, 0, 2 * Math.PI);
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.lowerLip;
  ctx.beginPath();
  through(ctx, at, INNER_TOP, true);
  through(ctx, at, LIP_BOTTOM_BACK, false);
  ctx.closePath();
  ctx.fill();
  ctx.fillStyle = palette.upperLip;
  ctx.beginPath();
  through(ctx, at, LIP_TOP, true);
  through(ctx, at, INNER_TOP_BACK, false);
  ctx.closePath();
  ctx.fill();
  ctx.save();
  ctx.beginPath();
  through(ctx, at, INNER_TOP, true);
  through(ctx, at, INNER_BOTTOM_BACK, false);
  ctx.closePath();
  ctx.fillStyle = palette.mouth;
  ctx.fill();
  ctx.clip();
  const t = 3 * TONGUE;
  ctx.fillStyle = palette.tongue;
  ctx.beginPath();
  ctx.ellipse(at[t], at[t + 1] + 0.06 * size, 0.23 * size, 0.13 * size, 0, 0, 2 * Math.PI);
  ctx.fill();
  ctx.fillStyle = palette.teeth;
  ctx.beginPath();
  through(ctx, at, UPPER_TEETH, true);
  through(ctx, at, LIP_TOP_BACK, false);
  ctx.closePath();
  ctx.fill();
  if (jawOf(units) > 0.02) {
    ctx.beginPath();
    through(ctx, at, LOWER_TEETH, true);
    through(ctx, at, LIP_BOTTOM_BACK, false);
    ctx.closePath();
    ctx.fill();
  }
  ctx.restore();
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = Math.max(0.7 * line, 0.034 * size);
  ctx.beginPath();
  through(ctx, at, INNER_TOP, true);
  ctx.stroke();
  ctx.lineWidth = Math.max(0.5, 0.026 * size);
  ctx.strokeStyle = palette.skinDeep;
  for (let side = 0; side < 2; side++) {
    const d = 3 * DIMPLE[side],
      c = 3 * CORNER[side];
    const much = Math.min(1, units[UNIT.dimple[side]] + 0.5 * units[UNIT.smile[side]] + 0.4 * units[UNIT.sad[side]]);
    if (!(much > 0.02)) continue;
    ctx.globalAlpha = much;
    ctx.beginPath();
    ctx.moveTo(at[d], at[d + 1] - 0.06 * size);
    ctx.quadraticCurveTo(at[d] + 0.3 * (at[d] - at[c]), at[d + 1], at[d], at[d + 1] + 0.06 * size);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
  const bossed = units[UNIT.chin];
  if (bossed > 0.02) {
    const k = 3 * CHIN_TOP;
    ctx.globalAlpha = Math.min(1, 0.7 * bossed);
    ctx.beginPath();
    ctx.arc(at[k], at[k + 1] + 0.1 * size, 0.17 * size, 1.2 * Math.PI, 1.8 * Math.PI);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
}

const SIDES = ["L", "R"] as const;
const DIMPLE = SIDES.map((s) => point(`dimple${s}`));
const CORNER = SIDES.map((s) => point(`corner${s}`));
const both = (right: readonly string[], left: readonly string[]): readonly number[] => [...right, ...left].map(point);
const LIP_TOP = both(
  ["cornerR", "upperOuter1R", "upperOuter2R", "upperOuter0"],
  ["upperOuter2L", "upperOuter1L", "cornerL"],
);
const LIP_BOTTOM = both(
  ["cornerR", "lowerOuter1R", "lowerOuter2R", "lowerOuter0"],
  ["lowerOuter2L", "lowerOuter1L", "cornerL"],
);
const INNER_TOP = both(["cornerR", "upperInner1R", "upperInner0"], ["upperInner1L", "cornerL"]);
const INNER_BOTTOM = both(["cornerR", "lowerInner1R", "lowerInner0"], ["lowerInner1L", "cornerL"]);
const back = (points: readonly number[]): readonly number[] => points.slice().reverse();
const LIP_TOP_BACK = back(LIP_TOP);
const LIP_BOTTOM_BACK = back(LIP_BOTTOM);
const INNER_TOP_BACK = back(INNER_TOP);
const INNER_BOTTOM_BACK = back(INNER_BOTTOM);
const UPPER_TEETH = both(["cornerR", "upperTeeth1R", "upperTeeth0"], ["upperTeeth1L", "cornerL"]);
const LOWER_TEETH = both(["cornerR", "lowerTeeth1R", "lowerTeeth0"], ["lowerTeeth1L", "cornerL"]);
const TONGUE = point("tongue");
const UNDER_LIP = point("underLip");
const CHIN_TOP = point("chinTop");
