// Runs where sound is made: hands each hop of samples on to the voice worker, and does nothing else, since sound must not wait.
// Plain JavaScript, loaded by its own address: bundlers know workers, and leave audio worklets as they are.

class VoiceTap extends AudioWorkletProcessor {
  constructor({ processorOptions: { hop } }) {
    super();
    this.hop = hop;
    this.filled = 0;
    this.samples = new Float32Array(hop);
    this.to = undefined;
    this.port.addEventListener("message", ({ data }) => {
      this.to = data;
    });
    this.port.start();
  }

  process([[channel]]) {
    if (!channel || !this.to) return true;
    for (let from = 0; from < channel.length;) {
      const part = channel.subarray(from, from + this.hop - this.filled);
      this.samples.set(part, this.filled);
      this.filled += part.length;
      from += part.length;
      if (this.filled < this.hop) break;
      this.to.postMessage(this.samples, [this.samples.buffer]);
      this.samples = new Float32Array(this.hop);
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor("attune-voice-tap", VoiceTap);
