// What the engine owes us: tables of every age, nothing lost with a killed process, one owner however many write.

import fs from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createRng } from "@attune/core";
import { exampleOf, homeWithStore, removeTemplate, repertoireOf, start, temporary, type Folder } from "../testing.ts";
import type { Database } from "./database.ts";
import { migrate, MIGRATIONS, type Migration } from "./migrations.ts";
import { openStore } from "./open.ts";
import { openPglite } from "./pglite.ts";

const SLOW = 120_000;
const NOW = () => new Date("2026-03-01T12:00:00Z");
const ROUNDS = Number(process.env["ATTUNE_ROUNDS"] ?? 3);

afterAll(removeTemplate);

describe("migrations", () => {
  let folder: Folder;
  let database: Database;
  beforeAll(async () => {
    folder = await temporary();
    database = await openPglite(join(folder.path, "store"));
  }, SLOW);
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });
  const applied = () => database.query("select number, name from migration order by number");

  // One store grows older from test to test.
  const first: Migration[] = [{ name: "birds", statements: ["create table bird (name text)"] }];
  const second: Migration[] = [
    ...first,
    { name: "colours", statements: ["alter table bird add column colour text", "update bird set colour = 'black'"] },
  ];

  test("make the tables of an empty store", async () => {
    await migrate(database, NOW, first);
    await migrate(database, NOW, first);
    expect(await applied()).toEqual([{ number: 1, name: "birds" }]);
    await database.query("insert into bird (name) values ('crow')");
  });

  test("that fail half way change nothing", async () => {
    const bad = [...first, { name: "bad", statements: ["alter table bird add column wings integer", "no sql"] }];
    await expect(migrate(database, NOW, bad)).rejects.toThrow(/syntax/);
    expect(await applied()).toHaveLength(1);
    expect(await database.query("select * from bird")).toEqual([{ name: "crow" }]);
  });

  test("bring an older store up to date with what is in it", async () => {
    await migrate(database, NOW, second);
    expect(await applied()).toEqual([
      { number: 1, name: "birds" },
      { number: 2, name: "colours" },
    ]);
    expect(await database.query("select * from bird")).toEqual([{ name: "crow", colour: "black" }]);
  });

  test("refuse a store of a newer version and leave it as it is", async () => {
    await expect(migrate(database, NOW, first)).rejects.toThrow(
      /the store is of version 2, this Attune knows up to 1; update Attune/,
    );
    expect(await applied()).toHaveLength(2);
    expect(await database.query("select * from bird")).toEqual([{ name: "crow", colour: "black" }]);
  });

  test("and each write after them is on disk before it is acknowledged", async () => {
    const synced = vi.spyOn(fs, "fsyncSync");
    for (let k = 1; k <= 5; k++) {
      await database.transaction((sql) => sql.query("insert into bird (name) values ('jay')"));
      expect(synced).toHaveBeenCalledTimes(k);
    }
    synced.mockRestore();
  });

  test("are numbered as they were released", () => {
    expect(MIGRATIONS.map(({ name }) => name)).toEqual(["repertoires, examples, settings, consent"]);
  });
});

describe("a folder", () => {
  let folder: Folder;
  afterEach(() => folder.remove());

  test(
    "in which making the store was cut short is made anew, and whole",
    async () => {
      folder = await homeWithStore();
      // As a process leaves it that is killed before the new store has its name.
      await rename(join(folder.path, "store"), join(folder.path, "store.new"));
      await rm(join(folder.path, "store.new", "global"), { recursive: true });
      const store = await openStore(folder.path);
      await store.writeSetting("works", true);
      await store.close();
      expect(await readdir(folder.path)).not.toContain("store.new");
    },
    SLOW,
  );

  test("of another engine is refused, untouched, and not kept locked", async () => {
    folder = await temporary();
    await mkdir(join(folder.path, "store"));
    await writeFile(join(folder.path, "store", "PG_VERSION"), "19\n");
    for (let twice = 0; twice < 2; twice++)
      await expect(openStore(folder.path)).rejects.toThrow(/format 19, this Attune reads format 18/);
    expect(await readdir(join(folder.path, "store"))).toEqual(["PG_VERSION"]);
  });

  test("that cannot be written is refused in one line", async () => {
    folder = await temporary();
    await writeFile(join(folder.path, "file"), "");
    await expect(openStore(join(folder.path, "file", "data"))).rejects.toThrow(
      /the data folder ".*data" cannot be written \(ENOTDIR\); make it writable, or name another with ATTUNE_HOME/,
    );
  });
});

interface Acknowledged {
  readonly name: string;
  readonly version: number;
  readonly note: string;
  readonly repertoire: string;
  readonly example: boolean;
}

/** Saves as fast as it can until the server is gone; adds what was acknowledged to `done`. */
async function writeUntilGone(url: string, name: string, round: number, done: Acknowledged[]): Promise<void> {
  const at = `${url}/api/repertoires/${name}`;
  try {
    const response = await fetch(at);
    let base: number | null = response.ok ? ((await response.json()) as { version: number }).version : null;
    for (let k = 0; ; k++) {
      const repertoire = repertoireOf("wave", `act ${k % 7}`);
      const note = `round ${round}, save ${k}`;
      const example = k % 3 === 0;
      const body = { repertoire, base, note, ...(example ? { examples: [exampleOf("wave")] } : {}) };
      const answer = await fetch(at, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      base = ((await answer.json()) as { version: number }).version;
      done.push({ name, version: base, note, repertoire, example });
    }
  } catch (error) {
    // The server was killed.
    if (!(error instanceof TypeError)) throw error;
  }
}

test(
  `a server killed while it is written to loses nothing it acknowledged (${ROUNDS} rounds)`,
  async () => {
    const folder = await homeWithStore();
    const rng = createRng(1, "kill");
    const all: Acknowledged[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const server = start("serve-child.ts", [folder.path]);
      const url = await server.line();
      const acknowledged: Acknowledged[] = [];
      const writers = ["ann", "bob"].map((name) => writeUntilGone(url as string, name, round, acknowledged));
      // After some saves, in the midst of another, wherever in it that is.
      const enough = 2 + Math.floor(20 * rng());
      while (acknowledged.length < enough) await new Promise((resolve) => setTimeout(resolve, 2));
      await new Promise((resolve) => setTimeout(resolve, 50 * rng()));
      await server.end("SIGKILL");
      await Promise.all(writers);
      all.push(...acknowledged);

      const store = await openStore(folder.path);
      expect(store.server()).toBeUndefined();
      for (const name of ["ann", "bob"]) {
        const mine = all.filter((each) => each.name === name);
        const history = new Map((await store.history(name)).map(({ version, note }) => [version, note]));
        for (const { version, note } of mine) expect(history.get(version), `${name} ${version}`).toBe(note);
        // One save may have been done and not answered each round, never more, and never half of one.
        expect(history.size).toBeLessThanOrEqual(mine.length + round + 1);
        for (const { version, repertoire } of mine.slice(-3))
          expect((await store.readRepertoire(name, version)).repertoire).toBe(repertoire);
        const newest = await store.readRepertoire(name);
        expect(newest.version).toBe(Math.max(...history.keys()));
        const examples = await store.listExamples(name);
        expect(examples.length).toBeGreaterThanOrEqual(mine.filter(({ example }) => example).length);
        const last = examples.at(-1);
        if (last) expect((await store.readExample(last.id)).trimEnd().split("\n")).toHaveLength(22);
      }
      await store.close();
    }
    console.log(`${all.length} saves acknowledged in ${ROUNDS} rounds, all of them there`);
    await folder.remove();
  },
  SLOW + ROUNDS * 30_000,
);

test(
  "a server and three commands write at the same time, and everything acknowledged is there",
  async () => {
    const folder = await homeWithStore();
    const commands = ["one", "two", "three"].map((name) => start("store/write-child.ts", [folder.path, name, "4"]));
    const server = start("serve-child.ts", [folder.path]);
    const lines = await Promise.all(
      commands.map(async (command) => {
        const said: string[] = [];
        for (let line = await command.line(); line !== undefined; line = await command.line()) said.push(line);
        expect(await command.exit()).toBe(0);
        return said;
      }),
    );
    const url = await server.line();
    const put = await fetch(`${url}/api/settings/own`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: '{"value":1}',
    });
    expect(put.status).toBe(204);
    expect(await server.end("SIGTERM")).toBe(0);

    const said = lines.flat();
    expect(said).toHaveLength(2 * 3 * 4);
    const store = await openStore(folder.path);
    const settings = await store.readSettings();
    const history = await store.history("shared");
    const versions = said.filter((line) => line.startsWith("version"));
    expect(history.map(({ version, note }) => `version ${version} ${note}`).sort()).toEqual(versions.sort());
    expect(history.map(({ version }) => version)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    const kept = ["own", ...said.filter((line) => line.startsWith("setting")).map((line) => line.split(" ")[1])];
    expect(Object.keys(settings).sort()).toEqual(kept.sort());
    await store.close();
    await folder.remove();
  },
  SLOW,
);
