// Pictures of the results, drawn by Vega-Lite without a browser: one small panel a set, all on the same scales, so that sets
// can be compared at a glance. Colours are those of Okabe and Ito, told apart by everybody; grey is what to compare with.

import { type View as ViewType, View, parse } from "vega";
import { type TopLevelSpec, compile } from "vega-lite";
import type { Continuation } from "./continuation.ts";
import { WEBB } from "./empathy-regulation.ts";
import type { Empathy } from "./empathy.ts";
import type { ExpressionResult, FileRead } from "./expression.ts";
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
  if (bench === "empathy") return [regulationFigure(result as Empathy), contagionFigure(result as Empathy)];
  if (bench === "expression") return [facesFigure(result as ExpressionResult)];
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

/** What each strategy does to feeling, face and body, beside what Webb et al. (2012) found for the feeling. */
function regulationFigure({ effects }: Empathy): Figure {
  const values = Object.entries(effects).flatMap(([strategy, effect]) => [
    { strategy, d: effect.experience, of: "feeling" },
    { strategy, d: effect.behaviour, of: "face" },
    { strategy, d: effect.physiology, of: "body" },
    // Published for suppression of expression is the mean over feeling, face and body.
    ...(strategy in WEBB && strategy !== "suppress expression"
      ? [{ strategy, d: WEBB[strategy], of: "feeling, published" }]
      : []),
  ]);
  return {
    file: "regulation.svg",
    caption:
      "How much each strategy lowers feeling, face and body (d against doing nothing), and what was published for the feeling (Webb, Miles & Sheeran 2012). Below 0 it raises them.",
    spec: {
      $schema: SCHEMA,
      data: { values },
      config,
      width: 420,
      height: 300,
      mark: { type: "point", filled: true, size: 60 },
      encoding: {
        y: { field: "strategy", type: "nominal", title: null, sort: Object.keys(effects) },
        x: { field: "d", type: "quantitative", title: "d" },
        color: colours(["feeling", BLUE], ["face", ORANGE], ["body", GREEN], ["feeling, published", GREY]),
        shape: {
          field: "of",
          type: "nominal",
          title: null,
          scale: {
            domain: ["feeling", "face", "body", "feeling, published"],
            range: ["circle", "square", "diamond", "cross"],
          },
        },
      },
    } as TopLevelSpec,
  };
}

function contagionFigure({ contagion }: Empathy): Figure {
  const values = contagion.flatMap(({ gate, d, trackedR }) => [
    { gate, value: d, of: "what is caught, d" },
    { gate, value: trackedR, of: "how well they are read, r" },
  ]);
  return {
    file: "contagion.svg",
    caption:
      "A minute with somebody who feels well against one who feels ill: what is caught grows with the gate, how well they are read does not.",
    spec: {
      $schema: SCHEMA,
      data: { values },
      config,
      width: 320,
      height: 200,
      mark: { type: "line", point: true },
      encoding: {
        x: { field: "gate", type: "quantitative", title: "self-other gate" },
        y: { field: "value", type: "quantitative", title: null, scale: { domain: [0, 1] } },
        color: colours(["what is caught, d", ORANGE], ["how well they are read, r", BLUE]),
      },
    } as TopLevelSpec,
  };
}

/** Files of faces, whole, partly hidden and noisy. */
function facesFigure(result: ExpressionResult): Figure {
  const files = Object.entries(result).filter((entry): entry is [string, FileRead] => "hidden" in entry[1]);
  const values = files.flatMap(([set, read]) =>
    Object.entries({
      "all seen": read,
      noise: read.noisy,
      "no brow": read.hidden.brow,
      "no eye": read.hidden.eye,
      "no mouth": read.hidden.mouth,
    }).flatMap(([shown, { acc, confidence }]) => [
      { set, shown, value: acc, of: "right" },
      { set, shown, value: confidence, of: "stated" },
    ]),
  );
  return {
    file: "expression.svg",
    caption:
      "Faces read rightly, and how sure the reading said it was, whole and with parts of the face hidden. Labels of CK+ (faces_facs.csv) were validated against prototypes of the same units, so whole faces of it are easier than others; and half of what is expected of a hidden unit was counted on them, so its hidden parts are partly in-sample. On coded faces of people never seen the rule was .95 right.",
    spec: panels(values, {
      mark: { type: "point", filled: true, size: 60 },
      encoding: {
        y: {
          field: "shown",
          type: "nominal",
          title: null,
          sort: ["all seen", "noise", "no brow", "no eye", "no mouth"],
        },
        x: { field: "value", title: null, scale: { domain: [0.5, 1] }, ...percent },
        color: colours(["right", BLUE], ["stated", ORANGE]),
      },
    }),
  };
}

const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

function panels(values: readonly object[], spec: object): TopLevelSpec {
  return {
    $schema: SCHEMA,
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
