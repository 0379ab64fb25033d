// The built Studio, and the WebAssembly that perception runs on.

import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";

const HASHED = /[.-][\w-]{8,}\.\w+(?:\.(?:br|gz))?$/;

export async function servePages(app: FastifyInstance, studioDir: string | undefined): Promise<void> {
  await app.register(fastifyStatic, {
    root: wasmFolder(),
    prefix: "/perception/wasm/",
    decorateReply: false,
    index: false,
    cacheControl: false,
    // Fixed names: their content changes with an update.
    setHeaders: (response) => void response.setHeader("cache-control", "no-cache"),
  });
  if (studioDir === undefined) return;
  const assets = join(studioDir, "assets") + sep;
  await app.register(fastifyStatic, {
    root: studioDir,
    prefix: "/",
    decorateReply: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (response, path) =>
      void response.setHeader(
        "cache-control",
        path.startsWith(assets) && HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      ),
  });
}

function wasmFolder(): string {
  const fromPerception = createRequire(createRequire(import.meta.url).resolve("@attune/perception"));
  return join(dirname(fromPerception.resolve("@mediapipe/tasks-vision")), "wasm");
}
