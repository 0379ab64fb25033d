import { expect, test } from "vitest";
import { PERSON_LIKE, createLexicon, hearWords } from "./associate.ts";
import { meaningsOf } from "./meanings.ts";
import { listen } from "./phrases.ts";
import { loadLexicon, saveLexicon } from "./store.ts";
import { VERB_FIRST, act, toyTalk } from "./testing.ts";

function full() {
  const lexicon = createLexicon({ ...PERSON_LIKE, seed: 9 });
  toyTalk(VERB_FIRST, 1).forEach(({ words, situation }, t) => listen(lexicon, words, situation, t));
  return lexicon;
}

test("a lexicon reads back as it was, and goes on as it would have", () => {
  const lexicon = full(),
    copy = loadLexicon(saveLexicon(lexicon));
  expect(copy).toEqual(lexicon);
  for (const each of [lexicon, copy]) hearWords(each, ["v-wave", "n-cup", "x"], [act("wave"), act("bow", 0.2)], 99);
  expect(copy).toEqual(lexicon);
  expect(meaningsOf(copy)).toEqual(meaningsOf(lexicon));
  expect(loadLexicon(saveLexicon(createLexicon()))).toEqual(createLexicon());
});

test.each<[string, (stored: Record<string, any>) => void, RegExp]>([
  [
    "another format",
    (s) => (s["format"] = "attune-repertoire"),
    /format is "attune-repertoire", expected "attune-words"/,
  ],
  ["a newer version", (s) => (s["version"] = 2), /version 2, this Attune reads up to 1: update Attune/],
  ["a negative count", (s) => (s["hearings"] = -1), /hearings is -1/],
  ["a referent that is not there", (s) => (s["words"][0].together[0][0] = 99), /names referent 99, there are 0 to 6/],
  [
    "an unknown kind",
    (s) => (s["referents"][0].kind = "colour"),
    /referents\[0\]\.kind is "colour", expected one of act/,
  ],
  ["a word twice", (s) => s["words"].push(s["words"][0]), /which is there already/],
  ["no noise", (s) => (s["noise"] = [1, 2]), /noise is not four/],
  ["words that are none", (s) => (s["words"] = {}), /words is \{\}, expected a list/],
  ["a row too few", (s) => s["order"].before.pop(), /order\.before has 4 rows, expected 5/],
  ["no time that is one", (s) => (s["time"] = "noon"), /time is "noon", expected a number/],
])("%s is refused in one line", (_, spoil, message) => {
  const stored = JSON.parse(saveLexicon(full())) as Record<string, unknown>;
  spoil(stored);
  expect(() => loadLexicon(stored)).toThrow(message);
  try {
    loadLexicon(stored);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).not.toContain("\n");
  }
});

test("half a file is refused in one line", () => {
  expect(() => loadLexicon(saveLexicon(full()).slice(0, 200))).toThrow(/^loadLexicon: not JSON \(.*\)$/);
  expect(() => loadLexicon("[]")).toThrow(/the file is \[\], expected an object/);
});
