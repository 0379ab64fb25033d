import type { Frame, RecordingHeader, Skeleton } from "@attune/core";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { convert, formatOfName, FormatError, openRecording, writeNative, writeRecording } from "./index.ts";
import { all, bytesOf, chunked, textOf } from "./testing.ts";

const bvh = readFileSync(new URL("fixtures/arm.bvh", import.meta.url), "utf8");
const native = '{"format":"attune-recording","version":1,"channels":["a"]}\n{"time":0,"channels":[1]}\n';
const csv = "time,a\n0,1\n";

test("the format is told by the content, gzipped or not, cut into any chunks", async () => {
  for (const [text, joints] of [
    [bvh, 4],
    [native, 0],
    [csv, 0],
  ] as const)
    for (const bytes of [chunked(text)[0], Uint8Array.from(gzipSync(text))])
      for (const size of [1, 9, Infinity]) {
        const { header, frames } = await all(openRecording(chunked(bytes, size)));
        expect(typeof header.skeleton === "object" ? header.skeleton.joints.length : 0).toBe(joints);
        expect(frames[0].time).toBe(0);
      }
});

test("the name decides where the content does not, and never against it", async () => {
  expect((await all(openRecording(chunked("x\n1\n"), { name: "a.csv" }))).frames).toHaveLength(1);
  expect((await all(openRecording(chunked(bvh), { name: "a.csv" }))).frames).toHaveLength(3);
  await expect(openRecording(chunked("hello\n"), { name: "a.bvh" })).rejects.toThrow(/HIERARCHY was wanted/);
  expect(formatOfName("Walk.01.BVH.gz")).toEqual({ format: "bvh", gzip: true });
  expect(formatOfName("a.ndjson")).toEqual({ format: "native", gzip: false });
  expect(formatOfName("gz")).toEqual({ format: undefined, gzip: false });
});

test("options reach the reader of the format", async () => {
  expect((await openRecording(chunked(bvh), { units: "cm" })).header.units).toBe("cm");
  const mapped = await openRecording(chunked(csv), { map: { time: { rate: 5 }, channels: ["time"] }, up: "z" });
  expect(mapped.header).toMatchObject({ rate: 5, up: "z", channels: ["time"] });
});

test.each([
  ["nothing", "", /empty file/],
  ["prose", "hello world\n", /"hello world\\n" came, a recording was wanted/],
  ["bytes that are no text", "PK\u0003\u0004\0\0,\0\0", /came, a recording was wanted/],
  ["the header of a set", '{"name":"x","dims":2,"items":[]}', /header of a set came.*openSet/],
])("%s is an error", async (_, text, message) => {
  const failure = await openRecording(chunked(text)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(FormatError);
  expect((failure as Error).message).toMatch(message);
});

test("native -> BVH -> CSV -> native keeps every joint where it was", async () => {
  const header: RecordingHeader = {
    format: "attune-recording",
    version: 1,
    skeleton: {
      name: "arm",
      joints: ["a", "b", "b_end"],
      dims: 3,
      parents: [-1, 0, 1],
      offsets: [0, 0, 0, 1, 0, 0, 0, 1, 0],
    },
    rate: 30,
  };
  const frames = [0, 1, 2].map((i): Frame => {
    const c = Math.cos(i);
    const s = Math.sin(i);
    return { time: i / 30, body: Float32Array.of(i, 0, 0, i + c, s, 0, i + c, s, 1) };
  });
  const asBvh = await convert(writeNative(header, frames), { to: { format: "bvh", gzip: true } });
  const asCsv = await convert(asBvh.chunks, { to: { format: "csv" } });
  const asNative = await convert(asCsv.chunks, { to: { format: "native", gzip: true } });
  const back = await all(openRecording(asNative.chunks));
  expect(back.header.skeleton).toMatchObject({ joints: ["a", "b", "b_end"], dims: 3 });
  for (const [i, frame] of frames.entries()) {
    expect(back.frames[i].time).toBeCloseTo(frame.time, 6);
    for (const [k, v] of (frame.body ?? []).entries()) expect(back.frames[i].body?.[k]).toBeCloseTo(v, 5);
  }
  for (const report of [asBvh.read, asBvh.written, asCsv.read, asCsv.written, asNative.read, asNative.written])
    expect(report).toEqual({ frames: 3, dropped: {}, warnings: [] });
});

test("a skeleton that is only named is looked up", async () => {
  const header: RecordingHeader = { format: "attune-recording", version: 1, skeleton: "two" };
  const frames: Frame[] = [{ time: 0, body: Float32Array.of(1, 2, 3, 4) }];
  const two: Skeleton = { name: "two", joints: ["a", "b"], dims: 2 };
  const skeletonNamed = (name: string) => (name === two.name ? two : undefined);
  const to = { format: "csv" as const };
  const { chunks } = await convert(writeNative(header, frames), { to, skeletonNamed });
  expect(await textOf(chunks)).toBe("time,a_x,a_y,b_x,b_y\n0,1,2,3,4\n");
  const packed = await bytesOf(writeRecording("native", header, frames, { gzip: true }));
  expect([...packed.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
});
