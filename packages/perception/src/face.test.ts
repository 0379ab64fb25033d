import { FACE, FACE_UNITS } from "@attune/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createFaceReader, readFace } from "./face.ts";
import { BLENDSHAPES, LANDMARKS, POINT } from "./mesh.ts";
import { measure, MEASURES } from "./measures.ts";
import { retake } from "./neutral.ts";
import { VISIBILITY } from "./units.ts";

/** A plain face of landmarks: what is not named lies in the middle. */
function landmarks(changes: Partial<Record<"cheek" | "nose" | "lips" | "corners", number>> = {}): Float64Array {
  const points = new Float64Array(3 * LANDMARKS);
  const { cheek = 0, nose = 0, lips = 0, corners = 0 } = changes;
  const put = (at: number, x: number, y: number): void => points.set([300 + x, 250 + y, 0], 3 * at);
  put(POINT.forehead, 0, -110);
  put(POINT.chin, 0, 110);
  put(POINT.lipUpperInner, 0, 60 - lips);
  put(POINT.lipLowerInner, 0, 60 + lips);
  // The person's left is on the right of the picture.
  for (const [side, sign] of [
    [POINT.left, 1],
    [POINT.right, -1],
  ] as const) {
    put(side.eyeInner, 18 * sign, -30);
    put(side.eyeOuter, 50 * sign, -30);
    put(side.lidUpper, 34 * sign, -36);
    put(side.lidLower, 34 * sign, -25);
    put(side.browInner, 15 * sign, -50);
    put(side.nostril, 14 * sign, 25 - nose);
    put(side.mouth, 28 * sign, 60 + corners);
    put(side.cheek, 36 * sign, 30 - cheek);
  }
  return points;
}

function blendshapes(changes: Readonly<Record<string, number>> = {}): Float64Array {
  return Float64Array.from(BLENDSHAPES, (name) => changes[name] ?? REST[name] ?? 0.02);
}
/** A face that squints and smiles a little at rest. */
const REST: Readonly<Record<string, number>> = {
  eyeSquintLeft: 0.5,
  eyeSquintRight: 0.5,
  mouthSmileLeft: 0.1,
  mouthSmileRight: 0.1,
};

const FACING = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 2, -3, -45, 1);

/** A reader that knows its person's rest, and the time it has come to. */
function acquainted() {
  const reader = createFaceReader();
  let time = 0;
  const show = (scores = blendshapes(), points = landmarks(), frames = 20): Record<string, number> => {
    for (let n = 0; n < frames; n++)
      readFace(reader, { blendshapes: scores, landmarks: points, matrix: FACING }, (time += 1 / 30));
    return Object.fromEntries(FACE_UNITS.map((unit, u) => [unit, reader.units[u]]));
  };
  show(blendshapes(), landmarks(), 60);
  return { reader, show };
}

test("a person's own rest is nothing, whatever the models score it", () => {
  const { reader, show } = acquainted();
  expect(reader.neutral.settled).toBe(true);
  for (const [unit, value] of Object.entries(show())) if (unit !== "AU34") expect(value, unit).toBeLessThan(0.02);
});

test.each([
  ["a smile", { mouthSmileLeft: 0.9, mouthSmileRight: 0.9 }, {}, ["AU12L", "AU12R"]],
  ["a one-sided smile", { mouthSmileLeft: 0.9 }, {}, ["AU12L"]],
  ["brows raised inside", { browInnerUp: 0.7 }, {}, ["AU01"]],
  ["the right brow lowered", { browDownRight: 0.4 }, {}, ["AU04R"]],
  ["a wink of the left eye", { eyeBlinkLeft: 0.7 }, {}, ["AU43L"]],
  ["the jaw dropped", { jawOpen: 0.6 }, {}, ["AU26"]],
  ["the mouth stretched open", { jawOpen: 1 }, {}, ["AU26", "AU27"]],
  ["cheeks raised, which blendshapes do not see", {}, { cheek: 10 }, ["AU06L", "AU06R"]],
  ["the nose wrinkled, which blendshapes do not see", {}, { nose: 7 }, ["AU09"]],
  ["lips parted", {}, { lips: 7.5 }, ["AU25"]],
  ["lip corners drawn down", {}, { corners: 7 }, ["AU15L", "AU15R"]],
] as const)("%s is read as its units, and as no other", (_, scores, points, units) => {
  const seen = acquainted().show(blendshapes(scores), landmarks(points));
  for (const [unit, value] of Object.entries(seen)) {
    if (unit === "AU34") continue;
    if ((units as readonly string[]).includes(unit)) expect(value, unit).toBeGreaterThan(0.8);
    else expect(value, unit).toBeLessThan(0.1);
  }
});

test("what cannot be seen is not a number and trusted nothing; a far side is trusted less", () => {
  const { reader, show } = acquainted();
  const at = (unit: string): number => FACE_UNITS.indexOf(unit);
  expect(show()["AU34"]).toBeNaN();
  expect(reader.confidence[at("AU34")]).toBe(0);
  expect(reader.confidence[at("AU12L")]).toBe(1);
  expect(reader.confidence[at("AU06L")]).toBeCloseTo(VISIBILITY[at("AU06L")], 6);
  const c = Math.cos(0.8),
    s = Math.sin(0.8);
  const turned = Float64Array.of(c, 0, -s, 0, 0, 1, 0, 0, s, 0, c, 0, 0, 0, -45, 1);
  for (let n = 0; n < 30; n++)
    readFace(reader, { blendshapes: blendshapes(), landmarks: landmarks(), matrix: turned }, 10 + n / 30);
  expect(reader.confidence[at("AU12R")]).toBeLessThan(reader.confidence[at("AU12L")]);
  readFace(reader, undefined, 20);
  expect(Array.from(reader.units).every(Number.isNaN)).toBe(true);
  expect(Math.max(...reader.confidence)).toBe(0);
});

test("rest follows slow change of a still face, and not a smile that is kept", () => {
  const { reader, show } = acquainted();
  const smile = BLENDSHAPES.indexOf("mouthSmileLeft");
  show(blendshapes({ mouthSmileLeft: 0.9, mouthSmileRight: 0.9 }), landmarks(), 30 * 60);
  expect(reader.neutral.rest[smile]).toBeCloseTo(0.1, 2);
  show(blendshapes({ mouthSmileLeft: 0.16 }), landmarks(), 30 * 120);
  expect(reader.neutral.rest[smile]).toBeCloseTo(0.16, 2);
  retake(reader.neutral);
  expect(reader.neutral.settled).toBe(false);
  expect(show(blendshapes({ mouthSmileLeft: 0.5 }), landmarks(), 60)["AU12L"]).toBeLessThan(0.02);
});

test("measures do not change with size, place or turning in the picture", () => {
  const still = new Float64Array(MEASURES.length),
    moved = still.slice();
  expect(measure(landmarks({ lips: 3, corners: 2 }), still)).toBe(true);
  const points = landmarks({ lips: 3, corners: 2 });
  const c = 2.5 * Math.cos(0.4),
    s = 2.5 * Math.sin(0.4);
  for (let p = 0; p < points.length; p += 3) {
    const [x, y, z] = [points[p], points[p + 1], points[p + 2]];
    points.set([c * x - s * y + 70, s * x + c * y - 9, 2.5 * z], p);
  }
  expect(measure(points, moved)).toBe(true);
  still.forEach((v, i) => expect(moved[i]).toBeCloseTo(v, 9));
  expect(measure(new Float64Array(3 * LANDMARKS), moved)).toBe(false);
});

test("whatever comes, units are shares or nothing, and time does not go back", () => {
  const number = fc.oneof(fc.double({ min: -2, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity, 1e30));
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.array(number, { minLength: 8, maxLength: 8 }),
          fc.double({ min: -1, max: 1, noNaN: true }),
          fc.boolean(),
        ),
        { maxLength: 40 },
      ),
      (shown) => {
        const reader = createFaceReader();
        let time = 0;
        for (const [values, step, present] of shown) {
          const found = {
            blendshapes: Float64Array.from(BLENDSHAPES, (__, i) => values[i % 8]),
            landmarks: landmarks().map((v, i) => (i % 7 === 0 ? values[i % 8] : v)),
            matrix: FACING.map((v, i) => (i % 5 === 0 ? values[i % 8] : v)),
          };
          time += step;
          readFace(reader, present ? found : undefined, time);
          for (let u = 0; u < FACE; u++) {
            const v = reader.units[u];
            if (!(Number.isNaN(v) || (v >= 0 && v <= 1))) throw new Error(`${FACE_UNITS[u]} is ${v}`);
            if (!(reader.confidence[u] >= 0 && reader.confidence[u] <= 1))
              throw new Error(`trust ${reader.confidence[u]}`);
          }
        }
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});

test("arrays of another model are refused, and what was read stays", () => {
  const { reader, show } = acquainted();
  const before = show();
  expect(() => readFace(reader, { blendshapes: [1, 2], landmarks: landmarks() }, 99)).toThrow(
    /2 blendshapes came, 52 were wanted/,
  );
  expect(reader.units[FACE_UNITS.indexOf("AU12L")]).toBeCloseTo(before["AU12L"], 9);
});
