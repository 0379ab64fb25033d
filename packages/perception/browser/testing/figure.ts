// A drawn person for tests: a flat face and upper body that the models take for one. Nothing but a fixture.

/** What it does, each 0..1 but the turns, rad. */
export interface Doing {
  smile: number;
  brows: number;
  jaw: number;
  closed: number;
  yaw: number;
  roll: number;
  /** Left arm raised: 0 hanging, 1 up. */
  arm: number;
}

export const RESTING: Doing = { smile: 0, brows: 0, jaw: 0, closed: 0, yaw: 0, roll: 0, arm: 0 };

const SKIN = "#e8b796",
  SHADE = "#c98f6d",
  DARK = "#3b2a20",
  SHIRT = "#3e6ea8";

/** Draws the person into a picture of 640 x 480 (scaled to its width), their middle at `x`, shares of the width. */
export function drawFigure(context: CanvasRenderingContext2D, doing: Doing, x = 0.5, clear = true): void {
  const { width, height } = context.canvas,
    scale = width / 640;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (clear) {
    const wall = context.createLinearGradient(0, 0, width, height);
    wall.addColorStop(0, "#d9dde0");
    wall.addColorStop(1, "#aeb6bd");
    context.fillStyle = wall;
    context.fillRect(0, 0, width, height);
  }
  context.setTransform(scale, 0, 0, scale, x * width, 0);
  context.lineCap = context.lineJoin = "round";
  drawBody(context, doing);
  context.translate(0, 225);
  context.rotate(doing.roll);
  context.translate(0, -225);
  drawHead(context, doing);
}

type Point = readonly [x: number, y: number];

function drawBody(context: CanvasRenderingContext2D, { arm }: Doing): void {
  shape(context, SHADE, [
    [-30, 180],
    [30, 180],
    [34, 250],
    [-34, 250],
  ]);
  context.fillStyle = SHIRT;
  context.beginPath();
  context.moveTo(-112, 290);
  context.bezierCurveTo(-100, 240, -50, 245, -36, 238);
  context.quadraticCurveTo(0, 262, 36, 238);
  context.bezierCurveTo(50, 245, 100, 240, 112, 290);
  context.lineTo(88, 480);
  context.lineTo(-88, 480);
  context.closePath();
  context.fill();
  // The person's left is on the right of the picture.
  for (const side of [-1, 1] as const) {
    const raised = side === 1 ? arm : 0;
    const shoulder: Point = [96 * side, 272];
    const upper = Math.PI / 2 - raised * 1.5,
      lower = upper - raised * 1.1 - 0.05;
    const elbow: Point = [shoulder[0] + 105 * side * Math.cos(upper), shoulder[1] + 105 * Math.sin(upper)];
    const wrist: Point = [elbow[0] + 95 * side * Math.cos(lower), elbow[1] + 95 * Math.sin(lower)];
    const hand: Point = [wrist[0] + 26 * side * Math.cos(lower), wrist[1] + 26 * Math.sin(lower)];
    stroke(context, "#35608f", 46, [shoulder, elbow]);
    stroke(context, SKIN, 32, [elbow, wrist]);
    stroke(context, SKIN, 30, [wrist, hand]);
  }
}

function drawHead(context: CanvasRenderingContext2D, doing: Doing): void {
  const { smile, brows, jaw, closed, yaw } = doing;
  /** Features lie on a ball: turning moves them, and presses the far side together. */
  const on = (px: number, y: number): Point => {
    const angle = Math.asin(Math.max(-1, Math.min(1, px / 80))) + yaw;
    return [80 * Math.sin(angle), y];
  };
  const chin = 205 + 26 * jaw;
  ellipse(context, "#4a3426", [0, 112], 80, 92);
  for (const side of [-1, 1]) ellipse(context, SHADE, [76 * side - 8 * yaw, 135], 11, 20);
  context.fillStyle = SKIN;
  context.beginPath();
  context.moveTo(-70, 110);
  context.bezierCurveTo(-72, 10, 72, 10, 70, 110);
  context.bezierCurveTo(70, 165, 45, chin, 0, chin);
  context.bezierCurveTo(-45, chin, -70, 165, -70, 110);
  context.fill();
  for (const side of [-1, 1]) {
    const eye = on(29 * side, 122);
    const open = 8.5 * (1 - 0.9 * closed);
    ellipse(context, "#fdfaf6", eye, 14, open);
    if (closed < 0.7) {
      ellipse(context, "#4d6b3c", [eye[0] + 5 * yaw, eye[1]], 6.5, Math.min(6.5, open));
      ellipse(context, "#120d0a", [eye[0] + 5 * yaw, eye[1]], 3.2, Math.min(3.2, open));
    }
    line(context, DARK, 3, [on(14 * side, 123), [eye[0], 122 - open], on(45 * side, 122)]);
    line(context, SHADE, 1.5, [on(15 * side, 125), [eye[0], 122 + open], on(44 * side, 124)]);
    const lift = 15 * brows;
    line(context, DARK, 6, [on(13 * side, 109 - lift), on(30 * side, 102 - lift), on(49 * side, 107 - lift)]);
  }
  const tip = on(4 * Math.sign(yaw), 156);
  line(context, SHADE, 2.5, [on(-9, 118), [tip[0] - 8, 148], on(-13, 158)]);
  ellipse(context, "#dba483", [tip[0], 154], 11, 8);
  for (const side of [-1, 1]) ellipse(context, "#7d4f3a", [tip[0] + 7 * side, 160], 3, 2);
  drawMouth(context, on, smile, jaw);
}

function drawMouth(
  context: CanvasRenderingContext2D,
  on: (x: number, y: number) => Point,
  smile: number,
  jaw: number,
): void {
  const reach = 27 + 12 * smile,
    corner = 181 - 8 * smile + 4 * jaw;
  const [left, right] = [on(-reach, corner), on(reach, corner)];
  const top = 177 + 3 * smile,
    gap = 2 + 26 * jaw + 8 * smile;
  const between = (y: number, colour: string, below: number): void => {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(...left);
    context.quadraticCurveTo((left[0] + right[0]) / 2, 2 * y - corner, ...right);
    context.quadraticCurveTo((left[0] + right[0]) / 2, 2 * below - corner, ...left);
    context.fill();
  };
  between(top - 5, "#b5525a", top + gap + 7);
  between(top + 1, "#5a1f24", top + gap);
  if (gap > 5) between(top + 1, "#f6f2ec", top + Math.min(7, gap / 2));
}

function shape(context: CanvasRenderingContext2D, colour: string, points: readonly Point[]): void {
  context.fillStyle = colour;
  context.beginPath();
  for (const point of points) context.lineTo(...point);
  context.fill();
}

function ellipse(context: CanvasRenderingContext2D, colour: string, [x, y]: Point, rx: number, ry: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(x, y, rx, Math.max(0.5, ry), 0, 0, 2 * Math.PI);
  context.fill();
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number, points: readonly Point[]): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const point of points) context.lineTo(...point);
  context.stroke();
}

/** Three points, curved. */
function line(
  context: CanvasRenderingContext2D,
  colour: string,
  width: number,
  [from, over, to]: readonly [Point, Point, Point],
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...from);
  context.quadraticCurveTo(2 * over[0] - (from[0] + to[0]) / 2, 2 * over[1] - (from[1] + to[1]) / 2, ...to);
  context.stroke();
}
