// What the Studio costs, measured in headless Chromium on a film of the drawn figure: how late the mirror is beyond what the
// models take, how long the page stands still, what the heap does, how soon it is there.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLab } from "@attune/perception/testing";
import type { Page } from "playwright-core";
import { filmTo } from "./film.ts";
import { type Inside, agreeToCamera, awake, visit } from "./harness.ts";

export interface StudioCost {
  /** ms from a picture's capture to the posture drawn, 95 of 100 pictures: only the face looked for, and the body too. */
  readonly faceP95: number;
  readonly poseP95: number;
  /** The same of a page that runs the models alone, both on every picture it takes, before and after in the same run. */
  readonly bareP50: number;
  readonly bareP95: number;
  /** How much later 95 of 100 pictures with the body are than there. */
  readonly addedP95: number;
  /** What is not the models' own time of a picture, from its capture: waiting, handing over, thinking, drawing. */
  readonly besidesP50: number;
  readonly besidesP95: number;
  readonly pictures: number;
  readonly picturesPerSecond: number;
  /** Longest task of the page's own thread after the first five seconds of watching, ms; 0: none above 50. */
  readonly longestFreeze: number;
  /** MB the page's heap grew between its first minute's end and the last, collected both times. */
  readonly heapGrowth: number;
  readonly minutes: number;
  /** kB of scripts and styles over the wire at the first load, and ms until the page answers, and until the mind is awake. */
  readonly firstLoad: number;
  readonly interactive: number;
  readonly awake: number;
}

export interface MeasureOptions {
  readonly modelsDir: string;
  readonly chromiumPath: string;
  readonly minutes: number;
  readonly log: (line: string) => void;
}

export async function measureStudio({ modelsDir, chromiumPath, minutes, log }: MeasureOptions): Promise<StudioCost> {
  const folder = mkdtempSync(join(tmpdir(), "attune-measure-"));
  log("making a film");
  const film = await filmTo(join(folder, "film.mjpeg"), chromiumPath, {
    script: [
      { pause: 2 },
      { act: "wave", pause: 0.5 },
      { act: "clap", pause: 0.8 },
      { act: "drink", pause: 0.8 },
      { pause: 1 },
    ],
    people: 1,
    seed: 5,
  });
  const bare: number[] = [];
  log("the models alone");
  bare.push(...(await measureBare(film, modelsDir, chromiumPath)));
  const here = await visit({ film, models: modelsDir });
  try {
    const { page, url } = here;
    await awake(page);
    const first = await firstLoadOf(page, url);
    await agreeToCamera(page);
    await page.waitForFunction(
      () => (globalThis as unknown as Inside).attune!.live.posture?.face !== undefined,
      undefined,
      {
        timeout: 120_000,
      },
    );
    log("watching");
    await page.waitForTimeout(5000);
    await page.evaluate(() => {
      const { live } = (globalThis as unknown as Inside).attune!;
      live.latencies.length = 0;
      const tasks = { longest: 0 };
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.longest = Math.max(tasks.longest, duration);
      }).observe({ type: "longtask" });
    });
    const cdp = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await cdp.send("HeapProfiler.collectGarbage");
      const { usedSize } = await cdp.send("Runtime.getHeapUsage");
      return usedSize / 1e6;
    };
    const lasts = minutes * 60;
    await page.waitForTimeout(1000 * Math.min(60, lasts / 4));
    const from = await heap();
    await page.waitForTimeout(1000 * (lasts - Math.min(60, lasts / 4)));
    const grown = (await heap()) - from;
    const { latencies, longest, rate } = await page.evaluate(() => ({
      latencies: (globalThis as unknown as Inside).attune!.live.latencies,
      longest: (globalThis as unknown as { tasks: { longest: number } }).tasks.longest,
      rate: (globalThis as unknown as Inside).attune!.live.rate,
    }));
    const of = (posed: boolean): number[] => latencies.filter((each) => each.posed === posed).map(({ ms }) => ms);
    const besides = latencies.map(({ ms, models }) => ms - models);
    await here.close();
    log("the models alone, again");
    bare.push(...(await measureBare(film, modelsDir, chromiumPath)));
    return {
      faceP95: share(of(false), 0.95),
      poseP95: share(of(true), 0.95),
      bareP50: share(bare, 0.5),
      bareP95: share(bare, 0.95),
      addedP95: round(share(of(true), 0.95) - share(bare, 0.95)),
      besidesP50: share(besides, 0.5),
      besidesP95: share(besides, 0.95),
      pictures: latencies.length,
      picturesPerSecond: round(rate),
      longestFreeze: round(longest),
      heapGrowth: round(grown),
      minutes,
      ...first,
    };
  } finally {
    await here.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** s that the models run alone, each time. */
const BARE = 30;

async function measureBare(film: string, models: string, chromium: string): Promise<number[]> {
  const lab = await createLab({ chromium, models, root: join(import.meta.dirname, "bare") });
  try {
    const { page } = await lab.open({ film });
    return await page.evaluate(
      (seconds) => (globalThis as unknown as { page: { bare(seconds: number): Promise<number[]> } }).page.bare(seconds),
      BARE,
    );
  } finally {
    await lab.close();
  }
}

async function firstLoadOf(page: Page, url: string): Promise<Pick<StudioCost, "firstLoad" | "interactive" | "awake">> {
  const again = await page.context().newPage();
  const cdp = await again.context().newCDPSession(again);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const code = new Set<string>();
  let bytes = 0;
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    if (/javascript|css|html/.test(response.mimeType)) code.add(requestId);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (code.has(requestId)) bytes += encodedDataLength;
  });
  const start = Date.now();
  await again.goto(url);
  await again.getByRole("radio", { name: "mirror" }).waitFor({ state: "attached" });
  const interactive = Date.now() - start;
  await again.waitForFunction(() => (globalThis as unknown as Inside).attune?.state().mind === "awake");
  const awakeAfter = Date.now() - start;
  // What runs in the mind's own thread is asked for by it.
  const worker = await again.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => /worker-.*\.js$/.test(name))
      .reduce((s, entry) => s + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  await again.close();
  return { firstLoad: round((bytes + worker) / 1000), interactive, awake: awakeAfter };
}

function share(list: readonly number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN);
}

const round = (v: number): number => Math.round(10 * v) / 10;
