// The words of feeling and answering. A face "looks like" something; nobody is told what they feel. Grades of evidence: source
// (or its abstract) read, or by design.

import type { RelationName, Strategy } from "@attune/core";
import type { AngerAt, Condition, Dial, HappeningName, PartName, Setting } from "./mind/feeling-protocol.ts";

const READ = "[source read]",
  DESIGN = "[size by design]";

const DIAL_WORDS: Record<Dial, { readonly name: string; readonly why: string }> = {
  facialMimicry: {
    name: "facial mimicry",
    why: `How much of what I see on a face my own face takes up: 15 to 35 of 100 at the usual setting, .4 to .9 s later (Sato & Yoshikawa 2005 ${READ}). What is friendly is copied, anger and disgust never (Hess & Fischer 2013 ${READ}). In people it goes weakly with empathy and not with recognising expressions (Holland 2021, 28 studies ${READ}).`,
  },
  motorResonance: {
    name: "motor resonance",
    why: `How much acts I see draw acts of mine: a wave, a nod, a rhythm kept (Chartrand & Bargh 1999; Richardson 2007 ${READ}). In people activity of mirror areas goes moderately with empathy for feelings and not with that for movement (Bekkali 2021, 52 studies ${READ}); so it is a knob of its own.`,
  },
  affectCoupling: {
    name: "affect coupling",
    why: `How much of another's feeling becomes mine. It comes from what I take theirs to be, and stops short of it ${DESIGN}. At 0 I read you as well as before and catch nothing.`,
  },
  perspectiveTaking: {
    name: "perspective taking",
    why: `How much it means to me what happens to you, thought through and not copied: joy with a friend (Mobbs 2009 ${READ}), being embarrassed for you though your face shows nothing (Krach 2011 ${READ}), concern (Singer & Klimecki 2014 ${READ}).`,
  },
  susceptibility: {
    name: "susceptibility",
    why: `How open I am to catching feelings at all. Differs from person to person by about two fifths ${DESIGN}.`,
  },
  expressiveness: {
    name: "expressiveness",
    why: `How much of what I feel my face shows; it changes nothing of the feeling but for what my own face adds to it, which is small: d about .2 (Coles 2019, 286 effects ${READ}).`,
  },
};

const RELATION_WORDS: Record<RelationName, string> = {
  stranger: "a stranger",
  acquaintance: "an acquaintance",
  friend: "a friend",
  intimate: "somebody close",
  rival: "a rival",
  disliked: "somebody disliked",
};

const SETTING_WORDS: Record<Setting, string> = { private: "in private", work: "at work", school: "at school" };
const ANGER_WORDS: Record<AngerAt, string> = { unknown: "not known", me: "me", third: "somebody else" };

const PART_WORDS: Record<PartName, string> = {
  self: "my own way",
  mood: "mood",
  contagion: "caught",
  feedback: "my own face",
  appraisal: "what happens",
  regulation: "calming myself",
};

/** d of Webb, Miles & Sheeran 2012: below 0 it makes the feeling stronger. */
const EFFECTS: Partial<Record<Strategy, string>> = {
  distraction: "thinking of something else lowers what is felt: d .27",
  concentration: "dwelling on it makes it stronger: d -.26",
  "reappraise stimulus": "seeing it in another light lowers it: d .36",
  "perspective taking": "seeing it from outside lowers it: d .45, the most of all",
  "reappraise response": "taking one's own reaction in another light: d .23",
  "suppress expression":
    "the face shows less, d .90, the feeling stays, the body works harder, and the other feels it too (Butler 2003)",
  "suppress experience": "trying not to feel does next to nothing: d -.04",
  "suppress thought": "trying not to think of it makes it stronger: d -.12",
  acceptance: "letting it be; it lessens distress by design",
  breathing: "slow breath calms the body; by design",
};

const percent = (share: number): number => Math.round(100 * share);
/** As many tenths as can be told apart. */
const tenths = (share: number): string => (share < 0.05 ? "hardly ever" : `${Math.round(10 * share)} in 10`);

export const FEELING = {
  title: "feeling",
  summary: "what I feel with you, and what I do about it",
  waking: "I am waking my feeling. It takes a moment, once.",
  broken: (reason: string) => `My feeling did not wake: ${reason}`,
  nobody: "Nobody is there to feel with. What I feel is mine alone.",
  paused: "Paused: nothing is felt meanwhile.",

  plane: {
    title: "where I am, and where you seem to be",
    theirTitle: "where I am, and where they seem to be",
    label: "Valence and arousal over the last thirty seconds: my own feeling and my estimate of the other's",
    pleasant: "pleasant",
    unpleasant: "unpleasant",
    calm: "calm",
    stirred: "stirred",
    me: "me",
    you: "you",
    them: "they",
    why: "Each point is how pleasant and how stirred something is (core affect, Russell 2003). The circle is how unsure I am of the other: a third of the time the truth lies outside. It is read from what a face looks like, which tells little of what is felt.",
    own: (words: string) => `I am ${words}.`,
    other: (who: string, words: string, sd: number) => `${who} ${words} to me, give or take ${sd.toFixed(1)}.`,
    unknown: (who: string) => `Of ${who} I know nothing yet.`,
    unread: "I do not read your face, so I have no estimate of yours.",
    valence: (v: number): string =>
      Math.abs(v) < 0.05
        ? "neither glad nor low"
        : `${Math.abs(v) < 0.2 ? "a little " : Math.abs(v) < 0.5 ? "" : "very "}${v > 0 ? "glad" : "low"}`,
    looksValence: (v: number): string =>
      Math.abs(v) < 0.05
        ? "neither glad nor low"
        : `${Math.abs(v) < 0.2 ? "a little " : Math.abs(v) < 0.5 ? "" : "very "}${v > 0 ? "bright" : "low"}`,
    arousal: (a: number): string =>
      Math.abs(a) < 0.1
        ? "calm"
        : `${Math.abs(a) < 0.25 ? "a little " : Math.abs(a) < 0.5 ? "" : "very "}${a > 0 ? "stirred" : "slow"}`,
  },

  ribbon: {
    title: "where it comes from",
    why: "My own valence over the last minute, split into where each part of it came from. Above the line is pleasant, below unpleasant; the parts sum to what I feel.",
    label: "Parts of my own valence over the last minute",
    parts: PART_WORDS,
    caughtFromYou: "from you",
    caughtFromThem: "from them",
    amount: (v: number) => `${v < -0.004 ? "−" : v > 0.004 ? "+" : ""}${Math.abs(v).toFixed(2)}`,
    tick: (v: number) => (v === 0 ? "0" : `${v < 0 ? "−" : "+"}${Math.abs(v).toFixed(1)}`),
    seconds: "s",
    now: "now",
  },

  looks: {
    title: "what your face looks like",
    theirTitle: "what their face looks like",
    why: (name: string, of100: number, seen: number, units: readonly string[]) =>
      `${of100} of 100 for ${name === "neutral" ? "a face at rest" : name}, from ${units.length > 0 ? `what moves: ${units.join(", ")}` : "a face that hardly moves"}; ${percent(seen)} of 100 of what tells faces apart was seen. A face like that comes with the reported feeling in about one case of eight (Durán & Fernández-Dols 2021 ${READ}).`,
    neutral: "nothing in particular",
    cannotSee: "I need brows, eyes and mouth: more light, nearer, nothing before the face.",
    startled: "Fear and surprise look alike in a face; I do not choose.",
    off: "I do not read your face. I answer what you do, and know nothing of how you look.",
    ask: "Ask me again",
    stop: "Stop reading my face",
    wait: "I am looking.",
  },

  consent: {
    title: "May I say what your face looks like?",
    text: "I would turn how your face moves into what it looks like: joy, sadness, a yawn. That is about the face and not about what you feel. It happens in this page, nothing of it is kept or sent, and when you say stop I forget whom I caught anything from.",
    film: "Whoever is in the film should have agreed to that.",
    where: "Where are you?",
    settings: { private: "in private", work: "at work", school: "at school or in training" } as Record<Setting, string>,
    law: {
      work: "At work it stays off. In the EU, recognising the emotions of people at work is prohibited outside medical and safety use (Regulation 2024/1689, Article 5).",
      school:
        "At school it stays off. In the EU, recognising the emotions of people in education is prohibited outside medical and safety use (Regulation 2024/1689, Article 5).",
    } as Record<Exclude<Setting, "private">, string>,
    medical: "It is for medical or safety reasons, and whoever is seen knows",
    yes: "Yes, read my face",
    yesAllTheSame: "Yes, read it for that reason",
    no: "No",
  },

  response: {
    title: "what I do about it",
    nothing: "Nothing calls for an answer.",
    since: (s: number) => (s < 1 ? "now" : `for ${Math.round(s)} s`),
    soon: (s: number) => (s < 0.15 ? "at once" : `in ${s.toFixed(1)} s`),
    channel: { face: "face", head: "head", body: "body", voice: "words", gaze: "eyes", step: "rhythm" },
    considered: (cue: string) => `To "${cue}" I did nothing.`,
    rather: "Rather than",
    whyNot: (kind: string, why: string) => `Not "${kind}": ${why}.`,
    regulates: (strategy: string, why: string) => `And with my own feeling: ${strategy}, because ${why}.`,
    onlyAnswer: "My body does this in the mode “feel with”.",
    tryIt: "Let me answer",
  },

  otherwise: {
    title: "what I would do otherwise",
    why: "The same moment, asked again with one thing different. The answers come from the same table that decides what I do; nothing is done by asking.",
    to: (cue: string) => `to ${cue}`,
    none: "Once there is something to answer, you see here what I would do if we were something else to each other.",
    nothing: "nothing",
    same: "no different:",
    /** @param more strength against as things are; 0 for as strong, or for something else */
    would: (kind: string, chance: number, more: number) =>
      `${kind}${more > 0.1 ? ", stronger" : more < -0.1 ? ", weaker" : ""}${chance >= 0.95 ? "" : `, ${tenths(chance)}`}`,
    if: (condition: Condition): string => {
      switch (condition.knob) {
        case "relation":
          return `to ${RELATION_WORDS[condition.relation]}`;
        case "gain":
          return condition.value === 0
            ? `without ${DIAL_WORDS[condition.gain].name}`
            : `with ${DIAL_WORDS[condition.gain].name}`;
        case "regulation":
          return "if I hid what I feel";
        case "setting":
          return SETTING_WORDS[condition.setting];
        default:
          return "as things are";
      }
    },
    reasons: (strength: number, latency: number, reasons: readonly string[]) =>
      `${percent(strength)} of 100 as strong as can be, after ${latency.toFixed(1)} s. ${reasons.map((reason) => `${reason[0].toUpperCase()}${reason.slice(1)}.`).join(" ")}`,
  },

  knobs: {
    title: "who I am, and what you are to me",
    theirTitle: "who I am, and what they are to me",
    preset: "temperament",
    presetWhy: `How somebody behaves, in a few independent numbers; no diagnosis. In people these gains hardly go together (Holland 2021; Bekkali 2021 ${READ}), so there is no single knob for "empathy".`,
    own: "as set below",
    dials: DIAL_WORDS,
    gains: "each gain by itself",
    relation: "you are",
    theirRelation: "they are",
    relations: RELATION_WORDS,
    relationWhy: `Strangers are followed a quarter as far as intimates ${DESIGN}; smiles are mimicked among intimates (Fischer, Becker & Veenstra 2012 ${READ}), liked people more than disliked (Hess & Fischer 2013 ${READ}), rivals' joy is not shared. What we are to each other then moves by what happens between us.`,
    regulation: "with my own feeling I",
    regulations: (strategy: Strategy): string => (strategy === "none" ? "do nothing" : strategy),
    byMyself: "do what suits",
    regulationWhy: (strategy: Strategy | undefined) =>
      `${strategy === undefined ? "By myself I look away from what is too strong, and think over what is not (Sheppes 2011; with somebody there, reappraisal before hiding)" : (EFFECTS[strategy] ?? "the feeling is left as it comes")}. Effects: Webb, Miles & Sheeran 2012, 306 comparisons ${READ}.`,
    setting: "we are",
    settings: SETTING_WORDS,
    settingWhy: `At work and at school I ask for no story and open no arms; I offer help ${DESIGN}. The faces of people are not read there unless it is for medical or safety reasons.`,
    anger: "if angry, at",
    angers: ANGER_WORDS,
    angerWhy: `Anger is never copied (Hess & Fischer 2013 ${READ}). At me: I lean back and say I heard it. At somebody else: I understand and do not fan it. A face does not say which.`,
    value: (v: number) => (v === 1 ? "as usual" : v === 0 ? "off" : `× ${v.toFixed(1)}`),
  },

  happen: {
    title: "let something happen to you",
    theirTitle: "let something happen to them",
    what: { good: "good luck", bad: "bad luck", blunder: "a blunder" } as Record<HappeningName, string>,
    ask: "ask them for",
    why: `Their face need not show anything: it is the thought of it that moves me. Joy with friends and envy of rivals, being sorry for somebody, being embarrassed for them (Mobbs 2009; Krach 2011 ${READ}). The loss weighs four times the gain, as in people's ratings (Ong, Zaki & Goodman 2015 ${READ}).`,
  },

  faces: {
    title: "faces",
    acts: "acts",
    wake: "Show the faces I know",
    none: "I know no face.",
    ask: "expressions",
    what: "What do you show?",
    movement: "a movement",
    face: "a face",
    ready: "A face at rest, please. I watch from zero on.",
    waiting: "Now: make the face, and let it go again.",
    moving: "I am watching. Back to rest when you are done.",
    nothing: "Your face did not move. Shall we try again?",
    portrait: "the face as I learned it",
    learned: (name: string, n: number) =>
      `Now my face knows ${name}, from ${n === 1 ? "one example" : `${n} examples`}.`,
    keepExample: "keep this example too (face units, no pictures), so that I can learn anew from it",
  },
} as const;
