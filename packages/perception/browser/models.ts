// The models' bytes, from wherever they are handed in. Nothing is fetched from another origin: whoever wants that has its own
// server fetch it, or hands over a file.

import { PerceptionError } from "./errors.ts";

export interface Models {
  /** MediaPipe's face_landmarker.task: its bytes, or an address on this page's own origin. */
  readonly face: string | URL | Uint8Array;
  /** MediaPipe's pose_landmarker_lite.task (or full, or heavy); without it no body is seen. */
  readonly pose?: string | URL | Uint8Array | undefined;
}

/** @throws PerceptionError "model" where it cannot be fetched */
export async function modelBytes(kind: "face" | "pose", model: string | URL | Uint8Array): Promise<Uint8Array> {
  // A copy: the bytes are handed over to the worker, and the caller may want them again.
  if (model instanceof Uint8Array) return model.slice();
  const url = sameOrigin(`${kind} model`, model);
  const again = "Get the models again, or hand over the file itself.";
  let answer: Response;
  try {
    answer = await fetch(url);
  } catch (cause) {
    throw new PerceptionError("model", `The ${kind} model could not be fetched from ${url.pathname}.`, again, {
      cause,
    });
  }
  if (!answer.ok)
    throw new PerceptionError(
      "model",
      `The ${kind} model was asked for at ${url.pathname} and ${answer.status} ${answer.statusText} came.`,
      again,
    );
  return new Uint8Array(await answer.arrayBuffer());
}

/** @throws PerceptionError "model" for an address elsewhere */
export function sameOrigin(what: string, address: string | URL): URL {
  const url = new URL(address, location.href);
  if (url.origin === location.origin) return url;
  throw new PerceptionError(
    "model",
    `The ${what} was to be fetched from ${url.origin}, and this page fetches from its own origin, ${location.origin}, only.`,
    "Serve it from there, or hand over its bytes.",
  );
}
