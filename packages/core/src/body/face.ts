// The face's motor space: action units of the Facial Action Coding System (Ekman, Friesen & Hager 2002), each from 0 (at
// rest) to 1 (as far as it goes). L and R are the person's own sides, apart where one side alone means something.

const BOTH = "AU01 AU09 AU16 AU17 AU18 AU22 AU23 AU24 AU25 AU26 AU27 AU28 AU34".split(" ");
const SIDED = "AU02 AU04 AU05 AU06 AU07 AU10 AU12 AU14 AU15 AU20 AU43".split(" ");

/** In order of number, left before right. */
export const FACE_UNITS: readonly string[] = [...BOTH, ...SIDED.flatMap((unit) => [`${unit}L`, `${unit}R`])].sort();

export const FACE = FACE_UNITS.length;

/** What each unit does, in plain words, by its number. */
export const FACE_UNIT_WORDS: Readonly<Record<string, string>> = {
  AU01: "inner brows raised",
  AU02: "outer brow raised",
  AU04: "brow lowered",
  AU05: "upper lid raised",
  AU06: "cheek raised",
  AU07: "lids tightened",
  AU09: "nose wrinkled",
  AU10: "upper lip raised",
  AU12: "lip corner pulled up",
  AU14: "cheek dimpled",
  AU15: "lip corner pulled down",
  AU16: "lower lip lowered",
  AU17: "chin raised",
  AU18: "lips puckered",
  AU20: "lips stretched",
  AU22: "lips funnelled",
  AU23: "lips tightened",
  AU24: "lips pressed",
  AU25: "lips parted",
  AU26: "jaw dropped",
  AU27: "mouth stretched open",
  AU28: "lips sucked in",
  AU34: "cheeks puffed",
  AU43: "eye closed",
};

const TWIN = FACE_UNITS.map((unit) => FACE_UNITS.indexOf(unit.replace(/[LR]$/, (side) => (side === "L" ? "R" : "L"))));

/** The face of the mirror image: left and right units change places. `out` may not be `face`. Shapes [FACE]. */
export function mirrorFace(face: ArrayLike<number>, out: Float32Array | Float64Array): void {
  for (let u = 0; u < FACE; u++) out[u] = face[TWIN[u]];
}
