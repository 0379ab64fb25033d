// What goes between the page and the worker that runs the models. Every buffer is handed over, none is copied.

import type { Frame } from "@attune/core";
import type { Sign } from "../src/index.ts";
import type { Trouble } from "./errors.ts";

/**
 * How pictures get into the models. gpu: on a real graphics card. webgl: CPU, through the browser's WebGL. plain: CPU, without
 * any WebGL.
 */
export type Way = "gpu" | "webgl" | "plain";

export interface Start {
  readonly kind: "start";
  readonly face: Uint8Array;
  readonly pose?: Uint8Array | undefined;
  /** Address of the folder with the runtime, absolute. */
  readonly wasm: string;
  readonly gpu: boolean;
  /** Whether landmarks are wanted for drawing. */
  readonly landmarks: boolean;
  /** Whether other faces are searched for. */
  readonly company: boolean;
  /** Ways to try, in order; absent: what suits the machine. */
  readonly ways?: readonly Way[] | undefined;
}

export type ToWorker =
  | Start
  | { readonly kind: "picture"; readonly image: ImageBitmap | VideoFrame; readonly time: number }
  | { readonly kind: "retake" };

/** ms: pixels is getting them out of the picture, search that for other faces. 0 where it was not done. */
export interface WorkTimings {
  readonly pixels: number;
  readonly face: number;
  readonly pose: number;
  readonly search: number;
  /** From the picture's arrival in the worker until its answer. */
  readonly total: number;
}

/** Landmarks for drawing, in fractions of the picture. */
export interface Landmarks {
  /** [478, 3] */
  readonly face?: Float32Array;
  /** [33, 3]; of the last picture the body was looked for in, while that is not older than the pace has it. */
  readonly pose?: Float32Array;
}

export interface Seen {
  readonly kind: "seen";
  readonly frame: Frame;
  readonly posed: boolean;
  /** The body is looked for in every so many pictures. */
  readonly every: number;
  readonly people: number;
  readonly signs: Sign[];
  readonly settled: boolean;
  readonly landmarks: Landmarks | undefined;
  readonly timings: WorkTimings;
}

export type FromWorker =
  | { readonly kind: "ready"; readonly way: Way; readonly renderer: string }
  | { readonly kind: "failed"; readonly trouble: Trouble; readonly message: string }
  | Seen;
