import { expect, test } from "vitest";
import { createUnitRange, expressionOfLabel, fullScale, meetUnit, unitColumns, unitOfCell } from "./face-columns.ts";

function scaleOf(cells: readonly number[]): number {
  const range = createUnitRange();
  for (const x of cells) meetUnit(range, x);
  return fullScale(range);
}

test("units by any of their spellings, of one side or both", () => {
  expect(unitColumns(["who", "AU01", "au_2", "AU4", "AU45", "AU12L", "AU12_R", "AU6_c"])).toEqual([
    { at: 1, unit: 1 },
    { at: 2, unit: 2 },
    { at: 3, unit: 4 },
    { at: 4, unit: 43 },
    { at: 5, unit: 12, side: "L" },
    { at: 6, unit: 12, side: "R" },
  ]);
});

test("_r alone is OpenFace's strength of both sides, beside _l it is the right one", () => {
  expect(unitColumns(["AU12_r"])).toEqual([{ at: 0, unit: 12 }]);
  expect(unitColumns(["AU12_l", "AU12_r"]).map(({ side }) => side)).toEqual(["L", "R"]);
  expect(unitColumns(["AU12R"])[0].side).toBe("R");
});

test("how far units go is told by most of them, not by a slip", () => {
  expect(scaleOf([0, 1, 1, 0])).toBe(1);
  expect(scaleOf([0.1, 1.2, -0.1])).toBe(1);
  expect(scaleOf([0, 3, 4, 5, 5.2])).toBe(5);
  expect(scaleOf([0, 3, 4, 5, 2, 4, 3, 55, 1e9])).toBe(5);
  expect(scaleOf([0, 80, 3, 12, 8])).toBe(100);
  expect(scaleOf([])).toBe(1);
});

test("9 and -1 are what was not seen, and no grade", () => {
  expect(scaleOf([0, 9, 4, -1])).toBe(5);
  expect(unitOfCell(9, 5)).toBeNaN();
  expect(unitOfCell(-1, 100)).toBeNaN();
  expect(unitOfCell(9, 100)).toBe(0.09);
  expect(unitOfCell(4, 5)).toBe(0.8);
});

test("labels in other words, and none in words that are none", () => {
  expect([" Happy", "SAD", "contempt", "neutral"].map(expressionOfLabel)).toEqual([
    "joy",
    "sadness",
    "contempt",
    "neutral",
  ]);
  expect(["toString", "", undefined, "hungry"].map(expressionOfLabel)).toEqual(Array(4).fill(undefined));
});
