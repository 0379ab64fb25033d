// The closed loop without a person: the figure is moved, the real models look at it, and what they see is compared with what was
// commanded. Runs in a page; e2e/closed-loop.ts drives it.

import { FACE_UNITS, SEEN, type Show, createShow, forward, pose, seenAt } from "@attune/core";
import { BLENDSHAPES, type FaceDetection, anglesOf, createFaceReader, readFace } from "@attune/perception";
import { FaceLandmarker, type FaceLandmarkerResult, FilesetResolver, PoseLandmarker } from "@mediapipe/tasks-vision";
import { JOINT } from "./body-draw.ts";
import { CALM, DROPPED, createCommands } from "./commands.ts";
import { createFigure, drawFigure } from "./figure.ts";
import { DARK, DEFAULT_LOOK, type Framing, LIGHT, type View } from "./look.ts";

export interface LoopOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Frames a second of the figure's time. */
  readonly rate?: number | undefined;
  readonly framing?: Framing | undefined;
  readonly theme?: "light" | "dark" | undefined;
  /** Whether units that are not compared move as well. */
  readonly others?: boolean | undefined;
  /** Where the models and the wasm are served from. */
  readonly models?: string | undefined;
  readonly wasm?: string | undefined;
}

export interface LoopResult {
  /** Pearson's r of commanded and seen, by channel. */
  readonly correlation: Readonly<Record<string, number>>;
  /** How much of it is seen: standard deviation seen / commanded, by channel. */
  readonly gain: Readonly<Record<string, number>>;
  /** Share of frames in which a face, and a body, was found. */
  readonly found: { readonly face: number; readonly body: number };
  readonly frames: number;
  /** Median ms of one `drawFigure`. */
  readonly drawMs: number;
}

/** @throws Error where the models cannot be loaded, or the page gives no canvas */
export async function runClosedLoop(options: LoopOptions): Promise<LoopResult> {
  const { seconds, seed, rate = 20, framing = "upper body", theme = "light", others = false } = options;
  const { faces, bodies } = await loadModels(options.models ?? "/models", options.wasm ?? "/wasm");
  const ctx = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
  if (ctx === null) throw new Error("runClosedLoop: this page gives no 2-D canvas");
  const figure = createFigure({ ...DEFAULT_LOOK, palette: theme === "dark" ? DARK : LIGHT });
  const view: View = { x: 0, y: 0, width: WIDTH, height: HEIGHT, scale: framing };
  const commands = createCommands(seed, others);
  const reader = createFaceReader();
  const pairs: Pairs = new Map();
  const truth = createTruth();
  const found = { face: 0, body: 0 };
  const times: number[] = [];
  let frames = 0;
  const last = Math.round((CALM + seconds) * rate);
  for (let k = 0; k < last; k++) {
    const time = k / rate;
    commands.at(time);
    const start = performance.now();
    ctx.fillStyle = theme === "dark" ? "#16181c" : "#f4f1ec";
    ctx.fillRect(0, 0, WIDTH, HEIGHT);
    drawFigure(ctx, figure, commands, view);
    const picture = ctx.getImageData(0, 0, WIDTH, HEIGHT);
    times.push(performance.now() - start);
    const face = detectionOf(faces.detectForVideo(picture, 1000 * time + 1));
    readFace(reader, face, time);
    const body =
      framing === "head and shoulders" ? undefined : bodies.detectForVideo(picture, 1000 * time + 1).worldLandmarks[0];
    if (time < CALM) continue;
    frames++;
    tell(truth, commands.own);
    if (face !== undefined) {
      found.face++;
      noteFace(pairs, commands.face, reader.units, face.blendshapes);
      noteHead(pairs, truth, reader.head);
    }
    if (body !== undefined) {
      found.body++;
      noteArms(pairs, truth, body);
    }
    // The page stays alive.
    if (k % 5 === 0) await new Promise((done) => setTimeout(done));
  }
  faces.close();
  bodies.close();
  const channels = [...pairs].map(([name, { x, y }]) => [name, correlate(x, y)] as const);
  return {
    correlation: Object.fromEntries(channels.map(([name, { r }]) => [name, r])),
    gain: Object.fromEntries(channels.map(([name, { gain }]) => [name, gain])),
    found: { face: found.face / frames, body: framing === "head and shoulders" ? NaN : found.body / frames },
    frames,
    drawMs: times.sort((a, b) => a - b)[times.length >> 1],
  };
}

/** Pearson's r, and how far y goes for x; NaN where one of them does not vary. */
export function correlate(x: readonly number[], y: readonly number[]): { r: number; gain: number } {
  const n = x.length;
  const mean = (v: readonly number[]): number => v.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let xx = 0,
    yy = 0,
    xy = 0;
  for (let k = 0; k < n; k++) {
    xx += (x[k] - mx) ** 2;
    yy += (y[k] - my) ** 2;
    xy += (x[k] - mx) * (y[k] - my);
  }
  return { r: xy / Math.sqrt(xx * yy), gain: Math.sqrt(yy / xx) };
}

const WIDTH = 640,
  HEIGHT = 480;

async function loadModels(models: string, wasm: string): Promise<{ faces: FaceLandmarker; bodies: PoseLandmarker }> {
  const fileset = await FilesetResolver.forVisionTasks(wasm);
  const base = (name: string) => ({ modelAssetPath: `${models}/${name}`, delegate: "CPU" as const });
  const faces = await FaceLandmarker.createFromOptions(fileset, {
    baseOptions: base("face_landmarker.task"),
    runningMode: "VIDEO",
    outputFaceBlendshapes: true,
    outputFacialTransformationMatrixes: true,
  });
  const bodies = await PoseLandmarker.createFromOptions(fileset, {
    baseOptions: base("pose_landmarker_lite.task"),
    runningMode: "VIDEO",
  });
  return { faces, bodies };
}

function detectionOf(result: FaceLandmarkerResult): FaceDetection | undefined {
  const landmarks = result.faceLandmarks[0];
  if (landmarks === undefined) return undefined;
  return {
    blendshapes: result.faceBlendshapes[0].categories.map(({ score }) => score),
    landmarks: landmarks.flatMap(({ x, y, z }) => [WIDTH * x, HEIGHT * y, WIDTH * z]),
    matrix: result.facialTransformationMatrixes[0].data,
  };
}

/** Where the commanded body is. */
interface Truth {
  readonly show: Show;
  readonly seen: Float64Array;
  readonly joints: Float64Array;
}

function createTruth(): Truth {
  return {
    show: createShow("attune-20", { trunk: 1 }),
    seen: new Float64Array(SEEN),
    joints: new Float64Array(60),
  };
}

function tell({ show, seen, joints }: Truth, own: Float64Array): void {
  forward(own, seen);
  pose(show, seen, joints);
}

/** Commanded and seen values of each channel. */
type Pairs = Map<string, { readonly x: number[]; readonly y: number[] }>;

function note(pairs: Pairs, channel: string, commanded: number, seen: number): void {
  const pair = pairs.get(channel) ?? { x: [], y: [] };
  pairs.set(channel, pair);
  if (!Number.isFinite(commanded) || !Number.isFinite(seen)) return;
  pair.x.push(commanded);
  pair.y.push(seen);
}

/** Attune's own units against commanded ones, and the jaw's score as it comes. */
function noteFace(pairs: Pairs, asked: Float32Array, read: Float32Array, scores: ArrayLike<number>): void {
  const of = (list: Float32Array, name: string): number => list[FACE_UNITS.indexOf(name)];
  const jaw = (list: Float32Array): number => DROPPED * of(list, "AU26") + (1 - DROPPED) * of(list, "AU27");
  note(pairs, "jaw", jaw(asked), jaw(read));
  note(pairs, "jawOpen", jaw(asked), scores[BLENDSHAPES.indexOf("jawOpen")]);
  note(pairs, "inner brows", of(asked, "AU01"), of(read, "AU01"));
  for (const [unit, what] of [
    ["AU02", "outer brows"],
    ["AU04", "brows lowered"],
    ["AU12", "smile"],
    ["AU43", "blink"],
  ] as const) {
    // Both sides are asked for alike; the far side of a turned head is seen less well.
    const [left, right] = [of(read, `${unit}L`), of(read, `${unit}R`)];
    note(pairs, what, of(asked, `${unit}L`), (left + right) / 2);
    note(pairs, `${what}, left`, of(asked, `${unit}L`), left);
    note(pairs, `${what}, right`, of(asked, `${unit}R`), right);
  }
}

const FORWARD = seenAt("face");

function noteHead(pairs: Pairs, { seen }: Truth, head: Float32Array): void {
  const { yaw, pitch } = anglesOf(head);
  note(pairs, "head yaw", Math.atan2(seen[FORWARD], seen[FORWARD + 2]), yaw);
  note(pairs, "head pitch", Math.asin(Math.max(-1, Math.min(1, seen[FORWARD + 1]))), pitch);
}

const { left, right } = JOINT;
/** Joints of the arms relative to their shoulders: ours, and the model's. */
const ARM_JOINTS = [
  { name: "left elbow", shoulder: left.shoulder, joint: left.elbow, from: 11, to: 13 },
  { name: "left wrist", shoulder: left.shoulder, joint: left.wrist, from: 11, to: 15 },
  { name: "right elbow", shoulder: right.shoulder, joint: right.elbow, from: 12, to: 14 },
  { name: "right wrist", shoulder: right.shoulder, joint: right.wrist, from: 12, to: 16 },
];

/** The model's x goes to the image's right as ours, its y down, its z away from the camera. */
function noteArms(pairs: Pairs, { joints }: Truth, world: readonly { x: number; y: number; z: number }[]): void {
  for (const { name, shoulder, joint, from, to } of ARM_JOINTS) {
    const offset = (c: number): number => joints[3 * joint + c] - joints[3 * shoulder + c];
    note(pairs, `${name} x`, offset(0), world[to].x - world[from].x);
    note(pairs, `${name} y`, offset(1), world[from].y - world[to].y);
    note(pairs, `${name} z`, offset(2), world[from].z - world[to].z);
  }
}
