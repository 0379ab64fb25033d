import { describe, expect, test } from "vitest";
import { createLexicon } from "./associate.ts";
import { type Meanings, meaningsOf } from "./meanings.ts";
import { comesBefore, listen, makePhrase, parsePhrase } from "./phrases.ts";
import { type Grammar, VERB_FIRST, VERB_LAST, act, object, place, toyTalk } from "./testing.ts";

function taught(grammar: Grammar, times = 3): Meanings {
  const lexicon = createLexicon();
  toyTalk(grammar, times).forEach(({ words, situation }, t) => listen(lexicon, words, situation, t));
  return meaningsOf(lexicon);
}

describe.each([
  ["verb first", VERB_FIRST, ["v-give", "n-ball"]],
  ["verb last", VERB_LAST, ["n-ball", "v-give"]],
])("a language with the %s", (_, grammar, words) => {
  const meanings = taught(grammar);

  test("is parsed", () => {
    const { act: acts, object: objects, place: places } = parsePhrase(meanings, grammar("drink", "cup"));
    expect(acts?.[0]).toMatchObject({ name: "drink" });
    expect(acts?.[0].probability).toBeGreaterThan(0.8);
    expect(objects?.[0]).toMatchObject({ name: "cup" });
    expect(places).toBeUndefined();
  });

  test("and spoken in its own order", () => {
    const said = makePhrase(meanings, [act("give"), object("ball")]);
    expect(said.words).toEqual(words);
    expect(said.missing).toEqual([]);
    expect(makePhrase(meanings, [object("ball"), act("give")]).words).toEqual(words);
  });
});

test("places come where they were heard to come", () => {
  const lexicon = createLexicon();
  let time = 0;
  for (const verb of ["put", "take"])
    for (const noun of ["cup", "ball"])
      for (const where of ["table", "box"])
        for (let k = 0; k < 2; k++)
          listen(
            lexicon,
            [`p-${where}`, `n-${noun}`, "ga", `v-${verb}`],
            [act(verb), object(noun), place(where)],
            time++,
          );
  const meanings = meaningsOf(lexicon);
  expect(makePhrase(meanings, [act("put"), object("cup"), place("box")]).words).toEqual(["p-box", "n-cup", "v-put"]);
  expect(comesBefore(meanings, "place", "act")).toBeGreaterThan(0.8);
  expect(comesBefore(meanings, "goal", "act")).toBe(0.5);
});

test("the order tells a word of two meanings apart", () => {
  const meanings = taught(VERB_FIRST);
  const either: Meanings = structuredClone(meanings);
  // "dax" may be to drink or a ball.
  const at = (name: string): number => either.referents.findIndex((r) => r.name === name);
  either.words.push("dax");
  either.means.push([
    { referent: at("drink"), probability: 0.45 },
    { referent: at("ball"), probability: 0.45 },
  ]);
  const first = parsePhrase(either, ["dax", "n-cup"]),
    last = parsePhrase(either, ["v-give", "dax"]);
  expect(first.act?.[0].name).toBe("drink");
  expect(first.object?.[0].name).toBe("cup");
  expect(last.object?.[0].name).toBe("ball");
  expect(last.act?.[0].name).toBe("give");
});

test("probabilities of a kind never sum above one, two acts share", () => {
  const parsed = parsePhrase(taught(VERB_FIRST), ["v-wave", "v-bow"]);
  const sum = parsed.act?.reduce((s, { probability }) => s + probability, 0) ?? 0;
  expect(sum).toBeLessThanOrEqual(1 + 1e-9);
  expect(parsed.act?.map(({ name }) => name).sort()).toEqual(["bow", "wave"]);
  expect(parsed.act?.[0].probability).toBeLessThan(0.7);
});

test("what was never heard says nothing, and what has no name is said to be missing", () => {
  const meanings = taught(VERB_FIRST);
  expect(parsePhrase(meanings, ["gavagai"])).toEqual({});
  expect(parsePhrase(meanings, [])).toEqual({});
  expect(makePhrase(meanings, [act("give"), object("lamp")])).toMatchObject({
    words: ["v-give"],
    missing: [{ kind: "object", name: "lamp" }],
  });
});
