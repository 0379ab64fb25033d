// The data every room shares: one instant of one person, and the header that says how to read it.
// Produced by io or by a perception source; core never parses.

/** One instant of one person. All arrays are row-major; NaN marks what was not seen. */
export interface Frame {
  /** Seconds since the recording's own zero. */
  time: number;
  who?: string;
  /** [joints, 3] in the recording's named skeleton and units ([joints, 2] for a 2-D skeleton). */
  body?: Float32Array;
  /** [joints], 0..1. */
  bodyConfidence?: Float32Array;
  /** [units], 0..1, in the header's face set. */
  face?: Float32Array;
  faceConfidence?: Float32Array;
  /** Unit direction. */
  gaze?: Float32Array;
  /** Rotation (quaternion w, x, y, z) and position. */
  head?: Float32Array;
  voice?: { pitchHz: number; loudness: number; speaking: boolean };
  /** Anything else that moves: pen, glove, watch. */
  channels?: Float32Array;
  sounds?: readonly string[];
  words?: readonly string[];
  objects?: readonly { kind: string; position: readonly number[]; role?: string }[];
}

/** Which way is up in a recording's coordinates. */
export type UpAxis = "x" | "y" | "z" | "-x" | "-y" | "-z";

/** Joints, their parents and their place in a person's body. Skeletons are data: see `body/skeletons.ts`. */
export interface Skeleton {
  readonly name: string;
  readonly joints: readonly string[];
  /** Coordinates per joint. */
  readonly dims: 2 | 3;
  /** Index of each joint's parent, -1 for a root; absent where the set names no hierarchy. */
  readonly parents?: readonly number[];
  /** [joints, 3] rest offsets from the parent, in the recording's units (BVH). */
  readonly offsets?: readonly number[];
}

/** What must be known to read the frames of a recording. Plain JSON. */
export interface RecordingHeader {
  readonly format: "attune-recording";
  readonly version: 1;
  readonly who?: string;
  /** A known skeleton's name, or a whole skeleton where the recording brings its own. */
  readonly skeleton?: string | Skeleton;
  readonly units?: "m" | "cm" | "mm" | "px" | "fraction" | "other";
  readonly up?: UpAxis;
  readonly faceSet?: string;
  readonly channels?: readonly string[];
  /** Nominal frames a second; absent where unknown. */
  readonly rate?: number;
  readonly source?: string;
  readonly consent?: string;
}
