// say, tell and words from end to end, on recordings of the scene's person.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadLexicon, meaningsOf, namesOf } from "@attune/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, run, temporary, type Ran } from "../testing.ts";

let remove: () => Promise<void>;
let dir = "";
let before = "";

beforeAll(async () => {
  ({ dir, remove } = await temporary());
  before = process.cwd();
  process.chdir(dir);
  for (const act of ["wave", "bow"]) {
    await record(`${act}.ndjson`, [0.3, act, 0.3], { seed: 4 });
    await run("learn", act, `${act}.ndjson`);
  }
  await record("day.ndjson", [0.6, "wave", 1, "bow", 1, "wave", 1, "bow", 0.8], { seed: 7 });
});
afterAll(async () => {
  process.chdir(before);
  await remove();
});

/** Exit code 2 and one line that says this. */
function refused({ out, err, code }: Ran, part: RegExp): void {
  expect(err.trimEnd().split("\n"), err).toHaveLength(1);
  expect(err).toMatch(part);
  expect(out).toBe("");
  expect(code).toBe(2);
}

describe("say", () => {
  test("in English for each thing that happens, as long as there are no words", async () => {
    const { out, code } = await run("say", "day.ndjson");
    expect(code).toBe(0);
    expect(out).toMatch(/I see someone do this: wave\./);
    expect(out).toMatch(/I see someone do this: bow\./);
  });

  test("every so many seconds, as JSON", async () => {
    const { out } = await run("say", "day.ndjson", "--every", "1", "--json");
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { time: number; sentence: string });
    expect(lines.length).toBeGreaterThan(5);
    lines.slice(1).forEach(({ time }, k) => expect(time - lines[k].time).toBeCloseTo(1, 1));
  });

  test("in own words where there are any, in English where there is none for it", async () => {
    for (let k = 0; k < 2; k++) await run("words", "teach", "wave", "winken", "--words", "de.json");
    const { out } = await run("say", "day.ndjson", "--words", "de.json");
    expect(out).toMatch(/ s {2}winken\n/);
    expect(out).toMatch(/do this: bow/);
  });

  test("words that were named and are not there are refused", async () => {
    refused(await run("say", "day.ndjson", "--words", "nowhere.json"), /there is no file "nowhere\.json"/);
  });
});

describe("tell", () => {
  test("by the name of an act it is performed, what is unknown is told", async () => {
    const { out, err, code } = await run("tell", "Please WAVE!", "--out", "did.bvh");
    expect(code).toBe(0);
    expect(out).toMatch(/^I did "wave" in /);
    expect(err).toMatch(/I do not know 'please' and went by the rest/);
    expect(await readFile("did.bvh", "utf8")).toMatch(/^HIERARCHY/);
  });

  test("unsure, it asks back and writes nothing", async () => {
    refused(await run("tell", "wave bow", "--out", "no.bvh"), /do you mean (wave or bow|bow or wave)\?/);
    refused(await run("tell", "gavagai", "--out", "no.bvh"), /I do not know the word 'gavagai' yet; show me/);
    await expect(readFile(join(dir, "no.bvh"))).rejects.toThrow(/ENOENT/);
  });

  test("by words it was taught", async () => {
    for (let k = 0; k < 2; k++) await run("words", "teach", "bow", "verbeugen", "--words", "de2.json");
    const { out, code } = await run("tell", "Verbeugen.", "--words", "de2.json", "--out", "did.ndjson", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ act: "bow", out: "did.ndjson" });
  });
});

describe("words", () => {
  test("are learned from a recording and what was said in it", async () => {
    const moments = await run("watch", "day.ndjson", "--json");
    const rows: string[] = ["tier,start,end,label"];
    for (const line of moments.out.trimEnd().split("\n")) {
      const { events } = JSON.parse(line) as { events: { kind: string; act?: string; time: number }[] };
      for (const { kind, act, time } of events)
        if (kind === "recognised")
          rows.push(`mother,${time},${time + 0.5},${act === "wave" ? "schau winken" : "schau verbeugen"}`);
    }
    expect(rows.length).toBeGreaterThan(4);
    await writeFile("said.csv", `${rows.join("\n")}\n`);
    const { out, code } = await run("words", "learn", "day.ndjson", "--said", "said.csv", "--words", "heard.json");
    expect(code).toBe(0);
    expect(out).toMatch(/know 3 words, 3 of them new/);
    const meanings = meaningsOf(loadLexicon(await readFile("heard.json", "utf8")));
    expect(namesOf(meanings, { kind: "act", name: "wave" })[0].word).toBe("winken");
    expect(namesOf(meanings, { kind: "act", name: "bow" })[0].word).toBe("verbeugen");
    expect((await run("words", "list", "--words", "heard.json")).out).toMatch(/winken +wave \(act\)/);
  });

  test("what does not fit is refused in one line", async () => {
    refused(await run("words", "list"), /there is no attune-words\.json here; teach a word first/);
    refused(await run("words", "teach", "wave", "?!"), /"\?!" came and holds no word/);
    refused(await run("words", "list", "--words", "wave.ndjson"), /wave\.ndjson/);
    await writeFile("two.csv", "tier,start,end,label\nann,0,1,hi\nbob,1,2,ho\n");
    refused(await run("words", "learn", "day.ndjson", "--said", "two.csv"), /has the tiers ann, bob; say which/);
    refused(
      await run("words", "learn", "day.ndjson", "--said", "two.csv", "--tier", "an"),
      /--tier an came.*did you mean "ann"/,
    );
    await writeFile("late.csv", "tier,start,end,label\nann,500,501,hi\n");
    refused2(await run("words", "learn", "day.ndjson", "--said", "late.csv"));
  });
});

/** A warning comes before the refusal. */
function refused2({ err, code }: Ran): void {
  expect(code).toBe(2);
  expect(err).toMatch(/late\.csv has no utterance within day\.ndjson/);
}
