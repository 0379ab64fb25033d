// The store over HTTP. Shapes are checked by the schemas here, what they mean by the store.

import type { FastifyInstance } from "fastify";
import { Readable } from "node:stream";
import { CONSENT_TO, type NewConsent, type NewVersion, type Store } from "../store/store.ts";

const MB = 1024 * 1024;
/** 200 acts and their examples are some MB. */
const REPERTOIRE_LIMIT = 64 * MB;
const SETTING_LIMIT = MB;

const object = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const SAVE = object(
  {
    repertoire: { type: "string" },
    base: { type: ["integer", "null"], minimum: 1 },
    note: { type: "string" },
    examples: {
      type: "array",
      maxItems: 1000,
      items: object({
        act: { type: "string" },
        header: { type: "object" },
        frames: { type: "array", items: { type: "object" }, minItems: 1, maxItems: 100_000 },
      }),
    },
  },
  ["repertoire", "base", "note"],
);
const NUMBER = { type: "integer", minimum: 1, maximum: 2_147_483_647 };
/** The same in an address, where everything is text. */
const DIGITS = { type: "string", pattern: "^[1-9][0-9]{0,8}$" };
const CONSENT = object({
  what: { enum: CONSENT_TO },
  given: { type: "boolean" },
  words: { type: "string", minLength: 1, maxLength: 10_000 },
});

interface Named {
  Params: { name: string };
}

export function storeApi(app: FastifyInstance, store: Store): void {
  app.get("/api/repertoires", () => store.listRepertoires());

  app.get<Named>("/api/repertoires/:name", ({ params }) => store.readRepertoire(params.name));

  app.put<Named & { Body: NewVersion }>(
    "/api/repertoires/:name",
    { schema: { body: SAVE }, bodyLimit: REPERTOIRE_LIMIT },
    ({ params, body }) => store.saveRepertoire(params.name, body),
  );

  app.delete<Named>("/api/repertoires/:name", async ({ params }, reply) => {
    await store.removeRepertoire(params.name);
    return reply.code(204).send();
  });

  app.get<Named>("/api/repertoires/:name/history", ({ params }) => store.history(params.name));

  app.get<{ Params: { name: string; version: string } }>(
    "/api/repertoires/:name/versions/:version",
    { schema: { params: object({ name: { type: "string" }, version: DIGITS }) } },
    ({ params }) => store.readRepertoire(params.name, Number(params.version)),
  );

  app.post<Named & { Body: { version: number } }>(
    "/api/repertoires/:name/restore",
    { schema: { body: object({ version: NUMBER }) } },
    ({ params, body }) => store.restore(params.name, body.version),
  );

  app.get<Named>("/api/repertoires/:name/examples", ({ params }) => store.listExamples(params.name));

  app.get<{ Params: { id: string } }>(
    "/api/examples/:id",
    { schema: { params: object({ id: DIGITS }) } },
    async ({ params }, reply) => {
      const recording = await store.readExample(Number(params.id));
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("content-disposition", `attachment; filename="example-${params.id}.ndjson"`)
        .send(recording);
    },
  );

  app.get("/api/settings", () => store.readSettings());

  app.put<{ Params: { key: string }; Body: { value: unknown } }>(
    "/api/settings/:key",
    { schema: { body: object({ value: {} }) }, bodyLimit: SETTING_LIMIT },
    async ({ params, body }, reply) => {
      await store.writeSetting(params.key, body.value);
      return reply.code(204).send();
    },
  );

  app.get("/api/consent", () => store.listConsent());

  app.post<{ Body: NewConsent }>("/api/consent", { schema: { body: CONSENT } }, async ({ body }, reply) =>
    reply.code(201).send(await store.addConsent(body)),
  );

  app.get("/api/export", (_request, reply) =>
    reply
      .type("application/json; charset=utf-8")
      .header("content-disposition", 'attachment; filename="attune-export.json"')
      .send(Readable.from(store.exportAll())),
  );

  app.delete(
    "/api/everything",
    { schema: { body: object({ confirm: { const: "delete everything" } }) } },
    async (_request, reply) => {
      await store.removeEverything();
      return reply.code(204).send();
    },
  );
}
