// attune serve: builds the Studio where that is due, and serves it on this machine alone until it is stopped.

import { runServer, precompress, StoreFailure } from "@attune/server";
import { spawn } from "node:child_process";
import { print, tell } from "../console.ts";
import { UserError } from "../fail.ts";

export interface ServeOptions {
  /** What --port said. */
  readonly port: number | undefined;
  /** Whether a browser may be opened. */
  readonly open: boolean;
}

export async function serve({ port, open }: ServeOptions): Promise<void> {
  const { PORT } = process.env;
  const exact = port ?? (PORT ? parsePort("PORT", PORT) : undefined);
  const { buildStudio } = await import("../../../studio/build.ts");
  const studioDir = await buildStudio(tell);
  await precompress(studioDir);
  try {
    await runServer({
      port: exact,
      studioDir,
      print,
      log: tell,
      opened: (url) => {
        if (open && hasBrowser(process.env, process.platform, process.stdout.isTTY)) openBrowser(url);
      },
    });
  } catch (error) {
    throw error instanceof StoreFailure ? new UserError(error.message) : error;
  }
}

export function parsePort(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Infinity;
  if (port > 65_535) throw new UserError(`${option} "${text}" came, a port from 0 (any free one) to 65535 was wanted`);
  return port;
}

/** Whether somebody sits before a screen on which a browser could appear. */
export function hasBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, isTerminal: boolean): boolean {
  if (env["CI"] || !isTerminal) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  // Without one the address stands on the screen all the same.
  spawn(program, args, { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
