// What would be done otherwise. The scene of the last thing there was to answer is kept as it was at its clearest, so that a
// knob turned later is still answered at once.

import {
  EVENTS,
  EXPRESSION_NAMES,
  RELATIONS,
  SEEN_CUES,
  relationTo,
  whatIf,
  type Changes,
  type Empathy,
  type Scene,
  type Social,
  type Strategy,
} from "@attune/core";
import type { Condition, Knobs, Otherwise, OtherwiseRow, WouldDo } from "./feeling-protocol.ts";

/** Something to answer, and all that an answer to it is made from. */
export interface Answerable {
  readonly cue: string;
  readonly level: number;
  readonly time: number;
  readonly social: Social;
  readonly scene: Scene;
}

const CUES: readonly string[] = [...SEEN_CUES, ...EVENTS];
/** Events that are no occasion of their own. */
const BETWEEN: readonly string[] = ["idle", "speaks", "nod welcome", "word welcome", "comforting", "rhythm"];
const OCCASIONS = CUES.flatMap((name, c) => (BETWEEN.includes(name) ? [] : [c]));
/** A smile is told beside the joy it may belong to, and gives way to its name. */
const SMILE = CUES.indexOf("smile");
/** s for which an expression has to be there: a blink can look like one. */
const BLINK = 0.4;
/** Probability from which an act counts. */
const SURE = 0.6;
/** Differences below these are none, of chance and of strength. */
const NOTICED = 0.1;
/** Order in which what would be done is told. */
const ORDER = ["face", "voice", "body", "head", "gaze", "step"] as const;

/** The scene now, if there is more to answer in it than before; else what was kept. */
export function noticeAnswerable(before: Answerable | undefined, social: Social, scene: Scene): Answerable | undefined {
  const { cues } = social;
  let best = -1,
    level = 0;
  for (const c of OCCASIONS) {
    if (!cues.on[c] || (c < SEEN_CUES.length && scene.time - cues.began[c] < BLINK)) continue;
    const much = cues.level[c] * (c === SMILE ? 0.5 : 1);
    if (much > level) [best, level] = [c, much];
  }
  let cue = best < 0 ? "" : CUES[best];
  if (best < 0)
    for (const { kind, act, probability } of scene.events)
      if (kind === "recognised" && act !== undefined && probability >= SURE && social.index.acts.includes(act))
        [cue, level] = [act, probability];
  if (cue === "" || (before?.cue === cue && level <= before.level && scene.time - before.time < LASTS)) return before;
  return { cue, level, time: scene.time, ...kept(social, scene) };
}

/** s after which the same at less strength is an occasion of its own. */
const LASTS = 6;

/** As much of both as an answer is made from, safe from what comes later. */
function kept(social: Social, scene: Scene): Pick<Answerable, "social" | "scene"> {
  const { cues, between, history } = social;
  return {
    social: {
      ...social,
      cues: structuredClone(cues),
      between: { ...between },
      history: { ...history, habit: history.habit.slice() },
    },
    scene: {
      ...scene,
      reading: null,
      seenUnits: null,
      acts: scene.acts.map((each) => ({ ...each })),
      events: [],
      own: { ...scene.own },
      context: { ...scene.context },
    },
  };
}

/** As things are, and if one knob stood elsewhere. */
export function otherwise(
  { cue, time, social, scene }: Answerable,
  { book, who, heart }: Empathy,
  knobs: Knobs,
): Otherwise {
  const { facialMimicry, motorResonance, perspectiveTaking } = knobs.temperament;
  const now: Changes = {
    relation: { ...relationTo(book, who) },
    gains: { facialMimicry, motorResonance, perspectiveTaking },
    regulation: knobs.regulation ?? heart.regulation.strategy,
    context: { setting: knobs.setting, angerAt: knobs.angerAt },
  };
  const present = wouldDo(whatIf(social, scene, now));
  return {
    cue,
    time,
    rows: [
      { if: { knob: "now" }, would: present },
      ...conditionsFor(cue, knobs).map((condition): OtherwiseRow => {
        const would = wouldDo(whatIf(social, scene, changed(now, condition)));
        return { if: condition, would: would.map((each) => ({ ...each, differs: differs(each, present) })) };
      }),
    ],
  };
}

/** What is worth trying: who they are, then the gain that matters for what was seen, then holding back, then where. */
function conditionsFor(cue: string, knobs: Knobs): Condition[] {
  const gain = gainFor(cue);
  const { relation, regulation, setting, temperament } = knobs;
  const HOLD: Strategy = "suppress expression";
  return [
    ...(Object.keys(RELATIONS) as (keyof typeof RELATIONS)[])
      .filter((name) => name !== relation)
      .map((name): Condition => ({ knob: "relation", relation: name })),
    { knob: "gain", gain, value: temperament[gain] > 0 ? 0 : 1 },
    ...(regulation === HOLD ? [] : [{ knob: "regulation", regulation: HOLD } as const]),
    { knob: "setting", setting: setting === "private" ? "work" : "private" },
  ];
}

function gainFor(cue: string): "facialMimicry" | "motorResonance" | "perspectiveTaking" {
  if ((EVENTS as readonly string[]).includes(cue)) return "perspectiveTaking";
  return cue === "smile" || EXPRESSION_NAMES.includes(cue) ? "facialMimicry" : "motorResonance";
}

function changed(now: Changes, condition: Condition): Changes {
  switch (condition.knob) {
    case "relation":
      return { ...now, relation: RELATIONS[condition.relation] };
    case "gain":
      return { ...now, gains: { ...now.gains, [condition.gain]: condition.value } };
    case "regulation":
      return { ...now, regulation: condition.regulation };
    case "setting":
      return { ...now, context: { ...now.context, setting: condition.setting } };
    default:
      return now;
  }
}

function wouldDo(list: ReturnType<typeof whatIf>): WouldDo[] {
  return list
    .filter(({ chance, strength }) => chance > 0 && strength > 0)
    .sort((a, b) => ORDER.indexOf(a.channel) - ORDER.indexOf(b.channel))
    .map(({ kind, channel, chance, strength, latency, reasons }) => ({
      kind,
      channel,
      chance,
      strength,
      latency,
      reasons,
      differs: false,
    }));
}

function differs(one: WouldDo, present: readonly WouldDo[]): boolean {
  const now = present.find(({ channel }) => channel === one.channel);
  return (
    !now ||
    now.kind !== one.kind ||
    Math.abs(now.chance - one.chance) > NOTICED ||
    Math.abs(now.strength - one.strength) > NOTICED
  );
}
