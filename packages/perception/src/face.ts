// A face, frame by frame: what the models found -> signals -> units from the person's own rest -> smoothed, with head, gaze and
// what can be trusted of each. No models here: whoever runs them hands over numbers.

import { FACE, FACE_UNITS } from "@attune/core";
import { HEAD, anglesOf, gazeOf, headOf } from "./head.ts";
import { MEASURES, measure } from "./measures.ts";
import { BLENDSHAPES, LANDMARKS } from "./mesh.ts";
import { type Neutral, createNeutral, followRest } from "./neutral.ts";
import { type OneEuro, createOneEuro, smooth } from "./one-euro.ts";
import { type Signs, createSigns, watchSigns } from "./signs.ts";
import { SIGNALS, VISIBILITY, unitsOf } from "./units.ts";

/** What a face landmarker found in one picture. */
export interface FaceDetection {
  /** [52] in the order of BLENDSHAPES. */
  readonly blendshapes: ArrayLike<number>;
  /** [478, 3]: x and y in pixels (or any one length), z in the same; y down. */
  readonly landmarks: ArrayLike<number>;
  /** Facial transformation, 4 x 4 column-major, cm. */
  readonly matrix?: ArrayLike<number>;
}

/** Plain data. */
export interface FaceReader {
  neutral: Neutral;
  signs: Signs;
  filter: OneEuro;
  headFilter: OneEuro;
  time: number;
  /** The last frame: units [FACE] 0..1, how far each is to be trusted 0..1, head [7], gaze [3]; NaN where not seen. */
  units: Float32Array;
  confidence: Float32Array;
  head: Float32Array;
  gaze: Float32Array;
  scratch: { signals: Float64Array; measures: Float64Array; raw: Float32Array; head: Float32Array };
}

/** Until a person's rest is known, units are trusted half as far. */
const UNSETTLED = 0.5;
/** Yaw beyond which the far side of a face is hidden, rad, and the trust left in it. */
const TURNED = 0.6;
const HIDDEN = 0.25;

export function createFaceReader(): FaceReader {
  return {
    neutral: createNeutral(),
    signs: createSigns(),
    // Blinks last 0.1 s: the cutoff has to open fast; at rest 1.5 Hz keeps a still face still.
    filter: createOneEuro(FACE, { minCutoff: 1.5, beta: 2, speedCutoff: 2 }),
    headFilter: createOneEuro(HEAD, { minCutoff: 1.5, beta: 4, speedCutoff: 2 }),
    time: NaN,
    units: new Float32Array(FACE).fill(NaN),
    confidence: new Float32Array(FACE),
    head: new Float32Array(HEAD).fill(NaN),
    gaze: new Float32Array(3).fill(NaN),
    scratch: {
      signals: new Float64Array(SIGNALS.length),
      measures: new Float64Array(MEASURES.length),
      raw: new Float32Array(FACE),
      head: new Float32Array(HEAD),
    },
  };
}

/**
 * Reads one picture; the result is in `reader.units`, `confidence`, `head`, `gaze`, events in `reader.signs.last`.
 *
 * @param found undefined where no face was found: everything is NaN then, trusted 0
 * @param time s, later than the picture before; pictures whose time does not go on are left out
 * @throws RangeError where the arrays have other lengths than the models give
 */
export function readFace(reader: FaceReader, found: FaceDetection | undefined, time: number): void {
  if (!Number.isFinite(time) || time <= reader.time) return;
  const dt = Number.isNaN(reader.time) ? 0 : time - reader.time;
  reader.time = time;
  const { units, confidence, head, gaze, scratch, neutral } = reader;
  if (found === undefined) {
    for (const list of [units, head, gaze]) list.fill(NaN);
    confidence.fill(0);
    watchSigns(reader.signs, time, NaN, NaN, NaN);
    return;
  }
  check("blendshapes", found.blendshapes, BLENDSHAPES.length);
  check("landmarks", found.landmarks, 3 * LANDMARKS);
  scratch.signals.set(found.blendshapes);
  measure(found.landmarks, scratch.measures);
  scratch.signals.set(scratch.measures, BLENDSHAPES.length);
  unitsOf(scratch.signals, neutral.rest, scratch.raw);
  followRest(neutral, scratch.signals, scratch.raw, time, dt);
  smooth(reader.filter, scratch.raw, time, units);
  if (found.matrix !== undefined) {
    check("matrix", found.matrix, 16);
    headOf(found.matrix, scratch.head);
  } else scratch.head.fill(NaN);
  smooth(reader.headFilter, scratch.head, time, head);
  normalise(head);
  look(found.blendshapes, head, gaze);
  const { yaw, pitch } = anglesOf(head);
  for (let u = 0; u < FACE; u++)
    confidence[u] = Number.isNaN(units[u]) ? 0 : trust(u, yaw) * (neutral.settled ? 1 : UNSETTLED);
  watchSigns(reader.signs, time, pitch, yaw, Math.min(scratch.raw[CLOSED_L], scratch.raw[CLOSED_R]));
}

const CLOSED_L = FACE_UNITS.indexOf("AU43L"),
  CLOSED_R = FACE_UNITS.indexOf("AU43R");

/** A head turned to the person's left hides their right side from the camera, and the other way round. */
function trust(unit: number, yaw: number): number {
  const side = FACE_UNITS[unit].slice(4);
  const hidden = (side === "R" && yaw > TURNED) || (side === "L" && yaw < -TURNED);
  return VISIBILITY[unit] * (hidden ? HIDDEN : 1);
}

/** Filtering components apart leaves a quaternion a little short. */
function normalise(head: Float32Array): void {
  const length = Math.hypot(head[0], head[1], head[2], head[3]);
  for (let i = 0; i < 4; i++) head[i] /= length;
}

const at = (name: string): number => BLENDSHAPES.indexOf(name);
const EYES = {
  inLeft: at("eyeLookInLeft"),
  outLeft: at("eyeLookOutLeft"),
  upLeft: at("eyeLookUpLeft"),
  downLeft: at("eyeLookDownLeft"),
  inRight: at("eyeLookInRight"),
  outRight: at("eyeLookOutRight"),
  upRight: at("eyeLookUpRight"),
  downRight: at("eyeLookDownRight"),
};

function look(scores: ArrayLike<number>, head: Float32Array, gaze: Float32Array): void {
  gazeOf(
    {
      inLeft: scores[EYES.inLeft],
      outLeft: scores[EYES.outLeft],
      upLeft: scores[EYES.upLeft],
      downLeft: scores[EYES.downLeft],
      inRight: scores[EYES.inRight],
      outRight: scores[EYES.outRight],
      upRight: scores[EYES.upRight],
      downRight: scores[EYES.downRight],
    },
    head,
    gaze,
  );
}

function check(what: string, list: ArrayLike<number>, length: number): void {
  if (list.length !== length)
    throw new RangeError(
      `readFace: ${list.length} ${what} came, ${length} were wanted, as MediaPipe's face landmarker gives them with blendshapes`,
    );
}
