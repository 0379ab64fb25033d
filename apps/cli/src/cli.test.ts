// The command line from end to end, on recordings of the scene's person made for the test. Most commands run inside this
// process; a few start the real program.

import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Moment } from "@attune/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, run, temporary, type Ran } from "./testing.ts";

const PROGRAM = fileURLToPath(new URL("../bin/attune.js", import.meta.url));

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../packages/io/src/fixtures/${name}`, import.meta.url));

let dir = "";
let remove: () => Promise<void>;
let before = "";
const at = (name: string): string => join(dir, name);

beforeAll(async () => {
  ({ dir, remove } = await temporary());
  before = process.cwd();
  process.chdir(dir);
  await record("wave.ndjson", [0.3, "wave", 0.3], { seed: 4 });
  await record("bow.ndjson", [0.3, "bow", 0.3], { seed: 4 });
  await record("day.ndjson", [0.6, "wave", 1, "bow", 0.8], { seed: 7, skeleton: "kinect-20", yaw: 0.4, tempo: 1.1 });
  await writeFile(
    "pen.csv",
    `t,wx,wy\n${Array.from({ length: 60 }, (_, k) => `${k / 30},${Math.cos(k / 10)},${Math.sin(k / 10)}`).join("\n")}\n`,
  );
  await writeSet();
  for (const name of ["wave", "bow"]) await run("learn", name, `${name}.ndjson`);
  await run("learn", "--set", "lines.json", "--repertoire", "lines.r.json");
  await run("acts", "export", "acts.ndjson");
});
afterAll(async () => {
  process.chdir(before);
  await remove();
});

/** A set of two people drawing lines and arcs, four items, with a split and channels only. */
async function writeSet(): Promise<void> {
  const rows = 30;
  const items = [0, 1, 2, 3].map((k) => ({
    o: k * rows * 2,
    T: rows,
    y: k % 2,
    subj: k < 2 ? "ann" : "bob",
    split: k < 2 ? "train" : "test",
  }));
  const floats = Float32Array.from(
    items.flatMap(({ y }, k) =>
      Array.from({ length: rows }, (_, t) => {
        const u = t / (rows - 1);
        return y === 0 ? [u, 0.1 * k] : [Math.cos(3 * u), Math.sin(3 * u) + 0.1 * k];
      }).flat(),
    ),
  );
  await writeFile(
    "lines.json",
    JSON.stringify({
      name: "lines",
      task: "acts",
      dims: 2,
      dims_names: ["x", "y"],
      classes: ["line", "arc"],
      fpsHz: 30,
      items,
    }),
  );
  await writeFile("lines.bin", new Uint8Array(floats.buffer));
}

/** Exit code 2 and one line that says all of this; nothing on standard output. */
function refused({ out, err, code }: Ran, ...parts: (string | RegExp)[]): void {
  expect(err.trimEnd().split("\n"), err).toHaveLength(1);
  expect(err).toMatch(/^attune: /);
  expect(err).not.toMatch(/ {4}at |Error:/);
  for (const part of parts) expect(err).toMatch(part);
  expect(out).toBe("");
  expect(code).toBe(2);
}

function start(args: readonly string[], stdin?: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: dir, env: { ...process.env, NO_COLOR: "1" } });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.on("close", (code) => resolve({ out, err, code: code ?? -1 }));
    child.stdin.end(stdin);
  });
}

describe("learn, watch, act, acts", () => {
  test("acts learned from one example each are recognised on another body", async () => {
    const { out, code } = await run("watch", "day.ndjson");
    expect(code).toBe(0);
    expect(out).toMatch(/recognised: wave/);
    expect(out).toMatch(/recognised: bow/);
    expect(out.indexOf("recognised: wave")).toBeLessThan(out.indexOf("recognised: bow"));
    expect(out).toMatch(/act +recognised +first at/);
  });

  test("--json is one moment a frame and nothing else", async () => {
    const { out, code } = await run("watch", "day.ndjson", "--json");
    const moments = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Moment);
    const frames = (await readFile("day.ndjson", "utf8")).trimEnd().split("\n").length - 1;
    expect(code).toBe(0);
    expect(moments).toHaveLength(frames);
    for (const { acts, none } of moments)
      expect(acts.reduce((sum, act) => sum + act.probability, none)).toBeCloseTo(1, 4);
    expect(
      moments.flatMap(({ events }) => events).some(({ kind, act }) => kind === "recognised" && act === "wave"),
    ).toBe(true);
  });

  test("an act is written in three formats, and what was written is seen as that act", async () => {
    for (const ending of ["bvh", "csv", "ndjson"]) {
      const { code, out } = await run("act", "wave", "--out", `done.${ending}`, "--duration", "2");
      expect(code, ending).toBe(0);
      expect(out).toMatch(/I did "wave" in 2.0 s: 6\d frames/);
      const seen = await run("watch", `done.${ending}`, "--up", "y");
      expect(seen.out, ending).toMatch(/recognised: wave/);
    }
  });

  test("a hand reaches where it is sent", async () => {
    const target = [-0.35, -0.1, 0.7];
    expect((await run("act", "wave", "--to", target.join(","), "--out", "reach.csv")).code).toBe(0);
    const [head, ...rows] = (await readFile("reach.csv", "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const last = rows[rows.length - 1].map(Number);
    const place = (joint: string): number[] => ["x", "y", "z"].map((axis) => last[head.indexOf(`${joint}_${axis}`)]);
    const trunk = Math.hypot(...place("neck").map((v, c) => v - place("pelvis")[c]));
    place("r-wrist").forEach((v, c) => expect((v - place("neck")[c]) / trunk).toBeCloseTo(target[c], 1));
  });

  test("renaming, merging, exporting, importing and forgetting leave the others as they were", async () => {
    const r = ["--repertoire", at("mine.json")];
    await run("acts", "export", "mine.json");
    const names = async (): Promise<string[]> =>
      (JSON.parse((await run("acts", "list", "--json", ...r)).out) as { acts: { name: string }[] }).acts.map(
        ({ name }) => name,
      );
    await run("acts", "rename", "wave", "greet", ...r);
    expect(await names()).toEqual(["greet", "bow"]);
    expect((await run("acts", "import", "attune-repertoire.json", ...r)).err).toMatch(/"bow"/);
    expect(await names()).toEqual(["greet", "bow"]);
    await run("acts", "export", "one.json", "wave");
    await run("acts", "import", "one.json", ...r);
    expect(await names()).toEqual(["greet", "bow", "wave"]);
    await run("acts", "merge", "wave", "greet", ...r);
    expect(await names()).toEqual(["greet", "bow"]);
    expect((await run("acts", "list", ...r)).out).toMatch(/greet +2 +2/);
    await run("acts", "forget", "greet", ...r);
    expect(await names()).toEqual(["bow"]);
  });

  test("a part of a recording is enough", async () => {
    const { out, code } = await run(
      "learn",
      "nod",
      "day.ndjson",
      "--segment",
      "3.9:6.2",
      "--repertoire",
      "part.json",
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ repertoire: "part.json", learned: [{ name: "nod", demonstrations: 1 }] });
  });

  test("a set teaches all its classes; people and splits are left out on request", async () => {
    const learned = async (...more: string[]): Promise<unknown> => {
      const { out } = await run(
        "learn",
        "--set",
        "lines.json",
        "--json",
        "--repertoire",
        `set${more.join("")}.json`,
        ...more,
      );
      return (JSON.parse(out) as { learned: { name: string; demonstrations: number }[] }).learned.map(
        ({ name, demonstrations }) => [name, demonstrations],
      );
    };
    expect(await learned()).toEqual([
      ["line", 2],
      ["arc", 2],
    ]);
    expect(await learned("--except-subj", "ann")).toEqual([
      ["line", 1],
      ["arc", 1],
    ]);
    expect(await learned("--only-split", "test")).toEqual([
      ["line", 1],
      ["arc", 1],
    ]);
    const { out, err, code } = await run("watch", "lines.json", "--item", "3", "--repertoire", "set.json");
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/the set calls it: arc/);
  });

  test("converting there and back keeps the frames", async () => {
    await run("convert", "wave.ndjson", "wave.csv");
    await run("convert", "wave.csv", "again.ndjson.gz");
    const { out } = await run("convert", "again.ndjson.gz", "again.csv");
    expect(out).toMatch(/frames of again\.ndjson\.gz are in again\.csv/);
    expect(await readFile("again.csv", "utf8")).toBe(await readFile("wave.csv", "utf8"));
    expect((await run("convert", "lines.json", "item.csv", "--item", "1")).code).toBe(0);
    expect((await readFile("item.csv", "utf8")).split("\n")).toHaveLength(32);
  });

  test("other trackers' files become recordings, by what is in them", async () => {
    for (const [from, to, frames] of [
      ["face.openface.csv", "face.ndjson", 2],
      ["people.openpose.ndjson", "people.csv", 3],
      ["pose.mediapipe.ndjson", "pose.csv", 3],
      ["two.skeleton", "two.bvh", 2],
      ["two.skeleton", "two.glb", 2],
      ["take.livelink.csv", "take.ndjson.gz", 5],
    ] as const) {
      const { out, code } = await run("convert", fixture(from), to, "--json");
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ to, frames });
    }
    expect((await run("convert", fixture("rooms.mea.txt"), "rooms.csv", "--rate", "25")).code).toBe(0);
    expect(await readFile("rooms.csv", "utf8")).toMatch(/^time,patient,therapist\n0,46,3879\n0.04,14,2952\n/);
    expect((await run("convert", "face.ndjson", "again.openface.csv")).code).toBe(0);
    expect(await readFile("again.openface.csv", "utf8")).toMatch(/^frame,face_id,timestamp,confidence,success,/);
  });

  test("a folder of OpenPose's files is one recording", async () => {
    await mkdir("frames");
    const lines = (await readFile(fixture("people.openpose.ndjson"), "utf8")).trim().split("\n");
    for (const [k, line] of lines.entries()) await writeFile(join("frames", `a_00${k}_keypoints.json`), line);
    await writeFile(join("frames", "notes.json"), "{}");
    const { out } = await run("convert", "frames", "frames.csv", "--who", "1", "--json");
    expect(JSON.parse(out)).toMatchObject({ frames: 2 });
  });

  test("annotations become each other, and are no recording", async () => {
    expect((await run("convert", fixture("session.eaf"), "session.csv")).out).toMatch(/6 annotations of session\.eaf/);
    expect((await run("convert", fixture("turns.csv"), "turns.eaf")).code).toBe(0);
    expect((await run("convert", "turns.eaf", "turns.tsv.gz", "--json")).out).toMatch(/"annotations":3/);
    const { err, code } = await run("convert", "session.csv", "session.bvh");
    expect([code, err]).toEqual([2, expect.stringMatching(/for annotations a name ending in \.eaf, \.csv or \.tsv/)]);
    expect((await run("watch", fixture("session.eaf"))).err).toMatch(/ELAN's annotations came/);
  });
});

describe("bad input is one line and exit code 2", () => {
  test.each<[string, string[], (string | RegExp)[]]>([
    ["a missing file", ["watch", "wvae.ndjson"], [/no file/, /did you mean "wave.ndjson"/]],
    ["a folder", ["watch", "."], [/folder/]],
    ["a format nobody knows", ["watch", "odd.xyz"], [/a recording was wanted/]],
    ["a wrong column", ["watch", "pen.csv", "--columns", "time=t,w=wx/wz"], [/no column "wz"/, /t, wx, wy/]],
    ["nothing but missing values", ["convert", "empty.csv", "x.ndjson"], [/nothing but missing values/]],
    ["an item out of range", ["watch", "lines.json", "--item", "4"], [/items 0 to 3/]],
    ["a set without an item", ["watch", "lines.json"], [/--item 0 to 3/]],
    ["an item of no set", ["watch", "wave.ndjson", "--item", "1"], [/not a set/]],
    ["a person of no set", ["watch", "wave.ndjson", "--person", "1"], [/--person came/, /not a set/]],
    [
      "columns of a set",
      ["watch", "lines.json", "--item", "0", "--columns", "time=t,wx"],
      [/--columns came/, /names its columns/],
    ],
    ["a name in a set", ["watch", "lines.json", "--item", "0", "--who", "ann"], [/--who ann came/, /--person/]],
    [
      "a body for what has none",
      ["act", "arc", "--repertoire", "lines.r.json", "--skeleton", "kinect-20", "--out", "x.csv"],
      [/--skeleton kinect-20 came/],
    ],
    ["sets where none are needed", ["bench", "speed", "--only", "x"], [/--only came/, /needs no sets/]],
    ["a short run of everything", ["bench", "all", "--short"], [/--short came/]],
    [
      "how to read movement, for annotations",
      ["convert", fixture("turns.csv"), "x.eaf", "--rate", "20"],
      [/--rate came/],
    ],
    ["a mirror where nothing is seen", ["convert", "wave.ndjson", "x.csv", "--mirror"], [/--mirror/]],
    ["a recording over learned acts", ["convert", "wave.ndjson", "attune-repertoire.json"], [/holds learned acts/]],
    ["an act over learned acts", ["act", "wave", "--out", "acts.ndjson"], [/holds learned acts/]],
    ["a file over itself", ["convert", "pen.csv", "pen.csv", "--columns", "time=t,wx"], [/it is what is read/]],
    ["some acts over all", ["acts", "export", "attune-repertoire.json", "wave"], [/it is what is read/]],
    ["acts over a recording", ["acts", "export", "wave.ndjson", "wave"], [/holds no acts/]],
    ["a seed without a sample", ["act", "wave", "--seed", "3", "--out", "x.bvh"], [/add --sample/]],
    ["a hand that goes nowhere", ["act", "wave", "--hand", "left", "--out", "x.bvh"], [/add --to/]],
    ["a segment that is nonsense", ["learn", "x", "wave.ndjson", "--segment", "2:1"], [/FROM:TO/]],
    ["a segment outside the recording", ["learn", "x", "wave.ndjson", "--segment", "50:60"], [/runs from 0.00 to/]],
    ["an act that is not known", ["act", "wavee", "--out", "x.bvh"], [/did you mean "wave"/]],
    ["an act to forget that is not known", ["acts", "forget", "jump"], [/no act "jump"/, /wave, bow/]],
    ["a target out of reach", ["act", "wave", "--to", "5,5,5", "--out", "x.bvh"], [/cannot reach/]],
    ["an output nobody can write", ["act", "wave", "--out", "x.fbx"], [/\.bvh, \.csv or \.ndjson/]],
    [
      "a skeleton nobody knows",
      ["act", "wave", "--out", "x.csv", "--skeleton", "kinect"],
      [/did you mean "kinect-20"/],
    ],
    ["a body BVH cannot hold", ["act", "wave", "--out", "x.bvh", "--skeleton", "mediapipe-33"], [/hierarchy/]],
    [
      "a repertoire of a newer version",
      ["watch", "wave.ndjson", "--repertoire", "newer.json"],
      [/newer\.json/, /version/],
    ],
    ["a repertoire that is none", ["act", "wave", "--out", "x.bvh", "--repertoire", "wave.ndjson"], [/wave\.ndjson/]],
    ["another body", ["watch", "lines.json", "--item", "0"], [/person/]],
    ["a person who is not there", ["learn", "--set", "lines.json", "--except-subj", "an"], [/did you mean "ann"/]],
    ["a split that is not there", ["learn", "--set", "lines.json", "--only-split", "dev"], [/train, test/]],
    ["no recording", ["learn", "wave"], [/no recording/]],
    [
      "bytes for a BVH",
      ["convert", "bytes.bvh", "x.csv"],
      [/bytes\.bvh: bytes that are no text came, HIERARCHY was wanted/],
    ],
    [
      "channels for a GLB",
      ["convert", "pen.csv", "x.glb", "--columns", "time=t,wx"],
      [/no skeleton came/, /name their columns .*or write \.csv/],
    ],
    ["a recording for annotations", ["convert", "pen.csv", "x.eaf"], [/pen\.csv holds no annotations/, /\.ndjson/]],
    ["a bench nobody knows", ["bench", "stramy"], [/there is no bench "stramy"/, /attune bench list/]],
    ["an unknown option", ["watch", "wave.ndjson", "--jsn"], [/--jsn/]],
    ["an unknown verb", ["wach"], [/wach/]],
    ["no data for a bench", ["bench", "recognition"], [/--data DIR|not installed|no bench/]],
  ])("%s", async (_, args, parts) => {
    delete process.env["ATTUNE_DATA"];
    await writeFile("bytes.bvh", Buffer.from([0x91, 0x12, 0x80, 0x0a, 0xd8, 0x41]));
    await writeFile("odd.xyz", Buffer.from([0, 1, 2, 3, 0, 0]));
    await writeFile("empty.csv", "t,a_x,a_y,a_z\n0,,,\n1,nan,,\n");
    await writeFile(
      "newer.json",
      JSON.stringify({ ...JSON.parse(await readFile("attune-repertoire.json", "utf8")), version: 99 }),
    );
    refused(await run(...args), ...parts);
  });

  test("the starter repertoire comes by its name, and the benches are listed", async () => {
    expect((await run("acts", "import", "starter", "--repertoire", "starter.r.json")).out).toMatch(/"wave".*"yawn/);
    expect((await run("acts", "list", "--repertoire", "starter.r.json")).out).toMatch(/drink/);
    expect((await run("bench", "list")).out).toMatch(/recognition .*early recognition/);
  });

  test("what was learned before stays when learning fails, and nothing is left lying about", async () => {
    const kept = await readFile("attune-repertoire.json");
    const files = await readdir(dir);
    refused(await run("learn", "wave", "wave.ndjson", "empty.csv"));
    refused(await run("learn", "line", "pen.csv", "--columns", "time=t,wx,wy"));
    expect(await readFile("attune-repertoire.json")).toEqual(kept);
    expect(await readdir(dir)).toEqual(files);
  });
});

describe("troubles that can be lived with are one warning each", () => {
  test("time that runs backwards, joints that are missing", async () => {
    const lines = (await readFile("wave.ndjson", "utf8")).trimEnd().split("\n");
    const broken = lines.map((line, k) => {
      if (k === 20 || k === 30) return line.replace(/"time":[\d.]+/, '"time":0.01');
      if (k < 40 || k > 44) return line;
      const frame = JSON.parse(line) as { body: (number | null)[] };
      frame.body.fill(null, 0, 6);
      return JSON.stringify(frame);
    });
    await writeFile("broken.ndjson", `${broken.join("\n")}\n`);
    const { err, code } = await run("watch", "broken.ndjson");
    expect(code).toBe(0);
    const warnings = err.trimEnd().split("\n");
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^attune: warning: time goes from .*\(2 in all\)$/);
    expect(warnings[1]).toMatch(/missing in 5 of \d+ frames: pelvis \(5\), neck \(5\)/);
  });

  test("a gzip that stops early", async () => {
    await writeFile("cut.ndjson.gz", gzipSync(await readFile("day.ndjson")));
    await truncate("cut.ndjson.gz", 30_000);
    const { out, err, code } = await run("watch", "cut.ndjson.gz");
    expect(code).toBe(0);
    expect(out).toMatch(/frames, \d/);
    expect(err).toMatch(/warning: the file stops before the end of its gzip data/);
  });
});

describe("the real program", () => {
  test("--help names every verb and shows an example of each", async () => {
    const { out, code } = await start(["--help"]);
    expect(code).toBe(0);
    for (const verb of ["watch", "learn", "act", "acts", "convert", "bench"]) {
      expect(out).toMatch(new RegExp(`^  attune ${verb} `, "m"));
    }
    expect(out).toContain("./attune-repertoire.json");
  });

  test("standard input is watched; no colour where nobody looks", async () => {
    const { out, code } = await start(["watch", "-"], await readFile("day.ndjson", "utf8"));
    expect(code).toBe(0);
    expect(out).toMatch(/recognised: wave/);
    expect(out).not.toContain("\x1b");
  });

  test("a refusal is one line on standard error", async () => {
    refused(await start(["watch", "nowhere.bvh"]), /nowhere\.bvh/);
  });

  test("a reader that has had enough ends it quietly", async () => {
    const child = spawn(process.execPath, [PROGRAM, "watch", "day.ndjson", "--json"], { cwd: dir });
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const code = await new Promise((resolve) => {
      child.on("close", resolve);
      child.stdout.once("data", () => child.stdout.destroy());
    });
    expect(err).toBe("");
    expect(code).toBe(0);
  });
});
