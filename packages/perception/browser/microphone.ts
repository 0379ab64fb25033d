// A microphone, heard: how loud, how high, speaking or silent. Sound goes from the worklet to a worker and no further; what
// comes back is three numbers.

import type { VoiceReading } from "../src/index.ts";
import { PerceptionError, deviceError, lostError, mediaDevices } from "./errors.ts";
import type { LiveSource } from "./live.ts";
import type { Listen } from "./voice-worker.ts";

export interface MicrophoneOptions {
  /** Which microphone; default: the system's. */
  readonly deviceId?: string | undefined;
  /** Whether the browser takes out what the page itself plays; needed only where it makes sound. Default false. */
  readonly echoCancellation?: boolean | undefined;
}

export interface Microphone {
  /** What is heard now; undefined before the first sound, while paused, and once it is over. */
  readonly reading: VoiceReading | undefined;
  readonly state: "listening" | "paused" | "failed" | "disposed";
  readonly error: PerceptionError | undefined;
  /** About fifty times a second, and at once when speech begins or ends. @returns what ends it */
  onVoice(listener: (reading: VoiceReading) => void): () => void;
  onState(listener: (state: Microphone["state"]) => void): () => void;
  pause(): void;
  resume(): void;
  dispose(): void;
}

/**
 * Asks for the microphone and listens. Call it from a click or a key: browsers start no sound without.
 *
 * @throws PerceptionError "denied", "none", "busy", "insecure" or "machinery"; later "lost" is its `error`
 */
export async function openMicrophone(options: MicrophoneOptions = {}): Promise<Microphone> {
  const { deviceId, echoCancellation = false } = options;
  const devices = mediaDevices("microphone");
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({
      video: false,
      audio: {
        channelCount: { ideal: 1 },
        echoCancellation,
        // Either would change what is measured: loudness by its gain, steady tones by taking them for noise.
        noiseSuppression: false,
        autoGainControl: false,
        ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
      },
    });
  } catch (error) {
    throw deviceError("microphone", error);
  }
  const context = new AudioContext({ latencyHint: "interactive" });
  const letGo = (): void => {
    for (const track of stream.getTracks()) track.stop();
    void context.close().catch(() => {});
  };
  try {
    return await listenTo(stream, context, letGo);
  } catch (cause) {
    letGo();
    if (cause instanceof PerceptionError) throw cause;
    throw new PerceptionError(
      "machinery",
      `The microphone is there but could not be listened to: ${cause instanceof Error ? cause.message : String(cause)}.`,
      "Load the page again; if that does not help, try another browser.",
      { cause },
    );
  }
}

/**
 * Puts what a microphone hears into a source's frames from now on.
 *
 * @returns what ends it
 */
export function joinVoice(source: LiveSource, microphone: Pick<Microphone, "reading">): () => void {
  source.voice = microphone;
  return () => {
    if (source.voice === microphone) source.voice = undefined;
  };
}

async function listenTo(stream: MediaStream, context: AudioContext, letGo: () => void): Promise<Microphone> {
  // As a file of its own, never as a data: address, which a strict policy refuses.
  await context.audioWorklet.addModule(new URL("./voice-tap.js?no-inline", import.meta.url));
  const { sampleRate } = context;
  const tap = new AudioWorkletNode(context, "attune-voice-tap", {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    channelCount: 1,
    channelCountMode: "explicit",
    processorOptions: { hop: Math.round(sampleRate / 100) },
  });
  const worker = new Worker(new URL("./voice-worker.ts", import.meta.url), { type: "module", name: "attune-voice" });
  const { port1, port2 } = new MessageChannel();
  tap.port.postMessage(port1, [port1]);
  worker.postMessage({ sampleRate, port: port2 } satisfies Listen, [port2]);
  context.createMediaStreamSource(stream).connect(tap);
  // What has no way to the loudspeaker is not run; the tap itself stays silent.
  tap.connect(context.destination);
  const [track] = stream.getAudioTracks();

  const voices = new Set<(reading: VoiceReading) => void>(),
    states = new Set<(state: Microphone["state"]) => void>();
  let state: Microphone["state"] = "listening",
    reading: VoiceReading | undefined,
    error: PerceptionError | undefined;
  worker.addEventListener("message", ({ data }: MessageEvent<VoiceReading>) => {
    if (state !== "listening") return;
    reading = data;
    for (const listener of voices) listener(data);
  });
  worker.addEventListener("error", ({ message }) =>
    fail(new PerceptionError("machinery", `The worker that hears stopped: ${message}.`, "Open the microphone again.")),
  );
  const lost = (): void => fail(lostError("microphone"));
  track.addEventListener("ended", lost);

  function become(next: Microphone["state"]): void {
    if (next === state || state === "disposed" || (state === "failed" && next !== "disposed")) return;
    const over = state === "failed";
    state = next;
    if (next !== "listening") reading = undefined;
    track.enabled = next === "listening";
    if ((next === "failed" || next === "disposed") && !over) {
      track.removeEventListener("ended", lost);
      worker.terminate();
      letGo();
    }
    for (const listener of states) listener(next);
  }

  function fail(reason: PerceptionError): void {
    error ??= reason;
    become("failed");
  }

  if (context.state !== "running") await context.resume();
  return {
    get reading() {
      return reading;
    },
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    onVoice: (listener) => {
      voices.add(listener);
      return () => void voices.delete(listener);
    },
    onState: (listener) => {
      states.add(listener);
      return () => void states.delete(listener);
    },
    pause: () => become("paused"),
    resume: () => become("listening"),
    dispose: () => become("disposed"),
  };
}
