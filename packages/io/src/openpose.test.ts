import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openRecording, readOpenPose } from "./index.ts";
import { all, chunked } from "./testing.ts";

const golden = readFileSync(new URL("fixtures/people.openpose.ndjson", import.meta.url), "utf8");
const read = (text: string, hints = {}) => all(readOpenPose(chunked(text), hints));
const person = (
  numbers: unknown[] = Array.from({ length: 75 }, (_, i) => i + 1).map((v, i) => (i % 3 === 2 ? 1 : v)),
) => JSON.stringify({ people: [{ pose_keypoints_2d: numbers }] });

test("OpenPose: pixels, y down, a point at 0, 0, 0 is missing, people keep their names when their order changes", async () => {
  const { header, frames, report } = await all(openRecording(chunked(golden, 11), { rate: 25 }));
  expect(header).toEqual({
    format: "attune-recording",
    version: 1,
    skeleton: "body-25",
    units: "px",
    up: "-y",
    rate: 25,
  });
  expect(frames.map(({ time, who, body }) => [time, who, body?.[0]])).toEqual([
    [0, "0", 100],
    [0, "1", 400],
    [0.04, "1", 402],
    [0.04, "0", 101],
    // The third frame shows nobody and takes its time.
    [0.12, "0", 103],
  ]);
  expect([...(frames[0].body ?? [])].slice(-4)).toEqual([146, 142, NaN, NaN]);
  expect([...(frames[0].bodyConfidence ?? [])].slice(-2)).toEqual([0.5, 0]);
  expect(report).toEqual({ frames: 5, dropped: {}, warnings: [] });
});

test("an array, pretty-printed or not, and files joined read the same as one object a line", async () => {
  const wanted = (await read(golden, { rate: 30 })).frames;
  const objects = golden.trim().split("\n");
  const list = objects.map((text) => JSON.parse(text) as unknown);
  for (const text of [
    JSON.stringify(list),
    JSON.stringify(list, null, 2),
    list.map((value) => JSON.stringify(value, null, 1)).join("\n"),
    `\uFEFF${objects.join("")}`,
  ]) {
    const { frames, report } = await read(text, { rate: 30 });
    expect(frames).toEqual(wanted);
    expect(report.warnings).toEqual([]);
  }
});

test("an array without an end is read as it comes", async () => {
  async function* endless() {
    for (yield* chunked("["); ;) yield* chunked(`${person()},`, 100);
  }
  const { frames } = await readOpenPose(endless(), { rate: 30 });
  let last = 0;
  for await (const { time } of frames) if ((last = time) > 10) break;
  expect(last).toBeCloseTo(10.03, 2);
});

test("who is lost from sight for long, or comes in far away, is somebody else", async () => {
  const at = (x: number) =>
    person(Array.from({ length: 75 }, (_, i) => (i % 3 === 2 ? 1 : i % 3 === 0 ? x + i : 10 + 2 * i)));
  const nobody = '{"people":[]}\n'.repeat(61);
  const { frames } = await read(`${at(0)}\n${at(5000)}\n${nobody}${at(5000)}\n`, { rate: 30 });
  expect(frames.map(({ who }) => who)).toEqual(["0", "1", "2"]);
});

test("a rate that was assumed is told", async () => {
  expect((await read(person())).report.warnings).toEqual([
    "the file tells no time: frames are counted at 30 a second, for want of a rate",
  ]);
});

test.each([
  ["another model", person(Array(54).fill(1)), /54 numbers in "pose_keypoints_2d" came.*BODY_25 \(line 1\)/],
  ["another kind of JSON", '{"a":1}', /\{\\?"a\\?":1\} came, an OpenPose frame with people was wanted \(line 1\)/],
  ["half an object", '{"people":[\n{"pose', /stops inside of its first value.*\(line 2\)/],
  ["no JSON", "hello {}", /"hello \{\}" came outside of any object.*\(line 1\)/],
  ["damaged JSON", '{"people":[1,}]}', /not JSON: .*; an OpenPose frame with people was wanted \(line 1\)/],
  ["nothing", "\n", /empty file/],
])("%s is an error", async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("later faults cost their own line, keep its time, and are counted", async () => {
  const good = person();
  const text = `${good}\n{"people":[{"pose\n${good}\n${person(Array(54).fill(1))}\n${person(["x", ...Array(74).fill(1)])}\n{"peop`;
  const { frames, report } = await read(text, { rate: 10 });
  expect(frames.map(({ time }) => time)).toEqual([0, 0.1, 0.3]);
  expect(frames[2].body?.[0]).toBeNaN();
  expect(report.dropped).toEqual({ "bad rows": 2, "bad values": 1, "half lines": 1 });
  expect(report.warnings[0]).toMatch(/^line 2 and others like it are left out: not JSON/);
  expect(report.warnings[2]).toBe("the last line (6) is cut short and left out");
});

test("hands and faces are left out, counted", async () => {
  const points = JSON.parse(person()) as { people: Record<string, unknown>[] };
  points.people[0]["hand_left_keypoints_2d"] = [1, 2, 3];
  expect((await read(JSON.stringify(points))).report.dropped).toEqual({ "unknown fields": 1 });
});
