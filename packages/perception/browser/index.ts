// Perception in a browser: a camera, a video file and a microphone, watched on the person's own machine. Nothing is kept, and
// nothing is asked of any other origin.

export { type CameraOptions, cameras, openCamera } from "./camera.ts";
export { type Device, PerceptionError, type Trouble } from "./errors.ts";
export { type VideoFileOptions, openVideoFile } from "./file.ts";
export type { LiveSource, LiveState, Sight, SightTimings, WatchOptions } from "./live.ts";
export { type Microphone, type MicrophoneOptions, joinVoice, openMicrophone } from "./microphone.ts";
export type { Models } from "./models.ts";
export type { Landmarks, Way } from "./protocol.ts";
