import { expect, test } from "vitest";
import { chainsOfAnnotations, chainsOfSet, isChainHead, readChainTable } from "./chains.ts";
import { FormatError } from "./errors.ts";
import { openSet } from "./set.ts";

const bytes = (text: string): Uint8Array[] => [new TextEncoder().encode(text)];

test("a set's items become chains with names, seconds, the object's kind and its role", () => {
  const set = openSet({
    name: "made",
    task: "chains",
    dims: 1,
    fpsHz: 20,
    classes: ["drinking_tea"],
    sub_activities: ["reaching", "moving"],
    affordances: ["still", "movable"],
    items: [
      {
        o: 0,
        T: 40,
        y: 0,
        subj: 3,
        object: "1:cup",
        segments: [
          [0, 19, 0, 0, 1, 20],
          [20, 39, 1, 1, 21, 40],
        ],
      },
    ],
  });
  expect(chainsOfSet(set)).toEqual([
    {
      goal: "drinking_tea",
      who: "3",
      objects: [{ kind: "cup" }],
      acts: [
        { name: "reaching", role: "still", from: 0, to: 1 },
        { name: "moving", role: "movable", from: 1, to: 2 },
      ],
    },
  ]);
});

test("annotations are cut into chains where the goal's annotation ends; acts without a goal are a chain without one", () => {
  const row = (tier: string, start: number, end: number, label: string) => ({ tier, start, end, label });
  const chains = chainsOfAnnotations([
    row("anna goal", 0, 3, "drink"),
    row("anna act", 2, 3, "sip"),
    row("anna act", 0, 1, "reach"),
    row("object", 0, 2.9, "cup"),
    row("scene", 0, 9, "breakfast"),
    row("sound", 2.5, 2.6, "slurp"),
    row("anna act", 5, 6, "wave"),
    row("anna goal", 7, 9, "drink"),
    row("anna act", 7, 8, "reach"),
    row("gaze", 0, 9, "of no concern"),
  ]);
  expect(chains.map(({ goal, acts }) => [goal, acts.map(({ name, object }) => [name, object])])).toEqual([
    [
      "drink",
      [
        ["reach", "cup"],
        ["sip", "cup"],
      ],
    ],
    [undefined, [["wave", undefined]]],
    ["drink", [["reach", undefined]]],
  ]);
  expect(chains[0].sounds).toEqual([{ sound: "slurp", time: 2.5 }]);
  expect(chains[0].scene).toBe("breakfast");
  expect(() => chainsOfAnnotations([row("speech", 0, 1, "hello")])).toThrow(FormatError);
  expect(() => chainsOfAnnotations([row("speech", 0, 1, "hello")])).toThrow(/tiers speech came, one called "act"/);
});

test("a table with a row an act is cut where goal, person or chain change, or time goes back", async () => {
  const { chains } = await readChainTable(
    bytes(
      "chain;act;object;start;end;goal\na;reach;cup;0;0,5;drink\na;sip;cup;0,5;2;drink\nb;reach;cup;3;4;drink\nb;wipe;;1;2;drink\n",
    ),
  );
  expect(chains.map(({ acts }) => acts.length)).toEqual([2, 1, 1]);
  expect(chains[0].acts[1]).toEqual({ name: "sip", object: "cup", from: 0.5, to: 2 });
  expect(chains[2].objects).toBeUndefined();
});

test("a table that lacks a column, or has a time that is none, is refused with what was wanted", async () => {
  await expect(readChainTable(bytes("act,object\nreach,cup\n"))).rejects.toThrow(/start, end were wanted/);
  await expect(readChainTable(bytes("act,start,end\nreach,0,1\nsip,2,1\n"))).rejects.toThrow(
    /rise were wanted.*line 3/,
  );
});

test("tables of chains are told from annotations by their first line", () => {
  expect(isChainHead("act,start,end,goal")).toBe(true);
  expect(isChainHead('"Act"\t"Begin Time"\t"End Time"')).toBe(true);
  expect(isChainHead("tier,start,end,label")).toBe(false);
});
