// The Node side of browser tests: builds the page as an application would, serves it under the strict policy, starts Chromium
// with a film for a camera and a sound for a microphone.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type Page, chromium } from "playwright-core";
import { build } from "vite";

/** What the Studio serves its page with. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".task": "application/octet-stream",
};

const HERE = dirname(fileURLToPath(import.meta.url));

/** Path of a Chromium, undefined where none is found. */
export function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return [...(named ? [named] : []), ...usual].find((path) => existsSync(path));
}

/** Folder of models, undefined where they are not at hand. */
export function findModels(): string | undefined {
  const folder = process.env["ATTUNE_MODELS"];
  const both = ["face_landmarker.task", "pose_landmarker_lite.task"];
  return folder && both.every((name) => existsSync(join(folder, name))) ? folder : undefined;
}

export interface Lab {
  readonly address: string;
  /** A folder for what the test makes. */
  readonly folder: string;
  /** Opens the page in a Chromium of its own. */
  open(options?: OpenOptions): Promise<Opened>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly film?: string | undefined;
  readonly sound?: string | undefined;
  readonly arguments?: readonly string[] | undefined;
  /** Whether devices are allowed when asked for; default true. */
  readonly allow?: boolean | undefined;
  /** Whether there are any; default true. */
  readonly devices?: boolean | undefined;
}

export interface Opened {
  readonly page: Page;
  /** Everything the page and its workers asked for. */
  readonly requests: string[];
  readonly errors: string[];
  close(): Promise<void>;
}

export interface LabOptions {
  /** Path of a Chromium. */
  readonly chromium: string;
  /** Folder of models; served at /models. */
  readonly models: string;
  /** Folder of the page, which is page.html in it; default: the test page beside this file. */
  readonly root?: string | undefined;
}

export async function createLab({ chromium: executablePath, models, root = HERE }: LabOptions): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), "attune-perception-"));
  await build({
    root,
    configFile: false,
    logLevel: "error",
    build: { outDir: join(folder, "page"), emptyOutDir: true, rollupOptions: { input: join(root, "page.html") } },
  });
  const wasm = join(dirname(fileURLToPath(import.meta.resolve("@mediapipe/tasks-vision"))), "wasm");
  const server = createServer(({ url = "/" }, response) => {
    const path = normalize(decodeURIComponent(url.split("?")[0] ?? "/"));
    const file = path.startsWith("/models/")
      ? join(models, path.slice(8))
      : path.startsWith("/perception/wasm/")
        ? join(wasm, path.slice(17))
        : path === "/broken/face_landmarker.task"
          ? join(folder, "page", "page.html")
          : join(folder, "page", path);
    if (!existsSync(file)) {
      response.writeHead(404, { "content-security-policy": POLICY }).end();
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running = new Set<Browser>();
  return {
    address,
    folder,
    async open(options = {}) {
      const browser = await chromium.launch({ executablePath, args: argumentsOf(options) });
      running.add(browser);
      const context = await browser.newContext({
        permissions: options.allow === false ? [] : ["camera", "microphone"],
      });
      const page = await context.newPage();
      const requests: string[] = [],
        errors: string[] = [];
      context.on("request", (request) => requests.push(request.url()));
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      await page.goto(`${address}/page.html`);
      await page.waitForFunction(() => "page" in globalThis);
      return {
        page,
        requests,
        errors,
        async close() {
          running.delete(browser);
          await browser.close();
        },
      };
    },
    async close() {
      await Promise.all([...running].map((browser) => browser.close()));
      await closed(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How Chromium is started for such a test. */
export function argumentsOf({
  film,
  sound,
  arguments: more = [],
  allow = true,
  devices = true,
}: OpenOptions): string[] {
  return [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    ...(devices ? ["--use-fake-device-for-media-stream"] : []),
    ...(allow ? ["--use-fake-ui-for-media-stream"] : []),
    ...(film ? [`--use-file-for-fake-video-capture=${film}`] : []),
    ...(sound ? [`--use-file-for-fake-audio-capture=${sound}`] : []),
    ...more,
  ];
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A film as Chromium's fake camera plays it: one JPEG after another, 30 a second, again and again. */
export function writeFilm(path: string, pictures: readonly string[]): string {
  writeFileSync(path, Buffer.concat(pictures.map((picture) => Buffer.from(picture, "base64"))));
  return path;
}

/** A WAV file of 16-bit samples, one channel. */
export function writeSound(path: string, samples: Float32Array, rate: number): string {
  const bytes = Buffer.alloc(44 + 2 * samples.length);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + 2 * samples.length, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(2 * rate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((v, i) => bytes.writeInt16LE(Math.round(32767 * v), 44 + 2 * i));
  writeFileSync(path, bytes);
  return path;
}
