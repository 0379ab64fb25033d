// What a whole recording came to: how often each act was recognised, and how the time was shared out.

import type { Moment } from "@attune/core";
import { table } from "./console.ts";
import type { Paint } from "./view/text.ts";

interface Share {
  times: number;
  first: number;
  /** s in which it was the most probable, and the sum of its probability over them. */
  seconds: number;
  probability: number;
}

export interface Summary {
  frames: number;
  /** s watched, and s in which no act was more probable than none. */
  seconds: number;
  noneSeconds: number;
  novel: number;
  readonly acts: Map<string, Share>;
  last: Moment | undefined;
}

export function createSummary(): Summary {
  return { frames: 0, seconds: 0, noneSeconds: 0, novel: 0, acts: new Map(), last: undefined };
}

export function tally(summary: Summary, now: Moment): void {
  const dt = summary.last === undefined ? 0 : Math.max(0, now.time - summary.last.time);
  summary.frames++;
  summary.seconds += dt;
  const best = now.acts[0];
  if (best !== undefined && best.probability > now.none) {
    const share = shareOf(summary, best.name);
    share.seconds += dt;
    share.probability += dt * best.probability;
  } else summary.noneSeconds += dt;
  for (const event of now.events) {
    if (event.kind === "novel") summary.novel++;
    if (event.kind !== "recognised" || event.act === undefined) continue;
    const share = shareOf(summary, event.act);
    if (share.times++ === 0) share.first = event.time;
  }
  summary.last = now;
}

function shareOf({ acts }: Summary, name: string): Share {
  let share = acts.get(name);
  if (share === undefined) acts.set(name, (share = { times: 0, first: NaN, seconds: 0, probability: 0 }));
  return share;
}

/** @param truth what a set says the recording shows */
export function summaryLines(summary: Summary, truth: string | undefined, paint: Paint): string[] {
  const { frames, seconds, noneSeconds, novel, acts, last } = summary;
  if (last === undefined) return ["I saw nothing."];
  const rows = [...acts]
    .sort(([, a], [, b]) => b.times - a.times || b.seconds - a.seconds)
    .map(([name, share]) => [
      name,
      String(share.times),
      Number.isNaN(share.first) ? "" : `${share.first.toFixed(1)} s`,
      `${share.seconds.toFixed(1)} s`,
      share.seconds > 0 ? (share.probability / share.seconds).toFixed(2) : "",
    ]);
  rows.push(["none of these", novel > 0 ? `new ${novel}x` : "", "", `${noneSeconds.toFixed(1)} s`, ""]);
  const [head, ...body] = table([["act", "recognised", "first at", "for", "mean p"], ...rows], [1, 2, 3, 4]);
  const believed = last.acts.filter(({ probability }) => probability >= 0.05).slice(0, 3);
  const ending = [
    ...believed.map(({ name, probability }) => `${name} ${probability.toFixed(2)}`),
    `none ${last.none.toFixed(2)}`,
  ];
  return [
    "",
    paint.quiet(head),
    ...body,
    "",
    `${frames} frames, ${seconds.toFixed(1)} s; at the end I believe: ${ending.join(", ")}`,
    ...(truth === undefined ? [] : [`the set calls it: ${truth}`]),
  ];
}
