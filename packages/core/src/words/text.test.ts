import { describe, expect, test } from "vitest";
import { slipsAllowed, slipsBetween, wordsIn } from "./text.ts";

describe("words", () => {
  test.each([
    ["Give me the CUP, please!", ["give", "me", "the", "cup", "please"]],
    ["don\u2019t  wave\u2014bow", ["don't", "wave", "bow"]],
    ["Gib mir bitte die gr\u00f6\u00dfte Tasse.", ["gib", "mir", "bitte", "die", "gr\u00f6\u00dfte", "tasse"]],
    [
      "\u041f\u043e\u043c\u0430\u0448\u0438 \u0440\u0443\u043a\u043e\u0439!",
      ["\u043f\u043e\u043c\u0430\u0448\u0438", "\u0440\u0443\u043a\u043e\u0439"],
    ],
    [
      "\u0623\u0639\u0637\u0646\u064a \u0627\u0644\u0643\u0648\u0628\u060c",
      ["\u0623\u0639\u0637\u0646\u064a", "\u0627\u0644\u0643\u0648\u0628"],
    ],
    ["\u0939\u093e\u0925 \u0939\u093f\u0932\u093e\u0913", ["\u0939\u093e\u0925", "\u0939\u093f\u0932\u093e\u0913"]],
    ["wave2 \ud83d\udc4b 7", ["wave2", "7"]],
    [" \t?!\u2026 ", []],
  ])("of %s", (text, words) => expect(wordsIn(text)).toEqual(words));

  test("composed and decomposed letters are the same", () => {
    expect(wordsIn("caf\u0065\u0301")).toEqual(wordsIn("CAF\u00c9"));
  });

  test("a script without spaces is cut where the engine can, and nothing of it is lost", () => {
    const words = wordsIn("\u30b3\u30c3\u30d7\u3092\u304f\u3060\u3055\u3044");
    expect(words.join("")).toBe("\u30b3\u30c3\u30d7\u3092\u304f\u3060\u3055\u3044");
    expect(words.length).toBeGreaterThan(1);
  });
});

test("slips are letters left out, put in, replaced, or swapped", () => {
  expect(["wav", "waave", "wace", "waev", "wave"].map((w) => slipsBetween(w, "wave", 2))).toEqual([1, 1, 1, 1, 0]);
  expect(slipsBetween("bow", "drink", 2)).toBe(Infinity);
  expect(slipsBetween("\u{1d4b2}ave", "wave", 1)).toBe(1);
  expect(["bow", "wave", "beckoning"].map(slipsAllowed)).toEqual([0, 1, 2]);
});
