// attune read from end to end, on small tables and recordings made for the test.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BASIC, FACE_UNITS, READ, affdexUnit, createRng, expressionNamed, visageOf } from "@attune/core";
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
  await writeFile("torn.json", '{"format":"attune-learned-reading","version":1}');
  await writeFile(
    "codes7.csv",
    "emotion,AU04,AU06,AU12,AU15,AU25\njoy,0,1,1,0,1\njoy,0,1,1,0,0\nsadness,1,0,0,1,0\nsadness,0,0,0,1,0\n",
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

/** Faces of the six and neutral as a tracker with a gain of its own for each channel gives them; lips hardly move in it. */
function trackerTable(n: number, seed: number): string {
  const channels =
    "BrowFurrow InnerBrowRaise BrowRaise EyeWiden CheekRaise LidTighten NoseWrinkle Smile LipCornerDepressor ChinRaise MouthOpen JawDrop LipStretch"
      .split(" ")
      .map((name) => `afx_${name}`);
  const rng = createRng(seed, "cli/read/tracker");
  const lines = Array.from({ length: n }, (_, i) => {
    const name = [...BASIC, "neutral"][i % 7],
      units: Readonly<Record<string, number>> = name === "neutral" ? {} : expressionNamed(name).units;
    const cells = channels.map((channel, d) => {
      const unit = `AU${String(affdexUnit(channel)).padStart(2, "0")}`,
        gain = channel === "afx_LipStretch" ? 0.5 : 0.35 + (0.65 * ((d * 7) % 5)) / 4;
      return Math.round(100 * Math.min(1, Math.max(0, (units[unit] ?? 0) * gain * (0.8 + 0.4 * rng()) + 0.03 * rng())));
    });
    return [`p${Math.floor(i / 7)}`, name, ...cells].join(",");
  });
  return [`person,emotion,${channels.join(",")}`, ...lines].join("\n");
}

interface Row {
  row: number;
  who?: string;
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

  test("a row for each row read, whoever it is of and whatever time it has", async () => {
    await writeFile(
      "people.csv",
      "who,time,AU1,AU2,AU4,AU6,AU12,AU25\nann,0,0,0,0,5,5,4\nbob,0,5,5,0,0,0,5\nann,0,0,0,0,5,5,4\nbob,0.5,0,0,0,0,0,0\n,0.2,0,0,0,5,5,4\n",
    );
    const all = await rows("people.csv");
    expect(all.map(({ expression }) => expression)).toEqual(["joy", "surprise", "joy", "neutral", "joy"]);
    expect(all.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4]);
    expect(all.map(({ time }) => time)).toEqual([0, 0, 0, 0.5, 0.2]);
    expect(all.map(({ who }) => who)).toEqual(["ann", "bob", "ann", "bob", undefined]);
    expect(await rows("people.csv", "--who", "bob")).toHaveLength(2);
    await writeFile(
      "shapes2.csv",
      `who,${SHAPES.join(",")}\n${["a", "b", "a"].map((who) => `${who},${SHAPES.map(() => 0.1).join(",")}`).join("\n")}\n`,
    );
    expect(await rows("shapes2.csv")).toHaveLength(3);
  });

  test("what was assumed of the columns is said, and nothing is cut off silently", async () => {
    expect((await run("read", "codes.csv")).err).toMatch(/no unit goes above 1, .* say so with --scale 5/);
    expect((await run("read", "codes.csv", "--scale", "1")).err).toBe("");
    await writeFile("percent.csv", "AU01,AU02,AU06,AU12,AU25\n0,0,80,90,70\n0,0,10,8,0\n");
    const [smile, faint] = await rows("percent.csv");
    expect([smile.expression, faint.expression]).toEqual(["joy", "neutral"]);
    expect((await run("read", "percent.csv")).err).toMatch(/units go to 90, so they are read as 0 to 100/);
    await writeFile("codes9.csv", "AU01,AU02,AU06,AU12,AU25\n0,9,4,5,-1\n0,0,4,5,4\n0,0,-3,5,4\n");
    const [unseen, seen] = await rows("codes9.csv");
    expect(unseen.seen).toBeLessThan(seen.seen);
    const { err } = await run("read", "codes9.csv");
    expect(err).toMatch(/-1 and 9 came: codes for what was not seen/);
    expect(err).toMatch(/values below 0 came/);
  });

  test("units of each side: both make the unit, one alone a lopsided mouth", async () => {
    await writeFile("sided.csv", "AU12L,AU12R,AU14L,AU14R,AU06L,AU06R,AU25\n1,1,0,0,1,1,1\n0.3,0,0.8,0,0,0,0\n");
    const [joy, contempt] = await rows("sided.csv");
    expect([joy.expression, contempt.expression]).toEqual(["joy", "contempt"]);
  });

  test("fear and surprise that cannot be told apart are printed as a startle", async () => {
    await writeFile(
      "startle.csv",
      "afx_InnerBrowRaise,afx_BrowRaise,afx_EyeWiden,afx_MouthOpen,afx_JawDrop,afx_Smile\n80,80,80,90,60,0\n",
    );
    const [row] = await rows("startle.csv");
    expect(row).toMatchObject({ startled: true, words: "the face looks startled (fear or surprise)" });
    expect((await run("read", "startle.csv")).out).toMatch(/^ +0 +startled /);
  });

  test("a tracker's faces by what labelled ones teach, at once or kept", async () => {
    await writeFile("labelled.csv", trackerTable(140, 1));
    await writeFile("others.csv", trackerTable(70, 2));
    const truth = (await readFile("others.csv", "utf8"))
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[1]);
    const rightOf = (read: Row[]) => read.filter(({ expression }, i) => expression === truth[i]).length / read.length;
    const ruled = rightOf(await rows("others.csv")),
      taught = await rows("others.csv", "--train", "labelled.csv", "--save", "reading.json");
    expect(rightOf(taught)).toBeGreaterThan(0.9);
    expect(rightOf(taught)).toBeGreaterThan(ruled + 0.1);
    expect(await rows("others.csv", "--train", "reading.json")).toEqual(taught);
    expect((await run("read", "others.csv")).err).toMatch(/labelled faces teach better: --train FILE/);
    expect((await run("read", "others.csv", "--train", "reading.json")).err).toBe("");
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
    ["a teacher that is none", ["codes.csv", "--train", "pen.csv"], /--train pen\.csv: it holds no channels to learn/],
    [
      "a teacher without labels",
      ["codes.csv", "--train", "grades.csv"],
      /--train grades\.csv: it names no expressions/,
    ],
    ["a reading that is torn", ["codes.csv", "--train", "torn.json"], /--train torn\.json: .*no learned reading came/],
    ["a teacher of other channels", ["tracker.csv", "--train", "codes7.csv"], /none of the channels that --train/],
    ["a teacher for a recording", ["face.ndjson", "--train", "codes7.csv"], /--train came, but a recording/],
    ["something to keep without a teacher", ["codes.csv", "--save", "x.json"], /--save came/],
    ["a scale nobody uses", ["codes.csv", "--scale", "7"], /1, 5, 100/],
  ])("%s is refused in one line", async (_, args, said) => {
    const { out, err, code } = await run("read", ...args);
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(said);
  });
});
