// attune read from end to end, on small tables and recordings made for the test.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FACE_UNITS, READ, expressionNamed, visageOf } from "@attune/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, temporary } from "../testing.ts";

let dir = "";
let remove: () => Promise<void>;
let before = "";

beforeAll(async () => {
  ({ dir, remove } = await temporary());
  before = process.cwd();
  process.chdir(dir);
  await mkdir(join(dir, "folder"));
  await writeFile(
    "codes.csv",
    "person,emotion,AU01,AU02,AU04,AU06,AU12,AU15,AU17,AU25\na,joy,0,0,0,1,1,0,0,1\nb,sadness,1,0,1,0,0,1,1,0\n",
  );
  await writeFile("grades.csv", "AU1,AU2,AU4,AU6,AU12,AU15,AU17,AU25\n0,0,0,4,4,0,0,3\n0,0,0,,,,,\n0,1,0,0,0,0,0,0\n");
  await writeFile(
    "tracker.csv",
    "picture,afx_Smile,afx_CheekRaise,afx_BrowFurrow,afx_MouthOpen,afx_emo_joy\nx.jpg,99,90,0,80,1\ny.jpg,nan,nan,nan,nan,1\n",
  );
  await writeFile(
    "shapes.csv",
    `time,${SHAPES.join(",")}\n0,${SHAPES.map((name) => (/mouthSmile|cheekSquint/.test(name) ? 0.9 : 0)).join(",")}\n`,
  );
  const surprise = visageOf(expressionNamed("surprise"));
  await writeFile(
    "face.ndjson",
    [
      JSON.stringify({ format: "attune-recording", version: 1, faceSet: `facs-${FACE_UNITS.length}`, rate: 10 }),
      ...[0, 1, 2].map((t) =>
        JSON.stringify({
          time: t / 10,
          face: Array.from(surprise.slice(0, FACE_UNITS.length), (x) => (t === 0 ? 0 : x)),
        }),
      ),
    ].join("\n"),
  );
  await writeFile("pen.csv", "t,wx,wy\n0,1,2\n1,2,3\n");
});
afterAll(async () => {
  process.chdir(before);
  await remove();
});

const SHAPES =
  "browInnerUp browDownLeft browDownRight eyeWideLeft eyeWideRight eyeSquintLeft eyeSquintRight cheekSquintLeft cheekSquintRight mouthSmileLeft mouthSmileRight mouthFrownLeft mouthFrownRight jawOpen".split(
    " ",
  );

interface Row {
  row: number;
  time?: number;
  probabilities: Record<string, number>;
  expression: string | null;
  words: string;
  valence: number;
  precision: number;
  seen: number;
  cannotSee: boolean;
  startled: boolean;
}

async function rows(...args: string[]): Promise<Row[]> {
  const { out, code, err } = await run("read", ...args, "--json");
  expect(code, err).toBe(0);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

describe("attune read", () => {
  test("a table of codes: a row for each row, each a distribution over all that can be read", async () => {
    const [joy, sadness, ...more] = await rows("codes.csv");
    expect(more).toEqual([]);
    expect([joy.row, joy.expression, sadness.row, sadness.expression]).toEqual([0, "joy", 1, "sadness"]);
    expect(Object.keys(joy.probabilities)).toEqual([...READ]);
    expect(Object.values(joy.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 4);
    expect(joy.words).toBe("the face looks like joy");
    expect(joy.time).toBeUndefined();
    expect(joy.valence).toBeGreaterThan(0.3);
    expect(sadness.valence).toBeLessThan(-0.3);
  });

  test("grades to 5 are told from 0/1 by the file, and can be said", async () => {
    const [graded, hidden, brow] = await rows("grades.csv");
    expect(graded.expression).toBe("joy");
    expect(hidden.precision).toBeLessThan(0.8 * graded.precision);
    expect(brow.expression).toBe("neutral");
    const [, , strong] = await rows("grades.csv", "--scale", "1");
    expect(strong.expression).not.toBe("neutral");
    expect((await run("read", "grades.csv", "--scale", "1")).err).toMatch(/values above 1 came .*--scale/);
  });

  test("a tracker's channels by their map; a face it did not find cannot be seen", async () => {
    const [smile, missing] = await rows("tracker.csv");
    expect(smile.expression).toBe("joy");
    expect(missing).toMatchObject({ cannotSee: true, expression: null, precision: 0 });
    expect(missing.words).toBe("I cannot see the face well enough");
  });

  test("blend shapes by their names, and a recording with a face of its own", async () => {
    const [shape] = await rows("shapes.csv");
    expect(shape).toMatchObject({ time: 0, expression: "joy" });
    const [still, , surprise] = await rows("face.ndjson");
    expect([still.expression, surprise.expression]).toEqual(["neutral", "surprise"]);
    expect(surprise.time).toBeCloseTo(0.2);
    const rested = await rows("face.ndjson", "--rest");
    expect(rested[2].expression).toBe("surprise");
  });

  test("for people: the likeliest first, or all", async () => {
    const { out } = await run("read", "codes.csv");
    expect(out).toMatch(/^ +0 +joy +joy 0\.\d\d/);
    expect(out.trim().split("\n")).toHaveLength(2);
    const all = (await run("read", "codes.csv", "--all")).out.split("\n")[1];
    for (const name of READ) expect(all).toMatch(new RegExp(`${name} [01]\\.\\d\\d`));
  });

  test.each([
    ["a file that is not there", ["nowhere.csv"], /no file "nowhere\.csv"/],
    ["a folder without frames", ["folder"], /folder/],
    ["a table without a face", ["pen.csv"], /pen\.csv: it shows no face: columns of action units/],
    ["a resting face of many people", ["codes.csv", "--rest"], /--rest came/],
    ["a scale for a recording", ["face.ndjson", "--scale", "5"], /--scale came/],
    ["a scale nobody uses", ["codes.csv", "--scale", "7"], /1, 5, 100/],
  ])("%s is refused in one line", async (_, args, said) => {
    const { out, err, code } = await run("read", ...args);
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(said);
  });
});
