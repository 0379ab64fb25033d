// The worker: pictures in, what was seen out. Everything that takes time is done here: models, reading, smoothing.

import type { Frame } from "@attune/core";
import type { FaceLandmarkerResult, ImageSource, PoseLandmarkerResult } from "@mediapipe/tasks-vision";
import {
  LANDMARKS,
  POSE,
  createCompany,
  createFaceReader,
  createPace,
  createPoseReader,
  noteFaces,
  notePicture,
  poseNext,
  readFace,
  readPose,
  retake,
  searchDue,
} from "../src/index.ts";
import { type Looker, ModelError, createLooker } from "./looker.ts";
import { createPixels } from "./pixels.ts";
import type { FromWorker, Landmarks, Seen, Start, ToWorker, Way, WorkTimings } from "./protocol.ts";
import { rendererName, waysFor } from "./ways.ts";

/** The part of a worker's global scope that is used; the DOM's types have a window there. */
const scope = globalThis as unknown as {
  addEventListener(kind: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

/** Pictures that do not count for the pace: models warm up. */
const WARM_UP = 5;
/** s a body found before is drawn on, though every third picture is the fewest it is looked for in. */
const STALE = 0.5;
/** Time of the first picture for the models, ms: the blank one before it was 0. */
const BEGIN = 1000;

const face = createFaceReader(),
  pose = createPoseReader(),
  pace = createPace(),
  company = createCompany(),
  pixels = createPixels();
/** [478, 3] in pixels, and [33, 3] and [33] as the pose model has them. */
const points = new Float32Array(3 * LANDMARKS),
  scores = new Float32Array(52),
  world = new Float32Array(3 * POSE),
  visibility = new Float32Array(POSE);
let posePoints: Float32Array | undefined,
  poseTime = -Infinity,
  pictures = 0;
let started: Start | undefined, looker: Looker | undefined, broken: unknown;
let ways: Way[] = [];

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "start") void begin(data);
  else if (data.kind === "retake") retake(face.neutral);
  else void work(data.image, data.time);
});

async function begin(start: Start): Promise<void> {
  started = start;
  const renderer = rendererName();
  ways = start.ways ? [...start.ways] : waysFor(renderer, start.gpu);
  const ready = await nextWay(start);
  if (ready) scope.postMessage({ kind: "ready", way: ready.way, renderer }, []);
}

/** Takes the best way that is left and works on a blank picture; undefined, and told, where none is left. */
async function nextWay(start: Start): Promise<Looker | undefined> {
  for (let way = ways.shift(); way; way = ways.shift()) {
    looker?.close();
    looker = undefined;
    try {
      looker = await createLooker(start, way);
      const blank = new ImageData(64, 48);
      looker.face(blank, 0);
      if (looker.hasPose) looker.pose(blank, 0);
      if (looker.hasCount) looker.count(blank);
      return looker;
    } catch (error) {
      // Another way does not make a wrong model right.
      if (error instanceof ModelError || ways.length === 0) {
        fail(error);
        return undefined;
      }
    }
  }
  fail(broken);
  return undefined;
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  scope.postMessage({ kind: "failed", trouble: error instanceof ModelError ? "model" : "machinery", message }, []);
}

async function work(image: ImageBitmap | VideoFrame, time: number): Promise<void> {
  const began = performance.now();
  try {
    if (!looker) return;
    let seen: Seen;
    try {
      seen = await look(looker, image, time, began);
    } catch (error) {
      // WebGL that was there may break, or be taken away: the next way does without.
      broken = error;
      const next = started && (await nextWay(started));
      if (!next) return;
      seen = await look(next, image, time, began);
    }
    scope.postMessage(seen, buffersOf(seen));
  } catch (error) {
    fail(error);
  } finally {
    image.close();
  }
}

async function look(eyes: Looker, image: ImageBitmap | VideoFrame, time: number, began: number): Promise<Seen> {
  const ms = BEGIN + 1000 * time;
  const picture: ImageSource = eyes.way === "plain" ? await pixels.read(image) : image;
  const width = "displayWidth" in image ? image.displayWidth : image.width,
    height = "displayHeight" in image ? image.displayHeight : image.height;
  const read = performance.now();
  const found = takeFace(eyes.face(picture, ms), width, height);
  readFace(face, found, time);
  const faced = performance.now();
  const posed = eyes.hasPose && poseNext(pace);
  if (posed) readPose(pose, takePose(eyes.pose(picture, ms), time), time);
  const bodied = performance.now();
  const searched = eyes.hasCount && searchDue(company, time) ? eyes.count(picture) : undefined;
  noteFaces(company, time, found !== undefined, searched);
  const ended = performance.now();
  if (++pictures > WARM_UP) notePicture(pace, ended - began, posed, time);
  const timings: WorkTimings = {
    pixels: read - began,
    face: faced - read,
    pose: bodied - faced,
    search: ended - bodied,
    total: ended - began,
  };
  return {
    kind: "seen",
    frame: frameOf(time, posed),
    posed,
    every: pace.every,
    people: company.people,
    signs: face.signs.last,
    settled: face.neutral.settled,
    landmarks: started?.landmarks ? landmarksOf(found !== undefined, width, height, time) : undefined,
    timings,
  };
}

/** Only what was looked for in this picture: a body carried over would say that it has not moved. */
function frameOf(time: number, posed: boolean): Frame {
  const frame: Frame = { time };
  if (!Number.isNaN(face.head[0]) || face.confidence.some((c) => c > 0)) {
    frame.face = face.units.slice();
    frame.faceConfidence = face.confidence.slice();
    if (!Number.isNaN(face.gaze[0])) frame.gaze = face.gaze.slice();
    if (!Number.isNaN(face.head[0])) frame.head = face.head.slice();
  }
  if (posed && pose.confidence.some((c) => c > 0)) {
    frame.body = pose.body.slice();
    frame.bodyConfidence = pose.confidence.slice();
  }
  return frame;
}

function takeFace(result: FaceLandmarkerResult, width: number, height: number) {
  const [landmarks] = result.faceLandmarks,
    [shapes] = result.faceBlendshapes,
    [matrix] = result.facialTransformationMatrixes;
  if (!landmarks || !shapes) return undefined;
  landmarks.forEach(({ x, y, z }, i) => points.set([x * width, y * height, z * width], 3 * i));
  shapes.categories.forEach(({ score }, i) => (scores[i] = score));
  return { blendshapes: scores, landmarks: points, ...(matrix && { matrix: matrix.data }) };
}

function takePose(result: PoseLandmarkerResult, time: number) {
  const [body] = result.worldLandmarks,
    [places] = result.landmarks;
  posePoints = undefined;
  if (!body || !places) return undefined;
  body.forEach((joint, j) => {
    world.set([joint.x, joint.y, joint.z], 3 * j);
    visibility[j] = joint.visibility;
  });
  posePoints = Float32Array.from(places.flatMap(({ x, y, z }) => [x, y, z]));
  poseTime = time;
  return { world, visibility };
}

function landmarksOf(found: boolean, width: number, height: number, time: number): Landmarks {
  const scale = [width, height, width];
  const fresh = posePoints && time - poseTime < STALE ? posePoints.slice() : undefined;
  return {
    ...(found && { face: points.map((v, i) => v / scale[i % 3]) }),
    ...(fresh && { pose: fresh }),
  };
}

function buffersOf({ frame, landmarks }: Seen): Transferable[] {
  const all = [frame.face, frame.faceConfidence, frame.gaze, frame.head, frame.body, frame.bodyConfidence];
  return [...all, landmarks?.face, landmarks?.pose].flatMap((list) => (list ? [list.buffer as ArrayBuffer] : []));
}
