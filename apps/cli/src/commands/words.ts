// attune words: what words mean, learned from a recording and what was said in it, or told outright.

import {
  KINDS,
  actsLately,
  attend,
  createLexicon,
  createMind,
  listen,
  meaningOf,
  meaningsOf,
  remember,
  step,
  wordsIn,
  type Lexicon,
  type Mind,
  type ReferentKind,
} from "@attune/core";
import { openAnnotations, type Annotation } from "@attune/io";
import { basename } from "node:path";
import { print, table, warn } from "../console.ts";
import { about, harmless, UserError } from "../fail.ts";
import { openSource } from "../files.ts";
import { readLexicon, writeLexicon } from "../lexicon-file.ts";
import { didYouMean } from "../nearest.ts";
import { openInput, troubles, type InputOptions } from "../recordings.ts";
import { readRepertoire } from "../repertoire-file.ts";

export interface WordsOptions {
  readonly words: string | undefined;
  readonly json: boolean;
}

export async function listWords({ words: path, json }: WordsOptions): Promise<void> {
  const lexicon = await known(path);
  const meanings = meaningsOf(lexicon);
  const facts = lexicon.words
    .map(({ word, heard }) => ({
      word,
      heard: Number(heard.toPrecision(4)),
      means: meaningOf(meanings, word).slice(0, 3),
    }))
    .sort((a, b) => (b.means[0]?.probability ?? 0) - (a.means[0]?.probability ?? 0));
  if (json) {
    await print(JSON.stringify({ hearings: lexicon.hearings, words: facts }));
    return;
  }
  if (facts.length === 0) {
    await print("I have heard no word yet.");
    return;
  }
  const rows = facts.map(({ word, heard, means: [first] }) => [
    word,
    first === undefined || first.probability < 0.1 ? "nothing I know" : `${first.name} (${first.kind})`,
    first === undefined || first.probability < 0.1 ? "" : first.probability.toFixed(2),
    heard.toFixed(heard < 10 ? 1 : 0),
  ]);
  for (const line of table([["word", "means", "p", "heard"], ...rows], [2, 3])) await print(harmless(line));
}

export interface TeachOptions extends WordsOptions {
  readonly kind: ReferentKind;
}

/** One utterance while one thing is there for certain. */
export async function teachWords(name: string, text: string, options: TeachOptions): Promise<void> {
  const words = wordsIn(text);
  if (words.length === 0) throw new UserError(`"${text}" came and holds no word; say what "${name}" is called`);
  if (!KINDS.includes(options.kind))
    throw new UserError(`--kind ${options.kind} came, one of ${KINDS.join(", ")} was wanted`);
  const lexicon = (await readLexicon(options.words, "may be new")) ?? createLexicon();
  const meanings = listen(lexicon, words, [{ kind: options.kind, name, probability: 1 }], now());
  await writeLexicon(options.words, lexicon);
  const learned = words.map((word) => ({
    word,
    probability: meaningOf(meanings, word).find((m) => m.kind === options.kind && m.name === name)?.probability ?? 0,
  }));
  if (options.json) await print(JSON.stringify({ [options.kind]: name, words: learned }));
  else
    await print(
      `I heard ${learned.map(({ word, probability }) => `"${word}" (${probability.toFixed(2)})`).join(", ")} for ${name}`,
    );
}

export interface LearnWordsOptions extends WordsOptions, InputOptions {
  readonly said: string;
  readonly tier: string | undefined;
  readonly repertoire: string | undefined;
  readonly mirror: boolean;
}

/** s before an utterance and after it in which what it speaks of may be seen. */
const BEFORE = 0.5;
const AFTER = 1;

export async function learnWords(path: string, options: LearnWordsOptions): Promise<void> {
  const repertoire = await readRepertoire(options.repertoire, "must be there");
  if (repertoire === undefined) return;
  const utterances = await utterancesIn(options.said, options.tier);
  const input = await openInput(path, options);
  const { rate } = input.header;
  let mind: Mind;
  let notes: string[];
  try {
    mind = createMind({ repertoire, ...(rate !== undefined && rate <= 1000 ? { rate } : {}) });
    notes = attend(mind, input.header, { mirror: options.mirror });
  } catch (error) {
    throw about(input.label, error);
  }
  const lexicon = (await readLexicon(options.words, "may be new")) ?? createLexicon();
  const before = lexicon.words.length;
  const names = mind.repertoire.acts.map(({ name }) => name);
  const trace = new Float64Array(names.length);
  const most = utterances.map(() => new Float64Array(names.length));
  let last: number | undefined;
  let end = -Infinity;
  for await (const frame of input.frames) {
    step(mind, frame);
    remember(trace, mind.report, last === undefined ? 0 : frame.time - last);
    last = frame.time;
    end = Math.max(end, frame.time);
    utterances.forEach(({ start, end: over }, u) => {
      if (frame.time < start - BEFORE || frame.time > over + AFTER) return;
      for (let k = 0; k < trace.length; k++) most[u][k] = Math.max(most[u][k], trace[k]);
    });
  }
  const began = now();
  let heard = 0;
  utterances.forEach(({ label, start }, u) => {
    const words = wordsIn(label);
    if (words.length === 0 || start - BEFORE > end) return;
    const sum = most[u].reduce((a, b) => a + b, 0);
    if (sum > 1) for (let k = 0; k < trace.length; k++) most[u][k] /= sum;
    listen(lexicon, words, actsLately(names, most[u]), began + start);
    heard++;
  });
  const missed = utterances.length - heard;
  const late =
    missed > 0 ? [`${missed} utterances hold no word or lie after the recording's end, and are left out`] : [];
  warn([...troubles(input.report), ...notes, ...late]);
  if (heard === 0)
    throw new UserError(
      `${basename(options.said)} has no utterance within ${input.label}; check that both run on one clock`,
    );
  await writeLexicon(options.words, lexicon);
  const fresh = lexicon.words.length - before;
  if (options.json) await print(JSON.stringify({ heard, words: lexicon.words.length, new: fresh }));
  else await print(`I heard ${heard} utterances and know ${lexicon.words.length} words, ${fresh} of them new`);
}

async function utterancesIn(path: string, tier: string | undefined): Promise<Annotation[]> {
  const source = await openSource(path);
  let annotations: readonly Annotation[];
  try {
    const opened = await openAnnotations(source.chunks);
    annotations = opened.annotations;
    warn(troubles(opened.report));
  } catch (error) {
    throw about(basename(path), error);
  }
  const tiers = [...new Set(annotations.map((a) => a.tier))];
  if (tier !== undefined && !tiers.includes(tier))
    throw new UserError(
      `--tier ${tier} came, ${basename(path)} has ${tiers.join(", ") || "none"}${didYouMean(tier, tiers)}`,
    );
  if (tier === undefined && tiers.length > 1)
    throw new UserError(`${basename(path)} has the tiers ${tiers.join(", ")}; say which is speech with --tier`);
  return annotations.filter((a) => tier === undefined || a.tier === tier).sort((a, b) => a.start - b.start);
}

async function known(path: string | undefined): Promise<Lexicon> {
  const lexicon = await readLexicon(path, "must be there");
  if (lexicon === undefined) throw new UserError("there are no words");
  return lexicon;
}

/** s since 1970: words are forgotten by the clock on the wall. */
function now(): number {
  return Date.now() / 1000;
}
