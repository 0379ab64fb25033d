import type { Frame, RecordingHeader } from "@attune/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { csvMap, FormatError, readCsv, readTable, writeCsv, type CsvMap } from "./index.ts";
import { all, chunked, textOf } from "./testing.ts";

const read = (text: string, map?: CsvMap, hints = {}) => all(readCsv(chunked(text), map, hints));

const table = [
  "time,head_x,head_y,head_z,hand.x,hand.y,hand.z,Foot X,Foot Y,Foot Z,head_confidence,grip,note",
  "0,1,2,3,4,5,6,7,8,9,0.5,10,start",
  "0.1,1.5,2,3,4,5,6,7,8,9,1,,",
  "0.2,2,2,3,nan,,-inf,7,8,9,0,12,end",
].join("\n");

test("without a map, joints, confidence, channels and time are told by the names", async () => {
  const { header, frames, report } = await read(table, {}, { units: "m", up: "z" });
  expect(header).toEqual({
    format: "attune-recording",
    version: 1,
    skeleton: { name: "csv", joints: ["head", "hand", "Foot"], dims: 3 },
    channels: ["grip"],
    units: "m",
    up: "z",
  });
  expect(frames.map((frame) => frame.time)).toEqual([0, 0.1, 0.2]);
  expect([...(frames[0].body ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([...(frames[2].body ?? [])]).toEqual([2, 2, 3, NaN, NaN, NaN, 7, 8, 9]);
  expect(frames.map((frame) => [...(frame.bodyConfidence ?? [])])).toEqual([0.5, 1, 0].map((c) => [c, NaN, NaN]));
  expect(frames.map((frame) => frame.channels?.[0])).toEqual([10, NaN, 12]);
  expect(report).toEqual({ frames: 3, dropped: {}, warnings: ["columns without numbers are left out: note"] });
});

test("a map says which column is what", async () => {
  const map: CsvMap = {
    time: "time",
    timeUnit: "ms",
    joints: { paw: ["hand.x", "hand.y"], nose: ["Foot Z", "head_x"] },
    confidence: { paw: "head_confidence" },
    channels: ["grip", "head_y"],
  };
  const { header, frames } = await read(table, map);
  expect(header.skeleton).toEqual({ name: "csv", joints: ["paw", "nose"], dims: 2 });
  expect(header.channels).toEqual(["grip", "head_y"]);
  expect(frames[1]).toEqual({
    time: 0.1 * 0.001,
    body: Float32Array.of(4, 5, 9, 1.5),
    bodyConfidence: Float32Array.of(1, NaN),
    channels: Float32Array.of(NaN, 2),
  });
});

test("a column that is not there is named, with the nearest one and all there are", async () => {
  await expect(read(table, { channels: ["gripp"] })).rejects.toThrow(
    /no column "gripp", did you mean "grip"\? Its columns: time, head_x, .*, note/,
  );
  await expect(read(table, { time: "zeit" })).rejects.toThrow(/no column "zeit"/);
  await expect(read(table, { joints: { a: ["head_x", "head_y"], b: ["head_x", "head_y", "head_z"] } })).rejects.toThrow(
    /"b" has 3 columns, "a" has 2/,
  );
  await expect(read(table, { joints: {}, confidence: { a: "grip" } })).rejects.toThrow(/confidence for "a"/);
});

test.each([
  ["seconds", "t,x\n0,1\n0.5,2\n", {}, {}, 0.5],
  ["milliseconds by name", "time_ms,x\n0,1\n500,2\n", {}, {}, 0.5],
  ["milliseconds in brackets", "Time (ms),x\n0,1\n500,2\n", {}, {}, 0.5],
  ["milliseconds by the map", "stamp,x\n0,1\n500,2\n", { time: "stamp", timeUnit: "ms" }, {}, 0.5],
  ["frame numbers with a rate", "frame,x\n0,1\n50,2\n", {}, { rate: 100 }, 0.5],
  ["frame numbers without one: 30", "Frame,x\n0,1\n15,2\n", {}, {}, 0.5],
  ["rows at a rate", "y,x\n0,1\n50,2\n", { time: { rate: 2 } }, {}, 0.5],
  ["time before frame", "frame,timestamp,x\n0,0,1\n7,0.5,2\n", {}, {}, 0.5],
] as [string, string, CsvMap, object, number][])("time from %s", async (_, text, map, hints, wanted) => {
  const { frames } = await read(text, map, hints);
  expect(frames.map((frame) => frame.time)).toEqual([0, expect.closeTo(wanted, 12)]);
});

test("a rate that was assumed is told", async () => {
  expect((await read("x,y\n0,1\n")).report.warnings).toEqual([
    "no time column was found: rows are counted at 30 a second, for want of a rate",
  ]);
});

test("times that are no numbers are an error that says what came", async () => {
  await expect(read("time,x\n2020-01-01T00:00,1\n")).rejects.toThrow(
    /time column "time" holds "2020-01-01T00:00", numbers were wanted.*time: \{ rate \}/,
  );
});

test("decimal commas, tabs, bars, quotes, CRLF and a byte order mark", async () => {
  const wanted = (await read("time,a b\n0,1.5\n0.5,2\n")).frames;
  const same = ["time;a b\n0;1,5\n0,5;2\n", "time\ta b\n0\t1,5\n0.5\t2\n", 'time|a b\n"0"|" 1.5"\n"0,5"|2\n'];
  same.push('\uFEFFtime,"a b"\r\n0,1.5\r\n"0.5",2\r\n', "time,a b,\n0,1.5,\n0.5,2,\n");
  for (const text of same)
    for (const size of [1, 3, Infinity]) {
      const { header, frames } = await all(readCsv(chunked(text, size)));
      expect(header.channels?.[0]).toBe("a b");
      expect(frames.map((frame) => [frame.time, frame.channels?.[0]])).toEqual(
        wanted.map((frame) => [frame.time, frame.channels?.[0]]),
      );
    }
});

test("bad rows are counted, with the first line's number; bad cells are missing values", async () => {
  const rows = ["0,1", "1", "1,2,3", "x,2", ",2", '2,"3', "3,oops", "4,5"];
  const { frames, report } = await read(`time,a\n${rows.join("\n")}\n`);
  expect(frames.map((frame) => [frame.time, frame.channels?.[0]])).toEqual([
    [0, 1],
    [2, 3],
    [3, NaN],
    [4, 5],
  ]);
  expect(report.dropped).toEqual({ "bad rows": 4, "bad values": 1 });
  expect(report.warnings).toEqual([
    expect.stringMatching(/^line 3 and others like it are left out: 1 cells came, 2 were wanted/),
    expect.stringMatching(/^"oops" in line 8 is no number/),
  ]);
});

test("one stray quote costs one row, not the rest of the file", async () => {
  const rows = Array.from({ length: 100 }, (_, i) => (i === 50 ? '50,"' : `${i},1`));
  const { frames } = await read(`time,a\n${rows.join("\n")}\n`);
  expect(frames).toHaveLength(100);
});

test("a text column in the sample is no channel, and rows before the first bad one keep their order", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${i * 2}`);
  const { frames } = await read(`time,a\n${rows.join("\n")}\n`);
  expect(frames.map((frame) => frame.channels?.[0])).toEqual(rows.map((_, i) => i * 2));
});

test("without names columns are c0, c1, ...; same names are told apart", async () => {
  const bare = await read("0,5\n1,6\n", { time: "c0", channels: ["c1"] });
  expect(bare.frames.map((frame) => frame.channels?.[0])).toEqual([5, 6]);
  const twice = await read("time,a,a\n0,1,2\n");
  expect(twice.header.channels).toEqual(["a", "a (2)"]);
  expect(twice.report.warnings).toHaveLength(1);
});

test("rows left out keep their slot where rows are the clock", async () => {
  const { frames } = await read("a,b\n1,1\nbad\n3,3\n", { time: { rate: 10 }, channels: ["a"] });
  expect(frames.map((frame) => frame.time)).toEqual([0, 0.2]);
});

test("times in milliseconds under a name that says seconds raise a question", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i * 33},1`);
  const { report } = await read(`time,a\n${rows.join("\n")}\n`);
  expect(report.warnings).toEqual([expect.stringMatching(/33 s apart: if these are milliseconds/)]);
});

test.each([
  ["an empty file", "", /empty file/],
  ["names only, none of them numbers", "a\nx\n", /joints \(NAME_x, NAME_y, NAME_z\) or numbers were wanted/],
  ["nothing but blanks", "time,a\n0,\n1,nan\n", /nothing but missing values/],
  ["nothing but bad rows", "time,a\n0\n1\n", /no frame could be read: 2 rows/],
])("%s is an error", async (_, text, message) => {
  const failure = await read(text).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(FormatError);
  expect((failure as Error).message).toMatch(message);
});

const header = (joints: string[], dims: 2 | 3, channels: string[]): RecordingHeader => ({
  format: "attune-recording",
  version: 1,
  ...(joints.length > 0 && { skeleton: { name: "csv", joints, dims } }),
  ...(channels.length > 0 && { channels }),
});

test("a file we write comes back without a map", async () => {
  const head = header(["r-wrist", 'left, "upper" arm'], 3, ["pen"]);
  const body = Float32Array.of(0.1, NaN, 1e-20, 4, 5, 6);
  const frames: Frame[] = [
    { time: 0, who: "ann", body, bodyConfidence: Float32Array.of(1, 0.5), channels: Float32Array.of(1) },
    { time: 0, who: 'bob; "b"', body, bodyConfidence: Float32Array.of(NaN, 0), channels: Float32Array.of(NaN) },
  ];
  const back = await all(readCsv(writeCsv(head, frames)));
  expect(back.header).toEqual(head);
  expect(back.frames).toEqual(frames);
});

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .,;"_-]{0,8}[A-Za-z0-9]$/);
test("any recording of bodies and channels comes back through the writer's own map", async () => {
  const recording = fc.record({
    joints: fc.uniqueArray(name, { maxLength: 4 }),
    channels: fc.uniqueArray(
      name.map((n) => `ch ${n}`),
      { minLength: 1, maxLength: 4 },
    ),
    dims: fc.constantFrom(2 as const, 3 as const),
    seed: fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 60, maxLength: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(recording, async ({ joints, channels, dims, seed }) => {
      const head = header(joints, dims, channels);
      const frames = [0, 1, 2].map((i): Frame => {
        const frame: Frame = {
          time: i / 7,
          channels: Float32Array.from(channels, (_, k) => (i === 0 ? 1 : seed[i + k])),
        };
        if (joints.length > 0) frame.body = Float32Array.from(joints.flatMap(() => seed.slice(i * 3, i * 3 + dims)));
        return frame;
      });
      const back = await all(readCsv(writeCsv(head, frames), csvMap(head, frames[0])));
      // Integer-like names come first in a map of joints.
      const order = Object.keys(csvMap(head, frames[0]).joints ?? {}).map((joint) => joints.indexOf(joint));
      for (const frame of frames)
        if (frame.body) {
          const own = frame.body;
          frame.body = Float32Array.from(order.flatMap((j) => [...own.subarray(j * dims, (j + 1) * dims)]));
        }
      expect(back.frames).toEqual(frames);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("what a CSV file cannot hold is counted, what does not fit is an error", async () => {
  const head = header(["a"], 2, []);
  const body = Float32Array.of(1, 2);
  const written = writeCsv(head, [
    { time: 0, body, words: ["x"] },
    { time: 1, body, bodyConfidence: Float32Array.of(1) },
  ]);
  expect(await textOf(written)).toBe("time,a_x,a_y\n0,1,2\n1,1,2\n");
  expect(written.report.dropped).toEqual({ "fields the format cannot hold": 2 });
  await expect(textOf(writeCsv(head, [{ time: 0, body: Float32Array.of(1) }]))).rejects.toThrow(
    /1 numbers came in "body", 2/,
  );
  const named: RecordingHeader = { format: "attune-recording", version: 1, skeleton: "coco-17" };
  await expect(textOf(writeCsv(named, [{ time: 0, body }]))).rejects.toThrow(
    /"coco-17" came, names of joints were wanted/,
  );
  await expect(textOf(writeCsv(header(["a"], 2, ["a_x"]), [{ time: 0, body }]))).rejects.toThrow(/two columns "a_x"/);
});

test("a table is read with its words; rows of another width are left out and counted", async () => {
  const { names, rows, number, report } = await readTable(chunked('name;x\nann;1,5\n"b;c";\nlost\nd;2'));
  const cells: (readonly string[])[] = [];
  for await (const row of rows) cells.push(row);
  expect(names).toEqual(["name", "x"]);
  expect(cells).toEqual([
    ["ann", "1,5"],
    ["b;c", ""],
    ["d", "2"],
  ]);
  expect(cells.map(([, x]) => number(x))).toEqual([1.5, NaN, 2]);
  expect(number("word")).toBeNaN();
  expect(report.dropped).toEqual({ "bad rows": 1 });
  await expect(readTable(chunked(""))).rejects.toThrow(FormatError);
});
