import { FACE, FACE_UNITS } from "@attune/core";
import { describe, expect, test } from "vitest";
import { createFaceMap, lookWeights, weigh } from "./expressions.ts";

const ARKIT =
  `browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight cheekPuff cheekSquintLeft cheekSquintRight
  eyeBlinkLeft eyeBlinkRight eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight
  eyeLookUpLeft eyeLookUpRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight jawForward jawLeft jawOpen jawRight
  mouthClose mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight mouthFunnel mouthLeft mouthLowerDownLeft
  mouthLowerDownRight mouthPressLeft mouthPressRight mouthPucker mouthRight mouthRollLower mouthRollUpper mouthShrugLower
  mouthShrugUpper mouthSmileLeft mouthSmileRight mouthStretchLeft mouthStretchRight mouthUpperUpLeft mouthUpperUpRight
  noseSneerLeft noseSneerRight tongueOut`.split(/\s+/);
const PRESETS = "happy angry sad relaxed surprised neutral aa ih ou ee oh blink blinkLeft blinkRight".split(" ");

function face(units: Readonly<Record<string, number>>): Float32Array {
  const out = new Float32Array(FACE);
  for (const [unit, value] of Object.entries(units)) out[FACE_UNITS.indexOf(unit)] = value;
  return out;
}

function shown(names: readonly string[], units: Readonly<Record<string, number>>): Record<string, number> {
  const map = createFaceMap(names);
  const out = new Float32Array(map.drives.length);
  weigh(map, face(units), out);
  return Object.fromEntries(map.drives.flatMap(({ name }, d) => (out[d] > 0 ? [[name, out[d]]] : [])));
}

describe("an avatar with all of ARKit's expressions", () => {
  test.each([
    ["as ARKit spells them", ARKIT],
    ["with a capital", ARKIT.map((name) => name[0].toUpperCase() + name.slice(1))],
    ["in capitals", ARKIT.map((name) => name.toUpperCase())],
  ])("is found, %s, and shows every unit", (_, names) => {
    const map = createFaceMap([...PRESETS, ...names]);
    expect(map.perfectSync).toBe(true);
    expect(map.hidden).toEqual([]);
    expect(Object.keys(map.look)).toHaveLength(8);
    for (const { name } of map.drives) expect(names).toContain(name);
  });

  test("moves the side that moved", () => {
    expect(shown(ARKIT, { AU12L: 0.5 })).toEqual({ mouthSmileLeft: 0.5 });
    expect(shown(ARKIT, { AU43R: 1 })).toEqual({ eyeBlinkRight: 1 });
    expect(shown(ARKIT, { AU26: 1 })).toEqual({ jawOpen: expect.closeTo(0.6, 6) });
  });
});

test("an avatar with presets alone smiles, winks and opens its mouth by them", () => {
  expect(shown(PRESETS, { AU12L: 1, AU12R: 1 })).toEqual({ happy: 1 });
  expect(shown(PRESETS, { AU43L: 1 })).toEqual({ blinkLeft: 1 });
  expect(shown(PRESETS, { AU25: 1, AU26: 1, AU27: 1 })).toEqual({ aa: 1 });
  expect(createFaceMap(PRESETS).perfectSync).toBe(false);
});

test("one expression for both eyes closes only as far as the more open eye", () => {
  expect(shown(["blink"], { AU43L: 1 })).toEqual({});
  expect(shown(["blink"], { AU43L: 1, AU43R: 0.5 })).toEqual({ blink: 0.5 });
  // One lid of two is not enough to wink with.
  expect(shown(["blink", "blinkLeft"], { AU43L: 1, AU43R: 1 })).toEqual({ blink: 1 });
});

test.each([
  ["everything", [...PRESETS, ...ARKIT]],
  ["presets", PRESETS],
  ["presets and ARKit's lids", [...PRESETS, "EyeBlinkLeft", "EyeBlinkRight"]],
  ["presets and ARKit's jaw", [...PRESETS, "jawOpen"]],
  ["presets and ARKit's brows", [...PRESETS, "browInnerUp"]],
  ["names twice in different case", [...ARKIT, ...ARKIT.map((name) => name.toUpperCase())]],
])("no expression is driven twice and no part of the face by both kinds: %s", (_, names) => {
  const { drives } = createFaceMap(names);
  const driven = drives.map(({ name }) => name);
  expect(new Set(driven.map((name) => name.toLowerCase())).size).toBe(driven.length);
  const arkit = driven.filter((name) => ARKIT.some((known) => known.toLowerCase() === name.toLowerCase())),
    presets = driven.filter((name) => PRESETS.includes(name));
  const any = (list: readonly string[], of: RegExp): boolean => list.some((name) => of.test(name));
  if (any(arkit, /^eyeblink/i)) expect(any(presets, /^blink/)).toBe(false);
  if (any(arkit, /^(mouth|jaw)/i)) expect(any(presets, /^(aa|ih|ou|ee|oh|happy|sad|angry|surprised)$/)).toBe(false);
  if (any(arkit, /^brow/i)) expect(any(presets, /^(happy|sad|angry|surprised)$/)).toBe(false);
  expect(presets.includes("blink") && presets.includes("blinkLeft")).toBe(false);
  expect(driven.length).toBeGreaterThan(0);
});

test("expressions of the whole face share one face", () => {
  const all = shown(PRESETS, { AU12L: 1, AU12R: 1, AU01: 1, AU02L: 1, AU02R: 1, AU05L: 1, AU05R: 1 });
  expect(all["happy"] + all["surprised"]).toBeCloseTo(1, 6);
});

test("units that are not seen are at rest, and a face of another length is refused", () => {
  expect(shown(ARKIT, { AU12L: NaN })).toEqual({});
  const map = createFaceMap(ARKIT);
  expect(() => weigh(map, [1], new Float32Array(map.drives.length))).toThrow(`expected ${FACE}`);
  expect(() => weigh(map, face({}), new Float32Array(1))).toThrow("expressions");
});

test("what an avatar without a face cannot show is named", () => {
  const { shown: can, hidden } = createFaceMap(["somethingElse"]);
  expect(can).toEqual([]);
  expect(hidden).toHaveLength(24);
});

test("eyes to the own left are out on the left and in on the right", () => {
  const left = lookWeights(0.3, -0.2);
  expect(left["eyeLookOutLeft"]).toBeCloseTo(0.5, 6);
  expect(left["eyeLookInRight"]).toBeCloseTo(0.5, 6);
  expect(left["eyeLookInLeft"]).toBe(0);
  expect(left["eyeLookDownLeft"]).toBeGreaterThan(0);
  expect(left["eyeLookUpLeft"]).toBe(0);
});
