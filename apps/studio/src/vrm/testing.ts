// A person of boxes in a VRM file of our own making, for tests: the least a VRM must have, and a face that moves.

import { MOVED_BONES, type EndBone, type MovedBone } from "./rig.ts";

export interface MadeVrm {
  readonly version?: "0.x" | "1.0";
  readonly arms?: "T" | "A";
  /** Bones that are left out. */
  readonly without?: readonly (MovedBone | EndBone)[];
  /** Names of the expressions that close the eyes, and of those that open the mouth. */
  readonly blink?: readonly string[];
  readonly open?: readonly string[];
}

type Bone = MovedBone | EndBone;
type Point = readonly [number, number, number];

/** In body axes, m. The column is bent a little, as most are. */
const MIDLINE: Readonly<Record<string, Point>> = {
  hips: [0, 0.92, 0],
  spine: [0, 1.02, 0.01],
  chest: [0, 1.15, -0.01],
  neck: [0, 1.4, -0.03],
  head: [0, 1.47, -0.01],
};
const LEFT: Readonly<Record<string, Point>> = {
  Shoulder: [0.04, 1.36, -0.03],
  UpperArm: [0.15, 1.35, -0.03],
  LowerArm: [0.42, 1.35, -0.04],
  Hand: [0.67, 1.35, -0.03],
  MiddleProximal: [0.76, 1.35, -0.03],
  UpperLeg: [0.09, 0.86, 0],
  LowerLeg: [0.1, 0.48, 0.01],
  Foot: [0.1, 0.09, -0.03],
  Toes: [0.11, 0.02, 0.1],
};
/** rad that the arms of an A-pose hang below a T-pose. */
const HANGING = 0.8;

export function restOfMade({ version = "1.0", arms = "T", without = [] }: MadeVrm = {}): Partial<Record<Bone, Point>> {
  const facing = version === "1.0" ? 1 : -1;
  const out: Partial<Record<Bone, Point>> = {};
  const put = (name: string, [x, y, z]: Point): void => {
    if (!without.includes(name as Bone)) out[name as Bone] = [facing * x, y, facing * z];
  };
  for (const [name, at] of Object.entries(MIDLINE)) put(name, at);
  for (const [name, at] of Object.entries(LEFT)) {
    const [x, y, z] = arms === "A" && at[0] > 0.15 ? lowered(at) : at;
    put(`left${name}`, [x, y, z]);
    put(`right${name}`, [-x, y, z]);
  }
  return out;
}

function lowered([x, y, z]: Point): Point {
  const [sx, sy] = LEFT["UpperArm"]!;
  return [
    sx + Math.cos(HANGING) * (x - sx) + Math.sin(HANGING) * (y - sy),
    sy - Math.sin(HANGING) * (x - sx) + Math.cos(HANGING) * (y - sy),
    z,
  ];
}

const NEXT: Readonly<Partial<Record<Bone, Bone>>> = {
  hips: "spine",
  spine: "chest",
  chest: "neck",
  neck: "head",
  ...Object.fromEntries(
    ["left", "right"].flatMap((side) =>
      ["Shoulder UpperArm LowerArm Hand MiddleProximal", "UpperLeg LowerLeg Foot Toes"].flatMap((chain) => {
        const names = chain.split(" ").map((name) => side + name);
        return names.slice(1).map((next, k) => [names[k], next]);
      }),
    ),
  ),
};
const PARENT = Object.fromEntries(Object.entries(NEXT).map(([bone, next]) => [next, bone]));
const ROOTS: Readonly<Record<string, Bone>> = {
  leftShoulder: "chest",
  rightShoulder: "chest",
  leftUpperLeg: "hips",
  rightUpperLeg: "hips",
};
/** A PNG of 2 x 2 pixels in one colour of skin. */
const SKIN = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGO4My3vzrQ8BggFADZGB4ECshCGAAAAAElFTkSuQmCC";

/** The file, byte for byte a GLB. */
export function makeVrm(options: MadeVrm = {}): Uint8Array<ArrayBuffer> {
  const { version = "1.0", blink = ["blink"], open = ["aa"] } = options;
  const rest = restOfMade(options),
    facing = version === "1.0" ? 1 : -1;
  const buffer = createBuffer();
  const nodes: { name: string; translation: number[]; children: number[]; mesh?: number }[] = [];
  const meshes: unknown[] = [];
  const at = new Map<Bone, number>();
  const bones = [...MOVED_BONES, "leftToes", "rightToes", "leftMiddleProximal", "rightMiddleProximal"] as Bone[];
  for (const bone of bones) {
    const place = rest[bone];
    if (!place) continue;
    let parent: Bone | undefined = ROOTS[bone] ?? (PARENT[bone] as Bone | undefined);
    while (parent && !rest[parent]) parent = ROOTS[parent] ?? (PARENT[parent] as Bone | undefined);
    const from = parent ? rest[parent]! : [0, 0, 0];
    const next = NEXT[bone] && rest[NEXT[bone]];
    const limb = next ? place.map((p, c) => next[c] - p) : bone === "head" ? [0, 0.2, 0.01 * facing] : [0, 0, 0];
    at.set(bone, nodes.length);
    if (parent) nodes[at.get(parent)!].children.push(nodes.length);
    nodes.push({ name: bone, translation: place.map((p, c) => p - from[c]), children: [], mesh: meshes.length });
    meshes.push({
      primitives: [
        {
          attributes: buffer.boxes([along(limb, THICK[bone.replace(/left|right/, "")])]),
          material: bone === "head" ? 1 : 0,
        },
      ],
    });
  }
  const face = faceBoxes(facing, 0, 0);
  nodes[at.get("head")!].children.push(nodes.length);
  nodes.push({ name: "face", translation: [0, 0, 0], children: [], mesh: meshes.length });
  meshes.push({
    primitives: [
      {
        attributes: buffer.boxes(face),
        material: 2,
        targets: [buffer.shift(face, faceBoxes(facing, 1, 0)), buffer.shift(face, faceBoxes(facing, 0, 1))],
      },
    ],
  });
  const image = buffer.add(Uint8Array.from(atob(SKIN), (c) => c.charCodeAt(0)));
  const shapes = [...blink.map((name) => ({ name, index: 0 })), ...open.map((name) => ({ name, index: 1 }))];
  const json = {
    asset: { version: "2.0", generator: "Attune's tests" },
    extensionsUsed: [version === "1.0" ? "VRMC_vrm" : "VRM"],
    extensions:
      version === "1.0"
        ? { VRMC_vrm: one(at, shapes, nodes.length - 1) }
        : { VRM: zero(at, shapes, meshes.length - 1) },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: nodes.map(({ children, ...node }) => (children.length > 0 ? { ...node, children } : node)),
    meshes,
    materials: [
      { name: "cloth", pbrMetallicRoughness: { baseColorFactor: [0.25, 0.42, 0.5, 1], metallicFactor: 0 } },
      { name: "skin", pbrMetallicRoughness: { baseColorTexture: { index: 0 }, metallicFactor: 0 } },
      { name: "ink", pbrMetallicRoughness: { baseColorFactor: [0.08, 0.05, 0.05, 1], metallicFactor: 0 } },
    ],
    textures: [{ source: 0 }],
    images: [{ bufferView: image, mimeType: "image/png" }],
    ...buffer.json(),
  };
  return glb(json, buffer.bytes());
}

/** Two chunks behind a head of twelve bytes. */
export function glb(json: unknown, binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const chunks = [
    { type: 0x4e4f534a, bytes: text, fill: 0x20 },
    { type: 0x004e4942, bytes: binary, fill: 0 },
  ].map((chunk) => ({ ...chunk, length: 4 * Math.ceil(chunk.bytes.length / 4) }));
  const out = new Uint8Array(12 + chunks.reduce((sum, { length }) => sum + 8 + length, 0));
  const view = new DataView(out.buffer);
  out.set(new TextEncoder().encode("glTF"));
  view.setUint32(4, 2, true);
  view.setUint32(8, out.length, true);
  let o = 12;
  for (const { type, bytes, fill, length } of chunks) {
    view.setUint32(o, length, true);
    view.setUint32(o + 4, type, true);
    out.fill(fill, o + 8, o + 8 + length).set(bytes, o + 8);
    o += 8 + length;
  }
  return out;
}

type Shape = { readonly name: string; readonly index: number };
const PRESETS = "happy angry sad relaxed surprised aa ih ou ee oh blink blinkLeft blinkRight".split(" ");

function one(at: ReadonlyMap<Bone, number>, shapes: readonly Shape[], node: number) {
  const of = (wanted: boolean) =>
    Object.fromEntries(
      shapes
        .filter(({ name }) => PRESETS.includes(name) === wanted)
        .map(({ name, index }) => [name, { morphTargetBinds: [{ node, index, weight: 1 }] }]),
    );
  return {
    specVersion: "1.0",
    meta: {
      name: "Boxes",
      authors: ["Attune's tests"],
      licenseUrl: "https://vrm.dev/licenses/1.0/",
      avatarPermission: "everyone",
      creditNotation: "required",
    },
    humanoid: { humanBones: Object.fromEntries([...at].map(([bone, index]) => [bone, { node: index }])) },
    expressions: { preset: of(true), custom: of(false) },
  };
}

const OLD_NAMES: Readonly<Record<string, string>> = {
  aa: "a",
  happy: "joy",
  blinkLeft: "blink_l",
  blinkRight: "blink_r",
};

function zero(at: ReadonlyMap<Bone, number>, shapes: readonly Shape[], mesh: number) {
  return {
    specVersion: "0.0",
    meta: { title: "Old boxes", author: "Attune's tests", allowedUserName: "Everyone", licenseName: "CC0" },
    humanoid: { humanBones: [...at].map(([bone, node]) => ({ bone, node, useDefaultValues: true })) },
    blendShapeMaster: {
      blendShapeGroups: shapes.map(({ name, index }) => ({
        name,
        presetName: PRESETS.includes(name) ? (OLD_NAMES[name] ?? name) : "unknown",
        binds: [{ mesh, index, weight: 100 }],
      })),
    },
    firstPerson: {},
    materialProperties: [],
    secondaryAnimation: { boneGroups: [], colliderGroups: [] },
  };
}

/** Lowest and highest corner. */
type Box = readonly [low: readonly number[], high: readonly number[]];

/** Half the thickness of what is not as thick as an arm, m. */
const THICK: Readonly<Record<string, number>> = {
  hips: 0.11,
  spine: 0.1,
  chest: 0.12,
  head: 0.09,
  UpperLeg: 0.065,
  LowerLeg: 0.05,
};

function along(limb: readonly number[], thick = 0.035): Box {
  return [
    limb.map((x) => Math.min(0, x) - (Math.abs(x) > 0.03 ? 0 : thick)),
    limb.map((x) => Math.max(0, x) + (Math.abs(x) > 0.03 ? 0 : thick)),
  ];
}

function faceBoxes(facing: number, closed: number, opened: number): Box[] {
  const z = 0.102 * facing;
  const box = (x: number, y: number, w: number, h: number): Box => [
    [x - w, y - h, z - 0.006],
    [x + w, y + h, z + 0.006],
  ];
  const lid = 0.02 * (1 - 0.9 * closed);
  return [box(0.035, 0.12, 0.014, lid), box(-0.035, 0.12, 0.014, lid), box(0, 0.045, 0.03, 0.005 + 0.025 * opened)];
}

function createBuffer() {
  const parts: Uint8Array[] = [],
    views: unknown[] = [],
    accessors: unknown[] = [];
  let length = 0;
  const add = (bytes: Uint8Array): number => {
    const padded = new Uint8Array(4 * Math.ceil(bytes.length / 4));
    padded.set(bytes);
    views.push({ buffer: 0, byteOffset: length, byteLength: bytes.length });
    parts.push(padded);
    length += padded.length;
    return views.length - 1;
  };
  const vectors = (values: readonly number[], type: "VEC3" | "VEC2"): number => {
    const wide = type === "VEC3" ? 3 : 2;
    const of = (pick: (...all: number[]) => number): number[] =>
      Array.from({ length: wide }, (_, c) => pick(...values.filter((__, k) => k % wide === c)));
    const data = Float32Array.from(values);
    accessors.push({
      bufferView: add(new Uint8Array(data.buffer)),
      componentType: 5126,
      count: values.length / wide,
      type,
      min: of(Math.min).map(Math.fround),
      max: of(Math.max).map(Math.fround),
    });
    return accessors.length - 1;
  };
  return {
    add,
    boxes: (boxes: readonly Box[]) => ({
      POSITION: vectors(boxes.flatMap(corners), "VEC3"),
      NORMAL: vectors(boxes.flatMap(normals), "VEC3"),
      TEXCOORD_0: vectors(
        boxes.flatMap(() => Array.from({ length: 36 }, () => [0.25, 0.25]).flat()),
        "VEC2",
      ),
    }),
    shift(from: readonly Box[], to: readonly Box[]) {
      const before = from.flatMap(corners);
      return {
        POSITION: vectors(
          to.flatMap(corners).map((x, k) => x - before[k]),
          "VEC3",
        ),
      };
    },
    json: () => ({ bufferViews: views, accessors, buffers: [{ byteLength: length }] }),
    bytes(): Uint8Array {
      const out = new Uint8Array(length);
      let o = 0;
      for (const part of parts) {
        out.set(part, o);
        o += part.length;
      }
      return out;
    },
  };
}

/** Twelve triangles, corner after corner. */
function corners([low, high]: Box): number[] {
  return faces((axis, sign, u, v) => {
    const p = [0, 0, 0];
    p[axis] = sign > 0 ? high[axis] : low[axis];
    p[(axis + 1) % 3] = u ? high[(axis + 1) % 3] : low[(axis + 1) % 3];
    p[(axis + 2) % 3] = v ? high[(axis + 2) % 3] : low[(axis + 2) % 3];
    return p;
  });
}

function normals(): number[] {
  return faces((axis, sign) => [0, 1, 2].map((c) => (c === axis ? sign : 0)));
}

function faces(point: (axis: number, sign: number, u: number, v: number) => number[]): number[] {
  const round = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
    [1, 1],
    [0, 1],
  ];
  return [0, 1, 2].flatMap((axis) =>
    [1, -1].flatMap((sign) => (sign > 0 ? round : round.toReversed()).flatMap(([u, v]) => point(axis, sign, u, v))),
  );
}
