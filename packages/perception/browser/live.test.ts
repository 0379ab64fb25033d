// The page's side with a worker, a video and a document that are made up: what is sent when, and what is told of it.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PerceptionError } from "./errors.ts";
import { type LiveState, createLive } from "./live.ts";
import type { FromWorker } from "./protocol.ts";

/** Something that can be listened to, and told. */
function target() {
  const listeners = new Map<string, Set<(event: never) => void>>();
  return {
    addEventListener: (kind: string, listener: (event: never) => void) =>
      void (listeners.get(kind) ?? listeners.set(kind, new Set()).get(kind))?.add(listener),
    removeEventListener: (kind: string, listener: (event: never) => void) => void listeners.get(kind)?.delete(listener),
    tell: (kind: string, event: object = {}) => listeners.get(kind)?.forEach((listener) => listener(event as never)),
  };
}

interface Sent {
  readonly kind: string;
  readonly time: number;
}

function rig(file = false) {
  const sent: Sent[] = [];
  let next: ((now: number, picture: { mediaTime: number }) => void) | undefined,
    terminated = false;
  const worker = {
    ...target(),
    postMessage: (message: Sent) => void sent.push(message),
    terminate: () => void (terminated = true),
  };
  const page = { ...target(), hidden: false };
  vi.stubGlobal("document", page);
  const video = { requestVideoFrameCallback: (callback: typeof next) => void (next = callback) };
  const runs: boolean[] = [];
  const live = createLive(
    { worker: worker as unknown as Worker, way: "plain", renderer: "" },
    {
      video: video as unknown as HTMLVideoElement,
      source: "made up",
      rate: 30,
      file,
      run: (on) => void runs.push(on),
      release() {},
    },
    true,
  );
  const told: number[] = [],
    states: LiveState[] = [];
  live.source.onSight(({ frame }) => told.push(frame.time));
  live.source.onState((state) => states.push(state));
  return {
    ...live,
    worker,
    page,
    sent,
    told,
    states,
    runs,
    terminated: () => terminated,
    /** The video shows a picture, taken at so many s. */
    show: (time: number) => next?.(1000 * time, { mediaTime: time }),
    /** The worker is done with the last picture it was sent. */
    answer() {
      const time = sent.filter(({ kind }) => kind === "picture").at(-1)?.time ?? NaN;
      const seen = { kind: "seen", frame: { time }, posed: true, every: 1, people: 1, signs: [], settled: true };
      worker.tell("message", { data: { ...seen, landmarks: undefined, timings: {} } as unknown as FromWorker });
    },
  };
}

let broken = false;
beforeEach(() => {
  broken = false;
  vi.stubGlobal("VideoFrame", function VideoFrame() {
    if (broken) throw new DOMException("no picture", "InvalidStateError");
  });
});
afterEach(() => vi.unstubAllGlobals());

const times = (sent: readonly Sent[]): number[] => sent.map(({ time }) => Math.round(30 * time));

test("while a picture is in work newer ones replace each other, and the newest is sent as soon as it is done", () => {
  const { sent, told, show, answer, source } = rig();
  for (let n = 0; n <= 5; n++) show(n / 30);
  expect(times(sent)).toEqual([0]);
  answer();
  expect(times(sent)).toEqual([0, 5]);
  expect(source.dropped).toBe(4);
  answer();
  show(6 / 30);
  answer();
  expect(times(sent)).toEqual([0, 5, 6]);
  expect(told.map((t) => Math.round(30 * t))).toEqual([0, 5, 6]);
});

test("a picture that cannot be grabbed stops nothing", () => {
  const { sent, show } = rig();
  broken = true;
  show(0);
  broken = false;
  show(1 / 30);
  expect(times(sent)).toEqual([1]);
});

test("nothing is sent or told while paused or hidden, and it goes on after", () => {
  const { sent, told, states, runs, show, answer, source, page } = rig();
  show(0);
  source.pause();
  answer();
  show(1 / 30);
  expect([times(sent), told]).toEqual([[0], []]);
  page.hidden = true;
  page.tell("visibilitychange");
  expect(source.state).toBe("paused");
  source.resume();
  expect(source.state).toBe("hidden");
  page.hidden = false;
  page.tell("visibilitychange");
  show(2 / 30);
  expect(times(sent)).toEqual([0, 2]);
  expect(states).toEqual(["paused", "hidden", "watching"]);
  expect(runs).toEqual([true, false, false, true]);
});

test("a file that is over waits for its last picture", () => {
  const { told, states, show, answer, end, terminated } = rig(true);
  show(0);
  show(1 / 30);
  show(2 / 30);
  end();
  answer();
  expect(states).toEqual([]);
  answer();
  expect(told.map((t) => Math.round(30 * t))).toEqual([0, 2]);
  expect([states, terminated()]).toEqual([["ended"], true]);
});

test("frames come to who awaits them, newest first, and end or fail with the source", async () => {
  const { show, answer, source, worker } = rig();
  const frames = source.frames()[Symbol.asyncIterator]();
  const first = frames.next();
  show(0);
  answer();
  expect((await first).value?.time).toBe(0);
  for (const n of [1, 2, 3]) {
    show(n / 30);
    answer();
  }
  // Who was away for three gets the last.
  expect((await frames.next()).value?.time).toBeCloseTo(0.1, 6);
  const failing = frames.next();
  worker.tell("error", { message: "out of memory" });
  await expect(failing).rejects.toThrow(/stopped: out of memory/);
  expect(source.error).toBeInstanceOf(PerceptionError);
  expect(source.error?.kind).toBe("machinery");

  const other = rig();
  const stop = new AbortController();
  const none = other.source.frames(stop.signal)[Symbol.asyncIterator]().next();
  stop.abort();
  expect((await none).done).toBe(true);
});

test("a listener that throws does not keep others, or the next picture, from coming", async () => {
  const { show, answer, source, sent } = rig();
  const thrown: unknown[] = [];
  const keep = (error: unknown): void => void thrown.push(error);
  const before = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", keep);
  let after = 0;
  source.onSight(() => {
    throw new Error("mine alone");
  });
  source.onSight(() => after++);
  show(0);
  show(1 / 30);
  answer();
  await new Promise((resolve) => setTimeout(resolve, 0));
  process.off("uncaughtException", keep);
  for (const listener of before) process.on("uncaughtException", listener);
  expect([after, times(sent)]).toEqual([1, [0, 1]]);
  expect(String(thrown[0])).toMatch(/mine alone/);
});
