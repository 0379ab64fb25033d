// The example of docs/starter.md, run: it is read from the file, so it cannot go stale.

import { readFileSync } from "node:fs";
import * as core from "@attune/core";
import { expect, test } from "vitest";
import * as actor from "./index.ts";

test("the example in docs/starter.md runs, and the mind sees the act that is done", () => {
  const page = readFileSync(new URL("../../../docs/starter.md", import.meta.url), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(page)?.[1];
  if (code === undefined) throw new Error("docs/starter.md has lost its example");
  const body = replaced(
    replaced(code, /import \{([^}]*)\} from "@attune\/actor";/, "const {$1} = actor;"),
    /teachStarter\(mind\);/,
    'teachStarter(mind, { names: ["wave", "drink", "bow"], examples: 1 });',
  );
  const seen = new Set<string>();
  const mind = core.createMind();
  const step = (watching: core.Mind, frame: core.Frame): void => {
    core.step(watching, frame);
    for (const { kind, act } of watching.events.last) if (kind === "recognised" && act) seen.add(act);
  };
  const run = new Function("actor", "mind", "attend", "step", `${body}\nreturn take.truth;`);
  const truth = run(actor, mind, core.attend, step) as { act: string; start: number; end: number }[];
  expect(truth.map(({ act }) => act)).toEqual(["wave", "drink"]);
  expect([...seen].sort()).toEqual(["drink", "wave"]);
});

/** @throws Error where the page has lost what is to be replaced */
function replaced(text: string, what: RegExp, by: string): string {
  if (!what.test(text)) throw new Error(`docs/starter.md has lost ${what}`);
  return text.replace(what, by);
}
