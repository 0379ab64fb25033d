// Who may ask, and what every answer carries. A page anywhere on the net can make the browser send requests to
// loopback; only requests to our own name and from our own page get through.

import type { FastifyInstance, FastifyRequest } from "fastify";
import { StoreFailure } from "../failure.ts";

/** The page talks to this server and nobody else; perception compiles WebAssembly and works on blobs of its own. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(self), microphone=(self)",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

const NAMES = ["127.0.0.1", "localhost", "[::1]"];

export function guard(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    const port = request.socket.localPort;
    checkHost(request, port);
    if (!["GET", "HEAD"].includes(request.method)) checkOrigin(request, port);
  });
}

/** A foreign name that resolves to loopback (DNS rebinding) would make its page ours. */
function checkHost({ headers }: FastifyRequest, port: number | undefined): void {
  const host = headers.host ?? "";
  const ours = NAMES.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
  if (!ours)
    throw new StoreFailure("forbidden", `a request to "${host}" came, this server answers to 127.0.0.1:${port} alone`);
}

function checkOrigin({ headers }: FastifyRequest, port: number | undefined): void {
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  const ours =
    origin === undefined
      ? site === undefined || site === "same-origin" || site === "none"
      : NAMES.some((name) => origin === new URL(`http://${name}:${port}`).origin);
  if (!ours)
    throw new StoreFailure(
      "forbidden",
      `a request to write came from ${origin ?? "another page"}, only our own page may`,
    );
}
