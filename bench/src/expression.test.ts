import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AFFDEX_FULL, BASIC, EXPRESSIONS, affdexUnit, createRng, gaussian } from "@attune/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExpressionOptions, type FacesRead, type FileRead, measureExpression } from "./expression.ts";
import { faceTables } from "./face-tables.ts";
import type { Fusion } from "./fusion.ts";
import { table } from "./tables.ts";

const quiet: ExpressionOptions = { log: () => undefined };
const CHANNELS = [
  "BrowFurrow",
  "InnerBrowRaise",
  "BrowRaise",
  "EyeWiden",
  "CheekRaise",
  "LidTighten",
  "NoseWrinkle",
  "Smile",
  "LipCornerDepressor",
  "ChinRaise",
  "LipPress",
  "MouthOpen",
  "JawDrop",
  "LipStretch",
].map((name) => `afx_${name}`);
const UNITS = [1, 2, 4, 5, 6, 7, 9, 10, 12, 15, 17, 20, 23, 24, 25, 26];

/** How strong a unit is in an expression. */
function strength(name: string, unit: number): number {
  const units = EXPRESSIONS.find((expression) => expression.name === name)?.units ?? {};
  return units[`AU${String(unit).padStart(2, "0")}`] ?? 0;
}

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "attune-expression-"));
  const rng = createRng(1, "bench/expression/test");
  mkdirSync(join(dir, "more"));
  // Grades, units without a leading 0, another word for joy, a gap, and columns of judges.
  const graded = Array.from({ length: 60 }, (_, i) => {
    const name = BASIC[i % 6];
    const cells = UNITS.map((unit) =>
      i === 7 && unit === 4 ? "" : `${Math.min(5, Math.round(strength(name, unit) * 5 * (0.9 + 0.4 * rng())))}`,
    );
    return [`p${i % 10}`, name === "joy" ? "Happy" : name, ...cells, "0.9"].join(",");
  });
  writeFileSync(
    join(dir, "graded.csv"),
    [
      "who,display,".concat(UNITS.map((u) => `AU${u}`).join(","), ",judges"),
      ...graded,
      `p0,contempt,${UNITS.map(() => 1).join(",")},1`,
    ].join("\n"),
  );
  const tracked = Array.from({ length: 168 }, (_, i) => {
    const name = [...BASIC, "neutral"][i % 7];
    const cells = CHANNELS.map((channel) => {
      const x = strength(name, affdexUnit(channel) as number) * (0.7 + 0.5 * rng()) + 0.06 * gaussian(rng);
      return (AFFDEX_FULL * Math.min(1, Math.max(0, x))).toFixed(2);
    });
    return [i < 84 ? "ONE" : "TWO", `m${Math.floor(i / 7)}`, name === "joy" ? "happy" : name, ...cells, "99"].join(",");
  });
  writeFileSync(
    join(dir, "more", "tracked.csv"),
    [`dataset,model,emotion,${CHANNELS.join(",")},afx_emo_joy`, ...tracked].join("\r\n"),
  );
  const votes = Array.from({ length: 40 }, (_, i) => {
    const line = (sense: number, share: number) => {
      const counts = [0, 0, 0, 0, 0, 0];
      for (let k = 0; k < 9; k++) counts[rng() < share ? i % 6 : Math.floor(6 * rng())]++;
      return `${sense}${String(i).padStart(5, "0")},${counts.join(",")},${1000 + (i % 8)}_X.flv,9`;
    };
    return [line(1, 0.3), line(2, 0.6), line(3, 0.7)];
  }).flat();
  writeFileSync(join(dir, "votes.csv"), [",A,D,F,H,N,S,fileName,numResponses", ...votes].join("\n"));
  writeFileSync(join(dir, "prices.csv"), "A,B\n1,2\n");
  writeFileSync(join(dir, "odd.csv"), "AU01,AU02,AU04,AU05,AU06,mood\n1,0,1,0,1,fine\n");
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("tables of faces", () => {
  test("are told by their columns, and others are passed over", () => {
    expect(faceTables(dir).map(({ kind, name }) => [kind, name])).toEqual([
      ["facs", "graded.csv"],
      ["tracker", join("more", "tracked.csv")],
      ["votes", "votes.csv"],
    ]);
  });

  test("grades are of 5, happy is joy, a gap is missing, other labels are not counted", () => {
    const [graded] = faceTables(dir);
    if (graded.kind !== "facs") throw new Error("no table of units");
    expect(Math.max(...graded.faces.flatMap(({ values }) => [...values].filter(Number.isFinite)))).toBeLessThanOrEqual(
      1,
    );
    expect(graded.faces[0].label).toBe("joy");
    expect(graded.faces[7].values[UNITS.indexOf(4)]).toBeNaN();
    expect(graded.faces.at(-1)?.label).toBeUndefined();
  });

  test("what a tracker says of emotions is no channel", () => {
    const tracked = faceTables(dir)[1];
    expect(tracked.kind === "tracker" && tracked.channels).toHaveLength(CHANNELS.length);
  });
});

describe("what is measured on them", () => {
  test("units by the rule, whole, hidden and noisy; a tracker by what others in it teach; votes by face and voice", () => {
    const result = measureExpression(dir, quiet);
    const graded = result["graded.csv"] as FileRead;
    expect(graded).toMatchObject({ n: 60, by: "the written rule" });
    expect(graded.acc).toBeGreaterThan(0.9);
    expect(graded.accMerged).toBeGreaterThanOrEqual(graded.acc);
    expect(graded.hidden.mouth.confidence).toBeLessThan(graded.confidence);
    expect((result["tracked.csv"] as FileRead).n).toBe(168);
    // More can be answered than is asked for, so a little less is right.
    for (const file of ["graded.csv", "tracked.csv"]) {
      const { amongAll, acc, n } = result[file] as FileRead;
      expect(amongAll.n).toBe(n);
      expect(amongAll.acc).toBeLessThanOrEqual(acc);
      expect(amongAll.acc).toBeGreaterThan(0.5);
    }
    const cross = result["crossDatabase"] as Record<string, FacesRead>;
    expect(Object.keys(cross)).toEqual(["TWO->ONE", "ONE->TWO"]);
    for (const read of Object.values(cross)) expect(read.acc).toBeGreaterThan(0.8);
    const fusion = result["fusion"] as Fusion;
    expect(fusion).toMatchObject({ clips: 40, actors: 8 });
    expect(fusion.both).toBeGreaterThan(fusion.floor);
    expect(fusion.face).toBeLessThan(fusion.voice);
    expect(table("expression", result)).toMatch(/graded\.csv .*\n {2}brow hidden/);
  });

  test("with a table to learn from, trackers are read by that, and not by what they say of themselves", () => {
    const train = join(dir, "more", "tracked.csv");
    const alone = mkdtempSync(join(dir, "alone-"));
    writeFileSync(
      join(alone, "new.csv"),
      // The same channels in another order, one unknown to the teacher, and a face of whom nothing was seen.
      `emotion,afx_Dimpler,${CHANNELS.toReversed().join(",")}\njoy,3,${CHANNELS.toReversed()
        .map((c) => 80 * strength("joy", affdexUnit(c) as number))
        .join(",")}\nanger,,${CHANNELS.map(() => "").join(",")}\n`,
    );
    const result = measureExpression(alone, { ...quiet, train });
    expect(result["new.csv"]).toMatchObject({ n: 2, acc: 0.5, by: "learned from tracked.csv" });
    expect(result["crossDatabase"]).toMatchObject({ "tracked.csv->new.csv": { n: 2 } });
    rmSync(alone, { recursive: true });
  });

  test("a folder without faces and a teacher that is none are refused in a sentence", () => {
    expect(() => measureExpression(join(dir, "more", ".."), { ...quiet, only: ["prices.csv"] })).toThrow(
      /no such table; there are graded\.csv/,
    );
    expect(() => measureExpression(dir, { ...quiet, train: join(dir, "graded.csv") })).toThrow(
      /--train .*graded\.csv is no table of a tracker/,
    );
    const empty = mkdtempSync(join(dir, "empty-"));
    expect(() => measureExpression(empty, quiet)).toThrow(/no tables of faces/);
    rmSync(empty, { recursive: true });
  });
});

const DATA = process.env["ATTUNE_DATA"];
if (DATA === undefined)
  console.warn("expression.test.ts: no ATTUNE_DATA, so the faces and votes recorded of people are not read");

describe.skipIf(DATA === undefined)("faces and votes of people (ATTUNE_DATA)", () => {
  test("T17 what is reached on them stays reached", { timeout: 60_000 }, () => {
    const result = measureExpression(DATA ?? "", {
      ...quiet,
      only: ["faces_facs.csv", "faces_tracker.csv", "votes.csv"],
    });
    const facs = result["faces_facs.csv"] as FileRead;
    expect(facs.acc).toBeGreaterThan(0.97);
    expect(facs.ece).toBeLessThan(0.06);
    for (const part of ["brow", "eye", "mouth"] as const) {
      expect(facs.hidden[part].acc, part).toBeGreaterThan(0.7);
      expect(facs.hidden[part].ece, part).toBeLessThan(0.08);
    }
    expect(facs.noisy.acc).toBeGreaterThan(0.9);
    expect(facs.amongAll.acc).toBeGreaterThan(0.95);
    expect(facs.amongAll.ece).toBeLessThan(0.06);
    const cross = result["crossDatabase"] as Record<string, FacesRead>;
    expect(cross["ADFES->RAFD"].acc).toBeGreaterThan(0.92);
    expect(cross["RAFD->ADFES"].acc).toBeGreaterThan(0.88);
    for (const read of Object.values(cross)) expect(read.ece).toBeLessThan(0.08);
    const fusion = result["fusion"] as Fusion;
    expect(fusion.both).toBeLessThan(Math.min(1.31, fusion.face));
  });
});
