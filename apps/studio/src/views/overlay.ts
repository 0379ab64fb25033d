// What is seen in a picture, drawn over it: landmarks of body and face, and the posture expected in half a second, hung on the
// person's own shoulders.

import { SEEN, createShow, pose } from "@attune/core";
import type { Sight } from "@attune/perception/browser";
import type { Live } from "../live.ts";
import type { Ink } from "./canvas.tsx";

/** MediaPipe's pose, joint to joint: arms, shoulders, trunk. */
const BONES = [
  [11, 12],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [11, 23],
  [12, 24],
  [23, 24],
] as const;
const SHOULDERS = [11, 12] as const,
  HIPS = [23, 24] as const;
/** Outlines of MediaPipe's face mesh: eyes, brows, lips, jaw. */
const FACE_LINES = [
  [33, 160, 158, 133, 153, 144, 33],
  [263, 387, 385, 362, 380, 373, 263],
  [70, 63, 105, 66, 107],
  [300, 293, 334, 296, 336],
  [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91, 61],
  [127, 234, 132, 172, 150, 152, 379, 397, 361, 454, 356],
] as const;

const SHOW = createShow("attune-20", { trunk: 1 });
const JOINTS = SHOW.skeleton.joints;
const at = (name: string): number => JOINTS.indexOf(name);
const GHOST = [
  ["l-shoulder", "l-elbow"],
  ["l-elbow", "l-wrist"],
  ["r-shoulder", "r-elbow"],
  ["r-elbow", "r-wrist"],
  ["l-shoulder", "r-shoulder"],
  ["neck", "head"],
] as const;

/** What drawing writes into; plain data. */
export interface Overlay {
  readonly joints: Float64Array;
  readonly seen: Float64Array;
}

export function createOverlay(): Overlay {
  return { joints: new Float64Array(3 * JOINTS.length), seen: new Float64Array(SEEN) };
}

/** How surely the future is drawn: 1 where its spread is none, fading out with a spread of a radian. */
export function sureness(sd: number): number {
  return 0.75 * Math.exp(-((sd / 0.45) ** 2));
}

/** How a picture of another shape lies in the canvas: it covers it, as `object-fit: cover` does. */
export function cover(
  width: number,
  height: number,
  pictureWidth: number,
  pictureHeight: number,
): { x: number; y: number; width: number; height: number } {
  const scale = Math.max(width / pictureWidth, height / pictureHeight);
  const w = scale * pictureWidth,
    h = scale * pictureHeight;
  return { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h };
}

export function drawLandmarks(
  ctx: CanvasRenderingContext2D,
  { joints, seen }: Overlay,
  width: number,
  height: number,
  video: HTMLVideoElement,
  landmarks: NonNullable<Sight["landmarks"]>,
  live: Live,
  ink: Ink,
): void {
  if (!(video.videoWidth > 0)) return;
  const box = cover(width, height, video.videoWidth, video.videoHeight);
  const { face, pose: body } = landmarks;
  const x = (list: ArrayLike<number>, k: number): number => box.x + box.width * list[3 * k],
    y = (list: ArrayLike<number>, k: number): number => box.y + box.height * list[3 * k + 1];
  ctx.lineWidth = 2;
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.strokeStyle = ink.seen;
  ctx.globalAlpha = 0.85;
  if (face) {
    ctx.lineWidth = 1.25;
    ctx.beginPath();
    for (const line of FACE_LINES)
      line.forEach((k, i) => (i === 0 ? ctx.moveTo(x(face, k), y(face, k)) : ctx.lineTo(x(face, k), y(face, k))));
    ctx.stroke();
  }
  if (body) {
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    for (const [from, to] of BONES) {
      ctx.moveTo(x(body, from), y(body, from));
      ctx.lineTo(x(body, to), y(body, to));
    }
    ctx.stroke();
    const { belief } = live;
    if (belief && Number.isFinite(belief.aheadSd)) {
      const middle = (pair: readonly [number, number], of: typeof x): number =>
        (of(body, pair[0]) + of(body, pair[1])) / 2;
      const neck = [middle(SHOULDERS, x), middle(SHOULDERS, y)],
        hips = [middle(HIPS, x), middle(HIPS, y)];
      const trunk = Math.hypot(neck[0] - hips[0], neck[1] - hips[1]);
      for (let s = 0; s < SEEN; s++) seen[s] = s < 3 ? 0 : belief.ahead[s];
      pose(SHOW, seen, joints);
      const n = 3 * at("neck");
      ctx.strokeStyle = ink.seen;
      ctx.globalAlpha = sureness(belief.aheadSd);
      ctx.lineWidth = 7;
      ctx.beginPath();
      for (const [from, to] of GHOST)
        for (const [k, j] of [at(from), at(to)].entries()) {
          const px = neck[0] + trunk * (joints[3 * j] - joints[n]),
            py = neck[1] - trunk * (joints[3 * j + 1] - joints[n + 1]);
          if (k === 0) ctx.moveTo(px, py);
          else ctx.lineTo(px, py);
        }
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
}
