// A canvas that writes down what is drawn on it, for tests.

import type { Context } from "./curves.ts";

export interface Shape {
  readonly how: "fill" | "stroke" | "clip";
  readonly colour: string;
  /** Every coordinate of the path, [n, 2]. */
  readonly points: readonly (readonly [number, number])[];
}

export interface FakeContext {
  readonly context: Context;
  readonly shapes: Shape[];
  /** Every call and every property set, as text: equal drawings have equal logs. */
  readonly log: string[];
  /** How many saves are not restored yet. */
  depth(): number;
}

/** How many arguments of each path call are x and y pairs. */
const PAIRS: Readonly<Record<string, number>> = {
  moveTo: 1,
  lineTo: 1,
  quadraticCurveTo: 2,
  bezierCurveTo: 3,
  arc: 1,
  ellipse: 1,
  rect: 1,
};

export function createFakeContext(): FakeContext {
  const shapes: Shape[] = [];
  const log: string[] = [];
  let points: (readonly [number, number])[] = [];
  let depth = 0;
  const set: Record<string, unknown> = { globalAlpha: 1, fillStyle: "", strokeStyle: "" };
  const call = (name: string) => {
    return (...args: unknown[]): void => {
      log.push(`${name}(${args.join(",")})`);
      if (name === "beginPath") points = [];
      else if (name === "save") depth++;
      else if (name === "restore") depth--;
      else if (name === "fill" || name === "stroke" || name === "clip")
        shapes.push({ how: name, colour: String(set[name === "stroke" ? "strokeStyle" : "fillStyle"]), points });
      for (let k = 0; k < (PAIRS[name] ?? 0); k++) points.push([Number(args[2 * k]), Number(args[2 * k + 1])]);
    };
  };
  const context = new Proxy(set, {
    get: (target, name) => target[String(name)] ?? call(String(name)),
    set(target, name, value) {
      log.push(`${String(name)}=${String(value)}`);
      target[String(name)] = value;
      return true;
    },
  });
  return { context: context as unknown as Context, shapes, log, depth: () => depth };
}
