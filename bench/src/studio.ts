// The benches of the Studio, which need a browser and the models: what it costs, whether its own figure is seen as it is
// moved, whether what is taught through the camera's picture is recognised.

import { availableParallelism, loadavg } from "node:os";

/** A module of the Studio's own tests or of perception, loaded only when asked for: a page's types are not of this house. */
async function tool<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}
const E2E = "../../apps/studio/e2e/";

interface Tools {
  readonly modelsDir: string;
  readonly chromiumPath: string;
}

export interface StudioOptions {
  readonly log: (line: string) => void;
  readonly short: boolean;
}

/** @throws RangeError naming what is missing */
async function tools(): Promise<Tools> {
  const { findChromium, findModels } =
    await tool<Record<"findChromium" | "findModels", () => string | undefined>>("@attune/perception/testing");
  const chromiumPath = findChromium(),
    modelsDir = findModels();
  if (chromiumPath === undefined)
    throw new RangeError("bench: no Chromium was found; install one or name it in the environment variable CHROMIUM");
  if (modelsDir === undefined)
    throw new RangeError(
      "bench: ATTUNE_MODELS names no folder with face_landmarker.task and pose_landmarker_lite.task, which this bench looks with",
    );
  return { modelsDir, chromiumPath };
}

export async function benchStudio({ log, short }: StudioOptions): Promise<unknown> {
  const { measureStudio } = await tool<{
    measureStudio(options: Tools & { minutes: number; log: StudioOptions["log"] }): Promise<object>;
  }>(`${E2E}measure.ts`);
  const cost = await measureStudio({ ...(await tools()), minutes: short ? 0.5 : 10, log });
  return { ...cost, cores: availableParallelism(), load: Math.round(10 * loadavg()[0]) / 10 };
}

export async function benchClosedLoop({ log, short }: StudioOptions): Promise<unknown> {
  const { measureClosedLoop } = await tool<{
    measureClosedLoop(options: Tools & { seconds: number; seed: number }): Promise<object>;
  }>(`${E2E}closed-loop.ts`);
  log("moving every channel at once, at random, and looking");
  return measureClosedLoop({ ...(await tools()), seconds: short ? 12 : 60, seed: 1 });
}

export async function benchTeaching({ log, short }: StudioOptions): Promise<unknown> {
  const { measureTeaching } = await tool<{
    measureTeaching(
      options: Tools & { trials: number; log: StudioOptions["log"] },
    ): Promise<{ readonly right: boolean }[]>;
  }>(`${E2E}teaching.ts`);
  const trials = await measureTeaching({ ...(await tools()), trials: short ? 3 : 20, log });
  return { right: trials.filter(({ right }) => right).length, of: trials.length, trials };
}
