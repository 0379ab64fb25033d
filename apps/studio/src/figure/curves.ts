// Smooth paths through projected points, and the tapered limbs a body is made of.

/** What the figure draws on; a worker's canvas or a page's. */
import type { Palette } from "./look.ts";

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Adds a smooth curve through points of `at` [n, 3] (x, y, depth) to the current path, as an open stretch. */
export function through(ctx: Context, at: Float64Array, points: readonly number[], move: boolean): void {
  const n = points.length;
  if (move) ctx.moveTo(at[3 * points[0]], at[3 * points[0] + 1]);
  else ctx.lineTo(at[3 * points[0]], at[3 * points[0] + 1]);
  for (let k = 0; k + 1 < n; k++)
    bend(ctx, at, points[k > 0 ? k - 1 : 0], points[k], points[k + 1], points[k + 2 < n ? k + 2 : n - 1]);
}

/** Adds a closed smooth curve through the points. */
export function around(ctx: Context, at: Float64Array, points: readonly number[]): void {
  const n = points.length;
  ctx.moveTo(at[3 * points[0]], at[3 * points[0] + 1]);
  for (let k = 0; k < n; k++)
    bend(ctx, at, points[(k + n - 1) % n], points[k], points[(k + 1) % n], points[(k + 2) % n]);
  ctx.closePath();
}

/** One stretch of a Catmull-Rom spline, from b to c. */
function bend(ctx: Context, at: Float64Array, a: number, b: number, c: number, d: number): void {
  ctx.bezierCurveTo(
    at[3 * b] + (at[3 * c] - at[3 * a]) / 6,
    at[3 * b + 1] + (at[3 * c + 1] - at[3 * a + 1]) / 6,
    at[3 * c] - (at[3 * d] - at[3 * b]) / 6,
    at[3 * c + 1] - (at[3 * d + 1] - at[3 * b + 1]) / 6,
    at[3 * c],
    at[3 * c + 1],
  );
}

/** Adds the hull of two circles; one circle where the other lies within. */
export function capsule(ctx: Context, x1: number, y1: number, r1: number, x2: number, y2: number, r2: number): void {
  const dx = x2 - x1,
    dy = y2 - y1,
    length = Math.hypot(dx, dy);
  if (length <= Math.abs(r1 - r2) + 1e-9) {
    const first = r1 >= r2;
    ctx.moveTo((first ? x1 : x2) + Math.max(r1, r2), first ? y1 : y2);
    ctx.arc(first ? x1 : x2, first ? y1 : y2, Math.max(r1, r2), 0, 2 * Math.PI);
    return;
  }
  const along = Math.atan2(dy, dx),
    tilt = Math.acos((r1 - r2) / length);
  ctx.moveTo(x1 + r1 * Math.cos(along + tilt), y1 + r1 * Math.sin(along + tilt));
  ctx.arc(x1, y1, r1, along + tilt, along - tilt + 2 * Math.PI);
  ctx.arc(x2, y2, r2, along - tilt, along + tilt);
  ctx.closePath();
}

/**
 * Fills the path within its line. The line comes first, twice as wide, so that parts filled over one another keep the contour of
 * them all and nothing of what lies between.
 */
export function fillOutlined(ctx: Context, fill: string, palette: Palette, line: number): void {
  ctx.lineJoin = "round";
  ctx.lineWidth = 2 * line;
  ctx.strokeStyle = palette.line;
  ctx.stroke();
  ctx.fillStyle = fill;
  ctx.fill();
}
