// Why a goal is believed in, in sentences: each act, each thing of the surroundings and how usual the goal is, weighed against the
// goal's nearest rival. The weights are the terms of the posterior itself.

import {
  type Chains,
  type Path,
  ROLE_TRUST,
  START,
  createLikelihoodScratch,
  dwellIs,
  extend,
  likelihoodUnknown,
  likelihoods,
  logPriors,
  outcomeOf,
  rolePath,
  symbolOf,
} from "./chains.ts";
import { forecastInAll, forecastInGoals, totalOf } from "./count-tree.ts";
import { logDensity } from "./dwell.ts";
import type { Intent } from "./intent.ts";
import { DWELL_WORTH } from "./tracks.ts";
import type { SceneContext } from "./types.ts";
import type { GoalWatch, PastAct } from "./belief.ts";

/** One piece of evidence. */
export interface Reason {
  what: "prior" | "scene" | "who" | "before" | "object" | "act" | "dwell";
  /** "a full cup is there" */
  about: string;
  /** Log odds for the goal against its rival. */
  nats: number;
}

export interface Explanation {
  goal: string | undefined;
  /** The goal it is weighed against; undefined: none of those known. */
  rival: string | undefined;
  probability: number;
  /** Strongest first. */
  reasons: Reason[];
  /** What is thought, then why, a sentence each. */
  sentences: string[];
}

/** Nats below which a piece of evidence is not worth a sentence, and the most sentences of evidence. */
const WORTH = 0.3;
const MOST = 4;
/** Probability above which a second thought is worth saying. */
const SECOND = 0.1;
/** Probability that makes a known goal the rival, rather than none that is known. */
const RIVAL = 0.05;
/** Probability of none that is known from which that is the rival where no known goal is. */
const RIVAL_UNKNOWN = 0.25;

/** @param subject who it is about: "she" */
export function explainGoal(chains: Chains, watch: GoalWatch, intent: Intent, subject = "she"): Explanation {
  const [first, second] = intent.goals;
  const said = intentSentence(intent, watch, subject);
  if (!first || intent.unknown > first.probability)
    return {
      goal: undefined,
      rival: first?.goal,
      probability: intent.unknown,
      reasons: [],
      sentences: [said, `What ${subject} did fits no goal I know: ${listed(watch.past.map(doneWords))}.`],
    };
  const goal = chains.goals.indexOf(first.goal);
  // Where no goal comes near, what was thought before is what it is weighed against.
  const rival =
    second && second.probability >= RIVAL
      ? chains.goals.indexOf(second.goal)
      : watch.led !== goal && intent.unknown < RIVAL_UNKNOWN
        ? watch.led
        : -1;
  const reasons = weigh(chains, watch, goal, rival).sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats));
  const over = rival < 0 ? "anything else" : toWords(chains.goals[rival]);
  const worth = reasons.filter(({ nats }) => Math.abs(nats) >= WORTH).slice(0, MOST);
  const sentences = worth.map(({ about, nats }) => {
    const times = Math.exp(Math.abs(nats));
    const much =
      times >= 100 ? "over 100 times" : times >= 10 ? `${Math.round(times)} times` : `${times.toFixed(1)} times`;
    return nats > 0
      ? `${capital(about)}: ${much} as likely ${toWords(first.goal)} as ${over}.`
      : `Against it: ${about}, ${much} as likely ${over}.`;
  });
  return {
    goal: first.goal,
    rival: rival < 0 ? undefined : chains.goals[rival],
    probability: first.probability,
    reasons,
    sentences: [said, ...(sentences.length > 0 ? sentences : ["Nothing yet tells it from the rest."])],
  };
}

/** "she is reaching for the cup, most likely to drink (0.7), else to clear it away (0.2)" */
export function intentSentence(intent: Intent, watch: GoalWatch, subject = "she"): string {
  const [doing] = intent.doing;
  const object =
    watch.object ?? (intent.landing && intent.landing.probability >= 0.5 ? intent.landing.object : undefined);
  const last = watch.past.at(-1);
  const act = doing
    ? `${subject} is ${intent.hidden ? "probably " : ""}${doingWords(doing.act, object)}${intent.hidden ? ", unseen" : ""}`
    : last
      ? `${subject} has done ${doneWords(last)}`
      : `${subject} has done nothing yet`;
  const [first, second] = intent.goals;
  if (!first || intent.unknown > first.probability)
    return `${act}, and I do not know what for (${shown(intent.unknown)} that it is none of what I know)`;
  const it = object;
  const sure = first.probability >= 0.95 ? "" : first.probability >= 0.5 ? "most likely " : "perhaps ";
  const other =
    second && second.probability >= SECOND ? `, else ${toWords(second.goal, it)} (${shown(second.probability)})` : "";
  return `${act}, ${sure}${toWords(first.goal, it)} (${shown(first.probability)})${other}`;
}

function weigh(chains: Chains, watch: GoalWatch, goal: number, rival: number): Reason[] {
  const G = chains.goals.length;
  const reasons: Reason[] = [];
  const prior = new Float64Array(G + 1);
  const odds = (context: SceneContext): number => {
    logPriors(chains, context, prior);
    return prior[goal] - prior[rival < 0 ? G : rival];
  };
  const usual = odds({});
  reasons.push({
    what: "prior",
    about: `${chains.seen[goal]} of the ${chains.seen.reduce((s, n) => s + n, 0)} chains I know were ${toWords(chains.goals[goal])}`,
    nats: usual,
  });
  const { scene, who, before } = watch.context;
  if (scene !== undefined)
    reasons.push({ what: "scene", about: `the scene is ${words(scene)}`, nats: odds({ scene }) - usual });
  if (who !== undefined) reasons.push({ what: "who", about: `it is ${who}`, nats: odds({ who }) - usual });
  if (before !== undefined)
    reasons.push({
      what: "before",
      about: `what was done before was ${toWords(before)}`,
      nats: odds({ before }) - usual,
    });
  for (const { kind, role } of watch.memory.objects) {
    const object = role === undefined ? { kind } : { kind, role };
    reasons.push({
      what: "object",
      about: `${article(role === undefined ? kind : `${role} ${kind}`)} is there`,
      nats: odds({ objects: [object] }) - usual,
    });
  }
  const mine = follower(chains, goal),
    theirs = follower(chains, rival);
  const acts: PastAct[] = watch.past.slice();
  // Of what is being done only the most probable act is told.
  const now = watch.branches.toSorted((a, b) => b.probability - a.probability)[0];
  if (now) acts.push({ name: now.name, role: watch.role, object: watch.object, from: watch.since, to: NaN });
  for (const [i, act] of acts.entries()) {
    const outcome = outcomeOf(chains, act.name);
    const nats = mine(act) - theirs(act);
    reasons.push({ what: "act", about: `${i === 0 ? "first" : "then"} came ${doneWords(act)}`, nats });
    if (act.to > act.from && outcome <= chains.acts.length) {
      const length = act.to - act.from;
      const density = (g: number): number => logDensity(dwellIs(chains, outcome - 1, g), length);
      reasons.push({
        what: "dwell",
        about: `${doneWords(act)} took ${length.toFixed(1)} s`,
        nats: DWELL_WORTH * (density(goal) - density(rival)),
      });
    }
  }
  return reasons;
}

/**
 * Log probability of act after act in a goal, -1 for none that is known. A role nobody saw is no evidence; what comes next is judged
 * by the one it has in that goal.
 */
function follower(chains: Chains, goal: number): (act: PastAct) => number {
  const p = new Float64Array(1),
    roles = new Float64Array(chains.roles.length + 2),
    scratch = createLikelihoodScratch(1);
  let path: Path = START;
  return ({ name, role, object }) => {
    const outcome = outcomeOf(chains, name),
      seen = role === undefined ? -1 : symbolOf(chains.roles, role),
      kind = object === undefined ? -1 : symbolOf(chains.kinds, object);
    if (goal < 0) p[0] = likelihoodUnknown(chains, path, outcome, seen, kind);
    else likelihoods(chains, path, outcome, seen, kind, [goal], 1, scratch, p);
    let taken = Math.max(0, seen);
    if (seen < 0 && totalOf(chains.role, [outcome]) > 0) {
      roles.fill(0);
      const before = rolePath(outcome, path);
      if (goal < 0) forecastInAll(chains.role, before, 1, roles, 1);
      else forecastInGoals(chains.role, before, ROLE_TRUST, [goal], [1], 1, 0, roles);
      taken = roles.indexOf(Math.max(...roles));
    }
    path = extend(path, outcome, taken);
    return Math.log(p[0]);
  };
}

/** Words that stand between an act and its object. */
const BETWEEN: Readonly<Record<string, string>> = { reach: "for", look: "at", point: "at", drink: "from" };

/** "reaching for the cup" */
export function doingWords(act: string, object?: string): string {
  const [verb, ...rest] = words(act).split(" ");
  const phrase = [gerund(verb), ...rest].join(" ");
  if (object === undefined) return phrase;
  const between = Object.entries(BETWEEN).find(([stem]) => verb.startsWith(stem))?.[1];
  return `${phrase} ${between === undefined ? "" : `${between} `}the ${words(object)}`;
}

function doneWords({ name, object }: Pick<PastAct, "name" | "object">): string {
  return doingWords(name, object);
}

/** "to drink"; of goals named as doing: "for making cereal". "it" where the object was named just before. */
function toWords(goal: string, it?: string): string {
  const plain = words(goal);
  const thing = it === undefined ? "" : `(?:the |a |an )?${escaped(words(it))}\\b`;
  const said =
    it === undefined
      ? plain
      : plain
          .replace(new RegExp(`\\b(away|up|down|off|out|back|over|together|aside) ${thing}`), "it $1")
          .replace(new RegExp(`\\b${thing}`), "it");
  return /^\w+ing\b/.test(said) ? `for ${said}` : `to ${said}`;
}

function gerund(verb: string): string {
  if (verb.endsWith("ing") || /[^a-z]/.test(verb)) return verb;
  if (/[^aeiou]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  if (/^[^aeiou]*[aeiou][bdgmnprt]$/.test(verb)) return `${verb}${verb.at(-1)}ing`;
  return `${verb}ing`;
}

function words(name: string): string {
  return name.replaceAll("_", " ");
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function article(thing: string): string {
  return `${/^[aeiou]/i.test(thing) ? "an" : "a"} ${words(thing)}`;
}

function listed(things: readonly string[]): string {
  return things.length === 0 ? "nothing" : things.join(", ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shown(p: number): string {
  return p.toFixed(p >= 0.995 || p < 0.095 ? 2 : 1);
}
