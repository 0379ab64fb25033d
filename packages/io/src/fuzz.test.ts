// Damage of every kind to files of every format: what comes out is a FormatError or frames with true
// times and an honest count, never another error, never a hang.

import type { Frame, RecordingHeader } from "@attune/core";
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  FormatError,
  openRecording,
  openSet,
  readBvh,
  readCsv,
  readLiveLink,
  readMediaPipe,
  readMotionEnergy,
  readNative,
  readNtu,
  readOpenFace,
  readOpenPose,
  readSetItem,
  writeCsv,
  writeNative,
} from "./index.ts";
import type { Chunks, Recording } from "./index.ts";
import { bytesOf, chunked, damage } from "./testing.ts";

const header: RecordingHeader = {
  format: "attune-recording",
  version: 1,
  skeleton: { name: "arm", joints: ["a", "b"], dims: 3 },
  channels: ["pen"],
  rate: 30,
};
const frames = Array.from({ length: 40 }, (_, i): Frame => {
  const body = Float32Array.from({ length: 6 }, (_, k) => Math.sin(i + k));
  return {
    time: i / 30,
    body,
    channels: Float32Array.of(i),
    words: ["hello"],
    objects: [{ kind: "cup", position: [i] }],
  };
});
const fixture = (name: string) => Uint8Array.from(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const samples: [string, Uint8Array, (chunks: Chunks) => Promise<Recording>][] = [
  ["native", await bytesOf(writeNative(header, frames)), readNative],
  ["BVH", fixture("arm.bvh"), readBvh],
  ["CSV", await bytesOf(writeCsv(header, frames)), readCsv],
  ["OpenFace", fixture("face.openface.csv"), readOpenFace],
  ["OpenPose", fixture("people.openpose.ndjson"), readOpenPose],
  ["MediaPipe", fixture("pose.mediapipe.ndjson"), readMediaPipe],
  ["NTU", fixture("two.skeleton"), readNtu],
  ["Live Link Face", fixture("take.livelink.csv"), (chunks) => readLiveLink(chunks, { rate: 30 })],
  ["motion energy", fixture("rooms.mea.txt"), (chunks) => readMotionEnergy(chunks, { rate: 25 })],
];

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const edits = fc.array(fc.tuple(fc.nat(3), unit, fc.nat(255)), { maxLength: 8 });
const keep = fc.oneof(fc.constant(1), unit);
const sizes = fc.constantFrom(1, 13, 4096);

async function check(read: (chunks: Chunks) => Promise<Recording>, bytes: Uint8Array, size: number): Promise<void> {
  try {
    const recording = await read(chunked(bytes, size));
    const last = new Map<string | undefined, number>();
    let count = 0;
    for await (const frame of recording.frames) {
      count++;
      expect(Number.isFinite(frame.time)).toBe(true);
      expect(frame.time).toBeGreaterThan(last.get(frame.who) ?? -Infinity);
      last.set(frame.who, frame.time);
      for (const values of [frame.body, frame.channels, frame.face, frame.head, frame.gaze])
        for (const v of values ?? []) expect(Number.isFinite(v) || Number.isNaN(v)).toBe(true);
    }
    const { report } = recording;
    expect(report.frames).toBe(count);
    for (const n of Object.values(report.dropped)) expect(n).toBeGreaterThan(0);
    for (const reason of Object.keys(report.dropped))
      if (reason !== "half lines") expect(report.warnings).not.toEqual([]);
    expect(new Set(report.warnings).size).toBe(report.warnings.length);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.message).not.toContain("\n");
  }
}

test.each(samples)("damaged %s: FormatError or an honest report", async (_, bytes, read) => {
  await fc.assert(
    fc.asyncProperty(edits, keep, sizes, async (edits, keep, size) => {
      const damaged = damage(bytes, edits, keep);
      await check(read, damaged, size);
      await check(openRecording, damaged, size);
    }),
    { seed: 11, numRuns: 400 },
  );
});

test.each(samples)("lines of %s in any order, some twice: FormatError or an honest report", async (_, bytes, read) => {
  const all = new TextDecoder().decode(bytes).split("\n");
  const order = fc.array(fc.nat(all.length - 1), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(order, fc.nat(3), sizes, async (order, kept, size) => {
      const text = [...all.slice(0, kept), ...order.map((k) => all[k])].join("\n");
      for (const reader of [read, openRecording]) await check(reader, chunked(text)[0] ?? new Uint8Array(), size);
    }),
    { seed: 15, numRuns: 80 },
  );
});

test.each(samples)("damaged gzip of %s: FormatError or an honest report", async (_, bytes) => {
  const packed = Uint8Array.from(gzipSync(bytes));
  await fc.assert(
    fc.asyncProperty(edits, keep, sizes, async (edits, keep, size) =>
      check(openRecording, damage(packed, edits, keep), size),
    ),
    { seed: 12, numRuns: 300 },
  );
});

test.each(samples)(
  "%s cut anywhere, gzipped or not: only frames of the whole file, in order",
  async (_, bytes, read) => {
    const whole: Frame[] = [];
    for await (const frame of (await read([bytes])).frames) whole.push(frame);
    const packed = Uint8Array.from(gzipSync(bytes));
    for (let share = 0.02; share < 1; share += 0.02) {
      try {
        const part: Frame[] = [];
        for await (const frame of (await read([packed.subarray(0, Math.floor(share * packed.length))])).frames)
          part.push(frame);
        expect(part).toEqual(whole.slice(0, part.length));
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
  },
);

test("any bytes at all: FormatError or an honest report", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), sizes, async (bytes, size) => {
      await check(openRecording, bytes, size);
      await check(openRecording, Uint8Array.of(0x1f, 0x8b, 8, 0, ...bytes), size);
      for (const [, , read] of samples) await check(read, bytes, size);
    }),
    { seed: 13, numRuns: 300 },
  );
});

test("any JSON as the header of a set: FormatError or a set whose items fit their bytes", () => {
  const key = fc.constantFrom("name", "dims", "classes", "items", "task", "fpsHz", "skeleton", "units", "dims_names");
  const small = fc.oneof(fc.jsonValue(), fc.nat(9), fc.constantFrom("acts", "chains", null));
  const good = { name: "s", dims: 2, classes: ["a"], items: [{ o: 0, T: 2, y: 0 }] };
  const item = fc.dictionary(fc.constantFrom("o", "T", "y", "subj", "phase", "segments", "t_ms", "reach"), small);
  const sets = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(key, small).map((odd) => ({ ...good, ...odd })),
    fc
      .array(item, { maxLength: 3 })
      .map((items) => ({ ...good, items: items.map((odd) => ({ ...good.items[0], ...odd })) })),
  );
  fc.assert(
    fc.property(sets, (json) => {
      try {
        const set = openSet(json);
        const size = set.items.reduce((end, item) => Math.max(end, item.offset + item.frames * set.dims), 0);
        for (const item of set.items) {
          const { frames } = readSetItem(set, new Float32Array(size), item.index);
          expect(frames).toHaveLength(item.frames);
          for (const frame of frames) expect(Number.isFinite(frame.time)).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }),
    { seed: 14, numRuns: 2000 },
  );
});

// Quadratic work on any of these would run into the test's time limit.
test.each([
  ["escapes", '{"format":"attune-recording","version":1}\nNaN "', '\\"'],
  ["open quotes", '{"format":"attune-recording","version":1}\nInfinity', '"'],
  ["underscores", "a", "_"],
  ["quotes in names", "a,b", '"'],
  ["joints", "HIERARCHY\nROOT a\n{\n", "JOINT a\n{\n"],
  ["numbers", "time,a\n0,1\n", "1,"],
  ["brackets", "", "["],
  ["braces", '{"people":[]}\n', "{"],
  ["digits", "1 ", "1"],
  ["blank lines", "1\n", "\n "],
  ["quoted names", "", '"" '],
  ["people", '{"people":[', '{"pose_keypoints_2d":[]},'],
])("millions of %s are read in one pass", async (_, start, unit) => {
  const text = `${start}${unit.repeat(2_000_000 / unit.length)}\n`;
  for (const read of [...samples.map(([, , read]) => read), openRecording]) await check(read, chunked(text)[0], 65_536);
});
