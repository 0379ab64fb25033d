// Measures the closed loop in Chromium: the drawn figure, seen by the real models, against what it was told to do.

import type { LoopOptions, LoopResult } from "../src/figure/closed-loop.ts";
import { openFigurePage } from "./figure-page.ts";

export interface MeasureOptions extends Omit<LoopOptions, "models" | "wasm"> {
  /** Folder with face_landmarker.task and pose_landmarker_lite.task. */
  readonly modelsDir: string;
  readonly chromiumPath: string;
}

/** @throws Error where Chromium cannot be started or the models cannot be loaded */
export async function measureClosedLoop({ modelsDir, chromiumPath, ...options }: MeasureOptions): Promise<LoopResult> {
  const { call, close } = await openFigurePage(chromiumPath, "../src/figure/closed-loop.ts", modelsDir);
  try {
    return await call<LoopOptions, LoopResult>("runClosedLoop", options);
  } finally {
    await close();
  }
}
