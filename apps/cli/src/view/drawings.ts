// Which drawings suit a body: two figures for a person, a trace for what moves in a plane, lines over time for the rest.

import type { BodySpec, Moment } from "@attune/core";
import { expectedOr, figure } from "./figure.ts";
import type { Drawing } from "./screen.ts";
import { planes, sparklines, trace, type Past } from "./trace.ts";

export function drawingsOf(body: BodySpec, now: Moment, past: readonly Past[]): Drawing[] {
  const { next, seen } = now;
  const ahead = next?.ahead.at(-1) ?? 0.5;
  if (body.kind === "person")
    return [
      { title: "seen", ink: "seen", draw: (size) => figure(seen, size) },
      {
        title: `expected in ${ahead} s`,
        ink: "quiet",
        draw: (size) => figure(expectedOr(seen, next?.mean.at(-1)), size, next?.sd.at(-1)),
      },
    ];
  const flat = planes(body.names).length > 0 && body.names.length <= 60;
  return [
    {
      title: flat ? "seen, and expected (dotted)" : `seen │ expected in ${ahead} s`,
      ink: "seen",
      draw: (size) => (flat ? trace(body.names, past, next, size) : sparklines(body.names, past, next, size)),
    },
  ];
}
