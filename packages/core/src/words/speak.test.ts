import { expect, test } from "vitest";
import { createLexicon } from "./associate.ts";
import { meaningsOf } from "./meanings.ts";
import { listen } from "./phrases.ts";
import { NO_WORD, sayableOf, speakEnglish, speakOwn } from "./speak.ts";
import { VERB_LAST, toyTalk } from "./testing.ts";

const lexicon = createLexicon();
toyTalk(VERB_LAST, 3).forEach(({ words, situation }, t) => listen(lexicon, words, situation, t));
const meanings = meaningsOf(lexicon);
const cup = { objects: [{ name: "cup", probability: 0.9 }] };

test("own words come in the order they were heard in", () => {
  const said = speakOwn(meanings, { acts: [{ name: "drink", probability: 0.9 }], ...cup });
  expect(said.sentence).toBe("n-cup v-drink");
  expect(said.probability).toBeGreaterThan(0.3);
});

test("an act without a name has no word yet; a thing without one is left out and told", () => {
  expect(speakOwn(meanings, { acts: [{ name: "jump", probability: 0.9 }], ...cup })).toMatchObject({
    sentence: NO_WORD,
    words: [],
    missing: [{ kind: "act", name: "jump" }],
  });
  const { sentence, missing } = speakOwn(meanings, {
    acts: [{ name: "give", probability: 0.9 }],
    objects: [{ name: "lamp", probability: 0.9 }],
  });
  expect(sentence).toBe("v-give");
  expect(missing).toEqual([{ kind: "object", name: "lamp" }]);
});

test("what is not believed is not said", () => {
  expect(speakOwn(meanings, { acts: [{ name: "give", probability: 0.4 }] }).words).toEqual([]);
  expect(speakOwn(meanings, { acts: [{ name: "give", probability: 0.4 }], novel: true }).sentence).toBe(NO_WORD);
});

test("words of a script without spaces are joined without", () => {
  const kanji = createLexicon();
  toyTalk((verb, noun) => [noun === "cup" ? "\u676f" : noun, verb === "drink" ? "\u98f2\u3080" : verb], 2).forEach(
    ({ words, situation }, t) => listen(kanji, words, situation, t),
  );
  const { sentence } = speakOwn(meaningsOf(kanji), { acts: [{ name: "drink", probability: 1 }], ...cup });
  expect(sentence).toBe("\u676f\u98f2\u3080");
});

test("English says act, thing, place, goals with their probability, what comes next, and the face", () => {
  expect(
    speakEnglish({
      acts: [{ name: "reach", probability: 0.8 }],
      ...cup,
      places: [{ name: "table", probability: 0.7 }],
      goals: [
        { name: "drink", probability: 0.7 },
        { name: "clear away", probability: 0.25 },
      ],
      next: { name: "lift", probability: 0.8, in: 0.4 },
      expressions: [{ name: "joy", probability: 0.8 }],
      who: "Ann",
    }),
  ).toBe(
    "I see Ann do this: reach, with the cup, at the table, most likely for this: drink (0.7), else clear away (0.3); next comes lift at once; the face looks like joy.",
  );
});

test("English says doubt, novelty and nothing as such", () => {
  const two = [
    { name: "wave", probability: 0.45 },
    { name: "bow", probability: 0.35 },
  ];
  expect(speakEnglish({ acts: two })).toBe("It is wave or bow, I am not sure which.");
  expect(speakEnglish({ acts: two.slice(0, 1) })).toBe("It could be wave, I am not sure.");
  expect(speakEnglish({ acts: two, novel: true })).toMatch(/new to me/);
  expect(speakEnglish({ acts: [] })).toMatch(/nothing that I know/);
  expect(
    speakEnglish({ acts: [{ name: "wave", probability: 0.9 }], expressions: [{ name: "neutral", probability: 1 }] }),
  ).not.toMatch(/face/);
});

test("a moment becomes something to say", () => {
  const acts = [
    { name: "wave", probability: 0.9, phase: 0.5, phaseSd: 0, tempo: 1, remaining: 1, since: 1, evidence: 3 },
  ];
  const moment = { time: 1, acts, none: 0.1, novelty: { score: -1, novel: false }, events: [], seen: [] };
  expect(speakEnglish(sayableOf(moment, cup))).toBe("I see someone do this: wave, with the cup.");
});
