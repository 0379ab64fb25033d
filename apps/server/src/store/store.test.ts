// What every store does, run over both: the one on a database of this process, and the one through a server.

import { loadRepertoire } from "@attune/core";
import { readNative } from "@attune/io";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StoreFailure } from "../failure.ts";
import { startServer, type Server } from "../server.ts";
import { exampleOf, homeWithStore, removeTemplate, repertoireOf, type Folder } from "../testing.ts";
import { openStore, type OpenedStore } from "./open.ts";
import type { Store } from "./store.ts";

const SLOW = 120_000;

afterAll(removeTemplate);

async function failure(promise: Promise<unknown>): Promise<StoreFailure> {
  const error: unknown = await promise.then(
    () => new Error("it did not fail"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreFailure);
  return error as StoreFailure;
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

describe.each(["in this process", "through a server"])("a store %s", (way) => {
  let folder: Folder;
  let server: Server | undefined;
  let store: OpenedStore;
  const save = (name: string, base: number | null, acts: readonly string[], more: object = {}) =>
    store.saveRepertoire(name, { repertoire: repertoireOf(...acts), base, note: `knows ${acts.length}`, ...more });

  beforeAll(async () => {
    folder = await homeWithStore();
    if (way === "through a server") server = await startServer({ home: folder.path, port: 0 });
    store = await openStore(folder.path);
    expect(store.server()).toBe(server?.url);
  }, SLOW);
  afterAll(async () => {
    await store.close();
    await server?.close();
    await folder.remove();
  });

  test("gives a repertoire back byte for byte, with every version it ever had", async () => {
    const texts = [repertoireOf("wave"), repertoireOf("wave", "bow"), repertoireOf("bow")];
    for (const [k, repertoire] of texts.entries()) {
      const saved = await store.saveRepertoire("mine", { repertoire, base: k === 0 ? null : k, note: `save ${k + 1}` });
      expect(saved.version).toBe(k + 1);
    }
    expect((await store.readRepertoire("mine")).repertoire).toBe(texts[2]);
    for (const [k, text] of texts.entries()) {
      const read = await store.readRepertoire("mine", k + 1);
      expect(read).toMatchObject({ name: "mine", version: k + 1, note: `save ${k + 1}`, repertoire: text });
      expect(Math.abs(Date.now() - Date.parse(read.savedAt))).toBeLessThan(SLOW);
    }
    expect((await store.history("mine")).map(({ version, acts }) => [version, acts])).toEqual([
      [3, ["bow"]],
      [2, ["wave", "bow"]],
      [1, ["wave"]],
    ]);
    expect(await store.listRepertoires()).toMatchObject([{ name: "mine", version: 3, acts: ["bow"] }]);
  });

  test("gives back a text that is spaced or ordered otherwise as it came", async () => {
    const loose = JSON.stringify(JSON.parse(repertoireOf("wave", "bow")), null, 1);
    await store.saveRepertoire("loose", { repertoire: loose, base: null, note: "" });
    expect((await store.readRepertoire("loose")).repertoire).toBe(loose);
    const { acts, ...rest } = JSON.parse(repertoireOf("wave", "bow")) as { acts: unknown };
    const turned = JSON.stringify({ acts, ...rest });
    await store.saveRepertoire("loose", { repertoire: turned, base: 1, note: "" });
    expect((await store.readRepertoire("loose")).repertoire).toBe(turned);
  });

  test("overwrites nobody's work: only the newest version can be the base of the next", async () => {
    await save("shared", null, ["wave"]);
    await save("shared", 1, ["wave", "bow"]);
    const late = await failure(save("shared", 1, ["nod"]));
    expect([late.kind, late.version]).toEqual(["conflict", 2]);
    const again = await failure(save("shared", null, ["nod"]));
    expect([again.kind, again.version]).toEqual(["conflict", 2]);
    const nowhere = await failure(save("nobody's", 3, ["nod"]));
    expect([nowhere.kind, nowhere.version]).toEqual(["conflict", null]);
    expect(await store.history("shared")).toHaveLength(2);
    expect((await failure(store.readRepertoire("nobody's"))).kind).toBe("not found");
  });

  test("lets one of many saves at the same moment through", async () => {
    await save("raced", null, ["wave"]);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, k) => save("raced", 1, ["wave", `act ${k}`])),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await store.history("raced")).map(({ version }) => version)).toEqual([2, 1]);
  });

  test("restores an old version as a new one", async () => {
    await save("restored", null, ["wave"]);
    await save("restored", 1, ["bow"]);
    expect((await store.restore("restored", 1)).version).toBe(3);
    expect((await store.readRepertoire("restored")).repertoire).toBe(repertoireOf("wave"));
    expect((await store.history("restored"))[0]).toMatchObject({ version: 3, note: "version 1 restored" });
    expect((await failure(store.restore("restored", 9))).message).toContain("newest is 3");
    expect(await store.history("restored")).toHaveLength(3);
    expect((await failure(store.restore("nobody's", 1))).kind).toBe("not found");
  });

  test("keeps examples as recordings, with the save they belong to", async () => {
    await save("taught", null, ["wave", "bow"], { examples: [exampleOf("wave"), exampleOf("bow")] });
    const [first, second] = await store.listExamples("taught");
    expect([first, second]).toMatchObject([
      { act: "wave", frames: 21, seconds: 2 },
      { act: "bow", frames: 21, seconds: 2 },
    ]);
    const recording = await readNative([Buffer.from(await store.readExample(first.id))]);
    const frames = [];
    for await (const frame of recording.frames) frames.push(frame);
    expect(recording.header).toEqual(exampleOf("wave").header);
    expect(frames.map(({ time, channels }) => ({ time, channels: [channels?.[0], null] }))).toEqual(
      exampleOf("wave").frames,
    );
    expect((await failure(store.readExample(987_654))).kind).toBe("not found");
  });

  test("saves neither a repertoire nor its examples where one of them is wrong", async () => {
    const wrong: [object, RegExp][] = [
      [{ examples: [exampleOf("wave"), exampleOf("nod")] }, /"nod"/],
      [{ examples: [{ ...exampleOf("wave"), header: { format: "other" } }] }, /attune-recording/],
      [{ examples: [{ ...exampleOf("wave"), frames: [{ time: 0, channels: [1, 2], picture: "data:" }] }] }, /picture/],
      [{ examples: [{ ...exampleOf("wave"), frames: [{ time: 1, channels: [1, 2] }, { channels: [1, 2] }] }] }, /time/],
      [{ repertoire: "{}" }, /no repertoire/],
      [{ repertoire: repertoireOf("wave").slice(0, -1) }, /no repertoire/],
      [{ note: "two\nlines" }, /note/],
    ];
    for (const [more, words] of wrong) {
      const refused = await failure(save("half", null, ["wave"], more));
      expect([refused.kind, refused.message]).toEqual(["invalid", expect.stringMatching(words)]);
    }
    for (const name of [" space", "", "a\nb", "x".repeat(101)])
      await expect(save(name, null, ["wave"])).rejects.toThrow();
    expect((await store.listRepertoires()).map(({ name }) => name)).not.toContain("half");
  });

  test("calls examples what their act is called now", async () => {
    await save("renamed", null, ["wave"], { examples: [exampleOf("wave")] });
    await save("renamed", 1, ["greet"]);
    expect(await store.listExamples("renamed")).toMatchObject([{ act: "greet" }]);
    // The act is forgotten: what it was called when it was taught is left.
    await save("renamed", 2, []);
    expect(await store.listExamples("renamed")).toMatchObject([{ act: "wave" }]);
  });

  test("takes names of any language, and with any sign in them", async () => {
    const names = ["Großmutter", "手を振る", "a/b?c#d%20", "x".repeat(100), "'; drop table version; --", "🙂"];
    for (const name of names) await save(name, null, ["wave"]);
    for (const name of names) expect((await store.readRepertoire(name)).name).toBe(name);
    for (const name of names) await store.removeRepertoire(name);
  });

  test("removes a repertoire with its history and examples, and no other", async () => {
    await save("gone", null, ["wave"], { examples: [exampleOf("wave")] });
    await save("gone", 1, ["bow"]);
    await save("stays", null, ["wave"], { examples: [exampleOf("wave")] });
    const [example] = await store.listExamples("gone");
    await store.removeRepertoire("gone");
    for (const what of [
      () => store.readRepertoire("gone"),
      () => store.readRepertoire("gone", 1),
      () => store.history("gone"),
      () => store.listExamples("gone"),
      () => store.readExample(example.id),
      () => store.removeRepertoire("gone"),
    ])
      expect((await failure(what())).kind).toBe("not found");
    expect(await store.listExamples("stays")).toHaveLength(1);
    expect((await save("gone", null, ["nod"])).version).toBe(1);
  });

  test("keeps settings as they are and consent as it was given", async () => {
    const values = { size: 1.5, off: null, "a.b": { deep: [true, "ä"] }, words: "two" };
    for (const [key, value] of Object.entries(values)) await store.writeSetting(key, value);
    await store.writeSetting("words", "three");
    expect(await store.readSettings()).toEqual({ ...values, words: "three" });
    expect((await failure(store.writeSetting("two words", 1))).kind).toBe("invalid");

    await store.addConsent({ what: "camera", given: true, words: "May I watch you?\nNothing is stored." });
    await store.addConsent({ what: "camera", given: false, words: "Stop watching" });
    expect(await store.listConsent()).toMatchObject([
      { what: "camera", given: true, words: "May I watch you?\nNothing is stored." },
      { what: "camera", given: false },
    ]);
    expect((await failure(store.addConsent({ what: "camera", given: true, words: "\0" }))).kind).toBe("invalid");
  });

  test("exports all of it as JSON, and deletes all of it", async () => {
    await save("all", null, ["wave"], { examples: [exampleOf("wave")] });
    await save("all", 1, ["wave", "bow"]);
    const out = JSON.parse(await textOf(store.exportAll())) as {
      repertoires: { name: string; versions: { repertoire: unknown }[]; examples: { recording: unknown[] }[] }[];
      settings: object;
      consent: unknown[];
    };
    const listed = await store.listRepertoires();
    expect(out.repertoires.map(({ name }) => name).sort()).toEqual(listed.map(({ name }) => name).sort());
    const all = out.repertoires.find(({ name }) => name === "all");
    expect(all?.versions.map(({ repertoire }) => loadRepertoire(repertoire).acts.length)).toEqual([1, 2]);
    expect(all?.examples[0].recording).toEqual([exampleOf("wave").header, ...exampleOf("wave").frames]);
    expect(out.settings).toEqual(await store.readSettings());
    expect(out.consent).toEqual(await store.listConsent());

    await store.removeEverything();
    expect(await store.listRepertoires()).toEqual([]);
    expect(await store.readSettings()).toEqual({});
    expect(await store.listConsent()).toEqual([]);
    const empty = JSON.parse(await textOf(store.exportAll())) as object;
    expect(empty).toMatchObject({ repertoires: [], settings: {}, consent: [] });
    expect((await save("all", null, ["wave"])).version).toBe(1);
  });
});

test(
  "a store asked through a server that has ended is opened here instead",
  async () => {
    const folder = await homeWithStore();
    const server = await startServer({ home: folder.path, port: 0 });
    const store: Store & OpenedStore = await openStore(folder.path);
    await store.writeSetting("before", 1);
    await server.close();
    await Promise.all([store.writeSetting("after", 2), store.writeSetting("too", 3)]);
    expect(store.server()).toBeUndefined();
    expect(await store.readSettings()).toEqual({ before: 1, after: 2, too: 3 });
    await store.close();
    await folder.remove();
  },
  SLOW,
);
