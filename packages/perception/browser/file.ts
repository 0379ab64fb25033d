// A video file as a source: played once, at its own pace, seen as a camera is. On a slow machine pictures are left out, not
// looked at late.

import { PerceptionError } from "./errors.ts";
import { type LiveSource, type WatchOptions, createLive } from "./live.ts";
import { sameOrigin } from "./models.ts";
import { startWorker } from "./start.ts";

export interface VideoFileOptions extends WatchOptions {
  /** Times as fast; default 1. Times in frames stay the file's own. */
  readonly speed?: number | undefined;
}

/**
 * Plays and watches a video: a file the person chose, or an address on this origin.
 *
 * @throws PerceptionError "video", "model" or "machinery"; a file that breaks midway is the source's `error`
 */
export async function openVideoFile(file: Blob | string | URL, options: VideoFileOptions): Promise<LiveSource> {
  const { speed = 1, models } = options;
  const name = file instanceof Blob ? (file instanceof File ? file.name : "the video") : String(file);
  const address = file instanceof Blob ? URL.createObjectURL(file) : sameOrigin("video", file).href;
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.defaultPlaybackRate = speed;
  const unload = (): void => {
    video.removeAttribute("src");
    video.load();
    if (file instanceof Blob) URL.revokeObjectURL(address);
  };
  const starting = startWorker(options);
  try {
    const [started] = await Promise.all([starting, loaded(video, address, name)]);
    const live = createLive(
      started,
      {
        video,
        source: `video ${name}`,
        rate: undefined,
        file: true,
        // What refuses to play says so in its own error event.
        run: (on) => (on ? void video.play().catch(() => {}) : video.pause()),
        release() {
          video.removeEventListener("ended", live.end);
          video.removeEventListener("error", broken);
          unload();
        },
      },
      models.pose !== undefined,
    );
    const broken = (): void => live.fail(unplayable(name, video.error));
    video.addEventListener("ended", live.end);
    video.addEventListener("error", broken);
    return live.source;
  } catch (error) {
    unload();
    starting.then(
      ({ worker }) => worker.terminate(),
      () => {},
    );
    throw error;
  }
}

function loaded(video: HTMLVideoElement, address: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener("error", () => reject(unplayable(name, video.error)), { once: true });
    video.addEventListener(
      "loadeddata",
      () => (video.videoWidth > 0 ? resolve() : reject(unplayable(name, undefined))),
      { once: true },
    );
    video.preload = "auto";
    video.src = address;
  });
}

function unplayable(name: string, error: MediaError | null | undefined): PerceptionError {
  const why =
    error === undefined
      ? "has no picture in it"
      : error?.code === MediaError.MEDIA_ERR_DECODE
        ? "is damaged: it could be read only in part"
        : "is no video this browser can play";
  const detail = error?.message ? ` (${error.message})` : "";
  return new PerceptionError(
    "video",
    `${name} ${why}${detail}.`,
    "Take a video in MP4 (H.264) or WebM (VP8, VP9), or convert it to one.",
  );
}
