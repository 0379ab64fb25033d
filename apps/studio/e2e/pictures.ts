// Pictures of the Studio for the documentation: npm run pictures [-- mirror|taught|feeling|camera]

import { FACE_UNITS } from "@attune/core";
import { findChromium, findModels } from "@attune/perception/testing";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { filmTo } from "./film.ts";
import { type Inside, agreeToCamera, awake, visit } from "./harness.ts";

const OUT = join(import.meta.dirname, "../../../docs/studio");

/** The page from its top, as it is now. */
async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, name) });
}

/** Waits for a moment worth a picture: an act is believed in while its arms are up. */
async function telling(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const { live } = (globalThis as unknown as Inside).attune!;
      const first = live.belief?.acts[0];
      if (!first || first.probability < 0.7 || first.phase < 0.2 || first.phase > 0.9) return false;
      const seen = live.posture?.seen ?? [];
      // The upper arms' directions: anywhere but down.
      return Math.max(seen[19], seen[28]) > -0.3;
    },
    undefined,
    { timeout: 60_000, polling: 30 },
  );
}

async function mirror(scheme: "light" | "dark", name: string): Promise<void> {
  const { page, close } = await visit({ size: { width: 1280, height: 800 }, scheme });
  await awake(page);
  await page.waitForTimeout(4000);
  await page.locator(".ask select").selectOption("hands up");
  await page.getByRole("button", { name: "ask", exact: true }).click();
  await page.evaluate(() => scrollTo(0, 0));
  await telling(page);
  await picture(page, name);
  await close();
}

async function taught(): Promise<void> {
  const { page, close } = await visit({ size: { width: 1280, height: 1330 } });
  await awake(page);
  await page.getByLabel(/Who shows it/).selectOption("wings");
  await page.getByRole("button", { name: "Teach me something" }).click();
  await page.getByLabel("What is it called?").waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Learn it" }).click();
  await page.locator(".chart svg").waitFor({ timeout: 60_000 });
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(1100);
  await picture(page, "taught.png");
  await close();
}

/** After a minute of small things: a joyful face, and its smile returned. */
async function feeling(): Promise<void> {
  const { page, close } = await visit({ size: { width: 1280, height: 1290 } });
  await awake(page);
  await page.getByRole("radio", { name: "feel with" }).check({ force: true });
  await page.locator(".felt").waitFor({ timeout: 60_000 });
  await page.locator("details.gains").scrollIntoViewIfNeeded();
  const ask = async (what: string): Promise<void> => {
    await page.locator(".happen .ask select").selectOption(what);
    await page.locator(".happen .ask").getByRole("button", { name: "ask", exact: true }).click();
  };
  await ask("face sadness");
  await page.waitForTimeout(12_000);
  await page.getByRole("button", { name: "a blunder" }).click();
  await page.waitForTimeout(15_000);
  await page.getByRole("button", { name: "good luck" }).click();
  await page.waitForTimeout(8000);
  for (let tries = 0; tries < 6; tries++) {
    await ask("face joy");
    const smiled = await page
      .waitForFunction(
        (AU12) => {
          const { live } = (globalThis as unknown as Inside).attune!;
          const first = live.told?.looks?.expressions[0];
          const returned = live.told?.responses.now.some(({ kind }) => kind === "return the smile");
          return returned === true && first?.name === "joy" && first.probability > 0.8 && live.face[AU12] > 0.4;
        },
        FACE_UNITS.indexOf("AU12L"),
        { timeout: 15_000, polling: 30 },
      )
      .then(
        () => true,
        () => false,
      );
    if (smiled) break;
  }
  await page.waitForTimeout(600);
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, "feeling.png");
  await close();
}

async function camera(chromium: string, models: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "attune-pictures-"));
  const film = await filmTo(join(folder, "film.mjpeg"), chromium, {
    script: [
      { pause: 2 },
      { act: "clap", pause: 0.5 },
      { act: "hands up", pause: 1 },
      { act: "cross the arms", pause: 1 },
      { pause: 1 },
    ],
    people: 1,
    seed: 5,
  });
  const { page, close } = await visit({ film, models, size: { width: 1280, height: 800 } });
  await awake(page);
  await agreeToCamera(page);
  await page.getByText("camera on").waitFor({ timeout: 60_000 });
  await page.evaluate(() => scrollTo(0, 0));
  // Arms are up in the film, and the mirror's are.
  await page.waitForFunction(
    () => {
      const seen = (globalThis as unknown as Inside).attune!.live.posture?.seen ?? [];
      return Math.max(seen[19], seen[28]) > 0;
    },
    undefined,
    { timeout: 60_000, polling: 30 },
  );
  await picture(page, "camera.png");
  await close();
  rmSync(folder, { recursive: true, force: true });
}

const chromium = findChromium(),
  models = findModels();
if (chromium === undefined) throw new Error("pictures: no Chromium was found; install one or name it in CHROMIUM");
mkdirSync(OUT, { recursive: true });
const [, , only] = process.argv;
if (only === undefined || only === "mirror") {
  await mirror("light", "mirror.png");
  await mirror("dark", "mirror-dark.png");
}
if (only === undefined || only === "taught") await taught();
if (only === undefined || only === "feeling") await feeling();
if (models === undefined) console.warn("pictures: camera.png was left as it is, ATTUNE_MODELS names no models");
else if (only === undefined || only === "camera") await camera(chromium, models);
