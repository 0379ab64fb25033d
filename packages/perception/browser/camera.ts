// A camera as a source. It is asked for while the models load, and let go when they do not.

import { type PerceptionError, deviceError, lostError, mediaDevices } from "./errors.ts";
import { type LiveSource, type WatchOptions, createLive } from "./live.ts";
import { startWorker } from "./start.ts";

export interface CameraOptions extends WatchOptions {
  /** Which camera; default: the one that faces the person. */
  readonly deviceId?: string | undefined;
  /** Pictures a second and size to ask for; default 30, 640 x 480. The models need no more. */
  readonly rate?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * Asks for the camera and watches. Call it only once the person has said yes: the browser's question comes at once.
 *
 * @throws PerceptionError "denied", "none", "busy", "insecure", "model" or "machinery"; later "lost" is the source's `error`
 */
export async function openCamera(options: CameraOptions): Promise<LiveSource> {
  const { deviceId, rate = 30, width = 640, height = 480, models } = options;
  const constraints: MediaTrackConstraints = {
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: rate, max: Math.max(rate, 30) },
    ...(deviceId === undefined ? { facingMode: "user" } : { deviceId: { exact: deviceId } }),
  };
  // Whichever fails first is told at once; what the other brings is then let go.
  const asked = cameraStream(constraints),
    starting = startWorker(options);
  let stream: MediaStream | undefined;
  try {
    const [got, started] = await Promise.all([asked, starting]);
    stream = got;
    const [track] = got.getVideoTracks();
    const video = await playing(got);
    const live = createLive(
      started,
      {
        video,
        source: "camera",
        rate: track.getSettings().frameRate ?? rate,
        file: false,
        run: (on) => void (track.enabled = on),
        release() {
          track.removeEventListener("ended", lost);
          stop(got);
          video.srcObject = null;
        },
      },
      models.pose !== undefined,
    );
    // Told where the device goes away or the permission is taken back, not where we stop it.
    function lost(): void {
      live.fail(lostError("camera"));
    }
    track.addEventListener("ended", lost);
    if (track.readyState === "ended") lost();
    return live.source;
  } catch (error) {
    if (stream) stop(stream);
    asked.then(stop, () => {});
    starting.then(
      ({ worker }) => worker.terminate(),
      () => {},
    );
    throw error;
  }
}

/** Cameras there are. Their names are told only once one was allowed. */
export async function cameras(): Promise<{ readonly deviceId: string; readonly label: string }[]> {
  const devices = await mediaDevices("camera").enumerateDevices();
  return devices.filter(({ kind }) => kind === "videoinput").map(({ deviceId, label }) => ({ deviceId, label }));
}

async function cameraStream(video: MediaTrackConstraints): Promise<MediaStream> {
  const devices = mediaDevices("camera");
  try {
    return await devices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw deviceError("camera", error) satisfies PerceptionError;
  }
}

async function playing(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    await video.play();
  } catch (error) {
    throw deviceError("camera", error);
  }
  return video;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
