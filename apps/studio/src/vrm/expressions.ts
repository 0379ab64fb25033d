// From Attune's action units to the expressions an avatar has. Pure. Where it has the 52 of ARKit ("Perfect Sync") these are
// moved one by one; else the presets of VRM. Nothing is moved by both.

import { FACE, FACE_UNITS, FACE_UNIT_WORDS } from "@attune/core";

export interface FaceMap {
  /** Whether ARKit's expressions alone move the face. */
  readonly perfectSync: boolean;
  readonly drives: readonly Drive[];
  /** Numbers of the action units that show on this avatar, and of those that cannot. */
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
  /** How the avatar's eyes are turned when it has no eyes of VRM's own. */
  readonly look: Readonly<Partial<Record<LookName, string>>>;
}

/** One expression: the sum of its units, or the smaller of two. */
export interface Drive {
  /** As the avatar spells it. */
  readonly name: string;
  readonly by: "sum" | "smaller";
  readonly terms: readonly { readonly unit: number; readonly much: number }[];
  /** Moves the whole face, so that all of these together may not exceed one. */
  readonly wholeFace: boolean;
}

const LOOKS = ["In", "Out", "Up", "Down"].flatMap((way) => [`eyeLook${way}Left`, `eyeLook${way}Right`] as const);
type LookName = string;

/** ARKit's expressions and the units that make them up; `#` stands for Left or Right, `@` for L or R. */
const ARKIT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  browInnerUp: { AU01: 1 },
  "browOuterUp#": { "AU02@": 1 },
  "browDown#": { "AU04@": 1 },
  "eyeWide#": { "AU05@": 1 },
  "cheekSquint#": { "AU06@": 1 },
  "eyeSquint#": { "AU07@": 1 },
  "eyeBlink#": { "AU43@": 1 },
  "noseSneer#": { AU09: 1 },
  // Parted lips: a little of both; the jaw opens them further.
  "mouthUpperUp#": { "AU10@": 1, AU25: 0.1 },
  "mouthLowerDown#": { AU16: 1, AU25: 0.25 },
  "mouthSmile#": { "AU12@": 1 },
  "mouthDimple#": { "AU14@": 1 },
  "mouthFrown#": { "AU15@": 1 },
  mouthShrugLower: { AU17: 1 },
  mouthPucker: { AU18: 1 },
  "mouthStretch#": { "AU20@": 1 },
  mouthFunnel: { AU22: 1 },
  "mouthPress#": { AU23: 0.5, AU24: 1 },
  mouthRollLower: { AU28: 1 },
  mouthRollUpper: { AU28: 1 },
  // As they are measured: the dropped jaw is its lower part, the stretched one the rest.
  jawOpen: { AU26: 0.6, AU27: 0.4 },
  cheekPuff: { AU34: 1 },
};

const HALF = (unit: string, much = 1): Record<string, number> => ({ [`${unit}L`]: much / 2, [`${unit}R`]: much / 2 });
const LIDS = ["blinkLeft", "blinkRight"];
const MOUTH: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  aa: { AU25: 0.15, AU26: 0.5, AU27: 0.35 },
  ou: { AU18: 1 },
  oh: { AU22: 1 },
  ee: HALF("AU20"),
};
/** Named after feelings, but Attune moves them for what the face does. */
const WHOLE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  happy: HALF("AU12"),
  sad: HALF("AU15"),
  angry: HALF("AU04"),
  surprised: { AU01: 0.4, ...HALF("AU02", 0.4), ...HALF("AU05", 0.2) },
};

/** @param names of the avatar's expressions that move something, spelled as it spells them */
export function createFaceMap(names: readonly string[]): FaceMap {
  const arkit = arkitOf(names);
  const drives: Drive[] = [];
  for (const { name, units } of spelledOut()) {
    const spelled = arkit.get(name.toLowerCase());
    if (spelled !== undefined) drives.push(drive(spelled, units));
  }
  const single = drives.length;
  const has = (name: string): boolean => names.includes(name);
  const found = (start: RegExp): boolean => [...arkit.keys()].some((name) => start.test(name));
  if (!found(/^eyeblink/)) {
    if (LIDS.every(has)) drives.push(drive("blinkLeft", { AU43L: 1 }), drive("blinkRight", { AU43R: 1 }));
    // One expression for both eyes: it closes them no further than the one that is more open.
    else if (has("blink")) drives.push({ ...drive("blink", { AU43L: 1, AU43R: 1 }), by: "smaller" });
  }
  if (!found(/^(mouth|jaw|cheekpuff)/))
    for (const [name, units] of Object.entries(MOUTH)) if (has(name)) drives.push(drive(name, units));
  // These move brows, eyes and mouth at once.
  if (!found(/^(brow|eyewide|eyesquint|cheek|nose|mouth|jaw)/))
    for (const [name, units] of Object.entries(WHOLE))
      if (has(name)) drives.push({ ...drive(name, units), wholeFace: true });
  const moved = new Set(drives.flatMap(({ terms }) => terms.map(({ unit }) => FACE_UNITS[unit].slice(0, 4))));
  const numbers = Object.keys(FACE_UNIT_WORDS);
  return {
    perfectSync: single > 0 && single === drives.length,
    drives,
    shown: numbers.filter((number) => moved.has(number)),
    hidden: numbers.filter((number) => !moved.has(number)),
    look: Object.fromEntries(
      LOOKS.flatMap((name) => {
        const spelled = arkit.get(name.toLowerCase());
        return spelled === undefined ? [] : [[name, spelled]];
      }),
    ),
  };
}

/**
 * How strong each expression of `map.drives` is, at most 1 as VRM has it.
 *
 * @param face action units 0..1, [FACE]; NaN is at rest
 * @param out [drives]
 * @throws RangeError if `face` or `out` has the wrong length
 */
export function weigh({ drives }: FaceMap, face: ArrayLike<number>, out: Float32Array): void {
  if (face.length !== FACE) throw new RangeError(`weigh: face has ${face.length} units, expected ${FACE}`);
  if (out.length !== drives.length)
    throw new RangeError(`weigh: out has ${out.length} entries, expected ${drives.length} expressions`);
  let whole = 0;
  for (let d = 0; d < drives.length; d++) {
    const { by, terms, wholeFace } = drives[d];
    let sum = 0,
      least = 1;
    for (const { unit, much } of terms) {
      const value = Number.isFinite(face[unit]) ? much * face[unit] : 0;
      sum += value;
      least = Math.min(least, value);
    }
    out[d] = Math.min(1, by === "sum" ? sum : least);
    if (wholeFace) whole += out[d];
  }
  if (whole > 1) for (let d = 0; d < drives.length; d++) if (drives[d].wholeFace) out[d] /= whole;
}

/**
 * How far ARKit's eye expressions go for a gaze.
 *
 * @param yaw rad to the own left
 * @param pitch rad up
 */
export function lookWeights(yaw: number, pitch: number): Readonly<Record<LookName, number>> {
  const part = (angle: number, most: number): number => Math.min(1, Math.max(0, angle / most));
  const left = part(yaw, SIDEWAYS),
    right = part(-yaw, SIDEWAYS),
    up = part(pitch, UPWARDS),
    down = part(-pitch, UPWARDS);
  return {
    eyeLookOutLeft: left,
    eyeLookInRight: left,
    eyeLookInLeft: right,
    eyeLookOutRight: right,
    eyeLookUpLeft: up,
    eyeLookUpRight: up,
    eyeLookDownLeft: down,
    eyeLookDownRight: down,
  };
}

/** rad at which an eye expression is at its full strength. */
const SIDEWAYS = 0.6,
  UPWARDS = 0.45;

function spelledOut(): { name: string; units: Readonly<Record<string, number>> }[] {
  return Object.entries(ARKIT).flatMap(([name, units]) =>
    name.includes("#")
      ? (["Left", "Right"] as const).map((side) => ({
          name: name.replace("#", side),
          units: Object.fromEntries(Object.entries(units).map(([unit, much]) => [unit.replace("@", side[0]), much])),
        }))
      : [{ name, units }],
  );
}

const ARKIT_NAMES = new Set([...spelledOut().map(({ name }) => name), ...LOOKS].map((name) => name.toLowerCase()));

/** ARKit's names in lower case, to how the avatar spells them; of two that differ in case alone the first counts. */
function arkitOf(names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (ARKIT_NAMES.has(lower) && !found.has(lower)) found.set(lower, name);
  }
  return found;
}

function drive(name: string, units: Readonly<Record<string, number>>): Drive {
  const terms = Object.entries(units).map(([unit, much]) => ({ unit: FACE_UNITS.indexOf(unit), much }));
  return { name, by: "sum", terms, wholeFace: false };
}
