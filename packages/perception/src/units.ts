// From what is measured on a face to action units. Nobody's face at rest measures zero, and no two faces reach as far: every
// signal counts from the person's own rest, and over a range that faces typically have (or the person has shown).

import { FACE, FACE_UNITS } from "@attune/core";
import { BLENDSHAPES } from "./mesh.ts";
import { MEASURES } from "./measures.ts";

/** Name of the units' set, for a recording's `faceSet`: core's FACE_UNITS. */
export const FACE_SET = `facs-${FACE}`;

/** Blendshape scores, then measures. */
export const SIGNALS: readonly string[] = [...BLENDSHAPES, ...MEASURES];

/** A signal and how far it goes from rest to the unit's top, in its own units; below 0 where it shrinks. */
interface Term {
  readonly signal: number;
  readonly range: number;
}

interface UnitSource {
  /** The unit is as strong as its strongest term, or as the mean of its terms. */
  readonly by: "strongest" | "mean";
  readonly terms: readonly Term[];
  /** How well these signals show the unit, 0..1; 0 where a camera cannot see it. */
  readonly seen: number;
  /** Share of the range at which the unit begins: the upper part of another unit's signal. */
  readonly from?: number;
}

const WELL = 1,
  WEAKLY = 0.5;

/**
 * Ranges: largest values over faces with known movements (well-seen channels), and for the weak ones the largest ever seen,
 * so that they are not drowned. `#` stands for Left or Right, `@` for L or R.
 */
const SOURCES: Readonly<Record<string, UnitSource>> = {
  AU01: source(WELL, ["browInnerUp", 0.7]),
  AU02: source(WELL, ["browOuterUp#", 0.6]),
  AU04: source(WELL, ["browDown#", 0.4]),
  AU05: source(WEAKLY, ["eyeWide#", 0.3], ["eyeGap@", 0.05]),
  // The models score cheek and nose as 0 whatever they do.
  AU06: source(WEAKLY, ["cheekGap@", -0.1]),
  AU07: source(WELL, ["eyeSquint#", 0.35]),
  AU09: source(WEAKLY, ["noseGap", -0.07]),
  AU10: source(WELL, ["mouthUpperUp#", 0.5]),
  AU12: source(WELL, ["mouthSmile#", 0.8]),
  AU14: source(WEAKLY, ["mouthDimple#", 0.3]),
  AU15: source(WEAKLY, ["mouthFrown#", 0.27], ["cornerDrop@", 0.07]),
  AU16: mean(WELL, ["mouthLowerDownLeft", 0.4], ["mouthLowerDownRight", 0.4]),
  AU17: source(WEAKLY, ["mouthShrugLower", 0.3]),
  AU18: source(WELL, ["mouthPucker", 0.8]),
  AU20: source(WELL, ["mouthStretch#", 0.5]),
  AU22: source(WEAKLY, ["mouthFunnel", 0.3]),
  AU23: mean(WEAKLY, ["mouthPressLeft", 0.4], ["mouthPressRight", 0.4], ["mouthRollLower", 0.3]),
  AU24: mean(WEAKLY, ["mouthPressLeft", 0.3], ["mouthPressRight", 0.3]),
  AU25: source(WELL, ["lipGap", 0.15]),
  AU26: source(WELL, ["jawOpen", 0.6]),
  AU27: { ...source(WELL, ["jawOpen", 1]), from: 0.6 },
  AU28: mean(WEAKLY, ["mouthRollLower", 0.3], ["mouthRollUpper", 0.3]),
  AU34: { by: "strongest", terms: [], seen: 0 },
  AU43: source(WELL, ["eyeBlink#", 0.6]),
};

const UNITS: readonly UnitSource[] = FACE_UNITS.map((unit) => {
  const found = SOURCES[unit.slice(0, 4)];
  if (found === undefined) throw new Error(`no source for ${unit}`);
  const side = unit.slice(4);
  return { ...found, terms: found.terms.map((term) => sided(term, side)) };
});

/** How well each unit can be seen by this camera and these models, 0..1, [FACE]; 0 is "cannot see". */
export const VISIBILITY: Readonly<Float32Array> = Float32Array.from(UNITS, ({ seen }) => seen);

/**
 * @param signals [SIGNALS]; NaN where not measured
 * @param rest the person's own rest, [SIGNALS]
 * @param out [FACE], 0..1; NaN for units that cannot be seen, or of which nothing was measured
 */
export function unitsOf(signals: ArrayLike<number>, rest: ArrayLike<number>, out: Float32Array): void {
  for (let u = 0; u < FACE; u++) {
    const { by, terms, from = 0 } = UNITS[u];
    let best = NaN,
      sum = 0,
      n = 0;
    for (const { signal, range } of terms) {
      const share = (signals[signal] - rest[signal]) / range;
      if (!Number.isFinite(share)) continue;
      if (!(best >= share)) best = share;
      sum += share;
      n++;
    }
    const value = n === 0 ? NaN : by === "mean" ? sum / n : best;
    out[u] = Math.min(1, Math.max(0, (value - from) / (1 - from)));
  }
}

type Named = readonly [signal: string, range: number];

function source(seen: number, ...terms: readonly Named[]): UnitSource {
  return { by: "strongest", seen, terms: terms.map(termOf) };
}

function mean(seen: number, ...terms: readonly Named[]): UnitSource {
  return { ...source(seen, ...terms), by: "mean" };
}

/** Sided signals are looked up as left until a side is known. */
function termOf([name, range]: Named): Term {
  return { signal: place(name.replace("#", "Left").replace("@", "L")), range };
}

function sided({ signal, range }: Term, side: string): Term {
  if (side !== "R") return { signal, range };
  return { signal: place(SIGNALS[signal].replace(/Left$/, "Right").replace(/L$/, "R")), range };
}

function place(name: string): number {
  const at = SIGNALS.indexOf(name);
  if (at < 0) throw new Error(`no signal ${name}`);
  return at;
}
