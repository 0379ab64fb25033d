import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openRecording, readMediaPipe } from "./index.ts";
import { all, chunked } from "./testing.ts";

const golden = readFileSync(new URL("fixtures/pose.mediapipe.ndjson", import.meta.url), "utf8");
const read = (value: unknown, hints = {}) =>
  all(readMediaPipe(chunked(typeof value === "string" ? value : JSON.stringify(value)), hints));
const pose = (x = 0.5, more: object = {}) => Array.from({ length: 33 }, () => ({ x, y: 0.25, z: 0, ...more }));

test("MediaPipe: world landmarks in metres, y down, visibility as confidence, milliseconds as seconds", async () => {
  const { header, frames, report } = await all(openRecording(chunked(golden, 100)));
  expect(header).toEqual({ format: "attune-recording", version: 1, skeleton: "mediapipe-33", units: "m", up: "-y" });
  expect(frames.map(({ time, who }) => [time, who])).toEqual([0, 0.04, 0.08].map((t) => [t, "0"]));
  // Landmark 10 as the file has it: x 0.1, y -0.2, and z, which grows by 0.01 a frame.
  expect([...(frames[2].body ?? [])].slice(30, 33)).toEqual([0.1, -0.2, -0.08].map((v) => Math.fround(v)));
  expect([...(frames[0].bodyConfidence ?? [])].slice(22, 24)).toEqual([1, 0.25]);
  expect(report).toEqual({ frames: 3, dropped: {}, warnings: [] });
});

test.each([
  ["landmarks of a task", { landmarks: [pose()] }, "fraction", "0"],
  ["landmarks of the older solution", { poseLandmarks: pose() }, "fraction", undefined],
  ["snake case", { pose_world_landmarks: [pose()] }, "m", "0"],
  ["a protobuf's JSON", { pose_landmarks: { landmark: pose() } }, "fraction", undefined],
  ["world landmarks before others", { landmarks: [pose(9)], worldLandmarks: [pose()] }, "m", "0"],
])("%s are understood", async (_, result, units, who) => {
  for (const text of [[result, result], { frames: [result, result] }, { results: [result, result] }]) {
    const { header, frames } = await read(text, { rate: 10 });
    expect(header).toMatchObject({ units, rate: 10 });
    expect(frames.map((frame) => [frame.time, frame.who, frame.body?.[0]])).toEqual([
      [0, who, 0.5],
      [0.1, who, 0.5],
    ]);
    expect(frames[0].bodyConfidence).toBeUndefined();
  }
});

test("several poses are several people; a result without one takes its time", async () => {
  const { frames } = await read([{ landmarks: [pose(1), pose(2)] }, { landmarks: [] }, { landmarks: [pose(3)] }], {
    rate: 1,
  });
  expect(frames.map(({ time, who, body }) => [time, who, body?.[0]])).toEqual([
    [0, "0", 1],
    [0, "1", 2],
    [2, "0", 3],
  ]);
});

test.each([
  ["a hand", [{ landmarks: [pose().slice(0, 21)] }], /21 landmarks came, the 33 of a pose were wanted.*\(line 1\)/],
  ["bare lists", [pose()], /a bare list came.*\{"landmarks": \[...\]\} \(line 1\)/],
  ["another kind of JSON", { a: 1 }, /came, a MediaPipe result with landmarks/],
  ["half a file", '[\n{"landmarks":[[', /stops inside of its first value.*\(line 2\)/],
])("%s is an error", async (_, value, message) => {
  await expect(read(value)).rejects.toThrow(message);
});

test("later faults are counted, with the line of the first", async () => {
  const result = (time: unknown, odd: object = {}) => JSON.stringify({ time, landmarks: pose(0.5, odd) });
  const text = [result(0), result("x"), result(1, { z: "near" }), "{]", result(2)].join("\n");
  const { frames, report } = await read(text);
  expect(frames.map(({ time }) => time)).toEqual([0, 1, 2]);
  expect(frames[1].body?.[2]).toBeNaN();
  expect(report.dropped).toEqual({ "bad rows": 2, "bad values": 33 });
  expect(report.warnings[0]).toBe('line 2 and others like it are left out: time "x" came, a number was wanted');
});
