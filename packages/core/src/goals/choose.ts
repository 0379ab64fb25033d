// What Attune does itself. The next act is the one that can be done and is worth it (Bonaiuto & Arbib 2010, doi:10.1007/s00422-010-0376-5):
// priority = executability x desirability, and credit goes to the act the mirror recognised it doing, not to the one it meant to do,
// which is why a way round a lesion is found fast. With a partner it does what completes the partner's act, when it is its turn.

import { nextUniform } from "../affect/noise.ts";
import type { Act } from "../repertoire/act.ts";
import { type ChainOptions, type ChainedMotion, chain } from "../repertoire/chain.ts";
import type { RememberedObject } from "./context.ts";
import { apart } from "./context.ts";
import type { Intent } from "./intent.ts";

/** What an act needs; absent fields need nothing. */
export interface Need {
  /** Kind of object it is done to, and the role that must have. */
  readonly object?: string;
  readonly role?: string;
}

/** What Attune knows of an act as its own; plain data. */
export interface OwnAct {
  name: string;
  need: Need;
  /** How well it succeeds at it, 0..1, learned. */
  executability: number;
  /** What it is worth by drive, learned: expected reward that follows, discounted. */
  desirability: Record<string, number>;
}

/** Plain data. */
export interface Choice {
  acts: OwnAct[];
  /** Act meant and not yet credited, -1 for none. */
  meant: number;
  noise: Uint32Array;
}

/** Rates of the paper's parameter file: learning, discount, reach of the noise. */
const ALPHA = 0.1;
const GAMMA = 0.9;
const NOISE = 0.25;
/** Rate at which an act that was not recognised counts as one that cannot be done. */
const CANNOT = 0.3;

/** @param noise state of a stream (`createNoise`) */
export function createChoice(acts: readonly { name: string; need?: Need }[], noise: Uint32Array): Choice {
  return {
    acts: acts.map(({ name, need = {} }) => ({ name, need, executability: 1, desirability: {} })),
    meant: -1,
    noise,
  };
}

/** Where Attune stands: objects it remembers, and how far it reaches. */
export interface OwnSituation {
  readonly objects: readonly RememberedObject[];
  readonly shoulder?: readonly number[];
  readonly reach?: number;
  /** Drives and how strong they are, e.g. { thirst: 1 }. */
  readonly drives: Readonly<Record<string, number>>;
}

/** Whether and how well an act can be done here and now, 0..1. */
export function executability({ need, executability: learned }: OwnAct, situation: OwnSituation): number {
  if (need.object === undefined) return learned;
  const { objects, shoulder, reach } = situation;
  for (const { kind, role, position } of objects)
    if (
      kind === need.object &&
      (need.role === undefined || role === need.role) &&
      (!position || !shoulder || reach === undefined || apart(position, shoulder) <= reach)
    )
      return learned;
  return 0;
}

/** What an act is worth to the drives there are. */
export function desirability({ desirability: worth }: OwnAct, { drives }: Pick<OwnSituation, "drives">): number {
  let sum = 0;
  for (const [drive, strength] of Object.entries(drives)) sum += strength * (worth[drive] ?? 0);
  return sum;
}

/**
 * The act to do now, or undefined where none can be done. Acts not yet worth anything are tried by the noise.
 *
 * @returns its priority with it, and those of the others, for telling why
 */
export function chooseAct(
  choice: Choice,
  situation: OwnSituation,
): { act: string; priority: number; others: { act: string; priority: number }[] } | undefined {
  const all = choice.acts
    .map((own, index) => {
      const can = executability(own, situation);
      const tried = desirability(own, situation) + NOISE * nextUniform(choice.noise);
      return { index, act: own.name, can, priority: can * tried };
    })
    .filter(({ can }) => can > 0)
    .sort((a, b) => b.priority - a.priority);
  if (all.length === 0) return undefined;
  const [best, ...others] = all;
  choice.meant = best.index;
  return { act: best.act, priority: best.priority, others: others.map(({ act, priority }) => ({ act, priority })) };
}

/**
 * Credit for what was done. The act the mirror recognised Attune doing earns it, whatever was meant; an act that was meant and
 * not recognised becomes less executable.
 *
 * @param recognised undefined where the mirror recognised nothing
 * @param reward by drive
 */
export function creditAct(
  choice: Choice,
  recognised: string | undefined,
  reward: Readonly<Record<string, number>>,
  situation: OwnSituation,
): void {
  const done = recognised === undefined ? -1 : choice.acts.findIndex(({ name }) => name === recognised);
  if (done >= 0) {
    const own = choice.acts[done];
    own.executability += ALPHA * (1 - own.executability);
    for (const drive of new Set([...Object.keys(reward), ...Object.keys(situation.drives)])) {
      let best = 0;
      for (const other of choice.acts)
        if (executability(other, situation) > 0.1) best = Math.max(best, other.desirability[drive] ?? 0);
      // Nothing more is to be had of a drive that was satisfied.
      const next = (reward[drive] ?? 0) > 0 ? 0 : GAMMA * best;
      const before = own.desirability[drive] ?? 0;
      own.desirability[drive] = before + ALPHA * ((reward[drive] ?? 0) + next - before);
    }
  }
  const { meant } = choice;
  if (meant >= 0 && meant !== done) choice.acts[meant].executability *= 1 - CANNOT;
  choice.meant = -1;
}

/** Several own acts as one motion that goes on with no jump of place or speed. */
export function performChain(
  repertoire: readonly Act[],
  names: readonly string[],
  options: ChainOptions = {},
): ChainedMotion {
  const parts = names.map((name) => {
    const act = repertoire.find((known) => known.name === name);
    if (!act)
      throw new RangeError(
        `performChain: "${name}" is not known; known: ${repertoire.map((a) => a.name).join(", ") || "nothing yet"}`,
      );
    return { act };
  });
  return chain(parts, options);
}

/** What completes what: the partner's act, and the own one that goes with it. */
export interface Complement {
  readonly partner: string;
  readonly own: string;
  /** The own act goes along with the partner's, or comes when that is over (a turn). */
  readonly when: "with" | "after";
}

/** What to do with a partner, and in how many seconds. */
export interface JointAct {
  act: string;
  /** s until it should begin. */
  in: number;
  /** Of the partner's act. */
  probability: number;
  because: "is doing" | "will do";
  partner: string;
}

/** Probability of the partner's act above which it is answered. */
const COUNT_ON = 0.5;

/**
 * The own act that completes what the partner does or is about to do; undefined where nothing is sure enough.
 *
 * @param prepare s an own act takes to get going: it begins that much early
 */
export function complementAct(intent: Intent, table: readonly Complement[], prepare = 0.2): JointAct | undefined {
  let best: JointAct | undefined;
  const offer = (act: JointAct): void => {
    if (act.probability >= COUNT_ON && (!best || act.probability > best.probability)) best = act;
  };
  const [next] = intent.next;
  for (const { partner, own, when } of table) {
    const doing = intent.doing.find(({ act }) => act === partner);
    if (doing) {
      const left = when === "with" ? 0 : (next?.onset?.mean ?? 0);
      offer({
        act: own,
        in: Math.max(0, left - prepare),
        probability: doing.probability,
        because: "is doing",
        partner,
      });
    }
    const coming = intent.next.find(({ act }) => act === partner);
    if (coming?.onset && when === "with")
      offer({
        act: own,
        in: Math.max(0, coming.onset.mean - prepare),
        probability: coming.probability,
        because: "will do",
        partner,
      });
  }
  return best;
}
