// attune store and serve from end to end, on a data folder of their own.

import { createRepertoire, saveRepertoire } from "@attune/core";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startServer } from "@attune/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, temporary } from "../testing.ts";
import { hasBrowser } from "./serve.ts";

const SLOW = 120_000;
let dir = "";
let remove: () => Promise<void>;
const at = (name: string): string => join(dir, name);
const before = process.env["ATTUNE_HOME"];

beforeAll(async () => {
  ({ dir, remove } = await temporary());
  process.env["ATTUNE_HOME"] = at("home");
  await writeFile(at("one.json"), saveRepertoire(createRepertoire("channels", ["x"], ["x"])));
  await writeFile(at("two.json"), saveRepertoire(createRepertoire("channels", ["x", "y"], ["x", "y"])));
  // Makes the store.
  expect((await run("store", "list")).out).toContain("nothing is kept yet");
}, SLOW);
afterAll(async () => {
  if (before === undefined) delete process.env["ATTUNE_HOME"];
  else process.env["ATTUNE_HOME"] = before;
  await remove();
});

test(
  "a repertoire goes in, gets a history, and comes out of it byte for byte, with and without a server",
  async () => {
    expect((await run("store", "import", "mine", at("one.json"))).out).toMatch(/version 1 of "mine"/);
    const server = await startServer({ home: at("home"), port: 0 });
    expect((await run("store", "import", "mine", at("two.json"), "--note", "wider")).out).toMatch(/version 2/);
    expect((await run("store", "export", "mine", at("new.json"))).out).toMatch(/version 2 of "mine" is in/);
    expect(await readFile(at("new.json"), "utf8")).toBe(await readFile(at("two.json"), "utf8"));
    await server.close();
    await run("store", "export", "mine", at("old.json"), "--version", "1");
    expect(await readFile(at("old.json"), "utf8")).toBe(await readFile(at("one.json"), "utf8"));
    expect((await run("store", "restore", "mine", "1")).out).toMatch(/is back, as version 3/);
    const { out } = await run("store", "history", "mine", "--json");
    expect(
      (JSON.parse(out) as { version: number; note: string }[]).map(({ version, note }) => [version, note]),
    ).toEqual([
      [3, "version 1 restored"],
      [2, "wider"],
      [1, "imported from one.json"],
    ]);
    await run("store", "everything", at("all.json"));
    const all = JSON.parse(await readFile(at("all.json"), "utf8")) as { repertoires: { versions: unknown[] }[] };
    expect(all.repertoires[0].versions).toHaveLength(3);
    await run("store", "delete", "mine");
    expect(JSON.parse((await run("store", "list", "--json")).out)).toEqual([]);
  },
  SLOW,
);

test(
  "what cannot be done is said in one line, with exit code 2",
  async () => {
    const cases: [string[], RegExp][] = [
      [["store", "history", "nobody"], /there is no repertoire "nobody"/],
      [["store", "import", "mine", at("none.json")], /there is no file/],
      [["store", "restore", "nobody", "first"], /VERSION "first" came/],
      [["store", "export", "nobody", at("all.json")], /holds no acts/],
      [["store", "everything", at("one.json")], /no export of everything, which would replace it/],
      [["serve", "--port", "70000"], /--port "70000" came, a port from 0 \(any free one\) to 65535 was wanted/],
    ];
    for (const [args, words] of cases) {
      const { out, err, code } = await run(...args);
      expect([code, out, err.trimEnd().split("\n").length, err]).toEqual([2, "", 1, expect.stringMatching(words)]);
    }
    await writeFile(at("no.json"), "{}");
    const { err } = await run("store", "import", "mine", at("no.json"));
    expect(err).toMatch(/no\.json: what came is no repertoire: format is missing/);
  },
  SLOW,
);

test("a browser is opened where somebody sits before a screen, and nowhere else", () => {
  expect(hasBrowser({ DISPLAY: ":0" }, "linux", true)).toBe(true);
  expect(hasBrowser({ WAYLAND_DISPLAY: "wayland-0" }, "linux", true)).toBe(true);
  expect(hasBrowser({}, "darwin", true)).toBe(true);
  expect(hasBrowser({}, "linux", true)).toBe(false);
  expect(hasBrowser({ DISPLAY: ":0" }, "linux", false)).toBe(false);
  expect(hasBrowser({ DISPLAY: ":0", CI: "true" }, "linux", true)).toBe(false);
});
