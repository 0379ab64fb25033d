import { expect, test } from "vitest";
import { createProgress, progressLine } from "./progress.ts";

function screenOf(isTTY: boolean): { stream: never; text: () => string } {
  let text = "";
  const stream = { isTTY, columns: 80, write: (chunk: string) => ((text += chunk), true) };
  return { stream: stream as never, text: () => text };
}

test("nothing is shown in the first second, then rate and time left", () => {
  let now = 0;
  const { stream, text } = screenOf(true);
  const bar = createProgress("learning", { unit: "items", stream, now: () => now });
  now = 900;
  bar.update(9, 0.09);
  expect(text()).toBe("");
  now = 2000;
  bar.update(20, 0.2);
  expect(text()).toContain("10 items/s");
  expect(text()).toContain("8 s left");
  bar.end();
  expect(text().endsWith("\r\x1b[K")).toBe(true);
});

test("nothing at all is shown where nobody looks", () => {
  let now = 0;
  const { stream, text } = screenOf(false);
  const bar = createProgress("learning", { unit: "items", stream, now: () => now });
  now = 60_000;
  bar.update(20, 0.2);
  bar.end();
  expect(text()).toBe("");
});

test("without a known end there is a rate but no time left", () => {
  const line = progressLine("watching", { unit: "frames", count: 900, done: undefined, seconds: 3 });
  expect(line).toContain("300 frames/s");
  expect(line).not.toContain("left");
});
