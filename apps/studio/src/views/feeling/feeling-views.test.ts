import { expect, test } from "vitest";
import type { OtherwiseRow, WouldDo } from "../../mind/feeling-protocol.ts";
import { aboutThem, sentence } from "./about.ts";
import { planeWords, reachOf, splitRows, stack } from "./told-words.ts";

const felt = (parts: number[]) => ({ at: 0, own: [0, 0] as const, parts: Float32Array.from(parts) });
const would = (kind: string, differs = false): WouldDo => ({
  kind,
  channel: "face",
  chance: 1,
  strength: 1,
  latency: 0.6,
  reasons: [],
  differs,
});

test("parts are stacked away from the line, each side by itself, and reach as far as they sum to", () => {
  expect(stack([0.2, -0.1, 0.3, -0.2])).toEqual([
    [0, 0.2],
    [0, -0.1],
    [0.2, 0.5],
    [-0.1, expect.closeTo(-0.3)],
  ]);
  expect(reachOf([felt([0.2, -0.1, 0.3]), felt([-0.6, -0.1, 0])])).toBeCloseTo(0.7);
  expect(reachOf([])).toBeGreaterThan(0);
});

test("where both are is told as a look and never as what somebody feels", () => {
  const person = { generated: false, reads: true, watching: true };
  const said = planeWords([0.3, -0.05], [0.62, 0.3, 0.2], person);
  expect(said).toBe("I am glad and calm. Your face looks very bright and stirred to me, give or take 0.2.");
  expect(planeWords([0, 0], undefined, person)).toMatch(/Of you I know nothing yet/);
  expect(planeWords([0, 0], undefined, { ...person, reads: false })).toMatch(/do not read your face/);
  expect(planeWords([0, 0], [0.5, 0, 0.1], { ...person, watching: false })).not.toMatch(/face/);
  expect(said).not.toMatch(/you feel|you are/i);
});

test("what the heart says of whom it watches is said to a person, and of somebody generated", () => {
  expect(aboutThem("your face looks like joy", false)).toBe("your face looks like joy");
  expect(aboutThem("your face looks like joy", true)).toBe("their face looks like joy");
  expect(aboutThem("you looks bright to me", false)).toBe("you look bright to me");
  expect(aboutThem("some I caught from generated person", true)).toBe("some I caught from the generated person");
  expect(sentence("most smiles are returned")).toBe("Most smiles are returned.");
  expect(sentence("")).toBe("");
});

test("rows in which nothing is otherwise are told together", () => {
  const now: OtherwiseRow = { if: { knob: "now" }, would: [would("smile")] };
  const rival: OtherwiseRow = { if: { knob: "relation", relation: "rival" }, would: [would("stay still", true)] };
  const close: OtherwiseRow = { if: { knob: "relation", relation: "intimate" }, would: [would("smile")] };
  const none: OtherwiseRow = { if: { knob: "gain", gain: "facialMimicry", value: 0 }, would: [] };
  expect(splitRows(now, [rival, close, none])).toEqual({ different: [rival, none], same: [close] });
});
