// Lines drawn with braille: every character cell is 2 x 4 dots, so a terminal shows fine strokes. Dots are about square.

/** Dots [2 * columns, 4 * rows], origin at the top left. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  /** One byte of dots a cell. */
  readonly cells: Uint8Array;
}

export function createCanvas(columns: number, rows: number): Canvas {
  return { columns, rows, cells: new Uint8Array(columns * rows) };
}

// Bit of each dot in the Unicode braille block, [row][column].
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** Sets one dot; outside the canvas nothing happens. */
export function dot(canvas: Canvas, x: number, y: number): void {
  const i = Math.round(x);
  const j = Math.round(y);
  if (!(i >= 0 && j >= 0 && i < 2 * canvas.columns && j < 4 * canvas.rows)) return;
  canvas.cells[(j >> 2) * canvas.columns + (i >> 1)] |= DOTS[j & 3][i & 1];
}

/**
 * A straight line.
 *
 * @param solid share of its dots that are drawn, 0..1: an uncertain line is a dotted one
 */
export function line(canvas: Canvas, x0: number, y0: number, x1: number, y1: number, solid = 1): void {
  const steps = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
  if (!Number.isFinite(steps)) return;
  // A target far outside is not walked to dot by dot.
  if (steps > 10_000) return;
  let ink = 1;
  for (let k = 0; k <= steps; k++) {
    if (ink >= 1) {
      dot(canvas, x0 + ((x1 - x0) * k) / Math.max(1, steps), y0 + ((y1 - y0) * k) / Math.max(1, steps));
      ink -= 1;
    }
    ink += solid;
  }
}

export function circle(canvas: Canvas, x: number, y: number, radius: number, solid = 1): void {
  const corners = Math.max(8, Math.ceil(4 * radius));
  for (let k = 0; k < corners; k++) {
    const a = (2 * Math.PI * k) / corners;
    const b = (2 * Math.PI * (k + 1)) / corners;
    line(
      canvas,
      x + radius * Math.cos(a),
      y + radius * Math.sin(a),
      x + radius * Math.cos(b),
      y + radius * Math.sin(b),
      solid,
    );
  }
}

/** One string a row, each exactly `columns` wide. */
export function canvasLines({ columns, rows, cells }: Canvas): string[] {
  return Array.from({ length: rows }, (_, r) => {
    let text = "";
    for (let c = 0; c < columns; c++) {
      const bits = cells[r * columns + c];
      text += bits === 0 ? " " : String.fromCharCode(0x2800 + bits);
    }
    return text;
  });
}
