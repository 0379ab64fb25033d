import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bytesAt, openSource, writeChunks, writeWhole } from "./files.ts";
import { temporary } from "./testing.ts";

let place: Awaited<ReturnType<typeof temporary>>;
beforeEach(async () => {
  place = await temporary();
});
afterEach(() => place.remove());

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("half of it");
  throw new Error("the disk is on fire");
}

describe("writing", () => {
  test("a write that fails half-way leaves the old file whole and nothing beside it", async () => {
    const path = join(place.dir, "kept.json");
    await writeWhole(path, "old");
    await expect(writeChunks(path, failing())).rejects.toThrow("on fire");
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(place.dir)).toEqual(["kept.json"]);
  });

  test("a write that succeeds replaces the file and leaves nothing beside it", async () => {
    const path = join(place.dir, "kept.json");
    await writeWhole(path, "old");
    await writeWhole(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(place.dir)).toEqual(["kept.json"]);
  });

  test("a link stays a link, to a replaced file", async () => {
    await writeFile(join(place.dir, "real.json"), "old");
    await symlink("real.json", join(place.dir, "link.json"));
    await writeWhole(join(place.dir, "link.json"), "new");
    expect(await readFile(join(place.dir, "real.json"), "utf8")).toBe("new");
  });

  test("a folder that is not there is named", async () => {
    await expect(writeWhole(join(place.dir, "no", "x.json"), "")).rejects.toThrow(/no folder/);
  });
});

describe("reading", () => {
  test("a missing file suggests the one that is spelled like it", async () => {
    await writeFile(join(place.dir, "wave.bvh"), "");
    await expect(openSource(join(place.dir, "wvae.bvh"))).rejects.toThrow(/did you mean "wave.bvh"/);
  });

  test("bytes from the middle of a file, fewer at its end", async () => {
    const path = join(place.dir, "x.bin");
    await writeFile(path, Buffer.from([0, 1, 2, 3, 4, 5]));
    expect([...(await bytesAt(path, 2, 3))]).toEqual([2, 3, 4]);
    expect([...(await bytesAt(path, 4, 10))]).toEqual([4, 5]);
  });
});
