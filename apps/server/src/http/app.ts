// All that the server answers, put together.

import Fastify, { type FastifyInstance } from "fastify";
import type { Shelf } from "../models/shelf.ts";
import type { Store } from "../store/store.ts";
import { answerErrors } from "./errors.ts";
import { guard } from "./guard.ts";
import { modelsApi } from "./models-api.ts";
import { servePages } from "./pages.ts";
import { storeApi } from "./store-api.ts";

export interface AppOptions {
  readonly store: Store;
  readonly shelf: Shelf;
  /** The built Studio; without it there is the API alone. */
  readonly studioDir?: string | undefined;
  readonly version: string;
  readonly log: (line: string) => void;
}

export async function createApp({ store, shelf, studioDir, version, log }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    // A name of 100 characters in percent signs.
    routerOptions: { maxParamLength: 2000 },
    // What does not fit is refused, not bent or cut.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    forceCloseConnections: "idle",
  });
  // Pages elsewhere can post plain text without asking; nothing here takes it.
  app.removeContentTypeParser("text/plain");
  answerErrors(app, log);
  guard(app);
  app.get("/api/health", async () => ({ name: "attune", version, pid: process.pid }));
  storeApi(app, store);
  modelsApi(app, shelf);
  await servePages(app, studioDir);
  return app;
}
