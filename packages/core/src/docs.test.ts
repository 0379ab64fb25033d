// The library example of docs/empathy.md, run: it is read from the page, so it cannot go stale.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { performExpression } from "./affect/face-acts.ts";
import { expressionNamed } from "./affect/expressions.ts";
import { FACE_HEADER, facesOf } from "./affect/testing.ts";
import * as core from "./index.ts";
import { createRng } from "./rng.ts";

test("the example of docs/empathy.md reads a smile, feels and answers it, and says why", () => {
  const page = readFileSync(new URL("../../../docs/empathy.md", import.meta.url), "utf8");
  const code = /<!-- example[^>]*-->\s*```ts\n([\s\S]*?)```/.exec(page)?.[1];
  if (code === undefined) throw new Error("docs/empathy.md has lost its example");
  const body = code.replace(/import \{([^}]*)\} from "@attune\/core";/, "const {$1} = core;");
  const said: unknown[] = [];
  const smile = facesOf(
    performExpression(expressionNamed("joy"), { rate: 30, rest: 1, apex: 4 }),
    createRng(1, "docs"),
  ).slice(0, 120);
  new Function("core", "header", "frames", "console", body)(core, FACE_HEADER, smile, {
    log: (...a: unknown[]) => said.push(...a),
  });
  const [own, words, reasons, why] = said as [core.Affect, string, string[], string[]];
  expect(Math.abs(own.valence)).toBeLessThan(1);
  expect(words).toBe("your face looks like joy");
  expect(reasons.join(" ")).toMatch(/smile/);
  expect(why.length).toBeGreaterThan(0);
});
