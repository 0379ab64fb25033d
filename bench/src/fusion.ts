// Face and voice together against what viewers voted: the votes of those who saw and heard a clip, foretold from the votes of
// those who heard it and of those who saw it.

import { fitExponents, tempered } from "@attune/core";
import type { Clip } from "./face-tables.ts";

/** Cross-entropy of the votes of those who heard and saw, nats a vote, on actors the exponents were not fitted on. */
export interface Fusion {
  readonly face: number;
  readonly voice: number;
  readonly both: number;
  /** For comparison: no forecast can be better than the votes' own shares, nor need it be worse than these. */
  readonly floor: number;
  readonly product: number;
  readonly written: number;
  /** The same with half a vote more for everything in what is to be foretold. */
  readonly halfVote: { readonly face: number; readonly both: number; readonly floor: number };
  readonly exponents: readonly { readonly face: number; readonly voice: number }[];
  readonly clips: number;
  readonly actors: number;
}

/** Votes added to each possible answer before it is a distribution, tried on the training actors. */
const ADDED = [0.1, 0.2, 0.3, 0.5, 0.8];

/** Exponents and added votes are fitted on half of the actors and tested on the other half, and the other way round. */
export function measureFusion(clips: readonly Clip[]): Fusion {
  const actors = [...new Set(clips.map(({ actor }) => actor))].sort();
  const exponents: { face: number; voice: number }[] = [];
  const sums = { face: 0, voice: 0, both: 0, floor: 0, product: 0, written: 0, halfFace: 0, halfBoth: 0, halfFloor: 0 };
  for (const half of [0, 1]) {
    const inHalf = ({ actor }: Clip) => actors.indexOf(actor) % 2 === half;
    const test = clips.filter(inHalf),
      train = clips.filter((clip) => !inHalf(clip));
    const fitted = fitHalf(train, 0),
      half5 = fitHalf(train, 0.5);
    exponents.push({ face: fitted.exponents[0], voice: fitted.exponents[1] });
    const share = test.length / clips.length;
    const add = (key: keyof typeof sums, nats: number) => (sums[key] += share * nats);
    add("face", nats(test, fitted.face, fitted.face, [1, 0], 0));
    add("voice", nats(test, fitted.voice, fitted.voice, [0, 1], 0));
    add("both", nats(test, fitted.added[0], fitted.added[1], fitted.exponents, 0));
    add("product", nats(test, fitted.face, fitted.voice, [1, 1], 0));
    add("written", nats(test, 0.3, 0.3, [0.7, 0.3], 0));
    add("floor", floor(test, 0));
    add("halfFace", nats(test, half5.face, half5.face, [1, 0], 0.5));
    add("halfBoth", nats(test, half5.added[0], half5.added[1], half5.exponents, 0.5));
    add("halfFloor", floor(test, 0.5));
  }
  const { halfFace, halfBoth, halfFloor, ...plain } = sums;
  return {
    ...plain,
    halfVote: { face: halfFace, both: halfBoth, floor: halfFloor },
    exponents,
    clips: clips.length,
    actors: actors.length,
  };
}

/** The best votes to add for each sense alone, and for both with their exponents. */
function fitHalf(clips: readonly Clip[], half: number) {
  const best = (cost: (added: number) => number): number => {
    const costs = ADDED.map(cost);
    return ADDED[costs.indexOf(Math.min(...costs))];
  };
  const face = best((added) => nats(clips, added, added, [1, 0], half)),
    voice = best((added) => nats(clips, added, added, [0, 1], half));
  // One after the other: what suits the face hardly depends on what suits the voice.
  const fit = (f: number, v: number) =>
    fitExponents(
      clips.map((clip) => shares(clip.face, f)),
      clips.map((clip) => shares(clip.voice, v)),
      clips.map((clip) => clip.both.map((n) => n + half)),
    );
  const together = (f: number, v: number) => nats(clips, f, v, fit(f, v), half);
  const added: [number, number] = [face, voice];
  added[1] = best((v) => together(added[0], v));
  added[0] = best((f) => together(f, added[1]));
  const exponents = fit(...added);
  return { face, voice, added, exponents };
}

/** Mean over votes of -log of what face and voice foretold. */
function nats(
  clips: readonly Clip[],
  addedFace: number,
  addedVoice: number,
  exponents: readonly [number, number],
  half: number,
): number {
  const p = new Float64Array(6);
  let sum = 0,
    votes = 0;
  for (const { face, voice, both } of clips) {
    tempered(shares(face, addedFace), shares(voice, addedVoice), exponents, p);
    for (let k = 0; k < p.length; k++) {
      sum -= (both[k] + half) * Math.log(p[k]);
      votes += both[k] + half;
    }
  }
  return sum / votes;
}

function floor(clips: readonly Clip[], half: number): number {
  let sum = 0,
    votes = 0;
  for (const { both } of clips) {
    const n = both.reduce((a, b) => a + b + half, 0);
    for (const count of both) if (count + half > 0) sum -= (count + half) * Math.log((count + half) / n);
    votes += n;
  }
  return sum / votes;
}

function shares(votes: Float64Array, added: number): Float64Array {
  const n = votes.reduce((a, b) => a + b + added, 0);
  return votes.map((v) => (v + added) / n);
}
