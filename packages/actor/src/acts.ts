// What an adult brings along: everyday acts of the upper body, written by hand from how people stand and move, none
// of them recorded. Distances are trunk lengths, times seconds; see act.ts.

import type { Place, StarterAct } from "./act.ts";
import { REACHING, ROUNDS, STROKES, going, sweeping, sweepingBoth, waving } from "./ways.ts";

const MOUTH: Place = [0.06, 0.17, 0.3];
const OUT_DOWN: Place = [1, -0.8, 0];

export const starterActs: Readonly<Record<string, StarterAct>> = {
  wave: {
    goal: "greet or take leave",
    effectors: ["hand"],
    source: STROKES,
    ways: {
      high: waving([0.65, 0.62, 0.48], [0.3, 0, 0], [0, 0.05, 0], 1.9, [1.5, 3]),
      raised: waving([0.52, 0.62, 0.52], [0.04, 0, 0], [0, 0.01, 0], 1.5, [1.5, 2.5]),
      forward: sweeping([0.7, -0.45, 0.7], [0.45, 0.25, 0.9], 0.26, [0, 0.06, 0], 1.8, [0.75, 2]),
      wide: sweeping([1.1, -0.1, 0.4], [0.62, 0.52, 0.58], 0.54, [0, 0.1, 0], 0.75, [0.5, 1]),
      level: sweeping([0.85, -0.75, 0.4], [0.42, -0.36, 0.78], 0.5, [0, 0, 0.06], 0.85, [0.6, 1.4]),
      both: sweepingBoth([1.2, 0, 0.15], [0.67, 0.66, 0.28], [0.37, -0.06, 0], 1.4, [1, 2.5], true),
      "both, once": {
        sided: false,
        keys: [
          { after: 0.45, through: true, both: [1.2, 0.1, 0.15] },
          { after: 0.45, both: [0.16, 0.8, 0.26], hold: 0.25 },
          { after: 0.45, through: true, both: [1.2, 0.05, 0.1] },
        ],
        back: 0.45,
      },
      "both in front": sweepingBoth([0.45, -0.2, 0.55], [0.4, 0.6, 0.42], [0.27, 0, 0], 1.9, [0.5, 1.5], false, 0.3),
    },
  },
  beckon: {
    goal: "call somebody nearer",
    effectors: ["hand"],
    source: STROKES,
    ways: {
      once: waving([0.3, -0.25, 0.7], [0, 0.16, -0.22], [0, 0.05, 0.03], 1.3, [1.5, 3], 0.6),
    },
  },
  nod: {
    goal: "say yes",
    effectors: ["head"],
    source: ROUNDS,
    sided: false,
    ways: {
      yes: {
        keys: [{ after: 0.25, body: { "head.x": 0.16 }, swing: { hz: 1.6, rounds: [2, 3], body: { "head.x": 0.28 } } }],
        back: 0.3,
      },
    },
  },
  "shake the head": {
    goal: "say no",
    effectors: ["head"],
    source: ROUNDS,
    ways: {
      no: {
        keys: [
          {
            after: 0.15,
            body: { "head.x": 0.03 },
            swing: { hz: 1.3, rounds: [2, 3], body: { "head.y": 0.55, "head.z": 0.06, "trunk.y": 0.05 } },
          },
        ],
        back: 0.25,
      },
    },
  },
  point: {
    goal: "show where something is",
    effectors: ["hand"],
    source: REACHING,
    ways: {
      ahead: going([0.3, -0.02, 1.04], 0.9),
      aside: going([1.15, 0, 0.65], 0.9, { body: { "head.y": -0.5 } }),
    },
  },
  reach: {
    goal: "get a hand to a thing",
    effectors: ["hand", "trunk"],
    source: REACHING,
    ways: { ahead: going([0.3, -0.45, 0.92], 0.25, { body: { "trunk.x": 0.3, "head.x": 0.25 } }) },
  },
  grasp: {
    goal: "have a thing in the hand",
    effectors: ["hand"],
    source: REACHING,
    ways: {
      lift: {
        keys: [
          { after: 0.75, hand: [0.32, -0.72, 0.62], hold: 0.45, body: { "trunk.x": 0.15, "head.x": 0.3 } },
          { after: 0.5, hand: [0.32, -0.36, 0.5], hold: 0.6, body: { "trunk.x": 0, "head.x": 0.15 } },
        ],
        back: 0.75,
      },
    },
  },
  "bring to the mouth": {
    goal: "eat or taste",
    effectors: ["hand"],
    source: REACHING,
    ways: { bite: going(MOUTH, 0.35, { body: { "head.x": 0.1 } }) },
  },
  drink: {
    goal: "drink",
    effectors: ["hand", "head"],
    source: REACHING,
    ways: {
      cup: {
        keys: [
          { after: 0.65, hand: [0.3, -0.6, 0.62], hold: 0.3 },
          { after: 0.7, hand: [0.09, 0.2, 0.31], hold: 1, elbow: OUT_DOWN, body: { "head.x": -0.4 } },
          { after: 0.7, hand: [0.3, -0.6, 0.62], hold: 0.25, body: { "head.x": 0 }, elbow: [0.35, -1, -0.3] },
        ],
        back: 0.6,
      },
    },
  },
  "put down": {
    goal: "be rid of a thing in the hand",
    effectors: ["hand", "trunk"],
    source: REACHING,
    ways: {
      low: {
        keys: [
          { after: 0.55, hand: [0.25, -0.5, 0.3], hold: 0.35 },
          { after: 0.8, hand: [0.3, -0.95, 0.5], hold: 0.35, body: { "trunk.x": 0.55, "head.x": 0.6 } },
        ],
        back: 0.8,
      },
    },
  },
  offer: {
    goal: "give a thing",
    effectors: ["hand"],
    source: REACHING,
    ways: {
      "one hand": {
        keys: [
          { after: 0.55, hand: [0.15, -0.5, 0.3], hold: 0.15 },
          { after: 0.6, hand: [0.22, -0.42, 0.88], hold: 1.1 },
        ],
        back: 0.75,
      },
      "both hands": {
        sided: false,
        keys: [
          { after: 0.55, both: [0.1, -0.5, 0.32], hold: 0.15 },
          { after: 0.6, both: [0.1, -0.42, 0.86], hold: 1.1 },
        ],
        back: 0.75,
      },
    },
  },
  take: {
    goal: "get a thing that is offered",
    effectors: ["hand"],
    source: REACHING,
    ways: {
      "one hand": {
        keys: [
          { after: 0.65, hand: [0.22, -0.25, 0.9], hold: 0.2 },
          { after: 0.6, hand: [0.1, -0.35, 0.26], hold: 0.7 },
        ],
        back: 0.65,
      },
      "both hands": {
        sided: false,
        keys: [
          { after: 0.65, both: [0.1, -0.25, 0.88], hold: 0.2 },
          { after: 0.6, both: [0.08, -0.35, 0.28], hold: 0.7 },
        ],
        back: 0.65,
      },
    },
  },
  "push away": {
    goal: "keep something off",
    effectors: ["hands"],
    source: REACHING,
    ways: {
      "both hands": {
        sided: false,
        keys: [
          {
            after: 0.55,
            both: [0.32, -0.22, 0.24],
            elbow: OUT_DOWN,
            otherElbow: OUT_DOWN,
            body: { "lWrist.flexion": -1, "rWrist.flexion": -1 },
          },
          { after: 0.4, both: [0.28, -0.15, 1], hold: 0.35, body: { "trunk.x": 0.15 } },
        ],
        back: 0.7,
      },
      "one hand": {
        keys: [
          { after: 0.55, hand: [0.35, -0.22, 0.22], elbow: OUT_DOWN, body: { "rWrist.flexion": -1 } },
          { after: 0.4, hand: [0.3, -0.15, 1], hold: 0.35, body: { "trunk.y": 0.25, "trunk.x": 0.1 } },
        ],
        back: 0.7,
      },
    },
  },
  clap: {
    goal: "applaud",
    effectors: ["hands"],
    source: STROKES,
    sided: false,
    ways: {
      once: {
        keys: [{ after: 0.7, both: [0.03, -0.6, 0.55], hold: 0.15 }],
        back: 0.7,
      },
      "once, wide": {
        keys: [
          { after: 0.45, through: true, both: [1.05, -0.75, -0.15] },
          { after: 0.45, both: [0.02, -0.42, 0.8], hold: 0.1 },
        ],
        back: 0.75,
      },
      again: {
        keys: [
          {
            after: 0.55,
            both: [0.14, -0.5, 0.6],
            swing: { hz: 2, rounds: [2, 5], hand: { along: [0.14, 0, 0] }, other: { along: [0.14, 0, 0] } },
          },
        ],
        back: 0.6,
      },
      "again, wide": {
        keys: [
          {
            after: 0.6,
            both: [0.35, -0.42, 0.75],
            swing: { hz: 1, rounds: [1.25, 2.25], hand: { along: [0.35, 0, 0] }, other: { along: [0.35, 0, 0] } },
          },
        ],
        back: 0.6,
      },
    },
  },
  shrug: {
    goal: "say one does not know",
    effectors: ["shoulders", "hands"],
    source: REACHING,
    sided: false,
    ways: {
      open: {
        keys: [
          {
            after: 0.5,
            both: [0.72, -0.72, 0.42],
            elbow: [0, -1, -0.5],
            otherElbow: [0, -1, -0.5],
            hold: 0.5,
            body: { lShrug: 0.6, rShrug: 0.6, "head.z": 0.15 },
          },
        ],
        back: 0.5,
      },
      "shoulders alone": {
        keys: [
          { after: 0.4, both: [0.42, -0.98, 0], hold: 0.35, body: { lShrug: 0.65, rShrug: 0.65, "head.z": 0.15 } },
        ],
        back: 0.45,
      },
    },
  },
  "thumbs up": {
    goal: "approve",
    effectors: ["hand"],
    source: REACHING,
    ways: { up: going([0.42, -0.3, 0.56], 1, { body: { "rWrist.deviation": 0.3 } }) },
  },
  bow: {
    goal: "greet with respect",
    effectors: ["trunk", "head"],
    source: REACHING,
    sided: false,
    ways: {
      deep: {
        keys: [{ after: 0.9, hold: 0.5, body: { "trunk.x": 0.95, "head.x": 1.15, "root.z": -0.12 } }],
        back: 0.95,
      },
      slight: {
        keys: [{ after: 0.7, hold: 0.25, body: { "trunk.x": 0.45, "head.x": 0.65, "root.z": -0.05 } }],
        back: 0.75,
      },
    },
  },
  "open the arms": {
    goal: "welcome",
    effectors: ["arms"],
    source: REACHING,
    sided: false,
    ways: { welcome: { keys: [{ after: 0.8, both: [1.12, -0.2, 0.55], hold: 0.9 }], back: 0.8 } },
  },
  "cross the arms": {
    goal: "wait, keep to oneself",
    effectors: ["arms"],
    source: REACHING,
    ways: {
      folded: {
        keys: [
          {
            after: 0.85,
            hand: [-0.16, -0.42, 0.4],
            other: [-0.18, -0.5, 0.33],
            elbow: [0.8, -1, 0],
            otherElbow: [0.8, -1, 0],
            hold: 1.5,
          },
        ],
        back: 0.8,
      },
    },
  },
  "hand to the chin": {
    goal: "think",
    effectors: ["hand", "arm"],
    source: REACHING,
    ways: {
      supported: {
        keys: [
          { after: 0.85, hand: [0.04, 0.07, 0.28], other: [-0.15, -0.52, 0.3], hold: 1.5, body: { "head.x": 0.15 } },
        ],
        back: 0.8,
      },
    },
  },
  "hands up": {
    goal: "show one has nothing in the hands",
    effectors: ["hands"],
    source: REACHING,
    sided: false,
    ways: {
      surrender: {
        keys: [{ after: 0.7, both: [0.68, 0.38, 0.25], elbow: OUT_DOWN, otherElbow: OUT_DOWN, hold: 1.3 }],
        back: 0.75,
      },
    },
  },
  knock: {
    goal: "be let in",
    effectors: ["hand"],
    source: STROKES,
    ways: {
      door: waving([0.3, 0, 0.62], [0, -0.02, 0.11], [0, 0.02, 0], 2.8, [2, 4], 0.65),
    },
  },
  throw: {
    goal: "make a thing fly",
    effectors: ["hand", "trunk"],
    source: REACHING,
    ways: {
      over: {
        keys: [
          { after: 0.35, through: true, hand: [0.65, -0.55, 0.15], body: { "trunk.y": -0.1 } },
          {
            after: 0.35,
            hand: [0.58, 0.08, -0.18],
            hold: 0.1,
            elbow: [1, -0.7, 0.3],
            other: [0.6, -0.95, 0.3],
            body: { "trunk.y": -0.3, "trunk.x": -0.1 },
          },
          {
            after: 0.22,
            through: true,
            hand: [0.45, 0.6, 0.45],
            elbow: [0.6, -0.8, 0],
            body: { "trunk.y": 0.05, "trunk.x": 0.05 },
          },
          {
            after: 0.18,
            through: true,
            hand: [0.28, 0.4, 0.98],
            elbow: [0.35, -1, -0.3],
            other: null,
            body: { "trunk.y": 0.25, "trunk.x": 0.2 },
          },
          { after: 0.25, through: true, hand: [0.35, -0.45, 0.75], body: { "trunk.y": 0.15, "trunk.x": 0.15 } },
        ],
        back: 0.4,
      },
      high: {
        keys: [
          { after: 0.35, through: true, hand: [0.68, -0.5, 0.15] },
          {
            after: 0.35,
            hand: [0.6, 0.08, -0.22],
            hold: 0.12,
            elbow: [1, -0.7, 0.3],
            body: { "trunk.y": -0.25, "trunk.x": -0.15 },
          },
          {
            after: 0.35,
            hand: [0.38, 0.7, 0.85],
            hold: 0.2,
            elbow: [0.35, -1, -0.3],
            body: { "trunk.y": 0.2, "trunk.x": -0.05 },
          },
          { after: 0.35, through: true, hand: [0.55, -0.2, 0.85] },
        ],
        back: 0.4,
      },
      under: {
        keys: [
          { after: 0.5, hand: [0.42, -1, -0.42], body: { "trunk.x": 0.15 } },
          { after: 0.4, hand: [0.28, -0.1, 0.98], hold: 0.15, body: { "trunk.x": 0.1 } },
        ],
        back: 0.6,
      },
    },
  },
  "yawn and stretch": {
    goal: "wake up",
    effectors: ["hands", "head", "trunk"],
    source: REACHING,
    ways: {
      both: {
        keys: [
          { after: 0.75, hand: MOUTH, hold: 0.8, body: { "head.x": -0.2 } },
          { after: 0.45, through: true, hand: [0.45, 0.5, 0.45], other: [0.85, 0, 0.5] },
          {
            after: 0.5,
            hand: [0.5, 0.98, 0.05],
            other: [0.5, 0.98, 0.05],
            elbow: OUT_DOWN,
            otherElbow: OUT_DOWN,
            hold: 1,
            body: { "head.x": -0.35, "trunk.x": -0.15 },
          },
          { after: 0.55, through: true, both: [1.05, 0.1, 0.3] },
        ],
        back: 0.55,
      },
    },
  },
};

/** Names of the starter acts. */
export const STARTER_NAMES: readonly string[] = Object.keys(starterActs);
