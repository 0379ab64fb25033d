// A page that runs MediaPipe's face and pose models on a camera's pictures and does nothing else, as its examples do: what the
// Studio's latency is measured against.

import { FaceLandmarker, FilesetResolver, PoseLandmarker } from "@mediapipe/tasks-vision";

/** @returns ms from each picture's capture until both models have answered, the first second left out */
async function bare(seconds: number): Promise<number[]> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 30 } });
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const files = await FilesetResolver.forVisionTasks("/perception/wasm");
  const base = (name: string) => ({ modelAssetPath: `/models/${name}.task`, delegate: "CPU" as const });
  const face = await FaceLandmarker.createFromOptions(files, {
    baseOptions: base("face_landmarker"),
    runningMode: "VIDEO",
    outputFaceBlendshapes: true,
    outputFacialTransformationMatrixes: true,
  });
  const body = await PoseLandmarker.createFromOptions(files, {
    baseOptions: base("pose_landmarker_lite"),
    runningMode: "VIDEO",
  });
  const out: number[] = [];
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const look: VideoFrameRequestCallback = (now, { captureTime }) => {
      face.detectForVideo(video, now);
      body.detectForVideo(video, now);
      const at = performance.now();
      if (at - began > 1000) out.push(at - (captureTime ?? now));
      if (at - began > 1000 * (seconds + 1)) resolve();
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  });
  for (const track of stream.getTracks()) track.stop();
  return out;
}

Object.assign(globalThis, { page: { bare } });
