// Frames of joint positions -> GLB (glTF 2.0, binary): a node for each joint, with a small marker to see it
// by, and one animation. With parents and three coordinates, joints turn in their parents as in BVH (bones
// are rigid); else each joint moves by itself. glTF wants metres, y up: the node above all joints turns and
// scales to that, so that the numbers below it are the recording's own. The first frame is time 0; frames
// keep their times.

import type { Frame, RecordingHeader, Skeleton, UpAxis } from "@attune/core";
import { strToU8 } from "fflate";
import { createPose, createRig, poseTo } from "./bvh-pose.ts";
import { FormatError } from "./errors.ts";
import { checkSkeleton } from "./header.ts";
import { checkTime, written, type Frames, type Written } from "./recording.ts";
import { createReporter, reportLost, type Reporter } from "./report.ts";
import { quaternionOf } from "./rotation.ts";

export interface WriteGlbOptions {
  /** The skeleton that the header names but does not bring. */
  readonly skeleton?: Skeleton;
  /** Whose frames to write, where a recording has several people. */
  readonly who?: string;
}

const KEPT = new Set(["time", "who", "body"]);
const METRES: Readonly<Record<string, number>> = { m: 1, cm: 0.01, mm: 0.001 };
const H = Math.SQRT1_2;
/** Rotations (x, y, z, w) that bring each axis to y. */
const TO_Y_UP: Readonly<Record<UpAxis, readonly number[]>> = {
  x: [0, 0, H, H],
  "-x": [0, 0, -H, H],
  y: [0, 0, 0, 1],
  "-y": [1, 0, 0, 0],
  z: [-H, 0, 0, H],
  "-z": [H, 0, 0, H],
};
// Of glTF: number types, and what a buffer view is for.
const [FLOAT, UNSIGNED_SHORT, ARRAY_BUFFER, ELEMENT_ARRAY_BUFFER] = [5126, 5123, 34_962, 34_963];

/** What moves one joint: [frames × 3] places or [frames × 4] rotations (x y z w). */
interface Track {
  readonly node: number;
  readonly path: "translation" | "rotation";
  readonly values: Float32Array;
}

interface Scene {
  readonly nodes: Record<string, unknown>[];
  readonly tracks: readonly Track[];
  /** Longest side of the box around the first body seen, in the recording's units. */
  readonly size: number;
}

/**
 * Writes GLB. All frames are collected first, since sizes come before data. Joints that are not seen hold
 * their last rotation or place, counted in the report.
 *
 * @throws FormatError when the skeleton is unknown, frames are of several people, or none shows a body
 */
export function writeGlb(header: RecordingHeader, frames: Frames, options: WriteGlbOptions = {}): Written {
  const reporter = createReporter();
  const skeleton = options.skeleton ?? header.skeleton;
  if (typeof skeleton !== "object") {
    const came = skeleton === undefined ? "no skeleton" : `the skeleton's name "${skeleton}"`;
    const way =
      skeleton === undefined
        ? "channels that are not named as joints have no place in a GLB; name their columns (wrist=wx/wy/wz), or write .csv"
        : "bring the skeleton's joints in the header, or write .csv";
    throw new FormatError(`${came} came, a skeleton with joints was wanted: ${way}`);
  }
  checkSkeleton(skeleton);

  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    const shown = await collect(frames, options.who, skeleton as Skeleton, reporter);
    const times = Float32Array.from(shown, ({ time }) => time - shown[0].time);
    const bodies = shown.map(({ body }) => body);
    const { parents, dims } = skeleton as Skeleton;
    const scene =
      parents && dims === 3
        ? turning(skeleton as Skeleton, parents, bodies, reporter)
        : moving(skeleton as Skeleton, bodies, reporter);
    reporter.report.frames = shown.length;
    const scale = METRES[header.units ?? ""] ?? 1;
    if (METRES[header.units ?? ""] === undefined)
      reporter.warn("units", `units are "${header.units ?? "unknown"}": one of them is written as a metre`);
    if (header.up === undefined) reporter.warn("up", "which way is up is unknown: y is taken");
    yield glb(scene, times, { scale, rotation: TO_Y_UP[header.up ?? "y"], name: header.who ?? options.who });
  }
  return written(bytes(), reporter.report);
}

async function collect(
  frames: Frames,
  who: string | undefined,
  { name, joints, dims }: Skeleton,
  reporter: Reporter,
): Promise<Frame[]> {
  const wanted = joints.length * dims;
  const out: Frame[] = [];
  for await (const frame of frames) {
    checkTime(frame);
    if (who !== undefined && frame.who !== who) continue;
    const [first = frame] = out;
    const last = out.at(-1) ?? { time: -Infinity };
    if (first.who !== frame.who) {
      const came = `frames of "${first.who}" and "${frame.who}" came`;
      throw new FormatError(`${came}, GLB is written for one person: choose whose to write ("who")`);
    }
    // Times in GLB are float32 and must rise in these, too.
    if (!(Math.fround(frame.time - first.time) > Math.fround(last.time - first.time)) && out.length > 0) {
      const message = `time goes from ${last.time} s to ${frame.time} s: such frames are left out`;
      reporter.drop("times not increasing", message);
      continue;
    }
    if (frame.body && frame.body.length !== wanted)
      throw new FormatError(`a body of ${frame.body.length} numbers came, ${wanted} were wanted for "${name}"`);
    reportLost(frame, KEPT, "GLB", reporter);
    out.push(frame);
  }
  const whose = who === undefined ? "" : ` of "${who}"`;
  const shows = (body: Float32Array) =>
    joints.some((_, j) => body.subarray(j * dims, j * dims + dims).every(Number.isFinite));
  if (!out.some(({ body }) => body && shows(body)))
    throw new FormatError(
      `no joint${whose} is seen in ${out.length} frames, at least one was wanted: GLB holds nothing else`,
    );
  return out;
}

/** Joints that turn in their parents; only roots move. */
function turning(
  skeleton: Skeleton,
  parents: readonly number[],
  bodies: readonly (Float32Array | undefined)[],
  reporter: Reporter,
): Scene {
  const rig = createRig(skeleton, parents, bodies);
  const pose = createPose(rig, bodies);
  const nodes = skeleton.joints.map((name, j): Record<string, unknown> => {
    const children = rig.children[j].map((c) => c + 1);
    const translation = parents[j] < 0 ? pose.places[j] : rig.offsets[j];
    return { name, mesh: 0, translation: [...translation], ...(children.length > 0 && { children }) };
  });
  const turns = rig.order
    .filter((j) => rig.children[j].length > 0)
    .map((j) => ({ j, values: new Float32Array(4 * bodies.length) }));
  const moves = rig.order
    .filter((j) => parents[j] < 0)
    .map((j) => ({ j, values: new Float32Array(3 * bodies.length) }));
  for (const [t, body] of bodies.entries()) {
    poseTo(rig, body, pose, reporter);
    for (const { j, values } of turns) {
      const [w, x, y, z] = quaternionOf(pose.local, 9 * j);
      // q and -q turn alike; between keys players go the straight way from one to the next.
      const before = values.subarray(4 * t - 4, 4 * t);
      const back = t > 0 && before[0] * x + before[1] * y + before[2] * z + before[3] * w < 0;
      values.set(back ? [-x, -y, -z, -w] : [x, y, z, w], 4 * t);
    }
    for (const { j, values } of moves) values.set(pose.places[j], 3 * t);
  }
  const tracks: Track[] = [
    ...moves.map(({ j, values }): Track => ({ node: j + 1, path: "translation", values })),
    ...turns.map(({ j, values }): Track => ({ node: j + 1, path: "rotation", values })),
  ];
  return { nodes, tracks, size: sizeOf(bodies, 3) };
}

/** Joints that move by themselves; those never seen have no track. */
function moving({ joints, dims }: Skeleton, bodies: readonly (Float32Array | undefined)[], reporter: Reporter): Scene {
  const tracks: Track[] = [];
  const nodes = joints.map((name, j): Record<string, unknown> => {
    const pointOf = (body: Float32Array | undefined) => {
      const point = body?.subarray(j * dims, j * dims + dims);
      return point?.every(Number.isFinite) ? point : undefined;
    };
    const first = bodies.map(pointOf).find((point) => point !== undefined);
    if (!first) return { name };
    const values = new Float32Array(3 * bodies.length);
    let place: Float32Array = first;
    for (const [t, body] of bodies.entries()) {
      const seen = pointOf(body);
      if (!seen)
        reporter.drop("held rotations", `"${name}" is not seen in every frame: it keeps its last place meanwhile`);
      place = seen ?? place;
      values.set(place, 3 * t);
    }
    tracks.push({ node: j + 1, path: "translation", values });
    return { name, mesh: 0, translation: [...values.subarray(0, 3)] };
  });
  return { nodes, tracks, size: sizeOf(bodies, dims) };
}

function sizeOf(bodies: readonly (Float32Array | undefined)[], dims: number): number {
  const body = bodies.find((values) => values?.some(Number.isFinite)) ?? new Float32Array(0);
  let size = 0;
  for (let d = 0; d < dims; d++) {
    const values = body.filter((v, k) => k % dims === d && Number.isFinite(v));
    if (values.length > 0) size = Math.max(size, Math.max(...values) - Math.min(...values));
  }
  return size || 1;
}

function glb(
  { nodes, tracks, size }: Scene,
  times: Float32Array,
  { scale, rotation, name }: { scale: number; rotation: readonly number[]; name: string | undefined },
): Uint8Array {
  const parts: Uint8Array[] = [];
  const bufferViews: object[] = [];
  const accessors: object[] = [];
  let length = 0;
  const put = (bytes: Uint8Array, target?: number): number => {
    bufferViews.push({
      buffer: 0,
      byteOffset: length,
      byteLength: bytes.length,
      ...(target !== undefined && { target }),
    });
    // Data stands at multiples of four.
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    parts.push(padded);
    length += padded.length;
    return bufferViews.length - 1;
  };
  const floats = (values: Float32Array, type: "SCALAR" | "VEC3" | "VEC4", limits: object = {}, target?: number) => {
    const count = values.length / { SCALAR: 1, VEC3: 3, VEC4: 4 }[type];
    accessors.push({ bufferView: put(littleEndian(values), target), componentType: FLOAT, count, type, ...limits });
    return accessors.length - 1;
  };

  // An octahedron, one for all joints.
  const r = Math.fround(0.012 * size);
  const corners = Float32Array.of(r, 0, 0, -r, 0, 0, 0, r, 0, 0, -r, 0, 0, 0, r, 0, 0, -r);
  const position = floats(corners, "VEC3", { min: [-r, -r, -r], max: [r, r, r] }, ARRAY_BUFFER);
  const faces = Uint8Array.of(0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5);
  const indices = accessors.length;
  accessors.push({
    bufferView: put(
      Uint8Array.from({ length: 2 * faces.length }, (_, k) => (k % 2 ? 0 : faces[k >> 1])),
      ELEMENT_ARRAY_BUFFER,
    ),
    componentType: UNSIGNED_SHORT,
    count: faces.length,
    type: "SCALAR",
  });
  const input = floats(times, "SCALAR", { min: [times[0]], max: [times[times.length - 1]] });
  const samplers = tracks.map(({ path, values }) => ({
    input,
    output: floats(values, path === "rotation" ? "VEC4" : "VEC3"),
    interpolation: "LINEAR",
  }));
  const inner = new Set(nodes.flatMap(({ children }) => (children as number[] | undefined) ?? []));
  const tops = nodes.map((_, j) => j + 1).filter((node) => !inner.has(node));
  const root = { name: name ?? "recording", rotation, scale: [scale, scale, scale], children: tops };
  const json = {
    asset: { version: "2.0", generator: "Attune" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [root, ...nodes],
    meshes: [{ name: "joint", primitives: [{ attributes: { POSITION: position }, indices, material: 0 }] }],
    materials: [{ name: "joint", pbrMetallicRoughness: { metallicFactor: 0 } }],
    animations: [
      {
        name: "recording",
        samplers,
        channels: tracks.map(({ node, path }, sampler) => ({ sampler, target: { node, path } })),
      },
    ],
    bufferViews,
    accessors,
    buffers: [{ byteLength: length }],
  };
  return container(strToU8(JSON.stringify(json)), parts, length);
}

/** Header, a chunk of JSON padded by blanks, a chunk of data. */
function container(json: Uint8Array, parts: readonly Uint8Array[], length: number): Uint8Array {
  const jsonLength = Math.ceil(json.length / 4) * 4;
  const out = new Uint8Array(28 + jsonLength + length);
  const view = new DataView(out.buffer);
  const words: [number, number][] = [
    [0, 0x46546c67], // glTF
    [4, 2],
    [8, out.length],
    [12, jsonLength],
    [16, 0x4e4f534a], // JSON
    [20 + jsonLength, length],
    [24 + jsonLength, 0x004e4942], // BIN
  ];
  for (const [at, word] of words) view.setUint32(at, word, true);
  out.fill(32, 20, 20 + jsonLength);
  out.set(json, 20);
  let at = 28 + jsonLength;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (let k = 0; k < values.length; k++) view.setFloat32(4 * k, values[k], true);
  return new Uint8Array(view.buffer);
}
