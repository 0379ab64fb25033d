import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openRecording, readNtu } from "./index.ts";
import { all, chunked } from "./testing.ts";

const golden = readFileSync(new URL("fixtures/two.skeleton", import.meta.url), "utf8");
const read = (text: string, hints = {}) => all(readNtu(chunked(text), hints));
const [ada, bob] = ["72057594037931101", "72057594037931102"];

test("NTU: metres, y up, 30 a second, several bodies by their ids, joints not tracked are missing", async () => {
  const { header, frames, report } = await all(openRecording(chunked(golden, 17)));
  expect(header).toEqual({
    format: "attune-recording",
    version: 1,
    skeleton: "ntu-25",
    units: "m",
    up: "y",
    rate: 30,
  });
  expect(frames.map(({ time, who }) => [time, who])).toEqual([
    [0, ada],
    [1 / 30, ada],
    [1 / 30, bob],
    // The third frame shows nobody and takes its time.
    [3 / 30, bob],
  ]);
  const [{ body = [], bodyConfidence = [] }] = frames;
  expect([...body].slice(0, 6)).toEqual([0.1, 0.2, 3, 0.11, 0.22, 3].map((v) => Math.fround(v)));
  expect([...body].slice(69, 72)).toEqual([NaN, NaN, NaN]);
  expect([...bodyConfidence].slice(22)).toEqual([1, 0, 0.5]);
  expect(report).toEqual({ frames: 4, dropped: {}, warnings: [] });
});

test("CRLF and another rate", async () => {
  const { frames } = await read(golden.replaceAll("\n", "\r\n"), { rate: 15 });
  expect(frames.at(-1)?.time).toBe(0.2);
});

const lines = golden.split("\n");
const without = (line: number, text: string) => lines.with(line - 1, text).join("\n");

test.each([
  ["no count", without(1, "x"), /"x" came, the number of frames was wanted \(line 1\)/],
  ["a wrong number of bodies", without(2, "99"), /"99" came, the number of bodies, 20 at most, was wanted \(line 2\)/],
  ["a short body line", without(3, "1 2 3"), /3 numbers came, a body's line has 10 \(line 3\)/],
  ["other joints", without(4, "20"), /20 joints came, 25 were wanted \(line 4\)/],
  ["a short joint line", without(7, "1 2 3"), /3 numbers came, a joint's line has 12 \(line 7\)/],
  ["a first frame cut", lines.slice(0, 9).join("\n"), /the file stops, a joint's line was wanted \(line 9\)/],
  ["nothing", "", /empty file/],
])("%s is an error", async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("a word for a number is missing; a wrong count ends the reading, counted with its line", async () => {
  const one = await read(without(5, `a${lines[4]}`));
  expect(one.frames[0].body?.[0]).toBeNaN();
  expect(one.report.dropped).toEqual({ "bad values": 1 });
  // The second body of the second frame.
  const broken = await read(without(58, "7"));
  expect(broken.frames).toHaveLength(1);
  expect(broken.report.dropped).toEqual({ "bad rows": 1 });
  expect(broken.report.warnings).toEqual([
    "1 numbers came, a body's line has 10 (line 58): this and what follows is left out",
    "the file says 4 frames, 1 came: is it whole?",
  ]);
});
