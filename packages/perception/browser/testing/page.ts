// The test page: draws the person for the fake camera, and watches it through the same doors as anybody else.

import {
  type LiveSource,
  PerceptionError,
  type Sight,
  joinVoice,
  openCamera,
  openMicrophone,
  openVideoFile,
} from "../index.ts";
import { anglesOf } from "../../src/index.ts";
import type { Noted, Outcome, Take, TestPage, Watched, Watching } from "./api.ts";
import { type Doing, RESTING, drawFigure } from "./figure.ts";

const page: TestPage = {
  async film(takes) {
    const out: string[] = [];
    const { canvas, context } = sheet();
    for (const { doing, company } of pictures(takes)) {
      draw(context, doing, company);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
      if (blob) out.push(await base64(blob));
    }
    return out;
  },

  async video(takes) {
    const { canvas, context } = sheet();
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm;codecs=vp8" });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.start();
    for (const { doing, company } of pictures(takes)) {
      draw(context, doing, company);
      await wait(1 / 30);
    }
    await new Promise((resolve) => {
      recorder.addEventListener("stop", resolve);
      recorder.stop();
    });
    return base64(new Blob(parts));
  },

  camera: (options) =>
    outcome(async () => {
      const source = await openCamera(watchOptions(options));
      const voice = options.microphone ? await openMicrophone() : undefined;
      if (voice) joinVoice(source, voice);
      const watched = await watch(source, options, wait(options.seconds));
      voice?.dispose();
      return watched;
    }),

  file: (data, name, options) =>
    outcome(async () => {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      const source = await openVideoFile(new File([bytes], name), watchOptions(options));
      const ended = new Promise<void>((resolve) => source.onState((state) => state === "ended" && resolve()));
      return watch(source, options, Promise.race([ended, wait(options.seconds)]));
    }),

  loseCamera: (options) =>
    outcome(async () => {
      const source = await openCamera(watchOptions(options));
      await wait(0.5);
      const [track] = (source.video.srcObject as MediaStream).getVideoTracks();
      // As the browser does it when the device goes: the track stops, and says so.
      track.stop();
      track.dispatchEvent(new Event("ended"));
      return { state: source.state, kind: source.error?.kind, video: source.video.srcObject !== null };
    }),

  pauses: (options) =>
    outcome(async () => {
      const source = await openCamera(watchOptions(options));
      const states = [source.state];
      source.onState((state) => states.push(state));
      let count = 0;
      source.onSight(() => count++);
      await wait(1);
      source.pause();
      count = 0;
      await wait(1);
      const whilePaused = count;
      source.resume();
      await wait(options.seconds);
      for (const hidden of [true, false]) {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }
      const after = count - whilePaused;
      source.dispose();
      return { states, whilePaused, after };
    }),

  microphone: (seconds) =>
    outcome(async () => {
      const voice = await openMicrophone();
      const readings: { pitchHz: number; loudness: number; speaking: boolean }[] = [];
      voice.onVoice((reading) => readings.push({ ...reading }));
      await wait(seconds);
      voice.dispose();
      return readings;
    }),
};

(globalThis as unknown as { page: TestPage }).page = page;

function watchOptions({ pose, ways, models = "/models", wasmPath }: Watching) {
  return {
    models: { face: `${models}/face_landmarker.task`, ...(pose && { pose: `${models}/pose_landmarker_lite.task` }) },
    landmarks: true,
    ways,
    wasmPath,
  };
}

async function watch(source: LiveSource, options: Watching, until: Promise<unknown>): Promise<Watched> {
  const { busy = 0, retake = false, enough } = options;
  let full: () => void = () => {};
  const filled = new Promise<void>((resolve) => (full = resolve));
  let turned = !retake,
    retaken = !retake;
  const sights: Noted[] = [],
    states = [source.state];
  source.onState((state) => states.push(state));
  source.onSight((sight) => {
    const yaw = sight.frame.head ? anglesOf(sight.frame.head).yaw : 0;
    turned ||= yaw > 0.2;
    if (turned && !retaken && Math.abs(yaw) < 0.05) {
      retaken = true;
      sights.length = 0;
      source.retakeNeutral();
    }
    sights.push(note(sight, source.video.currentTime));
    const good = sights.filter(({ settled, units }) => units && (settled || !enough?.known));
    if (enough && good.length >= enough.pictures && sight.frame.time - good[0].time >= enough.film) full();
    for (const end = performance.now() + busy; performance.now() < end;);
  });
  const stall = watchStalls();
  await Promise.race([until, filled]);
  const longestStall = stall();
  const { way, renderer, header, dropped } = source;
  source.dispose();
  return { sights, states, way, renderer, header, longestStall, dropped };
}

function note({ frame, posed, people, signs, settled, timings, landmarks }: Sight, shown: number): Noted {
  const list = (numbers: Float32Array | undefined): number[] | undefined => numbers && Array.from(numbers);
  return {
    time: frame.time,
    units: list(frame.face),
    trust: Math.max(0, ...(frame.faceConfidence ?? [])),
    head: list(frame.head),
    gaze: list(frame.gaze),
    body: list(frame.body),
    bodyTrust: list(frame.bodyConfidence),
    voice: frame.voice,
    posed,
    people,
    signs,
    settled,
    timings,
    shown,
    facePoints: landmarks?.face?.length ?? 0,
    posePoints: landmarks?.pose?.length ?? 0,
  };
}

/** The longest the page's thread was not free, ms: how late a message to itself came. */
function watchStalls(): () => number {
  const { port1, port2 } = new MessageChannel();
  let longest = 0,
    sent = performance.now(),
    on = true;
  port2.addEventListener("message", () => {
    longest = Math.max(longest, performance.now() - sent);
    // A little pause: the thread must not be kept busy by watching it.
    setTimeout(() => {
      if (!on) return;
      sent = performance.now();
      port1.postMessage(0);
    }, 4);
  });
  port2.start();
  port1.postMessage(0);
  return () => {
    on = false;
    return longest;
  };
}

async function outcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: await work() };
  } catch (error) {
    if (!(error instanceof PerceptionError)) throw error;
    return { kind: error.kind, message: error.message, wayOut: error.wayOut };
  }
}

function* pictures(takes: readonly Take[]): Generator<{ doing: Doing; company: boolean }> {
  for (const { from, to, pictures, company = false } of takes)
    for (let n = 0; n < pictures; n++) {
      const share = pictures === 1 ? 1 : n / (pictures - 1);
      const doing = { ...RESTING };
      for (const key of Object.keys(doing) as (keyof Doing)[])
        doing[key] = (1 - share) * (from[key] ?? 0) + share * (to[key] ?? 0);
      yield { doing, company };
    }
}

function draw(context: CanvasRenderingContext2D, doing: Doing, company: boolean): void {
  drawFigure(context, doing, company ? 0.3 : 0.5);
  if (company) drawFigure(context, { ...RESTING, smile: 0.3 }, 0.74, false);
}

function sheet() {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2-D canvas");
  return { canvas, context };
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}
