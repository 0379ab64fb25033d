// A visit to the Studio as it is served: a server of its own with an empty data folder, a Chromium, and an eye on everything
// that is asked for.

import { type OpenOptions, argumentsOf, findChromium } from "@attune/perception/testing";
import { type Server, precompress, startServer } from "@attune/server";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page, chromium } from "playwright-core";
import { buildStudio } from "../build.ts";

export interface VisitOptions extends OpenOptions {
  /** Folder of models the server trusts; none by default. */
  readonly models?: string | undefined;
  readonly size?: { width: number; height: number };
  readonly scheme?: "light" | "dark";
  readonly motion?: "reduce" | "no-preference";
  /** Says that the tour was seen; default true. */
  readonly toured?: boolean;
  /** Data folder of a visit before; default a new one. */
  readonly home?: string;
}

export interface Visit {
  readonly page: Page;
  readonly url: string;
  readonly home: string;
  /** Addresses asked for outside this machine. */
  readonly foreign: string[];
  /** Errors on the console and uncaught ones. */
  readonly errors: string[];
  /** Stops the server, and starts one on the same port and data. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  /** @param keep leaves the data folder for another visit */
  close(keep?: boolean): Promise<void>;
}

/** Says what is missing, once and by name. */
export function chromiumOrSkip(what: string): string | undefined {
  const found = findChromium();
  if (found === undefined)
    console.warn(
      `${what}: skipped, no Chromium was found; install one (Debian: apt-get install chromium) or name it in CHROMIUM`,
    );
  return found;
}

export async function visit(options: VisitOptions = {}): Promise<Visit> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("visit: no Chromium was found");
  const home = options.home ?? mkdtempSync(join(tmpdir(), "attune-visit-"));
  const studioDir = await buildStudio(() => undefined);
  await precompress(studioDir);
  const start = (port: number): Promise<Server> =>
    startServer({ port, studioDir, home, modelsDir: options.models ?? join(home, "no-models") });
  let server = await start(0);
  const { url } = server,
    port = Number(new URL(url).port);
  if (options.toured !== false)
    await fetch(`${url}/api/settings/toured`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ value: true }),
    });
  const browser = await chromium.launch({ executablePath, args: argumentsOf(options) });
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 860 },
    colorScheme: options.scheme ?? "light",
    reducedMotion: options.motion ?? "no-preference",
    permissions: options.allow === false ? [] : ["camera", "microphone"],
  });
  const page = await context.newPage();
  const foreign: string[] = [],
    errors: string[] = [];
  context.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (!["blob:", "data:"].includes(protocol) && host !== new URL(url).host) foreign.push(request.url());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !HARMLESS.test(message.text())) errors.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    url,
    home,
    foreign,
    errors,
    stopServer: () => server.close(),
    async startServer() {
      server = await start(port);
    },
    async close(keep = false) {
      if (!browser.isConnected()) return;
      await browser.close();
      await server.close().catch(() => undefined);
      if (!keep) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What MediaPipe prints as errors that are none. */
const HARMLESS =
  /^(INFO:|W\d{4}|I\d{4}|Graph successfully|.*(XNNPACK|Feedback manager|OpenGL error checking|GPU stall))/;

/** Waits until the mind believes something of somebody. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as unknown as Inside).attune?.live.belief !== undefined, undefined, {
    timeout: 60_000,
  });
}

/** Says yes to the camera. */
export async function agreeToCamera(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Use the camera" }).click();
  await page.getByRole("button", { name: "Yes, use the camera" }).click();
}

/** The page's own handle. */
export interface Inside {
  readonly attune:
    | {
        readonly live: import("../src/live.ts").Live;
        readonly state: () => import("../src/state.ts").StudioState;
        readonly sight: () => import("@attune/perception/browser").Sight | undefined;
        readonly avatar: () => import("../src/vrm/avatar.ts").Avatar | undefined;
      }
    | undefined;
}
