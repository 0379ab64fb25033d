// Taught once through the camera's picture, recognised in a second performance of other tempo and size: how often.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildStudio } from "../build.ts";
import { openFigurePage } from "./figure-page.ts";
import type { Trial, TrialOptions } from "./teaching-page.ts";

export interface TeachingOptions {
  readonly trials: number;
  readonly modelsDir: string;
  readonly chromiumPath: string;
  readonly log?: (line: string) => void;
}

export async function measureTeaching({ trials, modelsDir, chromiumPath, log }: TeachingOptions): Promise<Trial[]> {
  const studio = await buildStudio(log ?? (() => undefined));
  const repertoire = readFileSync(join(studio, "starter.json"), "utf8");
  const { call, close } = await openFigurePage(chromiumPath, "../e2e/teaching-page.ts", modelsDir);
  const out: Trial[] = [];
  try {
    for (let trial = 0; trial < trials; trial++) {
      const [done] = await call<TrialOptions, Trial[]>("runTrials", { trials: [trial], repertoire });
      out.push(done);
      log?.(
        `trial ${trial + 1} of ${trials}: ${done.act}, ${done.right ? "recognised" : `not recognised (${done.told.join(", ") || "nothing told"}, best ${done.best.toFixed(2)}, rival ${done.rival})`}`,
      );
    }
  } finally {
    await close();
  }
  return out;
}
