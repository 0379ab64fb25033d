// The store has one owner at a time, whoever dies whenever.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeOwnership, type Taken } from "./owner.ts";
import { markOf } from "./process-mark.ts";
import { start, temporary, type Child, type Folder } from "./testing.ts";

const SLOW = 120_000;
let folder: Folder;
const children: Child[] = [];

beforeEach(async () => {
  folder = await temporary();
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end()));
  await folder.remove();
});

function child(times: number, hold: number | "forever"): Child {
  const started = start("owner-child.ts", [folder.path, String(times), String(hold)]);
  children.push(started);
  return started;
}

function mine(taken: Taken) {
  if (!("own" in taken)) throw new Error(`process ${taken.pid} has it`);
  return taken.own;
}

async function leave(claim: object): Promise<void> {
  await mkdir(join(folder.path, "owner"), { recursive: true });
  await writeFile(join(folder.path, "owner", "owner.json"), JSON.stringify(claim));
}

test("who comes second is told who has the folder and where it listens", async () => {
  const own = mine(await takeOwnership(folder.path));
  expect(await takeOwnership(folder.path)).toEqual({ pid: process.pid, url: undefined });
  await own.publish("http://127.0.0.1:4747");
  expect(await takeOwnership(folder.path)).toEqual({ pid: process.pid, url: "http://127.0.0.1:4747" });
  await own.release();
  await mine(await takeOwnership(folder.path)).release();
});

test(
  "an owner that was killed is followed at once, and its files are gone",
  async () => {
    const other = child(1, "forever");
    expect(await other.line()).toBe("mine");
    expect(await takeOwnership(folder.path)).toMatchObject({ url: "http://127.0.0.1:1" });
    await other.end("SIGKILL");
    const own = mine(await takeOwnership(folder.path));
    const { readdir } = await import("node:fs/promises");
    expect(await readdir(join(folder.path, "owner"))).toEqual(["owner.json"]);
    await own.release();
  },
  SLOW,
);

describe("an owner by number", () => {
  test("is not mistaken for a later process of the same number", async () => {
    await leave({ id: "old", pid: process.pid, started: "another boot/1", host: hostname() });
    await mine(await takeOwnership(folder.path)).release();
  });

  test("is believed while that very process runs", async () => {
    await leave({ id: "old", ...markOf(process.pid), host: hostname() });
    expect(await takeOwnership(folder.path)).toMatchObject({ pid: process.pid });
  });

  test("of another computer cannot be judged, and is left alone", async () => {
    const claim = { id: "old", pid: 1, started: "", host: "elsewhere" };
    await leave(claim);
    await expect(takeOwnership(folder.path)).rejects.toThrow(/computer "elsewhere".*delete/);
    expect(JSON.parse(await readFile(join(folder.path, "owner", "owner.json"), "utf8"))).toEqual(claim);
  });

  test("that cannot be read is not taken for none", async () => {
    await leave({});
    await expect(takeOwnership(folder.path)).rejects.toThrow(/does not say who owns the store/);
  });
});

test("a claim that hangs in the air, left by a taker who was too late and died, counts for nothing", async () => {
  const own = mine(await takeOwnership(folder.path));
  const late = { id: "late", ...markOf(process.pid), host: hostname() };
  await writeFile(join(folder.path, "owner", "claim.somebody-long-gone"), JSON.stringify(late));
  expect(await takeOwnership(folder.path)).toMatchObject({ pid: process.pid });
  await own.release();
  await mine(await takeOwnership(folder.path)).release();
});

test(
  "of processes that take, hold and are killed all the time, never two have the folder",
  async () => {
    const workers = Array.from({ length: 4 }, () => child(25, 2));
    // Victims are killed while they hold it, or while they try to take it.
    for (let k = 0; k < 3; k++) {
      const victim = child(1, "forever");
      expect(await victim.line()).toBe("mine");
      const trying = child(1, "forever");
      await victim.end("SIGKILL");
      await new Promise((resolve) => setTimeout(resolve, 30 * k));
      await trying.end("SIGKILL");
    }
    for (const worker of workers) expect(await worker.line()).toBe("done");
  },
  SLOW,
);
