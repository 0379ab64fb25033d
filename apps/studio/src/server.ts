// The page's side of the server that keeps what is learned. All of it is on this machine.

export interface KeptRepertoire {
  readonly name: string;
  readonly version: number;
  readonly savedAt: string;
  readonly repertoire: string;
}

export interface ModelState {
  readonly name: string;
  readonly task: "face" | "pose";
  readonly file?: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string;
  readonly url: string;
  readonly state: "ready" | "absent" | "fetching" | "failed";
  readonly received?: number;
  readonly problem?: string;
}

/** What the server said no to, in its own sentence. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const raw = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : {
            body: raw ? body : JSON.stringify(body),
            headers: { "content-type": raw ? "application/octet-stream" : "application/json" },
          }),
    });
  } catch {
    throw new Refused(0, "Attune's server does not answer: it was stopped. Start it again, and this goes on.");
  }
  const text = await response.text();
  if (!response.ok) {
    let said = `the server answered ${response.status}`;
    try {
      said = (JSON.parse(text) as { error: string }).error;
    } catch {
      // Not the server's own words.
    }
    throw new Refused(response.status, said);
  }
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

const named = (name: string): string => `/api/repertoires/${encodeURIComponent(name)}`;

export const server = {
  /** undefined where nothing is kept under that name yet */
  async repertoire(name: string): Promise<KeptRepertoire | undefined> {
    // Asked for in the list first: a browser tells of every 404 as of an error.
    const kept = await call<{ name: string }[]>("GET", "/api/repertoires");
    return kept.some((each) => each.name === name) ? call<KeptRepertoire>("GET", named(name)) : undefined;
  },
  keep: (
    name: string,
    what: {
      repertoire: string;
      base: number | null;
      note: string;
      examples?: readonly { act: string; header: unknown; frames: readonly unknown[] }[];
    },
  ): Promise<{ version: number; savedAt: string }> => call("PUT", named(name), what),
  settings: (): Promise<Record<string, unknown>> => call("GET", "/api/settings"),
  setting: (key: string, value: unknown): Promise<void> => call("PUT", `/api/settings/${key}`, { value }),
  consent: (
    what: "camera" | "microphone" | "read faces" | "keep examples",
    given: boolean,
    words: string,
  ): Promise<void> => call("POST", "/api/consent", { what, given, words }),
  models: (): Promise<ModelState[]> => call("GET", "/api/models"),
  fetchModel: (name: string): Promise<void> => call("POST", `/api/models/${name}/fetch`),
  dropModel: (name: string, file: Blob): Promise<void> => call("PUT", `/api/models/${name}`, file),
  deleteEverything: (): Promise<void> => call("DELETE", "/api/everything", { confirm: "delete everything" }),
};
