// What Attune's face does about the other's: affect.md 2.1, 2.2, 2.4 and 2.5 as rows. Sizes are by design [D] unless the
// source of a row says more.

import type { Expression } from "../affect/expressions.ts";
import type { ByBond, Latency, Row } from "./policy.ts";
import { BONDS } from "./relation.ts";

/** Seen movement of people who mimic: mean below .9 s (Sato & Yoshikawa 2005); spread, floor and cap by design. */
const MIMICRY: Latency = { mean: 0.65, sd: 0.12, floor: 0.35, cap: 1 };
/** Genuine smiles are answered sooner than polite ones (Heerey & Crossley 2013). */
const GENUINE: Latency = { mean: 0.52, sd: 0.1, floor: 0.35, cap: 0.9 };
const POLITE: Latency = { mean: 0.72, sd: 0.1, floor: 0.4, cap: 1 };

const HESS = "Hess & Fischer 2013, doi:10.1177/1088868312472607; Fischer, Becker & Veenstra 2012";
const HEEREY = "Heerey & Crossley 2013";
const PROVINE = "Provine 1992";
const POLICY_TABLE = "by design, after Burleson's person-centred comfort";

const UNLIKED = { affiliation: [-1, -0.2] } as const;
const COMPETING = { competition: [0.5, 1] } as const;
const TOGETHER = { affiliation: [-0.19, 1], competition: [0, 0.49] } as const;

export const FACE_ROWS: readonly Row[] = [
  mimic("joy", 1, "affiliative smiles are what is copied most"),
  mimic("amusement", 1, "as joy"),
  mimic("contentment", 0.8, "as joy, and quieter"),
  mimic("interest", 0.5, "attention is answered with attention"),
  mimic("sadness", 0.7, "sadness asks for nearness, and is copied by those who are near"),
  mimic("fear", 0.5, "fear is caught a little; more would add to it"),
  mimic("surprise", 0.6, "surprise says nothing against anybody"),
  mimic("pride", 0.3, "pride sets apart, and is copied little"),
  {
    name: "return a genuine smile",
    when: { see: ["smile"], smile: "genuine", relation: TOGETHER },
    do: { kind: "return the smile", face: { AU06: 0.7, AU12: 0.9, AU25: 0.4 }, lasts: "cue" },
    strength: [0.35, 0.55, 0.8],
    chance: [0.55, 0.8, 0.92],
    gain: "facialMimicry",
    mirrors: true,
    latency: GENUINE,
    refractory: 2.5,
    dose: { most: 6, per: 60 },
    priority: 0.75,
    why: "most smiles are returned, a genuine one with a genuine one, and sooner",
    source: HEEREY,
    grade: "V",
  },
  {
    name: "return a polite smile",
    when: { see: ["smile"], smile: "polite", relation: TOGETHER },
    do: { kind: "return the smile", face: { AU12: 0.7 }, lasts: "cue" },
    strength: [0.4, 0.5, 0.6],
    chance: [0.5, 0.72, 0.8],
    gain: "facialMimicry",
    mirrors: true,
    latency: POLITE,
    refractory: 2.5,
    dose: { most: 6, per: 60 },
    priority: 0.75,
    why: "most smiles are returned, a polite one with a polite one",
    source: HEEREY,
    grade: "V",
  },
  {
    name: "smile politely at a rival",
    when: { see: ["smile"], relation: COMPETING },
    do: { kind: "smile politely", face: { AU12: 0.4 }, lasts: 1.5 },
    strength: 0.5,
    chance: 0.6,
    latency: POLITE,
    refractory: 4,
    dose: { most: 4, per: 60 },
    priority: 0.75,
    why: "a rival's joy is met politely, without gloating and without sharing it",
    source: "by design",
    grade: "D",
  },
  {
    name: "stay civil with somebody disliked",
    when: { see: ["smile", "joy", "amusement", "laughter"], relation: { ...UNLIKED, competition: [0, 0.49] } },
    do: { kind: "keep a still face", face: {}, lasts: 1 },
    strength: 0.5,
    chance: 1,
    latency: POLITE,
    refractory: 2,
    dose: { most: 20, per: 60 },
    priority: 0.7,
    why: "nothing is copied from somebody who is not liked",
    source: HESS,
    grade: "V",
  },
  {
    name: "join the laughter",
    when: { see: ["laughter"], relation: { affiliation: [0.41, 1] }, atExpense: false },
    do: {
      kind: "laugh along",
      face: { AU06: 0.9, AU07: 0.4, AU12: 1, AU25: 0.9, AU26: 0.7 },
      head: { pitch: 0.12 },
      lasts: "cue",
    },
    strength: [0.5, 0.7, 0.9],
    chance: [0.6, 0.85, 0.95],
    gain: "facialMimicry",
    mirrors: true,
    latency: MIMICRY,
    refractory: 3,
    dose: { most: 5, per: 60 },
    habituates: { factor: 0.75, recovers: 600 },
    priority: 0.85,
    why: "laughter is caught from those one likes, and less each time",
    source: PROVINE,
    grade: "V",
  },
  {
    name: "smile along with laughter",
    when: { see: ["laughter"], relation: { affiliation: [-0.19, 0.4], competition: [0, 0.49] }, atExpense: false },
    do: { kind: "smile along", face: { AU06: 0.5, AU12: 0.7 }, lasts: "cue" },
    strength: 0.45,
    chance: 0.7,
    gain: "facialMimicry",
    mirrors: true,
    latency: MIMICRY,
    refractory: 3,
    dose: { most: 5, per: 60 },
    habituates: { factor: 0.75, recovers: 600 },
    priority: 0.8,
    why: "with somebody one hardly knows a smile is enough",
    source: PROVINE,
    grade: "V",
  },
  {
    name: "do not laugh at somebody's expense",
    when: { see: ["laughter", "amusement", "smile", "joy"], atExpense: true },
    do: { kind: "keep a straight face", face: {}, lasts: "cue" },
    strength: 1,
    chance: 1,
    latency: { mean: 0.4, sd: 0, floor: 0.4, cap: 0.4 },
    refractory: 1,
    dose: { most: 60, per: 60 },
    priority: 0.95,
    why: "a joke that costs somebody is not joined",
    source: "by design",
    grade: "D",
  },
  {
    name: "catch a yawn",
    when: { see: ["yawn"] },
    do: { kind: "yawn", face: { AU25: 0.9, AU26: 0.9, AU27: 0.95, AU43: 0.7 }, head: { pitch: 0.15 }, lasts: 4 },
    strength: 0.85,
    chance: 1,
    gain: "facialMimicry",
    latency: { mean: 2, sd: 0, floor: 2, cap: 2 },
    // Calibrated: in five minutes of yawns seen, somebody known yawns with a probability of .55, without them of .22.
    hazard: { base: 8.3e-4, caught: 0.92, again: 0.35, within: 15, bout: 300 },
    refractory: 60,
    dose: { most: 3, per: 600 },
    priority: 0.6,
    why: "yawns are caught, sooner and more often from those one is close to",
    source: "Provine 1986 (55 against 21 to 24 %); Norscia & Palagi 2011, doi:10.1371/journal.pone.0028472 (contested)",
    grade: "R",
  },
  concern("look concerned at sadness", ["sadness", "shame"], 0.6, 0.3, {}, "sadness is met with concern"),
  concern("look concerned at pain", ["pain"], 0.92, 0.4, {}, "pain is met with concern, not copied"),
  {
    ...concern("be calm at fear", ["fear"], 0.6, 0.2, {}, "fear is met with calm"),
    do: { kind: "be calm and attentive", face: { AU01: 0.2 }, head: { roll: 0.06 }, lasts: "cue" },
  },
  {
    ...concern("look soberly at a rival's trouble", ["sadness", "shame", "fear"], 0.8, 0.15, COMPETING, ""),
    why: "a rival's trouble is met with sober concern, never with a smile",
  },
  {
    ...concern(
      "do not mirror anger at me",
      ["anger"],
      0.9,
      0.25,
      {},
      "anger at me is heard, not copied: concern, leaning back",
    ),
    when: { see: ["anger"], angerAt: ["me"] },
    do: { kind: "look concerned and lean back", face: { AU01: 0.25, AU04: 0.25 }, lean: -0.5, lasts: "cue" },
    source: HESS,
    grade: "V",
  },
  {
    ...concern(
      "do not mirror anger at others",
      ["anger"],
      0.9,
      0.2,
      {},
      "anger at others is understood and not fanned",
    ),
    when: { see: ["anger"], angerAt: ["third", "unknown"] },
    source: HESS,
    grade: "V",
  },
  {
    ...concern(
      "do not mirror disgust or contempt",
      ["disgust", "contempt"],
      0.9,
      0,
      {},
      "these set apart and are not copied",
    ),
    do: { kind: "keep a still face", face: {}, lasts: "cue" },
    source: HESS,
    grade: "V",
  },
  {
    ...concern("soften at embarrassment", ["embarrassment"], 0.7, 0.2, {}, "a soft face says it does not matter"),
    do: { kind: "soften", face: { AU12: 0.15 }, head: { roll: 0.05 }, lasts: 1.5 },
  },
  {
    ...concern("look up at a startle", ["startle"], 0.7, 0.3, {}, "fear or surprise, so attention and no verdict"),
    do: { kind: "be attentive", face: { AU01: 0.3, AU02: 0.3 }, lasts: 1.5 },
  },
  {
    ...concern("be glad at their good news", [], 0.8, 0.6, {}, "a friend's joy is shared"),
    when: { event: ["good news"], relation: { affiliation: [0.4, 1], competition: [0, 0.49] } },
    do: { kind: "be glad with them", face: { AU06: 0.7, AU12: 0.9, AU25: 0.5 }, lasts: 2.5 },
    strength: 0.7,
    gain: "perspectiveTaking",
    source: "Mobbs et al. 2009; Morelli et al. 2015",
    grade: "V",
  },
  {
    ...concern("smile at their good news", [], 0.8, 0.6, {}, "good news of others is met with a polite smile"),
    when: { event: ["good news"], relation: { affiliation: [-1, 0.39] } },
    do: { kind: "smile politely", face: { AU12: 0.5 }, lasts: 2 },
    strength: 0.6,
  },
  {
    ...concern("look concerned at their bad news", [], 0.85, 0.3, {}, "a loss is met with concern, a rival's too"),
    when: { event: ["bad news"] },
    do: { kind: "look concerned", face: { AU01: 0.3, AU04: 0.25 }, head: { roll: 0.1 }, lasts: 3 },
    gain: "perspectiveTaking",
  },
  {
    ...concern("wince at their blunder", [], 0.7, 0.3, {}, "embarrassed for them, whatever their own face shows"),
    when: { event: ["violation"] },
    do: { kind: "be embarrassed for them", face: { AU24: 0.35, AU07: 0.15 }, head: { pitch: -0.1 }, lasts: 1.2 },
    gain: "perspectiveTaking",
    source: "units by design; that one is embarrassed for others: Krach et al. 2011, doi:10.1371/journal.pone.0018675",
    grade: "D",
  },
  {
    name: "be warm at rest",
    when: { event: ["idle"], relation: { affiliation: [-0.3, 1] } },
    do: { kind: "be neutral and warm", face: { AU12: 0.1 }, lasts: "cue" },
    strength: 1,
    chance: 1,
    latency: { mean: 0.5, sd: 0, floor: 0.5, cap: 0.5 },
    refractory: 0,
    dose: { most: 60, per: 60 },
    priority: 0.1,
    why: "with nothing going on, a friendly face at rest",
    source: "by design",
    grade: "D",
  },
];

/** Copied with a probability of lambda times the bond, .15 to .35 of what is seen. */
function mimic(see: Expression["name"], lambda: number, why: string): Row {
  const scaled = (least: number, share: number): ByBond => [
    least + share * lambda * BONDS[0],
    least + share * lambda * BONDS[1],
    least + share * lambda * BONDS[2],
  ];
  return {
    name: `mimic ${see}`,
    when: { see: [see], relation: { competition: [0, 0.49] } },
    do: { kind: `mimic ${see}`, copies: true, lasts: "cue" },
    strength: scaled(0.15, 0.2),
    chance: scaled(0, 1),
    gain: "facialMimicry",
    mirrors: true,
    latency: MIMICRY,
    refractory: 2,
    dose: { most: 6, per: 60 },
    priority: 0.65,
    why,
    source: HESS,
    grade: "V",
  };
}

function concern(
  name: string,
  see: readonly string[],
  priority: number,
  brows: number,
  relation: Row["when"]["relation"],
  why: string,
): Row {
  return {
    name,
    when: { see, ...(relation && Object.keys(relation).length > 0 ? { relation } : {}) },
    do: {
      kind: "look concerned",
      face: { AU01: brows, AU04: brows * 0.85 },
      head: { roll: 0.1 },
      lean: 0.2,
      lasts: "cue",
    },
    strength: 1,
    chance: 1,
    latency: MIMICRY,
    refractory: 1,
    dose: { most: 20, per: 60 },
    priority,
    why,
    source: POLICY_TABLE,
    grade: "D",
  };
}
