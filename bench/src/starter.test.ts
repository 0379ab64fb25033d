import { STARTER_NAMES } from "@attune/actor";
import { expect, test } from "vitest";
import { actMeant } from "./starter.ts";

test("a label names a starter act by its word, and none where it names two things or another", () => {
  expect(["high arm wave", "Waving", "hand clap", "high throw"].map(actMeant)).toEqual([
    "wave",
    "wave",
    "clap",
    "throw",
  ]);
  expect(["pickup and throw", "tennis serve", "microwave", "1"].map(actMeant)).toEqual(Array(4).fill(undefined));
  for (const label of ["wave", "clap", "throw"]) expect(STARTER_NAMES).toContain(actMeant(label));
});
