// What the mind of the scene does not know: a large circle in the air.

import type { StarterAct } from "@attune/actor";

export const NEW_ACT = "draw a circle";

export const CIRCLE: StarterAct = {
  goal: "show something round",
  effectors: ["hand"],
  source: "two-thirds power law (Lacquaniti, Terzuolo & Viviani 1983, doi:10.1016/0001-6918(83)90027-6)",
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
};
