// Pictures of the results, drawn by Vega-Lite without a browser: one small panel a set, all on the same scales, so that sets
// can be compared at a glance. Colours are those of Okabe and Ito, told apart by everybody; grey is what to compare with.

import { type View as ViewType, View, parse } from "vega";
import { type TopLevelSpec, compile } from "vega-lite";
import type { Continuation } from "./continuation.ts";
import type { Recognition } from "./recognition.ts";

export interface Figure {
  /** File name, without folder. */
  readonly file: string;
  /** What it shows, a sentence. */
  readonly caption: string;
  readonly spec: TopLevelSpec;
}

const BLUE = "#0072b2",
  ORANGE = "#d55e00",
  GREEN = "#009e73",
  GREY = "#777777";
const PANEL = { width: 150, height: 110 };
const COLUMNS = 4;
const config = {
  background: "white",
  font: "sans-serif",
  axis: { grid: true, gridColor: "#e6e6e6", labelColor: "#333", titleColor: "#333", tickCount: 5 },
  header: { labelFontWeight: "bold", labelColor: "#111", title: null },
  legend: { orient: "top", title: null, labelLimit: 0, labelColor: "#111" },
  line: { strokeWidth: 2 },
} as const;

/** The figures of a bench's result; none for benches that are tables only. */
export function figuresOf(bench: string, result: unknown): Figure[] {
  if (bench === "recognition") {
    const results = result as Record<string, Recognition>;
    return [accuracyFigure(results), reliabilityFigure(results)];
  }
  return bench === "continuation" ? [horizonFigure(result as Record<string, Continuation>)] : [];
}

export async function drawFigure(figure: Figure): Promise<string> {
  const view: ViewType = new View(parse(compile(figure.spec).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

const percent = { type: "quantitative", axis: { format: "%" } } as const;

function accuracyFigure(results: Record<string, Recognition>): Figure {
  const values = Object.entries(results).flatMap(([set, { acc, oneShot, classes }]) => [
    ...points(acc).map(([seen, right]) => ({ set, seen, right, of: "all examples" })),
    ...points(oneShot["1"] ?? {}).map(([seen, right]) => ({ set, seen, right, of: "one example an act" })),
    ...points(acc).map(([seen]) => ({ set, seen, right: 1 / classes, of: "chance" })),
  ]);
  return {
    file: "accuracy.svg",
    caption: "Share of answers that are right, against the share of the movement seen.",
    spec: panels(values, {
      mark: { type: "line", point: true },
      encoding: {
        x: { field: "seen", title: "seen", ...percent },
        y: { field: "right", title: "right", scale: { domain: [0, 1] }, ...percent },
        color: colours(["all examples", BLUE], ["one example an act", ORANGE], ["chance", GREY]),
      },
    }),
  };
}

function reliabilityFigure(results: Record<string, Omit<Recognition, "reliability"> & Partial<Recognition>>): Figure {
  const values = Object.entries(results).flatMap(([set, { reliability }]) => [
    ...["30", "50", "100"].flatMap((seen) =>
      // Results measured before it was kept have none.
      (reliability?.[seen] ?? []).map(([stated, right, n]) => ({ set, stated, right, n, of: `${seen} % seen` })),
    ),
    ...[0, 1].map((p) => ({ set, stated: p, right: p, n: 0, of: "as stated" })),
  ]);
  return {
    file: "reliability.svg",
    caption:
      "What was stated and what came true, by tenths of stated probability; larger points stand for more answers.",
    spec: panels(values, {
      layer: [
        { mark: { type: "line", opacity: 0.6 } },
        {
          transform: [{ filter: "datum.n > 0" }],
          mark: { type: "circle", opacity: 0.9 },
          encoding: { size: { field: "n", type: "quantitative", scale: { range: [8, 120] }, legend: null } },
        },
      ],
      encoding: {
        x: { field: "stated", title: "stated", scale: { domain: [0, 1] }, ...percent },
        y: { field: "right", title: "came true", scale: { domain: [0, 1] }, ...percent },
        color: colours(["30 % seen", ORANGE], ["50 % seen", GREEN], ["100 % seen", BLUE], ["as stated", GREY]),
      },
    }),
  };
}

/** Errors at half of the movement, as shares of the largest error of holding the posture: units differ by set. */
function horizonFigure(results: Record<string, Continuation>): Figure {
  const values = Object.entries(results).flatMap(([set, { "50": half = {} }]) => {
    const longest = Math.max(...Object.values(half).map((e) => e.hold));
    return Object.entries(half).flatMap(([ahead, { model, hold, velocity }]) =>
      Object.entries({
        "foreseen by the mirror": model,
        "last posture held": hold,
        "last velocity kept": velocity,
      }).map(([of, error]) => ({ set, ahead: Number(ahead), error: error / longest, of })),
    );
  });
  return {
    file: "horizon.svg",
    caption:
      "Error of where everything will be, against frames ahead, at half of the movement; 1 is the largest error of holding the posture, and lines above 2 are cut. Fewer items are long enough for more frames.",
    spec: panels(values, {
      mark: { type: "line", point: true, clip: true },
      encoding: {
        x: { field: "ahead", title: "frames ahead", type: "quantitative" },
        y: { field: "error", title: "error", type: "quantitative", scale: { domain: [0, 2] } },
        color: colours(["foreseen by the mirror", BLUE], ["last posture held", GREY], ["last velocity kept", ORANGE]),
      },
    }),
  };
}

function panels(values: readonly object[], spec: object): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { values: [...values] },
    config,
    columns: COLUMNS,
    facet: { field: "set", type: "nominal" },
    spec: { ...PANEL, ...spec },
  } as TopLevelSpec;
}

function colours(...pairs: readonly (readonly [string, string])[]): object {
  return {
    field: "of",
    type: "nominal",
    scale: { domain: pairs.map(([name]) => name), range: pairs.map(([, colour]) => colour) },
  };
}

/** Shares seen and values of a table by percentage. */
function points(byMark: Record<string, number>): [number, number][] {
  return Object.entries(byMark).map(([seen, value]) => [Number(seen) / 100, value]);
}
