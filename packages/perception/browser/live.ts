// A camera or a playing file, watched: pictures go one at a time to the worker, the newest first, and what it sees comes back
// to whoever listens. On the page's own thread only the grabbing is done.

import type { Frame, RecordingHeader } from "@attune/core";
import {
  FACE_SET,
  type PerceptionSource,
  type Sign,
  type VoiceReading,
  createNewest,
  createRhythm,
  isFresh,
  notePeriod,
} from "../src/index.ts";
import type { PerceptionError } from "./errors.ts";
import { framesOf } from "./frames.ts";
import type { Models } from "./models.ts";
import { watchPictures } from "./pictures.ts";
import type { FromWorker, Landmarks, Way, WorkTimings } from "./protocol.ts";
import { type Started, crashed, troubleOf } from "./start.ts";

export interface WatchOptions {
  readonly models: Models;
  /** Folder on this origin that serves the runtime, `@mediapipe/tasks-vision/wasm`; default "/perception/wasm". */
  readonly wasmPath?: string | undefined;
  /** "never" (default): the CPU. "when real": the graphics card, where there is one. */
  readonly gpu?: "never" | "when real" | undefined;
  /** Whether sights bring landmarks for drawing; default false. */
  readonly landmarks?: boolean | undefined;
  /** Whether other faces are looked for, about once a second; default true. */
  readonly company?: boolean | undefined;
  /** Ways of running the models to try, in order; default: what suits the machine. */
  readonly ways?: readonly Way[] | undefined;
}

/** What was seen in one picture. */
export interface Sight {
  /** Holds only what was looked for in this picture and found. */
  readonly frame: Frame;
  /** Whether the body was looked for: a mind that follows bodies steps on these, since others say nothing of them. */
  readonly posed: boolean;
  /** Faces in the picture; a second one takes up to a second and a half to be told. */
  readonly people: number;
  readonly signs: readonly Sign[];
  /** Whether the person's own rest is known; until then units are read from what faces commonly have. */
  readonly settled: boolean;
  readonly landmarks?: Landmarks;
  readonly timings: SightTimings;
}

/** All in ms; what was not done took 0. */
export interface SightTimings extends WorkTimings {
  /** Grabbing the picture, on the page's thread. */
  readonly grab: number;
  /** From grabbing the picture until what is in it is told. */
  readonly round: number;
  /** From when the camera took the picture (or the browser showed it, where that is not known) until what is in it is told. */
  readonly age: number;
  /** The body is looked for in every so many pictures. */
  readonly every: number;
}

/**
 * watching; paused: by `pause`; hidden: the tab is out of sight and browsers give no pictures then; ended: the file is over;
 * failed: see `error`; disposed.
 */
export type LiveState = "watching" | "paused" | "hidden" | "ended" | "failed" | "disposed";

export interface LiveSource extends PerceptionSource {
  /** For showing; muted. Not to be played or paused from outside. */
  readonly video: HTMLVideoElement;
  readonly state: LiveState;
  /** Why it failed. */
  readonly error: PerceptionError | undefined;
  /** How the models run. */
  readonly way: Way;
  /** Name of what draws WebGL here; empty where there is none. */
  readonly renderer: string;
  /** Pictures that gave way to newer ones. */
  readonly dropped: number;
  /** Called once for each picture worked on. @returns what ends it */
  onSight(listener: (sight: Sight) => void): () => void;
  /** Called whenever `state` has changed. @returns what ends it */
  onState(listener: (state: LiveState) => void): () => void;
  /** Takes the person's rest anew, from the next second and a half. */
  retakeNeutral(): void;
  /** Looks at nothing until `resume`: a camera gives black pictures meanwhile. */
  pause(): void;
  resume(): void;
  /** Lets camera and models go, for good. */
  dispose(): void;
  /** Where voice in frames comes from; see `joinVoice`. */
  voice: { readonly reading: VoiceReading | undefined } | undefined;
}

/** What is played, and what pausing and letting go mean for it. */
export interface Played {
  readonly video: HTMLVideoElement;
  readonly source: string;
  readonly rate: number | undefined;
  /** Whether times are the file's own. */
  readonly file: boolean;
  run(on: boolean): void;
  release(): void;
}

/** A source, and what only the one who opened it may tell of it. */
export interface Live {
  readonly source: LiveSource;
  fail(reason: PerceptionError): void;
  /** The file is over: what is in work or waits is seen to its end. */
  end(): void;
}

export function createLive({ worker, way, renderer }: Started, played: Played, hasPose: boolean): Live {
  const { video } = played;
  const sights = new Set<(sight: Sight) => void>(),
    states = new Set<(state: LiveState) => void>();
  let state: LiveState = "watching",
    error: PerceptionError | undefined,
    wanted = true,
    ending = false;
  /** Of the picture in work: when it was taken (NaN: none is in work), when it was grabbed, and what that took; ms. */
  let takenAt = NaN,
    grabbedAt = 0,
    grab = 0;
  const rhythm = createRhythm();
  const newest = createNewest<{ time: number; at: number; shown: number }>(
    ({ time, at }) => {
      takenAt = at;
      void send(time);
    },
    // A file's pictures are few enough to want each; a camera's come anew.
    ({ shown }) => played.file || isFresh(rhythm, shown, performance.now()),
  );
  const stopPictures = watchPictures(video, played.file, (time, at) => {
    const shown = performance.now();
    notePeriod(rhythm, shown);
    if (state === "watching") newest.offer({ time, at, shown });
  });

  async function send(time: number): Promise<void> {
    grabbedAt = performance.now();
    try {
      // Handed over, not copied; a bitmap would have to be drawn on this thread.
      const image = typeof VideoFrame === "undefined" ? await createImageBitmap(video) : new VideoFrame(video);
      grab = performance.now() - grabbedAt;
      worker.postMessage({ kind: "picture", image, time }, [image]);
    } catch {
      // There is no picture yet, or none any more: the next one is told of.
      done();
    }
  }

  function done(): void {
    takenAt = NaN;
    newest.done();
    if (ending && Number.isNaN(takenAt)) become("ended");
  }

  worker.addEventListener("error", (event) => fail(crashed(event)));
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === "failed") fail(troubleOf(data));
    if (data.kind !== "seen") return;
    const now = performance.now();
    const timings = { ...data.timings, grab, every: data.every, round: now - grabbedAt, age: now - takenAt };
    const watching = state === "watching";
    // The next picture is sent off before this one is told of: listeners may take their time. At the end of a file there
    // may be none, and telling comes first.
    if (!ending) done();
    if (watching) {
      const { frame, posed, people, signs, settled, landmarks } = data;
      const voice = source.voice?.reading;
      if (voice) frame.voice = { ...voice };
      tell(sights, { frame, posed, people, signs, settled, timings, ...(landmarks && { landmarks }) });
    }
    if (ending) done();
  });

  function become(next: LiveState): void {
    if (next === state || state === "disposed" || (isOver(state) && next !== "disposed")) return;
    const over = isOver(state);
    state = next;
    if (next !== "watching") newest.clear();
    if (!isOver(next)) played.run(next === "watching");
    else if (!over) {
      document.removeEventListener("visibilitychange", settle);
      stopPictures();
      played.release();
      worker.terminate();
    }
    tell(states, next);
  }

  function settle(): void {
    become(!wanted ? "paused" : document.hidden ? "hidden" : "watching");
  }

  function fail(reason: PerceptionError): void {
    if (isOver(state)) return;
    error = reason;
    become("failed");
  }

  const source: LiveSource = {
    header: headerOf(played, hasPose),
    video,
    way,
    renderer,
    voice: undefined,
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    get dropped() {
      return newest.dropped;
    },
    onSight: (listener) => listen(sights, listener),
    onState: (listener) => listen(states, listener),
    frames: (stop) => framesOf(source, stop),
    retakeNeutral() {
      if (!isOver(state)) worker.postMessage({ kind: "retake" }, []);
    },
    pause() {
      wanted = false;
      settle();
    },
    resume() {
      wanted = true;
      settle();
    },
    dispose: () => become("disposed"),
  };
  document.addEventListener("visibilitychange", settle);
  settle();
  if (state === "watching") played.run(true);
  return {
    source,
    fail,
    end() {
      ending = true;
      if (Number.isNaN(takenAt)) become("ended");
    },
  };
}

function isOver(state: LiveState): boolean {
  return state === "ended" || state === "failed" || state === "disposed";
}

function headerOf({ source, rate }: Played, hasPose: boolean): RecordingHeader {
  return {
    format: "attune-recording",
    version: 1,
    ...(hasPose && { skeleton: "mediapipe-33", units: "m", up: "-y" }),
    faceSet: FACE_SET,
    ...(rate !== undefined && { rate }),
    source,
  };
}

function listen<T>(all: Set<(news: T) => void>, listener: (news: T) => void): () => void {
  all.add(listener);
  return () => void all.delete(listener);
}

/** One listener's error is its own: it is thrown where nobody else is in the way. */
function tell<T>(all: ReadonlySet<(news: T) => void>, news: T): void {
  for (const listener of all)
    try {
      listener(news);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
}
