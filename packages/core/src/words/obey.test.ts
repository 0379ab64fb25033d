import { describe, expect, test } from "vitest";
import { createLexicon } from "./associate.ts";
import { type Meanings, meaningsOf } from "./meanings.ts";
import { understand } from "./obey.ts";
import { listen } from "./phrases.ts";
import { ACTS, OBJECTS, act, object, toyTalk } from "./testing.ts";

const DE: Record<string, string> = { wave: "winken", bow: "verbeugen", give: "geben", drink: "trinken" };
const DING: Record<string, string> = { cup: "Tasse", ball: "Ball", book: "Buch" };

/** A little German: "die Tasse bitte geben". */
function german(): Meanings {
  const lexicon = createLexicon();
  toyTalk((verb, noun) => ["die", DING[noun].toLowerCase(), "bitte", DE[verb]], 3).forEach(({ words, situation }, t) =>
    listen(lexicon, words, situation, t),
  );
  return meaningsOf(lexicon);
}

const meanings = german();
const canDo = { acts: ACTS, objects: OBJECTS };

describe("told in learned words", () => {
  test("it does what it is told with what it is told", () => {
    const told = understand(meanings, "Die TASSE bitte geben!", canDo);
    expect(told).toMatchObject({ kind: "do", act: "give", object: "cup", unknown: [] });
    expect(told.kind === "do" && told.probability).toBeGreaterThan(0.5);
    expect(understand(meanings, "winken", canDo)).toMatchObject({ kind: "do", act: "wave" });
    expect(understand(meanings, "winken", canDo)).not.toHaveProperty("object");
  });

  test("slips of the finger are forgiven, but not in short words", () => {
    expect(understand(meanings, "wniken", canDo)).toMatchObject({ kind: "do", act: "wave" });
    expect(understand(meanings, "den Bal bitte geben", canDo)).not.toHaveProperty("object");
  });

  test("two acts at once are asked about", () => {
    const told = understand(meanings, "winken trinken", canDo);
    expect(told).toMatchObject({ kind: "ask" });
    expect(told.kind === "ask" && told.question).toMatch(/^do you mean (wave or drink|drink or wave)\?$/);
    expect(told.kind === "ask" && [...told.candidates].sort()).toEqual(["drink", "wave"]);
  });

  test("a word of two meanings is asked about", () => {
    const lexicon = createLexicon();
    for (let t = 0; t < 6; t++) listen(lexicon, ["hallo"], [act(t % 2 ? "wave" : "bow")], t);
    for (let t = 6; t < 9; t++) listen(lexicon, ["trink"], [act("drink")], t);
    const told = understand(meaningsOf(lexicon), "hallo", canDo);
    expect(told.kind === "ask" && told.question).toMatch(/^do you mean (wave or bow|bow or wave)\?$/);
  });

  test("an act it knows the word for and cannot do is said so", () => {
    expect(understand(meanings, "winken", { acts: ["bow"] })).toMatchObject({
      kind: "ask",
      question: "I know what wave is, but I cannot do it; show me",
    });
  });

  test("a thing alone is no order", () => {
    expect(understand(meanings, "Tasse", canDo)).toMatchObject({
      kind: "ask",
      question: "what shall I do with the cup?",
    });
  });

  test("unknown words are asked for, words without meaning are not taken for any", () => {
    expect(understand(meanings, "gavagai", canDo)).toMatchObject({
      kind: "ask",
      question: "I do not know the word 'gavagai' yet; show me",
      unknown: ["gavagai"],
    });
    expect(understand(meanings, "bitte", canDo)).toMatchObject({ kind: "ask", unknown: [] });
    expect(understand(meanings, "gavagai winken", canDo)).toMatchObject({
      kind: "do",
      act: "wave",
      unknown: ["gavagai"],
    });
    expect(understand(meanings, "...", canDo)).toMatchObject({
      kind: "ask",
      question: "I heard no word; tell me what to do",
    });
  });

  test("a word heard once among others is not obeyed without asking", () => {
    const lexicon = createLexicon();
    listen(lexicon, ["los", "jetzt", "hopp"], [act("wave", 0.8), act("bow", 0.2)], 0);
    expect(understand(meaningsOf(lexicon), "hopp", canDo)).toMatchObject({ kind: "ask" });
  });
});

describe("told in names, before any word was learned", () => {
  const names = { acts: ["wave", "high arm wave", "clap", "side kick", "forward kick"], objects: ["cup"] };

  test("names are words, the longest said whole first", () => {
    expect(understand(undefined, "Please WAVE.", names)).toMatchObject({
      kind: "do",
      act: "wave",
      unknown: ["please"],
    });
    expect(understand(undefined, "high arm wave", names)).toMatchObject({ kind: "do", act: "high arm wave" });
    expect(understand(undefined, "clap the cup", names)).toMatchObject({ kind: "do", act: "clap", object: "cup" });
  });

  test("part of several names is asked about", () => {
    expect(understand(undefined, "kick", names)).toMatchObject({
      kind: "ask",
      question: "do you mean side kick or forward kick?",
    });
  });

  test("slips in names are forgiven", () => {
    expect(understand(undefined, "clpa", names)).toMatchObject({ kind: "do", act: "clap" });
    expect(understand(undefined, "jump", names)).toMatchObject({
      kind: "ask",
      question: "I do not know the word 'jump' yet; show me",
    });
  });

  test("names in any script, composed as they may be", () => {
    expect(
      understand(undefined, "\u041f\u043e\u043c\u0430\u0448\u0438", { acts: ["\u043f\u043e\u043c\u0430\u0448\u0438"] }),
    ).toMatchObject({ kind: "do" });
    expect(understand(undefined, "re\u0301ve\u0301rence", { acts: ["r\u00e9v\u00e9rence"] })).toMatchObject({
      kind: "do",
      act: "r\u00e9v\u00e9rence",
    });
  });
});

test("a learned word keeps its meaning where a name is spelled like it", () => {
  const lexicon = createLexicon();
  for (let t = 0; t < 6; t++) listen(lexicon, ["wave"], [object("sea")], t);
  const told = understand(meaningsOf(lexicon), "wave", { acts: ["wave"], objects: ["sea"] });
  expect(told.kind === "ask" && told.question).toBe("what shall I do with the sea?");
});
