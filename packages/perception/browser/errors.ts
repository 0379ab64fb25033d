// What can go wrong between a person and a picture of them, by kind, each with a sentence and a way out: whoever shows it to
// a person has nothing to guess.

/**
 * denied: not allowed. none: there is no such device. busy: another program has it. lost: it went away while in use.
 * insecure: the page may not ask at all. model: a model is missing or wrong. video: a file that cannot be played.
 * machinery: the runtime did not start, or stopped.
 */
export type Trouble = "denied" | "none" | "busy" | "lost" | "insecure" | "model" | "video" | "machinery";

export type Device = "camera" | "microphone";

export class PerceptionError extends Error {
  readonly kind: Trouble;
  /** What the person can do, one sentence. */
  readonly wayOut: string;

  constructor(kind: Trouble, message: string, wayOut: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PerceptionError";
    this.kind = kind;
    this.wayOut = wayOut;
  }
}

/** What `getUserMedia` refused with. */
export function deviceError(device: Device, error: unknown): PerceptionError {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  const options = { cause: error };
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return new PerceptionError(
        "denied",
        `The ${device} was not allowed.`,
        `Allow the ${device} for this page in the browser's address bar and try again, or go on without it.`,
        options,
      );
    case "NotFoundError":
    case "OverconstrainedError":
      return new PerceptionError(
        "none",
        `No ${device} was found${name === "OverconstrainedError" ? " that is the one asked for" : ""}.`,
        `Connect a ${device} and try again, or go on without it.`,
        options,
      );
    case "NotReadableError":
    case "AbortError":
    case "TrackStartError":
      return new PerceptionError(
        "busy",
        `The ${device} is there but gives nothing, most likely because another program uses it.`,
        `Close what else uses the ${device} and try again.`,
        options,
      );
    default:
      return new PerceptionError(
        "none",
        `The ${device} could not be opened: ${error instanceof Error ? error.message : String(error)}.`,
        `Try another browser or another ${device}, or go on without it.`,
        options,
      );
  }
}

export function lostError(device: Device): PerceptionError {
  return new PerceptionError("lost", `The ${device} went away.`, `Connect the ${device} again and start anew.`);
}

/** @throws PerceptionError where the page has no access to devices at all */
export function mediaDevices(device: Device): MediaDevices {
  // Absent outside secure contexts, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) return devices;
  throw new PerceptionError(
    "insecure",
    `This page may not ask for a ${device}: browsers allow it on https and on this computer's own address only.`,
    "Open the page as http://127.0.0.1 or http://localhost with its port, or over https.",
  );
}
