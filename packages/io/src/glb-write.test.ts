import { skeletonNamed, type Frame, type RecordingHeader, type Skeleton } from "@attune/core";
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { convert, openRecording, writeGlb, writeRecording } from "./index.ts";
import { all, bytesOf, chunked } from "./testing.ts";

interface Gltf {
  nodes: { name: string; children?: number[]; translation?: number[]; rotation?: number[]; scale?: number[] }[];
  animations: {
    samplers: { input: number; output: number }[];
    channels: { sampler: number; target: { node: number; path: string } }[];
  }[];
  accessors: { bufferView: number; count: number; type: string }[];
  bufferViews: { byteOffset: number; byteLength: number }[];
}
interface Verdict {
  issues: { numErrors: number; numWarnings: number; messages: unknown[] };
}

// Khronos' own validator; it brings no types.
const { validateBytes } = ((await import("gltf-validator" as string)) as { default: never }).default as {
  validateBytes: (bytes: Uint8Array) => Promise<Verdict>;
};

async function open(bytes: Uint8Array): Promise<{ gltf: Gltf; track: (node: string, path: string) => number[][] }> {
  const { issues } = await validateBytes(bytes);
  expect(issues).toMatchObject({ numErrors: 0, numWarnings: 0 });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const json = view.getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + json))) as Gltf;
  const read = (index: number): number[][] => {
    const { bufferView, count, type } = gltf.accessors[index];
    const width = { SCALAR: 1, VEC3: 3, VEC4: 4 }[type] ?? 0;
    const at = 28 + json + gltf.bufferViews[bufferView].byteOffset;
    return Array.from({ length: count }, (_, k) =>
      Array.from({ length: width }, (_, d) => view.getFloat32(at + 4 * (k * width + d), true)),
    );
  };
  const track = (name: string, path: string) => {
    const [{ samplers, channels }] = gltf.animations;
    const node = gltf.nodes.findIndex((n) => n.name === name);
    const channel = channels.find(({ target }) => target.node === node && target.path === path);
    if (!channel) return [];
    const { input, output } = samplers[channel.sampler];
    const times = read(input);
    return read(output).map((values, k) => [...times[k], ...values]);
  };
  return { gltf, track };
}

const header: RecordingHeader = {
  format: "attune-recording",
  version: 1,
  units: "cm",
  up: "y",
  skeleton: { name: "arm", joints: ["shoulder", "elbow", "hand"], dims: 3, parents: [-1, 0, 1] },
};
// The upper arm keeps pointing along x, the forearm turns from x to y about z.
const frames = [0, 1, 2].map((k): Frame => {
  const angle = (k * Math.PI) / 4;
  const hand = [k + 30 + 20 * Math.cos(angle), 20 * Math.sin(angle), 0];
  return { time: 5 + k / 10, body: Float32Array.of(k, 0, 0, k + 30, 0, 0, ...hand) };
});

test("joints hang in each other and turn; the node above them makes metres of the recording's units", async () => {
  const out = writeGlb(header, frames);
  const { gltf, track } = await open(await bytesOf(out));
  expect(gltf.nodes.map(({ name, children }) => [name, children])).toEqual([
    ["recording", [1]],
    ["shoulder", [2]],
    ["elbow", [3]],
    ["hand", undefined],
  ]);
  expect(gltf.nodes[0]).toMatchObject({ rotation: [0, 0, 0, 1], scale: [0.01, 0.01, 0.01] });
  expect(gltf.nodes[3].translation).toEqual([20, 0, 0].map((v) => expect.closeTo(v, 4)));
  const near = (rows: number[][]) => rows.map((row) => row.map((v) => expect.closeTo(v, 4) as number));
  expect(track("shoulder", "translation")).toEqual(near([0, 1, 2].map((k) => [k / 10, k, 0, 0])));
  // x y z w of half the angle about z.
  const about = (k: number) => [k / 10, 0, 0, Math.sin((k * Math.PI) / 8), Math.cos((k * Math.PI) / 8)];
  expect(track("elbow", "rotation")).toEqual(near([0, 1, 2].map(about)));
  expect(track("hand", "rotation")).toEqual([]);
  expect(out.report).toEqual({ frames: 3, dropped: {}, warnings: [] });
});

test("points without a hierarchy move by themselves, flat ones in a plane; what is not seen holds its place", async () => {
  const skeleton: Skeleton = { name: "points", joints: ["a", "b", "never"], dims: 2 };
  const flat: RecordingHeader = { ...header, units: "px", up: "-y", skeleton };
  const body = (a: number, b: number) => Float32Array.of(a, a, b, b, NaN, NaN);
  const shown = [body(1, 2), body(3, NaN), body(4, 5)].map((body, k): Frame => ({ time: k, body }));
  const out = writeGlb(flat, shown);
  const { gltf, track } = await open(await bytesOf(out));
  expect(gltf.nodes[0]).toMatchObject({ rotation: [1, 0, 0, 0], scale: [1, 1, 1], children: [1, 2, 3] });
  expect(track("b", "translation")).toEqual([
    [0, 2, 2, 0],
    [1, 2, 2, 0],
    [2, 5, 5, 0],
  ]);
  expect(track("never", "translation")).toEqual([]);
  expect(out.report.dropped).toEqual({ "held rotations": 1 });
  expect(out.report.warnings).toContain('units are "px": one of them is written as a metre');
});

test.each(["x", "-x", "y", "-y", "z", "-z"] as const)("up %s is turned to y", async (up) => {
  const { gltf } = await open(await bytesOf(writeGlb({ ...header, up }, frames)));
  const [x, y, z, w] = gltf.nodes[0].rotation ?? [];
  const v = [0, 0, 0];
  v["xyz".indexOf(up.at(-1) ?? "")] = up.startsWith("-") ? -1 : 1;
  // The second row of the rotation: how far the turned vector points along y.
  const along = 2 * (x * y + w * z) * v[0] + (1 - 2 * (x * x + z * z)) * v[1] + 2 * (y * z - w * x) * v[2];
  expect(along).toBeCloseTo(1, 12);
});

test("whatever moves and whatever is missing, the validator finds no fault", async () => {
  const value = fc.oneof(fc.constant(NaN), fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(0));
  const shape = fc.record({
    parents: fc.option(fc.array(fc.nat(8), { minLength: 5, maxLength: 5 }), { nil: undefined }),
    dims: fc.constantFrom(2 as const, 3 as const),
    bodies: fc.array(fc.array(value, { minLength: 15, maxLength: 15 }), { minLength: 1, maxLength: 6 }),
    gap: fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ parents, dims, bodies, gap }) => {
      const skeleton: Skeleton = {
        name: "any",
        joints: ["a", "b", "c", "d", "e"],
        dims,
        // A parent comes before its children; the first is a root.
        ...(parents && { parents: parents.map((p, j) => (p < j ? p : -1)) }),
      };
      const moved = bodies.map((body, k): Frame => ({
        time: k * gap,
        body: Float32Array.from(body.slice(0, 5 * dims)),
      }));
      const seen = (b: number[]) =>
        [0, 1, 2, 3, 4].some((j) => b.slice(j * dims, j * dims + dims).every(Number.isFinite));
      fc.pre(bodies.some(seen));
      await open(await bytesOf(writeGlb({ ...header, skeleton }, moved)));
    }),
    { seed: 31, numRuns: 150 },
  );
});

test("BVH becomes GLB by one call", async () => {
  const bvh = readFileSync(new URL("fixtures/arm.bvh", import.meta.url), "utf8");
  const { chunks } = await convert(chunked(bvh), { to: { format: "glb" } });
  const { gltf } = await open(await bytesOf(chunks));
  const source = await all(openRecording(chunked(bvh)));
  expect(gltf.nodes.slice(1).map(({ name }) => name)).toEqual((source.header.skeleton as Skeleton).joints);
});

test("an NTU file becomes GLB for one of its people", async () => {
  const text = readFileSync(new URL("fixtures/two.skeleton", import.meta.url), "utf8");
  const { header, frames } = await all(openRecording(chunked(text)));
  const skeleton = skeletonNamed("ntu-25");
  const glb = (who?: string) =>
    bytesOf(writeRecording("glb", header, frames, { skeleton, ...(who !== undefined && { who }) }));
  await expect(glb()).rejects.toThrow(/GLB is written for one person: choose/);
  const { gltf } = await open(await glb("72057594037931102"));
  expect(gltf.nodes).toHaveLength(26);
});

test.each([
  ["no skeleton", { ...header, skeleton: undefined as never }, frames, /no skeleton came/],
  ["a name", { ...header, skeleton: "ntu-25" }, frames, /the skeleton's name "ntu-25" came/],
  ["nobody", header, [{ time: 0 }], /no joint is seen in 1 frames/],
  ["another body", header, [{ time: 0, body: new Float32Array(3) }], /a body of 3 numbers came, 9 were wanted/],
] as [string, RecordingHeader, Frame[], RegExp][])("%s is an error", async (_, header, frames, message) => {
  await expect((async () => bytesOf(writeGlb(header, frames)))()).rejects.toThrow(message);
});

test("GLB is not read", async () => {
  const bytes = await bytesOf(writeGlb(header, frames));
  await expect(openRecording([bytes])).rejects.toThrow(/GLB is written, not read/);
});
