// What the test page offers to the test that drives it. No types of the browser's here: the test runs in Node.

import type { LiveState, Sight, SightTimings } from "../live.ts";
import type { Trouble } from "../errors.ts";
import type { Way } from "../protocol.ts";
import type { Doing } from "./figure.ts";

/** A stretch of film: from one to the other, for so many pictures. */
export interface Take {
  readonly from: Partial<Doing>;
  readonly to: Partial<Doing>;
  readonly pictures: number;
  /** A second person beside. */
  readonly company?: boolean;
}

export interface Watching {
  /** At most. */
  readonly seconds: number;
  /** Ends before that once so many s of film were seen in so many pictures with a face; `known`: and the person's rest known. */
  readonly enough?: { readonly film: number; readonly pictures: number; readonly known?: boolean };
  readonly pose: boolean;
  readonly ways?: readonly Way[];
  /** Takes the rest anew after the person has turned and come back, and forgets what was before. */
  readonly retake?: boolean;
  /** Whatever else comes of the address that models are fetched from. */
  readonly models?: string;
  readonly wasmPath?: string;
  /** ms the page itself is kept busy after each sight. */
  readonly busy?: number;
}

/** Plain numbers of a sight. */
export interface Noted {
  readonly time: number;
  readonly units: readonly number[] | undefined;
  readonly trust: number;
  readonly head: readonly number[] | undefined;
  readonly gaze: readonly number[] | undefined;
  readonly body: readonly number[] | undefined;
  readonly bodyTrust: readonly number[] | undefined;
  readonly voice: Sight["frame"]["voice"];
  readonly posed: boolean;
  readonly people: number;
  readonly signs: readonly string[];
  readonly settled: boolean;
  readonly timings: SightTimings;
  /** Where the video was when this was told, s. */
  readonly shown: number;
  readonly facePoints: number;
  readonly posePoints: number;
}

export interface Watched {
  readonly sights: Noted[];
  readonly states: LiveState[];
  readonly way: Way;
  readonly renderer: string;
  readonly header: object;
  /** ms */
  readonly longestStall: number;
  readonly dropped: number;
}

export type Outcome<T> =
  | { readonly ok: T }
  | { readonly kind: Trouble; readonly message: string; readonly wayOut: string };

export interface TestPage {
  /** JPEG pictures, base64. */
  film(takes: readonly Take[]): Promise<string[]>;
  /** A WebM video, base64; in real time. */
  video(takes: readonly Take[]): Promise<string>;
  camera(options: Watching & { readonly microphone?: boolean }): Promise<Outcome<Watched>>;
  file(base64: string, name: string, options: Watching): Promise<Outcome<Watched>>;
  /** The camera taken away after half a second; what the source says then. */
  loseCamera(options: Watching): Promise<Outcome<{ state: LiveState; kind: Trouble | undefined; video: boolean }>>;
  pauses(options: Watching): Promise<Outcome<{ states: LiveState[]; whilePaused: number; after: number }>>;
  microphone(seconds: number): Promise<Outcome<{ pitchHz: number; loudness: number; speaking: boolean }[]>>;
}
