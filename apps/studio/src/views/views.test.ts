import { FACE, FACE_UNITS, UNITS_PER_ACT } from "@attune/core";
import { expect, test, vi } from "vitest";

// Modules of views ask the page for its preferences when they are loaded.
vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { choose } = await import("./raster.tsx");
const { faceWords } = await import("./belief.tsx");
const { cover, sureness } = await import("./overlay.ts");

const column = (acts: number[]) => {
  const seen = Float32Array.from(acts.flatMap((rate) => Array<number>(UNITS_PER_ACT).fill(rate / UNITS_PER_ACT)));
  return { time: 0, seen, done: new Float32Array(seen.length) };
};

test("rows keep their places until an act is clearly livelier than the quietest shown", () => {
  const acts = 12;
  const quiet = column(Array.from({ length: acts }, (_, k) => (k < 8 ? 0.5 : 0)));
  const rows = choose([quiet], [], acts);
  expect([...rows].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const little = [quiet, column(Array.from({ length: acts }, (_, k) => (k === 9 ? 0.6 : 0)))];
  expect(choose(little, rows, acts)).toEqual(rows);
  const lively = [
    quiet,
    ...Array.from({ length: 5 }, () => column(Array.from({ length: acts }, (_, k) => (k === 9 ? 1 : 0)))),
  ];
  const changed = choose(lively, rows, acts);
  expect(changed).toContain(9);
  expect(changed.filter((act, r) => act !== rows[r])).toEqual([9]);
  expect(choose([quiet], rows, 3).every((act) => act < 3)).toBe(true);
});

test("a face is put into few words, strongest first, both sides as one", () => {
  const face = new Float32Array(FACE);
  const set = (name: string, v: number): void => void (face[FACE_UNITS.indexOf(name)] = v);
  expect(faceWords(face)).toEqual([]);
  set("AU12L", 0.8);
  set("AU12R", 0.7);
  set("AU26", 0.9);
  set("AU01", 0.2);
  expect(faceWords(face)).toEqual(["jaw dropped", "lip corner pulled up"]);
  expect(faceWords(new Float32Array(FACE).fill(NaN))).toEqual([]);
});

test("landmarks lie on a picture that is cut to fill its place, and the future fades with its spread", () => {
  expect(cover(400, 400, 640, 480)).toEqual({
    x: expect.closeTo(-66.67, 1),
    y: 0,
    width: expect.closeTo(533.33, 1),
    height: 400,
  });
  expect(sureness(0)).toBeGreaterThan(2 * sureness(0.45));
  expect(sureness(1)).toBeLessThan(0.02);
});
