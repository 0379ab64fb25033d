import type { Frame, RecordingHeader, Skeleton } from "@attune/core";
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FormatError, readBvh, writeBvh } from "./index.ts";
import { all, chunked, textOf } from "./testing.ts";

const arm = readFileSync(new URL("fixtures/arm.bvh", import.meta.url), "utf8");
const read = (text: string, options = {}) => all(readBvh(chunked(text), options));
const bodies = (frames: readonly Frame[]) => frames.map((frame) => [...(frame.body ?? [])]);

function expectNear(came: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(came.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(Math.abs(came[i] - value)).toBeLessThanOrEqual(tolerance);
}

test("forward kinematics: turns in the order of the channels, positions in the file's units (closed form)", async () => {
  const { header, frames, report } = await read(arm);
  expect(header.skeleton).toEqual({
    name: "bvh",
    joints: ["Hips", "Left Arm", "Left Arm_end", "Tail"],
    dims: 3,
    parents: [-1, 0, 1, 0],
    offsets: [0, 0, 0, 0, 10, 0, 0, 0, 5, 0, 0, -3],
  });
  expect(header.units).toBe("other");
  expect(header.up).toBe("y");
  expect(header.rate).toBeCloseTo(30, 6);
  expect(frames.map((frame) => frame.time)).toEqual([0, 1, 2].map((i) => expect.closeTo(i / 30, 9)));
  const [rest, turned, bent] = bodies(frames);
  expectNear(rest, [1, 2, 3, 1, 12, 3, 1, 12, 8, 1, 2, 0], 1e-6);
  // A quarter about z takes y to -x.
  expectNear(turned, [1, 2, 3, -9, 2, 3, -9, 2, 8, 1, 2, 0], 1e-5);
  // Rz(90)·Rx(90) takes z to -y, then to x; in the other order it would end at -y.
  expectNear(bent, [0, 0, 0, 0, 10, 0, 5, 10, 0, 0, 0, -3], 1e-5);
  expect(report.warnings).toEqual([]);
});

test("the caller can say what the file cannot", async () => {
  const { header, frames } = await read(arm, { units: "cm", up: "z", who: "ann", rate: 60, source: "studio" });
  expect(header).toMatchObject({ units: "cm", up: "z", who: "ann", rate: 60, source: "studio" });
  expect(frames.map((frame) => [frame.who, frame.time])).toEqual([0, 1, 2].map((i) => ["ann", i / 60]));
});

const spread = (channels: string, row: string) =>
  `hierarchy\nroot a { offset 0 1 0 channels`.replace(/ (offset|channels)/g, "\n$1") +
  ` 3 Xposition Yposition Zposition\njoint b\n{ \noffset 2 0 0\nchannels ${channels}\nend site\n{\noffset 0 0 1 } } }\nmotion\nframes: 1\nframe time: 0.1\n${row}\n`;

test("position channels of any joint replace its offset, or are added to it; axes without one keep it", async () => {
  const text = spread("2 Yposition Xrotation", "10 20 30 7 90");
  expectNear(bodies((await read(text)).frames)[0], [10, 20, 30, 12, 27, 30, 12, 26, 30], 1e-5);
  const added = await read(text, { positions: "add" });
  expectNear(bodies(added.frames)[0], [10, 21, 30, 12, 28, 30, 12, 27, 30], 1e-5);
});

test("a channel that is not a number makes its joints missing, not the frame", async () => {
  const text = spread("1 Xrotation", "10 20 30 nan");
  const { frames } = await read(text);
  expectNear(bodies(frames)[0].slice(0, 6), [10, 20, 30, 12, 20, 30], 1e-6);
  expect(bodies(frames)[0].slice(6)).toEqual([NaN, NaN, NaN]);
});

test("rows that do not fit are counted and keep their slot in time; a half last row is left out", async () => {
  const rows = arm.trimEnd().split("\n");
  const broken = [...rows.slice(0, -2), "1 2 3", rows.at(-1)].join("\n");
  const bad = await read(`${broken}\n`);
  expect(bad.frames.map((frame) => Math.round(frame.time * 30))).toEqual([0, 2]);
  expect(bad.report.dropped).toEqual({ "bad rows": 1 });
  expect(bad.report.warnings[0]).toMatch(/^line 29 .*3 numbers came, 12 numbers were wanted/);
  const half = await read(arm.slice(0, arm.indexOf("0 0 0   0 0 0    90") + 12));
  expect(half.frames).toHaveLength(2);
  expect(half.report.dropped).toEqual({ "half lines": 1 });
  // A last number may have lost digits, which nothing but the missing rows betrays.
  const digit = await read(rows.slice(0, -1).join("\n"));
  expect(digit.frames).toHaveLength(1);
  expect((await read(rows.join("\n"))).frames).toHaveLength(3);
});

test("fewer or more rows than the file says are told", async () => {
  const { frames, report } = await read(arm.replace("Frames: 3", "Frames: 5"));
  expect(frames).toHaveLength(3);
  expect(report.warnings).toEqual(["the file says 5 frames, 3 came: is it whole?"]);
});

test.each([
  ["an empty file", "", /empty file/],
  ["something else", "time,x\n1,2\n", /HIERARCHY was wanted \(line 1\)/],
  ["an end inside of the hierarchy", arm.slice(0, arm.indexOf("\tJOINT")), /stops inside of HIERARCHY/],
  ["MOTION before the last brace", arm.replace("}\nMOTION", "MOTION"), /MOTION came while "Hips" is not closed/],
  ["a channel no one knows", arm.replace("Xposition", "Wposition"), /"CHANNELS 6 Wposition .*line 5/],
  ["a wrong count of channels", arm.replace("CHANNELS 6", "CHANNELS 5"), /CHANNELS with a count/],
  ["half an offset", arm.replace("OFFSET 0.00 10.00 0.00", "OFFSET 0.00 10.00"), /OFFSET with three numbers/],
  ["no frame time", arm.replace("0.0333333333", "0"), /Frame Time 0 came.*give the rate as an option/],
  ["no frames line", arm.replace("Frames: 3\n", ""), /"Frames:" was wanted/],
  ["only bad rows", arm.replace(/(1 2 3 |0 0 0 ).*/g, "x"), /no frame could be read: 3 rows came/],
])("%s is an error in one line", async (_, text, message) => {
  const failure = await read(text).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(FormatError);
  expect((failure as Error).message).toMatch(message);
});

// Positions of a body by another route than the reader: turns about an axis (Rodrigues), world by world.
type Vec3 = [number, number, number];
const parents = [-1, 0, 1, 2, 2, 4, 2, 6, 0, 8, 0, 10, 11];
const joints = ["hips", "spine", "chest", "head", "l-shoulder", "l-hand", "r-shoulder", "r-hand"];
joints.push("l-hip", "l-foot", "r-hip", "r-knee", "r-knee_end");
// The hips lie on one line, so that only their own chain tells how far they are turned about it.
const offsets: Vec3[] = [
  [0, 0, 0],
  [0, 0.2, 0.02],
  [0, 0.3, 0],
  [0, 0.25, 0],
  [0.2, 0.1, 0],
  [0.55, 0, 0],
  [-0.2, 0.1, 0],
  [-0.55, 0, 0],
  [0.1, 0, 0],
  [0, -0.8, 0],
  [-0.1, 0, 0],
  [0, -0.4, 0],
  [0, -0.4, 0.1],
];
const rig: Skeleton = { name: "test", joints, dims: 3, parents };
const header: RecordingHeader = {
  format: "attune-recording",
  version: 1,
  skeleton: rig,
  units: "m",
  up: "y",
  rate: 30,
};
const size = offsets.reduce((sum, offset) => sum + Math.hypot(...offset), 0);

function turnAbout([x, y, z]: Vec3, angle: number, v: Vec3): Vec3 {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const dot = (x * v[0] + y * v[1] + z * v[2]) * (1 - c);
  return [
    v[0] * c + (y * v[2] - z * v[1]) * s + x * dot,
    v[1] * c + (z * v[0] - x * v[2]) * s + y * dot,
    v[2] * c + (x * v[1] - y * v[0]) * s + z * dot,
  ];
}

const rotation = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
  )
  .map(([z, phi, angle]): [Vec3, number] => [
    [Math.sqrt(1 - z * z) * Math.cos(phi), Math.sqrt(1 - z * z) * Math.sin(phi), z],
    angle,
  ]);
const place = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -5, max: 5, noNaN: true })));
/** A world rotation for each joint and a place for the root. */
const pose = fc.record({ place, turns: fc.array(rotation, { minLength: joints.length, maxLength: joints.length }) });

function bodyOf({ place, turns }: { place: number[]; turns: [Vec3, number][] }, scale = 1): Float32Array {
  const at: Vec3[] = [];
  for (const [j, parent] of parents.entries()) {
    const bone = parent < 0 ? [0, 0, 0] : turnAbout(...turns[parent], offsets[j]);
    at.push([0, 1, 2].map((d) => (parent < 0 ? place[d] * scale : at[parent][d] + bone[d] * scale)) as Vec3);
  }
  return Float32Array.from(at.flat());
}

/** Bodies written and read again, joints in the old order. */
async function roundTrip(frames: Frame[], skeleton: Skeleton, head = header) {
  const { header: back, frames: read, report } = await all(readBvh(writeBvh({ ...head, skeleton }, frames)));
  const found = back.skeleton as Skeleton;
  expect([...found.joints].sort()).toEqual([...joints].sort());
  const order = joints.map((name) => found.joints.indexOf(name));
  expect(order.map((k) => found.joints[(found.parents ?? [])[k]])).toEqual(parents.map((p) => joints[p]));
  const positions = read.map((frame) => order.flatMap((k) => Array.from(frame.body?.subarray(3 * k, 3 * k + 3) ?? [])));
  return { positions, report, times: read.map((frame) => frame.time) };
}

test.each([
  ["with the skeleton's rest offsets", true, 1],
  ["without offsets: the first frame is the rest pose", false, 1],
  ["in millimetres", true, 1000],
  ["in fractions of an image", false, 1e-3],
])("rigid motion -> BVH -> the same positions, within 1e-5 of the body (%s)", async (_, given, scale) => {
  await fc.assert(
    fc.asyncProperty(fc.array(pose, { minLength: 1, maxLength: 5 }), async (poses) => {
      const frames = poses.map((p, i): Frame => ({ time: i / 30, body: bodyOf(p, scale) }));
      const rest = offsets.flat().map((v) => v * scale);
      const { positions } = await roundTrip(frames, given ? { ...rig, offsets: rest } : rig);
      for (const [i, frame] of frames.entries())
        expectNear(positions[i], [...(frame.body as Float32Array)], 1e-5 * size * scale);
    }),
    { seed: 7, numRuns: 60 },
  );
});

test("a limb straight against its rest direction still comes back", async () => {
  const still = joints.map((): [Vec3, number] => [[1, 0, 0], 0]);
  const frames = [Math.PI, Math.PI / 2, 0].map((angle, i): Frame => {
    const turns = joints.map((_, j): [Vec3, number] => (j === 4 || j === 8 ? [[0, 0, 1], angle] : still[j]));
    return { time: i / 30, body: bodyOf({ place: [0, 1, 0], turns }) };
  });
  const { positions } = await roundTrip(frames, { ...rig, offsets: offsets.flat() });
  for (const [i, frame] of frames.entries()) expectNear(positions[i], [...(frame.body as Float32Array)], 1e-5);
});

test("where bones are not rigid, the hand makes up for the shoulder", async () => {
  const still = joints.map((): [Vec3, number] => [[1, 0, 0], 0]);
  const rest = bodyOf({ place: [0, 0, 0], turns: still });
  const shrugged = rest.slice();
  shrugged[3 * 4 + 1] += 0.04;
  const frames = [rest, shrugged].map((body, i): Frame => ({ time: i / 30, body }));
  const { positions } = await roundTrip(frames, { ...rig, offsets: offsets.flat() });
  const off = (j: number) => Math.hypot(...[0, 1, 2].map((d) => positions[1][3 * j + d] - shrugged[3 * j + d]));
  expect(off(4)).toBeGreaterThan(0.005);
  // Aimed at from a shoulder 4 cm away, a bone of 55 cm ends at most about 4² / (2 · 55) cm off, and a little
  // for how far the chest gives way.
  expect(off(5)).toBeLessThan(0.01);
});

test.each([
  ["about a slanted axis", [0.6, 0, 0.8]],
  ["past the pole of the angles", [0.98, 0.14, 0.14]],
] as [string, Vec3][])("a joint that turns steadily %s has angles without jumps", async (_, axis) => {
  const frames = Array.from({ length: 100 }, (_, i): Frame => {
    const turns = joints.map((): [Vec3, number] => [axis, i * 0.1]);
    return { time: i / 30, body: bodyOf({ place: [0, 0, 0], turns }) };
  });
  const text = await textOf(writeBvh({ ...header, skeleton: { ...rig, offsets: offsets.flat() } }, frames));
  const rows = text
    .slice(text.indexOf("Frame Time"))
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(" ").map(Number));
  expect(rows).toHaveLength(100);
  // 0.1 rad a frame is 5.7 degrees; near the pole z and y run faster, by less than a half turn.
  for (let i = 1; i < rows.length; i++)
    for (const [k, value] of rows[i].entries()) expect(Math.abs(value - rows[i - 1][k])).toBeLessThan(60);
});

test("joints that are not seen hold their last rotation and are counted", async () => {
  const bent = joints.map((): [Vec3, number] => [[0, 0, 1], 0.7]);
  const seen = bodyOf({ place: [0, 1, 0], turns: bent });
  const hidden = seen.slice();
  hidden.fill(NaN, 3 * 5, 3 * 6);
  const frames: Frame[] = [seen, hidden, undefined].map((body, i) =>
    body ? { time: i / 30, body } : { time: i / 30 },
  );
  const { positions, report } = await roundTrip(frames, { ...rig, offsets: offsets.flat() });
  for (const row of positions) expectNear(row, [...seen], 1e-5);
  expect(report.warnings).toEqual([]);
  const written = writeBvh({ ...header, skeleton: { ...rig, offsets: offsets.flat() } }, frames);
  await textOf(written);
  // One shoulder, then every joint that has a bone and the root's place.
  expect(written.report.dropped).toEqual({ "held rotations": 1 + new Set(parents.slice(1)).size + 1 });
  expect(written.report.warnings).toEqual([expect.stringMatching(/^"l-shoulder" is not seen/)]);
});

test("a joint with one bone in sight keeps its turn about it", async () => {
  const twisted = joints.map((_, j): [Vec3, number] => [[0, 1, 0], j === 2 ? 0.7 : 0]);
  const seen = bodyOf({ place: [0, 1, 0], turns: twisted });
  const hidden = seen.slice();
  for (const j of [4, 5, 6, 7]) hidden.fill(NaN, 3 * j, 3 * j + 3);
  const frames = [seen, hidden].map((body, i): Frame => ({ time: i / 30, body }));
  const { positions } = await roundTrip(frames, { ...rig, offsets: offsets.flat() });
  expectNear(positions[1], [...seen], 1e-5);
});

test("times that are not even are interpolated to a steady rate, and told", async () => {
  const still = joints.map((): [Vec3, number] => [[1, 0, 0], 0]);
  const at = [0, 0.1, 0.2, 0.5, 0.6];
  const frames = at.map((time): Frame => ({ time, body: bodyOf({ place: [time * 10, 0, 0], turns: still }) }));
  const { rate: _, ...free } = header;
  const { positions, times } = await roundTrip(frames, rig, free);
  expect(times.map((t) => Number(t.toFixed(6)))).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  for (const [i, row] of positions.entries()) expect(row[0]).toBeCloseTo(i, 5);
  const written = writeBvh(free, frames);
  await textOf(written);
  expect(written.report.warnings).toEqual(["times are not even: positions are interpolated to 10 a second"]);
  await expect(textOf(writeBvh(header, [frames[0], { ...frames[1], time: 1e6 }]))).rejects.toThrow(
    /cut the recording at its gaps/,
  );
});

test("what BVH cannot hold is named", async () => {
  const body = bodyOf({ place: [0, 0, 0], turns: joints.map(() => [[1, 0, 0], 0]) });
  const written = writeBvh(header, [
    { time: 0, body, words: ["hello"], bodyConfidence: new Float32Array(joints.length) },
  ]);
  await textOf(written);
  expect(written.report.dropped).toEqual({ "fields the format cannot hold": 2 });
  const people = ["ann", "bob"].map((who): Frame => ({ time: 0, who, body }));
  await expect(textOf(writeBvh(header, people))).rejects.toThrow(/frames of "ann" and "bob" came.*choose/);
  expect((await all(readBvh(writeBvh(header, people, { who: "bob" })))).frames).toHaveLength(1);
  expect(() => writeBvh({ ...header, skeleton: "coco-17" }, [])).toThrow(
    /the skeleton's name "coco-17" came.*name a known skeleton that has one/,
  );
  expect(() => writeBvh({ ...header, skeleton: { name: "flat", joints: ["a"], dims: 2 } }, [])).toThrow(
    /flat skeleton/,
  );
  expect(() => writeBvh({ ...header, skeleton: { name: "loose", joints: ["a"], dims: 3 } }, [])).toThrow(/no parents/);
  await expect(textOf(writeBvh(header, [{ time: 0, body: new Float32Array(3) }]))).rejects.toThrow(
    /a body of 3 numbers came, 39/,
  );
  await expect(textOf(writeBvh(header, []))).rejects.toThrow(/no frames/);
});
