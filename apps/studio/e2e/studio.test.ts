// The Studio as a person meets it, in a real Chromium: first visit, teaching, keeping, the server gone, no camera, other screens.

import axe from "axe-core";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { type Inside, type Visit, type VisitOptions, awake, chromiumOrSkip, visit } from "./harness.ts";

const chromium = chromiumOrSkip("the Studio in a browser");
const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

let here: Visit | undefined;
const visits: Visit[] = [];
async function open(options?: VisitOptions): Promise<Visit> {
  here = await visit(options);
  visits.push(here);
  return here;
}
afterEach(async () => {
  const all = visits.splice(0);
  await Promise.all(all.map((each) => each.close()));
  // Whatever was done, nobody else was asked for anything, and nothing went wrong unsaid.
  for (const { foreign, errors } of all) {
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  }
});

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const shot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });

/** What axe finds serious or worse, one line each. */
async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
  });
}

/** Has the generated person show an act, and learns it under its name. */
async function teach(page: Page, act: string): Promise<void> {
  await page.getByLabel(/Who shows it/).selectOption(act);
  await button(page, "Teach me something").click();
  await page.getByLabel("What is it called?").waitFor({ timeout: 60_000 });
  await page.getByLabel("What is it called?").fill(act);
  await button(page, "Learn it").click();
  await page.getByText(`Now I know ${act}`).waitFor({ timeout: 60_000 });
}

const known = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as Inside).attune!.state().known.map(({ name }) => name));

describe.skipIf(chromium === undefined)("the Studio", { timeout: 180_000 }, () => {
  test("shows a first visitor around with the generated person, asks for nothing, and does not do so again", async () => {
    const { page, home } = await open({ toured: false });
    await page.getByText("Hello. On the left").waitFor();
    await awake(page);
    await shot(page, "tour-first");
    expect(await complaints(page)).toEqual([]);
    // In a hurry: what they were asked for before is not taken for what is new.
    for (let step = 0; step < 4; step++) {
      await button(page, "next").click();
      await page.waitForTimeout(300);
    }
    await page.getByText("Now they do something I do not know").waitFor();
    // The rest goes by itself: it is learned from one sight, and done back.
    await page.getByText("And I do it back").waitFor({ timeout: 60_000 });
    await page.waitForFunction(() => (globalThis as unknown as Inside).attune!.state().doing !== undefined);
    expect(await known(page)).toContain("wings");
    // It is the wings that were learned: both arms up at the sides, and down, and up.
    const raised = await page.evaluate(() => {
      const { own, rate } = (globalThis as unknown as Inside).attune!.live.show!.what;
      const width = own.length / Math.round(own.length / 34);
      const rows = own.length / width;
      const range = (m: number): number => {
        const joint = Array.from({ length: rows }, (_, t) => own[t * width + m]);
        return Math.max(...joint) - Math.min(...joint);
      };
      return { left: range(14), right: range(20), lasts: rows / rate };
    });
    expect(raised.left).toBeGreaterThan(0.7);
    expect(raised.right).toBeGreaterThan(0.7);
    expect(Math.abs(raised.left - raised.right)).toBeLessThan(0.4);
    expect(raised.lasts).toBeGreaterThan(1.8);
    await shot(page, "tour-done-back");
    await page.getByText("Your turn").waitFor({ timeout: 30_000 });
    await page.locator(".tour").getByRole("button", { name: "Watch a generated person" }).click();
    // What the tour taught was for the tour.
    await page.waitForFunction(
      () => !(globalThis as unknown as Inside).attune!.state().known.some(({ name }) => name === "wings"),
    );
    await here!.close(true);
    const again = await open({ home, toured: false });
    await awake(again.page);
    expect(await again.page.getByText("Hello. On the left").count()).toBe(0);
  });

  test("is taught an act, does it back, keeps it over a new visit, and forgets it with a way back", async () => {
    const { page, home, url } = await open();
    await awake(page);
    await teach(page, "draw a circle");
    await page.waitForFunction(() => (globalThis as unknown as Inside).attune!.live.show !== undefined);
    await page.locator(".chart svg").waitFor();
    await shot(page, "taught");
    expect(await complaints(page)).toEqual([]);
    const examples = (await (await fetch(`${url}/api/repertoires/mine/examples`)).json()) as { act: string }[];
    expect(examples.map(({ act }) => act)).toEqual(["draw a circle"]);
    await here!.close(true);

    const again = await open({ home });
    await awake(again.page);
    expect(await known(again.page)).toContain("draw a circle");
    await button(again.page, "what I know").click();
    await shot(again.page, "acts");
    expect(await complaints(again.page)).toEqual([]);
    await button(again.page, "forget draw a circle").click();
    await again.page.getByText("I have forgotten draw a circle.").waitFor();
    expect(await known(again.page)).not.toContain("draw a circle");
    await button(again.page, "undo").click();
    await again.page.waitForFunction(() =>
      (globalThis as unknown as Inside).attune!.state().known.some(({ name }) => name === "draw a circle"),
    );
    await button(again.page, "rename draw a circle").click();
    await again.page.getByRole("textbox", { name: "What is it called?" }).fill("big circle");
    await again.page.keyboard.press("Enter");
    await again.page.waitForFunction(() =>
      (globalThis as unknown as Inside).attune!.state().known.some(({ name }) => name === "big circle"),
    );
    // The history has every step.
    await again.page.waitForTimeout(500);
    const history = (await (await fetch(`${again.url}/api/repertoires/mine/history`)).json()) as { note: string }[];
    expect(history.map(({ note }) => note).sort()).toEqual([
      "forgot draw a circle",
      "learned draw a circle",
      "remembered draw a circle",
      "renamed draw a circle to big circle",
    ]);
  });

  test("goes on while the server is gone, says what is not kept, and keeps it when the server is back", async () => {
    const { page, url, errors } = await open();
    await awake(page);
    await here!.stopServer();
    await teach(page, "wings");
    await page.getByText("Not written down yet").waitFor();
    await here!.startServer();
    await button(page, "Try again").click();
    await page.getByText("Not written down yet").waitFor({ state: "detached" });
    const kept = (await (await fetch(`${url}/api/repertoires`)).json()) as { acts: string[] }[];
    expect(kept[0].acts).toContain("wings");
    // A browser tells of a server that is not there.
    expect(errors.splice(0).every((line) => line.includes("ERR_CONNECTION"))).toBe(true);
  });

  test("does not write over what was changed elsewhere unasked", async () => {
    const { page, url } = await open();
    await awake(page);
    await teach(page, "wings");
    const mine = `${url}/api/repertoires/mine`;
    await page.waitForFunction(async (address) => (await fetch(address)).ok, mine);
    const kept = (await (await fetch(mine)).json()) as { version: number; repertoire: string };
    await fetch(mine, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ repertoire: kept.repertoire, base: kept.version, note: "elsewhere" }),
    });
    await button(page, "Good").click();
    await teach(page, "draw a circle");
    await page.getByText("changed elsewhere").waitFor();
    await button(page, "Take the other").click();
    await page.waitForFunction(
      () => !(globalThis as unknown as Inside).attune!.state().known.some(({ name }) => name === "draw a circle"),
    );
    expect(await known(page)).toContain("wings");
    // A browser tells of every refusal as of an error.
    expect(here!.errors.splice(0).filter((line) => !/404|409/.test(line))).toEqual([]);
  });

  test("asks for the camera only after yes; denied, it says so and shows the generated person instead", async () => {
    const { page } = await open({ allow: false, models: process.env["ATTUNE_MODELS"] });
    await awake(page);
    await button(page, "Use the camera").click();
    await page.getByRole("dialog", { name: "May I see you?" }).waitFor();
    await shot(page, "consent");
    expect(await complaints(page)).toEqual([]);
    await button(page, "Yes, use the camera").click();
    if (process.env["ATTUNE_MODELS"]) {
      await page.getByRole("alert").getByText("The camera was not allowed").waitFor({ timeout: 60_000 });
      await shot(page, "denied");
    } else await page.getByText("I need two files").waitFor();
    await page.getByRole("button", { name: /generated person/ }).click();
    await awake(page);
    await page.getByText("no camera").waitFor();
  });

  test("without the models it says which two files it wants, and refuses a wrong one by its hash", async () => {
    const { page, errors } = await open();
    await awake(page);
    await button(page, "Use the camera").click();
    await button(page, "Yes, use the camera").click();
    await page.getByText("I need two files").waitFor();
    await shot(page, "models");
    expect(await complaints(page)).toEqual([]);
    const input = page.getByLabel("choose the files");
    await input.setInputFiles({ name: "cat.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no model") });
    await page.getByText(`"cat.jpg" is none of the two files`).waitFor();
    await input.setInputFiles({
      name: "face_landmarker.task",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("not the model"),
    });
    await page.getByRole("alert").filter({ hasText: "cut short" }).waitFor();
    await input.setInputFiles({
      name: "face_landmarker.task",
      mimeType: "application/octet-stream",
      buffer: Buffer.alloc(3_758_596),
    });
    await page.getByRole("alert").filter({ hasText: "64184e22" }).waitFor();
    expect(errors.splice(0).every((line) => line.includes("422"))).toBe(true);
    await button(page, /Go on without/).click();
    await awake(page);
  });

  test("mirrors, imitates, watches and acts", async () => {
    const { page } = await open();
    await awake(page);
    const own = (): Promise<number[]> =>
      page.evaluate(() => Array.from((globalThis as unknown as Inside).attune!.live.own));
    await page.getByRole("radio", { name: "watch" }).check({ force: true });
    await page.waitForTimeout(1200);
    const still = await own();
    await page.waitForTimeout(600);
    const breathing = await own();
    expect(Math.max(...still.map((v, m) => Math.abs(v - breathing[m])))).toBeLessThan(0.06);
    await page.getByRole("radio", { name: "mirror" }).check({ force: true });
    await page.locator(".ask select").selectOption("hands up");
    await button(page, "ask").click();
    await page.waitForFunction(
      (rest) => {
        const { own: now } = (globalThis as unknown as Inside).attune!.live;
        return Math.max(...Array.from(now, (v, m) => Math.abs(v - rest[m]))) > 0.8;
      },
      still,
      { timeout: 20_000 },
    );
    await page.getByRole("radio", { name: "imitate" }).check({ force: true });
    await page.getByText("how long after").waitFor();
    await page.getByRole("radio", { name: "act" }).check({ force: true });
    await page.locator(".choose select").first().selectOption("clap");
    await button(page, "do it").click();
    await page.waitForFunction(() => (globalThis as unknown as Inside).attune!.live.show?.what.name === "clap");
    await shot(page, "acting");
  });

  test("pauses with one large button and goes on", async () => {
    const { page } = await open();
    await awake(page);
    await button(page, /pause/).click();
    await page.getByText("Paused. I see and hear nothing now.").waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as Inside).attune!.live.posture)).toBeUndefined();
    const { height } = (await button(page, /go on/).first().boundingBox())!;
    expect(height).toBeGreaterThanOrEqual(40);
    await page.locator(".overlay").getByRole("button", { name: "go on" }).click();
    await awake(page);
  });

  test.each([
    ["wide light", { size: { width: 1440, height: 900 }, scheme: "light" }],
    ["wide dark", { size: { width: 1440, height: 900 }, scheme: "dark" }],
    ["narrow light", { size: { width: 360, height: 740 }, scheme: "light", motion: "reduce" }],
    ["narrow dark", { size: { width: 360, height: 740 }, scheme: "dark" }],
  ] as const)("fits the screen and reads well: %s", async (name, options) => {
    const { page } = await open(options);
    await awake(page);
    await page.waitForTimeout(1500);
    await shot(page, `mirror-${name.replace(" ", "-")}`);
    for (const panel of ["what I know", "how I work", "privacy", "about"]) {
      await button(page, panel).click();
      expect(await complaints(page)).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, panel).toBeLessThanOrEqual(0);
    }
    await shot(page, `about-${name.replace(" ", "-")}`);
  });

  test("is worked by keyboard alone: the mode is changed, an explanation read, a panel opened and closed", async () => {
    const { page } = await open();
    await awake(page);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the controls");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("radio", { name: "imitate" }).isChecked()).toBe(true);
    await page.locator(".none .why button").focus();
    await page
      .getByRole("tooltip")
      .getByText(/nothing I know explains/)
      .waitFor();
    await page.keyboard.press("Escape");
    await button(page, "privacy").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "privacy" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("heading", { name: "privacy" }).count()).toBe(0);
  });
});
