// Builds the Studio when its build is missing or older than what it is made of.

import { GENERATED, teachStarter } from "@attune/actor";
import { createFace, createMind, saveRepertoire } from "@attune/core";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");
/** What the Studio is made of. */
const SOURCES = [
  "apps/studio/src",
  "apps/studio/public",
  "packages/core/src",
  "packages/actor/src",
  "packages/perception/src",
  "packages/perception/browser",
];
const FILES = ["apps/studio/index.html", "apps/studio/vite.config.ts", "apps/studio/build.ts", "package-lock.json"];
const STAMP = "made-of.txt";

/** @returns the folder to serve */
export async function buildStudio(log: (line: string) => void): Promise<string> {
  const dist = join(HERE, "dist"),
    stamp = join(dist, STAMP);
  const made = digest();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === made) return dist;
  log("Building the Studio; this takes some seconds, once.");
  const { build } = await import("vite");
  const { NODE_ENV } = process.env;
  // Whoever builds, tests too: what is served is the library for use, not the one for development.
  process.env["NODE_ENV"] = "production";
  try {
    await build({ configFile: join(HERE, "vite.config.ts"), logLevel: "error", mode: "production" });
  } finally {
    if (NODE_ENV === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = NODE_ENV;
  }
  writeFileSync(join(dist, "starter.json"), starter());
  // Expressions are practised here too: every visitor's browser would take a second for it.
  writeFileSync(join(dist, "face.json"), saveRepertoire(createFace({ rate: 30, seed: 1 }).repertoire));
  writeFileSync(stamp, made);
  return dist;
}

/** What everybody brings along, practised once here and not in every visitor's browser. */
function starter(): string {
  const mind = createMind({ rate: 30, seed: 1 });
  teachStarter(mind, { examples: 2, seed: 3, background: GENERATED });
  return saveRepertoire(mind.repertoire);
}

function digest(): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  ).concat(FILES.map((file) => join(ROOT, file)));
  for (const file of files.sort()) hash.update(relative(ROOT, file)).update(readFileSync(file));
  return hash.digest("hex");
}
