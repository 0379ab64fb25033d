// Models come whole and right, or not at all. The other side is a server of the test.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { MODELS, type ModelFacts } from "@attune/perception";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporary, type Folder } from "../testing.ts";
import { openShelf, type Shelf } from "./shelf.ts";

const BYTES = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 251));
const MODEL: ModelFacts = {
  name: "face_landmarker",
  task: "face",
  file: "face_landmarker.task",
  bytes: BYTES.length,
  sha256: createHash("sha256").update(BYTES).digest("hex"),
  licence: "Apache-2.0",
  url: "https://models.example/face_landmarker.task",
};

let folder: Folder;
let server: Server | undefined;
let asked: string[];

beforeEach(async () => {
  folder = await temporary();
  asked = [];
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await folder.remove();
});

const cache = (): string => join(folder.path, "models");

async function shelfWith(answer: RequestListener, more: object = {}): Promise<Shelf> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const local: typeof fetch = (url, init) => {
    asked.push(String(url));
    return fetch(`http://127.0.0.1:${port}/model`, init);
  };
  return openShelf({ models: [MODEL], cache: cache(), fetch: local, ...more });
}

async function fetched(shelf: Shelf) {
  expect(shelf.fetch(MODEL.name)).toMatchObject({ state: "fetching" });
  await shelf.settled();
  return shelf.list()[0];
}

test("nothing is fetched until it is asked for, then once, from the official address, and kept", async () => {
  const shelf = await shelfWith((_, response) => response.end(BYTES));
  expect(shelf.list()).toEqual([{ ...MODEL, state: "absent" }]);
  expect(shelf.pathOf(MODEL.file)).toBeUndefined();
  expect(asked).toEqual([]);

  shelf.fetch(MODEL.name);
  expect(await fetched(shelf)).toEqual({ ...MODEL, state: "ready", from: "cache" });
  shelf.fetch(MODEL.name);
  await shelf.settled();
  expect(asked).toEqual([MODEL.url]);
  expect(await readFile(shelf.pathOf(MODEL.file) as string)).toEqual(BYTES);
  expect(await readdir(cache())).toEqual([MODEL.file]);

  const later = await openShelf({ models: [MODEL], cache: cache(), fetch: () => Promise.reject(new Error("asked")) });
  expect(later.list()).toEqual([{ ...MODEL, state: "ready", from: "cache" }]);
});

test("progress is told while it comes", async () => {
  let finish = (): void => undefined;
  const shelf = await shelfWith((_, response) => {
    response.write(BYTES.subarray(0, 50_000));
    finish = () => response.end(BYTES.subarray(50_000));
  });
  shelf.fetch(MODEL.name);
  while (shelf.list()[0].received !== 50_000) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(shelf.list()[0]).toMatchObject({ state: "fetching", received: 50_000 });
  finish();
  await shelf.settled();
  expect(shelf.list()[0].state).toBe("ready");
});

const wrong = Buffer.from(BYTES);
wrong[1000]++;
test.each<[string, RequestListener, RegExp]>([
  [
    "of the right size with another hash",
    (_, response) => response.end(wrong),
    /sha256 [0-9a-f]{64}, face_landmarker has/,
  ],
  ["cut short", (_, response) => response.end(BYTES.subarray(0, 1000)), /1000 bytes.*cut short/],
  ["too long", (_, response) => response.end(Buffer.concat([BYTES, BYTES])), /longer than/],
  ["that is not there", (_, response) => response.writeHead(404).end("no"), /answered 404/],
  [
    "that leads elsewhere",
    (_, response) => response.writeHead(302, { location: "/other" }).end(),
    /could not be fetched/,
  ],
  [
    "that breaks off",
    (_, response) => {
      response.writeHead(200, { "content-length": BYTES.length });
      response.write(BYTES.subarray(0, 5000), () => response.destroy());
    },
    /could not be fetched/,
  ],
])("a file %s is not kept, and what happened is said", async (_, answer, words) => {
  const shelf = await shelfWith(answer);
  const state = await fetched(shelf);
  expect(state.state).toBe("failed");
  expect(state.problem).toMatch(words);
  expect(shelf.pathOf(MODEL.file)).toBeUndefined();
  expect(await readdir(cache()).catch(() => [])).toEqual([]);
});

test("a server that falls silent is given up, and can be asked again", async () => {
  let silent = true;
  const answer: RequestListener = (_, response) => {
    if (silent) response.write(BYTES.subarray(0, 5000));
    else response.end(BYTES);
  };
  const shelf = await shelfWith(answer, { patienceMs: 100 });
  expect(await fetched(shelf)).toMatchObject({ state: "failed", problem: expect.stringMatching(/silent/) });
  silent = false;
  expect((await fetched(shelf)).state).toBe("ready");
});

test("closing ends what is under way and leaves nothing behind", async () => {
  const shelf = await shelfWith((_, response) => void response.write(BYTES.subarray(0, 5000)));
  shelf.fetch(MODEL.name);
  while (shelf.list()[0].received === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await shelf.close();
  expect(shelf.list()[0]).toMatchObject({ state: "failed", problem: expect.stringMatching(/stopped/) });
  expect(await readdir(cache())).toEqual([]);
});

test("a file the person drops is taken if it is the right one; else both hashes are said", async () => {
  const shelf = await shelfWith((_, response) => response.end());
  await expect(shelf.accept(MODEL.name, wrong)).rejects.toThrow(
    `sha256 ${createHash("sha256").update(wrong).digest("hex")}, face_landmarker has ${MODEL.sha256}`,
  );
  expect(shelf.list()[0].state).toBe("absent");
  expect(await shelf.accept(MODEL.name, BYTES)).toMatchObject({ state: "ready", from: "cache" });
  expect(await readFile(shelf.pathOf(MODEL.file) as string)).toEqual(BYTES);
  await expect(shelf.accept("nose", BYTES)).rejects.toThrow(/no model "nose"; there are face_landmarker/);
});

test("a kept file that has changed is not used, and is fetched anew", async () => {
  await mkdir(cache());
  await writeFile(join(cache(), MODEL.file), wrong);
  await writeFile(join(cache(), ".draft-of-a-killed-process"), "half");
  const shelf = await shelfWith((_, response) => response.end(BYTES));
  expect(shelf.list()[0]).toMatchObject({ state: "failed", problem: expect.stringMatching(/changed on disk/) });
  expect(shelf.pathOf(MODEL.file)).toBeUndefined();
  expect((await fetched(shelf)).state).toBe("ready");
  expect(await readdir(cache())).toEqual([MODEL.file]);
});

test("files of the person's own folder are trusted as they are", async () => {
  const own = join(folder.path, "own");
  await mkdir(own);
  await writeFile(join(own, MODEL.file), wrong);
  const shelf = await shelfWith((_, response) => response.end(BYTES), { folder: own });
  expect(shelf.list()[0]).toMatchObject({ state: "ready", from: "folder" });
  expect(shelf.pathOf(MODEL.file)).toBe(join(own, MODEL.file));
});

test("the models that are pinned come from one official place, by version and hash", () => {
  for (const { url, sha256, bytes, file } of MODELS) {
    expect(url).toMatch(/^https:\/\/storage\.googleapis\.com\/mediapipe-models\/.*\/float16\/1\//);
    expect(url.endsWith(`/${file}`)).toBe(true);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes).toBeGreaterThan(1e6);
  }
});
