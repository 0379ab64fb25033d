// Everything of the browser's half, in Chromium: bundled as an application bundles it, under the policy it is served with, a
// drawn person before the fake camera, a made sound in the fake microphone, the real models.

import { FACE_UNITS, createRng, gaussian } from "@attune/core";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anglesOf } from "../src/index.ts";
import type { Noted, Outcome, Take, TestPage } from "./testing/api.ts";
import {
  type Lab,
  type OpenOptions,
  type Opened,
  createLab,
  findChromium,
  findModels,
  writeFilm,
  writeSound,
} from "./testing/node.ts";

const chromium = findChromium(),
  models = findModels();
const missing = [
  ...(chromium ? [] : ["no Chromium was found (set CHROMIUM to one)"]),
  ...(models ? [] : ["ATTUNE_MODELS names no folder with face_landmarker.task and pose_landmarker_lite.task"]),
];
if (missing.length > 0) console.warn(`SKIPPED: perception in Chromium: ${missing.join("; ")}`);

/** What the person does, again and again: turn, rest, smile, brows, jaw, an arm. */
const FILM: readonly Take[] = [
  { from: {}, to: { yaw: 0.4 }, pictures: 15 },
  { from: { yaw: 0.4 }, to: { yaw: 0.4 }, pictures: 15 },
  { from: { yaw: 0.4 }, to: {}, pictures: 15 },
  { from: {}, to: {}, pictures: 75 },
  { from: {}, to: { smile: 1 }, pictures: 15 },
  { from: { smile: 1 }, to: { smile: 1 }, pictures: 15 },
  { from: { brows: 1 }, to: { brows: 1 }, pictures: 20 },
  { from: {}, to: { jaw: 1 }, pictures: 15 },
  { from: { jaw: 1 }, to: { jaw: 1 }, pictures: 15 },
  { from: {}, to: { arm: 1 }, pictures: 20 },
  { from: { arm: 1 }, to: { arm: 1 }, pictures: 45 },
];
const TWO: readonly Take[] = [
  { from: {}, to: {}, pictures: 90 },
  { from: {}, to: {}, pictures: 120, company: true },
];

describe.skipIf(missing.length > 0)("perception in Chromium", () => {
  let lab: Lab, film: string, pair: string, video: string;
  const open: Opened[] = [];

  beforeAll(async () => {
    lab = await createLab({ chromium: chromium ?? "", models: models ?? "" });
    const drawing = await start();
    film = writeFilm(join(lab.folder, "film.mjpeg"), await ask(drawing, "film", FILM));
    pair = writeFilm(join(lab.folder, "pair.mjpeg"), await ask(drawing, "film", TWO));
    video = await ask(drawing, "video", [{ from: {}, to: { smile: 1 }, pictures: 120 }]);
    await drawing.close();
  }, 120_000);

  afterAll(async () => {
    await lab?.close();
  });

  async function start(options: OpenOptions = {}): Promise<Opened> {
    const opened = await lab.open(options);
    open.push(opened);
    return opened;
  }

  test("a person before the camera: face, head and body, whatever they do, and nobody else is asked for anything", async () => {
    const browser = await start({ film });
    const options = { seconds: 50, pose: true, retake: true, enough: { film: 10, pictures: 100, known: true } };
    const { sights, ...watched } = got(await ask(browser, "camera", options));
    expect(watched.states).toEqual(["watching", "disposed"]);
    expect(watched.header).toMatchObject({ skeleton: "mediapipe-33", units: "m", up: "-y", faceSet: "facs-35" });

    const settled = sights.filter(({ settled }) => settled);
    expect(settled.length).toBeGreaterThan(50);
    for (const [unit, least] of [
      ["AU12L", 0.4],
      ["AU12R", 0.4],
      ["AU26", 0.3],
      ["AU25", 0.5],
      ["AU01", 0.3],
      ["AU02L", 0.3],
    ] as const) {
      const values = settled.flatMap(({ units }) => units?.[FACE_UNITS.indexOf(unit)] ?? []).sort((a, b) => a - b);
      // Most of the film it is at rest, and for half a second and more it is not.
      expect(values[values.length >> 1], `${unit} at rest`).toBeLessThan(0.2);
      expect(values[Math.floor(0.96 * values.length)], `${unit} moved`).toBeGreaterThan(least);
    }
    const yaws = sights.flatMap(({ head }) => (head ? anglesOf(head).yaw : []));
    expect(Math.max(...yaws)).toBeGreaterThan(0.2);
    expect(Math.min(...yaws)).toBeGreaterThan(-0.15);

    expect(sights.every(({ facePoints, units }) => (units === undefined) === (facePoints === 0))).toBe(true);
    const bodies = sights.filter(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(20);
    for (const { body = [], bodyTrust = [] } of bodies) {
      // The person's left is on the right of the picture, and up is -y.
      expect(body[3 * L_SHOULDER] - body[3 * R_SHOULDER]).toBeGreaterThan(0.15);
      expect(body[3 * NOSE + 1]).toBeLessThan(body[3 * L_SHOULDER + 1]);
      expect(bodyTrust[L_SHOULDER]).toBeGreaterThan(0.5);
    }
    expect(reach(bodies)).toBeGreaterThan(0.1);

    // Only what was looked for is told, times go on, and the pace is kept.
    expect(sights.every(({ posed, body }) => posed || body === undefined)).toBe(true);
    expect(sights.every(({ time }, i) => i === 0 || time > sights[i - 1].time)).toBe(true);
    const runs = sights.map(({ posed }) => (posed ? "P" : "f")).join("");
    expect(runs).not.toMatch(/ffff/);
    expect(sights.every(({ people }) => people === 1)).toBe(true);
    expectNothingAmiss(browser);
    await browser.close();
  });

  test("a second person is told, and that they left", async () => {
    const browser = await start({ film: pair });
    const { sights } = got(await ask(browser, "camera", { seconds: 16, pose: false }));
    const turns = sights.map(({ people }) => people).filter((people, i, all) => people !== all[i - 1]);
    expect(turns.join(",")).toMatch(/1,2,1|2,1,2/);
    expect(sights.every(({ posed, posePoints }) => !posed && posePoints === 0)).toBe(true);
    await browser.close();
  });

  test("without WebGL it sees as well, and where WebGL breaks it goes on without", async () => {
    const browser = await start({ film, arguments: ["--disable-software-rasterizer", "--disable-3d-apis"] });
    for (const ways of [undefined, ["webgl", "plain"] as const]) {
      const options = { seconds: 40, pose: true, enough: { film: 1, pictures: 12 }, ...(ways && { ways }) };
      const { way, renderer, sights } = got(await ask(browser, "camera", options));
      expect([renderer, way]).toEqual(["", "plain"]);
      expect(sights.filter(({ units }) => units).length).toBeGreaterThanOrEqual(12);
      expect(sights.some(({ body }) => body)).toBe(true);
    }
    const alone = await ask(browser, "camera", { seconds: 1, pose: false, ways: ["webgl"] });
    expect(alone).toMatchObject({ kind: "machinery", message: expect.stringMatching(/could not be run/) });
    await browser.close();
  });

  test("pausing, hiding and losing the camera", async () => {
    const browser = await start({ film });
    const { states, whilePaused, after } = got(await ask(browser, "pauses", { seconds: 3, pose: false }));
    expect(states).toEqual(["watching", "paused", "watching", "hidden", "watching", "disposed"]);
    // What was in work when the pause came is not told either.
    expect(whilePaused).toBe(0);
    expect(after).toBeGreaterThan(0);
    const lost = got(await ask(browser, "loseCamera", { seconds: 0, pose: false }));
    expect(lost).toEqual({ state: "failed", kind: "lost", video: false });

    await browser.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("in use", "NotReadableError"));
    });
    expect(await ask(browser, "camera", { seconds: 1, pose: false })).toMatchObject({
      kind: "busy",
      wayOut: expect.stringMatching(/Close what else uses the camera/),
    });
    await browser.close();
  });

  test("a camera that is denied, and one that is not there", async () => {
    const denied = await start({ allow: false });
    for (const device of ["camera", "microphone"] as const) {
      const refused =
        device === "camera" ? await ask(denied, device, { seconds: 1, pose: false }) : await ask(denied, device, 1);
      expect(refused).toEqual({
        kind: "denied",
        message: `The ${device} was not allowed.`,
        wayOut: expect.stringMatching(/address bar/),
      });
    }
    await denied.close();
    const none = await start({ devices: false });
    expect(await ask(none, "camera", { seconds: 1, pose: false })).toMatchObject({
      kind: "none",
      message: "No camera was found.",
    });
    await none.close();
  });

  test("models that are missing, wrong or elsewhere, and a runtime that is not there", async () => {
    const browser = await start({ film });
    const tries = [
      [{ models: "/nowhere" }, "model", /asked for at \/nowhere\/face_landmarker.task and 404/],
      [{ models: "/broken" }, "model", /bytes beginning with "<!doctype html>.*wanted was MediaPipe's face_landmarker/],
      [{ models: "https://elsewhere.example" }, "model", /fetches from its own origin/],
      [{ wasmPath: "/nowhere" }, "machinery", /could not be run/],
    ] as const;
    for (const [options, kind, message] of tries) {
      const refused = await ask(browser, "camera", { seconds: 1, pose: false, ...options });
      expect(refused).toMatchObject({ kind, message: expect.stringMatching(message) });
    }
    expect(browser.requests.filter((url) => !url.startsWith(lab.address))).toEqual([]);
    await browser.close();
  });

  test("a video file is seen at its own pace to its end; what is none says so", async () => {
    const browser = await start();
    const { sights, states, header } = got(
      await ask(browser, "file", video, "smiling.webm", { seconds: 30, pose: false }),
    );
    expect(states).toEqual(["watching", "ended", "disposed"]);
    expect(header).toMatchObject({ source: "video smiling.webm" });
    // However slow, it is not behind: what was seen last is what the file showed last.
    const { time = NaN, shown = NaN } = sights.at(-1) ?? {};
    expect(shown).toBeGreaterThan(2.5);
    expect(Math.abs(shown - time)).toBeLessThan(0.25);
    const broken = await ask(browser, "file", btoa("this is no video"), "notes.txt", { seconds: 5, pose: false });
    expect(broken).toMatchObject({
      kind: "video",
      message: expect.stringMatching(/notes\.txt is no video this browser/),
    });
    expectNothingAmiss(browser);
    await browser.close();
  });

  test("a voice: its pitch within three percent, speech and silence, and both in the frames of a camera", async () => {
    const sound = join(lab.folder, "voice.wav");
    writeSound(sound, voice(), 48_000);
    const browser = await start({ film, sound });
    const readings = got(await ask(browser, "microphone", 9));
    const pitched = readings.filter(({ pitchHz }) => !Number.isNaN(pitchHz));
    expect(readings.length).toBeGreaterThan(200);
    for (const hz of PITCHES) {
      const near = pitched.filter(({ pitchHz }) => Math.abs(pitchHz / hz - 1) < 0.03);
      expect(near.length / pitched.length, `${hz} Hz`).toBeGreaterThan(0.4);
    }
    const neither = pitched.filter(({ pitchHz }) => PITCHES.every((hz) => Math.abs(pitchHz / hz - 1) >= 0.03));
    // Half a window at each of a voice's ends holds less of it.
    expect(neither.length / pitched.length).toBeLessThan(0.03);
    const turns = readings.filter(({ speaking }, i) => i > 0 && speaking !== readings[i - 1].speaking);
    expect(turns.length).toBeGreaterThanOrEqual(4);
    expect(turns.length).toBeLessThanOrEqual(12);

    const { sights } = got(await ask(browser, "camera", { seconds: 5, pose: false, microphone: true }));
    const heard = sights.flatMap(({ voice }) => voice ?? []);
    expect(heard.length).toBeGreaterThan(10);
    expect(heard.some(({ speaking }) => speaking)).toBe(true);
    expect(heard.some(({ pitchHz }) => PITCHES.some((hz) => Math.abs(pitchHz / hz - 1) < 0.03))).toBe(true);
    expectNothingAmiss(browser);
    await browser.close();
  });

  function expectNothingAmiss({ requests, errors }: Opened): void {
    expect(requests.filter((url) => !url.startsWith(lab.address) && !url.startsWith("blob:"))).toEqual([]);
    // The runtime tells what it does as errors.
    expect(errors.filter((text) => !/^(INFO|W\d+|I\d+)[: ]|GPU stall|OpenGL|Feedback manager/.test(text))).toEqual([]);
  }
});

const NOSE = 0,
  L_SHOULDER = 11,
  R_SHOULDER = 12,
  L_ELBOW = 13;
const PITCHES = [150, 220];

/** How far the left elbow goes from where it hangs, m. */
function reach(bodies: readonly Noted[]): number {
  const outward = bodies.map(({ body = [] }) => body[3 * L_ELBOW] - body[3 * L_SHOULDER]).sort((a, b) => a - b);
  return outward[outward.length - 1] - outward[outward.length >> 1];
}

/** Two vowels of a second and a half, pauses of 0.8 s, and the hiss of a room. */
function voice(): Float32Array {
  const rng = createRng(1, "room"),
    rate = 48_000;
  return Float32Array.from({ length: 4.6 * rate }, (_, i) => {
    const t = i / rate,
      which = Math.floor(t / 2.3),
      within = t % 2.3;
    const hz = PITCHES[which],
      on = within < 1.5 ? Math.min(1, within / 0.03, (1.5 - within) / 0.03) : 0;
    let sum = 0;
    for (let h = 1; h < 12; h++) sum += Math.sin(2 * Math.PI * h * hz * t) / h ** 1.3;
    return 0.12 * on * sum + 0.001 * gaussian(rng);
  });
}

type Method = { [K in keyof TestPage]: TestPage[K] };

/** Asks the page for something and waits for what comes of it. */
function ask<K extends keyof Method>(
  { page }: Opened,
  what: K,
  ...given: Parameters<Method[K]>
): Promise<Awaited<ReturnType<Method[K]>>> {
  return page.evaluate(
    ([what, given]) => {
      const { page } = globalThis as unknown as { page: Record<string, (...given: unknown[]) => unknown> };
      return page[what](...given);
    },
    [what, given] as [string, unknown[]],
  ) as Promise<Awaited<ReturnType<Method[K]>>>;
}

function got<T>(outcome: Outcome<T>): T {
  if ("ok" in outcome) return outcome.ok;
  throw new Error(`${outcome.kind}: ${outcome.message}`);
}
