// A repertoire's text taken apart into its acts and the rest. Every save is kept, and between two saves most acts are
// the same: each is stored once. Put together again the text is the same byte for byte, or it is not taken apart.

import { loadRepertoire } from "@attune/core";
import { createHash } from "node:crypto";
import { StoreFailure } from "../failure.ts";

export interface ActName {
  readonly id: number;
  readonly name: string;
}

export interface Part {
  readonly hash: string;
  readonly body: string;
}

export interface TakenApart {
  readonly acts: readonly ActName[];
  readonly frame: string;
  /** The acts in order; empty where the frame is the whole text. */
  readonly parts: readonly Part[];
}

/** @throws StoreFailure "invalid" unless the text is a whole repertoire */
export function takeApart(text: string): TakenApart {
  let acts: ActName[];
  try {
    acts = loadRepertoire(text).acts.map(({ id, name }) => ({ id, name }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StoreFailure("invalid", `what came is no repertoire: ${error.message.replace(/^\w+: /, "")}`);
  }
  const { acts: bodies, ...rest } = JSON.parse(text) as { acts: unknown[] };
  const parts = bodies.map((act) => part(JSON.stringify(act)));
  // The place of the acts among the keys is kept by an empty list in it.
  const keys = Object.keys(JSON.parse(text) as object);
  const frame = JSON.stringify(Object.fromEntries(keys.map((key) => [key, key === "acts" ? [] : rest[key as never]])));
  return putTogether(frame, bodyOf(parts)) === text ? { acts, frame, parts } : { acts, frame: text, parts: [] };
}

export function putTogether(frame: string, bodies: readonly string[]): string {
  if (bodies.length === 0) return frame;
  const repertoire = JSON.parse(frame) as { acts: unknown[] };
  repertoire.acts = bodies.map((body) => JSON.parse(body) as unknown);
  return JSON.stringify(repertoire);
}

function bodyOf(parts: readonly Part[]): string[] {
  return parts.map(({ body }) => body);
}

function part(body: string): Part {
  return { hash: createHash("sha256").update(body).digest("base64url"), body };
}
