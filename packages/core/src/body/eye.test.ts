import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame, RecordingHeader } from "../frame.ts";
import { createEye, look, notesOf } from "./eye.ts";
import { unrest } from "./testing.ts";

const HEADER = { format: "attune-recording", version: 1 } as const;
const ARM = { name: "an arm", joints: ["l-shoulder", "l-elbow", "l-wrist", "r-wrist"], dims: 3 } as const;

function watch(header: RecordingHeader, frames: readonly Frame[], options = {}): Float64Array[] {
  const eye = createEye(header, options);
  return frames.map((frame) => {
    const out = new Float64Array(eye.dims);
    look(eye, frame, out, new Float64Array(eye.dims));
    return out;
  });
}

const track = (joints: number, dims: number, seed: number): Frame[] =>
  Array.from({ length: 30 }, (_, t) => ({
    time: t / 30,
    body: Float32Array.from({ length: joints * dims }, (_, k) => 3 * unrest(seed, k) + 0.3 * Math.sin(t / 5 + k)),
  }));

test("the header decides how a recording is looked at, unless told otherwise", () => {
  const kinect = createEye({ ...HEADER, skeleton: "kinect-20", up: "y" });
  expect([kinect.kind, kinect.dims, kinect.names[3]]).toEqual(["person", 54, "trunk.x"]);
  const coco = createEye({ ...HEADER, skeleton: "coco-17", up: "-y" });
  expect([coco.kind, coco.dims, coco.names[1]]).toEqual(["points", 34, "nose.y"]);
  expect(createEye({ ...HEADER, skeleton: ARM, up: "y" }).kind).toBe("points");
  const watchOnWrist = createEye({ ...HEADER, channels: ["ax", "ay", "az"] });
  expect([watchOnWrist.kind, watchOnWrist.names]).toEqual(["channels", ["ax", "ay", "az"]]);
  expect(createEye({ ...HEADER, skeleton: "kinect-20" }, { kind: "points" }).dims).toBe(60);
});

test("points: place and size are removed, whatever the units", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom("coco-17", "body-25", "an arm", "dots"),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      (seed, name, scale, shift) => {
        const skeleton =
          name === "an arm" ? ARM : name === "dots" ? { name, joints: ["a", "b", "c"], dims: 2 as const } : name;
        const header: RecordingHeader = { ...HEADER, skeleton, up: "y" };
        const eye = createEye(header);
        const dims = eye.names[2].endsWith("z") ? 3 : 2;
        const frames = track(eye.dims / dims, dims, seed);
        const moved = frames.map(({ time, body }) => ({ time, body: body!.map((x) => scale * (x + shift)) }));
        const plain = watch(header, frames);
        watch(header, moved).forEach((seen, t) =>
          seen.forEach((x, k) => expect(Math.abs(x - plain[t][k])).toBeLessThan(1e-3 * (1 + Math.abs(x)))),
        );
      },
    ),
    { seed: 3, numRuns: 60 },
  );
});

test("points: counted from the pelvis in trunk lengths, y up", () => {
  const eye = createEye({ ...HEADER, skeleton: "body-25", up: "-y" });
  const body = new Float32Array(50).fill(NaN);
  body.set([300, 100], 2); // neck
  body.set([300, 300], 16); // mid hip
  body.set([200, 50], 8); // right wrist
  const out = new Float64Array(50);
  const quality = new Float64Array(50);
  expect(look(eye, { time: 0, body }, out, quality)).toBe(true);
  [0, 1, -0.5, 1.25].forEach((x, k) => expect(out[[2, 3, 8, 9][k]]).toBeCloseTo(x, 12));
  expect([out[0], quality[0], quality[8]]).toEqual([NaN, 0, 1]);
  // A point that moves is not taken for one that stands.
  body.set([200, 0], 8);
  look(eye, { time: 0.01, body }, out, quality);
  expect(out[9]).toBeCloseTo(1.5, 2);
});

test("points: waits for the trunk a little, then makes do with an arm", () => {
  const eye = createEye({ ...HEADER, skeleton: "coco-17", up: "-y" });
  const body = new Float32Array(34).fill(NaN);
  body.set([100, 100], 12); // r-shoulder
  body.set([100, 200], 16); // r-elbow
  body.set([100, 300], 20); // r-wrist
  const out = new Float64Array(34);
  const seen = Array.from({ length: 20 }, (_, t) => look(eye, { time: t / 20, body }, out, new Float64Array(34)));
  expect(seen.indexOf(true)).toBeGreaterThan(5);
  expect(seen.indexOf(true)).toBeLessThan(12);
  expect(out[20]).toBe(0);
  expect(out[21]).toBeCloseTo(-1, 12);
});

test("points: mirrored, left and right change places and x its sign", () => {
  const header: RecordingHeader = { ...HEADER, skeleton: ARM, up: "y" };
  const frames = track(4, 3, 5);
  const plain = watch(header, frames);
  watch(header, frames, { mirror: true }).forEach((seen, t) => {
    for (const [k, twin] of [
      [6, 9], // l-wrist <-> r-wrist
      [9, 6],
      [0, 0], // no right shoulder: it stays
    ])
      for (let c = 0; c < 3; c++) expect(seen[k + c]).toBe((c === 0 ? -1 : 1) * plain[t][twin + c]);
  });
});

test("channels pass as they are; gaps are NaN with no confidence", () => {
  const eye = createEye({ ...HEADER, channels: ["x", "y"] });
  const out = new Float64Array(2);
  const quality = new Float64Array(2);
  expect(look(eye, { time: 0, channels: Float32Array.of(0.5, NaN) }, out, quality)).toBe(true);
  expect([...out, ...quality]).toEqual([0.5, NaN, 1, 0]);
  expect(look(eye, { time: 1 }, out, quality)).toBe(false);
  expect(out.every(Number.isNaN)).toBe(true);
});

test("says what is wrong, notes what it assumed, survives structuredClone", () => {
  expect(() => createEye(HEADER)).toThrow(/no channels and no skeleton/);
  expect(() => createEye({ ...HEADER, channels: ["x"] }, { kind: "person" })).toThrow(/needs a skeleton/);
  expect(() => createEye({ ...HEADER, skeleton: "coco-17", up: "z" })).toThrow(/expected "y" or "-y"/);
  const eye = structuredClone(createEye({ ...HEADER, skeleton: "coco-17" }));
  expect(notesOf(eye).join()).toMatch(/up was not given/);
  const out = new Float64Array(34);
  expect(() => look(eye, { time: 0, body: new Float32Array(33) }, out, out.slice())).toThrow(
    /33 .* 17 joints x 2 = 34/,
  );
  const pen = createEye({ ...HEADER, channels: ["x", "y"] });
  const two = new Float64Array(2);
  expect(() => look(pen, { time: 0, channels: new Float32Array(3) }, two, two.slice())).toThrow(
    /3 channels came, expected 2/,
  );
});
