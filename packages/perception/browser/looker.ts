// MediaPipe's tasks, made and asked in one place: the face, the body, and whether there are other faces. Runs in the worker.

import {
  FaceDetector,
  FaceLandmarker,
  type FaceLandmarkerResult,
  FilesetResolver,
  type ImageSource,
  PoseLandmarker,
  type PoseLandmarkerResult,
} from "@mediapipe/tasks-vision";
import { checkModel } from "../src/index.ts";
import { createPlainCanvas } from "./plain-webgl.ts";
import type { Start, Way } from "./protocol.ts";

export interface Looker {
  readonly way: Way;
  readonly hasPose: boolean;
  readonly hasCount: boolean;
  face(picture: ImageSource, ms: number): FaceLandmarkerResult;
  pose(picture: ImageSource, ms: number): PoseLandmarkerResult;
  /** Faces in the whole picture. */
  count(picture: ImageSource): number;
  close(): void;
}

/** Something of the models' files is not as it has to be. */
export class ModelError extends Error {}

/** How sure a face must be to count as another person's: a poster must not stop everything. */
const ANOTHER = 0.6;

/**
 * @throws ModelError where a model's bytes are not what was wanted
 * @throws Error where the runtime does not start
 */
export async function createLooker(start: Start, way: Way): Promise<Looker> {
  const face = checked("face", start.face);
  if (start.pose) checked("pose", start.pose);
  // The second argument: module workers need the runtime's module build.
  const files = await FilesetResolver.forVisionTasks(start.wasm, true);
  const compiled = compile(files.wasmBinaryPath);
  const common = (bytes: Uint8Array) => ({
    baseOptions: {
      modelAssetBuffer: bytes,
      delegate: way === "gpu" ? ("GPU" as const) : ("CPU" as const),
    },
    // One each: every task keeps textures of its own in it.
    canvas: way === "plain" ? createPlainCanvas() : new OffscreenCanvas(1, 1),
  });
  const made: { close(): void }[] = [];
  async function make<T extends { close(): void }>(create: () => Promise<T>): Promise<T> {
    await armRuntime(files.wasmLoaderPath, compiled);
    const task = await create();
    made.push(task);
    return task;
  }
  const close = (): void => made.splice(0).forEach((task) => task.close());
  try {
    const faces = await make(() =>
      FaceLandmarker.createFromOptions(files, {
        ...common(start.face),
        runningMode: "VIDEO",
        numFaces: 1,
        outputFaceBlendshapes: true,
        outputFacialTransformationMatrixes: true,
      }),
    );
    const pose = start.pose;
    const poses = pose
      ? await make(() =>
          PoseLandmarker.createFromOptions(files, { ...common(pose), runningMode: "VIDEO", numPoses: 1 }),
        )
      : undefined;
    const detector = face.find(({ name }) => name === "face_detector.tflite")?.bytes;
    const crowd =
      start.company && detector
        ? await make(() =>
            FaceDetector.createFromOptions(files, {
              ...common(detector.slice()),
              runningMode: "IMAGE",
              minDetectionConfidence: ANOTHER,
            }),
          )
        : undefined;
    return {
      way,
      hasPose: poses !== undefined,
      hasCount: crowd !== undefined,
      face: (picture, ms) => faces.detectForVideo(picture, ms),
      pose(picture, ms) {
        if (!poses) throw new Error("no pose model was given");
        return poses.detectForVideo(picture, ms);
      },
      count: (picture) => crowd?.detect(picture).detections.length ?? 0,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function checked(kind: "face" | "pose", bytes: Uint8Array) {
  try {
    return checkModel(kind, bytes);
  } catch (error) {
    throw new ModelError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Every task takes the factory away when it is made, and a module is run only once: it has to be put back each time. The
 * runtime is compiled once for all of them, which is most of the time they take to start.
 */
async function armRuntime(loader: string, compiled: Promise<WebAssembly.Module>): Promise<void> {
  const [{ default: factory }, module] = await Promise.all([
    import(/* @vite-ignore */ loader) as Promise<{ default: unknown }>,
    compiled,
  ]);
  Object.assign(globalThis, {
    ModuleFactory: factory,
    Module: {
      instantiateWasm(imports: WebAssembly.Imports, receive: (made: WebAssembly.Instance, of: object) => void) {
        void WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module));
        return {};
      },
    },
  });
}

/** @throws Error saying what came where it is no runtime */
async function compile(address: string): Promise<WebAssembly.Module> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the runtime was asked for at ${address} and ${answer.status} came`);
  // Compiling while it comes needs the right type; without, it is only a little slower.
  return answer.headers.get("content-type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer());
}
