// Starting the worker: models and runtime handed over, and what it is when that fails.

import { PerceptionError } from "./errors.ts";
import type { WatchOptions } from "./live.ts";
import { modelBytes, sameOrigin } from "./models.ts";
import type { FromWorker, Start, Way } from "./protocol.ts";

/** A worker that is ready to be given pictures. */
export interface Started {
  readonly worker: Worker;
  readonly way: Way;
  readonly renderer: string;
}

/**
 * Hands the models to a new worker and waits until it can see.
 *
 * @throws PerceptionError "model" or "machinery"
 */
export async function startWorker(options: WatchOptions): Promise<Started> {
  const { models, wasmPath = "/perception/wasm", gpu = "never", landmarks = false, company = true, ways } = options;
  const wasm = sameOrigin("folder of the runtime", wasmPath).href.replace(/\/$/, "");
  const [face, pose] = await Promise.all([
    modelBytes("face", models.face),
    models.pose === undefined ? undefined : modelBytes("pose", models.pose),
  ]);
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "attune-perception" });
  const start: Start = { kind: "start", face, pose, wasm, gpu: gpu === "when real", landmarks, company, ways };
  const over = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const settled = { signal: over.signal };
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind === "ready") resolve({ worker, way: data.way, renderer: data.renderer });
          else if (data.kind === "failed") reject(troubleOf(data));
        },
        settled,
      );
      worker.addEventListener("error", (event) => reject(crashed(event)), settled);
      worker.postMessage(start, [face.buffer, ...(pose ? [pose.buffer] : [])] as ArrayBuffer[]);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    over.abort();
  }
}

export function troubleOf({ trouble, message }: FromWorker & { kind: "failed" }): PerceptionError {
  if (trouble === "model")
    return new PerceptionError("model", `${message}.`, "Get the models again, or hand over the file itself.");
  return new PerceptionError(
    "machinery",
    `The models could not be run: ${message}.`,
    "Load the page again; if that does not help, make sure that the runtime's folder is served and that the browser is up to date.",
  );
}

export function crashed(event: ErrorEvent): PerceptionError {
  return new PerceptionError(
    "machinery",
    `The worker that runs the models stopped: ${event.message || "it could not be loaded"}.`,
    "Load the page again.",
  );
}
