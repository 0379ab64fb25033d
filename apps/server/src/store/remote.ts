// The store through the server that owns it.

import { StoreFailure, type FailureKind } from "../failure.ts";
import type { Consent, ExampleSummary, RepertoireSummary, Saved, Store, StoredRepertoire, Version } from "./store.ts";

const KINDS: Readonly<Record<number, FailureKind>> = {
  404: "not found",
  409: "conflict",
  422: "invalid",
  403: "forbidden",
};

/**
 * @param url where the server listens, `http://127.0.0.1:4747`
 * @throws StoreFailure "gone" from its functions when nobody listens there any more; nothing was done then
 */
export function remoteStore(url: string): Store {
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(new URL(`/api/${path}`, url), {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
    } catch (error) {
      throw lost(error, url, method);
    }
    if (response.ok) return response;
    const said = (await response.json().catch(() => ({}))) as { error?: string; version?: number | null };
    const message = said.error ?? `the server at ${url} answered ${response.status}`;
    const kind = KINDS[response.status];
    throw kind === undefined ? new Error(message) : new StoreFailure(kind, message, said.version ?? null);
  };
  const get = async <T>(path: string): Promise<T> => (await (await send("GET", path)).json()) as T;
  const put = async <T>(method: string, path: string, body: unknown): Promise<T> =>
    (await (await send(method, path, body)).json()) as T;
  const at = (name: string): string => `repertoires/${encodeURIComponent(name)}`;

  return {
    listRepertoires: () => get<RepertoireSummary[]>("repertoires"),
    readRepertoire: (name, version) =>
      get<StoredRepertoire>(version === undefined ? at(name) : `${at(name)}/versions/${version}`),
    saveRepertoire: (name, save) => put<Saved>("PUT", at(name), save),
    history: (name) => get<Version[]>(`${at(name)}/history`),
    restore: (name, version) => put<Saved>("POST", `${at(name)}/restore`, { version }),
    removeRepertoire: async (name) => void (await send("DELETE", at(name))),
    listExamples: (name) => get<ExampleSummary[]>(`${at(name)}/examples`),
    readExample: async (id) => (await send("GET", `examples/${id}`)).text(),
    readSettings: () => get<Record<string, unknown>>("settings"),
    writeSetting: async (key, value) => void (await send("PUT", `settings/${encodeURIComponent(key)}`, { value })),
    listConsent: () => get<Consent[]>("consent"),
    addConsent: (consent) => put<Consent>("POST", "consent", consent),
    async *exportAll() {
      const { body } = await send("GET", "export");
      const decoder = new TextDecoder();
      for await (const chunk of body ?? []) yield decoder.decode(chunk as Uint8Array, { stream: true });
      yield decoder.decode();
    },
    removeEverything: async () => void (await send("DELETE", "everything", { confirm: "delete everything" })),
    close: async () => undefined,
  };
}

function lost(error: unknown, url: string, method: string): Error {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED")
    return new StoreFailure("gone", `nobody listens at ${url}`);
  const doubt = method === "GET" ? "" : "; look whether it was done (attune store history) before doing it again";
  return new Error(`the server at ${url} went away while it was asked${doubt}`);
}
