// The models perception runs on: where they come from and how to tell that they came whole. Facts only; whoever loads
// them fetches them once, when asked to, and checks them against this list.

export interface ModelFacts {
  readonly name: string;
  readonly task: "face" | "pose";
  /** File name, here and at the official address. */
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly licence: string;
  /** The official address, of this very version. */
  readonly url: string;
}

const HOME = "https://storage.googleapis.com/mediapipe-models";

export const MODELS: readonly ModelFacts[] = [
  {
    name: "face_landmarker",
    task: "face",
    file: "face_landmarker.task",
    bytes: 3_758_596,
    sha256: "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    licence: "Apache-2.0",
    url: `${HOME}/face_landmarker/face_landmarker/float16/1/face_landmarker.task`,
  },
  {
    name: "pose_landmarker_lite",
    task: "pose",
    file: "pose_landmarker_lite.task",
    bytes: 5_777_746,
    sha256: "59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a",
    licence: "Apache-2.0",
    url: `${HOME}/pose_landmarker/pose_landmarker_lite/float16/1/pose_landmarker_lite.task`,
  },
];
