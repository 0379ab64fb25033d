// The parts of the browser's half that need no browser.

import { afterEach, expect, test, vi } from "vitest";
import { deviceError } from "./errors.ts";
import { watchPictures } from "./pictures.ts";
import { createPlainCanvas } from "./plain-webgl.ts";
import { waysFor } from "./ways.ts";

afterEach(() => vi.unstubAllGlobals());

test("renderers that draw on the CPU are no graphics card, and one is used only when asked for", () => {
  const software = [
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "Google SwiftShader",
    "llvmpipe (LLVM 15.0.6, 256 bits)",
    "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)",
    "Mesa/X.org, softpipe",
    "",
    "WebKit WebGL",
  ];
  for (const name of software) expect(waysFor(name, true)[0], name).toBe("plain");
  const real = [
    "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)",
    "Apple M2",
    "Mesa Intel(R) UHD Graphics 620 (KBL GT2)",
  ];
  for (const name of real) {
    expect(waysFor(name, true), name).toEqual(["gpu", "plain"]);
    expect(waysFor(name, false), name).not.toContain("gpu");
  }
});

test("what is uploaded to a plain texture is read back, whole or in part, and nothing else is done", () => {
  interface Gl extends Record<string, number> {}
  const gl = createPlainCanvas().getContext("webgl2") as unknown as Gl & Record<string, (...all: unknown[]) => unknown>;
  const [width, height] = [4, 3];
  const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => i);
  const texture = gl["createTexture"](),
    buffer = gl["createFramebuffer"]();
  gl["bindTexture"](gl["TEXTURE_2D"], texture);
  gl["texImage2D"](gl["TEXTURE_2D"], 0, gl["RGBA"], gl["RGBA"], gl["UNSIGNED_BYTE"], { width, height, data });
  gl["bindFramebuffer"](gl["FRAMEBUFFER"], buffer);
  gl["framebufferTexture2D"](gl["FRAMEBUFFER"], gl["COLOR_ATTACHMENT0"], gl["TEXTURE_2D"], texture, 0);
  const heap = new Uint8Array(100);
  gl["readPixels"](0, 0, width, height, gl["RGBA"], gl["UNSIGNED_BYTE"], heap, 10);
  expect(heap.subarray(10, 10 + data.length)).toEqual(Uint8Array.from(data));
  const part = new Uint8Array(16);
  gl["readPixels"](1, 1, 2, 2, gl["RGBA"], gl["UNSIGNED_BYTE"], part);
  expect([...part]).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 36, 37, 38, 39, 40, 41, 42, 43]);
  gl["framebufferTexture2D"](gl["FRAMEBUFFER"], gl["COLOR_ATTACHMENT0"], gl["TEXTURE_2D"], gl["createTexture"](), 0);
  gl["readPixels"](0, 0, 2, 2, gl["RGBA"], gl["UNSIGNED_BYTE"], part);
  expect(part.every((v) => v === 0)).toBe(true);
  expect(gl["drawArrays"](4, 0, 6)).toBe(null);
  expect(() => gl["texImage2D"](gl["TEXTURE_2D"], 0, gl["RGBA"], gl["RGBA"], gl["UNSIGNED_BYTE"], {})).toThrow(
    /no ImageData/,
  );
});

test("what browsers refuse with is told by kind, each with a way out", () => {
  const kinds = {
    NotAllowedError: "denied",
    NotFoundError: "none",
    OverconstrainedError: "none",
    NotReadableError: "busy",
    AbortError: "busy",
  };
  for (const [name, kind] of Object.entries(kinds)) {
    const error = deviceError("camera", new DOMException("no", name));
    expect(error.kind, name).toBe(kind);
    expect(error.wayOut).toMatch(/\.$/);
  }
  expect(deviceError("microphone", new TypeError("odd")).message).toMatch(/microphone could not be opened: odd/);
});

/** A video that shows what it is told to. */
function fakeVideo() {
  let next: ((now: number, picture: { mediaTime: number; captureTime?: number }) => void) | undefined;
  return {
    requestVideoFrameCallback: (callback: typeof next) => void (next = callback),
    show: (now: number, mediaTime: number, captureTime?: number) =>
      next?.(now, { mediaTime, ...(captureTime !== undefined && { captureTime }) }),
  };
}

test("a camera's time is when pictures were taken, from 0 on, each told once", () => {
  const video = fakeVideo(),
    times: number[] = [],
    taken: number[] = [];
  const stop = watchPictures(video as unknown as HTMLVideoElement, false, (time, at) => {
    times.push(time);
    taken.push(at);
  });
  video.show(5020, 0, 5000);
  video.show(5050, 0, 5033);
  video.show(5051, 0, 5033);
  video.show(5052, 0, 5020);
  video.show(5120, 0, 5100);
  stop();
  video.show(5150, 0, 5133);
  expect(times).toEqual([0, 0.033, 0.1].map((t) => expect.closeTo(t, 6)));
  expect(taken).toEqual([5000, 5033, 5100]);
});

test("a file's time is its own, and goes on where somebody seeks back in it", () => {
  const video = fakeVideo(),
    times: number[] = [];
  watchPictures(video as unknown as HTMLVideoElement, true, (time) => times.push(time));
  for (const at of [0.5, 0.6, 0.7, 0.2, 0.3]) video.show(0, at);
  expect(times.slice(0, 3)).toEqual([0.5, 0.6, 0.7]);
  expect(times[3]).toBeGreaterThan(0.7);
  expect(times[4] - times[3]).toBeCloseTo(0.1, 6);
});

test("without requestVideoFrameCallback pictures are told by the video's clock", () => {
  let tick: ((now: number) => void) | undefined;
  vi.stubGlobal("requestAnimationFrame", (callback: typeof tick) => void (tick = callback));
  const video = { readyState: 1, HAVE_CURRENT_DATA: 2, currentTime: 0 },
    times: number[] = [];
  watchPictures(video as unknown as HTMLVideoElement, false, (time) => times.push(time));
  tick?.(1000);
  expect(times).toEqual([]);
  video.readyState = 4;
  for (const [now, shown] of [
    [1016, 0.1],
    [1033, 0.1],
    [1050, 0.2],
  ]) {
    video.currentTime = shown;
    tick?.(now);
  }
  expect(times).toEqual([0, expect.closeTo(0.034, 6)]);
});
