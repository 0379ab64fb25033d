// What the figure is told to do while it is measured: everything at once, smooth, random, the same for the same seed.

import { FACE, FACE_UNITS, MOTOR_AXES, MOTOR_NAMES, type Rng, createRng, restMotor } from "@attune/core";

/** A command at a time: motor coordinates and units. */
export interface Commands {
  readonly own: Float64Array;
  readonly face: Float32Array;
  at(time: number): void;
}

/** s at rest before anything moves, so that a reader learns the face's own rest. */
export const CALM = 2.5;

/** Smooth random movement of all channels at once; units are at rest about half of the time. */
export function createCommands(seed: number, others: boolean): Commands {
  const own = restMotor(),
    face = new Float32Array(FACE);
  const wave = (name: string, slow: number, fast: number): ((t: number) => number) =>
    waver(createRng(seed, `closed-loop/${name}`), slow, fast);
  const units = FACE_UNITS.map((name) => {
    const channel = CHANNEL[name.slice(0, 4)];
    const compared = channel !== undefined;
    if (!compared && !others) return undefined;
    const w = wave(channel ?? name, 0.15, 0.5);
    const reach = compared ? 1 : 0.5;
    // Raised and lowered brows take turns, as antagonists do.
    const way = name.startsWith("AU04") ? -1.1 : 1.1;
    return (t: number): number => reach * Math.min(1, Math.max(0, way * w(t)));
  });
  const axes = Object.entries(MOVED).map(([name, [low, high]]) => {
    const m = MOTOR_NAMES.indexOf(name);
    const w = wave(name, 0.08, 0.3);
    return { m, low, high, w };
  });
  return {
    own,
    face,
    at(time) {
      const t = Math.max(0, time - CALM);
      const going = Math.min(1, t);
      for (let u = 0; u < FACE; u++) face[u] = going * (units[u]?.(t) ?? 0);
      // The jaw's two units follow one another, as one opening.
      const jaw = face[AU26];
      face[AU26] = Math.min(1, jaw / DROPPED);
      face[AU27] = Math.max(0, (jaw - DROPPED) / (1 - DROPPED));
      for (const { m, low, high, w } of axes)
        own[m] = MOTOR_AXES[m].rest + going * (low + high === 0 ? high * w(t) : low + ((high - low) * (1 + w(t))) / 2);
    },
  };
}

const AU26 = FACE_UNITS.indexOf("AU26");
const AU27 = FACE_UNITS.indexOf("AU27");
/** Share of the jaw's opening at which AU26 is full and AU27 begins. */
export const DROPPED = 0.6;
/** Units that are compared, by what moves them together. */
const CHANNEL: Readonly<Record<string, string>> = {
  AU01: "brows",
  AU02: "brows",
  AU04: "brows",
  AU12: "smile",
  AU26: "jaw",
  AU27: "jaw",
  AU43: "blink",
};
/** Motor axes that move, and how far from rest, rad. */
const ARM: Readonly<Record<string, readonly [number, number]>> = {
  "Shoulder.x": [-0.85, 0.1],
  "Shoulder.y": [-0.35, 0.35],
  "Shoulder.z": [-0.1, 1.9],
  Elbow: [0, 1.5],
};
const MOVED: Readonly<Record<string, readonly [number, number]>> = {
  "head.x": [-0.3, 0.3],
  "head.y": [-0.42, 0.42],
  "head.z": [-0.15, 0.15],
  "trunk.z": [-0.05, 0.05],
  ...Object.fromEntries(Object.entries(ARM).map(([name, range]) => [`l${name}`, range])),
  ...Object.fromEntries(
    Object.entries(ARM).map(([name, [low, high]]) => [`r${name}`, /[yz]$/.test(name) ? [-high, -low] : [low, high]]),
  ),
};

/** Within [-1, 1], a sum of four sinusoids between two frequencies (Hz). */
function waver(rng: Rng, slow: number, fast: number): (t: number) => number {
  const parts = Array.from({ length: 4 }, () => ({
    hz: slow + (fast - slow) * rng(),
    phase: 2 * Math.PI * rng(),
  }));
  return (t) => {
    let sum = 0;
    for (const { hz, phase } of parts) sum += Math.sin(2 * Math.PI * hz * t + phase);
    return Math.max(-1, Math.min(1, sum / 1.8));
  };
}
