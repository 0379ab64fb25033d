// The server as a browser, another page, and a second server meet it. No test here reaches the network.

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { MODELS } from "@attune/perception";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { precompress } from "./precompress.ts";
import { AlreadyRunning, startServer, type Server } from "./server.ts";
import { exampleOf, homeWithStore, removeTemplate, repertoireOf, start, type Folder } from "./testing.ts";

const SLOW = 120_000;
const MODEL = Buffer.from("a model");
const models = [{ ...MODELS[0], bytes: MODEL.length, sha256: createHash("sha256").update(MODEL).digest("hex") }];

let home: Folder;
let studio: string;
let server: Server;

beforeAll(async () => {
  studio = await mkdtemp(join(tmpdir(), "attune-studio-test-"));
  await mkdir(join(studio, "assets"));
  await writeFile(join(studio, "index.html"), `<!doctype html><title>Studio</title>${"<p>word</p>".repeat(200)}`);
  await writeFile(join(studio, "assets", "app-B2x_Yz4Q.js"), `export const words = "${"word ".repeat(1000)}";`);
  await writeFile(join(studio, "assets", "engine-B2x_Yz4Q.wasm"), "\0asm");
  await writeFile(join(studio, "worklet.js"), "1;");
  await precompress(studio);
  home = await homeWithStore();
  server = await startServer({
    home: home.path,
    port: 0,
    studioDir: studio,
    models,
    modelsDir: join(home.path, "none"),
    fetch: () => Promise.resolve(new Response(MODEL)),
  });
}, SLOW);
afterAll(async () => {
  await server.close();
  await home.remove();
  await rm(studio, { recursive: true });
  await removeTemplate();
});

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${server.url}${path}`, init);
const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  get(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });

/** By hand, as fetch allows neither Host nor Origin to be set. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = "",
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on("error", reject)
      .end(body);
  });
}

async function refusal(response: Response, status: number, words: RegExp): Promise<Record<string, unknown>> {
  const body = (await response.json()) as Record<string, unknown>;
  expect([response.status, body["error"]]).toEqual([status, expect.stringMatching(words)]);
  return body;
}

describe("pages", () => {
  test("come with a policy that lets them talk to nobody else, to HEAD as to GET", async () => {
    for (const method of ["HEAD", "GET"]) {
      const { status, headers, body } = await raw(method, "/", { host: new URL(server.url).host });
      expect(status).toBe(200);
      expect(body.length > 0).toBe(method === "GET");
      const policy = headers["content-security-policy"] as string;
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(self), microphone=(self)",
      });
    }
    // Errors and data as well.
    for (const path of ["/api/health", "/nothing", "/api/repertoires/nobody", "/models/none.task"])
      expect((await get(path)).headers.get("content-security-policy")).toContain("connect-src 'self'");
  });

  test("have the right types, and are kept by the browser where their name says what is in them", async () => {
    const cases: [string, string, RegExp][] = [
      ["/assets/app-B2x_Yz4Q.js", "application/javascript", /immutable/],
      ["/assets/engine-B2x_Yz4Q.wasm", "application/wasm", /immutable/],
      ["/worklet.js", "application/javascript", /^no-cache$/],
      ["/index.html", "text/html", /^no-cache$/],
      ["/perception/wasm/vision_wasm_module_internal.wasm", "application/wasm", /^no-cache$/],
      ["/perception/wasm/vision_wasm_module_internal.js", "application/javascript", /^no-cache$/],
    ];
    for (const [path, type, caching] of cases) {
      const { status, headers } = await get(path, { method: "HEAD" });
      expect([path, status, headers.get("content-type")?.split(";")[0]]).toEqual([path, 200, type]);
      expect(headers.get("cache-control")).toMatch(caching);
    }
  });

  test("are sent compressed to who takes that", async () => {
    const host = new URL(server.url).host;
    const plain = await raw("GET", "/assets/app-B2x_Yz4Q.js", { host });
    const small = await raw("GET", "/assets/app-B2x_Yz4Q.js", { host, "accept-encoding": "gzip, br" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(small.headers).toMatchObject({ "content-encoding": "br" });
    expect(small.headers["content-type"]).toMatch(/^application\/javascript/);
    expect(small.headers["cache-control"]).toMatch(/immutable/);
    expect(brotliDecompressSync(small.body)).toEqual(plain.body);
    expect(small.body.length).toBeLessThan(plain.body.length / 10);
  });

  test("are those of the Studio and no other files", async () => {
    for (const path of ["/../package.json", "/%2e%2e/package.json", "/assets/..%2f..%2fetc", "/owner/owner.json"])
      expect((await raw("GET", path, { host: new URL(server.url).host })).status).toBeGreaterThanOrEqual(400);
    await refusal(await get("/nothing"), 404, /nothing at GET \/nothing/);
  });
});

describe("requests", () => {
  test("to another name than ours are refused, whatever it resolves to", async () => {
    const { port } = new URL(server.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect((await raw("GET", "/api/health", { host })).status).toBe(200);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1.evil.example:${port}`])
      for (const path of ["/", "/api/export", "/perception/wasm/vision_wasm_internal.js"])
        expect((await raw("GET", path, { host })).status, host).toBe(403);
  });

  test("that write are refused to other pages", async () => {
    const { host, port } = new URL(server.url);
    const write = (headers: Record<string, string>) =>
      raw("PUT", "/api/settings/who", { host, "content-type": "application/json", ...headers }, '{"value":1}');
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `http://127.0.0.1:${Number(port) + 1}` },
      { origin: `https://127.0.0.1:${port}` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ] as Record<string, string>[])
      expect((await write(headers)).status, JSON.stringify(headers)).toBe(403);
    expect(await (await get("/api/settings")).json()).toEqual({});
    for (const headers of [{}, { origin: server.url }, { origin: `http://localhost:${port}` }] as Record<
      string,
      string
    >[])
      expect((await write(headers)).status).toBe(204);
    expect((await raw("DELETE", "/api/everything", { host, origin: "https://evil.example" })).status).toBe(403);
  });

  test("that pages elsewhere can send without asking are not understood", async () => {
    const { host } = new URL(server.url);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const body = '{"what":"camera","given":true,"words":"w"}';
      expect((await raw("POST", "/api/consent", { host, "content-type": type }, body)).status).toBe(415);
    }
  });
});

describe("the API", () => {
  const save = (name: string, body: object): Promise<Response> => send("PUT", `/api/repertoires/${name}`, body);

  test("says who answers", async () => {
    expect(await (await get("/api/health")).json()).toEqual({ name: "attune", version: "0.1.0", pid: process.pid });
  });

  test("saves, refuses what was made from an old version, and says which is the newest", async () => {
    const repertoire = repertoireOf("wave");
    const first = await save("api", { repertoire, base: null, note: "first", examples: [exampleOf("wave")] });
    expect([first.status, await first.json()]).toEqual([200, { version: 1, savedAt: expect.any(String) }]);
    const body = await refusal(
      await save("api", { repertoire, base: null, note: "" }),
      409,
      /version 1 has been saved/,
    );
    expect(body["version"]).toBe(1);
    expect(await (await get("/api/repertoires/api")).json()).toMatchObject({ name: "api", version: 1, repertoire });
    expect(await (await get("/api/repertoires/api/versions/1")).json()).toMatchObject({ version: 1, repertoire });
    expect(await (await get("/api/repertoires")).json()).toMatchObject([{ name: "api", version: 1, acts: ["wave"] }]);
    const examples = (await (await get("/api/repertoires/api/examples")).json()) as { id: number }[];
    const recording = await get(`/api/examples/${examples[0].id}`);
    expect(recording.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    expect((await recording.text()).trimEnd().split("\n")).toHaveLength(22);
  });

  test("answers what does not fit with one sentence and the status that says what kind of fault it is", async () => {
    const repertoire = repertoireOf("wave");
    await refusal(await save("x", { repertoire, note: "" }), 400, /must have required property 'base'/);
    await refusal(await save("x", { repertoire, base: "1", note: "" }), 400, /base must be/);
    await refusal(await save("x", { repertoire, base: null, note: "", extra: 1 }), 400, /additional properties/);
    await refusal(await save("x", { repertoire: "[]", base: null, note: "" }), 422, /no repertoire/);
    await refusal(await save("%20x", { repertoire, base: null, note: "" }), 422, /the name " x" came/);
    await refusal(await get("/api/repertoires/x"), 404, /no repertoire "x"/);
    await refusal(await get("/api/repertoires/x/versions/first"), 400, /version/);
    await refusal(await get("/api/examples/0"), 400, /id/);
    await refusal(await send("POST", "/api/consent", { what: "all", given: true, words: "w" }), 400, /what/);
    await refusal(await send("PUT", "/api/settings/k", {}), 400, /value/);
    await refusal(await send("DELETE", "/api/everything", { confirm: "yes" }), 400, /confirm/);
    const half = await get("/api/settings/k", {
      method: "PUT",
      body: '{"value":',
      headers: { "content-type": "application/json" },
    });
    await refusal(half, 400, /JSON/);
    await refusal(await send("PUT", "/api/settings/k", { value: "x".repeat(1_100_000) }), 413, /send less/);
  });

  test("takes a repertoire of several MB", async () => {
    const many = repertoireOf(...Array.from({ length: 400 }, (_, k) => `act ${k}`));
    const padded = many.replace(/}$/, `,"comment":"${"x".repeat(8_000_000 - many.length)}"}`);
    expect((await save("large", { repertoire: padded, base: null, note: "" })).status).toBe(200);
    const read = (await (await get("/api/repertoires/large")).json()) as { repertoire: string };
    expect(read.repertoire === padded).toBe(true);
  });

  test("exports as a download, and deletes everything when that is confirmed", async () => {
    const response = await get("/api/export");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="attune-export.json"');
    expect(((await response.json()) as { repertoires: unknown[] }).repertoires).toHaveLength(2);
    expect((await send("DELETE", "/api/everything", { confirm: "delete everything" })).status).toBe(204);
    expect(await (await get("/api/repertoires")).json()).toEqual([]);
  });

  test("fetches a model when asked, and serves it", async () => {
    const [{ name, file }] = models;
    const list = async () => ((await (await get("/api/models")).json()) as { state: string; from?: string }[])[0];
    expect((await list()).state).toBe("absent");
    await refusal(await get(`/models/${file}`), 404, /not here; fetch it first/);
    await refusal(
      await get(`/api/models/${name}`, {
        method: "PUT",
        body: "another",
        headers: { "content-type": "application/octet-stream" },
      }),
      422,
      new RegExp(`has the sha256 [0-9a-f]{64}, ${name} has ${models[0].sha256}`),
    );
    await refusal(await get("/api/models/nose/fetch", { method: "POST" }), 404, /no model "nose"/);
    expect((await get(`/api/models/${name}/fetch`, { method: "POST" })).status).toBe(202);
    while ((await list()).state === "fetching") await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await list()).toMatchObject({ state: "ready", from: "cache" });
    expect((await get(`/api/models/${name}/fetch`, { method: "POST" })).status).toBe(200);
    const bytes = await get(`/models/${file}`);
    expect(bytes.headers.get("content-length")).toBe(String(MODEL.length));
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(MODEL);
  });
});

describe("starting", () => {
  test("a second server on the same folder says where the first one is", async () => {
    const second = await startServer({ home: home.path, port: 0 }).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(AlreadyRunning);
    expect((second as AlreadyRunning).url).toBe(server.url);
    const program = start("serve-child.ts", [home.path]);
    expect([await program.line(), await program.line()]).toEqual(["Attune is running already:", server.url]);
    expect(await program.exit()).toBe(0);
  });

  test(
    "a port that was asked for and is taken is an error that leaves the folder free; one that was not is passed over",
    async () => {
      const other = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => other.once("listening", resolve));
      const { port } = other.address() as AddressInfo;
      const folder = await homeWithStore();
      await expect(startServer({ home: folder.path, port })).rejects.toThrow(
        `port ${port} is taken by another program; end that, or name another port with PORT or --port`,
      );
      const next = await startServer({ home: folder.path, firstPort: port });
      expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
      await next.close();
      await expect(fetch(`${next.url}/api/health`)).rejects.toThrow();
      other.close();
      await folder.remove();
    },
    SLOW,
  );

  test("a Studio that is not built is an error before anything is opened", async () => {
    await expect(startServer({ home: join(home.path, "no"), studioDir: home.path })).rejects.toThrow(
      /no built Studio in .*\(no index.html\); build it first/,
    );
  });

  test(
    "SIGTERM lets a save under way end, and leaves the folder to the next one at once",
    async () => {
      const folder = await homeWithStore();
      const child = start("serve-child.ts", [folder.path]);
      const url = await child.line();
      const saving = request(`${url}/api/settings/last`, {
        method: "PUT",
        headers: { "content-type": "application/json", expect: "100-continue" },
      });
      const answer = once(saving, "response") as Promise<[IncomingMessage]>;
      saving.flushHeaders();
      await once(saving, "continue");
      const ended = child.end("SIGTERM");
      // Nobody new is let in; the one who is in may finish.
      for (let open = true; open;)
        open = await fetch(`${url}/api/health`).then(
          ({ ok }) => ok,
          () => false,
        );
      saving.end('{"value":"kept"}');
      expect((await answer)[0].statusCode).toBe(204);
      expect(await ended).toBe(0);
      const again = await startServer({ home: folder.path, port: 0 });
      expect(await (await fetch(`${again.url}/api/settings`)).json()).toEqual({ last: "kept" });
      await again.close();
      await folder.remove();
    },
    SLOW,
  );
});
