// Hears: samples come straight from the audio worklet, readings go to the page. A worker of its own, because the one with the
// models is busy for a hundred milliseconds at a time.

import { type VoiceReader, type VoiceReading, createVoice, hear } from "../src/index.ts";

export interface Listen {
  readonly sampleRate: number;
  /** Where samples come from, 10 ms at a time. */
  readonly port: MessagePort;
}

/** The part of a worker's global scope that is used; the DOM's types have a window there. */
const scope = globalThis as unknown as {
  addEventListener(kind: "message", listener: (event: MessageEvent<Listen>) => void): void;
  postMessage(message: VoiceReading, transfer: Transferable[]): void;
};

/** Hops from one reading told to the next. */
const EVERY = 2;

scope.addEventListener("message", ({ data: { sampleRate, port } }) => {
  const voice = createVoice(sampleRate);
  let hops = 0;
  port.addEventListener("message", ({ data }: MessageEvent<Float32Array>) => {
    if (take(voice, data) || ++hops % EVERY === 0) scope.postMessage({ ...voice.reading }, []);
  });
  port.start();
});

/** Whether speech has begun or ended with these samples. */
function take(voice: VoiceReader, samples: Float32Array): boolean {
  const before = voice.reading.speaking;
  hear(voice, samples);
  return voice.reading.speaking !== before;
}
