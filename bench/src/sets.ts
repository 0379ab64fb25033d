// Sets on disk: which there are in a folder, and their items as labelled demonstrations.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Demo } from "@attune/core";
import { type RecordingSet, type SetItem, itemFrames, openSet, setHeader } from "@attune/io";

export interface LoadedSet {
  set: RecordingSet;
  floats: Float32Array;
}

/** One labelled performance of an `acts` set. */
export interface Labelled extends Demo {
  index: number;
  y: number;
  split: string | undefined;
}

/** Names of the sets in a folder and its sub-folders (one deep), sorted: files NAME.json with a NAME.bin beside them. */
export function listSets(dir: string): { name: string; path: string }[] {
  const found: { name: string; path: string }[] = [];
  const visit = (folder: string, deeper: boolean): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = new Set(entries.map((e) => e.name));
    for (const entry of entries) {
      if (entry.isDirectory() && deeper) visit(join(folder, entry.name), false);
      const name = basename(entry.name, ".json");
      if (entry.name.endsWith(".json") && names.has(`${name}.bin`))
        found.push({ name, path: join(folder, entry.name) });
    }
  };
  visit(dir, true);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function loadSet(path: string): LoadedSet {
  const set = openSet(JSON.parse(readFileSync(path, "utf8")) as unknown);
  const bytes = readFileSync(path.replace(/\.json$/, ".bin"));
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { set, floats };
}

/** Items with a class, in file order. */
export function labelled({ set, floats }: LoadedSet): Labelled[] {
  const header = setHeader(set);
  return set.items.flatMap((item: SetItem) => {
    if (item.y === undefined) return [];
    const slice = floats.slice(item.offset, item.offset + item.frames * set.dims);
    return [
      {
        index: item.index,
        y: item.y,
        split: item.split,
        header,
        frames: itemFrames(set, slice, item),
        ...(item.subj === undefined ? {} : { who: String(item.subj) }),
      },
    ];
  });
}

/** At most so many of a list, evenly spread, in its order. */
export function atMost<T>(list: readonly T[], most: number): T[] {
  const n = Math.min(list.length, most);
  return Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]);
}

export interface Fold {
  name: string;
  train: Labelled[];
  test: Labelled[];
}

/**
 * The official split where both halves are present, else leave one person out, else five folds, each class cut into five
 * contiguous blocks in file order.
 */
export function foldsOf(items: readonly Labelled[]): { protocol: string; folds: Fold[] } {
  const train = items.filter((i) => i.split === "train"),
    test = items.filter((i) => i.split === "test");
  if (train.length > 0 && test.length > 0) return { protocol: "split", folds: [{ name: "test", train, test }] };
  const people = [...new Set(items.map((i) => i.who))];
  if (people.length >= 2 && !people.includes(undefined))
    return {
      protocol: "leave-one-person-out",
      folds: people.map((who) => ({
        name: `person ${who}`,
        train: items.filter((i) => i.who !== who),
        test: items.filter((i) => i.who === who),
      })),
    };
  const block = new Map<Labelled, number>();
  for (const y of new Set(items.map((i) => i.y))) {
    const members = items.filter((i) => i.y === y);
    members.forEach((item, k) => block.set(item, Math.floor((k * 5) / members.length)));
  }
  const folds = [0, 1, 2, 3, 4].map((b) => ({
    name: `block ${b + 1}`,
    train: items.filter((i) => block.get(i) !== b),
    test: items.filter((i) => block.get(i) === b),
  }));
  return { protocol: "five-folds", folds: folds.filter((f) => f.test.length > 0 && f.train.length > 0) };
}
