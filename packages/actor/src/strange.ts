// Acts that nobody brings along: something for a mind to find new, and to be taught.

import type { StarterAct } from "./act.ts";

const ROUND = "two-thirds power law (Lacquaniti, Terzuolo & Viviani 1983, doi:10.1016/0001-6918(83)90027-6)";
const STRAIGHT = "minimum jerk (Flash & Hogan 1985, doi:10.1523/JNEUROSCI.05-07-01688.1985)";

export const strangeActs: Readonly<Record<string, StarterAct>> = {
  "draw a circle": {
    goal: "show something round",
    effectors: ["hand"],
    source: ROUND,
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
    source: STRAIGHT,
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
    source: STRAIGHT,
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
    source: STRAIGHT,
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
