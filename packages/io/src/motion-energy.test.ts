import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openRecording, readMotionEnergy } from "./index.ts";
import { all, chunked } from "./testing.ts";

const golden = readFileSync(new URL("fixtures/rooms.mea.txt", import.meta.url), "utf8");
const read = (text: string, hints: object = { rate: 25 }) => all(readMotionEnergy(chunked(text), hints));

test("motion energy: a channel for each region, changed pixels a frame, at the caller's rate", async () => {
  const { header, frames, report } = await all(openRecording(chunked(golden, 3), { name: "a.txt", rate: 25 }));
  expect(header).toEqual({ format: "attune-recording", version: 1, channels: ["patient", "therapist"], rate: 25 });
  expect(frames.map(({ time, channels }) => [time, ...(channels ?? [])])).toEqual([
    [0, 46, 3879],
    [0.04, 14, 2952],
    [0.08, 0, 2.5],
    [0.12, 120, 0],
  ]);
  expect(report).toEqual({ frames: 4, dropped: {}, warnings: [] });
});

test("without names, with tabs, with padding, and with a name twice", async () => {
  const three = await all(openRecording(chunked("  1   2  3\n 4   5  6\n"), { rate: 10 }));
  expect(three.header.channels).toEqual(["roi1", "roi2", "roi3"]);
  expect(three.frames.map(({ channels }) => [...(channels ?? [])])).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect((await read('"head"\t"head"\t"head (2)"\n1\t2\t3\n')).header.channels).toEqual([
    "head",
    "head (2)",
    "head (2) (2)",
  ]);
});

test.each([
  ["no rate", golden, {}, /without a rate came, the frames a second of the video were wanted/],
  ["names alone", '"a" "b"\n', { rate: 25 }, /names without numbers came, 2 numbers.*\(line 1\)/],
  ["words", "a b\nc d\n", { rate: 25 }, /"c d" came, 2 numbers with blanks between were wanted \(line 2\)/],
  ["nothing", "", { rate: 25 }, /empty file/],
] as const)("%s is an error", async (_, text, hints, message) => {
  await expect(read(text, hints)).rejects.toThrow(message);
});

test("damaged rows and cells are counted and keep their time", async () => {
  const { frames, report } = await read("1 2\n3\nNA x\n5 6\n7");
  expect(frames.map(({ time, channels }) => [time, ...(channels ?? [])])).toEqual([
    [0, 1, 2],
    [0.08, NaN, NaN],
    [0.12, 5, 6],
  ]);
  expect(report.dropped).toEqual({ "bad rows": 1, "bad values": 1, "half lines": 1 });
  expect(report.warnings[0]).toBe("line 2 and others like it are left out: 1 numbers came, 2 were wanted");
});
