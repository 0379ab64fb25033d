// Acts that nobody brings along: something for a mind to find new, and to be taught.

import type { StarterAct } from "./act.ts";
import { REACHING, ROUNDS } from "./ways.ts";

export const strangeActs: Readonly<Record<string, StarterAct>> = {
  "draw a circle": {
    goal: "show something round",
    effectors: ["hand"],
    source: ROUNDS,
    ways: {
      twice: {
        keys: [
          {
            after: 0.6,
            hand: [0.1, -0.1, 0.72],
            swing: { hz: 1, rounds: [2, 2], hand: { along: [0.5, 0, 0], across: [0, 0.5, 0] } },
          },
        ],
        back: 0.7,
      },
    },
  },
  wings: {
    goal: "fly like a bird",
    effectors: ["hands"],
    source: REACHING,
    sided: false,
    ways: {
      thrice: {
        sided: false,
        keys: [
          { after: 0.55, both: [1.15, 0.35, 0.1] },
          { after: 0.45, both: [0.95, -0.75, 0.15] },
          { after: 0.45, both: [1.15, 0.35, 0.1] },
          { after: 0.45, both: [0.95, -0.75, 0.15] },
          { after: 0.45, both: [1.15, 0.35, 0.1] },
        ],
        back: 0.6,
      },
    },
  },
  "strike sparks": {
    goal: "fist on fist, in front",
    effectors: ["hands"],
    source: REACHING,
    ways: {
      thrice: {
        keys: [
          { after: 0.6, hand: [0.1, 0.15, 0.6], other: [0.1, -0.45, 0.55] },
          { after: 0.3, hand: [0.05, -0.35, 0.6] },
          { after: 0.3, hand: [0.1, 0.15, 0.6] },
          { after: 0.3, hand: [0.05, -0.35, 0.6] },
          { after: 0.3, hand: [0.1, 0.15, 0.6] },
        ],
        back: 0.7,
      },
    },
  },
  "shoot an arrow": {
    goal: "draw a bow",
    effectors: ["hands"],
    source: REACHING,
    ways: {
      once: {
        keys: [
          { after: 0.7, hand: [-0.35, -0.02, 0.85], other: [0.55, 0.02, 0.85] },
          { after: 0.8, hand: [0.45, 0.02, 0.3], elbow: [1, 0.2, -0.6], hold: 0.3 },
          { after: 0.15, hand: [0.75, 0.1, 0.2], elbow: [1, 0.2, -0.6], hold: 0.2 },
        ],
        back: 0.7,
      },
    },
  },
};

export const STRANGE_NAMES: readonly string[] = Object.keys(strangeActs);
