// goals from end to end: learned from tables, annotations and sets, shown, and watched in tables and in a recording of the scene's person.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadChains } from "@attune/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, run, temporary, type Ran } from "../testing.ts";

let remove: () => Promise<void>;
let dir = "";
let before = "";

const TABLE = `chain,goal,act,object,role,start,end,scene
1,drink,reach,cup,full,0,0.6,breakfast
1,drink,lift,cup,full,0.6,1.2,breakfast
1,drink,sip,cup,full,1.2,3,breakfast
2,drink,reach,cup,full,0,0.7,breakfast
2,drink,lift,cup,full,0.7,1.3,breakfast
2,drink,sip,cup,full,1.3,3,breakfast
3,clear away the cup,reach,cup,empty,0,0.7,clearing up
3,clear away the cup,lift,cup,empty,0.7,1.3,clearing up
3,clear away the cup,carry,cup,empty,1.3,3,clearing up
4,clear away the cup,reach,cup,empty,0,0.7,clearing up
4,clear away the cup,lift,cup,empty,0.7,1.3,clearing up
4,clear away the cup,carry,cup,empty,1.3,3,clearing up
`;
const SEEN = "act,object,start,end\nreach,cup,0,0.6\nlift,cup,0.6,1.2\ncarry,cup,1.2,3\n";

beforeAll(async () => {
  ({ dir, remove } = await temporary());
  before = process.cwd();
  process.chdir(dir);
  await writeFile("table.csv", TABLE);
  await writeFile("seen.csv", SEEN);
  await run("goals", "learn", "table.csv");
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

describe("goals learn", () => {
  test("from a table, into a file that holds the examples", async () => {
    const { out, code } = await run("goals", "learn", "table.csv", "--goals", "mine.json");
    expect(code).toBe(0);
    expect(out).toMatch(/learned 4 chains; mine\.json now knows 2 goals \(2 new\) from 4 chains/);
    const chains = loadChains(await readFile(join(dir, "mine.json"), "utf8"));
    expect(chains.goals).toEqual(["drink", "clear away the cup"]);
    expect(chains.examples[0].acts[2]).toEqual({ name: "sip", object: "cup", role: "full", from: 1.2, to: 3 });
  });

  test("from annotations, added to what was known; --goal names those that have none", async () => {
    await writeFile("wipe.csv", "tier,start,end,label\nact,0,1,reach\nact,1,3,rub\nobject,0,3,cloth\n");
    await run("goals", "learn", "table.csv", "--goals", "more.json");
    const { out } = await run("goals", "learn", "wipe.csv", "--goal", "wipe", "--goals", "more.json", "--json");
    expect(JSON.parse(out)).toMatchObject({
      learned: 1,
      goals: ["drink", "clear away the cup", "wipe"],
      new: 1,
      unnamed: 0,
    });
  });

  test("chains without a goal are counted as such, or sorted", async () => {
    await run("goals", "learn", "table.csv", "--goals", "sorted.json");
    const { out } = await run("goals", "learn", "seen.csv", "--goals", "sorted.json");
    expect(out).toMatch(/1 chain has no goal yet/);
    const { out: json } = await run("goals", "learn", "seen.csv", "--discover", "--goals", "sorted.json", "--json");
    const { unnamed, discovered } = JSON.parse(json) as { unnamed: number; discovered: { goal: string }[] };
    expect(unnamed).toBe(0);
    expect(discovered).toHaveLength(2);
    expect(new Set(discovered.map(({ goal }) => goal)).size).toBe(1);
  });

  test("what holds no chains is refused, and nothing is written", async () => {
    await writeFile("speech.csv", "tier,start,end,label\nspeech,0,1,hello\n");
    await writeFile("notes.txt", "hello\n");
    refused(
      await run("goals", "learn", "speech.csv", "--goals", "new.json"),
      /tiers speech came, one called "act" was wanted/,
    );
    refused(await run("goals", "learn", "notes.txt", "--goals", "new.json"), /holds no chains of acts/);
    refused(await run("goals", "learn", "nowhere.csv", "--goals", "new.json"), /no file "nowhere\.csv"/);
    refused(await run("goals", "show", "--goals", "new.json"), /no file "new\.json"/);
  });
});

describe("goals show", () => {
  test("a tree with shares and lengths", async () => {
    const { out } = await run("goals", "show", "drink");
    expect(out).toBe(
      "drink (2 chains)\n  reach cup (full)  0.6 s\n  lift cup (full)  0.6 s\n  sip cup (full)  1.8 s\n",
    );
  });

  test("as JSON; an unknown goal is refused with the nearest", async () => {
    const { out } = await run("goals", "show", "--json");
    const { goals } = JSON.parse(out) as { goals: { goal: string; examples: number; chain: { act: string }[] }[] };
    expect(goals.map(({ goal, examples }) => [goal, examples])).toEqual([
      ["clear away the cup", 2],
      ["drink", 2],
    ]);
    expect(goals[1].chain[0].act).toBe("reach");
    refused(await run("goals", "show", "drnk"), /no goal "drnk" is known.*drink/);
  });
});

describe("goals watch", () => {
  test("a table, act by act: the scene decides at first, the act that breaks it in the end, and it says why", async () => {
    const { out } = await run("goals", "watch", "seen.csv", "--scene", "breakfast", "--why");
    const lines = out.split("\n");
    expect(lines.find((l) => /0\.0 s {2}reach: /.test(l))).toMatch(/drink 0\.\d+, clear away the cup/);
    expect(out).toMatch(/she is reaching for the cup, most likely to drink \(0\.\d\), else to clear it away/);
    expect(lines.find((l) => /1\.2 s {2}carry: /.test(l))).toMatch(/carry: clear away the cup/);
    expect(out).toMatch(/Then came carrying the cup: .* as likely to clear away the cup as to drink/);
  });

  test("as JSON, a line for each beginning and each end", async () => {
    const { out } = await run("goals", "watch", "seen.csv", "--json");
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ event }) => event)).toEqual(["begin", "end", "begin", "end", "begin", "end"]);
    expect(lines[2]).toMatchObject({ time: 0.6, landing: { object: "cup" } });
    expect((lines[2]["next"] as { onset: { mean: number } }[])[0].onset.mean).toBeGreaterThan(0.3);
  });

  test("a recording, by the acts of the repertoire", async () => {
    for (const act of ["wave", "bow", "clap"]) {
      await record(`${act}.ndjson`, [0.3, act, 0.3], { seed: 4 });
      await run("learn", act, `${act}.ndjson`);
    }
    await writeFile(
      "manners.csv",
      [
        "chain,goal,act,start,end",
        ...[0, 1, 2].flatMap((k) => [
          `${k},greet,wave,0,2`,
          `${k},greet,bow,3,5`,
          `${k + 10},applaud,clap,0,2`,
          `${k + 10},applaud,bow,3,5`,
        ]),
      ].join("\n"),
    );
    await run("goals", "learn", "manners.csv", "--goals", "manners.json");
    await record("day.ndjson", [0.6, "wave", 1, "bow", 1], { seed: 7 });
    const { out, code } = await run("goals", "watch", "day.ndjson", "--goals", "manners.json", "--json");
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split("\n")
      .map(
        (line) =>
          JSON.parse(line) as {
            event: string;
            goals: { goal: string }[];
            doing: { act: string }[];
            next: { act: string; probability: number }[];
          },
      );
    const waving = lines.findLast(({ doing }) => doing[0]?.act === "wave");
    expect(waving?.goals[0].goal).toBe("greet");
    expect(waving?.next[0].act).toBe("bow");
    expect(lines.some(({ doing }) => doing[0]?.act === "bow")).toBe(true);
  }, 60_000);

  test("acts that are called otherwise than in the chains are refused before anything is watched", async () => {
    await record("walk.ndjson", [0.5], { seed: 1 });
    await record("nod.ndjson", [0.3, "wave", 0.3], { seed: 4 });
    await run("learn", "flourish", "nod.ndjson", "--repertoire", "other.json");
    refused(
      await run("goals", "watch", "walk.ndjson", "--repertoire", "other.json"),
      /none of the acts I can recognise \(flourish\) is in a chain I know \(reach, lift, sip, carry\)/,
    );
    refused(await run("goals", "watch", "seen.csv", "--item", "3"), /--item 3 came, seen\.csv has chains 0 to 0/);
  });
});
