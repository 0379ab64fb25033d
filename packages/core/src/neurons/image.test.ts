import { expect, test } from "vitest";
import { LIMBS, MOTOR, MOTOR_AXES, SEEN, SEEN_NAMES } from "../body/layout.ts";
import { forward } from "../body/own.ts";
import { createRng } from "../rng.ts";
import { type BodyImage, blankImage, createExperience, imageFrom, imageReadout, motorShown, pair } from "./image.ts";
import { ordinaryImage } from "./ordinary.ts";
import { raise } from "./raise.ts";

/** Postures a standing person can take, within half the way to every limit. */
function postures(seed: number, n: number): Float64Array[] {
  const rng = createRng(seed, "postures");
  return Array.from({ length: n }, () =>
    Float64Array.from(MOTOR_AXES, ({ min, max, rest, name }) => {
      const reach = /^(root|trunk|pro|.Shrug)/.test(name) ? 0.15 : 0.5;
      return rest + reach * ((rng() < 0.5 ? min : max) - rest) * rng();
    }),
  );
}

/** Root mean square difference of looks from the true kinematics, bones only, a coordinate. */
function error(image: BodyImage): number {
  const readout = imageReadout(image);
  const imagined = new Float64Array(SEEN),
    looks = new Float64Array(SEEN);
  let sum = 0,
    n = 0;
  for (const q of postures(1, 300)) {
    readout.apply(q, imagined);
    forward(q, looks);
    for (let s = 3; s < SEEN; s++, n++) sum += (imagined[s] - looks[s]) ** 2;
  }
  return Math.sqrt(sum / n);
}

test("a raised image comes near the true kinematics, and nearer the longer the childhood", () => {
  const short = error(raise(1, { seconds: 60 })),
    usual = error(raise(1));
  // Measured: 0.006 after the usual 400 s, 0.015 after one minute, 0.005 for the ordinary image.
  expect(usual, `RMS ${usual}`).toBeLessThan(0.05);
  expect(error(ordinaryImage())).toBeLessThan(0.05);
  expect(usual).toBeLessThan(short);
});

test("without contingency no image comes about: it is no better than always the same look", () => {
  const shuffled = error(raise(1, { shuffled: true }));
  const looks = postures(1, 300).map((q) => {
    const seen = new Float64Array(SEEN);
    forward(q, seen);
    return seen;
  });
  let spread = 0;
  for (let s = 3; s < SEEN; s++) {
    const mean = looks.reduce((a, l) => a + l[s], 0) / looks.length;
    spread += looks.reduce((a, l) => a + (l[s] - mean) ** 2, 0) / looks.length / (SEEN - 3);
  }
  // Measured: 0.52 against 0.45.
  expect(shuffled, `RMS ${shuffled}`).toBeGreaterThan(Math.sqrt(spread));
});

test("the same childhood gives the same image", () => {
  expect(raise(3, { seconds: 20 })).toEqual(raise(3, { seconds: 20 }));
  expect(raise(3, { seconds: 20 })).not.toEqual(raise(4, { seconds: 20 }));
});

test("from pairs without noise the image is the kinematics, and a limb half unseen teaches nothing of itself", () => {
  const experience = createExperience();
  const looks = new Float64Array(SEEN);
  const arm = LIMBS.findIndex(({ name }) => name === "lArm");
  for (const q of postures(2, 1500)) {
    forward(q, looks);
    looks[LIMBS[arm].seen[4]] = NaN;
    pair(experience, q, looks);
  }
  const image = imageFrom(experience);
  expect(image.weights[arm].every((w) => w === 0)).toBe(true);
  const readout = imageReadout(image),
    imagined = new Float64Array(SEEN);
  let sum = 0,
    n = 0;
  for (const q of postures(3, 100)) {
    forward(q, looks);
    readout.apply(q, imagined);
    for (const limb of LIMBS)
      if (limb.index > 0 && limb.index !== arm)
        for (const s of limb.seen) {
          sum += (imagined[s] - looks[s]) ** 2;
          n++;
        }
  }
  expect(Math.sqrt(sum / n)).toBeLessThan(0.02);
});

test("reach and motorShown: an act of the right arm says how the right arm looks, and a glimpse of it which joints it has", () => {
  const known = new Uint8Array(MOTOR),
    seen = new Uint8Array(SEEN),
    felt = new Uint8Array(MOTOR);
  const arm = LIMBS.find(({ name }) => name === "rArm")!;
  for (const m of arm.motor) known[m] = 1;
  imageReadout(blankImage()).reach(known, seen);
  expect(SEEN_NAMES.filter((_, s) => seen[s] === 1)).toEqual(arm.seen.map((s) => SEEN_NAMES[s]));
  motorShown(seen, felt);
  expect(felt).toEqual(known);
});
