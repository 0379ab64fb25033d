// The models over HTTP: what is there, fetching what is not, and the bytes.

import type { FastifyInstance } from "fastify";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { StoreFailure } from "../failure.ts";
import type { Shelf } from "../models/shelf.ts";

const MODEL_LIMIT = 64 * 1024 * 1024;

interface Named {
  Params: { name: string };
}

export function modelsApi(app: FastifyInstance, shelf: Shelf): void {
  app.get("/api/models", async () => shelf.list());

  app.post<Named>("/api/models/:name/fetch", async ({ params }, reply) => {
    const state = shelf.fetch(params.name);
    return reply.code(state.state === "ready" ? 200 : 202).send(state);
  });

  app.addContentTypeParser("application/octet-stream", { parseAs: "buffer", bodyLimit: MODEL_LIMIT }, (_, body, done) =>
    done(null, body),
  );
  app.put<Named>("/api/models/:name", { bodyLimit: MODEL_LIMIT }, async ({ params, body }) => {
    if (!Buffer.isBuffer(body))
      throw new StoreFailure("invalid", "no file came, its bytes as application/octet-stream were wanted");
    return shelf.accept(params.name, body);
  });

  app.get<{ Params: { file: string } }>("/models/:file", async ({ params }, reply) => {
    const path = shelf.pathOf(params.file);
    if (path === undefined)
      throw new StoreFailure("not found", `the model file ${params.file} is not here; fetch it first`);
    const { size } = await stat(path);
    return reply
      .type("application/octet-stream")
      .header("content-length", size)
      .header("cache-control", "no-cache")
      .send(createReadStream(path));
  });
}
