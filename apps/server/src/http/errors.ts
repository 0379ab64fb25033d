// Every error leaves as {error: "one sentence"} with the status that fits it.

import type { FastifyError, FastifyInstance } from "fastify";
import { StoreFailure, type FailureKind } from "../failure.ts";

const STATUS: Readonly<Record<FailureKind, number>> = {
  "not found": 404,
  conflict: 409,
  invalid: 422,
  forbidden: 403,
  unusable: 503,
  gone: 503,
};

export function answerErrors(app: FastifyInstance, log: (line: string) => void): void {
  app.setNotFoundHandler((request, reply) => {
    void reply.code(404).send({ error: `there is nothing at ${request.method} ${request.url.slice(0, 200)}` });
  });
  app.setErrorHandler((error: FastifyError | StoreFailure, _request, reply) => {
    if (error instanceof StoreFailure) {
      const version = error.kind === "conflict" ? { version: error.version } : {};
      return reply.code(STATUS[error.kind]).send({ error: error.message, ...version });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: sentence(error) });
    log(`error: ${error.stack ?? error.message}`);
    return reply.code(500).send({ error: `a fault of Attune itself: ${error.message}` });
  });
}

function sentence(error: FastifyError): string {
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return "more came than is kept in one go; send less";
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return "a body of another type came, application/json was wanted (a model: application/octet-stream)";
  // Fastify names where in the request: "body/base must be integer".
  if (error.validation) return `what came does not fit: ${error.message}`;
  return error.message;
}
