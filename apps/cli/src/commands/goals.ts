// attune goals: what people do things for, learned from annotated chains of acts; what somebody is up to, while it goes by.

import {
  addExample,
  attend,
  beginAct,
  chainTree,
  createActStream,
  createChains,
  createExpected,
  createGoalWatch,
  createMind,
  discoverGoals,
  endAct,
  explainGoal,
  intentOf,
  moment,
  seeActs,
  seeObjects,
  step,
  type ChainExample,
  type ChainStep,
  type Chains,
  type GoalWatch,
  type Intent,
} from "@attune/core";
import { chainsOfAnnotations, chainsOfSet, isChainHead, openAnnotations, readChainTable } from "@attune/io";
import { basename, extname } from "node:path";
import { print, sixDigits, warn } from "../console.ts";
import { about, harmless, UserError } from "../fail.ts";
import { headOf, openSource } from "../files.ts";
import { DEFAULT_GOALS, readGoals, writeGoals } from "../goals-file.ts";
import { didYouMean } from "../nearest.ts";
import { holdsAnnotations, openInput, openSetFile, troubles, type InputOptions } from "../recordings.ts";
import { readRepertoire } from "../repertoire-file.ts";

export interface GoalsOptions {
  readonly goals: string | undefined;
  readonly json: boolean;
}

export interface LearnGoalsOptions extends GoalsOptions {
  /** Goal of the chains that have none. */
  readonly goal: string | undefined;
  readonly discover: boolean;
}

export async function learnGoals(files: readonly string[], options: LearnGoalsOptions): Promise<void> {
  const { goal, discover, json } = options;
  if (goal !== undefined && goal.trim() === "") throw new UserError("an empty --goal came, a name for it was wanted");
  let chains = (await readGoals(options.goals, "may be new")) ?? createChains();
  const before = { goals: chains.goals.length, examples: chains.examples.length };
  for (const file of files) {
    const found = await chainsIn(file);
    if (found === undefined)
      throw new UserError(
        `${basename(file)} holds no chains of acts; annotations with a tier "act", a table with columns act, start and end, or a set of chains were wanted`,
      );
    try {
      for (const example of found)
        addExample(
          chains,
          goal === undefined || example.goal !== undefined ? example : { ...example, goal: goal.trim() },
        );
    } catch (error) {
      throw about(basename(file), error);
    }
  }
  const made = discover ? discoverGoals(chains) : undefined;
  if (made) ({ chains } = made);
  await writeGoals(options.goals, chains);
  const unnamed = chains.examples.filter((e) => e.goal === undefined).length;
  const learned = chains.examples.length - before.examples;
  const fresh = chains.goals.length - before.goals;
  const file = options.goals ?? DEFAULT_GOALS;
  if (json) {
    const discovered = made?.discoveries.map(({ goal: name, isNew, probability }) => ({
      goal: name,
      isNew,
      probability,
    }));
    await print(
      JSON.stringify(
        { file, learned, goals: chains.goals, new: fresh, unnamed, ...(discovered ? { discovered } : {}) },
        sixDigits,
      ),
    );
    return;
  }
  await print(
    harmless(
      `learned ${counted(learned, "chain")}; ${file} now knows ${counted(chains.goals.length, "goal")} (${fresh} new) from ${counted(chains.examples.length, "chain")}`,
    ),
  );
  for (const { goal: name, isNew, example } of made?.discoveries ?? [])
    await print(
      harmless(`  ${example.acts.map((a) => a.name).join(" > ")}: ${isNew ? `new, called "${name}"` : name}`),
    );
  if (unnamed > 0)
    await print(
      `${counted(unnamed, "chain")} ${unnamed === 1 ? "has" : "have"} no goal yet; name it with --goal, or let me sort them with --discover`,
    );
}

export async function showGoals(goal: string | undefined, options: GoalsOptions): Promise<void> {
  const chains = await known(options.goals);
  const names = [...new Set(chains.examples.flatMap((e) => (e.goal === undefined ? [] : [e.goal])))].sort();
  if (goal !== undefined && !names.includes(goal))
    throw new UserError(
      `no goal "${goal}" is known${didYouMean(goal, names) || `; known: ${names.slice(0, 20).join(", ") || "none yet"}`}`,
    );
  const shown = names.filter((name) => goal === undefined || name === goal);
  const trees = shown.map((name) => ({
    goal: name,
    examples: chains.examples.filter((e) => e.goal === name).length,
    chain: chainTree(chains, name),
  }));
  if (options.json) {
    await print(JSON.stringify({ goals: trees }, sixDigits));
    return;
  }
  if (trees.length === 0) await print("I know no goal yet.");
  for (const { goal: name, examples, chain } of trees) {
    await print(harmless(`${name} (${counted(examples, "chain")})`));
    for (const line of treeLines(chain, "  ")) await print(harmless(line));
  }
}

/** A step a line; steps that nothing branches off stand below each other, branches are set in. */
function treeLines(steps: readonly ChainStep[], indent: string): string[] {
  const apart = steps.length > 1;
  return steps.flatMap((each) => {
    const { act, object, role, probability, seconds, ends, next } = each;
    const what = [act, object, role === undefined ? undefined : `(${role})`].filter((w) => w !== undefined).join(" ");
    const share = apart || probability < 0.995 ? `${probability.toFixed(2)}  ` : "";
    const over = ends > 0 && next.length > 0 ? `, ends here ${ends.toFixed(2)}` : "";
    const line = `${indent}${apart ? "- " : ""}${share}${what}  ${seconds.toFixed(1)} s${over}`;
    return [line, ...treeLines(next, apart ? `${indent}  ` : indent)];
  });
}

export interface WatchGoalsOptions extends GoalsOptions, InputOptions {
  readonly repertoire: string | undefined;
  readonly mirror: boolean;
  readonly scene: string | undefined;
  readonly why: boolean;
}

/** A line, or a JSON object, for each act that begins and ends. */
export async function watchGoals(path: string, options: WatchGoalsOptions): Promise<void> {
  const chains = await known(options.goals);
  if (chains.goals.length === 0) throw new UserError("no goal is known yet, so there is none to see; name some first");
  const found = path === "-" ? undefined : await chainsIn(path);
  if (found !== undefined) await watchChains(chains, found, options, basename(path));
  else await watchRecording(chains, path, options);
}

async function watchChains(
  chains: Chains,
  examples: readonly ChainExample[],
  options: WatchGoalsOptions,
  label: string,
): Promise<void> {
  const { item, scene, who } = options;
  if (item !== undefined && item >= examples.length)
    throw new UserError(`--item ${item} came, ${label} has chains 0 to ${examples.length - 1}`);
  const expected = createExpected();
  for (const example of item === undefined ? examples : [examples[item]]) {
    const { goal, acts, objects, who: named, scene: set } = example;
    const whole = { scene: scene ?? set, who: who ?? named, objects };
    const watch = createGoalWatch(chains, { oneChain: true, context: defined(whole) });
    if (!options.json)
      await print(
        harmless(`${named === undefined ? "somebody" : named}${goal === undefined ? "" : `, really: ${goal}`}`),
      );
    for (const { name, object, role, from, to } of acts) {
      beginAct(chains, watch, { time: from, name, ...defined({ object, role }) });
      await tellIntent(chains, watch, intentOf(chains, watch, from, expected), "begin", options, goal);
      endAct(chains, watch, to);
      await tellIntent(chains, watch, intentOf(chains, watch, to, expected), "end", options, goal);
    }
  }
}

async function watchRecording(chains: Chains, path: string, options: WatchGoalsOptions): Promise<void> {
  const repertoire = await readRepertoire(options.repertoire, "must be there");
  if (repertoire === undefined) return;
  const names = repertoire.acts.map(({ name }) => name);
  if (!names.some((name) => chains.acts.includes(name)))
    throw new UserError(
      `none of the acts I can recognise (${names.slice(0, 8).join(", ")}) is in a chain I know (${chains.acts.slice(0, 8).join(", ")}); call them alike`,
    );
  const input = await openInput(path, options);
  const { rate } = input.header;
  let mind;
  let notes: string[];
  try {
    mind = createMind({ repertoire, ...(rate !== undefined && rate <= 1000 ? { rate } : {}) });
    notes = attend(mind, input.header, { mirror: options.mirror });
  } catch (error) {
    throw about(input.label, error);
  }
  const watch = createGoalWatch(chains, { context: defined({ scene: options.scene, who: options.who }) });
  const stream = createActStream(names);
  const expected = createExpected();
  const probability = new Float64Array(names.length),
    begun = new Float64Array(names.length),
    phase = new Float64Array(names.length);
  let since = NaN,
    told = "";
  let frames = 0;
  for await (const frame of input.frames) {
    step(mind, frame);
    frames++;
    const now = moment(mind);
    for (const act of now.acts) {
      const k = names.indexOf(act.name);
      probability[k] = act.probability;
      begun[k] = now.time - act.since;
      phase[k] = act.phase;
    }
    if (frame.objects) seeObjects(watch.memory, frame.objects, frame.time);
    seeActs(chains, watch, stream, { time: now.time, probability, begun, phase });
    const [top] = now.acts;
    const progress = top ? { phase: top.phase, phaseSd: Math.max(0.05, top.phaseSd) } : undefined;
    const doing = watch.since === watch.since;
    const what = doing ? (watch.branches.toSorted((a, b) => b.probability - a.probability)[0]?.name ?? "") : "";
    if (Object.is(watch.since, since) && what === told) continue;
    const kind = doing ? (Object.is(watch.since, since) ? "change" : "begin") : "end";
    since = watch.since;
    told = what;
    await tellIntent(chains, watch, intentOf(chains, watch, now.time, expected, progress), kind, options, undefined);
  }
  if (frames === 0) throw new UserError(`${input.label}: it holds no frame; a recording with frames was wanted`);
  warn([...troubles(input.report), ...notes]);
}

async function tellIntent(
  chains: Chains,
  watch: GoalWatch,
  intent: Intent,
  kind: "begin" | "change" | "end",
  { json, why }: WatchGoalsOptions,
  truth: string | undefined,
): Promise<void> {
  if (json) {
    const explanation = why ? { why: explainGoal(chains, watch, intent).sentences } : {};
    await print(
      JSON.stringify({ event: kind, ...(truth === undefined ? {} : { truth }), ...intent, ...explanation }, sixDigits),
    );
    return;
  }
  const goals = intent.goals
    .slice(0, 3)
    .map(({ goal, probability }) => `${goal} ${probability.toFixed(2)}`)
    .join(", ");
  const unknown = intent.unknown >= 0.05 ? `, none I know ${intent.unknown.toFixed(2)}` : "";
  const act = kind === "end" ? `${watch.past.at(-1)?.name ?? "it"} is over` : (intent.doing[0]?.act ?? "something");
  const [next] = intent.next;
  const when = next?.onset ? ` in ${Math.max(0, next.onset.mean).toFixed(1)} s` : "";
  const then =
    intent.ends > 0.5 ? "; that is all" : next ? `; next ${next.act} ${next.probability.toFixed(2)}${when}` : "";
  const odd = kind === "begin" && intent.broken ? `  (surprising: ${intent.surprise.toFixed(1)} nats)` : "";
  await print(harmless(`${intent.time.toFixed(1).padStart(7)} s  ${act}: ${goals}${unknown}${then}${odd}`));
  if (!why || kind === "change") return;
  for (const line of explainGoal(chains, watch, intent).sentences) await print(harmless(`             ${line}`));
}

/** Chains in annotations, a table or a set; undefined for anything else. */
async function chainsIn(path: string): Promise<ChainExample[] | undefined> {
  const label = basename(path);
  try {
    if (extname(path).toLowerCase() === ".json") {
      const head = await headOf(path, 65_536);
      if (!/"task"\s*:\s*"chains"/.test(head)) return undefined;
      return chainsOfSet((await openSetFile(path)).set);
    }
    const [first = ""] = (await headOf(path, 65_536)).replace(/^\uFEFF/, "").split(/\r?\n/, 1);
    if (isChainHead(first)) {
      const { chains, report } = await readChainTable((await openSource(path)).chunks);
      warn(troubles(report));
      return chains;
    }
    if (!(await holdsAnnotations(path))) return undefined;
    const { annotations, report } = await openAnnotations((await openSource(path)).chunks);
    warn(troubles(report));
    return chainsOfAnnotations(annotations);
  } catch (error) {
    throw about(label, error);
  }
}

async function known(path: string | undefined): Promise<Chains> {
  const chains = await readGoals(path, "must be there");
  if (chains === undefined) throw new UserError("there are no goals");
  return chains;
}

/** Without what is undefined. */
function defined<T extends Record<string, unknown>>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
