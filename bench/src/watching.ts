// What every bench over acts does: teach a fresh mind the training items, and watch test items frame by frame. The engine
// is never told how much it has seen or how long a movement will be.

import { type Mind, attend, bodyOf, createMind, learnSet, step } from "@attune/core";
import type { Labelled } from "./sets.ts";

/** Folds that a bench with many minds a fold, or many questions a frame, runs on. */
export const MOST_FOLDS = 5;

/** A mind that has been shown these demonstrations and nothing else. */
export function taught(train: readonly Labelled[], classes: readonly string[], rate: number): Mind {
  const mind = createMind({ body: bodyOf(train[0].header), rate });
  const lessons = classes
    .map((name, y) => ({ name: actName(name, y), demos: train.filter((i) => i.y === y) }))
    .filter(({ demos }) => demos.length > 0);
  learnSet(mind, lessons);
  return mind;
}

/** Classes may share a label; acts may not. */
export function actName(label: string, y: number): string {
  return `${y} ${label}`;
}

/** Where each class is among the mind's acts, -1 for those it was not taught. */
export function placesOf(mind: Mind, classes: readonly string[]): number[] {
  return classes.map((name, y) => mind.repertoire.acts.findIndex((a) => a.name === actName(name, y)));
}

/** Watches an item; `look` is called after every row, counted from 0. */
export function watchItem(mind: Mind, item: Labelled, look: (row: number) => void): void {
  attend(mind, item.header);
  item.frames.forEach((frame, row) => {
    step(mind, frame);
    look(row);
  });
}

/** The row at which a share of an item has been seen: ceil(share * rows) rows, at least 2, at most all. */
export function rowAt(item: Labelled, share: number): number {
  const T = item.frames.length;
  return Math.min(T, Math.max(2, Math.ceil(share * T))) - 1;
}

/** Probabilities over the classes alone, and the largest of them; an even guess where no act is considered. */
export function forecast(mind: Mind, place: readonly number[]): { guess: number; shares: number[] } {
  const p = place.map((k) => (k < 0 ? 0 : mind.report[k]));
  const sum = p.reduce((s, v) => s + v, 0);
  const shares = sum > 0 ? p.map((v) => v / sum) : p.map(() => 1 / p.length);
  let guess = 0;
  for (let k = 1; k < shares.length; k++) if (shares[k] > shares[guess]) guess = k;
  return { guess, shares };
}

export function key(share: number): string {
  return String(Math.round(share * 100));
}

export function round(v: number, digits: number): number {
  return Math.round(v * 10 ** digits) / 10 ** digits;
}
