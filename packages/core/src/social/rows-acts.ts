// What Attune does with its head, hands, eyes and rhythm: acts are answered by the act that completes them, not copied, and a
// listener nods and looks where it is welcome. Names of acts are those of the starter repertoire where it has them.

import type { Latency, Row } from "./policy.ts";

const REPLY: Latency = { mean: 0.75, sd: 0.15, floor: 0.4, cap: 1.4 };
const AT_ONCE: Latency = { mean: 0, sd: 0, floor: 0, cap: 0 };
const SARTORI = "Sartori, Cavallo, Bucchioni & Castiello 2012 (complementary acts)";
const LIKED = { affiliation: [-0.3, 1] } as const;

export const ACT_ROWS: readonly Row[] = [
  reply("take what is offered", ["offer"], "take", "an offer is completed by taking, never by another offer", SARTORI),
  {
    ...reply("give what is asked for", ["ask"], "offer", "asking is completed by giving", SARTORI),
    do: { kind: "give", act: "offer", hand: "facing", lasts: 3 },
  },
  {
    ...reply("give what they ask for in words", [], "offer", "asking is completed by giving", SARTORI),
    when: { event: ["asked for a thing"] },
    do: { kind: "give", act: "offer", hand: "either", lasts: 3 },
  },
  {
    ...reply("shake hands", ["shake hands"], "shake hands", "a hand held out is taken, right with right", SARTORI),
    do: { kind: "shake hands", act: "shake hands", hand: "same", lasts: 2.5 },
  },
  {
    ...reply("high five", ["high five"], "high five", "a hand held up is met by the hand across from it", SARTORI),
    do: { kind: "high five", act: "high five", hand: "facing", lasts: 1.5 },
    latency: { mean: 0.5, sd: 0.08, floor: 0.35, cap: 0.8 },
  },
  {
    ...reply("wave back", ["wave"], "wave", "a greeting is returned", "by design"),
    when: { act: ["wave"], relation: LIKED },
    do: { kind: "wave back", act: "wave", hand: "facing", lasts: 2 },
    gain: "motorResonance",
  },
  {
    ...reply("bow back", ["bow"], "bow", "a bow is returned", "by design"),
    do: { kind: "bow back", act: "bow", lasts: 2 },
  },
  {
    ...reply("welcome", ["open the arms"], "open the arms", "open arms are for those one is close to", "by design"),
    when: { act: ["open the arms"], relation: { affiliation: [0.4, 1] }, setting: ["private"] },
    do: { kind: "open the arms", act: "open the arms", lasts: 2.5 },
  },
  {
    ...reply("wave at open arms", ["open the arms"], "wave", "a wave keeps a friendly distance", "by design"),
    when: { act: ["open the arms"], relation: LIKED },
    do: { kind: "wave", act: "wave", hand: "facing", lasts: 2 },
    priority: 0.4,
  },
  {
    ...reply("approve back", ["thumbs up"], "thumbs up", "approval is shared with those one knows", "by design"),
    when: { act: ["thumbs up"], relation: { affiliation: [0, 1] } },
    do: { kind: "approve back", act: "thumbs up", hand: "facing", lasts: 1.5 },
    mirrors: true,
    gain: "motorResonance",
    chance: [0.4, 0.6, 0.8],
  },
  {
    ...reply("bow to applause", ["clap"], "bow", "applause is thanked for", "by design"),
    do: { kind: "bow", act: "bow", lasts: 2 },
  },
  {
    ...reply("applaud a friend's success", [], "clap", "a friend's success is applauded", "by design"),
    when: { event: ["good news"], relation: { affiliation: [0.6, 1], competition: [0, 0.49] }, setting: ["private"] },
    do: { kind: "applaud", act: "clap", lasts: 2 },
    gain: "perspectiveTaking",
    chance: 0.8,
    latency: { mean: 1.2, sd: 0.2, floor: 0.8, cap: 2 },
  },
  {
    ...reply("keep off", ["push away"], "", "whoever pushes away is left room", "by design"),
    do: { kind: "keep the hands still", act: "", lasts: 6, space: 10 },
    priority: 0.95,
  },
  {
    ...reply("nod when beckoned", ["beckon"], "", "a call is answered", "by design"),
    do: { kind: "nod", nod: "nod", lasts: 1 },
  },
  {
    name: "nod while listening",
    when: { event: ["nod welcome"] },
    do: { kind: "nod", nod: "nod", lasts: 0.6 },
    strength: 0.5,
    chance: 1,
    latency: AT_ONCE,
    refractory: 0.8,
    dose: { most: 20, per: 60 },
    priority: 0.5,
    why: "at this place of their speech a listener is welcome",
    source: "Ward & Tsukahara 2000, doi:10.1016/S0378-2166(99)00109-5; Poppe et al. 2011",
    grade: "R",
  },
  {
    name: "nod slowly at sadness",
    when: { see: ["sadness", "shame"], at: "while", speaking: true },
    do: { kind: "nod slowly", nod: "nod", lasts: 1.5 },
    strength: 0.4,
    chance: 1,
    gain: "perspectiveTaking",
    latency: { mean: 2, sd: 0.4, floor: 1, cap: 3 },
    refractory: 6,
    dose: { most: 6, per: 60 },
    priority: 0.45,
    why: "slow nods say that one is with them",
    source: "by design",
    grade: "D",
  },
  {
    name: "nod along",
    when: { act: ["nod"], relation: { affiliation: [0, 1] } },
    do: { kind: "nod", nod: "nod", lasts: 1 },
    strength: 0.5,
    chance: [0.2, 0.45, 0.7],
    gain: "motorResonance",
    mirrors: true,
    latency: { mean: 0.65, sd: 0.12, floor: 0.35, cap: 1 },
    refractory: 4,
    dose: { most: 4, per: 60 },
    priority: 0.48,
    why: "agreement is shared",
    source:
      "by design; that mannerisms are copied: Chartrand & Bargh 1999, doi:10.1037/0022-3514.76.6.893, who had others",
    grade: "D",
  },
  look("look at them while they speak", { event: ["speaks"] }, "other", "cue", 0.4, "who speaks is looked at"),
  look("look away from embarrassment", { see: ["embarrassment", "shame"] }, "away", 0.75, 0.8, "one does not stare"),
  look("look away from a blunder", { event: ["violation"] }, "away", 0.75, 0.75, "one does not stare"),
  look("look where they point", { act: ["point"] }, "there", 1.5, 0.85, "a pointing hand is followed, not copied"),
  {
    ...look(
      "look elsewhere",
      { event: ["turned away", "asked for space"] },
      "away",
      8,
      0.9,
      "who wants peace is left in peace",
    ),
    latency: { mean: 0.6, sd: 0, floor: 0.6, cap: 0.6 },
  },
  {
    ...look("steady oneself", { see: ["sadness", "pain", "fear"], distress: [0.6, 1] }, "away", 1.2, 0.82, ""),
    why: "too upset to be of help, one first takes a breath",
    source: "Singer & Klimecki 2014, doi:10.1016/j.cub.2014.06.054",
    grade: "V",
  },
  look("look at what startles them", { see: ["startle"] }, "other", 2, 0.5, "their face tells what it is"),
  {
    name: "keep in step",
    when: { event: ["rhythm"], relation: LIKED },
    do: { kind: "keep in step", step: true, lasts: "cue" },
    strength: [0.4, 0.7, 1],
    chance: 1,
    gain: "motorResonance",
    latency: { mean: 1, sd: 0, floor: 1, cap: 1 },
    refractory: 0,
    dose: { most: 60, per: 60 },
    priority: 0.5,
    why: "rhythms that are seen pull on the own, the more the closer one looks",
    source: "Richardson et al. 2007; Haken, Kelso & Bunz 1985, doi:10.1007/BF00336922",
    grade: "V",
  },
];

function reply(name: string, acts: readonly string[], act: string, why: string, source: string): Row {
  return {
    name,
    when: { act: acts },
    do: { kind: name, act, hand: "facing", lasts: 2.5 },
    strength: 0.8,
    chance: 1,
    latency: REPLY,
    refractory: 4,
    dose: { most: 6, per: 60 },
    priority: 0.8,
    why,
    source,
    grade: source === SARTORI ? "R" : "D",
  };
}

function look(
  name: string,
  when: Row["when"],
  gaze: NonNullable<Row["do"]["gaze"]>,
  lasts: number | "cue",
  priority: number,
  why: string,
): Row {
  return {
    name,
    when,
    do: { kind: gaze === "away" ? "look away" : gaze === "there" ? "look there" : "look at them", gaze, lasts },
    strength: 1,
    chance: 1,
    latency: { mean: 0.4, sd: 0.05, floor: 0.3, cap: 0.6 },
    refractory: 0.5,
    dose: { most: 60, per: 60 },
    priority,
    why,
    source: "by design",
    grade: "D",
  };
}
