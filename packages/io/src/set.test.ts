import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FormatError, itemFrames, openSet, readSetItem, setByteLength, setHeader, setItem } from "./index.ts";

const plain = {
  name: "pen",
  dims: 2,
  classes: ["a", "b"],
  task: "acts",
  fpsHz: 50,
  units: "mm",
  source: "us",
  items: [
    { o: 0, T: 2, y: 0, subj: 1, split: "train" },
    { o: 4, T: 3, y: 1, subj: "x", rep: 2, id: "b1", split: "test" },
  ],
};
const skeleton = { persons: 1, joints: ["neck", "r-wrist"], coords: ["x", "y", "confidence"], up: "-y" };
const found = {
  ...plain,
  name: "found",
  dims: 6,
  units: "image pixels; 0,0,prob 0 = joint not found",
  skeleton,
  items: [{ o: 0, T: 2, y: 1 }],
};
const pair = {
  ...plain,
  name: "pair",
  dims: 12,
  units: "m (camera frame)",
  fpsHz: null,
  skeleton: { ...skeleton, persons: 2, coords: ["x", "y", "z"], up: "+z" },
  items: [{ o: 0, T: 1, y: 0 }],
};
const floats = (n: number) => Float32Array.from({ length: n }, (_, i) => i + 1);

test("plain sets give channels, at the set's rate", () => {
  const set = openSet(plain);
  expect(setByteLength(set)).toBe(40);
  const { header, frames, ...item } = readSetItem(set, floats(10), 1);
  expect(header).toEqual({
    format: "attune-recording",
    version: 1,
    channels: ["c0", "c1"],
    units: "mm",
    rate: 50,
    source: "pen: us",
  });
  expect(frames).toEqual([5, 7, 9].map((v, i) => ({ time: i / 50, channels: Float32Array.of(v, v + 1) })));
  expect(item).toEqual({ index: 1, offset: 4, y: 1, label: "b", subj: "x", rep: 2, id: "b1", split: "test" });
});

test("bytes of any alignment give the same frames as floats, little-endian", () => {
  const set = openSet(plain);
  const bytes = new Uint8Array(41);
  const view = new DataView(bytes.buffer);
  for (const [i, v] of floats(10).entries()) view.setFloat32(1 + 4 * i, v, true);
  expect(readSetItem(set, bytes.subarray(1), 1).frames).toEqual(readSetItem(set, floats(10), 1).frames);
});

test("joints with confidence 0, or at 0, 0 where the set says so, are missing", () => {
  const set = openSet(found);
  const values = Float32Array.of(1, 2, 0.9, 3, 4, 0, 0, 0, 0.5, 5, Infinity, 1);
  const { header, frames } = readSetItem(set, values, 0);
  expect(header.skeleton).toEqual({ name: "found", joints: ["neck", "r-wrist"], dims: 2 });
  expect(header).toMatchObject({ units: "px", up: "-y" });
  expect(frames.map((frame) => [...(frame.body ?? [])])).toEqual([
    [1, 2, NaN, NaN],
    [NaN, NaN, NaN, NaN],
  ]);
  expect(frames[0].bodyConfidence).toEqual(Float32Array.of(0.9, 0));
  const silent = openSet({ ...found, units: "image pixels" });
  expect([...(readSetItem(silent, values, 0).frames[1].body ?? [])].slice(0, 2)).toEqual([0, 0]);
});

test("two people: a chosen person's body, or everybody's values as named channels; an unknown rate counts as 30", () => {
  const set = openSet(pair);
  expect(set).toMatchObject({ rate: 30, rateKnown: false, up: "z", units: "m", persons: 2 });
  const item = setItem(set, 0);
  expect(itemFrames(set, floats(12), item)).toEqual([{ time: 0, channels: floats(12) }]);
  expect(setHeader(set).channels?.slice(5, 8)).toEqual(["p1.r-wrist.z", "p2.neck.x", "p2.neck.y"]);
  expect(itemFrames(set, floats(12), item, { person: 2 })).toEqual([{ time: 0, body: floats(12).slice(6) }]);
  expect(setHeader(set, { person: 2 })).toMatchObject({ skeleton: { joints: ["neck", "r-wrist"], dims: 3 } });
  expect(() => itemFrames(set, floats(12), item, { person: 3 })).toThrow(
    /person 3 was asked for, it has persons 1 to 2/,
  );
});

test("recorded times and labels of rows", () => {
  const item = { o: 0, T: 3, subj: "a", phase: "011", t_ms: [0, 30, 70] };
  const set = openSet({ ...plain, task: "phases", items: [item] });
  expect(set.items[0].phase).toEqual([0, 1, 1]);
  expect(readSetItem(set, floats(6), 0).frames.map((frame) => frame.time)).toEqual([0, 0.03, 0.07]);
});

const items = (item: object) => ({ ...plain, items: [{ o: 0, T: 2, y: 0, ...item }] });
test.each([
  ["text", "set", /header of a set/],
  ["another layout", { fps: 30, joints: [] }, /fps, joints came, a set needs name, dims, classes, items as well/],
  ["dims that do not fit the skeleton", { ...found, dims: 7 }, /1 persons x 2 joints x 3 coordinates = 6 was wanted/],
  ["unknown coordinates", { ...found, skeleton: { ...skeleton, coords: ["u", "v", "w"] } }, /coords/],
  ["unknown up", { ...found, skeleton: { ...skeleton, up: "north" } }, /skeleton.up "north"/],
  ["names that do not fit", { ...plain, dims_names: ["x"] }, /dims_names.*2 names/],
  ["rate 0", { ...plain, fpsHz: 0 }, /fpsHz 0/],
  ["half an offset", items({ o: 0.5 }), /items\[0\]\.o 0\.5/],
  ["no rows", items({ T: 0 }), /items\[0\]\.T 0/],
  ["a class that is not there", items({ y: 2 }), /items\[0\]\.y 2 came, a class from 0 to 1/],
  ["no class", items({ y: undefined }), /items\[0\]\.y undefined/],
  ["labels for other rows", items({ phase: "0" }), /phase/],
  ["times that fall", items({ t_ms: [1, 0] }), /t_ms/],
  ["a segment outside", items({ segments: [[0, 2, 1]] }), /segments/],
])("%s is an error that names the place", (_, json, message) => {
  expect(() => openSet(json)).toThrow(FormatError);
  expect(() => openSet(json)).toThrow(message);
});

test("data of the wrong length and items that are not there are errors", () => {
  const set = openSet(plain);
  expect(() => readSetItem(set, floats(9), 0)).toThrow(/36 bytes came, 40 were wanted/);
  expect(() => readSetItem(set, floats(10), 2)).toThrow(/item 2 was asked for, it has items 0 to 1/);
  expect(() => itemFrames(set, floats(3), setItem(set, 0))).toThrow(/3 floats came for item 0, 2 rows of 2 = 4/);
});

const data = process.env["ATTUNE_DATA"];
test.skipIf(!data)(
  "every item of every set in ATTUNE_DATA loads (skipped: set ATTUNE_DATA to a folder of sets)",
  () => {
    for (const folder of ["recognition", "demonstrations"]) {
      const path = join(data ?? "", folder);
      for (const name of readdirSync(path).filter((file) => file.endsWith(".json"))) {
        const json: unknown = JSON.parse(readFileSync(join(path, name), "utf8"));
        if (name === "cmu-02.json") {
          expect(() => openSet(json)).toThrow(/a set needs name, dims, classes, items/);
          continue;
        }
        const set = openSet(json);
        const bytes = readFileSync(join(path, name.replace(".json", ".bin")));
        for (const item of set.items) {
          const { frames, header } = readSetItem(set, bytes, item.index);
          expect(frames).toHaveLength(item.frames);
          const width = (frames[0].body?.length ?? 0) + (frames[0].bodyConfidence?.length ?? 0);
          expect(width + (frames[0].channels?.length ?? 0)).toBe(set.dims);
          expect(header.units).toBeDefined();
        }
      }
    }
  },
);
