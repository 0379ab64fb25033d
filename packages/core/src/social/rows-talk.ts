// What Attune says: kinds of things, in an order that keeps the other's feeling first. Comfort goes from acknowledging over
// legitimising and inviting to, only then, another view (Burleson's person-centred order [R]).

import type { Latency, Row } from "./policy.ts";
import type { UtteranceKind } from "./utterances.ts";

const TALK: Latency = { mean: 1.2, sd: 0.25, floor: 0.6, cap: 2.5 };
const NEXT: Latency = { mean: 1.5, sd: 0.3, floor: 0.8, cap: 2.5 };
const BURLESON = "Burleson, person-centred comfort; Bodie et al. 2015";
const NEAR = { competition: [0, 0.49] } as const;
const COMPETING = { competition: [0.5, 1] } as const;

export const TALK_ROWS: readonly Row[] = [
  {
    ...talk(
      "say mm-hm",
      { event: ["word welcome"] },
      "mm-hm",
      0.3,
      "at this place of their speech a listener is welcome",
    ),
    latency: { mean: 0, sd: 0, floor: 0, cap: 0 },
    refractory: 0.8,
    dose: { most: 8, per: 60 },
    source: "Ward & Tsukahara 2000, doi:10.1016/S0378-2166(99)00109-5",
    grade: "R",
  },
  comfort(
    "acknowledge the feeling",
    { see: ["sadness", "shame"], at: "while", comfort: [0, 0] },
    "acknowledge feeling",
    1,
  ),
  {
    ...comfort("legitimise the feeling", { event: ["comforting"], at: "while", comfort: [1, 1] }, "legitimise", 2),
    gain: "perspectiveTaking",
  },
  {
    ...comfort(
      "invite the story",
      { event: ["comforting"], at: "while", comfort: [2, 2], setting: ["private"] },
      "invite story",
      3,
    ),
    gain: "perspectiveTaking",
  },
  {
    ...comfort(
      "offer help at work",
      { event: ["comforting"], at: "while", comfort: [2, 2], setting: ["work", "school"] },
      "offer help",
      3,
    ),
    why: "at work and school a story is not asked for; help is offered",
  },
  {
    ...comfort(
      "offer another view",
      { event: ["comforting"], at: "while", comfort: [3, 3], heard: [4, 3600] },
      "reframe",
      4,
    ),
    gain: "perspectiveTaking",
    why: "another view only after their story was heard",
  },
  {
    ...talk("let the silence be", { event: ["keeps silent"] }, "give space", 0.9, "who keeps silent is not pressed"),
    do: { kind: "leave space", utterance: "give space", lasts: 2, space: 20 },
    refractory: 120,
  },
  {
    ...talk("give space", { event: ["asked for space"] }, "give space", 1, "who asks for peace is left in peace"),
    do: { kind: "leave space", utterance: "give space", lasts: 2, space: 60 },
  },
  {
    ...talk(
      "offer help with pain",
      { see: ["pain"], at: "while", comfort: [0, 0] },
      "offer help",
      0.85,
      "pain is met with help",
    ),
    do: { kind: "offer help", utterance: "offer help", lasts: 2, comfort: 1 },
    refractory: 20,
  },
  {
    ...talk("reassure", { see: ["fear"] }, "reassure", 0.75, "fear is met with calm"),
    refractory: 15,
  },
  {
    ...talk("inform", { see: ["fear"], at: "while" }, "inform", 0.5, "knowing more lessens fear"),
    latency: { mean: 5, sd: 0.5, floor: 4, cap: 6 },
    refractory: 30,
    gain: "perspectiveTaking",
  },
  talk(
    "ask what startled them",
    { see: ["startle", "surprise"], relation: { affiliation: [-0.3, 1] } },
    "ask what happened",
    0.5,
    "fear or surprise cannot be told apart by the face alone",
  ),
  {
    ...talk(
      "hear anger at me",
      { see: ["anger"], angerAt: ["me"] },
      "acknowledge anger",
      0.9,
      "anger at me is acknowledged, not answered",
    ),
    refractory: 15,
    source: "by design; Hess & Fischer 2013, doi:10.1177/1088868312472607",
  },
  {
    ...talk(
      "validate anger at others",
      { see: ["anger"], angerAt: ["third"] },
      "validate",
      0.8,
      "anger at others is understood and not fanned",
    ),
    refractory: 15,
  },
  {
    ...talk(
      "ask about anger",
      { see: ["anger"], angerAt: ["unknown"] },
      "ask what happened",
      0.7,
      "whom anger is at, a face does not say",
    ),
    refractory: 15,
  },
  {
    ...talk(
      "note disgust or contempt",
      { see: ["disgust", "contempt"] },
      "brief acknowledgement",
      0.5,
      "seen, and left at that",
    ),
    refractory: 15,
  },
  {
    ...talk(
      "congratulate",
      { see: ["pride"], relation: { affiliation: [-0.3, 1] } },
      "congratulate",
      0.7,
      "pride is met with congratulation",
    ),
    refractory: 20,
  },
  {
    ...talk(
      "share their joy",
      { event: ["good news"], relation: { affiliation: [0.4, 1], ...NEAR } },
      "share joy",
      0.8,
      "a friend's joy is shared",
    ),
    gain: "perspectiveTaking",
    source: "Mobbs et al. 2009",
    grade: "V",
  },
  talk(
    "congratulate on good news",
    { event: ["good news"] },
    "congratulate",
    0.7,
    "good news is met with congratulation, a rival's too",
  ),
  talk("regret their bad news", { event: ["bad news"] }, "regret", 0.8, "bad news is met with regret"),
  talk(
    "note a rival's sadness",
    { see: ["sadness", "shame"], relation: COMPETING },
    "brief acknowledgement",
    0.95,
    "sober and brief with a rival",
  ),
  {
    ...talk("explain", { see: ["confusion"], at: "while" }, "explain", 0.5, "a puzzled face is asked what is unclear"),
    latency: { mean: 1.5, sd: 0.2, floor: 1, cap: 2 },
    refractory: 20,
  },
  {
    ...talk("offer another subject", { see: ["boredom"] }, "change subject", 0.4, "who is bored is not held"),
    refractory: 60,
  },
  {
    ...talk("ask to go on", { see: ["interest"] }, "ask to go on", 0.3, "interest is met with interest"),
    chance: 0.5,
    refractory: 30,
  },
  { ...talk("thank for sympathy", { see: ["sympathy"] }, "thank", 0.5, "concern is thanked for"), refractory: 30 },
  talk("offer help when asked", { event: ["asked for help"] }, "offer help", 0.9, "help that is asked for is given"),
  talk(
    "advise when asked",
    { event: ["asked for advice"] },
    "advise",
    0.85,
    "advice is given when asked, and to the troubled only after their story",
  ),
  { ...talk("greet back", { act: ["wave", "bow"] }, "greet", 0.5, "a greeting is returned"), refractory: 20 },
  talk("say come in", { act: ["knock"] }, "come in", 0.6, "who knocks wants to be let in"),
  talk("calm raised hands", { act: ["hands up"] }, "reassure", 0.6, "raised hands need no raised hands back"),
  { ...talk("thank for an offer", { act: ["offer"] }, "thank", 0.5, "a gift is thanked for"), refractory: 10 },
];

function talk(name: string, when: Row["when"], utterance: UtteranceKind, priority: number, why: string): Row {
  return {
    name,
    when,
    do: { kind: utterance, utterance, lasts: 2 },
    strength: 0.7,
    chance: 1,
    latency: TALK,
    refractory: 8,
    dose: { most: 4, per: 60 },
    priority,
    why,
    source: "by design",
    grade: "D",
  };
}

function comfort(name: string, when: Row["when"], utterance: UtteranceKind, step: number): Row {
  return {
    ...talk(name, { ...when, relation: NEAR }, utterance, 0.8, "their feeling comes first, and advice last"),
    do: { kind: utterance, utterance, lasts: 2.5, comfort: step },
    latency: step === 1 ? { mean: 1.5, sd: 0.3, floor: 0.8, cap: 2.5 } : NEXT,
    refractory: step === 1 ? 6 : 30,
    source: BURLESON,
    grade: "R",
  };
}
