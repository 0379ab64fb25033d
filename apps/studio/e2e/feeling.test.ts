// Feeling with somebody, in a real Chromium: what a face looks like, what is done about it and would be otherwise, whose face may
// be read, and a face taught.

import axe from "axe-core";
import { FACE_UNITS } from "@attune/core";
import { findModels } from "@attune/perception/testing";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { filmTo } from "./film.ts";
import { type Inside, type Visit, type VisitOptions, agreeToCamera, awake, chromiumOrSkip, visit } from "./harness.ts";

const chromium = chromiumOrSkip("feeling in a browser"),
  models = findModels();
if (models === undefined)
  console.warn(
    "feeling with a camera: skipped, ATTUNE_MODELS names no folder with face_landmarker.task and pose_landmarker_lite.task",
  );
const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

let here: Visit | undefined;
afterEach(async () => {
  const left = here;
  here = undefined;
  await left?.close();
  expect(left?.foreign ?? []).toEqual([]);
  expect(left?.errors ?? []).toEqual([]);
});

/** A visit in which Attune answers, with the generated person. */
async function answering(options?: VisitOptions): Promise<Page> {
  here = await visit(options);
  const { page } = here;
  await awake(page);
  await page.getByRole("radio", { name: "feel with" }).check({ force: true });
  await page.locator(".felt").waitFor({ timeout: 30_000 });
  return page;
}

async function askFor(page: Page, what: string): Promise<void> {
  await page.locator(".happen .ask select").selectOption(what);
  await page.locator(".happen .ask").getByRole("button", { name: "ask", exact: true }).click();
}

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

/** Waits for an answer of that kind while the face has the looks; the greatest a unit of the own face was meanwhile. */
async function answered(page: Page, looks: string, kind: RegExp, unit: string, seconds = 20): Promise<number> {
  return page.evaluate(
    async ([name, pattern, at, lasts]) => {
      const { live } = (globalThis as unknown as Inside).attune!;
      const end = performance.now() + 1000 * lasts;
      let most = 0,
        came = Infinity;
      while (performance.now() < Math.min(end, came + 1500)) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        const first = live.told?.looks?.expressions[0].name;
        const now = live.told?.responses.now.map((each) => each.kind).join("; ") ?? "";
        if (came === Infinity && first === name && new RegExp(pattern).test(now)) came = performance.now();
        if (came < Infinity) most = Math.max(most, live.face[at]);
      }
      if (came === Infinity)
        throw new Error(`nothing like ${pattern} came of ${name}: ${JSON.stringify(live.told?.responses.now)}`);
      return most;
    },
    [looks, kind.source, FACE_UNITS.indexOf(unit), seconds] as const,
  );
}

/** What would be done in a row of what would be otherwise. */
const would = (page: Page, name: string) =>
  page
    .locator(".otherwise tr")
    .filter({ has: page.getByText(name, { exact: true }) })
    .getByRole("button")
    .first();

describe.skipIf(chromium === undefined)("feeling with the generated person", { timeout: 180_000 }, () => {
  test("a joyful face is called so, and its smile is returned on the own face; what would be otherwise follows the knob", async () => {
    const page = await answering();
    let smile = 0;
    // Not every smile is returned, by a friend nine of ten.
    for (let tries = 0; tries < 3 && smile < 0.25; tries++) {
      await askFor(page, "face joy");
      await page.getByText("Their face looks like joy").waitFor({ timeout: 15_000 });
      smile = await answered(page, "joy", /smile|joy/, "AU12L").catch(() => 0);
    }
    expect(smile).toBeGreaterThan(0.25);
    await page.screenshot({ path: join(SHOTS, "feeling-joy.png"), fullPage: true });
    expect(await complaints(page)).toEqual([]);
    await expect.poll(() => would(page, "to a rival").textContent()).toMatch(/politely/);
    await expect.poll(() => would(page, "as things are").textContent()).toMatch(/return the smile/);
    // Whoever is a rival now is answered as one.
    await page.getByLabel("they are", { exact: true }).selectOption("rival");
    await expect.poll(() => would(page, "as things are").textContent()).toMatch(/politely/);
    await expect.poll(() => would(page, "to a friend").textContent()).toMatch(/return the smile/);
    expect(await would(page, "to a rival").count()).toBe(0);
  });

  test("a sad face is met with concern and without a smile", async () => {
    const page = await answering();
    await page.waitForTimeout(500);
    await askFor(page, "face sadness");
    await page.getByText("Their face looks like sadness").waitFor({ timeout: 15_000 });
    const brow = await answered(page, "sadness", /concern|sadness/, "AU01");
    expect(brow).toBeGreaterThan(0.1);
    const smile = await page.evaluate(
      (at) => (globalThis as unknown as Inside).attune!.live.face[at],
      FACE_UNITS.indexOf("AU12L"),
    );
    expect(smile).toBeLessThan(0.1);
    await page.screenshot({ path: join(SHOTS, "feeling-sadness.png"), fullPage: true });
    // The reasons, and what it won against, can be read.
    await page.locator(".responses .why button").first().focus();
    await page
      .getByRole("tooltip")
      .getByText(/source:|Source:/)
      .first()
      .waitFor();
  });

  test("something awkward embarrasses it for them though their face shows nothing", async () => {
    const page = await answering();
    await page.waitForTimeout(1000);
    const parts = (): Promise<number> =>
      page.evaluate(() => (globalThis as unknown as Inside).attune!.live.feeling?.parts[4] ?? NaN);
    const before = await parts();
    await page.getByRole("button", { name: "a blunder" }).click();
    await page.waitForTimeout(4000);
    expect(await parts()).toBeLessThan(before - 0.02);
    await page.locator(".why-words summary").click();
    await page.getByText(/vicarious embarrassment/).waitFor();
  });

  test("offers are taken by the body, a little later", async () => {
    const page = await answering();
    // An offer may be taken for a reach.
    let took = false;
    for (let tries = 0; tries < 3 && !took; tries++) {
      await askFor(page, "offer");
      took = await page
        .waitForFunction(() => (globalThis as unknown as Inside).attune!.live.show?.what.name === "take", undefined, {
          timeout: 15_000,
        })
        .then(
          () => true,
          () => false,
        );
    }
    expect(took).toBe(true);
    await page.screenshot({ path: join(SHOTS, "feeling-take.png") });
  });

  test("is taught a face, does it at once, and still knows it at the next visit", async () => {
    here = await visit();
    const { page, home, url } = here;
    await awake(page);
    await page.getByLabel("What do you show?").selectOption("face");
    await page.getByLabel(/Who shows it/).selectOption("puff the cheeks");
    await page.getByRole("button", { name: "Teach me something" }).click();
    await page.getByLabel("What is it called?").waitFor({ timeout: 60_000 });
    await page.getByLabel("What is it called?").fill("hamster");
    await page.getByRole("button", { name: "Learn it" }).click();
    await page.getByText("Now my face knows hamster").waitFor({ timeout: 60_000 });
    const puffed = FACE_UNITS.indexOf("AU34");
    await page.waitForFunction((at) => (globalThis as unknown as Inside).attune!.live.face[at] > 0.4, puffed);
    await page.screenshot({ path: join(SHOTS, "feeling-taught.png"), fullPage: true });
    expect(await complaints(page)).toEqual([]);
    await page.waitForFunction(
      async (address) =>
        (await (await fetch(address)).json()).some((each: { name: string }) => each.name === "mine-faces"),
      `${url}/api/repertoires`,
    );
    await here.close(true);

    here = await visit({ home });
    await awake(here.page);
    await here.page.getByRole("button", { name: "what I know", exact: true }).click();
    await here.page.getByRole("button", { name: "do it: hamster" }).click({ timeout: 30_000 });
    await here.page.waitForFunction((at) => (globalThis as unknown as Inside).attune!.live.face[at] > 0.4, puffed);
    expect(await complaints(here.page)).toEqual([]);
    await here.page.getByRole("button", { name: "forget hamster" }).click();
    await here.page.getByRole("button", { name: "undo" }).click();
    await here.page.getByRole("button", { name: "do it: hamster" }).waitFor();
  });

  test.each([
    ["wide light", { size: { width: 1600, height: 900 }, scheme: "light" }],
    ["wide dark", { size: { width: 1280, height: 900 }, scheme: "dark" }],
    ["narrow light", { size: { width: 390, height: 800 }, scheme: "light", motion: "reduce" }],
    ["narrow dark", { size: { width: 390, height: 800 }, scheme: "dark" }],
  ] as const)("fits the screen and reads well: %s", async (name, options) => {
    const page = await answering(options);
    await askFor(page, "face joy");
    await page.getByText("Their face looks like joy").waitFor({ timeout: 15_000 });
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(SHOTS, `feeling-${name.replace(" ", "-")}.png`), fullPage: true });
    expect(await complaints(page)).toEqual([]);
    // An explanation at the edge is no reason to scroll sideways either.
    await page.locator(".felt-set .why button").nth(2).focus();
    await page.locator(".felt [role=tooltip]:not([hidden])").first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });

  test("a knob is turned by keyboard alone, and says where its effect is known from", async () => {
    const page = await answering();
    const mimicry = page.getByRole("slider", { name: "facial mimicry" });
    await mimicry.focus();
    await page.keyboard.press("Home");
    expect(await mimicry.getAttribute("aria-valuetext")).toBe("off");
    await page.keyboard.press("Tab");
    await page
      .getByRole("tooltip")
      .getByText(/Sato & Yoshikawa 2005/)
      .waitFor();
    expect(
      await page.evaluate(() => (globalThis as unknown as Inside).attune!.state().knobs.temperament.facialMimicry),
    ).toBe(0);
    await page.getByLabel("temperament").selectOption("quick to smile");
    expect(await mimicry.getAttribute("aria-valuetext")).toBe("× 1.5");
  });
});

describe.skipIf(chromium === undefined || models === undefined)("whose face may be read", { timeout: 300_000 }, () => {
  test("of a person nothing before a yes; at work not without a reason; taken back, it is forgotten", async () => {
    const folder = mkdtempSync(join(tmpdir(), "attune-feeling-"));
    const film = await filmTo(join(folder, "film.mjpeg"), chromium!, { script: [{ pause: 6 }], people: 1, seed: 5 });
    here = await visit({ film, models });
    const { page, url } = here;
    await awake(page);
    await agreeToCamera(page);
    await page.getByText("camera on").waitFor({ timeout: 60_000 });
    await page.getByRole("radio", { name: "feel with" }).check({ force: true });
    await page.getByText("May I say what your face looks like?").waitFor({ timeout: 60_000 });
    const told = () =>
      page.evaluate(() => {
        const { told: words, feeling } = (globalThis as unknown as Inside).attune!.live;
        return { felt: feeling !== undefined, looks: words?.looks, other: feeling?.other };
      });
    await page.waitForFunction(() => (globalThis as unknown as Inside).attune!.live.told !== undefined, undefined, {
      timeout: 60_000,
    });
    expect(await told()).toEqual({ felt: true, looks: undefined, other: undefined });
    expect(await complaints(page)).toEqual([]);
    await page.getByRole("radio", { name: "at work" }).check();
    await page.getByText(/At work it stays off/).waitFor();
    await page.screenshot({ path: join(SHOTS, "feeling-consent-work.png"), fullPage: true });
    expect(await page.getByRole("button", { name: "Yes, read it for that reason" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "No", exact: true }).click();
    await page.getByText("I do not read your face.", { exact: false }).first().waitFor();
    expect((await told()).looks).toBeUndefined();
    await page.getByRole("button", { name: "Ask me again" }).click();
    await page.getByRole("radio", { name: "in private" }).check();
    await page.getByRole("button", { name: "Yes, read my face" }).click();
    await page.waitForFunction(
      () => (globalThis as unknown as Inside).attune!.live.told?.looks !== undefined,
      undefined,
      { timeout: 60_000 },
    );
    await page.screenshot({ path: join(SHOTS, "feeling-camera.png"), fullPage: true });
    // To go to work is to be asked anew, and not to be read meanwhile.
    await page.getByLabel("we are", { exact: true }).selectOption("work");
    await page.getByText(/At work it stays off/).waitFor();
    await page.waitForFunction(() => (globalThis as unknown as Inside).attune!.live.told?.looks === undefined);
    // Words and points come by messages of their own.
    await page.waitForFunction(() => (globalThis as unknown as Inside).attune!.live.feeling?.other === undefined);
    const consents = (await (await fetch(`${url}/api/consent`)).json()) as { what: string; given: boolean }[];
    expect(consents.filter(({ what }) => what === "read faces").map(({ given }) => given)).toEqual([
      false,
      true,
      false,
    ]);
    rmSync(folder, { recursive: true, force: true });
  });
});
